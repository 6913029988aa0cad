//! The first and the last day: when a person can start, and until when.

use crate::rank::{
    criteria::{Opinion, WHOLE},
    day::Day,
    facts::Start,
    rules::{Pair, Rules},
};

/// Who can start so many days late fits no more: half a year.
const TOO_LATE_DAYS: u32 = 182;

/// The day on which the work can begin at the earliest.
fn first_day(pair: Pair<'_>, rules: Rules<'_>) -> Day {
    pair.vacancy.starts_on.map_or(rules.as_of, |day| day.max(rules.as_of))
}

/// How well the person's first day fits; `None` where nothing is said of it.
pub(in crate::rank) fn start(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    let neutral = rules.numbers.neutral;
    match pair.candidate.time.start {
        Start::Open => None,
        Start::NotYetKnown => Some(Opinion::unknown(neutral)),
        Start::From(from) => {
            let fit = late(from.days_since(first_day(pair, rules)));
            Some(if pair.vacancy.starts_on.is_some() || fit == WHOLE {
                Opinion::known(fit)
            } else {
                Opinion::within_reach(neutral, fit, WHOLE)
            })
        }
    }
}

fn late(days: u32) -> u32 {
    WHOLE * TOO_LATE_DAYS.saturating_sub(days) / TOO_LATE_DAYS
}

/// How well the person's last day fits; `None` where there is none.
pub(in crate::rank) fn end(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    let until = pair.candidate.time.until?;
    let first = first_day(pair, rules);
    if until < first {
        return Some(Opinion::known(0));
    }
    Some(match pair.vacancy.ends_on {
        Some(end) if end <= until => Opinion::known(WHOLE),
        Some(end) => {
            let days = |last: Day| u64::from(last.days_since(first)) + 1;
            // The person's last day comes before the vacancy's, so the share is below the whole.
            let share = (days(until) * u64::from(WHOLE) / days(end)) as u32;
            match pair.vacancy.starts_on {
                Some(_) => Opinion::known(share),
                None => Opinion::within_reach(rules.numbers.neutral, 0, share),
            }
        }
        None => Opinion::unknown(rules.numbers.neutral),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_year_late_is_nothing() {
        assert_eq!([0, 91, 181, 182, 400].map(late), [10_000, 5_000, 54, 0, 0]);
    }
}
