//! Everybody and every vacancy at one moment, for work that takes long.

use super::{
    Engine, Vocabulary,
    population::{Entry, Population},
    prepared::file::{self, Origin},
};
use crate::rank::facts::{CandidateFacts, VacancyFacts};
use crate::store::ChangeNumber;
use std::{io, path::Path, sync::Arc};

/// Everybody and every vacancy as of one change. What is written later does not show in it; it shares its records with
/// the engine, so that it takes little room for as long as few of them change.
#[derive(Clone, Debug)]
pub struct Snapshot {
    change: u64,
    people: Vec<Arc<Entry<CandidateFacts>>>,
    vacancies: Vec<Arc<Entry<VacancyFacts>>>,
    vocabulary: Arc<Vocabulary>,
}

impl Engine {
    /// Everybody and every vacancy at this moment.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.population())
    }

    /// Keeps a snapshot in a file, durable when this returns. Whoever is erased later is still in it: who keeps it removes
    /// it as soon as it is not needed.
    ///
    /// # Errors
    /// When it cannot be written; then what stood there stays.
    pub fn write_snapshot(&self, snapshot: &Snapshot, path: &Path) -> io::Result<()> {
        let origin = Origin::of(self.store.identity(), &self.lookups, &snapshot.vocabulary);
        file::write(snapshot, origin, path)?.finish()
    }

    /// A snapshot that was kept in a file: the same records in the same order. `None` where there is none, where it is not
    /// as it was written, and where it was made with another taxonomy or by another version of the program.
    pub fn read_snapshot(&self, path: &Path) -> Option<Snapshot> {
        let vocabulary = self.vocabulary();
        let origin = Origin::of(self.store.identity(), &self.lookups, &vocabulary);
        let read = self.background.install(|| file::read(path, origin, &self.lookups, &vocabulary));
        read.inspect_err(|reason| tracing::info!(path = %path.display(), %reason, "a snapshot is not used"))
            .ok()
    }
}

impl Snapshot {
    pub(super) fn new(
        change: u64,
        people: Vec<Arc<Entry<CandidateFacts>>>,
        vacancies: Vec<Arc<Entry<VacancyFacts>>>,
        vocabulary: Arc<Vocabulary>,
    ) -> Self {
        Self { change, people, vacancies, vocabulary }
    }

    pub(super) fn of(population: &Population) -> Self {
        Self {
            change: population.change().0,
            people: population.candidates.entries().to_vec(),
            vacancies: population.vacancies.entries().to_vec(),
            vocabulary: Arc::clone(population.vocabulary()),
        }
    }

    pub(super) fn into_population(self) -> Population {
        let mut population = Population::new(self.vocabulary);
        self.people.into_iter().for_each(|entry| population.candidates.put(entry));
        self.vacancies.into_iter().for_each(|entry| population.vacancies.put(entry));
        population.loaded(ChangeNumber(self.change));
        population
    }

    /// Every change up to this one shows.
    pub fn change(&self) -> u64 {
        self.change
    }

    /// Everybody, in no order that means anything.
    pub fn people(&self) -> &[Arc<Entry<CandidateFacts>>] {
        &self.people
    }

    /// Every vacancy, in no order that means anything.
    pub fn vacancies(&self) -> &[Arc<Entry<VacancyFacts>>] {
        &self.vacancies
    }

    /// The words that the facts were made with: numbers of concepts mean nothing under another one.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }
}
