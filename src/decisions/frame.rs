//! One frame of a segment: an entry with its parts, or a checkpoint.
//!
//! `length u32 · kind u8 · number u64 · previous 32 · time u64 · body · hash 32`, numbers little-endian, the length that of
//! everything behind it. The hash is over kind, number, previous hash, time and the body with every part replaced by its hash.

use super::{
    Hash, LogError,
    checkpoint::Checkpoint,
    key::{LogKey, PublicKey, Signature},
};

/// The most bytes of one frame.
pub(super) const MOST_BYTES: usize = 256 << 20;
/// Kind, number, previous hash, time and own hash.
const AROUND: usize = 1 + 8 + 32 + 8 + 32;

const ENTRY: u8 = 1;
const CHECKPOINT: u8 = 2;
const WHOLE: u8 = 1;
const ERASED: u8 = 2;

/// An entry that is to be appended.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What names no person who is looked for work for: who called, what was asked, with what.
    pub head: Vec<u8>,
    /// What is said of each person: the person's id, and what. An empty id is of nobody who is stored.
    pub parts: Vec<(String, Vec<u8>)>,
}

/// An entry, read back and held against its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the log.
    pub number: u64,
    /// When it was written, in milliseconds since 1970.
    pub at_ms: u64,
    /// The head.
    pub head: Vec<u8>,
    /// The parts, in their order.
    pub parts: Vec<Part>,
    pub(super) hash: Hash,
}

impl Entry {
    /// The entry with the parts of one person only.
    pub fn of(&self, person: &str) -> Self {
        let is_theirs = |part: &&Part| matches!(part, Part::Whole { subject, .. } if subject == person);
        let parts = self.parts.iter().filter(is_theirs).cloned().collect();
        Self { number: self.number, at_ms: self.at_ms, head: self.head.clone(), parts, hash: self.hash }
    }
}

/// A part of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it was written.
    Whole {
        /// The person's id; empty: nobody who is stored.
        subject: String,
        /// What was said.
        body: Vec<u8>,
        /// Random bytes that go with it.
        salt: [u8; 16],
    },
    /// Of somebody who was erased.
    Erased {
        /// What the part hashed to.
        hash: [u8; 32],
        /// That the service took it out.
        signature: [u8; 64],
    },
}

/// What a frame holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Entry { head: Vec<u8>, parts: Vec<Part> },
    Checkpoint(Signature),
}

/// A frame whose own hash is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) number: u64,
    pub(super) previous: Hash,
    pub(super) at_ms: u64,
    pub(super) body: Body,
    pub(super) hash: Hash,
}

/// A draft with its salts: everything but its place in the chain.
pub(super) struct Prepared {
    /// The body's bytes.
    bytes: Vec<u8>,
    /// The head and the hashes of the parts, as they enter the hash.
    hashed: Vec<u8>,
}

fn erasure_message(number: u64, place: usize, hash: &Hash) -> Vec<u8> {
    let mut message = b"passend decision log, erased part 1\n".to_vec();
    message.extend_from_slice(&number.to_le_bytes());
    message.extend_from_slice(&(place as u64).to_le_bytes());
    message.extend_from_slice(hash);
    message
}

fn part_hash(salt: &[u8; 16], subject: &str, body: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new_derive_key("passend 2026 part of a decision");
    hasher.update(salt).update(&(subject.len() as u64).to_le_bytes()).update(subject.as_bytes()).update(body);
    *hasher.finalize().as_bytes()
}

impl Part {
    pub(super) fn hash(&self) -> Hash {
        match self {
            Self::Whole { salt, subject, body } => part_hash(salt, subject, body),
            Self::Erased { hash, .. } => *hash,
        }
    }

    /// Whether the service itself took it out, where it is out.
    pub(super) fn is_authentic(&self, number: u64, place: usize, key: &PublicKey) -> bool {
        match self {
            Self::Whole { .. } => true,
            Self::Erased { hash, signature } => key.signed(&erasure_message(number, place, hash), signature),
        }
    }

    pub(super) fn erased(&self, number: u64, place: usize, key: &LogKey) -> Self {
        let hash = self.hash();
        Self::Erased { hash, signature: key.sign(&erasure_message(number, place, &hash)) }
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Whole { subject, body, salt } => {
                bytes.push(WHOLE);
                bytes.extend_from_slice(salt);
                put(bytes, subject.as_bytes());
                put(bytes, body);
            }
            Self::Erased { hash, signature } => {
                bytes.push(ERASED);
                bytes.extend_from_slice(hash);
                bytes.extend_from_slice(signature);
            }
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        match take::<1>(bytes)? {
            [WHOLE] => {
                let salt = take(bytes)?;
                let subject = String::from_utf8(get(bytes)?.to_vec()).ok()?;
                Some(Self::Whole { salt, subject, body: get(bytes)?.to_vec() })
            }
            [ERASED] => Some(Self::Erased { hash: take(bytes)?, signature: take(bytes)? }),
            _ => None,
        }
    }
}

impl Draft {
    /// Salts and hashes the parts.
    pub(super) fn prepare(self) -> Result<Prepared, LogError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| LogError::System(error.to_string()))?;
        let mut salts = blake3::Hasher::new_keyed(&seed).finalize_xof();
        let parts: Vec<Part> = self
            .parts
            .into_iter()
            .map(|(subject, body)| {
                let mut salt = [0; 16];
                salts.fill(&mut salt);
                Part::Whole { subject, body, salt }
            })
            .collect();
        let prepared = Prepared::of(&Body::Entry { head: self.head, parts });
        let bytes = prepared.bytes.len() + AROUND;
        if bytes > MOST_BYTES {
            return Err(LogError::TooLarge { bytes, most: MOST_BYTES });
        }
        Ok(prepared)
    }
}

impl Prepared {
    pub(super) fn of(body: &Body) -> Self {
        let (mut bytes, mut hashed) = (Vec::new(), Vec::new());
        match body {
            Body::Entry { head, parts } => {
                put(&mut bytes, head);
                put(&mut hashed, head);
                let count = (parts.len() as u64).to_le_bytes();
                bytes.extend_from_slice(&count);
                hashed.extend_from_slice(&count);
                for part in parts {
                    part.write(&mut bytes);
                    hashed.extend_from_slice(&part.hash());
                }
            }
            Body::Checkpoint(signature) => {
                bytes.extend_from_slice(signature);
                hashed.extend_from_slice(signature);
            }
        }
        Self { bytes, hashed }
    }

    pub(super) fn len(&self) -> usize {
        4 + AROUND + self.bytes.len()
    }

    fn hash(&self, kind: u8, number: u64, previous: &Hash, at_ms: u64) -> Hash {
        let mut hasher = blake3::Hasher::new_derive_key("passend 2026 frame of the decision log");
        hasher.update(&[kind]).update(&number.to_le_bytes()).update(previous).update(&at_ms.to_le_bytes());
        *hasher.update(&self.hashed).finalize().as_bytes()
    }

    fn append_as(&self, kind: u8, number: u64, previous: &Hash, at_ms: u64, to: &mut Vec<u8>) -> Hash {
        let hash = self.hash(kind, number, previous, at_ms);
        // A prepared body was held against the limit, so the length fits.
        let length = u32::try_from(AROUND + self.bytes.len()).unwrap_or(u32::MAX);
        to.extend_from_slice(&length.to_le_bytes());
        to.push(kind);
        to.extend_from_slice(&number.to_le_bytes());
        to.extend_from_slice(previous);
        to.extend_from_slice(&at_ms.to_le_bytes());
        to.extend_from_slice(&self.bytes);
        to.extend_from_slice(&hash);
        hash
    }

    /// Appends the entry with its place in the chain; its hash.
    pub(super) fn append(&self, number: u64, previous: &Hash, at_ms: u64, to: &mut Vec<u8>) -> Hash {
        self.append_as(ENTRY, number, previous, at_ms, to)
    }
}

/// Appends a checkpoint about everything before it; its hash.
pub(super) fn append_checkpoint(checkpoint: &Checkpoint, to: &mut Vec<u8>) -> Hash {
    let body = Prepared::of(&Body::Checkpoint(checkpoint.signature));
    body.append_as(CHECKPOINT, checkpoint.size + 1, &checkpoint.hash, checkpoint.at_ms, to)
}

impl Frame {
    /// Reads the frame at the beginning of bytes, which go on behind it; `None` where none stands there, whole and with its
    /// hash.
    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut rest = *bytes;
        let length = u32::from_le_bytes(take(&mut rest)?) as usize;
        let (own, after) = rest.split_at_checked(length)?;
        let frame = Self::parse(own)?;
        *bytes = after;
        Some(frame)
    }

    fn parse(mut own: &[u8]) -> Option<Self> {
        let [kind] = take(&mut own)?;
        let number = u64::from_le_bytes(take(&mut own)?);
        let previous = take(&mut own)?;
        let at_ms = u64::from_le_bytes(take(&mut own)?);
        let body = match kind {
            ENTRY => {
                let head = get(&mut own)?.to_vec();
                let count = u64::from_le_bytes(take(&mut own)?);
                // Not trusted: a part has at least a byte, so that no room is taken for what is not there.
                let count = usize::try_from(count).ok().filter(|count| *count <= own.len())?;
                let parts = (0..count).map(|_| Part::read(&mut own)).collect::<Option<Vec<_>>>()?;
                Body::Entry { head, parts }
            }
            CHECKPOINT => Body::Checkpoint(take(&mut own)?),
            _ => return None,
        };
        let hash = take(&mut own)?;
        let is_right = own.is_empty() && Prepared::of(&body).hash(kind, number, &previous, at_ms) == hash;
        is_right.then_some(Self { number, previous, at_ms, body, hash })
    }

    /// The frame's bytes.
    pub(super) fn append(&self, to: &mut Vec<u8>) {
        let kind = match self.body {
            Body::Entry { .. } => ENTRY,
            Body::Checkpoint(_) => CHECKPOINT,
        };
        Prepared::of(&self.body).append_as(kind, self.number, &self.previous, self.at_ms, to);
    }

    /// The checkpoint that it is.
    pub(super) fn checkpoint(&self) -> Option<Checkpoint> {
        match self.body {
            Body::Checkpoint(signature) => Some(Checkpoint {
                size: self.number.checked_sub(1)?,
                hash: self.previous,
                at_ms: self.at_ms,
                signature,
            }),
            Body::Entry { .. } => None,
        }
    }

    pub(super) fn into_entry(self) -> Option<Entry> {
        let Self { number, at_ms, body, hash, .. } = self;
        match body {
            Body::Entry { head, parts } => Some(Entry { number, at_ms, head, parts, hash }),
            Body::Checkpoint(_) => None,
        }
    }
}

/// Bytes behind their length.
pub(super) fn put(to: &mut Vec<u8>, bytes: &[u8]) {
    to.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    to.extend_from_slice(bytes);
}

pub(super) fn get<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = u32::from_le_bytes(take(bytes)?) as usize;
    let (own, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(own)
}

pub(super) fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (own, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*own)
}
