//! The score of a pair and its lines, exact to the hundredth (R1).

mod base;
pub(super) use base::weight_of;
mod lines;
mod rebuilt;

pub use rebuilt::StoredFit;

use super::{
    conflict::{self, Conflict, View},
    criteria::{Knowledge, Opinion},
    criterion::Criterion,
    found::Found,
    legal::{self, Legal},
    rules::{Pair, Rules},
};
pub(super) use base::Sums;

/// The opinions on all criteria of a pair; `None` is not asked.
pub(super) type Opinions = [Option<Opinion>; Criterion::COUNT];

/// A pair, judged: every line, and what they add up to. Scores and lines are hundredths of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// One line for each criterion that this release scores, in criterion order.
    pub lines: Vec<CriterionLine>,
    /// What the distance between both sides costs, at most 0.
    pub balance: i32,
    /// What is in the way, in the order in which it was taken off.
    pub conflicts: Vec<ConflictLine>,
    /// The score, 0–10,000: the sum of all lines, the balance and the conflicts.
    pub score: u16,
    /// The score with every unknown at its worst.
    pub low: u16,
    /// The score with every unknown at its best.
    pub high: u16,
    /// The demand side's weighed mean of fits, in 1/10,000.
    pub demand_fit: u16,
    /// The wish side's weighed mean of fits, in 1/10,000.
    pub wish_fit: u16,
    /// Whether the law leaves the pair a place in a list.
    pub law: Law,
}

/// Whether the law leaves a pair a place in a list (R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Nothing is in the way.
    Free,
    /// A legal requirement must be asked first.
    Open,
    /// A legal requirement is known to be lacking and cannot be had in time.
    Excluded {
        /// Which one: its place among the asked licences, certificates and registrations, in this order.
        requirement: usize,
    },
}

/// The line of one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CriterionLine {
    /// Which criterion.
    pub criterion: Criterion,
    /// The demand weight applied, in thousandths; 0 when the demand side does not ask it.
    pub demand_weight: u32,
    /// The wish weight applied, in thousandths; 0 when the wish side does not ask it.
    pub wish_weight: u32,
    /// The fit, in 1/10,000.
    pub fit: u16,
    /// The fit with every unknown at its worst.
    pub low: u16,
    /// The fit with every unknown at its best.
    pub high: u16,
    /// What it adds to the score, in hundredths of a point.
    pub contribution: i32,
    /// How much is known; `None` when nobody asks it.
    pub knowledge: Option<Knowledge>,
}

/// The line of one conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConflictLine {
    /// What is in the way.
    pub code: ConflictCode,
    /// The place of the requirement in the vacancy's list of its kind, where it is one.
    pub requirement: Option<usize>,
    /// What it takes, at most 0, in hundredths of a point.
    pub contribution: i32,
}

/// What kind of conflict it is (R4). Papers (licences, certificates, registrations) share one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictCode {
    /// A language level that is a MUST is known to be lower.
    LanguageBelow,
    /// A driving licence, certificate or registration that is a MUST is known to be lacking.
    PaperLacking,
    /// A competency that is a MUST was seen as insufficient.
    CompetencyBelow,
    /// The person said no to this work, sector or kind of shift.
    RefusedByPerson,
    /// The hours are below the employer's minimum.
    HoursBelow,
    /// The times are not the employer's.
    TimesBelow,
}

impl Judgement {
    /// The score before conflicts, in hundredths of a point.
    pub fn before_conflicts(&self) -> i64 {
        let lines: i32 = self.lines.iter().map(|line| line.contribution).sum();
        i64::from(lines + self.balance)
    }
}

/// What a list needs of a pair: its score, or that the law leaves it no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    Scored(u16),
    Excluded(usize),
}

/// Judges a pair in full.
pub fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Judgement {
    judge_found(&Found::new(pair, rules))
}

/// The same of a pair of which more is asked.
pub(super) fn judge_found(found: &Found<'_>) -> Judgement {
    let (pair, rules) = (found.pair, found.rules);
    let opinions = found.opinions();
    let sums = Sums::of(opinions, rules.numbers, |opinion| opinion.fit);
    let base = sums.base(rules.numbers);
    let (lines, balance) = lines::of(opinions, rules.numbers, &sums, base);
    let mut conflicts = Vec::new();
    let mut score = base;
    conflict::each(found, View::AsKnown, |found, share| {
        let taken = conflict::taken(score, share);
        score -= taken;
        conflicts.extend(line(found, taken));
    });
    let law = match legal::of(pair.vacancy.papers.iter().map(|asked| asked.importance), |place| {
        found.papers()[place]
    }) {
        Legal::Free => Law::Free,
        Legal::Open => Law::Open,
        Legal::Excluded(requirement) => Law::Excluded { requirement },
    };
    let low = match law {
        Law::Free => viewed(found, View::Worst),
        Law::Open | Law::Excluded { .. } => 0,
    };
    Judgement {
        lines,
        balance,
        conflicts,
        score: hundredths(score),
        low: hundredths(low),
        high: hundredths(viewed(found, View::Best)),
        demand_fit: hundredths(sums.demand_fit()),
        wish_fit: hundredths(sums.wish_fit()),
        law,
    }
}

/// What a list needs of a pair, without its lines.
pub(super) fn place(pair: Pair<'_>, rules: Rules<'_>) -> Placed {
    if let Legal::Excluded(requirement) = legal::judge(pair, rules) {
        return Placed::Excluded(requirement);
    }
    Placed::Scored(hundredths(viewed(&Found::new(pair, rules), View::AsKnown)))
}

/// A score whatever the law says, with what it is before conflicts, in hundredths.
pub(super) fn score_and_base(pair: Pair<'_>, rules: Rules<'_>) -> (u16, i64) {
    let found = Found::new(pair, rules);
    let base = Sums::of(found.opinions(), rules.numbers, |opinion| opinion.fit).base(rules.numbers);
    let mut score = base;
    conflict::each(&found, View::AsKnown, |_, share| score -= conflict::taken(score, share));
    (hundredths(score), base)
}

/// The score in a view.
fn viewed(found: &Found<'_>, view: View) -> i64 {
    let numbers = found.rules.numbers;
    let sums = Sums::of(found.opinions(), numbers, |opinion| match view {
        View::AsKnown => opinion.fit,
        View::Worst => opinion.low,
        View::Best => opinion.high,
    });
    let mut score = sums.base(numbers);
    conflict::each(found, view, |_, share| score -= conflict::taken(score, share));
    score
}

/// `None` for what is never known, only possible.
fn line(found: Conflict, taken: i64) -> Option<ConflictLine> {
    let (code, requirement) = match found {
        Conflict::Language(place) => (ConflictCode::LanguageBelow, Some(place)),
        Conflict::Paper(place) => (ConflictCode::PaperLacking, Some(place)),
        Conflict::Competency(place) => (ConflictCode::CompetencyBelow, Some(place)),
        Conflict::Skill(_) => return None,
        Conflict::Refusal => (ConflictCode::RefusedByPerson, None),
        Conflict::Hours => (ConflictCode::HoursBelow, None),
        Conflict::Times => (ConflictCode::TimesBelow, None),
    };
    Some(ConflictLine { code, requirement, contribution: -i32::from(hundredths(taken)) })
}

/// A figure that the arithmetic keeps between 0 and 10,000.
pub(super) fn hundredths(value: i64) -> u16 {
    u16::try_from(value.clamp(0, 10_000)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
