//! Clients that take room and time and give nothing: they are let go of, the memory holds, and others are served meanwhile.
//!
//! In the short form all of them come at the same time and the deadlines are shorter; in the long form each kind comes for
//! half a minute by itself, under the settings as they ship, and what others wait is compared with before.

use crate::{
    common::{candidates_for, care_vacancy, carer, upsert_vacancy},
    harness::rounds,
    program::{Program, Service},
    raw,
};
use bytes::Bytes;
use passend::wire::v1::{
    self, ListCandidatesRequest, candidate_service_client::CandidateServiceClient,
    matching_service_client::MatchingServiceClient, vacancy_service_client::VacancyServiceClient,
};
use prost::Message;
use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    task::JoinSet,
};
use tonic::{Code, Status};

const LIST: &str = "/passend.v1.CandidateService/ListCandidates";
const GET: &str = "/passend.v1.CandidateService/GetCandidate";
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

/// The server and where it is reached.
struct Target {
    program: Program,
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
        Self { program, to, metrics }
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
async fn behave(channel: Service, ends: Arc<AtomicBool>) -> (Vec<u64>, Vec<Status>) {
    let mut client = MatchingServiceClient::new(channel);
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

/// From an address of its own per kind, and, for crowds, per hundred.
fn address(kind: Kind, number: usize) -> Ipv4Addr {
    let kind = u8::try_from(KINDS.iter().position(|other| *other == kind).unwrap()).unwrap();
    Ipv4Addr::new(127, 0, 2 + kind, u8::try_from(1 + number / 100).unwrap())
}

/// What is attacked, and what a call needs to be let in.
#[derive(Clone, Copy)]
struct Aim<'a> {
    to: SocketAddr,
    token: &'a str,
}

/// Comes again and again until the time is over, and stays each time for as long as it is let.
async fn attack(
    kind: Kind,
    number: usize,
    (to, token): (SocketAddr, String),
    until: Instant,
    stayed: Arc<Stayed>,
) {
    let target = Aim { to, token: &token };
    loop {
        let Ok(stream) = raw::connect(address(kind, number), to).await else { return };
        let mut came = Instant::now();
        // Where the system's own queue overflows a client believes to be connected, and no server knows of it.
        let greeted = tokio::time::timeout(Duration::from_secs(5), stream.peek(&mut [0])).await;
        if !matches!(greeted, Ok(Ok(1))) {
            if Instant::now() > until + LONGEST {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
            continue;
        }
        stayed.here.fetch_add(1, Relaxed);
        // However it ends: the connection is over then.
        let _ = match kind {
            Kind::Silent => be_silent(stream, number).await,
            Kind::SlowReader => read_slowly(stream, target).await,
            Kind::DeafReader => be_deaf(stream, &token).await,
            Kind::SlowSender => send_slowly(stream, to).await,
            Kind::RapidReset => reset(stream, to, number).await,
            Kind::Bombs => send_bombs(stream, to, number, (&stayed.bombed, &mut came)).await,
        };
        stayed.left(came);
        if Instant::now() > until {
            return;
        }
        // Not to be a flood of handshakes: that is another attack.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn be_silent(mut stream: tokio::net::TcpStream, number: usize) -> Result<(), h2::Error> {
    match number % 3 {
        0 => {}
        1 => {
            for byte in b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" {
                if stream.write_all(&[*byte]).await.is_err() {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        // The whole greeting, and then nothing.
        _ => {
            let greeting = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
            let _ = stream.write_all(greeting).await;
        }
    }
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    Ok(())
}

fn list() -> Bytes {
    let request = ListCandidatesRequest { page_size: 150, ..Default::default() }.encode_to_vec();
    raw::framed(0, u32::try_from(request.len()).unwrap(), &request)
}

/// The call of a command on the machine, which may list.
fn listing(target: Aim<'_>) -> http::Request<()> {
    let mut call = raw::call(target.to, LIST);
    call.headers_mut().insert(passend::grpc::LOCAL_TOKEN, target.token.parse().unwrap());
    call
}

/// Whether a call was refused for want of room, which every client may be.
fn is_busy(headers: &http::HeaderMap) -> bool {
    headers.get("grpc-status").is_some_and(|code| code == "8")
}

async fn read_slowly(stream: tokio::net::TcpStream, target: Aim<'_>) -> Result<(), h2::Error> {
    let calls: Vec<_> = (0..4).map(|_| listing(target)).collect();
    let (sender, connection) = raw::http2(stream, 100).await?;
    let asking = tokio::spawn(async move {
        let mut sender = sender;
        let mut open = Vec::new();
        for call in calls {
            sender = sender.ready().await?;
            let (answer, mut body) = sender.send_request(call, false)?;
            body.send_data(list(), true)?;
            let answer = answer.await?;
            if is_busy(answer.headers()) {
                return Ok(());
            }
            open.push(answer);
        }
        // The answers are held, and nothing of them is read.
        std::future::pending::<Result<(), h2::Error>>().await
    });
    // Refused for want of room it has nothing to take.
    tokio::select! {
        closed = connection => closed.unwrap(),
        asked = asking => asked.unwrap()?,
    }
    Ok(())
}

/// What a client says that lets everything be sent to it, and its calls, written by hand: who reads nothing needs no parser.
async fn be_deaf(mut stream: tokio::net::TcpStream, token: &str) -> Result<(), h2::Error> {
    let frame = |kind: u8, flags: u8, id: u32, payload: &[u8]| {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length[1..], &[kind, flags], &id.to_be_bytes(), payload].concat()
    };
    let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(4, 0, 0, &[&[0, 4][..], &0x7FFF_FFFF_u32.to_be_bytes()].concat()));
    bytes.extend(frame(8, 0, 0, &0x7FFF_0000_u32.to_be_bytes()));
    for id in (1..40).step_by(2) {
        let headers = [
            vec![0x83, 0x86, 0x01],
            text("here"),
            vec![0x04],
            text(LIST),
            vec![0x0F, 0x10],
            text("application/grpc"),
            vec![0x00],
            text("te"),
            text("trailers"),
            vec![0x00],
            text(passend::grpc::LOCAL_TOKEN),
            text(token),
        ];
        bytes.extend(frame(1, 4, id, &headers.concat()));
        bytes.extend(frame(0, 1, id, &list()));
    }
    let _ = stream.write_all(&bytes).await;
    // Without reading anything its end is seen by writing.
    loop {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let window = frame(8, 0, 0, &1_u32.to_be_bytes());
        if stream.write_all(&window).await.is_err() {
            return Ok(());
        }
    }
}

async fn send_slowly(stream: tokio::net::TcpStream, to: SocketAddr) -> Result<(), h2::Error> {
    let (sender, connection) = raw::http2(stream, 65_535).await?;
    let sending = tokio::spawn(async move {
        let mut sender = sender.ready().await?;
        let (answer, mut body) = sender.send_request(raw::call(to, GET), false)?;
        body.send_data(raw::framed(0, 4_000, b""), false)?;
        let dripping = tokio::spawn(async move {
            while body.send_data(Bytes::from_static(b"x"), false).is_ok() {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        });
        let answer = answer.await?;
        if is_busy(answer.headers()) {
            dripping.abort();
            return Ok(true);
        }
        assert_eq!(answer.headers().get("grpc-status").unwrap(), "4", "a deadline is over: {answer:?}");
        dripping.abort();
        Ok::<_, h2::Error>(false)
    });
    // The connection may end before the answer is read.
    if !matches!(sending.await.unwrap(), Ok(true)) {
        connection.await.unwrap();
    }
    Ok(())
}

async fn reset(stream: tokio::net::TcpStream, to: SocketAddr, number: usize) -> Result<(), h2::Error> {
    let (mut sender, connection) = raw::http2(stream, 65_535).await?;
    // Bounded: the frames wait in this process until they are sent.
    for _ in 0..200 {
        let mut open = Vec::new();
        for _ in 0..20 {
            sender = sender.ready().await?;
            open.push(sender.send_request(raw::call(to, GET), false)?);
        }
        // Some leave the calls time to begin, others only the connection.
        tokio::time::sleep(Duration::from_millis(if number.is_multiple_of(2) { 10 } else { 1 })).await;
        for (_answer, body) in &mut open {
            body.send_reset(h2::Reason::CANCEL);
        }
        if connection.is_finished() {
            return Ok(());
        }
    }
    // Calls that are refused before they begin are no harm.
    Ok(())
}

/// The status of a call with this body; `None` where the connection ended instead.
async fn status(
    sender: &mut h2::client::SendRequest<Bytes>,
    call: http::Request<()>,
    body: Vec<Bytes>,
) -> Option<Code> {
    let mut sender = sender.clone().ready().await.ok()?;
    let (answer, mut sending) = sender.send_request(call, false).ok()?;
    let last = body.len().saturating_sub(1);
    for (number, part) in body.into_iter().enumerate() {
        // The rest is not wanted where the call has ended already.
        if sending.send_data(part, number == last).is_err() {
            break;
        }
    }
    let answer = answer.await.ok()?;
    assert_eq!(answer.status(), 200, "{answer:?}");
    let in_headers = answer.headers().get("grpc-status").cloned();
    let code = match in_headers {
        Some(code) => code,
        None => answer.into_body().trailers().await.ok()??.get("grpc-status")?.clone(),
    };
    Some(Code::from_bytes(code.as_bytes()))
}

async fn send_bombs(
    stream: tokio::net::TcpStream,
    to: SocketAddr,
    number: usize,
    (bombed, came): (&AtomicU64, &mut Instant),
) -> Result<(), h2::Error> {
    let (mut sender, _connection) = raw::http2(stream, 1 << 20).await?;
    let grpc = |name: &'static str, value: &str| {
        let mut call = raw::call(to, GET);
        call.headers_mut().insert(name, value.parse().unwrap());
        call
    };
    // A length of 4 GB, and one just over the limit that really comes.
    for (length, bytes) in [(u32::MAX, 10), (4_200_000, 4_200_000)] {
        let body = vec![raw::framed(0, length, &vec![0; bytes])];
        let told = status(&mut sender, raw::call(to, GET), body).await;
        if told.is_none() && length == u32::MAX {
            // There was no place among so many; it comes again.
            return Ok(());
        }
        assert_eq!(told, Some(Code::ResourceExhausted), "{length} bytes");
    }
    // A flag that says compressed, with and without saying how: 4 kB that would unfold to 4 MB.
    let zeros = vec![0; 4 << 20];
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(&zeros[..], flate2::Compression::best()).read_to_end(&mut packed).unwrap();
    let bomb = raw::framed(1, u32::try_from(packed.len()).unwrap(), &packed);
    let told = status(&mut sender, grpc("grpc-encoding", "gzip"), vec![bomb.clone()]).await;
    assert!([Code::Unimplemented, Code::ResourceExhausted].contains(&told.unwrap()), "{told:?}");
    let told = status(&mut sender, raw::call(to, GET), vec![bomb]).await;
    assert!([Code::InvalidArgument, Code::ResourceExhausted].contains(&told.unwrap()), "{told:?}");
    // Headers over what a call may carry.
    let told = status(&mut sender, grpc("x-long", &"x".repeat(100_000)), vec![list()]).await;
    assert_eq!(told, Some(Code::ResourceExhausted));
    bombed.fetch_add(1, Relaxed);
    // Until here each call had its answer; what follows is never ended by this side.
    *came = Instant::now();
    // A megabyte in each of a hundred calls that never come to their end.
    let mut open = Vec::new();
    for _ in 0..rounds(30, 90) {
        let Ok(ready) = sender.clone().ready().await else { break };
        sender = ready;
        let Ok((answer, mut body)) = sender.send_request(raw::call(to, GET), false) else { break };
        let _ = body.send_data(raw::framed(0, 4_000_000, &vec![0; 1 << 20]), false);
        open.push((answer, body));
    }
    // The last word of some: headers without end.
    if number.is_multiple_of(2) {
        let huge = "x".repeat(8 << 20);
        let told = status(&mut sender, grpc("x-endless", &huge), vec![list()]).await;
        assert_eq!(told, None, "the connection ends");
    }
    // Held until the server has enough of each: it is answered, or the connection ends.
    for (answer, _body) in open {
        let _ = answer.await;
    }
    Ok(())
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
        let behaving = tokio::spawn(behave(target.program.channel().await, Arc::clone(&ends)));
        tokio::time::sleep(time).await;
        ends.store(true, Relaxed);
        let (mut times, failed) = behaving.await.unwrap();
        // Too much work may be refused; nothing else may go wrong.
        let other = failed.iter().find(|status| status.code() != Code::ResourceExhausted);
        assert!(other.is_none(), "{kinds:?}: {other:?}");
        (p99(&mut times), times.len())
    };
    let (baseline, _) = measured(alone).await;
    let before_mb = target.peak_mb();
    let until = Instant::now() + together;
    let mut attacking = JoinSet::new();
    let mut stayed = Vec::new();
    for kind in kinds.iter().rev().copied() {
        // The crowd comes last, so that the others have their places.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let told = Arc::new(Stayed::default());
        for number in 0..kind.clients() {
            let aim = (target.to, target.program.token());
            attacking.spawn(attack(kind, number, aim, until, Arc::clone(&told)));
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
