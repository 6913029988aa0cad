//! Cutting a stream of bytes into records, whatever the size of the pieces in which it comes.

use super::scanner::{LineStart, Step, ValueScanner};
use crate::exchange::{Refusal, RefusalReason};

/// Bytes of a piece that is no object that are kept, to tell what it is.
const JUNK_BYTES: usize = 64;

/// A piece of the file that is, or should be, a record.
#[derive(Debug)]
pub(super) struct Piece {
    /// Line on which it begins.
    pub(super) line: u64,
    /// Its bytes, or why it is refused.
    pub(super) content: Result<Vec<u8>, Refusal>,
}

/// How a file ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Between records, everything closed.
    Whole,
    /// Inside a record that began on this line.
    InsideRecord { line: u64 },
    /// Inside a list.
    InsideList,
    /// Nothing but white space was there.
    Empty,
}

/// Follows a file: a list of records, single records, a record on each line, and these one after the other.
#[derive(Debug)]
pub(super) struct Cutter {
    line: u64,
    /// The blanks so far on the line at hand; `None` behind its first other byte.
    indent: Option<usize>,
    place: Place,
    open: Open,
    seen_anything: bool,
    begins_with_junk: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Top,
    List,
}

#[derive(Debug)]
enum Open {
    Nothing,
    Value { scanner: ValueScanner, line: u64 },
    Junk { junk: Junk, line: u64 },
}

#[derive(Debug, Default)]
struct Junk {
    bytes: Vec<u8>,
    in_string: bool,
}

impl Cutter {
    pub(super) fn new() -> Self {
        Self {
            line: 1,
            indent: Some(0),
            place: Place::Top,
            open: Open::Nothing,
            seen_anything: false,
            begins_with_junk: false,
        }
    }

    /// The line at hand.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Whether the first thing in the file is neither an object nor a list.
    pub(super) fn begins_with_junk(&self) -> bool {
        self.begins_with_junk
    }

    /// Takes bytes until a piece is complete; says how many were taken.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> (usize, Option<Piece>) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match &mut self.open {
                Open::Nothing => {
                    self.between(byte);
                    // The first byte of a piece is taken by the piece itself.
                    at += usize::from(matches!(self.open, Open::Nothing));
                }
                Open::Value { scanner, .. } => {
                    let plain = scanner.skip_plain(&bytes[at..]);
                    at += plain;
                    if plain > 0 {
                        continue;
                    }
                    match scanner.step(byte) {
                        Step::Inside => at += 1,
                        Step::Last => return (at + 1, self.close()),
                        Step::EndedBefore => return (at, self.close()),
                    }
                }
                Open::Junk { junk, .. } => {
                    if junk.ends_before(byte, self.place) {
                        return (at, self.close());
                    }
                    junk.take(byte);
                    at += 1;
                }
            }
        }
        (at, None)
    }

    /// Says how the file ended, with the piece that was open.
    pub(super) fn end(&mut self) -> (Option<Piece>, End) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Value { line, .. } => {
                let content = Err(Refusal::new(RefusalReason::CutOff));
                (Some(Piece { line, content }), End::InsideRecord { line })
            }
            Open::Junk { junk, line } => {
                let end = self.end_between();
                (Some(Piece { line, content: Err(junk.refusal()) }), end)
            }
            Open::Nothing => (None, self.end_between()),
        }
    }

    fn end_between(&self) -> End {
        match self.place {
            Place::List => End::InsideList,
            Place::Top if self.seen_anything => End::Whole,
            Place::Top => End::Empty,
        }
    }

    /// Takes a byte between two records.
    fn between(&mut self, byte: u8) {
        match byte {
            b'\n' => {
                self.line += 1;
                self.indent = Some(0);
                return;
            }
            b' ' | b'\t' => {
                self.indent = self.indent.map(|width| width + 1);
                return;
            }
            b'\r' => return,
            // The byte order mark that some editors put before UTF-8.
            0xef | 0xbb | 0xbf if !self.seen_anything => return,
            _ => {}
        }
        let first = !std::mem::replace(&mut self.seen_anything, true);
        let start = self.indent.map_or(LineStart::Behind, LineStart::Alone);
        match (byte, self.place) {
            (b'{', _) | (b'[', Place::List) => {
                self.open = Open::Value { scanner: ValueScanner::new(start), line: self.line };
            }
            (b'[', Place::Top) => self.place = Place::List,
            (b']', Place::List) => self.place = Place::Top,
            // The separator of JSON text sequences (RFC 7464).
            (b',', _) | (0x1e, Place::Top) => {}
            _ => {
                self.begins_with_junk = first;
                self.open = Open::Junk { junk: Junk::default(), line: self.line };
            }
        }
        self.indent = None;
    }

    fn close(&mut self) -> Option<Piece> {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => None,
            Open::Value { scanner, line } => {
                self.line += scanner.lines();
                self.indent = scanner.indent();
                Some(Piece { line, content: scanner.finish() })
            }
            Open::Junk { junk, line } => Some(Piece { line, content: Err(junk.refusal()) }),
        }
    }
}

impl Junk {
    fn ends_before(&self, byte: u8, place: Place) -> bool {
        match (byte, place) {
            (b'\n', _) => true,
            (b',' | b']' | b'{', Place::List) => !self.in_string,
            _ => false,
        }
    }

    fn take(&mut self, byte: u8) {
        if byte == b'"' {
            self.in_string = !self.in_string;
        }
        if self.bytes.len() <= JUNK_BYTES {
            self.bytes.push(byte);
        }
    }

    /// A number or a text is JSON but no record.
    fn refusal(&self) -> Refusal {
        let whole = self.bytes.len() <= JUNK_BYTES;
        if whole && serde_json::from_slice::<serde::de::IgnoredAny>(&self.bytes).is_ok() {
            return Refusal::new(RefusalReason::NotAnObject);
        }
        Refusal::new(RefusalReason::NotJson)
    }
}
