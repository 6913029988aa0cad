//! Runs over everything: the real server over a real socket, and the real program, killed in the middle.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reports by panics and prints"
)]

mod common;

use common::{
    Server, care_vacancy, carer, day,
    folders::{copy, nights, program, region, run},
    upsert, upsert_vacancy,
};
use passend::{
    night::{ListedPair, Night, NightScope, Nights},
    wire::v1::{self, RerankState, rerank_service_client::RerankServiceClient},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Child,
    time::{Duration, Instant},
};
use tonic::{Code, transport::Channel};
use tonic_types::StatusExt;

async fn reranks(server: &Server) -> RerankServiceClient<Channel> {
    RerankServiceClient::new(server.channel().await)
}

fn start(scope: v1::RerankScope, request_id: &str) -> v1::StartRerankRequest {
    v1::StartRerankRequest {
        scope: Some(scope),
        as_of: Some(day(2026, 11, 22)),
        request_id: request_id.to_owned(),
    }
}

/// Watches a run to its end.
async fn ended(client: &mut RerankServiceClient<Channel>, id: &str) -> v1::Rerank {
    let asked = v1::WatchRerankRequest { id: id.to_owned() };
    let mut answers = client.watch_rerank(asked).await.unwrap().into_inner();
    let mut last = None;
    while let Some(answer) = answers.message().await.unwrap() {
        last = answer.rerank;
    }
    last.unwrap()
}

/// Starts a run and watches it to its end.
async fn whole(server: &Server, scope: v1::RerankScope) -> v1::Rerank {
    let mut client = reranks(server).await;
    let run = client.start_rerank(start(scope, "")).await.unwrap().into_inner().rerank.unwrap();
    let ended = ended(&mut client, &run.id).await;
    assert_eq!(ended.state(), RerankState::Done, "{ended:?}");
    ended
}

fn all() -> v1::RerankScope {
    v1::RerankScope::default()
}

fn changed_only() -> v1::RerankScope {
    v1::RerankScope { changed_only: true, ..all() }
}

const RUN: &str = "rerank --as-of 2026-11-22";

#[tokio::test(flavor = "multi_thread")]
async fn a_night_holds_the_lists_that_a_request_gives_at_that_moment() {
    let folder = region(150, 60);
    let server = Server::start(folder.path(), 2).await;
    let ended = whole(&server, all()).await;
    assert_eq!((ended.pairs_done, ended.pairs_total), (ended.pairs_total, ended.pairs_done));
    assert!(ended.explained_total > 0 && ended.resumed == 0 && ended.problem.is_empty(), "{ended:?}");
    let night = Nights::open(folder.path()).night(None, None).unwrap();
    let mut matching = server.matching().await;
    let (mut vacancies, mut people) = (0, 0);
    for id in night.vacancies().map(str::to_owned).collect::<Vec<_>>() {
        let mut asked = common::candidates_for(&id);
        asked.page_size = 50;
        let answer = matching.match_candidates(asked).await.unwrap().into_inner();
        let list = night.of_vacancy(&id).unwrap().unwrap();
        assert_eq!((list.considered, list.tied_beyond), (answer.considered, answer.tied_beyond), "{id}");
        let kept: Vec<_> = list.pairs.iter().map(|pair| place(&pair.candidate, pair)).collect();
        let given: Vec<_> = answer.matches.iter().map(|pair| told_place(&pair.candidate, pair)).collect();
        assert_eq!(kept, given, "{id}");
        vacancies += usize::from(!kept.is_empty());
    }
    for id in night.people().to_vec() {
        let mut asked = common::vacancies_for(&id);
        asked.page_size = 50;
        let answer = matching.match_vacancies(asked).await.unwrap().into_inner();
        let list = night.of_candidate(&id).unwrap().unwrap();
        let kept: Vec<_> = list.iter().map(|pair| place(&pair.vacancy, pair)).collect();
        let given: Vec<_> = answer.matches.iter().map(|pair| told_place(&pair.vacancy, pair)).collect();
        assert_eq!(kept, given, "{id}");
        people += usize::from(!kept.is_empty());
    }
    assert!(vacancies > 20 && people > 50, "{vacancies} {people}");
    server.stop().await;
}

fn place(id: &str, pair: &ListedPair) -> (String, i64, usize, bool) {
    (id.to_owned(), i64::from(pair.explanation.judgement.score), pair.rank.into(), pair.tied)
}

fn told_place(id: &str, pair: &v1::Match) -> (String, i64, usize, bool) {
    (id.to_owned(), common::hundredths(pair.score), pair.rank as usize, pair.tied)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_gives_its_vacancies_and_people_the_lists_of_the_whole() {
    let folder = region(120, 50);
    let server = Server::start(folder.path(), 2).await;
    whole(&server, all()).await;
    let care = v1::RerankScope { sbi_code: 87, ..all() };
    let ended = whole(&server, care).await;
    assert!(ended.vacancy_lists > 0 && ended.candidate_lists > 0, "{ended:?}");
    let nights = Nights::open(folder.path());
    let whole = nights.night(None, Some(NightScope::default())).unwrap();
    let care = nights.night(None, Some(NightScope { region: 0, sbi_code: 87 })).unwrap();
    let (mut vacancies, mut people) = (0, 0);
    for id in care.vacancies() {
        let places = |night: &Night| -> Vec<_> {
            night
                .of_vacancy(id)
                .unwrap()
                .unwrap()
                .pairs
                .iter()
                .map(|pair| place(&pair.candidate, pair))
                .collect()
        };
        let own = places(&care);
        if !own.is_empty() {
            vacancies += 1;
            assert_eq!(own, places(&whole), "{id}");
        }
    }
    for id in care.people() {
        let places = |night: &Night| -> Vec<_> {
            night.of_candidate(id).unwrap().unwrap().iter().map(|pair| place(&pair.vacancy, pair)).collect()
        };
        let own = places(&care);
        if !own.is_empty() {
            people += 1;
            assert_eq!(own, places(&whole), "{id}");
        }
    }
    assert_eq!((vacancies, people), (ended.vacancy_lists, ended.candidate_lists));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_started_or_cancelled_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut client = reranks(&server).await;
    let nowhere = v1::RerankScope { labour_market_region: 36, sbi_code: 999_999_999, changed_only: false };
    let refused = client.start_rerank(start(nowhere, "")).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let fields = refused.get_details_bad_request().unwrap().field_violations;
    let fields: Vec<_> = fields.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["scope.labour_market_region", "scope.sbi_code"]);
    for unknown in [
        client.get_rerank(v1::GetRerankRequest { id: "r1".to_owned() }).await.unwrap_err(),
        client.cancel_rerank(v1::CancelRerankRequest { id: "r1".to_owned() }).await.unwrap_err(),
        client.watch_rerank(v1::WatchRerankRequest { id: "r1".to_owned() }).await.unwrap_err(),
    ] {
        assert_eq!(unknown.code(), Code::NotFound, "{unknown}");
    }

    // Over nothing: it ends at once, in good order.
    let nothing = whole(&server, all()).await;
    assert_eq!((nothing.pairs_done, nothing.vacancy_lists, nothing.candidate_lists), (0, 0, 0));
    let over = client.cancel_rerank(v1::CancelRerankRequest { id: nothing.id }).await.unwrap_err();
    assert_eq!((over.code(), reason(&over)), (Code::FailedPrecondition, "RERANK_OVER".to_owned()));

    // The same request again gives the same run, whatever became of it; another one may not use its id.
    let first = client.start_rerank(start(all(), "once")).await.unwrap().into_inner().rerank.unwrap();
    let ended = ended(&mut client, &first.id).await;
    let again = client.start_rerank(start(all(), "once")).await.unwrap().into_inner().rerank.unwrap();
    assert_eq!(again, ended);
    let reused = client.start_rerank(start(changed_only(), "once")).await.unwrap_err();
    assert_eq!((reused.code(), reason(&reused)), (Code::AlreadyExists, "REQUEST_ID_REUSED".to_owned()));
    let listed = client.list_reranks(v1::ListReranksRequest::default()).await.unwrap().into_inner().reranks;
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].id, first.id, "the newest first");
    server.stop().await;
}

fn reason(status: &tonic::Status) -> String {
    status.get_details_error_info().unwrap().reason
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_sees_its_own_moment_and_nobody_who_was_erased_meanwhile() {
    let folder = region(1_500, 400);
    let undisturbed = copy(folder.path());
    run(undisturbed.path(), RUN);
    let server = Server::start(folder.path(), 2).await;
    let mut client = reranks(&server).await;
    let first = client.start_rerank(start(all(), "")).await.unwrap().into_inner().rerank.unwrap();
    let rival = client.start_rerank(start(changed_only(), "")).await.unwrap_err();
    assert_eq!((rival.code(), reason(&rival)), (Code::FailedPrecondition, "RERANK_ACTIVE".to_owned()));
    assert!(rival.message().contains(&first.id), "{rival}");
    let other = v1::RerankScope { labour_market_region: 1, ..all() };
    let waiting = client.start_rerank(start(other, "")).await.unwrap().into_inner().rerank.unwrap();
    assert_eq!(waiting.state(), RerankState::Waiting);
    let waiting =
        client.cancel_rerank(v1::CancelRerankRequest { id: waiting.id }).await.unwrap().into_inner();
    assert_eq!(waiting.rerank.unwrap().state(), RerankState::Cancelled);

    while get(&mut client, &first.id).await.pairs_done == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // Written while it works: a newcomer who fits, and somebody who is erased.
    server.candidates().await.upsert_candidate(upsert(carer("a-newcomer"))).await.unwrap();
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("a-new-one"))).await.unwrap();
    let before = Nights::open(undisturbed.path()).night(None, None).unwrap();
    let erased =
        before.people().iter().find(|id| !before.of_candidate(id).unwrap().unwrap().is_empty()).unwrap();
    let delete = v1::DeleteCandidateRequest { id: erased.clone(), ..v1::DeleteCandidateRequest::default() };
    server.candidates().await.delete_candidate(delete).await.unwrap();
    let working = get(&mut client, &first.id).await;
    assert_eq!(working.state(), RerankState::Running, "the run ended too soon for this test: {working:?}");
    let ended = ended(&mut client, &first.id).await;
    assert_eq!(ended.state(), RerankState::Done, "{ended:?}");

    let night = Nights::open(folder.path()).night(None, None).unwrap();
    assert!(!night.has_person("a-newcomer") && !night.has_vacancy("a-new-one"), "one moment");
    assert!(night.of_candidate(erased).unwrap().is_none_or(|list| list.is_empty()));
    for vacancy in before.vacancies() {
        let list = |night: &Night| -> Vec<(String, u16)> {
            let pairs = night.of_vacancy(vacancy).unwrap().unwrap().pairs;
            pairs.into_iter().map(|pair| (pair.candidate, pair.explanation.judgement.score)).collect()
        };
        let expected: Vec<_> =
            list(&before).into_iter().filter(|(candidate, _)| candidate != erased).collect();
        assert_eq!(list(&night), expected, "{vacancy}");
    }
    server.stop().await;
}

async fn get(client: &mut RerankServiceClient<Channel>, id: &str) -> v1::Rerank {
    let asked = v1::GetRerankRequest { id: id.to_owned() };
    client.get_rerank(asked).await.unwrap().into_inner().rerank.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_run_leaves_nothing_and_the_lists_before_it_stay() {
    let folder = region(1_200, 300);
    run(folder.path(), RUN);
    let before = nights(folder.path());
    let server = Server::start(folder.path(), 2).await;
    let mut client = reranks(&server).await;
    let first = client.start_rerank(start(all(), "")).await.unwrap().into_inner().rerank.unwrap();
    while get(&mut client, &first.id).await.pairs_done == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for _ in 0..2 {
        let asked = v1::CancelRerankRequest { id: first.id.clone() };
        let cancelled = client.cancel_rerank(asked).await.unwrap().into_inner().rerank.unwrap();
        assert_eq!(cancelled.state(), RerankState::Cancelled);
    }
    server.stop().await;
    assert_eq!(nights(folder.path()), before);
    assert!(!folder.path().join("runs").join(&first.id).exists());
}

#[test]
fn the_night_has_the_same_bytes_on_any_number_of_threads_and_with_only_what_changed() {
    let folder = region(400, 120);
    run(folder.path(), RUN);
    let alone = copy(folder.path());
    run(alone.path(), &format!("{RUN} --threads 1"));
    assert_eq!(nights(alone.path()), nights(folder.path()));
    // Nothing changed at all: everything is taken over.
    let again = run(alone.path(), &format!("{RUN} --changed-only --format json"));
    assert!(again.contains("\"tookOver\": true"), "{again}");
    assert_eq!(nights(alone.path()), nights(folder.path()));
}

/// Kills at random moments of a run; the default is quick, `PASSEND_KILLS` sets another number.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_again_and_again_ends_as_if_nothing_had_happened() {
    let kills: usize = std::env::var("PASSEND_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(8);
    let folder = region(600, 200);
    let undisturbed = copy(folder.path());
    let began = Instant::now();
    run(undisturbed.path(), RUN);
    let whole = began.elapsed();
    let (mut killed, mut inside, mut resumed) = (0, 0, 0);
    let mut moment = 0x2545_f491_4f6c_dd1d_u64;
    while killed < kills {
        let mut child = program(folder.path(), RUN).spawn().unwrap();
        // Anywhere between the start and a bit past the end of an undisturbed run.
        moment ^= moment << 13;
        moment ^= moment >> 7;
        moment ^= moment << 17;
        let wait = whole.mul_f64((moment % 1_000) as f64 / 1_000.0);
        let ended = wait_up_to(&mut child, wait);
        if !ended {
            child.kill().unwrap();
            child.wait().unwrap();
            inside += usize::from(works(folder.path()));
        }
        killed += 1;
    }
    let told = run(folder.path(), &format!("{RUN} --format json"));
    resumed += usize::from(told.contains("\"resumed\""));
    assert_eq!(nights(folder.path()), nights(undisturbed.path()));
    println!(
        "{killed} kills, {inside} of them with a run at work; the last run was taken up again: {resumed}"
    );
    assert!(inside > 0, "no kill met a run at work");
}

/// Whether a run stands half done in a folder.
fn works(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder.join("runs")) else { return false };
    entries.map(|entry| entry.unwrap().path()).any(|path: PathBuf| path.is_dir())
}

fn wait_up_to(child: &mut Child, time: Duration) -> bool {
    let until = Instant::now() + time;
    while Instant::now() < until {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}
