//! R15: what may never count changes nothing.

use super::{Pair, World, hold, pair};
use crate::{
    domain::{
        candidate::CandidateProfile,
        place::Postcode,
        provenance::{Delivery, Door, Ownership, Provenance},
        restricted::{Benefit, ContactData, IntegrationRoute, LadderLevel, LadderStep, RestrictedData},
        text::{AdvisorId, CandidateId, OrganisationId},
        time::Answer,
    },
    rank::{
        generate::{day, text},
        profile::Numbers,
    },
};
use proptest::prelude::*;

#[test]
fn r15_name_benefit_target_group_ladder_notes_owner_and_id_change_no_score_no_line_and_no_reason() {
    let world = World::new();
    hold(250, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let mut other = pair.clone();
        other.candidate.id = CandidateId::new("somebody else").expect("a valid id");
        other.candidate.restricted = restricted();
        other.candidate.ownership = ownership();
        other.candidate.provenance = provenance();
        other.candidate.retain_until = Some(day((2030, 1, 1)));
        retold(&mut other.candidate.profile);
        prop_assert_eq!(world.explained(&other, &numbers), world.explained(&pair, &numbers));
        prop_assert_eq!(world.reference(&other, &numbers), world.reference(&pair, &numbers));
        Ok(())
    });
}

#[test]
fn r15_the_employers_name_the_salary_the_municipality_and_the_target_group_change_no_score_no_line_and_no_reason()
 {
    let world = World::new();
    hold(250, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let mut other = pair.clone();
        let vacancy = &mut other.vacancy;
        vacancy.number = Some(text("2026-17"));
        vacancy.employer.name = Some(text("Bakkerij Jansen"));
        vacancy.employer.contact = contact();
        vacancy.employer.application_ways = vec![text("per brief")];
        vacancy.place.name = Some(text("Enschede"));
        vacancy.offer.salary_text = Some(text("3.000 euro"));
        vacancy.offer.target_group = Some(Answer::Yes);
        vacancy.ownership = ownership();
        vacancy.provenance = provenance();
        prop_assert_eq!(world.explained(&other, &numbers), world.explained(&pair, &numbers));
        prop_assert_eq!(world.reference(&other, &numbers), world.reference(&pair, &numbers));
        Ok(())
    });
}

fn contact() -> ContactData {
    ContactData {
        name: Some(text("A. Jansen")),
        emails: vec![text("a.jansen@example.org")],
        phones: vec![text("0600000000")],
        may_be_shared: Some(Answer::No),
        ..ContactData::default()
    }
}

fn restricted() -> RestrictedData {
    RestrictedData {
        contact: contact(),
        benefits: vec![Benefit { name: text("Participatiewet"), until: Some(day((2027, 1, 1))) }],
        allowances: Some(Answer::Yes),
        target_group: Some(Answer::Yes),
        ladder_step: Some(LadderStep { step: LadderLevel::Two, estimated_on: Some(day((2026, 1, 1))) }),
        integration_route: Some(IntegrationRoute::SelfReliance),
        advisor_notes: vec![text("belt liever in de ochtend")],
    }
}

fn ownership() -> Ownership {
    Ownership {
        organisation: OrganisationId::new("gemeente").ok(),
        advisor: AdvisorId::new("adviseur").ok(),
        team: AdvisorId::new("team").ok(),
    }
}

fn delivery() -> Delivery {
    Delivery { door: Door::Vum, organisation: OrganisationId::new("uwv").ok(), on: day((2026, 11, 1)) }
}

fn provenance() -> Vec<Provenance> {
    vec![Provenance { part: "skills".to_owned(), delivery: delivery() }]
}

/// The same facts with other names, notes and letters of the postcode.
fn retold(profile: &mut CandidateProfile) {
    let letters = |postcode: Postcode| Postcode::parse(&format!("{}ZZ", postcode.pc4().digits())).ok();
    profile.travel.from = profile.travel.from.and_then(letters);
    for own in &mut profile.languages {
        own.assessed_on = Some(day((2020, 1, 1)));
    }
    for work in &mut profile.experience {
        work.organisation = Some(text("Bakkerij Jansen"));
    }
    for education in &mut profile.educations {
        education.school = Some(text("ROC"));
        education.description = Some(text("Twee jaar."));
    }
    for course in &mut profile.courses {
        course.school = Some(text("ROC"));
    }
    for seen in &mut profile.observations {
        seen.note = Some(text("Was steeds op tijd."));
        seen.delivery = Some(delivery());
    }
    for job in &mut profile.availability.held_jobs {
        job.employer_name = Some(text("Bakkerij Jansen"));
    }
}
