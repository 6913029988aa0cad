//! What somebody wants, does not want and needs at work.

use super::{
    book::{Book, people::Stage},
    life::Life,
    random::Dice,
    times::yes_of,
};
use crate::domain::{
    InvalidValue,
    sector::SbiCode,
    support::{Capacity, SupportNeed},
    text::Label,
    time::{Answer, Shift},
    work::{Refusals, Wishes},
};

/// Wishes: work, sectors, interests, a dream, conditions.
pub(super) fn wishes(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Result<Wishes, InvalidValue> {
    let filling = life.filling;
    let mut wishes = Wishes::default();
    if filling.has(dice, 820) {
        for at in &life.wished {
            wishes.occupations.push(life.words_for(&book.occupations[*at], dice)?);
        }
    }
    if filling.has(dice, 380) {
        wishes.sectors = sectors(book, life);
    }
    if filling.has(dice, 380) {
        wishes.interests = super::background::interests(&book.people, dice);
    }
    if filling.has(dice, 160) {
        // Often one step up in the same line of work, sometimes something else altogether.
        let dream = match life.wished.first() {
            Some(at) if dice.chance(600) => *book.occupations.kin(*at).draw(dice),
            _ => *book.occupations.by_demand().draw(dice),
        };
        wishes.dream_occupation = Some(life.words_for(&book.occupations[dream], dice)?);
    }
    if filling.has(dice, 340) {
        wishes.conditions = conditions(book, life, dice);
    }
    Ok(wishes)
}

fn sectors(book: &Book, life: &Life<'_>) -> Vec<SbiCode> {
    let mut sectors: Vec<SbiCode> = Vec::new();
    for code in life.wished.iter().filter_map(|at| book.occupations[*at].sbi.first()) {
        if !sectors.contains(code) {
            sectors.push(*code);
        }
    }
    sectors
}

fn conditions(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Vec<Label> {
    let Some(at) = life.wished.first() else { return Vec::new() };
    let count = dice.between(1, 3) as usize;
    dice.some(&book.occupations[*at].conditions, count).into_iter().cloned().collect()
}

/// What somebody explicitly does not want: rare, and never the wished work itself.
pub(super) fn refusals(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Result<Refusals, InvalidValue> {
    let mut refused = Refusals::default();
    if dice.chance(45) {
        refused.shifts.push(
            *dice
                .pick(&[Shift::Night, Shift::Night, Shift::Weekend, Shift::Evening])
                .unwrap_or(&Shift::Night),
        );
    }
    if dice.chance(20) {
        let other = &book.occupations[*book.occupations.by_people().draw(dice)];
        if life.wished.iter().all(|at| book.occupations[*at].family != other.family) {
            refused.occupations.push(life.words_for(other, dice)?);
        }
    }
    if dice.chance(20) {
        let other = &book.occupations[*book.occupations.by_people().draw(dice)];
        let wished: Vec<u32> = sectors(book, life).iter().map(|code| code.division()).collect();
        refused.sectors.extend(other.sbi.first().filter(|code| !wished.contains(&code.division())));
    }
    if dice.chance(25) {
        refused.conditions.extend(dice.pick(&book.people.refused_conditions).cloned());
    }
    Ok(refused)
}

/// Support that somebody needs, or explicitly does not need.
pub(super) fn support_needs(life: &Life<'_>, dice: &mut Dice) -> Vec<SupportNeed> {
    let needed = yes_of(dice, life.kind.support_per_thousand);
    let count = if needed == Answer::Yes { dice.between(1, 2) as usize } else { 1 };
    let kinds = dice.some(&life.kind.support, count);
    kinds.into_iter().map(|kind| SupportNeed { kind: *kind, needed, note: None }).collect()
}

/// Abilities with their measure, told as what somebody can do.
pub(super) fn capacities(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Vec<Capacity> {
    let told = if life.kind.stage == Stage::LongUnemployed { 350 } else { 40 };
    if !life.filling.has(dice, told) {
        return Vec::new();
    }
    let count = dice.between(1, 2) as usize;
    dice.some(&book.people.capacities, count).into_iter().cloned().collect()
}
