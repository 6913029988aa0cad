//! The profile that scored a pair, as an answer and a stored list tell it.

use super::{Numbers, RankingProfile};

/// The profile that scored a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedProfile {
    /// The name by which a request chooses it.
    pub name: String,
    /// Hash of its content, with the weights that applied.
    pub hash: String,
    /// Its figures, with the weights that applied.
    pub numbers: Numbers,
}

impl AppliedProfile {
    /// What is told of a profile.
    pub fn of(profile: &RankingProfile) -> Self {
        Self { name: profile.name().to_owned(), hash: profile.hash().to_owned(), numbers: *profile.numbers() }
    }
}
