//! Generated records within every rule of the interface, with every field filled now and then.

mod candidate;
mod vacancy;

pub(crate) use candidate::candidate;
pub(crate) use vacancy::vacancy;

use crate::{
    domain::{
        Date,
        competency::{Competency, Facet, Quality},
        contract::ContractForm,
        language::{LanguageCode, LevelPerSkill},
        place::{CountryCode, Postcode},
        provenance::{Delivery, DeliveryState, Ownership, Provenance},
        restricted::{ContactData, ContactPerson},
        sector::SbiCode,
        support::Capacity,
        text::{AdvisorId, BoundedText, OrganisationId},
        time::{HoursPerWeek, HoursRange, WeekSlot},
        work::{OccupationRef, SkillRef},
    },
    wire::enums::Choice,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use std::fmt::Debug;

/// Later than every generated day.
pub(crate) const LATER: Date = Date::constant(2100, 1, 1);

fn opt<T: Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    option::of(value)
}

fn list<T: Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    vec(value, 0..3)
}

fn choice<C: Choice + Debug + 'static>() -> impl Strategy<Value = C> {
    select((1..32).filter_map(|code| C::from_code(code).ok().flatten()).collect::<Vec<_>>())
}

fn written() -> impl Strategy<Value = String> {
    "[a-zA-Zéü0-9]([a-zéü \\n.'-]{0,12}[a-z0-9])?"
}

fn text<const MAX: usize>() -> impl Strategy<Value = BoundedText<MAX>> {
    written().prop_map(|text| BoundedText::new(text).unwrap())
}

fn id() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9]{1,8}"
}

fn date() -> impl Strategy<Value = Date> {
    (1950..2090i16, 1..=12i8, 1..=28i8).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn in_order() -> impl Strategy<Value = (Option<Date>, Option<Date>)> {
    (opt(date()), opt(date())).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
        other => other,
    })
}

fn hours() -> impl Strategy<Value = HoursPerWeek> {
    (0..=99 * 60u32).prop_map(|minutes| HoursPerWeek::new(f64::from(minutes) / 60.0).unwrap())
}

fn hours_range() -> impl Strategy<Value = Option<HoursRange>> {
    (opt(hours()), opt(hours())).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => HoursRange::new(Some(a.min(b)), Some(a.max(b))).unwrap(),
        (a, b) => HoursRange::new(a, b).unwrap(),
    })
}

fn week_slot() -> impl Strategy<Value = WeekSlot> {
    (choice(), 0..1_440u32, 1..=1_440u32)
        .prop_map(|(day, from, long)| WeekSlot::new(day, from, (from + long).min(1_440)).unwrap())
}

/// What overlaps nothing before it.
fn apart<T>(all: Vec<T>, slot: impl Fn(&T) -> WeekSlot) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for one in all {
        if !kept.iter().any(|other| slot(other).overlaps(slot(&one))) {
            kept.push(one);
        }
    }
    kept
}

fn sbi() -> impl Strategy<Value = SbiCode> {
    (1..=99_999u32).prop_map(|code| SbiCode::new(code).unwrap())
}

fn postcode() -> impl Strategy<Value = Postcode> {
    "[1-9][0-9]{3}([A-R][A-Z])?".prop_map(|text| Postcode::parse(&text).unwrap())
}

fn country() -> impl Strategy<Value = CountryCode> {
    "[A-Z]{2}".prop_map(|text| CountryCode::parse(&text).unwrap())
}

fn language() -> impl Strategy<Value = LanguageCode> {
    "[a-z]{3}".prop_map(|text| LanguageCode::parse(&text).unwrap())
}

fn levels() -> impl Strategy<Value = LevelPerSkill> {
    (opt(choice()), opt(choice()), opt(choice()), opt(choice())).prop_map(
        |(listening, reading, speaking, writing)| LevelPerSkill { listening, reading, speaking, writing },
    )
}

fn skill() -> impl Strategy<Value = SkillRef> {
    (text(), opt(text())).prop_map(|(text, concept)| SkillRef { text, concept })
}

fn occupation() -> impl Strategy<Value = OccupationRef> {
    (text(), opt(text()), opt(text())).prop_map(|(text, concept, boc_code)| OccupationRef {
        text,
        concept,
        boc_code,
    })
}

fn quality() -> impl Strategy<Value = Quality> {
    (select(&Competency::ALL[..]), opt("[a-z_]{1,9}")).prop_map(|(competency, facet)| Quality {
        competency,
        facet: facet.map(|key| Facet::new(&key).unwrap()),
    })
}

fn contract_form() -> impl Strategy<Value = ContractForm> {
    (opt(choice()), opt(choice()))
        .prop_map(|(duration, kind)| ContractForm { duration, kind })
        .prop_filter("a form of contract says something", |form| {
            form.duration.is_some() || form.kind.is_some()
        })
}

fn capacity() -> impl Strategy<Value = Capacity> {
    (text(), opt(1..=1_440u16), opt(text())).prop_map(|(ability, minutes_per_day, note)| Capacity {
        ability,
        minutes_per_day,
        note,
    })
}

fn contact() -> impl Strategy<Value = ContactData> {
    let person = (opt(text()), list(text()), list(text())).prop_map(|(name, emails, phones)| ContactPerson {
        name,
        emails,
        phones,
    });
    (opt(text()), list(text()), list(text()), list(text()), list(person), opt(choice())).prop_map(
        |(name, emails, phones, websites, contacts, may_be_shared)| ContactData {
            name,
            emails,
            phones,
            websites,
            contacts,
            may_be_shared,
        },
    )
}

fn ownership() -> impl Strategy<Value = Ownership> {
    (opt(id()), opt(id()), opt(id())).prop_map(|(organisation, advisor, team)| Ownership {
        organisation: organisation.map(|id| OrganisationId::new(id).unwrap()),
        advisor: advisor.map(|id| AdvisorId::new(id).unwrap()),
        team: team.map(|id| AdvisorId::new(id).unwrap()),
    })
}

fn delivery() -> impl Strategy<Value = Delivery> {
    (choice(), opt(id()), date()).prop_map(|(door, organisation, on)| Delivery {
        door,
        organisation: organisation.map(|id| OrganisationId::new(id).unwrap()),
        on,
    })
}

fn provenance() -> impl Strategy<Value = Provenance> {
    ("[a-z]{1,8}(\\.[a-z]{1,8})?", delivery()).prop_map(|(part, delivery)| Provenance { part, delivery })
}

fn delivery_state() -> impl Strategy<Value = DeliveryState> {
    opt(date())
        .prop_map(|since| since.map_or(DeliveryState::Current, |since| DeliveryState::NotDelivered { since }))
}
