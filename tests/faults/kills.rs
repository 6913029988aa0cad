//! kill -9 of the real program under writers, and while it recovers: whatever was acknowledged is there, and the index
//! equals the store.

use crate::{
    common::{carer, upsert},
    harness::{Numbers, rounds, seed},
    program::{Program, Service},
};
use passend::{
    engine,
    wire::v1::{self, candidate_service_client::CandidateServiceClient, import_candidates_request::Payload},
};
use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Request;

pub(crate) const WRITERS: usize = 8;
/// People that every writer has for itself.
const OWN: usize = 12;

/// What of a person was asked or acknowledged: a version, or `None`: deleted.
pub(crate) enum Told {
    Asked(String, Option<usize>),
    Acknowledged(String, Option<usize>),
}

/// What may stand in the store.
#[derive(Default)]
pub(crate) struct Ledger {
    acknowledged: BTreeMap<String, Option<usize>>,
    /// Asked after what was acknowledged last, and never answered.
    maybe: BTreeMap<String, Vec<Option<usize>>>,
    pub(crate) writes: usize,
}

impl Ledger {
    pub(crate) fn take(&mut self, told: Told) {
        match told {
            Told::Asked(id, state) => self.maybe.entry(id).or_default().push(state),
            Told::Acknowledged(id, state) => {
                self.writes += 1;
                self.maybe.remove(&id);
                self.acknowledged.insert(id, state);
            }
        }
    }

    fn allows(&self, id: &str, stored: Option<usize>) -> bool {
        let acknowledged = self.acknowledged.get(id).copied().flatten();
        if id.starts_with('i') {
            // An import says how far it came, not what it begins with: a later round may be there.
            return stored >= acknowledged;
        }
        stored == acknowledged || self.maybe.get(id).is_some_and(|maybe| maybe.contains(&stored))
    }
}

/// Writes, rewrites and deletes one by one until the connection breaks. `version` never falls.
pub(crate) async fn write_until_killed(
    channel: Service,
    writer: usize,
    mut version: usize,
    told: mpsc::UnboundedSender<Told>,
) {
    let mut client = CandidateServiceClient::new(channel);
    loop {
        version += 1;
        let id = format!("w{writer}-{}", version % OWN);
        let state = (!version.is_multiple_of(7)).then_some(version);
        let _ = told.send(Told::Asked(id.clone(), state));
        let answer = match state {
            None => {
                let asked = v1::DeleteCandidateRequest { id: id.clone(), ..Default::default() };
                client.delete_candidate(asked).await.map(drop)
            }
            Some(version) => {
                let person = v1::Candidate { presentation: format!("versie {version}"), ..carer(&id) };
                client.upsert_candidate(upsert(person)).await.map(drop)
            }
        };
        match answer {
            Ok(()) => {}
            Err(status) if state.is_none() && status.code() == tonic::Code::NotFound => {}
            Err(_) => return,
        }
        let _ = told.send(Told::Acknowledged(id, state));
    }
}

/// Imports until the connection breaks.
pub(crate) async fn import_until_killed(
    channel: Service,
    writer: usize,
    version: usize,
    told: mpsc::UnboundedSender<Told>,
) {
    let (sender, receiver) = mpsc::channel(64);
    tokio::spawn(async move {
        for number in 0.. {
            // New records and, every third time, one that is there already.
            let id = if number % 3 == 0 {
                format!("i{writer}-{}", number % 60)
            } else {
                format!("i{writer}-{version}-{number}")
            };
            let record = format!(
                r#"{{"idWerkzoekende":"{id}","persoonlijkePresentatie":"versie {version}","arbeidsmarktkwalificatie":{{"vakvaardigheid":[{{"omschrijving":"koken {version}"}}]}}}}"#
            );
            let payload = Some(Payload::VumJson(record.into_bytes()));
            if sender.send(v1::ImportCandidatesRequest { payload }).await.is_err() {
                return;
            }
        }
    });
    let mut client = CandidateServiceClient::new(channel);
    let Ok(answers) = client.import_candidates(Request::new(ReceiverStream::new(receiver))).await else {
        return;
    };
    let mut answers = answers.into_inner();
    while let Ok(Some(answer)) = answers.message().await {
        for result in answer.results {
            assert_ne!(result.outcome(), v1::ImportOutcome::Refused, "{result:?}");
            if told.send(Told::Acknowledged(result.id, Some(version))).is_err() {
                return;
            }
        }
    }
}

/// Starts the program and kills it before it serves, or just after.
fn kill_while_it_recovers(folder: &Path, after: Duration) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--log", "error", "--data"]).arg(folder);
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Asserts that what is stored is what was acknowledged last, or was asked after it.
pub(crate) async fn assert_kept(folder: &Path, ledger: &Ledger) {
    let program = Program::start(folder);
    let mut client = CandidateServiceClient::new(program.channel().await);
    for (id, acknowledged) in &ledger.acknowledged {
        let get = v1::GetCandidateRequest { id: id.clone(), ..Default::default() };
        let stored = match client.get_candidate(get).await {
            Ok(answer) => {
                let told = answer.into_inner().candidate.unwrap().presentation;
                Some(told.strip_prefix("versie ").unwrap().parse::<usize>().unwrap())
            }
            Err(status) if status.code() == tonic::Code::NotFound => None,
            Err(status) => panic!("{id}: {status}"),
        };
        assert!(ledger.allows(id, stored), "{id}: {stored:?} is stored, {acknowledged:?} was acknowledged");
    }
    program.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_under_eight_writers_and_during_recovery_lose_no_acknowledged_write() {
    let (kills, seed) = (rounds(8, 150), seed());
    let mut numbers = Numbers(seed);
    let folder = tempfile::tempdir().unwrap();
    // Outside the program: what it acknowledged last of whom.
    let mut ledger = Ledger::default();
    let (mut done, mut recovering, mut version) = (0, 0, 0);
    while done < kills {
        let program = Program::start(folder.path());
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let mut writers = Vec::new();
        for writer in 0..WRITERS {
            let (channel, told) = (program.channel().await, sender.clone());
            writers.push(match writer % 4 {
                3 => tokio::spawn(import_until_killed(channel, writer, version, told)),
                _ => tokio::spawn(write_until_killed(channel, writer, version, told)),
            });
        }
        drop(sender);
        // The moment differs: now and then before the first acknowledgement, mostly after it.
        let mut heard = Vec::new();
        while numbers.below(8) > 0 && heard.len() < 2 * WRITERS {
            match tokio::time::timeout(Duration::from_secs(10), receiver.recv()).await {
                Ok(Some(told)) => heard.push(told),
                _ => break,
            }
        }
        tokio::time::sleep(Duration::from_millis(numbers.below(400))).await;
        program.kill();
        done += 1;
        for writer in writers {
            writer.await.unwrap();
        }
        heard.extend(std::iter::from_fn(|| receiver.try_recv().ok()));
        for told in heard {
            let (Told::Asked(_, state) | Told::Acknowledged(_, state)) = &told;
            version = version.max(state.unwrap_or_default());
            ledger.take(told);
        }
        version += 1;
        // 30 of 100 kills fall into a recovery.
        while done < kills && recovering * 10 < done * 3 {
            kill_while_it_recovers(folder.path(), Duration::from_millis(numbers.below(400)));
            recovering += 1;
            done += 1;
        }
        if done % 20 == 0 {
            assert_kept(folder.path(), &ledger).await;
        }
    }
    let acknowledged = ledger.writes;
    assert!(acknowledged > 50, "only {acknowledged} writes were acknowledged: the kills came too early");
    assert_kept(folder.path(), &ledger).await;
    // One start in good order, so that the index has caught up, then every entry is compared.
    let options =
        engine::EngineOptions { folder: folder.path().to_owned(), threads: 1, ..Default::default() };
    drop(engine::Engine::open(&options).unwrap());
    let check = engine::check(folder.path()).unwrap().unwrap();
    assert!(check.findings.is_empty(), "{:?}", check.findings);
    println!(
        "{kills} kills, {recovering} of them during recovery (seed {seed}): {acknowledged} writes acknowledged, 0 lost, index \
         equals store"
    );
}
