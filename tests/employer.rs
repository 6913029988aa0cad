//! The employer's view as a client meets it: what may not be known is nowhere in the answer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Server, candidates_for, care_vacancy, carer, day, occupation, skill, upsert, upsert_vacancy};
use passend::wire::{self, v1};
use prost::Message;
use prost_reflect::{DescriptorPool, Kind, MessageDescriptor, ReflectMessage as _};
use std::collections::BTreeSet;
use tonic::Code;
use tonic_types::StatusExt;
use v1::employer_matching_service_client::EmployerMatchingServiceClient;

fn asked(vacancy: &str) -> v1::ProposeCandidatesRequest {
    v1::ProposeCandidatesRequest {
        vacancy_id: vacancy.to_owned(),
        as_of: Some(day(2026, 11, 22)),
        page_size: 100,
        ..v1::ProposeCandidatesRequest::default()
    }
}

async fn proposed(server: &Server, request: v1::ProposeCandidatesRequest) -> v1::ProposeCandidatesResponse {
    let mut client = EmployerMatchingServiceClient::new(server.channel().await);
    client.propose_candidates(request).await.unwrap().into_inner()
}

/// A carer who is proposed: wishes this work, names what is asked, and was seen.
fn good_carer(id: &str) -> v1::Candidate {
    let seen = v1::Observation {
        observed: Some(v1::observation::Observed::Quality(v1::Quality {
            competency_code: 24104,
            facet: "patience".to_owned(),
        })),
        source: v1::ObservationSource::Coach.into(),
        value: v1::ObservedValue::Strong.into(),
        observed_on: Some(day(2026, 11, 1)),
        ..v1::Observation::default()
    };
    let mut candidate = carer(id);
    candidate.skills.push(skill("wondzorg"));
    candidate.observations = vec![seen];
    candidate
}

fn patient_vacancy(id: &str) -> v1::Vacancy {
    let mut vacancy = care_vacancy(id);
    vacancy.requirements.as_mut().unwrap().competencies = vec![v1::CompetencyRequirement {
        quality: Some(v1::Quality { competency_code: 24104, facet: "patience".to_owned() }),
        ..v1::CompetencyRequirement::default()
    }];
    vacancy
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employer_reads_who_fits_in_bands_with_a_pseudonym_of_this_vacancy() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let mut candidates = server.candidates().await;
    candidates.upsert_candidate(upsert(good_carer("k-1"))).await.unwrap();
    let mut refusing = good_carer("k-2");
    refusing.refusals =
        Some(v1::Refusals { occupations: vec![occupation("Verzorgende IG")], ..v1::Refusals::default() });
    candidates.upsert_candidate(upsert(refusing)).await.unwrap();
    let placed = v1::Candidate { status: v1::CandidateStatus::Placed.into(), ..good_carer("k-3") };
    candidates.upsert_candidate(upsert(placed)).await.unwrap();
    for id in ["v-1", "v-2"] {
        server.vacancies().await.upsert_vacancy(upsert_vacancy(patient_vacancy(id))).await.unwrap();
    }
    let answer = proposed(&server, asked("v-1")).await;
    assert_eq!((answer.candidates.len(), answer.not_proposed), (1, 2));
    assert!(answer.not_proposed_text.starts_with("2 mensen"), "{}", answer.not_proposed_text);
    assert_eq!(answer.bands.iter().map(|band| band.count).sum::<u64>(), 1);
    assert_eq!((answer.profile_name.as_str(), answer.data_change_number), ("zorg", 5));
    let one = &answer.candidates[0];
    assert_eq!(one.skills, ["Ouderen verzorgen", "wondzorg"], "in the words of the vacancy");
    assert_eq!(one.observed_qualities[0].text, "Geduld: gezien in het contact.");
    assert_eq!(
        one.hours,
        Some(v1::HoursRange { min_hours_per_week: Some(16.0), max_hours_per_week: Some(32.0) })
    );
    assert!(one.proposal_reasons.iter().any(|reason| reason.text == "Wil dit werk graag doen."));
    let english = v1::ProposeCandidatesRequest { text_language: "en".to_owned(), ..asked("v-1") };
    let english = proposed(&server, english).await;
    assert_eq!(english.candidates[0].observed_qualities[0].text, "Patience: seen in contact.");
    let elsewhere = proposed(&server, asked("v-2")).await;
    assert_ne!(elsewhere.candidates[0].pseudonym, one.pseudonym, "another one for every vacancy");
    let advisors =
        server.matching().await.match_candidates(candidates_for("v-1")).await.unwrap().into_inner();
    let known = advisors.matches.iter().find(|found| found.candidate == "k-1").unwrap();
    assert_eq!(known.employer_pseudonym, one.pseudonym, "the advisor knows whom the employer asks about");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r15_r16_the_answer_is_the_same_bytes_whatever_an_employer_may_not_know() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    server.vacancies().await.upsert_vacancy(upsert_vacancy(patient_vacancy("v-1"))).await.unwrap();
    let mut candidates = server.candidates().await;
    let bytes = |mut answer: v1::ProposeCandidatesResponse| {
        // How often something was written is no property of the person.
        answer.data_change_number = 0;
        answer.encode_to_vec()
    };
    candidates.upsert_candidate(upsert(good_carer("k-1"))).await.unwrap();
    let first = proposed(&server, asked("v-1")).await;
    assert_eq!(first.candidates.len(), 1);
    let first = bytes(first);
    let contact = v1::ContactData {
        name: "K. Kanarie".to_owned(),
        emails: vec!["kanarie@example.org".to_owned()],
        phones: vec!["0612345678".to_owned()],
        ..v1::ContactData::default()
    };
    let restricted: [v1::RestrictedData; 7] = [
        v1::RestrictedData { contact: Some(contact), ..v1::RestrictedData::default() },
        v1::RestrictedData {
            benefits: vec![v1::Benefit { name: "Participatiewet".to_owned(), until: None }],
            ..v1::RestrictedData::default()
        },
        v1::RestrictedData { allowances: v1::Answer::Yes.into(), ..v1::RestrictedData::default() },
        v1::RestrictedData { target_group: v1::Answer::Yes.into(), ..v1::RestrictedData::default() },
        v1::RestrictedData {
            ladder_step: Some(v1::LadderStep { step: 2, estimated_on: None }),
            ..v1::RestrictedData::default()
        },
        v1::RestrictedData {
            integration_route: v1::IntegrationRoute::SelfReliance.into(),
            ..v1::RestrictedData::default()
        },
        v1::RestrictedData { advisor_notes: vec!["kanarie".to_owned()], ..v1::RestrictedData::default() },
    ];
    for restricted in restricted {
        let candidate = v1::Candidate { restricted: Some(restricted.clone()), ..good_carer("k-1") };
        candidates.upsert_candidate(upsert(candidate)).await.unwrap();
        let answer = proposed(&server, asked("v-1")).await;
        assert!(bytes(answer) == first, "the answer tells of {restricted:?}");
    }
    // Who looks after the person, where the letters of the postcode lie, and who saw the quality.
    let mut other = good_carer("k-1");
    other.ownership = Some(v1::Ownership { advisor: "a-1".to_owned(), ..v1::Ownership::default() });
    other.travel.as_mut().unwrap().postcode = "7511 ZZ".to_owned();
    other.observations[0].note = "kanarie".to_owned();
    candidates.upsert_candidate(upsert(other)).await.unwrap();
    assert!(bytes(proposed(&server, asked("v-1")).await) == first, "notes or owner are told");
    // Support and abilities are scored (R12): the band may move, nothing else.
    let mut supported = good_carer("k-1");
    supported.support_needs = vec![v1::SupportNeed {
        kind: v1::SupportKind::JobCoach.into(),
        needed: v1::Answer::Yes.into(),
        note: "kanarie".to_owned(),
    }];
    supported.capacities =
        vec![v1::Capacity { ability: "staan".to_owned(), minutes_per_day: 60, note: "kanarie".to_owned() }];
    candidates.upsert_candidate(upsert(supported)).await.unwrap();
    let bandless = |bytes: &[u8]| {
        let mut answer = v1::ProposeCandidatesResponse::decode(bytes).unwrap();
        answer.bands.clear();
        answer.candidates.iter_mut().for_each(|one| one.band = 0);
        answer.encode_to_vec()
    };
    let answer = proposed(&server, asked("v-1")).await;
    assert!(bandless(&bytes(answer)) == bandless(&first), "support or abilities are told");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_day_is_told_and_that_it_is_not_known_yet_is_to_be_asked() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    server.vacancies().await.upsert_vacancy(upsert_vacancy(patient_vacancy("v-1"))).await.unwrap();
    let mut told = Vec::new();
    for change in [
        |_: &mut v1::Availability| {},
        |times: &mut v1::Availability| times.available_from = Some(day(2026, 11, 1)),
        |times: &mut v1::Availability| times.available_from = Some(day(2026, 12, 7)),
        |times: &mut v1::Availability| times.not_yet_available = true,
    ] {
        let mut one = good_carer("k-1");
        change(one.availability.as_mut().unwrap());
        server.candidates().await.upsert_candidate(upsert(one)).await.unwrap();
        let answer = proposed(&server, asked("v-1")).await;
        let one = answer.candidates.first().unwrap();
        let asks = one.proposal_reasons.iter().any(|reason| reason.code == "START_TO_ASK");
        told.push((one.available_from, asks));
    }
    assert_eq!(told, [(None, false), (None, false), (Some(day(2026, 12, 7)), false), (None, true)]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_of_a_person_ever_appears() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut vacancy = patient_vacancy("v-1");
    vacancy.requirements.as_mut().unwrap().certificates =
        vec![v1::CertificateRequirement { name: "BHV".to_owned(), ..v1::CertificateRequirement::default() }];
    server.vacancies().await.upsert_vacancy(upsert_vacancy(vacancy)).await.unwrap();
    // Every field of words is found by the description of the message, so that a new one cannot be forgotten.
    let pool = DescriptorPool::decode(wire::DESCRIPTORS).unwrap();
    let descriptor = pool.get_message_by_name("passend.v1.Candidate").unwrap();
    let good = good_carer("k-1");
    let mut sown = prost_reflect::DynamicMessage::decode(
        descriptor,
        v1::Candidate {
            presentation: "Ik kan goed ouderen verzorgen.".to_owned(),
            experience: vec![v1::WorkExperience {
                occupation: Some(occupation("Verzorgende IG")),
                months: Some(36),
                organisation: "Zorghuis".to_owned(),
                description: "Ouderen verzorgen".to_owned(),
                ..v1::WorkExperience::default()
            }],
            courses: vec![v1::Course {
                name: "BHV".to_owned(),
                school: "ROC".to_owned(),
                ..v1::Course::default()
            }],
            educations: vec![v1::Education {
                name: "Helpende".to_owned(),
                school: "ROC".to_owned(),
                description: "Twee jaar".to_owned(),
                ..v1::Education::default()
            }],
            registrations: vec![v1::Registration { name: "VOG".to_owned(), valid_until: None }],
            lacking: vec!["VCA".to_owned()],
            support_needs: vec![v1::SupportNeed {
                kind: v1::SupportKind::Buddy.into(),
                needed: v1::Answer::Yes.into(),
                note: "in het begin".to_owned(),
            }],
            capacities: vec![v1::Capacity {
                ability: "staan".to_owned(),
                minutes_per_day: 240,
                note: "met pauze".to_owned(),
            }],
            refusals: Some(v1::Refusals {
                occupations: vec![occupation("kok")],
                conditions: vec!["lawaai".to_owned()],
                ..v1::Refusals::default()
            }),
            wishes: Some(v1::Wishes {
                interests: vec!["ouderen".to_owned()],
                conditions: vec!["rustig".to_owned()],
                dream_occupation: Some(occupation("verpleegkundige")),
                ..good.wishes.clone().unwrap()
            }),
            availability: Some(v1::Availability {
                held_jobs: vec![v1::HeldJob {
                    employer_name: "Bakkerij".to_owned(),
                    ..v1::HeldJob::default()
                }],
                ..good.availability.clone().unwrap()
            }),
            observations: vec![v1::Observation {
                note: "heel rustig".to_owned(),
                ..good.observations[0].clone()
            }],
            restricted: Some(v1::RestrictedData {
                contact: Some(v1::ContactData {
                    name: "K.".to_owned(),
                    websites: vec!["voorbeeld".to_owned()],
                    ..v1::ContactData::default()
                }),
                benefits: vec![v1::Benefit { name: "WW".to_owned(), until: None }],
                advisor_notes: vec!["belt liever".to_owned()],
                ..v1::RestrictedData::default()
            }),
            ..good
        }
        .encode_to_vec()
        .as_slice(),
    )
    .unwrap();
    let fields = sow(&mut sown);
    assert!(fields >= 30, "only {fields} fields of words were sown");
    let candidate = v1::Candidate::decode(sown.encode_to_vec().as_slice()).unwrap();
    server.candidates().await.upsert_candidate(upsert(candidate)).await.unwrap();
    let low = v1::ProposeCandidatesRequest { text_language: "en".to_owned(), ..asked("v-1") };
    for request in [asked("v-1"), low] {
        let answer = proposed(&server, request).await;
        let bytes = answer.encode_to_vec();
        let told = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!told.contains("kanarie"), "{answer:?}");
        assert_eq!(answer.candidates.len(), 1, "a canary in an empty list proves nothing: {answer:?}");
    }
    server.stop().await;
}

/// Puts a canary behind every text that may hold any words; how many there were.
fn sow(message: &mut prost_reflect::DynamicMessage) -> usize {
    use prost_reflect::Value;
    /// Ids of the standard and codes: they hold no words.
    const CODES: [&str; 9] = [
        "concept_uri",
        "boc_code",
        "language_code",
        "country_codes",
        "categories",
        "postcode",
        "facet",
        "etag",
        "field",
    ];
    let mut sown = 0;
    for field in message.descriptor().fields() {
        if !message.has_field(&field) || CODES.contains(&field.name()) {
            continue;
        }
        let mut mark = |value: &mut Value| match value {
            Value::String(text) => {
                text.push_str(" kanarie");
                sown += 1;
            }
            Value::Message(inner) => sown += sow(inner),
            _ => {}
        };
        match message.get_field_mut(&field) {
            Value::List(values) => values.iter_mut().for_each(&mut mark),
            value => mark(value),
        }
    }
    sown
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_everybody_once_and_no_token_holds_an_id() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let mut candidates = server.candidates().await;
    for n in 0..23 {
        let mut one = good_carer(&format!("kanarie-{n:02}"));
        one.skills.truncate(n % 4);
        candidates.upsert_candidate(upsert(one)).await.unwrap();
    }
    server.vacancies().await.upsert_vacancy(upsert_vacancy(patient_vacancy("v-1"))).await.unwrap();
    let whole = proposed(&server, asked("v-1")).await;
    assert!(whole.candidates.len() > 10, "{} are proposed", whole.candidates.len());
    let (mut paged, mut token) = (Vec::new(), String::new());
    loop {
        let request = v1::ProposeCandidatesRequest { page_size: 4, page_token: token, ..asked("v-1") };
        let page = proposed(&server, request).await;
        paged.extend(page.candidates);
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
        use base64::Engine as _;
        let inside = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(&token).unwrap();
        assert!(!String::from_utf8_lossy(&inside).contains("kanarie"));
    }
    assert_eq!(paged, whole.candidates);
    let pseudonyms: BTreeSet<_> = paged.iter().map(|one| one.pseudonym.clone()).collect();
    assert_eq!(pseudonyms.len(), paged.len());
    let bands: Vec<i32> = paged.iter().map(|one| one.band).collect();
    assert!(bands.is_sorted(), "the best band comes first: {bands:?}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_proposed_for_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let filled = v1::Vacancy { status: v1::VacancyStatus::Filled.into(), ..care_vacancy("v-filled") };
    server.vacancies().await.upsert_vacancy(upsert_vacancy(filled)).await.unwrap();
    let mut client = EmployerMatchingServiceClient::new(server.channel().await);
    let closed = client.propose_candidates(asked("v-filled")).await.unwrap_err();
    assert_eq!(closed.code(), Code::FailedPrecondition);
    assert_eq!(closed.get_error_details().error_info().unwrap().reason, "VACANCY_NOT_OPEN");
    assert_eq!(client.propose_candidates(asked("nobody")).await.unwrap_err().code(), Code::NotFound);
    let wrong = v1::ProposeCandidatesRequest {
        page_size: 101,
        text_language: "de".to_owned(),
        as_of: Some(day(2026, 13, 1)),
        ..v1::ProposeCandidatesRequest::default()
    };
    let wrong = client.propose_candidates(wrong).await.unwrap_err();
    let details = wrong.get_error_details();
    let fields: Vec<_> = details
        .bad_request()
        .unwrap()
        .field_violations
        .iter()
        .map(|violation| violation.field.as_str())
        .collect();
    assert_eq!(fields, ["vacancy_id", "as_of", "page_size", "text_language"]);
    let token = v1::ProposeCandidatesRequest { page_token: "AAAA".to_owned(), ..asked("v-filled") };
    assert_eq!(client.propose_candidates(token).await.unwrap_err().code(), Code::InvalidArgument);
    server.stop().await;
}

#[test]
fn no_message_of_the_answer_has_a_field_that_could_carry_what_an_employer_may_not_see() {
    let pool = DescriptorPool::decode(wire::DESCRIPTORS).unwrap();
    let answer = pool.get_message_by_name("passend.v1.ProposeCandidatesResponse").unwrap();
    let mut reached = BTreeSet::new();
    reach(&answer, &mut reached);
    let names: Vec<&str> = reached.iter().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "BandCount",
            "Date",
            "HoursRange",
            "ProposalReason",
            "ProposeCandidatesResponse",
            "ProposedCandidate",
            "ProposedQuality",
            "Quality",
        ]
    );
    let person = pool.get_message_by_name("passend.v1.ProposedCandidate").unwrap();
    let fields: Vec<String> = person.fields().map(|field| field.name().to_owned()).collect();
    assert_eq!(
        fields,
        ["pseudonym", "band", "skills", "hours", "available_from", "observed_qualities", "proposal_reasons",]
    );
}

fn reach(message: &MessageDescriptor, reached: &mut BTreeSet<String>) {
    if !reached.insert(message.name().to_owned()) {
        return;
    }
    for field in message.fields() {
        if let Kind::Message(inner) = field.kind() {
            reach(&inner, reached);
        }
    }
}
