//! Driving licences, certificates and registrations: had, lacking, or unknown, and obtainable in time or not (R4, R8).

use super::{Opinion, WHOLE, mean::mean};
use crate::rank::{
    day::Day,
    facts::{AskedPaper, CandidateFacts, Held, Paper, VacancyFacts, item_weight},
    rules::{Pair, Rules},
    term::TermKey,
};

/// What a small gap still is worth: it can be closed before the work begins (R8).
pub(in crate::rank) const OBTAINABLE: u32 = 9_000;

/// Whether the person has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) enum Standing {
    Has,
    Lacks,
    Unknown,
}

/// Whether it can be had before the start and the grace period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) enum Obtainable {
    InTime,
    /// It can be had, and the first day is not known.
    Open,
    TooLate,
}

/// Whether the person has an asked paper, and whether it could be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) struct Outlook {
    pub(in crate::rank) standing: Standing,
    pub(in crate::rank) obtainable: Obtainable,
}

/// How an asked paper stands.
pub(in crate::rank) fn outlook(asked: &AskedPaper, pair: Pair<'_>, rules: Rules<'_>) -> Outlook {
    Outlook {
        standing: standing(asked, pair.candidate, rules),
        obtainable: obtainable(asked, pair.vacancy, rules),
    }
}

/// The mean of the opinions on what is asked.
pub(super) fn mean_of(asked: &[AskedPaper], outlooks: &[Outlook], rules: Rules<'_>) -> Option<Opinion> {
    mean(items(asked, outlooks, rules))
}

/// The opinions with their weights.
pub(in crate::rank) fn items(
    asked: &[AskedPaper],
    outlooks: &[Outlook],
    rules: Rules<'_>,
) -> impl Iterator<Item = (u32, Opinion)> {
    asked.iter().zip(outlooks).map(move |(asked, Outlook { standing, obtainable })| {
        (item_weight(asked.importance), opinion(*standing, *obtainable, rules))
    })
}

/// What a standing gives.
pub(in crate::rank) fn opinion(standing: Standing, obtainable: Obtainable, rules: Rules<'_>) -> Opinion {
    if standing == Standing::Has {
        return Opinion::known(WHOLE);
    }
    let neutral = rules.numbers.neutral;
    match (standing, obtainable) {
        (Standing::Lacks, Obtainable::InTime) => Opinion::known(OBTAINABLE),
        (Standing::Lacks, Obtainable::Open) => Opinion::within_reach(neutral, 0, OBTAINABLE),
        (Standing::Lacks, Obtainable::TooLate) => Opinion::known(0),
        (_, Obtainable::InTime) => Opinion::within_reach(OBTAINABLE, OBTAINABLE, WHOLE),
        (_, Obtainable::Open | Obtainable::TooLate) => Opinion::unknown(neutral),
    }
}

pub(in crate::rank) fn standing(asked: &AskedPaper, person: &CandidateFacts, rules: Rules<'_>) -> Standing {
    if let Paper::Licence(licence) = asked.paper {
        return match &person.licences {
            None => Standing::Unknown,
            Some(held) if held.iter().any(|one| one.covers(licence)) => Standing::Has,
            Some(_) => Standing::Lacks,
        };
    }
    let is_there = |held: &Held| held.from.is_none_or(|day| day <= rules.as_of);
    let is_past = |held: &Held| held.until.is_some_and(|last| last < rules.as_of);
    let is_valid = |held: &Held| is_there(held) && !is_past(held);
    if asked.accepts.iter().any(|key| held_under(*key, person).any(is_valid)) {
        return Standing::Has;
    }
    // What covers the asked one counts for having only: without it the asked one may still be there.
    let is_lacking =
        |key: &TermKey| person.lacking.binary_search(key).is_ok() || held_under(*key, person).any(is_past);
    if asked.same.iter().any(is_lacking) { Standing::Lacks } else { Standing::Unknown }
}

fn held_under(key: TermKey, person: &CandidateFacts) -> impl Iterator<Item = &Held> {
    let start = person.papers.partition_point(|(other, _)| *other < key);
    person.papers[start..].iter().take_while(move |(other, _)| *other == key).map(|(_, held)| held)
}

pub(in crate::rank) fn obtainable(
    asked: &AskedPaper,
    vacancy: &VacancyFacts,
    rules: Rules<'_>,
) -> Obtainable {
    let Some(weeks) = asked.lead_weeks else {
        return Obtainable::TooLate;
    };
    let is_enough = |days: u32| u32::from(weeks) * 7 <= days + asked.grace_weeks * 7;
    let days_until = |day: Day| day.days_since(rules.as_of);
    if is_enough(vacancy.starts_on.map_or(0, days_until)) {
        Obtainable::InTime
    } else if vacancy.starts_on.is_none() && vacancy.ends_on.is_none_or(|last| is_enough(days_until(last))) {
        Obtainable::Open
    } else {
        Obtainable::TooLate
    }
}
