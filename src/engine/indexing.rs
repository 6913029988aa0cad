//! The indexer: follows the store's change numbers, off the path that acknowledges a write.

use super::{
    documents, stored,
    vocabulary::{Owner, Vocabulary},
};
use crate::domain::{Candidate, Vacancy};
use crate::geo::Places;
use crate::store::{ChangeKind, ChangeNumber, Matched, ReadError, RecordId, RecordKind, Store};
use crate::wire::v1;
use passend_index::{Change, Document, IndexError, Kind, Opened, SearchIndex, Searcher, StoreIdentity};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Changes are made searchable when none has come for so long,
const QUIET: Duration = Duration::from_millis(250);
/// or when they came for so long without a pause: a commit takes the disk from those who wait for their own writes.
const LONGEST: Duration = Duration::from_secs(1);
/// Pause after an error, so that a full disk is not asked a thousand times a second.
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(2);

/// The index and the thread that keeps it up to date.
#[derive(Debug)]
pub(super) struct Indexer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// How often the index was to be purged, and how often it was.
#[derive(Debug, Default)]
struct Purges {
    asked: u64,
    done: u64,
}

/// Has the index purged.
#[derive(Clone, Debug)]
pub(super) struct IndexPurger(Arc<Shared>);

impl IndexPurger {
    /// Lets the index catch up with the store and hold nothing of deleted records any more; whether it is done in time.
    pub(super) fn purge(&self, change: u64, longest: Duration) -> bool {
        let until = Instant::now() + longest;
        let mut purges = lock(&self.0.purges);
        purges.asked += 1;
        let wanted = purges.asked;
        drop(purges);
        let mut told = lock(&self.0.told);
        *told = (*told).max(change);
        drop(told);
        self.0.news.notify_all();
        let mut purges = lock(&self.0.purges);
        while purges.done < wanted {
            let Some(left) = until.checked_duration_since(Instant::now()) else { return false };
            purges = self.0.purged.wait_timeout(purges, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(purges);
        // Nothing goes from the store that the index has not seen go.
        lock(&self.0.searcher).last_change() >= change
    }
}

struct Shared {
    store: Arc<dyn Store>,
    places: Arc<Places>,
    folder: PathBuf,
    searcher: Mutex<Searcher>,
    /// The words that documents are to be made with.
    vocabulary: Mutex<Arc<Vocabulary>>,
    /// The last change that the store has told of.
    told: Mutex<u64>,
    purges: Mutex<Purges>,
    purged: Condvar,
    news: Condvar,
    stop: AtomicBool,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Indexer {
    /// Opens the index, builds it anew where it cannot be trusted, and starts to follow the store.
    ///
    /// # Errors
    /// When the index can neither be opened nor built.
    pub(super) fn start(
        store: Arc<dyn Store>,
        places: Arc<Places>,
        vocabulary: Arc<Vocabulary>,
        folder: &Path,
    ) -> Result<Self, IndexingError> {
        let index = open_or_rebuild(&*store, Making { places: &places, vocabulary: &vocabulary }, folder)?;
        let last = store.snapshot()?.last_change()?.0;
        let shared = Arc::new(Shared {
            store,
            places,
            folder: folder.to_owned(),
            searcher: Mutex::new(index.searcher()),
            vocabulary: Mutex::new(Arc::clone(&vocabulary)),
            told: Mutex::new(0),
            purges: Mutex::default(),
            purged: Condvar::new(),
            news: Condvar::new(),
            stop: AtomicBool::new(false),
        });
        let followed = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("indexer".to_owned())
            .spawn(move || follow(&followed, index, vocabulary))
            .map_err(|error| IndexingError::Thread(error.to_string()))?;
        let indexer = Self { shared, thread: Some(thread) };
        // Whatever the store holds beyond the index is followed at once.
        indexer.tell(last);
        Ok(indexer)
    }

    /// Has the index purged.
    pub(super) fn purger(&self) -> IndexPurger {
        IndexPurger(Arc::clone(&self.shared))
    }

    /// Says that the store is at this change.
    pub(super) fn tell(&self, change: u64) {
        let mut told = lock(&self.shared.told);
        *told = (*told).max(change);
        self.shared.news.notify_all();
    }

    /// Says that documents are to be made with other words: the index is built anew, beside the one in use.
    pub(super) fn speak(&self, vocabulary: Arc<Vocabulary>) {
        *lock(&self.shared.vocabulary) = vocabulary;
        // With the lock in between, the indexer is either asleep and woken, or sees the words before it sleeps.
        drop(lock(&self.shared.told));
        self.shared.news.notify_all();
    }

    /// Reads the index as of its last commit.
    pub(super) fn searcher(&self) -> Searcher {
        lock(&self.shared.searcher).clone()
    }

    /// Waits until the index has seen a change; whether it has.
    pub(super) fn wait_for(&self, change: u64, longest: Duration) -> bool {
        let until = Instant::now() + longest;
        while self.searcher().last_change() < change {
            if Instant::now() >= until {
                return false;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        true
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        // With the lock in between, the indexer is either asleep and woken, or sees the flag before it sleeps.
        drop(lock(&self.shared.told));
        self.shared.news.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panicking indexer loses nothing: the index is derived.
            let _ = thread.join();
        }
    }
}

/// Why there is no index.
#[derive(Debug, thiserror::Error)]
pub enum IndexingError {
    /// The index cannot be written.
    #[error("the search index cannot be built: {0}")]
    Index(#[from] IndexError),
    /// The store cannot be read.
    #[error("the store cannot be read for the search index: {0}")]
    Store(#[from] ReadError),
    /// No thread.
    #[error("the indexer cannot be started: {0}")]
    Thread(String),
}

/// What documents are made with.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub(super) places: &'a Places,
    pub(super) vocabulary: &'a Vocabulary,
}

fn identity_of(store: &dyn Store, words: Owner) -> StoreIdentity {
    let store_id = store.identity().id.iter().map(|byte| format!("{byte:02x}")).collect();
    // Recognised words are part of the documents: with other ones they are documents of another kind.
    let mapping = [&documents::SCHEMA_VERSION.to_le_bytes()[..], &words].concat();
    let mut schema_version = [0; 4];
    schema_version.copy_from_slice(&blake3::hash(&mapping).as_bytes()[..4]);
    StoreIdentity { store_id, schema_version: u32::from_le_bytes(schema_version) }
}

/// Opens the index of a store, made with the words of an owner, or says why it has to be built anew.
pub(super) fn open(store: &dyn Store, words: Owner, folder: &Path) -> Result<Opened, IndexingError> {
    let last = store.snapshot()?.last_change()?.0;
    Ok(SearchIndex::open(folder, &identity_of(store, words), last)?)
}

fn open_or_rebuild(
    store: &dyn Store,
    making: Making<'_>,
    folder: &Path,
) -> Result<SearchIndex, IndexingError> {
    match open(store, making.vocabulary.owner(), folder)? {
        Opened::Ready(index) => Ok(index),
        Opened::MustRebuild(reason) => {
            tracing::info!(%reason, "building the search index");
            rebuild(store, making, folder)
        }
    }
}

/// Builds the index of a store anew, beside the one in use.
pub(super) fn rebuild(
    store: &dyn Store,
    making: Making<'_>,
    folder: &Path,
) -> Result<SearchIndex, IndexingError> {
    let snapshot = store.snapshot()?;
    let mut rebuild = SearchIndex::rebuild(folder, &identity_of(store, making.vocabulary.owner()))?;
    for message in Matched::<v1::Candidate>::read_all(&*snapshot, None)? {
        rebuild.apply(candidate_document(message, making).map(Change::Upsert))?;
    }
    for message in Matched::<v1::Vacancy>::read_all(&*snapshot, None)? {
        rebuild.apply(vacancy_document(message, making).map(Change::Upsert))?;
    }
    let last = snapshot.last_change()?.0;
    Ok(rebuild.finish(last)?)
}

/// The searchable form of a stored candidate; `None`, and a line in the log, where it cannot be read.
fn candidate_document(
    read: Result<Matched<v1::Candidate>, ReadError>,
    making: Making<'_>,
) -> Option<Document> {
    let message = readable(read)?;
    let candidate = stored::matched::<Candidate>(&message).ok()?;
    Some(documents::of_candidate(&candidate, message.version.0, making))
}

/// The searchable form of a stored vacancy; `None`, and a line in the log, where it cannot be read.
fn vacancy_document(read: Result<Matched<v1::Vacancy>, ReadError>, making: Making<'_>) -> Option<Document> {
    let message = readable(read)?;
    let vacancy = stored::matched::<Vacancy>(&message).ok()?;
    Some(documents::of_vacancy(&vacancy, message.version.0, making))
}

fn readable<M>(read: Result<Matched<M>, ReadError>) -> Option<Matched<M>> {
    read.inspect_err(|error| tracing::error!(%error, "a damaged record is not searchable")).ok()
}

fn follow(shared: &Shared, mut index: SearchIndex, mut vocabulary: Arc<Vocabulary>) {
    loop {
        wait_for_news(shared, index.last_committed_change(), &vocabulary);
        // Whoever stops waits for what is written to be searchable: a short command leaves no work behind. Other words
        // can wait for the next start.
        let stopping = shared.stop.load(Ordering::Acquire);
        if stopping && *lock(&shared.told) <= index.last_committed_change() {
            return;
        }
        let wanted = Arc::clone(&lock(&shared.vocabulary));
        let others = !stopping && !Arc::ptr_eq(&wanted, &vocabulary);
        let done = if others {
            rebuild(&*shared.store, Making { places: &shared.places, vocabulary: &wanted }, &shared.folder)
                .map(|rebuilt| {
                    *lock(&shared.searcher) = rebuilt.searcher();
                    index = rebuilt;
                    vocabulary = wanted;
                })
        } else {
            // Before the look into the store: a purge that is asked for during it comes with deletions that it did not see.
            let asked = lock(&shared.purges).asked;
            catch_up(shared, &mut index, &vocabulary).and_then(|()| purge(shared, &mut index, asked))
        };
        let Err(error) = done else { continue };
        if stopping {
            tracing::error!(%error, "the search index stays behind; the next start brings it up to date");
            return;
        }
        tracing::error!(%error, "the search index is behind; trying again");
        pause(shared, PAUSE_AFTER_ERROR);
        let making = Making { places: &shared.places, vocabulary: &vocabulary };
        match open_or_rebuild(&*shared.store, making, &shared.folder) {
            Ok(reopened) => {
                *lock(&shared.searcher) = reopened.searcher();
                index = reopened;
            }
            Err(error) => tracing::error!(%error, "the search index cannot be opened"),
        }
    }
}

/// Purges the index where that is asked for.
fn purge(shared: &Shared, index: &mut SearchIndex, asked: u64) -> Result<(), IndexingError> {
    if lock(&shared.purges).done == asked {
        return Ok(());
    }
    index.purge()?;
    lock(&shared.purges).done = asked;
    shared.purged.notify_all();
    Ok(())
}

/// Sleeps until the store is beyond the index or other words are wanted, then a little longer so that changes share a
/// commit.
fn wait_for_news(shared: &Shared, committed: u64, vocabulary: &Arc<Vocabulary>) {
    let unchanged = || Arc::ptr_eq(&lock(&shared.vocabulary), vocabulary);
    let mut told = lock(&shared.told);
    let unpurged = || {
        let purges = lock(&shared.purges);
        purges.done < purges.asked
    };
    while *told <= committed && unchanged() && !unpurged() && !shared.stop.load(Ordering::Acquire) {
        told = shared.news.wait(told).unwrap_or_else(PoisonError::into_inner);
    }
    let mut seen = *told;
    drop(told);
    let begin = Instant::now();
    loop {
        pause(shared, QUIET);
        let now = *lock(&shared.told);
        if now == seen || begin.elapsed() >= LONGEST || shared.stop.load(Ordering::Acquire) {
            return;
        }
        seen = now;
    }
}

fn pause(shared: &Shared, time: Duration) {
    let until = Instant::now() + time;
    while !shared.stop.load(Ordering::Acquire) && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(25));
    }
}

fn catch_up(shared: &Shared, index: &mut SearchIndex, vocabulary: &Vocabulary) -> Result<(), IndexingError> {
    let making = Making { places: &shared.places, vocabulary };
    let snapshot = shared.store.snapshot()?;
    let last = snapshot.last_change()?;
    for change in snapshot.changes_after(ChangeNumber(index.last_committed_change()))? {
        let change = change?;
        let document = match (&change.kind, &change.id) {
            // What became of a proposal is not searched for; the commit says that it was seen.
            (ChangeKind::Outcome, _) => continue,
            (ChangeKind::Delete, _) => None,
            (ChangeKind::Upsert, RecordId::Candidate(id)) => Matched::read(&*snapshot, id)
                .transpose()
                .and_then(|message| candidate_document(message, making)),
            (ChangeKind::Upsert, RecordId::Vacancy(id)) => Matched::read(&*snapshot, id)
                .transpose()
                .and_then(|message| vacancy_document(message, making)),
        };
        let kind = match change.id.kind() {
            RecordKind::Candidate => Kind::Candidate,
            RecordKind::Vacancy => Kind::Vacancy,
        };
        let gone = || Change::Delete { kind, id: change.id.as_str().to_owned(), change: change.number.0 };
        let indexed = document.map_or_else(gone, Change::Upsert);
        index.apply([indexed])?;
    }
    index.commit(last.0)?;
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
