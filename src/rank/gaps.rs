//! What may be missing and how it is obtained: the table of `data/gaps.toml` (R8).

use super::term::TermKey;
use crate::domain::education::DrivingLicence;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What kind of gap it is when something is missing (R8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GapKind {
    /// A registration in law: not to be had by a course.
    Registration,
    /// To be had in days or weeks.
    Solvable,
    /// To be grown in the work.
    Developable,
}

/// What obtaining it costs, in classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CostClass {
    /// Less than € 100.
    Small,
    /// € 100 to € 500.
    Medium,
    /// € 500 to € 2,500.
    Large,
    /// More than € 2,500.
    VeryLarge,
}

/// Who can tell how something is obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WhomToAsk {
    /// The employer.
    Employer,
    /// The work coach.
    WorkCoach,
    /// Whoever trains for a certificate.
    TrainingCentre,
    /// A driving school.
    DrivingSchool,
    /// The register itself.
    Register,
    /// A school that gives diplomas.
    School,
    /// Whoever gives language lessons.
    LanguageSchool,
}

impl WhomToAsk {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Employer => "EMPLOYER",
            Self::WorkCoach => "WORK_COACH",
            Self::TrainingCentre => "TRAINING_CENTRE",
            Self::DrivingSchool => "DRIVING_SCHOOL",
            Self::Register => "REGISTER",
            Self::School => "SCHOOL",
            Self::LanguageSchool => "LANGUAGE_SCHOOL",
        }
    }
}

/// One entry of the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GapEntry {
    /// Identifies the entry.
    pub key: String,
    /// The name and its aliases.
    pub names: Vec<String>,
    /// Keys of the entries that whoever has this one also has.
    #[serde(default)]
    pub covers: Vec<String>,
    /// What kind of gap it is.
    pub kind: GapKind,
    /// Weeks from deciding to having it; absent where no course or application gives it.
    pub lead_weeks: Option<u16>,
    /// Weeks that an application takes for who has the diploma that it rests on; told, never scored.
    pub handling_weeks: Option<u16>,
    /// What it costs.
    pub cost_class: Option<CostClass>,
    /// Whom to ask.
    pub whom_to_ask: WhomToAsk,
    /// Where the figures come from, or "schatting".
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GapFile {
    entry: Vec<GapEntry>,
}

/// The table, with its names ready to be looked up.
#[derive(Clone, Debug)]
pub struct GapTable {
    entries: Vec<GapEntry>,
    by_name: HashMap<TermKey, usize>,
}

/// Why a text is no table of gaps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GapTableError {
    /// Not the TOML of the table.
    #[error("{0}")]
    Syntax(String),
    /// A name stands under two entries, an entry covers one that is not there, or a name has no words.
    #[error("{key}: {problem}")]
    Entry {
        /// The entry.
        key: String,
        /// What is wrong.
        problem: String,
    },
}

impl GapTable {
    /// The table that is part of the program.
    ///
    /// # Errors
    /// When the embedded file is wrong, which a test rules out.
    pub fn embedded() -> Result<Self, GapTableError> {
        Self::parse(include_str!("../../data/gaps.toml"))
    }

    /// Reads a table.
    ///
    /// # Errors
    /// When it is not the TOML of a table, or when its names or references do not fit together.
    pub fn parse(text: &str) -> Result<Self, GapTableError> {
        let file: GapFile = toml::from_str(text).map_err(|e| GapTableError::Syntax(e.to_string()))?;
        let mut by_name = HashMap::new();
        for (index, entry) in file.entry.iter().enumerate() {
            let wrong = |problem: String| GapTableError::Entry { key: entry.key.clone(), problem };
            for name in &entry.names {
                let key =
                    TermKey::of_text(name).ok_or_else(|| wrong(format!("the name {name} has no words")))?;
                if by_name.insert(key, index).is_some_and(|other| other != index) {
                    return Err(wrong(format!("the name {name} stands under another entry too")));
                }
            }
            if let Some(missing) = entry.covers.iter().find(|c| file.entry.iter().all(|e| e.key != **c)) {
                return Err(wrong(format!("covers {missing}, which is no entry")));
            }
        }
        Ok(Self { entries: file.entry, by_name })
    }

    /// The entry with a name or alias.
    pub fn find(&self, name: TermKey) -> Option<&GapEntry> {
        self.by_name.get(&name).and_then(|index| self.entries.get(*index))
    }

    /// The entry of a driving licence: the one that is named `rijbewijs ` and its category.
    pub fn find_licence(&self, licence: DrivingLicence) -> Option<&GapEntry> {
        // "B+" and "B" would share a key: a plus sign is no letter.
        let name = match licence {
            DrivingLicence::BPlus => "rijbewijs B code 96".to_owned(),
            other => format!("rijbewijs {}", other.code()),
        };
        TermKey::of_text(&name).and_then(|key| self.find(key))
    }

    /// The keys of an entry's name and aliases.
    pub fn names_of(entry: &GapEntry) -> impl Iterator<Item = TermKey> {
        entry.names.iter().filter_map(|name| TermKey::of_text(name))
    }

    /// The entries that cover another one.
    pub fn covering<'a>(&'a self, entry: &'a GapEntry) -> impl Iterator<Item = &'a GapEntry> {
        self.entries.iter().filter(|e| e.covers.contains(&entry.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_knows_the_papers_that_advisors_ask_for() {
        let table = GapTable::embedded().unwrap();
        let find = |name: &str| table.find(TermKey::of_text(name).unwrap());
        for name in
            ["VOG", "VCA", "heftruckcertificaat", "BHV", "EHBO", "HACCP", "code 95", "NEN 3140", "tilcursus"]
        {
            let entry = find(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(entry.kind, GapKind::Solvable, "{name}");
            assert!(entry.lead_weeks.is_some() && !entry.source.is_empty(), "{name}");
        }
        let big = find("BIG-registratie verpleegkundige").unwrap();
        assert_eq!((big.kind, big.lead_weeks), (GapKind::Registration, None));
        for licence in DrivingLicence::ALL {
            assert!(table.find_licence(licence).is_some(), "{licence}");
        }
        assert_ne!(table.find_licence(DrivingLicence::BPlus), table.find_licence(DrivingLicence::B));
        assert_eq!((big.handling_weeks, big.whom_to_ask), (Some(8), WhomToAsk::Register));
        assert_eq!(find("SKJ").unwrap().kind, GapKind::Registration);
        let vca = find("VCA-basis").unwrap();
        assert_eq!(table.covering(vca).map(|e| e.key.as_str()).collect::<Vec<_>>(), ["vca_vol"]);
    }

    #[test]
    fn a_table_that_contradicts_itself_is_refused() {
        let entry = |key: &str, names: &str, covers: &str| {
            format!(
                "[[entry]]\nkey = \"{key}\"\nnames = [{names}]\ncovers = [{covers}]\nkind = \"SOLVABLE\"\nwhom_to_ask = \"SCHOOL\"\nsource = \"schatting\"\n"
            )
        };
        assert!(GapTable::parse(&entry("a", "\"A\"", "")).is_ok());
        for bad in [
            format!("{}{}", entry("a", "\"A\"", ""), entry("b", "\"a.\"", "")),
            entry("a", "\"A\"", "\"b\""),
            entry("a", "\"…\"", ""),
            "[[entry]]\nkey = 1".to_owned(),
        ] {
            assert!(GapTable::parse(&bad).is_err(), "{bad}");
        }
    }
}
