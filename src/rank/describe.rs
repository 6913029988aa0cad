//! How a match is made, in words and figures taken from what runs: for whoever asks for account.

mod criteria;
mod figures;
mod words;

pub use criteria::looks_at;
pub use figures::{Figure, Unit, fixed, of_profile};
pub use words::{known_limits, steps};
