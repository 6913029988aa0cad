//! The ranking: what fits whom, how well, and why.
//!
//! Pure and exact: whole numbers only, no clock, no files, nothing that can fail; its inputs are valid by
//! construction. `docs/scoring.md` is the law that it follows, to the last hundredth.

pub mod criterion;
pub mod profile;
pub mod term;

pub use criterion::Criterion;
pub use profile::{Profiles, RankingProfile};
