//! What became of the entries of a list, before it is put in order.

use super::{List, Tracks, counts::Counts};
use crate::rank::{
    facts::PoolState,
    listed::Listed,
    sweep::{Place, Scored, Tally},
    track::Track,
};
use rayon::prelude::*;
use std::ops::{Range, RangeInclusive};

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
    /// How many have which score, and how many have none and why.
    pub(super) fn counts(&self, list: &List<'_>) -> Counts {
        let counted = |outcomes: &mut dyn Iterator<Item = (usize, Outcome)>, mut counts: Counts| {
            outcomes.for_each(|(index, outcome)| counts.take(list, index, outcome));
            counts
        };
        match self {
            Self::Each(outcomes) => in_parts(
                outcomes.len(),
                |part| counted(&mut part.clone().zip(outcomes[part].iter().copied()), Counts::none()),
                Counts::and,
            )
            .unwrap_or_else(Counts::none),
            Self::Scored(scored, rest) => {
                let papers = if list.count > 0 { (list.pair)(0).0.vacancy.papers.len() } else { 0 };
                let part = |part| {
                    let mut tally = Tally::of_nobody(papers);
                    scored.tally(part, &mut tally);
                    tally
                };
                let known = in_parts(scored.rows(), part, Tally::and);
                counted(
                    &mut rest.iter().copied(),
                    known.map_or_else(Counts::none, |known| Counts::of(&known)),
                )
            }
        }
    }

    /// Who has a score in this range, with the score; in no order that means anything.
    pub(super) fn scoring(&self, scores: RangeInclusive<u16>) -> Vec<(usize, u16)> {
        let reaching = |outcomes: &mut dyn Iterator<Item = (usize, Outcome)>, mut found: Vec<_>| {
            found.extend(outcomes.filter_map(|(index, outcome)| match outcome {
                Outcome::Scored(score) | Outcome::OnTrack(score, _) if scores.contains(&score) => {
                    Some((index, score))
                }
                _ => None,
            }));
            found
        };
        let both = |mut some: Vec<_>, others| {
            some.extend(others);
            some
        };
        match self {
            Self::Each(outcomes) => in_parts(
                outcomes.len(),
                |part| reaching(&mut part.clone().zip(outcomes[part].iter().copied()), Vec::new()),
                both,
            )
            .unwrap_or_default(),
            Self::Scored(scored, rest) => {
                let part = |part| {
                    let mut found = Vec::new();
                    scored.scoring(part, scores.clone(), &mut found);
                    found
                };
                let known = in_parts(scored.rows(), part, both);
                reaching(&mut rest.iter().copied(), known.unwrap_or_default())
            }
        }
    }
}

/// Works on so many entries, a part of them on each thread of the rayon pool, and joins what is made of the parts; `None`:
/// there are no entries.
fn in_parts<A: Send>(
    count: usize,
    part: impl Fn(Range<usize>) -> A + Sync,
    join: impl Fn(A, A) -> A + Sync + Send,
) -> Option<A> {
    match count {
        0 => None,
        1..=PART => Some(part(0..count)),
        _ => {
            let parts = count.div_ceil(PART);
            let bound = |at: usize| at * count / parts;
            (0..parts).into_par_iter().map(|at| part(bound(at)..bound(at + 1))).reduce_with(join)
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
