//! The columns of everybody beside the population: made in one go, used for as long as few records have changed.

use super::population::{Entry, Population};
use crate::rank::{
    Rules,
    facts::{CandidateFacts, VacancyFacts},
    sweep::{Everybody, Scored},
};
use std::sync::{Arc, PoisonError, RwLock};

/// Everybody at one moment, as columns.
pub(super) type Columns = Everybody<Arc<Entry<CandidateFacts>>>;

/// So many changed records are scored one by one before the columns are made anew: one in this many of everybody.
const SHARE: usize = 64;
/// But at least so many.
const LEAST: usize = 256;

impl Population {
    /// Everybody's score for a vacancy, but for those who changed after the columns were made.
    pub(super) fn scored(&self, vacancy: &VacancyFacts, rules: Rules<'_>) -> Scored<'_> {
        let mut places = Vec::new();
        if let Some(columns) = &self.columns {
            columns.scores_together(vacancy, rules, &mut places);
        }
        Scored::new(places, self.candidates.rows(), self.candidates.entries_of_rows())
    }

    /// Whether so many records have changed that new columns pay.
    pub(super) fn has_outgrown_its_columns(&self) -> bool {
        let everybody = self.candidates.entries().len();
        self.candidates.beside_the_columns() > LEAST.max(everybody / SHARE)
    }

    /// Takes columns of these people into use.
    pub(super) fn show_columns(&mut self, columns: Arc<Columns>) {
        self.candidates.take_rows(columns.people());
        self.columns = Some(columns);
    }
}

/// Makes columns of everybody and shows them; matches go on meanwhile.
pub(super) fn renew(population: &RwLock<Population>) {
    let (people, vocabulary) = {
        let shown = population.read().unwrap_or_else(PoisonError::into_inner);
        (shown.candidates.entries().to_vec(), Arc::clone(shown.vocabulary()))
    };
    let columns = Arc::new(Everybody::new(people));
    let mut shown = population.write().unwrap_or_else(PoisonError::into_inner);
    // Under another taxonomy everybody's facts are others.
    if Arc::ptr_eq(shown.vocabulary(), &vocabulary) {
        shown.show_columns(columns);
    }
}
