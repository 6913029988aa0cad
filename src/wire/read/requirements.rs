//! What an employer asks.

use super::{Reader, Step, common::*};
use crate::{
    domain::{
        contradiction::Contradiction,
        education::DrivingLicence,
        language::LanguageCode,
        limits,
        requirement::{
            EducationDemand, ExperienceDemand, GraceWeeks, Importance, LanguageDemand, LaterLevel,
            Requirement, Requirements, UnscoredRequirement,
        },
        text::{Label, Name},
    },
    wire::v1,
};

/// Months after the start within which a later language level may come.
const LATER_MONTHS: u32 = 60;

/// Which importances a kind of requirement may have (R4).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Law {
    /// The law may require it: driving licences, certificates, registrations.
    MayRequire,
    /// No law requires it.
    NeverRequires,
}

/// Everything that an employer asks.
pub(super) fn requirements(r: &mut Reader, m: &v1::Requirements) -> Option<Requirements> {
    let requirements = Requirements {
        skills: r.list("skills", &m.skills, |r, m| {
            let what = r.needed_message("skill", m.skill.as_ref(), skill);
            requirement(r, Law::NeverRequires, what, m.importance, m.grace_weeks)
        }),
        competencies: r.list("competencies", &m.competencies, |r, m| {
            let what = r.needed_message("quality", m.quality.as_ref(), quality);
            requirement(r, Law::NeverRequires, what, m.importance, m.grace_weeks)
        }),
        languages: r.list("languages", &m.languages, |r, m| {
            let what = language(r, m);
            requirement(r, Law::NeverRequires, what, m.importance, 0)
        }),
        level: r.message("level", m.level.as_ref(), |r, m| {
            let what = r.needed_choice("level", m.level);
            requirement(r, Law::NeverRequires, what, m.importance, 0)
        }),
        educations: r.list("educations", &m.educations, |r, m| {
            let what = education(r, m);
            requirement(r, Law::NeverRequires, what, m.importance, 0)
        }),
        experience: r.list("experience", &m.experience, |r, m| {
            let what = experience(r, m);
            requirement(r, Law::NeverRequires, what, m.importance, 0)
        }),
        licences: r.list("licences", &m.licences, |r, m| {
            let what = r.valid("category", DrivingLicence::from_code(&m.category));
            requirement(r, Law::MayRequire, what, m.importance, m.grace_weeks)
        }),
        certificates: r.list("certificates", &m.certificates, |r, m| {
            let what: Option<Label> = r.needed_text("name", &m.name);
            requirement(r, Law::MayRequire, what, m.importance, m.grace_weeks)
        }),
        registrations: r.list("registrations", &m.registrations, |r, m| {
            let what: Option<Label> = r.needed_text("name", &m.name);
            requirement(r, Law::MayRequire, what, m.importance, m.grace_weeks)
        }),
        unscored: unscored(r, &m.unscored),
    };
    // An entry that could not be read shifts the places of those behind it: it is told first.
    if r.holds_rules() && all_read(m, &requirements) {
        for Contradiction { list, entry, field, invalid } in requirements.contradictions() {
            r.inside(list, |r| {
                r.inside(Step::Entry(entry), |r| r.refuse(field, invalid.problem, invalid.remedy));
            });
        }
    }
    Some(requirements)
}

fn all_read(m: &v1::Requirements, read: &Requirements) -> bool {
    let sent = [m.skills.len(), m.competencies.len(), m.languages.len()];
    let papers = [m.licences.len(), m.certificates.len(), m.registrations.len()];
    sent == [read.skills.len(), read.competencies.len(), read.languages.len()]
        && papers == [read.licences.len(), read.certificates.len(), read.registrations.len()]
}

fn requirement<T>(
    r: &mut Reader,
    law: Law,
    what: Option<T>,
    importance: i32,
    grace_weeks: u32,
) -> Option<Requirement<T>> {
    let importance = r.choice("importance", importance).unwrap_or(Importance::Should);
    if importance == Importance::Legal && law == Law::NeverRequires && r.holds_rules() {
        r.refuse(
            "importance",
            "LEGAL excludes people and is kept for driving licences, certificates and registrations",
            "give MUST, SHOULD or COULD, or name the certificate or registration that the law asks",
        );
    }
    let grace = r.valid("grace_weeks", GraceWeeks::new(grace_weeks));
    Some(Requirement { what: what?, importance, grace: grace? })
}

fn language(r: &mut Reader, m: &v1::LanguageRequirement) -> Option<LanguageDemand> {
    let language = r.valid("language_code", LanguageCode::parse(&m.language_code));
    let at_start = r.message("at_start", m.at_start.as_ref(), level_per_skill).unwrap_or_default();
    let later = later_level(r, m);
    let reason = r.text("reason", &m.reason);
    let language = language?;
    let no_level = at_start.is_empty() && later.is_none_or(|later| later.levels.is_empty());
    // The reason is said first by the rule itself; a missing level would stay hidden behind it.
    if no_level && reason.is_none() && !language.needs_no_reason() {
        r.refuse("at_start", "no level is asked", "give a level for at least one of the four skills");
    }
    let field = match reason {
        None if !language.needs_no_reason() => "reason",
        _ => "at_start",
    };
    r.valid(field, LanguageDemand::new(language, at_start, later, reason))
}

fn later_level(r: &mut Reader, m: &v1::LanguageRequirement) -> Option<LaterLevel> {
    let levels = r.message("later", m.later.as_ref(), level_per_skill).unwrap_or_default();
    if m.later_after_months == 0 {
        if !levels.is_empty() {
            r.refuse(
                "later_after_months",
                "later levels are given without their moment",
                "give 1 to 60 months after the start, or leave the later levels out",
            );
        }
        return None;
    }
    if levels.is_empty() && r.holds_rules() {
        r.refuse(
            "later",
            "a moment is given without later levels",
            "give the later levels, or leave later_after_months out",
        );
    }
    let after_months = r.whole("later_after_months", m.later_after_months, 1..=LATER_MONTHS)?;
    Some(LaterLevel { after_months, levels })
}

fn education(r: &mut Reader, m: &v1::EducationRequirement) -> Option<EducationDemand> {
    let demand = EducationDemand {
        name: r.text("name", &m.name),
        code: Some(m.code).filter(|code| *code != 0),
        level: r.choice("level", m.level),
        diploma: r.choice("diploma", m.diploma),
    };
    if m.name.is_empty() && m.level == 0 && r.holds_rules() {
        r.refuse_here("it does not say which education", "give a name, a level, or both");
    }
    Some(demand)
}

fn experience(r: &mut Reader, m: &v1::ExperienceRequirement) -> Option<ExperienceDemand> {
    let years = r.whole("years", m.years, 0..=u32::from(limits::EXPERIENCE_YEARS));
    let occupation = r.message("occupation", m.occupation.as_ref(), occupation);
    Some(ExperienceDemand { years: years?, occupation })
}

fn unscored(r: &mut Reader, entries: &[v1::UnscoredRequirement]) -> Vec<UnscoredRequirement> {
    if !r.reads_service_fields() {
        return Vec::new();
    }
    r.list("unscored", entries, |r, m| {
        if r.holds_rules() {
            let _: Option<Name> = r.needed_text("field", &m.field);
        }
        let text = r.needed_text("text", &m.text);
        Some(UnscoredRequirement { field: m.field.clone(), text: text? })
    })
}
