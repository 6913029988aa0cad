//! What an employer gets is the same bytes whatever of a person changes that an employer may not know.

use crate::{
    common::{Server, care_vacancy, carer, day, skill, upsert, upsert_vacancy},
    harness::{Numbers, rounds, seed},
};
use passend::wire::v1::{self, employer_matching_service_client::EmployerMatchingServiceClient};
use prost::Message;

/// Somebody, different in each pair in what an employer may know of.
fn somebody(numbers: &mut Numbers) -> v1::Candidate {
    let mut person = carer("k-1");
    let quality = v1::Quality { competency_code: 24104, facet: "patience".to_owned() };
    person.observations = (0..numbers.below(4))
        .map(|_| v1::Observation {
            observed: Some(v1::observation::Observed::Quality(quality.clone())),
            source: v1::ObservationSource::try_from(1 + numbers.below(7) as i32).unwrap().into(),
            value: v1::ObservedValue::try_from(1 + numbers.below(5) as i32).unwrap().into(),
            observed_on: Some(day(2026, 1 + numbers.below(10) as i32, 1)),
            ..v1::Observation::default()
        })
        .collect();
    if numbers.below(2) == 0 {
        person.skills.push(skill("wondzorg"));
    }
    let most = 8.0 + numbers.below(32) as f64;
    person.availability.as_mut().unwrap().hours =
        Some(v1::HoursRange { min_hours_per_week: Some(4.0), max_hours_per_week: Some(most) });
    person.travel.as_mut().unwrap().max_km = Some(5 + numbers.below(60) as u32);
    person
}

/// What an employer may not know, anew: benefit and allowance, ladder, target group, route, contact, notes, and what is
/// written about health beside what the person can do.
fn other(mut person: v1::Candidate, numbers: &mut Numbers) -> v1::Candidate {
    let answer = |numbers: &mut Numbers| numbers.below(3) as i32;
    let text = |numbers: &mut Numbers| format!("tekst {}", numbers.next());
    person.restricted = (numbers.below(8) > 0).then(|| v1::RestrictedData {
        contact: Some(v1::ContactData { name: text(numbers), ..v1::ContactData::default() }),
        benefits: (0..numbers.below(3))
            .map(|_| v1::Benefit { name: text(numbers), until: Some(day(2027, 1, 1)) })
            .collect(),
        allowances: answer(numbers),
        target_group: answer(numbers),
        ladder_step: Some(v1::LadderStep { step: 1 + numbers.below(6) as u32, estimated_on: None }),
        integration_route: numbers.below(4) as i32,
        advisor_notes: (0..numbers.below(3)).map(|_| text(numbers)).collect(),
    });
    for need in &mut person.support_needs {
        need.note = text(numbers);
    }
    for capacity in &mut person.capacities {
        capacity.note = text(numbers);
    }
    for seen in &mut person.observations {
        seen.note = text(numbers);
    }
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn r15_r16_pairs_that_differ_in_what_an_employer_may_not_know_are_the_same_bytes() {
    let pairs = rounds(80, 5_000);
    let seed = seed();
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut vacancy = care_vacancy("v-1");
    vacancy.requirements.as_mut().unwrap().competencies = vec![v1::CompetencyRequirement {
        quality: Some(v1::Quality { competency_code: 24104, facet: "patience".to_owned() }),
        ..v1::CompetencyRequirement::default()
    }];
    server.vacancies().await.upsert_vacancy(upsert_vacancy(vacancy)).await.unwrap();
    let mut candidates = server.candidates().await;
    let mut numbers = Numbers(seed);
    for at in 2..6 {
        let person = v1::Candidate { id: format!("k-{at}"), ..somebody(&mut numbers) };
        candidates.upsert_candidate(upsert(person)).await.unwrap();
    }
    let mut employer = EmployerMatchingServiceClient::new(server.channel().await);
    let (mut shown, mut answers) = (0, std::collections::BTreeSet::new());
    for pair in 0..pairs {
        let mut person = somebody(&mut numbers);
        person.support_needs = vec![v1::SupportNeed {
            kind: 1 + numbers.below(3) as i32,
            needed: v1::Answer::Yes.into(),
            note: String::new(),
        }];
        person.capacities = vec![v1::Capacity {
            ability: "een uur staan".to_owned(),
            minutes_per_day: 60,
            ..v1::Capacity::default()
        }];
        let twin = other(person.clone(), &mut numbers);
        assert_ne!(person, twin);
        let mut told = Vec::new();
        for one in [person.clone(), twin.clone()] {
            candidates.upsert_candidate(upsert(one)).await.unwrap();
            let request = v1::ProposeCandidatesRequest {
                vacancy_id: "v-1".to_owned(),
                as_of: Some(day(2026, 11, 22)),
                page_size: 100,
                ..v1::ProposeCandidatesRequest::default()
            };
            let mut answer = employer.propose_candidates(request).await.unwrap().into_inner();
            shown += answer.candidates.len();
            // How often something was written is no property of the person.
            answer.data_change_number = 0;
            told.push(answer.encode_to_vec());
        }
        assert!(told[0] == told[1], "pair {pair} of seed {seed} differs: {person:?} and {twin:?}");
        answers.extend(told.pop());
    }
    println!("pairs: {pairs} alike, {shown} proposals, {} different answers; seed {seed}", answers.len());
    // Employers see bands and facts, and of those there are only so many.
    assert!(
        answers.len() > (pairs / 4).min(100),
        "the people hardly differ, so nothing was tested: {}",
        answers.len()
    );
    assert!(shown > pairs, "hardly anybody is proposed");
    server.stop().await;
}
