//! Every run of a data folder: started, watched, cancelled, listed; taken up again after a stop or a kill.

use super::{
    crew::Crew,
    progress::{Control, Halt},
    record::{Order, Run, State},
    schedule::{self, Before},
    work::{Job, Made},
};
use crate::domain::Date;
use crate::engine::Engine;
use crate::night::Retention;
use jiff::{Timestamp, civil::Time};
use std::{
    collections::BTreeMap,
    fs, io,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Entries of a shortlist when nothing says otherwise.
pub const LIST_SIZE: u16 = 50;
/// Runs that ended and are still told of.
const REMEMBERED: usize = 100;
/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(20);
/// How often it is looked whether a run let go.
const NOD: Duration = Duration::from_millis(50);
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

#[derive(Debug)]
struct Shared {
    engine: Arc<Engine>,
    options: RunOptions,
    folder: PathBuf,
    board: Mutex<Board>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Board {
    /// By time of start and id.
    runs: BTreeMap<(String, String), Run>,
    /// The one that works.
    working: Option<(String, Arc<Control>)>,
    /// When the schedule last started one in this process.
    scheduled: Option<Instant>,
    ending: bool,
    /// No run works until what it worked with is removed.
    held: bool,
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
        let shared = Shared { engine, options, folder, board: Mutex::new(board), changed: Condvar::new() };
        let runs = Self { shared: Arc::new(shared), worker: Mutex::new(None) };
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

impl Board {
    fn get(&self, id: &str) -> Option<Run> {
        self.runs.values().find(|run| run.id == id).map(|run| self.with_progress(run))
    }

    fn with_progress(&self, run: &Run) -> Run {
        let working = self.working.as_ref().filter(|(id, _)| *id == run.id);
        Run { progress: working.map(|(_, control)| control.progress()), ..run.clone() }
    }

    /// The day whose scheduled run is due.
    fn due(&self, at: Time) -> Option<Date> {
        // Once another run over everything is over.
        if self.ending || self.runs.values().any(|run| run.state.is_active() && run.order.scope.is_all()) {
            return None;
        }
        let scheduled = self.runs.values().filter(|run| run.order.scheduled);
        let before = Before {
            days: scheduled.map(|run| run.order.as_of).collect(),
            ago: self.scheduled.map(|at| at.elapsed()),
        };
        schedule::due(at, schedule::dutch_now(), &before)
    }
}

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes everything that runs keep of people, their own data and what a night left to the next, and does something
    /// before a run begins anew with the data of now.
    fn start_over(&self, then: &mut dyn FnMut()) {
        let mut board = self.board();
        board.held = true;
        if let Some((_, control)) = &board.working {
            control.stop();
        }
        while board.working.is_some() {
            board = self.changed.wait_timeout(board, NOD).unwrap_or_else(PoisonError::into_inner).0;
        }
        let active: Vec<_> =
            board.runs.values().filter(|run| run.state.is_active()).map(|run| run.id.clone()).collect();
        drop(board);
        for id in active {
            self.clear(&id);
        }
        if let Err(error) = super::base::remove_all(&self.folder) {
            tracing::error!(%error, "what a night left to the next cannot be removed");
        }
        then();
        self.board().held = false;
        self.changed.notify_all();
    }

    /// Writes a run down and shows it.
    fn put(&self, run: Run) -> io::Result<()> {
        run.write(&self.folder)?;
        self.board().runs.insert((run.started_at.clone(), run.id.clone()), Run { progress: None, ..run });
        self.changed.notify_all();
        Ok(())
    }

    /// Where a run works.
    fn work_folder(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    /// Removes the work of a run that is over.
    fn clear(&self, id: &str) {
        let folder = self.work_folder(id);
        match fs::remove_dir_all(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                tracing::warn!(%error, folder = %folder.display(), "what a run left cannot be removed");
            }
        }
    }

    fn start(&self, order: Order) -> Result<Run, RunError> {
        let mut board = self.board();
        if !order.request_id.is_empty() {
            let same = board.runs.values().find(|run| run.order.request_id == order.request_id);
            if let Some(run) = same {
                let request_id = order.request_id.clone();
                let is_same = run.order == order;
                return if is_same {
                    Ok(board.with_progress(run))
                } else {
                    Err(RunError::RequestIdReused { request_id })
                };
            }
        }
        let rival = board.runs.values().find(|run| run.state.is_active() && run.order.scope == order.scope);
        if let Some(rival) = rival {
            return Err(RunError::Active { id: rival.id.clone() });
        }
        let token = Engine::random_token().map_err(|error| RunError::System(error.to_string()))?;
        let run = Run {
            id: format!("{}-{}", order.as_of, &token[..8]),
            order,
            state: State::Waiting,
            started_at: now(),
            ended_at: String::new(),
            seconds: 0.0,
            resumed: 0,
            pairs: 0,
            explained: 0,
            vacancies: 0,
            people: 0,
            took_over: false,
            problem: String::new(),
            progress: None,
        };
        // Under the lock, so that two at once do not both start.
        run.write(&self.folder)?;
        board.runs.insert((run.started_at.clone(), run.id.clone()), run.clone());
        self.forget(&mut board);
        drop(board);
        self.changed.notify_all();
        Ok(run)
    }

    /// Forgets the oldest runs that are over.
    fn forget(&self, board: &mut Board) {
        let over: Vec<_> =
            board.runs.iter().filter(|(_, run)| !run.state.is_active()).map(|(key, _)| key.clone()).collect();
        for key in over.iter().take(over.len().saturating_sub(REMEMBERED)) {
            match fs::remove_file(self.folder.join(format!("{}.json", key.1))) {
                Ok(()) => drop(board.runs.remove(key)),
                Err(error) => tracing::warn!(%error, run = key.1, "an old run cannot be forgotten"),
            }
        }
    }

    /// The thread of the runs: one after another, the oldest first.
    fn work(&self) {
        loop {
            self.start_what_is_due();
            let mut board = self.board();
            if board.ending {
                return;
            }
            let next = board.runs.values().find(|run| run.state.is_active()).filter(|_| !board.held).cloned();
            let Some(run) = next else {
                let waited = self.changed.wait_timeout(board, LOOK).unwrap_or_else(PoisonError::into_inner);
                drop(waited);
                continue;
            };
            let control = Arc::new(Control::default());
            board.working = Some((run.id.clone(), Arc::clone(&control)));
            drop(board);
            let ended = self.carry_out(run, &control);
            self.board().working = None;
            self.changed.notify_all();
            if let Err(error) = ended {
                tracing::error!(%error, "the run cannot be written down");
                thread::sleep(Duration::from_secs(1));
            }
        }
    }

    fn start_what_is_due(&self) {
        let due = self.options.at.and_then(|at| self.board().due(at));
        let Some(as_of) = due else { return };
        let order = Order {
            scope: super::Scope::default(),
            changed_only: false,
            as_of,
            request_id: String::new(),
            scheduled: true,
        };
        match self.start(order) {
            Ok(run) => {
                self.board().scheduled = Some(Instant::now());
                tracing::info!(run = run.id, "the schedule starts a run");
            }
            // It stays due.
            Err(error) => tracing::error!(%error, "the schedule could not start a run"),
        }
    }

    /// Works at one run until it ends or the process does.
    fn carry_out(&self, run: Run, control: &Control) -> io::Result<()> {
        let taken_up = run.state == State::Running;
        let run = Run { state: State::Running, resumed: run.resumed + u32::from(taken_up), ..run };
        tracing::info!(run = run.id, scope = run.order.scope.name(), taken_up, "a run works");
        let began = Instant::now();
        let job = Job {
            engine: &self.engine,
            folder: &self.work_folder(&run.id),
            order: &run.order,
            list_size: self.options.list_size,
            retention: self.options.retention,
            crew: self.options.crew,
            control,
        };
        let noted = control.persist("the state of the run", || self.put(run.clone()), || {});
        let made = noted.and_then(|()| job.run());
        let seconds = run.seconds + began.elapsed().as_secs_f64();
        let ended = |state| Run { state, seconds, ended_at: now(), ..run.clone() };
        let ended = match made {
            Ok(Made { pairs, explained, vacancies, people, took_over }) => {
                Run { pairs, explained, vacancies, people, took_over, ..ended(State::Done) }
            }
            Err(Halt::Cancelled) => ended(State::Cancelled),
            Err(Halt::Failed(problem)) => {
                tracing::error!(run = run.id, problem, "a run failed");
                Run { problem, ..ended(State::Failed) }
            }
            Err(Halt::Stopping) => return self.put(Run { seconds, ..run }),
        };
        tracing::info!(run = ended.id, state = ?ended.state, seconds, pairs = ended.pairs, "a run ended");
        self.end(ended, control)
    }

    /// Writes down how a run ended, and removes what it worked with.
    fn end(&self, ended: Run, control: &Control) -> io::Result<()> {
        let id = ended.id.clone();
        let noted = if ended.state == State::Done {
            control.persist("the end of the run", || self.put(ended.clone()), || {})
        } else {
            self.put(ended.clone()).map_err(|error| Halt::Failed(error.to_string()))
        };
        if matches!(noted, Err(Halt::Stopping)) {
            return Ok(());
        }
        self.clear(&id);
        // A full disk may be why it was cancelled: now there is room to say so.
        if noted.is_err() { self.put(ended) } else { Ok(()) }
    }
}

/// Now, in UTC, to the microsecond: texts of it sort by time.
fn now() -> String {
    format!("{:.6}", Timestamp::now())
}
