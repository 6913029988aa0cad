//! What an employer asks, and how much each thing matters (R4).

use super::{
    InvalidValue,
    competency::Quality,
    education::{DrivingLicence, EducationLevel, WorkLevel},
    language::{LanguageCode, LevelPerSkill},
    limits,
    text::{FreeText, Label},
    work::{OccupationRef, SkillRef},
};
use serde::{Deserialize, Serialize};

/// How much a requirement matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Importance {
    /// Nice to have; counts ½.
    Could,
    /// Wished; counts 1. What comes from VUM is this.
    Should,
    /// Needed; counts 2, and known to be missing it is a conflict.
    Must,
    /// Required by law: excludes who is known to lack it and cannot have it in time.
    Legal,
}

/// A number of weeks after the start within which something may still be obtained, 0–104.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GraceWeeks(u16);

impl GraceWeeks {
    /// Takes a number of weeks.
    ///
    /// # Errors
    /// When it is above 104.
    pub fn new(weeks: u32) -> Result<Self, InvalidValue> {
        match u16::try_from(weeks) {
            Ok(weeks) if weeks <= limits::GRACE_WEEKS => Ok(Self(weeks)),
            _ => Err(InvalidValue::new(
                format!("{weeks} weeks is too long for a grace period"),
                format!("give at most {} weeks", limits::GRACE_WEEKS),
            )),
        }
    }

    /// The number of weeks.
    pub fn get(self) -> u16 {
        self.0
    }
}

/// Something that is asked, with its importance and grace period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement<T> {
    /// What is asked.
    pub what: T,
    /// How much it matters.
    pub importance: Importance,
    /// How long after the start it may still be obtained.
    pub grace: GraceWeeks,
}

impl<T> Requirement<T> {
    /// A wished thing (`SHOULD`) without a grace period: what every requirement of a VUM message is.
    pub fn should(what: T) -> Self {
        Self { what, importance: Importance::Should, grace: GraceWeeks::default() }
    }
}

/// A language that is asked. Made only by [`LanguageDemand::new`], which holds R9.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageDemand {
    language: LanguageCode,
    at_start: LevelPerSkill,
    later: Option<LaterLevel>,
    reason: Option<FreeText>,
}

/// A level that is asked some months after the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LaterLevel {
    /// Months after the start, 1–60.
    pub after_months: u16,
    /// Level per skill by then.
    pub levels: LevelPerSkill,
}

impl LanguageDemand {
    /// A language that the work needs, with the level at the start and later.
    ///
    /// # Errors
    /// When another language than Dutch or English has no written reason (R9), when no level is asked at
    /// all, or when the later level comes after 0 or more than 60 months.
    pub fn new(
        language: LanguageCode,
        at_start: LevelPerSkill,
        later: Option<LaterLevel>,
        reason: Option<FreeText>,
    ) -> Result<Self, InvalidValue> {
        if reason.is_none() && !language.needs_no_reason() {
            return Err(InvalidValue::new(
                format!("the language {language} is required without a reason"),
                "write in `reason` what the work needs it for, or leave the requirement out",
            ));
        }
        if at_start.is_empty() && later.is_none_or(|l| l.levels.is_empty()) {
            return Err(InvalidValue::new(
                format!("no level is asked for the language {language}"),
                "give a level for at least one of listening, reading, speaking, writing",
            ));
        }
        if later.is_some_and(|l| !(1..=60).contains(&l.after_months)) {
            return Err(InvalidValue::new(
                "the later level has no possible moment",
                "give 1 to 60 months after the start",
            ));
        }
        Ok(Self { language, at_start, later, reason })
    }

    /// The language.
    pub fn language(&self) -> LanguageCode {
        self.language
    }

    /// Levels at the start.
    pub fn at_start(&self) -> LevelPerSkill {
        self.at_start
    }

    /// Levels that come later.
    pub fn later(&self) -> Option<LaterLevel> {
        self.later
    }

    /// What the work needs the language for.
    pub fn reason(&self) -> Option<&FreeText> {
        self.reason.as_ref()
    }
}

/// An education that is asked: it counts as a level, never as a conflict (R4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EducationDemand {
    /// Name, as it was written.
    pub name: Option<Label>,
    /// Code of the name, as delivered.
    pub code: Option<u64>,
    /// Level.
    pub level: Option<EducationLevel>,
    /// Whether the diploma itself is asked.
    pub diploma: Option<super::time::Answer>,
}

/// Years of experience that are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExperienceDemand {
    /// Years, 0–99.
    pub years: u8,
    /// In which occupation; `None`: in the vacancy's own.
    pub occupation: Option<OccupationRef>,
}

/// A requirement that is kept as text and not scored, because a rule does not allow to score it or because
/// nothing could be made of it; counted in the answer (R9, R21).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnscoredRequirement {
    /// The field that it came from.
    pub field: String,
    /// What was asked, in words.
    pub text: FreeText,
}

/// Everything that an employer asks. An empty list asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// Vocational skills.
    pub skills: Vec<Requirement<SkillRef>>,
    /// Behavioural competencies; when empty the sector's default set is assumed (R3).
    pub competencies: Vec<Requirement<Quality>>,
    /// Languages.
    pub languages: Vec<Requirement<LanguageDemand>>,
    /// Lowest level of work and thinking.
    pub level: Option<Requirement<WorkLevel>>,
    /// Educations.
    pub educations: Vec<Requirement<EducationDemand>>,
    /// Experience.
    pub experience: Vec<Requirement<ExperienceDemand>>,
    /// Driving licences.
    pub licences: Vec<Requirement<DrivingLicence>>,
    /// Courses and certificates, such as VCA or BHV.
    pub certificates: Vec<Requirement<Label>>,
    /// Registrations, such as BIG or VOG.
    pub registrations: Vec<Requirement<Label>>,
    /// What is kept as text only.
    pub unscored: Vec<UnscoredRequirement>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::CefrLevel;

    #[test]
    fn r9_a_language_other_than_dutch_or_english_needs_a_reason() {
        let b2 = LevelPerSkill { speaking: Some(CefrLevel::B2), ..Default::default() };
        let arabic = LanguageCode::parse("ara").unwrap();
        let refused = LanguageDemand::new(arabic, b2, None, None).unwrap_err();
        assert!(refused.remedy.contains("reason"), "{refused}");
        let reason = FreeText::new("bewoners in het Arabisch verstaan").ok();
        assert!(LanguageDemand::new(arabic, b2, None, reason).is_ok());
        assert!(LanguageDemand::new(LanguageCode::DUTCH, b2, None, None).is_ok());
        assert!(LanguageDemand::new(LanguageCode::ENGLISH, b2, None, None).is_ok());
    }

    #[test]
    fn a_language_demand_without_any_level_is_refused() {
        assert!(LanguageDemand::new(LanguageCode::DUTCH, LevelPerSkill::default(), None, None).is_err());
    }
}
