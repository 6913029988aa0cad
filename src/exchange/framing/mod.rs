//! Cutting a file into records, one by one and in constant memory.
//!
//! A file may hold a list of records, a single record, a record on each line, or several of these one after the
//! other; it may be compressed with gzip. A record that is damaged, too large or too deep is refused alone: where the
//! structure of the list or of the lines allows it, reading goes on with the next one.

mod cutter;
mod problem;
mod scanner;

pub use problem::FileProblem;

use super::{RecordKind, Refusal, kind::RecordHead};
use cutter::{Cutter, End, Piece};
use flate2::read::MultiGzDecoder;
use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, Cursor, ErrorKind, Read},
};

/// How many pieces without any JSON at the beginning make a file "no JSON": nobody reads a longer list of refusals.
const PIECES_WITHOUT_JSON: u64 = 100;
const BUFFER_BYTES: usize = 64 * 1024;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A record of a file, or a piece that should have been one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its number in the file, from 1.
    pub number: u64,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The record, or why nothing can be taken of it.
    pub content: Result<RawRecord, Refusal>,
}

/// The bytes of one record, not yet parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    /// What it is, by its shape.
    pub kind: RecordKind,
    /// Its id as it stands there, where it has one.
    pub id: Option<String>,
    /// The bytes: valid UTF-8, at most [`super::RECORD_BYTES`], at most [`super::RECORD_DEPTH`] deep.
    pub bytes: Vec<u8>,
}

/// The records of a file, in their order. After an error there is nothing more.
pub struct Frames<'a> {
    input: Box<dyn BufRead + 'a>,
    compressed: bool,
    cutter: Cutter,
    number: u64,
    any_json: bool,
    problem: Option<FileProblem>,
    ended: bool,
}

impl<'a> Frames<'a> {
    /// Reads records from a file or another source; gzip is recognised by its first bytes.
    ///
    /// # Errors
    /// When the source cannot be read at all.
    pub fn new(mut source: impl Read + 'a) -> io::Result<Self> {
        let mut magic = Vec::new();
        source.by_ref().take(GZIP_MAGIC.len() as u64).read_to_end(&mut magic)?;
        let compressed = magic == GZIP_MAGIC;
        let whole = Cursor::new(magic).chain(source);
        let input: Box<dyn BufRead + 'a> = if compressed {
            Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(whole)))
        } else {
            Box::new(BufReader::with_capacity(BUFFER_BYTES, whole))
        };
        Ok(Self {
            input,
            compressed,
            cutter: Cutter::new(),
            number: 0,
            any_json: false,
            problem: None,
            ended: false,
        })
    }

    /// Which records are superseded by a later one with the same kind and id, and by which: number of the one to number
    /// of the other. Reads to the end; needs memory for the ids only.
    pub fn superseded(self) -> HashMap<u64, u64> {
        let mut last: HashMap<(RecordKind, String), u64> = HashMap::new();
        let mut superseded = HashMap::new();
        for frame in self.flatten() {
            let Ok(RawRecord { kind, id: Some(id), .. }) = frame.content else { continue };
            if kind == RecordKind::Unknown {
                continue;
            }
            if let Some(earlier) = last.insert((kind, id), frame.number) {
                superseded.insert(earlier, frame.number);
            }
        }
        superseded
    }

    fn next_piece(&mut self) -> Result<Option<Piece>, FileProblem> {
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.problem = Some(self.unreadable(&error));
                    return Ok(self.cutter.end().0);
                }
            };
            if chunk.is_empty() {
                return Ok(self.end_of_file());
            }
            let (taken, piece) = self.cutter.advance(chunk);
            self.input.consume(taken);
            if self.cutter.begins_with_junk() {
                return Err(FileProblem::NoJson { line: self.cutter.line() });
            }
            if piece.is_some() {
                return Ok(piece);
            }
        }
    }

    fn end_of_file(&mut self) -> Option<Piece> {
        let (piece, end) = self.cutter.end();
        let line = self.cutter.line();
        self.problem = match end {
            End::Whole => None,
            End::Empty => Some(FileProblem::Empty),
            End::InsideList => Some(FileProblem::ListNotClosed { line }),
            End::InsideRecord { line } => Some(FileProblem::EndsInside { record: self.number + 1, line }),
        };
        self.ended = true;
        piece
    }

    fn unreadable(&self, error: &io::Error) -> FileProblem {
        let records = self.number;
        let damaged = matches!(
            error.kind(),
            ErrorKind::UnexpectedEof | ErrorKind::InvalidInput | ErrorKind::InvalidData
        );
        if self.compressed && damaged {
            return FileProblem::Gzip { records };
        }
        FileProblem::Unreadable { records, message: error.to_string() }
    }

    fn frame(&mut self, piece: Piece) -> Frame {
        self.number += 1;
        let content = piece.content.map(|bytes| {
            let head = RecordHead::of(&bytes);
            RawRecord { kind: head.kind, id: head.id, bytes }
        });
        self.any_json |= content.as_ref().is_ok_and(is_json);
        Frame { number: self.number, line: piece.line, content }
    }

    fn stop(&mut self, problem: FileProblem) -> Option<Result<Frame, FileProblem>> {
        self.ended = true;
        Some(Err(problem))
    }
}

fn is_json(record: &RawRecord) -> bool {
    record.kind != RecordKind::Unknown
        || serde_json::from_slice::<serde::de::IgnoredAny>(&record.bytes).is_ok()
}

impl Iterator for Frames<'_> {
    type Item = Result<Frame, FileProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(problem) = self.problem.take() {
            return self.stop(problem);
        }
        if self.ended {
            return None;
        }
        if !self.any_json && self.number >= PIECES_WITHOUT_JSON {
            return self.stop(FileProblem::NoJson { line: self.cutter.line() });
        }
        match self.next_piece() {
            Err(problem) => self.stop(problem),
            Ok(Some(piece)) => Some(Ok(self.frame(piece))),
            Ok(None) => {
                self.ended = true;
                let problem = self.problem.take()?;
                Some(Err(problem))
            }
        }
    }
}

#[cfg(test)]
mod tests;
