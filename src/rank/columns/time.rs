//! Hours and times: who has no job with slots is the same for many vacancies, whatever the jobs are.

use super::{Threads, classes::Classes};
use crate::rank::{
    conflict::{self, View},
    criteria::{hours, week_pattern},
    facts::{CandidateFacts, VacancyFacts, WorkTimes},
    rules::{Pair, Rules},
};
use std::borrow::Borrow;

/// Hours a week with the jobs that are held.
#[derive(Debug)]
pub(super) struct HoursIndex {
    pub(super) classes: Classes,
    /// The same without the jobs that may be left: what counts where none of them can go on beside the vacancy.
    plain: Classes,
    /// The plain class of each class.
    plain_of: Box<[u32]>,
    /// Classes with a job that goes on beside some vacancy with slots.
    with_slots: Box<[u32]>,
}

impl HoursIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let classes = Classes::new(people, |p| (p.hours, p.cap, &p.time.jobs));
        let plain = Classes::new(people, |p| (p.hours, p.cap, hours::kept_minutes(p)));
        let plain_of = classes.table(|row| plain.of[row]);
        let has_slots = |row: usize| {
            let jobs = people[row].borrow().time.jobs.iter();
            jobs.filter(|job| !job.is_kept && job.minutes.is_some()).any(|job| !job.slots.is_empty())
        };
        let with_slots = classes.table(has_slots).into_iter().zip(0_u32..);
        let with_slots = with_slots.filter(|(has, _)| *has).map(|(_, class)| class).collect();
        Self { plain_of: plain_of.into(), classes, plain, with_slots }
    }

    /// The fit of each class with a vacancy of another employer, and above it the part that the conflict takes; `plain`
    /// gives the same of the plain classes, from [`plain_table`](Self::plain_table).
    pub(super) fn table<C: Borrow<CandidateFacts>>(
        &self,
        vacancy: &VacancyFacts,
        people: &[C],
        rules: Rules<'_>,
        plain: &[u32],
    ) -> Box<[u32]> {
        let mut table: Box<[u32]> = self.plain_of.iter().map(|class| plain[*class as usize]).collect();
        if let WorkTimes::Exact(_) = vacancy.times {
            let elsewhere = VacancyFacts { employer: None, ..vacancy.clone() };
            for class in &self.with_slots {
                let row = self.classes.representatives[*class as usize] as usize;
                table[*class as usize] = judged(people[row].borrow(), &elsewhere, rules);
            }
        }
        table
    }

    /// What hours count where no job can go on beside the vacancy: many vacancies ask the same of it.
    pub(super) fn plain_table<C: Borrow<CandidateFacts> + Sync>(
        &self,
        threads: Threads,
        vacancy: &VacancyFacts,
        people: &[C],
        rules: Rules<'_>,
    ) -> Box<[u32]> {
        let without_slots = VacancyFacts { employer: None, times: WorkTimes::Unknown, ..vacancy.clone() };
        self.plain.table_on(threads, |row| judged(people[row].borrow(), &without_slots, rules)).into()
    }
}

fn judged(candidate: &CandidateFacts, vacancy: &VacancyFacts, rules: Rules<'_>) -> u32 {
    let hours = hours::judge(Pair { vacancy, candidate, travel_minutes: None }, rules);
    hours.opinion.fit | conflict::part_of_hours(&hours, vacancy, View::AsKnown) << 16
}

/// What of a vacancy's hours and times the fit of the hours depends on, but for the employer.
pub(super) fn asked_hours(vacancy: &VacancyFacts) -> impl std::hash::Hash + '_ {
    let slots = match &vacancy.times {
        WorkTimes::Exact(slots) => Some(slots),
        WorkTimes::Kinds(_) | WorkTimes::Unknown => None,
    };
    (vacancy.hours, vacancy.carving, vacancy.least_part, slots)
}

/// The fit of each class of times, and above it the part that the conflict takes.
pub(super) fn times_table<C: Borrow<CandidateFacts> + Sync>(
    classes: &Classes,
    threads: Threads,
    vacancy: &VacancyFacts,
    people: &[C],
    rules: Rules<'_>,
) -> Box<[u32]> {
    let judge = |row: usize| {
        let pair = Pair { vacancy, candidate: people[row].borrow(), travel_minutes: None };
        let times = week_pattern::of_times(pair, rules);
        times.opinion.fit | conflict::part_of_times(&times, vacancy, View::AsKnown) << 16
    };
    classes.table_on(threads, judge).into()
}
