//! The ranking: what fits whom, how well, and why.
//!
//! Pure and exact: whole numbers only, no clock, no files, nothing that can fail; its inputs are valid by
//! construction. `docs/scoring.md` is the law that it follows, to the last hundredth.
//!
//! The way of a pair: [`facts`] (made once a record) → `criteria` (a fit each) → [`score`] (conflicts, law,
//! interval) → [`top`] (the order of a list) → [`mod@explain`] (for what is shown only) → [`wording`].
//! What more than one of them asks of a pair is worked out once, in `found`.
//! What an employer is told goes its own way: [`proposal`].

mod by_pair;
pub mod changes;
mod columns;
pub mod competencies;
pub mod conditions;
mod conflict;
mod criteria;
pub mod criterion;
pub mod dated;
mod day;
pub mod describe;
pub mod dream;
pub mod explain;
pub mod facts;
mod found;
pub mod gaps;
#[cfg(test)]
pub(crate) mod generate;
pub mod growth;
mod halving;
mod legal;
pub mod listed;
pub mod order;
pub mod pool;
pub mod profile;
#[cfg(test)]
mod properties;
pub mod proposal;
pub mod reason;
#[cfg(test)]
mod reference;
mod rules;
pub mod score;
pub mod sweep;
pub mod tables;
pub mod term;
#[cfg(test)]
mod testing;
pub mod top;
pub mod track;
pub mod understanding;
pub mod vacancies;
mod vacancy_columns;
pub mod wording;

/// The candidate whose explanation ends in a fault, so that tests see what becomes of the others.
#[cfg(test)]
pub(crate) const FAILS_IN_TESTS: &str = "fails-in-tests-only";

pub use criteria::Knowledge;
pub use criterion::Criterion;
pub use explain::{Explanation, explain};
pub use facts::{CandidateFacts, PoolState, VacancyFacts};
pub use profile::{Numbers, Profiles, RankingProfile};
pub use reason::{Reason, ReasonCode};
pub use rules::{Pair, Rules};
pub use score::{Judgement, judge};
pub use tables::Tables;
pub use top::{Ranked, RankedMatch, Ranking, rank_candidates, rank_vacancies};
pub use track::Track;
pub use understanding::Understanding;
pub use wording::TextLanguage;
