//! Answers of the service as text for people: pure functions from a response to a styled text.
//!
//! The texts of reasons, gaps and questions are the service's own; here are layout and the words around them.

mod bar;
mod decision;
mod explanation;
mod layout;
mod model;
mod number;
mod outcomes;
mod questions;
mod ranking;
mod report;
#[cfg(test)]
mod samples;
mod spread;
mod status;
mod style;
mod words;

pub(super) use decision::decision;
pub(super) use explanation::explanation;
pub(super) use layout::{Align, Table, one_line, paragraph};
pub(super) use model::model;
pub(super) use number::count;
pub(super) use outcomes::{outcomes, proposal_outcome};
pub(super) use questions::questions;
pub(super) use ranking::{Titles, candidates, vacancies};
pub(super) use report::{report, report_page};
pub(super) use spread::spread;
pub(super) use status::refused;
pub(super) use style::strong;
