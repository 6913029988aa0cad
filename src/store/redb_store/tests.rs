//! What takes a database that fails, or one that was tampered with.

use super::*;
use crate::{
    domain::{
        Date,
        outcome::{Outcome, ProposalOutcome},
        text::{CandidateId, FreeText, VacancyId},
    },
    store::{
        ChangeKind, ChangeNumber, Contact, ContactChange, Expected, Finding, Integrity, Operation, RecordId,
        RecordKind, RecordPart, Refusal, WriteError, Written, tables::CANDIDATES,
    },
};
use redb::{ReadableTable, StorageBackend, TableDefinition, backends::InMemoryBackend};
use std::sync::atomic::{AtomicBool, Ordering};

fn candidate(id: &str) -> RecordId {
    CandidateId::new(id).unwrap().into()
}

fn put(id: &str, body: &[u8]) -> WriteBatch {
    let (body, contact) = (body.to_vec(), ContactChange::Keep);
    WriteBatch::of(Operation::Put { id: candidate(id), expected: Expected::Anything, body, contact })
}

/// A file that stops reaching the disk when it is told to.
#[derive(Debug)]
struct FailingDisk {
    file: InMemoryBackend,
    full: Arc<AtomicBool>,
}

impl StorageBackend for FailingDisk {
    fn len(&self) -> Result<u64, io::Error> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        self.file.read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        self.file.set_len(len)
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        if self.full.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.file.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        self.file.write(offset, data)
    }
}

#[test]
fn after_a_failed_commit_nothing_is_acknowledged_and_what_was_stays_readable() {
    let full = Arc::new(AtomicBool::new(false));
    let disk = FailingDisk { file: InMemoryBackend::new(), full: Arc::clone(&full) };
    let database = open_on(&StoreOptions::default(), disk).unwrap();
    let path = Path::new("in memory");
    make_store(&database, path).unwrap();
    let store = RedbStore::start(database, path, None, &StoreOptions::default(), None).unwrap();
    store.write(put("ada", b"1")).unwrap();

    full.store(true, Ordering::SeqCst);
    let pending: Vec<_> = (0..5).map(|i| store.submit(put(&format!("k{i}"), b"2"))).collect();
    for (i, pending) in pending.into_iter().enumerate() {
        let outcome = pending.wait();
        let uncertain = matches!(&outcome, Err(WriteError::Uncertain(StorageFault::DiskFull)));
        let stopped = matches!(&outcome, Err(WriteError::Stopped(StorageFault::DiskFull)));
        assert!(uncertain || (stopped && i > 0), "{outcome:?}");
    }
    // The disk has space again, but what the failed commit left there is not known.
    full.store(false, Ordering::SeqCst);
    assert!(matches!(store.write(put("late", b"3")), Err(WriteError::Stopped(StorageFault::DiskFull))));
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.get(&candidate("ada")).unwrap().unwrap().body, b"1");
    assert_eq!(snapshot.last_change().unwrap(), ChangeNumber(1));
}

#[test]
fn a_refusal_is_answered_only_after_the_commit_that_it_rests_on() {
    let full = Arc::new(AtomicBool::new(false));
    let disk = FailingDisk { file: InMemoryBackend::new(), full: Arc::clone(&full) };
    let database = open_on(&StoreOptions::default(), disk).unwrap();
    let path = Path::new("in memory");
    make_store(&database, path).unwrap();
    let store = RedbStore::start(database, path, None, &StoreOptions::default(), None).unwrap();
    // The writer takes a batch that writes nothing, and waits; what follows shares the next commit.
    let held = store.home.exclusive();
    let missing = Operation::Delete { id: candidate("nobody"), expected: Expected::Anything };
    let first = store.submit(WriteBatch::of(missing));
    let absent = |body: &[u8]| {
        WriteBatch::of(Operation::Put {
            id: candidate("ada"),
            expected: Expected::Absent,
            body: body.to_vec(),
            contact: ContactChange::Keep,
        })
    };
    let (won, lost) = (store.submit(absent(b"1")), store.submit(absent(b"2")));
    full.store(true, Ordering::SeqCst);
    drop(held);
    for pending in [won, lost] {
        let outcome = pending.wait();
        assert!(matches!(outcome, Err(WriteError::Uncertain(_))), "{outcome:?}");
    }
    assert!(first.wait().is_err());
}

/// A store with three candidates whose file is then changed by `tamper`, as redb itself would write it.
fn tampered(tamper: impl FnOnce(&redb::WriteTransaction)) -> (tempfile::TempDir, RedbStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
    for id in ["ada", "bob", "cem"] {
        let email = store.secret().email_key(&format!("{id}@voorbeeld.nl"));
        let contact = Contact { keys: email.into_iter().collect(), body: id.into() };
        let contact = ContactChange::Replace(contact);
        let (id, body) = (candidate(id), id.as_bytes().to_vec());
        store
            .write(WriteBatch::of(Operation::Put { id, expected: Expected::Absent, body, contact }))
            .unwrap();
    }
    drop(store);
    let database = Database::open(folder.path().join("store.redb")).unwrap();
    let transaction = database.begin_write().unwrap();
    tamper(&transaction);
    transaction.commit().unwrap();
    drop(database);
    let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
    (folder, store)
}

#[test]
fn swapped_records_are_noticed_named_stepped_over_and_mended_by_a_new_delivery() {
    let (_folder, store) = tampered(|transaction| {
        let mut table = transaction.open_table(CANDIDATES).unwrap();
        let of = |id: &[u8]| table.get(id).unwrap().unwrap().value().to_vec();
        let (ada, bob) = (of(b"ada"), of(b"bob"));
        table.insert(&b"ada"[..], &bob[..]).unwrap();
        table.insert(&b"bob"[..], &ada[..]).unwrap();
    });
    let snapshot = store.snapshot().unwrap();
    let error = snapshot.get(&candidate("ada")).unwrap_err();
    assert!(matches!(&error, ReadError::Damaged { id, part: RecordPart::Record } if *id == candidate("ada")));
    assert_eq!(
        error.to_string(),
        "the record of candidate ada cannot be read, the store is damaged there; deliver the record again, or put back a backup"
    );
    let read: Vec<_> =
        snapshot.records(RecordKind::Candidate, None).unwrap().map(|record| record.map(|r| r.body)).collect();
    assert!(matches!(&read[..], [Err(_), Err(_), Ok(body)] if body == b"cem"), "{read:?}");
    drop(snapshot);
    let report = store.check().unwrap();
    assert_eq!((report.integrity.clone(), report.findings.len()), (Integrity::Sound, 2), "{report:?}");

    let at = Operation::Put {
        id: candidate("ada"),
        expected: Expected::At(ChangeNumber(1)),
        body: Vec::new(),
        contact: ContactChange::Keep,
    };
    let refused = store.write(WriteBatch::of(at));
    assert!(matches!(refused, Err(WriteError::Refused(Refusal::Damaged { .. }))), "{refused:?}");
    store.write(put("ada", b"ada again")).unwrap();
    let bob = Operation::Delete { id: candidate("bob"), expected: Expected::Present };
    let written = store.write(WriteBatch::of(bob)).unwrap();
    assert_eq!(written, Written { changes: vec![ChangeNumber(5)], repeated: false });
    let report = store.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.candidates, report.deletions, report.changes), (2, 1, 3));
}

#[test]
fn a_check_finds_what_does_not_agree() {
    let bytes = |name| TableDefinition::<&[u8], &[u8]>::new(name);
    let numbers = TableDefinition::<u64, &[u8]>::new("changes");
    let (_folder, store) = tampered(|transaction| {
        let mut changes = transaction.open_table(numbers).unwrap();
        // Ada's change is gone, Bob's is garbage.
        changes.remove(1).unwrap();
        changes.insert(2, &b"garbage"[..]).unwrap();
        let mut contacts = transaction.open_table(bytes("contacts")).unwrap();
        contacts.remove(&b"\x01cem"[..]).unwrap();
        contacts.insert(&b"\x01nobody"[..], &b"garbage"[..]).unwrap();
        transaction.open_table(bytes("tombstones")).unwrap().insert(&b"\x07?"[..], &b""[..]).unwrap();
        transaction.open_table(bytes("requests")).unwrap().insert(&b"r"[..], &b""[..]).unwrap();
    });
    let report = store.check().unwrap();
    let found: Vec<String> = report.findings.iter().map(Finding::to_string).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    candidate ada has no entry 1 in the log of changes
    candidate bob has no entry 2 in the log of changes
    contact data of candidate nobody have no record
    the contact data of candidate nobody cannot be read, the store is damaged there; deliver the record again, or put back a backup
    the keys of the contact data of candidate cem do not agree with them
    entry (unreadable) of the store's table of deletions is damaged; put back a backup
    entry 2 of the store's table of changes is damaged; put back a backup
    entry r of the store's table of requests is damaged; put back a backup
    of 1 requests 0 have a place in the order of arrival
    ");
    assert!(!report.is_sound());
}

#[test]
fn a_store_of_another_schema_is_refused_with_both_versions() {
    let folder = tempfile::tempdir().unwrap();
    drop(RedbStore::open(folder.path(), &StoreOptions::default()).unwrap());
    let database = Database::open(folder.path().join("store.redb")).unwrap();
    let transaction = database.begin_write().unwrap();
    let later = tables::seal_meta(KEY_SCHEMA, &(SCHEMA_VERSION + 1).to_be_bytes());
    transaction.open_table(META).unwrap().insert(KEY_SCHEMA.as_bytes(), &later[..]).unwrap();
    transaction.commit().unwrap();
    drop(database);
    let error = RedbStore::open(folder.path(), &StoreOptions::default()).err().unwrap();
    assert_eq!(
        error.to_string(),
        "the store has schema version 4, this program reads 3; use the version of the program that wrote it"
    );
}

#[test]
fn a_check_gives_up_on_a_read_that_never_ends_and_the_store_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
    let snapshot = store.snapshot().unwrap();
    assert!(matches!(
        store.home.alone(Duration::ZERO, |database| Ok(database.check_integrity()?)),
        Err(StorageFault::Busy)
    ));
    assert_eq!(snapshot.last_change().unwrap(), ChangeNumber::ZERO);
    drop(snapshot);
    store.write(put("ada", b"1")).unwrap();
    assert!(store.check().unwrap().is_sound());
}

fn vacancy(id: &str) -> RecordId {
    VacancyId::new(id).unwrap().into()
}

fn outcome(candidate: &str, vacancy: &str) -> Outcome {
    let (candidate, vacancy) = (CandidateId::new(candidate).unwrap(), VacancyId::new(vacancy).unwrap());
    let reason = FreeText::new("de plek was al weg").ok();
    Outcome::new(candidate, vacancy, ProposalOutcome::Rejected, Date::constant(2026, 11, 3), reason).unwrap()
}

/// A store with two candidates of which one's id begins with the other's, two vacancies and an outcome of each pair.
fn with_outcomes(folder: &Path) -> RedbStore {
    let store = RedbStore::open(folder, &StoreOptions::default()).unwrap();
    let record = |id| Operation::Put {
        id,
        expected: Expected::Anything,
        body: b"1".to_vec(),
        contact: ContactChange::Keep,
    };
    let records = [candidate("k1"), candidate("k12"), vacancy("v1"), vacancy("v2")].map(record);
    store.write(WriteBatch { request: None, operations: records.to_vec() }).unwrap();
    for (one, other) in [("k1", "v1"), ("k1", "v2"), ("k12", "v1"), ("k12", "v2")] {
        store.write(WriteBatch::of(Operation::RecordOutcome(outcome(one, other)))).unwrap();
    }
    store
}

fn numbers(store: &RedbStore) -> Vec<u64> {
    let snapshot = store.snapshot().unwrap();
    snapshot.outcomes().unwrap().map(|outcome| outcome.unwrap().number.0).collect()
}

#[test]
fn an_outcome_is_a_numbered_change_and_goes_with_its_candidate_and_with_its_vacancy_only() {
    for (gone, left) in [
        (candidate("k1"), [7, 8].as_slice()),
        (candidate("k12"), &[5, 6]),
        (vacancy("v1"), &[6, 8]),
        (vacancy("v2"), &[5, 7]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = with_outcomes(folder.path());
        assert_eq!(numbers(&store), [5, 6, 7, 8]);
        assert_eq!(store.check().unwrap().outcomes, 4);
        store.write(put("k1", b"delivered again")).unwrap();
        assert_eq!(numbers(&store), [5, 6, 7, 8], "a later delivery loses none");
        store.write(WriteBatch::of(Operation::Delete { id: gone, expected: Expected::Present })).unwrap();
        assert_eq!(numbers(&store), left);
        let report = store.check().unwrap();
        assert!(report.is_sound(), "{:?}", report.findings);
        let snapshot = store.snapshot().unwrap();
        let logged = snapshot.changes_after(ChangeNumber::ZERO).unwrap().map(Result::unwrap);
        let logged: Vec<u64> = logged
            .filter(|change| change.kind == ChangeKind::Outcome)
            .map(|change| change.number.0)
            .collect();
        assert_eq!(logged, left);
    }
}

#[test]
fn an_outcome_without_its_candidate_or_its_vacancy_is_refused_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_outcomes(folder.path());
    for (one, other, missing) in [("nobody", "v1", candidate("nobody")), ("k1", "none", vacancy("none"))] {
        let refused = store.write(WriteBatch::of(Operation::RecordOutcome(outcome(one, other))));
        let expected = Refusal::Missing { id: missing };
        assert!(matches!(&refused, Err(WriteError::Refused(found)) if *found == expected), "{refused:?}");
    }
    assert_eq!(store.snapshot().unwrap().last_change().unwrap(), ChangeNumber(8));
}

#[test]
fn a_damaged_outcome_is_named_is_never_served_and_still_goes_with_its_vacancy() {
    let folder = tempfile::tempdir().unwrap();
    drop(with_outcomes(folder.path()));
    let database = Database::open(folder.path().join("store.redb")).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(tables::OUTCOMES).unwrap().insert(6, &b"damaged"[..]).unwrap();
    transaction.commit().unwrap();
    drop(database);
    let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
    let snapshot = store.snapshot().unwrap();
    let told: Vec<String> =
        snapshot.outcomes().unwrap().filter_map(Result::err).map(|error| error.to_string()).collect();
    assert_eq!(told, ["entry 6 of the store's table of outcomes is damaged; put back a backup"]);
    drop(snapshot);
    let findings = store.check().unwrap().findings;
    assert_eq!(findings.len(), 1, "{findings:?}");
    store
        .write(WriteBatch::of(Operation::Delete { id: vacancy("v2"), expected: Expected::Present }))
        .unwrap();
    assert_eq!(numbers(&store), [5, 7]);
    assert!(store.check().unwrap().is_sound());
}

#[test]
fn a_store_from_before_outcomes_is_opened_with_all_that_is_in_it_and_takes_outcomes() {
    let folder = tempfile::tempdir().unwrap();
    drop(with_outcomes(folder.path()));
    let database = Database::open(folder.path().join("store.redb")).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.delete_table(tables::OUTCOMES).unwrap();
    transaction.delete_table(tables::OUTCOME_KEYS).unwrap();
    transaction.open_table(tables::CHANGES).unwrap().retain(|number, _| number < 5).unwrap();
    let before = tables::seal_meta(KEY_SCHEMA, &EARLIER[0].to_be_bytes());
    transaction.open_table(META).unwrap().insert(KEY_SCHEMA.as_bytes(), &before[..]).unwrap();
    transaction.commit().unwrap();
    drop(database);
    let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
    assert_eq!(store.snapshot().unwrap().count(RecordKind::Candidate).unwrap(), 2);
    assert_eq!(numbers(&store), [0; 0]);
    store.write(WriteBatch::of(Operation::RecordOutcome(outcome("k1", "v1")))).unwrap();
    drop(store);
    let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
    assert_eq!(numbers(&store), [5]);
    assert!(store.check().unwrap().is_sound());
}
