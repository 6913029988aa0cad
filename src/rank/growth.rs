//! What grows at work, how long it takes and whom to ask: the table of `data/growth.toml` (R8, R9).

use super::gaps::{CostClass, WhomToAsk};
use crate::domain::language::CefrLevel;
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

/// Weeks of a year and months of a year: months become weeks by them.
const WEEKS: u32 = 52;
const MONTHS: u32 = 12;

/// The table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrowthTable {
    /// Languages.
    pub language: LanguageGrowth,
    /// Vocational skills.
    pub skill: Growth,
    /// Behavioural competencies.
    pub competency: Growth,
}

/// How long something takes to learn at work.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// Weeks after the start.
    pub lead_weeks: u16,
    /// What it costs.
    pub cost_class: CostClass,
    /// Whom to ask.
    pub whom_to_ask: WhomToAsk,
    /// Where the figures come from, or "schatting".
    pub source: String,
}

/// How fast a language is learned.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageGrowth {
    hours_to: HoursTo,
    hours_a_week: u32,
    hours_a_week_at_work: u32,
    /// What it costs.
    pub cost_class: CostClass,
    /// Whom to ask.
    pub whom_to_ask: WhomToAsk,
    /// Where the figures come from, or "schatting".
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
struct HoursTo {
    a1: u32,
    a2: u32,
    b1: u32,
    b2: u32,
    c1: u32,
    c2: u32,
}

/// Whether the work helps to learn the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Beside the work only.
    Alone,
    /// With lessons or a language buddy at work.
    Helped,
}

/// Why a text is no such table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrowthTableError {
    /// Not the TOML of the table.
    #[error("{0}")]
    Syntax(String),
    /// A figure that nobody can learn by.
    #[error("{0} is 0; give at least 1")]
    Nothing(&'static str),
}

/// What stands where no table is given yet.
static NONE: LazyLock<Arc<GrowthTable>> = LazyLock::new(|| {
    let (cost_class, whom_to_ask) = (CostClass::Small, WhomToAsk::Employer);
    let growth = Growth { lead_weeks: 0, cost_class, whom_to_ask, source: String::new() };
    let hours_to = HoursTo { a1: 0, a2: 0, b1: 0, b2: 0, c1: 0, c2: 0 };
    let language = LanguageGrowth {
        hours_to,
        hours_a_week: 1,
        hours_a_week_at_work: 1,
        cost_class,
        whom_to_ask,
        source: String::new(),
    };
    Arc::new(GrowthTable { language, skill: growth.clone(), competency: growth })
});

impl GrowthTable {
    /// Stands in facts that were read back, until they share the table in use.
    pub(super) fn none() -> Arc<Self> {
        Arc::clone(&NONE)
    }

    /// The table that is part of the program.
    ///
    /// # Errors
    /// When the embedded file is wrong, which a test rules out.
    pub fn embedded() -> Result<Self, GrowthTableError> {
        Self::parse(include_str!("../../data/growth.toml"))
    }

    /// Reads a table.
    ///
    /// # Errors
    /// When it is not the TOML of a table, or a pace is 0.
    pub fn parse(text: &str) -> Result<Self, GrowthTableError> {
        let table: Self = toml::from_str(text).map_err(|e| GrowthTableError::Syntax(e.to_string()))?;
        for (pace, name) in [
            (table.language.hours_a_week, "language.hours_a_week"),
            (table.language.hours_a_week_at_work, "language.hours_a_week_at_work"),
        ] {
            if pace == 0 {
                return Err(GrowthTableError::Nothing(name));
            }
        }
        Ok(table)
    }
}

impl LanguageGrowth {
    /// The level that is reached from another one in some months, at most `goal`.
    pub(super) fn reached(&self, from: CefrLevel, goal: CefrLevel, months: u32, pace: Pace) -> CefrLevel {
        let mut hours = months * WEEKS * self.pace(pace) / MONTHS;
        let mut level = from;
        for (next, needs) in self.steps().into_iter().filter(|(next, _)| *next > from && *next <= goal) {
            if needs > hours {
                break;
            }
            hours -= needs;
            level = next;
        }
        level
    }

    /// Weeks from one level to a higher one.
    pub(super) fn weeks(&self, from: CefrLevel, goal: CefrLevel, pace: Pace) -> u32 {
        let way = self.steps().into_iter().filter(|(next, _)| *next > from && *next <= goal);
        way.map(|(_, hours)| hours).sum::<u32>().div_ceil(self.pace(pace))
    }

    fn pace(&self, pace: Pace) -> u32 {
        match pace {
            Pace::Alone => self.hours_a_week,
            Pace::Helped => self.hours_a_week_at_work,
        }
    }

    /// Each level above A0 with the hours that it takes from the one below.
    fn steps(&self) -> [(CefrLevel, u32); 6] {
        let HoursTo { a1, a2, b1, b2, c1, c2 } = self.hours_to;
        [
            (CefrLevel::A1, a1),
            (CefrLevel::A2, a2),
            (CefrLevel::B1, b1),
            (CefrLevel::B2, b2),
            (CefrLevel::C1, c1),
            (CefrLevel::C2, c2),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CefrLevel::{A0, A2, B1, B2};

    #[test]
    fn r9_a_year_of_lessons_brings_one_level_and_more_with_help_at_work() {
        let table = GrowthTable::embedded().unwrap();
        // 12 months are 208 hours beside the work and 312 with help: B1 takes 200, B2 another 200.
        assert_eq!(table.language.reached(A2, B2, 12, Pace::Alone), B1);
        assert_eq!(table.language.reached(A2, B2, 12, Pace::Helped), B1);
        assert_eq!(table.language.reached(A2, B2, 16, Pace::Helped), B2);
        assert_eq!(table.language.reached(A0, B1, 6, Pace::Alone), CefrLevel::A1);
        assert_eq!(table.language.reached(B2, A2, 12, Pace::Alone), B2);
        assert_eq!(table.language.weeks(A2, B1, Pace::Alone), 50);
        assert_eq!(table.language.weeks(A2, B1, Pace::Helped), 34);
        assert_eq!(table.language.weeks(B1, B1, Pace::Helped), 0);
    }

    #[test]
    fn a_table_with_a_pace_of_nothing_or_an_unknown_key_is_refused() {
        let text = include_str!("../../data/growth.toml");
        assert!(GrowthTable::parse(&text.replace("hours_a_week = 4", "hours_a_week = 0")).is_err());
        let error = GrowthTable::parse(&text.replace("[skill]", "[skil]")).unwrap_err().to_string();
        assert!(error.contains("line"), "{error}");
    }
}
