//! Opens the record beside its store, which holds the secret of its key and its last checkpoint.

use crate::decisions::{Checkpoint, DecisionLog, FOLDER, LogError, LogKey, LogOptions, Part, PublicKey};
use crate::engine::StartError;
use crate::night;
use crate::store::{OpenError, RedbStore, Store, StoreOptions};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The store's note that holds the last checkpoint.
const NOTE: &str = "last checkpoint of the record of decisions";

/// Where the record goes besides the data folder, and for how long.
#[derive(Clone, Debug, Default)]
pub struct LogPlaces {
    /// A file to which each checkpoint is appended; `None`: there is no second place.
    pub checkpoint_to: Option<PathBuf>,
    /// For how many days entries are kept; `None`: five years.
    pub days: Option<u16>,
}

/// Opens the record of a data folder.
pub(in crate::engine) fn open(
    folder: &Path,
    store: &Arc<dyn Store>,
    places: &LogPlaces,
) -> Result<DecisionLog, StartError> {
    let key = key_of(&**store).map_err(StartError::Decisions)?;
    let known = last_checkpoint(&**store)?;
    let keeps = Arc::clone(store);
    let keep = move |checkpoint: &Checkpoint| {
        keeps.put_note(NOTE, checkpoint.to_string().as_bytes()).map_err(|fault| fault.to_string())
    };
    DecisionLog::open(LogOptions {
        folder: folder.join(FOLDER),
        key,
        preface: night::pair_names(),
        known,
        keep: Box::new(keep),
        second_place: places.checkpoint_to.clone(),
        segment_bytes: None,
        checkpoint_every: None,
    })
    .map_err(StartError::Decisions)
}

fn key_of(store: &dyn Store) -> Result<LogKey, LogError> {
    LogKey::from_seed(store.secret().decision_key())
}

fn last_checkpoint(store: &dyn Store) -> Result<Option<Checkpoint>, StartError> {
    let note = store.note(NOTE)?;
    Ok(note.and_then(|note| Checkpoint::parse(std::str::from_utf8(&note).ok()?)))
}

/// Takes everybody out of the record of a folder who is not among the living: what a restore brought back.
pub(in crate::engine) fn keep_only(
    folder: &Path,
    store: &dyn Store,
    living: &BTreeSet<String>,
) -> Result<(), LogError> {
    let folder = folder.join(FOLDER);
    if !folder.is_dir() {
        return Ok(());
    }
    let log = DecisionLog::open(LogOptions {
        folder,
        key: key_of(store)?,
        preface: night::pair_names(),
        known: None,
        keep: Box::new(|_| Ok(())),
        second_place: None,
        segment_bytes: None,
        checkpoint_every: None,
    })?;
    let mut gone = BTreeSet::new();
    let mut before = None;
    loop {
        let page = log.reader().page(before, usize::MAX, |entry, _| {
            let subjects = entry.parts.iter().filter_map(|part| match part {
                Part::Whole { subject, .. } => Some(subject),
                Part::Erased { .. } => None,
            });
            gone.extend(subjects.filter(|id| !id.is_empty() && !living.contains(*id)).cloned());
            None::<()>
        })?;
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    log.erase(&gone).map(drop)
}

/// The key and the last checkpoint of a data folder that nobody uses; `None`: there is no store in it.
///
/// # Errors
/// When somebody uses the folder, or its store cannot be read.
pub fn decision_log_offline(folder: &Path) -> Result<Option<(PublicKey, Option<Checkpoint>)>, StartError> {
    if !RedbStore::exists_in(folder) {
        return Ok(None);
    }
    let store = RedbStore::open(folder, &StoreOptions::default()).map_err(|error: OpenError| error)?;
    let key = key_of(&store).map_err(StartError::Decisions)?.public();
    Ok(Some((key, last_checkpoint(&store)?)))
}
