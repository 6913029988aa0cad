//! Who can be matched: the facts of every record, in memory, as of the last change.

mod matchable;
mod members;

pub use members::Entry;

pub(super) use matchable::{Facts, Lookups, Matchable};
pub(super) use members::Members;

use super::{
    columns::{Columns, VacancyColumns},
    outcomes::Outcomes,
    vocabulary::Vocabulary,
};
use crate::domain::outcome::Outcome;
use crate::rank::facts::{CandidateFacts, VacancyFacts};
use crate::store::{ChangeNumber, NumberedOutcome, RecordId};
use std::{collections::BTreeSet, sync::Arc};

/// Everybody and every vacancy that can be matched.
#[derive(Debug)]
pub struct Population {
    /// The words that everybody's facts were made with: numbers of concepts mean nothing under another one.
    vocabulary: Arc<Vocabulary>,
    pub(super) candidates: Members<CandidateFacts>,
    pub(super) vacancies: Members<VacancyFacts>,
    /// What became of proposals, which no score sees.
    pub(super) outcomes: Outcomes,
    /// Everybody as columns, as of some change before.
    pub(super) columns: Option<Arc<Columns>>,
    /// Every vacancy as columns, likewise.
    pub(super) vacancy_columns: Option<Arc<VacancyColumns>>,
    /// Every change up to this one shows.
    change: ChangeNumber,
    /// Changes beyond it that show already: writers do not finish in the order of their numbers.
    ahead: BTreeSet<ChangeNumber>,
}

impl Population {
    /// Nobody yet.
    pub(super) fn new(vocabulary: Arc<Vocabulary>) -> Self {
        Self {
            vocabulary,
            candidates: Members::default(),
            vacancies: Members::default(),
            outcomes: Outcomes::default(),
            columns: None,
            vacancy_columns: None,
            change: ChangeNumber::default(),
            ahead: BTreeSet::new(),
        }
    }

    /// The words that everybody's facts were made with.
    pub(super) fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// Every change up to this one shows.
    pub(super) fn change(&self) -> ChangeNumber {
        self.change
    }

    /// Says that everything up to a change was loaded.
    pub(super) fn loaded(&mut self, change: ChangeNumber) {
        self.change = change;
    }

    /// The records of one kind.
    pub(super) fn members<T: Matchable>(&self) -> &Members<T::Facts> {
        T::members(self)
    }

    /// The records of one kind.
    pub(super) fn members_mut<T: Matchable>(&mut self) -> &mut Members<T::Facts> {
        T::members_mut(self)
    }

    pub(super) fn remove(&mut self, id: &RecordId, version: ChangeNumber) {
        match id {
            RecordId::Candidate(id) => self.candidates.remove(id.as_str(), version),
            RecordId::Vacancy(id) => self.vacancies.remove(id.as_str(), version),
        }
        self.outcomes.remove(id, version);
    }

    /// Leaves a record out, as one that cannot be read, until it is written anew.
    pub(super) fn set_aside(&mut self, id: &RecordId, version: ChangeNumber) {
        match id {
            RecordId::Candidate(id) => self.candidates.set_aside(id.as_str(), version),
            RecordId::Vacancy(id) => self.vacancies.set_aside(id.as_str(), version),
        }
    }

    /// Shows what became of a proposal, unless its candidate or its vacancy went meanwhile.
    pub(super) fn put_outcome(&mut self, outcome: NumberedOutcome) {
        let NumberedOutcome { number, outcome: Outcome { candidate, vacancy, .. } } = &outcome;
        let gone = self.candidates.went_after(candidate.as_str(), *number)
            || self.vacancies.went_after(vacancy.as_str(), *number);
        if !gone {
            self.outcomes.put(outcome);
        }
    }

    /// Takes the place of a population that showed no more than this one does.
    pub(super) fn follows(&mut self, before: &Self) {
        self.candidates.inherit_gone(&before.candidates);
        self.vacancies.inherit_gone(&before.vacancies);
        self.outcomes = before.outcomes.clone();
    }

    /// How many records of both kinds can be matched.
    pub(super) fn len(&self) -> usize {
        self.candidates.entries.len() + self.vacancies.entries.len()
    }

    /// Whether a record of either kind cannot be read.
    pub(super) fn has_damaged(&self) -> bool {
        !(self.candidates.damaged.is_empty() && self.vacancies.damaged.is_empty())
    }

    /// Says that a change shows.
    pub(super) fn shows(&mut self, change: ChangeNumber) {
        self.ahead.insert(change);
        while let Some(next) = self.ahead.first().copied()
            && next.0 <= self.change.0 + 1
        {
            self.ahead.pop_first();
            self.change = self.change.max(next);
        }
    }
}
