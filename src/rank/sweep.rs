//! Everybody's score for one vacancy, without lines: what the order of a list needs, and nothing else.

use super::{
    columns::Columns,
    facts::{CandidateFacts, VacancyFacts},
    rules::Rules,
};
use std::borrow::Borrow;

/// What became of one person for a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The score, in hundredths of a point.
    Scored(u16),
    /// A legal requirement is known to be lacking (R4): its place among the asked papers.
    Excluded {
        /// Licences, certificates and registrations, in this order, each as asked.
        requirement: u16,
    },
    /// Not in the pool.
    Outside,
}

/// Everybody who is ranked, as columns.
#[derive(Debug)]
pub struct Everybody<C> {
    columns: Columns<C>,
}

impl<C: Borrow<CandidateFacts> + Sync> Everybody<C> {
    /// These people. Making the columns of 47,000 people takes some tenths of a second.
    pub fn new(people: Vec<C>) -> Self {
        Self { columns: Columns::new(people) }
    }

    /// The people, in the order of the scores.
    pub fn people(&self) -> &[C] {
        self.columns.people()
    }

    /// What becomes of each person for a vacancy; `out` is emptied first.
    pub fn scores(&self, vacancy: &VacancyFacts, rules: Rules<'_>, out: &mut Vec<Place>) {
        self.columns.places(vacancy, rules, out);
    }
}
