//! R10, R11's way back and R14: time is a budget, sentence by sentence.

use super::{Pair, World, hold, pair};
use crate::{
    domain::{
        support::Carving,
        text::EmployerId,
        time::{Answer, AvailableFrom, HeldJob, HeldJobPlan, HoursCap, HoursRange, LessonSlot},
        travel::MeansOfTransport,
    },
    rank::{
        criterion::Criterion,
        generate::{DAYS, days_after, hours, slot},
        profile::Numbers,
        score::{ConflictCode, CriterionLine, Judgement},
    },
};
use proptest::prelude::*;

fn line(judged: &Judgement, criterion: Criterion) -> CriterionLine {
    let found = judged.lines.iter().find(|line| line.criterion == criterion);
    *found.expect("hours, times and travel are always scored")
}

/// Whether hours or times are in the way.
fn too_little_time(judged: &Judgement) -> bool {
    judged.conflicts.iter().any(|c| matches!(c.code, ConflictCode::HoursBelow | ConflictCode::TimesBelow))
}

/// Runs a property on a pair and the same pair after a change.
fn hold_after(
    change: impl Fn(&mut Pair),
    property: impl Fn(&Judgement, &Judgement) -> Result<(), TestCaseError>,
) {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let mut changed = pair.clone();
        change(&mut changed);
        property(&world.engine(&pair, &numbers), &world.engine(&changed, &numbers))
    });
}

fn carve(pair: &mut Pair, allowed: Option<Answer>) {
    pair.vacancy.carving = allowed.map(|allowed| Carving { allowed, min_hours: None, ways: Vec::new() });
}

#[test]
fn r10_a_cap_and_a_lesson_that_are_past_count_no_more_on_a_later_date() {
    let world = World::new();
    hold(200, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        let last = pair.as_of.yesterday().expect("a day of this test");
        let times = &mut pair.candidate.profile.availability;
        (times.hours_cap, times.lesson_slots) = (None, Vec::new());
        let without = world.engine(&pair, &numbers);
        let times = &mut pair.candidate.profile.availability;
        times.hours_cap = Some(HoursCap { max: hours(1.0), until: Some(last) });
        times.lesson_slots =
            DAYS.map(|day| LessonSlot { slot: slot(day, 0, 1_440), until: Some(last) }).into();
        prop_assert_eq!(&world.engine(&pair, &numbers), &without);
        let earlier = Pair { as_of: last, ..pair };
        let before = world.engine(&earlier, &numbers);
        prop_assert_eq!(line(&before, Criterion::WeekPattern).fit, 0);
        Ok(())
    });
}

#[test]
fn r10_a_lesson_never_raises() {
    hold_after(
        |pair| {
            let times = &mut pair.candidate.profile.availability;
            times.lesson_slots.push(LessonSlot { slot: slot(DAYS[1], 540, 720), until: None });
        },
        |without, with| {
            let fit = |judged| line(judged, Criterion::WeekPattern).fit;
            prop_assert!(fit(with) <= fit(without));
            prop_assert!(with.score <= without.score);
            Ok(())
        },
    );
}

#[test]
fn r10_more_time_never_lowers_and_is_never_a_new_conflict() {
    let world = World::new();
    hold(400, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let times = &pair.candidate.profile.availability;
        prop_assume!(!times.week_pattern.is_empty());
        let mut freer = pair.clone();
        freer.candidate.profile.availability.week_pattern.push(slot(DAYS[2], 360, 1_000));
        let (before, after) = (world.engine(&pair, &numbers), world.engine(&freer, &numbers));
        let fit = |judged| line(judged, Criterion::WeekPattern).fit;
        prop_assert!(fit(&after) >= fit(&before));
        prop_assert!(after.score >= before.score);
        prop_assert!(too_little_time(&before) || !too_little_time(&after));
        Ok(())
    });
}

#[test]
fn r10_carving_unknown_is_scored_as_no_and_high_as_yes_and_yes_is_no_conflict() {
    let world = World::new();
    hold(400, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        let mut judged = |allowed| {
            carve(&mut pair, allowed);
            world.engine(&pair, &numbers)
        };
        let (unknown, no, yes) = (judged(None), judged(Some(Answer::No)), judged(Some(Answer::Yes)));
        prop_assert_eq!(unknown.score, no.score);
        prop_assert!(!too_little_time(&yes));
        prop_assert!(no.score <= yes.score && yes.score <= unknown.high);
        prop_assert_eq!(unknown.high, yes.high);
        Ok(())
    });
}

#[test]
fn r10_fewer_hours_than_wished_lower_the_fit_and_are_never_a_conflict() {
    let world = World::new();
    hold(300, (pair(), world.numbers(), 0..40_u8), |(mut pair, numbers, most): (Pair, Numbers, u8)| {
        let offered = |most: f64| HoursRange::new(Some(hours(0.0)), Some(hours(most))).ok().flatten();
        pair.vacancy.schedule.week_pattern = Vec::new();
        pair.vacancy.schedule.hours = offered(40.0);
        let more = world.engine(&pair, &numbers);
        pair.vacancy.schedule.hours = offered(f64::from(most));
        let fewer = world.engine(&pair, &numbers);
        prop_assert!(line(&fewer, Criterion::Hours).fit <= line(&more, Criterion::Hours).fit);
        prop_assert!(!fewer.conflicts.iter().any(|conflict| conflict.code == ConflictCode::HoursBelow));
        Ok(())
    });
}

fn job(plan: HeldJobPlan) -> HeldJob {
    HeldJob {
        employer: EmployerId::new("own").ok(),
        employer_name: None,
        hours: Some(hours(12.0)),
        slots: vec![slot(DAYS[0], 480, 1_200)],
        plan,
    }
}

#[test]
fn r10_a_job_that_may_be_left_never_lowers_what_it_would_be_without_it() {
    hold_after(
        |pair| {
            let jobs = &mut pair.candidate.profile.availability.held_jobs;
            // Of more than six jobs that may be left only six are tried.
            jobs.insert(0, job(HeldJobPlan::Open));
        },
        |without, with| {
            prop_assert!(line(with, Criterion::Hours).fit >= line(without, Criterion::Hours).fit);
            prop_assert!(with.score >= without.score);
            Ok(())
        },
    );
}

#[test]
fn r14_at_the_own_employer_travel_is_met_and_the_hours_add_whatever_the_times() {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        pair.candidate.profile.availability.held_jobs =
            vec![HeldJob { slots: Vec::new(), ..job(HeldJobPlan::Open) }];
        pair.vacancy.employer.id = EmployerId::new("another").ok();
        let elsewhere = world.engine(&pair, &numbers);
        pair.vacancy.employer.id = EmployerId::new("own").ok();
        let own = world.engine(&pair, &numbers);
        let travel = line(&own, Criterion::Travel);
        prop_assert_eq!([travel.fit, travel.low, travel.high], [10_000; 3]);
        prop_assert!(line(&own, Criterion::Hours).fit >= line(&elsewhere, Criterion::Hours).fit);
        prop_assert!(own.score >= elsewhere.score);
        Ok(())
    });
}

#[test]
fn r10_who_is_not_available_yet_stands_no_higher_than_with_a_day_in_time_and_then_equal_to_who_is() {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        pair.candidate.profile.availability.until = None;
        let first = pair.as_of;
        let mut judged = |from| {
            pair.candidate.profile.availability.from = from;
            world.engine(&pair, &numbers)
        };
        let available = judged(None);
        let waiting = judged(Some(AvailableFrom::NotYetKnown));
        let in_time = judged(Some(AvailableFrom::Date(first)));
        let late = judged(Some(AvailableFrom::Date(days_after(first, 400_000))));
        prop_assert_eq!(&in_time, &available);
        prop_assert!(waiting.score <= in_time.score && late.score <= waiting.score);
        prop_assert!(waiting.low <= late.score && in_time.score <= waiting.high);
        Ok(())
    });
}

#[test]
fn r11_early_and_late_work_needs_a_way_back_which_a_car_is_and_the_bus_is_not() {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        pair.travel_minutes = None;
        pair.candidate.profile.availability.held_jobs = Vec::new();
        let mut judged = |means: &[MeansOfTransport], from: u32, to: u32| {
            pair.candidate.profile.travel.means = means.to_vec();
            pair.vacancy.schedule.week_pattern = vec![slot(DAYS[0], from, to)];
            line(&world.engine(&pair, &numbers), Criterion::Travel)
        };
        let (bus, both) =
            ([MeansOfTransport::PublicTransport], [MeansOfTransport::PublicTransport, MeansOfTransport::Car]);
        for (from, to) in [(900, 1_380), (360, 840)] {
            prop_assert!(u32::from(judged(&bus, from, to).fit) <= numbers.neutral);
            prop_assert_eq!(judged(&both, from, to).fit, judged(&both, 540, 1_020).fit);
            prop_assert!(judged(&both, from, to).fit >= judged(&bus, from, to).fit);
        }
        Ok(())
    });
}
