//! Jobs that are held: which of them may go on beside a vacancy (R10), and the own employer's (R14).

use crate::domain::time::Answer;
use crate::rank::{
    criteria::week_pattern::{self, Need},
    facts::{CandidateFacts, OwnJob, WorkTimes},
    rules::Pair,
};

/// So many jobs that may be left are tried in every combination.
const TRIED_JOBS: usize = 6;

/// Jobs to keep beside a vacancy: their minutes a week, and how well that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) struct Choice {
    pub(in crate::rank) held: u32,
    pub(in crate::rank) fit: u32,
}

/// Minutes a week of the jobs that are kept whatever comes.
pub(in crate::rank) fn kept_minutes(candidate: &CandidateFacts) -> u32 {
    candidate.time.jobs.iter().filter(|job| job.is_kept).filter_map(|job| job.minutes).sum()
}

pub(super) fn keeps_unknown_hours(candidate: &CandidateFacts) -> bool {
    candidate.time.jobs.iter().any(|job| job.is_kept && job.minutes.is_none())
}

/// The first jobs that may be left.
fn open_jobs(candidate: &CandidateFacts) -> impl Iterator<Item = &OwnJob> + Clone {
    candidate.time.jobs.iter().filter(|job| !job.is_kept).take(TRIED_JOBS)
}

/// Minutes of a job that goes on beside the vacancy; `None` where that is not sure.
fn addable(job: &OwnJob, need: Need, pair: Pair<'_>) -> Option<u32> {
    let minutes = job.minutes?;
    let is_own = job.employer.is_some() && job.employer == pair.vacancy.employer;
    (is_own || leaves_room(job, need, pair)).then_some(minutes)
}

/// Whether enough of the vacancy's time lies outside the job's.
fn leaves_room(job: &OwnJob, need: Need, pair: Pair<'_>) -> bool {
    let WorkTimes::Exact(slots) = &pair.vacancy.times else { return false };
    if job.slots.is_empty() {
        return false;
    }
    let (mut length, mut outside) = (0, 0);
    for slot in slots.iter() {
        let shared: u32 = job.slots.iter().map(|own| own.shared_minutes(*slot)).sum();
        length += slot.minutes();
        outside += match (pair.vacancy.carving, shared) {
            (Some(Answer::Yes), shared) => slot.minutes() - shared,
            (_, 0) => slot.minutes(),
            _ => 0,
        };
    }
    outside >= need.of(length)
}

/// Minutes of all jobs that can go on beside the vacancy.
pub(super) fn addable_minutes(pair: Pair<'_>) -> u32 {
    let need = week_pattern::least_need(pair);
    open_jobs(pair.candidate).filter_map(|job| addable(job, need, pair)).sum()
}

/// Jobs among which a choice is made, by their minutes a week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choices {
    minutes: [u32; TRIED_JOBS],
    count: usize,
}

impl Choices {
    fn of(jobs: impl Iterator<Item = u32>) -> Self {
        let mut choices = Self { minutes: [0; TRIED_JOBS], count: 0 };
        for (place, job) in choices.minutes.iter_mut().zip(jobs) {
            *place = job;
            choices.count += 1;
        }
        choices
    }

    /// The jobs that can go on beside the vacancy.
    pub(super) fn addable(pair: Pair<'_>, need: Need) -> Self {
        Self::of(open_jobs(pair.candidate).filter_map(|job| addable(job, need, pair)))
    }

    /// The best choice; of equals the one that keeps most.
    pub(super) fn best(&self, fit: impl Fn(u32) -> u32) -> Choice {
        let minutes = &self.minutes[..self.count];
        let held = |choice: u32| {
            let kept = minutes.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1);
            kept.map(|(_, minutes)| minutes).sum()
        };
        let all = (0_u32..1 << minutes.len()).map(|choice| {
            let held = held(choice);
            Choice { held, fit: fit(held) }
        });
        all.max_by_key(|choice| (choice.fit, choice.held)).unwrap_or(Choice { held: 0, fit: 0 })
    }
}

/// The highest fit of any choice, whatever may come out about the jobs: of one without hours no more than the demand part
/// of leaving all of them.
pub(super) fn best_of_all(pair: Pair<'_>, demand: u32, fit: impl Fn(u32) -> u32) -> u32 {
    if open_jobs(pair.candidate).any(|job| job.minutes.is_none()) {
        return demand;
    }
    Choices::of(open_jobs(pair.candidate).filter_map(|job| job.minutes)).best(fit).fit
}

/// Jobs that may go on beside the vacancy, of which that is not sure since somebody's times or hours are not known.
pub(in crate::rank) fn unsure(pair: Pair<'_>) -> Unsure {
    let mut unsure = Unsure::default();
    let has_slots = matches!(pair.vacancy.times, WorkTimes::Exact(_));
    for job in &pair.candidate.time.jobs {
        unsure.of_person |= job.minutes.is_none();
        let is_own = job.employer.is_some() && job.employer == pair.vacancy.employer;
        if is_own && !job.is_kept {
            continue;
        }
        unsure.of_person |= job.slots.is_empty();
        unsure.of_vacancy |= !job.is_kept && !has_slots;
    }
    unsure
}

/// Who must tell more about times before it is sure that a job can go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::rank) struct Unsure {
    pub(in crate::rank) of_person: bool,
    pub(in crate::rank) of_vacancy: bool,
}
