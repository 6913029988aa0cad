//! What a client is told when something is wrong: the code, the field, the remedy.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{
    Raw, Server, candidates_for, care_vacancy, day, hundredths, skill, upsert, upsert_vacancy, vacancies_for,
};
use passend::wire::v1;
use tonic::{Code, Request};
use tonic_types::StatusExt;

#[tokio::test(flavor = "multi_thread")]
async fn every_offending_field_is_named_at_once_with_its_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let hours = v1::HoursRange { min_hours_per_week: Some(f64::NAN), max_hours_per_week: Some(-3.0) };
    let bad = v1::Candidate {
        id: "k\u{7}".to_owned(),
        presentation: "x".repeat(2_001),
        availability: Some(v1::Availability {
            hours: Some(hours),
            available_from: Some(day(2026, 2, 30)),
            ..v1::Availability::default()
        }),
        skills: (0..10_000).map(|n| skill(&format!("vaardigheid {n}"))).collect(),
        ..v1::Candidate::default()
    };
    let mut client = server.candidates().await;
    let refused = client
        .upsert_candidate(upsert(v1::Candidate { id: "k".to_owned(), ..bad.clone() }))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let details = refused.get_error_details();
    let fields: Vec<_> =
        details.bad_request().unwrap().field_violations.iter().map(|v| v.field.clone()).collect();
    for field in ["presentation", "availability.hours", "availability.available_from", "skills"] {
        assert!(fields.iter().any(|named| named.contains(field)), "{field} is not in {fields:?}");
    }
    assert!(fields.len() < 10, "one violation for the whole list: {fields:?}");
    assert_eq!(details.error_info().unwrap().reason, "INVALID_FIELDS");
    let control = server.candidates().await.upsert_candidate(upsert(bad)).await.unwrap_err();
    assert_eq!(control.code(), Code::InvalidArgument);
    let reversed = v1::HoursRange { min_hours_per_week: Some(32.0), max_hours_per_week: Some(16.0) };
    let mut vacancy = care_vacancy("v");
    vacancy.schedule = Some(v1::Schedule { hours: Some(reversed), ..v1::Schedule::default() });
    vacancy.requirements = Some(v1::Requirements {
        languages: vec![v1::LanguageRequirement {
            language_code: "ara".to_owned(),
            at_start: Some(v1::LevelPerSkill {
                speaking: v1::CefrLevel::B2.into(),
                ..v1::LevelPerSkill::default()
            }),
            ..v1::LanguageRequirement::default()
        }],
        ..v1::Requirements::default()
    });
    let refused = server.vacancies().await.upsert_vacancy(upsert_vacancy(vacancy)).await.unwrap_err();
    let text = refused
        .get_error_details()
        .bad_request()
        .unwrap()
        .field_violations
        .iter()
        .map(|v| format!("{}: {}\n", v.field, v.description))
        .collect::<String>();
    assert!(text.contains("hours") && text.contains("languages[0]") && text.contains("reason"), "{text}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn weights_of_a_request_are_held_to_the_rules_of_a_profile() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let mut matching = server.matching().await;
    for weight in [f64::NAN, f64::INFINITY, -1.0, 1_001.0, 900.0] {
        let mut request = candidates_for("v-1");
        request.options.as_mut().unwrap().weights = vec![v1::CriterionWeight {
            criterion: v1::Criterion::Experience.into(),
            demand_weight: Some(weight),
            wish_weight: None,
        }];
        let refused = matching.match_candidates(request).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument, "{weight}: {refused}");
    }
    let mut allowed = candidates_for("v-1");
    allowed.options.as_mut().unwrap().weights = vec![v1::CriterionWeight {
        criterion: v1::Criterion::Travel.into(),
        demand_weight: Some(6.5),
        wish_weight: None,
    }];
    let answer = matching.match_candidates(allowed).await.unwrap().into_inner();
    assert!(answer.profile.unwrap().weights_from_request);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut matching = server.matching().await;
    assert_eq!(matching.match_candidates(candidates_for("nobody")).await.unwrap_err().code(), Code::NotFound);
    assert_eq!(matching.match_vacancies(vacancies_for("nobody")).await.unwrap_err().code(), Code::NotFound);
    let nothing = v1::MatchCandidatesRequest::default();
    assert_eq!(matching.match_candidates(nothing).await.unwrap_err().code(), Code::InvalidArgument);
    let mut client = server.candidates().await;
    let get = v1::GetCandidateRequest { id: "nobody".to_owned(), ..v1::GetCandidateRequest::default() };
    assert_eq!(client.get_candidate(get).await.unwrap_err().code(), Code::NotFound);
    let delete =
        v1::DeleteCandidateRequest { id: "nobody".to_owned(), ..v1::DeleteCandidateRequest::default() };
    assert_eq!(client.delete_candidate(delete).await.unwrap_err().code(), Code::NotFound);
    let mut rerank = v1::rerank_service_client::RerankServiceClient::new(server.channel().await);
    let unknown = rerank.get_rerank(v1::GetRerankRequest { id: "1".to_owned() }).await.unwrap_err();
    assert_eq!(unknown.code(), Code::NotFound);
    let mut behind = candidates_for("nobody");
    behind.options.as_mut().unwrap().min_change_number = 1_000;
    assert_eq!(matching.match_candidates(behind).await.unwrap_err().code(), Code::Unavailable);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn undecodable_and_oversized_messages_are_the_clients_errors() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let raw = |bytes: Vec<u8>| {
        let channel = server.channel();
        async move {
            let mut client = tonic::client::Grpc::new(channel.await);
            client.ready().await.unwrap();
            let path = http::uri::PathAndQuery::from_static("/passend.v1.MatchingService/MatchCandidates");
            client.unary(Request::new(bytes), path, Raw).await.map(|_| ()).unwrap_err()
        }
    };
    let undecodable = raw(vec![0xff; 40]).await;
    assert_eq!(undecodable.code(), Code::InvalidArgument, "{undecodable}");
    assert!(!undecodable.message().contains("Match"), "no inside: {undecodable}");
    let oversized = raw(vec![0; 5 << 20]).await;
    assert_eq!(oversized.code(), Code::ResourceExhausted, "{oversized}");
    assert_eq!(oversized.get_error_details().error_info().unwrap().reason, "MESSAGE_TOO_LARGE");
    server.stop().await;
}

#[test]
fn a_number_of_hundredths_is_read_exactly() {
    assert_eq!(hundredths(81.23), 8_123);
}
