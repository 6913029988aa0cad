//! Whole, damaged and hostile files.

use super::*;
use crate::exchange::RECORD_BYTES;
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use std::io::Write;

/// The records as `number@line id` or `number@line REASON`, and the problem of the file.
fn read(bytes: &[u8]) -> (Vec<String>, Option<FileProblem>) {
    let mut seen = Vec::new();
    for item in Frames::new(bytes).unwrap() {
        match item {
            Ok(frame) => seen.push(format!("{}@{} {}", frame.number, frame.line, outcome(&frame))),
            Err(problem) => return (seen, Some(problem)),
        }
    }
    (seen, None)
}

fn outcome(frame: &Frame) -> String {
    match &frame.content {
        Ok(record) => record.id.clone().unwrap_or_else(|| format!("{:?}", record.kind)),
        Err(refusal) => refusal.reason.name(),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn ids(text: &str) -> Vec<String> {
    let (seen, problem) = read(text.as_bytes());
    assert_eq!(problem, None, "{text}");
    seen
}

const A: &str = r#"{"idWerkzoekende": "a"}"#;
const B: &str = r#"{"idVacature": "b"}"#;

#[test]
fn lists_single_objects_and_lines_are_read_also_one_after_the_other() {
    assert_eq!(ids(&format!("[{A}, {B}]")), ["1@1 a", "2@1 b"]);
    assert_eq!(ids(A), ["1@1 a"]);
    assert_eq!(ids(&format!("{A}\n{B}\r\n")), ["1@1 a", "2@2 b"]);
    assert_eq!(ids(&format!("\u{feff}[\n{A}]\n[]{B}[{A}]")), ["1@2 a", "2@3 b", "3@3 a"]);
    assert_eq!(ids("[]"), Vec::<String>::new());
    assert_eq!(ids(r#"{"idVacature": "[}\"{\\"}"#), [r#"1@1 [}"{\"#]);
}

#[test]
fn gzip_is_recognised_by_its_first_bytes_also_when_it_has_several_members() {
    let mut twice = gzip(A.as_bytes());
    twice.extend(gzip(B.as_bytes()));
    assert_eq!(read(&twice), (vec!["1@1 a".to_owned(), "2@1 b".to_owned()], None));
}

#[test]
fn a_truncated_file_gives_all_whole_records_and_says_where_it_ends() {
    let text = format!("[\n{A},\n{B},\n  {{\"idVacature\": \"c");
    let (seen, problem) = read(text.as_bytes());
    assert_eq!(seen, ["1@2 a", "2@3 b", "3@4 CUT_OFF"]);
    assert_eq!(problem, Some(FileProblem::EndsInside { record: 3, line: 4 }));
    let (seen, problem) = read(format!("[{A},").as_bytes());
    assert_eq!((seen.len(), problem), (1, Some(FileProblem::ListNotClosed { line: 1 })));
}

#[test]
fn damaged_gzip_gives_what_was_whole_and_a_clear_problem() {
    let text: String = (0..5_000).map(|n| format!("{{\"idVacature\": \"v{}\"}}\n", n * 7_919)).collect();
    let whole = gzip(text.as_bytes());
    let (seen, problem) = read(&whole[..whole.len() / 2]);
    let taken = seen.iter().filter(|s| !s.ends_with("CUT_OFF")).count();
    assert!(taken > 100 && taken < 5_000, "{taken}");
    assert!(matches!(problem, Some(FileProblem::Gzip { .. })), "{problem:?}");
    let mut corrupt = whole.clone();
    let middle = corrupt.len() / 2;
    corrupt[middle..middle + 64].fill(0xff);
    assert!(matches!(read(&corrupt).1, Some(FileProblem::Gzip { .. })));
}

#[test]
fn what_is_no_json_is_said_once_and_nothing_is_taken() {
    assert_eq!(read(b"id;naam\n1;Jansen\n"), (vec![], Some(FileProblem::NoJson { line: 1 })));
    assert_eq!(read(b""), (vec![], Some(FileProblem::Empty)));
    assert_eq!(read(b" \n\n"), (vec![], Some(FileProblem::Empty)));
    assert_eq!(read(&[0xff, 0xfe, b'[', 0]), (vec![], Some(FileProblem::NoJson { line: 1 })));
}

#[test]
fn a_damaged_line_is_refused_alone() {
    let damaged = [
        r#"{"idVacature": "x"#,
        r#"{"idVacature": "x}"#,
        r#"{"idVacature": {"x": 1}"#,
        r#"{"idVacature": ["x"}"#,
        "geen json",
        "7",
    ];
    for line in damaged {
        let (seen, problem) = read(format!("{A}\n{line}\n{B}\n").as_bytes());
        assert_eq!(problem, None, "{line}");
        assert_eq!((&*seen[0], &*seen[2]), ("1@1 a", "3@3 b"), "{line}: {seen:?}");
        let refused = ["2@2 NOT_JSON", "2@2 NOT_AN_OBJECT"].contains(&&*seen[1]);
        assert!(refused, "{line}: {seen:?}");
    }
}

#[test]
fn a_damaged_record_of_a_written_out_list_is_refused_alone() {
    let record = |body: &str| format!("  {{\n    {body}\n  }}");
    for damaged in [
        "\"idVacature\": \"x",
        "\"idVacature\": \"x\ny\"",
        "\"idVacature\": [\"x\"",
        "\"idVacature\": {\"x\": 1",
        "\"idVacature\": \"x\"]",
    ] {
        let (first, third) = (record("\"idVacature\": \"a\""), record("\"idVacature\": \"c\""));
        let text = format!("[\n{first},\n{},\n{third}\n]\n", record(damaged));
        let (seen, _) = read(text.as_bytes());
        assert_eq!(seen[0], "1@2 a");
        assert_eq!(seen[1], "2@5 NOT_JSON", "{damaged}: {seen:?}");
        assert!(seen.last().unwrap().ends_with(" c"), "{damaged}: {seen:?}");
    }
}

#[test]
fn invalid_utf8_refuses_its_record_only() {
    let mut bytes = format!("[{A},{{\"idVacature\": \"").into_bytes();
    bytes.extend([0xc3, 0x28]);
    bytes.extend(format!("\"}},{B}]").into_bytes());
    assert_eq!(read(&bytes).0, ["1@1 a", "2@1 INVALID_UTF8", "3@1 b"]);
}

#[test]
fn too_large_and_too_deep_records_are_skipped_and_reading_goes_on() {
    let large = format!("{{\"idVacature\": \"{}\"}}", "x".repeat(RECORD_BYTES));
    assert_eq!(ids(&format!("[{A},{large},{B}]")), ["1@1 a", "2@1 TOO_LARGE", "3@1 b"]);
    for depth in [65, 100, 300, 100_000] {
        let deep = format!("{{\"x\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(ids(&format!("{A}\n{deep}\n{B}")), ["1@1 a", "2@2 TOO_DEEP", "3@3 b"], "{depth}");
    }
    let (seen, problem) = read(&vec![b'['; 10_000_000]);
    assert_eq!(seen, ["1@1 CUT_OFF"]);
    assert_eq!(problem, Some(FileProblem::EndsInside { record: 1, line: 1 }));
}

#[test]
fn the_earlier_of_two_records_with_one_kind_and_id_is_superseded() {
    let same_id = r#"{"idVacature": "a"}"#;
    let own = r#"{"candidate": {"id": "a"}}"#;
    let text = format!("[{A},{same_id},{A},{own},{A}]");
    let superseded = Frames::new(text.as_bytes()).unwrap().superseded();
    assert_eq!(superseded, HashMap::from([(1, 3), (3, 5)]));
}

#[test]
fn ten_megabytes_of_random_bytes_are_no_json() {
    // A fixed sequence (xorshift), behind beginnings that look like JSON.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = Vec::with_capacity(10_000_000);
    while random.len() < 10_000_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        random.extend_from_slice(&state.to_le_bytes());
    }
    for begin in ["", "{", "[", "[{\"", "{\"a\":1}\n"] {
        let mut bytes = begin.as_bytes().to_vec();
        bytes.extend_from_slice(&random);
        let mut taken = 0;
        let mut problem = None;
        for item in Frames::new(bytes.as_slice()).unwrap() {
            match item {
                Ok(frame) => taken += usize::from(frame.content.is_ok_and(|r| r.id.is_some())),
                Err(found) => problem = Some(found),
            }
        }
        assert_eq!(taken, 0, "{begin}");
        assert!(problem.is_some() || begin.ends_with('\n'), "{begin}");
    }
}

/// A source that gives a few bytes at a time.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.1.min(self.0.len()).min(buffer.len());
        buffer[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => Just(A.to_owned()),
        4 => Just(B.to_owned()),
        4 => Just("{\n  \"idVacature\": \"c\",\n  \"x\": [{}, {\n}]\n}".to_owned()),
        2 => Just("\n".to_owned()),
        2 => Just(",".to_owned()),
        1 => Just("[".to_owned()),
        1 => Just("]".to_owned()),
        1 => Just("{".to_owned()),
        1 => Just("}".to_owned()),
        1 => Just("\"".to_owned()),
        1 => Just("\\".to_owned()),
        1 => "[ -~]{0,6}",
    ];
    let text = prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![3 => text, 1 => prop::collection::vec(any::<u8>(), 0..300)]
}

proptest! {
    #[test]
    fn records_are_cut_the_same_whatever_the_size_of_the_pieces(bytes in file(), size in 1usize..9) {
        let whole: Vec<_> = Frames::new(bytes.as_slice()).unwrap().collect();
        let bit_by_bit: Vec<_> = Frames::new(Trickle(&bytes, size)).unwrap().collect();
        prop_assert_eq!(&whole, &bit_by_bit);
        // Every piece has the next number, and a problem comes last.
        for (at, item) in whole.iter().enumerate() {
            match item {
                Ok(frame) => prop_assert_eq!(frame.number, at as u64 + 1),
                Err(_) => prop_assert_eq!(at, whole.len() - 1),
            }
        }
    }

    #[test]
    fn whole_records_are_all_found_however_they_are_laid_out(
        records in prop::collection::vec("[a-z\\[\\]{}]{1,8}", 0..12), layout in 0usize..4
    ) {
        let objects: Vec<_> = records
            .iter()
            .map(|id| serde_json::json!({ "idVacature": id, "x": [{ "y": "a\"\\b" }] }))
            .collect();
        let text = match layout {
            0 => serde_json::to_string(&objects).unwrap(),
            1 => serde_json::to_string_pretty(&objects).unwrap(),
            2 => objects.iter().map(|o| format!("{o}\n")).collect(),
            _ => objects.iter().map(|o| serde_json::to_string_pretty(o).unwrap()).collect(),
        };
        let found: Vec<_> = Frames::new(text.as_bytes())
            .unwrap()
            .flatten()
            .filter_map(|frame| frame.content.unwrap().id)
            .collect();
        prop_assert_eq!(found, records);
    }
}
