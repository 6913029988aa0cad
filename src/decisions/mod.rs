//! The record of what happened (*logboek*): an append-only log of every answer that read or ranked people, whose every byte
//! is chained, and signed by checkpoints. What an entry says is its owner's; here it is a head and parts.
//!
//! **The form.** Segments stand in the folder `decisions` of the data folder, each named by the number of its first entry.
//! A segment begins with a signed header (`segment`), and holds frames (`frame`): entries, and signed checkpoints
//! among them. Each frame bears its number, its time, the hash of the frame before it and its own. A header is a link of the
//! chain too. `docs/decisions.md` says it byte by byte, for whoever checks the log with other tools.
//!
//! **Forgetting without breaking the chain.** What an entry says of a person stands in a part of that person's own, and
//! the chain is over hashes of parts, not over the parts. To forget somebody, their parts are cut out of the segments by a
//! copy that takes the segment's place; the hash of the part stays, with a signature that says that the service itself
//! took it out (or else whoever can write the file could blank what does not suit them). Each part begins with random
//! bytes of its own, which go with it: the hash that stays cannot be tried against guesses, and tells nothing of the person,
//! not even that two parts were of the same one. All other bytes stay as they were. The other construction, sealing
//! parts with a key per person and throwing the key away, needs the key made durable before the first answer about somebody, and
//! leaves the text in every file for whoever finds an old copy of the key: cutting out is less, and really removes.
//!
//! **Durability.** An entry is on the disk before [`DecisionLog::append`] returns: one write and one `fdatasync` for all
//! that wait at one time. Where the disk refuses, nothing is appended and everybody who waits is told; the log tries by
//! itself to go on, every second, in a new segment behind the last entry that was acknowledged.
//!
//! **Who can tell that it was tampered with.** Everything up to the last checkpoint is signed (Ed25519); a
//! checkpoint is made at least every ten seconds in which something was written, and at a stop. The last one is handed
//! to whoever keeps it elsewhere (the store, a second place), so that a log that was cut off is known too.

mod checkpoint;
mod erase;
mod error;
mod frame;
mod keeper;
mod key;
mod log;
mod pieces;
mod read;
mod retention;
mod segment;
mod subjects;
mod tail;
#[cfg(test)]
mod tests;
mod verify;
mod writer;

pub use checkpoint::Checkpoint;
pub use erase::{Erased, Unreadable};
pub use error::LogError;
pub use frame::{Draft, Entry, Part};
pub use key::{LogKey, PublicKey};
pub use log::{Appending, DecisionId, DecisionLog, LogOptions};
pub use read::{LogReader, Page, Selected};
pub use retention::Retention;
pub use verify::{Finding, Verification, verify};

/// The folder in a data folder.
pub const FOLDER: &str = "decisions";

type Hash = [u8; 32];

/// Milliseconds since 1970.
fn now_ms() -> u64 {
    let age = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    age.map_or(0, |age| u64::try_from(age.as_millis()).unwrap_or(u64::MAX))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
