//! Behavioural competencies: what others saw of what is asked (R3, R6).

use super::{Opinion, mean::mean, observed};
use crate::domain::competency::{Competency, Facet};
use crate::rank::{
    facts::{AskedQuality, CandidateFacts, SeenQuality, item_weight},
    rules::Rules,
};

/// Neither good nor bad.
const MIDDLE: u32 = 5_000;

/// The mean of the opinions on what is asked.
pub(super) fn mean_of(asked: &[AskedQuality], opinions: &[Opinion]) -> Option<Opinion> {
    mean(items(asked, opinions))
}

/// The opinions with their weights.
pub(in crate::rank) fn items(
    asked: &[AskedQuality],
    opinions: &[Opinion],
) -> impl Iterator<Item = (u32, Opinion)> {
    asked.iter().zip(opinions).map(|(asked, opinion)| (item_weight(asked.importance), *opinion))
}

pub(in crate::rank) fn item(asked: &AskedQuality, candidate: &CandidateFacts, rules: Rules<'_>) -> Opinion {
    let opinion =
        observed::judge(observations(asked, candidate).map(SeenQuality::facet_and_seen), rules.as_of);
    as_asked(asked, opinion)
}

/// What observations give for an asked quality.
pub(in crate::rank) fn as_asked(asked: &AskedQuality, opinion: Opinion) -> Opinion {
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
