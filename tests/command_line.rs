//! The program as a user runs it: what it prints, how it ends, and that a running server changes nothing in that.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// The day of every test: nothing depends on when it runs.
const AS_OF: [&str; 2] = ["--as-of", "2026-11-22"];

fn passend(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    // A developer's own settings must not reach the tests.
    for name in [
        "PASSEND_DATA",
        "PASSEND_CONFIG",
        "PASSEND_LANGUAGE",
        "PASSEND_LISTEN",
        "PASSEND_LOG",
        "PASSEND_THREADS",
        "PASSEND_PROFILES",
    ] {
        command.env_remove(name);
    }
    command.args(arguments).arg("--data").arg(data);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    passend(data, arguments).output().unwrap()
}

/// What a run that must be fine prints.
fn printed(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a run that must end with this code says on standard error.
fn complaint(data: &Path, arguments: &[&str], code: i32) -> String {
    let output = run(data, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn region(parent: &TempDir) -> PathBuf {
    let data = parent.path().join("demo");
    let options = ["demo", "--no-serve", "--candidates", "60", "--vacancies", "20"];
    printed(&data, &[&options[..], &AS_OF].concat());
    data
}

/// A server for a folder, ended with the test.
struct Server(Child);

impl Server {
    fn start(data: &Path) -> Self {
        let mut command = passend(data, &["serve", "--listen", "127.0.0.1:0", "--language", "en"]);
        let mut server = Self(command.stdout(Stdio::piped()).spawn().unwrap());
        let mut line = String::new();
        BufReader::new(server.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("listening on 127.0.0.1:"), "{line}");
        server
    }

    /// Asks it to stop as an operator would.
    #[cfg(unix)]
    fn stop(mut self) {
        let pid = self.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

const OWN_RECORDS: &str = r#"{"vacancy": {"id": "v", "title": "Lasser", "requirements": {"skills": [{"skill": {"text": "lassen"}}]}}}
{"candidate": {"id": "k", "skills": [{"text": "Lassen"}], "availability": {"hours": {"minHoursPerWeek": 24}}}}
"#;

#[cfg(unix)]
#[test]
fn a_running_server_changes_nothing_in_what_is_printed() {
    let parent = TempDir::new().unwrap();
    let data = region(&parent);
    let file = parent.path().join("own.jsonl");
    fs::write(&file, OWN_RECORDS).unwrap();
    let import = ["import", file.to_str().unwrap()];
    let listed =
        printed(&data, &["match", "vacancy", "demo-v-000001", "--format", "json", AS_OF[0], AS_OF[1]]);
    let candidate = listed.split("\"candidate\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let reads: Vec<Vec<&str>> = vec![
        vec!["match", "vacancy", "demo-v-000001"],
        vec!["match", "candidate", &candidate, "--format", "json"],
        vec!["explain", &candidate, "demo-v-000001"],
        vec!["explain", &candidate, "demo-v-000001", "--format", "json", "--language", "en"],
    ];
    let all = || -> Vec<String> {
        let told = |read: &Vec<&str>| printed(&data, &[read.as_slice(), &AS_OF].concat());
        // Every answer is recorded by itself, under an id of its own.
        let own = |told: String| {
            told.lines().filter(|line| !line.contains("\"decisionId\"")).collect::<Vec<_>>().join("\n")
        };
        reads.iter().map(told).map(own).collect()
    };

    let first_import = printed(&data, &import);
    assert!(first_import.contains("2 van 2 records"), "{first_import}");
    let alone = all();
    let import_alone = printed(&data, &import);
    let server = Server::start(&data);
    assert_eq!(all(), alone);
    assert_eq!(printed(&data, &import), import_alone, "importing again changes nothing, there as here");
    assert!(import_alone.contains("Er is niets gewijzigd"), "{import_alone}");

    let second = complaint(&data, &["serve", "--listen", "127.0.0.1:0"], 1);
    assert!(second.contains(&format!("in use by process {}", server.0.id())), "{second}");
    assert!(complaint(&data, &["check"], 1).contains("only its owner can verify it"));
    server.stop();
    assert!(!data.join("server.json").exists());
    assert_eq!(all(), alone);
    assert!(printed(&data, &["check", "--language", "en"]).contains("All is well"));
}

#[test]
fn a_server_that_was_killed_leaves_nothing_in_the_way() {
    let parent = TempDir::new().unwrap();
    let data = parent.path().join("data");
    let mut server = Server::start(&data);
    server.0.kill().unwrap();
    server.0.wait().unwrap();
    assert!(data.join("server.json").exists());
    assert!(complaint(&data, &["match", "vacancy", "v"], 1).contains("no vacancy with the id v"));
    assert!(!data.join("server.json").exists());
}

#[test]
fn the_demonstration_is_taken_up_where_it_is_and_spares_other_folders() {
    let parent = TempDir::new().unwrap();
    let data = region(&parent);
    let again = printed(&data, &["demo", "--no-serve"]);
    assert!(again.contains("wordt niet opnieuw gemaakt"), "{again}");
    assert!(again.contains("Probeer ook"), "{again}");
    assert!(complaint(&data, &["demo", "--no-serve", "--seed", "2"], 1).contains("holds another region"));

    let other = parent.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("notes.txt"), "mine").unwrap();
    assert!(complaint(&other, &["demo", "--no-serve"], 1).contains("holds other data"));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}

#[test]
fn a_file_of_which_nothing_can_be_taken_is_a_failure_and_changes_nothing() {
    let parent = TempDir::new().unwrap();
    let data = parent.path().join("data");
    let noise: Vec<u8> = (0..2_000_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let files: [(&str, Vec<u8>); 7] = [
        ("random bytes", noise),
        ("empty", Vec::new()),
        ("cut off in the first record", b"[{\"idVacature\": \"v".to_vec()),
        ("nested too deep", [b"{\"idVacature\": ".as_slice(), &b"[".repeat(100_000)].concat()),
        ("no UTF-8", b"{\"idVacature\": \"\xff\xfe\"}".to_vec()),
        ("no id", b"{\"naamVacature\": \"Kok\"}".to_vec()),
        ("wrong types", b"[1, \"x\", null, true]".to_vec()),
    ];
    for (what, content) in files {
        let file = parent.path().join("file.json");
        fs::write(&file, content).unwrap();
        let output = run(&data, &["import", file.to_str().unwrap()]);
        let (report, said) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(1), "{what}: {report}{said}");
        assert!(report.contains("Er is niets overgenomen"), "{what}: {report}");
        assert!(!said.contains("panicked"), "{what}: {said}");
    }
    assert!(printed(&data, &["check"]).contains("0 kandidaten en 0 vacatures, tot wijziging 0"));
}

#[test]
fn a_file_that_is_cut_off_is_taken_as_far_as_it_is_whole_and_marks_nobody() {
    let parent = TempDir::new().unwrap();
    let data = parent.path().join("data");
    let file = parent.path().join("file.json");
    let import = ["import", file.to_str().unwrap(), "--organisation", "o", "--complete"];
    fs::write(
        &file,
        r#"[{"idVacature": "v1", "naamVacature": "Kok"}, {"idVacature": "v2", "naamVacature": "Kok"}]"#,
    )
    .unwrap();
    printed(&data, &import);
    fs::write(&file, r#"[{"idVacature": "v1", "naamVacature": "Kok"}, {"idVac"#).unwrap();
    let report = printed(&data, &import);
    assert!(report.contains("niemand gemarkeerd als niet meer geleverd"), "{report}");
    fs::write(&file, r#"[{"idVacature": "v1", "naamVacature": "Kok"}]"#).unwrap();
    let report = printed(&data, &import);
    assert!(report.contains("1  niet meer geleverd"), "{report}");
}

#[test]
fn records_come_from_standard_input_and_the_report_can_be_json() {
    let parent = TempDir::new().unwrap();
    let mut command = passend(&parent.path().join("data"), &["import", "-", "--format", "json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(OWN_RECORDS.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["read"], &report["created"]), (&2.into(), &2.into()));
    assert_eq!((&report["candidates"], &report["vacancies"]), (&1.into(), &1.into()));
}

#[test]
fn wrong_use_ends_with_2_and_failure_with_1() {
    let parent = TempDir::new().unwrap();
    let data = parent.path().join("data");
    assert!(complaint(&data, &["match", "vacancy"], 2).contains("Usage"));
    assert!(complaint(&data, &["serve", "--listen", "0.0.0.0:1"], 2).contains("no authentication"));
    assert!(complaint(&data, &["check"], 1).contains("no data in"));
    assert!(complaint(&data, &["import", "not-there.json"], 1).contains("not-there.json"));
    let settings = parent.path().join("settings.toml");
    fs::write(&settings, "listen = \"127.0.0.1:1\"\ndatta = \"x\"\n").unwrap();
    let said = complaint(&data, &["check", "--config", settings.to_str().unwrap()], 2);
    assert!(said.contains("line 2, column 1") && said.contains("datta"), "{said}");
    assert!(!data.exists(), "nothing was made on the way");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let parent = TempDir::new().unwrap();
    let data = region(&parent);
    let mut command =
        passend(&data, &["match", "vacancy", "demo-v-000001", "--format", "json", "--limit", "60"]);
    let mut child = command.args(AS_OF).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn profiles_are_checked_by_a_command_and_before_a_start() {
    let parent = TempDir::new().unwrap();
    let data = parent.path().join("data");
    let profiles = parent.path().join("profiles");
    fs::create_dir(&profiles).unwrap();
    let file = profiles.join("own.toml");
    let care = include_str!("../data/profiles/zorg.toml");
    fs::write(&file, care.replace("[bands]", "[bands]\nweak = 40")).unwrap();
    let path = file.to_str().unwrap();
    let check = run(&data, &["profile", "check", path]);
    assert_eq!(check.status.code(), Some(1));
    let told = String::from_utf8(check.stdout).unwrap();
    let line = care.lines().position(|line| line.starts_with("[bands]")).unwrap() + 2;
    let place = format!("{path}: line {line}, column 1: bands.weak: ");
    assert!(told.starts_with(&place), "{told}");
    let stopped = complaint(&data, &["serve", "--profiles", profiles.to_str().unwrap()], 1);
    assert!(stopped.contains(&place), "{stopped}");
    assert!(!data.exists(), "nothing is made");
    fs::write(&file, care.replace("refusal = 0.6", "refusal = 0.75")).unwrap();
    assert_eq!(printed(&data, &["profile", "check", path]), "In orde: 1.\n");
    let model = printed(&data, &["model", "--profiles", profiles.to_str().unwrap()]);
    assert!(model.contains("0,75"), "{model}");
    let json = printed(&data, &["model", "--format", "json"]);
    assert!(json.contains("\"describedProfiles\""), "{json}");
    complaint(&data, &["profile", "check"], 2);
}
