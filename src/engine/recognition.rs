//! What a record's words were recognised as, for whoever reads the record.

use super::{
    Engine,
    population::Matchable,
    vocabulary::{Vocabulary, said::What},
};
use crate::rank::understanding::Understanding;
use crate::taxonomy::{
    LabelLanguage,
    recognize::{Sense, WordingKind},
};
use std::{ops::Range, sync::Arc};

/// The taxonomy with which words were recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxonomyInUse {
    /// Name and version.
    pub name: String,
    /// Tells it apart from every other one: 32 hexadecimal digits.
    pub fingerprint: String,
}

/// Words of a record and what they were recognised as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognizedWords {
    /// Path of the field in the interface.
    pub field: String,
    /// The words.
    pub text: String,
    /// Where they stand in a free text, in characters; `None`: they are the whole field.
    pub characters: Option<Range<usize>>,
    /// What they may mean, the surest first; empty: not recognised.
    pub senses: Vec<RecognizedSense>,
    /// The language that was seen.
    pub language: Option<LabelLanguage>,
}

/// A concept that words may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognizedSense {
    /// URI.
    pub uri: String,
    /// Label, in Dutch where there is one.
    pub label: String,
    /// How sure, in 1/10,000.
    pub confidence: u16,
}

impl Engine {
    /// Name and fingerprint of the taxonomy in use.
    pub fn taxonomy_in_use(&self) -> TaxonomyInUse {
        TaxonomyInUse::of(&self.vocabulary())
    }

    /// What the words of a record are recognised as, with the taxonomy in use. Free texts are shown place by place.
    pub fn recognized<T: Matchable>(&self, record: &T) -> (Vec<RecognizedWords>, TaxonomyInUse) {
        let vocabulary = self.vocabulary();
        (recognized(record, &vocabulary), TaxonomyInUse::of(&vocabulary))
    }
}

impl TaxonomyInUse {
    pub(super) fn of(vocabulary: &Arc<Vocabulary>) -> Self {
        let taxonomy = vocabulary.taxonomy();
        Self { name: taxonomy.name().to_owned(), fingerprint: taxonomy.fingerprint().to_string() }
    }
}

/// What the words of a record are recognised as.
pub(super) fn recognized<T: Matchable>(record: &T, vocabulary: &Vocabulary) -> Vec<RecognizedWords> {
    let mut all = Vec::new();
    for said in record.said() {
        let field = said.field.to_string();
        match (said.what, vocabulary.recognized(said.what)) {
            (_, Some(recognized)) => all.push(RecognizedWords {
                field,
                text: said.what.text().to_owned(),
                characters: None,
                senses: recognized.senses.iter().map(|sense| shown(sense, vocabulary)).collect(),
                language: recognized.language,
            }),
            (What::Text(text), None) => all.extend(places(&field, text, vocabulary)),
            (_, None) => {}
        }
    }
    all
}

/// The places of a free text, which the memo does not keep.
fn places<'a>(
    field: &'a str,
    text: &'a str,
    vocabulary: &'a Vocabulary,
) -> impl Iterator<Item = RecognizedWords> + 'a {
    vocabulary.recognizer().spans(text, WordingKind::Skill).into_iter().map(move |span| RecognizedWords {
        field: field.to_owned(),
        text: text.chars().skip(span.characters.start).take(span.characters.len()).collect(),
        senses: vec![shown(span.sense, vocabulary)],
        language: Some(span.language),
        characters: Some(span.characters),
    })
}

fn shown(sense: Sense, vocabulary: &Vocabulary) -> RecognizedSense {
    let taxonomy = vocabulary.taxonomy();
    RecognizedSense {
        uri: taxonomy.uri(sense.concept).to_owned(),
        label: taxonomy.label(sense.concept, LabelLanguage::DUTCH).to_owned(),
        confidence: sense.confidence,
    }
}
