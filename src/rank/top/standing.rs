//! Where a score would stand among the others: everybody is scored once, and any number of "what if" scores find their
//! place, since what changes with one person moves nobody else's score (R19).

use super::{List, Outcome, Ranking, SCORES, pool};
use crate::domain::text::CandidateId;
use crate::rank::{
    facts::{CandidateFacts, VacancyFacts},
    order,
    rules::{Pair, Rules},
};
use std::borrow::Borrow;

/// Everybody's score for one vacancy.
pub struct Standings<'a> {
    list: &'a List<'a>,
    vacancy: &'a VacancyFacts,
    outcomes: Vec<Outcome>,
    /// How many have each score.
    equals: Vec<usize>,
}

impl std::fmt::Debug for Standings<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Standings").field("vacancy", &self.vacancy.id).finish_non_exhaustive()
    }
}

/// Scores everybody for a vacancy and hands the standings over.
pub fn with_standings<C, T>(
    vacancy: &VacancyFacts,
    candidates: &[C],
    ranking: &Ranking<'_>,
    use_them: impl FnOnce(&Standings<'_>) -> T,
) -> T
where
    C: Borrow<CandidateFacts> + Sync,
{
    let rules = Rules::new(ranking.profile.of(vacancy), ranking.as_of);
    let list = List {
        ranking,
        count: candidates.len(),
        pair: &|index| {
            let travel_minutes = ranking.travel_minutes.and_then(|of| of(index));
            (Pair { vacancy, candidate: candidates[index].borrow(), travel_minutes }, rules)
        },
        outside: &|index| pool::candidate(candidates[index].borrow().pool, ranking.closed),
        id: &|index| candidates[index].borrow().id.as_str(),
        tracks: None,
        listed: None,
    };
    let outcomes = list.outcomes();
    let mut equals = vec![0; SCORES];
    for outcome in &outcomes {
        if let Outcome::Scored(score) = outcome {
            equals[usize::from(*score)] += 1;
        }
    }
    use_them(&Standings { list: &list, vacancy, outcomes, equals })
}

impl<'a> Standings<'a> {
    /// How many have a place, whether or not somebody is among them.
    pub fn considered(&self) -> usize {
        self.equals.iter().sum()
    }

    /// Where a person stands, whether or not they are in the list.
    pub fn of<'s>(&'s self, person: &'s CandidateId) -> Standing<'s, 'a> {
        let own = (0..self.outcomes.len()).find(|index| (self.list.id)(*index) == person.as_str());
        Standing { standings: self, person, own }
    }
}

/// One person among the others of a list.
#[derive(Debug)]
pub struct Standing<'s, 'a> {
    standings: &'s Standings<'a>,
    person: &'s CandidateId,
    /// The person's own entry, which does not count among the others.
    own: Option<usize>,
}

impl Standing<'_, '_> {
    /// Whether the person has a place in the list.
    pub fn is_in(&self) -> bool {
        self.own.is_some_and(|index| matches!(self.standings.outcomes[index], Outcome::Scored(_)))
    }

    /// The place, from 1, that the person would have with a score, and whether another one has the same score. Ties are
    /// ordered as in the list (R17).
    pub fn place(&self, score: u16) -> (usize, bool) {
        let all = self.standings;
        let score = usize::from(score).min(SCORES - 1);
        let own = self.own.and_then(|index| match all.outcomes[index] {
            Outcome::Scored(own) => Some(usize::from(own)),
            _ => None,
        });
        let above: usize = all.equals[score + 1..].iter().sum();
        let above = above - usize::from(own.is_some_and(|own| own > score));
        let equals = all.equals[score] - usize::from(own == Some(score));
        if equals == 0 {
            return (above + 1, false);
        }
        let secret = all.list.ranking.tie_secret;
        let tie = (order::tie(secret, &all.vacancy.id, self.person), self.person.as_str());
        let comes_first = |(index, outcome): &(usize, &Outcome)| match outcome {
            Outcome::Scored(other) if usize::from(*other) == score && Some(*index) != self.own => {
                let (pair, _) = (all.list.pair)(*index);
                (order::tie(secret, &all.vacancy.id, &pair.candidate.id), (all.list.id)(*index)) < tie
            }
            _ => false,
        };
        let first = all.outcomes.iter().enumerate().filter(comes_first).count();
        (above + first + 1, true)
    }
}
