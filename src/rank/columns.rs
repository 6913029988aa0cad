//! Everybody as columns: what one criterion reads of many people has few distinct values, so each value is judged once
//! for a vacancy, by the very functions that judge a pair, and a person's score is looked up and added.
//!
//! The scores are those of [`super::score`] to the last hundredth: the same functions judge the classes, and what is added
//! up here is held equal by tests. Whoever has a job at the vacancy's employer is scored pair by pair (R14).

mod cache;
mod classes;
mod experience;
mod index;
mod instructions;
mod kernel;
mod skills;
mod tables;
#[cfg(test)]
mod tests;
mod wishes;

use super::{
    facts::{CandidateFacts, VacancyFacts},
    pool::{self, Closed},
    rules::{Pair, Rules},
    score::{self, Placed},
    sweep::Place,
};
use cache::Cache;
use index::{Index, half};
use instructions::{Block, Instructions};
use kernel::{BLOCK, Scales};
use rayon::prelude::*;
use std::borrow::Borrow;
use tables::Tables;

/// What is kept of tables over classes, in values of four bytes.
const KEPT_TABLES: usize = 8 << 20;
/// So many columns of asked skills are kept, of four bytes a person.
const KEPT_SKILLS: usize = 512;
/// So many other columns are kept, of two bytes a person.
const KEPT_ROWS: usize = 1_024;

/// Everybody as columns.
#[derive(Debug)]
pub(super) struct Columns<C> {
    people: Vec<C>,
    index: Index,
    kept: Kept,
}

/// Answers of former vacancies.
#[derive(Debug)]
struct Kept {
    /// By class.
    tables: Cache<u32>,
    /// By row, and pairs of figures.
    skills: Cache<u32>,
    /// By row.
    rows: Cache<u16>,
}

impl<C: Borrow<CandidateFacts> + Sync> Columns<C> {
    pub(super) fn new(people: Vec<C>) -> Self {
        let index = Index::new(&people);
        let kept = Kept {
            tables: Cache::new(KEPT_TABLES),
            skills: Cache::new(KEPT_SKILLS * people.len().max(1)),
            rows: Cache::new(KEPT_ROWS * people.len().max(1)),
        };
        Self { people, index, kept }
    }

    pub(super) fn people(&self) -> &[C] {
        &self.people
    }

    /// What becomes of each person for a vacancy, in the order of the people.
    pub(super) fn places(&self, vacancy: &VacancyFacts, rules: Rules<'_>, out: &mut Vec<Place>) {
        self.places_with(Instructions::best(), vacancy, rules, out);
    }

    fn places_with(
        &self,
        instructions: Instructions,
        vacancy: &VacancyFacts,
        rules: Rules<'_>,
        out: &mut Vec<Place>,
    ) {
        out.clear();
        out.extend(self.people.iter().map(|person| {
            match pool::candidate(person.borrow().pool, Closed::LeftOut) {
                Some(_) => Place::Outside,
                None => Place::Scored(0),
            }
        }));
        let scales = Scales::new(rules.numbers);
        let tables = scales.map(|scales| (scales, Tables::new(self, vacancy, rules)));
        let Some((scales, tables)) = tables.filter(|(_, tables)| kernel::fits(tables)) else {
            let rows = out.par_iter_mut().enumerate().filter(|(_, place)| **place != Place::Outside);
            rows.for_each(|(row, place)| *place = self.by_pair(row, vacancy, rules));
            return;
        };
        out.par_chunks_mut(BLOCK).enumerate().for_each(|(block, out)| {
            let start = block * BLOCK;
            instructions.score(Block { tables: &tables, index: &self.index, scales: &scales, start }, out);
        });
        let employer = vacancy.employer.map_or(&[][..], |key| self.index.employers.of(half(key.0)));
        for (_, row) in employer {
            let row = *row as usize;
            if out[row] != Place::Outside {
                out[row] = self.by_pair(row, vacancy, rules);
            }
        }
    }

    fn by_pair(&self, row: usize, vacancy: &VacancyFacts, rules: Rules<'_>) -> Place {
        let pair = Pair { vacancy, candidate: self.people[row].borrow(), travel_minutes: None };
        match score::place(pair, rules) {
            Placed::Scored(score) => Place::Scored(score),
            Placed::Excluded(place) => {
                Place::Excluded { requirement: u16::try_from(place).unwrap_or(u16::MAX) }
            }
        }
    }
}
