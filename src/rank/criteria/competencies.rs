//! Behavioural competencies: what others saw of what is asked (R3, R6).

use super::{Opinion, mean::mean, observed};
use crate::domain::competency::{Competency, Facet};
use crate::rank::{
    facts::{AskedQuality, CandidateFacts, SeenQuality, item_weight},
    rules::{Pair, Rules},
};

/// Neither good nor bad.
const MIDDLE: u32 = 5_000;

pub(super) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules))
}

pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    let asked = pair.vacancy.qualities.iter();
    asked.map(move |asked| (item_weight(asked.importance), item(asked, pair.candidate, rules)))
}

pub(in crate::rank) fn item(asked: &AskedQuality, candidate: &CandidateFacts, rules: Rules<'_>) -> Opinion {
    let opinion =
        observed::judge(observations(asked, candidate).map(SeenQuality::facet_and_seen), rules.as_of);
    if asked.may_grow { grown(opinion) } else { opinion }
}

/// What may still grow within the grace period: what is below the middle counts half (R8).
fn grown(opinion: Opinion) -> Opinion {
    let grown = |fit: u32| MIDDLE - MIDDLE.saturating_sub(fit) / 2 + fit.saturating_sub(MIDDLE);
    Opinion {
        fit: grown(opinion.fit),
        low: grown(opinion.low),
        high: grown(opinion.high),
        knowledge: opinion.knowledge,
    }
}

/// The observations that count for a quality: of its competency, the facets equal or one of the two without.
pub(in crate::rank) fn observations<'a>(
    asked: &'a AskedQuality,
    candidate: &'a CandidateFacts,
) -> impl Iterator<Item = &'a SeenQuality> {
    let facet = asked.facet.as_ref().map(Facet::as_str);
    of_competency(asked.competency, candidate).filter(move |quality| {
        let own = quality.facet.as_deref();
        facet.is_none() || own.is_none() || own == facet
    })
}

/// Every observation of a competency and its facets.
pub(in crate::rank) fn of_competency(
    competency: Competency,
    candidate: &CandidateFacts,
) -> impl Iterator<Item = &SeenQuality> {
    let start = candidate.qualities.partition_point(|quality| quality.competency < competency);
    candidate.qualities[start..].iter().take_while(move |quality| quality.competency == competency)
}
