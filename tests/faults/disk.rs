//! A disk that is really full under writers: reads and erasure go on, and writing does again, by itself, as soon as there is
//! room.

use crate::{
    common::{candidates_for, care_vacancy, carer, upsert, upsert_vacancy},
    full_disk::{Disk, copy},
    harness::{Numbers, rounds, seed},
};
use passend::{
    engine,
    wire::v1::{
        self, candidate_service_client::CandidateServiceClient,
        matching_service_client::MatchingServiceClient, vacancy_service_client::VacancyServiceClient,
    },
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use tonic::Code;

fn person(id: &str, version: usize) -> v1::Candidate {
    let words = "Ik werk graag met mensen. ".repeat(60);
    v1::Candidate { presentation: format!("versie {version} {words}"), ..carer(id) }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_reads_and_erasure_go_on_and_a_write_is_acknowledged_soon_after_there_is_room() {
    let (count, seed) = (rounds(2, 12), seed());
    let mut numbers = Numbers(seed);
    let (mut slowest, mut refused) = (Duration::ZERO, 0);
    for round in 0..count {
        // Every other time nothing is kept free, so that it is the commit itself that fails.
        let reserve = if round % 2 == 0 { "16" } else { "0" };
        let Some(disk) = Disk::new(96 << 20) else {
            println!("skipped on_a_full_disk_reads_and_erasure_go_on: nobody may mount a file system here");
            return;
        };
        let server = disk.serves_with(&[("PASSEND_DISK_RESERVE_MB", reserve)]);
        let mut candidates = CandidateServiceClient::new(server.channel().await);
        let mut matching = MatchingServiceClient::new(server.channel().await);
        let mut vacancies = VacancyServiceClient::new(server.channel().await);
        vacancies.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
        let mut ledger: BTreeMap<String, usize> = BTreeMap::new();
        for number in 0..20 {
            let id = format!("k-{number}");
            candidates.upsert_candidate(upsert(person(&id, 0))).await.unwrap();
            ledger.insert(id, 0);
        }
        disk.fill();
        let mut uncertain: Vec<(String, usize)> = Vec::new();
        let status = loop {
            let (id, version) = (format!("k-{}", numbers.below(200)), 1 + uncertain.len() + ledger.len());
            match candidates.upsert_candidate(upsert(person(&id, version))).await {
                Ok(_) => drop(ledger.insert(id, version)),
                Err(status) => {
                    uncertain.push((id, version));
                    break status;
                }
            }
            disk.fill();
        };
        assert_eq!(status.code(), Code::Unavailable, "{status}");
        assert!(status.message().contains("make room on the disk"), "{status}");
        refused += 1;
        // Health says so under a name of its own, as long as there is no room.
        if reserve != "0" {
            let mut health = tonic_health::pb::health_client::HealthClient::new(server.channel().await);
            let since = Instant::now();
            loop {
                let asked = tonic_health::pb::HealthCheckRequest { service: "passend.writing".to_owned() };
                let status = health.check(asked).await.unwrap().into_inner().status();
                if status == tonic_health::pb::health_check_response::ServingStatus::NotServing {
                    break;
                }
                assert!(since.elapsed() < Duration::from_secs(5), "health does not tell of a full disk");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        // Reads go on: one person, a list.
        for (id, version) in ledger.iter().take(10) {
            let get = v1::GetCandidateRequest { id: id.clone(), ..Default::default() };
            let answer = candidates.get_candidate(get).await.unwrap().into_inner().candidate.unwrap();
            assert!(answer.presentation.starts_with(&format!("versie {version} ")), "{id}");
        }
        let matched = matching.match_candidates(candidates_for("v-1")).await.unwrap().into_inner();
        assert!(!matched.matches.is_empty());
        if reserve != "0" {
            // Erasure goes on, in the room that is kept for it.
            let asked = v1::DeleteCandidateRequest { id: "k-0".to_owned(), ..Default::default() };
            disk.leave(8 << 20);
            candidates.delete_candidate(asked.clone()).await.unwrap();
            ledger.remove("k-0");
            let again = candidates.delete_candidate(asked).await.unwrap_err();
            assert_eq!(again.code(), Code::NotFound, "{again}");
        }
        disk.make_room();
        let since = Instant::now();
        loop {
            match candidates.upsert_candidate(upsert(person("k-1", 9_999))).await {
                Ok(_) => break,
                Err(status) => assert_eq!(status.code(), Code::Unavailable, "{status}"),
            }
            assert!(since.elapsed() < Duration::from_secs(5), "no write is acknowledged after there is room");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        slowest = slowest.max(since.elapsed());
        ledger.insert("k-1".to_owned(), 9_999);
        server.kill();
        let server = disk.serves_with(&[]);
        let mut candidates = CandidateServiceClient::new(server.channel().await);
        for (id, version) in &ledger {
            let get = v1::GetCandidateRequest { id: id.clone(), ..Default::default() };
            let stored = candidates.get_candidate(get).await.unwrap().into_inner().candidate.unwrap();
            let is = |version: usize| stored.presentation.starts_with(&format!("versie {version} "));
            let allowed = is(*version) || uncertain.iter().any(|(of, version)| of == id && is(*version));
            assert!(allowed, "{id} is not what was acknowledged");
        }
        server.kill();
        // Outside, since the index asks for the real name of its folder.
        let outside = tempfile::tempdir().unwrap();
        let data = outside.path().join("data");
        copy(&disk.data(), &data);
        let options = engine::EngineOptions { folder: data.clone(), threads: 1, ..Default::default() };
        drop(tokio::task::spawn_blocking(move || engine::Engine::open(&options).unwrap()).await.unwrap());
        let check = engine::check(&data).unwrap().unwrap();
        assert!(check.findings.is_empty(), "{:?}", check.findings);
    }
    println!(
        "{count} full disks (seed {seed}): {refused} refusals, reads and erasure went on, 0 lost; slowest write after there was \
         room {slowest:?}"
    );
}

/// Asks until it is as it should be, for five seconds at most.
async fn within_five_seconds<A: Future<Output = bool>>(what: &str, ask: impl Fn() -> A) -> Duration {
    let since = Instant::now();
    while !ask().await {
        assert!(since.elapsed() < Duration::from_secs(5), "not within five seconds: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    since.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_or_a_record_of_decisions_on_a_full_volume_of_its_own_stops_what_needs_it_and_nothing_else()
{
    let count = rounds(2, 12);
    let mut slowest = Duration::ZERO;
    for round in 0..count {
        let part = ["index", "decisions"][round % 2];
        let Some(disk) = Disk::with_part(256 << 20, part, 8 << 20) else {
            println!(
                "skipped an_index_or_a_record_of_decisions_on_a_full_volume: nobody may mount a file system here"
            );
            return;
        };
        let server = disk.serves();
        let channel = server.channel().await;
        let mut vacancies = VacancyServiceClient::new(channel.clone());
        vacancies.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
        let put = async |id: &str, version: usize| {
            let mut candidates = CandidateServiceClient::new(channel.clone());
            candidates.upsert_candidate(upsert(person(id, version))).await
        };
        let search = async || {
            let asked = v1::SearchCandidatesRequest { query: "mensen".to_owned(), ..Default::default() };
            MatchingServiceClient::new(channel.clone()).search_candidates(asked).await
        };
        let matched = async || {
            MatchingServiceClient::new(channel.clone()).match_candidates(candidates_for("v-1")).await
        };
        let found =
            async |count: usize| search().await.is_ok_and(|found| found.into_inner().hits.len() == count);
        for number in 0..10 {
            put(&format!("k-{number}"), 0).await.unwrap();
        }
        slowest = slowest.max(within_five_seconds("the search finds ten", || found(10)).await);
        disk.fill();
        // Records have their room, and are matched at once.
        for number in 10..15 {
            put(&format!("k-{number}"), 1).await.unwrap();
        }
        if part == "index" {
            let answer = matched().await.unwrap().into_inner();
            assert_eq!(answer.matches.len(), 15);
            // Long enough for the index to have tried.
            tokio::time::sleep(Duration::from_millis(1_500)).await;
            assert!(found(10).await, "the search does not go on with what it has");
        } else {
            let refused = matched().await.unwrap_err();
            assert_eq!(refused.code(), Code::Unavailable, "{refused}");
        }
        let got = v1::GetCandidateRequest { id: "k-14".to_owned(), ..Default::default() };
        let read = CandidateServiceClient::new(channel.clone()).get_candidate(got).await;
        assert_eq!(read.is_ok(), part == "index", "{read:?}");
        disk.make_room();
        let all_is_well = async || found(15).await && matched().await.is_ok();
        slowest = slowest.max(within_five_seconds("everything goes on", all_is_well).await);
        server.kill();
        let server = disk.serves();
        let mut candidates = CandidateServiceClient::new(server.channel().await);
        for number in 0..15 {
            let get = v1::GetCandidateRequest { id: format!("k-{number}"), ..Default::default() };
            candidates.get_candidate(get).await.unwrap();
        }
        server.kill();
    }
    println!(
        "{count} full volumes of an index or a record of decisions: 0 lost; everything went on after {slowest:?} at most"
    );
}
