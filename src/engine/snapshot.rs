//! Everybody and every vacancy at one moment, for work that takes long.

use super::{Engine, Vocabulary, population::Entry};
use crate::rank::facts::{CandidateFacts, VacancyFacts};
use std::sync::Arc;

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
        let population = self.population();
        Snapshot {
            change: population.change().0,
            people: population.candidates.entries().to_vec(),
            vacancies: population.vacancies.entries().to_vec(),
            vocabulary: Arc::clone(population.vocabulary()),
        }
    }
}

impl Snapshot {
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
