//! What the taxonomy says, from its plain relations.

use super::super::Setting;
use crate::taxonomy::{ConceptKind, ConceptNumber, Need, Taxonomy};

fn taxonomy<'a>(setting: &Setting<'a>) -> &'a Taxonomy {
    setting.understanding.taxonomy()
}

/// The binary logarithm in hundredths, straight between powers of two.
fn logarithm(x: i128) -> i128 {
    let mut exponent = 0;
    while 1 << (exponent + 1) <= x {
        exponent += 1;
    }
    let power = 1 << exponent;
    100 * exponent + 100 * (x - power) / power
}

fn occupations(setting: &Setting<'_>) -> Vec<ConceptNumber> {
    taxonomy(setting).of_kind(ConceptKind::Occupation).collect()
}

fn needs(occupation: ConceptNumber, skill: ConceptNumber, setting: &Setting<'_>) -> Option<Need> {
    let skills = taxonomy(setting).skills_of(occupation);
    skills.iter().find(|(own, _)| *own == skill).map(|(_, need)| *need)
}

/// How rare a skill is; of `None`, words without a concept.
pub(super) fn rarity(skill: Option<ConceptNumber>, setting: &Setting<'_>) -> i128 {
    let all = occupations(setting);
    let needing = match skill {
        Some(skill) => all.iter().filter(|o| needs(**o, skill, setting).is_some()).count() as i128,
        None => 4,
    };
    (logarithm(all.len() as i128 + 1) - logarithm(needing + 1)).max(100)
}

/// How certain it is that somebody of an occupation has a skill.
pub(super) fn need(occupation: ConceptNumber, skill: ConceptNumber, setting: &Setting<'_>) -> i128 {
    let rarity = (rarity(Some(skill), setting) / 2).min(500);
    match needs(occupation, skill, setting) {
        Some(Need::Essential) => 5_500 + rarity,
        Some(Need::Optional) => 2_500 + rarity,
        None => 0,
    }
}

/// How much of what an occupation always needs another one needs too.
pub(super) fn alike(occupation: ConceptNumber, other: ConceptNumber, setting: &Setting<'_>) -> i128 {
    if occupation == other {
        return 10_000;
    }
    let (mut shared, mut whole) = (0, 0);
    for (skill, need) in taxonomy(setting).skills_of(occupation) {
        if *need == Need::Essential {
            let rarity = rarity(Some(*skill), setting);
            whole += rarity;
            shared += match needs(other, *skill, setting) {
                Some(Need::Essential) => rarity * 10_000,
                Some(Need::Optional) => rarity * 3_000,
                None => 0,
            };
        }
    }
    let share = if whole == 0 { 0 } else { shared / whole };
    if share >= 2_000 { share } else { 0 }
}

/// What one skill says of another.
pub(super) fn closeness(skill: ConceptNumber, other: ConceptNumber, setting: &Setting<'_>) -> i128 {
    if skill == other {
        // The skill itself counts as named, not as near.
        return 0;
    }
    let taxonomy = taxonomy(setting);
    let mut best = 0;
    let mut at_least = |value: i128| best = value.max(best);
    if taxonomy.broader(other).contains(&skill) {
        at_least(4_000);
    }
    if taxonomy.broader(skill).contains(&other) {
        at_least(2_000);
    }
    if taxonomy.related_skills(skill).iter().any(|(own, _)| *own == other) {
        at_least(2_000);
    }
    for parent in taxonomy.broader(skill) {
        let children = taxonomy.narrower(*parent).iter();
        let skills = children.filter(|own| taxonomy.kind(**own) == Some(ConceptKind::Skill)).count();
        if skills <= 20 && taxonomy.broader(other).contains(parent) {
            at_least(1_000);
        }
    }
    // With fewer than 64 skills in a test's taxonomy none is left out.
    at_least(4_000 * together(skill, other, setting) / 10_000);
    best
}

fn together(skill: ConceptNumber, other: ConceptNumber, setting: &Setting<'_>) -> i128 {
    let halves = |need: Option<Need>| match need {
        Some(Need::Essential) => 2,
        Some(Need::Optional) => 1,
        None => 0,
    };
    let (mut both, mut whole, mut occupations_of_other) = (0, 0, 0);
    for occupation in occupations(setting) {
        let (own, others) =
            (halves(needs(occupation, skill, setting)), halves(needs(occupation, other, setting)));
        both += own * others;
        whole += others;
        occupations_of_other += i128::from(others > 0);
    }
    if occupations_of_other < 2 {
        return 0;
    }
    let share = 10_000 * both / (2 * whole);
    if share >= 3_000 { share } else { 0 }
}
