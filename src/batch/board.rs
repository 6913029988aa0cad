//! The runs of a data folder as they are known, and the thread that carries one after another out.

use super::{
    progress::{Control, Halt},
    record::{Order, Run, State},
    runs::{RunError, RunOptions},
    schedule::{self, Before},
    work::{Job, Made},
};
use crate::domain::Date;
use crate::engine::Engine;
use jiff::{Timestamp, civil::Time};
use std::{
    collections::BTreeMap,
    fs, io,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Runs that ended and are still told of.
const REMEMBERED: usize = 100;
/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(20);
/// How often it is looked whether a run let go.
const NOD: Duration = Duration::from_millis(50);

/// What the thread of the runs shares with whoever starts, watches and cancels.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) engine: Arc<Engine>,
    pub(super) options: RunOptions,
    pub(super) folder: PathBuf,
    board: Mutex<Board>,
    pub(super) changed: Condvar,
}

/// Every run, and the one that works.
#[derive(Debug, Default)]
pub(super) struct Board {
    /// By time of start and id.
    pub(super) runs: BTreeMap<(String, String), Run>,
    /// The one that works.
    pub(super) working: Option<(String, Arc<Control>)>,
    /// When the schedule last started one in this process.
    pub(super) scheduled: Option<Instant>,
    pub(super) ending: bool,
    /// No run works until what it worked with is removed.
    held: bool,
}

impl Shared {
    /// The runs of a folder, as they are written down.
    pub(super) fn new(engine: Arc<Engine>, options: RunOptions, folder: PathBuf, board: Board) -> Self {
        Self { engine, options, folder, board: Mutex::new(board), changed: Condvar::new() }
    }
}

impl Board {
    /// A run, with how far it is.
    pub(super) fn get(&self, id: &str) -> Option<Run> {
        self.runs.values().find(|run| run.id == id).map(|run| self.with_progress(run))
    }

    /// How far a run is, beside what is written down of it.
    pub(super) fn with_progress(&self, run: &Run) -> Run {
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
    /// Everything that is known, locked.
    pub(super) fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes everything that runs keep of people, their own data and what a night left to the next, and does something
    /// before a run begins anew with the data of now.
    pub(super) fn start_over(&self, then: &mut dyn FnMut()) {
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
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn put(&self, run: Run) -> io::Result<()> {
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
    pub(super) fn clear(&self, id: &str) {
        let folder = self.work_folder(id);
        match fs::remove_dir_all(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                tracing::warn!(%error, folder = %folder.display(), "what a run left cannot be removed");
            }
        }
    }

    /// Writes a run down that waits for its turn, or gives back the one that the same request started.
    ///
    /// # Errors
    /// As those of [`Runs::start`](super::Runs::start).
    pub(super) fn start(&self, order: Order) -> Result<Run, RunError> {
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
    pub(super) fn work(&self) {
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
        let work = || noted.and_then(|()| job.run());
        // A fault ends this run with a word about it, not the thread that would do the next one.
        let made = panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            Err(Halt::Failed(
                "the program has a fault that this night brings out; the log says where".to_owned(),
            ))
        });
        let seconds = run.seconds + began.elapsed().as_secs_f64();
        let ended = |state| Run { state, seconds, ended_at: now(), ..run.clone() };
        let ended = match made {
            Ok(Made { pairs, explained, vacancies, people, took_over }) => {
                Run { pairs, explained, vacancies, people, took_over, ..ended(State::Done) }
            }
            Err(Halt::Cancelled) => ended(State::Cancelled),
            Err(halt @ (Halt::Failed(_) | Halt::Fault(_))) => {
                let problem = halt.to_string();
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
pub(super) fn now() -> String {
    format!("{:.6}", Timestamp::now())
}
