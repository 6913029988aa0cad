//! The nights of a data folder: which there are, which is meant, and how one comes and goes.

use super::{
    NightError,
    erase::{self, Erased},
    file::Night,
    head::NightScope,
    retention::{self, Retention},
    writer::{GrowingFile, UNFINISHED},
};
use crate::domain::Date;
use crate::durable;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The folder inside the data folder.
const FOLDER: &str = "nights";
/// Ends the name of a night.
const NIGHT: &str = "night";
/// Nights that are held open: the last one, and what is compared with it.
const OPEN: usize = 4;

/// A night that is kept, by its name; whether it is whole shows when it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightInfo {
    /// The day as of which it ranks.
    pub as_of: Date,
    /// What it covers.
    pub scope: NightScope,
    /// Its file.
    pub path: PathBuf,
}

/// The nights of a data folder. Clones share what is open.
#[derive(Clone, Debug)]
pub struct Nights(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    open: Mutex<Vec<Arc<Night>>>,
    /// Who was taken out while a night is being written: they must not come back with it.
    writing: Mutex<BTreeMap<PathBuf, BTreeSet<String>>>,
    /// Held while a file takes its place or goes: one at a time.
    changing: Mutex<()>,
}

impl Nights {
    /// The nights of a data folder; what an interrupted run left is removed.
    pub fn open(data: &Path) -> Self {
        let folder = data.join(FOLDER);
        for path in files(&folder).unwrap_or_default() {
            if path.extension().is_some_and(|extension| extension == UNFINISHED) {
                // Of no use, and written over where it cannot be removed.
                let _ = fs::remove_file(path);
            }
        }
        Self(Arc::new(Shared {
            folder,
            open: Mutex::default(),
            writing: Mutex::default(),
            changing: Mutex::default(),
        }))
    }

    /// Removes what an interrupted run left. Only while no night is being written.
    ///
    /// # Errors
    /// When the folder cannot be read or a file not removed.
    pub fn remove_unfinished(&self) -> Result<(), NightError> {
        let io = |source| NightError::Io { path: self.0.folder.clone(), source };
        for path in files(&self.0.folder).map_err(io)? {
            if path.extension().is_some_and(|extension| extension == UNFINISHED) {
                fs::remove_file(path).map_err(io)?;
            }
        }
        Ok(())
    }

    /// The nights that are kept, the last day first; of one day the widest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn list(&self) -> Result<Vec<NightInfo>, NightError> {
        let io = |source| NightError::Io { path: self.0.folder.clone(), source };
        let files = files(&self.0.folder).map_err(io)?;
        let mut nights: Vec<NightInfo> = files.into_iter().filter_map(named).collect();
        nights.sort_unstable_by_key(|night| (Reverse(night.as_of), night.scope));
        Ok(nights)
    }

    /// The night of a day; `None`: the last. Of a scope; `None`: the widest of that day.
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn night(&self, day: Option<Date>, scope: Option<NightScope>) -> Result<Arc<Night>, NightError> {
        let nights = self.list()?;
        let fits = |night: &&NightInfo| {
            day.is_none_or(|day| night.as_of == day) && scope.is_none_or(|scope| night.scope == scope)
        };
        let Some(found) = nights.iter().find(fits) else { return Err(none(day, &nights)) };
        self.opened(&found.path)
    }

    /// The last night before a day of the same scope.
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn before(&self, day: Date, scope: NightScope) -> Result<Arc<Night>, NightError> {
        let nights = self.list()?;
        let earlier = nights.iter().find(|night| night.as_of < day && night.scope == scope);
        self.opened(&earlier.ok_or(NightError::NoEarlierNight { day })?.path)
    }

    /// Opens a night, or takes the one that is open.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn opened(&self, path: &Path) -> Result<Arc<Night>, NightError> {
        if let Some(night) = lock(&self.0.open).iter().find(|night| night.path() == path) {
            return Ok(Arc::clone(night));
        }
        // With the lock on changes, so that a file that is replaced meanwhile is not held under its name.
        let _unchanged = lock(&self.0.changing);
        let night = Arc::new(Night::open(path)?);
        let mut open = lock(&self.0.open);
        open.insert(0, Arc::clone(&night));
        open.truncate(OPEN);
        Ok(night)
    }

    /// Removes the nights that are not kept any longer, and says which.
    ///
    /// # Errors
    /// When the folder cannot be read or a file not removed.
    pub fn retain(&self, retention: Retention) -> Result<Vec<NightInfo>, NightError> {
        let _alone = lock(&self.0.changing);
        let nights = self.list()?;
        let mut removed = Vec::new();
        for night in retention::outdated(&nights, retention) {
            self.remove(&night.path)?;
            removed.push(night.clone());
        }
        self.sync()?;
        Ok(removed)
    }

    /// Takes people out of every night, so that no byte of their ids or words is left in the files, and out of the one that
    /// is being written when it ends. A night that is damaged where they stand cannot be copied and is removed as a whole.
    ///
    /// # Errors
    /// When a file cannot be read, written or removed; the others were done.
    pub fn erase(&self, people: &BTreeSet<String>) -> Result<Erased, NightError> {
        for written in lock(&self.0.writing).values_mut() {
            written.extend(people.iter().cloned());
        }
        let mut erased = Erased::default();
        let mut failed = None;
        for night in self.list()? {
            if let Err(error) = self.erase_from(&night, people, &mut erased) {
                failed = failed.or(Some(error));
            }
        }
        failed.map_or(Ok(erased), Err)
    }

    fn erase_from(
        &self,
        night: &NightInfo,
        people: &BTreeSet<String>,
        erased: &mut Erased,
    ) -> Result<(), NightError> {
        let _alone = lock(&self.0.changing);
        match erase::copy_without(&night.path, people) {
            Ok(None) => return Ok(()),
            Ok(Some(copy)) => {
                copy.take_place()?;
                erased.rewritten.push(night.clone());
            }
            Err(NightError::Damaged { .. } | NightError::Newer { .. }) => {
                self.remove(&night.path)?;
                self.sync()?;
                erased.removed.push(night.clone());
            }
            Err(error) => return Err(error),
        }
        self.forget(&night.path);
        Ok(())
    }

    /// Where a night of a day and scope stands.
    pub(super) fn info(&self, as_of: Date, scope: NightScope) -> NightInfo {
        let path = self.0.folder.join(format!("{as_of}.{}.{NIGHT}", scope_name(scope)));
        NightInfo { as_of, scope, path }
    }

    /// A night is being written.
    pub(super) fn begins(&self, path: &Path) {
        lock(&self.0.writing).insert(path.to_owned(), BTreeSet::new());
    }

    /// A night is written and durable: it takes its place, without those who were taken out meanwhile.
    pub(super) fn shows(&self, night: &NightInfo, file: GrowingFile) -> Result<(), NightError> {
        let alone = lock(&self.0.changing);
        file.take_place()?;
        self.forget(&night.path);
        drop(alone);
        let gone = lock(&self.0.writing).remove(&night.path).unwrap_or_default();
        if gone.is_empty() { Ok(()) } else { self.erase_from(night, &gone, &mut Erased::default()) }
    }

    fn remove(&self, path: &Path) -> Result<(), NightError> {
        self.forget(path);
        fs::remove_file(path).map_err(|source| NightError::Io { path: path.to_owned(), source })
    }

    fn sync(&self) -> Result<(), NightError> {
        if !self.0.folder.is_dir() {
            return Ok(());
        }
        durable::sync_folder(&self.0.folder)
            .map_err(|source| NightError::Io { path: self.0.folder.clone(), source })
    }

    fn forget(&self, path: &Path) {
        lock(&self.0.open).retain(|night| night.path() != path);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn none(day: Option<Date>, nights: &[NightInfo]) -> NightError {
    let mut kept: Vec<Date> = nights.iter().map(|night| night.as_of).collect();
    kept.dedup();
    match (day, kept.as_slice()) {
        (_, []) => NightError::NoNights,
        (Some(asked), _) => NightError::Gone { asked, kept },
        (None, [last, ..]) => NightError::Gone { asked: *last, kept },
    }
}

/// The files of a folder; none where there is no folder yet.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The night of a file's name; `None`: it is no night.
fn named(path: PathBuf) -> Option<NightInfo> {
    let name = path.file_name()?.to_str()?;
    let (day, scope) = name.strip_suffix(NIGHT)?.strip_suffix('.')?.split_once('.')?;
    Some(NightInfo { as_of: day.parse().ok()?, scope: scope_of(scope)?, path })
}

fn scope_name(scope: NightScope) -> String {
    match (scope.region, scope.sbi_code) {
        (0, 0) => "all".to_owned(),
        (region, 0) => format!("region-{region}"),
        (0, code) => format!("sbi-{code}"),
        (region, code) => format!("region-{region}-sbi-{code}"),
    }
}

fn scope_of(name: &str) -> Option<NightScope> {
    if name == "all" {
        return Some(NightScope::default());
    }
    let (region, rest) = match name.strip_prefix("region-") {
        Some(rest) => {
            let (region, rest) = rest.split_once('-').unwrap_or((rest, ""));
            (region.parse().ok()?, rest)
        }
        None => (0, name),
    };
    let sbi_code = if rest.is_empty() { 0 } else { rest.strip_prefix("sbi-")?.parse().ok()? };
    Some(NightScope { region, sbi_code })
}
