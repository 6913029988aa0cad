//! Whether the times fit: slots, kinds of shift, the first and the last day (R10).

mod cover;
mod period;

pub(in crate::rank) use cover::Need;
pub(in crate::rank) use period::{end, start};

use super::{Knowledge, Opinion, WHOLE};
use crate::domain::time::{Answer, Shift};
use crate::rank::{
    facts::{MINUTES_OF_A_WEEK, MOST_MINUTES, OwnTimes, Span, Window, WorkTimes},
    rules::{Pair, Rules},
};
use cover::{Splitting, cover, mean_cover};

/// The kinds of shift that are told apart; together they are the week.
const KINDS: [Shift; 4] = [Shift::Day, Shift::Evening, Shift::Night, Shift::Weekend];

/// The fit on times, and the part of it that the conflict takes.
#[derive(Clone, Copy, Debug)]
pub(in crate::rank) struct WeekPattern {
    pub(in crate::rank) opinion: Opinion,
    /// The times part as far as it is certain; `None` when nothing is.
    pub(in crate::rank) part: Option<u32>,
    /// The times part at its best; `None` when nothing is certain.
    pub(in crate::rank) best_part: Option<u32>,
    /// The times part at its worst; `None` when the times of a side are not exact.
    pub(in crate::rank) lowest_part: Option<u32>,
}

/// The opinion on slots and kinds of shift, with those on the first and the last day.
pub(super) fn with_days(times: Opinion, days: [Option<Opinion>; 2]) -> Opinion {
    // A day that fits says nothing more about the times.
    let days = days.into_iter().flatten().filter(|day| *day != Opinion::known(WHOLE));
    days.fold(times, Opinion::and)
}

/// What the vacancy needs for sure: its fewest hours; where these are missing, nothing.
pub(in crate::rank) fn least_need(pair: Pair<'_>) -> Need {
    Need(pair.vacancy.hours.and_then(|hours| hours.min).unwrap_or(0))
}

/// What it may turn out to need: its fewest hours, else its most, else what anybody can work.
pub(in crate::rank) fn most_need(pair: Pair<'_>) -> Need {
    Need(pair.vacancy.hours.and_then(|hours| hours.min.or(hours.max)).unwrap_or(MOST_MINUTES))
}

fn splitting(pair: Pair<'_>) -> Splitting {
    if pair.vacancy.carving == Some(Answer::Yes) { Splitting::Split } else { Splitting::WholeShifts }
}

/// The fit of slots and kinds of shift alone.
pub(in crate::rank) fn of_times(pair: Pair<'_>, rules: Rules<'_>) -> WeekPattern {
    let own = &pair.candidate.time;
    if own.has_no_minute(rules.as_of) {
        let opinion = Opinion { fit: 0, low: 0, high: 0, knowledge: Knowledge::Known };
        return WeekPattern { opinion, part: Some(0), best_part: Some(0), lowest_part: Some(0) };
    }
    match &pair.vacancy.times {
        WorkTimes::Exact(slots) => exact(slots, pair, rules),
        WorkTimes::Kinds(kinds) => {
            let fit = of_kinds(kinds, pair, rules);
            let slots = kinds.iter().flat_map(|kind| kind.slots());
            let (fit, knowledge) = as_known(fit, slots, pair, rules);
            uncertain(fit, knowledge)
        }
        WorkTimes::Unknown => uncertain(vacancy_unknown(pair, rules), Knowledge::Unknown),
    }
}

fn uncertain(fit: u32, knowledge: Knowledge) -> WeekPattern {
    let opinion = Opinion { fit, low: 0, high: WHOLE, knowledge };
    WeekPattern { opinion, part: None, best_part: None, lowest_part: None }
}

fn exact(slots: &[Span], pair: Pair<'_>, rules: Rules<'_>) -> WeekPattern {
    let own = &pair.candidate.time;
    let covered = |need, splitting, spans: &[Span]| {
        cover(slots.iter(), need, splitting, |slot| own.free_in(spans, *slot, rules.as_of))
    };
    // What an answer about the hours or about splitting can still change.
    let best_splitting =
        if pair.vacancy.carving == Some(Answer::No) { Splitting::WholeShifts } else { Splitting::Split };
    let need = least_need(pair);
    let fit = covered(need, splitting(pair), own.times.spans());
    if let OwnTimes::Exact(spans) = &own.times {
        let low = if own.keeps_a_job_without_slots() {
            0
        } else {
            covered(most_need(pair), splitting(pair), spans)
        };
        let high = covered(need, best_splitting, spans);
        let knowledge = if low == high { Knowledge::Known } else { Knowledge::Partly };
        return WeekPattern {
            opinion: Opinion { fit, low, high, knowledge },
            part: Some(fit),
            best_part: Some(high),
            lowest_part: Some(low),
        };
    }
    let any_time = OwnTimes::AnyTime;
    let certain = covered(need, splitting(pair), any_time.spans());
    let high = covered(need, best_splitting, any_time.spans());
    let (fit, knowledge) = as_known(fit, slots.iter(), pair, rules);
    WeekPattern {
        opinion: Opinion { fit, low: 0, high, knowledge },
        part: Some(certain),
        best_part: Some(high),
        lowest_part: None,
    }
}

/// The fit of times that are not exact: neutral at most where the person's are not known, but for work of which any
/// minute is enough, at any time.
fn as_known<'a>(
    fit: u32,
    slots: impl Iterator<Item = &'a Span> + Clone,
    pair: Pair<'_>,
    rules: Rules<'_>,
) -> (u32, Knowledge) {
    let any_minute_fits = || {
        let length = slots.clone().map(|slot| slot.minutes()).sum();
        splitting(pair) == Splitting::Split && least_need(pair).of(length) == 1 && are_the_week(slots.clone())
    };
    match pair.candidate.time.times {
        OwnTimes::Unknown if any_minute_fits() => (fit, Knowledge::Unknown),
        OwnTimes::Unknown => (fit.min(rules.numbers.neutral), Knowledge::Unknown),
        _ => (fit, Knowledge::Partly),
    }
}

/// Whether slots in order leave no minute of the week out.
fn are_the_week<'a>(slots: impl Iterator<Item = &'a Span>) -> bool {
    let mut reached = 0;
    for slot in slots {
        if slot.from > reached {
            return false;
        }
        reached = reached.max(slot.to);
    }
    reached == MINUTES_OF_A_WEEK
}

fn of_kinds(kinds: &[Window], pair: Pair<'_>, rules: Rules<'_>) -> u32 {
    let own = &pair.candidate.time;
    mean_cover(kinds, least_need(pair), splitting(pair), |slot| {
        own.free_in(own.times.spans(), *slot, rules.as_of)
    })
}

/// Between the worst and the best kind of shift that an answer could name.
fn vacancy_unknown(pair: Pair<'_>, rules: Rules<'_>) -> u32 {
    let (own, neutral) = (&pair.candidate.time, rules.numbers.neutral);
    let is_refused = |kind: &Shift| pair.candidate.refused.shifts.contains(kind);
    if own.taken.is_empty() && !matches!(own.times, OwnTimes::Exact(_) | OwnTimes::Office) {
        let best = if KINDS.iter().all(is_refused) { 0 } else { WHOLE };
        return if own.times == OwnTimes::AnyTime { WHOLE } else { best.min(neutral) };
    }
    let (mut worst, mut best) = (WHOLE, 0);
    for kind in KINDS {
        let covered = of_kinds(&[Window::Shift(kind)], pair, rules);
        worst = worst.min(covered);
        if !is_refused(&kind) {
            best = best.max(covered);
        }
    }
    let fit = best.min(neutral);
    if own.times == OwnTimes::Unknown { fit } else { fit.max(worst) }
}
