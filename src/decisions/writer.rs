//! The one thread that appends. Entries that wait at one time are written and made durable together.

use super::{
    Checkpoint, LogError, LogKey,
    frame::{self, Prepared},
    keeper::Keeper,
    log::{DecisionId, Health},
    now_ms,
    tail::Tail,
};
use crate::durable;
use std::{
    io::{Seek, SeekFrom, Write},
    path::PathBuf,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

/// A write takes no further entry after this many bytes.
const MOST_BYTES: usize = 32 << 20;
/// Room on the disk that is taken ahead: answers of some minutes go out while nothing else can be written any more.
const AHEAD: u64 = 16 << 20;
/// More is taken when this much of it is used.
const STEP: u64 = 1 << 20;
/// How soon the log tries to go on after the disk refused.
const AGAIN: Duration = Duration::from_secs(1);
/// A segment is closed after this time, so that none is much older than what it ends with.
const SEGMENT_MS: u64 = 7 * 24 * 3_600 * 1_000;

pub(super) enum Job {
    Append(Prepared, mpsc::SyncSender<Result<DecisionId, LogError>>),
    /// Closes the segment, so that no file that is there is appended to any more.
    Roll(mpsc::SyncSender<Result<(), LogError>>),
    /// Signs what is not signed.
    Sign(mpsc::SyncSender<Result<(), LogError>>),
}

pub(super) struct Writer {
    pub(super) folder: PathBuf,
    pub(super) key: Arc<LogKey>,
    pub(super) preface: Vec<u8>,
    pub(super) segment_bytes: u64,
    pub(super) every: Duration,
    pub(super) tail: Tail,
    pub(super) keeper: Keeper,
    pub(super) health: Arc<Health>,
    /// When the first entry that is not signed was written.
    pub(super) unsigned_since: Option<Instant>,
    /// The file is in doubt since then: nothing more goes into it.
    pub(super) in_doubt: Option<Instant>,
    /// The length of the file for which room was taken.
    pub(super) reserved: u64,
}

impl Writer {
    pub(super) fn run(mut self, jobs: &mpsc::Receiver<Job>) {
        self.reserve();
        if self.unsigned_since.is_some() {
            self.try_sign();
        }
        loop {
            match jobs.recv_timeout(self.patience()) {
                Ok(job) => self.work(job, jobs),
                Err(mpsc::RecvTimeoutError::Timeout) => self.tick(),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
            }
            if self.unsigned_since.is_some_and(|since| since.elapsed() >= self.every) {
                self.try_sign();
            }
        }
        self.try_sign();
        let _ = self.tail.file.set_len(self.tail.length);
    }

    fn patience(&self) -> Duration {
        let again = self.in_doubt.map(|_| AGAIN);
        let sign = self.unsigned_since.map(|since| self.every.saturating_sub(since.elapsed()));
        [again, sign].into_iter().flatten().min().unwrap_or(Duration::from_secs(3_600))
    }

    fn work(&mut self, job: Job, jobs: &mpsc::Receiver<Job>) {
        match job {
            Job::Append(entry, answer) => {
                let mut bytes = entry.len();
                let mut group = vec![(entry, answer)];
                let mut other = None;
                while bytes < MOST_BYTES {
                    match jobs.try_recv() {
                        Ok(Job::Append(entry, answer)) => {
                            bytes += entry.len();
                            group.push((entry, answer));
                        }
                        Ok(job) => {
                            other = Some(job);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                self.append(group);
                if let Some(job) = other {
                    self.work(job, jobs);
                }
            }
            Job::Roll(answer) => {
                let _ = answer.send(self.roll());
            }
            Job::Sign(answer) => {
                let _ = answer.send(self.sign());
            }
        }
    }

    fn append(&mut self, group: Vec<(Prepared, mpsc::SyncSender<Result<DecisionId, LogError>>)>) {
        let mut bytes = Vec::with_capacity(group.iter().map(|(entry, _)| entry.len()).sum());
        let outcome = self.ready().and_then(|()| {
            let (mut last, mut hash) = (self.tail.last, self.tail.hash);
            let at_ms = now_ms();
            let ids: Vec<DecisionId> = group
                .iter()
                .map(|(entry, _)| {
                    last += 1;
                    hash = entry.append(last, &hash, at_ms, &mut bytes);
                    DecisionId::of(last, &hash)
                })
                .collect();
            self.write(&bytes)?;
            (self.tail.last, self.tail.hash) = (last, hash);
            self.tail.unsigned += ids.len() as u64;
            self.unsigned_since.get_or_insert_with(Instant::now);
            Ok(ids)
        });
        // Whoever asked may have gone away; the entry stands all the same.
        match outcome {
            Ok(ids) => {
                for ((_, answer), id) in group.into_iter().zip(ids) {
                    let _ = answer.send(Ok(id));
                }
            }
            Err(error) => {
                for (_, answer) in group {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }

    /// Appends bytes, durable; where that fails the file is in doubt.
    fn write(&mut self, bytes: &[u8]) -> Result<(), LogError> {
        let written = self.tail.file.write_all(bytes).and_then(|()| self.tail.file.sync_data());
        if let Err(error) = written {
            let error = LogError::from(error);
            self.doubt(&error);
            return Err(error);
        }
        self.tail.length += bytes.len() as u64;
        if self.reserved < self.tail.length + AHEAD - STEP {
            self.reserve();
        }
        Ok(())
    }

    /// Takes room for what comes. Where there is none, or no such thing, the next write will tell.
    fn reserve(&mut self) {
        self.reserved = self.tail.length + AHEAD;
        if let Err(error) = durable::reserve(&self.tail.file, self.reserved) {
            tracing::debug!(%error, "no room is taken ahead for the record of decisions");
        }
    }

    fn doubt(&mut self, error: &LogError) {
        if self.in_doubt.replace(Instant::now()).is_none() {
            tracing::error!(%error, "no personal data goes out until the record of decisions can be written again");
        }
        self.health.failed(error.clone());
    }

    /// Makes sure that there is a file that can be appended to.
    fn ready(&mut self) -> Result<(), LogError> {
        if let Some(since) = self.in_doubt {
            if since.elapsed() < AGAIN
                && let Some(error) = self.health.failure()
            {
                return Err(error);
            }
            self.go_on()?;
        }
        let is_old = now_ms().saturating_sub(self.tail.since_ms) >= SEGMENT_MS;
        if self.tail.length >= self.segment_bytes || is_old {
            self.roll()?;
        }
        Ok(())
    }

    /// Goes on after the disk refused: whatever stands behind the last acknowledged frame is cut off, and a new
    /// segment begins. What a failed sync left of a file is known only to the disk, so nothing more goes into it.
    fn go_on(&mut self) -> Result<(), LogError> {
        let renewed = self.cut().and_then(|()| self.new_segment());
        match renewed {
            Ok(()) => {
                self.in_doubt = None;
                self.health.works();
                tracing::info!("the record of decisions is written again");
                Ok(())
            }
            Err(error) => {
                self.doubt(&error);
                Err(error)
            }
        }
    }

    fn cut(&mut self) -> Result<(), LogError> {
        self.tail.file.set_len(self.tail.length)?;
        self.tail.file.seek(SeekFrom::End(0))?;
        Ok(self.tail.file.sync_all()?)
    }

    fn roll(&mut self) -> Result<(), LogError> {
        if self.in_doubt.is_some() {
            return self.go_on();
        }
        if self.tail.is_empty() {
            return Ok(());
        }
        self.new_segment().inspect_err(|error| self.doubt(error))
    }

    fn new_segment(&mut self) -> Result<(), LogError> {
        let next = self.tail.followed_by(&self.folder, &self.key, &self.preface)?;
        // The room that was taken for the file that is closed; what cannot be given back stays taken.
        let _ = self.tail.file.set_len(self.tail.length);
        self.tail = next;
        self.reserve();
        Ok(())
    }

    fn tick(&mut self) {
        if self.in_doubt.is_some() {
            // Where it fails that is kept in mind, and tried again.
            let _ = self.ready();
        }
    }

    fn try_sign(&mut self) {
        if let Err(error) = self.sign() {
            tracing::error!(%error, "the record of decisions is not signed yet");
            // Not at once again: the next try is a second from now, or with the next entry after that.
            self.unsigned_since = self.unsigned_since.map(|_| Instant::now());
        }
    }

    fn sign(&mut self) -> Result<(), LogError> {
        if self.tail.unsigned == 0 {
            self.unsigned_since = None;
            return Ok(());
        }
        self.ready()?;
        let checkpoint = Checkpoint::sign(&self.key, self.tail.last, self.tail.hash, now_ms());
        let mut bytes = Vec::new();
        let hash = frame::append_checkpoint(&checkpoint, &mut bytes);
        self.write(&bytes)?;
        (self.tail.last, self.tail.hash, self.tail.unsigned) = (self.tail.last + 1, hash, 0);
        self.unsigned_since = None;
        self.health.signed(checkpoint);
        self.keeper.tell(checkpoint);
        Ok(())
    }
}
