//! A candidate.

use super::{View, common::*};
use crate::{
    domain::{
        Candidate,
        education::{Course, DrivingLicence, Education, HeldLicences, Registration},
        language::LanguageProficiency,
        observation::{Dispute, Observation, Observed},
        restricted::{LadderStep, RestrictedData},
        support::SupportNeed,
        time::{Availability, AvailableFrom, HeldJob, HoursCap, LessonSlot},
        travel::Travel,
        work::{Refusals, Wishes, WorkExperience},
    },
    wire::{
        enums::{Choice, code_of},
        v1,
    },
};

/// Writes a candidate. The etag is the store's to say and stays empty.
pub fn candidate_to_proto(candidate: &Candidate, view: View) -> v1::Candidate {
    let profile = &candidate.profile;
    v1::Candidate {
        id: candidate.id.to_string(),
        presentation: text(&profile.presentation),
        wishes: unless_empty(wishes(&profile.wishes)),
        refusals: unless_empty(refusals(&profile.refusals)),
        availability: unless_empty(availability(&profile.availability)),
        travel: unless_empty(travel(&profile.travel)),
        country_codes: profile.countries.iter().map(ToString::to_string).collect(),
        contract_forms: profile.contract_forms.iter().map(contract_form).collect(),
        level: code_of(profile.level),
        skills: profile.skills.iter().map(skill).collect(),
        languages: profile.languages.iter().map(language).collect(),
        licences: profile.licences.as_ref().map(held_licences),
        courses: profile.courses.iter().map(course).collect(),
        registrations: profile.registrations.iter().map(registration).collect(),
        lacking: texts(&profile.lacking),
        educations: profile.educations.iter().map(education).collect(),
        experience: profile.experience.iter().map(work_experience).collect(),
        observations: profile.observations.iter().map(observation).collect(),
        support_needs: profile.support_needs.iter().map(support_need).collect(),
        capacities: profile.capacities.iter().map(capacity).collect(),
        restricted: match view {
            View::Full => unless_empty(restricted(&candidate.restricted)),
            View::Basic => None,
        },
        status: candidate.status.code(),
        ownership: unless_empty(ownership(&candidate.ownership)),
        retain_until: candidate.retain_until.map(date),
        provenance: candidate.provenance.iter().map(provenance).collect(),
        not_delivered_since: not_delivered_since(candidate.delivery_state),
        etag: String::new(),
    }
}

fn wishes(wishes: &Wishes) -> v1::Wishes {
    v1::Wishes {
        occupations: wishes.occupations.iter().map(occupation).collect(),
        sbi_codes: sbi_codes(&wishes.sectors),
        interests: texts(&wishes.interests),
        dream_occupation: wishes.dream_occupation.as_ref().map(occupation),
        conditions: texts(&wishes.conditions),
    }
}

fn refusals(refusals: &Refusals) -> v1::Refusals {
    v1::Refusals {
        occupations: refusals.occupations.iter().map(occupation).collect(),
        sbi_codes: sbi_codes(&refusals.sectors),
        shifts: codes(&refusals.shifts),
        conditions: texts(&refusals.conditions),
    }
}

fn availability(availability: &Availability) -> v1::Availability {
    let available_from = match availability.from {
        Some(AvailableFrom::Date(day)) => Some(date(day)),
        Some(AvailableFrom::NotYetKnown) | None => None,
    };
    v1::Availability {
        hours: availability.hours.map(hours_range),
        week_pattern: availability.week_pattern.iter().copied().map(week_slot).collect(),
        lesson_slots: availability.lesson_slots.iter().map(lesson_slot).collect(),
        hours_cap: availability.hours_cap.map(hours_cap),
        irregular_work: code_of(availability.irregular_work),
        office_hours: code_of(availability.office_hours),
        available_from,
        not_yet_available: availability.from == Some(AvailableFrom::NotYetKnown),
        available_until: availability.until.map(date),
        held_jobs: availability.held_jobs.iter().map(held_job).collect(),
    }
}

fn lesson_slot(lesson: &LessonSlot) -> v1::LessonSlot {
    v1::LessonSlot { slot: Some(week_slot(lesson.slot)), until: lesson.until.map(date) }
}

fn hours_cap(cap: HoursCap) -> v1::HoursCap {
    v1::HoursCap { max_hours_per_week: cap.max.hours(), until: cap.until.map(date) }
}

fn held_job(job: &HeldJob) -> v1::HeldJob {
    v1::HeldJob {
        employer_id: written(job.employer.as_ref()),
        employer_name: text(&job.employer_name),
        hours_per_week: job.hours.map(|hours| hours.hours()),
        slots: job.slots.iter().copied().map(week_slot).collect(),
        plan: job.plan.code(),
    }
}

fn travel(travel: &Travel) -> v1::Travel {
    v1::Travel {
        postcode: written(travel.from.as_ref()),
        max_km: travel.max_km.map(|limit| limit.get().into()),
        max_minutes: travel.max_minutes.map(|limit| limit.get().into()),
        means: codes(&travel.means),
    }
}

fn language(proficiency: &LanguageProficiency) -> v1::LanguageProficiency {
    v1::LanguageProficiency {
        language_code: proficiency.language.to_string(),
        levels: unless_empty(level_per_skill(&proficiency.levels)),
        assessed_on: proficiency.assessed_on.map(date),
    }
}

fn held_licences(licences: &HeldLicences) -> v1::HeldLicences {
    let held: &[DrivingLicence] = match licences {
        HeldLicences::These(these) => these,
        HeldLicences::NoneAtAll => &[],
    };
    v1::HeldLicences { categories: held.iter().map(ToString::to_string).collect() }
}

fn course(course: &Course) -> v1::Course {
    v1::Course {
        name: course.name.to_string(),
        certificate_on: course.certificate_on.map(date),
        valid_until: course.valid_until.map(date),
        from: course.from.map(date),
        until: course.until.map(date),
        school: text(&course.school),
    }
}

fn registration(registration: &Registration) -> v1::Registration {
    v1::Registration { name: registration.name.to_string(), valid_until: registration.valid_until.map(date) }
}

fn education(education: &Education) -> v1::Education {
    v1::Education {
        name: text(&education.name),
        code: education.code.unwrap_or_default(),
        level: code_of(education.level),
        status: code_of(education.status),
        diploma: code_of(education.diploma),
        diploma_on: education.diploma_on.map(date),
        from: education.from.map(date),
        until: education.until.map(date),
        school: text(&education.school),
        description: text(&education.description),
    }
}

fn work_experience(experience: &WorkExperience) -> v1::WorkExperience {
    v1::WorkExperience {
        occupation: experience.occupation.as_ref().map(occupation),
        from: experience.from.map(date),
        until: experience.until.map(date),
        months: experience.months.map(u32::from),
        organisation: text(&experience.organisation),
        description: text(&experience.description),
    }
}

fn observation(observation: &Observation) -> v1::Observation {
    use v1::observation::Observed as Wire;
    let observed = match &observation.observed {
        Observed::Quality(seen) => Wire::Quality(quality(seen)),
        Observed::MotivationForSector(code) => Wire::MotivationForSbiCode(code.get()),
        Observed::MotivationForOccupation(seen) => Wire::MotivationForOccupation(occupation(seen)),
    };
    v1::Observation {
        observed: Some(observed),
        source: observation.source.code(),
        value: observation.value.code(),
        observed_on: observation.observed_on.map(date),
        note: text(&observation.note),
        disputed: observation.dispute == Dispute::Disputed,
        delivery: observation.delivery.as_ref().map(delivery),
    }
}

fn support_need(need: &SupportNeed) -> v1::SupportNeed {
    v1::SupportNeed { kind: need.kind.code(), needed: need.needed.code(), note: text(&need.note) }
}

fn restricted(data: &RestrictedData) -> v1::RestrictedData {
    let benefit = |benefit: &crate::domain::restricted::Benefit| v1::Benefit {
        name: benefit.name.to_string(),
        until: benefit.until.map(date),
    };
    v1::RestrictedData {
        contact: unless_empty(contact_data(&data.contact)),
        benefits: data.benefits.iter().map(benefit).collect(),
        allowances: code_of(data.allowances),
        target_group: code_of(data.target_group),
        ladder_step: data.ladder_step.map(ladder_step),
        integration_route: code_of(data.integration_route),
        advisor_notes: texts(&data.advisor_notes),
    }
}

fn ladder_step(step: LadderStep) -> v1::LadderStep {
    // The steps are declared from One on.
    v1::LadderStep { step: step.step as u32 + 1, estimated_on: step.estimated_on.map(date) }
}
