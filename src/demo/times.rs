//! Days around the as-of date, and the times that somebody has for work.

use super::{
    book::{Book, people::Stage},
    life::Life,
    random::Dice,
};
use crate::domain::{
    Date, InvalidValue, Weekday,
    time::{
        Answer, Availability, AvailableFrom, HeldJob, HeldJobPlan, HoursCap, HoursPerWeek, HoursRange,
        LessonSlot, WeekSlot,
    },
};
use jiff::ToSpan;

/// Most hours of work a week during integration.
const HOURS_DURING_INTEGRATION: u32 = 20;

/// A day so many days before another. The years of a region are far from the ends of the calendar.
pub(super) fn before(day: Date, days: u32) -> Date {
    day.saturating_sub(i64::from(days).days())
}

/// A day so many days after another.
pub(super) fn after(day: Date, days: u32) -> Date {
    day.saturating_add(i64::from(days).days())
}

pub(super) fn hours(hours: u32) -> Result<HoursPerWeek, InvalidValue> {
    HoursPerWeek::new(f64::from(hours))
}

/// Fewest and most hours.
pub(super) fn range(fewest: u32, most: u32) -> Result<Option<HoursRange>, InvalidValue> {
    HoursRange::new(Some(hours(fewest)?), Some(hours(most)?))
}

pub(super) fn yes_of(dice: &mut Dice, per_thousand: u32) -> Answer {
    if dice.chance(per_thousand) { Answer::Yes } else { Answer::No }
}

/// The times that somebody has for work.
pub(super) fn availability(
    book: &Book,
    life: &Life<'_>,
    as_of: Date,
    dice: &mut Dice,
) -> Result<Availability, InvalidValue> {
    let filling = life.filling;
    let mut times = Availability::default();
    if filling.has(dice, 780) {
        times.hours = wished_hours(life, dice)?;
    }
    if filling.has(dice, 350) {
        times.week_pattern = book.people.weeks.draw(dice).clone();
    }
    if let Some(route) = life.route {
        let until = after(as_of, dice.between(30, 700));
        if let Some(lessons) = dice.pick(&route.lessons).filter(|_| filling.has(dice, 800)) {
            let until = dice.chance(700).then_some(until);
            times.lesson_slots = lessons.iter().map(|slot| LessonSlot { slot: *slot, until }).collect();
        }
        if filling.has(dice, 850) {
            let until = dice.chance(900).then_some(until);
            times.hours_cap = Some(HoursCap { max: hours(HOURS_DURING_INTEGRATION)?, until });
        }
    }
    if filling.has(dice, 450) {
        times.irregular_work = Some(yes_of(dice, 450));
    }
    if filling.has(dice, 300) {
        times.office_hours = Some(yes_of(dice, 400));
    }
    if filling.has(dice, 520) {
        let not_yet = if life.kind.stage == Stage::Returner { 120 } else { 30 };
        times.from = Some(if dice.chance(not_yet) {
            AvailableFrom::NotYetKnown
        } else {
            AvailableFrom::Date(after(before(as_of, 60), dice.below(150)))
        });
    }
    if dice.chance(15) {
        times.until = Some(after(as_of, dice.between(120, 400)));
    }
    let has_job = if life.kind.stage == Stage::PartTimer { 960 } else { 30 };
    if dice.chance(has_job) {
        times.held_jobs = held_job(book, life, dice)?.into_iter().collect();
    }
    Ok(times)
}

fn wished_hours(life: &Life<'_>, dice: &mut Dice) -> Result<Option<HoursRange>, InvalidValue> {
    let Some((fewest, most)) = dice.pick(&life.kind.hours).copied() else { return Ok(None) };
    match dice.below(20) {
        0 => HoursRange::new(Some(hours(fewest)?), None),
        1..4 => HoursRange::new(None, Some(hours(most)?)),
        _ => range(fewest, most),
    }
}

/// A job beside which, or instead of which, somebody wants more hours.
fn held_job(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Result<Option<HeldJob>, InvalidValue> {
    let Some(work) = life.past.first().or(life.wished.first()) else { return Ok(None) };
    let Some(employer) = book.employers.of_family(&book.occupations[*work].family, dice) else {
        return Ok(None);
    };
    let known = life.filling.has(dice, 650);
    let weekly = 4 * dice.between(2, 5);
    Ok(Some(HeldJob {
        employer: known.then(|| employer.id.clone()),
        employer_name: known.then(|| employer.name.clone()),
        hours: if dice.chance(850) { Some(hours(weekly)?) } else { None },
        slots: if life.filling.has(dice, 350) { job_slots(weekly, dice)? } else { Vec::new() },
        plan: if dice.chance(250) { HeldJobPlan::Keep } else { HeldJobPlan::Open },
    }))
}

/// Working days of eight hours where they fill the week's hours, else mornings of four.
fn job_slots(weekly: u32, dice: &mut Dice) -> Result<Vec<WeekSlot>, InvalidValue> {
    const DAYS: [Weekday; 5] =
        [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    const START: u32 = 8 * 60 + 30;
    let (length, end) = if weekly.is_multiple_of(8) { (8, 17 * 60) } else { (4, 12 * 60 + 30) };
    let days = dice.some(&DAYS, (weekly / length) as usize);
    days.into_iter().map(|day| WeekSlot::new(*day, START, end)).collect()
}
