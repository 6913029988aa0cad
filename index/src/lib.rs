//! Full-text search over candidates and vacancies: the only place of the project that knows tantivy, and one
//! that knows nothing of the service's own types.
//!
//! # What holds here
//! - **The index is derived and disposable.** The store is the truth; everything here can be rebuilt from it.
//!   [`SearchIndex::open`] says [why it must be](RebuildReason) instead of repairing or guessing.
//! - **Every commit names the change it reaches**, the store it came from and how records became documents
//!   ([`StoreIdentity`]). Applying a change twice gives the same index as applying it once.
//! - **After any error of a write the writer is gone**: the caller applies again from
//!   [`SearchIndex::last_committed_change`]. (tantivy's writer answers `Ok` after a failed commit and drops
//!   documents.)
//! - **Text of clients never reaches tantivy's query parser**: queries are built from the words that the Dutch
//!   analysis finds, and length, number of words and page depth are capped. A query has no nesting to go wrong.
//! - Names and contact data do not belong in a [`Document`]: deleted text stays in the files until a merge.
//!
//! # Layout, from the outside in
//! [`Document`], [`Change`] → [`SearchIndex`] (writes, one owner) → [`Searcher`] (reads, any number of threads).
//! On disk: a folder per generation and a pointer file that names the one in use; a [`Rebuild`] fills the next
//! generation and moves the pointer in one atomic step.
//!
//! Damage that tantivy answers with a panic is caught and comes back as an error; this needs the default
//! `panic = "unwind"`.

mod analysis;
mod columns;
mod directory;
mod document;
mod error;
mod generations;
mod identity;
mod marker;
mod opening;
mod query;
mod reading;
mod rebuild;
mod schema;
mod search;
mod terms;
mod tokenizer;
mod vocabulary;
pub mod words;
mod words_hit;
mod writing;

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod killed_tests;
#[cfg(test)]
mod power_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod writing_tests;

pub use document::{Change, Document, FilterField, Kind, MAX_TERM_BYTES, TextField};
pub use error::{IndexError, RebuildReason, SearchError};
pub use identity::StoreIdentity;
pub use marker::{Mark, Marker};
pub use reading::ReadAs;
pub use rebuild::Rebuild;
pub use search::{
    Entry, Filter, Hit, MAX_FILTER_VALUES, MAX_TEXT_CHARACTERS, MAX_WINDOW, MAX_WORDS, OtherReading, Query,
    SearchResults, Searcher, WordHit,
};
pub use terms::DutchWords;
pub use writing::{Opened, SearchIndex};
