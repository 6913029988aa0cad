//! Skills, occupations and experience, in people's own words and as concepts.

use super::{
    Date,
    text::{ConceptUri, FreeText, Label, Name},
};

/// A vocational skill (*vakvaardigheid*): the words are always kept; a concept joins them when it is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkillRef {
    /// The skill as it was written.
    pub text: Label,
    /// The concept, where somebody named it.
    pub concept: Option<ConceptUri>,
}

/// An occupation (*beroep*).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OccupationRef {
    /// The occupation as it was written.
    pub text: Label,
    /// The concept, where somebody named it.
    pub concept: Option<ConceptUri>,
    /// UWV's BO&C code (VUM: codeBeroepsnaam), at most ten characters.
    pub boc_code: Option<Label>,
}

/// Work that somebody did (VUM: werkervaring).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkExperience {
    /// The occupation.
    pub occupation: Option<OccupationRef>,
    /// First day.
    pub from: Option<Date>,
    /// Last day; empty with a first day: still going on, or unknown.
    pub until: Option<Date>,
    /// Years of work, where dates are not known, in whole months.
    pub months: Option<u16>,
    /// The organisation; shown, never scored.
    pub organisation: Option<Name>,
    /// In words.
    pub description: Option<FreeText>,
}

/// What a person wants (VUM: bemiddelingsberoep, sector, interesse).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Wished occupations.
    pub occupations: Vec<OccupationRef>,
    /// Wished sectors.
    pub sectors: Vec<super::sector::SbiCode>,
    /// Interests.
    pub interests: Vec<Label>,
    /// What it should lead to in the end (*droombaan*).
    pub dream_occupation: Option<OccupationRef>,
    /// Wished working conditions, such as "outdoors" or "small team" (culture, R2).
    pub conditions: Vec<Label>,
}

/// What a person explicitly does not want: only this is a "no" (R4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusals {
    /// Occupations.
    pub occupations: Vec<OccupationRef>,
    /// Sectors.
    pub sectors: Vec<super::sector::SbiCode>,
    /// Kinds of shift.
    pub shifts: Vec<super::time::Shift>,
    /// Working conditions.
    pub conditions: Vec<Label>,
}
