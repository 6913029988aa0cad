//! Hours, times and days.

use super::{Answers, Pair, add};
use crate::{
    domain::{
        support::Carving,
        time::{Answer, AvailableFrom, HeldJobPlan, HoursPerWeek, HoursRange, Shift, WeekSlot},
    },
    rank::generate::{DAYS, days_after, hours, slot},
};

fn range(min: Option<f64>, max: Option<f64>) -> Option<HoursRange> {
    HoursRange::new(min.map(hours), max.map(hours)).ok().flatten()
}

fn all_ranges() -> Vec<Option<HoursRange>> {
    let bounds = [None, Some(0.0), Some(8.0), Some(32.0), Some(99.0)];
    let pairs = bounds.into_iter().flat_map(|min| bounds.into_iter().map(move |max| (min, max)));
    pairs.map(|(min, max)| range(min, max)).filter(Option::is_some).collect()
}

/// The ranges that a half-known range leaves open, its given bound first and last among them.
fn completed(range: HoursRange) -> Vec<Option<HoursRange>> {
    let between = |from: f64, to: f64| [from, f64::midpoint(from, to).floor().max(from), to];
    let amount = |bound: Option<HoursPerWeek>| bound.map(HoursPerWeek::hours);
    match (amount(range.min()), amount(range.max())) {
        (Some(min), None) => between(min, 99.0).map(|max| self::range(Some(min), Some(max))).to_vec(),
        (None, Some(max)) => between(0.0, max).map(|min| self::range(Some(min), Some(max))).to_vec(),
        _ => Vec::new(),
    }
}

/// Every combination of kinds of shift.
fn all_shifts() -> Vec<Vec<Shift>> {
    let shifts = [Shift::Day, Shift::Evening, Shift::Night, Shift::Weekend, Shift::Irregular];
    let chosen = |choice: usize| {
        let chosen = shifts.iter().enumerate().filter(move |(at, _)| choice >> at & 1 == 1);
        chosen.map(|(_, shift)| *shift).collect()
    };
    (1..1 << shifts.len()).map(chosen).collect()
}

fn whole_days() -> Vec<WeekSlot> {
    DAYS.map(|day| slot(day, 0, 1_440)).to_vec()
}

/// The minutes of the week that slots leave, as slots.
fn others(slots: &[WeekSlot]) -> Vec<WeekSlot> {
    let is_taken = |day, minute: u16| {
        slots.iter().any(|s| s.day() == day && s.from_minute() <= minute && minute < s.to_minute())
    };
    let mut left = Vec::new();
    for day in DAYS {
        let mut from = None;
        for minute in 0..=1_440_u16 {
            let is_free = minute < 1_440 && !is_taken(day, minute);
            match (from, is_free) {
                (None, true) => from = Some(minute),
                (Some(start), false) => {
                    left.push(slot(day, start.into(), minute.into()));
                    from = None;
                }
                _ => {}
            }
        }
    }
    left
}

/// The minutes that some slots have and others do not.
fn without(slots: &[WeekSlot], taken: &[WeekSlot]) -> Vec<WeekSlot> {
    others(&others(slots).into_iter().chain(taken.iter().copied()).collect::<Vec<_>>())
}

fn job_slots(pair: &Pair, plan: HeldJobPlan) -> Vec<WeekSlot> {
    let jobs = pair.candidate.profile.availability.held_jobs.iter();
    jobs.filter(|job| job.plan == plan).flat_map(|job| job.slots.iter().copied()).collect()
}

/// What the person has left of the times that are given, of office hours, or of the week.
fn free_times(pair: &Pair) -> Vec<WeekSlot> {
    let times = &pair.candidate.profile.availability;
    let own = if !times.week_pattern.is_empty() {
        times.week_pattern.clone()
    } else if times.office_hours == Some(Answer::Yes) && times.irregular_work != Some(Answer::Yes) {
        DAYS[..5].iter().map(|day| slot(*day, 480, 1_080)).collect()
    } else {
        whole_days()
    };
    let lessons = times.lesson_slots.iter();
    let lessons = lessons.filter(|lesson| lesson.until.is_none_or(|last| pair.as_of <= last));
    let mut taken = job_slots(pair, HeldJobPlan::Keep);
    taken.extend(lessons.map(|lesson| lesson.slot));
    without(&own, &taken)
}

/// Times of the work: where the person is free or not, beside a job that may be left or with a minute of it.
fn patterns(pair: &Pair) -> Vec<Vec<WeekSlot>> {
    let free = free_times(pair);
    let open = job_slots(pair, HeldJobPlan::Open);
    let busy = others(&free);
    let a_minute = |slots: &[WeekSlot]| -> Vec<WeekSlot> {
        slots
            .iter()
            .take(1)
            .map(|s| slot(s.day(), s.from_minute().into(), u32::from(s.from_minute()) + 1))
            .collect()
    };
    let mut all = vec![
        whole_days(),
        without(&free, &open),
        without(&busy, &open),
        free.clone(),
        busy.clone(),
        a_minute(&free),
        a_minute(&busy),
        a_minute(&without(&free, &open)),
    ];
    for job in pair.candidate.profile.availability.held_jobs.iter().filter(|job| !job.slots.is_empty()) {
        all.push(job.slots.clone());
        // Long enough that one minute of the job spoils it.
        let mut spoilt = a_minute(&job.slots);
        spoilt.extend(without(&busy, &open).iter().take(1));
        all.push(spoilt);
    }
    all.retain(|slots| !slots.is_empty());
    all
}

pub(super) fn times(pair: &Pair, all: &mut Vec<Answers>) {
    let times = &pair.candidate.profile.availability;
    let schedule = &pair.vacancy.schedule;
    let open = times.hours.map_or_else(all_ranges, completed);
    add(all, pair, "availability.hours", open, |p, a| p.candidate.profile.availability.hours = a);
    let open = schedule.hours.map_or_else(all_ranges, completed);
    add(all, pair, "vacancy.schedule.hours", open, |p, a| p.vacancy.schedule.hours = a);
    let either = [Some(Answer::Yes), Some(Answer::No)];
    if times.irregular_work.is_none() {
        add(all, pair, "availability.irregular_work", either, |p, a| {
            p.candidate.profile.availability.irregular_work = a;
        });
    }
    if times.office_hours.is_none() {
        add(all, pair, "availability.office_hours", either, |p, a| {
            p.candidate.profile.availability.office_hours = a;
        });
    }
    if schedule.irregular_work.is_none() {
        add(all, pair, "vacancy.schedule.irregular_work", either, |p, a| {
            p.vacancy.schedule.irregular_work = a
        });
    }
    if schedule.office_hours.is_none() {
        add(all, pair, "vacancy.schedule.office_hours", either, |p, a| p.vacancy.schedule.office_hours = a);
    }
    if schedule.shifts.is_empty() {
        add(all, pair, "vacancy.schedule.shifts", all_shifts(), |p, a| p.vacancy.schedule.shifts = a);
    }
    if schedule.week_pattern.is_empty() {
        add(all, pair, "vacancy.schedule.week_pattern", patterns(pair), |p, a| {
            p.vacancy.schedule.week_pattern = a;
        });
    }
    if times.week_pattern.is_empty() {
        let mut answers = vec![whole_days(), vec![slot(DAYS[0], 180, 181)], others(&schedule.week_pattern)];
        answers.push(schedule.week_pattern.clone());
        answers.retain(|slots| !slots.is_empty());
        add(all, pair, "availability.week_pattern", answers, |p, a| {
            p.candidate.profile.availability.week_pattern = a;
        });
    }
    if pair.vacancy.carving.is_none() {
        add(all, pair, "vacancy.carving", [Answer::Yes, Answer::No], |p, allowed| {
            p.vacancy.carving = Some(Carving { allowed, min_hours: None, ways: Vec::new() });
        });
    }
    held_jobs(pair, all);
    days(pair, all);
}

fn held_jobs(pair: &Pair, all: &mut Vec<Answers>) {
    for (at, job) in pair.candidate.profile.availability.held_jobs.iter().enumerate() {
        if job.hours.is_none() {
            add(all, pair, "availability.held_jobs.hours", [0.0, 8.0, 24.0, 99.0], move |p, a| {
                p.candidate.profile.availability.held_jobs[at].hours = Some(hours(a));
            });
        }
        if job.slots.is_empty() {
            let work = &pair.vacancy.schedule.week_pattern;
            let mut answers = vec![whole_days(), others(work), work.clone(), free_times(pair)];
            answers.push(without(&others(work), &free_times(pair)));
            answers.push(vec![slot(DAYS[0], 180, 181)]);
            answers.retain(|slots| !slots.is_empty());
            // Where every minute is wanted, the best answer is one that takes none of what is free.
            let outside = others(&free_times(pair));
            answers.extend([outside].into_iter().filter(|slots| !slots.is_empty()));
            add(all, pair, "availability.held_jobs.slots", answers, move |p, a| {
                p.candidate.profile.availability.held_jobs[at].slots = a;
            });
        }
    }
}

fn days(pair: &Pair, all: &mut Vec<Answers>) {
    if pair.vacancy.starts_on.is_none() {
        let mut days = vec![-1, 0, 15, 4_000];
        // The last day of the work comes after its first.
        days.retain(|day| pair.vacancy.ends_on.is_none_or(|end| days_after(pair.as_of, *day) <= end));
        let mut starts: Vec<_> = days.into_iter().map(|day| days_after(pair.as_of, day)).collect();
        // A paper has the longest time where the work begins on its last day.
        starts.extend(pair.vacancy.ends_on);
        add(all, pair, "vacancy.starts_on", starts, |p, a| p.vacancy.starts_on = Some(a));
    }
    // Who leaves before a missing paper can be had contradicts the work: a near last day closes the paper, a far one comes
    // after the person's own.
    let asked = &pair.vacancy.requirements;
    let asks_papers =
        !(asked.licences.is_empty() && asked.certificates.is_empty() && asked.registrations.is_empty());
    let contradicts = asks_papers && pair.candidate.profile.availability.until.is_some();
    if pair.vacancy.ends_on.is_none() && !contradicts {
        let first = pair.vacancy.starts_on.map_or(pair.as_of, |first| first.max(pair.as_of));
        let ends = [0, 100, 40_000].map(|day| days_after(first, day));
        add(all, pair, "vacancy.ends_on", ends, |p, a| p.vacancy.ends_on = Some(a));
    }
    if pair.candidate.profile.availability.from == Some(AvailableFrom::NotYetKnown) {
        let days = [-10, 0, 91, 4_000].map(|day| days_after(pair.as_of, day));
        let until = pair.candidate.profile.availability.until;
        let days: Vec<_> = days.into_iter().filter(|day| until.is_none_or(|until| *day <= until)).collect();
        if days.len() == 4 {
            add(all, pair, "availability.from", days, |p, a| {
                p.candidate.profile.availability.from = Some(AvailableFrom::Date(a));
            });
        }
    }
}
