use super::{
    said::{Field, What},
    *,
};
use crate::domain::{
    text::{ConceptUri, Label},
    work::{OccupationRef, SkillRef},
};
use crate::rank::understanding::Understanding;
use crate::taxonomy::{
    Codes, ConceptKind, LabelLanguage, LabelRole, Origin, TaxonomyBuilder,
    recognize::{CERTAIN, Recognizer},
};

fn small(name: &str) -> Loaded {
    let mut builder = TaxonomyBuilder::new(name);
    for (uri, kind, label) in [
        ("o:1", ConceptKind::Occupation, "verzorgende"),
        ("o:2", ConceptKind::Occupation, "lasser"),
        ("s:1", ConceptKind::Skill, "wonden verzorgen"),
        ("s:2", ConceptKind::Skill, "lassen"),
    ] {
        builder.concept(uri, kind).unwrap();
        builder.label(uri, LabelLanguage::DUTCH, LabelRole::Preferred, label).unwrap();
    }
    for (group, code) in [("g:1", "5321"), ("g:2", "7212")] {
        builder.concept(group, ConceptKind::OccupationGroup).unwrap();
        builder.code(group, code).unwrap();
    }
    for (uri, code, group) in [("o:1", "5321", "g:1"), ("o:2", "7212", "g:2")] {
        builder.code(uri, code).unwrap();
        builder.broader(uri, group).unwrap();
    }
    let taxonomy = builder.build().unwrap();
    let codes = [("0077".to_owned(), taxonomy.find("o:2").unwrap())];
    Loaded::new(Origin::Embedded, Recognizer::new(Arc::new(taxonomy)), Codes::new(codes))
}

fn uris(vocabulary: &Vocabulary, senses: impl IntoIterator<Item = Sense>) -> Vec<String> {
    senses.into_iter().map(|sense| vocabulary.taxonomy().uri(sense.concept).to_owned()).collect()
}

fn remembered(vocabulary: &Vocabulary, words: Words<'_>) -> bool {
    match words {
        Words::One(..) => vocabulary.wordings.holds(words.key()),
        Words::Text(..) => vocabulary.texts.holds(words.key()),
    }
}

#[test]
fn words_are_remembered_over_a_restart_and_forgotten_under_another_taxonomy() {
    let folder = tempfile::tempdir().unwrap();
    let words = [
        Words::One(WordingKind::Occupation, "Lasser"),
        Words::One(WordingKind::Skill, "iets anders"),
        Words::Text(WordingKind::Skill, "Ik kan lassen."),
    ];
    let first = Vocabulary::open(small("one"), folder.path());
    assert_eq!(uris(&first, first.wording(WordingKind::Occupation, "Lasser").senses.iter()), ["o:2"]);
    assert_eq!(first.wording(WordingKind::Skill, "iets anders"), Recognized::default());
    assert_eq!(uris(&first, first.text(WordingKind::Skill, "Ik kan lassen.").iter().copied()), ["s:2"]);
    drop(first);
    let again = Vocabulary::open(small("one"), folder.path());
    assert!(words.iter().all(|words| remembered(&again, *words)));
    assert_eq!(uris(&again, again.text(WordingKind::Skill, "Ik kan lassen.").iter().copied()), ["s:2"]);
    drop(again);
    let other = Vocabulary::open(small("two"), folder.path());
    assert!(!words.iter().any(|words| remembered(&other, *words)));
}

#[test]
fn what_is_learned_together_is_what_is_found_alone() {
    let folder = tempfile::tempdir().unwrap();
    let together = Vocabulary::open(small("one"), &folder.path().join("nowhere"));
    let labels = ["Lassen", "lassen ", "onbekend"].map(|text| Label::new(text).unwrap());
    let said: Vec<Said<'_>> = labels
        .iter()
        .map(|label| Said { field: Field::one("courses"), what: What::Course(label) })
        .chain([Said {
            field: Field::one("presentation"),
            what: What::Text("Lassen, wonden verzorgen, lassen"),
        }])
        .collect();
    together.learn(said.iter().copied());
    let alone = Vocabulary::open(small("one"), &folder.path().join("nowhere"));
    for one in said {
        assert!(remembered(&together, one.what.words()), "{one:?}");
        assert_eq!(together.recognized(one.what), alone.recognized(one.what));
    }
    let text = together.text(WordingKind::Skill, "Lassen, wonden verzorgen, lassen");
    assert_eq!(text, alone.text(WordingKind::Skill, "Lassen, wonden verzorgen, lassen"));
    assert_eq!(text.len(), 2, "each concept once");
}

#[test]
fn a_concept_wins_over_words_and_a_group_lets_words_choose_inside_it() {
    let folder = tempfile::tempdir().unwrap();
    let vocabulary = Vocabulary::open(small("one"), folder.path());
    let found = |text: &str, concept: &str| {
        let occupation = OccupationRef {
            text: Label::new(text).unwrap(),
            concept: ConceptUri::new(concept).ok(),
            boc_code: None,
        };
        uris(&vocabulary, vocabulary.occupation(&occupation).iter())
    };
    assert_eq!(found("lasser", "o:1"), ["o:1"]);
    assert_eq!(found("lasser", "g:2"), ["o:2"]);
    assert_eq!(found("iets", "g:1"), ["o:1"], "the only one of its group");
    assert_eq!(found("lasser", "x:unknown"), ["o:2"], "a concept of another taxonomy says nothing");
    assert_eq!(found("lasser", "s:1"), ["o:2"], "a skill is no occupation");
    let coded = |text: &str, concept: Option<&str>| {
        let occupation = OccupationRef {
            text: Label::new(text).unwrap(),
            concept: concept.and_then(|uri| ConceptUri::new(uri).ok()),
            boc_code: Label::new("77").ok(),
        };
        uris(&vocabulary, vocabulary.occupation(&occupation).iter())
    };
    assert_eq!(
        (coded("verzorgende", None), coded("lasser", Some("o:1"))),
        (vec!["o:2".into()], vec!["o:1".into()])
    );
    let skill = SkillRef { text: Label::new("iets").unwrap(), concept: ConceptUri::new("s:1").ok() };
    assert_eq!(vocabulary.skill(&skill).first().unwrap().confidence, CERTAIN);
}
