//! Messages that candidates, vacancies and answers share.

use crate::{
    domain::{
        Date,
        competency::{Facet, Quality},
        contract::ContractForm,
        language::LevelPerSkill,
        place::Place,
        provenance::{Delivery, DeliveryState, Ownership, Provenance},
        restricted::{ContactData, ContactPerson},
        sector::SbiCode,
        support::Capacity,
        text::BoundedText,
        time::{HoursPerWeek, HoursRange, WeekSlot},
        work::{OccupationRef, SkillRef},
    },
    wire::{
        enums::{Choice, code_of},
        v1,
    },
};

/// A day.
pub fn date(day: Date) -> v1::Date {
    v1::Date { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

/// Hours a week.
pub fn hours_range(range: HoursRange) -> v1::HoursRange {
    v1::HoursRange {
        min_hours_per_week: range.min().map(HoursPerWeek::hours),
        max_hours_per_week: range.max().map(HoursPerWeek::hours),
    }
}

/// A stretch of one day of the week.
pub fn week_slot(slot: WeekSlot) -> v1::WeekSlot {
    v1::WeekSlot {
        day: slot.day().code(),
        from_minute: slot.from_minute().into(),
        to_minute: slot.to_minute().into(),
    }
}

/// A place of work.
pub fn place(place: &Place) -> v1::Place {
    v1::Place {
        postcode: written(place.postcode.as_ref()),
        name: text(&place.name),
        country_code: written(place.country.as_ref()),
    }
}

/// A form of contract.
pub fn contract_form(form: &ContractForm) -> v1::ContractForm {
    v1::ContractForm { duration: code_of(form.duration), kind: code_of(form.kind) }
}

/// A level for each language skill.
pub fn level_per_skill(levels: &LevelPerSkill) -> v1::LevelPerSkill {
    v1::LevelPerSkill {
        listening: code_of(levels.listening),
        reading: code_of(levels.reading),
        speaking: code_of(levels.speaking),
        writing: code_of(levels.writing),
    }
}

/// A skill.
pub fn skill(skill: &SkillRef) -> v1::Skill {
    v1::Skill { text: skill.text.to_string(), concept_uri: text(&skill.concept) }
}

/// An occupation.
pub fn occupation(occupation: &OccupationRef) -> v1::Occupation {
    v1::Occupation {
        text: occupation.text.to_string(),
        concept_uri: text(&occupation.concept),
        boc_code: text(&occupation.boc_code),
    }
}

/// A competency, or one facet of it.
pub fn quality(quality: &Quality) -> v1::Quality {
    v1::Quality {
        competency_code: quality.competency.code(),
        facet: quality.facet.as_ref().map(Facet::to_string).unwrap_or_default(),
    }
}

/// An ability with its measure.
pub fn capacity(capacity: &Capacity) -> v1::Capacity {
    v1::Capacity {
        ability: capacity.ability.to_string(),
        minutes_per_day: capacity.minutes_per_day.map(u32::from).unwrap_or_default(),
        note: text(&capacity.note),
    }
}

/// Who looks after a record.
pub fn ownership(ownership: &Ownership) -> v1::Ownership {
    v1::Ownership {
        organisation: written(ownership.organisation.as_ref()),
        advisor: written(ownership.advisor.as_ref()),
        team: written(ownership.team.as_ref()),
    }
}

/// Who delivered something, how and when.
pub fn delivery(delivery: &Delivery) -> v1::Delivery {
    v1::Delivery {
        door: delivery.door.code(),
        organisation: written(delivery.organisation.as_ref()),
        delivered_on: Some(date(delivery.on)),
    }
}

pub(super) fn provenance(provenance: &Provenance) -> v1::Provenance {
    v1::Provenance { part: provenance.part.clone(), delivery: Some(delivery(&provenance.delivery)) }
}

pub(super) fn not_delivered_since(state: DeliveryState) -> Option<v1::Date> {
    match state {
        DeliveryState::Current => None,
        DeliveryState::NotDelivered { since } => Some(date(since)),
    }
}

/// How to reach somebody.
pub fn contact_data(contact: &ContactData) -> v1::ContactData {
    v1::ContactData {
        name: text(&contact.name),
        emails: texts(&contact.emails),
        phones: texts(&contact.phones),
        websites: texts(&contact.websites),
        contacts: contact.contacts.iter().map(contact_person).collect(),
        may_be_shared: code_of(contact.may_be_shared),
    }
}

fn contact_person(person: &ContactPerson) -> v1::ContactPerson {
    v1::ContactPerson {
        name: text(&person.name),
        emails: texts(&person.emails),
        phones: texts(&person.phones),
    }
}

pub(super) fn sbi_codes(codes: &[SbiCode]) -> Vec<u32> {
    codes.iter().map(|code| code.get()).collect()
}

pub(super) fn codes<C: Choice>(values: &[C]) -> Vec<i32> {
    values.iter().map(|value| value.code()).collect()
}

/// A text that may be unknown: empty is unknown.
pub(super) fn text<const MAX: usize>(text: &Option<BoundedText<MAX>>) -> String {
    written(text.as_ref())
}

pub(super) fn texts<const MAX: usize>(texts: &[BoundedText<MAX>]) -> Vec<String> {
    texts.iter().map(BoundedText::to_string).collect()
}

/// Something with a written form that may be unknown.
pub(super) fn written<T: ToString>(value: Option<&T>) -> String {
    value.map(T::to_string).unwrap_or_default()
}

/// A message, or nothing when it would say nothing: an empty message is not written.
pub(super) fn unless_empty<M: Default + PartialEq>(message: M) -> Option<M> {
    (message != M::default()).then_some(message)
}
