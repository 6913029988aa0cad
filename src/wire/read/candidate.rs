//! A candidate.

use super::{Reader, Reading, common::*};
use crate::{
    domain::{
        Candidate,
        candidate::{CandidateProfile, CandidateStatus},
        education::{Course, DrivingLicence, Education, HeldLicences, Registration},
        language::{LanguageCode, LanguageProficiency},
        limits,
        observation::{Dispute, Observation, Observed},
        place::{CountryCode, Postcode},
        restricted::{Benefit, LadderLevel, LadderStep, RestrictedData},
        sector::SbiCode,
        support::SupportNeed,
        text::{CandidateId, EmployerId},
        time::{Availability, AvailableFrom, HeldJob, HeldJobPlan, HoursCap, LessonSlot},
        travel::{ReachLimit, Travel},
        work::{Refusals, Wishes, WorkExperience},
    },
    wire::{v1, violations::Violations},
};

/// Longest experience, in months.
const EXPERIENCE_MONTHS: u32 = 1_200;

/// Reads a candidate; paths begin with `candidate`.
///
/// # Errors
/// Every field that breaks a rule.
pub fn candidate_from_proto(m: &v1::Candidate, reading: Reading) -> Result<Candidate, Violations> {
    let mut r = Reader::new(reading);
    let read = r.inside("candidate", |r| candidate(r, m));
    r.finish(read)
}

/// Reads a candidate inside the message that `r` stands at.
pub fn candidate(r: &mut Reader, m: &v1::Candidate) -> Option<Candidate> {
    let id = record_id(r, &m.id, CandidateId::new);
    let profile = profile(r, m);
    let restricted = r.message("restricted", m.restricted.as_ref(), restricted).unwrap_or_default();
    let status = r.choice("status", m.status).unwrap_or(CandidateStatus::Active);
    if status == CandidateStatus::Erased && r.holds_rules() {
        r.refuse("status", "only the service marks a record as erased", "use DeleteCandidate");
    }
    let ownership = r.message("ownership", m.ownership.as_ref(), ownership).unwrap_or_default();
    let retain_until = r.message("retain_until", m.retain_until.as_ref(), date);
    let provenance = provenance(r, &m.provenance);
    let delivery_state = delivery_state(r, m.not_delivered_since.as_ref());
    Some(Candidate {
        id: id?,
        profile,
        restricted,
        status,
        ownership,
        provenance,
        delivery_state,
        retain_until,
    })
}

fn profile(r: &mut Reader, m: &v1::Candidate) -> CandidateProfile {
    CandidateProfile {
        presentation: r.text("presentation", &m.presentation),
        wishes: r.message("wishes", m.wishes.as_ref(), wishes).unwrap_or_default(),
        refusals: r.message("refusals", m.refusals.as_ref(), refusals).unwrap_or_default(),
        availability: r.message("availability", m.availability.as_ref(), availability).unwrap_or_default(),
        travel: r.message("travel", m.travel.as_ref(), travel).unwrap_or_default(),
        countries: r
            .list("country_codes", &m.country_codes, |r, code| r.valid_here(CountryCode::parse(code))),
        contract_forms: r.list("contract_forms", &m.contract_forms, contract_form),
        level: r.choice("level", m.level),
        skills: r.list("skills", &m.skills, skill),
        languages: languages(r, &m.languages),
        licences: r.message("licences", m.licences.as_ref(), held_licences),
        courses: r.list("courses", &m.courses, course),
        registrations: r.list("registrations", &m.registrations, registration),
        lacking: labels(r, "lacking", &m.lacking),
        educations: r.list("educations", &m.educations, education),
        experience: r.list("experience", &m.experience, work_experience),
        observations: r.list_up_to(limits::OBSERVATIONS, "observations", &m.observations, observation),
        support_needs: r.list("support_needs", &m.support_needs, support_need),
        capacities: r.list("capacities", &m.capacities, capacity),
    }
}

fn wishes(r: &mut Reader, m: &v1::Wishes) -> Option<Wishes> {
    Some(Wishes {
        occupations: r.list("occupations", &m.occupations, occupation),
        sectors: sbi_codes(r, "sbi_codes", &m.sbi_codes),
        interests: labels(r, "interests", &m.interests),
        dream_occupation: r.message("dream_occupation", m.dream_occupation.as_ref(), occupation),
        conditions: labels(r, "conditions", &m.conditions),
    })
}

fn refusals(r: &mut Reader, m: &v1::Refusals) -> Option<Refusals> {
    Some(Refusals {
        occupations: r.list("occupations", &m.occupations, occupation),
        sectors: sbi_codes(r, "sbi_codes", &m.sbi_codes),
        shifts: r.choices("shifts", &m.shifts),
        conditions: labels(r, "conditions", &m.conditions),
    })
}

fn availability(r: &mut Reader, m: &v1::Availability) -> Option<Availability> {
    let day = r.message("available_from", m.available_from.as_ref(), date);
    if m.not_yet_available && m.available_from.is_some() {
        r.refuse(
            "not_yet_available",
            "it is given together with available_from",
            "give the first day when it is known, and not_yet_available only when it is not",
        );
    }
    let until = r.message("available_until", m.available_until.as_ref(), date);
    r.in_order("available_until", day, until);
    let not_yet = m.not_yet_available.then_some(AvailableFrom::NotYetKnown);
    Some(Availability {
        hours: r.message("hours", m.hours.as_ref(), hours_range),
        week_pattern: slots_apart(r, "week_pattern", &m.week_pattern),
        lesson_slots: lesson_slots(r, &m.lesson_slots),
        hours_cap: r.message("hours_cap", m.hours_cap.as_ref(), hours_cap),
        irregular_work: r.choice("irregular_work", m.irregular_work),
        office_hours: r.choice("office_hours", m.office_hours),
        from: day.map(AvailableFrom::Date).or(not_yet),
        until,
        held_jobs: r.list("held_jobs", &m.held_jobs, held_job),
    })
}

fn lesson_slots(r: &mut Reader, entries: &[v1::LessonSlot]) -> Vec<LessonSlot> {
    let mut before = Vec::new();
    r.list("lesson_slots", entries, |r, m| {
        let lesson = lesson_slot(r, m)?;
        apart(r, lesson.slot, &before);
        before.push(lesson.slot);
        Some(lesson)
    })
}

fn lesson_slot(r: &mut Reader, m: &v1::LessonSlot) -> Option<LessonSlot> {
    let slot = r.needed_message("slot", m.slot.as_ref(), week_slot);
    let until = r.message("until", m.until.as_ref(), date);
    Some(LessonSlot { slot: slot?, until })
}

fn hours_cap(r: &mut Reader, m: &v1::HoursCap) -> Option<HoursCap> {
    let max = hours(r, "max_hours_per_week", Some(m.max_hours_per_week));
    let until = r.message("until", m.until.as_ref(), date);
    Some(HoursCap { max: max?, until })
}

fn held_job(r: &mut Reader, m: &v1::HeldJob) -> Option<HeldJob> {
    Some(HeldJob {
        employer: r.parsed("employer_id", &m.employer_id, EmployerId::new),
        employer_name: r.text("employer_name", &m.employer_name),
        hours: hours(r, "hours_per_week", m.hours_per_week),
        slots: slots_apart(r, "slots", &m.slots),
        plan: r.choice("plan", m.plan).unwrap_or(HeldJobPlan::Open),
    })
}

fn travel(r: &mut Reader, m: &v1::Travel) -> Option<Travel> {
    let mut reach = |field, limit: Option<u32>| r.valid(field, ReachLimit::new(limit?));
    let max_km = reach("max_km", m.max_km);
    let max_minutes = reach("max_minutes", m.max_minutes);
    Some(Travel {
        from: r.parsed("postcode", &m.postcode, Postcode::parse),
        max_km,
        max_minutes,
        means: r.choices("means", &m.means),
    })
}

fn languages(r: &mut Reader, entries: &[v1::LanguageProficiency]) -> Vec<LanguageProficiency> {
    let mut seen = Vec::new();
    r.list("languages", entries, |r, m| {
        let language = r.valid("language_code", LanguageCode::parse(&m.language_code));
        let levels = r.message("levels", m.levels.as_ref(), level_per_skill).unwrap_or_default();
        let assessed_on = r.message("assessed_on", m.assessed_on.as_ref(), date);
        let language = language?;
        if seen.contains(&language) && r.holds_rules() {
            r.refuse(
                "language_code",
                format!("the language {language} stands in the list more than once"),
                "give one entry a language, with the levels of all its skills",
            );
        }
        seen.push(language);
        Some(LanguageProficiency { language, levels, assessed_on })
    })
}

fn held_licences(r: &mut Reader, m: &v1::HeldLicences) -> Option<HeldLicences> {
    if m.categories.is_empty() {
        return Some(HeldLicences::NoneAtAll);
    }
    let read = |r: &mut Reader, code: &String| r.valid_here(DrivingLicence::from_code(code));
    Some(HeldLicences::These(r.list("categories", &m.categories, read)))
}

fn course(r: &mut Reader, m: &v1::Course) -> Option<Course> {
    let name = r.needed_text("name", &m.name);
    let certificate_on = r.message("certificate_on", m.certificate_on.as_ref(), date);
    let valid_until = r.message("valid_until", m.valid_until.as_ref(), date);
    r.in_order("valid_until", certificate_on, valid_until);
    let from = r.message("from", m.from.as_ref(), date);
    let until = r.message("until", m.until.as_ref(), date);
    r.in_order("until", from, until);
    let school = r.text("school", &m.school);
    Some(Course { name: name?, certificate_on, valid_until, from, until, school })
}

fn registration(r: &mut Reader, m: &v1::Registration) -> Option<Registration> {
    let name = r.needed_text("name", &m.name);
    let valid_until = r.message("valid_until", m.valid_until.as_ref(), date);
    Some(Registration { name: name?, valid_until })
}

fn education(r: &mut Reader, m: &v1::Education) -> Option<Education> {
    let from = r.message("from", m.from.as_ref(), date);
    let until = r.message("until", m.until.as_ref(), date);
    r.in_order("until", from, until);
    Some(Education {
        name: r.text("name", &m.name),
        code: Some(m.code).filter(|code| *code != 0),
        level: r.choice("level", m.level),
        status: r.choice("status", m.status),
        diploma: r.choice("diploma", m.diploma),
        diploma_on: r.message("diploma_on", m.diploma_on.as_ref(), date),
        from,
        until,
        school: r.text("school", &m.school),
        description: r.text("description", &m.description),
    })
}

fn work_experience(r: &mut Reader, m: &v1::WorkExperience) -> Option<WorkExperience> {
    let from = r.message("from", m.from.as_ref(), date);
    let until = r.message("until", m.until.as_ref(), date);
    r.in_order("until", from, until);
    Some(WorkExperience {
        occupation: r.message("occupation", m.occupation.as_ref(), occupation),
        from,
        until,
        months: m.months.and_then(|months| r.whole("months", months, 0..=EXPERIENCE_MONTHS)),
        organisation: r.text("organisation", &m.organisation),
        description: r.text("description", &m.description),
    })
}

fn observation(r: &mut Reader, m: &v1::Observation) -> Option<Observation> {
    let observed = observed(r, m);
    let source = r.needed_choice("source", m.source);
    let value = r.needed_choice("value", m.value);
    let observed_on = r.message("observed_on", m.observed_on.as_ref(), date);
    if let (Some(day), Some(today)) = (observed_on, r.today())
        && day > today
    {
        r.refuse(
            "observed_on",
            format!("{day} lies after today, {today}"),
            "give the day on which it was seen",
        );
    }
    let note = r.text("note", &m.note);
    let dispute = if m.disputed { Dispute::Disputed } else { Dispute::Undisputed };
    let delivered = m.delivery.as_ref().filter(|_| r.reads_service_fields());
    let delivery = r.message("delivery", delivered, delivery);
    Some(Observation {
        observed: observed?,
        source: source?,
        value: value?,
        observed_on,
        note,
        dispute,
        delivery,
    })
}

fn observed(r: &mut Reader, m: &v1::Observation) -> Option<Observed> {
    use v1::observation::Observed as Wire;
    match &m.observed {
        Some(Wire::Quality(m)) => r.inside("quality", |r| quality(r, m)).map(Observed::Quality),
        Some(Wire::MotivationForSbiCode(code)) => {
            r.valid("motivation_for_sbi_code", SbiCode::new(*code)).map(Observed::MotivationForSector)
        }
        Some(Wire::MotivationForOccupation(m)) => {
            r.inside("motivation_for_occupation", |r| occupation(r, m)).map(Observed::MotivationForOccupation)
        }
        None => {
            r.refuse_here(
                "it does not say what was observed",
                "give one of quality, motivation_for_sbi_code, motivation_for_occupation",
            );
            None
        }
    }
}

fn support_need(r: &mut Reader, m: &v1::SupportNeed) -> Option<SupportNeed> {
    let kind = r.needed_choice("kind", m.kind);
    let needed = r.needed_choice("needed", m.needed);
    let note = r.text("note", &m.note);
    Some(SupportNeed { kind: kind?, needed: needed?, note })
}

fn restricted(r: &mut Reader, m: &v1::RestrictedData) -> Option<RestrictedData> {
    Some(RestrictedData {
        contact: r.message("contact", m.contact.as_ref(), contact_data).unwrap_or_default(),
        benefits: r.list("benefits", &m.benefits, |r, m| {
            let name = r.needed_text("name", &m.name);
            let until = r.message("until", m.until.as_ref(), date);
            Some(Benefit { name: name?, until })
        }),
        allowances: r.choice("allowances", m.allowances),
        target_group: r.choice("target_group", m.target_group),
        ladder_step: r.message("ladder_step", m.ladder_step.as_ref(), ladder_step),
        integration_route: r.choice("integration_route", m.integration_route),
        advisor_notes: r.texts("advisor_notes", &m.advisor_notes),
    })
}

fn ladder_step(r: &mut Reader, m: &v1::LadderStep) -> Option<LadderStep> {
    let step = match m.step {
        1 => Some(LadderLevel::One),
        2 => Some(LadderLevel::Two),
        3 => Some(LadderLevel::Three),
        4 => Some(LadderLevel::Four),
        5 => Some(LadderLevel::Five),
        6 => Some(LadderLevel::Six),
        other => {
            r.refuse("step", format!("the ladder has no step {other}"), "give 1 to 6");
            None
        }
    };
    let estimated_on = r.message("estimated_on", m.estimated_on.as_ref(), date);
    Some(LadderStep { step: step?, estimated_on })
}
