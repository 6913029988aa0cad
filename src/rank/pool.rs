//! Who is in the pool (R4): no judgement, and everybody outside is counted.

use super::{
    day::Day,
    facts::{PoolState, VacancyPool},
    rules::{Pair, Rules},
};
use crate::domain::{Date, education::DrivingLicence, vacancy::VacancyStatus};
use std::fmt;

/// Whether a list also ranks who and what is outside the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Closed {
    /// Only the pool; what is outside is counted.
    #[default]
    LeftOut,
    /// Also placed and withdrawn people, filled, withdrawn and closed vacancies, and what was not delivered. Restricted
    /// (GDPR, article 18) and erased people never are.
    Included,
}

/// The name of a licence, certificate or registration that is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperName {
    /// A driving licence.
    Licence(DrivingLicence),
    /// A certificate or registration, as it was asked.
    Named(String),
}

impl fmt::Display for PaperName {
    /// The category of a driving licence, or the words in which it was asked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Licence(licence) => f.write_str(licence.code()),
            Self::Named(words) => f.write_str(words),
        }
    }
}

/// Why somebody or something has no place in a list. The order is the order in an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExclusionReason {
    /// Outside the filters of the request.
    FilteredOut,
    /// On another track than the one that was asked for.
    OtherTrack,
    /// The candidate found work.
    CandidatePlaced,
    /// The candidate withdrew.
    CandidateWithdrawn,
    /// Processing of the candidate's data is restricted.
    CandidateRestricted,
    /// The candidate was erased.
    CandidateErased,
    /// The candidate is missing from the last complete delivery.
    CandidateNotDelivered,
    /// The vacancy is filled.
    VacancyFilled,
    /// The vacancy was withdrawn.
    VacancyWithdrawn,
    /// The closing date is past.
    VacancyClosed,
    /// The vacancy is missing from the last complete delivery.
    VacancyNotDelivered,
    /// The stored record is damaged and cannot be read.
    RecordDamaged,
    /// A legal requirement is known to be lacking and cannot be had in time.
    LegalRequirement {
        /// Which one.
        paper: PaperName,
    },
}

impl ExclusionReason {
    /// The stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::FilteredOut => "FILTERED_OUT",
            Self::OtherTrack => "OTHER_TRACK",
            Self::CandidatePlaced => "CANDIDATE_PLACED",
            Self::CandidateWithdrawn => "CANDIDATE_WITHDRAWN",
            Self::CandidateRestricted => "CANDIDATE_RESTRICTED",
            Self::CandidateErased => "CANDIDATE_ERASED",
            Self::CandidateNotDelivered => "CANDIDATE_NOT_DELIVERED",
            Self::VacancyFilled => "VACANCY_FILLED",
            Self::VacancyWithdrawn => "VACANCY_WITHDRAWN",
            Self::VacancyClosed => "VACANCY_CLOSED",
            Self::VacancyNotDelivered => "VACANCY_NOT_DELIVERED",
            Self::RecordDamaged => "RECORD_DAMAGED",
            Self::LegalRequirement { .. } => "LEGAL_REQUIREMENT",
        }
    }

    /// The reason of a stable name; `None` for one that names more than itself, and for no name.
    pub fn from_name(name: &str) -> Option<Self> {
        let plain = [
            Self::FilteredOut,
            Self::OtherTrack,
            Self::CandidatePlaced,
            Self::CandidateWithdrawn,
            Self::CandidateRestricted,
            Self::CandidateErased,
            Self::CandidateNotDelivered,
            Self::VacancyFilled,
            Self::VacancyWithdrawn,
            Self::VacancyClosed,
            Self::VacancyNotDelivered,
            Self::RecordDamaged,
        ];
        plain.into_iter().find(|reason| reason.name() == name)
    }
}

/// Why a pair has no place in a plain list; `None`: it has one, the law aside.
pub fn outside(pair: Pair<'_>, rules: Rules<'_>) -> Option<ExclusionReason> {
    candidate(pair.candidate.pool, Closed::LeftOut)
        .or_else(|| vacancy(pair.vacancy.pool, rules.as_of, Closed::LeftOut))
}

/// Whether a vacancy is in the pool on a day.
pub fn is_open(state: VacancyPool, as_of: Date) -> bool {
    vacancy(state, Day::new(as_of), Closed::LeftOut).is_none()
}

/// Why a person has no place in any plain list; `None`: not for the pool.
pub fn candidate_outside(state: PoolState) -> Option<ExclusionReason> {
    candidate(state, Closed::LeftOut)
}

/// Why a vacancy has no place in any plain list on a day; `None`: it is open.
pub fn vacancy_outside(state: VacancyPool, as_of: Date) -> Option<ExclusionReason> {
    vacancy(state, Day::new(as_of), Closed::LeftOut)
}

/// Why a person is left out; `None` is ranked.
pub(super) fn candidate(state: PoolState, closed: Closed) -> Option<ExclusionReason> {
    let reason = match state {
        PoolState::InPool => return None,
        PoolState::Restricted => return Some(ExclusionReason::CandidateRestricted),
        PoolState::Erased => return Some(ExclusionReason::CandidateErased),
        PoolState::Placed => ExclusionReason::CandidatePlaced,
        PoolState::Withdrawn => ExclusionReason::CandidateWithdrawn,
        PoolState::NotDelivered => ExclusionReason::CandidateNotDelivered,
    };
    (closed == Closed::LeftOut).then_some(reason)
}

/// Why a vacancy is left out on a day; `None` is ranked.
pub(super) fn vacancy(pool: VacancyPool, as_of: Day, closed: Closed) -> Option<ExclusionReason> {
    if closed == Closed::Included {
        return None;
    }
    match pool.status {
        VacancyStatus::Filled => Some(ExclusionReason::VacancyFilled),
        VacancyStatus::Withdrawn => Some(ExclusionReason::VacancyWithdrawn),
        VacancyStatus::Open if pool.closes_on.is_some_and(|last| last < as_of) => {
            Some(ExclusionReason::VacancyClosed)
        }
        VacancyStatus::Open if !pool.delivered => Some(ExclusionReason::VacancyNotDelivered),
        VacancyStatus::Open => None,
    }
}
