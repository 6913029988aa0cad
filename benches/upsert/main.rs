//! One durable upsert at a time, behind a line protocol: `benches/peers/upsert.py` asks, beside PostgreSQL.
//!
//! `cargo bench --bench upsert -- [CANDIDATES]` fills a region and answers lines: `record PERSON TURN` with the record in
//! proto3 JSON, `engine PERSON TURN` and `grpc PERSON TURN` with the microseconds until the same record was durable and
//! showed in the next match.

#[allow(dead_code, reason = "the other benches use the rest of it")]
#[path = "../engine/region.rs"]
mod region;

use passend::{
    domain::Candidate,
    engine::Upsert,
    grpc,
    wire::{
        self, JsonLayout,
        v1::{self, candidate_service_client::CandidateServiceClient},
    },
};
use region::{Failure, Loaded, as_of};
use std::{
    io::{BufRead, Write},
    sync::Arc,
    time::Instant,
};
use tokio::{net::TcpListener, runtime::Runtime};
use tonic::transport::{Channel, server::TcpIncoming};

/// As many as a labour market region has.
const CANDIDATES: usize = 47_000;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let candidates = arguments.next().map_or(Ok(CANDIDATES), |text| text.parse())?;
    let loaded = Loaded::new(candidates, 500)?;
    let runtime = Runtime::new()?;
    let mut client = runtime.block_on(client(&loaded))?;
    tell("ready")?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let [what, person, turn] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(format!("three words are asked for, not: {line}").into());
        };
        let proto = record(&loaded, person.parse()?, turn);
        match what {
            "record" => tell(&wire::to_json(&proto, JsonLayout::Compact)?)?,
            "engine" => {
                let asked = Upsert {
                    proto,
                    mask: None,
                    etag: String::new(),
                    request_id: String::new(),
                    organisation: None,
                    within: None,
                    today: as_of(),
                };
                let started = Instant::now();
                loaded.engine.upsert::<Candidate>(&asked)?;
                tell(&started.elapsed().as_micros().to_string())?;
            }
            "grpc" => {
                let asked = v1::UpsertCandidateRequest { candidate: Some(proto), ..Default::default() };
                let started = Instant::now();
                runtime.block_on(client.upsert_candidate(asked))?;
                tell(&started.elapsed().as_micros().to_string())?;
            }
            other => return Err(format!("record, engine or grpc, not: {other}").into()),
        }
    }
    Ok(())
}

/// A client over a real socket.
async fn client(loaded: &Loaded) -> Result<CandidateServiceClient<Channel>, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    tokio::spawn(grpc::serve(
        Arc::clone(&loaded.engine),
        "local".to_owned(),
        incoming,
        std::future::pending(),
    ));
    Ok(CandidateServiceClient::connect(format!("http://{address}")).await?)
}

/// A person whose text is another one each turn: a record that is the same would not be written.
fn record(loaded: &Loaded, person: usize, turn: &str) -> v1::Candidate {
    let mut proto = loaded.people[person % loaded.people.len()].clone();
    proto.presentation = format!("Ik zoek werk, keer {turn}.");
    proto
}

fn tell(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
