//! Messages that no honest client sends: every one is answered as the client's error, and the service goes on.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Raw, Server, care_vacancy, carer};
use passend::wire::v1;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use prost::Message;
use tonic::{Code, Request, transport::Channel};

/// Every unary method that works.
const METHODS: [&str; 18] = [
    "/passend.v1.CandidateService/UpsertCandidate",
    "/passend.v1.CandidateService/GetCandidate",
    "/passend.v1.CandidateService/DeleteCandidate",
    "/passend.v1.CandidateService/ListCandidates",
    "/passend.v1.VacancyService/UpsertVacancy",
    "/passend.v1.VacancyService/GetVacancy",
    "/passend.v1.VacancyService/DeleteVacancy",
    "/passend.v1.VacancyService/ListVacancies",
    "/passend.v1.MatchingService/MatchCandidates",
    "/passend.v1.MatchingService/MatchVacancies",
    "/passend.v1.MatchingService/ExplainMatch",
    "/passend.v1.MatchingService/ListProfileQuestions",
    "/passend.v1.MatchingService/SearchCandidates",
    "/passend.v1.MatchingService/SearchVacancies",
    "/passend.v1.TaxonomyService/SearchConcepts",
    "/passend.v1.TaxonomyService/RecognizeConcepts",
    "/passend.v1.TaxonomyService/GetConcept",
    "/passend.v1.TaxonomyService/ReloadTaxonomy",
];

/// What the client is told when it is at fault, or when nothing was wrong after all.
const ALLOWED: [Code; 7] = [
    Code::Ok,
    Code::InvalidArgument,
    Code::NotFound,
    Code::Aborted,
    Code::Unavailable,
    Code::Unimplemented,
    // What only a command on the own machine may ask.
    Code::Unauthenticated,
];

const MESSAGES_A_METHOD: usize = 120;

async fn send(channel: &Channel, method: &'static str, bytes: Vec<u8>) -> Code {
    let mut client = tonic::client::Grpc::new(channel.clone());
    client.ready().await.unwrap();
    let path = http::uri::PathAndQuery::from_static(method);
    match client.unary(Request::new(bytes), path, Raw).await {
        Ok(_) => Code::Ok,
        Err(status) => status.code(),
    }
}

/// Whole requests, to be damaged.
fn whole_requests() -> Vec<Vec<u8>> {
    let candidate = Some(carer("k-1"));
    let vacancy = Some(care_vacancy("v-1"));
    vec![
        v1::UpsertCandidateRequest { candidate: candidate.clone(), ..Default::default() }.encode_to_vec(),
        v1::UpsertVacancyRequest { vacancy: vacancy.clone(), ..Default::default() }.encode_to_vec(),
        v1::MatchCandidatesRequest {
            subject: vacancy.map(v1::match_candidates_request::Subject::Vacancy),
            options: Some(v1::RankingOptions {
                as_of: Some(common::day(2026, 11, 22)),
                weights: vec![v1::CriterionWeight {
                    criterion: 1,
                    demand_weight: Some(3.0),
                    wish_weight: None,
                }],
                ..Default::default()
            }),
            ..Default::default()
        }
        .encode_to_vec(),
        v1::MatchVacanciesRequest {
            subject: candidate.map(v1::match_vacancies_request::Subject::Candidate),
            ..Default::default()
        }
        .encode_to_vec(),
        v1::SearchConceptsRequest { query: "verzorgende ig".to_owned(), page_size: 7, ..Default::default() }
            .encode_to_vec(),
        v1::RecognizeConceptsRequest {
            text: "Ik werkte als verzorgende en heb ouderen verzorgd.".to_owned(),
            text_language: "nl".to_owned(),
            ..Default::default()
        }
        .encode_to_vec(),
        v1::GetConceptRequest { uri: "o:carer".to_owned(), ..Default::default() }.encode_to_vec(),
    ]
}

/// Random bytes, and whole requests with some bytes changed, cut off or doubled.
fn message() -> impl Strategy<Value = Vec<u8>> {
    let random = proptest::collection::vec(any::<u8>(), 0..200);
    let damaged = (
        proptest::sample::select(whole_requests()),
        proptest::collection::vec(any::<(u16, u8)>(), 0..6),
        any::<u16>(),
    )
        .prop_map(|(mut bytes, changes, cut)| {
            for (place, byte) in changes {
                let place = usize::from(place) % bytes.len();
                bytes[place] = byte;
            }
            let keep = usize::from(cut) % (2 * bytes.len());
            bytes.truncate(keep.max(1));
            bytes
        });
    prop_oneof![1 => random, 4 => damaged]
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_requests_are_the_clients_errors_and_the_service_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    server.use_small_taxonomy().await;
    let channel = server.channel().await;
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let messages = message();
    for method in METHODS {
        let (mut refused, mut unknown) = (0, 0);
        for _ in 0..MESSAGES_A_METHOD {
            let bytes = messages.new_tree(&mut runner).unwrap().current();
            let code = send(&channel, method, bytes.clone()).await;
            assert!(ALLOWED.contains(&code), "{method}: {code:?} for {bytes:?}");
            refused += usize::from(code != Code::Ok);
            unknown += usize::from(code == Code::Unimplemented);
        }
        assert!(
            refused > MESSAGES_A_METHOD / 10,
            "{method}: nearly everything passed, so nothing was tested"
        );
        // A part of a request may come with a later release; a method that is not served would be refused wholly.
        assert!(unknown < MESSAGES_A_METHOD / 2, "{method} is not served");
    }
    let request = v1::UpsertCandidateRequest { candidate: Some(carer("after")), ..Default::default() };
    server.candidates().await.upsert_candidate(request).await.unwrap();
    server.stop().await;
}
