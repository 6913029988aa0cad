//! What a morning report says, in Dutch at level B1 and in English.

use super::{Align, Document, Rows, Section};
use crate::cli::render::number::{count, points};
use crate::cli::render::proposal_outcome;
use crate::cli::{day, settings::Language};
use crate::wire::v1::{
    Date, FirstPlaceAdoption, ListConcentration, NightReport, PeopleOnNoList, ProfilesToComplete,
    StaleProfiles, UnfilledVacancies,
};

/// The whole report.
pub(super) fn document(report: &NightReport, language: Language) -> Document {
    let night = words_of(report.night, language);
    let title = match language {
        Language::Dutch => format!("Ochtendverslag van {night}"),
        Language::English => format!("Morning report of {night}"),
    };
    let parts = [
        Some(overview(report, language)),
        report.unfilled.as_ref().map(|part| unfilled(part, language)),
        report.on_no_list.as_ref().map(|part| on_no_list(part, language)),
        report.concentration.as_ref().map(|part| concentration(part, language)),
        report.stale.as_ref().map(|part| stale(part, language)),
        report.to_complete.as_ref().map(|part| to_complete(part, language)),
        report.adoption.as_ref().map(|part| adoption(part, language)),
    ];
    Document {
        title,
        sections: parts.into_iter().flatten().collect(),
        footer: language.pick(&[
            "Dit verslag gaat over de lijsten. Het zegt niets over wie iemand is.",
            "This report is about the lists. It says nothing about who somebody is.",
        ]),
    }
}

fn overview(report: &NightReport, language: Language) -> Section {
    let number = |value| count(value, language);
    let (pairs, people, vacancies) =
        (number(report.pairs_judged), number(report.candidates), number(report.vacancies));
    let size = report.list_size;
    let mut sentences = match language {
        Language::Dutch => vec![
            format!("Vergeleken: {pairs} paren van {people} mensen en {vacancies} vacatures."),
            format!("Op elke lijst staan ten hoogste {size} plekken."),
        ],
        Language::English => vec![
            format!("Compared: {pairs} pairs of {people} people and {vacancies} vacancies."),
            format!("Each list has at most {size} places."),
        ],
    };
    if report.labour_market_region != 0 {
        sentences.push(match language {
            Language::Dutch => format!("Alleen arbeidsmarktregio {}.", report.labour_market_region),
            Language::English => format!("Only labour market region {}.", report.labour_market_region),
        });
    }
    if report.sbi_code != 0 {
        sentences.push(match language {
            Language::Dutch => format!("Alleen de sector met code {}.", report.sbi_code),
            Language::English => format!("Only the sector with code {}.", report.sbi_code),
        });
    }
    let rows = report.excluded.iter().map(|one| {
        let text = if one.text.is_empty() { &one.reason } else { &one.text };
        vec![number(one.count), text.clone()]
    });
    Section {
        heading: language.pick(&["De nacht", "The night"]),
        sentences,
        table: table(
            [
                (Align::Right, language.pick(&["niet mee", "left out"])),
                (Align::Left, language.pick(&["waarom", "why"])),
            ],
            rows.collect(),
        ),
    }
}

fn unfilled(part: &UnfilledVacancies, language: Language) -> Section {
    let told = match (part.count, language) {
        (0, Language::Dutch) => "Bij elke vacature staat iemand op de lijst die goed past.".to_owned(),
        (0, Language::English) => "Every vacancy has somebody on its list who fits well.".to_owned(),
        (1, Language::Dutch) => "Bij 1 vacature haalt niemand de grens van goed passen.".to_owned(),
        (1, Language::English) => "At 1 vacancy nobody reaches the cut point of a good fit.".to_owned(),
        (many, Language::Dutch) => {
            format!("Bij {} vacatures haalt niemand de grens van goed passen.", count(many, language))
        }
        (many, Language::English) => {
            format!("At {} vacancies nobody reaches the cut point of a good fit.", count(many, language))
        }
    };
    let rows = part.vacancies.iter().map(|one| {
        let best = one.best_score.map_or_else(|| "–".to_owned(), |best| points(best, language));
        vec![one.vacancy.clone(), points(one.cut_point, language), best]
    });
    Section {
        heading: language.pick(&["Vacatures waar niemand goed bij past", "Vacancies that nobody fits well"]),
        sentences: with_first(told, part.count, part.vacancies.len(), language),
        table: table(
            [
                (Align::Left, language.pick(&["vacature", "vacancy"])),
                (Align::Right, language.pick(&["grens", "cut point"])),
                (Align::Right, language.pick(&["hoogste score", "best score"])),
            ],
            rows.collect(),
        ),
    }
}

fn on_no_list(part: &PeopleOnNoList, language: Language) -> Section {
    let told = match (part.count, language) {
        (0, Language::Dutch) => "Iedereen staat op de lijst van een vacature.".to_owned(),
        (0, Language::English) => "Everybody is on the list of a vacancy.".to_owned(),
        (1, Language::Dutch) => "1 mens staat op geen enkele lijst van een vacature.".to_owned(),
        (1, Language::English) => "1 person is on no list of a vacancy.".to_owned(),
        (many, Language::Dutch) => {
            format!("{} mensen staan op geen enkele lijst van een vacature.", count(many, language))
        }
        (many, Language::English) => {
            format!("{} people are on no list of a vacancy.", count(many, language))
        }
    };
    let mut sentences = with_first(told, part.count, part.candidates.len(), language);
    if part.count > 0 {
        sentences.push(
            language
                .pick(&[
                    "Een tweede plan kan hen ook voordragen: passend spread.",
                    "A second plan can propose them too: passend spread.",
                ])
                .to_owned(),
        );
    }
    Section {
        heading: language.pick(&["Mensen op geen enkele lijst", "People on no list"]),
        sentences,
        table: table(
            [(Align::Left, language.pick(&["kandidaat", "candidate"]))],
            part.candidates.iter().map(|id| vec![id.clone()]).collect(),
        ),
    }
}

fn concentration(part: &ListConcentration, language: Language) -> Section {
    let number = |value| count(value, language);
    let percent = points(part.top_percent_share * 100.0, language);
    let gini = points(part.gini, language);
    let (people, most) = (number(part.top_percent_people), number(part.most_lists));
    let sentences = match language {
        Language::Dutch => vec![
            format!("De lijsten hebben samen {} plekken.", number(part.places)),
            format!("De 1% met de meeste plekken (mensen: {people}) heeft {percent}% van alle plekken."),
            format!("De Gini-maat is {gini}. Bij 0 staat iedereen even vaak op een lijst."),
            format!("Het hoogste aantal lijsten van één persoon: {most}."),
        ],
        Language::English => vec![
            format!("The lists have {} places together.", number(part.places)),
            format!("The 1% with the most places (people: {people}) has {percent}% of all places."),
            format!("The Gini coefficient is {gini}. At 0 everybody is on equally many lists."),
            format!("The most lists of one person: {most}."),
        ],
    };
    Section {
        heading: language.pick(&["Vaak dezelfde mensen", "The same people often"]),
        sentences,
        table: None,
    }
}

fn stale(part: &StaleProfiles, language: Language) -> Section {
    let (many, months) = (count(part.count, language), part.months);
    let told = match language {
        Language::Dutch => format!("Mensen van wie al {months} maanden niets nieuws bekend is: {many}."),
        Language::English => {
            format!("People of whom nothing new was heard for {months} months: {many}.")
        }
    };
    let mut sentences = with_first(told, part.count, part.candidates.len(), language);
    if part.without_date > 0 {
        let without = count(part.without_date, language);
        sentences.push(match language {
            Language::Dutch => format!("Mensen van wie geen datum bekend is: {without}."),
            Language::English => format!("People of whom no date is known: {without}."),
        });
    }
    let rows =
        part.candidates.iter().map(|one| vec![one.candidate.clone(), words_of(one.last_news, language)]);
    Section {
        heading: language.pick(&["Lang niets nieuws", "Nothing new for long"]),
        sentences,
        table: table(
            [
                (Align::Left, language.pick(&["kandidaat", "candidate"])),
                (Align::Left, language.pick(&["laatste nieuws", "last news"])),
            ],
            rows.collect(),
        ),
    }
}

fn to_complete(part: &ProfilesToComplete, language: Language) -> Section {
    let (looked_at, left_out) = (count(part.looked_at, language), count(part.left_out, language));
    let sentences = match language {
        Language::Dutch => vec![
            format!("Bekeken: {looked_at} mensen van wie de scores het meest kunnen stijgen."),
            format!("Niet bekeken: {left_out}."),
        ],
        Language::English => vec![
            format!("Looked at: {looked_at} people whose scores can rise most."),
            format!("Not looked at: {left_out}."),
        ],
    };
    let rows = part.profiles.iter().map(|one| {
        let (text, gain) =
            one.question.as_ref().map_or(("", 0.0), |question| (&question.text, question.gain));
        vec![one.candidate.clone(), text.to_owned(), points(gain, language), one.moved.to_string()]
    });
    Section {
        heading: language.pick(&["Profiel aanvullen loont", "Answers worth asking for"]),
        sentences,
        table: table(
            [
                (Align::Left, language.pick(&["kandidaat", "candidate"])),
                (Align::Left, language.pick(&["vraag", "question"])),
                (Align::Right, language.pick(&["punten erbij", "points more"])),
                (Align::Right, language.pick(&["vacatures", "vacancies"])),
            ],
            rows.collect(),
        ),
    }
}

fn adoption(part: &FirstPlaceAdoption, language: Language) -> Section {
    let recorded: u64 = part.outcomes.iter().map(|one| one.recorded).sum();
    let with_list: u64 = part.outcomes.iter().map(|one| one.with_list).sum();
    let first: u64 = part.outcomes.iter().map(|one| one.first).sum();
    let since = words_of(part.since, language);
    let (recorded_told, with_list_told, first_told) =
        (count(recorded, language), count(with_list, language), count(first, language));
    let mut sentences = match language {
        Language::Dutch => vec![format!("Vastgelegde uitkomsten vanaf {since}: {recorded_told}.")],
        Language::English => vec![format!("Outcomes recorded from {since} on: {recorded_told}.")],
    };
    if with_list > 0 {
        sentences.push(match language {
            Language::Dutch => format!("Met een lijst die bewaard is: {with_list_told}."),
            Language::English => format!("With a list that is kept: {with_list_told}."),
        });
        sentences.push(match language {
            Language::Dutch => {
                format!("Daarvan over wie als eerste op de lijst stond: {first_told}.")
            }
            Language::English => {
                format!("Of these about whoever stood first on the list: {first_told}.")
            }
        });
    }
    let rows = part.outcomes.iter().filter(|one| one.recorded > 0).map(|one| {
        let counts =
            [one.recorded, one.with_list, one.on_list, one.first].map(|value| count(value, language));
        let what = proposal_outcome(one.outcome(), language).to_owned();
        std::iter::once(what).chain(counts).collect()
    });
    Section {
        heading: language.pick(&["Wat er met de lijsten gebeurde", "What became of the lists"]),
        sentences,
        table: table(
            [
                (Align::Left, language.pick(&["uitkomst", "outcome"])),
                (Align::Right, language.pick(&["vastgelegd", "recorded"])),
                (Align::Right, language.pick(&["lijst bewaard", "list kept"])),
                (Align::Right, language.pick(&["op de lijst", "on the list"])),
                (Align::Right, language.pick(&["als eerste", "first"])),
            ],
            rows.collect(),
        ),
    }
}

/// A sentence, and one that says how many of the entries stand below, where it is not all.
fn with_first(told: String, all: u64, shown: usize, language: Language) -> Vec<String> {
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    let mut sentences = vec![told];
    if shown < all {
        let shown = count(shown, language);
        sentences.push(match language {
            Language::Dutch => format!("Hier staan de eerste {shown}. Meer zien: --entries."),
            Language::English => format!("These are the first {shown}. See more: --entries."),
        });
    }
    sentences
}

/// A table; none without rows.
fn table<const COLUMNS: usize>(
    columns: [(Align, &'static str); COLUMNS],
    rows: Vec<Vec<String>>,
) -> Option<Rows> {
    (!rows.is_empty()).then(|| Rows { columns: columns.to_vec(), rows })
}

fn words_of(date: Option<Date>, language: Language) -> String {
    date.map(|date| day::words(&date, language)).unwrap_or_default()
}
