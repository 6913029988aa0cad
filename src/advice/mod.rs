//! Instruments and referrals: what an advisor can use, found from gaps and needs after ranking (R16).
//!
//! The ranking may not name this room, so nothing of it can count in a score; no message for employers can carry it.

mod file;
mod find;
mod support;

pub use file::{Entry, EntryKind, InstrumentFileError, InstrumentTable, Words};
pub use find::{Cause, Found};
pub use support::{Support, SupportOfPair};
