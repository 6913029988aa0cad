//! Prepared facts: everybody's facts on disk, so that a start need not make them anew.
//!
//! The file in the data folder is derived and disposable; the changes after it are taken from the store. It is written in
//! the background when many records changed, and at a stop. Whoever is erased is not left in it: the file is removed at
//! once, and written anew without them.

pub(super) mod file;

use super::{
    loading, outcomes,
    population::{Lookups, Population},
    snapshot::Snapshot,
    vocabulary::Vocabulary,
};
use crate::store::{ReadError, RecordKind, Store, StoreIdentity};
use file::{Origin, Unusable};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock},
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// The file in the data folder.
const FILE: &str = "facts.bin";
/// Fewer changed records than this are made anew at a start in no time; so are fewer records at all.
const FEW: usize = 1_000;
/// The file is written anew when one record in so many changed.
const ONE_IN: usize = 50;
/// The file is written when no more changes have come for so long,
const QUIET: Duration = Duration::from_secs(5);
/// or when they came for so long without a pause.
const LONGEST: Duration = Duration::from_secs(60);

/// Where the prepared facts of a data folder stand.
pub(super) fn path_in(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Everybody as of the store's last change, and how many records were made anew for it.
pub(super) struct Loaded {
    pub(super) population: Population,
    pub(super) made_anew: usize,
}

/// Loads everybody, from prepared facts where they can be used.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn load(
    store: &dyn Store,
    lookups: &Lookups,
    vocabulary: &Arc<Vocabulary>,
    path: &Path,
) -> Result<Loaded, ReadError> {
    if let Some(loaded) = load_prepared(store, lookups, vocabulary, path) {
        return Ok(loaded);
    }
    let population = loading::load(store, lookups, vocabulary)?;
    let made_anew = population.len();
    Ok(Loaded { population, made_anew })
}

fn load_prepared(
    store: &dyn Store,
    lookups: &Lookups,
    vocabulary: &Arc<Vocabulary>,
    path: &Path,
) -> Option<Loaded> {
    let origin = Origin::of(store.identity(), lookups, vocabulary);
    let snapshot = match file::read(path, origin, lookups, vocabulary) {
        Ok(snapshot) => snapshot,
        Err(Unusable::File(error)) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(reason) => {
            tracing::info!(%reason, "prepared facts are not used; everybody's facts are made anew");
            return None;
        }
    };
    match caught_up(snapshot, store, lookups, path) {
        Ok(Some(loaded)) => {
            let (records, made_anew) = (loaded.population.len(), loaded.made_anew);
            tracing::info!(records, made_anew, "everybody is taken from prepared facts");
            Some(loaded)
        }
        Ok(None) => {
            tracing::warn!("prepared facts do not fit the store; everybody's facts are made anew");
            None
        }
        Err(error) => {
            tracing::warn!(%error, "changes after the prepared facts cannot be read; all facts are made anew");
            None
        }
    }
}

/// A snapshot brought up to the store's last change; `None` where it does not become what the store holds.
fn caught_up(
    snapshot: Snapshot,
    store: &dyn Store,
    lookups: &Lookups,
    path: &Path,
) -> Result<Option<Loaded>, ReadError> {
    let now = store.snapshot()?;
    let mut population = snapshot.into_population();
    if population.change() > now.last_change()? {
        return Ok(None);
    }
    let news = loading::catch_up(&*now, lookups, &mut population)?;
    population.outcomes = outcomes::load(&*now)?;
    if news.has_erased {
        // Written before the erasure, and left by a power failure.
        remove(path);
    }
    let held = now.count(RecordKind::Candidate)? + now.count(RecordKind::Vacancy)?;
    let is_whole = !population.has_damaged() && population.len() as u64 == held;
    let made_anew = if news.has_erased { population.len() } else { news.shown };
    Ok(is_whole.then_some(Loaded { population, made_anew }))
}

/// Removes the file, which is made anew later.
fn remove(path: &Path) {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::error!(path = %path.display(), %error, "prepared facts of an erased person cannot be removed");
        }
        _ => {}
    }
}

/// Writes prepared facts in the background.
#[derive(Debug)]
pub(super) struct Preparer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// Waits until no file of before is written any more.
#[derive(Clone, Debug)]
pub(super) struct Settler(Arc<Shared>);

impl Settler {
    /// When this returns, a file that was begun before somebody was erased is gone.
    pub(super) fn settle(&self) {
        drop(self.0.writing.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

struct Shared {
    path: PathBuf,
    store: StoreIdentity,
    lookups: Lookups,
    population: Arc<RwLock<Population>>,
    state: Mutex<State>,
    news: Condvar,
    /// Held while the file is written.
    writing: Mutex<()>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("path", &self.path).finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct State {
    /// Records that a start would have to make anew.
    changed: usize,
    /// How often somebody was erased: a file that was begun before is not to take its place.
    erasures: u64,
    first: Instant,
    last: Instant,
    stop: bool,
}

impl Preparer {
    /// Starts to keep the file of a data folder, of which a start has made so many records anew.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(
        path: PathBuf,
        store: StoreIdentity,
        lookups: Lookups,
        population: Arc<RwLock<Population>>,
        made_anew: usize,
    ) -> io::Result<Self> {
        let now = Instant::now();
        let state = State { changed: made_anew, erasures: 0, first: now, last: now, stop: false };
        let shared = Arc::new(Shared {
            path,
            store,
            lookups,
            population,
            state: Mutex::new(state),
            news: Condvar::new(),
            writing: Mutex::default(),
        });
        let followed = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("facts".to_owned()).spawn(move || followed.follow())?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Lets somebody wait until no file of before is written any more.
    pub(super) fn settler(&self) -> Settler {
        Settler(Arc::clone(&self.shared))
    }

    /// Says that records changed.
    pub(super) fn changed(&self, records: usize) {
        self.shared.note(records);
    }

    /// Says that every record was made anew, with other words.
    pub(super) fn all_changed(&self) {
        self.shared.note(usize::MAX);
    }

    /// Says that somebody was erased. The file is gone when this returns.
    pub(super) fn erased(&self) {
        let mut state = self.shared.lock();
        state.erasures += 1;
        remove(&self.shared.path);
        drop(state);
        self.shared.note(usize::MAX);
    }
}

impl Drop for Preparer {
    fn drop(&mut self) {
        self.shared.lock().stop = true;
        self.shared.news.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panicking writer loses nothing: the file is derived.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, records: usize) {
        let mut state = self.lock();
        let now = Instant::now();
        if state.changed == 0 {
            state.first = now;
        }
        state.changed = state.changed.saturating_add(records);
        state.last = now;
        let is_much = state.changed >= FEW;
        drop(state);
        if is_much {
            self.news.notify_all();
        }
    }

    fn follow(&self) {
        loop {
            let mut state = self.lock();
            let mut due = self.due(&state);
            while !state.stop && due.is_none_or(|due| due > Instant::now()) {
                state = match due {
                    None => self.news.wait(state).unwrap_or_else(PoisonError::into_inner),
                    Some(due) => {
                        let pause = due.saturating_duration_since(Instant::now());
                        self.news.wait_timeout(state, pause).unwrap_or_else(PoisonError::into_inner).0
                    }
                };
                due = self.due(&state);
            }
            let stop = state.stop;
            drop(state);
            if due.is_some() {
                self.write();
            }
            if stop {
                return;
            }
        }
    }

    /// When the file is to be written; `None`: there is not enough news.
    fn due(&self, state: &State) -> Option<Instant> {
        if state.changed < FEW {
            return None;
        }
        let records = self.population.read().unwrap_or_else(PoisonError::into_inner).len();
        let is_due = records >= FEW && state.changed >= records / ONE_IN;
        is_due.then(|| (state.last + QUIET).min(state.first + LONGEST))
    }

    fn write(&self) {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        // Before the snapshot: whoever is erased from here on stops this file.
        let erasures = self.lock().erasures;
        let population = self.population.read().unwrap_or_else(PoisonError::into_inner);
        // A record that cannot be read is to be told of at every start.
        let snapshot = (!population.has_damaged()).then(|| Snapshot::of(&population));
        self.lock().changed = 0;
        drop(population);
        let Some(snapshot) = snapshot else { return };
        let origin = Origin::of(&self.store, &self.lookups, snapshot.vocabulary());
        let outcome = file::write(&snapshot, origin, &self.path).and_then(|written| {
            let state = self.lock();
            if state.erasures == erasures { written.finish() } else { Ok(()) }
        });
        if let Err(error) = outcome {
            tracing::warn!(path = %self.path.display(), %error, "prepared facts cannot be written; the next start takes longer");
        }
    }
}

#[cfg(test)]
mod tests;
