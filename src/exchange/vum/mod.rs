//! VUM (*Verbeteren Uitwisseling Matchingsgegevens*), the Dutch exchange standard: one record in.

use super::Issue;
use crate::domain::{Candidate, Vacancy};

/// A record that was taken, with what was noticed in its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedRecord {
    /// The record.
    pub record: Record,
    /// What was noticed, in the order of the record's fields.
    pub issues: Vec<Issue>,
}

/// A record of either kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A candidate (*werkzoekende*).
    Candidate(Box<Candidate>),
    /// A vacancy (*vacature*).
    Vacancy(Box<Vacancy>),
}
