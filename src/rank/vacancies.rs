//! One person's score for every vacancy, without lines: what the order of lists needs, and nothing else.

use super::{
    columns::Threads,
    facts::{CandidateFacts, VacancyFacts},
    sweep::Packed,
    top::ProfileChoice,
    vacancy_columns::{self, VacancyColumns},
};
use crate::domain::Date;
use std::{borrow::Borrow, ops::Range};

/// Every vacancy as columns: what all of them ask is judged once for a person.
#[derive(Debug)]
pub struct EveryVacancy<V> {
    columns: VacancyColumns<V>,
}

impl<V: Borrow<VacancyFacts> + Sync> EveryVacancy<V> {
    /// Columns of these vacancies; a row is a place in this list.
    pub fn new(vacancies: Vec<V>) -> Self {
        Self { columns: VacancyColumns::new(vacancies) }
    }

    /// The vacancies, by row.
    pub fn vacancies(&self) -> &[V] {
        self.columns.vacancies()
    }

    /// What all vacancies ask, judged for one person on the calling thread.
    pub fn judged<'a>(
        &'a self,
        person: &'a CandidateFacts,
        profile: ProfileChoice<'a>,
        as_of: Date,
    ) -> JudgedVacancies<'a, V> {
        JudgedVacancies { judged: self.columns.judged(Threads::One, person, profile, as_of) }
    }

    pub(super) fn columns(&self) -> &VacancyColumns<V> {
        &self.columns
    }
}

/// What all vacancies ask, judged for one person.
#[derive(Debug)]
pub struct JudgedVacancies<'a, V> {
    judged: vacancy_columns::JudgedVacancies<'a, V>,
}

impl<V: Borrow<VacancyFacts> + Sync> JudgedVacancies<'_, V> {
    /// What becomes of the person for each vacancy of these rows, each by its own profile, on the calling thread: as
    /// [`Everybody::scores`](super::sweep::Everybody::scores) says it of the pair.
    pub fn places(&self, rows: Range<usize>, out: &mut Vec<Packed>) {
        self.judged.places(rows, out);
    }
}
