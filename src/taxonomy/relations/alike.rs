//! Which occupations are alike: how much of what the one always needs the other needs too.

use super::Relations;
use crate::taxonomy::{ConceptNumber, Need};
use std::collections::BTreeMap;

/// Whole.
const SAME: u16 = 10_000;
/// What an optional skill of the other occupation counts.
const OPTIONAL_SHARE: u64 = 3_000;
/// Below this two occupations have no more in common than any two.
const LEAST: u64 = 2_000;

pub(super) fn to(occupation: ConceptNumber, relations: &Relations) -> Vec<(ConceptNumber, u16)> {
    let taxonomy = relations.taxonomy();
    let essential = taxonomy.skills_of(occupation).iter().filter(|(_, need)| *need == Need::Essential);
    let (mut shared, mut whole) = (BTreeMap::<ConceptNumber, u64>::new(), 0);
    for (skill, _) in essential {
        let rarity = u64::from(relations.rarity(Some(*skill)));
        whole += rarity;
        for (other, need) in taxonomy.occupations_needing(*skill) {
            let share = if *need == Need::Essential { u64::from(SAME) } else { OPTIONAL_SHARE };
            *shared.entry(*other).or_default() += rarity * share;
        }
    }
    let mut alike: BTreeMap<ConceptNumber, u16> = shared
        .into_iter()
        .map(|(other, sum)| (other, sum / whole))
        .filter(|(_, share)| *share >= LEAST)
        .map(|(other, share)| (other, u16::try_from(share).unwrap_or(SAME)))
        .collect();
    alike.insert(occupation, SAME);
    alike.into_iter().collect()
}

/// The occupations to which this one is alike, with how much.
pub(super) fn led_to(occupation: ConceptNumber, relations: &Relations) -> Vec<(ConceptNumber, u16)> {
    let taxonomy = relations.taxonomy();
    let mut shared = BTreeMap::<ConceptNumber, u64>::new();
    for (skill, need) in taxonomy.skills_of(occupation) {
        let share = if *need == Need::Essential { u64::from(SAME) } else { OPTIONAL_SHARE };
        let rarity = u64::from(relations.rarity(Some(*skill)));
        for (other, need) in taxonomy.occupations_needing(*skill) {
            if *need == Need::Essential {
                *shared.entry(*other).or_default() += rarity * share;
            }
        }
    }
    let whole = |other| -> u64 {
        let essential = taxonomy.skills_of(other).iter().filter(|(_, need)| *need == Need::Essential);
        essential.map(|(skill, _)| u64::from(relations.rarity(Some(*skill)))).sum()
    };
    let mut led: BTreeMap<ConceptNumber, u16> = shared
        .into_iter()
        // Whoever shares an essential skill has one, so the whole is above 0.
        .map(|(other, sum)| (other, sum / whole(other)))
        .filter(|(_, share)| *share >= LEAST)
        .map(|(other, share)| (other, u16::try_from(share).unwrap_or(SAME)))
        .collect();
    led.insert(occupation, SAME);
    led.into_iter().collect()
}
