//! When the work is done: times and first days that are not known, at their best answer, and a later start of the work. Times
//! that are known stay: what somebody does in the others is nobody's business.

use super::{Change, Situation, of_candidate, of_vacancy};
use crate::domain::time::AvailableFrom;
use crate::rank::{
    criterion::Criterion,
    day::Day,
    reason::{Reason, ReasonCode, Value},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    slots(at, changes);
    match at.candidate.availability.from {
        Some(AvailableFrom::NotYetKnown) => changes.push(first_day_of_person(at)),
        Some(AvailableFrom::Date(day)) => {
            let begins = at.vacancy.starts_on.unwrap_or(at.as_of);
            let in_its_time = at.vacancy.ends_on.is_none_or(|last| day <= last);
            if Day::new(begins) < Day::new(day) && in_its_time {
                let reason = Reason::new(ReasonCode::WithStartOn, [("day", Value::Day(day))]);
                changes.push(of_vacancy(Criterion::WeekPattern, reason, "starts_on", move |vacancy| {
                    vacancy.starts_on = Some(day);
                }));
            }
        }
        None => {}
    }
}

/// The person can start when the work does.
fn first_day_of_person(at: &Situation<'_>) -> Change {
    let day = at.vacancy.starts_on.map_or(at.as_of, |start| start.max(at.as_of));
    let reason = Reason::new(ReasonCode::WithAvailableFrom, [("day", Value::Day(day))]);
    of_candidate(Criterion::WeekPattern, reason, "availability.available_from", move |profile| {
        profile.availability.from = Some(AvailableFrom::Date(day));
    })
}

fn slots(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let (person, work) = (&at.candidate.availability.week_pattern, &at.vacancy.schedule.week_pattern);
    if person.is_empty() && !work.is_empty() {
        let slots = work.clone();
        let reason = Reason::plain(ReasonCode::WithTimes);
        let field = "availability.week_pattern";
        changes.push(of_candidate(Criterion::WeekPattern, reason, field, move |profile| {
            profile.availability.week_pattern.clone_from(&slots);
        }));
    }
    if work.is_empty() && !person.is_empty() {
        let slots = person.clone();
        let reason = Reason::plain(ReasonCode::WithTimesOfVacancy);
        changes.push(of_vacancy(Criterion::WeekPattern, reason, "schedule.week_pattern", move |vacancy| {
            vacancy.schedule.week_pattern.clone_from(&slots);
        }));
    }
}
