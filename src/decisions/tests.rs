//! Logs in folders of their own.

mod power;
mod tampering;

use super::{
    segment::{Frames, segments},
    *,
};
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;

fn key() -> LogKey {
    LogKey::from_seed(&[7; 32]).unwrap()
}

/// The last checkpoint that was handed over.
type Kept = Arc<Mutex<Option<Checkpoint>>>;

fn options(folder: &Path, kept: &Kept) -> LogOptions {
    let keeps = Arc::clone(kept);
    LogOptions {
        folder: folder.join(FOLDER),
        key: key(),
        preface: b"names".to_vec(),
        known: *kept.lock().unwrap(),
        keep: Box::new(move |checkpoint| {
            *keeps.lock().unwrap() = Some(*checkpoint);
            Ok(())
        }),
        second_place: None,
        segment_bytes: Some(3_000),
        checkpoint_every: Some(Duration::from_secs(600)),
    }
}

fn draft(head: &str, people: &[&str]) -> Draft {
    let part = |id: &&str| ((*id).to_owned(), format!("{head}: what is said of {id}").into_bytes());
    Draft { head: head.as_bytes().to_vec(), parts: people.iter().map(part).collect() }
}

fn verified(folder: &Path, kept: &Kept) -> Verification {
    let known: Vec<Checkpoint> = kept.lock().unwrap().iter().copied().collect();
    verify(&folder.join(FOLDER), &key().public(), &known).unwrap()
}

fn all(folder: &Path) -> Vec<Entry> {
    let page = LogReader::new(&folder.join(FOLDER))
        .page(None, 10_000, None, |entry, _| Some(entry.clone()))
        .unwrap();
    page.entries.into_iter().rev().map(|selected| selected.found).collect()
}

/// The files of a log.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder.join(FOLDER)).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn what_was_appended_is_read_back_by_its_id_and_the_chain_holds() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    let ids: Vec<DecisionId> =
        (0..60).map(|at| log.append(draft(&format!("h{at}"), &["k1", "k2"])).unwrap()).collect();
    drop(log);
    let reader = LogReader::new(&folder.path().join(FOLDER));
    for (at, id) in ids.iter().enumerate() {
        let (entry, preface) = reader.get(DecisionId::parse(&id.to_string()).unwrap()).unwrap();
        assert_eq!((&entry.head[..], &preface[..]), (format!("h{at}").as_bytes(), &b"names"[..]));
        let other = DecisionId::parse(&format!("{}-00000000", id.number)).unwrap();
        assert!(matches!(reader.get(other), Err(LogError::NotFound(_))), "an id names what it says");
    }
    let found = verified(folder.path(), &kept);
    assert_eq!((found.entries, found.findings, found.unsigned), (60, vec![], 0));
    assert!(found.segments > 3, "{} files", found.segments);
    let mut before = None;
    let mut read = 0;
    loop {
        let page = reader.page(before, 7, None, |entry, _| Some(entry.number)).unwrap();
        read += page.entries.len();
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(read, 60, "pages hold every entry once");
}

#[test]
fn damage_takes_no_other_entry_along_and_an_erasure_empties_what_may_hold_the_person_and_tells_of_the_rest() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    for at in 0..60 {
        let other = format!("persoon-{}", 2 + at % 3);
        log.append(draft(&format!("h{at}"), &["persoon-1", &other][at % 2..])).unwrap();
    }
    log.sign().unwrap();
    let first = segments(&folder.path().join(FOLDER)).unwrap().remove(0);
    let sound = first.read().unwrap();
    let places: Vec<usize> = {
        let (_, mut frames) = Frames::of(&sound).unwrap();
        std::iter::from_fn(|| {
            let at = sound.len() - frames.left();
            frames.next().map(|_| at)
        })
        .collect()
    };
    let mut damaged = sound.clone();
    // The first entry names persoon-1, the fourth one does not.
    damaged[places[1] - 40] ^= 1;
    damaged[places[4] - 40] ^= 1;
    fs::write(&first.path, &damaged).unwrap();
    assert_eq!(all(folder.path()).len(), 58, "the others are read");
    let page = log.reader().page(None, 100, Some("persoon-3"), |entry, _| {
        (!entry.of("persoon-3").parts.is_empty()).then_some(entry.number)
    });
    assert!(page.unwrap().entries.len() > 15);

    let gone = BTreeSet::from(["persoon-1".to_owned()]);
    let erased = log.erase(&gone).unwrap();
    assert_eq!(erased.emptied as usize, places[1] - places[0]);
    let [left] = &erased.unreadable[..] else { panic!("{erased:?}") };
    // What stands before it was copied without the person.
    let copy = first.read().unwrap();
    let (from, length) = (left.offset as usize, left.bytes as usize);
    assert_eq!(copy[from..from + length], damaged[places[3]..places[4]]);
    assert_eq!(erased.parts, 29);
    for bytes in files(folder.path()).values() {
        assert!(!bytes.windows(9).any(|nine| nine == b"persoon-1"));
    }
    assert_eq!(log.erase(&gone).unwrap().unreadable, erased.unreadable, "it is told every time");
    assert!(!verified(folder.path(), &kept).findings.is_empty(), "and verifying tells of the damage");
    assert_eq!(log.empty_unreadable().unwrap(), left.bytes);
    assert_eq!(log.erase(&gone).unwrap(), Erased::default());
    assert_eq!(all(folder.path()).len(), 58);
    assert!(!verified(folder.path(), &kept).findings.is_empty());
}

#[test]
fn whoever_is_looked_for_is_found_wherever_they_stand_and_files_without_them_are_not_read_twice() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    let look = || {
        let select = |entry: &Entry, _: &[u8]| (!entry.of("rare").parts.is_empty()).then_some(entry.number);
        let (mut found, mut before, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = log.reader().page(before, 10, Some("rare"), select).unwrap();
            found.extend(page.entries.iter().map(|one| one.found));
            (before, pages) = (page.next, pages + 1);
            if before.is_none() {
                return (found, pages);
            }
        }
    };
    let mut expected = Vec::new();
    for at in 0..400_u64 {
        let people: &[&str] = if at % 97 == 5 { &["k1", "rare", "k2"] } else { &["k1", "k2"] };
        let id = log.append(draft(&format!("h{at}"), people)).unwrap();
        if people.len() == 3 {
            expected.insert(0, id.number);
        }
    }
    let all = segments(&folder.path().join(FOLDER)).unwrap();
    assert!(all.len() > 16, "{} files", all.len());
    let (found, pages) = look();
    assert_eq!((found, pages > 1), (expected.clone(), true));
    let may_name = || {
        let named = all.iter().filter(|one| log.subjects.may_name(one, std::iter::once("rare")));
        named.count()
    };
    // The one that is written is always read.
    assert_eq!(may_name(), expected.len() + 1);
    assert_eq!(look(), (expected, 1), "once they are known one page is enough");
    log.erase(&BTreeSet::from(["rare".to_owned()])).unwrap();
    assert_eq!(look().0, Vec::<u64>::new());
    log.append(draft("again", &["rare"])).unwrap();
    assert_eq!(look().0.len(), 1);
}

#[test]
fn entries_that_wait_share_a_write_and_none_is_lost_between_many_threads() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    let ids = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (log, ids) = (&log, &ids);
            scope.spawn(move || {
                for at in 0..25 {
                    let id = log.append(draft(&format!("{thread}/{at}"), &["k"])).unwrap();
                    assert!(ids.lock().unwrap().insert(id));
                }
            });
        }
    });
    drop(log);
    assert_eq!(all(folder.path()).len(), 200);
    assert_eq!(verified(folder.path(), &kept).findings, []);
}

#[test]
fn who_is_erased_leaves_no_byte_and_every_other_part_keeps_its_bytes() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    for at in 0..40 {
        log.append(draft(&format!("h{at}"), &["kandidaat-anna", "kandidaat-bert"])).unwrap();
    }
    let before = all(folder.path());
    let erased = log.erase(&BTreeSet::from(["kandidaat-anna".to_owned()])).unwrap();
    assert_eq!(erased.parts, 40);
    assert_eq!(log.erase(&BTreeSet::from(["kandidaat-anna".to_owned()])).unwrap(), Erased::default());
    log.append(draft("after", &["kandidaat-bert"])).unwrap();
    drop(log);
    let after = all(folder.path());
    for (old, new) in before.iter().zip(&after) {
        assert_eq!((old.number, &old.head, &old.parts[1]), (new.number, &new.head, &new.parts[1]));
        assert!(matches!(new.parts[0], Part::Erased { hash, .. } if hash == old.parts[0].hash()));
    }
    for (name, bytes) in files(folder.path()) {
        assert!(!bytes.windows(4).any(|four| four == b"anna"), "{name} still names her");
    }
    let found = verified(folder.path(), &kept);
    assert_eq!((found.erased, found.findings), (40, vec![]));
}

#[test]
fn a_torn_end_is_cut_off_at_a_start_and_everything_before_it_stays() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    for at in 0..5 {
        log.append(draft(&format!("h{at}"), &["k"])).unwrap();
    }
    drop(log);
    let last = segments(&folder.path().join(FOLDER)).unwrap().pop().unwrap();
    let whole = fs::read(&last.path).unwrap();
    // As if a write of one more entry had been torn off after any number of its bytes.
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    log.append(draft("never acknowledged", &["k"])).unwrap();
    drop(log);
    let longer = fs::read(&last.path).unwrap();
    for torn in [whole.len() + 1, whole.len() + 3, whole.len() + 40, whole.len() + 100] {
        fs::write(&last.path, &longer[..torn]).unwrap();
        *kept.lock().unwrap() = None;
        let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
        assert_eq!(fs::read(&last.path).unwrap(), whole);
        drop(log);
        assert_eq!(all(folder.path()).len(), 5);
        assert_eq!(verified(folder.path(), &kept).findings, []);
    }
}

#[test]
fn a_log_that_lost_what_was_signed_goes_on_and_tells_of_it() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    for at in 0..5 {
        log.append(draft(&format!("h{at}"), &["k"])).unwrap();
    }
    drop(log);
    let last = segments(&folder.path().join(FOLDER)).unwrap().pop().unwrap();
    let bytes = fs::read(&last.path).unwrap();
    let (_, mut frames) = Frames::of(&bytes).unwrap();
    assert_eq!(frames.by_ref().take(3).count(), 3);
    fs::write(&last.path, &bytes[..bytes.len() - frames.left()]).unwrap();
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    log.append(draft("after", &["k"])).unwrap();
    drop(log);
    assert_eq!(all(folder.path()).len(), 4);
    assert_eq!(verified(folder.path(), &kept).findings, [Finding::Missing { first: 4, last: 5 }]);
}

#[test]
fn a_new_preface_and_a_new_start_begin_segments_that_hold_together() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    for preface in ["a", "b", "b", "c", "c"] {
        let options = LogOptions { preface: preface.into(), ..options(folder.path(), &kept) };
        let log = DecisionLog::open(options).unwrap();
        if preface != "b" {
            log.append(draft(preface, &["k"])).unwrap();
        }
    }
    let found = verified(folder.path(), &kept);
    assert_eq!((found.entries, found.findings), (3, vec![]));
}

#[test]
fn whole_files_go_when_everything_in_them_is_old_enough_and_the_chain_then_begins_at_a_signed_place() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    for at in 0..60 {
        log.append(draft(&format!("h{at}"), &["k"])).unwrap();
    }
    let before = files(folder.path()).len();
    assert_eq!(log.remove_older_than(190, now_ms()).unwrap(), 0, "nothing is half a year old");
    let later = now_ms() + 184 * 24 * 3_600 * 1_000;
    assert_eq!(log.remove_older_than(190, later).unwrap(), before - 1, "all but the one that is written");
    log.append(draft("after", &["k"])).unwrap();
    drop(log);
    let found = verified(folder.path(), &kept);
    assert_eq!(found.findings, []);
    assert!(found.segments <= 2, "{} files", found.segments);
    let start = folder.path().join(FOLDER).join("start");
    let signed = fs::read_to_string(&start).unwrap();
    fs::write(&start, signed.replacen(' ', " 1", 1)).unwrap();
    assert!(verified(folder.path(), &kept).findings.contains(&Finding::Start));
    fs::remove_file(&start).unwrap();
    assert!(matches!(verified(folder.path(), &kept).findings[..], [Finding::Missing { first: 1, .. }, ..]));
}

#[test]
fn a_second_place_holds_every_checkpoint_and_finds_a_log_that_was_cut_off_with_its_store() {
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let place = folder.path().join("elsewhere");
    let second = || LogOptions { second_place: Some(place.clone()), ..options(folder.path(), &kept) };
    for round in 0..3 {
        let log = DecisionLog::open(second()).unwrap();
        log.append(draft(&format!("h{round}"), &["k"])).unwrap();
    }
    let lines = fs::read_to_string(&place).unwrap();
    let told: Vec<Checkpoint> = lines.lines().map(|line| Checkpoint::parse(line).unwrap()).collect();
    assert_eq!(told.iter().map(|one| one.size).collect::<Vec<_>>(), [1, 3, 5]);
    assert_eq!(verify(&folder.path().join(FOLDER), &key().public(), &told).unwrap().findings, []);
    fs::remove_dir_all(folder.path().join(FOLDER)).unwrap();
    let log = DecisionLog::open(LogOptions { known: None, ..second() }).unwrap();
    log.append(draft("as if nothing had been", &["k"])).unwrap();
    drop(log);
    let found = verify(&folder.path().join(FOLDER), &key().public(), &told).unwrap();
    assert!(found.findings.contains(&Finding::Missing { first: 3, last: 3 }), "{:?}", found.findings);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever was appended, signed, closed and erased, in whatever order, with whatever starts in between: the chain holds,
    /// and every part of who was not erased is there as it was given.
    #[test]
    fn the_chain_holds_over_every_history(
        steps in proptest::collection::vec((0_u8..8, "[a-z]{0,12}", proptest::collection::vec(0_u8..5, 0..4)), 1..40),
    ) {
        let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
        let mut log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
        let mut expected: Vec<(String, Vec<Option<String>>)> = Vec::new();
        for (what, head, people) in steps {
            let people: Vec<String> = people.into_iter().map(|at| format!("k{at}")).collect();
            match what {
                0 => log.sign().unwrap(),
                1 => {
                    drop(log);
                    log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
                }
                2 => {
                    let erased: BTreeSet<String> = people.into_iter().collect();
                    log.erase(&erased).unwrap();
                    let parts = expected.iter_mut().flat_map(|(_, parts)| parts);
                    parts.filter(|part| part.as_ref().is_some_and(|id| erased.contains(id))).for_each(|part| *part = None);
                }
                _ => {
                    let ids: Vec<&str> = people.iter().map(String::as_str).collect();
                    log.append(draft(&head, &ids)).unwrap();
                    expected.push((head, people.into_iter().map(Some).collect()));
                }
            }
        }
        drop(log);
        let read = all(folder.path()).into_iter().map(|entry| {
            let head = String::from_utf8(entry.head).unwrap();
            let part = |part: Part| match part {
                Part::Erased { .. } => None,
                Part::Whole { subject, body, .. } => {
                    assert_eq!(body, format!("{head}: what is said of {subject}").into_bytes());
                    Some(subject)
                }
            };
            let parts = entry.parts.into_iter().map(part).collect();
            (head, parts)
        });
        prop_assert_eq!(read.collect::<Vec<_>>(), expected);
        let found = verified(folder.path(), &kept);
        prop_assert_eq!((found.findings, found.unsigned), (vec![], 0));
    }
}
