//! Culture and working conditions: what the person wishes and refuses, and how it is to work there (R2, R14).

use super::{Knowledge, Opinion, WHOLE, mean::mean};
use crate::rank::{
    facts::{Condition, VacancyFacts},
    rules::{Pair, Rules},
    term::{has_all_words, share_a_key},
};

const WISHED_WEIGHT: u32 = 2;
/// An explicit "no" counts double.
const REFUSED_WEIGHT: u32 = 4;
/// The vacancy names the opposite of what is wished.
const OPPOSITE: u32 = 2_000;

/// The opinion, whoever the employer is.
pub(in crate::rank) fn judge_elsewhere(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules)).or_else(|| unsaid(pair.vacancy, rules))
}

/// The opinion where the person names no condition.
pub(in crate::rank) fn unsaid(vacancy: &VacancyFacts, rules: Rules<'_>) -> Option<Opinion> {
    (!vacancy.conditions.is_empty()).then(|| Opinion::unknown(rules.numbers.neutral))
}

pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    pair.candidate.conditions.iter().map(move |condition| weighed(condition, pair.vacancy, rules))
}

/// One condition with its weight.
pub(in crate::rank) fn weighed(
    condition: &Condition,
    vacancy: &VacancyFacts,
    rules: Rules<'_>,
) -> (u32, Opinion) {
    let weight = if condition.is_refused { REFUSED_WEIGHT } else { WISHED_WEIGHT };
    (weight, item(condition, vacancy, rules))
}

/// What a vacancy says of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) enum Said {
    /// The work has it.
    Same,
    /// The work has the opposite.
    Opposite,
    /// Nothing.
    Nothing,
}

pub(in crate::rank) fn said(condition: &Condition, vacancy: &VacancyFacts) -> Said {
    let in_words = |words| !condition.is_refused && has_all_words(words, &condition.words);
    if share_a_key(&condition.keys, &vacancy.conditions)
        || in_words(&vacancy.condition_words)
        // "No night shifts" in a text has the words of what it denies: it speaks for a wish, never for a refusal.
        || in_words(&vacancy.condition_text_words)
    {
        return Said::Same;
    }
    match condition.opposite {
        Some(opposite) if vacancy.conditions.binary_search(&opposite).is_ok() => Said::Opposite,
        _ => Said::Nothing,
    }
}

fn item(condition: &Condition, vacancy: &VacancyFacts, rules: Rules<'_>) -> Opinion {
    let neutral = rules.numbers.neutral;
    match (condition.is_refused, said(condition, vacancy)) {
        (true, Said::Same) => Opinion::known(0),
        (false, Said::Same) | (true, Said::Opposite) => Opinion::known(WHOLE),
        (true, Said::Nothing) => Opinion::unknown(neutral),
        (false, Said::Opposite) if vacancy.has_condition_text => Opinion::known(OPPOSITE),
        (false, Said::Opposite) => {
            Opinion { fit: OPPOSITE, low: OPPOSITE, high: WHOLE, knowledge: Knowledge::Partly }
        }
        (false, Said::Nothing) => Opinion { low: OPPOSITE, ..Opinion::unknown(neutral) },
    }
}
