//! R15 and R16 through the real server: five thousand people and their clones, who differ in what may never count.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "in a test a panic is the report"
)]

mod common;

use common::{Server, day, upsert_vacancy};
use passend::{
    demo,
    wire::{
        View, candidate_to_proto,
        v1::{
            self, employer_matching_service_client::EmployerMatchingServiceClient,
            import_candidates_request::Payload,
        },
        vacancy_to_proto,
    },
};
use std::collections::BTreeMap;
use tonic::Request;

const PEOPLE: usize = 5_000;
const VACANCIES: usize = 3;
/// How the id of a clone ends.
const CLONE: &str = "-kloon";

/// Another name, address, benefit, register, step, route, note, owner and country: each clone has its own mix.
fn cloned(original: &v1::Candidate, at: usize) -> v1::Candidate {
    let mut clone = v1::Candidate { id: format!("{}{CLONE}", original.id), ..original.clone() };
    let answer = |n: usize| [v1::Answer::Unspecified, v1::Answer::Yes, v1::Answer::No][n % 3].into();
    let names = ["Fatima El Idrissi", "Jan de Boer", "Олена Коваленко", "محمد حداد", "Nguyễn Văn An"];
    let benefits = ["Participatiewet", "WW", "IOAW", "Wajong", "partner met uitkering"];
    let places = ["Enschede", "Hengelo", "Haaksbergen", "Borne", "Hof van Twente"];
    clone.restricted = Some(v1::RestrictedData {
        contact: Some(v1::ContactData {
            name: names[at % 5].to_owned(),
            emails: vec![format!("kloon{at}@voorbeeld.example")],
            contacts: vec![v1::ContactPerson {
                name: places[at / 5 % 5].to_owned(),
                ..v1::ContactPerson::default()
            }],
            may_be_shared: answer(at / 7),
            ..v1::ContactData::default()
        }),
        benefits: vec![v1::Benefit { name: benefits[at / 3 % 5].to_owned(), until: Some(day(2027, 1, 1)) }],
        allowances: answer(at),
        target_group: answer(at / 3),
        ladder_step: Some(v1::LadderStep { step: (at % 6 + 1) as u32, estimated_on: Some(day(2026, 1, 1)) }),
        integration_route: (at % 4) as i32,
        advisor_notes: vec![format!("Woont in {}. Kind van {} jaar.", places[at % 5], at % 17)],
    });
    clone.country_codes = vec![["NL", "SY", "UA", "PL", "TR"][at % 5].to_owned()];
    clone.ownership = Some(v1::Ownership {
        organisation: format!("gemeente-{}", at % 5),
        advisor: format!("adviseur-{}", at % 9),
        team: String::new(),
    });
    clone.retain_until = Some(day(2030, 1, 1));
    clone
}

async fn import(server: &Server, people: Vec<v1::Candidate>) -> v1::ImportSummary {
    let mut payloads = vec![Payload::Settings(v1::ImportSettings::default())];
    payloads.extend(people.into_iter().map(Payload::Candidate));
    payloads.push(Payload::End(v1::ImportEnd {}));
    let messages = payloads.into_iter().map(|payload| v1::ImportCandidatesRequest { payload: Some(payload) });
    let stream = tokio_stream::iter(messages.collect::<Vec<_>>());
    let mut answers =
        server.candidates().await.import_candidates(Request::new(stream)).await.unwrap().into_inner();
    let mut summary = None;
    while let Some(answer) = answers.message().await.unwrap() {
        summary = answer.summary;
    }
    summary.unwrap()
}

/// What may not differ between a person and a clone. Instruments come after the ranking and may read restricted data (R16).
fn bare(found: v1::Match) -> v1::Match {
    v1::Match {
        candidate: String::new(),
        rank: 0,
        employer_pseudonym: String::new(),
        instruments: Vec::new(),
        ..found
    }
}

/// Everybody whom the employer of a vacancy sees, by pseudonym, without it.
async fn proposed(server: &Server, vacancy: &str) -> BTreeMap<String, v1::ProposedCandidate> {
    let mut client = EmployerMatchingServiceClient::new(server.channel().await);
    let mut seen = BTreeMap::new();
    let mut request = v1::ProposeCandidatesRequest {
        vacancy_id: vacancy.to_owned(),
        as_of: Some(day(2026, 11, 22)),
        page_size: 100,
        ..v1::ProposeCandidatesRequest::default()
    };
    loop {
        let page = client.propose_candidates(request.clone()).await.unwrap().into_inner();
        let nameless = |one: v1::ProposedCandidate| {
            (one.pseudonym.clone(), v1::ProposedCandidate { pseudonym: String::new(), ..one })
        };
        seen.extend(page.candidates.into_iter().map(nameless));
        if page.next_page_token.is_empty() {
            return seen;
        }
        request.page_token = page.next_page_token;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r15_r16_five_thousand_people_and_their_clones_are_the_same_to_advisors_and_to_employers() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let as_of = jiff::civil::date(2026, 11, 22);
    let settings = demo::Settings { seed: 15, candidates: PEOPLE, vacancies: VACANCIES, as_of };
    let region = demo::region(settings).unwrap();
    let originals: Vec<v1::Candidate> =
        region.candidates().map(|one| candidate_to_proto(&one.unwrap(), View::Full)).collect();
    let clones = originals.iter().enumerate().map(|(at, one)| cloned(one, at));
    let all: Vec<v1::Candidate> = originals.iter().cloned().chain(clones).collect();
    let summary = import(&server, all).await;
    assert_eq!(summary.created, 2 * PEOPLE as u64, "{summary:?}");
    let mut matching = server.matching().await;
    let (mut compared, mut shown) = (0, 0);
    for vacancy in region.vacancies() {
        let vacancy = vacancy_to_proto(&vacancy.unwrap(), View::Full);
        let id = vacancy.id.clone();
        server.vacancies().await.upsert_vacancy(upsert_vacancy(vacancy)).await.unwrap();
        let mut list: BTreeMap<String, v1::Match> = BTreeMap::new();
        let mut request = v1::MatchCandidatesRequest { page_size: 1_000, ..common::candidates_for(&id) };
        loop {
            let page = matching.match_candidates(request.clone()).await.unwrap().into_inner();
            list.extend(page.matches.into_iter().map(|found| (found.candidate.clone(), found)));
            if page.next_page_token.is_empty() {
                break;
            }
            request.page_token = page.next_page_token;
        }
        let mut proposals = proposed(&server, &id).await;
        for original in &originals {
            let clone = list.remove(&format!("{}{CLONE}", original.id));
            let own = list.remove(&original.id);
            let mut to_employer =
                |found: &Option<v1::Match>| proposals.remove(&found.as_ref()?.employer_pseudonym);
            let told = to_employer(&own);
            shown += usize::from(told.is_some());
            assert_eq!(
                told,
                to_employer(&clone),
                "an employer sees {} and the clone differ for {id}",
                original.id
            );
            let clone = clone.map(bare);
            assert!(
                own.as_ref().is_none_or(|found| found.tied),
                "{} is not shown as equal to the clone",
                original.id
            );
            let own = own.map(bare);
            assert_eq!(own, clone, "{} and the clone differ for {id}", original.id);
            compared += usize::from(own.is_some());
        }
        assert!(list.is_empty(), "{} more matches", list.len());
        assert!(proposals.is_empty(), "{} people are proposed who are in no list", proposals.len());
    }
    println!("{compared} pairs of a person and a clone are alike, {shown} of them as an employer sees them");
    assert!(shown > 0, "nobody is proposed to an employer");
    assert!(compared > PEOPLE, "the law left out nearly everybody: {compared}");
    server.stop().await;
}
