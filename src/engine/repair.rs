//! Mending a data folder that nobody has: what is damaged in the store is put aside, what is derived is made anew.

use super::{
    StartError, Vocabulary,
    check::{CheckFinding, FolderCheck, check},
    decisions, index_folder,
    indexing::{self, Making},
    prepared, quarantine,
};
use crate::night::{Night, Nights};
use crate::store::{Integrity, RecordId, RedbStore, Store, StoreOptions};
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// What a repair did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// Records that were damaged, and are put aside: deliver them again.
    pub records: Vec<RecordId>,
    /// Entries of the store that were put aside, those of the records among them.
    pub put_aside: u64,
    /// Where they are.
    pub file: Option<PathBuf>,
    /// Entries of the store that were made anew from others.
    pub derived: u64,
    /// Requests that are no longer remembered.
    pub requests: u64,
    /// Bytes of the record of decisions that could not be read and were emptied.
    pub emptied: u64,
    /// Whether the search index was built anew.
    pub index_built: bool,
    /// Derived files that were removed, and damaged nights that were put aside, inside the folder.
    pub removed: Vec<PathBuf>,
}

/// Mends a folder as far as it can be mended, and checks it again; `None` where there is no store.
///
/// # Errors
/// When another process owns the folder, or something cannot be read or written.
pub fn repair(folder: &Path) -> Result<Option<(Repaired, FolderCheck)>, StartError> {
    let Some(before) = check(folder)? else { return Ok(None) };
    let mut repaired = Repaired::default();
    let store = RedbStore::open(folder, &StoreOptions::default())?;
    if let Integrity::Damaged(_) = store.check()?.integrity {
        // The structure of the file itself: nothing here can be trusted to be whole.
        return Ok(Some((repaired, before)));
    }
    let mut kept = None;
    let mended = store.repair(|taken| {
        kept = quarantine::keep(folder, before.last_change, taken).map_err(StartError::Repair)?;
        Ok::<_, StartError>(())
    })?;
    repaired.put_aside = mended.quarantined.len() as u64;
    let damaged =
        mended.quarantined.iter().filter(|entry| entry.table == "candidates" || entry.table == "vacancies");
    repaired.records =
        damaged.filter_map(|entry| entry.id.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    repaired.file = kept;
    repaired.derived = mended.derived;
    repaired.requests = mended.requests;
    put_nights_aside(folder, &mut repaired).map_err(StartError::Repair)?;
    let index_is_whole = !before
        .findings
        .iter()
        .any(|finding| matches!(finding, CheckFinding::IndexUnusable(_) | CheckFinding::IndexDiffers { .. }));
    if repaired.put_aside > 0 || repaired.derived > 0 || !index_is_whole {
        let facts = prepared::path_in(folder);
        if facts.exists() {
            fs::remove_file(&facts).map_err(StartError::Repair)?;
            repaired.removed.push(facts.strip_prefix(folder).unwrap_or(&facts).to_owned());
        }
        let places = crate::geo::load(folder)?;
        let vocabulary = Vocabulary::open(crate::taxonomy::load(folder)?, folder);
        let making = Making { places: &places, vocabulary: &vocabulary };
        indexing::rebuild(&store, making, &index_folder(folder))?;
        vocabulary.settle();
        repaired.index_built = true;
    }
    repaired.emptied = decisions::empty_unreadable(folder, &store).map_err(StartError::Decisions)?;
    drop(store);
    let Some(after) = check(folder)? else { return Ok(None) };
    Ok(Some((repaired, after)))
}

/// A night that cannot be read is put aside: the others are told of as before.
fn put_nights_aside(folder: &Path, repaired: &mut Repaired) -> io::Result<()> {
    for night in Nights::open(folder).list().map_err(io::Error::other)? {
        if Night::open(&night.path).is_err() {
            quarantine::move_in(folder, &night.path)?;
            repaired.removed.push(night.path.strip_prefix(folder).unwrap_or(&night.path).to_owned());
        }
    }
    Ok(())
}
