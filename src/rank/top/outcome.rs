//! What became of the entries of a list, before it is put in order.

use super::Tracks;
use crate::rank::{
    facts::PoolState,
    listed::Listed,
    sweep::{Place, Scored},
    track::Track,
};

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
    /// Calls `take` with every entry and what became of it.
    pub(super) fn each(&self, mut take: impl FnMut(usize, Outcome)) {
        match self {
            Self::Each(outcomes) => {
                outcomes.iter().enumerate().for_each(|(index, outcome)| take(index, *outcome));
            }
            Self::Scored(scored, rest) => {
                scored.known().for_each(|(index, place)| take(index, place.place().into()));
                rest.iter().for_each(|(index, outcome)| take(*index, *outcome));
            }
        }
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
