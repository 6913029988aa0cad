//! What may never count: made up too, so that tests can show that it does not.

use super::{
    book::{Book, people::Stage},
    life::Life,
    random::Dice,
    times::{after, before, yes_of},
};
use crate::domain::{
    Date, InvalidValue,
    restricted::{Benefit, ContactData, LadderStep, RestrictedData},
    text::Name,
};

/// Contact data, benefit, allowances, target group, ladder step, route and notes of one person.
pub(super) fn restricted(
    book: &Book,
    life: &Life<'_>,
    number: usize,
    as_of: Date,
    dice: &mut Dice,
) -> Result<RestrictedData, InvalidValue> {
    let (kind, filling) = (life.kind, life.filling);
    let mut restricted =
        RestrictedData { contact: contact(life, number, dice)?, ..RestrictedData::default() };
    if dice.chance(kind.benefit_per_thousand) {
        // Benefits of who was at work lately end; the others have no last day.
        let ends = matches!(kind.stage, Stage::BetweenJobs | Stage::CareerChanger);
        let until = ends.then(|| after(as_of, dice.between(30, 600)));
        restricted
            .benefits
            .extend(dice.pick(&kind.benefits).map(|name| Benefit { name: name.clone(), until }));
    }
    if filling.has(dice, 400) {
        restricted.allowances = Some(yes_of(dice, kind.allowances_per_thousand));
    }
    if filling.has(dice, 400) {
        restricted.target_group = Some(yes_of(dice, kind.target_group_per_thousand));
    }
    if filling.has(dice, 350) {
        let estimated_on = before(as_of, dice.between(10, 500));
        restricted.ladder_step =
            dice.pick(&kind.ladder).map(|step| LadderStep { step: *step, estimated_on: Some(estimated_on) });
    }
    restricted.integration_route = life.route.filter(|_| filling.has(dice, 850)).map(|route| route.route);
    if filling.has(dice, 200) {
        restricted.advisor_notes.extend(dice.pick(&book.people.advisor_notes).cloned());
    }
    Ok(restricted)
}

/// Addresses and numbers that can belong to nobody: example.org (RFC 2606), and numbers that begin with 06-0,
/// which the Dutch numbering plan gives to no mobile telephone. No names.
fn contact(life: &Life<'_>, number: usize, dice: &mut Dice) -> Result<ContactData, InvalidValue> {
    let mut contact = ContactData::default();
    if life.filling.has(dice, 600) {
        contact.emails.push(Name::new(format!("kandidaat-{number:06}@example.org"))?);
    }
    if life.filling.has(dice, 500) {
        contact.phones.push(Name::new(format!("06-0000{:04}", number % 10_000))?);
    }
    if life.filling.has(dice, 400) {
        contact.may_be_shared = Some(yes_of(dice, 500));
    }
    Ok(contact)
}
