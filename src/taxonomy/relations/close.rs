//! Which skills are close to a skill.
//!
//! Closeness is small on purpose: a large bonus for related skills was measured to lower the quality of rankings, since
//! it lifts everybody who knows something of the field over those who know the thing itself.

use crate::taxonomy::{ConceptKind, ConceptNumber, Need, Taxonomy};
use std::collections::BTreeMap;

/// Who can do a part of it, or one kind of it, can do some of it.
const NARROWER: u16 = 4_000;
const BROADER: u16 = 2_000;
const RELATED: u16 = 2_000;
const SIBLING: u16 = 1_000;
/// A larger family has too little in common.
const LARGEST_FAMILY: usize = 20;
/// Times the share of occupations that need both.
const TOGETHER: u32 = 4_000;
/// Least share, in 1/10,000.
const LEAST_TOGETHER: u32 = 3_000;
/// Most skills that are kept for being needed together.
const MOST_TOGETHER: usize = 64;
/// What one occupation says is chance.
const LEAST_OCCUPATIONS: usize = 2;

pub(super) fn to(skill: ConceptNumber, taxonomy: &Taxonomy) -> Vec<(ConceptNumber, u16)> {
    let is_skill = |number: &ConceptNumber| taxonomy.kind(*number) == Some(ConceptKind::Skill);
    let mut close = BTreeMap::new();
    let mut add = |other: ConceptNumber, closeness: u16| {
        if other != skill && is_skill(&other) {
            let entry = close.entry(other).or_insert(closeness);
            *entry = closeness.max(*entry);
        }
    };
    for narrower in taxonomy.narrower(skill) {
        add(*narrower, NARROWER);
    }
    for parent in taxonomy.broader(skill) {
        add(*parent, BROADER);
        let family: Vec<ConceptNumber> =
            taxonomy.narrower(*parent).iter().copied().filter(is_skill).collect();
        if family.len() <= LARGEST_FAMILY {
            family.into_iter().for_each(|sibling| add(sibling, SIBLING));
        }
    }
    for (related, _) in taxonomy.related_skills(skill) {
        add(*related, RELATED);
    }
    for (other, closeness) in needed_together(skill, taxonomy) {
        add(other, closeness);
    }
    close.into_iter().collect()
}

fn halves(need: Need) -> u32 {
    match need {
        Need::Essential => 2,
        Need::Optional => 1,
    }
}

/// The skills whose occupations mostly need this one too.
fn needed_together(skill: ConceptNumber, taxonomy: &Taxonomy) -> Vec<(ConceptNumber, u16)> {
    // Quarters: half by half.
    let mut both: BTreeMap<ConceptNumber, u32> = BTreeMap::new();
    for (occupation, need) in taxonomy.occupations_needing(skill) {
        for (other, other_need) in taxonomy.skills_of(*occupation) {
            *both.entry(*other).or_default() += halves(*need) * halves(*other_need);
        }
    }
    both.remove(&skill);
    let mut together: Vec<(u32, ConceptNumber)> = both
        .into_iter()
        .filter(|(other, _)| taxonomy.occupations_needing(*other).len() >= LEAST_OCCUPATIONS)
        .map(|(other, quarters)| {
            let whole: u32 = taxonomy.occupations_needing(other).iter().map(|(_, need)| halves(*need)).sum();
            (quarters * 10_000 / (2 * whole), other)
        })
        .filter(|(share, _)| *share >= LEAST_TOGETHER)
        .collect();
    together.sort_unstable_by_key(|(share, other)| (std::cmp::Reverse(*share), *other));
    together.truncate(MOST_TOGETHER);
    let closeness = |share: u32| u16::try_from(TOGETHER * share / 10_000).unwrap_or(u16::MAX);
    together.into_iter().map(|(share, other)| (other, closeness(share))).collect()
}
