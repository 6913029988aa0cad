//! Records from files and messages of others: VUM in, and the report of what became of it.
//!
//! [`framing`] cuts a file into records without holding it in memory, [`vum`] reads one record of the
//! exchange standard VUM, [`report`] counts what happened. Nothing here knows the store or the ranking.

pub mod framing;
mod issue;
mod kind;
mod refusal;
pub mod report;
pub mod vum;

pub use issue::{Bilingual, Issue, IssueCode, Severity, TextLanguage};
pub use kind::RecordKind;
pub use refusal::{Refusal, RefusalReason};

/// Largest record that is taken, in bytes: about a hundred times a full VUM profile.
pub const RECORD_BYTES: usize = 1024 * 1024;
/// Deepest nesting of a record; VUM itself needs eight.
pub const RECORD_DEPTH: usize = 64;
