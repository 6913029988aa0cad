//! The figures of the whole service: start, ranking in process and over gRPC, upserts, the night, memory.
//!
//! `cargo bench --bench figures -- speed` takes 47,000 candidates and 12,600 vacancies; `-- speed 2000 500` other numbers;
//! `-- nation` 1,000,000 candidates and the first 1,000 of 400,000 vacancies.

use crate::{Failure, Server, memory};
use passend::{
    batch::RunOptions,
    demo::{self, Region, Settings},
    domain::{Candidate, Date, Vacancy},
    engine::{
        Engine, EngineOptions,
        import::{ImportSettings, Incoming},
        matching::{ListOptions, RankingOptions, Subject},
    },
    exchange::TextLanguage,
    rank::pool::Closed,
    wire::{
        View, candidate_to_proto, v1,
        v1::{
            candidate_service_client::CandidateServiceClient, matching_service_client::MatchingServiceClient,
            rerank_service_client::RerankServiceClient,
        },
        vacancy_to_proto,
    },
};
use std::{
    collections::HashMap,
    path::Path,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tonic::transport::Channel;

/// Records of one import.
const TOGETHER: usize = 1_000;
const QUESTIONS: usize = 300;
const TOP: usize = 20;
const STARTS: usize = 3;
const UPSERTS: usize = 200;
/// Clients that ask at the same time, and for how long.
const CLIENTS: usize = 8;
const BUSY: Duration = Duration::from_secs(10);
/// Somebody who asks all the time, and how long nothing else goes on meanwhile.
const PACE: Duration = Duration::from_millis(50);
const CALM: Duration = Duration::from_secs(20);
/// Of the vacancies of a country so many are ranked; the rest is extrapolated.
const NATION: (usize, usize, usize) = (1_000_000, 1_000, 400_000);
/// Places in a list of a night.
const LISTED: usize = 50;
/// Places in a list of the sample: whoever is ranked against few vacancies is on the lists of most of them, so that telling
/// all of that says nothing of a country.
const LISTED_IN_SAMPLE: u16 = 5;

fn as_of() -> Date {
    Date::constant(2026, 11, 22)
}

/// A labour market region.
pub(crate) async fn region(candidates: usize, vacancies: usize) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let region = filled(folder.path(), candidates, vacancies)?;
    starts(folder.path())?;
    let server = Server::start(folder.path()).await?;
    println!("  memory with everything loaded: {}", memory::now());
    in_process(&server.engine, &region)?;
    over_grpc(&server, &region).await?;
    upserts(&server, &region).await?;
    println!("  one question every {} ms:", PACE.as_millis());
    let asking = Asking::new(&server, &region)?;
    shown("nothing else going on", asking.clone().until(sleep(CALM)).await?.0);
    let (times, night_ended) = asking.until(night(&server, None)).await?;
    night_ended?;
    shown("during the night", times);
    become_others(&server, &region, candidates / 100).await?;
    println!("  the night again, only what changed ({} people, wholly other profiles):", candidates / 100);
    let scope = v1::RerankScope { changed_only: true, ..v1::RerankScope::default() };
    night(&server, Some(scope)).await?;
    server.stop().await
}

/// A country, by a sample of its vacancies.
pub(crate) async fn nation() -> Result<(), Failure> {
    let (candidates, vacancies, all) = NATION;
    let folder = tempfile::tempdir()?;
    let region = filled(folder.path(), candidates, vacancies)?;
    starts(folder.path())?;
    let runs = RunOptions { list_size: LISTED_IN_SAMPLE, ..RunOptions::default() };
    let server = Server::start_with(folder.path(), runs).await?;
    println!("  memory with everything loaded: {}", memory::now());
    in_process(&server.engine, &region)?;
    let Night { ranked, whole, told } = night(&server, None).await?;
    // Ranking grows with the vacancies. Of what is told a country has a full list of each person and of each vacancy, told
    // apart at worst.
    let ranking = ranked.as_secs_f64() * all as f64 / vacancies as f64;
    let telling = (whole - ranked).as_secs_f64() * ((candidates + all) * LISTED) as f64 / told as f64;
    println!(
        "  extrapolated to {all} vacancies: ranking {:.0} minutes, telling and storing {:.0} minutes on these cores",
        ranking / 60.0,
        telling / 60.0
    );
    server.stop().await
}

/// A folder with a region in it, imported as a program would that has the engine inside.
fn filled(folder: &Path, candidates: usize, vacancies: usize) -> Result<Region, Failure> {
    let region = demo::region(Settings { candidates, vacancies, ..Settings::new(as_of()) })?;
    println!("{candidates} candidates, {vacancies} vacancies");
    let engine = Engine::open(&EngineOptions { folder: folder.to_owned(), ..EngineOptions::default() })?;
    let settings = ImportSettings {
        within: None,
        organisation: None,
        delivered_on: as_of(),
        today: as_of(),
        language: TextLanguage::Dutch,
    };
    let mut spent = Duration::ZERO;
    for from in (0..candidates).step_by(TOGETHER) {
        let chunk = (from..candidates.min(from + TOGETHER))
            .map(|at| Ok(Incoming::Own(candidate_to_proto(&region.candidate(at + 1)?, View::Full))))
            .collect::<Result<_, Failure>>()?;
        let started = Instant::now();
        engine.import::<Candidate>(chunk, &settings)?;
        spent += started.elapsed();
    }
    for from in (0..vacancies).step_by(TOGETHER) {
        let chunk = (from..vacancies.min(from + TOGETHER))
            .map(|at| Ok(Incoming::Own(vacancy_to_proto(&region.vacancy(at + 1)?, View::Full))))
            .collect::<Result<_, Failure>>()?;
        let started = Instant::now();
        engine.import::<Vacancy>(chunk, &settings)?;
        spent += started.elapsed();
    }
    crate::told("import, durable and matchable", (candidates + vacancies) as u64, spent);
    Ok(region)
}

/// Opens the folder some times. The first time may have to make what later ones read.
fn starts(folder: &Path) -> Result<(), Failure> {
    for turn in 1..=STARTS {
        let started = Instant::now();
        let engine = Engine::open(&EngineOptions { folder: folder.to_owned(), ..EngineOptions::default() })?;
        println!("  start {turn}: {:.2} s", started.elapsed().as_secs_f64());
        drop(engine);
    }
    Ok(())
}

fn shown(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let milliseconds =
        |of: usize| times[(times.len() * of / 100).min(times.len() - 1)].as_secs_f64() * 1_000.0;
    let (median, p99) = (milliseconds(50), milliseconds(99));
    println!("  {what}: median {median:.2} ms, p99 {p99:.2} ms ({} calls)", times.len());
}

/// Numbers of the vacancies that are asked about, spread over all.
fn asked(region: &Region) -> impl Iterator<Item = usize> {
    let vacancies = region.settings().vacancies;
    let step = (vacancies / QUESTIONS).max(1);
    (0..QUESTIONS).map(move |turn| 1 + turn * step % vacancies)
}

fn in_process(engine: &Arc<Engine>, region: &Region) -> Result<(), Failure> {
    let options = RankingOptions {
        as_of: as_of(),
        profile: None,
        weights: Vec::new(),
        travel_minutes: HashMap::new(),
        min_change: 0,
    };
    let list = ListOptions { page_size: TOP, after: None, closed: Closed::LeftOut, passes: None };
    for turn in ["asked for the first time", "asked again"] {
        let mut times = Vec::with_capacity(QUESTIONS);
        for number in asked(region) {
            let subject = Subject::<Vacancy>::Stored(region.vacancy(number)?.id.to_string());
            let started = Instant::now();
            let found = engine.match_candidates(&subject, &options, &list)?;
            times.push(started.elapsed());
            if found.matches.is_empty() {
                return Err("a vacancy without a single match: the region is not what it should be".into());
            }
        }
        shown(&format!("top 20 with all reasons, in process, {turn}"), times);
    }
    Ok(())
}

fn question(vacancy: String) -> v1::MatchCandidatesRequest {
    let as_of = Some(v1::Date { year: 2026, month: 11, day: 22 });
    v1::MatchCandidatesRequest {
        subject: Some(v1::match_candidates_request::Subject::VacancyId(vacancy)),
        options: Some(v1::RankingOptions { as_of, ..Default::default() }),
        ..Default::default()
    }
}

async fn over_grpc(server: &Server, region: &Region) -> Result<(), Failure> {
    let ids: Vec<String> = asked(region)
        .map(|number| Ok(region.vacancy(number)?.id.to_string()))
        .collect::<Result<_, Failure>>()?;
    let client = MatchingServiceClient::new(server.channel.clone()).max_decoding_message_size(64 << 20);
    let ids = Arc::new(ids);
    let (mut one, all) = (client.clone(), Arc::clone(&ids));
    // A client is a task, as in any program with a generated client: the main thread would be woken for each frame.
    let alone = tokio::spawn(async move {
        let mut times = Vec::with_capacity(QUESTIONS);
        for id in all.iter() {
            let started = Instant::now();
            one.match_candidates(question(id.clone())).await?;
            times.push(started.elapsed());
        }
        Ok::<_, tonic::Status>(times)
    });
    shown("the same over gRPC", alone.await??);
    let begin = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let (mut client, ids) = (client.clone(), Arc::clone(&ids));
            tokio::spawn(async move {
                let mut answered = 0u64;
                while begin.elapsed() < BUSY {
                    let id = ids[(answered as usize * CLIENTS + number) % ids.len()].clone();
                    client.match_candidates(question(id)).await?;
                    answered += 1;
                }
                Ok::<u64, tonic::Status>(answered)
            })
        })
        .collect();
    let mut answered = 0;
    for client in clients {
        answered += client.await??;
    }
    let rate = answered as f64 / begin.elapsed().as_secs_f64();
    println!("  {CLIENTS} clients at the same time: {rate:.0} requests a second");
    Ok(())
}

/// Somebody who asks at a steady pace.
#[derive(Clone)]
struct Asking {
    client: MatchingServiceClient<Channel>,
    ids: Vec<String>,
}

impl Asking {
    fn new(server: &Server, region: &Region) -> Result<Self, Failure> {
        let client = MatchingServiceClient::new(server.channel.clone()).max_decoding_message_size(64 << 20);
        let ids = asked(region).map(|number| Ok(region.vacancy(number)?.id.to_string()));
        Ok(Self { client, ids: ids.collect::<Result<_, Failure>>()? })
    }

    /// Asks until the work is done: how long each answer took, and what came of the work.
    async fn until<T>(self, work: impl Future<Output = T>) -> Result<(Vec<Duration>, T), Failure> {
        let mut work = pin!(work);
        let mut pace = interval(PACE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut times = Vec::new();
        for id in self.ids.iter().cycle() {
            tokio::select! {
                done = &mut work => return Ok((times, done)),
                _ = pace.tick() => {}
            }
            let started = Instant::now();
            let (mut client, question) = (self.client.clone(), question(id.clone()));
            let mut answer = tokio::spawn(async move { client.match_candidates(question).await });
            // The work goes on meanwhile.
            tokio::select! {
                done = &mut work => return Ok((times, done)),
                answered = &mut answer => drop(answered??),
            }
            times.push(started.elapsed());
        }
        Err("there is nothing to ask about".into())
    }
}

/// Changes people, one at a time.
async fn change(server: &Server, region: &Region, people: usize) -> Result<Vec<Duration>, Failure> {
    let mut client = CandidateServiceClient::new(server.channel.clone());
    let mut times = Vec::with_capacity(people);
    for number in 1..=people {
        let mut candidate = candidate_to_proto(&region.candidate(number)?, View::Full);
        let turn = server.engine.change_number();
        candidate.presentation = format!("Ik zoek werk, en leer graag iets nieuws ({turn}).");
        let request = v1::UpsertCandidateRequest { candidate: Some(candidate), ..Default::default() };
        let started = Instant::now();
        client.upsert_candidate(request).await?;
        times.push(started.elapsed());
    }
    Ok(times)
}

/// Gives people the profile of somebody else, so that all of their lists are other ones.
async fn become_others(server: &Server, region: &Region, people: usize) -> Result<(), Failure> {
    let mut client = CandidateServiceClient::new(server.channel.clone());
    let all = region.settings().candidates;
    for number in 1..=people {
        let mut candidate = candidate_to_proto(&region.candidate(1 + (number + all / 2) % all)?, View::Full);
        candidate.id = region.candidate(number)?.id.to_string();
        let request = v1::UpsertCandidateRequest { candidate: Some(candidate), ..Default::default() };
        client.upsert_candidate(request).await?;
    }
    Ok(())
}

async fn upserts(server: &Server, region: &Region) -> Result<(), Failure> {
    shown("one upsert over gRPC, durable and matchable", change(server, region, UPSERTS).await?);
    Ok(())
}

/// How long a run took.
struct Night {
    /// Until everything was ranked.
    ranked: Duration,
    /// Until it was done.
    whole: Duration,
    /// Pairs that were explained and stored.
    told: u64,
}

/// A run over everything, from its start until it is done.
async fn night(server: &Server, scope: Option<v1::RerankScope>) -> Result<Night, Failure> {
    memory::reset_peak();
    let mut client = RerankServiceClient::new(server.channel.clone());
    let as_of = Some(v1::Date { year: 2026, month: 11, day: 22 });
    let started = Instant::now();
    let request = v1::StartRerankRequest { scope, as_of, ..Default::default() };
    let run = client.start_rerank(request).await?.into_inner().rerank.unwrap_or_default();
    let request = v1::WatchRerankRequest { id: run.id };
    let mut progress = client.watch_rerank(request).await?.into_inner();
    let mut last = v1::Rerank::default();
    let mut ranked = None;
    while let Some(seen) = progress.message().await? {
        last = seen.rerank.unwrap_or(last);
        if ranked.is_none() && last.explained_total > 0 {
            ranked = Some(started.elapsed());
        }
    }
    let time = started.elapsed();
    if last.state() != v1::RerankState::Done {
        return Err(format!("the night ended as {:?}: {}", last.state(), last.problem).into());
    }
    // People and vacancies outside the pool are not ranked, so the run knows best how many pairs there were.
    let (pairs, told) = (last.pairs_done, last.explained_done);
    let (seconds, rate) = (time.as_secs_f64(), pairs as f64 / time.as_secs_f64() / 1e6);
    println!(
        "  the night, {pairs} pairs, {told} of them explained and stored: {seconds:.2} s, {rate:.0} million pairs a second"
    );
    println!("  peak memory of it: {}", memory::peak());
    Ok(Night { ranked: ranked.unwrap_or(time), whole: time, told })
}
