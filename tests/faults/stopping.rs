//! SIGTERM while nothing, much, or something without end goes on: the program ends by itself, with exit code 0, in time, and
//! whatever was acknowledged is there.

use crate::{
    common::{care_vacancy, upsert_vacancy},
    harness::{Numbers, rounds, seed},
    kills::{Ledger, Told, WRITERS, assert_kept, import_until_killed, write_until_killed},
    program::Program,
    raw,
};
use passend::wire::v1::{
    StartRerankRequest, WatchRerankRequest, rerank_service_client::RerankServiceClient,
    vacancy_service_client::VacancyServiceClient,
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    process::Command,
    time::Duration,
};
use tokio::{io::AsyncWriteExt, sync::mpsc, task::JoinSet};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

/// Longest time from the signal to the end.
const LONGEST: Duration = Duration::from_secs(30);

/// What goes on when the signal comes.
const STATES: [State; 5] = [State::Idle, State::Loaded, State::Silent, State::Endless, State::Night];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Idle,
    /// Eight writers.
    Loaded,
    /// A hundred clients that say nothing, or nothing more.
    Silent,
    /// Imports and watches without end, and a message that never comes to its own.
    Endless,
    /// A night.
    Night,
}

fn start(folder: &std::path::Path) -> Program {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    if rounds(0, 1) == 0 {
        command.env("PASSEND_STOP_SECONDS", "2");
    }
    Program::start_by(command, folder)
}

async fn fill(folder: &std::path::Path) {
    let program = start(folder);
    let mut filling = JoinSet::new();
    for part in 0..8 {
        let mut client = VacancyServiceClient::new(program.channel().await);
        filling.spawn(async move {
            for number in 0..12 {
                let vacancy = care_vacancy(&format!("v{part}-{number}"));
                client.upsert_vacancy(upsert_vacancy(vacancy)).await.unwrap();
            }
        });
    }
    filling.join_all().await;
    program.kill();
}

/// Says nothing, or the first words and nothing more, until the connection ends.
async fn be_silent(to: SocketAddr, number: usize) {
    let mut stream = raw::connect(Ipv4Addr::LOCALHOST, to).await.unwrap();
    match number % 3 {
        0 => {}
        1 => stream.write_all(b"PRI * HTTP/2.0\r\n").await.unwrap(),
        _ => {
            let (_sender, connection) = raw::http2(stream, 65_535).await.unwrap();
            connection.await.unwrap();
            return;
        }
    }
    // Ends with the server, in one way or another.
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
}

/// Begins a message and never ends it.
async fn never_end(to: SocketAddr) {
    let stream = raw::connect(Ipv4Addr::LOCALHOST, to).await.unwrap();
    let (sender, connection) = raw::http2(stream, 65_535).await.unwrap();
    let mut sender = sender.ready().await.unwrap();
    let call = raw::call(to, "/passend.v1.CandidateService/ImportCandidates");
    let (_answer, mut body) = sender.send_request(call, false).unwrap();
    body.send_data(raw::framed(0, 1_000, b"{"), false).unwrap();
    connection.await.unwrap();
}

async fn watch_night(program: &Program) {
    let mut runs = RerankServiceClient::new(program.channel().await);
    // One that a former round began may still be under way.
    let started = runs.start_rerank(StartRerankRequest::default()).await;
    let id = match started {
        Ok(started) => started.into_inner().rerank.unwrap().id,
        Err(status) if status.code() == tonic::Code::FailedPrecondition => return,
        Err(status) => panic!("{status}"),
    };
    let mut progress = runs.watch_rerank(WatchRerankRequest { id }).await.unwrap().into_inner();
    progress.message().await.unwrap();
    tokio::spawn(async move { while let Ok(Some(_)) = progress.message().await {} });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_in_time_with_0_and_loses_nothing_whatever_goes_on() {
    let (stops, seed) = (rounds(STATES.len(), 25), seed());
    let mut numbers = Numbers(seed);
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path()).await;
    // Outside the program: what it acknowledged last of whom.
    let mut ledger = Ledger::default();
    let mut version = 0;
    let mut longest = [Duration::ZERO; STATES.len()];
    for round in 0..stops {
        let state = STATES[round % STATES.len()];
        let program = start(folder.path());
        let to: SocketAddr = program.address().strip_prefix("http://").unwrap().parse().unwrap();
        let (told, mut heard) = mpsc::unbounded_channel();
        let mut clients = JoinSet::new();
        match state {
            State::Idle => {}
            State::Loaded => {
                for writer in 0..WRITERS {
                    let (channel, told) = (program.channel().await, told.clone());
                    clients.spawn(write_until_killed(channel, writer, version, told));
                }
            }
            State::Silent => (0..100).for_each(|number| drop(clients.spawn(be_silent(to, number)))),
            State::Endless => {
                let (channel, told) = (program.channel().await, told.clone());
                clients.spawn(import_until_killed(channel, 0, version, told));
                clients.spawn(never_end(to));
                let mut health = HealthClient::new(program.channel().await);
                clients.spawn(async move {
                    let watched = health.watch(HealthCheckRequest::default()).await;
                    let mut states = watched.unwrap().into_inner();
                    while let Ok(Some(_)) = states.message().await {}
                });
            }
            State::Night => watch_night(&program).await,
        }
        drop(told);
        tokio::time::sleep(Duration::from_millis(200 + numbers.below(400))).await;
        let (status, time) = tokio::task::spawn_blocking(move || program.terminate()).await.unwrap();
        assert_eq!(status.code(), Some(0), "{state:?}: {status}");
        assert!(time < LONGEST, "{state:?}: {time:?}");
        longest[round % STATES.len()] = longest[round % STATES.len()].max(time);
        // Every client sees that the server has ended.
        tokio::time::timeout(LONGEST, clients.join_all()).await.unwrap();
        while let Some(told) = heard.recv().await {
            let (Told::Asked(_, state) | Told::Acknowledged(_, state)) = &told;
            version = version.max(state.unwrap_or_default());
            ledger.take(told);
        }
        version += 1;
    }
    assert!(ledger.writes > 50, "only {} writes were acknowledged: nothing was shown", ledger.writes);
    assert_kept(folder.path(), &ledger).await;
    let longest: Vec<_> =
        STATES.iter().zip(longest).map(|(state, time)| format!("{state:?} {time:.1?}")).collect();
    println!(
        "{stops} stops (seed {seed}), exit code 0 each time; longest: {}; {} writes acknowledged, 0 lost",
        longest.join(", "),
        ledger.writes
    );
}
