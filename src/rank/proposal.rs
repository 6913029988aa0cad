//! What an employer is told: who is proposed for a vacancy, in bands instead of scores (R15, R16, R17).
//!
//! Everything here is made of the scoring facts, which have no field for what may never count. What is said about a
//! person borrows its words from the vacancy alone: the lifetimes show it.

mod hours;
mod view;
mod words;

pub use hours::HoursHere;
pub use view::{Basis, EmployerView, Remark};
pub use words::{assumed, band, not_proposed, quality};

use super::{
    conflict,
    facts::{CandidateFacts, VacancyFacts},
    order::{self, TieSecret},
    pool::{self, Closed},
    profile::{Band, Bands, RankingProfile},
    rules::{Pair, Rules},
    score::{self, Placed},
};
use crate::domain::Date;
use rayon::prelude::*;
use std::borrow::Borrow;

/// How many pairs one task scores at least: fewer is more administration than work.
const CHUNK: usize = 256;

/// What a list of proposals is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Proposing<'a> {
    /// By which profile.
    pub profile: &'a RankingProfile,
    /// As of which day.
    pub as_of: Date,
    /// The secret of the store that orders ties: here everybody of a band is equal.
    pub tie_secret: &'a TieSecret,
    /// Most people on the page.
    pub page_size: usize,
    /// The last one of the page before.
    pub after: Option<BandPlace>,
}

/// A place in a list of proposals. It tells nothing about the person: a band, and a hash under the store's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BandPlace {
    /// The band.
    pub band: Band,
    /// The order inside it (R17).
    pub tie: u128,
}

/// A page of proposals, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposals {
    /// The best band first; inside a band by the tie hash, not by the score.
    pub proposed: Vec<Proposed>,
    /// How many each band has on all pages, in the order of [`Band::ALL`].
    pub bands: [usize; Band::ALL.len()],
    /// How many are not proposed, for whatever reason.
    pub not_proposed: usize,
    /// Where the next page begins; `None` when this is the last.
    pub next: Option<BandPlace>,
}

/// Somebody who is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The place of the entry in the slice that was judged.
    pub index: usize,
    /// The band and the order in it.
    pub place: BandPlace,
}

/// Who is proposed for a vacancy. The same on any number of threads (R18).
pub fn propose<C>(vacancy: &VacancyFacts, candidates: &[C], asked: &Proposing<'_>) -> Proposals
where
    C: Borrow<CandidateFacts> + Sync,
{
    let rules = Rules::new(asked.profile, asked.as_of);
    let of = |index: usize| -> &CandidateFacts { candidates[index].borrow() };
    let place = |index: usize| {
        let candidate = of(index);
        let pair = Pair { vacancy, candidate, travel_minutes: None };
        let band = band_of(pair, rules, asked.profile.bands())?;
        let tie = order::tie(asked.tie_secret, &vacancy.id, &candidate.id);
        Some(Proposed { index, place: BandPlace { band, tie } })
    };
    let all: Vec<Proposed> =
        (0..candidates.len()).into_par_iter().with_min_len(CHUNK).filter_map(place).collect();
    let mut bands = [0; Band::ALL.len()];
    for one in &all {
        bands[one.place.band.index()] += 1;
    }
    let mut page: Vec<Proposed> =
        all.iter().copied().filter(|one| asked.after.is_none_or(|after| one.place > after)).collect();
    page.sort_unstable_by(|a, b| a.place.cmp(&b.place).then_with(|| of(a.index).id.cmp(&of(b.index).id)));
    let more = page.len() > asked.page_size;
    page.truncate(asked.page_size);
    Proposals {
        bands,
        not_proposed: candidates.len() - all.len(),
        next: page.last().filter(|_| more).map(|last| last.place),
        proposed: page,
    }
}

/// The band of a pair; `None`: not proposed. Who said no to this work is not, however well the rest may fit.
fn band_of(pair: Pair<'_>, rules: Rules<'_>, bands: Bands) -> Option<Band> {
    if pool::candidate(pair.candidate.pool, Closed::LeftOut).is_some() {
        return None;
    }
    match score::place(pair, rules) {
        Placed::Excluded(_) => None,
        Placed::Scored(score) => bands.of(score).filter(|_| conflict::refusal(pair).is_none()),
    }
}

#[cfg(test)]
mod tests;
