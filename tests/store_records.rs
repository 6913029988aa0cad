//! What the store promises about records, versions, changes, requests and contact data.

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
        Change, ChangeKind, ChangeNumber, Contact, ContactChange, Expected, OpenError, Operation, RecordId,
        RecordKind, RedbStore, Refusal, RequestKey, Snapshot, Store, StoreOptions, WriteBatch, WriteError,
        Written,
    },
};
use proptest::prelude::*;
use std::{collections::BTreeMap, num::NonZeroU64, path::Path, thread};

fn candidate(id: &str) -> RecordId {
    CandidateId::new(id).unwrap().into()
}

fn vacancy(id: &str) -> RecordId {
    VacancyId::new(id).unwrap().into()
}

fn put(id: &RecordId, expected: Expected, body: &[u8]) -> Operation {
    Operation::Put { id: id.clone(), expected, body: body.to_vec(), contact: ContactChange::Keep }
}

fn put_with(id: &RecordId, body: &[u8], contact: ContactChange) -> Operation {
    Operation::Put { id: id.clone(), expected: Expected::Anything, body: body.to_vec(), contact }
}

fn delete(id: &RecordId, expected: Expected) -> Operation {
    Operation::Delete { id: id.clone(), expected }
}

fn open(folder: &Path) -> RedbStore {
    RedbStore::open(folder, &StoreOptions::default()).unwrap()
}

fn write(store: &dyn Store, operation: Operation) -> ChangeNumber {
    store.write(WriteBatch::of(operation)).unwrap().changes[0]
}

fn refusal(store: &dyn Store, operation: Operation) -> Refusal {
    match store.write(WriteBatch::of(operation)) {
        Err(WriteError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn changes(snapshot: &dyn Snapshot, after: u64) -> Vec<Change> {
    snapshot.changes_after(ChangeNumber(after)).unwrap().map(Result::unwrap).collect()
}

fn assert_sound(store: &dyn Store) {
    let report = store.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
}

#[test]
fn what_was_written_is_read_back_also_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!RedbStore::exists_in(folder.path()));
    let store = open(folder.path());
    let (ada, job) = (candidate("ada"), vacancy("ada"));
    let first = write(&store, put(&ada, Expected::Absent, b"first"));
    let second = write(&store, put(&job, Expected::Absent, b"job"));
    let third = write(&store, put(&ada, Expected::At(first), b"second"));
    assert!(first < second && second < third);
    let identity = store.identity().clone();
    let secret = store.secret().clone();
    drop(store);

    assert!(RedbStore::exists_in(folder.path()));
    let store = open(folder.path());
    assert_eq!(store.identity(), &identity);
    assert_eq!(store.secret(), &secret);
    let snapshot = store.snapshot().unwrap();
    let record = snapshot.get(&ada).unwrap().unwrap();
    assert_eq!((record.version, &record.body[..]), (third, &b"second"[..]));
    assert_eq!(snapshot.get(&job).unwrap().unwrap().body, b"job");
    assert_eq!(snapshot.get(&vacancy("nobody")).unwrap(), None);
    assert_eq!(snapshot.last_change().unwrap(), third);
    drop(snapshot);
    assert_sound(&store);
}

#[test]
fn two_stores_have_neither_id_nor_secret_in_common() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, other) = (open(one.path()), open(other.path()));
    assert_ne!(one.identity().id, other.identity().id);
    assert_ne!(one.secret().tie_order(), other.secret().tie_order());
}

#[test]
fn a_lost_race_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let ada = candidate("ada");
    assert_eq!(refusal(&store, put(&ada, Expected::Present, b"x")), Refusal::Missing { id: ada.clone() });
    assert_eq!(refusal(&store, delete(&ada, Expected::Anything)), Refusal::Missing { id: ada.clone() });
    let old = write(&store, put(&ada, Expected::Absent, b"1"));
    let now = write(&store, put(&ada, Expected::Present, b"2"));
    let changed = Refusal::Changed { id: ada.clone(), version: now };
    assert_eq!(refusal(&store, put(&ada, Expected::At(old), b"x")), changed);
    assert_eq!(refusal(&store, delete(&ada, Expected::At(old))), changed);
    let exists = Refusal::Exists { id: ada.clone(), version: now };
    assert_eq!(refusal(&store, put(&ada, Expected::Absent, b"x")), exists);
    assert_eq!(store.snapshot().unwrap().get(&ada).unwrap().unwrap().body, b"2");

    // A version is never used again, not even by a record that was deleted and made anew.
    write(&store, delete(&ada, Expected::At(now)));
    write(&store, put(&ada, Expected::Absent, b"3"));
    assert!(matches!(refusal(&store, put(&ada, Expected::At(now), b"x")), Refusal::Changed { .. }));
    assert_sound(&store);
}

#[test]
fn a_batch_is_applied_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ada, bob) = (candidate("ada"), candidate("bob"));
    let operations =
        vec![put(&ada, Expected::Absent, b"1"), put(&bob, Expected::Present, b"needs bob to be there")];
    let batch = WriteBatch { request: None, operations };
    assert!(matches!(store.write(batch), Err(WriteError::Refused(Refusal::Missing { id })) if id == bob));
    let operations = vec![put(&ada, Expected::Absent, b"1"), delete(&ada, Expected::Anything)];
    let batch = WriteBatch { request: None, operations };
    assert!(matches!(store.write(batch), Err(WriteError::Refused(Refusal::NamedTwice { id })) if id == ada));
    let too_large = put(&ada, Expected::Absent, &vec![0; (16 << 20) + 1]);
    assert!(matches!(refusal(&store, too_large), Refusal::TooLarge { .. }));
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.get(&ada).unwrap(), None);
    assert_eq!(snapshot.last_change().unwrap(), ChangeNumber::ZERO);
}

#[test]
fn a_repeated_request_is_answered_like_the_first_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let kept = NonZeroU64::new(3).unwrap();
    let options = StoreOptions { requests_kept: kept, ..StoreOptions::default() };
    let store = RedbStore::open(folder.path(), &options).unwrap();
    let ada = candidate("ada");
    let batch = |request: &RequestKey, body: &[u8]| WriteBatch {
        request: Some(request.clone()),
        operations: vec![put(&ada, Expected::Anything, body)],
    };
    let long_id = "r".repeat(5_000);
    for id in ["r-0", &long_id] {
        let request = RequestKey::new(id, b"content");
        let first = store.write(batch(&request, b"1")).unwrap();
        assert!(!first.repeated);
        let again = store.write(batch(&request, b"2")).unwrap();
        assert_eq!(again, Written { repeated: true, ..first.clone() });
        assert_eq!(store.snapshot().unwrap().get(&ada).unwrap().unwrap().body, b"1");
        assert_eq!(store.snapshot().unwrap().request(id).unwrap(), Some((request, again)));
        let other = store.write(batch(&RequestKey::new(id, b"other content"), b"3"));
        assert!(matches!(other, Err(WriteError::Refused(Refusal::RequestIdReused { .. }))));
    }
    for number in 1..=3 {
        store.write(batch(&RequestKey::new(&format!("r-{number}"), b""), b"4")).unwrap();
    }
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.request("r-0").unwrap(), None, "the oldest of more than three is forgotten");
    assert!((1..=3).all(|number| snapshot.request(&format!("r-{number}")).unwrap().is_some()));
    drop(snapshot);
    assert_sound(&store);
}

#[test]
fn records_are_listed_in_order_after_any_id_as_they_were_at_the_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for id in ["b", "a", "é", "c"] {
        write(&store, put(&candidate(id), Expected::Absent, id.as_bytes()));
    }
    write(&store, put(&vacancy("a1"), Expected::Absent, b"not a candidate"));
    let snapshot = store.snapshot().unwrap();
    write(&store, put(&candidate("bb"), Expected::Absent, b"later"));
    write(&store, delete(&candidate("c"), Expected::Present));
    let ids = |snapshot: &dyn Snapshot, after| -> Vec<String> {
        let records = snapshot.records(RecordKind::Candidate, after).unwrap();
        records.map(|record| record.unwrap().id.as_str().to_owned()).collect()
    };
    assert_eq!(ids(&*snapshot, None), ["a", "b", "c", "é"]);
    assert_eq!(ids(&*snapshot, Some("a")), ["b", "c", "é"]);
    assert_eq!(ids(&*snapshot, Some("aa")), ["b", "c", "é"]);
    assert_eq!(ids(&*snapshot, Some("é")), [""; 0]);
    assert_eq!(snapshot.count(RecordKind::Candidate).unwrap(), 4);
    assert_eq!(ids(&*store.snapshot().unwrap(), None), ["a", "b", "bb", "é"]);
}

#[test]
fn contact_data_are_found_by_their_key_until_they_go() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ada, ida) = (candidate("ada"), candidate("ida"));
    let email = store.secret().email_key("ada@voorbeeld.nl").unwrap();
    let phone = store.secret().phone_key("06 12345678").unwrap();
    let contact = |keys: &[_]| ContactChange::Replace(Contact { keys: keys.to_vec(), body: b"how".to_vec() });
    write(&store, put_with(&ada, b"1", contact(&[phone, email, phone])));
    write(&store, put_with(&ida, b"1", contact(&[email])));
    let found = |key| store.snapshot().unwrap().with_contact_key(key).unwrap();
    assert_eq!(found(&email), [ada.clone(), ida.clone()]);
    assert_eq!(found(&phone), [candidate("ada")]);
    let mut keys = vec![email, phone];
    keys.sort_unstable();
    let stored = store.snapshot().unwrap().contact(&ada).unwrap().unwrap();
    assert_eq!(stored, Contact { keys, body: b"how".to_vec() });

    write(&store, put_with(&ada, b"2", ContactChange::Keep));
    assert_eq!(found(&phone), [candidate("ada")]);
    write(&store, put_with(&ada, b"3", contact(&[email])));
    assert_eq!(found(&phone), []);
    write(&store, put_with(&ada, b"4", ContactChange::Clear));
    write(&store, delete(&ida, Expected::Present));
    assert_eq!(found(&email), []);
    assert_eq!(store.snapshot().unwrap().contact(&ada).unwrap(), None);
    assert_eq!(store.snapshot().unwrap().contact(&ida).unwrap(), None);
    assert_sound(&store);
}

#[test]
fn a_second_process_or_handle_is_told_who_has_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let second = RedbStore::open(folder.path(), &StoreOptions::default());
    assert!(
        matches!(&second, Err(OpenError::InUse { pid: Some(pid), .. }) if *pid == std::process::id()),
        "{:?}",
        second.err()
    );
    drop(store);
    open(folder.path());
}

#[test]
fn eight_threads_lose_nothing_and_share_one_order() {
    const EACH: usize = 60;
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut numbers: Vec<ChangeNumber> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                let store = &store;
                scope.spawn(move || {
                    // Half at a time in flight, half waited for one by one.
                    let pending: Vec<_> = (0..EACH / 2)
                        .map(|i| {
                            let id = candidate(&format!("t{thread}-{i}"));
                            store.submit(WriteBatch::of(put(&id, Expected::Absent, id.as_str().as_bytes())))
                        })
                        .collect();
                    let mut numbers: Vec<_> =
                        pending.into_iter().map(|pending| pending.wait().unwrap().changes[0]).collect();
                    for i in EACH / 2..EACH {
                        let id = candidate(&format!("t{thread}-{i}"));
                        numbers.push(write(store, put(&id, Expected::Absent, id.as_str().as_bytes())));
                    }
                    assert!(numbers.is_sorted());
                    numbers
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=8 * EACH as u64).map(ChangeNumber).collect::<Vec<_>>());
    let snapshot = store.snapshot().unwrap();
    let mut seen = 0;
    for record in snapshot.records(RecordKind::Candidate, None).unwrap() {
        let record = record.unwrap();
        assert_eq!(record.body, record.id.as_str().as_bytes());
        seen += 1;
    }
    assert_eq!(seen, 8 * EACH);
    drop(snapshot);
    assert_sound(&store);
}

#[test]
fn of_a_race_for_one_version_exactly_one_wins() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let ada = candidate("ada");
    let mut version = write(&store, put(&ada, Expected::Absent, b"0"));
    for _ in 0..20 {
        let outcomes: Vec<_> = thread::scope(|scope| {
            let race = |_| {
                let (store, operation) = (&store, put(&ada, Expected::At(version), b"n"));
                scope.spawn(move || store.write(WriteBatch::of(operation)))
            };
            let threads: Vec<_> = (0..4).map(race).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let won: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        assert_eq!(won.len(), 1, "{outcomes:?}");
        version = won[0].changes[0];
        let lost = Refusal::Changed { id: ada.clone(), version };
        let told = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Err(WriteError::Refused(refusal)) if *refusal == lost));
        assert_eq!(told.count(), 3);
    }
}

#[test]
fn what_was_deleted_and_compacted_is_no_longer_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let secret_text = |i: usize| format!("waarneming-{i:04}-").repeat(200);
    for i in 0..200 {
        let body = secret_text(i).into_bytes();
        let contact =
            Contact { keys: Vec::new(), body: format!("bel-{i:04}@voorbeeld.nl").repeat(20).into() };
        let id = candidate(&format!("k-{i}"));
        write(&store, put_with(&id, &body, ContactChange::Replace(contact)));
    }
    for i in (0..200).filter(|i| i % 3 == 0) {
        write(&store, delete(&candidate(&format!("k-{i}")), Expected::Present));
    }
    store.compact().unwrap();
    assert_sound(&store);
    drop(store);
    let file = std::fs::read(folder.path().join("store.redb")).unwrap();
    let holds = |text: &str| file.windows(text.len()).any(|window| window == text.as_bytes());
    for i in 0..200 {
        assert_eq!(holds(&secret_text(i)[..32]), i % 3 != 0, "record {i}");
        assert_eq!(holds(&format!("bel-{i:04}@")), i % 3 != 0, "contact {i}");
    }
}

#[test]
fn a_compaction_waits_for_a_read_that_ends() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    write(&store, put(&candidate("ada"), Expected::Absent, b"1"));
    let snapshot = store.snapshot().unwrap();
    thread::scope(|scope| {
        let compaction = scope.spawn(|| store.compact());
        assert!(snapshot.get(&candidate("ada")).unwrap().is_some());
        drop(snapshot);
        compaction.join().unwrap().unwrap();
    });
}

/// A step of a random history over few ids, so that they meet often.
#[derive(Clone, Debug)]
enum Step {
    Put(u8, u8),
    Delete(u8),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..6_u8, any::<u8>()).prop_map(|(id, body)| Step::Put(id, body)),
        3 => (0..6_u8).prop_map(Step::Delete),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_changes_after_any_number_lead_to_the_present_state(history in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path());
        let name = |id: u8| if id.is_multiple_of(2) { candidate(&format!("r{id}")) } else { vacancy(&format!("r{id}")) };
        // The state after each change, by what the test itself was told.
        let mut states: Vec<BTreeMap<RecordId, Vec<u8>>> = vec![BTreeMap::new()];
        for step in history {
            let mut state = states.last().unwrap().clone();
            let operation = match step {
                Step::Reopen => {
                    drop(store);
                    store = open(folder.path());
                    continue;
                }
                Step::Put(id, body) => {
                    state.insert(name(id), vec![body]);
                    put(&name(id), Expected::Anything, &[body])
                }
                Step::Delete(id) if state.remove(&name(id)).is_some() => delete(&name(id), Expected::Present),
                Step::Delete(_) => continue,
            };
            prop_assert_eq!(write(&store, operation).0, states.len() as u64);
            states.push(state);
        }
        let snapshot = store.snapshot().unwrap();
        for (after, state) in states.iter().enumerate() {
            let mut state = state.clone();
            let mut named = Vec::new();
            for change in changes(&*snapshot, after as u64) {
                named.push(change.id.clone());
                match change.kind {
                    ChangeKind::Upsert => {
                        state.insert(change.id.clone(), snapshot.get(&change.id).unwrap().unwrap().body);
                    }
                    ChangeKind::Delete => drop(state.remove(&change.id)),
                    ChangeKind::Outcome => unreachable!("no outcome is recorded here"),
                }
            }
            prop_assert_eq!(&state, states.last().unwrap(), "after {}", after);
            let all = named.len();
            named.sort();
            named.dedup();
            prop_assert_eq!(named.len(), all, "each record at most once");
        }
        drop(snapshot);
        let report = store.check().unwrap();
        prop_assert!(report.is_sound(), "{:?}", report);
    }
}
