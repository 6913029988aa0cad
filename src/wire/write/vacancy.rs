//! A vacancy.

use super::{View, common::*};
use crate::{
    domain::{
        Vacancy,
        requirement::{EducationDemand, ExperienceDemand, LanguageDemand, Requirement, Requirements},
        support::{Carving, SupportOffer},
        text::Label,
        vacancy::{Employer, Offer, Schedule},
    },
    wire::{
        enums::{Choice, code_of},
        v1,
    },
};

/// Writes a vacancy. The etag is the store's to say and stays empty.
pub fn vacancy_to_proto(vacancy: &Vacancy, view: View) -> v1::Vacancy {
    v1::Vacancy {
        id: vacancy.id.to_string(),
        title: text(&vacancy.title),
        number: text(&vacancy.number),
        description: text(&vacancy.description),
        tasks: texts(&vacancy.tasks),
        occupation: vacancy.occupation.as_ref().map(occupation),
        employer: unless_empty(employer(&vacancy.employer, view)),
        sbi_code: vacancy.sector.map(|code| code.get()).unwrap_or_default(),
        place: unless_empty(place(&vacancy.place)),
        schedule: unless_empty(schedule(&vacancy.schedule)),
        requirements: unless_empty(requirements(&vacancy.requirements)),
        contract_forms: vacancy.contract_forms.iter().map(contract_form).collect(),
        offer: unless_empty(offer(&vacancy.offer)),
        carving: vacancy.carving.as_ref().map(carving),
        starts_on: vacancy.starts_on.map(date),
        ends_on: vacancy.ends_on.map(date),
        closes_on: vacancy.closes_on.map(date),
        status: vacancy.status.code(),
        ownership: unless_empty(ownership(&vacancy.ownership)),
        provenance: vacancy.provenance.iter().map(provenance).collect(),
        not_delivered_since: not_delivered_since(vacancy.delivery_state),
        etag: String::new(),
    }
}

fn employer(employer: &Employer, view: View) -> v1::Employer {
    v1::Employer {
        id: written(employer.id.as_ref()),
        name: text(&employer.name),
        sbi_codes: sbi_codes(&employer.sectors),
        contact: match view {
            View::Full => unless_empty(contact_data(&employer.contact)),
            View::Basic => None,
        },
        application_ways: texts(&employer.application_ways),
    }
}

fn schedule(schedule: &Schedule) -> v1::Schedule {
    v1::Schedule {
        hours: schedule.hours.map(hours_range),
        week_pattern: schedule.week_pattern.iter().copied().map(week_slot).collect(),
        shifts: codes(&schedule.shifts),
        irregular_work: code_of(schedule.irregular_work),
        office_hours: code_of(schedule.office_hours),
    }
}

fn requirements(asked: &Requirements) -> v1::Requirements {
    v1::Requirements {
        skills: all(&asked.skills, |r| v1::SkillRequirement {
            skill: Some(skill(&r.what)),
            importance: r.importance.code(),
            grace_weeks: r.grace.get().into(),
        }),
        competencies: all(&asked.competencies, |r| v1::CompetencyRequirement {
            quality: Some(quality(&r.what)),
            importance: r.importance.code(),
            grace_weeks: r.grace.get().into(),
        }),
        languages: all(&asked.languages, language),
        level: asked
            .level
            .as_ref()
            .map(|r| v1::LevelRequirement { level: r.what.code(), importance: r.importance.code() }),
        educations: all(&asked.educations, education),
        experience: all(&asked.experience, experience),
        licences: all(&asked.licences, |r| v1::LicenceRequirement {
            category: r.what.to_string(),
            importance: r.importance.code(),
            grace_weeks: r.grace.get().into(),
        }),
        certificates: all(&asked.certificates, |r: &Requirement<Label>| v1::CertificateRequirement {
            name: r.what.to_string(),
            importance: r.importance.code(),
            grace_weeks: r.grace.get().into(),
        }),
        registrations: all(&asked.registrations, |r: &Requirement<Label>| v1::RegistrationRequirement {
            name: r.what.to_string(),
            importance: r.importance.code(),
            grace_weeks: r.grace.get().into(),
        }),
        unscored: all(&asked.unscored, |u| v1::UnscoredRequirement {
            field: u.field.clone(),
            text: u.text.to_string(),
        }),
    }
}

fn all<T, M>(items: &[T], write: impl Fn(&T) -> M) -> Vec<M> {
    items.iter().map(write).collect()
}

fn language(asked: &Requirement<LanguageDemand>) -> v1::LanguageRequirement {
    let demand = &asked.what;
    let later = demand.later();
    v1::LanguageRequirement {
        language_code: demand.language().to_string(),
        at_start: unless_empty(level_per_skill(&demand.at_start())),
        later: later.and_then(|later| unless_empty(level_per_skill(&later.levels))),
        later_after_months: later.map(|later| later.after_months.into()).unwrap_or_default(),
        reason: written(demand.reason()),
        importance: asked.importance.code(),
    }
}

fn education(asked: &Requirement<EducationDemand>) -> v1::EducationRequirement {
    v1::EducationRequirement {
        name: text(&asked.what.name),
        code: asked.what.code.unwrap_or_default(),
        level: code_of(asked.what.level),
        diploma: code_of(asked.what.diploma),
        importance: asked.importance.code(),
    }
}

fn experience(asked: &Requirement<ExperienceDemand>) -> v1::ExperienceRequirement {
    v1::ExperienceRequirement {
        years: asked.what.years.into(),
        occupation: asked.what.occupation.as_ref().map(occupation),
        importance: asked.importance.code(),
    }
}

fn offer(offer: &Offer) -> v1::Offer {
    v1::Offer {
        conditions_text: text(&offer.conditions_text),
        salary_text: text(&offer.salary_text),
        conditions: texts(&offer.conditions),
        support: all(&offer.support, support_offer),
        capacities_asked: all(&offer.capacities_asked, capacity),
        transport_for_work: codes(&offer.transport_for_work),
        target_group: code_of(offer.target_group),
    }
}

fn support_offer(support: &SupportOffer) -> v1::SupportOffer {
    v1::SupportOffer { kind: support.kind.code(), offered: support.offered.code(), note: text(&support.note) }
}

fn carving(carving: &Carving) -> v1::Carving {
    v1::Carving {
        allowed: carving.allowed.code(),
        min_hours_per_week: carving.min_hours.map(|hours| hours.hours()),
        ways: codes(&carving.ways),
    }
}
