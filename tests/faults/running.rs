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
    store::{
        ContactChange, Expected, OpenError, Operation, RecordId, RecordKind, RedbStore, StorageFault, Store,
        StoreOptions, WriteBatch, WriteError,
    },
    wire::v1::{self, accountability_service_client::AccountabilityServiceClient},
};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    os::unix::fs::FileExt,
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

/// A store that keeps next to nothing in memory, so that every page is read again and again.
fn forgetful(folder: &Path) -> Result<RedbStore, OpenError> {
    let options = StoreOptions { cache_bytes: 1 << 16, reserve_bytes: 0, ..StoreOptions::default() };
    RedbStore::open(folder, &options)
}

fn person(number: usize) -> RecordId {
    CandidateId::new(damage::id(number)).unwrap().into()
}

/// Everybody in a store.
type Everybody = BTreeMap<RecordId, Vec<u8>>;

fn everybody(store: &RedbStore) -> Everybody {
    let records = store.snapshot().unwrap();
    let records = records.records(RecordKind::Candidate, None).unwrap();
    records.map(|record| record.unwrap()).map(|record| (record.id, record.body)).collect()
}

/// Reads everybody: whoever is not as they should be is told, never missing. How many reads said so.
fn read_all(store: &RedbStore, right: &Everybody, what: &str) -> usize {
    let Ok(snapshot) = store.snapshot() else { return 1 };
    let mut told = 0;
    for number in (0..PEOPLE).step_by(7) {
        let id = person(number);
        match snapshot.get(&id) {
            Ok(found) => assert_eq!(found.map(|record| record.body).as_ref(), right.get(&id), "{what}: {id}"),
            Err(_) => told += 1,
        }
    }
    let mut seen = 0;
    let Ok(records) = snapshot.records(RecordKind::Candidate, None) else { return told + 1 };
    let before = told;
    for record in records {
        match record {
            Ok(record) => {
                assert_eq!(right.get(&record.id), Some(&record.body), "{what}: {}", record.id);
                seen += 1;
            }
            Err(_) => told += 1,
        }
    }
    assert!(seen == right.len() || told > before, "{what}: {seen} of {} and not a word", right.len());
    told
}

/// Reads everybody again after every flipped bit. How many reads said that something is damaged.
fn read_under_damage(folder: &Path, flips: usize, numbers: &mut Numbers) -> usize {
    let store = forgetful(folder).unwrap();
    let right = everybody(&store);
    assert_eq!(right.len(), PEOPLE);
    let flip = |_| read_all(&store, &right, &flip(&folder.join("store.redb"), numbers));
    (0..flips).map(flip).sum()
}

/// Writes after every flipped bit, until a write is refused: what was acknowledged is there, or the store says that it is
/// damaged. How many reads and writes said so.
fn write_under_damage(folder: &Path, flips: usize, numbers: &mut Numbers) -> usize {
    let store = forgetful(folder).unwrap();
    let mut right = everybody(&store);
    let mut told = 0;
    for turn in 0..flips {
        let what = flip(&folder.join("store.redb"), numbers);
        let (id, body) = (person(numbers.below(PEOPLE as u64) as usize), vec![turn as u8; 900]);
        let (expected, contact) = (Expected::Anything, ContactChange::Keep);
        let put = Operation::Put { id: id.clone(), expected, body: body.clone(), contact };
        match store.write(WriteBatch::of(put)) {
            Ok(_) => drop(right.insert(id, body)),
            Err(WriteError::Uncertain(StorageFault::ChangedInUse(_))) => {
                // Whether it was written is known after the next start only.
                right.remove(&id);
                told += 1;
                break;
            }
            Err(error) => panic!("{what}: {error}"),
        }
        told += read_all(&store, &right, &what);
    }
    drop(store);
    let Ok(store) = forgetful(folder) else { return told + 1 };
    let found = store.snapshot().unwrap();
    for (id, body) in &right {
        match found.get(id) {
            Ok(record) => {
                assert_eq!(record.map(|record| record.body).as_ref(), Some(body), "{id} after a start")
            }
            Err(_) => told += 1,
        }
    }
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
    let (count, of_the_store, seed) = (rounds(2, 30), rounds(15, 20), seed());
    let mut numbers = Numbers(seed);
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("sound");
    let right = damage::fill(&sound).await;
    let (mut flips, mut told) = (0, 0);
    for round in 0..count {
        let damaged = tempfile::tempdir().unwrap();
        let folder = damaged.path().join("data");
        copy(&sound, &folder);
        let (before, sound_again) = (folder.clone(), sound.clone());
        let mut own = Numbers(numbers.next());
        let store_alone = move || {
            let read = read_under_damage(&before, of_the_store, &mut own);
            let again = before.with_file_name("again");
            copy(&sound_again, &again);
            read + write_under_damage(&again, of_the_store, &mut own)
        };
        told += tokio::task::spawn_blocking(store_alone).await.unwrap();
        fs::remove_dir_all(&folder).unwrap();
        copy(&sound, &folder);
        told += serve_under_damage(&folder, &right, 10, &mut numbers).await;
        flips += 10 + 2 * of_the_store;
        let what = format!("round {round} (seed {seed})");
        damage::look(&folder, &right, &what, &mut numbers).await;
    }
    println!(
        "{flips} flipped bits in files in use (seed {seed}): 0 wrong bytes; {told} answers told of them"
    );
}
