//! Languages and their levels (CEFR), per skill.

use super::{Date, InvalidValue};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A language by its three letters (ISO 639-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "[u8; 3]")]
pub struct LanguageCode([u8; 3]);

impl TryFrom<[u8; 3]> for LanguageCode {
    type Error = InvalidValue;

    fn try_from(letters: [u8; 3]) -> Result<Self, InvalidValue> {
        Self::parse(&String::from_utf8_lossy(&letters))
    }
}

impl LanguageCode {
    /// Dutch.
    pub const DUTCH: Self = Self(*b"nld");
    /// English.
    pub const ENGLISH: Self = Self(*b"eng");

    /// Reads three small letters.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|l| l.is_ascii_lowercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(InvalidValue::new(
                "that is no language code",
                "give three small letters of ISO 639-3, such as nld, eng, ara",
            )),
        }
    }

    /// Whether a requirement for this language needs no written reason (R9).
    pub fn needs_no_reason(self) -> bool {
        self == Self::DUTCH || self == Self::ENGLISH
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|l| write!(f, "{}", *l as char))
    }
}

/// A level of the Common European Framework of Reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CefrLevel {
    /// No command of the language yet.
    A0,
    /// Breakthrough.
    A1,
    /// Waystage.
    A2,
    /// Threshold.
    B1,
    /// Vantage.
    B2,
    /// Advanced.
    C1,
    /// Mastery.
    C2,
}

/// What is done with a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LanguageSkill {
    /// Understanding speech (VUM: Luisteren).
    Listening,
    /// Reading (VUM: Lezen).
    Reading,
    /// Speaking (VUM: Mondeling).
    Speaking,
    /// Writing (VUM: Schriftelijk).
    Writing,
}

impl LanguageSkill {
    /// All four, in the order of [`LevelPerSkill`].
    pub const ALL: [Self; 4] = [Self::Listening, Self::Reading, Self::Speaking, Self::Writing];
}

/// A level per skill; `None` is unknown, or not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LevelPerSkill {
    /// Listening.
    pub listening: Option<CefrLevel>,
    /// Reading.
    pub reading: Option<CefrLevel>,
    /// Speaking.
    pub speaking: Option<CefrLevel>,
    /// Writing.
    pub writing: Option<CefrLevel>,
}

impl LevelPerSkill {
    /// The level of one skill.
    pub fn get(&self, skill: LanguageSkill) -> Option<CefrLevel> {
        match skill {
            LanguageSkill::Listening => self.listening,
            LanguageSkill::Reading => self.reading,
            LanguageSkill::Speaking => self.speaking,
            LanguageSkill::Writing => self.writing,
        }
    }

    /// Whether no skill has a level.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a person can do in a language. Learned or native makes no difference, so it has no field (R9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LanguageProficiency {
    /// The language.
    pub language: LanguageCode,
    /// Level per skill.
    pub levels: LevelPerSkill,
    /// When the levels were established.
    pub assessed_on: Option<Date>,
}
