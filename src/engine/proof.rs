//! Looks through every byte of the data folder for what is left of a person.

use super::{EngineError, stored::Stored};
use crate::{
    domain::Candidate,
    store::{ReadError, RecordId, RecordKind, Snapshot},
    wire::{self, texts},
};
use aho_corasick::AhoCorasick;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// Shorter texts stand in many files by chance.
const SHORTEST: usize = 5;
/// Longer texts are looked for by pieces of this length: at their beginning, in the middle and at their end.
const PIECE: usize = 48;
/// Bytes of a file that are looked through together, and bytes around them that are read along.
const TOGETHER: u64 = 8 << 20;
const AROUND: u64 = 1 << 10;
/// Most places that are told.
const MOST_TOLD: usize = 100;
/// Files with the names of places and concepts, which are everybody's.
const PUBLIC: [&str; 2] = ["taxonomy", "places.tsv"];

/// What is looked for: what only this person's data hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Traces {
    /// Bytes, and what they are, in words for an operator.
    sought: BTreeMap<Vec<u8>, &'static str>,
    /// Other ids that have this person's in them.
    longer_ids: Vec<Vec<u8>>,
    id: Vec<u8>,
    /// Texts that are too short or stand in others' data too.
    passed_over: u64,
}

/// What was found in the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Files that were looked through.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Different pieces of bytes that were looked for.
    pub sought: u64,
    /// Texts of the person that were not looked for, since they are very short or stand in others' data too.
    pub passed_over: u64,
    /// Where something is left; empty: nothing is.
    pub left: Vec<Left>,
}

/// A place where something is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The file, inside the data folder.
    pub file: PathBuf,
    /// What it is: "id", "text" or "checksum"; or "unreadable": nobody can say whom it is about.
    pub what: &'static str,
    /// Where in the file, in bytes.
    pub offset: u64,
}

impl Traces {
    /// What is looked for of a person; `stored`: the person's data, where they are still there.
    pub(super) fn of(
        id: &RecordId,
        stored: Option<&Stored<Candidate>>,
        snapshot: &dyn Snapshot,
        folder: &Path,
    ) -> Result<Self, EngineError> {
        let mut traces = Self { id: id.as_str().as_bytes().to_vec(), ..Self::default() };
        let records =
            stored.into_iter().flat_map(|stored| std::iter::once(&stored.record).chain(&stored.delivered));
        for record in records {
            let record = wire::candidate_to_proto(record, wire::View::Full);
            let found = texts(&record).map_err(|error| EngineError::Fault(error.to_string()))?;
            found.iter().for_each(|text| traces.add_text(text));
        }
        traces.sought.remove(&traces.id);
        traces.pass_over_what_others_have(id, snapshot, folder)?;
        for trace in snapshot.traces(id)? {
            traces.sought.insert(trace, "checksum");
        }
        if traces.id.len() < SHORTEST {
            traces.passed_over += 1;
        } else {
            traces.sought.insert(traces.id.clone(), "id");
        }
        Ok(traces)
    }

    fn add_text(&mut self, text: &str) {
        let bytes = text.trim().as_bytes();
        if bytes.len() < SHORTEST {
            self.passed_over += u64::from(!bytes.is_empty());
            return;
        }
        let last = bytes.len().saturating_sub(PIECE);
        for at in [0, last / 2, last] {
            let piece = bytes.get(at..bytes.len().min(at + PIECE)).unwrap_or(bytes);
            self.sought.insert(piece.to_vec(), "text");
        }
    }

    /// Texts that others' data hold too say nothing about this person.
    fn pass_over_what_others_have(
        &mut self,
        own: &RecordId,
        snapshot: &dyn Snapshot,
        folder: &Path,
    ) -> Result<(), EngineError> {
        let pieces: Vec<Vec<u8>> = self.sought.keys().cloned().collect();
        let finder = finder(&pieces)?;
        let mut shared = BTreeSet::new();
        let mut look = |bytes: &[u8]| {
            shared.extend(finder.find_overlapping_iter(bytes).map(|found| found.pattern().as_usize()))
        };
        for kind in RecordKind::ALL {
            for record in snapshot.records(kind, None)? {
                let record = match record {
                    Ok(record) => record,
                    Err(ReadError::Storage(fault)) => return Err(ReadError::from(fault).into()),
                    Err(_) => continue,
                };
                if record.id == *own {
                    continue;
                }
                let id = record.id.as_str().as_bytes();
                if id.len() > self.id.len() && id.windows(self.id.len()).any(|part| part == self.id) {
                    self.longer_ids.push(id.to_vec());
                }
                look(&record.body);
                if let Ok(Some(contact)) = snapshot.contact(&record.id) {
                    look(&contact.body);
                }
            }
        }
        for public in PUBLIC {
            let mut files = Vec::new();
            files_of(&folder.join(public), &mut files).map_err(unreadable)?;
            for file in files {
                look(&fs::read(file).map_err(unreadable)?);
            }
        }
        for piece in shared.into_iter().filter_map(|place| pieces.get(place)) {
            self.sought.remove(piece);
            self.passed_over += 1;
        }
        Ok(())
    }

    /// Looks through every file of a folder.
    ///
    /// # Errors
    /// When a file cannot be read; one that goes meanwhile is gone.
    pub(super) fn look_through(&self, folder: &Path) -> Result<Proof, EngineError> {
        let pieces: Vec<(&Vec<u8>, &'static str)> =
            self.sought.iter().map(|(piece, what)| (piece, *what)).collect();
        let finder = finder(&pieces.iter().map(|(piece, _)| (*piece).clone()).collect::<Vec<_>>())?;
        let mut files = Vec::new();
        files_of(folder, &mut files).map_err(unreadable)?;
        let (sought, passed_over) = (self.sought.len() as u64, self.passed_over);
        let mut proof = Proof { sought, passed_over, ..Proof::default() };
        for path in files {
            match self.look_into(&path, folder, &finder, &pieces, &mut proof) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unreadable(error)),
                _ => {}
            }
        }
        Ok(proof)
    }

    fn look_into(
        &self,
        path: &Path,
        folder: &Path,
        finder: &AhoCorasick,
        pieces: &[(&Vec<u8>, &'static str)],
        proof: &mut Proof,
    ) -> io::Result<()> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        proof.files += 1;
        proof.bytes += length;
        let mut begin = 0;
        let mut window = Vec::new();
        while begin < length {
            let from = begin.saturating_sub(AROUND);
            file.seek(SeekFrom::Start(from))?;
            window.clear();
            file.by_ref().take(begin - from + TOGETHER + AROUND).read_to_end(&mut window)?;
            for found in finder.find_overlapping_iter(&window[..]) {
                let offset = from + found.start() as u64;
                let what = pieces.get(found.pattern().as_usize()).map_or("text", |(_, what)| *what);
                let is_here = (begin..begin + TOGETHER).contains(&offset);
                if !is_here || what == "id" && self.is_part_of_another(&window, found.start()) {
                    continue;
                }
                if proof.left.len() < MOST_TOLD {
                    let file = path.strip_prefix(folder).unwrap_or(path).to_owned();
                    proof.left.push(Left { file, what, offset });
                }
            }
            begin += TOGETHER;
        }
        Ok(())
    }

    /// Whether the id at a place is a part of somebody else's.
    fn is_part_of_another(&self, window: &[u8], at: usize) -> bool {
        self.longer_ids.iter().any(|longer| {
            longer.windows(self.id.len()).enumerate().filter(|(_, part)| **part == self.id[..]).any(
                |(place, _)| {
                    let start = at.checked_sub(place);
                    start.and_then(|start| window.get(start..start + longer.len())) == Some(&longer[..])
                },
            )
        })
    }
}

fn finder(pieces: &[Vec<u8>]) -> Result<AhoCorasick, EngineError> {
    AhoCorasick::new(pieces).map_err(|error| EngineError::Fault(error.to_string()))
}

fn unreadable(error: io::Error) -> EngineError {
    EngineError::Fault(format!("a file of the data folder cannot be read: {error}"))
}

/// Every file in a folder and the folders in it, or the file itself; none where there is nothing.
fn files_of(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            let entries = match fs::read_dir(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                entries => entries?,
            };
            for entry in entries {
                files_of(&entry?.path(), files)?;
            }
        }
        Ok(_) => files.push(path.to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(())
}
