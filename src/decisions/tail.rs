//! The end of the log, as it is found at a start or after the disk had refused: what was torn off in the middle of a
//! write is cut off, and the log goes on behind its last whole frame.

use super::{
    Checkpoint, Hash, LogError, LogKey, now_ms,
    segment::{Frames, Header, Segment, Start, segments},
};
use std::{fs::File, path::Path};

/// The file that is appended to, and where the chain is.
#[derive(Debug)]
pub(super) struct Tail {
    pub(super) file: File,
    /// Its length, headers and frames.
    pub(super) length: u64,
    /// When its first frame may have been written.
    pub(super) since_ms: u64,
    /// The number of its first frame.
    pub(super) first: u64,
    /// The hash of the frame before that, as its header says.
    pub(super) previous: Hash,
    /// The number of the last frame.
    pub(super) last: u64,
    /// Its hash, or that of the header where nothing stands behind it.
    pub(super) hash: Hash,
    /// How many frames stand behind the last checkpoint.
    pub(super) unsigned: u64,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Recovered {
    pub(super) tail: Tail,
    /// Bytes of a frame that was torn off.
    pub(super) torn: u64,
    /// What is wrong with what was signed; the log goes on behind it, and verifying tells of it.
    pub(super) damage: Option<String>,
}

/// Opens the end of the log; makes the first segment where there is none. `known`: the last checkpoint that is kept
/// elsewhere.
pub(super) fn recover(
    folder: &Path,
    key: &LogKey,
    preface: &[u8],
    known: Option<&Checkpoint>,
) -> Result<Recovered, LogError> {
    let known = known.filter(|known| known.is_signed_by(&key.public()));
    let Some(segment) = segments(folder)?.pop() else {
        let start = Start::read(folder, &key.public())?.unwrap_or(Start::BEGINNING);
        let (last, hash) = (start.first - 1, start.previous);
        return match known {
            Some(known) if known.size > last => {
                let damage = Some("all its files are missing".to_owned());
                Ok(Recovered {
                    tail: new_segment(folder, key, preface, known.size, known.hash)?,
                    torn: 0,
                    damage,
                })
            }
            _ => {
                Ok(Recovered { tail: new_segment(folder, key, preface, last, hash)?, torn: 0, damage: None })
            }
        };
    };
    let end = read_end(&segment, key)?;
    let is_short = known.is_some_and(|known| known.size > end.last);
    let damage = match (&end.header, is_short) {
        (None, _) => Some("its last file has no header of this log".to_owned()),
        (_, true) => Some("what was signed is missing at its end".to_owned()),
        _ => None,
    };
    if damage.is_some() {
        // It stays as it is: it may be needed to find out what happened.
        let (last, hash) = match known {
            Some(known) if known.size > end.last => (known.size, known.hash),
            _ => (end.last, end.hash),
        };
        let tail = new_segment(folder, key, preface, last.max(segment.first), hash)?;
        return Ok(Recovered { tail, torn: 0, damage });
    }
    let (file, left) = (segment.open()?, end.left);
    if left > 0 {
        file.set_len(end.length)?;
        file.sync_all()?;
    }
    let End { header, length, last, hash, unsigned, .. } = end;
    let (since_ms, first, previous, is_ours) = match header {
        Some(header) => (header.at_ms, header.first, header.previous, header.preface == preface),
        None => (now_ms(), segment.first, [0; 32], false),
    };
    let tail = Tail { file, length, since_ms, first, previous, last, hash, unsigned };
    let tail = if is_ours { tail } else { tail.followed_by(folder, key, preface)? };
    Ok(Recovered { tail, torn: left, damage })
}

impl Tail {
    /// A new segment behind this one; in its place, where it has no frame.
    pub(super) fn followed_by(&self, folder: &Path, key: &LogKey, preface: &[u8]) -> Result<Self, LogError> {
        let hash = if self.is_empty() { self.previous } else { self.hash };
        let made = new_segment(folder, key, preface, self.last, hash)?;
        Ok(Self { unsigned: self.unsigned, ..made })
    }

    /// Whether its file has no frame.
    pub(super) fn is_empty(&self) -> bool {
        self.last < self.first
    }
}

/// Begins a segment behind a frame.
fn new_segment(folder: &Path, key: &LogKey, preface: &[u8], last: u64, hash: Hash) -> Result<Tail, LogError> {
    let since_ms = now_ms();
    let header = Header::sign(key, last + 1, hash, since_ms, preface);
    let (segment, length) = Segment::create(folder, &header)?;
    let (file, link) = (segment.open()?, header.link());
    Ok(Tail { file, length, since_ms, first: last + 1, previous: hash, last, hash: link, unsigned: 0 })
}

struct End {
    header: Option<Header>,
    length: u64,
    left: u64,
    last: u64,
    hash: Hash,
    unsigned: u64,
}

/// Follows the chain of one segment as far as it goes.
fn read_end(segment: &Segment, key: &LogKey) -> Result<End, LogError> {
    let bytes = segment.read()?;
    let read = Frames::of(&bytes)
        .filter(|(header, _)| header.is_signed_by(&key.public()) && header.first == segment.first);
    let Some((header, mut frames)) = read else {
        let last = segment.first.saturating_sub(1);
        return Ok(End { header: None, length: 0, left: 0, last, hash: [0; 32], unsigned: 0 });
    };
    let mut end = End {
        length: header.bytes().len() as u64,
        left: 0,
        last: header.first - 1,
        hash: header.link(),
        unsigned: 0,
        header: Some(header),
    };
    loop {
        let before = frames.left();
        let frame = frames.next().filter(|frame| frame.number == end.last + 1 && frame.previous == end.hash);
        let Some(frame) = frame else {
            end.left = before as u64;
            return Ok(end);
        };
        (end.last, end.hash) = (frame.number, frame.hash);
        end.length += (before - frames.left()) as u64;
        end.unsigned = if frame.checkpoint().is_some() { 0 } else { end.unsigned + 1 };
    }
}
