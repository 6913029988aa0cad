//! The words of a taxonomy's texts, and the pieces they are built of.

use super::{DIMENSIONS, matrix, pieces::pieces_of};
use crate::taxonomy::{ConceptNumber, LabelLanguage, Taxonomy, esco::TrainingText, normalise};
use rayon::prelude::*;
use std::collections::HashMap;

/// A piece that stands in fewer places than this tells nothing about the words it is in.
const FEWEST_PLACES: u32 = 3;
/// The share of all words at which a word counts half: "en", "de", "manage" tell little
/// (smooth inverse frequency, Arora, Liang, Ma 2017).
const HALF: f64 = 1e-3;

/// Every word, with the pieces it is built of.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Hashes of the pieces, rising.
    pieces: Vec<u64>,
    /// The pieces of each word by their places in `pieces`, rising.
    built_of: Vec<Box<[u32]>>,
    /// How much each word counts.
    weights: Vec<f32>,
    /// The hash of each whole word.
    hashes: Vec<u64>,
}

/// A label of a concept, or a text about it, in words.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) concept: ConceptNumber,
    pub(super) language: LabelLanguage,
    pub(super) is_label: bool,
    /// Its sentences, without those that hold no word.
    pub(super) sentences: Vec<Box<[u32]>>,
}

impl Written {
    /// All its words.
    pub(super) fn words(&self) -> impl Iterator<Item = u32> + '_ {
        self.sentences.iter().flat_map(|sentence| sentence.iter().copied())
    }
}

impl Lexicon {
    /// Reads every label of a taxonomy and every text about its concepts.
    pub(super) fn read(taxonomy: &Taxonomy, texts: &[TrainingText]) -> (Self, Vec<Written>) {
        let labels = taxonomy.numbers().flat_map(|concept| {
            taxonomy.labels(concept).map(move |label| (concept, label.language, true, label.text))
        });
        let about = texts.iter().map(|text| (text.concept, text.language, false, text.text.as_str()));
        let all: Vec<_> = labels.chain(about).collect();
        let read: Vec<Vec<String>> =
            all.par_iter().map(|(_, _, is_label, text)| sentences_of(text, *is_label)).collect();
        let mut words: Vec<&str> = read.iter().flatten().flat_map(|sentence| sentence.split(' ')).collect();
        words.par_sort_unstable();
        let counted: Vec<(&str, u32)> = words
            .chunk_by(|one, other| one == other)
            .map(|equal| (equal[0], u32::try_from(equal.len()).unwrap_or(u32::MAX)))
            .collect();
        let numbers: HashMap<&str, u32> = counted.iter().zip(0..).map(|((word, _), n)| (*word, n)).collect();
        let in_numbers = |sentence: &String| {
            sentence.split(' ').filter_map(|word| numbers.get(word).copied()).collect::<Box<[u32]>>()
        };
        let written = all
            .par_iter()
            .zip(&read)
            .map(|((concept, language, is_label, _), sentences)| Written {
                concept: *concept,
                language: *language,
                is_label: *is_label,
                sentences: sentences.iter().map(in_numbers).collect(),
            })
            .collect();
        (Self::of(&counted), written)
    }

    fn of(counted: &[(&str, u32)]) -> Self {
        let hashes_of = |word: &str| {
            let mut hashes = Vec::new();
            pieces_of(word, &mut hashes);
            hashes
        };
        let hashed: Vec<Vec<u64>> = counted.par_iter().map(|(word, _)| hashes_of(word)).collect();
        // A run of characters counts at most as often in one word as makes it worth knowing.
        let mut places: Vec<(u64, u32)> = hashed
            .iter()
            .zip(counted)
            .flat_map(|(hashes, (_, count))| hashes.iter().map(|hash| (*hash, (*count).min(FEWEST_PLACES))))
            .collect();
        places.par_sort_unstable();
        let pieces: Vec<u64> = places
            .chunk_by(|one, other| one.0 == other.0)
            .filter(|equal| equal.iter().map(|(_, count)| count).sum::<u32>() >= FEWEST_PLACES)
            .map(|equal| equal[0].0)
            .collect();
        let place = |hash: &u64| pieces.binary_search(hash).ok().and_then(|place| u32::try_from(place).ok());
        let built_of = hashed
            .par_iter()
            .map(|hashes| {
                let mut places: Vec<u32> = hashes.iter().filter_map(place).collect();
                places.sort_unstable();
                places.into()
            })
            .collect();
        let total: f64 = counted.iter().map(|(_, count)| f64::from(*count)).sum();
        let weight = |count: u32| (HALF / (HALF + f64::from(count) / total)) as f32;
        Self {
            built_of,
            weights: counted.iter().map(|(_, count)| weight(*count)).collect(),
            hashes: hashed.iter().filter_map(|hashes| hashes.first().copied()).collect(),
            pieces,
        }
    }

    /// How many words there are.
    pub(super) fn words(&self) -> usize {
        self.built_of.len()
    }

    /// How many pieces there are.
    pub(super) fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// The pieces of a word, rising; empty where none of them is known.
    pub(super) fn pieces_of(&self, word: u32) -> &[u32] {
        self.built_of.get(word as usize).map_or(&[], AsRef::as_ref)
    }

    /// How much a word counts in a text.
    pub(super) fn weight(&self, word: u32) -> f32 {
        self.weights.get(word as usize).copied().unwrap_or(0.0)
    }

    /// The vector of a word from those of its pieces: their sum over the square root of their number.
    pub(super) fn put_together(&self, word: u32, vectors: &[f32], out: &mut [f32]) {
        out.fill(0.0);
        let pieces = self.pieces_of(word);
        for piece in pieces {
            let from = *piece as usize * DIMENSIONS;
            matrix::add(out, 1.0, &vectors[from..from + DIMENSIONS]);
        }
        let share = share(pieces.len());
        out.iter_mut().for_each(|x| *x *= share);
    }

    /// The hashes, rising, of the words that count clearly less than a rare one, and what they count.
    pub(super) fn frequent(&self) -> Vec<(u64, f32)> {
        let words = self.hashes.iter().copied().zip(self.weights.iter().copied());
        let mut frequent: Vec<_> = words.filter(|(_, weight)| *weight < 0.98).collect();
        frequent.sort_unstable_by_key(|(hash, _)| *hash);
        frequent
    }

    /// The hashes of the pieces, rising.
    pub(super) fn into_pieces(self) -> Vec<u64> {
        self.pieces
    }
}

/// What each of a word's pieces counts.
pub(super) fn share(pieces: usize) -> f32 {
    1.0 / (pieces.max(1) as f32).sqrt()
}

fn sentences_of(text: &str, is_label: bool) -> Vec<String> {
    let ends = |c: char| !is_label && matches!(c, '.' | '!' | '?' | ';');
    text.split(ends).map(normalise).filter(|sentence| !sentence.is_empty()).collect()
}
