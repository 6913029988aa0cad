//! Times of the week, minute by minute, and the first and the last day.

use super::{Fit, Setting, times::Parts};
use crate::domain::{
    Candidate, Date, Vacancy,
    time::{Answer, AvailableFrom, HeldJobPlan, Shift, WeekSlot},
};
use std::collections::BTreeSet;

/// The minutes of one slot, from Monday 0:00.
pub(super) type Minutes = std::ops::Range<usize>;

/// For every minute of the week whether it is one of them.
pub(super) type Week = Vec<bool>;

const WEEK: usize = 7 * 1_440;

/// The minutes of a slot.
pub(super) fn minutes_of(slot: &WeekSlot) -> Minutes {
    let day = slot.day().to_monday_one_offset() as usize - 1;
    day * 1_440 + usize::from(slot.from_minute())..day * 1_440 + usize::from(slot.to_minute())
}

/// A week with some minutes.
pub(super) fn week_of(slots: impl IntoIterator<Item = Minutes>) -> Week {
    let mut week = vec![false; WEEK];
    slots.into_iter().for_each(|slot| week[slot].fill(true));
    week
}

/// How many minutes of a slot are of a week.
pub(super) fn count(slot: &Minutes, week: &Week) -> i128 {
    week[slot.clone()].iter().filter(|is_there| **is_there).count() as i128
}

fn without(week: &Week, taken: &Week) -> Week {
    week.iter().zip(taken).map(|(own, taken)| *own && !taken).collect()
}

/// A slot on some days, by the hour.
fn on(days: std::ops::RangeInclusive<usize>, from: usize, to: usize) -> Vec<Minutes> {
    days.map(|day| day * 1_440 + from * 60..day * 1_440 + to * 60).collect()
}

fn office() -> Vec<Minutes> {
    on(0..=4, 8, 18)
}

fn window(shift: Shift) -> Vec<Minutes> {
    match shift {
        Shift::Day => on(0..=4, 7, 18),
        Shift::Evening => on(0..=4, 18, 24),
        Shift::Night => on(0..=4, 0, 7),
        Shift::Weekend => on(5..=6, 0, 24),
        Shift::Irregular => on(0..=6, 0, 24),
    }
}

/// The vacancy's times by kind: the windows of each kind, empty where nothing is said.
fn kinds(vacancy: &Vacancy) -> Vec<Vec<Minutes>> {
    let schedule = &vacancy.schedule;
    if schedule.irregular_work == Some(Answer::Yes) {
        vec![window(Shift::Irregular)]
    } else if schedule.office_hours == Some(Answer::Yes) {
        vec![office()]
    } else if schedule.shifts.contains(&Shift::Irregular) {
        vec![window(Shift::Irregular)]
    } else {
        let different: BTreeSet<Shift> = schedule.shifts.iter().copied().collect();
        different.into_iter().map(window).collect()
    }
}

/// Whether the work is at odd times; `None` where that is not known.
pub(super) fn odd_times(vacancy: &Vacancy) -> Option<bool> {
    let schedule = &vacancy.schedule;
    if !schedule.week_pattern.is_empty() {
        let is_odd = |slot: &WeekSlot| slot.from_minute() < 390 || slot.to_minute() > 1_350;
        return Some(schedule.week_pattern.iter().any(is_odd));
    }
    let odd = [Shift::Evening, Shift::Night, Shift::Irregular].map(window);
    kinds(vacancy).iter().any(|kind| odd.contains(kind)).then_some(true)
}

#[derive(Clone, Copy, PartialEq)]
enum Own {
    Exact,
    ByKind,
    Unknown,
}

/// The person's times before what is taken, and how well they are known.
fn own_times(candidate: &Candidate) -> (Own, Week) {
    let times = &candidate.profile.availability;
    if !times.week_pattern.is_empty() {
        (Own::Exact, week_of(times.week_pattern.iter().map(minutes_of)))
    } else if times.irregular_work == Some(Answer::Yes) {
        (Own::ByKind, whole_week())
    } else if times.office_hours == Some(Answer::Yes) {
        (Own::ByKind, week_of(office()))
    } else {
        (Own::Unknown, whole_week())
    }
}

fn whole_week() -> Week {
    vec![true; WEEK]
}

/// What lessons and kept jobs take on the as-of date.
fn taken(candidate: &Candidate, setting: &Setting<'_>) -> Week {
    let times = &candidate.profile.availability;
    let lessons = times.lesson_slots.iter();
    let lessons = lessons.filter(|lesson| lesson.until.is_none_or(|last| setting.as_of <= last));
    let kept = times.held_jobs.iter().filter(|job| job.plan == HeldJobPlan::Keep);
    let kept = kept.flat_map(|job| job.slots.iter().copied());
    week_of(lessons.map(|lesson| lesson.slot).chain(kept).map(|slot| minutes_of(&slot)))
}

/// Minutes that are needed of slots of this length for sure: nothing where the fewest hours are missing.
pub(super) fn need(vacancy: &Vacancy, length: i128) -> i128 {
    let fewest = vacancy.schedule.hours.and_then(|hours| hours.min());
    fewest.map_or(0, |fewest| i128::from(fewest.minutes())).min(length).max(1)
}

/// Minutes that may turn out to be needed.
pub(super) fn need_at_worst(vacancy: &Vacancy, length: i128) -> i128 {
    let hours = vacancy.schedule.hours;
    let most = hours.and_then(|hours| hours.min().or(hours.max()));
    most.map_or(99 * 60, |most| i128::from(most.minutes())).min(length).max(1)
}

/// The share of what is needed of these slots that is free.
fn cover(slots: &[Minutes], need: i128, may_be_split: bool, free: &Week) -> i128 {
    let there = |slot: &Minutes| count(slot, free);
    if may_be_split {
        return (slots.iter().map(there).sum::<i128>() * 10_000 / need).min(10_000);
    }
    let mut shifts: Vec<(i128, i128)> =
        slots.iter().map(|slot| (there(slot) * 10_000 / slot.len() as i128, slot.len() as i128)).collect();
    shifts.sort_by_key(|(rate, _)| -rate);
    let (mut missing, mut sum) = (need, 0);
    for (rate, length) in shifts {
        let worked = length.min(missing);
        sum += worked * rate;
        missing -= worked;
    }
    sum / need
}

fn total(slots: &[Minutes]) -> i128 {
    slots.iter().map(|slot| slot.len() as i128).sum()
}

fn cover_kinds(kinds: &[Vec<Minutes>], vacancy: &Vacancy, may_be_split: bool, free: &Week) -> i128 {
    if may_be_split {
        let all: Vec<Minutes> = kinds.iter().flatten().cloned().collect();
        return cover(&all, need(vacancy, total(&all)), true, free);
    }
    let each = kinds.iter().map(|kind| cover(kind, need(vacancy, total(kind)), false, free));
    each.sum::<i128>() / kinds.len() as i128
}

pub(super) fn week_pattern(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let times = times(vacancy, candidate, setting).0;
    let parts = [Some(times), start(vacancy, candidate, setting), end(vacancy, candidate, setting)];
    let lowest = |of: fn(&Fit) -> i128| parts.iter().flatten().map(of).min().unwrap_or(10_000);
    Fit { fit: lowest(|f| f.fit), low: lowest(|f| f.low), high: lowest(|f| f.high) }
}

/// The times part that the conflict takes.
pub(super) fn times_parts(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Parts {
    times(vacancy, candidate, setting).1
}

fn times(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> (Fit, Parts) {
    let neutral = setting.neutral();
    let nothing = Parts { known: None, best: None, worst: None };
    let open = |fit: i128| (Fit { fit, low: 0, high: 10_000 }, nothing);
    let carving = vacancy.carving.as_ref().map(|carving| carving.allowed);
    let may_be_split = carving == Some(Answer::Yes);
    let (known, own) = own_times(candidate);
    let taken = taken(candidate, setting);
    let free = without(&own, &taken);
    if known == Own::Exact && !free.contains(&true) {
        return (Fit::known(0), Parts { known: Some(0), best: Some(0), worst: Some(0) });
    }
    let if_unknown = |fit: i128, slots: &[Minutes]| {
        let is_the_week = !week_of(slots.iter().cloned()).contains(&false);
        let any_minute_fits = may_be_split && need(vacancy, total(slots)) == 1 && is_the_week;
        if known == Own::Unknown && !any_minute_fits { fit.min(neutral) } else { fit }
    };

    let slots: Vec<Minutes> = vacancy.schedule.week_pattern.iter().map(minutes_of).collect();
    if !slots.is_empty() {
        let needed = need(vacancy, total(&slots));
        let fit = cover(&slots, needed, may_be_split, &free);
        if known == Own::Exact {
            let kept = candidate.profile.availability.held_jobs.iter();
            let is_hidden = kept.filter(|job| job.plan == HeldJobPlan::Keep).any(|job| job.slots.is_empty());
            let at_worst = need_at_worst(vacancy, total(&slots));
            let low = if is_hidden { 0 } else { cover(&slots, at_worst, may_be_split, &free) };
            let high = cover(&slots, needed, carving != Some(Answer::No), &free);
            return (Fit { fit, low, high }, Parts { known: Some(fit), best: Some(high), worst: Some(low) });
        }
        let any_time = without(&whole_week(), &taken);
        let certain = cover(&slots, needed, may_be_split, &any_time);
        let high = cover(&slots, needed, carving != Some(Answer::No), &any_time);
        let parts = Parts { known: Some(certain), best: Some(high), worst: None };
        return (Fit { fit: if_unknown(fit, &slots), low: 0, high }, parts);
    }
    let kinds = kinds(vacancy);
    if !kinds.is_empty() {
        let slots: Vec<Minutes> = kinds.iter().flatten().cloned().collect();
        return open(if_unknown(cover_kinds(&kinds, vacancy, may_be_split, &free), &slots));
    }
    let mut refused = candidate.profile.refusals.shifts.clone();
    if candidate.profile.availability.irregular_work == Some(Answer::No) {
        refused.push(Shift::Irregular);
    }
    let parts = [Shift::Day, Shift::Evening, Shift::Night, Shift::Weekend];
    let covers: Vec<(Shift, i128)> = parts
        .iter()
        .map(|shift| (*shift, cover_kinds(&[window(*shift)], vacancy, may_be_split, &free)))
        .collect();
    let lowest = covers.iter().map(|(_, cover)| *cover).min().unwrap_or(0);
    let accepted = covers.iter().filter(|(shift, _)| !refused.contains(shift));
    let highest = accepted.map(|(_, cover)| *cover).max().unwrap_or(0);
    let fit = neutral.min(highest);
    open(if known == Own::Unknown { fit } else { fit.max(lowest) })
}

/// Days from one day to another, not below 0.
fn days(from: Date, to: Date) -> i128 {
    let mut count = 0;
    let mut day = from;
    while day < to {
        day = day.tomorrow().expect("generated days lie far from the end of the calendar");
        count += 1;
    }
    count
}

fn first_day(vacancy: &Vacancy, setting: &Setting<'_>) -> Date {
    vacancy.starts_on.map_or(setting.as_of, |first| first.max(setting.as_of))
}

fn start(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let from = match candidate.profile.availability.from? {
        AvailableFrom::NotYetKnown => return Some(Fit::unknown(setting.neutral())),
        AvailableFrom::Date(from) => from,
    };
    let late = 10_000 * (182 - days(first_day(vacancy, setting), from)).max(0) / 182;
    Some(match vacancy.starts_on {
        Some(_) => Fit::known(late),
        None => Fit { fit: late.max(setting.neutral()), low: late, high: 10_000 },
    })
}

fn end(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let until = candidate.profile.availability.until?;
    let first = first_day(vacancy, setting);
    if until < first {
        return Some(Fit::known(0));
    }
    let Some(last) = vacancy.ends_on else { return Some(Fit::unknown(setting.neutral())) };
    if last <= until {
        return Some(Fit::known(10_000));
    }
    let share = (days(first, until) + 1) * 10_000 / (days(first, last) + 1);
    Some(match vacancy.starts_on {
        Some(_) => Fit::known(share),
        None => Fit { fit: setting.neutral().min(share), low: 0, high: share },
    })
}
