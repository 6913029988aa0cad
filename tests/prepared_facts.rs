//! Prepared facts through the real program: a start with them answers as one without, whatever became of the file.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]
#![cfg(unix)]

use passend::wire::v1::{self, candidate_service_client::CandidateServiceClient};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;
use tonic::transport::Channel;

const USED: &str = "everybody is taken from prepared facts";
/// Somebody who comes after the facts were written.
const NEW: &str = "na-de-feiten";
const VACANCIES: [&str; 2] = ["demo-v-000001", "demo-v-000019"];

fn passend(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.env_remove("PASSEND_DATA").env_remove("PASSEND_LOG").env_remove("PASSEND_CONFIG");
    command.args(arguments).arg("--data").arg(data);
    command
}

/// A region of more people than are made anew in no time, filled by the real program.
fn region(parent: &TempDir) -> PathBuf {
    let data = parent.path().join("demo");
    let options =
        ["demo", "--no-serve", "--candidates", "1100", "--vacancies", "20", "--as-of", "2026-11-22"];
    assert!(passend(&data, &options).output().unwrap().status.success());
    assert!(facts(&data).exists(), "a stop leaves prepared facts");
    data
}

fn facts(data: &Path) -> PathBuf {
    data.join("facts.bin")
}

/// Lists of some vacancies, and whether prepared facts were used for each of them.
fn lists(data: &Path) -> (Vec<String>, bool) {
    let mut used = true;
    let lists = VACANCIES.map(|vacancy| {
        let options = ["match", "vacancy", vacancy, "--limit", "50", "--as-of", "2026-11-22"];
        let output = passend(data, &options).args(["--format", "json", "--log", "info"]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        used &= said.contains(USED);
        let told = String::from_utf8(output.stdout).unwrap();
        // Every answer is recorded by itself, under an id of its own.
        told.lines().filter(|line| !line.contains("\"decisionId\"")).collect::<Vec<_>>().join("\n")
    });
    (lists.into(), used)
}

/// The real program, serving a folder.
struct Program {
    child: Child,
    address: String,
    _output: BufReader<ChildStdout>,
}

impl Program {
    fn start(data: &Path) -> Self {
        let mut child = passend(data, &["serve", "--listen", "127.0.0.1:0", "--language", "en"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut ready = String::new();
        output.read_line(&mut ready).unwrap();
        let address = ready
            .split_whitespace()
            .find(|word| word.starts_with("127.0.0.1:"))
            .unwrap_or_else(|| panic!("no address in: {ready}"));
        Self { address: format!("http://{address}"), child, _output: output }
    }

    async fn candidates(&self) -> CandidateServiceClient<Channel> {
        CandidateServiceClient::connect(self.address.clone()).await.unwrap()
    }

    /// SIGKILL: no chance to write anything.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_start_with_prepared_facts_answers_as_one_without_and_a_damaged_file_is_made_anew() {
    let parent = TempDir::new().unwrap();
    let data = region(&parent);
    let (with, used) = lists(&data);
    assert!(used);
    let whole = fs::read(facts(&data)).unwrap();
    fs::remove_file(facts(&data)).unwrap();
    let (without, used) = lists(&data);
    // The first of the commands made the file anew.
    assert!(!used && facts(&data).exists());
    assert_eq!(with, without);
    for place in [20, whole.len() / 2] {
        let mut damaged = whole.clone();
        damaged[place] ^= 1;
        fs::write(facts(&data), damaged).unwrap();
        let (lists, used) = lists(&data);
        assert!(!used, "byte {place}");
        assert_eq!(lists, with, "byte {place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_kill_shows_after_a_start_from_older_facts() {
    let parent = TempDir::new().unwrap();
    let data = region(&parent);
    let written = fs::read(facts(&data)).unwrap();
    let program = Program::start(&data);
    let mut candidates = program.candidates().await;
    let get = v1::GetCandidateRequest { id: "demo-k-000005".to_owned(), ..Default::default() };
    let known = candidates.get_candidate(get).await.unwrap().into_inner().candidate.unwrap();
    let new = v1::Candidate { id: NEW.to_owned(), etag: String::new(), ..known };
    let upsert = v1::UpsertCandidateRequest { candidate: Some(new), ..Default::default() };
    candidates.upsert_candidate(upsert).await.unwrap();
    program.kill();
    assert_eq!(fs::read(facts(&data)).unwrap(), written, "one change is not worth a file");
    let (with, used) = lists(&data);
    assert!(used);
    fs::remove_file(facts(&data)).unwrap();
    let (without, _) = lists(&data);
    assert_eq!(with, without);
    let of_the_new_one =
        passend(&data, &["match", "candidate", NEW, "--as-of", "2026-11-22"]).output().unwrap();
    assert!(of_the_new_one.status.success(), "{}", String::from_utf8_lossy(&of_the_new_one.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_deleted_is_in_no_file_from_then_on() {
    let parent = TempDir::new().unwrap();
    let data = region(&parent);
    let id = "demo-k-000003";
    let holds = |bytes: &[u8]| bytes.windows(id.len()).any(|window| window == id.as_bytes());
    let older = fs::read(facts(&data)).unwrap();
    assert!(holds(&older));
    let program = Program::start(&data);
    let delete = v1::DeleteCandidateRequest { id: id.to_owned(), ..Default::default() };
    program.candidates().await.delete_candidate(delete).await.unwrap();
    assert!(!facts(&data).exists(), "gone before the deletion is acknowledged");
    program.kill();
    // As if the power had failed before the folder was written.
    fs::write(facts(&data), older).unwrap();
    let (_, used) = lists(&data);
    assert!(used);
    let mut now = Vec::new();
    fs::File::open(facts(&data)).unwrap().read_to_end(&mut now).unwrap();
    assert!(!holds(&now), "written anew without the person");
}
