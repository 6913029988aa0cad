//! A vacancy.

use super::{Reader, Reading, common::*, requirements::requirements};
use crate::{
    domain::{
        Vacancy,
        sector::SbiCode,
        support::{Carving, SupportOffer},
        text::{EmployerId, VacancyId},
        time::{Answer, HoursPerWeek},
        vacancy::{Employer, Offer, Schedule, VacancyStatus},
    },
    wire::{v1, violations::Violations},
};

/// Reads a vacancy; paths begin with `vacancy`.
///
/// # Errors
/// Every field that breaks a rule.
pub fn vacancy_from_proto(m: &v1::Vacancy, reading: Reading) -> Result<Vacancy, Violations> {
    let mut r = Reader::new(reading);
    let read = r.inside("vacancy", |r| vacancy(r, m));
    r.finish(read)
}

/// Reads a vacancy inside the message that `r` stands at.
pub fn vacancy(r: &mut Reader, m: &v1::Vacancy) -> Option<Vacancy> {
    let id = record_id(r, &m.id, VacancyId::new);
    let starts_on = r.message("starts_on", m.starts_on.as_ref(), date);
    let ends_on = r.message("ends_on", m.ends_on.as_ref(), date);
    r.in_order("ends_on", starts_on, ends_on);
    // The id comes last: fields are read in the order written, so a wrong id hides nothing else.
    Some(Vacancy {
        title: r.text("title", &m.title),
        number: r.text("number", &m.number),
        description: r.text("description", &m.description),
        tasks: labels(r, "tasks", &m.tasks),
        occupation: r.message("occupation", m.occupation.as_ref(), occupation),
        employer: r.message("employer", m.employer.as_ref(), employer).unwrap_or_default(),
        sector: match m.sbi_code {
            0 => None,
            code => r.valid("sbi_code", SbiCode::new(code)),
        },
        place: r.message("place", m.place.as_ref(), place).unwrap_or_default(),
        schedule: r.message("schedule", m.schedule.as_ref(), schedule).unwrap_or_default(),
        requirements: r.message("requirements", m.requirements.as_ref(), requirements).unwrap_or_default(),
        contract_forms: r.list("contract_forms", &m.contract_forms, contract_form),
        offer: r.message("offer", m.offer.as_ref(), offer).unwrap_or_default(),
        carving: r.message("carving", m.carving.as_ref(), |r, carved| carving(r, carved, most_hours(m))),
        starts_on,
        ends_on,
        closes_on: r.message("closes_on", m.closes_on.as_ref(), date),
        status: r.choice("status", m.status).unwrap_or(VacancyStatus::Open),
        ownership: r.message("ownership", m.ownership.as_ref(), ownership).unwrap_or_default(),
        provenance: provenance(r, &m.provenance),
        delivery_state: delivery_state(r, m.not_delivered_since.as_ref()),
        id: id?,
    })
}

fn employer(r: &mut Reader, m: &v1::Employer) -> Option<Employer> {
    Some(Employer {
        id: r.parsed("id", &m.id, EmployerId::new),
        name: r.text("name", &m.name),
        sectors: sbi_codes(r, "sbi_codes", &m.sbi_codes),
        contact: r.message("contact", m.contact.as_ref(), contact_data).unwrap_or_default(),
        application_ways: labels(r, "application_ways", &m.application_ways),
    })
}

fn schedule(r: &mut Reader, m: &v1::Schedule) -> Option<Schedule> {
    Some(Schedule {
        hours: r.message("hours", m.hours.as_ref(), hours_range),
        week_pattern: r.list("week_pattern", &m.week_pattern, week_slot),
        shifts: r.choices("shifts", &m.shifts),
        irregular_work: r.choice("irregular_work", m.irregular_work),
        office_hours: r.choice("office_hours", m.office_hours),
    })
}

fn offer(r: &mut Reader, m: &v1::Offer) -> Option<Offer> {
    Some(Offer {
        conditions_text: r.text("conditions_text", &m.conditions_text),
        salary_text: r.text("salary_text", &m.salary_text),
        conditions: labels(r, "conditions", &m.conditions),
        support: r.list("support", &m.support, support_offer),
        capacities_asked: r.list("capacities_asked", &m.capacities_asked, capacity),
        transport_for_work: r.choices("transport_for_work", &m.transport_for_work),
        target_group: r.choice("target_group", m.target_group),
    })
}

fn support_offer(r: &mut Reader, m: &v1::SupportOffer) -> Option<SupportOffer> {
    let kind = r.needed_choice("kind", m.kind);
    let offered = r.needed_choice("offered", m.offered);
    let note = r.text("note", &m.note);
    Some(SupportOffer { kind: kind?, offered: offered?, note })
}

fn most_hours(m: &v1::Vacancy) -> Option<HoursPerWeek> {
    let hours = m.schedule.as_ref()?.hours.as_ref()?;
    HoursPerWeek::new(hours.max_hours_per_week?).ok()
}

/// Reads whether a job of at most so many hours may be split: what is left must be a part of it.
fn carving(r: &mut Reader, m: &v1::Carving, most: Option<HoursPerWeek>) -> Option<Carving> {
    if *m == v1::Carving::default() {
        return None;
    }
    // Fewest hours and ways mean nothing as long as it is not said whether the job may be split.
    let allowed = r.needed_choice("allowed", m.allowed);
    let min_hours = hours(r, "min_hours_per_week", m.min_hours_per_week);
    let ways = r.choices("ways", &m.ways);
    if r.holds_rules() && allowed == Some(Answer::No) && (min_hours.is_some() || !ways.is_empty()) {
        r.refuse(
            "allowed",
            "the job may not be split, and parts of it are described",
            "leave min_hours_per_week and ways out, or say ANSWER_YES",
        );
    }
    if r.holds_rules() && min_hours.is_some_and(|least| least.minutes() == 0) {
        r.refuse(
            "min_hours_per_week",
            "a part of no hours is no part of a job",
            "give more than 0 hours, or leave the field out",
        );
    }
    if let (Some(least), Some(most)) = (min_hours, most)
        && least > most
        && r.holds_rules()
    {
        r.refuse(
            "min_hours_per_week",
            "the smallest part has more hours than the whole job",
            "give at most the most hours of the job (schedule.hours.max_hours_per_week)",
        );
    }
    Some(Carving { allowed: allowed?, min_hours, ways })
}
