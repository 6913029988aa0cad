//! Whole files through the real program: what is taken, what is refused, and what the report says.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reports by panics and prints"
)]

use passend::exchange::framing::{FileProblem, Frames};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// A data folder, and files beside it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// What the program prints about a file. The file is named as it is given, so that the text is the same everywhere.
    fn import(&self, file: &str, bytes: &[u8], form: [&str; 2]) -> String {
        std::fs::write(self.0.path().join(file), bytes).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_passend"))
            .current_dir(self.0.path())
            .args(["import", file, "--data", "data", "--delivered-on", "2026-11-22"])
            .args(form)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked"), "{said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn report(&self, file: &str, bytes: &[u8]) -> Value {
        serde_json::from_str(&self.import(file, bytes, JSON)).unwrap()
    }
}

const JSON: [&str; 2] = ["--format", "json"];
const DUTCH: [&str; 2] = ["--language", "nl"];
const ENGLISH: [&str; 2] = ["--language", "en"];

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vum").join(name)).unwrap()
}

/// A sample of the standard, where the shared folder is there.
fn sample(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vum/samples").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not there", path.display());
    }
    bytes
}

fn number(report: &Value, field: &str) -> u64 {
    report[field].as_u64().unwrap_or_else(|| panic!("no number {field} in {report}"))
}

fn refused(report: &Value) -> u64 {
    let groups = report["refused"].as_array().unwrap();
    groups.iter().map(|group| group["count"].as_u64().unwrap()).sum()
}

#[test]
fn a_list_of_candidates_is_reported() {
    let file = fixture("werkzoekenden.json");
    insta::assert_snapshot!("candidates_nl", Folder::new().import("werkzoekenden.json", &file, DUTCH));
    insta::assert_snapshot!("candidates_en", Folder::new().import("werkzoekenden.json", &file, ENGLISH));
    insta::assert_snapshot!("candidates_json", Folder::new().import("werkzoekenden.json", &file, JSON));
}

#[test]
fn lines_of_vacancies_are_reported_with_the_damaged_one() {
    let file = fixture("vacatures.jsonl");
    insta::assert_snapshot!("vacancies_nl", Folder::new().import("vacatures.jsonl", &file, DUTCH));
}

#[test]
fn a_file_that_is_no_json_is_reported() {
    insta::assert_snapshot!("no_json_en", Folder::new().import("brief.docx", b"PK\x03\x04", ENGLISH));
}

#[test]
fn importing_the_same_file_twice_changes_nothing_and_says_so() {
    for name in ["werkzoekenden.json", "vacatures.jsonl"] {
        let (folder, file) = (Folder::new(), fixture(name));
        let first = folder.report(name, &file);
        assert!(number(&first, "created") > 0);
        let again = folder.report(name, &file);
        assert_eq!((number(&again, "created"), number(&again, "updated")), (0, 0));
        assert_eq!(number(&again, "unchanged"), number(&first, "created"));
        assert_eq!(again["superseded"]["count"], first["superseded"]["count"]);
        let text = folder.import(name, &file, ENGLISH);
        assert!(text.contains("Nothing changed: everything in this delivery was there already."), "{text}");
    }
}

/// (created, refused, superseded) of every sample of the standard; the second time all is unchanged.
#[test]
fn every_sample_of_the_standard_imports_with_its_counts_right() {
    let samples = [
        ("mp-vacature.json", (1, 0, 0)),
        ("vacature-buitenland.json", (1, 0, 0)),
        ("vacature.json", (1, 0, 0)),
        ("werkzoekende.json", (0, 1, 0)),
        ("werkzoekenden-groot.json", (23, 0, 1)),
    ];
    for (name, expected) in samples {
        let Some(bytes) = sample(name) else { continue };
        let folder = Folder::new();
        let report = folder.report(name, &bytes);
        let superseded = report["superseded"]["count"].as_u64().unwrap();
        assert_eq!((number(&report, "created"), refused(&report), superseded), expected, "{name}");
        assert_eq!(number(&report, "read"), expected.0 + expected.1 + expected.2, "{name}");
        assert!(report["file_problems"].as_array().unwrap().is_empty(), "{name}");
        let again = folder.report(name, &bytes);
        let counts = (number(&again, "created"), number(&again, "updated"), number(&again, "unchanged"));
        assert_eq!(counts, (0, 0, expected.0), "{name}");
    }
}

#[test]
fn the_samples_placeholders_are_told_with_their_fields() {
    let Some(bytes) = sample("mp-vacature.json") else { return };
    let report = Folder::new().report("mp-vacature.json", &bytes);
    let told: Vec<_> = report["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|g| format!("{} {}", g["count"], g["field"]))
        .collect();
    for expected in [
        "1 \"codeWerkEnDenkniveauMinimaal\"",
        "2 \"sollicitatiewijze[].codeSollicitatiewijze\"",
        "2 \"contractvorm[].codeTypeArbeidscontract\"",
        "2 \"vervoermiddel[].codeVervoermiddel\"",
        "1 \"rijbewijs[].codeSoortRijbewijs\"",
        "1 \"taalbeheersing[].codeNiveauTaalbeheersingLezen\"",
        "1 \"gedragscompetentie[].codeGedragscompetentie\"",
        "1 \"indicatieLdrRegistratie\"",
    ] {
        assert!(told.iter().any(|group| group == expected), "{expected}: {told:#?}");
    }
    assert_eq!(number(&report, "unscored_requirements"), 1);
}

fn damaged_file() -> impl Strategy<Value = Vec<u8>> {
    let whole = prop_oneof![Just(fixture("werkzoekenden.json")), Just(fixture("vacatures.jsonl"))];
    let damage = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8);
    (whole, damage, any::<prop::sample::Index>(), any::<bool>()).prop_map(|(mut bytes, damage, cut, cuts)| {
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        bytes
    })
}

/// A server that the imports of a test share: a start for each of them would be most of the time.
struct Server(Child);

impl Server {
    fn start(folder: &Folder) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
        command.current_dir(folder.0.path()).args(["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
        let mut server = Self(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
        let mut line = String::new();
        BufReader::new(server.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("127.0.0.1:"), "{line}");
        server
    }

    fn is_running(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn no_record_is_lost_from_the_count_however_a_file_is_damaged() {
    let folder = Folder::new();
    let mut server = Server::start(&folder);
    let config = ProptestConfig { source_file: Some(file!()), ..ProptestConfig::with_cases(96) };
    let mut runner = TestRunner::new(config);
    let checked = runner.run(&damaged_file(), |bytes| {
        let pieces = Frames::new(bytes.as_slice()).unwrap().flatten().count() as u64;
        let report = folder.report("x.json", &bytes);
        prop_assert_eq!(number(&report, "read"), pieces);
        let taken = number(&report, "created") + number(&report, "updated") + number(&report, "unchanged");
        let superseded = report["superseded"]["count"].as_u64().unwrap();
        prop_assert_eq!(pieces, taken + refused(&report) + superseded);
        let again = folder.report("x.json", &bytes);
        prop_assert_eq!((number(&again, "created"), number(&again, "updated")), (0, 0));
        Ok(())
    });
    checked.unwrap();
    assert!(server.is_running());
}

proptest! {
    #[test]
    fn a_truncated_list_says_where_it_ends(cut in 1usize..3_000) {
        let whole = fixture("werkzoekenden.json");
        let cut = cut.min(whole.len() - 3);
        let problem = Frames::new(&whole[..cut]).unwrap().find_map(Result::err);
        let said = matches!(problem, Some(FileProblem::EndsInside { .. } | FileProblem::ListNotClosed { .. }));
        prop_assert!(said, "{problem:?}");
    }
}
