//! The parts of a vacancy that VUM can carry.

use super::three_way::{Part, is_filled, list, merge_list, merge_value, value};
use crate::domain::{
    restricted::ContactPerson,
    text::{Label, Name},
    vacancy::Vacancy,
};

/// Every part, by its path in the interface.
pub(super) const PARTS: &[Part<Vacancy>] = &[
    value!("title", title),
    value!("number", number),
    value!("description", description),
    value!("occupation", occupation),
    value!("employer.name", employer.name),
    list!("employer.sbi_codes", employer.sectors, |code| *code),
    list!("employer.contact.websites", employer.contact.websites, Name::clone),
    list!("employer.contact.contacts", employer.contact.contacts, |c: &ContactPerson| c.name.clone()),
    list!("employer.application_ways", employer.application_ways, Label::clone),
    value!("sbi_code", sector),
    value!("place", place),
    value!("schedule.hours", schedule.hours),
    value!("schedule.irregular_work", schedule.irregular_work),
    value!("schedule.office_hours", schedule.office_hours),
    list!("requirements.skills", requirements.skills, |r| r.what.text.clone()),
    list!("requirements.competencies", requirements.competencies, |r| r.what.clone()),
    list!("requirements.languages", requirements.languages, |r| r.what.language()),
    value!("requirements.level", requirements.level),
    list!("requirements.educations", requirements.educations, |r| (r.what.name.clone(), r.what.code)),
    list!("requirements.experience", requirements.experience, |r| {
        r.what.occupation.as_ref().map(|o| o.text.clone())
    }),
    list!("requirements.licences", requirements.licences, |r| r.what),
    list!("requirements.certificates", requirements.certificates, |r| r.what.clone()),
    list!("requirements.unscored", requirements.unscored, |r| (r.field.clone(), r.text.clone())),
    list!("contract_forms", contract_forms, |form| *form),
    value!("offer.conditions_text", offer.conditions_text),
    value!("offer.salary_text", offer.salary_text),
    list!("offer.transport_for_work", offer.transport_for_work, |means| *means),
    value!("offer.target_group", offer.target_group),
    value!("starts_on", starts_on),
    value!("ends_on", ends_on),
    value!("closes_on", closes_on),
];
