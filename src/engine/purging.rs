//! Removes the bytes of whoever was deleted: in the background within a set time, or at once.
//!
//! A deletion shows at once in every answer. What is left of it in files goes here, in an order in which a stop at any
//! moment leaves enough to begin again: the deletion itself stays in the store until everything else is gone.

use super::{
    answers::Answers, decisions::tell_of_unreadable, erasures::Erasures, indexing::IndexPurger,
    prepared::Settler, quarantine,
};
use crate::{
    decisions::{DecisionLog, LogError, Unreadable},
    durable,
    night::{NightError, Nights},
    store::{ChangeNumber, Copied, Purge, ReadError, RecordId, RecordKind, StorageFault, Store},
};
use std::{
    collections::BTreeSet,
    io,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Within which time bytes are removed when nothing says otherwise.
pub(super) const WITHIN: Duration = Duration::from_secs(3_600);
/// How soon after a start what an earlier process left is removed.
const AFTER_A_START: Duration = Duration::from_secs(60);
/// How soon a purge that failed is tried again.
const AGAIN: Duration = Duration::from_secs(60);
/// How long answers that began before may take.
const ANSWERS_PATIENCE: Duration = Duration::from_secs(600);
/// How long the index may take.
const INDEX_PATIENCE: Duration = Duration::from_secs(600);

/// What a purge came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// People of whom nothing is left.
    pub people: u64,
    /// Nights that were copied without them, or removed.
    pub nights: u64,
    /// What the copy of the store came to.
    pub store: Copied,
    /// What of the record of decisions cannot be read: whether it is about them nobody can say.
    pub unreadable: Vec<Unreadable>,
}

/// Why bytes are not removed yet. Nobody sees them, and the purge is tried again.
#[derive(Debug, thiserror::Error)]
pub enum PurgeError {
    /// The store.
    #[error("the store cannot be copied without them: {0}")]
    Store(#[from] StorageFault),
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A night.
    #[error(transparent)]
    Night(#[from] NightError),
    /// The record of decisions.
    #[error(transparent)]
    Decisions(#[from] LogError),
    /// Answers that began before take long.
    #[error("answers that began before are still under way, and may name them in the record of decisions")]
    Answers,
    /// The search index.
    #[error("the search index does not come to it; the log says why")]
    Index,
    /// A file.
    #[error("a file of the data folder cannot be written: {0}")]
    File(#[from] io::Error),
}

/// Work around a purge: is handed the purge itself, and does it.
type Around = Box<dyn Fn(&mut dyn FnMut()) + Send + Sync>;

/// Removes bytes.
pub(super) struct Purger {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What a purge touches.
pub(super) struct Parts {
    pub(super) folder: PathBuf,
    pub(super) store: Arc<dyn Store>,
    pub(super) index: IndexPurger,
    pub(super) facts: Settler,
    pub(super) nights: Nights,
    pub(super) decisions: Arc<DecisionLog>,
    pub(super) answers: Arc<Answers>,
    pub(super) erasures: Arc<Erasures>,
    pub(super) within: Duration,
}

/// Who was deleted up to a change.
struct Gone {
    deleted: Vec<(RecordId, ChangeNumber)>,
    last: ChangeNumber,
}

struct Shared {
    parts: Parts,
    around: Mutex<Option<Around>>,
    /// One at a time.
    alone: Mutex<()>,
    state: Mutex<State>,
    news: Condvar,
}

#[derive(Debug, Default)]
struct State {
    due: Option<Instant>,
    stop: bool,
}

impl Purger {
    /// Starts. What an earlier process left to do is done soon.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(parts: Parts) -> io::Result<Self> {
        let is_left = parts.store.snapshot().and_then(|now| Ok(now.deletions()?.next().is_some()));
        let due = is_left.unwrap_or(true).then(|| Instant::now() + parts.within.min(AFTER_A_START));
        let shared = Arc::new(Shared {
            parts,
            around: Mutex::default(),
            alone: Mutex::default(),
            state: Mutex::new(State { due, stop: false }),
            news: Condvar::new(),
        });
        let own = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("purger".to_owned()).spawn(move || own.follow())?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Has every purge done by somebody who keeps data of people too, and removes them around it.
    pub(super) fn around(&self, around: Around) {
        *lock(&self.shared.around) = Some(around);
    }

    /// Says that somebody was deleted or erased.
    pub(super) fn tell(&self) {
        let mut state = lock(&self.shared.state);
        let due = Instant::now() + self.shared.parts.within;
        state.due = Some(state.due.map_or(due, |earlier| earlier.min(due)));
        drop(state);
        self.shared.news.notify_all();
    }

    /// Within which time it is done.
    pub(super) fn within(&self) -> Duration {
        self.shared.parts.within
    }

    /// Removes the bytes of everybody who was deleted before this call.
    ///
    /// # Errors
    /// When something cannot be written; it is tried again.
    pub(super) fn purge(&self) -> Result<Purged, PurgeError> {
        self.shared.purge()
    }
}

impl Drop for Purger {
    fn drop(&mut self) {
        lock(&self.shared.state).stop = true;
        self.shared.news.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn follow(&self) {
        loop {
            let mut state = lock(&self.state);
            while !state.stop && state.due.is_none_or(|due| due > Instant::now()) {
                state = match state.due {
                    None => self.news.wait(state).unwrap_or_else(PoisonError::into_inner),
                    Some(due) => {
                        let left = due.saturating_duration_since(Instant::now());
                        self.news.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                    }
                };
            }
            if state.stop {
                return;
            }
            drop(state);
            if let Err(error) = self.purge() {
                tracing::error!(%error, "what is left of deleted people is not removed yet");
            }
        }
    }

    fn purge(&self) -> Result<Purged, PurgeError> {
        let _alone = lock(&self.alone);
        lock(&self.state).due = None;
        let outcome = self.parts.gone().and_then(|gone| {
            let mut outcome = None;
            match &*lock(&self.around) {
                Some(around) => around(&mut || outcome = Some(self.parts.purge(&gone))),
                None => outcome = Some(self.parts.purge(&gone)),
            }
            outcome.unwrap_or(Err(PurgeError::Index))
        });
        match &outcome {
            Ok(Purged { people, nights, store, .. }) => tracing::info!(
                people,
                nights,
                entries = store.entries,
                paused_ms = u64::try_from(store.paused.as_millis()).unwrap_or(u64::MAX),
                "what was left of deleted people is removed"
            ),
            Err(_) => {
                let again = Instant::now() + AGAIN;
                let mut state = lock(&self.state);
                state.due = Some(state.due.map_or(again, |due| due.min(again)));
            }
        }
        outcome
    }
}

impl Parts {
    /// Who was deleted, when no answer is under way any more that could still name them.
    fn gone(&self) -> Result<Gone, PurgeError> {
        let now = self.store.snapshot()?;
        let last = now.last_change()?;
        // A deletion that cannot be read is for `check --repair`: whose it is nobody knows.
        let deleted = now.deletions()?.filter_map(Result::ok).collect();
        drop(now);
        // Before runs are stopped: an answer may wait for one of them.
        if !self.answers.wait_for_earlier(ANSWERS_PATIENCE) {
            return Err(PurgeError::Answers);
        }
        Ok(Gone { deleted, last })
    }

    fn purge(&self, Gone { deleted: gone, last }: &Gone) -> Result<Purged, PurgeError> {
        let last = *last;
        let people = || gone.iter().filter(|(id, _)| id.kind() == RecordKind::Candidate);
        self.erasures.note(self.store.secret(), people().map(|(id, change)| (id, *change)))?;
        let ids: BTreeSet<String> = people().map(|(id, _)| id.as_str().to_owned()).collect();
        let erased = self.nights.erase(&ids)?;
        self.nights.remove_unfinished()?;
        let unreadable = self.decisions.erase(&ids)?.unreadable;
        unreadable.iter().for_each(tell_of_unreadable);
        let all: BTreeSet<RecordId> = gone.iter().map(|(id, _)| id.clone()).collect();
        quarantine::forget(&self.folder, &all)?;
        self.facts.settle();
        durable::sync_folder(&self.folder)?;
        if !self.index.purge(last.0, INDEX_PATIENCE) {
            return Err(PurgeError::Index);
        }
        let store = self.store.purge(&Purge { gone: gone.clone(), used: last })?;
        Ok(Purged {
            people: ids.len() as u64,
            nights: (erased.rewritten.len() + erased.removed.len()) as u64,
            store,
            unreadable,
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
