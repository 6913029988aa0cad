//! The one thread that writes. Batches that wait at the same time share a commit: the disk is asked
//! twice per commit (two phases), so this is what makes many small writes fast.

use super::{
    apply::OpenTables,
    batch::{Operation, PendingWrite, WriteBatch, Written},
    error::{Refusal, StorageFault, WriteError},
    home::Home,
};
use std::{
    io,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// Batches that may wait before whoever hands over the next one waits too.
const WAITING_BATCHES: usize = 1024;
/// A commit takes no further batch after this many operations …
const MOST_OPERATIONS: usize = 4096;
/// … or this many bytes, so that no commit takes long enough to be felt.
const MOST_BYTES: usize = 16 << 20;
/// How often a database that a fault closed is tried.
const AGAIN: Duration = Duration::from_millis(500);

type Answer = Result<Written, WriteError>;

struct Job {
    batch: WriteBatch,
    answer: mpsc::SyncSender<Answer>,
}

/// The end of the writer that batches are handed to. Dropping it lets the waiting batches be written and
/// ends the thread.
pub(super) struct Writer {
    jobs: Option<mpsc::SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(home: Arc<Home>, requests_kept: u64) -> io::Result<Self> {
        let (jobs, waiting) = mpsc::sync_channel(WAITING_BATCHES);
        let group_commit = GroupCommit { home, requests_kept, stopped: None, is_closed: false };
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || group_commit.run(&waiting))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    pub(super) fn submit(&self, batch: WriteBatch) -> PendingWrite {
        let (answer, pending) = PendingWrite::new();
        let job = Job { batch, answer };
        let unsent = match &self.jobs {
            Some(jobs) => jobs.send(job).err().map(|unsent| unsent.0),
            None => Some(job),
        };
        if let Some(job) = unsent {
            reply(&job.answer, Err(WriteError::Stopped(StorageFault::MustReopen)));
        }
        pending
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            // A writer that panicked has said so, and its callers have their answers.
            let _ = thread.join();
        }
    }
}

struct GroupCommit {
    home: Arc<Home>,
    requests_kept: u64,
    /// The fault after which nothing more is written: what is on the disk is then known only by opening
    /// the store again.
    stopped: Option<StorageFault>,
    /// The fault closed the database, and it is not open again yet.
    is_closed: bool,
}

impl GroupCommit {
    fn run(mut self, waiting: &mpsc::Receiver<Job>) {
        loop {
            let next = match self.is_closed {
                true => waiting.recv_timeout(AGAIN),
                false => waiting.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let group = match next {
                Ok(first) => self.with_room(gather(first, waiting)),
                Err(RecvTimeoutError::Timeout) => Vec::new(),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if self.is_closed {
                self.open_again();
            }
            if group.is_empty() {
                continue;
            }
            if let Some(fault) = &self.stopped {
                for job in &group {
                    reply(&job.answer, Err(WriteError::Stopped(fault.clone())));
                }
                continue;
            }
            match self.commit(&group) {
                // Refusals are answered after the commit too: they may rest on a batch of the same group.
                Ok(outcomes) => {
                    for (job, outcome) in group.iter().zip(outcomes) {
                        reply(&job.answer, outcome.map_err(WriteError::Refused));
                    }
                }
                Err(fault) => {
                    for job in &group {
                        reply(&job.answer, Err(WriteError::Uncertain(fault.clone())));
                    }
                    self.stop(fault);
                }
            }
        }
    }

    /// The batches for which there is room; the others are answered. Where room is short only deletions are written.
    fn with_room(&self, group: Vec<Job>) -> Vec<Job> {
        if !self.home.lacks_room() {
            return group;
        }
        let (deleting, others): (Vec<_>, Vec<_>) = group.into_iter().partition(|job| {
            job.batch.operations.iter().all(|operation| matches!(operation, Operation::Delete { .. }))
        });
        for job in &others {
            reply(&job.answer, Err(WriteError::Stopped(StorageFault::DiskFull)));
        }
        deleting
    }

    /// Takes in a fault. After a full disk the store goes on as soon as it is open again. After any other fault nobody
    /// knows what the disk holds of what it was given (a page that a failed sync dropped reads as if it were there), so
    /// that nothing more is written until somebody has looked; reads go on.
    fn stop(&mut self, fault: StorageFault) {
        tracing::error!(%fault, "a commit failed: the store takes no more writes");
        self.home.refuse(Some(fault.clone()));
        // Opening would verify everything, and leave nothing to read for one page.
        self.is_closed = !matches!(fault, StorageFault::ChangedInUse(_));
        self.stopped = Some(fault);
        if self.is_closed {
            self.open_again();
        }
    }

    fn open_again(&mut self) {
        match self.home.reopen() {
            Ok(()) => self.is_closed = false,
            // A database that nobody can open again stays as it is.
            Err(StorageFault::MustReopen) => self.is_closed = false,
            Err(fault) => {
                tracing::error!(%fault, "the store cannot be opened again yet");
                return;
            }
        }
        if matches!(self.stopped, Some(StorageFault::DiskFull)) && self.home.can_reopen() {
            tracing::info!("the store is open again after a full disk");
            self.stopped = None;
            self.home.refuse(None);
        }
    }

    fn commit(&self, group: &[Job]) -> Result<Vec<Result<Written, Refusal>>, StorageFault> {
        let _alone = self.home.writing();
        self.home.with(|database| self.commit_to(database, group))
    }

    fn commit_to(
        &self,
        database: &redb::Database,
        group: &[Job],
    ) -> Result<Vec<Result<Written, Refusal>>, StorageFault> {
        let mut transaction = database.begin_write()?;
        // In two phases, so that an open after a crash never falls back behind an acknowledged commit. Without the state of
        // the allocator, which takes pages of its own each time: an open verifies every page anyway, and derives it then.
        transaction.set_two_phase_commit(true);
        let mut tables = OpenTables::open(&transaction)?;
        let outcomes = group
            .iter()
            .map(|job| tables.apply(&job.batch, self.requests_kept))
            .collect::<Result<Vec<_>, _>>()?;
        drop(tables);
        let nothing_new =
            outcomes.iter().all(|outcome| outcome.as_ref().map_or(true, |written| written.repeated));
        if nothing_new {
            transaction.abort()?;
        } else {
            transaction.commit()?;
        }
        Ok(outcomes)
    }
}

fn gather(first: Job, waiting: &mpsc::Receiver<Job>) -> Vec<Job> {
    let mut operations = first.batch.operations.len();
    let mut bytes = first.batch.bytes();
    let mut group = vec![first];
    while operations < MOST_OPERATIONS && bytes < MOST_BYTES {
        let Ok(job) = waiting.try_recv() else { break };
        operations += job.batch.operations.len();
        bytes += job.batch.bytes();
        group.push(job);
    }
    group
}

fn reply(answer: &mpsc::SyncSender<Answer>, outcome: Answer) {
    // Whoever asked may have gone away; the write stands all the same.
    let _ = answer.send(outcome);
}
