//! What a night's lists come to: plain numbers in, plain numbers out. No texts, no files, no scores of its own.
//!
//! A figure here judges the lists, never a person: it says whom the lists leave out and whom they name over and over.

mod concentration;
mod lists;

pub use concentration::Concentration;
pub use lists::{ListFigures, ListedPlace, ListedVacancy, Unfilled, figures};
