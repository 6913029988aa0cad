//! The naive reference of `docs/scoring.md`: slow, obvious, on domain types, with plain strings and sets.
//!
//! It shares no scoring function with the engine. Tests hold the two equal on every pair.

mod criteria;
mod language;
mod licences;
mod motivation;
mod penalties;
mod reach;
mod score;
mod skills;
mod soft;
mod times;
mod week;
mod words;

pub(crate) use penalties::ConflictKind;
pub(crate) use score::{ReferenceLine, ReferencePlace, ReferenceScore, rank, score};
pub(crate) use words::normalised;

use crate::domain::{
    Date,
    competency::Quality,
    place::{Pc4, Position},
    sector::Sector,
};
use crate::rank::{profile::Numbers, understanding::Understanding};
use std::collections::BTreeSet;

/// One entry of `data/gaps.toml`: its name and aliases, and in how many weeks it can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GapEntry {
    pub(crate) key: String,
    /// Name and aliases, in the form in which they are compared.
    pub(crate) names: BTreeSet<String>,
    /// Keys of what is had, too, by who has this.
    pub(crate) covers: Vec<String>,
    pub(crate) lead_weeks: Option<u32>,
}

/// The figures of `data/growth.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Growth {
    /// Hours of learning from the level below to A1, A2, B1, B2, C1 and C2.
    pub(crate) hours_to: [i128; 6],
    pub(crate) hours_a_week: i128,
    pub(crate) hours_a_week_at_work: i128,
    /// Weeks in which a skill and a competency are learned.
    pub(crate) skill_weeks: u16,
    pub(crate) competency_weeks: u16,
}

/// One entry of `data/conditions.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConditionEntry {
    pub(crate) key: String,
    /// In the form in which they are compared.
    pub(crate) names: BTreeSet<String>,
    /// The key of the opposite entry.
    pub(crate) opposite: Option<String>,
}

/// Everything that a score needs besides the two records.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// The figures of the ranking profile.
    pub(crate) numbers: &'a Numbers,
    pub(crate) gaps: &'a [GapEntry],
    pub(crate) growth: &'a Growth,
    pub(crate) conditions: &'a [ConditionEntry],
    /// The words of a text after the Dutch analysis, with their weights.
    pub(crate) words: &'a dyn Fn(&str) -> Vec<(String, u16)>,
    /// The competencies that are assumed where a vacancy of a sector names none.
    pub(crate) assumed: &'a dyn Fn(Sector) -> Vec<Quality>,
    pub(crate) positions: &'a dyn Fn(Pc4) -> Option<Position>,
    /// What words mean.
    pub(crate) understanding: &'a dyn Understanding,
    pub(crate) as_of: Date,
    /// A travel time that was given with the pair, in minutes.
    pub(crate) travel_minutes: Option<u32>,
}

impl Setting<'_> {
    fn neutral(&self) -> i128 {
        i128::from(self.numbers.neutral)
    }
}

/// A fit and its interval, in 1/10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    pub(crate) fit: i128,
    pub(crate) low: i128,
    pub(crate) high: i128,
}

impl Fit {
    fn known(fit: i128) -> Self {
        Self { fit, low: fit, high: fit }
    }

    fn unknown(fit: i128) -> Self {
        Self { fit, low: 0, high: 10_000 }
    }

    /// Mean by weight, each of the three half up; `None` when there is nothing to take the mean of.
    fn mean(items: &[(i128, Fit)]) -> Option<Self> {
        if items.is_empty() {
            return None;
        }
        let weights: i128 = items.iter().map(|(weight, _)| weight).sum();
        let of = |part: fn(&Fit) -> i128| {
            half_up(items.iter().map(|(weight, fit)| weight * part(fit)).sum(), weights)
        };
        Some(Self { fit: of(|f| f.fit), low: of(|f| f.low), high: of(|f| f.high) })
    }
}

/// A fraction that is not negative, rounded half up.
fn half_up(numerator: i128, denominator: i128) -> i128 {
    (2 * numerator + denominator) / (2 * denominator)
}

/// What a shortfall in steps (of level or of language) leaves of a fit.
fn fit_by_steps(steps: i128) -> i128 {
    match steps {
        ..=0 => 10_000,
        1 => 5_000,
        2 => 2_500,
        _ => 0,
    }
}

/// Whole months from one day to another, at least 0.
fn months(from: Date, to: Date) -> i128 {
    let whole = |d: Date| i128::from(d.year()) * 12 + i128::from(d.month());
    let begun = i128::from(to.day() < from.day());
    (whole(to) - whole(from) - begun).max(0)
}
