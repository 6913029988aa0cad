//! Following a store: applying, replaying, committing, failing and going on.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value, json};
use tantivy::directory::Directory;

use crate::directory::{META, SealedDirectory};
use crate::identity::FORMAT;
use crate::testing::{built, candidate, delete, find, identity, ids, opened, region, vacancy};
use crate::{Change, Document, Entry, FilterField, IndexError, Kind, MAX_TERM_BYTES, SearchIndex, TextField};

fn entries(index: &SearchIndex) -> Vec<Entry> {
    index.searcher().entries().unwrap()
}

fn kok(id: &str, change: u64) -> Change {
    Change::Upsert(candidate(id, change).with_text(TextField::Title, "Kok"))
}

fn generation(folder: &Path) -> PathBuf {
    folder.join(fs::read_to_string(folder.join("current")).unwrap().trim())
}

fn meta(folder: &Path) -> Value {
    let directory = SealedDirectory::open(&generation(folder)).unwrap();
    serde_json::from_slice(&directory.atomic_read(Path::new(META)).unwrap()).unwrap()
}

fn payload(folder: &Path) -> Value {
    serde_json::from_str(meta(folder)["payload"].as_str().expect("every commit has a payload")).unwrap()
}

#[test]
fn a_document_comes_back_with_its_change_until_it_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = built(folder.path(), region());
    let entry = |kind, id: &str, change| Entry { kind, id: id.to_owned(), change };
    index
        .apply([
            Change::Upsert(candidate("k1", 5).with_text(TextField::Title, "Kok")),
            delete(Kind::Candidate, "k2", 6),
            delete(Kind::Candidate, "v1", 7), // a vacancy has this id, no candidate
        ])
        .unwrap();
    assert_eq!(ids(&find(&index, "verzorgende")), ["k1", "k2"], "nothing shows before the commit");
    index.commit(7).unwrap();

    let after =
        [entry(Kind::Candidate, "k1", 5), entry(Kind::Candidate, "k3", 3), entry(Kind::Vacancy, "v1", 4)];
    assert_eq!(entries(&index), after);
    assert_eq!(find(&index, "verzorgende").total, 0);
    assert_eq!(ids(&find(&index, "kok")), ["k1"]);
    drop(index);
    let index = opened(folder.path());
    assert_eq!(entries(&index), after);
    assert_eq!((index.last_committed_change(), index.searcher().last_change()), (7, 7));
    assert_eq!(index.searcher().count(Kind::Candidate).unwrap(), 2);
}

#[test]
fn searchers_follow_the_commits() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = built(folder.path(), Vec::new());
    let searcher = index.searcher();
    assert_eq!((searcher.last_change(), searcher.count(Kind::Candidate).unwrap()), (0, 0));
    index.apply([kok("k1", 1)]).unwrap();
    index.commit(1).unwrap();
    assert_eq!((searcher.last_change(), searcher.count(Kind::Candidate).unwrap()), (1, 1));
}

#[test]
fn every_commit_says_which_store_and_change_it_reaches_also_after_merges() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = built(folder.path(), Vec::new());
    let expected = |change: u64| json!({"store_id": "store-1", "schema_version": 3, "format": FORMAT, "last_change": change});
    assert_eq!(payload(folder.path()), expected(0));
    // Enough segments that tantivy merges some of them, which writes the meta file again.
    for change in 1..=20 {
        index.apply([kok(&format!("k{change}"), change)]).unwrap();
        index.commit(change).unwrap();
        assert_eq!(payload(folder.path()), expected(change));
    }
    index.commit(30).unwrap();
    assert_eq!(payload(folder.path()), expected(30), "a commit without new documents");
    let segments = || meta(folder.path())["segments"].as_array().unwrap().len();
    let begun = Instant::now();
    while segments() >= 20 && begun.elapsed() < Duration::from_secs(20) {
        std::thread::yield_now();
    }
    assert!(segments() < 20, "no merge to look at");
    assert_eq!(payload(folder.path()), expected(30));
    drop(index);
    assert_eq!(opened(folder.path()).last_committed_change(), 30);
}

#[test]
fn a_commit_behind_what_was_applied_is_refused_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = built(folder.path(), region());
    index.apply([kok("k9", 9)]).unwrap();
    assert!(matches!(index.commit(8), Err(IndexError::CommitBehind { through: 8, applied: 9 })));
    index.commit(9).unwrap();
    assert_eq!(ids(&find(&index, "kok")), ["k9"]);
    assert!(matches!(index.commit(4), Err(IndexError::CommitBehind { through: 4, applied: 9 })));
}

#[test]
fn what_is_too_long_for_a_term_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = built(folder.path(), Vec::new());
    let (fits, long) = ("x".repeat(MAX_TERM_BYTES), "x".repeat(MAX_TERM_BYTES + 1));
    let filtered =
        |value: &str| Change::Upsert(candidate(&fits, 1).with_filter(FilterField::Caseload, value));
    for (change, name) in
        [(kok(&long, 1), "id"), (delete(Kind::Vacancy, &long, 1), "id"), (filtered(&long), "caseload")]
    {
        let Err(IndexError::TermTooLong { field, bytes, .. }) = index.apply([change]) else {
            panic!("taken")
        };
        assert_eq!((field, bytes), (name, MAX_TERM_BYTES + 1));
    }
    index.apply([filtered(&fits)]).unwrap();
    index.commit(1).unwrap();
    assert_eq!(entries(&index).len(), 1);
}

#[test]
fn text_of_a_megabyte_is_indexed() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{} monteur {} lasser", "(".repeat(500_000), "x".repeat(500_000));
    let index = built(
        folder.path(),
        vec![Change::Upsert(candidate("k1", 1).with_text(TextField::Description, text))],
    );
    assert_eq!(ids(&find(&index, "lasser monteur")), ["k1"]);
}

#[test]
fn after_a_failed_write_a_replay_from_the_last_commit_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = built(folder.path(), region());
    let (here, away) = (generation(folder.path()), folder.path().join("away"));
    index.apply([kok("k5", 5)]).unwrap();
    fs::rename(&here, &away).unwrap();
    let Err(IndexError::Write { last_committed_change: 4, .. }) = index.commit(5) else { panic!("written") };
    assert_eq!(index.last_committed_change(), 4);
    assert_eq!(ids(&find(&index, "verzorgende")), ["k1", "k2"], "searches go on meanwhile");
    let failed = index.apply([kok("k5", 5)]).and_then(|()| index.commit(5));
    assert!(matches!(failed, Err(IndexError::Write { last_committed_change: 4, .. })));

    fs::rename(&away, &here).unwrap();
    index.apply([kok("k5", 5), kok("k6", 6)]).unwrap();
    index.commit(6).unwrap();
    assert_eq!(ids(&find(&index, "kok")), ["k5", "k6"]);
    drop(index);
    assert_eq!(entries(&opened(folder.path())).len(), 6);
}

/// A store of a few records: what the last change of each says.
fn expected(changes: &[Change]) -> Vec<Entry> {
    let mut records = std::collections::BTreeMap::new();
    for change in changes {
        match change {
            Change::Upsert(Document { kind, id, change, .. }) => records.insert((*kind, id.clone()), *change),
            Change::Delete { kind, id, .. } => records.remove(&(*kind, id.clone())),
        };
    }
    records.into_iter().map(|((kind, id), change)| Entry { kind, id, change }).collect()
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = (any::<bool>(), 0..5u8, any::<bool>());
    prop::collection::vec(change, 1..30).prop_map(|changes| {
        let numbered = changes.into_iter().zip(1..);
        numbered
            .map(|((upsert, id, of_candidate), number)| {
                let id = format!("r{id}");
                match (upsert, of_candidate) {
                    (true, true) => Change::Upsert(candidate(&id, number)),
                    (true, false) => Change::Upsert(vacancy(&id, number)),
                    (false, true) => delete(Kind::Candidate, &id, number),
                    (false, false) => delete(Kind::Vacancy, &id, number),
                }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn index_equals_store_however_often_changes_are_replayed(
        changes in changes(),
        batch in 1..10usize,
        replayed in 0..10usize,
        reopen in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut index = built(folder.path(), Vec::new());
        let mut done = 0;
        while done < changes.len() {
            let end = changes.len().min(done + batch);
            index.apply(changes[done.saturating_sub(replayed)..end].iter().cloned()).unwrap();
            index.commit(end as u64).unwrap();
            done = end;
            prop_assert_eq!(entries(&index), expected(&changes[..done]));
            if reopen {
                drop(index);
                index = opened(folder.path());
                prop_assert_eq!(index.last_committed_change(), done as u64);
            }
        }
        let mut rebuild = SearchIndex::rebuild(folder.path(), &identity()).unwrap();
        rebuild.apply(changes.iter().cloned()).unwrap();
        prop_assert_eq!(entries(&rebuild.finish(changes.len() as u64).unwrap()), expected(&changes));
    }
}
