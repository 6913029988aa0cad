use super::*;
use crate::taxonomy::{LabelLanguage, LabelRole, TaxonomyBuilder};

const VERBS: [(&str, &str); 4] =
    [("bakken", "bake"), ("snijden", "slice"), ("verkopen", "sell"), ("inpakken", "wrap")];
const THINGS: [(&str, &str); 4] =
    [("brood", "bread"), ("vlees", "meat"), ("kaas", "cheese"), ("groente", "vegetables")];

fn uri(verb: usize, thing: usize) -> String {
    format!("https://example.org/skill/{verb}{thing}")
}

/// Sixteen skills with English labels; those on the diagonal have no Dutch one.
fn taxonomy() -> Taxonomy {
    let english = LabelLanguage::ENGLISH;
    let mut builder = TaxonomyBuilder::new("sixteen skills");
    for (v, verb) in VERBS.iter().enumerate() {
        for (t, thing) in THINGS.iter().enumerate() {
            builder.concept(&uri(v, t), ConceptKind::Skill).unwrap();
            let label = format!("{} {}", verb.1, thing.1);
            builder.label(&uri(v, t), english, LabelRole::Preferred, &label).unwrap();
            if v != t {
                let label = format!("{} {}", thing.0, verb.0);
                builder.label(&uri(v, t), LabelLanguage::DUTCH, LabelRole::Preferred, &label).unwrap();
            }
        }
    }
    builder.build().unwrap()
}

const SMALL: Effort = Effort { steps: 120, examples: 16 };

fn model() -> (Taxonomy, MeaningModel) {
    let taxonomy = taxonomy();
    let model = MeaningModel::train_with(&taxonomy, &[], SMALL);
    (taxonomy, model)
}

#[test]
fn dutch_words_find_a_skill_that_has_english_labels_only() {
    let (taxonomy, model) = model();
    for (both, (verb, thing)) in VERBS.iter().zip(THINGS).enumerate() {
        let wording = format!("{} {}", thing.0, verb.0);
        let vector = model.embed(&wording).unwrap();
        let nearest = model.nearest(&vector, ConceptKind::Skill, 1);
        assert_eq!(taxonomy.uri(nearest[0].0), uri(both, both), "{wording}");
    }
}

#[test]
fn the_same_taxonomy_gives_the_same_bytes_on_any_number_of_threads() {
    let taxonomy = taxonomy();
    let bytes = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        // More rows than one thread takes at a time.
        let effort = Effort { steps: 6, examples: 64 };
        let model = pool.install(|| MeaningModel::train_with(&taxonomy, &[], effort));
        postcard::to_allocvec(&model).unwrap()
    };
    let one = bytes(1);
    assert!(one == bytes(2) && one == bytes(3));
}

#[test]
fn a_stored_model_says_the_same() {
    let (_, model) = model();
    let stored = postcard::to_allocvec(&model).unwrap();
    let again: MeaningModel = postcard::from_bytes(&stored).unwrap();
    assert_eq!(again.embed("kaas bakken"), model.embed("kaas bakken"));
    assert_eq!(postcard::to_allocvec(&again).unwrap(), stored);
}

#[test]
fn the_nearest_are_those_with_the_highest_similarity() {
    let (taxonomy, model) = model();
    let vector = model.embed("vlees en groente").unwrap();
    let mut all: Vec<_> =
        taxonomy.numbers().map(|number| (number, model.similarity(&vector, number))).collect();
    all.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    for limit in [0, 1, 3, 16, 40] {
        assert_eq!(model.nearest(&vector, ConceptKind::Skill, limit), all[..limit.min(16)]);
    }
    assert_eq!(model.nearest(&vector, ConceptKind::Occupation, 5), []);
}

#[test]
fn words_of_which_nothing_was_seen_lie_nowhere() {
    let (_, model) = model();
    for wording in ["", " ", "()", "медсестра", "\u{202e}\u{0}"] {
        assert_eq!(model.embed(wording), None, "{wording:?}");
    }
    assert_eq!(model.embed("(m/v) KAAS"), model.embed("kaas"));
    assert!(model.embed(&"kaas ".repeat(100_000)).is_some());
    assert_eq!(model.similarity(&model.embed("kaas").unwrap(), ConceptNumber(u32::MAX)), 0.0);
}

#[test]
fn texts_about_concepts_may_be_empty_or_about_nothing_known() {
    let taxonomy = taxonomy();
    let text = |concept, text: &str| TrainingText {
        concept: ConceptNumber(concept),
        language: LabelLanguage::ENGLISH,
        text: text.to_owned(),
    };
    let texts =
        [text(0, ""), text(0, ". . ."), text(u32::MAX, "bake bread"), text(1, "Slice bread. Then sell it.")];
    let model = MeaningModel::train_with(&taxonomy, &texts, Effort { steps: 8, ..SMALL });
    assert!(model.embed("bread").is_some());
}

#[test]
fn from_too_little_nothing_is_learned() {
    assert!(MeaningModel::train(&taxonomy(), &[]).is_none());
    let empty = TaxonomyBuilder::new("nothing").build().unwrap();
    assert_eq!(MeaningModel::train_with(&empty, &[], SMALL).embed("kaas"), None);
}
