//! Level of work and thinking, and education: they count as a level, in demand only (R3).

use super::{Knowledge, Opinion, WHOLE, mean::mean, steps_below};
use crate::domain::education::WorkLevel;
use crate::rank::{
    facts::{AskedEducation, CandidateFacts, LevelFacts},
    rules::{Pair, Rules},
};

pub(in crate::rank) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules))
}

/// The asked level, where there is one, and then each asked education.
pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    let level = pair.vacancy.level.map(|(asked, weight)| (weight, item(asked, pair.candidate.level, rules)));
    let educations = pair.vacancy.educations.iter();
    let educations = educations.map(move |asked| (asked.weight, education(asked, pair.candidate, rules)));
    level.into_iter().chain(educations)
}

pub(in crate::rank) fn item(asked: WorkLevel, person: LevelFacts, rules: Rules<'_>) -> Opinion {
    let Some(known) = person.known else {
        return Opinion::unknown(rules.numbers.neutral);
    };
    let fit = below(asked, known);
    let high = if person.open { WHOLE } else { below(asked, person.possible.unwrap_or(known)) };
    let knowledge = if high > fit { Knowledge::Partly } else { Knowledge::Known };
    Opinion { fit, low: fit, high, knowledge }
}

pub(in crate::rank) fn education(
    asked: &AskedEducation,
    person: &CandidateFacts,
    rules: Rules<'_>,
) -> Opinion {
    if has(asked, person) {
        return Opinion::known(WHOLE);
    }
    match asked.level {
        Some(level) => item(level, person.level, rules),
        None => Opinion::unknown(rules.numbers.neutral),
    }
}

pub(in crate::rank) fn has(asked: &AskedEducation, person: &CandidateFacts) -> bool {
    asked.key.is_some_and(|key| person.educations.binary_search(&key).is_ok())
}

fn below(asked: WorkLevel, known: WorkLevel) -> u32 {
    steps_below((asked as usize).saturating_sub(known as usize))
}
