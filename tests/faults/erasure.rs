//! Erasing people while others write, match and search: invisible at once, no byte left, and no backup brings them back.

use crate::{
    common::{Server, candidates_for, care_vacancy, carer, day, upsert, upsert_vacancy},
    harness::{Numbers, files, rounds, seed},
};
use passend::{
    engine::backup,
    wire::v1::{
        self, accountability_service_client::AccountabilityServiceClient,
        privacy_service_client::PrivacyServiceClient, rerank_service_client::RerankServiceClient,
    },
};
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tonic::{Code, transport::Channel};

/// A person with words that nobody else has.
fn person(number: usize, mark: &str, version: usize) -> v1::Candidate {
    let restricted = v1::RestrictedData {
        contact: Some(v1::ContactData {
            name: format!("Naam{mark}van{number}x"),
            emails: vec![format!("{mark}.{number}x@voorbeeld.nl")],
            ..v1::ContactData::default()
        }),
        advisor_notes: vec![format!("aantekening{mark}over{number}x")],
        ..v1::RestrictedData::default()
    };
    v1::Candidate {
        presentation: format!("Versie {version}: vertelling{mark}van{number}x over zorg voor ouderen"),
        restricted: Some(restricted),
        ..carer(&id(number, mark))
    }
}

fn id(number: usize, mark: &str) -> String {
    format!("{mark}-persoon-{number}x")
}

/// Everything that only this person's data hold.
fn marks(number: usize, mark: &str) -> Vec<String> {
    vec![
        id(number, mark),
        format!("Naam{mark}van{number}x"),
        format!("{mark}.{number}x@voorbeeld.nl"),
        format!("aantekening{mark}over{number}x"),
        format!("vertelling{mark}van{number}x"),
    ]
}

/// What of these people stands in the files, found without any help of the program.
fn left(folder: &Path, people: &[usize], mark: &str) -> Vec<String> {
    let sought: Vec<String> = people.iter().flat_map(|number| marks(*number, mark)).collect();
    let finder = aho_corasick::AhoCorasick::new(&sought).unwrap();
    let mut found = Vec::new();
    for path in files(folder) {
        let Ok(bytes) = fs::read(&path) else { continue };
        let hits = finder.find_overlapping_iter(&bytes);
        found.extend(hits.map(|hit| format!("{}: {}", path.display(), sought[hit.pattern().as_usize()])));
    }
    found
}

/// Whether a person is in no answer of any method any more.
async fn assert_invisible(server: &Server, number: usize, mark: &str) {
    let id = id(number, mark);
    let mut candidates = server.candidates().await;
    let get = v1::GetCandidateRequest { id: id.clone(), ..Default::default() };
    assert_eq!(candidates.get_candidate(get).await.unwrap_err().code(), Code::NotFound);
    let listed = v1::ListCandidatesRequest { page_size: 1_000, ..Default::default() };
    let listed = candidates.list_candidates(listed).await.unwrap().into_inner();
    assert!(listed.candidates.iter().all(|person| person.id != id), "{id} is listed");
    let mut matching = server.matching().await;
    let asked = v1::MatchCandidatesRequest { page_size: 1_000, ..candidates_for("v-1") };
    let matched = matching.match_candidates(asked).await.unwrap().into_inner();
    assert!(!format!("{matched:?}").contains(&id), "{id} is matched");
    let query = format!("vertelling{mark}van{number}x");
    let search = v1::SearchCandidatesRequest { query, page_size: 1_000, ..Default::default() };
    let found = matching.search_candidates(search).await.unwrap().into_inner();
    assert!(found.hits.iter().all(|hit| hit.id != id), "{id} is found");
    let mut reranks = RerankServiceClient::new(server.channel().await);
    let of_vacancy = v1::get_shortlist_request::Subject::VacancyId("v-1".to_owned());
    let list = v1::GetShortlistRequest { subject: Some(of_vacancy), ..Default::default() };
    let list = reranks.get_shortlist(list).await.unwrap().into_inner();
    assert!(!format!("{list:?}").contains(&id), "{id} stands in a night");
    let of_person = v1::get_shortlist_request::Subject::CandidateId(id.clone());
    let list = v1::GetShortlistRequest { subject: Some(of_person), ..Default::default() };
    assert_eq!(reranks.get_shortlist(list).await.unwrap_err().code(), Code::NotFound);
}

async fn night(reranks: &mut RerankServiceClient<Channel>, on: v1::Date) {
    let asked = v1::StartRerankRequest { as_of: Some(on), ..Default::default() };
    let id = reranks.start_rerank(asked).await.unwrap().into_inner().rerank.unwrap().id;
    let mut told = reranks.watch_rerank(v1::WatchRerankRequest { id }).await.unwrap().into_inner();
    while told.message().await.unwrap().is_some() {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_erased_under_load_is_invisible_at_once_leaves_no_byte_and_does_not_come_back() {
    let (people, seed) = (rounds(20, 200), seed());
    let mark = format!("zq{seed}");
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
    let server = Server::start(&data, 1).await;
    let mut candidates = server.candidates().await;
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    for number in 0..people {
        for version in 0..2 {
            candidates.upsert_candidate(upsert(person(number, &mark, version))).await.unwrap();
        }
    }
    candidates.upsert_candidate(upsert(carer("blijft"))).await.unwrap();
    let mut reranks = RerankServiceClient::new(server.channel().await);
    night(&mut reranks, day(2026, 11, 20)).await;
    night(&mut reranks, day(2026, 11, 21)).await;
    // An answer that names everybody: in the backup, and in the record that goes on.
    let of_all = v1::MatchCandidatesRequest { page_size: 1_000, ..candidates_for("v-1") };
    let of_all = server.matching().await.match_candidates(of_all).await.unwrap().into_inner();
    assert_eq!(of_all.matches.len(), people + 1);
    let stays = of_all.matches.iter().find(|found| found.candidate == "blijft").unwrap().clone();
    let mut operation = v1::operation_service_client::OperationServiceClient::new(server.channel().await);
    let asked = v1::BackUpRequest { folder: copy.to_str().unwrap().to_owned() };
    let made = operation.back_up(asked).await.unwrap().into_inner();
    assert!(made.files >= 3 && made.bytes > 0, "{made:?}");
    assert!(!left(&copy, &[people - 1], &mark).is_empty(), "the look finds what is there");

    let ended = Arc::new(AtomicBool::new(false));
    let written = Arc::new(AtomicUsize::new(0));
    let mut load = Vec::new();
    for writer in 0..3 {
        let (mut candidates, mut matching) = (server.candidates().await, server.matching().await);
        let (ended, written) = (Arc::clone(&ended), Arc::clone(&written));
        load.push(tokio::spawn(async move {
            for number in 0.. {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let other = v1::Candidate {
                    presentation: format!("ronde {number}"),
                    ..carer(&format!("ander-{writer}-{}", number % 40))
                };
                candidates.upsert_candidate(upsert(other)).await.unwrap();
                let asked = v1::MatchCandidatesRequest { page_size: 100, ..candidates_for("v-1") };
                matching.match_candidates(asked).await.unwrap();
                written.fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    let mut privacy = PrivacyServiceClient::new(server.channel().await);
    let mut numbers = Numbers(seed);
    let (mut slowest, mut longest_pause) = (Duration::ZERO, 0);
    let nobody = privacy.erase_person(v1::ErasePersonRequest { id: "niemand".into(), wait: true }).await;
    assert_eq!(nobody.unwrap_err().code(), Code::NotFound);
    for number in 0..people {
        let asked = v1::ErasePersonRequest { id: id(number, &mark), wait: numbers.below(5) == 0 };
        if number == 0 {
            let export = v1::ExportPersonRequest { id: id(0, &mark), ..Default::default() };
            let export = privacy.export_person(export).await.unwrap().into_inner();
            let told = format!("{:?}", export.candidate.clone().unwrap().provenance);
            assert!(told.contains("presentation"), "{told}");
            let restricted = export.candidate.unwrap().restricted.unwrap();
            assert_eq!(restricted.contact.unwrap().name, format!("Naam{mark}van0x"));
            assert_eq!(export.nights.len(), 2);
        }
        let wait = asked.wait;
        let began = Instant::now();
        let answer = if number % 3 == 1 && !wait {
            let asked = v1::DeleteCandidateRequest { id: id(number, &mark), ..Default::default() };
            candidates.delete_candidate(asked).await.unwrap();
            v1::ErasePersonResponse::default()
        } else {
            privacy.erase_person(asked).await.unwrap().into_inner()
        };
        if !wait {
            slowest = slowest.max(began.elapsed());
        }
        assert_invisible(&server, number, &mark).await;
        if wait {
            assert!(answer.purged, "{answer:?}");
            assert_eq!(left(&data, &(0..=number).collect::<Vec<_>>(), &mark), Vec::<String>::new());
            longest_pause = longest_pause.max(answer.writes_paused_milliseconds);
        }
    }
    // The last of all waits for the bytes of everybody before, while a run works with their data.
    candidates.upsert_candidate(upsert(person(people, &mark, 0))).await.unwrap();
    let again = v1::StartRerankRequest { as_of: Some(day(2026, 11, 22)), ..Default::default() };
    let run = reranks.start_rerank(again).await.unwrap().into_inner().rerank.unwrap().id;
    let asked = v1::ErasePersonRequest { id: id(people, &mark), wait: true };
    let answer = privacy.erase_person(asked).await.unwrap().into_inner();
    let proof = answer.proof.clone().unwrap();
    assert!(answer.purged && proof.left.is_empty() && proof.sought >= 8, "{answer:?}");
    let everybody: Vec<usize> = (0..=people).collect();
    assert_eq!(left(&data, &everybody, &mark), Vec::<String>::new());
    let mut told = reranks.watch_rerank(v1::WatchRerankRequest { id: run }).await.unwrap().into_inner();
    while told.message().await.unwrap().is_some() {}
    assert_eq!(left(&data, &everybody, &mark), Vec::<String>::new(), "not in a night either");
    ended.store(true, Ordering::Relaxed);
    for writer in load {
        writer.await.unwrap();
    }
    // An answer that was under way while they were purged did not bring them back into the record.
    assert_eq!(left(&data, &everybody, &mark), Vec::<String>::new(), "after the last answer");
    // Their bytes are still there when the restore comes: nothing of the record's file is purged by a server any more.
    candidates.upsert_candidate(upsert(person(people + 1, &mark, 0))).await.unwrap();
    let asked = v1::MatchCandidatesRequest { page_size: 1_000, ..candidates_for("v-1") };
    server.matching().await.match_candidates(asked).await.unwrap();
    let asked = v1::DeleteCandidateRequest { id: id(people + 1, &mark), ..Default::default() };
    candidates.delete_candidate(asked).await.unwrap();
    assert!(!left(&data, &[people + 1], &mark).is_empty());
    let everybody: Vec<usize> = (0..=people + 1).collect();
    assert!(slowest < Duration::from_secs(1), "an erasure took {slowest:?}");
    server.stop().await;

    // A backup of before brings nobody back: where its folder is, and where only the file of the erased people is left.
    let kept = folder.path().join("erasures.log");
    fs::copy(data.join("erasures.log"), &kept).unwrap();
    let restored = backup::restore(&data, &copy, &[]).unwrap();
    assert_eq!(restored.erased_again, people as u64);
    assert_eq!(left(&data, &everybody, &mark), Vec::<String>::new(), "after a restore");
    let elsewhere = folder.path().join("elsewhere");
    let restored = backup::restore(&elsewhere, &copy, &[kept]).unwrap();
    assert_eq!(restored.erased_again, people as u64);
    assert_eq!(left(&elsewhere, &everybody, &mark), Vec::<String>::new(), "after a restore elsewhere");
    for folder in [&data, &elsewhere] {
        assert_eq!(restored.unreadable, 0);
        let verify = ["audit", "verify", "--language", "en", "--log", "error", "--data"];
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_passend"));
        let told = command.args(verify).arg(folder).output().unwrap();
        assert!(told.status.success(), "{told:?}");
        let server = Server::start(folder, 1).await;
        // Who was erased reads so in what was told of everybody; who was not keeps every byte.
        let asked = v1::GetDecisionRequest { id: of_all.decision_id.clone(), ..Default::default() };
        let mut records = AccountabilityServiceClient::new(server.channel().await);
        let told = records.get_decision(asked).await.unwrap().into_inner().decision.unwrap();
        assert_eq!(told.people.iter().filter(|one| one.erased && one.text == "Gewist").count(), people);
        let [kept] = &told.matches[..] else { panic!("{} matches", told.matches.len()) };
        let of_the_moment = |found: &v1::Match| v1::Match {
            questions: Vec::new(),
            instruments: Vec::new(),
            employer_pseudonym: String::new(),
            ..found.clone()
        };
        assert_eq!(*kept, of_the_moment(&stays));
        assert_invisible(&server, 0, &mark).await;
        let mut candidates = server.candidates().await;
        // Whoever registers again is there, and stays.
        candidates.upsert_candidate(upsert(person(1, &mark, 9))).await.unwrap();
        server.stop().await;
        let check = passend::engine::check(folder).unwrap().unwrap();
        assert!(check.findings.is_empty(), "{:?}", check.findings);
    }
    println!(
        "{people} erased under load of {} writes (seed {seed}): 0 visible, 0 bytes left, 0 back after two restores; slowest \
         {slowest:?}, longest pause of writes {longest_pause} ms",
        written.load(Ordering::Relaxed)
    );
}
