//! The report as a person reads it.

use super::*;
use crate::cli::render::samples;
use crate::wire::v1::*;

fn sample() -> NightReport {
    let excluded = |reason: &str, count, text: &str| Excluded {
        reason: reason.to_owned(),
        count,
        text: text.to_owned(),
    };
    let day = Some(samples::day());
    NightReport {
        night: day,
        labour_market_region: 4,
        list_size: 50,
        pairs_judged: 592_200_000,
        vacancies: 12_600,
        candidates: 47_000,
        excluded: vec![
            excluded("CANDIDATE_PLACED", 812, "Deze persoon heeft werk gevonden."),
            excluded("LEGAL_REQUIREMENT:BIG", 40_017, "De wet vraagt <BIG> & die ontbreekt."),
        ],
        unfilled: Some(UnfilledVacancies {
            count: 3,
            vacancies: vec![
                UnfilledVacancy { vacancy: "v-9".to_owned(), cut_point: 60.0, best_score: None },
                UnfilledVacancy { vacancy: "v-12".to_owned(), cut_point: 62.5, best_score: Some(41.07) },
            ],
        }),
        on_no_list: Some(PeopleOnNoList { count: 1, candidates: vec!["k-000123".to_owned()] }),
        concentration: Some(ListConcentration {
            places: 630_000,
            gini: 0.6241,
            top_percent_share: 0.1803,
            top_percent_people: 470,
            most_lists: 1_204,
        }),
        stale: Some(StaleProfiles {
            count: 1,
            months: 12,
            without_date: 2,
            candidates: vec![StaleProfile { candidate: "k-7".to_owned(), last_news: day }],
        }),
        to_complete: Some(ProfilesToComplete {
            looked_at: 10,
            left_out: 46_990,
            profiles: vec![ProfileToComplete {
                candidate: "k-000123".to_owned(),
                question: Some(Question {
                    text: "Hoe ver kan deze persoon reizen?".to_owned(),
                    gain: 7.25,
                    ..Question::default()
                }),
                moved: 19,
                looked_at: 20,
            }],
        }),
        adoption: Some(FirstPlaceAdoption {
            since: day,
            outcomes: vec![
                OutcomeAdoption {
                    outcome: ProposalOutcome::Proposed.into(),
                    recorded: 12,
                    with_list: 10,
                    on_list: 8,
                    first: 3,
                },
                OutcomeAdoption { outcome: ProposalOutcome::Placed.into(), ..OutcomeAdoption::default() },
            ],
        }),
        ..NightReport::default()
    }
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn a_night_reads_in_dutch() {
    insta::assert_snapshot!(plain(&report(&sample(), Language::Dutch)));
}

#[test]
fn a_night_reads_in_english() {
    insta::assert_snapshot!(plain(&report(&sample(), Language::English)));
}

#[test]
fn a_night_is_a_page_of_its_own() {
    let page = report_page(&sample(), Language::Dutch);
    insta::assert_snapshot!(page);
    for foreign in ["<script", "src=", "href=", "http:", "https:", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.contains("&lt;BIG&gt; &amp; die"), "what comes from outside is shown, not obeyed");
}

#[test]
fn no_sentence_of_the_report_is_longer_than_twenty_words() {
    for night in [sample(), NightReport { night: Some(samples::day()), ..NightReport::default() }] {
        for language in [Language::Dutch, Language::English] {
            let document = sections::document(&night, language);
            let told = document.sections.iter().flat_map(|section| &section.sentences);
            let told = told.map(String::as_str).chain([document.footer]);
            for sentence in told.flat_map(|text| text.split_inclusive(". ")) {
                assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
            }
        }
    }
}
