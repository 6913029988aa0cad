//! What monitoring reads of the real program: counts and times, and nobody's data.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;
#[path = "common/program.rs"]
mod program;

use common::{candidates_for, care_vacancy, carer, upsert, upsert_vacancy};
use passend::wire::v1::{
    candidate_service_client::CandidateServiceClient, matching_service_client::MatchingServiceClient,
    vacancy_service_client::VacancyServiceClient,
};
use program::Program;
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::Command,
};
use tonic::{Code, Request};

/// An address that nobody listens on.
fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn get(address: SocketAddr, line: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    write!(connection, "{line} HTTP/1.1\r\nhost: here\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_counted_by_method_and_status_with_ids_that_come_back_and_without_anybodys_data() {
    let folder = tempfile::tempdir().unwrap();
    let address = free();
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.env("PASSEND_METRICS", address.to_string());
    let program = Program::start_by(command, folder.path());
    let channel = program.channel().await;
    let mut candidate = carer("k-canary");
    candidate.presentation = "Kanarie in de tekst".to_owned();
    CandidateServiceClient::new(channel.clone()).upsert_candidate(upsert(candidate)).await.unwrap();
    VacancyServiceClient::new(channel.clone())
        .upsert_vacancy(upsert_vacancy(care_vacancy("v-1")))
        .await
        .unwrap();
    let mut matching = MatchingServiceClient::new(channel.clone());

    let mut named = Request::new(candidates_for("v-1"));
    named.metadata_mut().insert("x-request-id", "van-mij.7".parse().unwrap());
    let answer = matching.match_candidates(named).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap(), "van-mij.7");
    let first = matching.match_candidates(candidates_for("v-1")).await.unwrap();
    let second = matching.match_candidates(candidates_for("v-1")).await.unwrap();
    let id = |answer: &tonic::Response<_>| answer.metadata().get("x-request-id").unwrap().clone();
    assert_ne!(id(&first), id(&second), "an id is one call's");
    let mut forged = Request::new(candidates_for("v-1"));
    forged.metadata_mut().insert("x-request-id", "met spatie en \"haak\"".parse().unwrap());
    let answer = matching.match_candidates(forged).await.unwrap();
    assert_ne!(answer.metadata().get("x-request-id").unwrap(), "met spatie en \"haak\"");
    let refused = matching.match_candidates(candidates_for("nobody")).await.unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
    assert!(refused.metadata().get("x-request-id").is_some(), "an error has an id to ask about");

    let page = get(address, "GET /metrics");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("application/openmetrics-text"), "{page}");
    let method = "method=\"passend.v1.MatchingService/MatchCandidates\"";
    for line in [
        format!("passend_calls_total{{{method},code=\"OK\"}} 4"),
        format!("passend_calls_total{{{method},code=\"NOT_FOUND\"}} 1"),
        format!("passend_call_duration_seconds_count{{{method}}} 5"),
        "passend_calls_running 0".to_owned(),
        "passend_records{kind=\"candidate\"} 1".to_owned(),
        "passend_records{kind=\"vacancy\"} 1".to_owned(),
        "passend_records_damaged{kind=\"vacancy\"} 0".to_owned(),
        "passend_change_number 2".to_owned(),
        "passend_last_night_day 0".to_owned(),
    ] {
        assert!(page.lines().any(|found| found == line), "{line} is not in:\n{page}");
    }
    assert!(page.trim_end().ends_with("# EOF"), "{page}");
    for secret in ["canary", "Kanarie", "v-1", "van-mij", "nobody"] {
        assert!(!page.contains(secret), "{secret} is in:\n{page}");
    }
    assert!(get(address, "GET /").starts_with("HTTP/1.1 404"));
    assert!(get(address, "POST /metrics").starts_with("HTTP/1.1 405"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_a_client_makes_up_has_no_series_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let address = free();
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.env("PASSEND_METRICS", address.to_string());
    let program = Program::start_by(command, folder.path());
    let mut client = tonic::client::Grpc::new(program.channel().await);
    for number in 0..20 {
        client.ready().await.unwrap();
        let path = format!("/made.up.Service/Method{number}").parse().unwrap();
        let codec = tonic_prost::ProstCodec::<(), ()>::default();
        let refused = client.unary(Request::new(()), path, codec).await.unwrap_err();
        assert!(refused.code() != Code::Ok);
    }
    let page = get(address, "GET /metrics");
    assert!(!page.contains("made.up"), "{page}");
    let counted = page.lines().find(|line| line.starts_with("passend_calls_total{method=\"unknown\""));
    assert!(counted.is_some_and(|line| line.ends_with(" 20")), "{page}");
}
