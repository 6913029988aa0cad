//! The parts of a candidate that VUM can carry.

use super::three_way::{Part, PartMerge, is_filled, list, merge_list, merge_value, value};
use crate::domain::{
    candidate::Candidate,
    education::{DrivingLicence, HeldLicences},
    observation::{Observation, Observed},
    restricted::ContactPerson,
    text::{Label, Name},
    work::OccupationRef,
};

/// Every part, by its path in the interface.
pub(super) const PARTS: &[Part<Candidate>] = &[
    value!("presentation", profile.presentation),
    list!("wishes.occupations", profile.wishes.occupations, |o: &OccupationRef| o.text.clone()),
    list!("wishes.sbi_codes", profile.wishes.sectors, |code| *code),
    list!("wishes.interests", profile.wishes.interests, Label::clone),
    value!("availability.hours", profile.availability.hours),
    value!("availability.irregular_work", profile.availability.irregular_work),
    value!("availability.office_hours", profile.availability.office_hours),
    value!("availability.available_from", profile.availability.from),
    value!("availability.available_until", profile.availability.until),
    value!("travel.postcode", profile.travel.from),
    value!("travel.max_km", profile.travel.max_km),
    value!("travel.max_minutes", profile.travel.max_minutes),
    list!("travel.means", profile.travel.means, |means| *means),
    list!("country_codes", profile.countries, |country| *country),
    list!("contract_forms", profile.contract_forms, |form| *form),
    value!("level", profile.level),
    list!("skills", profile.skills, |skill| skill.text.clone()),
    list!("languages", profile.languages, |language| language.language),
    Part {
        name: "licences",
        merge: |was, is, new, out| {
            merge_licences(
                [&was.profile.licences, &is.profile.licences, &new.profile.licences],
                &mut out.profile.licences,
            )
        },
        filled: |candidate| candidate.profile.licences.is_some(),
    },
    list!("courses", profile.courses, |course| course.name.clone()),
    list!("educations", profile.educations, |e| (e.name.clone(), e.code, e.from)),
    list!("experience", profile.experience, |e| {
        (e.occupation.as_ref().map(|o| o.text.clone()), e.organisation.clone(), e.from)
    }),
    list!("observations", profile.observations, observation_key, says_the_same),
    list!("support_needs", profile.support_needs, |need| need.kind),
    list!("restricted.contact.emails", restricted.contact.emails, Name::clone),
    list!("restricted.contact.phones", restricted.contact.phones, Name::clone),
    list!("restricted.contact.websites", restricted.contact.websites, Name::clone),
    list!("restricted.contact.contacts", restricted.contact.contacts, |c: &ContactPerson| c.name.clone()),
    value!("restricted.contact.may_be_shared", restricted.contact.may_be_shared),
    value!("restricted.target_group", restricted.target_group),
];

/// A delivery says only what the person says of a quality, without a date; an observation with another source or
/// with a date has another key and is never touched.
fn observation_key(observation: &Observation) -> impl Ord + use<> {
    let (quality, sector, occupation) = match &observation.observed {
        Observed::Quality(quality) => (Some(quality.clone()), None, None),
        Observed::MotivationForSector(code) => (None, Some(*code), None),
        Observed::MotivationForOccupation(occupation) => (None, None, Some(occupation.clone())),
    };
    (quality, sector, occupation, observation.source, observation.observed_on)
}

/// Who delivered an observation and when is no difference in what it says.
fn says_the_same(a: &Observation, b: &Observation) -> bool {
    a.observed == b.observed
        && a.source == b.source
        && a.value == b.value
        && a.observed_on == b.observed_on
        && a.note == b.note
        && a.dispute == b.dispute
}

/// Licences are a list, except that a person may be known to hold none: that is a value of its own.
fn merge_licences([was, is, new]: [&Option<HeldLicences>; 3], out: &mut Option<HeldLicences>) -> PartMerge {
    let (Some(was_list), Some(is_list), Some(new_list)) = (licences(was), licences(is), licences(new)) else {
        return merge_value(was, is, new, out);
    };
    let mut merged = is_list.clone();
    let done = merge_list([&was_list, &is_list, &new_list], &mut merged, |l| *l, |a, b| a == b);
    if done.changed {
        *out = Some(HeldLicences::These(merged)).filter(|l| *l != HeldLicences::These(Vec::new()));
    }
    done
}

fn licences(held: &Option<HeldLicences>) -> Option<Vec<DrivingLicence>> {
    match held {
        None => Some(Vec::new()),
        Some(HeldLicences::These(list)) => Some(list.clone()),
        Some(HeldLicences::NoneAtAll) => None,
    }
}
