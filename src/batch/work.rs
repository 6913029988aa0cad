//! One run from its snapshot to its night. Every step finds what a killed process finished before it.

use super::{
    base::{self, Base},
    carried::Carried,
    crew::Crew,
    fault::Turn,
    field::Field,
    lists::Ordered,
    progress::{Control, Halt, Phase},
    ranking::Lists,
    record::Order,
    shard::SweptVacancy,
    slots,
    writing::Telling,
};
use crate::engine::{Engine, snapshot::Snapshot};
use crate::night::{Night, NightScope, Retention};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Instant,
};

/// How often a run begins anew without a record that ended it in a fault.
const TRIES: usize = 3;

/// A run to carry out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job<'a> {
    /// The data, the rules and the nights.
    pub(super) engine: &'a Engine,
    /// Where the run keeps its work.
    pub(super) folder: &'a Path,
    /// What started it.
    pub(super) order: &'a Order,
    /// Entries of a list.
    pub(super) list_size: u16,
    /// How many nights are kept.
    pub(super) retention: Retention,
    /// Who works.
    pub(super) crew: Crew,
    /// Counters and brakes.
    pub(super) control: &'a Control,
}

/// What a run made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Made {
    /// Pairs judged.
    pub(super) pairs: u64,
    /// Pairs that stand in a list.
    pub(super) explained: u64,
    /// Lists of vacancies.
    pub(super) vacancies: u64,
    /// Lists of people.
    pub(super) people: u64,
    /// Whether lists of the night before were taken over.
    pub(super) took_over: bool,
}

/// What a run works with.
struct Prepared {
    snapshot: Snapshot,
    field: Field,
    carried: Option<Carried>,
}

impl Job<'_> {
    /// Carries the run out.
    ///
    /// # Errors
    /// When it is cancelled, the process ends, or it cannot go on.
    pub(super) fn run(&self) -> Result<Made, Halt> {
        let mut tried = 0;
        loop {
            self.control.enter(Phase::Preparing);
            let clock = Clock::default();
            let prepared = self.prepare()?;
            let turn = match self.make(&prepared, clock) {
                Err(Halt::Fault(turn)) => turn,
                made => return made,
            };
            tried += 1;
            if tried == TRIES || !self.is_set_aside(turn, &prepared.field) {
                return Err(Halt::Fault(turn));
            }
            drop(prepared);
            self.empty_folder()?;
        }
    }

    /// Sets aside whoever a turn ended in a fault for: everybody else is ranked from data without.
    fn is_set_aside(&self, turn: Turn, field: &Field) -> bool {
        let as_of = self.order.as_of;
        let found = match turn {
            Turn::Vacancy(vacancy) => {
                let id = field.vacancies[vacancy as usize].entry.facts().id();
                self.engine.set_aside_for_vacancy(id, as_of)
            }
            Turn::Person(person) => {
                let id = field.people()[person as usize].0.facts().id();
                self.engine.set_aside_for_candidate(id, as_of)
            }
        };
        found.unwrap_or_else(|error| {
            tracing::error!(%error, "it cannot be found out which record ended the run in a fault");
            false
        })
    }

    /// Makes the night.
    fn make(&self, prepared: &Prepared, mut clock: Clock) -> Result<Made, Halt> {
        let Prepared { snapshot, field, carried } = prepared;
        let identity = self.identity(snapshot);
        clock.ends("preparing");
        let Lists { vacancies, people } = match carried {
            Some(carried) if carried.is_less_work() => self.go_on_from(field, carried, &identity)?,
            _ => self.rank(field, &identity)?,
        };
        field.forget_answers();
        clock.ends("ranking");
        let slots = slots::slots(field, &vacancies, &people, self.list_size);
        let night = carried.as_ref().and_then(|carried| self.night_of(carried, field));
        let before = carried.as_ref().zip(night.as_deref());
        let telling = Telling { field, slots: &slots, vacancies: &vacancies, before };
        let explained = telling.pairs();
        clock.ends("places");
        let (left, written) = thread::scope(|scope| {
            let left = scope.spawn(|| self.left(field, &vacancies, &people, identity));
            let written = self.write(snapshot, telling, &identity);
            (left.join().unwrap_or_default(), written)
        });
        written?;
        clock.ends("night");
        let took_over = carried.as_ref().is_some_and(|carried| before.is_some() || carried.is_less_work());
        self.leave_base(left.as_deref());
        clock.ends("for the next night");
        Ok(Made {
            pairs: field.pairs(),
            explained,
            vacancies: field.vacancies.iter().filter(|work| work.in_scope).count() as u64,
            people: field.in_scope.iter().filter(|own| **own).count() as u64,
            took_over,
        })
    }

    /// Entries of a list that are kept: so that a few who leave are followed by the next.
    fn depth(&self) -> usize {
        let size = usize::from(self.list_size);
        size + size / 4 + 2
    }

    /// The data of the run: those of its first process, so that nothing that was written since shows.
    fn prepare(&self) -> Result<Prepared, Halt> {
        let path = self.folder.join("snapshot");
        let of = |snapshot: &Snapshot| {
            let field = Field::new(snapshot, &self.order.scope, self.order.as_of, self.depth());
            let carried = self.carried(&field);
            (field, carried)
        };
        if let Some(snapshot) = self.engine.read_snapshot(&path) {
            let (field, carried) = of(&snapshot);
            return Ok(Prepared { snapshot, field, carried });
        }
        // Whatever was finished was made with data that are lost.
        self.empty_folder()?;
        let snapshot = self.engine.snapshot();
        let keep = || self.engine.write_snapshot(&snapshot, &path);
        let (kept, (field, carried)) = thread::scope(|scope| {
            let keeping = scope.spawn(|| self.control.persist("the data of the run", keep, || {}));
            let made = of(&snapshot);
            (keeping.join(), made)
        });
        kept.map_err(|_| {
            Halt::Failed("the data of the run could not be kept; the log says why".to_owned())
        })??;
        Ok(Prepared { snapshot, field, carried })
    }

    fn empty_folder(&self) -> Result<(), Halt> {
        let empty = || match fs::remove_dir_all(self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => crate::durable::make_folder(self.folder),
        };
        self.control.persist("the data of the run", empty, || {})
    }

    /// The name of the night: everything that its content depends on.
    fn identity(&self, snapshot: &Snapshot) -> [u8; 32] {
        let told = format!("{} {}", self.order.as_of, snapshot.change());
        *blake3::Hasher::new().update(&self.rules()).update(told.as_bytes()).finalize().as_bytes()
    }

    /// The rules of the lists, whatever the day and the data.
    fn rules(&self) -> [u8; 32] {
        let told =
            format!("{} {} {}", self.order.scope.name(), self.list_size, self.engine.model_version().version);
        *blake3::hash(told.as_bytes()).as_bytes()
    }

    fn base(&self) -> PathBuf {
        self.folder.with_file_name(format!("base-{}", self.order.scope.name()))
    }

    /// What the night before leaves to this one, where only what changed is to be ranked.
    fn carried(&self, field: &Field) -> Option<Carried> {
        if !self.order.changed_only {
            return None;
        }
        let base = Base::read(&self.base(), &self.rules());
        if base.is_none() {
            tracing::info!("there is no night to go on from: everything is ranked");
        }
        base.map(|base| Carried::new(base, field, self.engine.tie_secret(), self.list_size.into()))
    }

    /// What the next night needs to rank only what changed.
    fn left(
        &self,
        field: &Field,
        vacancies: &[SweptVacancy],
        people: &[Ordered],
        run: [u8; 32],
    ) -> Option<Vec<u8>> {
        self.crew.begin();
        let (known_people, known_vacancies) = base::known(field, self.engine.tie_secret());
        let origin = base::Origin { run, rules: self.rules(), as_of: self.order.as_of };
        base::encode(origin, known_people.iter().zip(people), known_vacancies.iter().zip(vacancies))
    }

    /// Leaves it. Without it the next night ranks everything, so a disk that refuses costs time and nothing else.
    fn leave_base(&self, left: Option<&[u8]>) {
        if let Err(error) = base::write(left, &self.base()) {
            tracing::warn!(%error, "the next night cannot go on from this one and will rank everything");
        }
    }

    /// The night that the lists go on from, where its explanations are of the same day.
    fn night_of(&self, carried: &Carried, field: &Field) -> Option<Arc<Night>> {
        let night = self.engine.nights().night(Some(carried.as_of()), Some(self.night_scope())).ok()?;
        (carried.is_of_day(field) && night.head().run == name(carried.run())).then_some(night)
    }

    pub(super) fn night_scope(&self) -> NightScope {
        NightScope { region: self.order.scope.region, sbi_code: self.order.scope.sbi_code }
    }
}

/// Says in the log how long each part of a run took.
struct Clock(Instant);

impl Default for Clock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock {
    fn ends(&mut self, part: &str) {
        tracing::debug!(part, milliseconds = self.0.elapsed().as_millis() as u64, "a part of the run ended");
        self.0 = Instant::now();
    }
}

/// A run's name in the head of its night.
pub(super) fn name(identity: &[u8; 32]) -> String {
    identity.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Locks, whatever became of another worker.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
