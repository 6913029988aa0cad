//! Tokens that let nobody in, and what their owners are told.

use crate::{
    common::Server,
    credentials::{
        AUDIENCE, Bearer, ISSUER, OWN, SigningKey, authenticator, claims, ed25519, p256, seconds, text,
        write_jwks,
    },
};
use passend::{
    engine::EngineOptions,
    grpc::{Gate, LOCAL_TOKEN},
    wire::v1::{ListVacanciesRequest, vacancy_service_client::VacancyServiceClient},
};
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tonic::{Code, Request, service::interceptor::InterceptedService, transport::Channel};
use tonic_types::StatusExt;

async fn guarded(folder: &Path, jwks: &Path) -> Server {
    let options = EngineOptions { folder: folder.join("data"), threads: 1, ..EngineOptions::default() };
    Server::start_as(options, Gate::guarded("beside-the-lock".to_owned(), Arc::new(authenticator(jwks))))
        .await
}

/// Asks with an authorization; the code and the reason.
async fn ask(channel: &Channel, authorization: &[&str]) -> (Code, String) {
    let mut request = Request::new(ListVacanciesRequest::default());
    for value in authorization {
        request.metadata_mut().append("authorization", value.parse().unwrap());
    }
    match VacancyServiceClient::new(channel.clone()).list_vacancies(request).await {
        Ok(_) => (Code::Ok, String::new()),
        Err(status) => {
            for secret in [ISSUER, AUDIENCE, OWN, "k1", "u-17"] {
                assert!(!status.message().contains(secret), "{status} tells {secret}");
            }
            let reason = status.get_error_details().error_info().map(|info| info.reason.clone());
            (status.code(), reason.unwrap_or_else(|| panic!("{status} has no reason")))
        }
    }
}

fn with(name: &str, value: Value) -> Value {
    let mut changed = claims("advisor", Some(OWN));
    match value {
        Value::Null => drop(changed.as_object_mut().unwrap().remove(name)),
        value => changed[name] = value,
    }
    changed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_token_is_refused_with_the_reason_that_its_owner_needs() {
    let folder = tempfile::tempdir().unwrap();
    let jwks = folder.path().join("jwks.json");
    let (first, second, foreign) = (p256(), ed25519(), p256());
    write_jwks(&jwks, &[("k1", &first), ("k2", &second)]);
    let server = guarded(folder.path(), &jwks).await;
    let channel = server.channel().await;
    let plain = claims("advisor", Some(OWN)).to_string();
    let right = first.token("k1", &claims("advisor", Some(OWN)));
    let unsigned = |header: &str| format!("{}.{}.", text(header), text(&plain));
    let signed = |header: Value| first.sign(&header.to_string(), &plain);
    let twice = |claim: &str| {
        let claims = plain.replacen('{', &format!("{{{claim},"), 1);
        first.sign(r#"{"alg":"ES256","kid":"k1"}"#, &claims)
    };
    // HMAC under the public key, as libraries fall for that let the header choose.
    let confused = {
        let signed = format!("{}.{}", text(r#"{"alg":"HS256","kid":"k1"}"#), text(&plain));
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &first.public());
        format!("{signed}.{}", text(ring::hmac::sign(&key, signed.as_bytes())))
    };
    let of = |claims: Value| first.token("k1", &claims);
    let cases: Vec<(&str, String)> = vec![
        ("TOKEN_ALGORITHM", unsigned(r#"{"alg":"none","kid":"k1"}"#)),
        ("TOKEN_ALGORITHM", unsigned(r#"{"alg":"None","kid":"k1"}"#)),
        ("TOKEN_ALGORITHM", unsigned(r#"{"kid":"k1"}"#)),
        ("TOKEN_ALGORITHM", confused),
        ("TOKEN_ALGORITHM", signed(json!({"alg": "RS256", "kid": "k1"}))),
        // The key fixes the algorithm: ES256 is asked of an Ed25519 key, and the other way about.
        ("TOKEN_ALGORITHM", second.sign(r#"{"alg":"ES256","kid":"k2"}"#, &plain)),
        ("TOKEN_ALGORITHM", signed(json!({"alg": "EdDSA", "kid": "k1"}))),
        ("TOKEN_KEY_UNKNOWN", signed(json!({"alg": "ES256", "kid": "k3"}))),
        ("TOKEN_KEY_UNKNOWN", signed(json!({"alg": "ES256"}))),
        ("TOKEN_SIGNATURE", foreign.token("k1", &claims("advisor", Some(OWN)))),
        ("TOKEN_SIGNATURE", unsigned(r#"{"alg":"ES256","kid":"k1"}"#)),
        ("TOKEN_SIGNATURE", {
            let (head, signature) = right.rsplit_once('.').unwrap();
            let header = head.split_once('.').unwrap().0;
            let more = claims("privacy_officer", Some(OWN)).to_string();
            format!("{header}.{}.{signature}", text(more))
        }),
        ("TOKEN_ISSUER", of(with("iss", "https://elders.nl".into()))),
        ("TOKEN_ISSUER", of(with("iss", Value::Null))),
        ("TOKEN_AUDIENCE", of(with("aud", "anders".into()))),
        ("TOKEN_AUDIENCE", of(with("aud", json!(["anders"])))),
        ("TOKEN_AUDIENCE", of(with("aud", Value::Null))),
        ("TOKEN_EXPIRED", of(with("exp", seconds(-31).into()))),
        ("TOKEN_EXPIRED", of(with("exp", Value::Null))),
        ("TOKEN_NOT_YET_VALID", of(with("nbf", seconds(40).into()))),
        ("TOKEN_NOT_YET_VALID", of(with("iat", seconds(40).into()))),
        ("TOKEN_MALFORMED", of(with("exp", "morgen".into()))),
        ("TOKEN_DUPLICATE_CLAIM", twice(r#""passend_role":"auditor""#)),
        ("TOKEN_DUPLICATE_CLAIM", twice(r#""\u0061ud":"passend""#)),
        ("TOKEN_DUPLICATE_CLAIM", first.sign(r#"{"alg":"ES256","alg":"none","kid":"k1"}"#, &plain)),
        ("TOKEN_ROLE", of(with("passend_role", "koning".into()))),
        ("TOKEN_ROLE", of(with("passend_role", "local".into()))),
        ("TOKEN_ROLE", of(with("passend_role", json!(["advisor", "auditor"])))),
        ("TOKEN_ROLE", of(with("passend_role", Value::Null))),
        ("TOKEN_ORGANISATION", of(claims("employer_tool", None))),
        ("TOKEN_ORGANISATION", of(with("passend_organisation", json!(["a", "b"])))),
        ("TOKEN_SUBJECT", of(with("sub", Value::Null))),
        ("TOKEN_SUBJECT", of(with("sub", "".into()))),
        ("TOKEN_MALFORMED", signed(json!({"alg": "ES256", "kid": "k1", "crit": ["exp"]}))),
        ("TOKEN_MALFORMED", "geen.token".to_owned()),
        ("TOKEN_MALFORMED", format!("{right}=")),
        ("TOKEN_TOO_LARGE", of(with("extra", "x".repeat(8_192).into()))),
    ];
    for (reason, token) in &cases {
        let told = ask(&channel, &[&format!("Bearer {token}")]).await;
        assert_eq!(told, (Code::Unauthenticated, (*reason).to_owned()), "{token}");
    }
    let bearer = format!("Bearer {right}");
    for (reason, authorization) in [
        ("CREDENTIALS_MISSING", &[][..]),
        ("CREDENTIALS_UNCLEAR", &["Basic YTpi"]),
        ("CREDENTIALS_UNCLEAR", &[&bearer[..], &bearer[..]]),
    ] {
        assert_eq!(ask(&channel, authorization).await, (Code::Unauthenticated, reason.to_owned()));
    }
    // Its owner is told of one of a megabyte as of any other that is too large.
    let megabyte = "x".repeat(1_000_000);
    let told = ask(&channel, &[&format!("Bearer {megabyte}")]).await;
    assert_eq!(told, (Code::Unauthenticated, "TOKEN_TOO_LARGE".to_owned()));
    // Beyond what is read of headers at all the connection ends; nobody comes in by it.
    let huge = ask_raw(&channel, &format!("Bearer {}", "x".repeat(8 << 20))).await;
    assert_ne!(huge, Code::Ok);

    // What is right, and what is right up to the leeway.
    for token in [
        right,
        second.token("k2", &claims("advisor", None)),
        of(with("exp", seconds(-20).into())),
        of(with("nbf", seconds(20).into())),
        of(with("aud", json!(["anders", AUDIENCE]))),
        of(with("passend_role", json!(["beheer-elders", "advisor"]))),
    ] {
        assert_eq!(ask(&server.channel().await, &[&format!("bearer {token}")]).await.0, Code::Ok, "{token}");
    }
    println!("{} bad tokens refused; one of 8 MB: {huge:?}", cases.len() + 5);
    server.stop().await;
}

async fn ask_raw(channel: &Channel, authorization: &str) -> Code {
    let mut request = Request::new(ListVacanciesRequest::default());
    request.metadata_mut().insert("authorization", authorization.parse().unwrap());
    let asked = VacancyServiceClient::new(channel.clone()).list_vacancies(request).await;
    asked.map_or_else(|status| status.code(), |_| Code::Ok)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_replaced_while_the_service_runs_lets_nobody_in_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let jwks = folder.path().join("jwks.json");
    let (old, new) = (ed25519(), p256());
    write_jwks(&jwks, &[("oud", &old)]);
    let server = guarded(folder.path(), &jwks).await;
    let channel = server.channel().await;
    let authorization =
        |key: &SigningKey, id: &str| format!("Bearer {}", key.token(id, &claims("advisor", None)));
    let (with_old, with_new) = (authorization(&old, "oud"), authorization(&new, "nieuw"));
    assert_eq!(ask(&channel, &[&with_old]).await.0, Code::Ok);
    assert_eq!(ask(&channel, &[&with_new]).await.1, "TOKEN_KEY_UNKNOWN");
    // A file that is being written locks nobody out.
    std::fs::write(&jwks, "{\"keys\": [").unwrap();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(ask(&channel, &[&with_old]).await.0, Code::Ok);
    write_jwks(&jwks, &[("nieuw", &new)]);
    let begun = Instant::now();
    while ask(&channel, &[&with_new]).await.0 != Code::Ok {
        assert!(begun.elapsed() < Duration::from_secs(10), "the new key is not taken");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(ask(&channel, &[&with_old]).await.1, "TOKEN_KEY_UNKNOWN");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_configuration_this_machine_is_an_advisor_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_for_strangers(folder.path()).await;
    let channel = server.channel().await;
    assert_eq!(ask(&channel, &[]).await.0, Code::Ok);
    let mut reranks = passend::wire::v1::rerank_service_client::RerankServiceClient::new(channel.clone());
    let refused = reranks.cancel_rerank(passend::wire::v1::CancelRerankRequest::default()).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
    let service = InterceptedService::new(channel.clone(), Bearer(Some("what.ever.it".to_owned())));
    let mut vacancies = VacancyServiceClient::new(service);
    assert!(vacancies.list_vacancies(ListVacanciesRequest::default()).await.is_ok());
    let mut wrong = Request::new(ListVacanciesRequest::default());
    wrong.metadata_mut().insert(LOCAL_TOKEN, "guessed".parse().unwrap());
    let wrong = VacancyServiceClient::new(channel).list_vacancies(wrong).await.unwrap_err();
    assert_eq!(wrong.code(), Code::Unauthenticated);
    server.stop().await;
}
