//! The log as its owner has it: open, append, look at its health.

use super::{
    Checkpoint, Draft, Hash, LogError, LogKey, LogReader, PublicKey, hex,
    keeper::{Keep, Keeper},
    subjects::Subjects,
    tail::{Recovered, recover},
    unhex,
    writer::{Job, Writer},
};
use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Entries that may wait before whoever brings the next one waits too.
const WAITING: usize = 1_024;
/// Bytes after which a segment is closed.
const SEGMENT_BYTES: u64 = 64 << 20;
/// Most time between an entry and a checkpoint over it.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(10);

/// What a log is opened with.
pub struct LogOptions {
    /// The folder of the segments; made where it is missing.
    pub folder: PathBuf,
    /// Signs.
    pub key: LogKey,
    /// What its owner needs to read heads and parts: stands in the header of each segment.
    pub preface: Vec<u8>,
    /// The last checkpoint that is kept elsewhere.
    pub known: Option<Checkpoint>,
    /// Keeps the last checkpoint.
    pub keep: Keep,
    /// A file to which each checkpoint is appended; `None`: there is no second place.
    pub second_place: Option<PathBuf>,
    /// Bytes after which a segment is closed; `None`: 64 MiB.
    pub segment_bytes: Option<u64>,
    /// Most time between an entry and a checkpoint over it; `None`: ten seconds.
    pub checkpoint_every: Option<Duration>,
}

impl fmt::Debug for LogOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogOptions").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Identifies an entry: its number and the beginning of its hash, so that it names what it says and not only a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId {
    /// Its number in the log.
    pub number: u64,
    mark: [u8; 4],
}

impl DecisionId {
    pub(super) fn of(number: u64, hash: &Hash) -> Self {
        let [a, b, c, d, ..] = *hash;
        Self { number, mark: [a, b, c, d] }
    }

    /// The id of a text; `None` for anything that is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, mark) = text.split_once('-')?;
        let own = Self { number: number.parse().ok()?, mark: unhex(mark)? };
        (own.to_string() == text).then_some(own)
    }
}

impl fmt::Display for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.number, hex(&self.mark))
    }
}

/// Whether the log can be written, and how far it is signed.
#[derive(Debug, Default)]
pub(super) struct Health(Mutex<(Option<LogError>, Option<Checkpoint>)>);

impl Health {
    fn of(last: Option<Checkpoint>) -> Self {
        Self(Mutex::new((None, last)))
    }

    fn lock(&self) -> MutexGuard<'_, (Option<LogError>, Option<Checkpoint>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn failed(&self, error: LogError) {
        self.lock().0 = Some(error);
    }

    pub(super) fn works(&self) {
        self.lock().0 = None;
    }

    pub(super) fn failure(&self) -> Option<LogError> {
        self.lock().0.clone()
    }

    pub(super) fn signed(&self, checkpoint: Checkpoint) {
        self.lock().1 = Some(checkpoint);
    }
}

/// An entry on its way to the disk.
#[derive(Debug)]
#[must_use = "nothing that an entry is about may go out before it is on the disk"]
pub struct Appending(mpsc::Receiver<Result<DecisionId, LogError>>);

impl Appending {
    /// Waits until the entry is on the disk.
    ///
    /// # Errors
    /// As [`DecisionLog::append`].
    pub fn wait(self) -> Result<DecisionId, LogError> {
        self.0.recv().map_err(|_| LogError::Closed)?
    }
}

/// An open log. Dropping it signs what is not signed yet and hands the last checkpoint over.
pub struct DecisionLog {
    pub(super) folder: PathBuf,
    pub(super) key: Arc<LogKey>,
    /// Held while files are removed or take another's place: one at a time.
    pub(super) rewriting: Mutex<()>,
    pub(super) subjects: Arc<Subjects>,
    jobs: Option<mpsc::SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
    health: Arc<Health>,
}

impl fmt::Debug for DecisionLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecisionLog").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl DecisionLog {
    /// Opens a log behind its last whole frame. What a kill or a power failure tore off in the middle of a write is cut
    /// off: nobody had an answer that rests on it.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn open(options: LogOptions) -> Result<Self, LogError> {
        let LogOptions { folder, key, preface, known, keep, second_place, .. } = options;
        let Recovered { tail, torn, damage } = recover(&folder, &key, &preface, known.as_ref())?;
        if torn > 0 {
            tracing::warn!(
                bytes = torn,
                "the record of decisions ended in the middle of a write; that was cut off"
            );
        }
        if let Some(damage) = damage {
            tracing::error!(%damage, "the record of decisions is damaged; it goes on behind that, and `passend audit verify` tells of it");
        }
        let key = Arc::new(key);
        let health = Arc::new(Health::of(known));
        let writer = Writer {
            folder: folder.clone(),
            key: Arc::clone(&key),
            preface,
            segment_bytes: options.segment_bytes.unwrap_or(SEGMENT_BYTES),
            every: options.checkpoint_every.unwrap_or(CHECKPOINT_EVERY),
            unsigned_since: (tail.unsigned > 0).then(Instant::now),
            tail,
            keeper: Keeper::start(keep, second_place)?,
            health: Arc::clone(&health),
            in_doubt: None,
            reserved: 0,
        };
        let (jobs, waiting) = mpsc::sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("decision-log".to_owned())
            .spawn(move || writer.run(&waiting))?;
        let (rewriting, subjects) = (Mutex::default(), Arc::default());
        Ok(Self { folder, key, rewriting, subjects, jobs: Some(jobs), thread: Some(thread), health })
    }

    /// Appends an entry; it is on the disk when this returns.
    ///
    /// # Errors
    /// When the disk refuses, or the entry is too large. Then it is not in the log, and nothing that it is about may go out.
    pub fn append(&self, draft: Draft) -> Result<DecisionId, LogError> {
        self.begin(draft)?.wait()
    }

    /// Hands an entry over to be appended, for whoever has something to do while the disk writes.
    ///
    /// # Errors
    /// When the entry is too large, or the log is closed.
    pub fn begin(&self, draft: Draft) -> Result<Appending, LogError> {
        let prepared = draft.prepare()?;
        self.hand_over(|answer| Job::Append(prepared, answer)).map(Appending)
    }

    /// Signs what is not signed yet.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sign(&self) -> Result<(), LogError> {
        self.ask(Job::Sign)
    }

    /// Closes the file that is appended to.
    pub(super) fn roll(&self) -> Result<(), LogError> {
        self.ask(Job::Roll)
    }

    fn ask<T>(&self, job: impl FnOnce(mpsc::SyncSender<Result<T, LogError>>) -> Job) -> Result<T, LogError> {
        self.hand_over(job)?.recv().map_err(|_| LogError::Closed)?
    }

    fn hand_over<T>(
        &self,
        job: impl FnOnce(mpsc::SyncSender<Result<T, LogError>>) -> Job,
    ) -> Result<mpsc::Receiver<Result<T, LogError>>, LogError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let jobs = self.jobs.as_ref().ok_or(LogError::Closed)?;
        jobs.send(job(answer)).map_err(|_| LogError::Closed)?;
        Ok(answered)
    }

    /// Why nothing can be recorded at the moment; `None`: it can.
    pub fn failure(&self) -> Option<LogError> {
        self.health.failure()
    }

    /// The last checkpoint; `None` before the first.
    pub fn checkpoint(&self) -> Option<Checkpoint> {
        self.health.lock().1
    }

    /// The key by which anybody can tell that the log was not tampered with.
    pub fn public_key(&self) -> PublicKey {
        self.key.public()
    }

    /// Reads what is on the disk.
    pub fn reader(&self) -> LogReader {
        LogReader::knowing(&self.folder, Arc::clone(&self.subjects))
    }
}

impl Drop for DecisionLog {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }
}
