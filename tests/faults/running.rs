//! Damage to the files of a store and a record of decisions that are in use: whatever is answered is right, or an error that
//! says so.

use crate::{
    common::Server,
    damage::{self, PEOPLE, Right, asked, id},
    full_disk::copy,
    harness::{Numbers, rounds, seed},
};
use passend::{
    domain::text::CandidateId,
    store::{ReadError, Record, RecordId, RecordKind, RedbStore, Store, StoreOptions},
    wire::v1::{self, accountability_service_client::AccountabilityServiceClient},
};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    os::unix::fs::FileExt,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};
use tonic::Code;

/// Flips a bit of a file in its place; where.
fn flip(file: &Path, numbers: &mut Numbers) -> String {
    let open = File::options().read(true).write(true).open(file).unwrap();
    let at = numbers.below(open.metadata().unwrap().len());
    let mut byte = [0];
    open.read_exact_at(&mut byte, at).unwrap();
    byte[0] ^= 1 << numbers.below(8);
    open.write_all_at(&byte, at).unwrap();
    format!("{}: a bit of byte {at}", file.display())
}

/// The files of the record of decisions.
fn logs(folder: &Path) -> Vec<PathBuf> {
    let mut logs: Vec<_> =
        fs::read_dir(folder.join("decisions")).unwrap().map(|file| file.unwrap().path()).collect();
    logs.sort();
    logs
}

/// Reads everybody of a store that keeps next to nothing in memory, again after every flipped bit. How many reads said that
/// something is damaged.
fn read_under_damage(folder: &Path, flips: usize, numbers: &mut Numbers) -> usize {
    let options = StoreOptions { cache_bytes: 1 << 16, reserve_bytes: 0, ..StoreOptions::default() };
    let store = RedbStore::open(folder, &options).unwrap();
    let all = |store: &RedbStore| -> BTreeMap<RecordId, Vec<u8>> {
        let records = store.snapshot().unwrap();
        let records = records.records(RecordKind::Candidate, None).unwrap();
        records.map(|record| record.unwrap()).map(|record| (record.id, record.body)).collect()
    };
    let right = all(&store);
    assert_eq!(right.len(), PEOPLE);
    let (mut told, mut wrong) = (0, Vec::new());
    for _ in 0..flips {
        let what = flip(&folder.join("store.redb"), numbers);
        let mut read = |record: &Record| {
            if right.get(&record.id) != Some(&record.body) {
                wrong.push(format!("{what}: {}", record.id));
            }
        };
        let mut everybody = || -> Result<(), ReadError> {
            let snapshot = store.snapshot()?;
            for number in (0..PEOPLE).step_by(7) {
                let id: RecordId = CandidateId::new(damage::id(number)).unwrap().into();
                match snapshot.get(&id) {
                    Ok(Some(record)) => read(&record),
                    // The store alone cannot know of one that is missing: the service does, from who can be matched.
                    Ok(None) | Err(_) => told += 1,
                }
            }
            for record in snapshot.records(RecordKind::Candidate, None)? {
                record.map(|record| read(&record)).unwrap_or_else(|_| told += 1);
            }
            Ok(())
        };
        // The store's library does not expect a page to change between two reads: it may panic, and has ended the process.
        if !matches!(catch_unwind(AssertUnwindSafe(&mut everybody)), Ok(Ok(()))) {
            told += 1;
        }
    }
    assert!(wrong.is_empty(), "wrong bytes: {wrong:?}");
    told
}

/// A server under damage: whatever it answers is right, or says what is damaged.
async fn serve_under_damage(folder: &Path, right: &Right, flips: usize, numbers: &mut Numbers) -> usize {
    let server = Server::start(folder, 1).await;
    let mut matching = server.matching().await;
    let mut candidates = server.candidates().await;
    let mut records =
        AccountabilityServiceClient::new(server.channel().await).max_decoding_message_size(64 << 20);
    let mut told = 0;
    let first = matching.match_candidates(asked()).await.unwrap().into_inner();
    let get = |id: &str| v1::GetDecisionRequest { id: id.to_owned(), ..Default::default() };
    let entry = records.get_decision(get(&first.decision_id)).await.unwrap().into_inner();
    for _ in 0..flips {
        let logs = logs(folder);
        let files = [folder.join("store.redb"), logs[numbers.below(logs.len() as u64) as usize].clone()];
        let what = flip(&files[numbers.below(2) as usize], numbers);
        for _ in 0..5 {
            let id = id(numbers.below(PEOPLE as u64) as usize);
            let get = v1::GetCandidateRequest { id: id.clone(), ..Default::default() };
            match candidates.get_candidate(get).await {
                Ok(answer) => {
                    assert_eq!(answer.into_inner().candidate.as_ref(), right.people.get(&id), "{what}: {id}")
                }
                Err(status) if status.code() == Code::DataLoss => told += 1,
                Err(status) => panic!("{what}: {id}: {status}"),
            }
        }
        let matched = matching.match_candidates(asked()).await.unwrap().into_inner();
        if matched.excluded.is_empty() {
            assert_eq!(matched.matches, right.matched.matches, "{what}");
        }
        let query = format!("verhaal {}", numbers.below(PEOPLE as u64));
        let search = v1::SearchCandidatesRequest { query, page_size: 5, ..Default::default() };
        assert!(!matching.search_candidates(search).await.unwrap().into_inner().hits.is_empty(), "{what}");
        match records.get_decision(get(&first.decision_id)).await {
            Ok(answer) => assert_eq!(answer.into_inner(), entry, "{what}"),
            Err(status) if status.code() == Code::DataLoss => told += 1,
            Err(status) => panic!("{what}: the decision: {status}"),
        }
        // What is recorded now is read back, whatever was damaged before it, but for the names that its file begins with.
        match records.get_decision(get(&matched.decision_id)).await {
            Ok(answer) => {
                let people = answer.into_inner().decision.unwrap().people;
                assert_eq!(people.len(), matched.matches.len(), "{what}");
            }
            Err(status) if status.message().contains("header") => told += 1,
            Err(status) => panic!("{what}: the decision that was just made: {status}"),
        }
    }
    server.stop().await;
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_to_files_in_use_is_never_answered_as_data_and_the_folder_is_mended_at_a_stop() {
    // What the store's library does with a page that changed is tried in the long form only: it may end the process.
    let (count, of_the_store, seed) = (rounds(2, 30), rounds(0, 10), seed());
    let mut numbers = Numbers(seed);
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("sound");
    let right = damage::fill(&sound).await;
    let (mut flips, mut told) = (0, 0);
    for round in 0..count {
        let damaged = tempfile::tempdir().unwrap();
        let folder = damaged.path().join("data");
        copy(&sound, &folder);
        let before = folder.clone();
        let mut own = Numbers(numbers.next());
        told += tokio::task::spawn_blocking(move || read_under_damage(&before, of_the_store, &mut own))
            .await
            .unwrap();
        fs::remove_dir_all(&folder).unwrap();
        copy(&sound, &folder);
        told += serve_under_damage(&folder, &right, 10, &mut numbers).await;
        flips += 10 + of_the_store;
        let what = format!("round {round} (seed {seed})");
        damage::look(&folder, &right, &what, &mut numbers).await;
    }
    println!(
        "{flips} flipped bits in files in use (seed {seed}): 0 wrong bytes; {told} answers told of them"
    );
}
