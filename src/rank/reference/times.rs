//! Hours a week, with the jobs that are held.

use super::{Fit, Setting, week};
use crate::domain::{
    Candidate, Vacancy,
    support::CarvingWay,
    time::{Answer, HeldJob, HeldJobPlan, HoursPerWeek, HoursRange},
};

/// The most hours there are, in minutes a week.
const MOST: i128 = 99 * 60;

/// A part that a conflict takes: as known, at best and at worst; `None` where nothing is known.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) known: Option<i128>,
    pub(super) best: Option<i128>,
    pub(super) worst: Option<i128>,
}

/// Fewest and most minutes a week, as given.
#[derive(Clone, Copy)]
struct Bounds {
    min: Option<i128>,
    max: Option<i128>,
}

impl Bounds {
    fn of(range: HoursRange) -> Self {
        let minutes = |bound: Option<HoursPerWeek>| bound.map(|bound| i128::from(bound.minutes()));
        Self { min: minutes(range.min()), max: minutes(range.max()) }
    }

    fn min_or_0(self) -> i128 {
        self.min.unwrap_or(0)
    }

    fn max_or_most(self) -> i128 {
        self.max.unwrap_or(MOST)
    }

    fn one_is_missing(self) -> bool {
        self.min.is_none() || self.max.is_none()
    }

    /// Every missing bound at the other one.
    fn at_worst(self) -> Self {
        Self { min: self.min.or(self.max), max: self.max.or(self.min) }
    }
}

fn wished_hours(candidate: &Candidate) -> Option<Bounds> {
    candidate.profile.availability.hours.map(Bounds::of)
}

fn offered_hours(vacancy: &Vacancy) -> Option<Bounds> {
    vacancy.schedule.hours.map(Bounds::of)
}

fn jobs(candidate: &Candidate, plan: HeldJobPlan) -> Vec<&HeldJob> {
    candidate.profile.availability.held_jobs.iter().filter(|job| job.plan == plan).collect()
}

fn minutes(job: &HeldJob) -> Option<i128> {
    job.hours.map(|hours| i128::from(hours.minutes()))
}

/// Minutes of the jobs that are kept, as far as they are known.
fn kept(candidate: &Candidate) -> i128 {
    jobs(candidate, HeldJobPlan::Keep).into_iter().filter_map(minutes).sum()
}

/// Whether the person has a job at the vacancy's employer.
pub(super) fn is_own_employer(vacancy: &Vacancy, candidate: &Candidate) -> bool {
    candidate.profile.availability.held_jobs.iter().any(|job| is_at_this_employer(job, vacancy))
}

fn is_at_this_employer(job: &HeldJob, vacancy: &Vacancy) -> bool {
    job.employer.is_some() && job.employer == vacancy.employer.id
}

/// What can be worked beside the jobs that are kept, of a maximum, under the cap.
fn workable(maximum: i128, candidate: &Candidate, setting: &Setting<'_>) -> i128 {
    let under_the_cap = match candidate.profile.availability.hours_cap {
        Some(cap) if cap.holds_on(setting.as_of) => maximum.min(i128::from(cap.max.minutes())),
        _ => maximum,
    };
    (under_the_cap - kept(candidate)).max(0)
}

/// Which share of what is needed is there, in 1/10,000.
fn covered(available: i128, needed: i128) -> i128 {
    if needed == 0 { 10_000 } else { (available * 10_000 / needed).min(10_000) }
}

/// The jobs that may be left and are tried.
fn open_jobs(candidate: &Candidate) -> Vec<&HeldJob> {
    jobs(candidate, HeldJobPlan::Open).into_iter().take(6).collect()
}

/// Minutes of the jobs that can go on beside the vacancy, with what it needs for sure or at worst.
fn addable(vacancy: &Vacancy, candidate: &Candidate, need: fn(&Vacancy, i128) -> i128) -> Vec<i128> {
    let goes_on = |job: &&HeldJob| is_at_this_employer(job, vacancy) || leaves_room(job, vacancy, need);
    open_jobs(candidate).into_iter().filter(goes_on).filter_map(minutes).collect()
}

fn leaves_room(job: &HeldJob, vacancy: &Vacancy, need: fn(&Vacancy, i128) -> i128) -> bool {
    let slots = &vacancy.schedule.week_pattern;
    if job.slots.is_empty() || slots.is_empty() {
        return false;
    }
    let busy = week::week_of(job.slots.iter().map(week::minutes_of));
    let may_be_split = vacancy.carving.as_ref().is_some_and(|carving| carving.allowed == Answer::Yes);
    let outside = |slot: &crate::domain::time::WeekSlot| {
        let all = week::minutes_of(slot);
        let clashes = week::count(&all, &busy);
        if clashes > 0 && !may_be_split { 0 } else { all.len() as i128 - clashes }
    };
    let room: i128 = slots.iter().map(outside).sum();
    room >= need(vacancy, slots.iter().map(|slot| week::minutes_of(slot).len() as i128).sum())
}

/// The hours of every choice of some of these jobs.
fn choices(jobs: &[i128]) -> Vec<i128> {
    jobs.iter().fold(vec![0], |sums, job| sums.iter().flat_map(|sum| [*sum, sum + job]).collect())
}

pub(super) fn hours(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let fit = with_known_kept_hours(vacancy, candidate, setting);
    if jobs(candidate, HeldJobPlan::Keep).iter().any(|job| job.hours.is_none()) {
        return Fit { low: 0, high: 10_000, ..fit };
    }
    fit
}

fn with_known_kept_hours(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let neutral = setting.neutral();
    let kept = kept(candidate);
    let sure = addable(vacancy, candidate, week::need);
    let all: i128 = sure.iter().sum();
    let within = |a: i128, h: i128, low: i128| Fit { fit: neutral.max(a).min(h), low, high: h };
    match (wished_hours(candidate), offered_hours(vacancy)) {
        (Some(wished), Some(offered)) => {
            let lower = |wished: Bounds, offered: Bounds, held: i128| {
                let left = (workable(wished.max_or_most(), candidate, setting) - held).max(0);
                let demand = covered(left, offered.min_or_0());
                let wish = covered(kept + held + offered.max_or_most(), wished.min_or_0());
                demand.min(wish)
            };
            let best = |wished: Bounds, offered: Bounds, jobs: &[i128]| {
                choices(jobs).into_iter().map(|held| lower(wished, offered, held)).max().unwrap_or(0)
            };
            let sure = addable(vacancy, candidate, week::need_at_worst);
            // Beside a job that goes on, only the most hours known means all of them.
            let with_all_hours = Bounds { min: offered.min.or(offered.max), ..offered };
            let beside = choices(&sure).into_iter().filter(|held| *held > 0);
            let beside = beside.map(|held| lower(wished, with_all_hours, held)).max().unwrap_or(0);
            let open = open_jobs(candidate);
            let high = if open.iter().any(|job| job.hours.is_none()) {
                covered(workable(wished.max_or_most(), candidate, setting), offered.min_or_0())
            } else {
                best(wished, offered, &open.into_iter().filter_map(minutes).collect::<Vec<_>>())
            };
            let low = best(wished.at_worst(), offered.at_worst(), &sure);
            Fit { fit: lower(wished, offered, 0).max(beside), low, high }
        }
        (None, Some(offered)) => {
            let a = |held: i128| {
                if offered.min_or_0() > 0 { 0 } else { covered(kept + held + offered.max_or_most(), MOST) }
            };
            let h = covered(workable(MOST, candidate, setting), offered.min_or_0());
            within(a(all), h, if offered.one_is_missing() { 0 } else { a(0) })
        }
        (Some(wished), None) => {
            let of_the_most = covered(workable(wished.max_or_most(), candidate, setting), MOST);
            let a = |held: i128| covered(kept + held, wished.min_or_0()).min(of_the_most);
            within(a(all), 10_000, if wished.one_is_missing() { 0 } else { a(0) })
        }
        (None, None) => Fit::unknown(neutral),
    }
}

/// Minutes of the smallest part of a job that may be split by hours or tasks; `None` where it may not.
pub(super) fn smallest_part(vacancy: &Vacancy) -> Option<i128> {
    let carving = vacancy.carving.as_ref().filter(|carving| carving.allowed == Answer::Yes)?;
    let only_other_times =
        !carving.ways.is_empty() && carving.ways.iter().all(|way| *way == CarvingWay::TimeFrame);
    (!only_other_times).then(|| carving.min_hours.map_or(0, |least| i128::from(least.minutes())))
}

/// The demand part that the conflict takes.
pub(super) fn demand_parts(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Parts {
    let least = |minimum: i128| smallest_part(vacancy).map_or(minimum, |part| part.min(minimum));
    let part = |maximum: i128, minimum: i128| covered(workable(maximum, candidate, setting), least(minimum));
    let Some(offered) = offered_hours(vacancy) else {
        return Parts { known: None, best: None, worst: None };
    };
    let wished = wished_hours(candidate);
    let known = part(wished.map_or(MOST, Bounds::max_or_most), offered.min_or_0());
    let kept_hours_are_known = jobs(candidate, HeldJobPlan::Keep).iter().all(|job| job.hours.is_some());
    let worst = wished
        .filter(|_| kept_hours_are_known)
        .map(|wished| part(wished.at_worst().max_or_most(), offered.at_worst().min_or_0()));
    Parts { known: Some(known), best: Some(known), worst }
}
