//! A checkpoint: how long the log was, what its last hash was, when, and a signature on that.

use super::{
    Hash, PublicKey, hex,
    key::{LogKey, Signature},
    unhex,
};
use std::fmt;

/// The log up to one frame, signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Its size: the number of the last frame that it is about; frames are counted from 1.
    pub size: u64,
    /// The hash of that frame.
    pub(super) hash: Hash,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    pub(super) signature: Signature,
}

/// Begins every line.
const LINE: &str = "passend-checkpoint-1";

fn message(size: u64, hash: &Hash, at_ms: u64) -> Vec<u8> {
    format!("passend decision log, checkpoint 1\n{size}\n{}\n{at_ms}\n", hex(hash)).into_bytes()
}

impl Checkpoint {
    pub(super) fn sign(key: &LogKey, size: u64, hash: Hash, at_ms: u64) -> Self {
        Self { size, hash, at_ms, signature: key.sign(&message(size, &hash, at_ms)) }
    }

    /// Whether the key's owner signed it.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.signed(&message(self.size, &self.hash, self.at_ms), &self.signature)
    }

    /// The checkpoint of a line that [`Display`](fmt::Display) wrote; `None` for anything else.
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        if words.next()? != LINE {
            return None;
        }
        let own = Self {
            size: words.next()?.parse().ok()?,
            hash: unhex(words.next()?)?,
            at_ms: words.next()?.parse().ok()?,
            signature: unhex(words.next()?)?,
        };
        // Only what it writes itself: a line has one form.
        (words.next().is_none() && own.to_string() == line).then_some(own)
    }
}

/// One line: size, hash, time, signature.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{LINE} {} {} {} {}", self.size, hex(&self.hash), self.at_ms, hex(&self.signature))
    }
}
