//! Only the law excludes (R4): licences, certificates and registrations that are required by law.

use super::{
    criteria::licences::{Obtainable, Outlook, Standing, outlook},
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
    let papers = &pair.vacancy.papers;
    of(papers.iter().map(|asked| asked.importance), |place| outlook(&papers[place], pair, rules))
}

/// The same, by how each paper stands.
pub(super) fn of(asked: impl Iterator<Item = Importance>, outlook: impl Fn(usize) -> Outlook) -> Legal {
    let mut found = Legal::Free;
    for (place, importance) in asked.enumerate() {
        if importance != Importance::Legal {
            continue;
        }
        let Outlook { standing, obtainable } = outlook(place);
        if standing == Standing::Has {
            continue;
        }
        match (standing, obtainable) {
            (_, Obtainable::InTime) => {}
            (Standing::Lacks, Obtainable::TooLate) => return Legal::Excluded(place),
            _ => found = Legal::Open,
        }
    }
    found
}
