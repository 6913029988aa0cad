//! Observations (*waarnemingen*): who saw a quality, how and when (R6).

use super::{
    Date, competency::Quality, provenance::Delivery, sector::SbiCode, text::FreeText, work::OccupationRef,
};
use serde::{Deserialize, Serialize};

/// Who saw it; the weight rises in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObservationSource {
    /// The person says so.
    SelfReport,
    /// Seen in a conversation.
    Conversation,
    /// Seen by the work coach or *regiefunctionaris*.
    Coach,
    /// Seen in a practical test (*praktijkproef*).
    PracticalTest,
    /// Seen during an internship (*stage*).
    Internship,
    /// Seen during a trial placement (*proefplaatsing*).
    TrialPlacement,
    /// Seen by an employer.
    Employer,
}

impl ObservationSource {
    /// All sources, in the order of their weight.
    pub const ALL: [Self; 7] = [
        Self::SelfReport,
        Self::Conversation,
        Self::Coach,
        Self::PracticalTest,
        Self::Internship,
        Self::TrialPlacement,
        Self::Employer,
    ];
}

/// How strongly a quality was seen; from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObservedValue {
    /// Not there (*niet*), −2.
    Absent,
    /// Insufficient (*onvoldoende*), −1.
    Insufficient,
    /// Average (*gemiddeld*), 0.
    Average,
    /// Sufficient (*voldoende*), +1.
    Sufficient,
    /// Strong (*goed, sterk*), +2.
    Strong,
}

impl ObservedValue {
    /// The value from −2 to +2 of R6.
    pub fn points(self) -> i32 {
        match self {
            Self::Absent => -2,
            Self::Insufficient => -1,
            Self::Average => 0,
            Self::Sufficient => 1,
            Self::Strong => 2,
        }
    }
}

/// What was observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observed {
    /// A behavioural competency or a facet of one.
    Quality(Quality),
    /// Motivation for a sector.
    MotivationForSector(SbiCode),
    /// Motivation for an occupation.
    MotivationForOccupation(OccupationRef),
}

/// One observation of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// What was observed.
    pub observed: Observed,
    /// Who saw it.
    pub source: ObservationSource,
    /// How strongly.
    pub value: ObservedValue,
    /// When; `None` for a delivery that does not say, which counts as one half-life old (R6).
    pub observed_on: Option<Date>,
    /// What was seen, in words.
    pub note: Option<FreeText>,
    /// Whether the person disputes it: shown, and not counted until it is settled.
    pub dispute: Dispute,
    /// Who delivered it, through which door, when.
    pub delivery: Option<Delivery>,
}

/// Whether the person agrees with what was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dispute {
    /// Nothing was said against it.
    #[default]
    Undisputed,
    /// The person disputes it.
    Disputed,
}
