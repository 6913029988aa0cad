//! Words that are compared as words, because no concept was recognised in them (T1).

use passend_index::{DutchWords, SearchError};
use std::collections::HashSet;

/// What a frequent word weighs, and any other.
const FREQUENT: u16 = 1;
const OTHER: u16 = 4;

/// The words of texts after the Dutch analysis, weighed by a fixed table: never by who is loaded (R19).
#[derive(Clone, Debug)]
pub struct WordTable {
    analysis: DutchWords,
    frequent: HashSet<String>,
}

impl WordTable {
    /// The table that is part of the program.
    ///
    /// # Errors
    /// When the build has no Dutch analysis.
    pub fn embedded() -> Result<Self, SearchError> {
        let analysis = DutchWords::new()?;
        let table = include_str!("../../data/frequent_words.txt");
        let words = table.lines().filter(|line| !line.starts_with('#'));
        let frequent = words.flat_map(|line| analysis.of(line)).collect();
        Ok(Self { analysis, frequent })
    }

    /// Gives away every word of some texts, in their order, as often as it stands there.
    pub fn each<'t>(&self, texts: impl IntoIterator<Item = &'t str>, take: impl FnMut(&str)) {
        self.analysis.each(texts, take);
    }

    /// The different words of a text, each with its weight.
    pub fn weighed(&self, text: &str) -> Vec<(String, u16)> {
        let weight = |word: &String| if self.frequent.contains(word) { FREQUENT } else { OTHER };
        self.analysis
            .of(text)
            .into_iter()
            .map(|word| (weight(&word), word))
            .map(|(w, word)| (word, w))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_writes_weighs_less_than_what_names_the_work() {
        let words = WordTable::embedded().unwrap();
        let weighed = words.weighed("Ervaring met het maken van kanten gordijnen");
        assert_eq!(
            weighed,
            [("ervaar", 1), ("maak", 1), ("kant", 4), ("gordijn", 4)].map(|(word, w)| (word.to_owned(), w))
        );
    }
}
