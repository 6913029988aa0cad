//! Every run of a data folder: started, watched, cancelled, listed; taken up again after a stop or a kill.

use super::{
    board::{Board, Shared, now},
    crew::Crew,
    record::{Order, Run, State},
};
use crate::engine::Engine;
use crate::night::Retention;
use jiff::civil::Time;
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Entries of a shortlist when nothing says otherwise.
pub const LIST_SIZE: u16 = 50;
/// How long a cancelled run may take to let go.
const LETTING_GO: Duration = Duration::from_secs(10);

/// How runs work.
#[derive(Clone, Copy, Debug)]
pub struct RunOptions {
    /// Whose threads they are.
    pub crew: Crew,
    /// Entries of a list.
    pub list_size: u16,
    /// How many nights are kept.
    pub retention: Retention,
    /// The time of day, in the Netherlands, at which a run over everything starts by itself; `None`: never.
    pub at: Option<Time>,
    /// Whether to go on with what a process before this one left unfinished.
    pub resume: bool,
}

impl Default for RunOptions {
    /// Beside whatever else the process does; nothing by itself.
    fn default() -> Self {
        Self {
            crew: Crew::beside_a_server(0),
            list_size: LIST_SIZE,
            retention: Retention::default(),
            at: None,
            resume: false,
        }
    }
}

/// Why a run cannot be started or cancelled.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Another one of the same scope works or waits.
    #[error("run {id} of the same scope is not over; watch it, or cancel it first")]
    Active {
        /// That run.
        id: String,
    },
    /// The request id belongs to another request.
    #[error("request id {request_id} was used for another request; use a new id for every new request")]
    RequestIdReused {
        /// The request id.
        request_id: String,
    },
    /// No such run.
    #[error("there is no run with the id {id}")]
    NotFound {
        /// The id.
        id: String,
    },
    /// It is over.
    #[error("run {id} is over and cannot be cancelled; its lists stay as they are")]
    Over {
        /// The id.
        id: String,
    },
    /// The disk refuses.
    #[error("the run cannot be written down: {0}; make room on the disk and try again")]
    Disk(#[from] io::Error),
    /// The system refuses.
    #[error("{0}")]
    System(String),
}

/// Every run of a data folder.
#[derive(Debug)]
pub struct Runs {
    shared: Arc<Shared>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

impl Runs {
    /// The runs of an engine's data folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn open(engine: Arc<Engine>, options: RunOptions) -> io::Result<Self> {
        let folder = engine.folder().join("runs");
        let mut board = Board::default();
        for run in Run::read_all(&folder)? {
            board.runs.insert((run.started_at.clone(), run.id.clone()), run);
        }
        let shared = Arc::new(Shared::new(engine, options, folder, board));
        let runs = Self { shared, worker: Mutex::new(None) };
        let of_purge = Arc::downgrade(&runs.shared);
        runs.shared.engine.at_purges(move |purge| match of_purge.upgrade() {
            Some(shared) => shared.start_over(purge),
            None => purge(),
        });
        let left = runs.shared.board().runs.values().any(|run| run.state.is_active());
        if options.at.is_some() || options.resume && left {
            runs.employ().map_err(io::Error::other)?;
        }
        Ok(runs)
    }

    /// Starts a run, or gives back the one that the same request started.
    ///
    /// # Errors
    /// When another run of the scope is not over, or the request id belongs to another request.
    pub fn start(&self, order: Order) -> Result<Run, RunError> {
        let run = self.shared.start(order)?;
        self.employ().map_err(|error| RunError::System(error.to_string()))?;
        Ok(run)
    }

    /// A run.
    ///
    /// # Errors
    /// When there is none with the id.
    pub fn get(&self, id: &str) -> Result<Run, RunError> {
        self.shared.board().get(id).ok_or_else(|| RunError::NotFound { id: id.to_owned() })
    }

    /// Every run, the newest first.
    pub fn list(&self) -> Vec<Run> {
        let board = self.shared.board();
        board.runs.values().rev().map(|run| board.with_progress(run)).collect()
    }

    /// Cancels a run and waits until it let go. Cancelling it again is harmless.
    ///
    /// # Errors
    /// When there is none with the id, or it ended by itself.
    pub fn cancel(&self, id: &str) -> Result<Run, RunError> {
        let run = self.get(id)?;
        match run.state {
            State::Cancelled => return Ok(run),
            State::Done | State::Failed => return Err(RunError::Over { id: run.id }),
            State::Waiting | State::Running => {}
        }
        let mut board = self.shared.board();
        let working =
            board.working.as_ref().filter(|(own, _)| own == id).map(|(_, control)| Arc::clone(control));
        let Some(control) = working else {
            drop(board);
            let ended = Run { state: State::Cancelled, ended_at: now(), ..run };
            self.shared.put(ended.clone())?;
            self.shared.clear(&ended.id);
            return Ok(ended);
        };
        control.cancel();
        let until = Instant::now() + LETTING_GO;
        while board.working.as_ref().is_some_and(|(own, _)| own == id) {
            let Some(left) = until.checked_duration_since(Instant::now()) else { break };
            board = self.shared.changed.wait_timeout(board, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let run = board.get(id).ok_or_else(|| RunError::NotFound { id: id.to_owned() })?;
        // It may have come to its end in the same moment.
        if run.state == State::Done { Err(RunError::Over { id: run.id }) } else { Ok(run) }
    }

    /// Lets the running one pause until the next start.
    pub fn ends(&self) {
        let mut board = self.shared.board();
        board.ending = true;
        if let Some((_, control)) = &board.working {
            control.stop();
        }
        drop(board);
        self.shared.changed.notify_all();
    }

    /// Whether the process ends.
    pub fn is_ending(&self) -> bool {
        self.shared.board().ending
    }

    /// Lets the running one pause until the next start, and waits for it.
    pub fn stop(&self) {
        self.ends();
        let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
        if worker.is_some_and(|worker| worker.join().is_err()) {
            tracing::error!("the thread of the runs ended by a fault");
        }
    }

    /// Starts the thread of the runs, where it is not there yet.
    fn employ(&self) -> io::Result<()> {
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        if worker.is_none() {
            let shared = Arc::clone(&self.shared);
            *worker = Some(thread::Builder::new().name("rerank".to_owned()).spawn(move || shared.work())?);
        }
        self.shared.changed.notify_all();
        Ok(())
    }
}

impl Drop for Runs {
    fn drop(&mut self) {
        self.stop();
    }
}
