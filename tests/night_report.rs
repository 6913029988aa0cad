//! What a night came to: the report, a second plan and an export, held against the lists themselves.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Server, care_vacancy, carer, day};
use passend::wire::v1::{
    self, ProposalOutcome, RerankState, accountability_service_client::AccountabilityServiceClient,
    make_spread_plan_response::Part, rerank_service_client::RerankServiceClient,
};
use std::{
    path::Path,
    process::{Command, Output},
};
use tonic::{Code, transport::Channel};

const PEOPLE: usize = 6;
const VACANCIES: usize = 3;

async fn reranks(server: &Server) -> RerankServiceClient<Channel> {
    RerankServiceClient::new(server.channel().await)
}

/// Some people with ever fewer skills, some vacancies, and a person whom the law keeps from one of them.
async fn filled(server: &Server) {
    for number in 0..PEOPLE {
        let mut candidate = carer(&format!("k{number}"));
        candidate.skills.truncate(PEOPLE.saturating_sub(number) / 2);
        let request = v1::UpsertCandidateRequest {
            candidate: Some(candidate),
            ..v1::UpsertCandidateRequest::default()
        };
        server.candidates().await.upsert_candidate(request).await.unwrap();
    }
    for number in 0..VACANCIES {
        let vacancy = Some(care_vacancy(&format!("v{number}")));
        let request = v1::UpsertVacancyRequest { vacancy, ..v1::UpsertVacancyRequest::default() };
        server.vacancies().await.upsert_vacancy(request).await.unwrap();
    }
}

async fn night(server: &Server, as_of: v1::Date) {
    let mut client = reranks(server).await;
    let request = v1::StartRerankRequest { as_of: Some(as_of), ..v1::StartRerankRequest::default() };
    let run = client.start_rerank(request).await.unwrap().into_inner().rerank.unwrap();
    let mut answers = client.watch_rerank(v1::WatchRerankRequest { id: run.id }).await.unwrap().into_inner();
    let mut state = RerankState::Unspecified;
    while let Some(answer) = answers.message().await.unwrap() {
        state = answer.rerank.unwrap().state();
    }
    assert_eq!(state, RerankState::Done);
}

async fn report(server: &Server) -> v1::NightReport {
    let request = v1::GetNightReportRequest { text_language: "nl".to_owned(), ..Default::default() };
    reranks(server).await.get_night_report(request).await.unwrap().into_inner().report.unwrap()
}

async fn list(server: &Server, vacancy: &str, as_of: v1::Date) -> Vec<v1::Match> {
    let request = v1::MatchCandidatesRequest {
        subject: Some(v1::match_candidates_request::Subject::VacancyId(vacancy.to_owned())),
        options: Some(v1::RankingOptions { as_of: Some(as_of), ..v1::RankingOptions::default() }),
        ..v1::MatchCandidatesRequest::default()
    };
    server.matching().await.match_candidates(request).await.unwrap().into_inner().matches
}

async fn plan(
    server: &Server,
    demands: [u32; 3],
) -> Result<(v1::SpreadPlan, Vec<v1::SpreadList>), tonic::Status> {
    let [at_least, at_most, list_size] = demands;
    let request = v1::MakeSpreadPlanRequest { night: None, at_least, at_most, list_size };
    let mut messages = reranks(server).await.make_spread_plan(request).await?.into_inner();
    let (mut plan, mut lists) = (None, Vec::new());
    while let Some(message) = messages.message().await? {
        match message.part.unwrap() {
            Part::Plan(summary) => plan = Some(summary),
            Part::List(list) => lists.push(list),
        }
    }
    Ok((plan.unwrap(), lists))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_tells_what_the_lists_of_its_night_hold_and_what_became_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let asked = v1::GetNightReportRequest::default();
    let none = reranks(&server).await.get_night_report(asked).await.unwrap_err();
    assert_eq!(none.code(), Code::NotFound, "{none}");

    filled(&server).await;
    let today = day(2026, 11, 20);
    night(&server, today).await;
    let first = list(&server, "v0", today).await.remove(0);
    let outcome = |candidate: &str, outcome: ProposalOutcome, on| v1::RecordOutcomeRequest {
        candidate: candidate.to_owned(),
        vacancy: "v0".to_owned(),
        outcome: outcome.into(),
        on: Some(on),
        ..v1::RecordOutcomeRequest::default()
    };
    let mut accountability = AccountabilityServiceClient::new(server.channel().await);
    for request in [
        outcome(&first.candidate, ProposalOutcome::Proposed, today),
        outcome("k5", ProposalOutcome::Proposed, today),
        // No list of that day is kept, and the other is too long ago.
        outcome("k4", ProposalOutcome::Proposed, day(2026, 11, 19)),
        outcome("k4", ProposalOutcome::Placed, day(2026, 10, 1)),
    ] {
        accountability.record_outcome(request).await.unwrap();
    }
    let told = report(&server).await;
    assert_eq!(told.night, Some(today));
    assert_eq!((told.pairs_judged, told.vacancies, told.candidates), (18, 3, 6));
    let concentration = told.concentration.unwrap();
    assert_eq!((concentration.places, concentration.gini, concentration.most_lists), (18, 0.0, 3));
    assert_eq!(told.on_no_list.unwrap().count, 0);
    let good = 60.0;
    let unfilled = told.unfilled.unwrap();
    assert_eq!(unfilled.count, if first.score < good { 3 } else { 0 }, "the best score is {}", first.score);
    assert_eq!(told.stale.unwrap().count, 0, "everything was delivered today");
    assert_eq!(told.to_complete.unwrap().looked_at, PEOPLE as u64);
    let adoption = told.adoption.unwrap();
    let proposed = adoption.outcomes.iter().find(|one| one.outcome() == ProposalOutcome::Proposed).unwrap();
    assert_eq!(
        (proposed.recorded, proposed.with_list, proposed.on_list, proposed.first),
        (3, 2, 2, 1),
        "{adoption:?}"
    );
    let placed = adoption.outcomes.iter().find(|one| one.outcome() == ProposalOutcome::Placed).unwrap();
    assert_eq!(placed.recorded, 0);

    // Whoever is deleted is in no figure any more.
    let delete = v1::DeleteCandidateRequest { id: first.candidate, ..v1::DeleteCandidateRequest::default() };
    server.candidates().await.delete_candidate(delete).await.unwrap();
    let told = report(&server).await;
    assert_eq!((told.candidates, told.concentration.unwrap().places), (5, 15));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_plan_says_that_it_is_one_and_leaves_the_plain_lists_and_scores_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    filled(&server).await;
    let today = day(2026, 11, 20);
    night(&server, today).await;
    let before = list(&server, "v0", today).await;
    let (summary, lists) = plan(&server, [1, 1, 2]).await.unwrap();
    assert!(summary.second_plan && lists.iter().all(|list| list.second_plan));
    assert_eq!((summary.candidates, summary.below, summary.missing_places), (6, 0, 0), "{summary:?}");
    assert!(summary.below_before > 0 && summary.planned_score <= summary.plain_score);
    let mut named: Vec<&str> =
        lists.iter().flat_map(|list| &list.places).map(|place| place.candidate.as_str()).collect();
    named.sort_unstable();
    assert_eq!(named, ["k0", "k1", "k2", "k3", "k4", "k5"], "everybody once, and nobody twice");
    for place in &lists[0].places {
        let plain = before.iter().find(|one| one.candidate == place.candidate).unwrap();
        assert_eq!((place.score, place.plain_rank), (plain.score, plain.rank));
    }
    let cost: f64 = lists.iter().map(|list| list.plain_score - list.planned_score).sum();
    assert!((cost - (summary.plain_score - summary.planned_score)).abs() < 0.005);
    assert_eq!(list(&server, "v0", today).await, before);
    for (demands, field) in [([1, 0, 2], "at_most"), ([3, 2, 2], "at_most"), ([51, 60, 2], "at_least")] {
        let refused = plan(&server, demands).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument);
        assert!(refused.message().contains(field), "{refused}");
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_every_place_of_the_night_with_ids_and_scores() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    filled(&server).await;
    let today = day(2026, 11, 20);
    night(&server, today).await;
    let mut messages =
        reranks(&server).await.export_night(v1::ExportNightRequest::default()).await.unwrap().into_inner();
    let mut places = Vec::new();
    while let Some(message) = messages.message().await.unwrap() {
        places.extend(message.places);
    }
    assert_eq!(places.len(), PEOPLE * VACANCIES);
    for vacancy in ["v0", "v1", "v2"] {
        let exported: Vec<(&str, u32, f64)> = places
            .iter()
            .filter(|place| place.vacancy == vacancy)
            .map(|place| (place.candidate.as_str(), place.rank, place.score))
            .collect();
        let listed = list(&server, vacancy, today).await;
        let listed: Vec<_> = listed.iter().map(|one| (one.candidate.as_str(), one.rank, one.score)).collect();
        assert_eq!(exported, listed);
    }
    server.stop().await;
    let lines: Vec<String> = places.iter().map(line).collect();
    let file = folder.path().join("night.csv");
    let output = export(folder.path(), "csv", &file);
    assert!(output.status.success(), "{output:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    let mut told = text.lines();
    assert_eq!(told.next(), Some(COLUMNS));
    assert!(told.eq(lines.iter()), "{text}");
    let file = folder.path().join("night.parquet");
    let output = export(folder.path(), "parquet", &file);
    parquet_says(&lines, &file, &output);
}

const COLUMNS: &str = "night,vacancy,candidate,rank,own_rank,score,score_low,score_high";

/// A place as the CSV tells it.
fn line(place: &v1::ExportedPlace) -> String {
    let v1::ExportedPlace { vacancy, candidate, rank, own_rank, score, score_low, score_high, .. } = place;
    format!("2026-11-20,{vacancy},{candidate},{rank},{own_rank},{score:.2},{score_low:.2},{score_high:.2}")
}

/// The real program on a folder.
fn export(data: &Path, format: &str, file: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.args(["export", "--language", "en", "--log", "error", "--format", format, "--data"]);
    command.arg(data).arg(file).output().unwrap()
}

/// The same places in the same columns, read back by the crate that others read with.
#[cfg(feature = "export")]
fn parquet_says(lines: &[String], file: &Path, output: &Output) {
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::Field,
    };
    assert!(output.status.success(), "{output:?}");
    let reader = SerializedFileReader::new(std::fs::File::open(file).unwrap()).unwrap();
    let columns = reader.metadata().file_metadata().schema().get_fields();
    let columns: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    assert_eq!(columns.join(","), COLUMNS);
    let cell = |field: &Field| match field {
        Field::Str(text) => text.clone(),
        other => other.to_string(),
    };
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    let rows = rows.map(|row| row.get_column_iter().map(|(_, field)| cell(field)).collect::<Vec<_>>());
    assert!(rows.map(|cells| cells.join(",")).eq(lines.iter().cloned()));
}

/// A build without it says how to get it, and leaves no file.
#[cfg(not(feature = "export"))]
fn parquet_says(_: &[String], file: &Path, output: &Output) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && told.contains("--features export"), "{output:?}");
    assert!(!file.exists());
}
