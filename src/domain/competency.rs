//! Behavioural competencies (*gedragscompetenties*): the soft criteria.

use super::InvalidValue;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! competencies {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// One of the 25 behavioural competencies of the VUM standard.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Competency {
            $($(#[$doc])* $name),+
        }

        impl Competency {
            /// All 25, in the order of their codes.
            pub const ALL: [Self; 25] = [$(Self::$name),+];

            /// VUM's code.
            pub fn code(self) -> u32 {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

competencies! {
    /// Decide and initiate activities.
    DecideAndInitiate = 24100,
    /// Direct others.
    Direct = 24101,
    /// Coach others.
    Coach = 24102,
    /// Show attention and understanding.
    ShowAttention = 24104,
    /// Cooperate and consult.
    Cooperate = 24105,
    /// Act ethically and with integrity.
    ActWithIntegrity = 24106,
    /// Build relations and network.
    BuildRelations = 24107,
    /// Persuade and influence.
    Persuade = 24108,
    /// Present.
    Present = 24109,
    /// Formulate and report.
    FormulateAndReport = 24110,
    /// Apply professional expertise.
    ApplyExpertise = 24111,
    /// Use materials and means.
    UseMaterials = 24112,
    /// Analyse.
    Analyse = 24113,
    /// Research.
    Research = 24114,
    /// Create and innovate.
    CreateAndInnovate = 24115,
    /// Learn.
    Learn = 24116,
    /// Plan and organise.
    PlanAndOrganise = 24118,
    /// Focus on the customer's needs.
    FocusOnCustomer = 24119,
    /// Deliver quality.
    DeliverQuality = 24120,
    /// Follow instructions and procedures.
    FollowInstructions = 24121,
    /// Handle change and adapt.
    HandleChange = 24122,
    /// Handle pressure and setbacks.
    HandlePressure = 24123,
    /// Show drive and ambition.
    ShowDrive = 24124,
    /// Act enterprisingly and commercially.
    ActEnterprisingly = 24125,
    /// Act businesslike.
    ActBusinesslike = 24126,
}

impl Competency {
    /// Finds a competency by VUM's code.
    ///
    /// # Errors
    /// When the code is none of the 25.
    pub fn from_code(code: u32) -> Result<Self, InvalidValue> {
        Self::ALL.into_iter().find(|c| c.code() == code).ok_or_else(|| {
            InvalidValue::new(
                format!("{code} is no behavioural competency"),
                "give one of the 25 codes from 24100 to 24126 of the VUM standard",
            )
        })
    }
}

/// A side of a competency that can be seen on its own, such as patience for 24104: a key of small letters,
/// digits and underscores, defined in `data/facets.toml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "&str")]
pub struct Facet(String);

impl TryFrom<&str> for Facet {
    type Error = InvalidValue;

    fn try_from(key: &str) -> Result<Self, InvalidValue> {
        Self::new(key)
    }
}

impl Facet {
    /// Takes a key of 1 to 40 small letters, digits and underscores.
    ///
    /// # Errors
    /// When it has another form.
    pub fn new(key: &str) -> Result<Self, InvalidValue> {
        let well_formed = (1..=40).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if well_formed {
            return Ok(Self(key.to_owned()));
        }
        Err(InvalidValue::new(
            "that is no key of a facet",
            "give a key of the facets' table, such as patience (small letters, digits, underscores)",
        ))
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A competency, or one facet of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quality {
    /// The competency.
    pub competency: Competency,
    /// The facet, where one is meant.
    pub facet: Option<Facet>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_finds_its_competency_and_the_gaps_of_the_standard_find_none() {
        for competency in Competency::ALL {
            assert_eq!(Competency::from_code(competency.code()).unwrap(), competency);
        }
        for gap in [0, 24103, 24117, 24127] {
            assert!(Competency::from_code(gap).is_err());
        }
    }
}
