//! What became of the entries of a list, before it is put in order.

use super::Tracks;
use crate::rank::{
    facts::PoolState,
    listed::Listed,
    sweep::{Place, Scored},
    track::Track,
};
use rayon::prelude::*;
use std::ops::Range;

/// Entries that one thread goes over at a time.
const PART: usize = 1 << 15;

/// What became of one entry.
#[derive(Clone, Copy)]
pub(super) enum Outcome {
    Scored(u16),
    /// The law leaves it no place: which of the asked papers.
    Against(u16),
    OnTrack(u16, Option<Track>),
    OtherTrack(Option<Track>),
    FilteredOut,
    /// A candidate who is not in the pool.
    NotInPool(PoolState),
    /// Outside the pool for another reason.
    Outside,
}

/// What became of everybody.
pub(super) enum Outcomes<'a> {
    /// By entry.
    Each(Vec<Outcome>),
    /// Of a plain list of the pool: the scores as they are, and the entries that have none.
    Scored(&'a Scored<'a>, Vec<(usize, Outcome)>),
}

impl Outcomes<'_> {
    /// Goes over every entry and what became of it, on all threads of the rayon pool: what each of them makes of its part is
    /// joined in the order of the entries, and what has no row comes last.
    pub(super) fn fold<A: Send>(
        &self,
        begin: impl Fn() -> A + Sync,
        take: impl Fn(&mut A, usize, Outcome) + Sync,
        join: impl Fn(A, A) -> A + Sync,
    ) -> A {
        let part = |part: Range<usize>| {
            let mut made = begin();
            match self {
                Self::Each(outcomes) => {
                    part.clone().zip(&outcomes[part]).for_each(|(index, one)| take(&mut made, index, *one));
                }
                Self::Scored(scored, _) => {
                    scored
                        .known(part)
                        .for_each(|(index, place)| take(&mut made, index, place.place().into()));
                }
            }
            made
        };
        let count = match self {
            Self::Each(outcomes) => outcomes.len(),
            Self::Scored(scored, _) => scored.rows(),
        };
        let mut made = match count {
            0..=PART => part(0..count),
            _ => (0..count.div_ceil(PART))
                .into_par_iter()
                .map(|at| part(at * PART..count.min((at + 1) * PART)))
                .reduce(&begin, &join),
        };
        if let Self::Scored(_, rest) = self {
            rest.iter().for_each(|(index, outcome)| take(&mut made, *index, *outcome));
        }
        made
    }
}

impl From<Place> for Outcome {
    fn from(place: Place) -> Self {
        match place {
            Place::Scored(score) => Self::Scored(score),
            Place::Excluded { requirement } => Self::Against(requirement),
            Place::Outside(state) => Self::NotInPool(state),
        }
    }
}

impl Tracks {
    /// What becomes of a vacancy in a list of these tracks.
    pub(super) fn outcome(self, listed: Listed) -> Outcome {
        match (listed, self) {
            (Listed::Against(place), _) => Outcome::Against(place),
            (Listed::OnTrack(_, track), Self::Only(asked)) if track != Some(asked) => {
                Outcome::OtherTrack(track)
            }
            (Listed::OnTrack(score, track), _) => Outcome::OnTrack(score, track),
        }
    }
}
