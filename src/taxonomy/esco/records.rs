//! Records of a CSV file in bounded memory, each with the line on which it begins.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read, Take};

/// Most bytes of a record: the longest one of ESCO has 25 kB.
const RECORD_BYTES: usize = 1 << 20;
/// Most fields of a record: ESCO has 14.
const RECORD_FIELDS: usize = 256;
/// Bytes at the beginning of a file that are looked at before anything is read.
const HEAD_BYTES: u64 = 1 << 16;
/// Most bytes of a file: the longest one of ESCO has 40 MB.
const FILE_BYTES: u64 = 1 << 30;

const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// What stands next in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A record, which [`Records::field`] gives field by field.
    Record,
    /// A record with more bytes or fields than any has; it is passed over.
    TooLong,
    /// A record that is no UTF-8.
    NotUtf8,
    /// The file ends in the middle of a line or of a quoted field.
    CutOff,
    /// The file has more bytes than any has; the rest is not read.
    FileTooLong,
    /// Nothing.
    End,
}

/// Reads the records of a file one after the other.
pub(super) struct Records<R: Read> {
    input: BufReader<Chain<Cursor<Vec<u8>>, Take<R>>>,
    parser: csv_core::Reader,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    read: u64,
    /// Line of what was read last, and of what comes next.
    line: u64,
    next_line: u64,
}

impl<R: Read> Records<R> {
    /// Begins to read; `None` when the file begins as a text of 16-bit characters does.
    pub(super) fn new(mut input: R) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        (&mut input).take(HEAD_BYTES).read_to_end(&mut head)?;
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Ok(None);
        }
        if head.starts_with(&BYTE_ORDER_MARK) {
            head.drain(..BYTE_ORDER_MARK.len());
        }
        let mut parser = csv_core::ReaderBuilder::new();
        parser.delimiter(between_fields(&head));
        Ok(Some(Self {
            input: BufReader::with_capacity(1 << 16, Cursor::new(head).chain(input.take(FILE_BYTES))),
            parser: parser.build(),
            bytes: vec![0; RECORD_BYTES],
            ends: vec![0; RECORD_FIELDS],
            fields: 0,
            read: 0,
            line: 1,
            next_line: 1,
        }))
    }

    /// The line on which the record begins that was read last, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many fields the record has.
    pub(super) fn len(&self) -> usize {
        self.fields
    }

    /// A field of the record; empty where there is none.
    pub(super) fn field(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).copied().unwrap_or(0);
        let from = if at == 0 { 0 } else { end(at - 1) };
        let bytes = if at < self.fields { self.bytes.get(from..end(at)) } else { None };
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Reads the next record.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        self.fields = 0;
        self.skip_empty_lines()?;
        self.line = self.next_line;
        let (mut filled, mut ended) = (0, 0);
        let (mut too_long, mut quoted, mut last) = (false, false, None);
        loop {
            let input = self.input.fill_buf()?;
            let at_end = input.is_empty();
            if at_end && last.is_none() {
                return Ok(if self.read >= FILE_BYTES { Next::FileTooLong } else { Next::End });
            }
            let (result, taken, written, fields) =
                self.parser.read_record(input, &mut self.bytes[filled..], &mut self.ends[ended..]);
            for byte in &input[..taken] {
                self.next_line += u64::from(*byte == b'\n');
                quoted ^= *byte == b'"';
                last = Some(*byte);
            }
            self.input.consume(taken);
            self.read += taken as u64;
            filled += written;
            ended += fields;
            match result {
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::OutputFull | csv_core::ReadRecordResult::OutputEndsFull => {
                    // What was read of it is given up, so that the rest has room.
                    too_long = true;
                    (filled, ended) = (0, 0);
                }
                csv_core::ReadRecordResult::Record | csv_core::ReadRecordResult::End => {
                    if self.read >= FILE_BYTES {
                        return Ok(Next::FileTooLong);
                    }
                    let ends_well = matches!(last, Some(b'\n' | b'\r'));
                    if at_end && (quoted || !ends_well) {
                        return Ok(Next::CutOff);
                    }
                    if too_long {
                        return Ok(Next::TooLong);
                    }
                    if !fields_are_utf8(&self.bytes, &self.ends[..ended]) {
                        return Ok(Next::NotUtf8);
                    }
                    self.fields = ended;
                    return Ok(Next::Record);
                }
            }
        }
    }

    fn skip_empty_lines(&mut self) -> io::Result<()> {
        loop {
            let input = self.input.fill_buf()?;
            let empty = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if empty == 0 {
                return Ok(());
            }
            self.next_line += input[..empty].iter().filter(|byte| **byte == b'\n').count() as u64;
            self.input.consume(empty);
            self.read += empty as u64;
        }
    }
}

/// The sign between the fields: spreadsheets in Dutch write a semicolon.
fn between_fields(start: &[u8]) -> u8 {
    let header = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if header.contains(&b';') && !header.contains(&b',') { b';' } else { b',' }
}

fn fields_are_utf8(bytes: &[u8], ends: &[usize]) -> bool {
    let mut from = 0;
    ends.iter().all(|end| {
        let valid = bytes.get(from..*end).is_some_and(|field| std::str::from_utf8(field).is_ok());
        from = *end;
        valid
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything in a file: what stands next, its line, its fields.
    fn all(bytes: &[u8]) -> Vec<(Next, u64, Vec<String>)> {
        let mut records = Records::new(bytes).unwrap().unwrap();
        let mut all = Vec::new();
        loop {
            let next = records.next().unwrap();
            if next == Next::End {
                return all;
            }
            let fields = (0..records.len()).map(|at| records.field(at).to_owned()).collect();
            all.push((next, records.line(), fields));
            if matches!(next, Next::CutOff | Next::FileTooLong) {
                return all;
            }
        }
    }

    fn record(line: u64, fields: &[&str]) -> (Next, u64, Vec<String>) {
        (Next::Record, line, fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn records_know_their_lines_whatever_ends_a_line() {
        let unix = "a,b\n\"1\n2\",\"say \"\"x\"\"\"\n\n,\n";
        let expected = [record(1, &["a", "b"]), record(2, &["1\n2", "say \"x\""]), record(5, &["", ""])];
        assert_eq!(all(unix.as_bytes()), expected);
        assert_eq!(all(format!("\u{feff}{unix}").as_bytes()), expected);
        let windows = all("a,b\r\n1,2\r\n\r\n3,4\r\n".as_bytes());
        assert_eq!(windows, [record(1, &["a", "b"]), record(2, &["1", "2"]), record(4, &["3", "4"])]);
        assert_eq!(all(b"code;uri\n1,2;x\n"), [record(1, &["code", "uri"]), record(2, &["1,2", "x"])]);
        assert_eq!(all(b""), []);
        assert_eq!(all(b"\n\n"), []);
    }

    #[test]
    fn a_cut_in_a_line_or_in_quotes_is_seen() {
        assert_eq!(all(b"a,b\n1,").last().unwrap().0, Next::CutOff);
        assert_eq!(all(b"a,b\n1,\"x\n").last().unwrap(), &(Next::CutOff, 2, Vec::new()));
        assert_eq!(all(b"a,b\n1,\"x\ny\"").last().unwrap().0, Next::CutOff);
        assert_eq!(all(b"\"").last().unwrap().0, Next::CutOff);
    }

    #[test]
    fn what_is_no_utf8_is_told_and_the_rest_is_read() {
        let found = all(b"a\n\xe9\nc\n");
        assert_eq!(found, [record(1, &["a"]), (Next::NotUtf8, 2, Vec::new()), record(3, &["c"])]);
        assert!(Records::new(&b"\xff\xfea\0"[..]).unwrap().is_none());
    }

    #[test]
    fn a_field_without_end_takes_no_memory_and_the_rest_is_read() {
        let long = io::repeat(b'x').take(5 << 20);
        let file = (&b"a,b\n1,"[..]).chain(long).chain(&b"\n2,3\n"[..]);
        let mut records = Records::new(file).unwrap().unwrap();
        let mut seen = Vec::new();
        while seen.last() != Some(&(Next::End, 4)) {
            let next = records.next().unwrap();
            seen.push((next, records.line()));
        }
        assert_eq!(seen, [(Next::Record, 1), (Next::TooLong, 2), (Next::Record, 3), (Next::End, 4)]);
        assert_eq!(records.bytes.len(), RECORD_BYTES);
        let many = all(format!("a\n{}\nb\n", ",".repeat(1_000)).as_bytes());
        assert_eq!(many[1], (Next::TooLong, 2, Vec::new()));
    }
}
