//! The use cases: records, imports, matching, search, indexing. Synchronous; knows no transport.
//!
//! The way of a write: parse → one store transaction → acknowledged → shown in the next match at once (the
//! population in memory) → the indexer follows the change numbers → found by a search.

mod answers;
mod aside;
pub mod backup;
mod check;
mod columns;
pub mod decisions;
mod documents;
mod entity;
mod erasures;
mod error;
pub mod explaining;
mod forgetting;
pub mod fragments;
pub mod import;
mod indexing;
pub mod labels;
mod loading;
pub mod matching;
pub mod model;
mod never_counts;
pub mod night_lists;
pub mod night_report;
pub mod outcomes;
mod overnight;
mod population;
mod prepared;
pub mod privacy;
mod profiles;
mod proof;
pub mod proposing;
mod purging;
mod quarantine;
pub mod questions;
pub mod recognition;
mod records;
mod repair;
pub mod search;
pub mod shortlists;
mod showing;
pub mod snapshot;
pub mod spreading;
pub mod state;
mod stored;
mod taxonomy;
pub mod tries;
mod vocabulary;
pub mod within;

pub use answers::Answering;
pub use check::{CheckFinding, FolderCheck, check};
pub use entity::Entity;
pub use error::EngineError;
pub use indexing::IndexingError;
pub use never_counts::never_counts;
pub use population::Entry;
pub use profiles::{ProfileFileFinding, ProfilesError, check_profiles};
pub use proof::{Left, Proof};
pub use purging::{PurgeError, Purged};
pub use records::{Contents, RecordPage, Upsert, Upserted};
pub use repair::{Repaired, repair};
pub use stored::Stored;
pub use vocabulary::Vocabulary;

use crate::advice::{InstrumentFileError, InstrumentTable};
use crate::decisions::{DecisionLog, LogError, Retention};
use crate::geo::PlacesError;
use crate::night::Nights;
use crate::rank::{competencies::CompetencyTable, profile::Profiles, tables::Tables};
use crate::store::{DataFolder, OpenError, ReadError, RedbStore, StorageFault, Store, StoreOptions};
use crate::taxonomy::TaxonomyError;
use answers::Answers;
use erasures::Erasures;
use forgetting::Forgetter;
use indexing::Indexer;
use population::{Lookups, Population};
use prepared::Preparer;
use purging::{Parts, Purger};
use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};
use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::Duration,
};

/// For how many days decisions are kept when nothing says otherwise: five years.
pub const DECISION_DAYS: u16 = 1_826;

/// What an engine is opened with.
#[derive(Clone, Debug, Default)]
pub struct EngineOptions {
    /// The data folder; made when it is not there.
    pub folder: PathBuf,
    /// Threads for scoring; 0: one per core.
    pub threads: usize,
    /// Folder with ranking profiles of one's own, which go over the embedded ones; `None`: the embedded ones.
    pub profiles: Option<PathBuf>,
    /// An operator's own file of instruments; `None`: the one of the program.
    pub instruments: Option<PathBuf>,
    /// Where the record of decisions goes besides the data folder, and for how long.
    pub decisions: decisions::LogPlaces,
    /// Within which time the bytes of deleted people are removed; `None`: an hour.
    pub purge_within: Option<Duration>,
    /// Bytes on the disk that are kept for erasing people and for ending in good order; `None`: 64 MiB.
    pub reserve_bytes: Option<u64>,
}

impl EngineOptions {
    fn of_store(&self) -> StoreOptions {
        let ordinary = StoreOptions::default();
        StoreOptions { reserve_bytes: self.reserve_bytes.unwrap_or(ordinary.reserve_bytes), ..ordinary }
    }
}

/// The engine: owns one data folder.
pub struct Engine {
    folder: PathBuf,
    /// First of all to go: it works with everything that comes after it.
    purger: Purger,
    store: Arc<dyn Store>,
    erasures: Arc<Erasures>,
    lookups: Lookups,
    profiles: Profiles,
    instruments: InstrumentTable,
    population: Arc<RwLock<Population>>,
    preparer: Preparer,
    /// Held while the columns are made anew: one at a time.
    renewing: Arc<Mutex<()>>,
    indexer: Indexer,
    nights: Nights,
    decisions: Arc<DecisionLog>,
    answers: Arc<Answers>,
    _retention: Retention,
    forgetter: Forgetter,
    pool: ThreadPool,
    /// Threads for reading and recognising: a match never waits behind an import's work.
    background: ThreadPool,
    /// Held while another taxonomy is loaded: one at a time.
    replacing: Mutex<()>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

/// Why an engine cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The search index can neither be opened nor built.
    #[error(transparent)]
    Index(#[from] IndexingError),
    /// The table of places is damaged.
    #[error(transparent)]
    Places(#[from] PlacesError),
    /// Ranking profiles cannot be used.
    #[error(transparent)]
    Profiles(#[from] ProfilesError),
    /// A table of the ranking is wrong.
    #[error("{0}")]
    Tables(String),
    /// The taxonomy cannot be loaded.
    #[error(transparent)]
    Taxonomy(#[from] TaxonomyError),
    /// The file of instruments cannot be used.
    #[error(transparent)]
    Instruments(#[from] InstrumentFileError),
    /// The record of decisions cannot be opened.
    #[error("the record of decisions cannot be opened: {0}")]
    Decisions(#[source] LogError),
    /// Nobody can be taken out of the nights.
    #[error("the thread that takes erased people out of the nights cannot be started: {0}")]
    Forgetter(String),
    /// Who was erased is not known, or nobody can be purged.
    #[error("the file of erased people cannot be used, or nothing can be removed: {0}")]
    Erasing(#[source] io::Error),
    /// A restore was broken off.
    #[error("a restore of {} was broken off; run `passend restore` again", .0.display())]
    RestoreBrokenOff(PathBuf),
    /// What is damaged cannot be put aside.
    #[error("what is damaged cannot be put aside or made anew: {0}")]
    Repair(#[source] io::Error),
    /// The thread that prepares facts cannot be started.
    #[error("the thread that keeps prepared facts cannot be started: {0}")]
    Preparing(#[source] io::Error),
    /// Threads for scoring cannot be started.
    #[error("threads for scoring cannot be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl From<StorageFault> for StartError {
    fn from(fault: StorageFault) -> Self {
        Self::Read(ReadError::Storage(fault))
    }
}

impl StartError {
    /// Whether another process has the folder, and which one where it is known.
    pub fn in_use(&self) -> Option<Option<u32>> {
        match self {
            Self::Store(OpenError::InUse { pid, .. }) => Some(*pid),
            _ => None,
        }
    }
}

/// Where the search index stands in a data folder.
fn index_folder(folder: &Path) -> PathBuf {
    folder.join("index")
}

impl Engine {
    /// Opens a data folder, makes the store where there is none, loads everybody and starts the indexer.
    ///
    /// # Errors
    /// When another process owns the folder, or something in it cannot be used.
    pub fn open(options: &EngineOptions) -> Result<Arc<Self>, StartError> {
        // First of all: a profile that cannot be used is told before a folder is made or locked.
        let profiles = profiles::load(options.profiles.as_deref())?;
        let instruments = match &options.instruments {
            Some(path) => InstrumentTable::read(path)?,
            None => InstrumentTable::embedded()?,
        };
        // At once, since most commands only learn here that a server has the folder.
        let folder = DataFolder::take(&options.folder)?;
        if options.folder.join(backup::SWAP).exists() {
            return Err(StartError::RestoreBrokenOff(options.folder.clone()));
        }
        let background = threads(options.threads, "words")?;
        let (store, taxonomy) = background.join(
            || RedbStore::open_taken(folder, &options.of_store()),
            || crate::taxonomy::load(&options.folder),
        );
        let store: Arc<dyn Store> = Arc::new(store?);
        let decisions = Arc::new(decisions::open(&options.folder, &store, &options.decisions)?);
        let days = options.decisions.days.unwrap_or(DECISION_DAYS);
        let retention = Retention::start(Arc::clone(&decisions), days)
            .map_err(|error| StartError::Decisions(error.into()))?;
        let places = crate::geo::load(&options.folder)?;
        let pool = threads(options.threads, "rank")?;
        let tables = Tables::embedded().map_err(|error| StartError::Tables(error.to_string()))?;
        let lookups = Lookups { places, tables };
        let vocabulary = Arc::new(Vocabulary::open(taxonomy?, &options.folder));
        let facts = prepared::path_in(&options.folder);
        let loaded = background.install(|| prepared::load(&*store, &lookups, &vocabulary, &facts))?;
        vocabulary.settle();
        let mut loaded = loaded;
        for (id, version) in
            aside::of_folder(&options.folder, &*store.snapshot()?).map_err(StartError::Repair)?
        {
            loaded.population.set_aside(&id, version);
        }
        let indexer = Indexer::start(
            Arc::clone(&store),
            Arc::clone(&lookups.places),
            vocabulary,
            &index_folder(&options.folder),
        )?;
        let nights = Nights::open(&options.folder);
        let forgetter = Forgetter::start(nights.clone(), shortlists::shown(&loaded.population))
            .map_err(|error| StartError::Forgetter(error.to_string()))?;
        let population = Arc::new(RwLock::new(loaded.population));
        background.install(|| columns::renew(&population));
        let preparer = Preparer::start(
            facts,
            store.identity().clone(),
            lookups.clone(),
            Arc::clone(&population),
            loaded.made_anew,
        )
        .map_err(StartError::Preparing)?;
        let erasures =
            Arc::new(Erasures::open(&options.folder, store.identity()).map_err(StartError::Erasing)?);
        let answers = Arc::new(Answers::default());
        let purger = Purger::start(Parts {
            folder: options.folder.clone(),
            store: Arc::clone(&store),
            index: indexer.purger(),
            facts: preparer.settler(),
            nights: nights.clone(),
            decisions: Arc::clone(&decisions),
            answers: Arc::clone(&answers),
            erasures: Arc::clone(&erasures),
            within: options.purge_within.unwrap_or(purging::WITHIN),
        })
        .map_err(StartError::Erasing)?;
        Ok(Arc::new(Self {
            folder: options.folder.clone(),
            purger,
            store,
            erasures,
            lookups,
            profiles,
            instruments,
            population,
            preparer,
            renewing: Arc::default(),
            indexer,
            nights,
            decisions,
            answers,
            _retention: retention,
            forgetter,
            pool,
            background,
            replacing: Mutex::new(()),
        }))
    }

    /// Begins an answer, or anything else that reads people and may write of them later: a purge waits for it. Whoever holds
    /// this may not wait for a purge.
    pub fn answering(&self) -> Answering {
        self.answers.begin()
    }

    /// Works something out of each on the threads for scoring, in their order, and lets go of each there: what a match is
    /// made of takes a while to let go of. `work` takes no lock, as everything that runs there.
    pub(super) fn of_each<T: Send, U: Send>(&self, all: Vec<T>, work: impl Fn(T) -> U + Sync) -> Vec<U> {
        self.compute(|| all.into_par_iter().map(&work).collect())
    }

    /// Works something out on the threads for scoring: one step over, not one for each part of the work.
    ///
    /// Whoever needs a lock takes it before. While one of these threads waits for a part of its work it begins with
    /// somebody else's, and that one, asking for a lock that a writer waits for, would wait for the thread's own.
    fn compute<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Instruments and referrals for advisors.
    pub fn instruments(&self) -> &InstrumentTable {
        &self.instruments
    }

    /// Plain names of competencies, for texts.
    pub fn competency_names(&self) -> &CompetencyTable {
        &self.lookups.tables.competencies
    }

    /// Why no writes are taken at the moment, deletions aside; `None`: they are.
    pub fn refuses_writes(&self) -> Option<String> {
        self.store.refuses().map(|fault| fault.to_string())
    }

    /// Every change up to this one counts in the next match.
    pub fn change_number(&self) -> u64 {
        self.population().change().0
    }

    /// A random text of 32 hexadecimal digits, for a token.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn random_token() -> Result<String, EngineError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| EngineError::Fault(error.to_string()))?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn store(&self) -> &dyn Store {
        &*self.store
    }

    fn population(&self) -> RwLockReadGuard<'_, Population> {
        self.population.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn population_mut(&self) -> RwLockWriteGuard<'_, Population> {
        self.population.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn threads(count: usize, name: &'static str) -> Result<ThreadPool, rayon::ThreadPoolBuildError> {
    ThreadPoolBuilder::new().num_threads(count).thread_name(move |thread| format!("{name}-{thread}")).build()
}
