//! Support needed and offered, and what the work asks of the body or the mind (R12).

use super::{Opinion, WHOLE, mean::mean};
use crate::domain::support::SupportKind;
use crate::rank::{
    facts::{Ability, CandidateFacts, VacancyFacts},
    rules::{Pair, Rules},
    term::has_all_words,
};

const WEIGHT: u32 = 2;
/// Guidance of a kind that was not named.
const GUIDING: [SupportKind; 3] = [SupportKind::Buddy, SupportKind::JobCoach, SupportKind::WorkSupervisor];

pub(in crate::rank) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules))
}

/// The needs in the order of their kinds, then the capacities as asked.
pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    let Pair { vacancy, candidate, .. } = pair;
    let neutral = rules.numbers.neutral;
    let needs = candidate.needs.iter().map(move |kind| match cover(kind, vacancy) {
        Some(true) => Opinion::known(WHOLE),
        Some(false) => Opinion::known(0),
        None => Opinion::unknown(neutral),
    });
    let asked = vacancy.capacities.iter();
    let capacities = asked.map(move |asked| match part(asked, candidate) {
        Some(part) => Opinion::known(part),
        None => Opinion::unknown(neutral),
    });
    needs.chain(capacities).map(|opinion| (WEIGHT, opinion))
}

/// Whether a need is met; `None` is not known.
pub(in crate::rank) fn cover(kind: SupportKind, vacancy: &VacancyFacts) -> Option<bool> {
    let offers = |kind| vacancy.offered.has(kind);
    if offers(kind) || (kind == SupportKind::Guidance && GUIDING.into_iter().any(offers)) {
        return Some(true);
    }
    let denies = |kind| vacancy.not_offered.has(kind);
    let denied = denies(kind) || (GUIDING.contains(&kind) && denies(SupportKind::Guidance));
    denied.then_some(false)
}

/// The part of an asked capacity that the person has, in 1/10,000; `None` is not known.
pub(in crate::rank) fn part(asked: &Ability, candidate: &CandidateFacts) -> Option<u32> {
    let of = |own: &Ability| share(own.minutes, asked.minutes).min(share(own.kilos, asked.kilos));
    able(asked, candidate).map(of).max()
}

/// The person's abilities that are of the asked kind.
pub(in crate::rank) fn able<'a>(
    asked: &'a Ability,
    candidate: &'a CandidateFacts,
) -> impl Iterator<Item = &'a Ability> {
    candidate.abilities.iter().filter(|own| has_all_words(&own.words, &asked.words))
}

fn share(own: Option<u32>, asked: Option<u32>) -> u32 {
    match (own, asked) {
        (Some(own), Some(asked)) if own < asked => {
            let share = u64::from(own) * u64::from(WHOLE) / u64::from(asked);
            u32::try_from(share).unwrap_or(WHOLE)
        }
        _ => WHOLE,
    }
}
