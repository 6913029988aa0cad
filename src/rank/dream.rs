//! The one way into a list past the law: a vacancy that is the person's dream stays in the person's own list (R13).

use super::{
    rules::{Pair, Rules},
    score, track,
};

/// The score of a pair that the law leaves out, in hundredths, where the vacancy is the person's dream; `None`: it is not.
pub fn score(pair: Pair<'_>, rules: Rules<'_>) -> Option<u16> {
    track::is_dream(pair).then(|| score::score_and_base(pair, rules).0)
}
