//! Opens the record beside its store, which holds the secret of its key and its last checkpoint.

use crate::decisions::{
    Checkpoint, DecisionLog, FOLDER, LogError, LogKey, LogOptions, PublicKey, Unreadable,
};
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

/// Who is there, and the key of the record: what a restore holds the record against.
#[derive(Debug)]
pub(in crate::engine) struct Living {
    seed: [u8; 32],
    people: BTreeSet<String>,
}

impl Living {
    pub(in crate::engine) fn of(store: &dyn Store, people: BTreeSet<String>) -> Self {
        Self { seed: *store.secret().decision_key(), people }
    }

    /// Takes everybody else out of the record of a folder: who was erased, and whom the store does not know any more, so that
    /// nobody could erase them later. How many bytes of it cannot be read.
    pub(in crate::engine) fn keep_only(&self, folder: &Path) -> Result<u64, LogError> {
        let Some(log) = bare(folder, &self.seed)? else { return Ok(0) };
        let mut gone = log.reader().subjects()?;
        gone.retain(|id| !id.is_empty() && !self.people.contains(id));
        let erased = log.erase(&gone)?;
        erased.unreadable.iter().for_each(tell_of_unreadable);
        Ok(erased.unreadable.iter().map(|piece| piece.bytes).sum())
    }
}

/// Empties what of a folder's record cannot be read; how many bytes.
pub(in crate::engine) fn empty_unreadable(folder: &Path, store: &dyn Store) -> Result<u64, LogError> {
    bare(folder, store.secret().decision_key())?.map_or(Ok(0), |log| log.empty_unreadable())
}

/// Says that an erasure came by something that cannot be read.
pub(in crate::engine) fn tell_of_unreadable(piece: &Unreadable) {
    let Unreadable { path, offset, bytes } = piece;
    let file = path.display();
    tracing::error!(%file, offset, bytes, "a part of the record of decisions cannot be read, and nobody can say whom it is about; \
        put the file of a backup in its place, or have `passend check --repair` empty it");
}

/// The record of a folder without those who keep its checkpoints; `None`: there is none.
fn bare(folder: &Path, seed: &[u8; 32]) -> Result<Option<DecisionLog>, LogError> {
    let folder = folder.join(FOLDER);
    if !folder.is_dir() {
        return Ok(None);
    }
    let log = DecisionLog::open(LogOptions {
        folder,
        key: LogKey::from_seed(seed)?,
        preface: night::pair_names(),
        known: None,
        keep: Box::new(|_| Ok(())),
        second_place: None,
        segment_bytes: None,
        checkpoint_every: None,
    })?;
    Ok(Some(log))
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
