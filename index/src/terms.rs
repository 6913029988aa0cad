//! The words of a text as the Dutch analysis sees them, for comparing texts outside an index.

use crate::analysis;
use crate::error::SearchError;
use std::collections::HashSet;
use tantivy::tokenizer::{TextAnalyzer, TokenStream};

/// The Dutch analysis by itself: lower case, accents folded, fill words left out, Dutch stems.
#[derive(Clone)]
pub struct DutchWords(TextAnalyzer);

impl std::fmt::Debug for DutchWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("DutchWords").finish()
    }
}

impl DutchWords {
    /// The analysis that documents and queries have.
    ///
    /// # Errors
    /// When the build has no Dutch fill words.
    pub fn new() -> Result<Self, SearchError> {
        let analysis = analysis::dutch().map_err(|error| SearchError::Index { detail: error.to_string() })?;
        Ok(Self(analysis))
    }

    /// Gives away every word of some texts, in their order, as often as it stands there.
    pub fn each<'t>(&self, texts: impl IntoIterator<Item = &'t str>, mut take: impl FnMut(&str)) {
        let mut analysis = self.0.clone();
        for text in texts {
            let mut tokens = analysis.token_stream(text);
            while let Some(token) = tokens.next() {
                take(&token.text);
            }
        }
    }

    /// The different words of a text, in the order of their first appearance.
    pub fn of(&self, text: &str) -> Vec<String> {
        let (mut seen, mut words) = (HashSet::new(), Vec::new());
        self.each([text], |word| {
            if !seen.contains(word) {
                seen.insert(word.to_owned());
                words.push(word.to_owned());
            }
        });
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fill_words_are_left_out_and_forms_of_a_word_are_one() {
        let words = DutchWords::new().unwrap();
        assert_eq!(words.of("Het wassen van de ouderen, en wassen"), ["was", "ouder"]);
        assert!(words.of("de … !").is_empty());
        let mut all = Vec::new();
        words.each(["wassen en", "de ouderen wassen"], |word| all.push(word.to_owned()));
        assert_eq!(all, ["was", "ouder", "was"]);
    }
}
