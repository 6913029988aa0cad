//! A licence, certificate or registration: had, or asked later.

use super::{Change, Edit, Situation, of_vacancy};
use crate::domain::{
    Vacancy,
    candidate::CandidateProfile,
    education::{Course, HeldLicences, Registration},
    requirement::{GraceWeeks, Requirement},
};
use crate::rank::{
    criteria::licences::{Obtainable, Standing, obtainable, standing},
    criterion::Criterion,
    facts::{AskedPaper, Paper},
    reason::{Reason, ReasonCode, Value},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let mut latest = None;
    for asked in &at.pair.vacancy.papers {
        if standing(asked, at.pair.candidate, at.rules) == Standing::Has {
            continue;
        }
        changes.push(held(asked));
        let Some(weeks) = asked.lead_weeks else { continue };
        match obtainable(asked, at.pair.vacancy, at.rules) {
            Obtainable::InTime => {}
            Obtainable::Open => latest = latest.max(Some(weeks)),
            Obtainable::TooLate => changes.extend(later(asked, weeks)),
        }
    }
    changes.extend(latest.and_then(|weeks| first_day(at, weeks)));
}

fn name(asked: &AskedPaper) -> (&'static str, Value) {
    ("paper", Value::Paper(asked.paper.name()))
}

fn held(asked: &AskedPaper) -> Change {
    let (field, paper) = match &asked.paper {
        Paper::Licence(_) => ("licences", asked.paper.clone()),
        Paper::Certificate(_) => ("courses", asked.paper.clone()),
        Paper::Registration(_) => ("registrations", asked.paper.clone()),
    };
    Change {
        reason: Reason::new(ReasonCode::WithPaper, [name(asked)]),
        criterion: Criterion::Licences,
        field,
        lead_weeks: asked.lead_weeks,
        edit: Edit::Candidate(Box::new(move |profile| hold(profile, &paper))),
    }
}

fn hold(profile: &mut CandidateProfile, paper: &Paper) {
    match paper {
        Paper::Licence(licence) => {
            let mut held = match profile.licences.take() {
                Some(HeldLicences::These(held)) => held,
                Some(HeldLicences::NoneAtAll) | None => Vec::new(),
            };
            held.push(*licence);
            profile.licences = Some(HeldLicences::These(held));
        }
        Paper::Certificate(name) => profile.courses.push(Course {
            name: name.clone(),
            certificate_on: None,
            valid_until: None,
            from: None,
            until: None,
            school: None,
        }),
        Paper::Registration(name) => {
            profile.registrations.push(Registration { name: name.clone(), valid_until: None });
        }
    }
}

/// The grace period that leaves time for the paper.
fn later(asked: &AskedPaper, weeks: u16) -> Option<Change> {
    let grace = GraceWeeks::new(u32::from(weeks)).ok()?;
    let paper = asked.paper.clone();
    let weeks = ("weeks", Value::Weeks(u32::from(weeks)));
    let reason = Reason::new(ReasonCode::WithPaperLater, [name(asked), weeks]);
    let field = match asked.paper {
        Paper::Licence(_) => "requirements.licences",
        Paper::Certificate(_) => "requirements.certificates",
        Paper::Registration(_) => "requirements.registrations",
    };
    Some(of_vacancy(Criterion::Licences, reason, field, move |vacancy| allow(vacancy, &paper, grace)))
}

fn allow(vacancy: &mut Vacancy, paper: &Paper, grace: GraceWeeks) {
    fn of<T: PartialEq>(demands: &mut [Requirement<T>], what: &T, grace: GraceWeeks) {
        for demand in demands.iter_mut().filter(|demand| demand.what == *what) {
            demand.grace = demand.grace.max(grace);
        }
    }
    let asked = &mut vacancy.requirements;
    match paper {
        Paper::Licence(licence) => of(&mut asked.licences, licence, grace),
        Paper::Certificate(name) => of(&mut asked.certificates, name, grace),
        Paper::Registration(name) => of(&mut asked.registrations, name, grace),
    }
}

/// The first day of work, late enough for all that can be had.
fn first_day(at: &Situation<'_>, weeks: u16) -> Option<Change> {
    let day = at.as_of.checked_add(jiff::Span::new().weeks(i64::from(weeks))).ok()?;
    if at.vacancy.ends_on.is_some_and(|last| last < day) {
        return None;
    }
    let weeks = ("weeks", Value::Weeks(u32::from(weeks)));
    let reason = Reason::new(ReasonCode::WithFirstDay, [weeks]);
    Some(of_vacancy(Criterion::Licences, reason, "starts_on", move |vacancy| {
        vacancy.starts_on = Some(day);
    }))
}
