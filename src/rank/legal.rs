//! Only the law excludes (R4): licences, certificates and registrations that are required by law.

use super::{
    criteria::licences::{Obtainable, Standing, obtainable, standing},
    rules::{Pair, Rules},
};
use crate::domain::requirement::Importance;

/// Where the law stands in the way of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Legal {
    /// Nothing does.
    Free,
    /// It is not known whether something does: the pair stays, with `low` 0.
    Open,
    /// The paper at this place is known to be lacking and cannot be had in time.
    Excluded(usize),
}

pub(super) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Legal {
    let mut found = Legal::Free;
    for (place, asked) in pair.vacancy.papers.iter().enumerate() {
        if asked.importance != Importance::Legal {
            continue;
        }
        let standing = standing(asked, pair.candidate, rules);
        if standing == Standing::Has {
            continue;
        }
        match (standing, obtainable(asked, pair.vacancy, rules)) {
            (_, Obtainable::InTime) => {}
            (Standing::Lacks, Obtainable::TooLate) => return Legal::Excluded(place),
            _ => found = Legal::Open,
        }
    }
    found
}
