//! What a taxonomy is made of.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The place of a concept in one loaded taxonomy.
///
/// It means nothing in another one: it is never stored without the taxonomy's [`Fingerprint`]. Interfaces carry URIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConceptNumber(pub u32);

impl ConceptNumber {
    /// As a place in a list with an entry for every concept.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a concept is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ConceptKind {
    /// An occupation.
    Occupation,
    /// A skill, or knowledge.
    Skill,
    /// A group of occupations (ISCO-08).
    OccupationGroup,
    /// A group of skills.
    SkillGroup,
}

/// The two kinds of skills of ESCO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SkillKind {
    /// Something that one can do.
    Skill,
    /// Something that one knows.
    Knowledge,
}

/// How much an occupation needs a skill, or a skill another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Need {
    /// Usually needed, whatever the employer.
    Essential,
    /// Needed in some places.
    Optional,
}

/// What a label is to its concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LabelRole {
    /// The one that is shown.
    Preferred,
    /// Another name of the same thing.
    Alternative,
    /// A name that is recognised and not shown: an old name, a frequent error.
    Hidden,
}

/// The language of a label by its two letters (ISO 639-1), as ESCO names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LabelLanguage([u8; 2]);

impl LabelLanguage {
    /// Dutch.
    pub const DUTCH: Self = Self(*b"nl");
    /// English.
    pub const ENGLISH: Self = Self(*b"en");

    /// Two small letters; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Some(Self([*a, *b])),
            _ => None,
        }
    }

    /// Its three letters (ISO 639-3), for the languages of ESCO and those of many newcomers.
    pub fn three_letters(self) -> Option<&'static str> {
        let pair = THREE_LETTERS.iter().find(|(two, _)| *two == self.0)?;
        Some(pair.1)
    }
}

/// ISO 639-1 and ISO 639-3 of the official languages of the European Union, of its neighbours in ESCO, and of the core of
/// the embedded taxonomy.
const THREE_LETTERS: [([u8; 2], &str); 30] = [
    (*b"ar", "ara"),
    (*b"bg", "bul"),
    (*b"cs", "ces"),
    (*b"da", "dan"),
    (*b"de", "deu"),
    (*b"el", "ell"),
    (*b"en", "eng"),
    (*b"es", "spa"),
    (*b"et", "est"),
    (*b"fi", "fin"),
    (*b"fr", "fra"),
    (*b"ga", "gle"),
    (*b"hr", "hrv"),
    (*b"hu", "hun"),
    (*b"is", "isl"),
    (*b"it", "ita"),
    (*b"lt", "lit"),
    (*b"lv", "lav"),
    (*b"mt", "mlt"),
    (*b"nl", "nld"),
    (*b"no", "nor"),
    (*b"pl", "pol"),
    (*b"pt", "por"),
    (*b"ro", "ron"),
    (*b"ru", "rus"),
    (*b"sk", "slk"),
    (*b"sl", "slv"),
    (*b"sv", "swe"),
    (*b"tr", "tur"),
    (*b"uk", "ukr"),
];

impl fmt::Display for LabelLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", *letter as char))
    }
}

/// A label as it stands in a taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelText<'a> {
    /// The words.
    pub text: &'a str,
    /// Their language.
    pub language: LabelLanguage,
    /// What it is to its concept.
    pub role: LabelRole,
}

/// Tells two taxonomies apart: the first 128 bits of the BLAKE3 hash of everything in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(pub [u8; 16]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
