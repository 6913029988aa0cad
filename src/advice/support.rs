//! What a person needs and an employer offers besides the match, as far as instruments depend on it.

use crate::domain::{Candidate, Vacancy, support::SupportKind, time::Answer};
use serde::{Deserialize, Serialize};

/// Support by its kinds, and whether allowances are received. Stands beside what is scored, never in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// One bit a kind.
    kinds: u8,
    allowances: bool,
}

/// What both sides of a pair say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SupportOfPair {
    /// What the person needs.
    pub needed: Support,
    /// What the employer offers.
    pub offered: Support,
}

impl Support {
    /// What a person needs.
    pub fn needed_by(candidate: &Candidate) -> Self {
        let needs = candidate.profile.support_needs.iter();
        Self {
            kinds: bits(needs.filter(|need| need.needed == Answer::Yes).map(|need| need.kind)),
            allowances: candidate.restricted.allowances == Some(Answer::Yes),
        }
    }

    /// What an employer offers.
    pub fn offered_by(vacancy: &Vacancy) -> Self {
        let offers = vacancy.offer.support.iter();
        Self {
            kinds: bits(offers.filter(|offer| offer.offered == Answer::Yes).map(|offer| offer.kind)),
            allowances: false,
        }
    }

    pub(super) fn has(self, kind: SupportKind) -> bool {
        self.kinds & bit(kind) != 0
    }

    pub(super) fn has_allowances(self) -> bool {
        self.allowances
    }
}

fn bits(kinds: impl Iterator<Item = SupportKind>) -> u8 {
    kinds.fold(0, |bits, kind| bits | bit(kind))
}

/// There are eight kinds.
fn bit(kind: SupportKind) -> u8 {
    1 << kind as u8
}
