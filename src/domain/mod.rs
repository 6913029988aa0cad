//! The words of the field as types: parsed, valid by construction, no input or output.
//!
//! A value of these types is always within its limits ([`limits`]); whoever reads a file or a message
//! turns what is wrong into an [`InvalidValue`] that names the remedy. Everything that may not count in
//! a match (contact data, benefit, target group, ladder step …) stands in [`restricted`], apart from
//! what is matched.

pub mod caller;
pub mod candidate;
pub mod competency;
pub mod contract;
pub mod contradiction;
pub mod education;
mod invalid;
pub mod language;
pub mod limits;
pub mod merge;
pub mod observation;
pub mod outcome;
pub mod place;
pub mod provenance;
pub mod requirement;
pub mod restricted;
pub mod sector;
pub mod support;
pub mod text;
pub mod time;
pub mod travel;
pub mod vacancy;
pub mod work;

pub use caller::{Caller, Role};
pub use candidate::Candidate;
pub use invalid::InvalidValue;
pub use jiff::civil::{Date, Weekday};
pub use vacancy::Vacancy;
