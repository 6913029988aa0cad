//! A process that is killed while it writes or rebuilds leaves an index that opens, reaches at least the last commit
//! it answered, and holds exactly what the store had then.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{
    Change, Document, Entry, FilterField, Kind, Opened, Query, SearchIndex, StoreIdentity, TextField,
};

/// Tells the test process to be the one that gets killed, in this folder.
const FOLDER: &str = "PASSEND_INDEX_KILLED_FOLDER";
const RECORDS: u64 = 40;
const ROUNDS: u64 = 12;

fn identity() -> StoreIdentity {
    StoreIdentity { store_id: "killed".to_owned(), schema_version: 1 }
}

/// The store: change after change, without an end. Every third change deletes what another one wrote.
pub(crate) fn change(number: u64) -> Change {
    let id = format!("k{}", (number * 7) % RECORDS);
    if number.is_multiple_of(3) {
        return Change::Delete { kind: Kind::Candidate, id, change: number };
    }
    let document = Document::new(Kind::Candidate, id, number)
        .with_text(TextField::Title, format!("Monteur m{number}"))
        .with_text(TextField::Description, "techniek onderhoud storing ".repeat(50))
        .with_filter(FilterField::Status, "ACTIVE");
    Change::Upsert(document)
}

pub(crate) fn store_at(last: u64) -> Vec<Entry> {
    let mut entries = std::collections::BTreeMap::new();
    for change in (1..=last).map(change) {
        match change {
            Change::Upsert(document) => entries.insert(document.id, document.change),
            Change::Delete { id, .. } => entries.remove(&id),
        };
    }
    entries.into_iter().map(|(id, change)| Entry { kind: Kind::Candidate, id, change }).collect()
}

fn open(folder: &Path) -> SearchIndex {
    match SearchIndex::open(folder, &identity(), u64::MAX).unwrap() {
        Opened::Ready(index) => index,
        Opened::MustRebuild(reason) => panic!("{reason}"),
    }
}

/// The process that gets killed: follows the store in small batches, rebuilds now and then, says what is committed.
#[test]
#[ignore = "started by the test below, in a process of its own"]
fn follow_the_store_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        println!("skipped: there is no process to kill this one");
        return;
    };
    let mut index = open(folder.as_ref());
    loop {
        let from = index.last_committed_change() + 1;
        index.apply((from..from + 5).map(change)).unwrap();
        index.commit(from + 4).unwrap();
        println!("committed {}", from + 4);
        if from.is_multiple_of(4) {
            let mut rebuild = SearchIndex::rebuild(&folder, &identity()).unwrap();
            rebuild.apply((1..from + 5).map(change)).unwrap();
            index = rebuild.finish(from + 4).unwrap();
        }
    }
}

#[test]
fn what_was_committed_is_there_after_a_kill_and_nothing_half() {
    let folder = tempfile::tempdir().unwrap();
    drop(SearchIndex::rebuild(folder.path(), &identity()).unwrap().finish(0).unwrap());
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed_tests::follow_the_store_until_killed", "--ignored", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Killed at another commit each round, and a while into the work after it.
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut committed = (&mut lines).map_while(Result::ok).filter_map(|line| {
            let (_, number) = line.split_once("committed ")?;
            number.parse::<u64>().ok()
        });
        let mut last = committed.nth(round as usize % 5).expect("the process ended before it was killed");
        (0..round * 300_000).for_each(|step| {
            std::hint::black_box(step);
        });
        child.kill().unwrap();
        child.wait().unwrap();
        last = committed.last().unwrap_or(last);

        let index = open(folder.path());
        let reached = index.last_committed_change();
        assert!(reached >= last, "round {round}: {last} was answered, {reached} is there");
        assert_eq!(index.searcher().entries().unwrap(), store_at(reached), "round {round}");
        let query = Query {
            kind: Kind::Candidate,
            text: "monteur".to_owned(),
            filters: Vec::new(),
            offset: 0,
            limit: 100,
        };
        assert_eq!(index.searcher().search(&query).unwrap().total, store_at(reached).len(), "round {round}");
    }
}
