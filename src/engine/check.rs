//! Verifying a data folder: what is wrong with it, and what will be done about it.

use super::{StartError, aside, index_folder, indexing, vocabulary};
use crate::store::{Integrity, ReadError, RecordKind, RedbStore, Snapshot, Store, StoreOptions};
use passend_index::{Entry, Kind, Opened};
use std::{collections::BTreeSet, path::Path};

/// What a check of a data folder found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderCheck {
    /// Candidates that are stored.
    pub candidates: u64,
    /// Vacancies that are stored.
    pub vacancies: u64,
    /// The number of the last change.
    pub last_change: u64,
    /// What is wrong. Empty when nothing is.
    pub findings: Vec<CheckFinding>,
}

/// One thing that is wrong, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckFinding {
    /// The store's file was not left in order; opening it has mended that without loss of a committed change.
    StoreMended,
    /// Something in the store is damaged and cannot be had back from anywhere else in the folder.
    StoreDamaged(String),
    /// A record that could not be ranked without a fault of the program: it is left out of lists until it is written anew.
    SetAside(String),
    /// The search index has not seen the last changes: it follows at the next start.
    IndexBehind {
        /// How many changes.
        changes: u64,
    },
    /// The search index cannot be used: it is built anew at the next start.
    IndexUnusable(String),
    /// The search index is whole and does not hold what the store holds: it should be removed to be built anew.
    IndexDiffers {
        /// Records that it should hold and does not.
        missing: u64,
        /// Entries that it holds and should not.
        stray: u64,
    },
}

/// Verifies store and index of a folder; `None` where there is no store. The records themselves are left as they are.
///
/// # Errors
/// When another process owns the folder, or the store cannot be opened or read at all.
pub fn check(folder: &Path) -> Result<Option<FolderCheck>, StartError> {
    if !RedbStore::exists_in(folder) {
        return Ok(None);
    }
    let store = RedbStore::open(folder, &StoreOptions::default())?;
    let report = store.check().map_err(ReadError::from)?;
    let mut check = FolderCheck {
        candidates: report.candidates,
        vacancies: report.vacancies,
        last_change: report.last_change.0,
        findings: Vec::new(),
    };
    match report.integrity {
        Integrity::Sound => {}
        Integrity::Mended => check.findings.push(CheckFinding::StoreMended),
        Integrity::Damaged(detail) => {
            // Without a store that can be read there is nothing to hold the index against.
            check.findings.push(CheckFinding::StoreDamaged(detail));
            return Ok(Some(check));
        }
    }
    check
        .findings
        .extend(report.findings.iter().map(|finding| CheckFinding::StoreDamaged(finding.to_string())));
    let set_aside = aside::of_folder(folder, &*store.snapshot()?).map_err(StartError::Repair)?;
    check.findings.extend(set_aside.iter().map(|(id, _)| CheckFinding::SetAside(id.to_string())));
    check.findings.extend(check_index(&store, folder, check.last_change)?);
    Ok(Some(check))
}

fn check_index(
    store: &RedbStore,
    folder: &Path,
    last_change: u64,
) -> Result<Option<CheckFinding>, StartError> {
    let words = vocabulary::owner(&crate::taxonomy::load(folder)?);
    let index = match indexing::open(store, words, &index_folder(folder))? {
        Opened::Ready(index) => index,
        Opened::MustRebuild(reason) => return Ok(Some(CheckFinding::IndexUnusable(reason.to_string()))),
    };
    let behind = last_change.saturating_sub(index.last_committed_change());
    if behind > 0 {
        return Ok(Some(CheckFinding::IndexBehind { changes: behind }));
    }
    let entries = match index.searcher().entries() {
        Ok(entries) => entries,
        Err(error) => return Ok(Some(CheckFinding::IndexUnusable(error.to_string()))),
    };
    let held = entries.len();
    let held_once: BTreeSet<Entry> = entries.into_iter().collect();
    let stored = stored_entries(&*store.snapshot()?)?;
    let missing = size(stored.difference(&held_once).count());
    let stray = size(held_once.difference(&stored).count() + held - held_once.len());
    Ok((missing + stray > 0).then_some(CheckFinding::IndexDiffers { missing, stray }))
}

/// What the index should hold: every record that can be read, at its version.
fn stored_entries(snapshot: &dyn Snapshot) -> Result<BTreeSet<Entry>, StartError> {
    let mut entries = BTreeSet::new();
    for kind in RecordKind::ALL {
        let indexed = match kind {
            RecordKind::Candidate => Kind::Candidate,
            RecordKind::Vacancy => Kind::Vacancy,
        };
        for record in snapshot.records(kind, None)? {
            // A damaged record is a finding of the store already, and is not searchable.
            let Ok(record) = record else { continue };
            let id = record.id.as_str().to_owned();
            entries.insert(Entry { kind: indexed, id, change: record.version.0 });
        }
    }
    Ok(entries)
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
