//! Everybody's score for one vacancy, without lines: what the order of a list needs, and nothing else.

use super::{
    facts::{CandidateFacts, VacancyFacts},
    pool::{self, Closed},
    rules::{Pair, Rules},
    score::{self, Placed},
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

/// Everybody who is ranked.
#[derive(Debug)]
pub struct Everybody<C> {
    people: Vec<C>,
}

impl<C: Borrow<CandidateFacts> + Sync> Everybody<C> {
    /// These people.
    pub fn new(people: Vec<C>) -> Self {
        Self { people }
    }

    /// The people, in the order of the scores.
    pub fn people(&self) -> &[C] {
        &self.people
    }

    /// What becomes of each person for a vacancy; `out` is emptied first.
    pub fn scores(&self, vacancy: &VacancyFacts, rules: Rules<'_>, out: &mut Vec<Place>) {
        out.clear();
        out.extend(self.people.iter().map(|person| {
            let candidate = person.borrow();
            if pool::candidate(candidate.pool, Closed::LeftOut).is_some() {
                return Place::Outside;
            }
            match score::place(Pair { vacancy, candidate, travel_minutes: None }, rules) {
                Placed::Scored(score) => Place::Scored(score),
                Placed::Excluded(place) => {
                    Place::Excluded { requirement: u16::try_from(place).unwrap_or(u16::MAX) }
                }
            }
        }));
    }
}
