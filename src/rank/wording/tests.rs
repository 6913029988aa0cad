use super::*;
use crate::domain::{competency::Competency, education::DrivingLicence, language::CefrLevel};

fn names() -> CompetencyTable {
    CompetencyTable::embedded().unwrap()
}

/// A value for every name of data that a text may ask for.
fn sample(name: &str, code: ReasonCode) -> Value {
    match name {
        "skill" if code.name().contains("LANGUAGE") => Value::LanguageSkill(LanguageSkill::Speaking),
        "skill" => Value::Words("TIG-lassen".into()),
        "own" if code == ReasonCode::CapacityTimeInPart => Value::DayMinutes(60),
        "own" => Value::Words("lassen".into()),
        "quality" => Value::Quality(Competency::ShowAttention, Some("patience".into())),
        "value" => Value::Seen(ObservedValue::Strong),
        "source" => Value::Source(ObservationSource::Coach),
        "age" => Value::DaysAgo(Some(21)),
        "occupation" => Value::Words("lasser".into()),
        "division" => Value::Division(25),
        "sector" => Value::Sector(Sector::Care),
        "interest" => Value::Words("auto's".into()),
        "language" => Value::Language(LanguageCode::DUTCH),
        "level" | "asked" if code == ReasonCode::UnderUse => Value::Level(WorkLevel::Hbo),
        "level" if code == ReasonCode::WithLevel => Value::Level(WorkLevel::Mbo),
        "level" if code.name().starts_with("LEVEL") => Value::Level(WorkLevel::Vmbo),
        "level" => Value::Cefr(CefrLevel::A2),
        "asked" if code.name().starts_with("LEVEL") => Value::Level(WorkLevel::Mbo),
        "asked" if code.name().starts_with("EXPERIENCE") => Value::Months(24),
        "asked" if code == ReasonCode::CapacityTimeInPart => Value::DayMinutes(120),
        "asked" => Value::Cefr(CefrLevel::B1),
        "counted" => Value::Months(15),
        "held" | "covered" => Value::WorkMinutes(20 * 60),
        "extra" => Value::WorkMinutes(12 * 60),
        "total" => Value::WorkMinutes(32 * 60),
        "needed" if code.name().starts_with("TIMES") => Value::WorkMinutes(32 * 60),
        "lessons" => Value::WorkMinutes(9 * 60),
        "start" => Value::Day(jiff::civil::date(2025, 1, 6)),
        "end" => Value::Day(jiff::civil::date(2025, 12, 31)),
        "fit" => Value::Fit(5_450),
        "workable" | "cap" => Value::WorkMinutes(20 * 60),
        "minimum" => Value::WorkMinutes(32 * 60),
        "maximum" => Value::WorkMinutes(28 * 60 + 30),
        "limit" if code.name().starts_with("DISTANCE") => Value::Metres(15_000),
        "distance" => Value::Metres(18_340),
        "limit" => Value::TravelMinutes(30),
        "time" => Value::TravelMinutes(42),
        "means" => Value::Means(MeansOfTransport::Bicycle),
        "education" => Value::Words("helpende zorg en welzijn".into()),
        "paper" => Value::Paper(PaperName::Licence(DrivingLicence::B)),
        "weeks" => Value::Weeks(2),
        "months" => Value::Months(12),
        "day" => Value::Day(jiff::civil::date(2025, 3, 1)),
        "needed" => Value::Cefr(CefrLevel::A1),
        "demand" => Value::Fit(7_150),
        "wish" => Value::Fit(4_000),
        "subject" => Value::Sector(Sector::Care),
        "near" => Value::Count(2),
        "unnamed" => Value::Count(3),
        "condition" => Value::Words("buiten werken".into()),
        "support" => Value::Support(SupportKind::Buddy),
        "ability" => Value::Words("staan".into()),
        "part" => Value::Fit(5_000),
        "shift" => Value::Shift(Shift::Night),
        "hours" => Value::WorkMinutes(24 * 60),
        "rank" => Value::Place(3),
        "before" => Value::Place(14),
        "points" => Value::Points(215),
        "requirement" => Value::Words("TIG-lassen".into()),
        "criterion" => Value::Criterion(crate::rank::Criterion::Language),
        other => panic!("{other} of {code:?} has no sample"),
    }
}

fn placeholders(template: &'static str) -> Vec<&'static str> {
    template.split('{').skip(1).map(|part| part.split_once('}').unwrap().0).collect()
}

fn filled(code: ReasonCode) -> Reason {
    let data = placeholders(code.dutch()).into_iter().map(|name| (name, sample(name, code))).collect();
    Reason { code, data }
}

#[test]
fn every_code_has_its_words_in_both_languages() {
    let names = names();
    let lines: Vec<String> = ReasonCode::ALL
        .iter()
        .map(|code| {
            let reason = filled(*code);
            let (dutch, english) =
                (text(&reason, TextLanguage::Dutch, &names), text(&reason, TextLanguage::English, &names));
            format!("{}\n  {dutch}\n  {english}", code.name())
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn r20_both_languages_say_the_same_data_and_only_the_data_of_the_reason() {
    for code in ReasonCode::ALL {
        let sorted = |template| {
            let mut names = placeholders(template);
            names.sort_unstable();
            names
        };
        assert_eq!(sorted(code.dutch()), sorted(code.english()), "{code:?}");
        for language in [TextLanguage::Dutch, TextLanguage::English] {
            let text = text(&filled(*code), language, &names());
            assert!(!text.contains(['{', '}']), "{text}");
        }
    }
}

#[test]
fn sentences_have_at_most_twenty_words_and_unknown_is_never_told_as_a_lack() {
    for code in ReasonCode::ALL {
        for language in [TextLanguage::Dutch, TextLanguage::English] {
            let text = text(&filled(*code), language, &names());
            for sentence in text.split_inclusive(['.', '?']) {
                assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
            }
            if code.name().contains("UNKNOWN")
                || code.name().contains("NOT_NAMED")
                || code.name().contains("NOT_SEEN")
            {
                let asks = language.of(["Niet bekend", "Vraag"], ["Not known", "Ask"]);
                assert!(asks.iter().all(|words| text.contains(words)), "{text}");
            }
        }
    }
}

#[test]
fn a_quality_is_told_by_what_was_seen_by_whom_and_when() {
    let reason = filled(ReasonCode::QualitySeen);
    let dutch = text(&reason, TextLanguage::Dutch, &names());
    assert_eq!(dutch, "Geduld: sterk, gezien door de werkcoach, 3 weken geleden.");
    let ago = |days| days_ago(days, TextLanguage::Dutch);
    assert_eq!(
        [Some(0), Some(1), Some(13), Some(60), Some(400), Some(1_100), None].map(ago),
        [
            "vandaag",
            "1 dag geleden",
            "13 dagen geleden",
            "8 weken geleden",
            "13 maanden geleden",
            "3 jaar geleden",
            "datum niet bekend"
        ]
    );
}

/// The data of a reason with one piece that begins with the word that stands before it in a text.
fn doubling(code: ReasonCode, template: &'static str) -> Vec<(String, Reason)> {
    let before = template.split('{').map(|part| part.rsplit('}').next().unwrap_or_default());
    let seams = before.zip(placeholders(template));
    let words = |before: &str| before.strip_suffix(' ')?.rsplit(' ').next().map(str::to_lowercase);
    let seams = seams.filter_map(|(before, name)| Some((words(before)?, name)));
    let doubled = |(word, name): (String, &'static str)| {
        let mut reason = filled(code);
        reason.data.retain(|(own, _)| *own != name);
        reason.data.push((name, Value::Words(format!("{word} gas"))));
        (word, reason)
    };
    seams.filter(|(word, _)| word.chars().all(char::is_alphabetic) && !word.is_empty()).map(doubled).collect()
}

#[test]
fn a_word_that_a_text_and_its_data_share_at_their_seam_is_said_once() {
    let names = names();
    let mut seams = 0;
    for code in ReasonCode::ALL {
        let own = for_candidate(*code).unwrap_or([code.dutch(), code.english()]);
        for (audience, [dutch, english]) in
            [(Audience::Advisor, [code.dutch(), code.english()]), (Audience::Candidate, own)]
        {
            for (language, template) in [(TextLanguage::Dutch, dutch), (TextLanguage::English, english)] {
                for (word, reason) in doubling(*code, template) {
                    let text = told(&reason, Voice { language, audience }, &names).to_lowercase();
                    let words: Vec<&str> = text.split(' ').collect();
                    assert!(
                        words.windows(2).any(|two| two[0] == word && two[1].starts_with("gas")),
                        "{text}"
                    );
                    assert!(!words.windows(2).any(|two| two[0] == word && two[1] == word), "{text}");
                    seams += 1;
                }
            }
        }
    }
    assert!(seams > 100, "{seams}");
    let skill = |words: &str| Reason::new(ReasonCode::WithSkill, [("skill", Value::Words(words.into()))]);
    let dutch = |words| text(&skill(words), TextLanguage::Dutch, &names);
    assert_eq!(dutch("met gas werken"), "Met gas werken in het profiel");
    assert_eq!(dutch("metaal lassen"), "Met metaal lassen in het profiel");
    assert_eq!(dutch("Met"), "Met Met in het profiel", "a name is a name");
}
