//! What became of a proposal: recorded, read back with the pair in every list, and never a part of a score.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Server, care_vacancy, carer, day};
use passend::wire::v1::{self, ProposalOutcome, accountability_service_client::AccountabilityServiceClient};
use tonic::{Code, transport::Channel};
use tonic_types::StatusExt;

async fn accountability(server: &Server) -> AccountabilityServiceClient<Channel> {
    AccountabilityServiceClient::new(server.channel().await)
}

async fn filled(server: &Server) {
    for id in ["k1", "k2", "k3"] {
        let request = v1::UpsertCandidateRequest {
            candidate: Some(carer(id)),
            ..v1::UpsertCandidateRequest::default()
        };
        server.candidates().await.upsert_candidate(request).await.unwrap();
    }
    for id in ["v1", "v2"] {
        let vacancy = Some(care_vacancy(id));
        let request = v1::UpsertVacancyRequest { vacancy, ..v1::UpsertVacancyRequest::default() };
        server.vacancies().await.upsert_vacancy(request).await.unwrap();
    }
}

fn outcome(kind: ProposalOutcome, on: Option<v1::Date>, reason: &str) -> v1::RecordOutcomeRequest {
    v1::RecordOutcomeRequest {
        candidate: "k2".to_owned(),
        vacancy: "v1".to_owned(),
        outcome: kind.into(),
        on,
        reason: reason.to_owned(),
        request_id: String::new(),
    }
}

fn options(as_of: v1::Date) -> Option<v1::RankingOptions> {
    Some(v1::RankingOptions { as_of: Some(as_of), ..v1::RankingOptions::default() })
}

/// The pair k2 and v1 as three answers show it, each on its own, and the lists without what became of proposals.
async fn shown(server: &Server, as_of: v1::Date) -> (Vec<Option<v1::EarlierProposal>>, Vec<v1::Match>) {
    let mut client = server.matching().await;
    let candidates = v1::MatchCandidatesRequest {
        subject: Some(v1::match_candidates_request::Subject::VacancyId("v1".to_owned())),
        options: options(as_of),
        ..v1::MatchCandidatesRequest::default()
    };
    let vacancies = v1::MatchVacanciesRequest {
        subject: Some(v1::match_vacancies_request::Subject::CandidateId("k2".to_owned())),
        options: options(as_of),
        ..v1::MatchVacanciesRequest::default()
    };
    let pair = v1::ExplainMatchRequest {
        candidate_subject: Some(v1::explain_match_request::CandidateSubject::CandidateId("k2".to_owned())),
        vacancy_subject: Some(v1::explain_match_request::VacancySubject::VacancyId("v1".to_owned())),
        options: options(as_of),
        ..v1::ExplainMatchRequest::default()
    };
    let candidates = client.match_candidates(candidates).await.unwrap().into_inner().matches;
    let vacancies = client.match_vacancies(vacancies).await.unwrap().into_inner().matches;
    let pair = client.explain_match(pair).await.unwrap().into_inner().r#match.unwrap();
    assert_eq!((candidates.len(), vacancies.len()), (3, 2));
    let mut every: Vec<v1::Match> = candidates.into_iter().chain(vacancies).chain([pair]).collect();
    let is_pair = |one: &v1::Match| one.candidate == "k2" && one.vacancy == "v1";
    assert!(every.iter().all(|one| is_pair(one) || one.earlier.is_none()), "only the pair itself carries it");
    let earlier = every.iter().filter(|one| is_pair(one)).map(|one| one.earlier.clone()).collect();
    for one in &mut every {
        one.earlier = None;
    }
    (earlier, every)
}

#[tokio::test(flavor = "multi_thread")]
async fn r4_a_pair_proposed_before_keeps_its_score_and_place_and_carries_date_and_outcome() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    filled(&server).await;
    let (nothing, plain) = shown(&server, day(2026, 11, 20)).await;
    assert_eq!(nothing, [None, None, None]);

    let mut client = accountability(&server).await;
    let proposed = outcome(ProposalOutcome::Proposed, Some(day(2026, 11, 3)), "");
    let overridden = outcome(ProposalOutcome::Overridden, Some(day(2026, 11, 17)), "kent de ploeg al");
    let mut numbers = Vec::new();
    // The later day is recorded first: it is the day that counts.
    for request in [&overridden, &proposed] {
        numbers.push(client.record_outcome(request.clone()).await.unwrap().into_inner().change_number);
    }
    assert_eq!(numbers, [6, 7]);
    let told = |request: &v1::RecordOutcomeRequest| {
        let v1::RecordOutcomeRequest { outcome, on, reason, .. } = request.clone();
        vec![Some(v1::EarlierProposal { outcome, on, reason }); 3]
    };
    for (as_of, expected) in [
        (day(2026, 11, 20), told(&overridden)),
        (day(2026, 11, 16), told(&proposed)),
        (day(2026, 11, 2), vec![None; 3]),
    ] {
        let (earlier, _) = shown(&server, as_of).await;
        assert_eq!(earlier, expected, "{as_of:?}");
    }
    assert_eq!(shown(&server, day(2026, 11, 20)).await.1, plain, "no score and no place moves");

    // It survives a restart and a later delivery of both records.
    server.stop().await;
    let server = Server::start(folder.path(), 1).await;
    filled(&server).await;
    assert_eq!(shown(&server, day(2026, 11, 20)).await, (told(&overridden), plain));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_candidate_is_told_of_a_former_proposal_without_the_advisors_words() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    filled(&server).await;
    let request = outcome(ProposalOutcome::Rejected, Some(day(2026, 11, 3)), "de plek was al weg");
    accountability(&server).await.record_outcome(request).await.unwrap();
    let pair = v1::ExplainMatchRequest {
        candidate_subject: Some(v1::explain_match_request::CandidateSubject::CandidateId("k2".to_owned())),
        vacancy_subject: Some(v1::explain_match_request::VacancySubject::VacancyId("v1".to_owned())),
        audience: v1::Audience::Candidate.into(),
        ..v1::ExplainMatchRequest::default()
    };
    let pair = server.matching().await.explain_match(pair).await.unwrap().into_inner().r#match.unwrap();
    let earlier = pair.earlier.unwrap();
    assert_eq!((earlier.outcome(), earlier.reason.as_str()), (ProposalOutcome::Rejected, ""));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_recorded_is_refused_with_the_field_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    filled(&server).await;
    let mut client = accountability(&server).await;
    let fine = outcome(ProposalOutcome::Proposed, None, "");
    for (request, fields) in [
        (v1::RecordOutcomeRequest::default(), vec!["candidate", "vacancy", "outcome"]),
        (outcome(ProposalOutcome::Overridden, None, "  "), vec!["reason"]),
        (outcome(ProposalOutcome::Proposed, Some(day(2199, 1, 1)), ""), vec!["on"]),
        (outcome(ProposalOutcome::Proposed, Some(day(2026, 2, 30)), ""), vec!["on"]),
        (outcome(ProposalOutcome::Proposed, None, &"x".repeat(2_001)), vec!["reason"]),
        (v1::RecordOutcomeRequest { outcome: 9, ..fine.clone() }, vec!["outcome"]),
        (v1::RecordOutcomeRequest { request_id: "a\u{7}".to_owned(), ..fine.clone() }, vec!["request_id"]),
    ] {
        let status = client.record_outcome(request).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument);
        let told = status.get_error_details().bad_request().unwrap().field_violations.clone();
        assert_eq!(told.iter().map(|told| told.field.as_str()).collect::<Vec<_>>(), fields);
    }
    for (request, missing) in [
        (v1::RecordOutcomeRequest { candidate: "nobody".to_owned(), ..fine.clone() }, "candidate"),
        (v1::RecordOutcomeRequest { vacancy: "none".to_owned(), ..fine.clone() }, "vacancy"),
    ] {
        let status = client.record_outcome(request).await.unwrap_err();
        assert_eq!(status.code(), Code::NotFound);
        assert!(status.message().contains(missing), "{}", status.message());
    }
    let listed = client.list_outcomes(v1::ListOutcomesRequest::default()).await.unwrap().into_inner();
    assert_eq!((listed.outcomes.len(), listed.data_change_number), (0, 5));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_records_once_and_its_id_is_no_other_requests() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    filled(&server).await;
    let mut client = accountability(&server).await;
    let request = v1::RecordOutcomeRequest {
        request_id: "r1".to_owned(),
        ..outcome(ProposalOutcome::Invited, Some(day(2026, 11, 3)), "")
    };
    let first = client.record_outcome(request.clone()).await.unwrap().into_inner();
    assert_eq!(client.record_outcome(request.clone()).await.unwrap().into_inner(), first);
    let other = v1::RecordOutcomeRequest { outcome: ProposalOutcome::Placed.into(), ..request };
    assert_eq!(client.record_outcome(other).await.unwrap_err().code(), Code::AlreadyExists);
    let listed = client.list_outcomes(v1::ListOutcomesRequest::default()).await.unwrap().into_inner();
    assert_eq!(listed.outcomes.len(), 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn outcomes_are_listed_by_page_the_latest_first_and_go_with_the_candidate() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    filled(&server).await;
    let mut client = accountability(&server).await;
    for (candidate, vacancy, on) in [("k1", "v1", 9), ("k2", "v1", 3), ("k2", "v2", 20)] {
        let request = v1::RecordOutcomeRequest {
            candidate: candidate.to_owned(),
            vacancy: vacancy.to_owned(),
            ..outcome(ProposalOutcome::Proposed, Some(day(2026, 11, on)), "")
        };
        client.record_outcome(request).await.unwrap();
    }
    let mut days = Vec::new();
    let mut request = v1::ListOutcomesRequest { page_size: 1, ..v1::ListOutcomesRequest::default() };
    loop {
        let page = client.list_outcomes(request.clone()).await.unwrap().into_inner();
        days.extend(page.outcomes.iter().map(|one| one.on.unwrap().day));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    assert_eq!(days, [20, 9, 3]);
    let of = |candidate: &str, vacancy: &str| v1::ListOutcomesRequest {
        candidate: candidate.to_owned(),
        vacancy: vacancy.to_owned(),
        ..v1::ListOutcomesRequest::default()
    };
    for (candidate, vacancy, count) in [("k2", "", 2), ("", "v1", 2), ("k2", "v1", 1), ("k3", "", 0)] {
        let listed = client.list_outcomes(of(candidate, vacancy)).await.unwrap().into_inner();
        assert_eq!(listed.outcomes.len(), count, "{candidate} {vacancy}");
    }
    let strange = v1::ListOutcomesRequest { page_token: "x".to_owned(), ..of("", "") };
    assert_eq!(client.list_outcomes(strange).await.unwrap_err().code(), Code::InvalidArgument);

    let delete = v1::DeleteCandidateRequest { id: "k2".to_owned(), ..v1::DeleteCandidateRequest::default() };
    server.candidates().await.delete_candidate(delete).await.unwrap();
    filled(&server).await;
    let left = client.list_outcomes(of("", "")).await.unwrap().into_inner().outcomes;
    assert_eq!(left.iter().map(|one| one.candidate.as_str()).collect::<Vec<_>>(), ["k1"]);
    server.stop().await;
    let server = Server::start(folder.path(), 1).await;
    let mut client = accountability(&server).await;
    assert_eq!(client.list_outcomes(of("", "")).await.unwrap().into_inner().outcomes, left);
    server.stop().await;
}
