//! Power cuts: what was written since a file's last sync is on the disk sector by sector or not, names since the folder's last
//! sync are there or not, in any mixture. What was committed opens, and holds exactly what the store had then. A disk that only says
//! that it synced is the control: it must be caught.
//!
//! `PASSEND_POWER_CUTS=10000 cargo test -p passend-index power -- --nocapture` is the long form.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tantivy::directory::error::{DeleteError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, FileHandle, RamDirectory, TerminatingWrite, WatchCallback, WatchHandle,
    WritePtr,
};

use crate::directory::SealedDirectory;
use crate::killed_tests::{change, store_at};
use crate::testing::identity;
use crate::{Opened, SearchIndex, opening};

const USUAL: usize = 200;
const SECTOR: usize = 512;
/// Enough that segments are merged, and files of merged ones removed.
const COMMITS: u64 = 30;
const CHANGES: u64 = 5;

/// What a disk was asked, in order.
#[derive(Clone, Debug)]
enum Step {
    Created(PathBuf),
    Written(PathBuf, Vec<u8>),
    Synced(PathBuf),
    /// A whole file took the name at once, as after a rename.
    Replaced(PathBuf, Vec<u8>),
    Removed(PathBuf),
    FolderSynced,
    /// The index answered that it holds the store's changes up to this one.
    Committed(u64),
}

/// A disk in memory that remembers what it was asked.
#[derive(Clone, Debug, Default)]
struct Recording {
    files: RamDirectory,
    steps: Arc<Mutex<Vec<Step>>>,
}

impl Recording {
    fn note(&self, step: Step) {
        self.steps.lock().unwrap().push(step);
    }
}

struct RecordedFile {
    path: PathBuf,
    inner: WritePtr,
    disk: Recording,
}

impl Write for RecordedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.disk.note(Step::Written(self.path.clone(), bytes[..written].to_vec()));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for RecordedFile {
    // The file system's directory syncs a file here and nowhere else.
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.inner.terminate_ref(token)?;
        self.disk.note(Step::Synced(self.path.clone()));
        Ok(())
    }
}

impl Directory for Recording {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)?;
        self.note(Step::Removed(path.to_owned()));
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let inner = self.files.open_write(path)?;
        self.note(Step::Created(path.to_owned()));
        let file = RecordedFile { path: path.to_owned(), inner, disk: self.clone() };
        Ok(BufWriter::new(Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        // The note first: a commit that is seen is noted.
        self.note(Step::Replaced(path.to_owned(), data.to_vec()));
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.note(Step::FolderSynced);
        Ok(())
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// A life of an index, step by step.
fn recorded() -> Vec<Step> {
    let disk = Recording::default();
    let index = opening::create_in(SealedDirectory::on(disk.clone())).unwrap();
    let mut index = SearchIndex::new(index, identity(), 0).unwrap();
    for commit in 0..COMMITS {
        let (from, through) = (commit * CHANGES + 1, (commit + 1) * CHANGES);
        index.apply((from..=through).map(change)).unwrap();
        index.commit(through).unwrap();
        disk.note(Step::Committed(through));
    }
    drop(index);
    let steps = disk.steps.lock().unwrap();
    steps.clone()
}

/// What is written of a file, and how much of it for sure.
#[derive(Clone, Debug, Default)]
struct Content {
    bytes: Vec<u8>,
    synced: usize,
}

/// What is asked of a disk so far.
#[derive(Debug, Default)]
struct Disk {
    contents: Vec<Content>,
    /// The content that each name has for sure; `None`: no such name.
    sure: BTreeMap<PathBuf, Option<usize>>,
    /// Each name since the last sync of the folder.
    since: BTreeMap<PathBuf, Vec<Option<usize>>>,
    /// It says that it synced, and did nothing.
    lies: bool,
    committed: u64,
}

impl Disk {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Created(path) => self.name(path, Some(Content::default())),
            Step::Written(path, bytes) => {
                if let Some(content) = self.latest(path) {
                    content.bytes.extend_from_slice(bytes);
                }
            }
            Step::Synced(path) if !self.lies => {
                if let Some(content) = self.latest(path) {
                    content.synced = content.bytes.len();
                }
            }
            Step::Replaced(path, bytes) => {
                let synced = if self.lies { 0 } else { bytes.len() };
                self.name(path, Some(Content { bytes: bytes.clone(), synced }));
            }
            Step::Removed(path) => self.name(path, None),
            Step::FolderSynced if !self.lies => {
                for (path, versions) in std::mem::take(&mut self.since) {
                    self.sure.insert(path, versions.last().copied().flatten());
                }
            }
            Step::Synced(_) | Step::FolderSynced => {}
            Step::Committed(through) => self.committed = *through,
        }
    }

    fn name(&mut self, path: &Path, content: Option<Content>) {
        let number = content.map(|content| {
            self.contents.push(content);
            self.contents.len() - 1
        });
        self.since.entry(path.to_owned()).or_default().push(number);
    }

    fn latest(&mut self, path: &Path) -> Option<&mut Content> {
        let since = self.since.get(path).and_then(|versions| versions.last().copied());
        let number = since.or_else(|| self.sure.get(path).copied())??;
        self.contents.get_mut(number)
    }

    /// A folder with what a power cut leaves.
    fn cut(&self, folder: &Path, chance: &mut Chance) {
        let names = self.sure.keys().chain(self.since.keys()).collect::<std::collections::BTreeSet<_>>();
        for name in names {
            let since = self.since.get(name).map_or(&[][..], Vec::as_slice);
            let version = match chance.below(since.len() + 1) {
                0 => self.sure.get(name).copied().flatten(),
                later => since[later - 1],
            };
            let Some(number) = version else { continue };
            let Content { bytes, synced } = &self.contents[number];
            let length = synced + chance.below(bytes.len() - synced + 1);
            let mut image = bytes[..length].to_vec();
            for sector in (synced / SECTOR * SECTOR..length).step_by(SECTOR) {
                if chance.below(2) == 0 {
                    image[sector.max(*synced)..length.min(sector + SECTOR)].fill(0);
                }
            }
            fs::write(folder.join(name), image).unwrap();
        }
    }
}

/// Numbers from a seed, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 += 1;
        let hash = blake3::hash(&self.0.to_le_bytes());
        let (number, _) = hash.as_bytes().split_first_chunk::<8>().unwrap();
        (u64::from_le_bytes(*number) % bound as u64) as usize
    }
}

/// What the index of a folder after a power cut holds is the store's at a commit, the last answered one or a later one.
fn is_as_committed(disk: &Disk, chance: &mut Chance) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let generation = folder.path().join("generation-1");
    fs::create_dir(&generation).unwrap();
    fs::write(folder.path().join("current"), "generation-1\n").unwrap();
    disk.cut(&generation, chance);
    match SearchIndex::open(folder.path(), &identity(), u64::MAX).unwrap() {
        Opened::Ready(index) => {
            let reached = index.last_committed_change();
            reached >= disk.committed && index.searcher().entries().unwrap() == store_at(reached)
        }
        Opened::MustRebuild(_) => false,
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the count is the report")]
fn no_power_cut_takes_a_commit_back_and_a_disk_that_lies_is_caught() {
    let count =
        std::env::var("PASSEND_POWER_CUTS").ok().map_or(USUAL, |count| count.parse::<usize>().unwrap());
    let steps = recorded();
    let first = steps.iter().position(|step| matches!(step, Step::Committed(_))).unwrap() + 1;
    let mut chance = Chance(2026 << 32);
    let mut moments: Vec<usize> = (0..count).map(|_| first + chance.below(steps.len() - first + 1)).collect();
    moments.sort_unstable();
    let (mut disk, mut liar, mut taken) = (Disk::default(), Disk { lies: true, ..Disk::default() }, 0);
    let mut caught = 0;
    for (number, moment) in moments.into_iter().enumerate() {
        for step in &steps[taken..moment] {
            disk.take(step);
            liar.take(step);
        }
        taken = moment;
        assert!(is_as_committed(&disk, &mut chance), "cut {number} after step {moment} of {}", steps.len());
        if number % 20 == 0 {
            caught += usize::from(!is_as_committed(&liar, &mut chance));
        }
    }
    println!("{count} power cuts in {} steps of a disk; a lying disk was caught {caught} times", steps.len());
    assert!(caught > 0, "a disk that lies was never caught, so nothing was tested");
}
