//! Messages that candidates, vacancies and requests share.

use super::Reader;
use crate::{
    domain::{
        Date, InvalidValue,
        competency::{Competency, Facet, Quality},
        contract::ContractForm,
        language::LevelPerSkill,
        place::{CountryCode, Place, Postcode},
        provenance::{Delivery, DeliveryState, Ownership, Provenance},
        restricted::{ContactData, ContactPerson},
        sector::SbiCode,
        support::Capacity,
        text::{AdvisorId, ConceptUri, Label, OrganisationId},
        time::{HoursPerWeek, HoursRange, WeekSlot},
        work::{OccupationRef, SkillRef},
    },
    wire::v1,
};

/// Years that a date may have.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
/// Minutes of a day.
const MINUTES_PER_DAY: u32 = 1_440;

/// A day that exists, from 1900 to 2200.
pub fn date(r: &mut Reader, m: &v1::Date) -> Option<Date> {
    if r.holds_rules() && !YEARS.contains(&m.year) {
        r.refuse("year", format!("{} is no year of a date here", m.year), "give a year from 1900 to 2200");
        return None;
    }
    let day = match (i16::try_from(m.year), i8::try_from(m.month), i8::try_from(m.day)) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    if day.is_none() {
        r.refuse_here(
            format!("there is no day {:04}-{:02}-{:02}", m.year, m.month, m.day),
            "give a year, a month from 1 to 12 and a day that the month has, or leave the date out",
        );
    }
    day
}

/// A stretch of one day of the week.
pub fn week_slot(r: &mut Reader, m: &v1::WeekSlot) -> Option<WeekSlot> {
    let day = r.needed_choice("day", m.day);
    // The minutes are judged on any day, so that a wrong day does not hide them.
    let of_day = |day| WeekSlot::new(day, m.from_minute, m.to_minute);
    let slot = r.valid("to_minute", of_day(day.unwrap_or(crate::domain::Weekday::Monday)));
    day.and(slot)
}

/// Stretches of the week of which none overlaps another.
pub fn slots_apart(r: &mut Reader, field: &'static str, entries: &[v1::WeekSlot]) -> Vec<WeekSlot> {
    let mut before = Vec::new();
    r.list(field, entries, |r, m| {
        let slot = week_slot(r, m)?;
        apart(r, slot, &before);
        before.push(slot);
        Some(slot)
    })
}

/// Holds that a stretch overlaps none of those before it.
pub fn apart(r: &mut Reader, slot: WeekSlot, before: &[WeekSlot]) {
    if r.holds_rules() && before.iter().any(|other| slot.overlaps(*other)) {
        r.refuse_here(
            "the slot overlaps another one of the list",
            "give each stretch of time once: join slots that overlap, or correct their ends",
        );
    }
}

/// Hours a week.
pub fn hours(r: &mut Reader, field: &'static str, hours: Option<f64>) -> Option<HoursPerWeek> {
    r.valid(field, HoursPerWeek::new(hours?))
}

/// Fewest and most hours a week; `None` when neither is given.
pub fn hours_range(r: &mut Reader, m: &v1::HoursRange) -> Option<HoursRange> {
    let min = hours(r, "min_hours_per_week", m.min_hours_per_week);
    let max = hours(r, "max_hours_per_week", m.max_hours_per_week);
    r.valid("min_hours_per_week", HoursRange::new(min, max)).flatten()
}

/// A place of work.
pub fn place(r: &mut Reader, m: &v1::Place) -> Option<Place> {
    Some(Place {
        postcode: r.parsed("postcode", &m.postcode, Postcode::parse),
        name: r.text("name", &m.name),
        country: r.parsed("country_code", &m.country_code, CountryCode::parse),
    })
}

/// A form of contract that says something.
pub fn contract_form(r: &mut Reader, m: &v1::ContractForm) -> Option<ContractForm> {
    if r.holds_rules() && *m == v1::ContractForm::default() {
        r.refuse_here("the form of contract says nothing", "give a duration, a kind, or both");
        return None;
    }
    Some(ContractForm { duration: r.choice("duration", m.duration), kind: r.choice("kind", m.kind) })
}

/// A level for each language skill.
pub fn level_per_skill(r: &mut Reader, m: &v1::LevelPerSkill) -> Option<LevelPerSkill> {
    Some(LevelPerSkill {
        listening: r.choice("listening", m.listening),
        reading: r.choice("reading", m.reading),
        speaking: r.choice("speaking", m.speaking),
        writing: r.choice("writing", m.writing),
    })
}

/// A skill with its words.
pub fn skill(r: &mut Reader, m: &v1::Skill) -> Option<SkillRef> {
    let text = r.needed_text("text", &m.text);
    let concept = concept_uri(r, &m.concept_uri);
    Some(SkillRef { text: text?, concept })
}

/// An occupation with its words.
pub fn occupation(r: &mut Reader, m: &v1::Occupation) -> Option<OccupationRef> {
    let text = r.needed_text("text", &m.text);
    let concept = concept_uri(r, &m.concept_uri);
    let boc_code = r.text("boc_code", &m.boc_code);
    Some(OccupationRef { text: text?, concept, boc_code })
}

fn concept_uri(r: &mut Reader, uri: &str) -> Option<ConceptUri> {
    r.text("concept_uri", uri)
}

/// A competency, or one facet of it.
pub fn quality(r: &mut Reader, m: &v1::Quality) -> Option<Quality> {
    let competency = r.valid("competency_code", Competency::from_code(m.competency_code));
    let facet = r.parsed("facet", &m.facet, Facet::new);
    Some(Quality { competency: competency?, facet })
}

/// An ability with its measure.
pub fn capacity(r: &mut Reader, m: &v1::Capacity) -> Option<Capacity> {
    let ability = r.needed_text("ability", &m.ability);
    let minutes_per_day = match m.minutes_per_day {
        0 => None,
        minutes => r.whole("minutes_per_day", minutes, 0..=MINUTES_PER_DAY),
    };
    let note = r.text("note", &m.note);
    Some(Capacity { ability: ability?, minutes_per_day, note })
}

/// Codes of sectors.
pub fn sbi_codes(r: &mut Reader, field: &'static str, codes: &[u32]) -> Vec<SbiCode> {
    r.list(field, codes, |r, code| r.valid_here(SbiCode::new(*code)))
}

/// How to reach somebody.
pub fn contact_data(r: &mut Reader, m: &v1::ContactData) -> Option<ContactData> {
    Some(ContactData {
        name: r.text("name", &m.name),
        emails: r.texts("emails", &m.emails),
        phones: r.texts("phones", &m.phones),
        websites: r.texts("websites", &m.websites),
        contacts: r.list("contacts", &m.contacts, contact_person),
        may_be_shared: r.choice("may_be_shared", m.may_be_shared),
    })
}

fn contact_person(r: &mut Reader, m: &v1::ContactPerson) -> Option<ContactPerson> {
    Some(ContactPerson {
        name: r.text("name", &m.name),
        emails: r.texts("emails", &m.emails),
        phones: r.texts("phones", &m.phones),
    })
}

/// Who looks after a record.
pub fn ownership(r: &mut Reader, m: &v1::Ownership) -> Option<Ownership> {
    Some(Ownership {
        organisation: r.parsed("organisation", &m.organisation, OrganisationId::new),
        advisor: r.parsed("advisor", &m.advisor, AdvisorId::new),
        team: r.parsed("team", &m.team, AdvisorId::new),
    })
}

/// Who delivered something, how and when.
pub fn delivery(r: &mut Reader, m: &v1::Delivery) -> Option<Delivery> {
    let door = r.needed_choice("door", m.door);
    let organisation = r.parsed("organisation", &m.organisation, OrganisationId::new);
    let on = r.needed_message("delivered_on", m.delivered_on.as_ref(), date);
    Some(Delivery { door: door?, organisation, on: on? })
}

/// Where the parts of a record came from, as the service keeps it.
pub(super) fn provenance(r: &mut Reader, entries: &[v1::Provenance]) -> Vec<Provenance> {
    if !r.reads_service_fields() {
        return Vec::new();
    }
    r.list("provenance", entries, |r, m| {
        let delivery = r.needed_message("delivery", m.delivery.as_ref(), delivery);
        Some(Provenance { part: m.part.clone(), delivery: delivery? })
    })
}

/// Whether the last complete delivery held a record, as the service keeps it.
pub(super) fn delivery_state(r: &mut Reader, not_delivered_since: Option<&v1::Date>) -> DeliveryState {
    if !r.reads_service_fields() {
        return DeliveryState::Current;
    }
    match r.message("not_delivered_since", not_delivered_since, date) {
        Some(since) => DeliveryState::NotDelivered { since },
        None => DeliveryState::Current,
    }
}

/// The id of a record.
pub(super) fn record_id<'t, T>(
    r: &mut Reader,
    id: &'t str,
    parse: impl FnOnce(&'t str) -> Result<T, InvalidValue>,
) -> Option<T> {
    let id = if id.is_empty() && r.is_inline() { super::INLINE_ID } else { id };
    r.valid("id", parse(id))
}

/// Names of things as short texts.
pub(super) fn labels(r: &mut Reader, field: &'static str, texts: &[String]) -> Vec<Label> {
    r.texts(field, texts)
}
