//! A copy of a data folder, made while the service runs, and the way back.
//!
//! A backup is a folder with a manifest that names every file with its length and hash; without the manifest, which is
//! written last, it is none. What is derived (index, prepared facts, remembered wordings) is not in it. A restore brings
//! nobody back who was erased since.

use super::{
    Engine,
    decisions::Living,
    erasures::{self, Erasures, Hashes},
};
use crate::{
    domain::text::CandidateId,
    durable,
    night::{Night, NightError, Nights},
    store::{
        ChangeNumber, DataFolder, Expected, OpenError, Operation, Purge, ReadError, RecordId, RecordKind,
        RedbStore, StorageFault, Store, StoreOptions, WriteBatch, WriteError,
    },
};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Component, Path, PathBuf},
};

const MANIFEST: &str = "manifest";
const HEAD: &str = "passend-backup-1";
const STORE: &str = "store.redb";
const PLACES: &str = "places.tsv";
/// Where a restore gets everything ready.
const READY: &str = "restore.new";
/// Stands while the files of a restore take their places.
pub(super) const SWAP: &str = "restore.swap";
/// Of this process, derived, or in work: not in a backup, and removed by a restore.
const DERIVED: [&str; 5] = ["index", "facts.bin", "wordings-", "quarantine", "base-"];
/// Of the process that has the folder.
const OF_THE_PROCESS: [&str; 3] = ["store.lock", "server.json", "restore."];
/// Files whose names end so are being written.
const UNFINISHED: [&str; 3] = [".partial", ".new", ".unfinished"];
/// Restored whatever stands there. Anything else (a log) is restored only where it is gone.
const RESTORED: [&str; 6] = [STORE, "nights", "runs", "taxonomy", PLACES, erasures::FILE];
/// People who are erased together.
const TOGETHER: usize = 500;

/// What a backup holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BackedUp {
    /// Files, the manifest aside.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The last change in it.
    pub change: u64,
}

/// What a restore came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Files that were restored.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The last change of the backup.
    pub change: u64,
    /// People in it who were erased since, and are erased again.
    pub erased_again: u64,
    /// Bytes of the record of decisions that cannot be read: whom they are about nobody can say.
    pub unreadable: u64,
}

/// Why there is no backup, or why it cannot be put back. What stood in the data folder is then as it was, but for
/// [`BackupError::Swap`].
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The target holds something.
    #[error("{} holds files already; name a folder that is empty or not there yet", .0.display())]
    NotEmpty(PathBuf),
    /// The record of decisions.
    #[error(transparent)]
    Decisions(#[from] crate::decisions::LogError),
    /// The store.
    #[error("the store cannot be copied: {0}")]
    Store(#[from] StorageFault),
    /// A folder cannot be opened as a store.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Nobody could be erased in the restored store.
    #[error("the erasures since the backup cannot be done again: {0}")]
    Write(#[from] WriteError),
    /// A night cannot be read or written.
    #[error(transparent)]
    Night(#[from] NightError),
    /// A file.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: io::Error,
    },
    /// The backup is not as it was written.
    #[error("the backup {} cannot be used: {what}; take another one", folder.display())]
    Damaged {
        /// The backup.
        folder: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The folder belongs to another store.
    #[error(
        "the data folder holds the data of another store, not those of the backup; restore into an empty folder"
    )]
    OtherStore,
    /// The files could not all take their places.
    #[error(
        "the files could not take their places: {0}; make room and restore again, the folder cannot be used before"
    )]
    Swap(#[source] io::Error),
}

impl Engine {
    /// Copies the data folder as it is now into a folder that is empty or not there yet, while everything goes on.
    ///
    /// # Errors
    /// When the target is not empty or something cannot be read or written.
    pub fn back_up(&self, to: &Path) -> Result<BackedUp, BackupError> {
        durable::make_folder(to).map_err(at(to))?;
        if fs::read_dir(to).map_err(at(to))?.next().is_some() {
            return Err(BackupError::NotEmpty(to.to_owned()));
        }
        let copied = self.store().copy_to(&to.join(STORE))?;
        let mut lines = Vec::new();
        let mut backed_up = BackedUp { change: copied.last_change.0, ..BackedUp::default() };
        let mut add = |path: &Path, (bytes, hash): (u64, String)| {
            backed_up.files += 1;
            backed_up.bytes += bytes;
            lines.push(format!("{hash} {bytes} {}\n", path.display()));
        };
        add(Path::new(STORE), hash_of(&to.join(STORE)).map_err(at(to))?);
        let mut wanted = Vec::new();
        wanted_files(&self.folder, Path::new(""), &mut wanted).map_err(at(&self.folder))?;
        // Last of all who was erased: whoever went while the rest was copied is in it.
        wanted.sort_by_key(|path| path == Path::new(erasures::FILE));
        for path in wanted {
            match copy(&self.folder.join(&path), &to.join(&path)) {
                Ok(copied) => add(&path, copied),
                // A night that went meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(BackupError::File { path, source }),
            }
        }
        let store: String = self.store().identity().id.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut manifest =
            format!("{HEAD} {} store {store} change {}\n", env!("CARGO_PKG_VERSION"), backed_up.change);
        lines.iter().for_each(|line| manifest.push_str(line));
        manifest.push_str(&format!("{}\n", blake3::hash(manifest.as_bytes())));
        durable::replace(&to.join(MANIFEST), manifest.as_bytes()).map_err(at(to))?;
        Ok(backed_up)
    }
}

/// Puts a backup in the place of what stands in a data folder, which no process may have. `erasures`: more files of
/// people who were erased, such as the one of a folder that was lost.
///
/// # Errors
/// See [`BackupError`]. Everything is verified before anything is replaced.
pub fn restore(folder: &Path, from: &Path, erasures: &[PathBuf]) -> Result<Restored, BackupError> {
    let taken = DataFolder::take(folder)?;
    let files = manifest_of(from)?;
    let ready = folder.join(READY);
    remove(&ready).map_err(at(&ready))?;
    durable::make_folder(&ready).map_err(at(&ready))?;
    let prepared = prepare(folder, taken, &ready, from, &files, erasures);
    match prepared {
        Ok((taken, mut restored, living)) => {
            let mark = swap(folder, &ready).map_err(BackupError::Swap)?;
            // The record that stood there already goes on; it may name people whom the backup does not know.
            let cleaned =
                living.keep_only(folder).map_err(|error| BackupError::Swap(io::Error::other(error)))?;
            restored.unreadable = cleaned;
            remove(&mark).and_then(|()| durable::sync_folder(folder)).map_err(BackupError::Swap)?;
            drop(taken);
            Ok(restored)
        }
        Err(error) => {
            // It is of no use; the error is what matters.
            let _ = remove(&ready);
            Err(error)
        }
    }
}

/// A file of a backup: where it stands, its length and its hash.
struct Listed {
    path: PathBuf,
    bytes: u64,
    hash: String,
}

fn prepare(
    folder: &Path,
    taken: DataFolder,
    ready: &Path,
    from: &Path,
    files: &[Listed],
    more: &[PathBuf],
) -> Result<(DataFolder, Restored, Living), BackupError> {
    let damaged = |what: String| BackupError::Damaged { folder: from.to_owned(), what };
    let mut restored = Restored::default();
    for file in files {
        let (bytes, hash) = copy(&from.join(&file.path), &ready.join(&file.path)).map_err(at(&file.path))?;
        if bytes != file.bytes || hash != file.hash {
            return Err(damaged(format!("{} is not as it was written", file.path.display())));
        }
        restored.files += 1;
        restored.bytes += bytes;
    }
    let store = RedbStore::open(ready, &StoreOptions { reserve_bytes: 0, ..StoreOptions::default() })?;
    let report = store.check()?;
    if !report.is_sound() {
        return Err(damaged(format!("{} findings in its store", report.findings.len())));
    }
    restored.change = report.last_change.0;
    let other_store = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidData => BackupError::OtherStore,
        _ => BackupError::File { path: folder.join(erasures::FILE), source: error },
    };
    let known = Erasures::open(ready, store.identity()).map_err(at(ready))?;
    known
        .add(erasures::read(&folder.join(erasures::FILE), store.identity()).map_err(other_store)?)
        .map_err(at(ready))?;
    for path in more {
        known.add(erasures::read(path, store.identity()).map_err(at(path))?).map_err(at(path))?;
    }
    let (taken, last) = last_of(folder, taken, &store)?;
    let hashes = known.known();
    let (again, living) = erase_again(&store, ready, &hashes)?;
    restored.erased_again = again;
    let gone: Vec<(RecordId, ChangeNumber)> = store.snapshot()?.deletions()?.flatten().collect();
    let used = hashes.values().copied().max().unwrap_or_default().max(last);
    store.purge(&Purge { gone, used: ChangeNumber(used) })?;
    drop(store);
    fs::remove_file(ready.join("store.lock")).map_err(at(ready))?;
    Ok((taken, restored, living))
}

/// The last change of what stands in the folder now, where it can be read: its numbers are not used for other changes.
fn last_of(folder: &Path, taken: DataFolder, new: &RedbStore) -> Result<(DataFolder, u64), BackupError> {
    if !RedbStore::exists_in(folder) {
        return Ok((taken, 0));
    }
    let mut last = 0;
    if let Ok(store) = RedbStore::open_taken(taken, &StoreOptions::default()) {
        if store.identity().id != new.identity().id {
            return Err(BackupError::OtherStore);
        }
        last = store.snapshot()?.last_change()?.0;
    }
    Ok((DataFolder::take(folder)?, last))
}

/// Deletes everybody who was erased after their record was written, and takes them out of the nights.
fn erase_again(store: &RedbStore, folder: &Path, known: &Hashes) -> Result<(u64, Living), BackupError> {
    let secret = store.secret();
    let snapshot = store.snapshot()?;
    let (mut gone, mut living) = (Vec::new(), BTreeSet::new());
    for record in snapshot.records(RecordKind::Candidate, None)? {
        let record = record?;
        let erased = known.get(&secret.erased(record.id.as_str()));
        match erased.is_some_and(|change| *change >= record.version.0) {
            true => gone.push(record.id),
            false => drop(living.insert(record.id.as_str().to_owned())),
        }
    }
    drop(snapshot);
    for ids in gone.chunks(TOGETHER) {
        let delete = |id: &RecordId| Operation::Delete { id: id.clone(), expected: Expected::Present };
        store.write(WriteBatch { request: None, operations: ids.iter().map(delete).collect() })?;
    }
    let nights = Nights::open(folder);
    let mut people = BTreeSet::new();
    for night in nights.list()? {
        // A damaged night goes as a whole where somebody is to be taken out of it.
        let Ok(night) = Night::open(&night.path) else { continue };
        let left = night.people().iter().filter(|id| !id.is_empty() && !living.contains(*id));
        people.extend(left.filter(|id| CandidateId::new(id.as_str()).is_ok()).cloned());
    }
    nights.erase(&people)?;
    let living = Living::of(store, living);
    // Before anything takes its place: where this fails the folder stays as it is.
    living.keep_only(folder)?;
    Ok((gone.len() as u64, living))
}

/// Lets what is ready take its place. A stop before the mark is taken away is found by it, and the restore is done again. The
/// mark.
fn swap(folder: &Path, ready: &Path) -> io::Result<PathBuf> {
    let mark = folder.join(SWAP);
    durable::replace(&mark, b"a restore was broken off; restore again\n")?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_derived = DERIVED.iter().any(|derived| name.starts_with(derived)) || is_unfinished(&name);
        // Files are replaced by the rename below, so that who was erased is known at every moment.
        let is_replaced = RESTORED.contains(&name.as_str()) && entry.file_type()?.is_dir();
        let is_own = OF_THE_PROCESS.iter().any(|own| name.starts_with(own));
        if (is_derived || is_replaced) && !is_own {
            remove(&entry.path())?;
        }
    }
    if !ready.join(PLACES).exists() {
        // The backup has none of its own: it is with those of the program.
        remove(&folder.join(PLACES))?;
    }
    for entry in fs::read_dir(ready)? {
        let entry = entry?;
        let name = entry.file_name();
        let target = folder.join(&name);
        let is_restored = RESTORED.iter().any(|restored| name == *restored);
        if is_restored || !target.exists() {
            fs::rename(entry.path(), target)?;
        }
    }
    durable::sync_folder(folder)?;
    remove(ready)?;
    Ok(mark)
}

fn manifest_of(from: &Path) -> Result<Vec<Listed>, BackupError> {
    let damaged = |what: &str| BackupError::Damaged { folder: from.to_owned(), what: what.to_owned() };
    let text = fs::read_to_string(from.join(MANIFEST)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => damaged("it has no manifest, so it was never finished"),
        _ => damaged("its manifest cannot be read"),
    })?;
    let end = text.trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
    let (told, sum) = text.split_at(end);
    if sum.trim_end() != blake3::hash(told.as_bytes()).to_hex().as_str() {
        return Err(damaged("its manifest is not as it was written"));
    }
    let mut lines = told.lines();
    if lines.next().is_none_or(|head| head.split(' ').next() != Some(HEAD)) {
        return Err(damaged("its manifest is of another version of the program"));
    }
    lines.map(|line| listed(line).ok_or_else(|| damaged("a line of its manifest cannot be read"))).collect()
}

fn listed(line: &str) -> Option<Listed> {
    let (hash, rest) = line.split_once(' ')?;
    let (bytes, path) = rest.split_once(' ')?;
    let path = PathBuf::from(path);
    // Nothing outside the folder, whoever wrote the manifest.
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    (is_inside && path.components().next().is_some()).then_some(())?;
    Some(Listed { path, bytes: bytes.parse().ok()?, hash: hash.to_owned() })
}

/// The files of a data folder that a backup holds, the store aside.
fn wanted_files(folder: &Path, inside: &Path, wanted: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = match fs::read_dir(folder.join(inside)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let left_out = DERIVED.iter().chain(&OF_THE_PROCESS).any(|start| name.starts_with(start));
        if left_out || is_unfinished(&name) || name == STORE {
            continue;
        }
        let path = inside.join(&name);
        match entry.file_type() {
            // What a run works with is of no use without the run's process.
            Ok(kind) if kind.is_dir() && inside == Path::new("runs") => {}
            Ok(kind) if kind.is_dir() => wanted_files(folder, &path, wanted)?,
            Ok(kind) if kind.is_file() => wanted.push(path),
            _ => {}
        }
    }
    Ok(())
}

fn is_unfinished(name: &str) -> bool {
    UNFINISHED.iter().any(|end| name.ends_with(end))
}

/// Copies a file, durably; its length and hash.
fn copy(from: &Path, to: &Path) -> io::Result<(u64, String)> {
    let mut source = File::open(from)?;
    if let Some(folder) = to.parent() {
        durable::make_folder(folder)?;
    }
    let mut target = File::create_new(to)?;
    let read = pass(&mut source, |piece| target.write_all(piece))?;
    target.sync_all()?;
    Ok(read)
}

fn hash_of(path: &Path) -> io::Result<(u64, String)> {
    pass(&mut File::open(path)?, |_| Ok(()))
}

fn pass(source: &mut File, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<(u64, String)> {
    let (mut hasher, mut bytes, mut piece) = (blake3::Hasher::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = source.read(&mut piece)?;
        let Some(part) = piece.get(..read).filter(|part| !part.is_empty()) else { break };
        take(part)?;
        hasher.update(part);
        bytes += part.len() as u64;
    }
    Ok((bytes, hasher.finalize().to_hex().to_string()))
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn at(path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::File { path: path.clone(), source }
}
