//! Holds a log against its chain, its signatures and the checkpoints that are kept elsewhere. Needs the public key and no
//! secret, and works beside a running service.

use super::{
    Checkpoint, Hash, Part, PublicKey,
    frame::{Body, Frame},
    segment::{Frames, Segment, Start, segments},
};
use std::{collections::BTreeMap, fmt, io, path::Path};

/// What verifying came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files.
    pub segments: u64,
    /// Entries.
    pub entries: u64,
    /// Parts of people who were erased since.
    pub erased: u64,
    /// Checkpoints in the log.
    pub checkpoints: u64,
    /// The number of the last frame that a checkpoint is about.
    pub signed: u64,
    /// Frames behind it: of the last seconds.
    pub unsigned: u64,
    /// Bytes at the end that are no whole frame: of a write that is going on, or was torn off.
    pub unfinished: u64,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The place where the chain begins is not signed by the key.
    Start,
    /// A file has no header that the key signed, or stands under another number.
    Header {
        /// The file.
        file: String,
    },
    /// Entries are missing.
    Missing {
        /// The first that is missing.
        first: u64,
        /// The last that is missing.
        last: u64,
    },
    /// From this number on a file does not say what was written.
    Changed {
        /// The file.
        file: String,
        /// The number of the first frame that is not as it was.
        number: u64,
    },
    /// A part was taken out by somebody who may not.
    TakenOut {
        /// The number of the entry.
        number: u64,
    },
    /// A checkpoint in the log that the key did not sign.
    Signature {
        /// Its number.
        number: u64,
    },
    /// A checkpoint that is kept elsewhere says otherwise.
    Differs {
        /// Its size.
        size: u64,
    },
    /// A checkpoint that is kept elsewhere was not signed by the key.
    Foreign {
        /// Its size.
        size: u64,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("the place where the log begins is not signed"),
            Self::Header { file } => write!(f, "{file}: the header is not the one that was signed"),
            Self::Missing { first, last } => write!(f, "entries {first} to {last} are missing"),
            Self::Changed { file, number } => write!(f, "{file}: changed from entry {number} on"),
            Self::TakenOut { number } => {
                write!(f, "entry {number}: a part was taken out without a signature")
            }
            Self::Signature { number } => write!(f, "the checkpoint at {number} is not signed by the key"),
            Self::Differs { size } => write!(f, "the log up to {size} is not the one that was signed"),
            Self::Foreign { size } => {
                write!(f, "a checkpoint of size {size} that is kept elsewhere has no signature of the key")
            }
        }
    }
}

struct Walk<'a> {
    key: &'a PublicKey,
    /// The sizes that hashes are wanted for: that of the frame, and that of a header behind it.
    wanted: BTreeMap<u64, Vec<Hash>>,
    last: u64,
    hash: Hash,
    found: Verification,
}

/// Verifies the log of a folder. `known`: checkpoints that are kept elsewhere. Those about what is kept no longer are passed
/// over.
///
/// # Errors
/// When a file cannot be read.
pub fn verify(folder: &Path, key: &PublicKey, known: &[Checkpoint]) -> io::Result<Verification> {
    let start = Start::read(folder, key)?;
    let is_start_signed = start.is_some();
    let start = start.unwrap_or(Start::BEGINNING);
    let mut walk = Walk {
        key,
        wanted: known.iter().map(|known| (known.size, Vec::new())).collect(),
        last: start.first - 1,
        hash: start.previous,
        found: Verification { signed: start.first - 1, ..Verification::default() },
    };
    if !is_start_signed {
        walk.found.findings.push(Finding::Start);
    }
    walk.note();
    let all = segments(folder)?;
    for (at, segment) in all.iter().enumerate() {
        // Those before the start go: the service was stopped between signing the start and removing them.
        if all.get(at + 1).is_some_and(|next| next.first <= start.first) && segment.first < start.first {
            continue;
        }
        walk.segment(segment, at + 1 == all.len())?;
    }
    walk.hold_against(known, start.first);
    let Walk { mut found, last, .. } = walk;
    found.unsigned = last.saturating_sub(found.signed);
    Ok(found)
}

impl Walk<'_> {
    fn note(&mut self) {
        if let Some(wanted) = self.wanted.get_mut(&self.last) {
            wanted.push(self.hash);
        }
    }

    fn segment(&mut self, segment: &Segment, is_last: bool) -> io::Result<()> {
        self.found.segments += 1;
        let file = segment.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = segment.read()?;
        let read = Frames::of(&bytes)
            .filter(|(header, _)| header.is_signed_by(self.key) && header.first == segment.first);
        let Some((header, mut frames)) = read else {
            self.found.findings.push(Finding::Header { file });
            return Ok(());
        };
        if header.first > self.last + 1 {
            self.found.findings.push(Finding::Missing { first: self.last + 1, last: header.first - 1 });
        } else if header.first != self.last + 1 || header.previous != self.hash {
            self.found.findings.push(Finding::Changed { file: file.clone(), number: header.first });
        }
        // The header is signed: what follows it is held against it.
        (self.last, self.hash) = (header.first - 1, header.link());
        self.note();
        loop {
            let left = frames.left();
            let frame = frames.next();
            let Some(frame) =
                frame.filter(|frame| frame.number == self.last + 1 && frame.previous == self.hash)
            else {
                if left > 0 && is_last && self.wanted.keys().all(|size| *size <= self.last) {
                    self.found.unfinished = left as u64;
                } else if left > 0 {
                    self.found.findings.push(Finding::Changed { file, number: self.last + 1 });
                }
                return Ok(());
            };
            self.frame(&frame);
        }
    }

    fn frame(&mut self, frame: &Frame) {
        if let Some(checkpoint) = frame.checkpoint() {
            self.found.checkpoints += 1;
            if checkpoint.is_signed_by(self.key) {
                self.found.signed = checkpoint.size + 1;
            } else {
                self.found.findings.push(Finding::Signature { number: frame.number });
            }
        }
        if let Body::Entry { parts, .. } = &frame.body {
            self.found.entries += 1;
            self.found.erased +=
                parts.iter().filter(|part| matches!(part, Part::Erased { .. })).count() as u64;
            let mut places = parts.iter().enumerate();
            if places.any(|(place, part)| !part.is_authentic(frame.number, place, self.key)) {
                self.found.findings.push(Finding::TakenOut { number: frame.number });
            }
        }
        (self.last, self.hash) = (frame.number, frame.hash);
        self.note();
    }

    fn hold_against(&mut self, known: &[Checkpoint], first: u64) {
        for known in known {
            if !known.is_signed_by(self.key) {
                self.found.findings.push(Finding::Foreign { size: known.size });
            } else if known.size >= first {
                let hashes = self.wanted.get(&known.size).map_or(&[][..], Vec::as_slice);
                if hashes.contains(&known.hash) {
                    self.found.signed = self.found.signed.max(known.size);
                } else if hashes.is_empty() && self.last < known.size {
                    let first = self.last + 1;
                    self.found.findings.push(Finding::Missing { first, last: known.size });
                } else {
                    self.found.findings.push(Finding::Differs { size: known.size });
                }
            }
        }
        self.found.findings.dedup();
    }
}
