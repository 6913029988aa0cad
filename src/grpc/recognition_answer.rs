//! Recognised words as the interface gives them.

use crate::engine::import::WordCounts;
use crate::engine::recognition::{RecognizedSense, RecognizedWords, TaxonomyInUse};
use crate::wire::v1;

pub(super) fn taxonomy(taxonomy: TaxonomyInUse) -> v1::TaxonomyInUse {
    v1::TaxonomyInUse { name: taxonomy.name, fingerprint: taxonomy.fingerprint }
}

pub(super) fn words(recognized: Vec<RecognizedWords>) -> Vec<v1::RecognizedWords> {
    recognized.into_iter().map(one).collect()
}

pub(super) fn counts(counts: WordCounts) -> v1::WordCounts {
    let WordCounts { occupations, skills, courses, texts } = counts;
    v1::WordCounts {
        occupations: occupations.all,
        occupations_recognized: occupations.recognized,
        skills: skills.all,
        skills_recognized: skills.recognized,
        courses: courses.all,
        courses_recognized: courses.recognized,
        texts: texts.all,
        texts_recognized: texts.recognized,
    }
}

pub(super) fn left_as_text(left: Vec<(String, String)>) -> Vec<v1::WordsLeftAsText> {
    left.into_iter().map(|(field, text)| v1::WordsLeftAsText { field, text }).collect()
}

fn one(words: RecognizedWords) -> v1::RecognizedWords {
    let character = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let characters = words.characters.unwrap_or_default();
    v1::RecognizedWords {
        field: words.field,
        text: words.text,
        start: character(characters.start),
        end: character(characters.end),
        senses: words.senses.into_iter().map(sense).collect(),
        language: words.language.map(|language| language.to_string()).unwrap_or_default(),
    }
}

fn sense(sense: RecognizedSense) -> v1::RecognizedSense {
    v1::RecognizedSense {
        concept_uri: sense.uri,
        label: sense.label,
        confidence: f64::from(sense.confidence) / 10_000.0,
    }
}
