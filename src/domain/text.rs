//! Texts and identifiers that are within their limits and free of control characters.

use super::{InvalidValue, limits};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::fmt;

/// A text of 1 to `MAX` characters without control characters (line breaks and tabs are kept).
///
/// White space at both ends is taken off; what remains is kept as it was written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct BoundedText<const MAX: usize>(String);

/// A name of a skill, an occupation, a course, an interest.
pub type Label = BoundedText<{ limits::LABEL_CHARACTERS }>;
/// A name of an organisation.
pub type Name = BoundedText<{ limits::NAME_CHARACTERS }>;
/// A free text: presentation, description, reason.
pub type FreeText = BoundedText<{ limits::TEXT_CHARACTERS }>;
/// The URI of a taxonomy's concept.
pub type ConceptUri = BoundedText<{ limits::URI_CHARACTERS }>;

impl<const MAX: usize> BoundedText<MAX> {
    /// Takes a text, without the white space at its ends.
    ///
    /// # Errors
    /// When nothing is left, when it is longer than `MAX` characters, or when it holds a control
    /// character other than a line break or a tab.
    pub fn new(text: impl AsRef<str>) -> Result<Self, InvalidValue> {
        let text = text.as_ref().trim();
        if text.is_empty() {
            return Err(InvalidValue::new("the text is empty", "leave the field out or fill it"));
        }
        let length = text.chars().count();
        if length > MAX {
            return Err(InvalidValue::new(
                format!("the text has {length} characters"),
                format!("send at most {MAX} characters"),
            ));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(InvalidValue::new(
                "the text holds a control character",
                "take control characters out of the text",
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is read back is checked as what is taken in.
impl<'de, const MAX: usize> Deserialize<'de> for BoundedText<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(<&str>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl<const MAX: usize> fmt::Debug for BoundedText<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<const MAX: usize> fmt::Display for BoundedText<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn checked_id(id: &str) -> Result<String, InvalidValue> {
    let length = id.chars().count();
    if id.trim().is_empty() {
        return Err(InvalidValue::new("the id is empty", "give every record an id of its own"));
    }
    if length > limits::ID_CHARACTERS {
        return Err(InvalidValue::new(
            format!("the id has {length} characters"),
            format!("use at most {} characters", limits::ID_CHARACTERS),
        ));
    }
    if id.chars().any(char::is_control) {
        return Err(InvalidValue::new(
            "the id holds a control character",
            "use visible characters only in an id",
        ));
    }
    if id.trim() != id {
        return Err(InvalidValue::new(
            "the id begins or ends with white space",
            "take the white space off the id",
        ));
    }
    Ok(id.to_owned())
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $name(String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(<&str>::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }

        impl $name {
            /// Takes an id of 1 to 200 visible characters.
            ///
            /// # Errors
            /// When it is empty, too long, holds a control character or has white space at an end.
            pub fn new(id: impl AsRef<str>) -> Result<Self, InvalidValue> {
                checked_id(id.as_ref()).map(Self)
            }

            /// The id as it was given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier!(
    /// Identifies a candidate (VUM: idWerkzoekende).
    CandidateId
);
identifier!(
    /// Identifies a vacancy (VUM: idVacature).
    VacancyId
);
identifier!(
    /// Identifies an organisation: who owns or delivered a record.
    OrganisationId
);
identifier!(
    /// Identifies an advisor or a team.
    AdvisorId
);
identifier!(
    /// Identifies an employer, so that "the own employer" can be recognised (R14).
    EmployerId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_and_counted_in_characters() {
        let text: BoundedText<3> = BoundedText::new("  één\n").unwrap();
        assert_eq!(text.as_str(), "één");
        assert!(BoundedText::<3>::new("vier").unwrap_err().remedy.contains("at most 3"));
        assert!(BoundedText::<3>::new(" \n ").is_err());
        assert!(BoundedText::<9>::new("a\u{7}b").is_err());
    }

    #[test]
    fn an_id_is_refused_with_a_remedy_when_it_cannot_be_told_apart() {
        assert!(CandidateId::new("k-1").is_ok());
        for bad in ["", " ", "a\0b", " a", "a\n"] {
            assert!(CandidateId::new(bad).is_err(), "{bad:?}");
        }
        assert!(CandidateId::new("x".repeat(201)).is_err());
    }
}
