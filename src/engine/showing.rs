//! What was written shows: in the next match at once, in searches when the indexer has followed.

use super::{
    Engine, Entity, Entry, Vocabulary, columns,
    population::{Facts, Matchable},
    shortlists,
};
use crate::store::{ChangeNumber, RecordId, RecordKind};
use rayon::prelude::*;
use std::sync::Arc;

/// What a record is matched by, but for the number of its change.
pub(super) struct Ready<T: Matchable> {
    /// The words that it was made with.
    vocabulary: Arc<Vocabulary>,
    entry: Entry<T::Facts>,
}

impl Engine {
    /// Shows written records in the next match and tells the indexer.
    pub(super) fn publish<T: Entity>(&self, records: &[T], changes: &[ChangeNumber]) {
        let vocabulary = self.vocabulary();
        let entries = self.entries(records, changes, &vocabulary);
        self.show(records, changes, vocabulary, entries);
    }

    /// What a record is matched by, made before it has the number of its change.
    pub(super) fn ready<T: Entity>(&self, record: &T) -> Ready<T> {
        let vocabulary = self.vocabulary();
        let entry = record.entry(ChangeNumber::default(), &self.lookups, &vocabulary);
        Ready { vocabulary, entry }
    }

    /// Shows a record of which everything but the number of its change was known before.
    pub(super) fn publish_ready<T: Entity>(&self, record: &T, ready: Ready<T>, change: ChangeNumber) {
        let entry = Arc::new(ready.entry.at(change));
        self.show(std::slice::from_ref(record), &[change], ready.vocabulary, vec![entry]);
    }

    /// Shows records. The facts are made before the lock is taken: a match waits only for the swap.
    fn show<T: Entity>(
        &self,
        records: &[T],
        changes: &[ChangeNumber],
        mut vocabulary: Arc<Vocabulary>,
        mut entries: Vec<Arc<Entry<T::Facts>>>,
    ) {
        let erased: Vec<(RecordId, ChangeNumber)>;
        loop {
            let mut population = self.population_mut();
            if !Arc::ptr_eq(population.vocabulary(), &vocabulary) {
                // Another taxonomy came in between: its numbers of concepts are others.
                drop(population);
                vocabulary = self.vocabulary();
                entries = self.entries(records, changes, &vocabulary);
                continue;
            }
            let with_ids = entries.iter().zip(records).zip(changes);
            erased = with_ids
                .filter(|((entry, _), _)| entry.facts.is_erased())
                .map(|((_, record), change)| (record.id().into(), *change))
                .collect();
            for (entry, change) in entries.into_iter().zip(changes) {
                population.members_mut::<T>().put(entry);
                population.shows(*change);
            }
            if population.has_outgrown_its_columns() {
                drop(population);
                self.renew_columns();
            }
            break;
        }
        if let Some(last) = changes.iter().max() {
            self.indexer.tell(last.0);
        }
        if !erased.is_empty() {
            self.preparer.erased();
            self.note_erased(&erased);
            self.purger.tell();
        } else {
            self.preparer.changed(records.len());
        }
        if T::KIND == RecordKind::Candidate {
            self.forget_who_is_not_shown(records.iter().map(|record| record.id().into()));
        }
    }

    /// Takes who is restricted, erased or gone out of the nights.
    pub(super) fn forget_who_is_not_shown(&self, people: impl Iterator<Item = RecordId>) {
        let population = self.population();
        for id in people.filter(|id| !shortlists::is_shown(&population, id.as_str())) {
            self.forgetter.tell(id.as_str());
        }
    }

    /// Makes the columns of everybody anew beside everything else, unless that happens already.
    pub(super) fn renew_columns(&self) {
        let (population, renewing) = (Arc::clone(&self.population), Arc::clone(&self.renewing));
        self.background.spawn(move || {
            if let Ok(_one_at_a_time) = renewing.try_lock() {
                columns::renew(&population);
            }
        });
    }

    fn entries<T: Entity>(
        &self,
        records: &[T],
        changes: &[ChangeNumber],
        vocabulary: &Vocabulary,
    ) -> Vec<Arc<Entry<T::Facts>>> {
        let entry = |(record, change): (&T, &ChangeNumber)| {
            Arc::new(record.entry(*change, &self.lookups, vocabulary))
        };
        if let ([record], [change]) = (records, changes) {
            return vec![entry((record, change))];
        }
        self.background.install(|| {
            vocabulary.learn(records.iter().flat_map(|record| record.said()));
            records.par_iter().zip(changes).map(entry).collect()
        })
    }

    /// Takes a deleted record out of the next match and tells the indexer.
    pub(super) fn unpublish(&self, id: &RecordId, change: ChangeNumber) {
        let mut population = self.population_mut();
        population.remove(id, change);
        population.shows(change);
        drop(population);
        self.indexer.tell(change.0);
        if id.kind() == RecordKind::Candidate {
            self.forget_who_is_not_shown(std::iter::once(id.clone()));
            self.preparer.erased();
            self.note_erased(&[(id.clone(), change)]);
        }
        self.purger.tell();
    }

    /// Notes beside the store who was erased, before the answer. Where it fails the purge does it, before it lets a deletion
    /// go.
    fn note_erased(&self, people: &[(RecordId, ChangeNumber)]) {
        let people = people.iter().map(|(id, change)| (id, *change));
        if let Err(error) = self.erasures.note(self.store.secret(), people) {
            tracing::error!(%error, "an erasure is not noted beside the store yet");
        }
    }
}
