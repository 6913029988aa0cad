//! Conflicts: what takes a share of what stands so far.

use super::{
    Setting,
    criteria::{asked_competencies, competency},
    language,
    licences::{Kind, items},
    motivation::{keys_of_work, sectors_of_work, words_of_work, work_is_open},
    skills,
    times::{self, Parts},
    week,
    words::{all_among, occupation_keys, occupation_with_key, share},
};
use crate::domain::{
    Candidate, Vacancy,
    requirement::Importance,
    time::{Answer, Shift},
};

/// Why something takes a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ConflictKind {
    MustSkill,
    MustLanguage,
    MustLicence,
    MustCertificate,
    MustRegistration,
    MustCompetency,
    Refusal,
    Hours,
    Times,
}

/// A conflict with the share it takes, in 1/10,000.
pub(super) type Share = (ConflictKind, i128);

/// The conflicts as they are known, and with every unknown at its worst and at its best.
pub(super) struct Conflicts {
    pub(super) known: Vec<Share>,
    pub(super) worst: Vec<Share>,
    pub(super) best: Vec<Share>,
}

pub(super) fn conflicts(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Conflicts {
    let mut all = Conflicts { known: Vec::new(), worst: Vec::new(), best: Vec::new() };
    musts(vacancy, candidate, setting, &mut all);
    let refusal = (ConflictKind::Refusal, i128::from(setting.numbers.refusal_share));
    if refuses(vacancy, candidate, setting) {
        all.known.push(refusal);
        all.worst.push(refusal);
        all.best.push(refusal);
    } else if may_refuse(vacancy, candidate) {
        all.worst.push(refusal);
    }
    too_little_time(vacancy, candidate, setting, &mut all);
    all
}

fn musts(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>, all: &mut Conflicts) {
    let share = i128::from(setting.numbers.unmet_share);
    for item in skills::items(vacancy, setting) {
        if item.importance >= Importance::Must
            && !item.may_be_learned(setting)
            && !skills::names(candidate, &item, setting)
        {
            all.worst.push((ConflictKind::MustSkill, share));
        }
    }
    for unmet in language::unmet(vacancy, candidate) {
        let views =
            [(unmet.known, &mut all.known), (unmet.worst, &mut all.worst), (unmet.best, &mut all.best)];
        for (_, list) in views.into_iter().filter(|(is_unmet, _)| *is_unmet) {
            list.push((ConflictKind::MustLanguage, share));
        }
    }
    for item in items(vacancy, candidate, setting) {
        let kind = match item.kind {
            Kind::Licence => ConflictKind::MustLicence,
            Kind::Certificate => ConflictKind::MustCertificate,
            Kind::Registration => ConflictKind::MustRegistration,
        };
        if item.importance != Importance::Must {
            continue;
        }
        if item.is_unmet() {
            all.known.push((kind, share));
            all.best.push((kind, share));
        }
        if item.is_unmet_at_worst() {
            all.worst.push((kind, share));
        }
    }
    for asked in asked_competencies(vacancy, setting) {
        if asked.importance < Importance::Must {
            continue;
        }
        let fit = competency(candidate, &asked, setting);
        let conflict = (ConflictKind::MustCompetency, share);
        for (value, list) in [(fit.fit, &mut all.known), (fit.low, &mut all.worst), (fit.high, &mut all.best)]
        {
            if value < 2_500 {
                list.push(conflict);
            }
        }
    }
}

/// The kinds of shift that the person refuses.
fn refused_shifts(candidate: &Candidate) -> Vec<Shift> {
    let mut shifts = candidate.profile.refusals.shifts.clone();
    if candidate.profile.availability.irregular_work == Some(Answer::No) {
        shifts.push(Shift::Irregular);
    }
    shifts
}

/// The kinds of shift that the vacancy is known to have.
fn known_shifts(vacancy: &Vacancy) -> Vec<Shift> {
    let mut shifts = vacancy.schedule.shifts.clone();
    if vacancy.schedule.irregular_work == Some(Answer::Yes) {
        shifts.push(Shift::Irregular);
    }
    shifts
}

fn refuses(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> bool {
    let refusals = &candidate.profile.refusals;
    let occupation = refusals.occupations.iter().filter_map(occupation_with_key).any(|refused| {
        share(&occupation_keys(refused, setting), &keys_of_work(vacancy, setting))
            || all_among(refused.text.as_str(), &words_of_work(vacancy))
    });
    let own = sectors_of_work(vacancy);
    let sector = refusals.sectors.iter().any(|no| own.iter().any(|own| own.division() == no.division()));
    let shifts = known_shifts(vacancy);
    let shift = refused_shifts(candidate).iter().any(|refused| shifts.contains(refused));
    occupation || sector || shift
}

/// Whether an answer that is still open could turn out to be a refusal.
fn may_refuse(vacancy: &Vacancy, candidate: &Candidate) -> bool {
    let refusals = &candidate.profile.refusals;
    let schedule = &vacancy.schedule;
    let occupation =
        refusals.occupations.iter().any(|o| occupation_with_key(o).is_some()) && work_is_open(vacancy);
    let sector = !refusals.sectors.is_empty() && sectors_of_work(vacancy).is_empty();
    let refused = refused_shifts(candidate);
    let shift = !refused.is_empty() && schedule.shifts.is_empty();
    let irregular = refused.contains(&Shift::Irregular) && schedule.irregular_work.is_none();
    let is_open = schedule.shifts.is_empty() || schedule.irregular_work.is_none();
    let unasked = candidate.profile.availability.irregular_work.is_none()
        && (is_open || known_shifts(vacancy).contains(&Shift::Irregular));
    occupation || sector || shift || irregular || unasked
}

/// One conflict for hours and times, by the lower part.
fn too_little_time(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>, all: &mut Conflicts) {
    let carving = vacancy.carving.as_ref().map(|carving| carving.allowed);
    let free_of_hours = Parts { known: Some(10_000), best: Some(10_000), worst: Some(10_000) };
    let hours = match times::smallest_part(vacancy) {
        Some(0) => free_of_hours,
        _ => times::demand_parts(vacancy, candidate, setting),
    };
    let times = if carving == Some(Answer::Yes) {
        free_of_hours
    } else {
        week::times_parts(vacancy, candidate, setting)
    };
    let full = i128::from(setting.numbers.hours_share);
    let conflict = |hours: i128, times: i128| {
        let kind = if times < hours { ConflictKind::Times } else { ConflictKind::Hours };
        let part = hours.min(times);
        (part < 10_000).then(|| (kind, ((10_000 - part) * full / 2_000).min(full)))
    };
    let unless_known = |part: Option<i128>, otherwise: i128| part.unwrap_or(otherwise);
    all.known.extend(conflict(unless_known(hours.known, 10_000), unless_known(times.known, 10_000)));
    all.worst.extend(conflict(unless_known(hours.worst, 0), unless_known(times.worst, 0)));
    if carving.is_some() {
        all.best.extend(conflict(unless_known(hours.best, 10_000), unless_known(times.best, 10_000)));
    }
}
