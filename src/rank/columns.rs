//! Everybody as columns: what one criterion reads of many people has few distinct values, so each value is judged once
//! for a vacancy, by the very functions that judge a pair, and a person's score is looked up and added.
//!
//! The scores are those of [`super::score`] to the last hundredth: the same functions judge the classes, and what is added
//! up here is held equal by tests. Whoever has a job at the vacancy's employer is scored pair by pair (R14).

mod cache;
pub(super) mod classes;
mod experience;
mod finish;
mod index;
mod instructions;
mod kernel;
mod scales;
mod skills;
mod sparse;
mod tables;
#[cfg(test)]
mod tests;
mod time;
mod work;

use super::{
    by_pair,
    facts::{CandidateFacts, VacancyFacts},
    pool,
    rules::{Pair, Rules},
    sweep::{Packed, Place},
};
use cache::Cache;
use experience::Months;
use index::Index;
pub(super) use index::half;
use instructions::Block;
pub(super) use instructions::Instructions;
use kernel::BLOCK;
use rayon::prelude::*;
use scales::Scales;
use sparse::Sparse;
use std::borrow::Borrow;
use tables::Tables;

/// So many bytes of answers of former vacancies are kept of each kind for each person.
const KEPT: usize = 896;
/// But at least and at most so many for everybody together.
const KEPT_IN_ALL: std::ops::RangeInclusive<usize> = 4 << 20..=512 << 20;
/// Values that one thread works out at least before another one is asked.
const AT_ONCE: usize = 1_024;

/// Who scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Threads {
    /// The calling thread.
    One,
    /// The threads of the rayon pool.
    All,
}

impl Threads {
    /// Two parts of the work.
    pub(super) fn join<A: Send, B: Send>(
        self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        match self {
            Self::One => (one(), other()),
            Self::All => rayon::join(one, other),
        }
    }

    /// What is worked out of each number below `count`, in their order; so many at once as are worth a step over.
    pub(super) fn each<T: Send>(self, count: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
        match self {
            Self::All if count > AT_ONCE => {
                (0..count).into_par_iter().with_min_len(AT_ONCE).map(&of).collect()
            }
            Self::One | Self::All => (0..count).map(of).collect(),
        }
    }
}

/// Everybody as columns.
#[derive(Debug)]
pub(super) struct Columns<C> {
    people: Vec<C>,
    index: Index,
    /// What becomes of everybody before anything is judged.
    unscored: Vec<Packed>,
    kept: KeptFigures,
}

/// Answers of former vacancies.
#[derive(Debug)]
struct KeptFigures {
    /// Two figures by class.
    tables: Cache<Box<[u32]>>,
    /// By class.
    fits: Cache<Box<[u16]>>,
    /// By row.
    rows: Cache<Box<[u16]>>,
    /// Two figures by row.
    both: Cache<Box<[u32]>>,
    /// Asked skills, of the rows of which something is known.
    skills: Cache<Sparse<u16>>,
    /// Those for which alike work speaks too.
    open_skills: Cache<Sparse<[u16; 2]>>,
    /// Alike work and observed motivation, of the rows that have some.
    some: Cache<Sparse<u16>>,
    months: Cache<Months>,
}

impl<C: Borrow<CandidateFacts> + Sync> Columns<C> {
    pub(super) fn new(people: Vec<C>) -> Self {
        let index = Index::new(&people);
        let most = (people.len() * KEPT).clamp(*KEPT_IN_ALL.start(), *KEPT_IN_ALL.end());
        let kept = KeptFigures {
            tables: Cache::new(most),
            fits: Cache::new(most),
            rows: Cache::new(2 * most),
            both: Cache::new(2 * most),
            skills: Cache::new(most),
            open_skills: Cache::new(most),
            some: Cache::new(most),
            months: Cache::new(most),
        };
        let unscored = people.iter().map(|person| {
            let state = person.borrow().pool;
            match pool::candidate_outside(state) {
                Some(_) => Place::Outside(state).into(),
                None => Place::Scored(0).into(),
            }
        });
        Self { unscored: unscored.collect(), people, index, kept }
    }

    /// Lets go of the answers of former vacancies.
    pub(super) fn forget_answers(&self) {
        let KeptFigures { tables, fits, rows, both, skills, open_skills, some, months } = &self.kept;
        tables.clear();
        fits.clear();
        rows.clear();
        both.clear();
        skills.clear();
        open_skills.clear();
        some.clear();
        months.clear();
    }

    pub(super) fn people(&self) -> &[C] {
        &self.people
    }

    /// What becomes of each person for a vacancy, in the order of the people.
    pub(super) fn places(
        &self,
        threads: Threads,
        vacancy: &VacancyFacts,
        rules: Rules<'_>,
        out: &mut Vec<Packed>,
    ) {
        self.places_with(Instructions::best(), threads, vacancy, rules, out);
    }

    /// The same with these instructions.
    pub(super) fn places_with(
        &self,
        instructions: Instructions,
        threads: Threads,
        vacancy: &VacancyFacts,
        rules: Rules<'_>,
        out: &mut Vec<Packed>,
    ) {
        out.clear();
        out.extend_from_slice(&self.unscored);
        let scales = Scales::new(rules.numbers);
        let tables = scales.map(|scales| (scales, Tables::new(self, threads, vacancy, rules)));
        let Some((scales, tables)) = tables.filter(|(_, tables)| kernel::fits(tables)) else {
            let pair_by_pair = |(row, place): (usize, &mut Packed)| {
                if place.is_in_pool() {
                    *place = self.by_pair(row, vacancy, rules).into();
                }
            };
            match threads {
                Threads::One => out.iter_mut().enumerate().for_each(pair_by_pair),
                Threads::All => out.par_iter_mut().enumerate().for_each(pair_by_pair),
            }
            return;
        };
        let score = |(block, out): (usize, &mut [Packed])| {
            let start = block * BLOCK;
            instructions.score(Block { tables: &tables, index: &self.index, scales: &scales, start }, out);
        };
        match threads {
            Threads::One => out.chunks_mut(BLOCK).enumerate().for_each(score),
            Threads::All => out.par_chunks_mut(BLOCK).enumerate().for_each(score),
        }
        let employer = vacancy.employer.map_or(&[][..], |key| self.index.employers.of(half(key.0)));
        for row in employer {
            let row = *row as usize;
            if out[row].is_in_pool() {
                out[row] = self.by_pair(row, vacancy, rules).into();
            }
        }
    }

    fn by_pair(&self, row: usize, vacancy: &VacancyFacts, rules: Rules<'_>) -> Place {
        let pair = Pair { vacancy, candidate: self.people[row].borrow(), travel_minutes: None };
        by_pair::place(pair, rules)
    }
}
