//! Every kind of damage to the files gives a reason to rebuild, or does no harm; nothing panics and a rebuild helps.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::testing::{built, candidate, find, identity, ids, must_rebuild, opened, region};
use crate::{Change, Entry, Kind, Opened, RebuildReason, SearchIndex, StoreIdentity, TextField};

/// An index of two segments, one with a deleted document.
fn make(folder: &Path) -> Vec<Entry> {
    let mut index = built(folder, region());
    let changed = candidate("k1", 5).with_text(TextField::Title, "Verzorgende");
    index.apply([Change::Upsert(changed)]).unwrap();
    index.commit(5).unwrap();
    index.searcher().entries().unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(file, target).unwrap();
    }
}

/// The bytes of a file after the damage; none where it is removed.
type Damage = fn(Vec<u8>) -> Option<Vec<u8>>;

fn is_lock(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "lock")
}

/// Opens what was damaged: a reason, or an index that is as it was. Afterwards a rebuild gives a whole index.
fn check(folder: &Path, whole: &[Entry], what: &str) -> Option<RebuildReason> {
    let opened = SearchIndex::open(folder, &identity(), 5).unwrap_or_else(|error| panic!("{what}: {error}"));
    let reason = match opened {
        Opened::MustRebuild(reason) => Some(reason),
        Opened::Ready(index) => {
            assert_eq!(index.searcher().entries().unwrap(), whole, "{what}");
            assert_eq!(ids(&find(&index, "verzorgende")), ["k1", "k2"], "{what}");
            None
        }
    };
    let index = built(folder, region());
    assert_eq!(ids(&find(&index, "verzorgende")), ["k1", "k2"], "{what}");
    drop(index);
    assert_eq!(self::opened(folder).last_committed_change(), 4, "{what}");
    reason
}

#[test]
fn every_file_removed_cut_or_overwritten_is_noticed() {
    let original = tempfile::tempdir().unwrap();
    let whole = make(original.path());
    let names: Vec<PathBuf> = files(original.path())
        .iter()
        .map(|file| file.strip_prefix(original.path()).unwrap().to_owned())
        .collect();
    assert!(names.iter().any(|name| name.extension().is_some_and(|part| part == "del")), "{names:?}");
    assert_eq!(
        names.len(),
        2 * 6 + 1 + 2 + 2 + 1,
        "two segments, deletes, control files, locks, pointer: {names:?}"
    );

    let damages: [(&str, Damage); 7] = [
        ("removed", |_| None),
        ("emptied", |_| Some(Vec::new())),
        ("cut by one byte", |mut bytes| {
            bytes.pop();
            Some(bytes)
        }),
        ("cut in half", |bytes| Some(bytes[..bytes.len() / 2].to_vec())),
        ("first bit flipped", |mut bytes| {
            if let Some(byte) = bytes.first_mut() {
                *byte ^= 1;
            }
            Some(bytes)
        }),
        ("overwritten with noise", |bytes| {
            Some(bytes.iter().map(|byte| byte.wrapping_mul(167) ^ 0x5a).collect())
        }),
        ("made longer", |mut bytes| {
            bytes.extend([0xff; 100]);
            Some(bytes)
        }),
    ];
    for name in names.iter().filter(|name| !is_lock(name)) {
        for (what, damage) in damages {
            let folder = tempfile::tempdir().unwrap();
            copy(original.path(), folder.path());
            let path = folder.path().join(name);
            match damage(fs::read(&path).unwrap()) {
                Some(bytes) => fs::write(&path, bytes).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            let what = format!("{} {what}", name.display());
            let reason = check(folder.path(), &whole, &what).unwrap_or_else(|| panic!("{what}: not noticed"));
            let named = match &reason {
                RebuildReason::Damaged { file, .. } => name.ends_with(file),
                RebuildReason::Missing | RebuildReason::PointerUnreadable { .. } => {
                    name == Path::new("current")
                }
                _ => false,
            };
            assert!(named, "{what}: {reason}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn any_changed_bytes_anywhere_are_noticed_or_harmless(
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..20),
        cut in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let whole = make(folder.path());
        let files = files(folder.path());
        let path = &files[file.index(files.len())];
        let mut content = fs::read(path).unwrap();
        let at = at.index(content.len() + 1);
        let end = content.len().min(at + bytes.len());
        content.splice(at..end, bytes);
        if cut {
            content.truncate(at);
        }
        fs::write(path, content).unwrap();
        check(folder.path(), &whole, &path.display().to_string());
    }
}

#[test]
fn another_store_another_schema_and_a_store_set_back_are_named() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let open = |store_id: &str, schema_version, last_change| {
        let identity = StoreIdentity { store_id: store_id.to_owned(), schema_version };
        match SearchIndex::open(folder.path(), &identity, last_change).unwrap() {
            Opened::Ready(index) => Ok(index.last_committed_change()),
            Opened::MustRebuild(reason) => Err(reason.to_string()),
        }
    };
    assert_eq!(open("store-1", 3, 5), Ok(5));
    assert_eq!(open("store-1", 3, 600), Ok(5));
    assert_eq!(open("store-1", 3, 4), Err("the search index is at change 5, the store only at 4".to_owned()));
    assert_eq!(
        open("store-2", 3, 5),
        Err("the search index belongs to another store (store-1, not store-2)".to_owned())
    );
    assert_eq!(
        open("store-1", 4, 5),
        Err("the search index has another layout (version 3 of records, 3 of terms, not version 4 of records, 3 of \
             terms)"
            .to_owned())
    );
}

#[test]
fn a_commit_without_a_readable_payload_is_named() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let generation = folder.path().join("generation-1");
    let commit = |payload: Option<&str>| {
        let directory = crate::directory::SealedDirectory::open(&generation).unwrap();
        let index = tantivy::Index::open(directory).unwrap();
        let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        let mut commit = writer.prepare_commit().unwrap();
        if let Some(payload) = payload {
            commit.set_payload(payload);
        }
        commit.commit().unwrap();
    };
    commit(None);
    assert_eq!(must_rebuild(folder.path()), RebuildReason::PayloadMissing);
    for unreadable in ["", "{}", "5", r#"{"store_id":"store-1"}"#] {
        commit(Some(unreadable));
        assert!(
            matches!(must_rebuild(folder.path()), RebuildReason::PayloadUnreadable { .. }),
            "{unreadable}"
        );
    }
}

#[test]
fn an_index_with_other_fields_is_named() {
    let folder = tempfile::tempdir().unwrap();
    drop(SearchIndex::rebuild(folder.path(), &identity()).unwrap());
    let generation = folder.path().join("generation-1");
    fs::remove_dir_all(&generation).unwrap();
    fs::create_dir(&generation).unwrap();
    let directory = crate::directory::SealedDirectory::open(&generation).unwrap();
    let schema = tantivy::schema::Schema::builder().build();
    let index = tantivy::Index::create(directory, schema, tantivy::IndexSettings::default()).unwrap();
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
    let mut commit = writer.prepare_commit().unwrap();
    let payload = crate::identity::Payload::new(&identity(), 0);
    commit.set_payload(&serde_json::to_string(&payload).unwrap());
    commit.commit().unwrap();
    fs::write(folder.path().join("current"), "generation-1\n").unwrap();
    assert!(matches!(must_rebuild(folder.path()), RebuildReason::OtherSchema { .. }));
}

#[test]
fn files_that_no_segment_uses_are_removed_and_foreign_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let whole = make(folder.path());
    let stray = folder.path().join("generation-1/0123.store");
    let foreign = folder.path().join("notes.txt");
    fs::write(&stray, "text of somebody deleted").unwrap();
    fs::write(&foreign, "").unwrap();
    assert_eq!(opened(folder.path()).searcher().entries().unwrap(), whole);
    assert!(!stray.exists() && foreign.exists());
}

#[test]
fn a_folder_that_cannot_be_used_is_an_error_and_no_reason_to_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = SearchIndex::open(&file, &identity(), 0).unwrap_err();
    assert!(error.to_string().ends_with("cannot be made"), "{error}");
    assert!(SearchIndex::rebuild(file.join("below"), &identity()).is_err());
}

#[test]
fn an_empty_folder_has_no_index() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(must_rebuild(&folder.path().join("new/deep")), RebuildReason::Missing);
    let index = built(folder.path(), Vec::new());
    assert_eq!(index.searcher().count(Kind::Vacancy).unwrap(), 0);
    drop(index);
    assert_eq!(opened(folder.path()).last_committed_change(), 0);
}
