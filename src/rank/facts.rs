//! What scoring reads of a person and of a vacancy: nothing that may not count has a field here (R15).

mod asked_experience;
mod asked_language;
mod asked_paper;
mod asked_quality;
mod asked_skill;
mod candidate;
mod observed;
mod own_skills;
mod past_jobs;
mod soft;
mod times;
mod vacancy;

pub use candidate::{CandidateFacts, PoolState};
pub use vacancy::{VacancyFacts, VacancyPool};

pub(super) use asked_experience::{AskedEducation, AskedExperience};
pub(super) use asked_language::{AskedLanguage, AskedLevel, DEVELOPABLE, Help};
pub(super) use asked_paper::{AskedPaper, Paper};
pub(super) use asked_quality::AskedQuality;
pub(super) use asked_skill::{AskedSense, AskedSkill};
pub(super) use candidate::{Held, LevelFacts, PastWork, Refused, Wish};
pub(super) use observed::{MotivationFor, Seen, SeenQuality, Subject};
pub(super) use own_skills::{ORDINARY as ORDINARY_LIST, OwnSkill, OwnSkills, Told};
pub(super) use past_jobs::{PastJob, Spell};
pub(super) use soft::{Ability, Condition, Kinds};
pub(super) use times::{MINUTES_OF_A_WEEK, OwnJob, OwnTime, OwnTimes, Span, Start, Window, WorkTimes};

use crate::domain::{
    place::{Pc4, Position},
    requirement::Importance,
    sector::{SbiCode, Sector},
    time::HoursRange,
};
use serde::{Deserialize, Serialize};

/// Where a postcode lies, for whoever makes facts; `None` is unknown.
pub type PositionOf<'a> = &'a dyn Fn(Pc4) -> Option<Position>;

/// Most minutes a week that a range can name.
pub(super) const MOST_MINUTES: u32 = 99 * 60;

/// Minutes a week; a missing bound is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Minutes {
    pub(super) min: Option<u32>,
    pub(super) max: Option<u32>,
}

impl Minutes {
    fn of(range: HoursRange) -> Self {
        Self { min: range.min().map(|h| h.minutes()), max: range.max().map(|h| h.minutes()) }
    }

    pub(super) fn has_a_gap(self) -> bool {
        self.min.is_none() || self.max.is_none()
    }

    /// The range with a missing bound at the other one: the least that it can turn out to be.
    pub(super) fn narrowed(self) -> Self {
        Self { min: self.min.or(self.max), max: self.max.or(self.min) }
    }
}

/// A sector as it is compared: its SBI division and the shortage sector it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct SectorKey {
    pub(super) division: u32,
    pub(super) sector: Sector,
}

impl SectorKey {
    fn of(code: SbiCode) -> Self {
        Self { division: code.division(), sector: code.sector() }
    }

    pub(super) fn same_named_sector(self, other: Self) -> bool {
        self.sector != Sector::General && self.sector == other.sector
    }
}

/// What an importance counts in a mean of items.
pub(super) fn item_weight(importance: Importance) -> u32 {
    match importance {
        Importance::Could => 1,
        Importance::Should => 2,
        Importance::Must | Importance::Legal => 4,
    }
}

#[cfg(test)]
mod tests;
