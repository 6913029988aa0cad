//! Codes of another system and the concepts that they mean, as a mapping file gives them.

use super::ConceptNumber;
use serde::{Deserialize, Serialize};

/// UWV's codes of occupations and skills (BO&C). A known code wins over words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes(Vec<(String, ConceptNumber)>);

impl Codes {
    /// A mapping; of two entries for one code the first counts.
    pub fn new(entries: impl IntoIterator<Item = (String, ConceptNumber)>) -> Self {
        let mut entries: Vec<_> =
            entries.into_iter().map(|(code, concept)| (Self::key(&code), concept)).collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        entries.dedup_by(|later, first| later.0 == first.0);
        Self(entries)
    }

    /// The concept of a code; case, white space and leading zeros make no difference.
    pub fn find(&self, code: &str) -> Option<ConceptNumber> {
        let key = Self::key(code);
        let at = self.0.binary_search_by(|(known, _)| known.as_str().cmp(&key)).ok()?;
        self.0.get(at).map(|(_, concept)| *concept)
    }

    /// How many codes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A code as it is compared.
    pub(super) fn key(code: &str) -> String {
        let code: String = code.split_whitespace().collect::<String>().to_lowercase();
        let short = code.trim_start_matches('0');
        if short.is_empty() { code } else { short.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_as_spreadsheets_write_it() {
        let codes = Codes::new([
            ("00123".to_owned(), ConceptNumber(1)),
            ("123".to_owned(), ConceptNumber(2)),
            ("0".to_owned(), ConceptNumber(3)),
        ]);
        assert_eq!(codes.len(), 2);
        assert_eq!(codes.find(" 123 "), Some(ConceptNumber(1)));
        assert_eq!((codes.find("0"), codes.find("")), (Some(ConceptNumber(3)), None));
    }
}
