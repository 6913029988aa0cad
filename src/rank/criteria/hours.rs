//! Hours a week: what can be worked of the employer's minimum, what is offered of the person's (R10).

use super::{Knowledge, Opinion, WHOLE};
use crate::rank::{
    facts::{CandidateFacts, MOST_MINUTES, Minutes},
    rules::{Pair, Rules},
};

/// The fit on hours, and the demand part that the conflict takes.
#[derive(Clone, Copy, Debug)]
pub(in crate::rank) struct Hours {
    pub(in crate::rank) opinion: Opinion,
    /// The demand part as far as it is certain; `None` when nothing is.
    pub(in crate::rank) demand_part: Option<u32>,
    /// The demand part at its worst; `None` when the hours of a side are unknown.
    pub(in crate::rank) lowest_demand_part: Option<u32>,
}

pub(in crate::rank) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Hours {
    let neutral = rules.numbers.neutral;
    let cap = cap(pair.candidate, rules);
    match (pair.candidate.hours, pair.vacancy.hours) {
        (Some(person), Some(vacancy)) => known(person, vacancy, cap),
        (None, Some(vacancy)) => person_unknown(vacancy, cap, neutral),
        (Some(person), None) => vacancy_unknown(person, cap, neutral),
        (None, None) => {
            Hours { opinion: Opinion::unknown(neutral), demand_part: None, lowest_demand_part: None }
        }
    }
}

/// Most minutes that a limit on the hours of work leaves on the as-of date.
pub(in crate::rank) fn cap(candidate: &CandidateFacts, rules: Rules<'_>) -> u32 {
    let holds = candidate.cap.filter(|(_, until)| until.is_none_or(|until| rules.as_of <= until));
    holds.map_or(MOST_MINUTES, |(minutes, _)| minutes)
}

fn share(have: u32, of: u32) -> u32 {
    (have * WHOLE).checked_div(of).map_or(WHOLE, |share| share.min(WHOLE))
}

fn known(person: Minutes, vacancy: Minutes, cap: u32) -> Hours {
    let part =
        |min: Option<u32>, max: Option<u32>| share(max.unwrap_or(MOST_MINUTES).min(cap), min.unwrap_or(0));
    let wish = |min: Option<u32>, max: Option<u32>| share(max.unwrap_or(MOST_MINUTES), min.unwrap_or(0));
    let demand = part(vacancy.min, person.max);
    let fit = demand.min(wish(person.min, vacancy.max));
    // A missing bound is at worst the other bound of its range.
    let (p, v) = (person.narrowed(), vacancy.narrowed());
    let lowest = part(v.min, p.max);
    let low = lowest.min(wish(p.min, v.max));
    let knowledge =
        if person.has_a_gap() || vacancy.has_a_gap() { Knowledge::Partly } else { Knowledge::Known };
    Hours {
        opinion: Opinion { fit, low, high: fit, knowledge },
        demand_part: Some(demand),
        lowest_demand_part: Some(lowest),
    }
}

fn person_unknown(vacancy: Minutes, cap: u32, neutral: u32) -> Hours {
    let (min, max) = (vacancy.min.unwrap_or(0), vacancy.max.unwrap_or(MOST_MINUTES));
    let worst = if min > 0 { 0 } else { share(max, MOST_MINUTES) };
    let best = share(cap, min);
    let opinion = Opinion::within_reach(neutral, worst, best);
    let low = if vacancy.has_a_gap() { 0 } else { worst };
    Hours { opinion: Opinion { low, ..opinion }, demand_part: Some(best), lowest_demand_part: None }
}

fn vacancy_unknown(person: Minutes, cap: u32, neutral: u32) -> Hours {
    let workable = person.max.unwrap_or(MOST_MINUTES).min(cap);
    let worst = if person.min.unwrap_or(0) > 0 { 0 } else { share(workable, MOST_MINUTES) };
    let opinion = Opinion::within_reach(neutral, worst, WHOLE);
    let low = if person.has_a_gap() { 0 } else { worst };
    Hours { opinion: Opinion { low, ..opinion }, demand_part: None, lowest_demand_part: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn hours(min: u32, max: u32) -> Minutes {
        Minutes { min: Some(min * 60), max: Some(max * 60) }
    }

    #[test]
    fn r10_sixteen_of_thirty_two_hours_is_half() {
        let fit = known(hours(8, 16), hours(32, 36), MOST_MINUTES);
        assert_eq!((fit.opinion.fit, fit.demand_part), (5_000, Some(5_000)));
        // Fewer hours than wished is a lower fit, and no demand part below the whole.
        let fit = known(hours(32, 36), hours(16, 28), MOST_MINUTES);
        assert_eq!((fit.opinion.fit, fit.demand_part), (8_750, Some(10_000)));
    }

    #[test]
    fn r10_a_cap_limits_what_can_be_worked_while_it_holds() {
        assert_eq!(known(hours(16, 36), hours(36, 36), 20 * 60).opinion.fit, 5_555);
        // Unknown hours under a cap of 16: 16 of 40 is the best that can be answered.
        let unknown = person_unknown(hours(40, 40), 16 * 60, 5_000);
        assert_eq!(
            (unknown.opinion.fit, unknown.opinion.high, unknown.demand_part),
            (4_000, 4_000, Some(4_000))
        );
    }

    #[test]
    fn r5_a_missing_bound_counts_at_its_best_and_is_low_at_its_worst() {
        let person = Minutes { min: Some(24 * 60), max: None };
        let fit = known(person, hours(32, 36), MOST_MINUTES);
        assert_eq!((fit.opinion.fit, fit.opinion.low), (10_000, 7_500));
        assert_eq!(fit.lowest_demand_part, Some(7_500));
    }
}
