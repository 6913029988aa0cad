//! kill -9 of the real program in the middle of imports: whatever was acknowledged is there, and the index equals the
//! store.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reports by panics and prints"
)]
#![cfg(unix)]

#[path = "common/program.rs"]
mod program;

use passend::{
    engine,
    wire::v1::{self, candidate_service_client::CandidateServiceClient, import_candidates_request::Payload},
};
use program::Program;
use std::{collections::BTreeMap, time::Duration};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, transport::Channel};

const ROUNDS: usize = 20;

fn job_seeker(id: &str, round: usize) -> Payload {
    let record = format!(
        r#"{{"idWerkzoekende":"{id}","persoonlijkePresentatie":"ronde {round}","arbeidsmarktkwalificatie":{{"vakvaardigheid":[{{"omschrijving":"koken {round}"}}]}}}}"#
    );
    Payload::VumJson(record.into_bytes())
}

/// Imports until the connection breaks; what was acknowledged, in order.
async fn import_until_killed(channel: Channel, round: usize, acknowledged: mpsc::UnboundedSender<String>) {
    let (sender, receiver) = mpsc::channel(64);
    tokio::spawn(async move {
        for n in 0.. {
            // New records and, every third time, one that is there already.
            let id = if n % 3 == 0 { format!("k-{}", n % 60) } else { format!("k-{round}-{n}") };
            let message = v1::ImportCandidatesRequest { payload: Some(job_seeker(&id, round)) };
            if sender.send(message).await.is_err() {
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
            if acknowledged.send(result.id).is_err() {
                return;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_during_imports_lose_no_acknowledged_record_and_the_index_equals_the_store() {
    let folder = tempfile::tempdir().unwrap();
    // Outside the program: what it acknowledged, with the round of the last acknowledgement.
    let mut ledger: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..ROUNDS {
        let program = Program::start(folder.path());
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let import = tokio::spawn(import_until_killed(program.channel().await, round, sender));
        // The moment differs from round to round, from before the first acknowledgement to well after.
        tokio::time::sleep(Duration::from_millis(20 + 37 * (round as u64 * 7 % 11))).await;
        program.kill();
        import.await.unwrap();
        while let Ok(id) = receiver.try_recv() {
            ledger.insert(id, round);
        }
    }
    assert!(ledger.len() > 100, "only {} records were acknowledged: the kills came too early", ledger.len());
    let program = Program::start(folder.path());
    let mut client = CandidateServiceClient::new(program.channel().await);
    for (id, round) in &ledger {
        let get = v1::GetCandidateRequest { id: id.clone(), ..v1::GetCandidateRequest::default() };
        let stored =
            client.get_candidate(get).await.unwrap_or_else(|lost| panic!("{id} of round {round}: {lost}"));
        let told = stored.into_inner().candidate.unwrap().presentation;
        let at: usize = told.strip_prefix("ronde ").unwrap().parse().unwrap();
        // A record may be of a later round whose acknowledgement did not arrive; never of an earlier one.
        assert!(at >= *round, "{id}: acknowledged in round {round}, stored of round {at}");
    }
    program.kill();
    // One start in good order, so that the index has caught up, then every entry is compared.
    drop(
        engine::Engine::open(&engine::EngineOptions {
            folder: folder.path().to_owned(),
            threads: 1,
            ..Default::default()
        })
        .unwrap(),
    );
    let check = engine::check(folder.path()).unwrap().unwrap();
    assert!(check.findings.is_empty(), "{:?}", check.findings);
    println!("{} acknowledged records over {ROUNDS} kills, none lost", ledger.len());
}
