use super::*;
use crate::taxonomy::{LabelRole, TaxonomyBuilder};

/// Labels as "uri, language, label".
fn recognizer() -> Recognizer {
    let labels = [
        ("o:driver", "nl", "vrachtwagenchauffeur"),
        ("o:driver", "en", "truck driver"),
        ("o:nurse", "nl", "verpleegkundige"),
        ("o:nurse", "nl", "verpleger"),
        ("o:nurse", "de", "Gesundheits- und Krankenpfleger/in"),
        ("o:turner", "nl", "CNC-draaier"),
        ("o:butcher", "nl", "slager"),
        ("o:butcher", "ar", "جزار"),
        ("o:butcher", "pl", "rzeźnik"),
        ("o:bus", "nl", "buschauffeur"),
        ("s:elderly", "nl", "ouderen verzorgen"),
        ("s:elderly", "en", "care for the elderly"),
        ("s:children", "nl", "kinderen verzorgen"),
        ("s:c", "en", "C++"),
        ("s:sharp", "en", "C#"),
        ("s:weld", "nl", "lassen"),
    ];
    let mut builder = TaxonomyBuilder::new("test");
    for (uri, language, label) in labels {
        let kind = if uri.starts_with('o') { ConceptKind::Occupation } else { ConceptKind::Skill };
        builder.concept(uri, kind).unwrap();
        let language = LabelLanguage::parse(language).unwrap();
        builder.label(uri, language, LabelRole::Preferred, label).unwrap();
    }
    Recognizer::new(Arc::new(builder.build().unwrap()))
}

#[track_caller]
fn check(text: &str, kind: WordingKind, expected: &str) {
    let recognizer = recognizer();
    let meaning = recognizer.recognize(Wording { text, kind });
    let uri = meaning.senses.first().map_or("", |sense| recognizer.taxonomy.uri(sense.concept));
    assert_eq!(uri, expected, "{text:?}: {meaning:?}");
}

#[test]
fn titles_in_peoples_own_spelling_are_recognised() {
    let occupation = |text, expected| check(text, WordingKind::Occupation, expected);
    occupation("Vrachtwagenschaufeur", "o:driver");
    occupation("chauffeur vrachtwagen", "o:driver");
    occupation("Islamitisch slager", "o:butcher");
    occupation("verpleger/verpleegkundige", "o:nurse");
    occupation("Verpleegster (nachtdienst)", "o:nurse");
    occupation("CNC-draaier (m/v)", "o:turner");
    occupation("TRUCK   DRIVER", "o:driver");
    occupation("\"truck-driver\" truckdriver", "o:driver");
    occupation("vrachtwagen-chauffeur", "o:driver");
    occupation("جزّار", "o:butcher");
    occupation("Krankenpfleger", "o:nurse");
    occupation("astronaut", "");
    occupation(" \u{202e}… ", "");
}

#[test]
fn skills_are_recognised_in_another_order_and_with_small_words() {
    let skill = |text, expected| check(text, WordingKind::Skill, expected);
    skill("verzorgen van ouderen", "s:elderly");
    skill("Ouderen verzorgen!", "s:elderly");
    skill("ervaring met het verzorgen van ouderen", "s:elderly");
    skill("c++", "s:c");
    skill("C#", "s:sharp");
}

#[test]
fn only_the_kind_that_is_asked_is_recognised() {
    check("lassen", WordingKind::Occupation, "");
    check("slager", WordingKind::Skill, "");
}

#[test]
fn a_free_text_names_concepts_where_they_stand() {
    let recognizer = recognizer();
    let text = "Ik kan goed lassen. Ook heb ik mijn ouderen verzorgd; verzorgen van kinderen, ouderen.";
    let spans = recognizer.spans(text, WordingKind::Skill);
    let found: Vec<(String, &str)> = spans
        .iter()
        .map(|span| {
            let words = text.chars().skip(span.characters.start).take(span.characters.len()).collect();
            (words, recognizer.taxonomy.uri(span.sense.concept))
        })
        .collect();
    let expected = [("lassen", "s:weld"), ("verzorgen van kinderen", "s:children")];
    assert_eq!(found, expected.map(|(words, uri)| (words.to_owned(), uri)));
}

#[test]
fn a_word_in_other_letters_is_named_in_a_text_and_a_foreign_one_in_these_letters_is_not() {
    let recognizer = recognizer();
    let named = |text: &str| recognizer.spans(text, WordingKind::Occupation).len();
    assert_eq!((named("عملت جزار سنوات"), named("ik werkte als rzeznik")), (1, 0));
}

#[test]
fn of_several_concepts_with_a_name_the_one_that_is_shown_by_it_is_named_in_a_text() {
    let mut builder = TaxonomyBuilder::new("test");
    for (uri, preferred, other) in [("o:a", "draaier", "frezer"), ("o:b", "frezer", "CNC-frezer")] {
        builder.concept(uri, ConceptKind::Occupation).unwrap();
        builder.label(uri, LabelLanguage::DUTCH, LabelRole::Preferred, preferred).unwrap();
        builder.label(uri, LabelLanguage::DUTCH, LabelRole::Alternative, other).unwrap();
    }
    let recognizer = Recognizer::new(Arc::new(builder.build().unwrap()));
    let spans = recognizer.spans("Ik ben frezer.", WordingKind::Occupation);
    assert_eq!(recognizer.taxonomy.uri(spans[0].sense.concept), "o:b");
    assert!((7_000..8_000).contains(&spans[0].sense.confidence), "{spans:?}");
}
