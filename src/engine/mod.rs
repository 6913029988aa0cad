//! The use cases: records, imports, matching, search, indexing. Synchronous; knows no transport.
//!
//! The way of a write: parse → one store transaction → acknowledged → shown in the next match at once (the
//! population in memory) → the indexer follows the change numbers → found by a search.

mod check;
mod documents;
mod entity;
mod error;
pub mod import;
mod indexing;
pub mod labels;
pub mod matching;
mod population;
mod records;
pub mod search;
mod stored;

pub use check::{CheckFinding, FolderCheck, check};
pub use entity::Entity;
pub use error::EngineError;
pub use indexing::IndexingError;
pub use records::{Contents, RecordPage, Upsert, Upserted};
pub use stored::Stored;

use crate::domain::{Candidate, Vacancy};
use crate::geo::PlacesError;
use crate::rank::{competencies::CompetencyTable, profile::Profiles, tables::Tables, understanding::Direct};
use crate::store::{
    ChangeNumber, Matched, OpenError, ReadError, RecordId, RedbStore, Snapshot, Store, StoreOptions,
};
use crate::taxonomy::{TaxonomyBuilder, recognize::Recognizer};
use indexing::Indexer;
use population::{Lookups, Population};
use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

/// What an engine is opened with.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// The data folder; made when it is not there.
    pub folder: PathBuf,
    /// Threads for scoring; 0: one per core.
    pub threads: usize,
}

/// The engine: owns one data folder.
pub struct Engine {
    store: Arc<dyn Store>,
    lookups: Lookups,
    profiles: Profiles,
    population: RwLock<Population>,
    indexer: Indexer,
    pool: ThreadPool,
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
    /// A ranking profile or another table of the ranking is wrong.
    #[error("{0}")]
    Tables(String),
    /// Threads for scoring cannot be started.
    #[error("threads for scoring cannot be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
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

/// Records that are read from the store before they are decoded together.
const LOADED_TOGETHER: usize = 4_096;

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
        let store: Arc<dyn Store> = Arc::new(RedbStore::open(&options.folder, &StoreOptions::default())?);
        let places = crate::geo::load(&options.folder)?;
        let profiles = Profiles::embedded().map_err(|error| StartError::Tables(error.to_string()))?;
        let pool = ThreadPoolBuilder::new()
            .num_threads(options.threads)
            .thread_name(|thread| format!("rank-{thread}"))
            .build()?;
        let tables = Tables::embedded().map_err(|error| StartError::Tables(error.to_string()))?;
        // Without a loaded taxonomy nothing is recognised: words stay words.
        let taxonomy =
            TaxonomyBuilder::new("none").build().map_err(|error| StartError::Tables(error.to_string()))?;
        let understanding = Direct(Arc::new(Recognizer::new(Arc::new(taxonomy))));
        let lookups = Lookups { places, tables, understanding };
        let population = pool.install(|| load(&*store, &lookups))?;
        let indexer =
            Indexer::start(Arc::clone(&store), Arc::clone(&lookups.places), &index_folder(&options.folder))?;
        Ok(Arc::new(Self { store, lookups, profiles, population: RwLock::new(population), indexer, pool }))
    }

    /// The threads for scoring.
    pub fn pool(&self) -> &ThreadPool {
        &self.pool
    }

    /// Plain names of competencies, for texts.
    pub fn competency_names(&self) -> &CompetencyTable {
        &self.lookups.tables.competencies
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

    /// Shows written records in the next match and tells the indexer.
    fn publish<T: Entity>(&self, records: &[T], changes: &[ChangeNumber]) {
        // The facts are made before the lock is taken: a match waits only for the swap.
        let entries: Vec<_> = records
            .iter()
            .zip(changes)
            .map(|(record, change)| record.entry(*change, &self.lookups))
            .collect();
        let mut population = self.population.write().unwrap_or_else(PoisonError::into_inner);
        for (entry, change) in entries.into_iter().zip(changes) {
            population.members_mut::<T>().put(entry);
            population.shows(*change);
        }
        drop(population);
        if let Some(last) = changes.iter().max() {
            self.indexer.tell(last.0);
        }
    }

    /// Takes a deleted record out of the next match and tells the indexer.
    fn unpublish(&self, id: &RecordId, change: ChangeNumber) {
        let mut population = self.population.write().unwrap_or_else(PoisonError::into_inner);
        population.remove(id, change);
        population.shows(change);
        drop(population);
        self.indexer.tell(change.0);
    }
}

/// Reads everybody from the store.
fn load(store: &dyn Store, lookups: &Lookups) -> Result<Population, ReadError> {
    let snapshot = store.snapshot()?;
    let mut population = Population::default();
    load_kind::<Candidate>(&*snapshot, lookups, &mut population)?;
    load_kind::<Vacancy>(&*snapshot, lookups, &mut population)?;
    population.loaded(snapshot.last_change()?);
    Ok(population)
}

/// Reads the records of one kind; decoding, which takes the time, runs on every core.
fn load_kind<T: Entity>(
    snapshot: &dyn Snapshot,
    lookups: &Lookups,
    population: &mut Population,
) -> Result<(), ReadError> {
    let mut messages = Matched::<T::Proto>::read_all(snapshot, None)?;
    loop {
        let block: Vec<_> = messages.by_ref().take(LOADED_TOGETHER).collect();
        if block.is_empty() {
            return Ok(());
        }
        let read = |message: Result<Matched<T::Proto>, ReadError>| match message {
            Ok(message) => stored::matched::<T>(&message)
                .map(|record| record.entry(message.version, lookups))
                .map_err(|_| T::id_in(&message.current).to_owned()),
            Err(error) => {
                tracing::error!(%error, "a damaged record cannot be matched");
                Err(damaged_id(&error))
            }
        };
        let entries: Vec<_> = block.into_par_iter().map(read).collect();
        for entry in entries {
            match entry {
                Ok(entry) => population.members_mut::<T>().put(entry),
                Err(id) => population.members_mut::<T>().damaged(id),
            }
        }
    }
}

/// The id of a record that cannot be read, or what the store calls it.
fn damaged_id(error: &ReadError) -> String {
    match error {
        ReadError::Damaged { id, .. } => id.as_str().to_owned(),
        other => other.to_string(),
    }
}
