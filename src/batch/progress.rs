//! How far a run is, and whether it should go on: shared by its workers and whoever watches it.

use super::{fault::Turn, sweep::Stopped};
use std::{
    io,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

/// What a run is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Takes its snapshot.
    Preparing,
    /// Scores pairs.
    Sweeping,
    /// Explains what stands in a list.
    Explaining,
    /// Puts the night together.
    Writing,
}

/// How far a run is at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What it is busy with.
    pub phase: Phase,
    /// Pairs scored so far.
    pub pairs_done: u64,
    /// Pairs to score in all; 0 while they are not counted yet.
    pub pairs_total: u64,
    /// Pairs explained so far.
    pub explained_done: u64,
    /// Pairs to explain in all; 0 while they are not known yet.
    pub explained_total: u64,
    /// Pairs scored a second, since this process took the run up.
    pub pairs_per_second: f64,
    /// Estimate of the seconds left of this phase; `None`: not known yet.
    pub remaining_seconds: Option<f64>,
    /// What the run waits for, such as room on the disk.
    pub problem: Option<String>,
}

/// How long the run waits for a disk before it gives up.
const PATIENCE: Duration = Duration::from_secs(6 * 3_600);
/// The first wait; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How soon a wait ends after a stop.
const NOD: Duration = Duration::from_millis(50);

/// Why a run does not go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Halt {
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The process ends; the run goes on at the next start.
    #[error("the service stops")]
    Stopping,
    /// It cannot go on.
    #[error("{0}")]
    Failed(String),
    /// A record's turn ended in a fault of the program.
    #[error("the program has a fault that this night's data bring out; the log says where")]
    Fault(Turn),
}

/// The counters of a run, and its brakes.
#[derive(Debug)]
pub(super) struct Control {
    phase: AtomicU8,
    pairs_done: AtomicU64,
    pairs_total: AtomicU64,
    /// Pairs that a process before this one had scored.
    pairs_before: AtomicU64,
    explained_done: AtomicU64,
    explained_total: AtomicU64,
    began: Mutex<Instant>,
    problem: Mutex<Option<String>>,
    cancelled: AtomicBool,
    stopping: AtomicBool,
}

impl Default for Control {
    fn default() -> Self {
        Self {
            phase: AtomicU8::new(0),
            pairs_done: AtomicU64::new(0),
            pairs_total: AtomicU64::new(0),
            pairs_before: AtomicU64::new(0),
            explained_done: AtomicU64::new(0),
            explained_total: AtomicU64::new(0),
            began: Mutex::new(Instant::now()),
            problem: Mutex::new(None),
            cancelled: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
        }
    }
}

impl Control {
    /// Asks the run to end for good.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Relaxed);
    }

    /// Asks the run to pause until the next start.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Relaxed);
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// When the run was cancelled, or the process ends.
    pub(super) fn go_on(&self) -> Result<(), Halt> {
        if self.cancelled.load(Relaxed) {
            return Err(Halt::Cancelled);
        }
        if self.stopping.load(Relaxed) {
            return Err(Halt::Stopping);
        }
        Ok(())
    }

    /// Whether to go on with a shard.
    ///
    /// # Errors
    /// [`Stopped`] when not.
    pub(super) fn go_on_with_shard(&self) -> Result<(), Stopped> {
        self.go_on().map_err(|_| Stopped)
    }

    /// Says what the run is busy with.
    pub(super) fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Relaxed);
        *self.began.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Says how many pairs there are to score, and how many were scored before this process took the run up.
    pub(super) fn sweeps(&self, total: u64, before: u64) {
        self.pairs_total.store(total, Relaxed);
        self.pairs_done.store(before, Relaxed);
        self.pairs_before.store(before, Relaxed);
    }

    /// Counts pairs that were scored.
    pub(super) fn scored(&self, pairs: u64) {
        self.pairs_done.fetch_add(pairs, Relaxed);
    }

    /// Says how many pairs there are to explain.
    pub(super) fn explains(&self, total: u64, before: u64) {
        self.explained_total.store(total, Relaxed);
        self.explained_done.store(before, Relaxed);
    }

    /// Counts pairs that were explained.
    pub(super) fn explained(&self, pairs: u64) {
        self.explained_done.fetch_add(pairs, Relaxed);
    }

    /// How far the run is.
    pub(super) fn progress(&self) -> Progress {
        let phase = match self.phase.load(Relaxed) {
            0 => Phase::Preparing,
            1 => Phase::Sweeping,
            2 => Phase::Explaining,
            _ => Phase::Writing,
        };
        let seconds = self.began.lock().unwrap_or_else(PoisonError::into_inner).elapsed().as_secs_f64();
        let (done, total) = (self.pairs_done.load(Relaxed), self.pairs_total.load(Relaxed));
        let before = self.pairs_before.load(Relaxed);
        let (explained_done, explained_total) =
            (self.explained_done.load(Relaxed), self.explained_total.load(Relaxed));
        let rate = |done: u64| if seconds > 0.0 { done as f64 / seconds } else { 0.0 };
        let left = |rate: f64, left: u64| (rate > 0.0).then(|| left as f64 / rate);
        let sweeping = rate(done.saturating_sub(before));
        Progress {
            phase,
            pairs_done: done,
            pairs_total: total,
            explained_done,
            explained_total,
            pairs_per_second: if phase == Phase::Sweeping { sweeping } else { 0.0 },
            remaining_seconds: match phase {
                Phase::Sweeping => left(sweeping, total.saturating_sub(done)),
                Phase::Explaining => {
                    left(rate(explained_done), explained_total.saturating_sub(explained_done))
                }
                Phase::Preparing | Phase::Writing => None,
            },
            problem: self.problem.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    /// Writes something, and waits as long as the disk refuses it: a full disk in the night must not cost the night.
    /// `meanwhile` is called between attempts.
    ///
    /// # Errors
    /// When the run was cancelled, the process ends, or the disk refused for six hours.
    pub(super) fn persist<T>(
        &self,
        what: &str,
        mut write: impl FnMut() -> io::Result<T>,
        mut meanwhile: impl FnMut(),
    ) -> Result<T, Halt> {
        let started = Instant::now();
        let mut wait = FIRST_WAIT;
        loop {
            let error = match write() {
                Ok(written) => {
                    if wait > FIRST_WAIT {
                        self.says(None);
                    }
                    return Ok(written);
                }
                Err(error) => error,
            };
            let told = format!(
                "{what} cannot be written: {error}; make room on the disk, the run goes on by itself"
            );
            if started.elapsed() >= PATIENCE {
                return Err(Halt::Failed(told));
            }
            tracing::error!(%error, what, "the run waits for the disk");
            self.says(Some(told));
            let until = Instant::now() + wait;
            while Instant::now() < until {
                self.go_on()?;
                thread::sleep(NOD);
            }
            meanwhile();
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    fn says(&self, problem: Option<String>) {
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = problem;
    }
}
