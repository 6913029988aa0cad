//! Years of experience: other work counts for half, in demand only (R3).

use super::{Knowledge, Opinion, WHOLE, mean::mean};
use crate::rank::{
    facts::{AskedExperience, CandidateFacts},
    rules::{Pair, Rules},
    term::share_a_key,
};

pub(in crate::rank) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules))
}

pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    let asked = pair.vacancy.experience.iter();
    asked.map(move |asked| (asked.weight, item(asked, pair.candidate, rules).0))
}

/// The opinion on asked experience, and the months that count for it where any length is known.
pub(in crate::rank) fn item(
    asked: &AskedExperience,
    person: &CandidateFacts,
    rules: Rules<'_>,
) -> (Opinion, Option<u32>) {
    let (mut same, mut unnamed, mut other) = (0, 0, 0);
    let (mut some_length, mut missing_length) = (false, false);
    for work in &person.experience {
        let Some(months) = work.spell.months(rules.as_of) else {
            missing_length = true;
            continue;
        };
        some_length = true;
        if share_a_key(&work.keys, &asked.keys) {
            same += months;
        } else if work.keys.is_empty() {
            unnamed += months;
        } else {
            other += months;
        }
    }
    if !some_length {
        return (Opinion::unknown(rules.numbers.neutral), None);
    }
    let counted = counted(same, unnamed + other);
    let fit = share(counted, asked.years);
    let high = if missing_length {
        WHOLE
    } else if asked.open {
        share(same + unnamed + other, asked.years)
    } else {
        share(same + unnamed + other / 2, asked.years)
    };
    let knowledge = if high > fit { Knowledge::Partly } else { Knowledge::Known };
    (Opinion { fit, low: fit, high, knowledge }, Some(counted))
}

/// The months that count: of other work half.
pub(in crate::rank) fn counted(same: u32, other: u32) -> u32 {
    same + other / 2
}

/// Months as a share of the asked years.
pub(in crate::rank) fn share(months: u32, years: u32) -> u32 {
    // At most 500 entries of 65,535 months, so ten thousand times that needs 64 bits.
    let share = u64::from(months) * u64::from(WHOLE) / u64::from(years.max(1) * 12);
    u32::try_from(share).unwrap_or(WHOLE).min(WHOLE)
}
