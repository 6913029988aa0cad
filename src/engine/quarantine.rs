//! What a repair took out of the store is kept beside it, for whoever wants to look: checksummed, and without a person as
//! soon as that person is erased.

use crate::{
    domain::text::{CandidateId, VacancyId},
    durable,
    store::{Quarantined, RecordId, RecordKind},
    wire::storage::{QuarantinedEntries, QuarantinedEntry},
};
use prost::Message;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

const FOLDER: &str = "quarantine";

/// Keeps what was taken out in a file of its own, durably; `None`: there is nothing to keep.
///
/// # Errors
/// When it cannot be written.
pub(super) fn keep(folder: &Path, change: u64, taken: &[Quarantined]) -> io::Result<Option<PathBuf>> {
    if taken.is_empty() {
        return Ok(None);
    }
    let entries = taken
        .iter()
        .map(|entry| QuarantinedEntry {
            table: entry.table.to_owned(),
            candidate: id_of(entry, RecordKind::Candidate),
            vacancy: id_of(entry, RecordKind::Vacancy),
            key: entry.key.clone(),
            value: entry.value.clone(),
        })
        .collect();
    let folder = folder.join(FOLDER);
    let free = (0_u32..).map(|number| folder.join(format!("store-{change}-{number}.entries")));
    let Some(path) = free.into_iter().find(|path| !path.exists()) else { return Ok(None) };
    durable::replace(&path, &QuarantinedEntries { entries }.encode_to_vec())?;
    Ok(Some(path))
}

/// Every entry that is known whose it is.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn read_all(folder: &Path) -> io::Result<Vec<(RecordId, QuarantinedEntry)>> {
    let files = match fs::read_dir(folder.join(FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        files => files?,
    };
    let mut all = Vec::new();
    for file in files {
        let read = QuarantinedEntries::decode(&fs::read(file?.path())?[..]).unwrap_or_default();
        all.extend(read.entries.into_iter().filter_map(|entry| Some((whose(&entry)?, entry))));
    }
    Ok(all)
}

fn whose(entry: &QuarantinedEntry) -> Option<RecordId> {
    let candidate = CandidateId::new(&entry.candidate).ok().map(RecordId::from);
    candidate.or_else(|| VacancyId::new(&entry.vacancy).ok().map(RecordId::from))
}

/// Moves a file there that cannot be read; the next purge removes it.
///
/// # Errors
/// When it cannot be moved.
pub(super) fn move_in(folder: &Path, file: &Path) -> io::Result<()> {
    let aside = folder.join(FOLDER);
    durable::make_folder(&aside)?;
    let name = file.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    fs::rename(file, aside.join(name))?;
    durable::sync_folder(&aside)
}

fn id_of(entry: &Quarantined, kind: RecordKind) -> String {
    entry.id.as_ref().filter(|id| id.kind() == kind).map(|id| id.as_str().to_owned()).unwrap_or_default()
}

/// Takes out of every file what belongs to these records, and what nobody can say whose it is.
///
/// # Errors
/// When a file cannot be read, written or removed.
pub(super) fn forget(folder: &Path, gone: &BTreeSet<RecordId>) -> io::Result<()> {
    let files = match fs::read_dir(folder.join(FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        files => files?,
    };
    for file in files {
        let path = file?.path();
        let read = QuarantinedEntries::decode(&fs::read(&path)?[..]).unwrap_or_default();
        let before = read.entries.len();
        let is_kept = |entry: &QuarantinedEntry| whose(entry).is_some_and(|id| !gone.contains(&id));
        let entries: Vec<_> = read.entries.into_iter().filter(is_kept).collect();
        if entries.is_empty() {
            fs::remove_file(&path)?;
        } else if entries.len() < before {
            durable::replace(&path, &QuarantinedEntries { entries }.encode_to_vec())?;
        }
    }
    Ok(())
}
