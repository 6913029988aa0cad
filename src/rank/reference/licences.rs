//! Driving licences, certificates and registrations.

use super::{Fit, GapEntry, Setting, criteria::weight, words::normalised};
use crate::domain::{
    Candidate, Date, Vacancy,
    education::{Course, DrivingLicence, HeldLicences},
    requirement::{GraceWeeks, Importance},
    text::Label,
};

/// What is asked, in the order of the conflicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Licence,
    Certificate,
    Registration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Possession {
    Has,
    Lacks,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InTime {
    Yes,
    Open,
    TooLate,
}

/// One asked item and how the person stands to it.
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) importance: Importance,
    pub(super) possession: Possession,
    pub(super) in_time: InTime,
}

impl Item {
    /// Known to be missing, and not to be had any more.
    pub(super) fn is_unmet(&self) -> bool {
        self.possession == Possession::Lacks && self.in_time == InTime::TooLate
    }

    /// Missing and not to be had any more, if every unknown turns out badly.
    pub(super) fn is_unmet_at_worst(&self) -> bool {
        self.possession != Possession::Has && self.in_time != InTime::Yes
    }

    fn fit(&self, neutral: i128) -> Fit {
        match (self.possession, self.in_time) {
            (Possession::Has, _) => Fit::known(10_000),
            (Possession::Unknown, InTime::Yes) => Fit { fit: 9_000, low: 9_000, high: 10_000 },
            (Possession::Unknown, _) => Fit::unknown(neutral),
            (Possession::Lacks, InTime::Yes) => Fit::known(9_000),
            (Possession::Lacks, InTime::Open) => Fit { fit: neutral, low: 0, high: 9_000 },
            (Possession::Lacks, InTime::TooLate) => Fit::known(0),
        }
    }
}

pub(super) fn licences(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let items: Vec<(i128, Fit)> = items(vacancy, candidate, setting)
        .iter()
        .map(|item| (weight(item.importance), item.fit(setting.neutral())))
        .collect();
    Fit::mean(&items)
}

/// Everything that is asked: licences, then certificates, then registrations, each in the order asked.
pub(super) fn items(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Vec<Item> {
    let asked = &vacancy.requirements;
    let mut items = Vec::new();
    for licence in &asked.licences {
        items.push(Item {
            kind: Kind::Licence,
            name: licence.what.code().to_owned(),
            importance: licence.importance,
            possession: has_licence(candidate, licence.what),
            in_time: in_time(vacancy, &name_of_licence(licence.what), licence.grace, setting),
        });
    }
    let certificates = asked.certificates.iter().map(|c| (Kind::Certificate, c));
    let registrations = asked.registrations.iter().map(|r| (Kind::Registration, r));
    for (kind, asked) in certificates.chain(registrations) {
        items.push(Item {
            kind,
            name: asked.what.as_str().to_owned(),
            importance: asked.importance,
            possession: has_paper(candidate, &asked.what, setting),
            in_time: in_time(vacancy, asked.what.as_str(), asked.grace, setting),
        });
    }
    items
}

/// The name under which a driving licence would stand in `data/gaps.toml`.
fn name_of_licence(licence: DrivingLicence) -> String {
    match licence {
        DrivingLicence::BPlus => "rijbewijs B code 96".to_owned(),
        other => format!("rijbewijs {}", other.code()),
    }
}

fn has_licence(candidate: &Candidate, asked: DrivingLicence) -> Possession {
    match &candidate.profile.licences {
        None => Possession::Unknown,
        Some(HeldLicences::NoneAtAll) => Possession::Lacks,
        Some(HeldLicences::These(held)) if held.iter().any(|own| own.covers(asked)) => Possession::Has,
        Some(HeldLicences::These(_)) => Possession::Lacks,
    }
}

fn has_paper(candidate: &Candidate, asked: &Label, setting: &Setting<'_>) -> Possession {
    let profile = &candidate.profile;
    let as_of = setting.as_of;
    let courses =
        profile.courses.iter().map(|course| (&course.name, course.valid_until, is_there(course, as_of)));
    let registrations = profile.registrations.iter().map(|one| (&one.name, one.valid_until, true));
    let own: Vec<(&Label, Option<Date>, bool)> = courses.chain(registrations).collect();
    let is_past = |last_day: &Option<Date>| last_day.is_some_and(|day| day < as_of);
    let has = own.iter().any(|(name, last_day, is_there)| {
        *is_there && !is_past(last_day) && stands_for(name, asked, setting.gaps)
    });
    if has {
        return Possession::Has;
    }
    let run_out =
        own.iter().any(|(name, last_day, _)| is_past(last_day) && same_paper(name, asked, setting.gaps));
    if run_out || profile.lacking.iter().any(|name| same_paper(name, asked, setting.gaps)) {
        return Possession::Lacks;
    }
    Possession::Unknown
}

/// Whether the certificate of a course is there already.
fn is_there(course: &Course, as_of: Date) -> bool {
    course.certificate_on.or(course.until).or(course.from).is_none_or(|day| day <= as_of)
}

fn same_name(a: &str, b: &str) -> bool {
    !normalised(a).is_empty() && normalised(a) == normalised(b)
}

fn names_entry(entry: &GapEntry, name: &str) -> bool {
    entry.names.contains(&normalised(name))
}

fn same_paper(a: &Label, b: &Label, gaps: &[GapEntry]) -> bool {
    let (a, b) = (a.as_str(), b.as_str());
    same_name(a, b) || gaps.iter().any(|entry| names_entry(entry, a) && names_entry(entry, b))
}

/// Whether who has `own` has what is `asked`: the same, or something that covers it.
fn stands_for(own: &Label, asked: &Label, gaps: &[GapEntry]) -> bool {
    let covers_asked = |entry: &GapEntry| {
        let mut of_asked = gaps.iter().filter(|other| names_entry(other, asked.as_str()));
        of_asked.any(|other| entry.covers.contains(&other.key))
    };
    same_paper(own, asked, gaps) || gaps.iter().any(|e| names_entry(e, own.as_str()) && covers_asked(e))
}

fn in_time(vacancy: &Vacancy, name: &str, grace: GraceWeeks, setting: &Setting<'_>) -> InTime {
    let entry = setting.gaps.iter().find(|entry| names_entry(entry, name));
    let Some(lead_weeks) = entry.and_then(|entry| entry.lead_weeks) else {
        return InTime::TooLate;
    };
    let days_before_start = vacancy.starts_on.map_or(0, |start| days(setting.as_of, start).max(0));
    if i64::from(lead_weeks) * 7 <= days_before_start + i64::from(grace.get()) * 7 {
        return InTime::Yes;
    }
    // The work cannot begin after its own last day.
    let latest = vacancy.ends_on.map(|last| days(setting.as_of, last).max(0) + i64::from(grace.get()) * 7);
    let never = latest.is_some_and(|latest| i64::from(lead_weeks) * 7 > latest);
    if vacancy.starts_on.is_none() && !never { InTime::Open } else { InTime::TooLate }
}

fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}
