//! Everybody's score for one vacancy, without lines: what the order of a list needs, and nothing else.

use super::{
    columns::{Columns, Threads},
    facts::{CandidateFacts, PoolState, VacancyFacts},
    rules::Rules,
};
use std::{
    borrow::Borrow,
    ops::{Range, RangeInclusive},
};

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
    /// Not in the pool: why.
    Outside(PoolState),
}

/// A place in two bytes, so that everybody's fit into the nearest memory and many are compared at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed(pub(super) u16);

impl Packed {
    /// The largest score; what is above is no score.
    pub(super) const LARGEST: u16 = 10_000;
    /// From here on a place says which requirement leaves the person out.
    pub(super) const EXCLUDED: u16 = 0x4000;
    /// From here on it says why the person is not in the pool.
    pub(super) const OUTSIDE: u16 = 0xFF00;

    /// The place.
    pub fn place(self) -> Place {
        match self.0 {
            score if score <= Self::LARGEST => Place::Scored(score),
            outside if outside >= Self::OUTSIDE => {
                let state = PoolState::ALL.get(usize::from(outside - Self::OUTSIDE)).copied();
                Place::Outside(state.unwrap_or(PoolState::InPool))
            }
            excluded => Place::Excluded { requirement: excluded.saturating_sub(Self::EXCLUDED) },
        }
    }

    /// Whether it is at least this score, or no score at all.
    pub fn reaches(self, score: u16) -> bool {
        self.0 >= score.min(Self::LARGEST + 1)
    }

    /// Whether the person is in the pool.
    pub(super) fn is_in_pool(self) -> bool {
        self.0 < Self::OUTSIDE
    }
}

impl From<Place> for Packed {
    fn from(place: Place) -> Self {
        Self(match place {
            Place::Scored(score) => score.min(Self::LARGEST),
            // No vacancy asks tens of thousands of papers.
            Place::Excluded { requirement } => {
                Self::EXCLUDED.saturating_add(requirement).min(Self::OUTSIDE - 1)
            }
            Place::Outside(state) => Self::OUTSIDE + state as u16,
        })
    }
}

/// How many of some people have each place for one vacancy.
#[derive(Debug)]
pub(super) struct Tally {
    /// By score; behind those by why somebody is outside the pool, and behind those by asked paper.
    counts: Vec<u32>,
}

const SCORES: usize = Packed::LARGEST as usize + 1;
const STATES: usize = PoolState::ALL.len();

impl Tally {
    /// Of nobody, for a vacancy that asks so many licences, certificates and registrations.
    pub(super) fn of_nobody(papers: usize) -> Self {
        Self { counts: vec![0; SCORES + STATES + papers] }
    }

    fn take(&mut self, place: Packed) {
        let slot = match place.place() {
            Place::Scored(score) => usize::from(score),
            Place::Outside(state) => SCORES + state as usize,
            Place::Excluded { requirement } => SCORES + STATES + usize::from(requirement),
        };
        // Nobody lacks a paper that is not asked.
        if let Some(count) = self.counts.get_mut(slot) {
            *count += 1;
        }
    }

    /// With what was counted of others.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.counts.iter_mut().zip(others.counts).for_each(|(own, more)| *own += more);
        self
    }

    /// How many have each score, from 0 on.
    pub(super) fn scores(&self) -> &[u32] {
        &self.counts[..SCORES]
    }

    /// How many are outside the pool, in the order of [`PoolState::ALL`].
    pub(super) fn outside(&self) -> &[u32] {
        &self.counts[SCORES..SCORES + STATES]
    }

    /// How many lack each asked paper.
    pub(super) fn lacking(&self) -> &[u32] {
        &self.counts[SCORES + STATES..]
    }
}

/// Rows that are passed over at once where none of them is looked for.
const PASSED: usize = 64;

/// The scores of one vacancy beside the list of those who are ranked: as of a moment before, so that some entries have
/// no row and some rows no entry.
#[derive(Debug)]
pub struct Scored<'a> {
    places: Vec<Packed>,
    /// The row of each entry, or [`NONE`].
    rows: &'a [u32],
    /// The entry of each row, or [`NONE`].
    entries: &'a [u32],
}

/// An entry without a row, a row without an entry.
pub const NONE: u32 = u32::MAX;

impl<'a> Scored<'a> {
    /// What became of each row; `rows` has the row of each entry and `entries` the entry of each row, or [`NONE`].
    pub fn new(places: Vec<Packed>, rows: &'a [u32], entries: &'a [u32]) -> Self {
        Self { places, rows, entries }
    }

    /// What became of an entry; `None` where that is not known.
    pub fn of(&self, index: usize) -> Option<Place> {
        self.places.get(*self.rows.get(index)? as usize).map(|packed| packed.place())
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.places.len().min(self.entries.len())
    }

    /// Counts what became of the entries of some rows.
    pub(super) fn tally(&self, rows: Range<usize>, tally: &mut Tally) {
        let rows = self.entries[rows.clone()].iter().zip(&self.places[rows]);
        rows.filter(|(entry, _)| **entry != NONE).for_each(|(_, place)| tally.take(*place));
    }

    /// The entries of some rows that have a score in a range, with the score.
    pub(super) fn scoring(
        &self,
        rows: Range<usize>,
        scores: RangeInclusive<u16>,
        found: &mut Vec<(usize, u16)>,
    ) {
        let is_within = |place: &Packed| scores.contains(&place.0);
        let parts = self.entries[rows.clone()].chunks(PASSED).zip(self.places[rows].chunks(PASSED));
        for (entries, places) in parts {
            if places.iter().fold(false, |any, place| any | is_within(place)) {
                let own =
                    entries.iter().zip(places).filter(|(entry, place)| **entry != NONE && is_within(place));
                found.extend(own.map(|(entry, place)| (*entry as usize, place.0)));
            }
        }
    }

    /// The entries of which it is not known what became of them.
    pub(super) fn unknown(&self) -> impl Iterator<Item = usize> {
        let parts = (0..).step_by(PASSED).zip(self.rows.chunks(PASSED));
        let with_some = parts.filter(|(_, rows)| rows.iter().fold(false, |any, row| any | (*row == NONE)));
        with_some
            .flat_map(|(start, rows)| (start..).zip(rows))
            .filter(|(_, row)| **row == NONE)
            .map(|(index, _)| index)
    }
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

    /// Lets go of what is kept of former vacancies, where no more are asked about.
    pub fn forget_answers(&self) {
        self.columns.forget_answers();
    }

    /// What becomes of each person for a vacancy, on the calling thread; `out` is emptied first.
    pub fn scores(&self, vacancy: &VacancyFacts, rules: Rules<'_>, out: &mut Vec<Packed>) {
        self.columns.places(Threads::One, vacancy, rules, out);
    }

    /// The same on all threads of the rayon pool.
    pub fn scores_together(&self, vacancy: &VacancyFacts, rules: Rules<'_>, out: &mut Vec<Packed>) {
        self.columns.places(Threads::All, vacancy, rules, out);
    }
}
