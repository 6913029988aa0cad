//! How much a caller may ask, for how long a stream's rights hold, and what is left of refused calls.

use crate::{
    common::{Server, carer},
    credentials::{Bearer, OTHER, OWN, SigningKey, authenticator, claims, ed25519, seconds, write_jwks},
};
use passend::{
    engine::EngineOptions,
    grpc::{Gate, LoadLimits},
    wire::v1::{
        self, accountability_service_client::AccountabilityServiceClient,
        candidate_service_client::CandidateServiceClient, import_candidates_request::Payload,
        rerank_service_client::RerankServiceClient, taxonomy_service_client::TaxonomyServiceClient,
        vacancy_service_client::VacancyServiceClient,
    },
};
use serde_json::Value;
use std::{path::Path, sync::Arc, time::Duration};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Status, service::interceptor::InterceptedService, transport::Channel};
use tonic_types::StatusExt;

type Caller = InterceptedService<Channel, Bearer>;

struct Guarded {
    server: Server,
    key: SigningKey,
}

impl Guarded {
    async fn start(folder: &Path, load: LoadLimits) -> Self {
        let jwks = folder.join("jwks.json");
        let key = ed25519();
        write_jwks(&jwks, &[("k1", &key)]);
        let options = EngineOptions { folder: folder.join("data"), threads: 1, ..EngineOptions::default() };
        let gate = Gate::guarded("beside-the-lock".to_owned(), Arc::new(authenticator(&jwks)));
        Self { server: Server::start_under(options, gate, load).await, key }
    }

    async fn caller(&self, claims: &Value) -> Caller {
        InterceptedService::new(self.server.channel().await, Bearer(Some(self.key.token("k1", claims))))
    }
}

fn someone(subject: &str, role: &str, organisation: &str) -> Value {
    let mut claims = claims(role, Some(organisation));
    claims["sub"] = subject.into();
    claims
}

fn reason(status: &Status) -> String {
    status.get_error_details().error_info().unwrap().reason.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_much_is_told_when_to_come_again_and_nobody_else_notices() {
    let folder = tempfile::tempdir().unwrap();
    let load = LoadLimits {
        calls_per_second_of_caller: 5,
        calls_per_second_of_organisation: 8,
        ..LoadLimits::default()
    };
    let guarded = Guarded::start(folder.path(), load).await;
    let asks = async |claims: Value| {
        let mut client = TaxonomyServiceClient::new(guarded.caller(&claims).await);
        let (mut answered, mut refused) = (0, Vec::new());
        for _ in 0..40 {
            let request = v1::SearchConceptsRequest { query: "zorg".to_owned(), ..Default::default() };
            match client.search_concepts(request).await {
                Ok(_) => answered += 1,
                Err(status) => refused.push(status),
            }
        }
        (answered, refused)
    };
    let (answered, refused) = asks(someone("greedy", "advisor", OWN)).await;
    // Ten at once, and what the time of the test brings.
    assert!((10..36).contains(&answered), "{answered}");
    for status in &refused {
        assert_eq!((status.code(), reason(status).as_str()), (Code::ResourceExhausted, "TOO_MANY_CALLS"));
        let wait = status.get_error_details().retry_info().unwrap().retry_delay.unwrap();
        assert!(wait <= Duration::from_millis(200), "{wait:?}");
        let pushback = status.metadata().get("grpc-retry-pushback-ms").unwrap().to_str().unwrap();
        assert!(pushback.parse::<u64>().unwrap() <= 200, "{pushback}");
    }
    // Of the sixteen of the organisation the second caller has what is left, the one of another one all of its own.
    let (of_same, refused) = asks(someone("colleague", "advisor", OWN)).await;
    assert!(of_same >= 4, "{of_same}");
    assert!(refused.iter().any(|status| status.message().contains("organisation")), "{refused:?}");
    assert!(asks(someone("greedy", "advisor", OTHER)).await.0 >= 10);
    guarded.server.stop().await;
}

/// An import that is open, and what it is sent through.
async fn import(
    caller: Caller,
) -> Result<
    (tokio::sync::mpsc::Sender<v1::ImportCandidatesRequest>, tonic::Streaming<v1::ImportCandidatesResponse>),
    Status,
> {
    let (sender, receiver) = tokio::sync::mpsc::channel(8);
    let answers =
        CandidateServiceClient::new(caller).import_candidates(ReceiverStream::new(receiver)).await?;
    Ok((sender, answers.into_inner()))
}

fn one(id: &str) -> v1::ImportCandidatesRequest {
    v1::ImportCandidatesRequest { payload: Some(Payload::Candidate(carer(id))) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_holds_so_many_streams_and_another_one_when_one_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let load = LoadLimits { streams_of_caller: 2, ..LoadLimits::default() };
    let guarded = Guarded::start(folder.path(), load).await;
    let who = someone("u-1", "importer", OWN);
    let first = import(guarded.caller(&who).await).await.unwrap();
    let _second = import(guarded.caller(&who).await).await.unwrap();
    let third = import(guarded.caller(&who).await).await.unwrap_err();
    assert_eq!((third.code(), reason(&third).as_str()), (Code::ResourceExhausted, "TOO_MANY_STREAMS"));
    assert!(import(guarded.caller(&someone("u-2", "importer", OWN)).await).await.is_ok());
    drop(first);
    let mut tries = 0;
    while let Err(status) = import(guarded.caller(&who).await).await {
        assert_eq!(reason(&status), "TOO_MANY_STREAMS");
        tries += 1;
        assert!(tries < 100, "the stream that ended still counts");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(_second);
    guarded.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_the_token_that_opened_it_and_takes_nothing_after() {
    let folder = tempfile::tempdir().unwrap();
    let guarded = Guarded::start(folder.path(), LoadLimits::default()).await;
    let mut soon_over = someone("u-1", "importer", OWN);
    // With the leeway of half a minute it holds for three seconds.
    soon_over["exp"] = seconds(-27).into();
    let (sender, mut answers) = import(guarded.caller(&soon_over).await).await.unwrap();
    sender.send(one("k-before")).await.unwrap();
    assert_eq!(answers.message().await.unwrap().unwrap().results[0].id, "k-before");
    let ended = tokio::time::timeout(Duration::from_secs(20), answers.message()).await.unwrap().unwrap_err();
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::Unauthenticated, "TOKEN_EXPIRED"));
    // The other end may be gone, and may not.
    let _ = sender.send(one("k-after")).await;
    let mut reader = CandidateServiceClient::new(guarded.caller(&someone("u-2", "advisor", OWN)).await);
    let mut get = async |id: &str| {
        let request = v1::GetCandidateRequest { id: id.to_owned(), ..Default::default() };
        reader.get_candidate(request).await
    };
    assert!(get("k-before").await.is_ok());
    assert_eq!(get("k-after").await.unwrap_err().code(), Code::NotFound);
    guarded.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_calls_are_in_the_record_few_entries_for_many_and_every_call_counted() {
    const FLOOD: u64 = 400;
    let folder = tempfile::tempdir().unwrap();
    let guarded = Guarded::start(folder.path(), LoadLimits::default()).await;
    let mut wrong_role = RerankServiceClient::new(guarded.caller(&someone("u-1", "advisor", OWN)).await);
    for _ in 0..FLOOD {
        let refused = wrong_role.start_rerank(v1::StartRerankRequest::default()).await.unwrap_err();
        assert_eq!(refused.code(), Code::PermissionDenied);
    }
    let mut expired = someone("u-2", "advisor", OWN);
    expired["exp"] = seconds(-600).into();
    let mut too_late = TaxonomyServiceClient::new(guarded.caller(&expired).await);
    assert!(too_late.search_concepts(v1::SearchConceptsRequest::default()).await.is_err());
    let mut elsewhere =
        VacancyServiceClient::new(guarded.caller(&someone("u-3", "employer_tool", OTHER)).await);
    let asked = v1::GetVacancyRequest { id: "of-somebody-else".to_owned() };
    assert_eq!(elsewhere.get_vacancy(asked).await.unwrap_err().code(), Code::NotFound);
    let vacancy = Some(v1::Vacancy { id: "v-9".to_owned(), title: "Kok".to_owned(), ..Default::default() });
    let asked = v1::UpsertVacancyRequest { vacancy, organisation: OWN.to_owned(), ..Default::default() };
    assert_eq!(elsewhere.upsert_vacancy(asked).await.unwrap_err().code(), Code::InvalidArgument);
    guarded.server.stop().await;

    let guarded = Guarded::start(folder.path(), LoadLimits::default()).await;
    let mut auditor = AccountabilityServiceClient::new(guarded.caller(&someone("u-4", "auditor", OWN)).await);
    let asked = v1::ListDecisionsRequest { page_size: 100, ..Default::default() };
    let listed = auditor.list_decisions(asked).await.unwrap().into_inner().decisions;
    let refused = |subject: &str, method: &str, role: &str, reason: &str| -> (usize, u64) {
        let found: Vec<_> = listed
            .iter()
            .filter(|one| {
                (one.caller.as_str(), one.method.as_str(), one.role.as_str()) == (subject, method, role)
            })
            .filter(|one| one.refused == reason)
            .collect();
        let calls = found.iter().map(|one| one.asked[0].value.parse::<u64>().unwrap()).sum();
        (found.len(), calls)
    };
    let (entries, calls) = refused("u-1", "StartRerank", "advisor", "NOT_FOR_THIS_ROLE");
    assert_eq!(calls, FLOOD, "{listed:?}");
    assert!((1..=3).contains(&entries), "{entries}");
    assert_eq!(refused("u-2", "SearchConcepts", "", "TOKEN_EXPIRED"), (1, 1), "{listed:?}");
    assert_eq!(refused("u-3", "GetVacancy", "employer_tool", "NOT_OWN_OR_NOT_THERE"), (1, 1), "{listed:?}");
    assert_eq!(
        refused("u-3", "UpsertVacancy", "employer_tool", "NOT_OWN_ORGANISATION"),
        (1, 1),
        "{listed:?}"
    );
    guarded.server.stop().await;
}
