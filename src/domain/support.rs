//! Support that a person needs and an employer offers, and capacities (R12).

use super::{
    text::{FreeText, Label},
    time::{Answer, HoursPerWeek},
};

/// A kind of support at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SupportKind {
    /// A colleague as a buddy.
    Buddy,
    /// A language buddy (*taalmaatje*).
    LanguageBuddy,
    /// A job coach.
    JobCoach,
    /// A trained supervisor at work (*interne werkbegeleider*).
    WorkSupervisor,
    /// An adapted workplace (VUM: AanpassingWerkomgeving).
    AdaptedWorkplace,
    /// Language lessons at work.
    LanguageLessons,
    /// Varied work (VUM: Werkvariatie).
    VariedWork,
    /// Guidance of a kind that was not named (VUM: Begeleiding).
    Guidance,
}

impl SupportKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Buddy,
        Self::LanguageBuddy,
        Self::JobCoach,
        Self::WorkSupervisor,
        Self::AdaptedWorkplace,
        Self::LanguageLessons,
        Self::VariedWork,
        Self::Guidance,
    ];
}

/// Support that a person needs or explicitly does not need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportNeed {
    /// What kind.
    pub kind: SupportKind,
    /// Needed, or known not to be needed.
    pub needed: Answer,
    /// In words.
    pub note: Option<FreeText>,
}

/// Support that an employer offers or explicitly does not offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportOffer {
    /// What kind.
    pub kind: SupportKind,
    /// Offered, or known not to be offered.
    pub offered: Answer,
    /// In words.
    pub note: Option<FreeText>,
}

/// An ability with its measure, told as what somebody can do ("can stand for one hour"), or what a task asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The ability, such as "standing" or "lifting 10 kg".
    pub ability: Label,
    /// For how long a day, where that is the measure.
    pub minutes_per_day: Option<u16>,
    /// In words.
    pub note: Option<FreeText>,
}

/// A vacancy's answer to whether the job may be split (*jobcarving*); unknown is the absence of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carving {
    /// Whether it may be split at all.
    pub allowed: Answer,
    /// By hours: fewest hours of a part, where it matters.
    pub min_hours: Option<HoursPerWeek>,
    /// In which ways.
    pub ways: Vec<CarvingWay>,
}

/// In which way a job may be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CarvingWay {
    /// Fewer hours.
    Hours,
    /// Fewer or other tasks.
    Tasks,
    /// Another time frame (*tijdramen*).
    TimeFrame,
}
