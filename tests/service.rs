//! The interface as a client meets it: records, matches, searches, reflection and health.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{
    Server, assert_adds_up, candidates_for, care_vacancy, carer, day, skill, upsert, upsert_vacancy,
    vacancies_for,
};
use passend::wire::v1;
use prost::Message;
use prost_types::FieldMask;
use tonic::{Code, Request};
use tonic_types::StatusExt;

#[tokio::test(flavor = "multi_thread")]
async fn an_upserted_pair_is_found_from_both_sides_with_the_same_lines_that_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let stored = server.candidates().await.upsert_candidate(upsert(carer("k-1"))).await.unwrap().into_inner();
    assert!(stored.created);
    assert!(!stored.candidate.unwrap().etag.is_empty());
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let mut matching = server.matching().await;
    let from_vacancy = matching.match_candidates(candidates_for("v-1")).await.unwrap().into_inner();
    let from_candidate = matching.match_vacancies(vacancies_for("k-1")).await.unwrap().into_inner();
    let (one, other) = (&from_vacancy.matches[0], &from_candidate.matches[0]);
    assert_adds_up(one);
    assert_adds_up(other);
    assert_eq!((one.candidate.as_str(), one.vacancy.as_str(), one.rank), ("k-1", "v-1", 1));
    assert_eq!(one.criteria, other.criteria);
    assert_eq!(one.score, other.score);
    assert_eq!(from_vacancy.considered, 1);
    assert_eq!(from_vacancy.profile.unwrap().name, "zorg");
    assert_eq!(from_vacancy.data_change_number, 2);
    assert!(!one.questions.is_empty(), "what is unknown is asked");
    for line in &one.criteria {
        for reason in &line.reasons {
            assert!(!reason.code.is_empty() && !reason.text.is_empty(), "{reason:?}");
        }
        let weighs = line.demand_weight > 0.0 || line.wish_weight > 0.0;
        assert!(!weighs || !line.reasons.is_empty(), "a line without a reason: {line:?}");
    }
    let explained = matching
        .explain_match(v1::ExplainMatchRequest {
            candidate_subject: Some(v1::explain_match_request::CandidateSubject::CandidateId(
                "k-1".to_owned(),
            )),
            vacancy_subject: Some(v1::explain_match_request::VacancySubject::VacancyId("v-1".to_owned())),
            options: Some(v1::RankingOptions {
                as_of: Some(day(2026, 11, 22)),
                ..v1::RankingOptions::default()
            }),
            ..v1::ExplainMatchRequest::default()
        })
        .await
        .unwrap()
        .into_inner();
    let explained = explained.r#match.unwrap();
    assert_eq!(explained.criteria, one.criteria);
    assert!(explained.criteria.iter().flat_map(|line| &line.reasons).any(|reason| !reason.data.is_empty()));
    let without_data = |line: &v1::CriterionLine| {
        let reasons = line.reasons.iter().cloned();
        let reasons = reasons.map(|reason| v1::Reason { data: Vec::new(), ..reason }).collect();
        v1::CriterionLine { reasons, ..line.clone() }
    };
    // In a list the data of the reasons stand where they are asked for.
    let mut asked = candidates_for("v-1");
    asked.options.as_mut().unwrap().reason_data = false;
    let list = matching.match_candidates(asked).await.unwrap().into_inner();
    assert_eq!(explained.criteria.iter().map(without_data).collect::<Vec<_>>(), list.matches[0].criteria);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_masked_upsert_changes_the_named_fields_only_and_a_lost_race_is_aborted() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut client = server.candidates().await;
    let first = client.upsert_candidate(upsert(carer("k-1"))).await.unwrap().into_inner().candidate.unwrap();
    let change =
        v1::Candidate { id: "k-1".to_owned(), skills: vec![skill("koken")], ..v1::Candidate::default() };
    let request = v1::UpsertCandidateRequest {
        candidate: Some(change.clone()),
        update_mask: Some(FieldMask { paths: vec!["skills".to_owned()] }),
        etag: first.etag.clone(),
        ..v1::UpsertCandidateRequest::default()
    };
    let second = client.upsert_candidate(request.clone()).await.unwrap().into_inner().candidate.unwrap();
    assert_eq!(second.skills, change.skills);
    assert_eq!(second.wishes, first.wishes);
    assert!(second.provenance.iter().any(|part| part.part == "skills"));
    let lost = v1::UpsertCandidateRequest {
        candidate: Some(v1::Candidate { skills: vec![skill("zingen")], ..change.clone() }),
        ..request
    };
    let lost = client.upsert_candidate(lost).await.unwrap_err();
    assert_eq!(lost.code(), Code::Aborted, "{lost}");
    let wrong = v1::UpsertCandidateRequest {
        candidate: Some(change),
        update_mask: Some(FieldMask { paths: vec!["shoe_size".to_owned(), "etag".to_owned()] }),
        ..v1::UpsertCandidateRequest::default()
    };
    let wrong = client.upsert_candidate(wrong).await.unwrap_err();
    assert_eq!(wrong.code(), Code::InvalidArgument);
    assert_eq!(wrong.get_error_details().bad_request().unwrap().field_violations.len(), 2, "{wrong}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_id_writes_once_and_another_request_under_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut client = server.candidates().await;
    let request = v1::UpsertCandidateRequest {
        candidate: Some(carer("k-1")),
        request_id: "r-1".to_owned(),
        ..v1::UpsertCandidateRequest::default()
    };
    let first = client.upsert_candidate(request.clone()).await.unwrap().into_inner();
    let again = client.upsert_candidate(request.clone()).await.unwrap().into_inner();
    assert_eq!(first.change_number, again.change_number);
    assert_eq!(first.candidate, again.candidate);
    let masked = v1::UpsertCandidateRequest {
        update_mask: Some(FieldMask { paths: vec!["skills".to_owned()] }),
        ..request.clone()
    };
    assert_eq!(client.upsert_candidate(masked).await.unwrap_err().code(), Code::AlreadyExists);
    let other = v1::UpsertCandidateRequest { candidate: Some(carer("k-2")), ..request };
    assert_eq!(client.upsert_candidate(other).await.unwrap_err().code(), Code::AlreadyExists);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_everybody_once_and_a_foreign_token_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let mut client = server.candidates().await;
    for n in 0..25 {
        client.upsert_candidate(upsert(carer(&format!("k-{n:02}")))).await.unwrap();
    }
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let mut matching = server.matching().await;
    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let mut request = candidates_for("v-1");
        (request.page_size, request.page_token) = (7, token);
        let page = matching.match_candidates(request).await.unwrap().into_inner();
        assert!(page.matches.iter().all(|found| found.tied), "clones are equals");
        seen.extend(page.matches.iter().map(|found| (found.rank, found.candidate.clone())));
        assert_eq!(page.tied_beyond as usize, 25 - seen.len());
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(seen.iter().map(|(rank, _)| *rank).collect::<Vec<_>>(), (1..=25).collect::<Vec<_>>());
    let mut ids: Vec<_> = seen.into_iter().map(|(_, id)| id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 25);
    let list = v1::ListCandidatesRequest { page_size: 10, ..v1::ListCandidatesRequest::default() };
    let first = client.list_candidates(list.clone()).await.unwrap().into_inner();
    assert_eq!(first.candidates.len(), 10);
    assert!(first.candidates.iter().all(|candidate| candidate.restricted.is_none()));
    let mut foreign = candidates_for("v-1");
    foreign.page_token = first.next_page_token.clone();
    assert_eq!(matching.match_candidates(foreign).await.unwrap_err().code(), Code::InvalidArgument);
    let rest = v1::ListCandidatesRequest { page_size: 20, page_token: first.next_page_token, ..list };
    assert_eq!(client.list_candidates(rest).await.unwrap().into_inner().candidates.len(), 15);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_gives_the_same_bytes_on_one_and_two_threads_after_a_restart_and_a_new_index() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut client = server.candidates().await;
    for n in 0..300 {
        let mut candidate = carer(&format!("k-{n}"));
        candidate.skills.truncate(n % 3);
        client.upsert_candidate(upsert(candidate)).await.unwrap();
    }
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let ask = |server: Server| async move {
        let mut request = candidates_for("v-1");
        request.page_size = 50;
        let mut people = server.matching().await.match_candidates(request).await.unwrap().into_inner();
        let mut request = vacancies_for("k-7");
        request.page_size = 50;
        let mut jobs = server.matching().await.match_vacancies(request).await.unwrap().into_inner();
        server.stop().await;
        // Every answer has an own entry in the record, and names it.
        let entries = [std::mem::take(&mut people.decision_id), std::mem::take(&mut jobs.decision_id)];
        assert!(entries[0] != entries[1] && entries.iter().all(|entry| !entry.is_empty()), "{entries:?}");
        (people.encode_to_vec(), jobs.encode_to_vec())
    };
    let first = ask(server).await;
    let restarted = ask(Server::start(folder.path(), 2).await).await;
    std::fs::remove_dir_all(folder.path().join("index")).unwrap();
    let rebuilt = ask(Server::start(folder.path(), 2).await).await;
    assert!(first == restarted && first == rebuilt, "the answers differ");
}

#[tokio::test(flavor = "multi_thread")]
async fn reflection_lists_what_works_and_health_says_serving() {
    use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
    use tonic_reflection::pb::{
        v1::{
            ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
            server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
        },
        v1alpha,
    };
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let health = HealthClient::new(server.channel().await)
        .check(HealthCheckRequest { service: String::new() })
        .await
        .unwrap();
    assert_eq!(health.into_inner().status, 1, "SERVING");
    let ask = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut client = ServerReflectionClient::new(server.channel().await);
    let mut answers =
        client.server_reflection_info(Request::new(tokio_stream::once(ask))).await.unwrap().into_inner();
    let answer = answers.message().await.unwrap().unwrap().message_response.unwrap();
    let MessageResponse::ListServicesResponse(listed) = answer else { panic!("{answer:?}") };
    let mut names: Vec<_> = listed.service.into_iter().map(|service| service.name).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "grpc.health.v1.Health",
            "passend.v1.AccountabilityService",
            "passend.v1.CandidateService",
            "passend.v1.EmployerMatchingService",
            "passend.v1.MatchingService",
            "passend.v1.OperationService",
            "passend.v1.PrivacyService",
            "passend.v1.RerankService",
            "passend.v1.TaxonomyService",
            "passend.v1.VacancyService"
        ]
    );
    let ask = v1alpha::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(v1alpha::server_reflection_request::MessageRequest::FileContainingSymbol(
            "passend.v1.MatchingService.ListProfileQuestions".to_owned(),
        )),
    };
    let mut client = v1alpha::server_reflection_client::ServerReflectionClient::new(server.channel().await);
    let mut answers =
        client.server_reflection_info(Request::new(tokio_stream::once(ask))).await.unwrap().into_inner();
    let answer = answers.message().await.unwrap().unwrap().message_response.unwrap();
    assert!(matches!(
        answer,
        v1alpha::server_reflection_response::MessageResponse::FileDescriptorResponse(_)
    ));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_words_and_takes_any_signs_for_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let stored = server.candidates().await.upsert_candidate(upsert(carer("k-1"))).await.unwrap().into_inner();
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let mut matching = server.matching().await;
    let found = matching
        .search_candidates(v1::SearchCandidatesRequest {
            query: "medicatie".to_owned(),
            min_change_number: stored.change_number,
            ..v1::SearchCandidatesRequest::default()
        })
        .await
        .unwrap()
        .into_inner();
    assert_eq!(found.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["k-1"]);
    assert_eq!(found.hits[0].fields, ["skill"]);
    let delete = v1::DeleteCandidateRequest { id: "k-1".to_owned(), ..v1::DeleteCandidateRequest::default() };
    server.candidates().await.delete_candidate(delete).await.unwrap();
    let request = v1::SearchCandidatesRequest {
        query: "medicatie".to_owned(),
        ..v1::SearchCandidatesRequest::default()
    };
    let gone = matching.search_candidates(request).await.unwrap().into_inner();
    assert!(gone.hits.is_empty(), "who is taken out is invisible at once, whatever the index still holds");
    for query in ["(((((", "\"AND OR NOT", "skills:*", "a\u{0}b", "[* TO *]", "~~~"] {
        let request =
            v1::SearchVacanciesRequest { query: query.to_owned(), ..v1::SearchVacanciesRequest::default() };
        matching.search_vacancies(request).await.unwrap();
    }
    let long =
        v1::SearchVacanciesRequest { query: "(".repeat(6_000), ..v1::SearchVacanciesRequest::default() };
    assert_eq!(matching.search_vacancies(long).await.unwrap_err().code(), Code::InvalidArgument);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r21_a_record_that_cannot_be_read_is_counted_in_every_list_until_it_is_delivered_again() {
    use passend::store::{ContactChange, Expected, Operation, RedbStore, Store, StoreOptions, WriteBatch};
    let folder = tempfile::tempdir().unwrap();
    {
        let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
        let id = passend::domain::text::CandidateId::new("k-1").unwrap();
        let body = b"\xff\xff no message".to_vec();
        let (expected, contact) = (Expected::Anything, ContactChange::Keep);
        store.write(WriteBatch::of(Operation::Put { id: id.into(), expected, body, contact })).unwrap();
    }
    let server = Server::start(folder.path(), 1).await;
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let mut matching = server.matching().await;
    let list = matching.match_candidates(candidates_for("v-1")).await.unwrap().into_inner();
    assert_eq!(list.considered, 0);
    assert_eq!((list.excluded[0].reason.as_str(), list.excluded[0].count), ("RECORD_DAMAGED", 1));
    let refused = server.candidates().await.upsert_candidate(upsert(carer("k-1"))).await.unwrap_err();
    assert_eq!(refused.code(), Code::DataLoss, "a part cannot be changed of what cannot be read: {refused}");
    let whole = v1::ImportCandidatesRequest {
        payload: Some(v1::import_candidates_request::Payload::Candidate(carer("k-1"))),
    };
    let stream = Request::new(tokio_stream::once(whole));
    let mut answers = server.candidates().await.import_candidates(stream).await.unwrap().into_inner();
    while answers.message().await.unwrap().is_some() {}
    let mended = matching.match_candidates(candidates_for("v-1")).await.unwrap().into_inner();
    assert_eq!((mended.considered, mended.excluded.len()), (1, 0));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_and_writes_at_the_same_time_never_wait_for_each_other_for_ever() {
    const PEOPLE: usize = 40;
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let mut candidates = server.candidates().await;
    for number in 0..PEOPLE {
        candidates.upsert_candidate(upsert(carer(&format!("k-{number}")))).await.unwrap();
    }
    let mut work = Vec::new();
    for _ in 0..16 {
        let mut matching = server.matching().await;
        work.push(tokio::spawn(async move {
            for _ in 0..40 {
                let found = matching.match_candidates(candidates_for("v-1")).await.unwrap().into_inner();
                assert_eq!(found.considered, u64::try_from(PEOPLE).unwrap());
            }
        }));
    }
    for writer in 0..4 {
        let mut candidates = candidates.clone();
        work.push(tokio::spawn(async move {
            for turn in 0..60 {
                let mut candidate = carer(&format!("k-{}", (writer * 60 + turn) % PEOPLE));
                candidate.presentation = format!("Ik zoek werk ({writer}, {turn}).");
                candidates.upsert_candidate(upsert(candidate)).await.unwrap();
            }
        }));
    }
    for task in work {
        task.await.unwrap();
    }
    server.stop().await;
}
