//! How words are compared: normalised, and then by a key (`docs/scoring.md`).

use super::understanding::Understanding;
use crate::domain::{
    text::Label,
    work::{OccupationRef, SkillRef},
};
use crate::taxonomy::normalise;
use crate::taxonomy::{Senses, recognize::Sense};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The key of a name, a concept or a code: two things are the same when they share one.
///
/// The first 128 bits of a BLAKE3 hash, so no table of words is kept and nothing depends on who is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermKey(pub u128);

/// The key of one word of a normalised text (64 bits of its hash).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordKey(pub u64);

/// Keys are kept as their bytes: they are most of what is kept of a record, and hashes do not get shorter.
macro_rules! kept_as_bytes {
    ($key:ident, $number:ty) => {
        impl Serialize for $key {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_bytes(&self.0.to_le_bytes())
            }
        }

        impl<'de> Deserialize<'de> for $key {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let bytes = <&[u8]>::deserialize(deserializer)?;
                let bytes = bytes.try_into().map_err(|_| D::Error::custom("a key of another length"))?;
                Ok(Self(<$number>::from_le_bytes(bytes)))
            }
        }
    };
}

kept_as_bytes!(TermKey, u128);
kept_as_bytes!(WordKey, u64);

impl TermKey {
    /// The key of a text in people's words; `None` when normalising leaves nothing.
    pub fn of_text(text: &str) -> Option<Self> {
        let normalised = normalise(text);
        (!normalised.is_empty()).then(|| Self::of_exact(&normalised))
    }

    /// The key of a taxonomy's concept.
    pub fn of_concept(uri: &str) -> Self {
        Self::of_exact(&format!("uri:{}", uri.trim()))
    }

    /// The key of a BO&C code.
    pub fn of_boc(code: &str) -> Self {
        Self::of_exact(&format!("boc:{}", code.trim()))
    }

    /// The key of an entry of the table of conditions.
    pub fn of_condition(entry: &str) -> Self {
        Self::of_exact(&format!("condition:{entry}"))
    }

    /// The key of an employer's id, which is compared as it is.
    pub fn of_employer(id: &str) -> Self {
        Self::of_exact(&format!("employer:{id}"))
    }

    fn of_exact(text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        Self(hash.as_bytes().iter().take(16).fold(0, |key, byte| key << 8 | u128::from(*byte)))
    }
}

/// The keys of the words of a text, sorted, each once.
pub fn word_keys<'a>(texts: impl IntoIterator<Item = &'a str>) -> Box<[WordKey]> {
    let mut keys: Vec<WordKey> = texts
        .into_iter()
        .flat_map(|text| {
            normalise(text).split(' ').filter(|w| !w.is_empty()).map(word_key).collect::<Vec<_>>()
        })
        .collect();
    sorted(&mut keys)
}

/// The key of one word or key of a table.
pub fn word_key(word: &str) -> WordKey {
    let hash = blake3::hash(word.as_bytes());
    WordKey(hash.as_bytes().iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte)))
}

/// Whether a sorted list of words has all of `asked`, of which there must be at least one.
pub fn has_all_words(words: &[WordKey], asked: &[WordKey]) -> bool {
    !asked.is_empty() && asked.iter().all(|word| words.binary_search(word).is_ok())
}

/// The keys of a skill: its words and its concept.
pub fn skill_keys(skill: &SkillRef) -> Box<[TermKey]> {
    let concept = skill.concept.as_ref().map(|uri| TermKey::of_concept(uri.as_str()));
    sorted(&mut TermKey::of_text(skill.text.as_str()).into_iter().chain(concept).collect())
}

/// From this confidence on a recognised occupation is the same as any other of its concept, in 1/10,000.
pub(in crate::rank) const SAME_OCCUPATION: u16 = 8_000;

/// The keys of an occupation: its words, its concept, its BO&C code, and the concept that its words surely mean.
pub fn occupation_keys(occupation: &OccupationRef, understanding: &dyn Understanding) -> Box<[TermKey]> {
    let concept = occupation.concept.as_ref().map(|uri| TermKey::of_concept(uri.as_str()));
    let code = occupation.boc_code.as_ref().map(|code| TermKey::of_boc(code.as_str()));
    let meant = sure_concept(&understanding.occupation(occupation), understanding);
    let words = TermKey::of_text(occupation.text.as_str());
    sorted(&mut words.into_iter().chain(concept).chain(code).chain(meant).collect())
}

/// The keys of a title: its words, and the concept that they surely mean. None for a title without words.
pub fn title_keys(title: &Label, understanding: &dyn Understanding) -> Box<[TermKey]> {
    match TermKey::of_text(title.as_str()) {
        None => Box::default(),
        Some(words) => {
            let occupation = title_as_occupation(title);
            let meant = sure_concept(&understanding.occupation(&occupation), understanding);
            sorted(&mut [words].into_iter().chain(meant).collect())
        }
    }
}

/// A title, read as the name of an occupation.
pub fn title_as_occupation(title: &Label) -> OccupationRef {
    OccupationRef { text: title.clone(), concept: None, boc_code: None }
}

/// The group of occupations (ISCO-08) of what an occupation surely means.
pub fn occupation_group(occupation: &OccupationRef, understanding: &dyn Understanding) -> Option<TermKey> {
    isco_code(occupation, understanding).map(|code| TermKey::of_exact(&format!("isco:{code}")))
}

/// The code of that group.
pub fn isco_code<'a>(occupation: &OccupationRef, understanding: &'a dyn Understanding) -> Option<&'a str> {
    let sense = sure(&understanding.occupation(occupation))?;
    Some(understanding.taxonomy().code(sense.concept)).filter(|code| !code.is_empty())
}

fn sure_concept(senses: &Senses, understanding: &dyn Understanding) -> Option<TermKey> {
    sure(senses).map(|sense| TermKey::of_concept(understanding.taxonomy().uri(sense.concept)))
}

fn sure(senses: &Senses) -> Option<Sense> {
    senses.first().filter(|sense| sense.confidence >= SAME_OCCUPATION)
}

/// Whether two lists share a key; the first may be in any order, the second is sorted.
pub fn share_a_key(few: &[TermKey], sorted: &[TermKey]) -> bool {
    few.iter().any(|key| sorted.binary_search(key).is_ok())
}

/// A list in order, each entry once.
pub(super) fn sorted<T: Ord + Clone>(list: &mut Vec<T>) -> Box<[T]> {
    list.sort_unstable();
    list.dedup();
    list.as_slice().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Label;
    use crate::rank::generate::Meanings;
    use proptest::prelude::*;

    #[test]
    fn words_are_the_same_whatever_their_case_accents_and_signs() {
        assert_eq!(normalise("  Café-medewerker (m/v)!"), "cafe medewerker m v");
        assert_eq!(normalise("ﬁnanciën"), "financien");
        assert_eq!(TermKey::of_text("Heftruck-chauffeur"), TermKey::of_text("heftruck  CHAUFFEUR."));
        assert_ne!(TermKey::of_text("lasser"), TermKey::of_text("lassen"));
        assert_eq!(TermKey::of_text("+ - !"), None);
    }

    #[test]
    fn concepts_and_codes_never_meet_words() {
        let plain =
            |text: &str| OccupationRef { text: Label::new(text).unwrap(), concept: None, boc_code: None };
        let coded = OccupationRef { boc_code: Label::new("lasser").ok(), ..plain("iets") };
        let words = Meanings::new();
        let keys = |occupation| occupation_keys(occupation, &words);
        assert!(!share_a_key(&keys(&coded), &keys(&plain("lasser"))));
        assert_ne!(TermKey::of_concept("1"), TermKey::of_boc("1"));
    }

    #[test]
    fn a_text_without_words_is_contained_in_nothing() {
        let words = word_keys(["verzorgende ig", "zorg"]);
        assert!(has_all_words(&words, &word_keys(["IG, verzorgende"])));
        assert!(!has_all_words(&words, &word_keys(["verzorgende nacht"])));
        assert!(!has_all_words(&words, &word_keys(["…"])));
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once.clone());
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        }
    }
}
