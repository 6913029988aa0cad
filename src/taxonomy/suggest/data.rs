//! What is made once for a taxonomy, at its import.

use super::super::{
    graph::Taxonomy,
    normalise,
    recognize::numbers::{Lists, Numbers},
};
use passend_index::words::WordList;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The words of a taxonomy's labels. What can be told from them in a moment is not stored.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::taxonomy) struct SuggesterData {
    /// The words in the order of the alphabet, a space between two of them.
    words: String,
    /// The words of each label by their places in the alphabet, in the order of the label; labels as the taxonomy has them.
    words_of: Lists<u32>,
    /// Characters of each label, as compared.
    lengths: Numbers<u16>,
}

impl SuggesterData {
    /// Of a taxonomy; the same for the same taxonomy, on any number of threads.
    pub(in crate::taxonomy) fn build(taxonomy: &Taxonomy) -> Self {
        let labels: Vec<&str> =
            taxonomy.numbers().flat_map(|concept| taxonomy.labels(concept).map(|label| label.text)).collect();
        let texts: Vec<String> = labels.into_par_iter().map(normalise).collect();
        // First in the order in which they come, then by the alphabet.
        let mut places: HashMap<&str, u32> = HashMap::new();
        let mut rows: Vec<Vec<u32>> = Vec::with_capacity(texts.len());
        for text in &texts {
            let words = text.split(' ').filter(|word| !word.is_empty()).map(|word| {
                let next = places.len() as u32;
                *places.entry(word).or_insert(next)
            });
            rows.push(words.collect());
        }
        let mut sorted: Vec<(&str, u32)> = places.into_iter().collect();
        sorted.par_sort_unstable();
        let mut new_place = vec![0; sorted.len()];
        for (at, (_, place)) in (0..).zip(&sorted) {
            new_place[*place as usize] = at;
        }
        rows.iter_mut().flatten().for_each(|word| *word = new_place[*word as usize]);
        let words: Vec<&str> = sorted.into_iter().map(|(word, _)| word).collect();
        let length = |text: &String| u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        Self {
            words: words.join(" "),
            words_of: Lists::new(rows),
            lengths: texts.iter().map(length).collect::<Vec<_>>().into(),
        }
    }

    /// The words, ready to be looked up.
    pub(super) fn words(&self) -> WordList {
        WordList::new(self.words.split(' ').filter(|word| !word.is_empty()))
    }

    /// The length of every label.
    pub(super) fn lengths(&self) -> impl Iterator<Item = u16> + '_ {
        self.lengths.iter().copied()
    }

    /// The words of every label.
    pub(super) fn into_words_of(self) -> Lists<u32> {
        self.words_of
    }
}
