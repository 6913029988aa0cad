//! What becomes of one pair by itself: columns are held to it, and who is in none is scored so.

use super::{
    legal::{self, Legal},
    listed::Listed,
    rules::{Pair, Rules},
    score::{self, Placed},
    sweep::Place,
    track,
};

/// In a vacancy's list.
pub(super) fn place(pair: Pair<'_>, rules: Rules<'_>) -> Place {
    match score::place(pair, rules) {
        Placed::Scored(score) => Place::Scored(score),
        Placed::Excluded(place) => Place::Excluded { requirement: requirement(place) },
    }
}

/// In a person's list: the dream is never left out, not even by the law (R13).
pub(super) fn listed(pair: Pair<'_>, rules: Rules<'_>) -> Listed {
    if let Legal::Excluded(place) = legal::judge(pair, rules)
        && !track::is_dream(pair)
    {
        return Listed::Against(requirement(place));
    }
    let (score, base) = score::score_and_base(pair, rules);
    Listed::OnTrack(score, track::of(pair, rules, base))
}

/// The number of the paper at a place; no vacancy asks tens of thousands.
pub(super) fn requirement(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
