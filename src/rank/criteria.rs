//! How well a pair fits on each criterion: one file a criterion, one law (`docs/scoring.md`).

pub(super) mod competencies;
pub(super) mod contract;
pub(super) mod culture;
pub(super) mod experience;
pub(super) mod hours;
pub(super) mod language;
pub(super) mod level;
pub(super) mod licences;
pub(super) mod mean;
pub(super) mod motivation;
pub(super) mod observed;
pub(super) mod potential;
pub(super) mod skills;
pub(super) mod support;
pub(super) mod travel;
pub(super) mod week_pattern;

use super::{
    criterion::Criterion,
    found::Found,
    rules::{Pair, Rules},
};

/// The fit that is whole: everything fits.
pub(super) const WHOLE: u32 = 10_000;

/// How much of the answer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Knowledge {
    /// Asked, and nothing that answers it is known (R5).
    Unknown,
    /// Some of it is known.
    Partly,
    /// Known.
    Known,
}

/// The fit of a pair on something, in 1/10,000, with every unknown as it counts, at its worst and at its best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opinion {
    pub(super) fit: u32,
    pub(super) low: u32,
    pub(super) high: u32,
    pub(super) knowledge: Knowledge,
}

impl Opinion {
    pub(super) fn known(fit: u32) -> Self {
        Self { fit, low: fit, high: fit, knowledge: Knowledge::Known }
    }

    pub(super) fn unknown(fit: u32) -> Self {
        Self { fit, low: 0, high: WHOLE, knowledge: Knowledge::Unknown }
    }

    /// Unknown, with what the worst and the best answer could still give: neutral, moved between them.
    pub(super) fn within_reach(neutral: u32, low: u32, high: u32) -> Self {
        Self { fit: neutral.max(low).min(high), low, high, knowledge: Knowledge::Unknown }
    }

    /// The lower of two in each respect.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            fit: self.fit.min(other.fit),
            low: self.low.min(other.low),
            high: self.high.min(other.high),
            knowledge: if self.knowledge == other.knowledge { self.knowledge } else { Knowledge::Partly },
        }
    }
}

/// The opinion on one criterion; `None` when no side asks it.
pub(super) fn judge(criterion: Criterion, pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    of(criterion, &Found::new(pair, rules))
}

/// The same of a pair of which more is asked.
pub(super) fn of(criterion: Criterion, found: &Found<'_>) -> Option<Opinion> {
    let (pair, rules) = (found.pair, found.rules);
    match criterion {
        Criterion::Skills => found.skills().skills,
        Criterion::Competencies => competencies::mean_of(&pair.vacancy.qualities, found.qualities()),
        Criterion::Motivation => found.motivation().opinion(),
        Criterion::Language => language::judge(pair, rules),
        Criterion::Hours => Some(found.hours().opinion),
        Criterion::WeekPattern => Some(week_pattern::with_days(found.times().opinion, found.days())),
        Criterion::Travel if found.is_own_employer() => Some(Opinion::known(WHOLE)),
        Criterion::Travel => Some(travel::judge_over(found.distance(), pair, rules)),
        Criterion::Contract => contract::judge(pair, rules),
        Criterion::Level => level::judge(pair, rules),
        Criterion::Experience => experience::judge(pair, rules),
        Criterion::Licences => licences::mean_of(&pair.vacancy.papers, found.papers(), rules),
        Criterion::Potential => found.potential().opinion(),
        Criterion::Culture if found.is_own_employer() => Some(Opinion::known(WHOLE)),
        Criterion::Culture => culture::judge_elsewhere(pair, rules),
        Criterion::Support => support::judge(pair, rules),
    }
}

/// How many steps a level is below the asked one, as a fit.
pub(super) fn steps_below(steps: usize) -> u32 {
    [WHOLE, 5_000, 2_500].get(steps).copied().unwrap_or(0)
}
