//! The columns of everybody and of every vacancy beside the population: made in one go, used for as long as few records have
//! changed.

use super::population::{Entry, Facts, Members, Population};
use crate::domain::Date;
use crate::rank::{
    Rules,
    facts::{CandidateFacts, VacancyFacts},
    listed::ListedVacancies,
    pool::Closed,
    sweep::{Everybody, Scored},
    top::ProfileChoice,
    vacancies::EveryVacancy,
};
use std::sync::{Arc, PoisonError, RwLock};

/// Everybody at one moment, as columns.
pub(super) type Columns = Everybody<Arc<Entry<CandidateFacts>>>;

/// Every vacancy at one moment, as columns.
pub(super) type VacancyColumns = EveryVacancy<Arc<Entry<VacancyFacts>>>;

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

    /// What becomes of every vacancy in a person's list, but of those that changed after the columns were made.
    pub(super) fn listed(
        &self,
        person: &CandidateFacts,
        profile: ProfileChoice<'_>,
        as_of: Date,
        closed: Closed,
    ) -> Option<ListedVacancies<'_>> {
        let columns = self.vacancy_columns.as_ref()?;
        Some(ListedVacancies::new(columns, person, profile, as_of, closed, self.vacancies.rows()))
    }

    /// Whether so many records of a kind have changed that new columns pay.
    pub(super) fn has_outgrown_its_columns(&self) -> bool {
        has_outgrown(&self.candidates) || has_outgrown(&self.vacancies)
    }

    /// Takes columns of these people into use.
    pub(super) fn show_columns(&mut self, columns: Arc<Columns>) {
        self.candidates.take_rows(columns.people());
        self.columns = Some(columns);
    }

    /// Takes columns of these vacancies into use.
    pub(super) fn show_vacancy_columns(&mut self, columns: Arc<VacancyColumns>) {
        self.vacancies.take_rows(columns.vacancies());
        self.vacancy_columns = Some(columns);
    }
}

fn has_outgrown<F: Facts>(members: &Members<F>) -> bool {
    members.beside_the_columns() > LEAST.max(members.entries().len() / SHARE)
}

/// Makes the columns anew that are outgrown or not there, and shows them; matches go on meanwhile.
pub(super) fn renew(population: &RwLock<Population>) {
    let (people, vacancies, vocabulary) = {
        let shown = population.read().unwrap_or_else(PoisonError::into_inner);
        let people = shown.columns.is_none() || has_outgrown(&shown.candidates);
        let vacancies = shown.vacancy_columns.is_none() || has_outgrown(&shown.vacancies);
        (
            people.then(|| shown.candidates.entries().to_vec()),
            vacancies.then(|| shown.vacancies.entries().to_vec()),
            Arc::clone(shown.vocabulary()),
        )
    };
    let (columns, vacancy_columns) =
        rayon::join(|| people.map(Everybody::new), || vacancies.map(EveryVacancy::new));
    let mut shown = population.write().unwrap_or_else(PoisonError::into_inner);
    // Under another taxonomy everybody's facts are others.
    if Arc::ptr_eq(shown.vocabulary(), &vocabulary) {
        columns.into_iter().for_each(|columns| shown.show_columns(Arc::new(columns)));
        vacancy_columns.into_iter().for_each(|columns| shown.show_vacancy_columns(Arc::new(columns)));
    }
}
