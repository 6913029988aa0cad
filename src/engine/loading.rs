//! Everybody's facts from the store: at the start, and beside those in use when another taxonomy comes.

use super::{
    entity::Entity,
    outcomes,
    population::{Entry, Facts, Lookups, Population},
    stored,
    vocabulary::Vocabulary,
};
use crate::domain::{Candidate, Vacancy};
use crate::store::{
    ChangeKind, ChangeNumber, Matched, ReadError, Record, RecordId, RecordKind, Snapshot, Store,
    StoredMessage,
};
use rayon::prelude::*;
use std::sync::Arc;

/// Records that are read from the store before they are decoded together.
const LOADED_TOGETHER: usize = 4_096;

/// Reads everybody from the store.
pub(super) fn load(
    store: &dyn Store,
    lookups: &Lookups,
    vocabulary: &Arc<Vocabulary>,
) -> Result<Population, ReadError> {
    let snapshot = store.snapshot()?;
    let mut population = Population::new(Arc::clone(vocabulary));
    load_kind::<Candidate>(&*snapshot, lookups, &mut population)?;
    load_kind::<Vacancy>(&*snapshot, lookups, &mut population)?;
    population.outcomes = outcomes::load(&*snapshot)?;
    population.loaded(snapshot.last_change()?);
    Ok(population)
}

/// Reads the records of one kind: the next ones from the store while every other core decodes and recognises.
fn load_kind<T: Entity>(
    snapshot: &dyn Snapshot,
    lookups: &Lookups,
    population: &mut Population,
) -> Result<(), ReadError> {
    let vocabulary = &Arc::clone(population.vocabulary());
    let mut records = snapshot.records(<T::Proto as StoredMessage>::KIND, None)?;
    let mut next = || records.by_ref().take(LOADED_TOGETHER).collect::<Vec<_>>();
    let mut block = next();
    while !block.is_empty() {
        let mut entries = Vec::new();
        let (made, these) = (&mut entries, std::mem::take(&mut block));
        rayon::in_place_scope(|others| {
            others.spawn(move |_| *made = entries_of::<T>(these, lookups, vocabulary));
            block = next();
        });
        for entry in entries {
            match entry {
                Ok(entry) => population.members_mut::<T>().put(entry),
                Err(id) => population.members_mut::<T>().damaged(id),
            }
        }
    }
    Ok(())
}

/// Records as they are matched, or the ids of those that cannot be read.
fn entries_of<T: Entity>(
    records: Vec<Result<Record, ReadError>>,
    lookups: &Lookups,
    vocabulary: &Vocabulary,
) -> Vec<Result<Arc<Entry<T::Facts>>, String>> {
    let records: Vec<Result<(T, ChangeNumber), String>> = records
        .into_par_iter()
        .map(|record| decoded(record.and_then(|record| Matched::of(&record))))
        .collect();
    vocabulary.learn(records.iter().flatten().flat_map(|(record, _)| record.said()));
    let entry = |(record, version): (T, ChangeNumber)| Arc::new(record.entry(version, lookups, vocabulary));
    records.into_par_iter().map(|record| record.map(entry)).collect()
}

/// A record with its version, or the id of one that cannot be read.
fn decoded<T: Entity>(message: Result<Matched<T::Proto>, ReadError>) -> Result<(T, ChangeNumber), String> {
    match message {
        Ok(message) => stored::matched::<T>(&message)
            .map(|record| (record, message.version))
            .map_err(|_| T::id_in(&message.current).to_owned()),
        Err(error) => {
            tracing::error!(%error, "a damaged record cannot be matched");
            Err(damaged_id(&error))
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

/// What came with the changes that a population was brought up to date with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    /// Records that were made anew.
    pub(super) shown: usize,
    /// Whether somebody's data were erased, or their record deleted.
    pub(super) has_erased: bool,
}

/// Brings a population that is not shown yet up to the last change of a snapshot.
pub(super) fn catch_up(
    snapshot: &dyn Snapshot,
    lookups: &Lookups,
    population: &mut Population,
) -> Result<News, ReadError> {
    let mut news = News::default();
    let (mut candidates, mut vacancies) = (Vec::new(), Vec::new());
    for change in snapshot.changes_after(population.change())? {
        let change = change?;
        match (change.kind, &change.id) {
            // Loaded from the store by themselves, or taken over from the population that is shown.
            (ChangeKind::Outcome, _) => {}
            (ChangeKind::Delete, id) => {
                news.has_erased |= id.kind() == RecordKind::Candidate;
                population.remove(id, change.number);
            }
            (ChangeKind::Upsert, RecordId::Candidate(_)) => candidates.push(change.id),
            (ChangeKind::Upsert, RecordId::Vacancy(_)) => vacancies.push(change.id),
        }
    }
    show::<Candidate>(&candidates, snapshot, lookups, population, &mut news);
    show::<Vacancy>(&vacancies, snapshot, lookups, population, &mut news);
    population.loaded(snapshot.last_change()?);
    Ok(news)
}

/// Shows records, as far as they are there and can be read.
fn show<T: Entity>(
    ids: &[RecordId],
    snapshot: &dyn Snapshot,
    lookups: &Lookups,
    population: &mut Population,
    news: &mut News,
) {
    let vocabulary = &Arc::clone(population.vocabulary());
    for ids in ids.chunks(LOADED_TOGETHER) {
        let records = ids.iter().filter_map(|id| snapshot.get(id).transpose()).collect();
        for entry in entries_of::<T>(records, lookups, vocabulary) {
            news.shown += 1;
            match entry {
                Ok(entry) => {
                    news.has_erased |= entry.facts.is_erased();
                    population.members_mut::<T>().put(entry);
                }
                Err(id) => population.members_mut::<T>().damaged(id),
            }
        }
    }
}
