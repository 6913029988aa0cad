//! Clients that take room and time and give nothing: they are let go of, the memory holds, and others are served meanwhile.
//!
//! In the short form all of them come at the same time and the deadlines are shorter; in the long form each kind comes for
//! half a minute by itself, under the settings as they ship, and what others wait is compared with before.

mod attacks;

use crate::{
    common::{candidates_for, care_vacancy, carer, upsert_vacancy},
    harness::rounds,
    program::Program,
};
use attacks::attack;
use passend::wire::v1::{
    self, candidate_service_client::CandidateServiceClient, matching_service_client::MatchingServiceClient,
    vacancy_service_client::VacancyServiceClient,
};
use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use tonic::{Code, Status};

const PEOPLE: usize = 160;
/// How long a hostile client may stay.
const LONGEST: Duration = Duration::from_secs(15);
/// What the process may take more than before, in MB: half-received messages and answers that nobody takes may have
/// 256 of them each.
const MOST_MB: u64 = 800;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Silent,
    /// It takes no answer: its window is full.
    SlowReader,
    /// It does not even read what arrives.
    DeafReader,
    /// It sends its request byte by byte.
    SlowSender,
    RapidReset,
    /// Its messages are too large, or unfold, or never come to their end.
    Bombs,
}

const KINDS: [Kind; 6] =
    [Kind::Silent, Kind::SlowReader, Kind::DeafReader, Kind::SlowSender, Kind::RapidReset, Kind::Bombs];

impl Kind {
    fn clients(self) -> usize {
        match self {
            Self::Silent => rounds(300, 2_000),
            Self::SlowReader | Self::DeafReader => rounds(10, 100),
            Self::SlowSender => rounds(10, 100),
            Self::RapidReset => rounds(4, 8),
            Self::Bombs => rounds(2, 4),
        }
    }
}

/// Where hostile clients are: in the world they have processors of their own, so here they have what nobody else asks for.
struct Elsewhere(Option<tokio::runtime::Runtime>);

impl Elsewhere {
    fn new() -> Self {
        let mut threads = tokio::runtime::Builder::new_multi_thread();
        threads.enable_all().worker_threads(2).on_thread_start(|| {
            #[cfg(target_os = "linux")]
            rustix::process::setpriority_process(None, 19).unwrap();
        });
        Self(Some(threads.build().unwrap()))
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.0.take().into_iter().for_each(tokio::runtime::Runtime::shutdown_background);
    }
}

/// The server and where it is reached.
struct Target {
    program: Program,
    elsewhere: Elsewhere,
    to: SocketAddr,
    metrics: SocketAddr,
}

impl Target {
    fn start(folder: &std::path::Path) -> Self {
        let metrics = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
        command.env("PASSEND_METRICS", metrics.to_string());
        if rounds(0, 1) == 0 {
            command.env("PASSEND_FIRST_CALL_SECONDS", "2").env("PASSEND_PROGRESS_SECONDS", "2");
        }
        let program = Program::start_by(command, folder);
        let to = program.address().strip_prefix("http://").unwrap().parse().unwrap();
        Self { program, elsewhere: Elsewhere::new(), to, metrics }
    }

    async fn fill(&self) {
        let mut vacancies = VacancyServiceClient::new(self.program.channel().await);
        vacancies.upsert_vacancy(upsert_vacancy(care_vacancy("v"))).await.unwrap();
        let people = (0..PEOPLE).map(|number| {
            let presentation = "Ik werk graag met mensen en kom altijd op tijd. ".repeat(40);
            let candidate = Some(v1::Candidate { presentation, ..carer(&format!("k{number}")) });
            v1::UpsertCandidateRequest { candidate, ..Default::default() }
        });
        let mut filling = JoinSet::new();
        let people: Vec<_> = people.collect();
        for part in people.chunks(PEOPLE / 8) {
            let mut client = CandidateServiceClient::new(self.program.channel().await);
            let part = part.to_vec();
            filling.spawn(async move {
                for person in part {
                    client.upsert_candidate(person).await.unwrap();
                }
            });
        }
        filling.join_all().await;
    }

    /// A figure of the page for monitoring.
    fn figure(&self, name: &str) -> u64 {
        let mut connection = std::net::TcpStream::connect(self.metrics).unwrap();
        write!(connection, "GET /metrics HTTP/1.1\r\nhost: here\r\n\r\n").unwrap();
        let mut page = String::new();
        connection.read_to_string(&mut page).unwrap();
        let line = page.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.trim().parse().ok()).unwrap_or(0)
    }

    /// The most memory that the process had, in MB.
    fn peak_mb(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.program.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1_024
    }
}

/// Asks for candidates again and again until it is told to end: the times in microseconds, and what failed.
/// Calls until it ends, from a thread of its own: what hostile clients do in this process is not what it waits for.
async fn behave(program: &Program, ends: Arc<AtomicBool>) -> (Vec<u64>, Vec<Status>) {
    let mut client = MatchingServiceClient::new(program.channel().await);
    let (mut times, mut failed) = (Vec::new(), Vec::new());
    while !ends.load(Relaxed) {
        let asked = Instant::now();
        match client.match_candidates(candidates_for("v")).await {
            Ok(_) => times.push(u64::try_from(asked.elapsed().as_micros()).unwrap()),
            Err(status) => failed.push(status),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    (times, failed)
}

fn p99(times: &mut [u64]) -> Duration {
    times.sort_unstable();
    let place = (times.len() * 99).div_ceil(100).saturating_sub(1);
    Duration::from_micros(times.get(place).copied().unwrap_or_default())
}

/// How long hostile clients stayed: the longest of them, in milliseconds.
#[derive(Debug, Default)]
struct Stayed {
    longest: AtomicU64,
    came: AtomicU64,
    here: AtomicU64,
    /// Who sent every kind of bomb and got every answer.
    bombed: AtomicU64,
}

impl Stayed {
    fn left(&self, came: Instant) {
        let stayed = u64::try_from(came.elapsed().as_millis()).unwrap();
        self.longest.fetch_max(stayed, Relaxed);
        self.came.fetch_add(1, Relaxed);
        self.here.fetch_sub(1, Relaxed);
    }
}

struct Seen {
    kinds: Vec<Kind>,
    baseline: Duration,
    under_attack: Duration,
    calls: usize,
    stayed: Vec<(Kind, u64, u64)>,
    more_mb: u64,
}

/// A well-behaved client alone, then beside hostile ones of these kinds for so long.
async fn beside(target: &Target, kinds: &[Kind], alone: Duration, together: Duration) -> Seen {
    let measured = async |time: Duration| {
        let ends = Arc::new(AtomicBool::new(false));
        let (mut times, failed) = tokio::task::block_in_place(|| {
            std::thread::scope(|scope| {
                let behaving = scope.spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                    runtime.block_on(behave(&target.program, Arc::clone(&ends)))
                });
                std::thread::sleep(time);
                ends.store(true, Relaxed);
                behaving.join().unwrap()
            })
        });
        // Too much work may be refused; nothing else may go wrong.
        let other = failed.iter().find(|status| status.code() != Code::ResourceExhausted);
        assert!(other.is_none(), "{kinds:?}: {other:?}");
        (p99(&mut times), times.len())
    };
    let (baseline, _) = measured(alone).await;
    let before_mb = target.peak_mb();
    let until = Instant::now() + together;
    let mut attacking = JoinSet::new();
    let elsewhere = target.elsewhere.0.as_ref().unwrap().handle();
    let mut stayed = Vec::new();
    for kind in kinds.iter().rev().copied() {
        // The crowd comes last, so that the others have their places.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let told = Arc::new(Stayed::default());
        for number in 0..kind.clients() {
            let aim = (target.to, target.program.token());
            attacking.spawn_on(attack(kind, number, aim, until, Arc::clone(&told)), elsewhere);
        }
        stayed.push((kind, told));
    }
    let (under_attack, calls) = measured(together).await;
    // Whoever comes new is served as well.
    let mut newcomer = MatchingServiceClient::new(target.program.channel().await);
    let asked = Instant::now();
    while let Err(status) = newcomer.match_candidates(candidates_for("v")).await {
        // From the address of the crowd it may find no place at first, and comes again.
        let is_cut_off =
            std::error::Error::source(&status).is_some_and(|source| source.is::<tonic::transport::Error>());
        assert!(is_cut_off || status.code() == Code::ResourceExhausted, "{status}");
        assert!(asked.elapsed() < LONGEST, "nobody new is served");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let gone = tokio::time::timeout(3 * LONGEST, async {
        while let Some(attacked) = attacking.join_next().await {
            attacked.unwrap();
        }
    });
    let gone = gone.await.is_ok();
    let bombs = stayed.iter().filter(|(kind, _)| *kind == Kind::Bombs);
    bombs.for_each(|(_, told)| assert!(told.bombed.load(Relaxed) > 0, "nobody got as far as the bombs"));
    let here: Vec<_> = stayed.iter().map(|(kind, told)| (kind, told.here.load(Relaxed))).collect();
    assert!(gone, "still there: {here:?}");
    let stayed: Vec<_> = stayed
        .into_iter()
        .map(|(kind, told)| (kind, told.came.load(Relaxed), told.longest.load(Relaxed)))
        .collect();
    for (kind, came, longest) in &stayed {
        assert!(*came > 0, "{kind:?}: none came");
        // A ping and its answer are waited for 12 s: the short form leaves room for a busy machine.
        let most = LONGEST + Duration::from_secs(rounds(10, 0) as u64);
        assert!(Duration::from_millis(*longest) <= most, "{kind:?} stayed for {longest} ms");
    }
    let more_mb = target.peak_mb() - before_mb;
    assert!(more_mb <= MOST_MB, "{kinds:?}: {more_mb} MB more");
    Seen { kinds: kinds.to_vec(), baseline, under_attack, calls, stayed, more_mb }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_clients_are_let_go_of_and_others_are_served_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let target = Target::start(folder.path());
    target.fill().await;
    let seconds = |short, long| Duration::from_secs(rounds(short, long) as u64);
    let (alone, together) = (seconds(1, 15), seconds(3, 30));
    let long = rounds(0, 1) == 1;
    let mut all = Vec::new();
    if long {
        for kind in KINDS {
            all.push(beside(&target, &[kind], alone, together).await);
        }
    } else {
        all.push(beside(&target, &KINDS, alone, together).await);
    }
    for Seen { kinds, baseline, under_attack, calls, stayed, more_mb } in &all {
        println!(
            "{kinds:?}: p99 of {calls} calls {under_attack:.1?}, alone {baseline:.1?}; {more_mb} MB more; came, stayed at most: {}",
            stayed
                .iter()
                .map(|(kind, came, ms)| format!("{kind:?} {came}, {ms} ms"))
                .collect::<Vec<_>>()
                .join("; ")
        );
    }
    let open = target.figure("passend_connections_open");
    let slow = target.figure("passend_connections_closed_total{reason=\"slow\"}");
    let silent = target.figure("passend_connections_closed_total{reason=\"silent\"}");
    println!("{open} connections are open after it; closed as slow {slow}, as silent {silent}");
    assert!(slow + silent > 0, "the server counts whom it let go of");
    if long {
        for Seen { kinds, baseline, under_attack, .. } in &all {
            let most = (2 * *baseline).max(Duration::from_millis(20));
            assert!(*under_attack <= most, "{kinds:?}: {under_attack:?} beside {baseline:?} alone");
        }
    }
}
