//! Every vacancy as columns, for one person: what one criterion reads of many vacancies has few distinct values, so each
//! value is judged once for the person, by the very functions that judge a pair, and a vacancy's score is looked up and
//! added. It is the other direction of [`super::columns`].
//!
//! Scores, exclusions and tracks are those of a pair by itself, which tests hold. A vacancy of an employer where the person
//! has a job is judged pair by pair (R14).

mod fine;
mod index;
mod items;
mod rows;
mod skills;
mod tables;
mod work;

use super::{
    by_pair,
    columns::{Threads, half},
    facts::{CandidateFacts, VacancyFacts},
    legal::Legal,
    listed::Listed,
    pool::{self, Closed},
    rules::{Pair, Rules},
    sweep::{Packed, Place},
    top::ProfileChoice,
    track::Longing,
};
use crate::domain::{Date, sector::Sector};
use index::Index;
use rayon::prelude::*;
use rows::Row;
use std::{borrow::Borrow, ops::Range};
use tables::Tables;

/// How many vacancies one task adds up.
const CHUNK: usize = 512;

/// Every vacancy as columns.
#[derive(Debug)]
pub(super) struct VacancyColumns<V> {
    vacancies: Vec<V>,
    index: Index,
}

/// What all vacancies ask, judged for one person.
#[derive(Debug)]
pub(super) struct JudgedVacancies<'a, V> {
    columns: &'a VacancyColumns<V>,
    person: &'a CandidateFacts,
    /// By sector.
    rules: [Rules<'a>; 3],
    tables: Tables,
    /// Rows of employers where the person has a job, in their order.
    own: Vec<u32>,
}

impl<V: Borrow<VacancyFacts> + Sync> VacancyColumns<V> {
    pub(super) fn new(vacancies: Vec<V>) -> Self {
        Self { index: Index::new(&vacancies), vacancies }
    }

    pub(super) fn vacancies(&self) -> &[V] {
        &self.vacancies
    }

    /// Judges what all vacancies ask for a person.
    pub(super) fn judged<'a>(
        &'a self,
        threads: Threads,
        person: &'a CandidateFacts,
        profile: ProfileChoice<'a>,
        as_of: Date,
    ) -> JudgedVacancies<'a, V> {
        let sectors = [Sector::General, Sector::Care, Sector::Engineering];
        let employers = person.time.jobs.iter().filter_map(|job| job.employer);
        let rows = employers.flat_map(|key| self.index.employers.of(half(key.0)));
        let mut own: Vec<u32> = rows.copied().collect();
        own.sort_unstable();
        own.dedup();
        let rules = sectors.map(|sector| Rules::new(profile.of_sector(sector), as_of));
        JudgedVacancies {
            columns: self,
            person,
            rules,
            tables: Tables::new(&self.vacancies, &self.index, threads, person, rules),
            own,
        }
    }
}

impl<V: Borrow<VacancyFacts> + Sync> JudgedVacancies<'_, V> {
    /// What becomes of the person for each vacancy of these rows, as in the vacancy's list.
    pub(super) fn places(&self, rows: Range<usize>, out: &mut Vec<Packed>) {
        out.clear();
        let state = self.person.pool;
        if pool::candidate_outside(state).is_some() {
            out.resize(rows.len(), Place::Outside(state).into());
            return;
        }
        out.extend(rows.map(|row| Packed::from(self.place(row))));
    }

    fn place(&self, row: usize) -> Place {
        if self.is_own(row) {
            let (pair, rules) = self.pair(row);
            return by_pair::place(pair, rules);
        }
        match self.row(row).law() {
            Legal::Excluded(place) => Place::Excluded { requirement: by_pair::requirement(place) },
            Legal::Free | Legal::Open => Place::Scored(self.row(row).score(self.rules_of(row)).score),
        }
    }

    /// What becomes of each vacancy in the person's list, on the threads of the rayon pool; `None` for those that are not in
    /// the pool.
    pub(super) fn listed(&self, closed: Closed) -> Vec<Option<Listed>> {
        let (vacancies, pools) = (&self.columns.vacancies, &self.columns.index.pools);
        let day = self.rules[0].as_of;
        let is_listed = pools.table(|row| pool::vacancy(vacancies[row].borrow().pool, day, closed).is_none());
        let of_row = |row: usize| is_listed[pools.of[row] as usize].then(|| self.listed_row(row));
        (0..vacancies.len()).into_par_iter().with_min_len(CHUNK).map(of_row).collect()
    }

    fn listed_row(&self, row: usize) -> Listed {
        if self.is_own(row) {
            let (pair, rules) = self.pair(row);
            return by_pair::listed(pair, rules);
        }
        let (of_row, rules) = (self.row(row), self.rules_of(row));
        match of_row.law() {
            Legal::Excluded(place) if of_row.longing() != Longing::Dream => {
                Listed::Against(by_pair::requirement(place))
            }
            Legal::Excluded(_) | Legal::Free | Legal::Open => {
                let scored = of_row.score(rules);
                Listed::OnTrack(scored.score, scored.way.track(scored.base, || of_row.longing()))
            }
        }
    }

    fn row(&self, row: usize) -> Row<'_> {
        Row { index: &self.columns.index, tables: &self.tables, row }
    }

    /// The rules by which a row is judged.
    fn rules_of(&self, row: usize) -> Rules<'_> {
        self.rules[self.columns.index.sector[row] as usize]
    }

    /// Whether the person has a job at the row's employer.
    fn is_own(&self, row: usize) -> bool {
        self.own.binary_search_by(|own| (*own as usize).cmp(&row)).is_ok()
    }

    fn pair(&self, row: usize) -> (Pair<'_>, Rules<'_>) {
        let vacancy = self.columns.vacancies[row].borrow();
        let pair = Pair { vacancy, candidate: self.person, travel_minutes: None };
        (pair, self.rules_of(row))
    }
}
