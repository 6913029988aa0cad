//! What is found while somebody types, and in which order.

use super::*;
use crate::taxonomy::TaxonomyBuilder;

const NL: LabelLanguage = LabelLanguage::DUTCH;
const EN: LabelLanguage = LabelLanguage::ENGLISH;

fn suggester() -> Suggester {
    use ConceptKind::{Occupation, Skill};
    use LabelRole::{Alternative, Hidden, Preferred};
    let mut builder = TaxonomyBuilder::new("small");
    for (uri, kind, labels) in [
        (
            "o:driver",
            Occupation,
            &[
                (NL, Preferred, "chauffeur vrachtwagen"),
                (EN, Preferred, "truck driver"),
                (NL, Hidden, "trucker"),
            ][..],
        ),
        ("o:carer", Occupation, &[(NL, Preferred, "verzorgende"), (EN, Preferred, "care worker")]),
        (
            "o:cook",
            Occupation,
            &[(NL, Preferred, "kok"), (NL, Alternative, "chef-kok"), (EN, Preferred, "cook")],
        ),
        ("o:taxi", Occupation, &[(NL, Preferred, "taxichauffeur"), (EN, Preferred, "taxi driver")]),
        ("o:coach", Occupation, &[(NL, Preferred, "kok in opleiding"), (EN, Preferred, "kok trainee")]),
        ("s:care", Skill, &[(NL, Preferred, "ouderen verzorgen"), (EN, Preferred, "care for older people")]),
        ("s:cafe", Skill, &[(NL, Preferred, "één café beheren"), (EN, Preferred, "run a café")]),
    ] {
        builder.concept(uri, kind).unwrap();
        for (language, role, text) in labels {
            builder.label(uri, *language, *role, text).unwrap();
        }
    }
    Suggester::new(Arc::new(builder.build().unwrap()))
}

fn typed(text: &str) -> Typed<'_> {
    Typed { text, kinds: &[], language: NL, offset: 0, limit: 10 }
}

fn check(text: &str, expected: &[(&str, Fit)]) {
    let suggester = suggester();
    let found = suggester.suggest(typed(text));
    let page: Vec<_> = found.page.iter().map(|one| (suggester.taxonomy.uri(one.concept), one.fit)).collect();
    assert_eq!(page, expected, "{text}");
    assert_eq!(found.total, expected.len());
}

#[test]
fn exact_comes_before_beginnings_before_insides() {
    check("kok", &[("o:cook", Fit::Exact), ("o:coach", Fit::LabelBeginning)]);
    check("chauf", &[("o:driver", Fit::LabelBeginning), ("o:taxi", Fit::Inside)]);
    check("VERZORG", &[("o:carer", Fit::LabelBeginning), ("s:care", Fit::WordBeginnings)]);
    check("verzor oud", &[("s:care", Fit::WordBeginnings)]);
    check("cafe", &[("s:cafe", Fit::WordBeginnings)]);
}

#[test]
fn labels_in_the_asked_language_come_first_and_the_label_that_fits_is_told() {
    let suggester = suggester();
    let found = suggester.suggest(Typed { language: EN, ..typed("kok") });
    assert_eq!(found.page[0].label.text, "kok");
    let found = suggester.suggest(Typed { language: EN, ..typed("driver") });
    let labels: Vec<_> = found.page.iter().map(|one| one.label.text).collect();
    assert_eq!(labels, ["taxi driver", "truck driver"]);
    let found = suggester.suggest(typed("trucker"));
    assert_eq!((found.page[0].label.text, found.page[0].label.role), ("trucker", LabelRole::Hidden));
}

#[test]
fn typing_errors_and_compounds_are_understood_where_nothing_else_fits() {
    check("vezorgende", &[("o:carer", Fit::Nearly)]);
    check("schaufeur", &[("o:driver", Fit::Nearly)]);
    check("vrachtwagenchauffeur", &[("o:driver", Fit::Inside)]);
    check("kak", &[]);
}

#[test]
fn kinds_and_pages_narrow_the_list_and_the_total_counts_all() {
    let suggester = suggester();
    let skills = [ConceptKind::Skill];
    let only = suggester.suggest(Typed { kinds: &skills, ..typed("verzorg") });
    assert_eq!((only.total, only.page[0].label.text), (1, "ouderen verzorgen"));
    let all = suggester.suggest(typed("verzorg"));
    let second = suggester.suggest(Typed { offset: 1, limit: 1, ..typed("verzorg") });
    assert_eq!((second.total, &second.page[..]), (2, &all.page[1..]));
    assert_eq!(suggester.suggest(Typed { offset: 9, ..typed("verzorg") }).page, []);
}

#[test]
fn marks_show_what_fits_in_characters() {
    let suggester = suggester();
    let marks = |text| suggester.suggest(typed(text)).page[0].marks.clone();
    assert_eq!(marks("cafe een"), [0..3, 4..8]);
    assert_eq!(marks("chauf").first(), Some(&(0..5)));
    assert_eq!(marks("vezorgende").first(), Some(&(0..11)), "a word with a typing error is marked whole");
}

#[test]
fn text_without_words_finds_nothing_and_nothing_panics() {
    for text in ["", "  ", "(((\"*", "\u{200f}", "½½½½ \u{301}", &"é ".repeat(400)] {
        let suggester = suggester();
        assert!(suggester.suggest(Typed { limit: usize::MAX, ..typed(text) }).total <= 7);
    }
    let empty = Suggester::new(Arc::new(TaxonomyBuilder::new("empty").build().unwrap()));
    assert_eq!(empty.suggest(typed("kok")).total, 0);
}

#[test]
fn what_was_stored_finds_the_same() {
    let made = suggester();
    let stored = postcard::to_allocvec(&SuggesterData::build(&made.taxonomy)).unwrap();
    let read = Suggester::with(Arc::clone(&made.taxonomy), postcard::from_bytes(&stored).unwrap());
    for text in ["k", "chauf", "verzor oud", "vezorgende", "vrachtwagenchauffeur", "kok bestaat"] {
        let found = made.suggest(typed(text));
        assert!(found.total > 0, "{text}");
        assert_eq!(read.suggest(typed(text)), found, "{text}");
    }
}
