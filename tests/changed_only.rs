//! A night that ranks only what changed has the bytes of one that ranks everything, whatever changed.

#![allow(clippy::unwrap_used, reason = "a test reports by panics")]

mod common;

use common::{
    Server, care_vacancy, carer,
    folders::{copy, nights, region, run},
    upsert, upsert_vacancy,
};
use passend::{
    night::Nights,
    wire::v1::{
        self, candidate_service_client::CandidateServiceClient, vacancy_service_client::VacancyServiceClient,
    },
};
use std::path::Path;
use tonic::transport::Channel;

const RUN: &str = "rerank --as-of 2026-11-22";

async fn delete_candidate(candidates: &mut CandidateServiceClient<Channel>, id: &str) {
    let delete = v1::DeleteCandidateRequest { id: id.to_owned(), ..v1::DeleteCandidateRequest::default() };
    candidates.delete_candidate(delete).await.unwrap();
}

async fn delete_vacancy(vacancies: &mut VacancyServiceClient<Channel>, id: &str) {
    let delete = v1::DeleteVacancyRequest { id: id.to_owned(), ..v1::DeleteVacancyRequest::default() };
    vacancies.delete_vacancy(delete).await.unwrap();
}

/// Everybody and every vacancy of the last night.
fn ids(folder: &Path) -> (Vec<String>, Vec<String>) {
    let night = Nights::open(folder).night(None, None).unwrap();
    (night.people().to_vec(), night.vacancies().map(str::to_owned).collect())
}

/// Runs everything on one copy and only what changed on another; whether anything was taken over.
fn same_bytes(folder: &Path, line: &str) -> bool {
    let changed = copy(folder);
    let whole = copy(folder);
    run(whole.path(), line);
    let told = run(changed.path(), &format!("{line} --changed-only --format json"));
    assert_eq!(nights(changed.path()), nights(whole.path()), "{line}");
    told.contains("\"tookOver\": true")
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_changed_gives_the_bytes_of_the_whole() {
    let folder = region(400, 120);
    let in_care = format!("{RUN} --sector 87");
    run(folder.path(), RUN);
    run(folder.path(), &in_care);
    // Changes of every kind: people and vacancies that are new, others, closed and gone.
    let (people, openings) = ids(folder.path());
    let server = Server::start(folder.path(), 2).await;
    let (mut candidates, mut vacancies) = (server.candidates().await, server.vacancies().await);
    for (number, id) in people.iter().enumerate().filter(|(number, _)| number % 23 == 0) {
        let get = v1::GetCandidateRequest { id: id.clone(), ..v1::GetCandidateRequest::default() };
        let mut person = candidates.get_candidate(get).await.unwrap().into_inner().candidate.unwrap();
        match number % 3 {
            0 => person = v1::Candidate { etag: String::new(), ..carer(id) },
            1 => person.status = v1::CandidateStatus::Placed.into(),
            _ => {
                delete_candidate(&mut candidates, id).await;
                continue;
            }
        }
        candidates.upsert_candidate(upsert(person)).await.unwrap();
    }
    for (number, id) in openings.iter().enumerate().filter(|(number, _)| number % 31 == 0) {
        if number % 2 == 0 {
            vacancies.upsert_vacancy(upsert_vacancy(care_vacancy(id))).await.unwrap();
        } else {
            delete_vacancy(&mut vacancies, id).await;
        }
    }
    candidates.upsert_candidate(upsert(carer("a-newcomer"))).await.unwrap();
    vacancies.upsert_vacancy(upsert_vacancy(care_vacancy("a-new-one"))).await.unwrap();
    server.stop().await;
    assert!(same_bytes(folder.path(), RUN));
    assert!(same_bytes(folder.path(), &in_care));
    // A month later most people have a dated step.
    assert!(!same_bytes(folder.path(), "rerank --as-of 2026-12-20"));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_equals_and_lists_that_lose_more_than_they_kept_give_the_bytes_of_the_whole() {
    // So many of one kind that no list holds all who share its end, and so many of another that it just does.
    let folder = region(150, 130);
    let server = Server::start(folder.path(), 2).await;
    let (mut candidates, mut vacancies) = (server.candidates().await, server.vacancies().await);
    for number in 0..300 {
        candidates.upsert_candidate(upsert(carer(&format!("equal-{number:03}")))).await.unwrap();
    }
    for number in 0..90 {
        let other = v1::Candidate { skills: Vec::new(), ..carer(&format!("other-{number:03}")) };
        candidates.upsert_candidate(upsert(other)).await.unwrap();
        vacancies.upsert_vacancy(upsert_vacancy(care_vacancy(&format!("w-{number:03}")))).await.unwrap();
    }
    server.stop().await;
    run(folder.path(), RUN);
    let (people, openings) = ids(folder.path());

    // A few of each leave, change and come.
    let server = Server::start(folder.path(), 2).await;
    let (mut candidates, mut vacancies) = (server.candidates().await, server.vacancies().await);
    for number in (0..300).step_by(40) {
        delete_candidate(&mut candidates, &format!("equal-{number:03}")).await;
        let id = format!("equal-{:03}", number + 1);
        let unskilled = v1::Candidate { skills: Vec::new(), ..carer(&id) };
        candidates.upsert_candidate(upsert(unskilled)).await.unwrap();
    }
    for number in (0..90).step_by(30) {
        candidates.upsert_candidate(upsert(carer(&format!("other-{number:03}")))).await.unwrap();
        delete_vacancy(&mut vacancies, &format!("w-{number:03}")).await;
    }
    candidates.upsert_candidate(upsert(carer("one-more"))).await.unwrap();
    server.stop().await;
    assert!(same_bytes(folder.path(), RUN));

    // Half of everything is gone: no list has enough left.
    let server = Server::start(folder.path(), 2).await;
    let (mut candidates, mut vacancies) = (server.candidates().await, server.vacancies().await);
    let is_there = |id: &&String| !id.ends_with("0") && !id.ends_with("1");
    for id in people.iter().filter(is_there).step_by(2) {
        delete_candidate(&mut candidates, id).await;
    }
    for id in openings.iter().filter(is_there).step_by(2) {
        delete_vacancy(&mut vacancies, id).await;
    }
    server.stop().await;
    assert!(same_bytes(folder.path(), RUN));
    // And a night that went on from another is gone on from again.
    run(folder.path(), &format!("{RUN} --changed-only"));
    let server = Server::start(folder.path(), 2).await;
    server.candidates().await.upsert_candidate(upsert(carer("the-last"))).await.unwrap();
    server.stop().await;
    assert!(same_bytes(folder.path(), RUN));
}
