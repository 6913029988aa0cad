//! Behavioural competencies: what others saw of what is asked (R3, R6).

use super::{Opinion, mean::mean, observed};
use crate::rank::{
    facts::{AskedQuality, CandidateFacts, Seen, item_weight},
    rules::{Pair, Rules},
};

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
    observed::judge(observations(asked, candidate), rules.as_of)
}

/// The observations that count for a quality: of its competency, the facets equal or one of the two without.
pub(in crate::rank) fn observations<'a>(
    asked: &AskedQuality,
    candidate: &'a CandidateFacts,
) -> impl Iterator<Item = &'a Seen> {
    let (competency, facet) = (asked.competency, asked.facet_key);
    let start = candidate.qualities.partition_point(|quality| quality.competency < competency);
    candidate.qualities[start..]
        .iter()
        .take_while(move |quality| quality.competency == competency)
        .filter(move |quality| facet.is_none() || quality.facet.is_none() || quality.facet == facet)
        .map(|quality| &quality.seen)
}
