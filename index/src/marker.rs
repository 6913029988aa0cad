//! Finds the words of a query in texts, in every form in which they were searched.

use std::collections::BTreeMap;
use std::ops::Range;

use tantivy::tokenizer::TextAnalyzer;

use crate::reading::Sought;

/// Finds the words of one query in texts.
#[derive(Clone)]
pub struct Marker {
    analysis: TextAnalyzer,
    /// For each stem the words of the query that it stands for, by their places.
    words: BTreeMap<String, Vec<usize>>,
}

/// A word of a text that a word of the query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The characters (Unicode code points) of the text, from the first to the one after the last.
    pub characters: Range<usize>,
    /// The words of the query, by their places.
    pub words: Vec<usize>,
}

impl std::fmt::Debug for Marker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Marker").field("words", &self.words).finish_non_exhaustive()
    }
}

impl Marker {
    pub(crate) fn new(analysis: TextAnalyzer, sought: &[Sought]) -> Self {
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, word) in sought.iter().enumerate() {
            for term in word.forms.iter().flat_map(|form| &form.terms) {
                let of_term = words.entry(term.clone()).or_default();
                if of_term.last() != Some(&at) {
                    of_term.push(at);
                }
            }
        }
        Self { analysis, words }
    }

    /// The words of a text that were searched for, in order.
    pub fn marks(&mut self, text: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        if self.words.is_empty() {
            return marks;
        }
        let mut counted = Characters { text, byte: 0, characters: 0 };
        let mut tokens = self.analysis.token_stream(text);
        while let Some(token) = tokens.next() {
            let Some(words) = self.words.get(&token.text) else { continue };
            let start = counted.before(token.offset_from);
            let end = counted.before(token.offset_to);
            marks.push(Mark { characters: start..end, words: words.clone() });
        }
        marks
    }
}

/// Counts the characters before a byte, forwards.
struct Characters<'t> {
    text: &'t str,
    byte: usize,
    characters: usize,
}

impl Characters<'_> {
    fn before(&mut self, byte: usize) -> usize {
        self.characters += self.text.get(self.byte..byte).map_or(0, |piece| piece.chars().count());
        self.byte = byte.max(self.byte);
        self.characters
    }
}
