use super::*;
use crate::domain::{
    Weekday,
    candidate::CandidateProfile,
    support::{Carving, CarvingWay},
    text::EmployerId,
    time::{HeldJob, HeldJobPlan, HoursPerWeek, WeekSlot},
    vacancy::Vacancy,
};
use crate::rank::testing::{candidate, facts, general, hours, vacancy};

fn judged(person: &CandidateProfile, work: &Vacancy) -> Hours {
    let (person, work) = (candidate("k", person), facts(work));
    let profile = general();
    let rules = Rules::new(&profile, crate::rank::testing::TODAY);
    judge(Pair { vacancy: &work, candidate: &person, travel_minutes: None }, rules)
}

fn wants(min: f64, max: f64) -> CandidateProfile {
    let mut person = CandidateProfile::default();
    person.availability.hours = hours(min, max);
    person
}

fn offers(min: f64, max: f64) -> Vacancy {
    let mut work = vacancy("v");
    work.schedule.hours = hours(min, max);
    work
}

fn mornings(days: &[Weekday]) -> Vec<WeekSlot> {
    days.iter().map(|day| WeekSlot::new(*day, 8 * 60, 12 * 60).unwrap()).collect()
}

fn holds(amount: f64, plan: HeldJobPlan, slots: Vec<WeekSlot>) -> HeldJob {
    HeldJob {
        employer: EmployerId::new("x").ok(),
        employer_name: None,
        hours: HoursPerWeek::new(amount).ok(),
        slots,
        plan,
    }
}

#[test]
fn r10_sixteen_of_thirty_two_hours_is_half_and_fewer_hours_than_wished_lower_the_fit_only() {
    let fit = judged(&wants(8.0, 16.0), &offers(32.0, 36.0));
    assert_eq!((fit.opinion.fit, fit.demand_part), (5_000, Some(5_000)));
    let fit = judged(&wants(32.0, 36.0), &offers(16.0, 28.0));
    assert_eq!((fit.opinion.fit, fit.demand_part), (8_750, Some(10_000)));
}

#[test]
fn r10_a_cap_counts_all_jobs_together_while_it_holds() {
    let mut person = wants(16.0, 36.0);
    let max = HoursPerWeek::new(20.0).unwrap();
    let until = crate::rank::testing::TODAY;
    person.availability.hours_cap = Some(crate::domain::time::HoursCap { max, until: Some(until) });
    assert_eq!(judged(&person, &offers(36.0, 36.0)).opinion.fit, 5_555);
    person.availability.held_jobs = vec![holds(8.0, HeldJobPlan::Keep, Vec::new())];
    assert_eq!(judged(&person, &offers(24.0, 36.0)).opinion.fit, 5_000);
    person.availability.hours_cap =
        Some(crate::domain::time::HoursCap { max, until: until.yesterday().ok() });
    assert_eq!(judged(&person, &offers(24.0, 36.0)).opinion.fit, 10_000);
}

#[test]
fn r10_a_job_that_may_be_left_is_replaced_or_added_to_whichever_is_better() {
    use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
    let mut person = wants(32.0, 32.0);
    let own = mornings(&[Monday, Tuesday, Wednesday, Thursday, Friday]);
    person.availability.held_jobs = vec![holds(20.0, HeldJobPlan::Open, own.clone())];
    assert_eq!(judged(&person, &offers(32.0, 32.0)).opinion.fit, 10_000);
    let mut beside = offers(12.0, 12.0);
    // Without times nobody is sure that both fit into a week.
    let unsure = judged(&person, &beside).opinion;
    assert_eq!((unsure.fit, unsure.low, unsure.high), (3_750, 3_750, 10_000));
    beside.schedule.week_pattern = vec![WeekSlot::new(Weekday::Saturday, 8 * 60, 20 * 60).unwrap()];
    assert_eq!(judged(&person, &beside).opinion.fit, 10_000);
    beside.schedule.week_pattern = own[..3].to_vec();
    assert_eq!(judged(&person, &beside).opinion.fit, 3_750);
    person.availability.held_jobs[0].plan = HeldJobPlan::Keep;
    assert_eq!(judged(&person, &offers(32.0, 32.0)).demand_part, Some(3_750));
}

#[test]
fn r10_beside_a_job_a_vacancy_of_which_only_the_most_hours_are_known_takes_all_of_them() {
    let mut person = wants(32.0, 32.0);
    person.availability.held_jobs = vec![holds(20.0, HeldJobPlan::Open, mornings(&[Weekday::Monday]))];
    let mut work = vacancy("v");
    work.schedule.hours = crate::domain::time::HoursRange::new(None, HoursPerWeek::new(28.0).ok()).unwrap();
    work.schedule.week_pattern = vec![WeekSlot::new(Weekday::Friday, 0, 1_440).unwrap(); 2];
    let hours = judged(&person, &work).opinion;
    assert_eq!((hours.fit, hours.high), (8_750, 10_000));
}

#[test]
fn r14_more_hours_at_the_own_employer_add_even_when_nobody_says_when_the_work_is() {
    let mut person = wants(32.0, 32.0);
    person.availability.held_jobs = vec![holds(20.0, HeldJobPlan::Open, Vec::new())];
    let mut more = offers(12.0, 12.0);
    assert_eq!(judged(&person, &more).opinion.fit, 3_750);
    more.employer.id = EmployerId::new("x").ok();
    assert_eq!(judged(&person, &more).opinion.fit, 10_000);
    more.employer.id = EmployerId::new("X").ok();
    assert_eq!(judged(&person, &more).opinion.fit, 3_750);
}

#[test]
fn r10_a_job_that_may_be_split_needs_only_its_smallest_part() {
    let mut work = offers(32.0, 32.0);
    let split = |min_hours, ways: &[CarvingWay]| Carving {
        allowed: Answer::Yes,
        min_hours: HoursPerWeek::new(min_hours).ok(),
        ways: ways.to_vec(),
    };
    let person = wants(8.0, 16.0);
    let part = |work: &Vacancy| judged(&person, work).demand_part;
    work.carving = Some(split(16.0, &[CarvingWay::Hours]));
    assert_eq!(part(&work), Some(10_000));
    work.carving = Some(split(20.0, &[]));
    assert_eq!(part(&work), Some(8_000));
    // Another time frame is not fewer hours.
    work.carving = Some(split(16.0, &[CarvingWay::TimeFrame]));
    assert_eq!(part(&work), Some(5_000));
}

#[test]
fn r5_a_missing_bound_counts_at_its_best_and_is_low_at_its_worst() {
    let mut person = CandidateProfile::default();
    person.availability.hours =
        crate::domain::time::HoursRange::new(HoursPerWeek::new(24.0).ok(), None).unwrap();
    let fit = judged(&person, &offers(32.0, 36.0));
    assert_eq!((fit.opinion.fit, fit.opinion.low, fit.lowest_demand_part), (10_000, 7_500, Some(7_500)));
}
