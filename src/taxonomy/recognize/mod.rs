//! Recognising concepts in people's own words.

use super::{ConceptKind, ConceptNumber, LabelLanguage, Taxonomy, normalise};
use std::{collections::HashMap, ops::Range, sync::Arc};

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
    /// The language of the label that was found first.
    pub language: Option<LabelLanguage>,
}

/// A concept that words may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    equal: HashMap<(ConceptKind, String), (ConceptNumber, LabelLanguage)>,
}

impl Recognizer {
    /// A recogniser of a taxonomy's concepts.
    pub fn new(taxonomy: Arc<Taxonomy>) -> Self {
        let mut equal = HashMap::new();
        for number in taxonomy.numbers() {
            let Some(kind) = taxonomy.kind(number) else { continue };
            for label in taxonomy.labels(number) {
                equal.entry((kind, normalise(label.text))).or_insert((number, label.language));
            }
        }
        Self { taxonomy, equal }
    }

    /// The taxonomy.
    pub fn taxonomy(&self) -> &Arc<Taxonomy> {
        &self.taxonomy
    }

    /// What words mean.
    pub fn recognize(&self, wording: Wording<'_>) -> Meaning {
        match self.equal.get(&(wording.kind.concept_kind(), normalise(wording.text))) {
            Some((concept, language)) => Meaning {
                senses: [Sense { concept: *concept, confidence: CERTAIN }].into(),
                language: Some(*language),
            },
            None => Meaning::default(),
        }
    }

    /// The concepts that words come near to, the nearest first, without a threshold: for measuring, and for a choice that a
    /// person makes. At most `limit`.
    pub fn rank(&self, wording: Wording<'_>, limit: usize) -> Vec<Ranked> {
        let senses = self.recognize(wording).senses;
        let ranked = |sense: &Sense| Ranked { concept: sense.concept, score: u32::from(sense.confidence) };
        senses.iter().take(limit).map(ranked).collect()
    }

    /// The concepts of one kind that a free text names, in the order of the text, none inside another.
    pub fn spans(&self, text: &str, kind: WordingKind) -> Vec<Span> {
        let words = words_of(text);
        let mut spans = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = (at..words.len().min(at + LONGEST_SPAN)).rev().find_map(|last| {
                let bytes = words[at].bytes.start..words[last].bytes.end;
                let meaning = self.recognize(Wording { text: text.get(bytes)?, kind });
                let (sense, language) = (meaning.senses.first().copied()?, meaning.language?);
                let characters = words[at].characters.start..words[last].characters.end;
                Some((last, Span { characters, sense, language }))
            });
            match longest {
                Some((last, span)) => {
                    spans.push(span);
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        spans
    }
}

/// Most words of a span.
const LONGEST_SPAN: usize = 6;

struct Word {
    bytes: Range<usize>,
    characters: Range<usize>,
}

fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut inside = false;
    for (character, (byte, c)) in text.char_indices().enumerate() {
        if c.is_alphanumeric() {
            let end = byte + c.len_utf8();
            match words.last_mut() {
                Some(word) if inside => {
                    word.bytes.end = end;
                    word.characters.end = character + 1;
                }
                _ => words.push(Word { bytes: byte..end, characters: character..character + 1 }),
            }
        }
        inside = c.is_alphanumeric();
    }
    words
}
