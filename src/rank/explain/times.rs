//! The reasons of hours and of times (R10, R14).

use crate::domain::time::Answer;
use crate::rank::{
    criteria::{WHOLE, hours, week_pattern},
    facts::{MOST_MINUTES, OwnTimes, Start, WorkTimes},
    found::Found,
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
};

pub(super) fn of_hours(found: &Found<'_>) -> Vec<Reason> {
    let (pair, rules) = (found.pair, found.rules);
    let mut reasons = Vec::new();
    let cap = hours::cap(pair.candidate, rules);
    if cap < MOST_MINUTES {
        reasons.push(Reason::new(ReasonCode::HoursCap, [("cap", Value::WorkMinutes(cap))]));
    }
    let kept = hours::kept_minutes(pair.candidate);
    if kept > 0 {
        reasons.push(Reason::new(ReasonCode::HoursKept, [("held", Value::WorkMinutes(kept))]));
    }
    let (Some(person), Some(vacancy)) = (pair.candidate.hours, pair.vacancy.hours) else {
        if pair.candidate.hours.is_none() {
            reasons.push(Reason::plain(ReasonCode::HoursOfPersonUnknown));
        }
        if pair.vacancy.hours.is_none() {
            reasons.push(Reason::plain(ReasonCode::HoursOfVacancyUnknown));
        }
        return reasons;
    };
    let choice = hours::best_choice(pair, rules).map_or(0, |choice| choice.held);
    let workable = super::workable(pair, rules).saturating_sub(choice);
    let is_short = |minimum: &u32| workable < *minimum;
    let below = vacancy.min.filter(is_short).map(|minimum| {
        let data = [("workable", Value::WorkMinutes(workable)), ("minimum", Value::WorkMinutes(minimum))];
        let code = match pair.vacancy.least_part {
            Some(part) if workable >= part => ReasonCode::HoursSplit,
            _ => ReasonCode::HoursBelowMinimum,
        };
        Reason::new(code, data)
    });
    let extra = vacancy.max.or(vacancy.min).map(|extra| extra.min(workable));
    let beside = of_the_present_work(choice, kept, extra, pair);
    // The total is told with the present work.
    let offered = vacancy.max.map(|maximum| maximum + kept + choice);
    let less = offered.zip(person.min).filter(|(offered, minimum)| offered < minimum);
    let less = less.map(|(offered, minimum)| {
        let data = [("minimum", Value::WorkMinutes(minimum)), ("maximum", Value::WorkMinutes(offered))];
        let code = if offered == vacancy.max.unwrap_or(offered) {
            ReasonCode::HoursBelowWish
        } else {
            ReasonCode::HoursTogetherBelowWish
        };
        Reason::new(code, data)
    });
    if below.is_none() && less.is_none() && beside.is_none() {
        reasons.push(Reason::plain(ReasonCode::HoursFit));
    }
    reasons.extend(beside);
    reasons.extend(below);
    reasons.extend(less);
    let opinion = found.hours().opinion;
    let unsure = hours::unsure(pair);
    if opinion.high > opinion.fit && (unsure.of_person || unsure.of_vacancy) {
        reasons.push(Reason::plain(ReasonCode::HoursBesideUnknown));
    }
    reasons
}

/// What becomes of the jobs that may be left.
fn of_the_present_work(held: u32, kept: u32, extra: Option<u32>, pair: Pair<'_>) -> Option<Reason> {
    let open = pair.candidate.time.jobs.iter().filter(|job| !job.is_kept);
    let all: u32 = open.filter_map(|job| job.minutes).sum();
    if held == 0 {
        let data = [("held", Value::WorkMinutes(all))];
        return (all > 0).then(|| Reason::new(ReasonCode::HoursReplaced, data));
    }
    let extra = extra?;
    let data = [
        ("held", Value::WorkMinutes(held + kept)),
        ("extra", Value::WorkMinutes(extra)),
        ("total", Value::WorkMinutes(held + kept + extra)),
    ];
    let code = if pair.is_own_employer() { ReasonCode::HoursAddedOwn } else { ReasonCode::HoursAdded };
    Some(Reason::new(code, data))
}

pub(super) fn of_week_pattern(found: &Found<'_>) -> Vec<Reason> {
    let (pair, rules) = (found.pair, found.rules);
    let mut reasons = of_times(found);
    let own = &pair.candidate.time;
    let lessons = own.lesson_minutes(rules.as_of);
    if lessons > 0 {
        reasons.push(Reason::new(ReasonCode::LessonsTakeTime, [("lessons", Value::WorkMinutes(lessons))]));
    }
    if own.keeps_a_job_without_slots() {
        reasons.push(Reason::plain(ReasonCode::TimesOfHeldJobUnknown));
    }
    reasons.extend(of_the_start(pair, rules));
    reasons.extend(of_the_end(pair, rules));
    reasons
}

fn of_times(found: &Found<'_>) -> Vec<Reason> {
    let pair = found.pair;
    let opinion = found.times().opinion;
    let fit = opinion.fit;
    let person_unknown = pair.candidate.time.times == OwnTimes::Unknown;
    let vacancy_unknown = pair.vacancy.times == WorkTimes::Unknown;
    if person_unknown || vacancy_unknown {
        let person = person_unknown.then(|| Reason::plain(ReasonCode::TimesOfPersonUnknown));
        let vacancy = vacancy_unknown.then(|| Reason::plain(ReasonCode::TimesOfVacancyUnknown));
        return person.into_iter().chain(vacancy).collect();
    }
    let (WorkTimes::Exact(slots), OwnTimes::Exact(_)) = (&pair.vacancy.times, &pair.candidate.time.times)
    else {
        // A fit is at most 10,000.
        let fit = Value::Fit(u16::try_from(fit).unwrap_or(u16::MAX));
        return vec![Reason::new(ReasonCode::TimesRoughly, [("fit", fit)])];
    };
    let length = slots.iter().map(|slot| slot.minutes()).sum();
    if pair.vacancy.hours.is_none_or(|hours| hours.min.is_none()) && opinion.low < fit {
        let needed = week_pattern::most_need(pair).of(length);
        let covered = needed * opinion.low / WHOLE;
        let data = [("needed", Value::WorkMinutes(needed)), ("covered", Value::WorkMinutes(covered))];
        return vec![Reason::new(ReasonCode::TimesNeededUnknown, data)];
    }
    let may_be_split = pair.vacancy.carving == Some(Answer::Yes);
    vec![match (fit, may_be_split) {
        (WHOLE, true) => Reason::plain(ReasonCode::TimesFitSplit),
        (WHOLE, false) => Reason::plain(ReasonCode::TimesFit),
        _ => {
            let needed = week_pattern::least_need(pair).of(length);
            let covered = needed * fit / WHOLE;
            let data = [("needed", Value::WorkMinutes(needed)), ("covered", Value::WorkMinutes(covered))];
            Reason::new(if may_be_split { ReasonCode::TimesSplit } else { ReasonCode::TimesBelow }, data)
        }
    }]
}

fn of_the_start(pair: Pair<'_>, rules: Rules<'_>) -> Option<Reason> {
    match pair.candidate.time.start {
        Start::Open => None,
        Start::NotYetKnown => Some(Reason::plain(ReasonCode::NotYetAvailableUnknown)),
        Start::From(from) => {
            let day = ("day", Value::day(from));
            Some(match pair.vacancy.starts_on.map(|first| first.max(rules.as_of)) {
                Some(first) if from > first => {
                    Reason::new(ReasonCode::AvailableLater, [day, ("start", Value::day(first))])
                }
                None if from > rules.as_of => Reason::new(ReasonCode::AvailableFrom, [day]),
                _ => Reason::new(ReasonCode::AvailableInTime, [day]),
            })
        }
    }
}

fn of_the_end(pair: Pair<'_>, rules: Rules<'_>) -> Option<Reason> {
    let until = pair.candidate.time.until?;
    let day = ("day", Value::day(until));
    let first = pair.vacancy.starts_on.map_or(rules.as_of, |first| first.max(rules.as_of));
    Some(match pair.vacancy.ends_on {
        _ if until < first => Reason::new(ReasonCode::AvailableTooShort, [day]),
        None => Reason::new(ReasonCode::EndUnknown, [day]),
        Some(end) if end <= until => Reason::new(ReasonCode::AvailableUntilEnd, [day]),
        Some(end) => Reason::new(ReasonCode::AvailableUntil, [day, ("end", Value::day(end))]),
    })
}
