//! Where the parts of a made-up record came from: from this room, on the as-of date.

use super::book::Book;
use crate::domain::{
    Candidate, Date, Vacancy,
    candidate::CandidateProfile,
    provenance::{Delivery, Door, Provenance},
    restricted::RestrictedData,
    time::Availability,
    travel::Travel,
    vacancy::{Employer, Offer, Schedule},
    work::{Refusals, Wishes},
};

/// The delivery that everything of a region is part of.
pub(super) fn delivery(book: &Book, as_of: Date) -> Delivery {
    Delivery { door: Door::Interface, organisation: Some(book.people.organisation.clone()), on: as_of }
}

/// One entry for each part of a candidate that is filled in, by its name in the interface.
pub(super) fn of_candidate(candidate: &Candidate, delivery: &Delivery) -> Vec<Provenance> {
    let CandidateProfile {
        presentation,
        wishes,
        refusals,
        availability,
        travel,
        countries,
        contract_forms,
        level,
        skills,
        languages,
        licences,
        courses,
        registrations,
        lacking,
        educations,
        experience,
        observations,
        support_needs,
        capacities,
    } = &candidate.profile;
    entries(
        delivery,
        &[
            ("presentation", presentation.is_some()),
            ("wishes", *wishes != Wishes::default()),
            ("refusals", *refusals != Refusals::default()),
            ("availability", *availability != Availability::default()),
            ("travel", *travel != Travel::default()),
            ("country_codes", !countries.is_empty()),
            ("contract_forms", !contract_forms.is_empty()),
            ("level", level.is_some()),
            ("skills", !skills.is_empty()),
            ("languages", !languages.is_empty()),
            ("licences", licences.is_some()),
            ("courses", !courses.is_empty()),
            ("registrations", !registrations.is_empty()),
            ("lacking", !lacking.is_empty()),
            ("educations", !educations.is_empty()),
            ("experience", !experience.is_empty()),
            ("observations", !observations.is_empty()),
            ("support_needs", !support_needs.is_empty()),
            ("capacities", !capacities.is_empty()),
            ("restricted", candidate.restricted != RestrictedData::default()),
        ],
    )
}

/// One entry for each part of a vacancy that is filled in, by its name in the interface.
pub(super) fn of_vacancy(vacancy: &Vacancy, delivery: &Delivery) -> Vec<Provenance> {
    entries(
        delivery,
        &[
            ("title", vacancy.title.is_some()),
            ("description", vacancy.description.is_some()),
            ("tasks", !vacancy.tasks.is_empty()),
            ("occupation", vacancy.occupation.is_some()),
            ("employer", vacancy.employer != Employer::default()),
            ("sbi_code", vacancy.sector.is_some()),
            ("place", vacancy.place != Default::default()),
            ("schedule", vacancy.schedule != Schedule::default()),
            ("requirements", vacancy.requirements != Default::default()),
            ("contract_forms", !vacancy.contract_forms.is_empty()),
            ("offer", vacancy.offer != Offer::default()),
            ("carving", vacancy.carving.is_some()),
            ("starts_on", vacancy.starts_on.is_some()),
            ("closes_on", vacancy.closes_on.is_some()),
        ],
    )
}

fn entries(delivery: &Delivery, parts: &[(&str, bool)]) -> Vec<Provenance> {
    let filled = parts.iter().filter(|(_, filled)| *filled);
    filled.map(|(part, _)| Provenance { part: (*part).to_owned(), delivery: delivery.clone() }).collect()
}
