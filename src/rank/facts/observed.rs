//! What was observed of a person as scoring reads it: qualities, and motivation for a sector or an occupation (R6).

use super::SectorKey;
use crate::domain::{
    competency::Competency,
    observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
    text::Label,
};
use crate::rank::{
    criteria::observed::order,
    day::Day,
    term::{TermKey, occupation_keys},
    understanding::Understanding,
};
use serde::{Deserialize, Serialize};

/// One observation without what was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Seen {
    pub(in crate::rank) source: ObservationSource,
    pub(in crate::rank) value: ObservedValue,
    pub(in crate::rank) on: Option<Day>,
    pub(in crate::rank) dispute: Dispute,
}

/// One observation of a quality.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct SeenQuality {
    pub(in crate::rank) competency: Competency,
    pub(in crate::rank) facet: Option<Box<str>>,
    pub(in crate::rank) seen: Seen,
}

impl SeenQuality {
    pub(in crate::rank) fn facet_and_seen(&self) -> (Option<&str>, &Seen) {
        (self.facet.as_deref(), &self.seen)
    }
}

/// What motivation was observed for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(in crate::rank) enum MotivationFor {
    Sector(SectorKey),
    /// By its keys; the words are for reasons.
    Occupation(Box<[TermKey]>, Label),
}

/// What makes two observations of motivation be of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::rank) enum Subject<'a> {
    Sector(SectorKey),
    Occupation(&'a [TermKey]),
}

impl MotivationFor {
    pub(in crate::rank) fn subject(&self) -> Subject<'_> {
        match self {
            Self::Sector(sector) => Subject::Sector(*sector),
            Self::Occupation(keys, _) => Subject::Occupation(keys),
        }
    }
}

fn seen(observation: &Observation) -> Seen {
    Seen {
        source: observation.source,
        value: observation.value,
        on: observation.observed_on.map(Day::new),
        dispute: observation.dispute,
    }
}

pub(super) fn qualities(observations: &[Observation]) -> Box<[SeenQuality]> {
    let mut all: Vec<SeenQuality> = observations
        .iter()
        .filter_map(|o| match &o.observed {
            Observed::Quality(quality) => Some(SeenQuality {
                competency: quality.competency,
                facet: quality.facet.as_ref().map(|facet| facet.as_str().into()),
                seen: seen(o),
            }),
            Observed::MotivationForSector(_) | Observed::MotivationForOccupation(_) => None,
        })
        .collect();
    all.sort_by(|a, b| {
        let quality = (a.competency, &a.facet).cmp(&(b.competency, &b.facet));
        quality.then_with(|| order(&a.seen).cmp(&order(&b.seen)))
    });
    all.into()
}

pub(super) fn motivations(
    observations: &[Observation],
    understanding: &dyn Understanding,
) -> Box<[(MotivationFor, Seen)]> {
    let mut all: Vec<_> = observations.iter().filter_map(|o| motivation(o, understanding)).collect();
    all.sort_by(|(a, one), (b, other)| {
        a.subject().cmp(&b.subject()).then_with(|| order(one).cmp(&order(other)))
    });
    all.into()
}

fn motivation(observation: &Observation, understanding: &dyn Understanding) -> Option<(MotivationFor, Seen)> {
    let what = match &observation.observed {
        Observed::Quality(_) => return None,
        Observed::MotivationForSector(code) => MotivationFor::Sector(SectorKey::of(*code)),
        Observed::MotivationForOccupation(occupation) => {
            let keys = occupation_keys(occupation, understanding);
            if keys.is_empty() {
                return None;
            }
            MotivationFor::Occupation(keys, occupation.text.clone())
        }
    };
    Some((what, seen(observation)))
}
