//! Flipped bits, emptied pages and cut ends in any file of a stopped folder: never a wrong byte, never a panic, and the index
//! is what the store is.

use crate::{
    common::{Server, candidates_for, care_vacancy, carer, day, upsert, upsert_vacancy},
    full_disk::copy,
    harness::{Numbers, files, rounds, seed},
};
use passend::{
    engine::{self, Engine, EngineOptions},
    wire::v1::{self, rerank_service_client::RerankServiceClient},
};
use std::{collections::BTreeMap, fs, path::Path};
use tonic::Code;

pub(crate) const PEOPLE: usize = 1_020;
const PAGE: usize = 4_096;

/// What must be answered, from the sound folder.
pub(crate) struct Right {
    pub(crate) people: BTreeMap<String, v1::Candidate>,
    pub(crate) matched: v1::MatchCandidatesResponse,
    night: v1::GetShortlistResponse,
}

pub(crate) fn id(number: usize) -> String {
    format!("k-{number:04}")
}

pub(crate) fn asked() -> v1::MatchCandidatesRequest {
    v1::MatchCandidatesRequest { page_size: 50, ..candidates_for("v-1") }
}

fn night_asked() -> v1::GetShortlistRequest {
    let subject = Some(v1::get_shortlist_request::Subject::VacancyId("v-1".to_owned()));
    v1::GetShortlistRequest { subject, ..Default::default() }
}

/// Fills a folder, and says what is in it.
pub(crate) async fn fill(folder: &Path) -> Right {
    let server = Server::start(folder, 1).await;
    let mut candidates = server.candidates().await;
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let mut people = BTreeMap::new();
    for number in 0..PEOPLE {
        let presentation = format!("verhaal {number} over zorg");
        let person = v1::Candidate { presentation, ..carer(&id(number)) };
        let answer = candidates.upsert_candidate(upsert(person)).await.unwrap().into_inner();
        people.insert(id(number), answer.candidate.unwrap());
    }
    let mut reranks = RerankServiceClient::new(server.channel().await);
    let start = v1::StartRerankRequest { as_of: Some(day(2026, 11, 22)), ..Default::default() };
    let run = reranks.start_rerank(start).await.unwrap().into_inner().rerank.unwrap().id;
    let mut told = reranks.watch_rerank(v1::WatchRerankRequest { id: run }).await.unwrap().into_inner();
    while told.message().await.unwrap().is_some() {}
    let night = reranks.get_shortlist(night_asked()).await.unwrap().into_inner();
    let matched = server.matching().await.match_candidates(asked()).await.unwrap().into_inner();
    server.stop().await;
    assert!(matched.matches.len() == 50 && night.matches.len() > 10);
    let night = unrecorded(night);
    Right { people, matched, night }
}

/// The list without the id under which the answer was recorded.
fn unrecorded(list: v1::GetShortlistResponse) -> v1::GetShortlistResponse {
    v1::GetShortlistResponse { decision_id: String::new(), ..list }
}

/// Damages one file; what was done.
fn damage(folder: &Path, numbers: &mut Numbers) -> String {
    let all: Vec<_> = files(folder)
        .into_iter()
        .filter(|file| fs::metadata(file).is_ok_and(|file| file.len() > 0))
        .collect();
    let file = &all[numbers.below(all.len() as u64) as usize];
    let mut bytes = fs::read(file).unwrap();
    let at = numbers.below(bytes.len() as u64) as usize;
    let name = file.strip_prefix(folder).unwrap().display().to_string();
    let done = match numbers.below(3) {
        0 => {
            bytes[at] ^= 1 << numbers.below(8);
            format!("{name}: a bit of byte {at} flipped")
        }
        1 => {
            let page = at / PAGE * PAGE;
            let end = bytes.len().min(page + PAGE);
            bytes[page..end].fill(0);
            format!("{name}: page at {page} emptied")
        }
        _ => {
            bytes.truncate(at);
            format!("{name}: cut off at {at}")
        }
    };
    fs::write(file, bytes).unwrap();
    done
}

/// Opens a damaged folder: whatever it answers is right, or an error that says so.
pub(crate) async fn look(folder: &Path, right: &Right, what: &str, numbers: &mut Numbers) -> &'static str {
    let options = EngineOptions { folder: folder.to_owned(), threads: 1, ..Default::default() };
    let opened = tokio::task::spawn_blocking(move || {
        Engine::open(&options).map(drop).map_err(|error| error.to_string())
    });
    if let Err(told) = opened.await.unwrap_or_else(|_| panic!("{what}: a panic at the start")) {
        assert!(
            told.contains("damaged") || told.contains("backup") || told.contains("erased people"),
            "{what}: {told}"
        );
        return "refused";
    }
    let server = Server::start(folder, 1).await;
    let mut candidates = server.candidates().await;
    let mut damaged = 0;
    for _ in 0..60 {
        let id = id(numbers.below(PEOPLE as u64) as usize);
        let get = v1::GetCandidateRequest { id: id.clone(), ..Default::default() };
        match candidates.get_candidate(get).await {
            Ok(answer) => {
                assert_eq!(answer.into_inner().candidate.as_ref(), right.people.get(&id), "{what}: {id}")
            }
            Err(status) if status.code() == Code::DataLoss => damaged += 1,
            Err(status) => panic!("{what}: {id}: {status}"),
        }
    }
    let mut matching = server.matching().await;
    let mut matched = matching.match_candidates(asked()).await.unwrap().into_inner();
    matched.data_change_number = right.matched.data_change_number;
    if matched.excluded.is_empty() {
        assert_eq!(matched.matches, right.matched.matches, "{what}: the list");
    }
    let number = numbers.below(PEOPLE as u64);
    let query = format!("verhaal {number}");
    let search = v1::SearchCandidatesRequest { query, page_size: 5, ..Default::default() };
    let found = matching.search_candidates(search).await.unwrap().into_inner();
    assert!(damaged > 0 || !found.hits.is_empty(), "{what}: the search finds what is there");
    let mut reranks = RerankServiceClient::new(server.channel().await);
    match reranks.get_shortlist(night_asked()).await {
        Ok(night) => {
            assert_eq!(unrecorded(night.into_inner()), right.night, "{what}: the night")
        }
        Err(status) => assert!(
            matches!(status.code(), Code::DataLoss | Code::NotFound | Code::FailedPrecondition),
            "{what}: {status}"
        ),
    }
    server.stop().await;
    let check = engine::check(folder).unwrap().unwrap();
    let index_is_whole =
        check.findings.iter().all(|finding| matches!(finding, engine::CheckFinding::StoreDamaged(_)));
    assert!(index_is_whole, "{what}: {:?}", check.findings);
    if damaged == 0 && check.findings.is_empty() {
        return "as before";
    }
    // What is damaged is put aside, and all is well again.
    let (repaired, after) = engine::repair(folder).unwrap().unwrap();
    assert!(
        after.findings.is_empty() && repaired.put_aside > 0,
        "{what}: {repaired:?}, {:?}",
        after.findings
    );
    "repaired"
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_in_any_file_serves_no_wrong_byte_and_no_panic_and_the_index_is_made_anew() {
    let (count, seed) = (rounds(16, 600), seed());
    let mut numbers = Numbers(seed);
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("sound");
    let right = fill(&sound).await;
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..count {
        let damaged = tempfile::tempdir().unwrap();
        let folder = damaged.path().join("data");
        copy(&sound, &folder);
        let what = format!("{} (seed {seed})", damage(&folder, &mut numbers));
        *outcomes.entry(look(&folder, &right, &what, &mut numbers).await).or_default() += 1;
    }
    println!("{count} damaged files (seed {seed}): 0 wrong bytes, 0 panics; {outcomes:?}");
}
