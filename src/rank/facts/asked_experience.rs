//! What is asked on paper and of work before: level, educations, experience.

use super::item_weight;
use crate::domain::{
    education::WorkLevel,
    requirement::{EducationDemand, ExperienceDemand, Importance, Requirement},
    text::Label,
};
use crate::rank::{
    term::{TermKey, occupation_keys},
    understanding::Understanding,
};
use serde::{Deserialize, Serialize};

/// An asked education.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct AskedEducation {
    pub(in crate::rank) name: Option<Label>,
    pub(in crate::rank) key: Option<TermKey>,
    pub(in crate::rank) level: Option<WorkLevel>,
    pub(in crate::rank) weight: u32,
}

/// Asked experience.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct AskedExperience {
    pub(in crate::rank) years: u32,
    pub(in crate::rank) occupation: Option<Label>,
    pub(in crate::rank) keys: Box<[TermKey]>,
    /// Whether the vacancy's own occupation is meant and its occupation or title is missing.
    pub(in crate::rank) open: bool,
    pub(in crate::rank) weight: u32,
}

/// What counts in a mean of levels, educations and experience: everything above SHOULD is SHOULD (R4).
pub(super) fn paper_weight(importance: Importance) -> u32 {
    item_weight(importance.min(Importance::Should))
}

pub(super) fn education(asked: &Requirement<EducationDemand>) -> AskedEducation {
    let key = asked.what.name.as_ref().and_then(|name| TermKey::of_text(name.as_str()));
    AskedEducation {
        name: asked.what.name.clone().filter(|_| key.is_some()),
        key,
        level: asked.what.level.and_then(|level| level.work_level()),
        weight: paper_weight(asked.importance),
    }
}

pub(super) fn experience(
    asked: &Requirement<ExperienceDemand>,
    own: &[TermKey],
    is_named: bool,
    understanding: &dyn Understanding,
) -> AskedExperience {
    let named = asked.what.occupation.as_ref().map(|o| (o.text.clone(), occupation_keys(o, understanding)));
    let named = named.filter(|(_, keys)| !keys.is_empty());
    let open = named.is_none() && !is_named;
    let (occupation, keys) = match named {
        Some((text, keys)) => (Some(text), keys),
        None => (None, own.into()),
    };
    AskedExperience {
        years: u32::from(asked.what.years),
        occupation,
        keys,
        open,
        weight: paper_weight(asked.importance),
    }
}
