//! An index that is cut off under an open reader may end the process. Then the unit starts it again: here the test does, as the
//! shipped unit says.

use crate::{
    common::{care_vacancy, carer, upsert, upsert_vacancy},
    harness::{Numbers, files, rounds, seed},
    program::{Program, Service},
};
use passend::{
    engine,
    wire::v1::{
        self, candidate_service_client::CandidateServiceClient,
        matching_service_client::MatchingServiceClient, vacancy_service_client::VacancyServiceClient,
    },
};
use std::{
    fs::File,
    path::Path,
    time::{Duration, Instant},
};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};

const PEOPLE: usize = 40;
/// The goal: serving again from an index made anew.
const MOST: Duration = Duration::from_secs(10);

/// How long the shipped unit waits before it starts the program again, whatever ended it.
fn restart_after() -> Duration {
    let unit = include_str!("../../deploy/passend.service");
    let of = |name: &str| unit.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    assert_eq!((of("Restart=").as_str(), of("StartLimitIntervalSec=").as_str()), ("always", "0"));
    Duration::from_secs(of("RestartSec=").parse().unwrap())
}

/// Who a search finds, where it is answered.
async fn found(
    matching: &mut MatchingServiceClient<Service>,
    number: usize,
) -> Result<Vec<String>, tonic::Status> {
    let query = format!("verhaal {number}");
    let asked = v1::SearchCandidatesRequest { query, page_size: 50, ..Default::default() };
    let answer = tokio::time::timeout(Duration::from_secs(5), matching.search_candidates(asked)).await;
    let hits = answer.map_err(|_| tonic::Status::unavailable("no answer"))??.into_inner().hits;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}

/// Cuts off files of the index, in their place.
fn cut_index(folder: &Path, numbers: &mut Numbers) -> usize {
    let mut cut = 0;
    for file in files(&folder.join("index")) {
        let open = File::options().write(true).open(&file).unwrap();
        let length = open.metadata().unwrap().len();
        let is_segment = file.extension().is_some_and(|ending| ending != "json" && ending != "lock");
        if is_segment && length > 0 && numbers.below(4) > 0 {
            open.set_len(if numbers.below(2) == 0 { 0 } else { numbers.below(length) }).unwrap();
            cut += 1;
        }
    }
    cut
}

async fn is_serving(program: &Program) -> bool {
    let mut health = HealthClient::new(program.channel().await);
    let service = "passend.v1.MatchingService".to_owned();
    let answer = health.check(HealthCheckRequest { service }).await;
    answer.is_ok_and(|answer| answer.into_inner().status() == ServingStatus::Serving)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_is_cut_off_under_an_open_reader_is_made_anew_and_served_within_ten_seconds() {
    let (count, seed) = (rounds(2, 30), seed());
    let mut numbers = Numbers(seed);
    let wait = restart_after();
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path());
    let mut vacancies = VacancyServiceClient::new(program.channel().await);
    vacancies.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let mut candidates = CandidateServiceClient::new(program.channel().await);
    for number in 0..PEOPLE {
        let presentation = format!("verhaal {number} over zorg");
        candidates
            .upsert_candidate(upsert(v1::Candidate { presentation, ..carer(&format!("k-{number}")) }))
            .await
            .unwrap();
    }
    let (mut died, mut slowest, mut cut) = (0, Duration::ZERO, 0);
    for _ in 0..count {
        let mut matching = MatchingServiceClient::new(program.channel().await);
        let since = Instant::now();
        while found(&mut matching, 1).await.unwrap().is_empty() {
            assert!(since.elapsed() < MOST, "the index does not come to it");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        cut += cut_index(folder.path(), &mut numbers);
        // Whoever searches now meets files that have ended: an answer names nobody who is not there, or none comes.
        for number in 0..6 {
            match found(&mut matching, number).await {
                Ok(hits) => assert!(hits.iter().all(|id| id.starts_with("k-")), "{hits:?}"),
                Err(_) => break,
            }
        }
        let began = Instant::now();
        if program.has_ended() {
            died += 1;
        } else {
            // It answers from what it has in memory; an operator who sees the damage stops it.
            program.kill_now();
        }
        tokio::time::sleep(wait).await;
        program = Program::start(folder.path());
        while !is_serving(&program).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let mut matching = MatchingServiceClient::new(program.channel().await);
        for number in 0..PEOPLE {
            let hits = found(&mut matching, number).await.unwrap();
            assert!(hits.contains(&format!("k-{number}")), "{number}: {hits:?}");
        }
        slowest = slowest.max(began.elapsed());
        assert!(began.elapsed() < MOST, "serving again after {:?}", began.elapsed());
    }
    program.kill();
    let options =
        engine::EngineOptions { folder: folder.path().to_owned(), threads: 1, ..Default::default() };
    drop(tokio::task::spawn_blocking(move || engine::Engine::open(&options).unwrap()).await.unwrap());
    let check = engine::check(folder.path()).unwrap().unwrap();
    assert!(check.findings.is_empty(), "{:?}", check.findings);
    println!(
        "{count} times the index was cut off under an open reader ({cut} files, seed {seed}): the process ended {died} times; \
         serving everybody again after {slowest:?} at most, {wait:?} of it the unit's wait"
    );
}
