//! From the domain to messages.

mod candidate;
pub mod common;
mod vacancy;

pub use candidate::candidate_to_proto;
pub use vacancy::vacancy_to_proto;

/// How much of a record a message holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Everything.
    Full,
    /// Without what only an advisor may see: the restricted data of a candidate, the contact data of a vacancy.
    Basic,
}
