//! A disk that is really full in the middle of a run: a file system of its own, in a namespace of its own.

use crate::{
    common::{candidates_for, carer, day, upsert},
    program::{Program, Service},
};
use passend::wire::v1::{
    self, RerankState, candidate_service_client::CandidateServiceClient,
    matching_service_client::MatchingServiceClient, rerank_service_client::RerankServiceClient,
};
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tonic::Code;
use tonic_types::StatusExt;

/// A file system in memory, in a namespace that goes with the process that holds it.
pub(crate) struct Disk {
    holder: Child,
    /// Where it is mounted, inside the namespace.
    folder: tempfile::TempDir,
    /// A folder of the data with a volume of its own, which is the one that is filled.
    part: Option<&'static str>,
}

impl Disk {
    /// `None` where the system lets nobody make one.
    pub(crate) fn new(bytes: u64) -> Option<Self> {
        Self::mounted(bytes, None)
    }

    /// With a small volume of its own for a folder of the data.
    pub(crate) fn with_part(bytes: u64, part: &'static str, of_part: u64) -> Option<Self> {
        Self::mounted(bytes, Some((part, of_part)))
    }

    fn mounted(bytes: u64, part: Option<(&'static str, u64)>) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mount = |bytes: u64, folder: &str| format!("mount -t tmpfs -o size={bytes} none {folder} && ");
        let of_part = part.map_or_else(String::new, |(part, bytes)| {
            let folder = format!("\"$0/data/{part}\"");
            format!("mkdir -p {folder} && {}", mount(bytes, &folder))
        });
        let script = format!("{}{of_part}echo mounted && exec cat", mount(bytes, "\"$0\""));
        let mut holder = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let told = BufReader::new(holder.stdout.take().unwrap()).lines().next();
        let disk = Self { holder, folder, part: part.map(|(part, _)| part) };
        told.is_some_and(|told| told.unwrap() == "mounted").then_some(disk)
    }

    /// The same, seen from outside.
    fn root(&self) -> PathBuf {
        let root = Path::new("/proc").join(self.holder.id().to_string()).join("root");
        root.join(self.folder.path().strip_prefix("/").unwrap())
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root().join("data")
    }

    fn filler(&self) -> PathBuf {
        self.part.map_or_else(|| self.root(), |part| self.data().join(part)).join("filler")
    }

    /// The real program, inside.
    pub(crate) fn serves(&self) -> Program {
        self.serves_with(&[])
    }

    /// The same, with variables of its environment.
    pub(crate) fn serves_with(&self, environment: &[(&str, &str)]) -> Program {
        let mut enter = Command::new("nsenter");
        enter.envs(environment.iter().copied());
        enter.arg("--target").arg(self.holder.id().to_string());
        enter.args(["--user", "--mount", "--preserve-credentials", env!("CARGO_BIN_EXE_passend")]);
        Program::start_by(enter, &self.folder.path().join("data"))
    }

    /// Takes whatever room there is.
    pub(crate) fn fill(&self) {
        let mut filler = File::options().create(true).append(true).open(self.filler()).unwrap();
        let mut piece = &[7; 1 << 20][..];
        while !piece.is_empty() {
            match filler.write_all(piece) {
                Ok(()) => {}
                Err(full) => {
                    assert_eq!(full.kind(), io::ErrorKind::StorageFull, "{full}");
                    piece = &piece[..piece.len() / 2];
                }
            }
        }
    }

    /// Leaves so many bytes free, which were taken before.
    pub(crate) fn leave(&self, bytes: u64) {
        let filler = File::options().write(true).open(self.filler()).unwrap();
        let length = filler.metadata().unwrap().len();
        filler.set_len(length.saturating_sub(bytes)).unwrap();
    }

    pub(crate) fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

fn run(folder: &Path, line: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.args(line.split_whitespace()).args(["--language", "en", "--log", "error", "--data"]).arg(folder);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{line}: {output:?}");
}

/// Copies a folder and says how large it is.
pub(crate) fn copy(from: &Path, to: &Path) -> u64 {
    fs::create_dir_all(to).unwrap();
    let mut bytes = 0;
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        bytes += match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => fs::copy(entry.path(), target).unwrap(),
        };
    }
    bytes
}

fn nights(data: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(data.join("nights")).unwrap().map(Result::unwrap);
    let mut nights: Vec<_> =
        files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect();
    nights.sort();
    nights
}

async fn get(reranks: &mut RerankServiceClient<Service>, id: &str) -> v1::Rerank {
    let asked = v1::GetRerankRequest { id: id.to_owned() };
    reranks.get_rerank(asked).await.unwrap().into_inner().rerank.unwrap()
}

/// Fills the disk until the run says that it waits for room.
async fn waits(disk: &Disk, reranks: &mut RerankServiceClient<Service>, id: &str) -> v1::Rerank {
    loop {
        disk.fill();
        let run = get(reranks, id).await;
        assert_ne!(run.state(), RerankState::Done, "the run ended too soon for this test");
        if !run.problem.is_empty() {
            return run;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The lists of the last night, of every tenth vacancy.
async fn lists(reranks: &mut RerankServiceClient<Service>) -> Vec<v1::GetShortlistResponse> {
    let mut lists = Vec::new();
    for vacancy in (1..VACANCIES).step_by(10).map(|number| format!("demo-v-{number:06}")) {
        let subject = Some(v1::get_shortlist_request::Subject::VacancyId(vacancy));
        let asked = v1::GetShortlistRequest { subject, ..v1::GetShortlistRequest::default() };
        let list = reranks.get_shortlist(asked).await.unwrap().into_inner();
        // Every answer is recorded by itself.
        lists.push(v1::GetShortlistResponse { decision_id: String::new(), ..list });
    }
    lists
}

const VACANCIES: usize = 300;

#[tokio::test(flavor = "multi_thread")]
async fn a_run_waits_for_room_on_a_full_disk_survives_a_kill_there_and_ends_as_if_nothing_had_happened() {
    let folder = tempfile::tempdir().unwrap();
    let (before, undisturbed) = (folder.path().join("before"), folder.path().join("undisturbed"));
    let filling =
        format!("demo --no-serve --seed 7 --as-of 2026-11-22 --candidates 1200 --vacancies {VACANCIES}");
    run(&before, &filling);
    run(&before, "rerank --as-of 2026-11-21");
    let bytes = copy(&before, &undisturbed);
    run(&undisturbed, "rerank --as-of 2026-11-22");
    let Some(disk) = Disk::new(bytes + (64 << 20)) else {
        println!("skipped a_run_waits_for_room_on_a_full_disk: nobody may mount a file system here");
        return;
    };
    copy(&before, &disk.data());

    let server = disk.serves();
    let mut reranks = RerankServiceClient::new(server.channel().await);
    let old = lists(&mut reranks).await;
    assert!(old.iter().all(|list| list.night == Some(day(2026, 11, 21))));
    assert!(old.iter().any(|list| list.matches.len() > 10));
    let asked = v1::StartRerankRequest { as_of: Some(day(2026, 11, 22)), ..Default::default() };
    let id = reranks.start_rerank(asked).await.unwrap().into_inner().rerank.unwrap().id;
    while get(&mut reranks, &id).await.pairs_done == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let waiting = waits(&disk, &mut reranks, &id).await;
    assert_eq!(waiting.state(), RerankState::Running);
    assert!(waiting.problem.contains("make room on the disk, the run goes on by itself"), "{waiting:?}");
    // Everything else goes on: former lists, and new ones when somebody asks.
    assert_eq!(lists(&mut reranks).await, old);
    let mut matching = MatchingServiceClient::new(server.channel().await);
    let answer = matching.match_candidates(candidates_for("demo-v-000001")).await.unwrap().into_inner();
    assert!(!answer.matches.is_empty());
    let mut candidates = CandidateServiceClient::new(server.channel().await);
    // Records are taken as long as the store has room inside; then they are refused, with the remedy.
    let mut refused = None;
    for number in 0..5_000 {
        let presentation = "Ik werk graag met mensen. ".repeat(70);
        let person = v1::Candidate { presentation, ..carer(&format!("k-{number}")) };
        refused = candidates.upsert_candidate(upsert(person)).await.err();
        if refused.is_some() {
            break;
        }
    }
    let refused = refused.unwrap();
    assert_eq!(refused.code(), Code::Unavailable, "{refused}");
    assert!(
        refused.message().contains("make room on the disk of the data folder, and writing goes on by itself"),
        "{refused}"
    );
    assert_eq!(lists(&mut reranks).await, old);

    // A start finds the disk as full as it was.
    server.kill();
    disk.fill();
    let server = disk.serves();
    let mut reranks = RerankServiceClient::new(server.channel().await);
    let again = waits(&disk, &mut reranks, &id).await;
    assert_eq!(again.state(), RerankState::Running, "{again:?}");
    assert_eq!(lists(&mut reranks).await, old);
    disk.make_room();
    let asked = v1::WatchRerankRequest { id: id.clone() };
    let mut answers = reranks.watch_rerank(asked).await.unwrap().into_inner();
    while answers.message().await.unwrap().is_some() {}
    let ended = get(&mut reranks, &id).await;
    assert_eq!((ended.state(), ended.resumed, ended.problem.as_str()), (RerankState::Done, 1, ""));
    server.kill();
    assert_eq!(nights(&disk.data()), nights(&undisturbed));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_people_goes_out_that_cannot_be_recorded_and_it_goes_on_by_itself_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let before = folder.path().join("before");
    run(&before, "demo --no-serve --seed 7 --as-of 2026-11-22 --candidates 300 --vacancies 60");
    let Some(disk) = Disk::new(bytes_of(&before, folder.path()) + (48 << 20)) else {
        println!(
            "skipped nothing_of_people_goes_out_that_cannot_be_recorded: nobody may mount a file system here"
        );
        return;
    };
    copy(&before, &disk.data());
    let server = disk.serves();
    let channel = server.channel().await;
    let mut matching = MatchingServiceClient::new(channel.clone());
    matching.match_candidates(candidates_for("demo-v-000001")).await.unwrap();
    let mut recorded = Vec::new();
    let refused = loop {
        disk.fill();
        let asked = v1::MatchCandidatesRequest { page_size: 300, ..candidates_for("demo-v-000001") };
        match matching.match_candidates(asked).await {
            Ok(answer) => recorded.push(answer.into_inner().decision_id),
            Err(status) => break status,
        }
        assert!(recorded.len() < 500, "the disk is full and the log goes on");
    };
    assert!(!recorded.is_empty(), "room is taken ahead, so that answers go out on a full disk for a while");
    assert_eq!(refused.code(), Code::Unavailable);
    let details = refused.get_error_details();
    assert_eq!(details.error_info().unwrap().reason, "NOT_RECORDED");
    let mut health = tonic_health::pb::health_client::HealthClient::new(channel.clone());
    let mut serving = async || {
        let service = "passend.v1.MatchingService".to_owned();
        let asked = tonic_health::pb::HealthCheckRequest { service };
        health.check(asked).await.unwrap().into_inner().status()
    };
    use tonic_health::pb::health_check_response::ServingStatus;
    while serving().await != ServingStatus::NotServing {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    disk.make_room();
    let since = std::time::Instant::now();
    while matching.match_candidates(candidates_for("demo-v-000001")).await.is_err() {
        assert!(since.elapsed() < Duration::from_secs(5), "it goes on within five seconds");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    while serving().await != ServingStatus::Serving {
        assert!(since.elapsed() < Duration::from_secs(5), "and says so");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut records = v1::accountability_service_client::AccountabilityServiceClient::new(channel)
        .max_decoding_message_size(64 << 20);
    for id in recorded {
        records.get_decision(v1::GetDecisionRequest { id, ..Default::default() }).await.unwrap();
    }
    server.kill();
    run(&disk.data(), "audit verify");
}

/// How large a folder is.
fn bytes_of(folder: &Path, beside: &Path) -> u64 {
    let copied = beside.join("copied");
    let bytes = copy(folder, &copied);
    fs::remove_dir_all(copied).unwrap();
    bytes
}
