//! Hours: more of the person's, unknown ones at their best answer, and a job that may be split. What fewer hours are for is
//! nobody's business, so a limit on them is never proposed away.

use super::{Change, Situation, of_candidate, of_vacancy};
use crate::domain::{
    support::Carving,
    time::{Answer, HoursRange},
};
use crate::rank::{
    criteria::{WHOLE, hours, week_pattern},
    criterion::Criterion,
    reason::{Reason, ReasonCode, Value},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let (person, vacancy) = (at.candidate.availability.hours, at.vacancy.schedule.hours);
    match (person, vacancy) {
        (None, Some(offered)) => changes.push(of_person(offered)),
        (Some(wished), None) => changes.push(of_work(wished)),
        (Some(wished), Some(offered)) => changes.extend(more(at, wished, offered)),
        (None, None) => {}
    }
    let hours = hours::judge(at.pair, at.rules).demand_part;
    let times = week_pattern::of_times(at.pair, at.rules).part;
    let is_short = hours.into_iter().chain(times).any(|part| part < WHOLE);
    if is_short && at.pair.vacancy.carving != Some(Answer::Yes) {
        let reason = Reason::plain(ReasonCode::WithCarving);
        changes.push(of_vacancy(Criterion::Hours, reason, "carving", |vacancy| {
            let (min_hours, ways) =
                vacancy.carving.take().map(|carving| (carving.min_hours, carving.ways)).unwrap_or_default();
            vacancy.carving = Some(Carving { allowed: Answer::Yes, min_hours, ways });
        }));
    }
}

fn told(range: HoursRange) -> Value {
    let shown = range.min().or(range.max());
    Value::WorkMinutes(shown.map_or(0, |hours| hours.minutes()))
}

fn of_person(offered: HoursRange) -> Change {
    let reason = Reason::new(ReasonCode::WithHours, [("hours", told(offered))]);
    of_candidate(Criterion::Hours, reason, "availability.hours", move |profile| {
        profile.availability.hours = Some(offered);
    })
}

fn of_work(wished: HoursRange) -> Change {
    let reason = Reason::new(ReasonCode::WithHoursOfVacancy, [("hours", told(wished))]);
    of_vacancy(Criterion::Hours, reason, "schedule.hours", move |vacancy| {
        vacancy.schedule.hours = Some(wished);
    })
}

/// The person's most hours raised to the employer's minimum, where no limit stands below it.
fn more(at: &Situation<'_>, wished: HoursRange, offered: HoursRange) -> Option<Change> {
    let needed = offered.min().filter(|min| wished.max().is_some_and(|max| max < *min))?;
    if hours::cap(at.pair.candidate, at.rules) < needed.minutes() {
        return None;
    }
    let range = HoursRange::new(wished.min(), Some(needed)).ok().flatten()?;
    let reason = Reason::new(ReasonCode::WithHours, [("hours", Value::WorkMinutes(needed.minutes()))]);
    Some(of_candidate(Criterion::Hours, reason, "availability.hours", move |profile| {
        profile.availability.hours = Some(range);
    }))
}
