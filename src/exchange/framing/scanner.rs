//! One value of JSON text, followed byte by byte without recursion: where it ends, and what is wrong with it.

use crate::exchange::{RECORD_BYTES, RECORD_DEPTH, Refusal, RefusalReason};

/// Deepest nesting whose brackets are told apart; deeper ones are only counted.
const BRACKETS: usize = 128;

/// Where on its line a value begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineStart {
    /// Behind so many blanks, with nothing else before it.
    Alone(usize),
    /// Behind something else.
    Behind,
}

/// What a byte means for the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value goes on behind it.
    Inside,
    /// The value ends with it.
    Last,
    /// The value is damaged and has ended before it: the byte belongs to what follows.
    EndedBefore,
}

/// Follows one object or list from its first byte to its last.
#[derive(Debug)]
pub(super) struct ValueScanner {
    bytes: Vec<u8>,
    /// Bytes of the value, also those that are no longer kept.
    length: usize,
    /// One bit for each open bracket, the innermost lowest: 1 is a brace.
    open: u128,
    depth: usize,
    deepest: usize,
    in_string: bool,
    escaped: bool,
    /// The last byte outside strings that is no white space.
    before: u8,
    start: LineStart,
    /// The blanks so far on the line at hand; `None` behind its first other byte, and on the first line.
    indent: Option<usize>,
    lines: u64,
    malformed: bool,
}

impl ValueScanner {
    /// Begins a value; its first byte, `{` or `[`, is the first to be given to [`ValueScanner::step`].
    pub(super) fn new(start: LineStart) -> Self {
        Self {
            bytes: Vec::new(),
            length: 0,
            open: 0,
            depth: 0,
            deepest: 0,
            in_string: false,
            escaped: false,
            before: 0,
            start,
            indent: None,
            lines: 0,
            malformed: false,
        }
    }

    /// Takes the bytes that only lengthen a text or a blank, and says how many: most bytes of a record are such.
    pub(super) fn skip_plain(&mut self, bytes: &[u8]) -> usize {
        if !self.in_string {
            return self.skip_blanks(bytes);
        }
        if self.escaped || self.indent.is_some() {
            return 0;
        }
        let plain = bytes.iter().position(|b| matches!(b, b'"' | b'\\' | b'\n')).unwrap_or(bytes.len());
        self.keep(&bytes[..plain]);
        plain
    }

    fn skip_blanks(&mut self, bytes: &[u8]) -> usize {
        let blanks = bytes.iter().take_while(|b| **b == b' ').count();
        self.keep(&bytes[..blanks]);
        self.indent = self.indent.map(|width| width + blanks);
        blanks
    }

    /// Takes the next byte.
    pub(super) fn step(&mut self, byte: u8) -> Step {
        if self.ends_before(byte) {
            self.malformed = true;
            return Step::EndedBefore;
        }
        self.keep(&[byte]);
        let at_own_place = self.at_own_place();
        if self.in_string {
            self.step_in_string(byte);
        } else {
            self.step_outside(byte);
        }
        self.follow_lines(byte);
        // In a damaged value the brackets may not pair; the brace below its first one closes it all the same.
        let closes = self.malformed && byte == b'}' && at_own_place;
        if self.depth == 0 || closes { Step::Last } else { Step::Inside }
    }

    /// Line breaks inside the value.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// The blanks before the byte at hand, where nothing else stands before it on its line.
    pub(super) fn indent(&self) -> Option<usize> {
        self.indent
    }

    /// The bytes of the value, or why they are refused.
    pub(super) fn finish(self) -> Result<Vec<u8>, Refusal> {
        if self.length > RECORD_BYTES {
            return Err(Refusal::new(RefusalReason::TooLarge));
        }
        if self.deepest > RECORD_DEPTH {
            return Err(Refusal::new(RefusalReason::TooDeep));
        }
        if std::str::from_utf8(&self.bytes).is_err() {
            return Err(Refusal::new(RefusalReason::InvalidUtf8));
        }
        if self.malformed {
            return Err(Refusal::new(RefusalReason::NotJson).because(
                "er staat een regeleinde in een tekst, of de haken kloppen niet",
                "there is a line break in a text, or the brackets do not pair",
            ));
        }
        Ok(self.bytes)
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.length += bytes.len();
        if self.length <= RECORD_BYTES {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.bytes = Vec::new();
        }
    }

    fn step_in_string(&mut self, byte: u8) {
        match byte {
            // JSON has no line break inside a text: it is damaged, or its end is missing.
            b'\n' => {
                self.malformed = true;
                self.escaped = false;
            }
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => {
                self.in_string = false;
                self.before = b'"';
            }
            _ => {}
        }
    }

    fn step_outside(&mut self, byte: u8) {
        match byte {
            b'"' => self.in_string = true,
            b'{' => self.push(1),
            b'[' => self.push(0),
            b'}' => self.pop(1),
            b']' => self.pop(0),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            self.before = byte;
        }
    }

    fn push(&mut self, bracket: u128) {
        self.open = (self.open << 1) | bracket;
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
    }

    fn pop(&mut self, bracket: u128) {
        if self.deepest <= BRACKETS && self.open & 1 != bracket {
            self.malformed = true;
        }
        self.open >>= 1;
        self.depth = self.depth.saturating_sub(1);
    }

    fn follow_lines(&mut self, byte: u8) {
        match (byte, self.indent) {
            (b'\n', _) => {
                self.lines += 1;
                self.indent = Some(0);
            }
            (b' ' | b'\t', Some(width)) => self.indent = Some(width + 1),
            _ => self.indent = None,
        }
    }

    /// On a later line, as far to the right as the value began on its own.
    fn at_own_place(&self) -> bool {
        matches!((self.start, self.indent), (LineStart::Alone(own), Some(here)) if own == here)
    }

    /// Whether a damaged value has ended, so that the records behind it can still be read: a record of one line ends
    /// with its line, one of many lines where another begins as far to the right as it did itself.
    fn ends_before(&self, byte: u8) -> bool {
        match byte {
            b'\n' => {
                let one_line = self.lines == 0 && matches!(self.start, LineStart::Alone(_));
                one_line && (self.malformed || self.in_string)
            }
            b'{' => self.at_own_place() && (self.malformed || !self.value_can_begin()),
            _ => false,
        }
    }

    fn value_can_begin(&self) -> bool {
        let in_object = self.open & 1 == 1;
        if in_object { self.before == b':' } else { matches!(self.before, b'[' | b',') }
    }
}
