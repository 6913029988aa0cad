//! What the store does when its file is damaged, or when its process is killed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "in a test a panic is the report"
)]

use passend::{
    domain::text::{CandidateId, VacancyId},
    store::{
        ChangeKind, ChangeNumber, Contact, ContactChange, Expected, OpenError, Operation, ReadError,
        RecordId, RecordKind, RedbStore, RequestKey, Snapshot, StorageFault, Store, StoreOptions, WriteBatch,
    },
};
use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

const FILE: &str = "store.redb";

fn open(folder: &Path) -> Result<RedbStore, OpenError> {
    RedbStore::open(folder, &StoreOptions::default())
}

fn candidate(id: &str) -> RecordId {
    CandidateId::new(id).unwrap().into()
}

fn put(id: RecordId, body: Vec<u8>) -> Operation {
    Operation::Put { id, expected: Expected::Anything, body, contact: ContactChange::Keep }
}

/// A small generator with a fixed seed (SplitMix64), so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Everything that can be read of a store, faults of single entries included.
#[derive(Debug, Default, PartialEq, Eq)]
struct Contents {
    records: BTreeMap<RecordId, (ChangeNumber, Vec<u8>)>,
    contacts: BTreeMap<RecordId, Vec<u8>>,
    changes: BTreeMap<ChangeNumber, (RecordId, ChangeKind)>,
    requests: BTreeMap<String, Vec<ChangeNumber>>,
    faults: usize,
}

impl Contents {
    fn read(snapshot: &dyn Snapshot) -> Result<Self, ReadError> {
        let mut contents = Self::default();
        for kind in RecordKind::ALL {
            for record in snapshot.records(kind, None)? {
                let Ok(record) = record else {
                    contents.faults += 1;
                    continue;
                };
                match snapshot.contact(&record.id) {
                    Ok(Some(contact)) => drop(contents.contacts.insert(record.id.clone(), contact.body)),
                    Ok(None) => {}
                    Err(_) => contents.faults += 1,
                }
                contents.records.insert(record.id, (record.version, record.body));
            }
        }
        for change in snapshot.changes_after(ChangeNumber::ZERO)? {
            match change {
                Ok(change) => drop(contents.changes.insert(change.number, (change.id, change.kind))),
                Err(_) => contents.faults += 1,
            }
        }
        for number in 0..60 {
            let id = format!("request-{number}");
            match snapshot.request(&id) {
                Ok(Some((_, written))) => drop(contents.requests.insert(id, written.changes)),
                Ok(None) => {}
                Err(_) => contents.faults += 1,
            }
        }
        Ok(contents)
    }

    /// Whether everything that could be read is what is right, and what could not be read was said.
    fn assert_only_right(&self, right: &Self, what: &str) {
        for (id, record) in &self.records {
            assert_eq!(Some(record), right.records.get(id), "{what}: {id}");
        }
        for (id, contact) in &self.contacts {
            assert_eq!(Some(contact), right.contacts.get(id), "{what}: contact of {id}");
        }
        for (number, change) in &self.changes {
            assert_eq!(Some(change), right.changes.get(number), "{what}: change {number}");
        }
        for (id, numbers) in &self.requests {
            assert_eq!(Some(numbers), right.requests.get(id), "{what}: {id}");
        }
        if self.faults == 0 {
            assert_eq!(self, right, "{what}: nothing may be missing without a word");
        }
    }
}

/// A closed store with records of many sizes, some deleted, and what is in it.
fn sample(folder: &Path) -> Contents {
    let store = open(folder).unwrap();
    let mut numbers = Numbers(2);
    for number in 0..60_u64 {
        let body: Vec<u8> = (0..numbers.below(6_000)).map(|_| numbers.next() as u8).collect();
        let contact = Contact {
            keys: store.secret().email_key(&format!("k{number}@voorbeeld.nl")).into_iter().collect(),
            body: format!("contact {number}").into(),
        };
        let contact = ContactChange::Replace(contact);
        let id = candidate(&format!("k{number}"));
        let job = VacancyId::new(format!("v{number}")).unwrap().into();
        let operations = vec![
            Operation::Put { id, expected: Expected::Absent, body, contact },
            put(job, vec![number as u8; 700]),
        ];
        let request = Some(RequestKey::new(&format!("request-{number}"), b""));
        store.write(WriteBatch { request, operations }).unwrap();
    }
    for number in (0..60).filter(|number| number % 4 == 0) {
        let id = candidate(&format!("k{number}"));
        store.write(WriteBatch::of(Operation::Delete { id, expected: Expected::Present })).unwrap();
    }
    let contents = Contents::read(&*store.snapshot().unwrap()).unwrap();
    assert_eq!((contents.records.len(), contents.contacts.len(), contents.faults), (105, 45, 0));
    // Without free space in the file, most of it matters.
    store.compact().unwrap();
    contents
}

/// Opens a damaged file: whatever comes of it is right, or a typed error.
fn assert_never_wrong(folder: &Path, right: &Contents, what: &str) -> &'static str {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let store = match open(folder) {
            Ok(store) => store,
            Err(OpenError::NotAStore { .. } | OpenError::Storage { fault: StorageFault::Damaged(_), .. }) => {
                return "refused";
            }
            Err(error) => panic!("{what}: {error:?}"),
        };
        match store.snapshot().and_then(|snapshot| Contents::read(&*snapshot)) {
            Ok(contents) => contents.assert_only_right(right, what),
            Err(ReadError::Storage(StorageFault::Damaged(_))) => return "refused while reading",
            Err(error) => panic!("{what}: {error:?}"),
        }
        store.write(WriteBatch::of(put(candidate("new"), vec![1]))).unwrap();
        assert!(store.check().unwrap().findings.is_empty());
        "opened"
    }));
    outcome.unwrap_or_else(|_| panic!("{what}: panicked"))
}

#[test]
fn a_flipped_bit_anywhere_never_serves_a_wrong_byte() {
    let original = tempfile::tempdir().unwrap();
    let right = sample(original.path());
    let sound = fs::read(original.path().join(FILE)).unwrap();
    let mut numbers = Numbers(80);
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for round in 0..80 {
        // A quarter of the flips in the file's header, where few bytes hold everything up.
        let end = if round % 4 == 0 { 512 } else { sound.len() as u64 };
        let (offset, bit) = (numbers.below(end), numbers.below(8));
        let folder = tempfile::tempdir().unwrap();
        let mut damaged = sound.clone();
        damaged[offset as usize] ^= 1 << bit;
        fs::write(folder.path().join(FILE), damaged).unwrap();
        let what = format!("byte {offset} of {}, bit {bit}", sound.len());
        *outcomes.entry(assert_never_wrong(folder.path(), &right, &what)).or_default() += 1;
    }
    println!("80 flips: {outcomes:?}");
    assert!(outcomes.get("refused").is_some_and(|refused| *refused > 20), "{outcomes:?}");
}

#[test]
fn a_file_that_was_cut_off_is_refused_or_whole() {
    let original = tempfile::tempdir().unwrap();
    let right = sample(original.path());
    let sound = fs::read(original.path().join(FILE)).unwrap();
    let length = sound.len();
    for kept in [0, 1, 8, 9, 100, 511, 512, 4095, 4096, length / 3, length / 2, length - 4096, length - 1] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), &sound[..kept]).unwrap();
        let outcome = assert_never_wrong(folder.path(), &right, &format!("{kept} of {length} bytes"));
        assert!(kept > length / 2 || outcome == "refused", "{kept} of {length} bytes: {outcome}");
    }
}

#[test]
fn a_file_of_another_program_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    fs::write(&path, b"%PDF-1.7 and more that is no store").unwrap();
    assert!(matches!(open(folder.path()), Err(OpenError::NotAStore { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"%PDF-1.7 and more that is no store");

    fs::remove_file(&path).unwrap();
    redb::Database::create(&path).unwrap();
    assert!(matches!(open(folder.path()), Err(OpenError::NotAStore { .. })), "a redb file, but not ours");

    let file_as_folder = folder.path().join("file");
    fs::write(&file_as_folder, b"").unwrap();
    let error = open(&file_as_folder).err().unwrap().to_string();
    assert!(error.contains("file"), "{error}");
}

#[test]
fn a_store_that_was_never_finished_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("store.redb.new"), b"cut off while it was made").unwrap();
    let store = open(folder.path()).unwrap();
    store.write(WriteBatch::of(put(candidate("ada"), vec![1]))).unwrap();
    assert!(!folder.path().join("store.redb.new").exists());
}

/// Tells the child process of the test below which folder to write into.
const CHILD_FOLDER: &str = "PASSEND_TEST_STORE_FOLDER";
const THREADS: u64 = 4;

#[test]
fn every_acknowledged_write_survives_a_kill() {
    if let Some(folder) = env::var_os(CHILD_FOLDER) {
        return write_until_killed(&PathBuf::from(folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Numbers(20);
    let mut acknowledged: BTreeMap<String, (ChangeNumber, String)> = BTreeMap::new();
    for round in 0..20 {
        let mut before = acknowledged.len();
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "every_acknowledged_write_survives_a_kill", "--nocapture", "--test-threads=1"])
            .env(CHILD_FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let wait = Duration::from_millis(5 + numbers.below(150));
        let mut killer = None;
        for line in lines.by_ref() {
            let line = line.unwrap();
            // A line that the kill cut off lacks its end.
            let Some(fields) = line.strip_prefix("written ").and_then(|rest| rest.strip_suffix(" end"))
            else {
                continue;
            };
            let mut fields = fields.split(' ');
            let mut field = || fields.next().unwrap().to_owned();
            let (id, number, what) = (field(), field(), field());
            acknowledged.insert(id, (ChangeNumber(number.parse().unwrap()), what));
            before = before.min(acknowledged.len() - 1);
            // The clock of the kill starts at the first acknowledgement, so that it falls among writes.
            killer.get_or_insert_with(|| {
                let pid = child.id();
                thread::spawn(move || {
                    thread::sleep(wait);
                    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
                })
            });
        }
        killer.expect("the child acknowledged something").join().unwrap();
        assert!(!child.wait().unwrap().success());
        assert!(acknowledged.len() > before, "round {round}");

        let store = open(folder.path()).unwrap();
        let report = store.check().unwrap();
        assert!(report.is_sound(), "round {round}: {report:?}");
        let snapshot = store.snapshot().unwrap();
        let mut missing = Vec::new();
        for (id, (number, what)) in &acknowledged {
            let record = snapshot.get(&candidate(id)).unwrap();
            // A later write of the same record may have reached the disk without being acknowledged.
            let right = match &record {
                Some(record) if record.version == *number => record.body == body_of(id, what),
                Some(record) => record.version > *number,
                None => {
                    what == "deleted"
                        || snapshot.changes_after(*number).unwrap().any(|change| {
                            change.is_ok_and(|change| {
                                change.id == candidate(id) && change.kind == ChangeKind::Delete
                            })
                        })
                }
            };
            if !right {
                missing.push(id);
            }
        }
        assert!(missing.is_empty(), "round {round}: {missing:?}");
    }
    println!("20 kills, {} records acknowledged", acknowledged.len());
}

fn body_of(id: &str, what: &str) -> Vec<u8> {
    format!("{id} {what} ").repeat(40).into_bytes()
}

/// Writes, rewrites and deletes until the process is killed, and says what the store acknowledged.
fn write_until_killed(folder: &Path) {
    let store = open(folder).unwrap();
    let start = store.snapshot().unwrap().last_change().unwrap().0;
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = &store;
            scope.spawn(move || {
                for step in 0.. {
                    let id = format!("r{}-t{thread}-{}", start, step / 3);
                    let (operation, what) = match step % 3 {
                        0 => (put(candidate(&id), body_of(&id, "first")), "first"),
                        1 => (put(candidate(&id), body_of(&id, "second")), "second"),
                        _ if step % 2 == 0 => {
                            let expected = Expected::Present;
                            (Operation::Delete { id: candidate(&id), expected }, "deleted")
                        }
                        _ => continue,
                    };
                    let written = store.write(WriteBatch::of(operation)).unwrap();
                    let line = format!("written {id} {} {what} end\n", written.changes[0]);
                    std::io::stdout().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}
