//! How many of a list have which score, and how many have none and why.

use super::{List, SCORES, outcome::Outcome};
use crate::rank::{
    facts::PoolState,
    pool::{self, ExclusionReason},
    sweep::Tally,
    track::Track,
};
use std::collections::BTreeMap;

/// What became of some entries of a list, counted.
pub(super) struct Counts {
    /// How many have each score.
    pub(super) equals: Vec<usize>,
    excluded: BTreeMap<ExclusionReason, usize>,
    /// How many are on each track.
    pub(super) tracks: BTreeMap<Option<Track>, usize>,
    /// Of each asked paper of one vacancy somebody whom the law leaves out for it, and how many those are.
    against: BTreeMap<u16, (usize, usize)>,
    not_in_pool: [usize; PoolState::ALL.len()],
}

impl Counts {
    /// Of nobody.
    pub(super) fn none() -> Self {
        Self {
            equals: vec![0; SCORES],
            excluded: BTreeMap::new(),
            tracks: BTreeMap::new(),
            against: BTreeMap::new(),
            not_in_pool: [0; PoolState::ALL.len()],
        }
    }

    /// Of those who were counted by their place for one vacancy.
    pub(super) fn of(tally: &Tally) -> Self {
        let equals = tally.scores().iter().map(|count| *count as usize).collect();
        let lacking = (0..).zip(tally.lacking()).filter(|(_, count)| **count > 0);
        // Every pair of the list is of the one vacancy, so anybody's names its papers.
        let against = lacking.map(|(place, count)| (place, (0, *count as usize))).collect();
        let mut not_in_pool = [0; PoolState::ALL.len()];
        not_in_pool.iter_mut().zip(tally.outside()).for_each(|(own, count)| *own = *count as usize);
        Self { equals, excluded: BTreeMap::new(), tracks: BTreeMap::new(), against, not_in_pool }
    }

    /// Counts an entry.
    pub(super) fn take(&mut self, list: &List<'_>, index: usize, outcome: Outcome) {
        match outcome {
            Outcome::Scored(score) => self.equals[usize::from(score)] += 1,
            Outcome::OnTrack(score, track) => {
                self.equals[usize::from(score)] += 1;
                *self.tracks.entry(track).or_insert(0) += 1;
            }
            Outcome::OtherTrack(track) => {
                *self.tracks.entry(track).or_insert(0) += 1;
                self.leave_out(ExclusionReason::OtherTrack, 1);
            }
            // Of one vacancy there are few papers and maybe thousands of people.
            Outcome::Against(place) if list.tracks.is_none() => {
                self.against.entry(place).or_insert((index, 0)).1 += 1;
            }
            Outcome::Against(place) => self.leave_out(list.law(index, place), 1),
            Outcome::NotInPool(state) => self.not_in_pool[state as usize] += 1,
            Outcome::FilteredOut => self.leave_out(ExclusionReason::FilteredOut, 1),
            Outcome::Outside => {
                if let Some(reason) = (list.outside)(index) {
                    self.leave_out(reason, 1);
                }
            }
        }
    }

    /// With what was counted of others.
    pub(super) fn and(mut self, others: Self) -> Self {
        for (own, more) in self.equals.iter_mut().zip(others.equals) {
            *own += more;
        }
        others.excluded.into_iter().for_each(|(reason, more)| self.leave_out(reason, more));
        for (track, more) in others.tracks {
            *self.tracks.entry(track).or_insert(0) += more;
        }
        for (place, (index, more)) in others.against {
            self.against.entry(place).or_insert((index, 0)).1 += more;
        }
        for (own, more) in self.not_in_pool.iter_mut().zip(others.not_in_pool) {
            *own += more;
        }
        self
    }

    /// How many have no place, by reason.
    pub(super) fn excluded(&mut self, list: &List<'_>) -> Vec<(ExclusionReason, usize)> {
        for (place, (index, count)) in std::mem::take(&mut self.against) {
            self.leave_out(list.law(index, place), count);
        }
        let states = PoolState::ALL.into_iter().zip(self.not_in_pool).filter(|(_, count)| *count > 0);
        for (state, count) in states {
            if let Some(reason) = pool::candidate_outside(state) {
                self.leave_out(reason, count);
            }
        }
        std::mem::take(&mut self.excluded).into_iter().collect()
    }

    fn leave_out(&mut self, reason: ExclusionReason, more: usize) {
        *self.excluded.entry(reason).or_insert(0) += more;
    }
}
