//! Hours a week: what can be worked of the employer's minimum, what is offered of the person's, with the jobs that
//! are held (R10, R14).

mod jobs;

pub(in crate::rank) use jobs::{Choice, kept_minutes, unsure};

use super::{Knowledge, Opinion, WHOLE, week_pattern::most_need};
use crate::domain::time::Answer;
use crate::rank::{
    facts::{CandidateFacts, MOST_MINUTES, Minutes, VacancyFacts},
    rules::{Pair, Rules},
};
use jobs::{Choices, addable_minutes, best_of_all, keeps_unknown_hours};

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
    let hours = match (pair.candidate.hours, pair.vacancy.hours) {
        (Some(person), Some(vacancy)) => known(person, vacancy, pair, rules),
        (None, Some(vacancy)) => person_unknown(vacancy, pair, rules),
        (Some(person), None) => vacancy_unknown(person, pair, rules),
        (None, None) => {
            let opinion = Opinion::unknown(rules.numbers.neutral);
            Hours { opinion, demand_part: None, lowest_demand_part: None }
        }
    };
    if keeps_unknown_hours(pair.candidate) {
        let knowledge = hours.opinion.knowledge.min(Knowledge::Partly);
        let opinion = Opinion { low: 0, high: WHOLE, knowledge, ..hours.opinion };
        return Hours { opinion, lowest_demand_part: None, ..hours };
    }
    hours
}

/// Most minutes that a limit on the hours of work leaves on the as-of date.
pub(in crate::rank) fn cap(candidate: &CandidateFacts, rules: Rules<'_>) -> u32 {
    let holds = candidate.cap.filter(|(_, until)| until.is_none_or(|until| rules.as_of <= until));
    holds.map_or(MOST_MINUTES, |(minutes, _)| minutes)
}

/// Most minutes a week beside the jobs that are kept.
pub(in crate::rank) fn workable(most: Option<u32>, pair: Pair<'_>, rules: Rules<'_>) -> u32 {
    let most = most.unwrap_or(MOST_MINUTES).min(cap(pair.candidate, rules));
    most.saturating_sub(kept_minutes(pair.candidate))
}

/// The choice of jobs to keep that fits best, where the hours of both sides are known.
pub(in crate::rank) fn best_choice(pair: Pair<'_>, rules: Rules<'_>) -> Option<Choice> {
    let (person, vacancy) = (pair.candidate.hours?, pair.vacancy.hours?);
    let addable = Choices::addable(pair, most_need(pair));
    Some(addable.best(|held| fit_beside(person, vacancy, held, pair, rules)))
}

fn share(have: u32, of: u32) -> u32 {
    (have * WHOLE).checked_div(of).map_or(WHOLE, |share| share.min(WHOLE))
}

/// The fewest minutes that the employer must have; a job that may be split by hours needs only its smallest part.
fn needed(minimum: Option<u32>, vacancy: &VacancyFacts) -> u32 {
    let minimum = minimum.unwrap_or(0);
    match (vacancy.carving, vacancy.least_part) {
        (Some(Answer::Yes), Some(part)) => part.min(minimum),
        _ => minimum,
    }
}

fn fit(person: Minutes, vacancy: Minutes, held: u32, pair: Pair<'_>, rules: Rules<'_>) -> u32 {
    let demand = share(workable(person.max, pair, rules).saturating_sub(held), vacancy.min.unwrap_or(0));
    let offered = kept_minutes(pair.candidate) + held + vacancy.max.unwrap_or(MOST_MINUTES);
    demand.min(share(offered, person.min.unwrap_or(0)))
}

/// The same, but beside a job that goes on a vacancy of which only the most hours are known takes all of them.
fn fit_beside(person: Minutes, vacancy: Minutes, held: u32, pair: Pair<'_>, rules: Rules<'_>) -> u32 {
    let min = if held > 0 { vacancy.min.or(vacancy.max) } else { vacancy.min };
    fit(person, Minutes { min, ..vacancy }, held, pair, rules)
}

fn known(person: Minutes, vacancy: Minutes, pair: Pair<'_>, rules: Rules<'_>) -> Hours {
    let beside = |held| fit_beside(person, vacancy, held, pair, rules);
    // A missing bound is at worst the other bound of its range.
    let (p, v) = (person.narrowed(), vacancy.narrowed());
    let at_worst = |held| fit(p, v, held, pair, rules);
    let addable = Choices::addable(pair, most_need(pair));
    let (fit, low) = (addable.best(beside).fit, addable.best(at_worst).fit);
    let demand = share(workable(person.max, pair, rules), vacancy.min.unwrap_or(0));
    let high = best_of_all(pair, demand, |held| self::fit(person, vacancy, held, pair, rules));
    let has_a_gap = person.has_a_gap() || vacancy.has_a_gap();
    let knowledge = if has_a_gap || high > fit { Knowledge::Partly } else { Knowledge::Known };
    let part = |most, minimum| share(workable(most, pair, rules), needed(minimum, pair.vacancy));
    Hours {
        opinion: Opinion { fit, low, high, knowledge },
        demand_part: Some(part(person.max, vacancy.min)),
        lowest_demand_part: Some(part(p.max, v.min)),
    }
}

fn person_unknown(vacancy: Minutes, pair: Pair<'_>, rules: Rules<'_>) -> Hours {
    let (min, max) = (vacancy.min.unwrap_or(0), vacancy.max.unwrap_or(MOST_MINUTES));
    let offered = kept_minutes(pair.candidate) + max;
    let worst = |held| if min > 0 { 0 } else { share(offered + held, MOST_MINUTES) };
    let workable = workable(None, pair, rules);
    let opinion =
        Opinion::within_reach(rules.numbers.neutral, worst(addable_minutes(pair)), share(workable, min));
    let low = if vacancy.has_a_gap() { 0 } else { worst(0) };
    Hours {
        opinion: Opinion { low, ..opinion },
        demand_part: Some(share(workable, needed(vacancy.min, pair.vacancy))),
        lowest_demand_part: None,
    }
}

fn vacancy_unknown(person: Minutes, pair: Pair<'_>, rules: Rules<'_>) -> Hours {
    let worked = share(workable(person.max, pair, rules), MOST_MINUTES);
    let kept = kept_minutes(pair.candidate);
    let worst = |held: u32| share(kept + held, person.min.unwrap_or(0)).min(worked);
    let opinion = Opinion::within_reach(rules.numbers.neutral, worst(addable_minutes(pair)), WHOLE);
    let low = if person.has_a_gap() { 0 } else { worst(0) };
    Hours { opinion: Opinion { low, ..opinion }, demand_part: None, lowest_demand_part: None }
}

#[cfg(test)]
mod tests;
