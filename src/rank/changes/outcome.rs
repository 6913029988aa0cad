//! What a change came to.

use crate::rank::{
    reason::{Reason, ReasonCode, Value},
    score::{Judgement, Law},
};

/// Where a pair stands in the vacancy's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The score, in hundredths of a point.
    pub score: u16,
    /// The score with every unknown at its worst.
    pub low: u16,
    /// The score with every unknown at its best.
    pub high: u16,
    /// The place, from 1; `None` where the law leaves none.
    pub place: Option<usize>,
    /// Whether another one has the same score.
    pub tied: bool,
}

impl Stand {
    /// A judged pair, with the place and whether it is shared that its score has.
    pub fn new(judgement: &Judgement, place_of: impl FnOnce(u16) -> (usize, bool)) -> Self {
        let Judgement { score, low, high, law, .. } = *judgement;
        let (place, tied) = match law {
            Law::Excluded { .. } => (None, false),
            Law::Free | Law::Open => {
                let (place, tied) = place_of(score);
                (Some(place), tied)
            }
        };
        Self { score, low, high, place, tied }
    }
}

/// The difference that a change makes, as a reason.
pub fn outcome(before: Stand, after: Stand) -> Reason {
    let at = |name: &'static str, place: usize| (name, Value::Place(place as u64));
    match (before.place, after.place) {
        (_, None) => Reason::plain(ReasonCode::OutcomeLeaves),
        (None, Some(rank)) => Reason::new(ReasonCode::OutcomeEnters, [at("rank", rank)]),
        (Some(old), Some(rank)) if old != rank => {
            Reason::new(ReasonCode::OutcomePlace, [at("rank", rank), at("before", old)])
        }
        (Some(_), Some(rank)) => {
            let points = ("points", Value::Points(after.score.abs_diff(before.score)));
            match after.score.cmp(&before.score) {
                std::cmp::Ordering::Greater => {
                    Reason::new(ReasonCode::OutcomeMorePoints, [at("rank", rank), points])
                }
                std::cmp::Ordering::Less => {
                    Reason::new(ReasonCode::OutcomeFewerPoints, [at("rank", rank), points])
                }
                std::cmp::Ordering::Equal => Reason::new(ReasonCode::OutcomeSame, [at("rank", rank)]),
            }
        }
    }
}
