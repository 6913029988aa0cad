//! Recognising concepts in people's own words.

mod abbreviations;
mod compound;
mod data;
mod equal;
mod function_words;
mod grams;
mod label_index;
pub(in crate::taxonomy) mod numbers;
mod openings;
mod score;
mod span;
mod stem;
#[cfg(test)]
mod tests;
mod words;

pub use data::RecognizerData;

use super::{ConceptKind, ConceptNumber, LabelLanguage, Taxonomy, meaning::MeaningModel};
use label_index::LabelIndex;
use score::Sources;
use serde::{Deserialize, Serialize};
use std::{ops::Range, sync::Arc};
use words::{Word, words};

/// A wording as it is compared with labels: two that are equal here are one wording, however their words are joined.
pub(in crate::taxonomy) fn as_compared(wording: &str) -> String {
    words(wording).into_iter().map(|word| word.text).collect()
}

/// A confidence of 1: certain.
pub const CERTAIN: u16 = 10_000;

/// Words that name one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording<'a> {
    /// The words.
    pub text: &'a str,
    /// What they name.
    pub kind: WordingKind,
}

/// What words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordingKind {
    /// An occupation, a job title.
    Occupation,
    /// A skill, a course, a piece of knowledge.
    Skill,
}

impl WordingKind {
    /// The kind of concept that is meant.
    pub fn concept_kind(self) -> ConceptKind {
        match self {
            Self::Occupation => ConceptKind::Occupation,
            Self::Skill => ConceptKind::Skill,
        }
    }
}

/// What words mean: at most three concepts, the best first. Empty: not recognised; the text stays text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// The concepts.
    pub senses: Box<[Sense]>,
    /// The language of the label that was found first; none where only the meaning was like it.
    pub language: Option<LabelLanguage>,
}

/// A concept that words may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sense {
    /// The concept.
    pub concept: ConceptNumber,
    /// How sure, in 1/10,000: the share of such cases that are right.
    pub confidence: u16,
}

/// A concept that words come near to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The concept.
    pub concept: ConceptNumber,
    /// How near; higher is nearer, comparable within one ranking only.
    pub score: u32,
}

/// A concept in a free text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Characters of the text, from the first to the one after the last.
    pub characters: Range<usize>,
    /// The concept.
    pub sense: Sense,
    /// The language of the label that was found.
    pub language: LabelLanguage,
}

/// Recognises the concepts of one taxonomy.
#[derive(Debug)]
pub struct Recognizer {
    taxonomy: Arc<Taxonomy>,
    data: Arc<RecognizerData>,
    meaning: Option<Arc<MeaningModel>>,
}

impl Recognizer {
    /// A recogniser of a taxonomy's concepts by their labels alone, made from nothing: for a small taxonomy.
    pub fn new(taxonomy: Arc<Taxonomy>) -> Self {
        let data = Arc::new(RecognizerData::build(&taxonomy));
        Self::with(taxonomy, data, None)
    }

    /// A recogniser of a taxonomy's concepts, with what was made and learned from this taxonomy before.
    pub fn with(
        taxonomy: Arc<Taxonomy>,
        data: Arc<RecognizerData>,
        meaning: Option<Arc<MeaningModel>>,
    ) -> Self {
        Self { taxonomy, data, meaning }
    }

    /// The taxonomy.
    pub fn taxonomy(&self) -> &Arc<Taxonomy> {
        &self.taxonomy
    }

    /// What words mean. Equal labels win; else the nearest labels, where they are near enough.
    pub fn recognize(&self, wording: Wording<'_>) -> Meaning {
        let words = words(wording.text);
        if words.is_empty() {
            return Meaning::default();
        }
        equal::meaning(self, wording.kind, &words).unwrap_or_else(|| {
            let words = openings::without_opening(&words).unwrap_or(&words);
            let long = abbreviations::written_out(self.index(wording.kind), words);
            let mut readings = std::iter::once(words).chain(long.iter().map(Vec::as_slice));
            let equal = readings.find_map(|words| equal::meaning(self, wording.kind, words));
            equal.unwrap_or_else(|| self.nearest(wording.kind, long.first().map_or(words, Vec::as_slice)))
        })
    }

    /// The meaning of words that are no label: the nearest labels, where they are near enough.
    fn nearest(&self, kind: WordingKind, words: &[Word]) -> Meaning {
        let index = self.index(kind);
        let mut scored = self.sources(kind).nearest(words);
        scored.retain(|scored| self.taxonomy.kind(index.concept(scored.owner)) == Some(kind.concept_kind()));
        let confidences = score::confidences(&scored, self.meaning.is_some());
        let senses: Box<[Sense]> = scored
            .iter()
            .zip(confidences)
            .take(MOST_SENSES)
            .map(|(scored, confidence)| Sense { concept: index.concept(scored.owner), confidence })
            .filter(|sense| sense.confidence >= ALTERNATIVE)
            .collect();
        match (senses.first(), scored.first()) {
            (Some(best), Some(nearest)) if best.confidence >= THRESHOLD => {
                Meaning { language: nearest.label.and_then(|label| self.language(index, label)), senses }
            }
            _ => Meaning::default(),
        }
    }

    /// The concepts that words come near to, the nearest first, without a threshold: for measuring, and for a choice that a
    /// person makes. Occupations are ranked together with their groups. At most `limit`.
    pub fn rank(&self, wording: Wording<'_>, limit: usize) -> Vec<Ranked> {
        let index = self.index(wording.kind);
        let words = words(wording.text);
        let words = openings::without_opening(&words).unwrap_or(&words);
        let long = abbreviations::written_out(index, words);
        let scored = self.sources(wording.kind).nearest(long.first().map_or(words, Vec::as_slice));
        let ranked = |scored: &score::Scored| Ranked {
            concept: index.concept(scored.owner),
            score: ((scored.score + 4.0).max(0.0) * 1e6) as u32,
        };
        scored.iter().take(limit).map(ranked).collect()
    }

    /// The concepts of one kind that a free text names, in the order of the text, none inside another.
    pub fn spans(&self, text: &str, kind: WordingKind) -> Vec<Span> {
        span::spans(self, text, kind)
    }

    fn index(&self, kind: WordingKind) -> &LabelIndex {
        match kind {
            WordingKind::Occupation => &self.data.occupations,
            WordingKind::Skill => &self.data.skills,
        }
    }

    fn sources(&self, kind: WordingKind) -> Sources<'_> {
        let kinds: &[ConceptKind] = match kind {
            WordingKind::Occupation => &[ConceptKind::Occupation, ConceptKind::OccupationGroup],
            WordingKind::Skill => &[ConceptKind::Skill],
        };
        Sources {
            index: self.index(kind),
            compounds: &self.data.compounds,
            meaning: self.meaning.as_deref().map(|model| (model, kinds)),
        }
    }

    /// The language of a label.
    fn language(&self, index: &LabelIndex, label: u32) -> Option<LabelLanguage> {
        let (owner, place) = index.owner_of(label);
        self.taxonomy.labels(index.concept(owner)).nth(place as usize).map(|label| label.language)
    }
}

/// Most concepts of a meaning.
const MOST_SENSES: usize = 3;
/// Words whose best concept has a lower confidence stay text: of what is recognised as near as this or nearer, three in five
/// are right (labels of ESCO that were held back; docs/recognition.md).
const THRESHOLD: u16 = 3_000;
/// Other concepts with a lower confidence are not named.
const ALTERNATIVE: u16 = 1_000;
