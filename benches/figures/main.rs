//! The figures of the README: `cargo bench --bench figures`.
//!
//! A synthetic region is imported over a real socket, in the interface's own form and as VUM, and asked for the best
//! candidates of many vacancies. It prints medians; whoever compares takes two runs on a calm machine. Parts: `-- import`,
//! `-- recognition`, `-- speed` and, only when it is named, `-- nation`.

#![allow(clippy::print_stdout, reason = "a measurement prints what it measured")]

mod memory;
mod profiles;
mod recognition;
mod speed;

use passend::{
    batch::RunOptions,
    demo,
    domain::Date,
    engine::{Engine, EngineOptions},
    grpc,
    wire::{
        View, candidate_to_proto, v1,
        v1::{
            candidate_service_client::CandidateServiceClient, import_candidates_request as candidate,
            import_vacancies_request as vacancy, matching_service_client::MatchingServiceClient,
            vacancy_service_client::VacancyServiceClient,
        },
        vacancy_to_proto,
    },
};
use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, sync::oneshot};
use tonic::{
    Request,
    transport::{Channel, server::TcpIncoming},
};

/// As in the service.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn Error>;

/// Candidates and vacancies of a labour market region.
const REGION: (usize, usize) = (47_000, 12_600);
const VACANCIES: usize = 500;
const QUESTIONS: usize = 300;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let cores = std::thread::available_parallelism()?;
    println!("{cores} cores; over gRPC on a local socket, store on disk");
    // Cargo adds `--bench`.
    let named: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with('-')).collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    match named[..] {
        [] => {
            recognition::measure().await?;
            imports().await?;
            speed::region(REGION.0, REGION.1).await
        }
        ["recognition"] => recognition::measure().await,
        ["import"] => imports().await,
        ["speed"] => speed::region(REGION.0, REGION.1).await,
        ["speed", candidates, vacancies] => speed::region(candidates.parse()?, vacancies.parse()?).await,
        ["nation"] => speed::nation().await,
        _ => Err("name one part: recognition, import, speed [CANDIDATES VACANCIES] or nation".into()),
    }
}

/// Records over the import streams, in both forms.
async fn imports() -> Result<(), Failure> {
    for candidates in [2_000, REGION.0] {
        let folder = tempfile::tempdir()?;
        let server = Server::start(folder.path()).await?;
        println!("{candidates} candidates, {VACANCIES} vacancies");
        measure(&server, candidates).await?;
        server.stop().await?;
    }
    Ok(())
}

async fn measure(server: &Server, candidates: usize) -> Result<(), Failure> {
    let settings =
        demo::Settings { candidates, vacancies: VACANCIES, ..demo::Settings::new(Date::new(2026, 11, 22)?) };
    let region = demo::region(settings)?;
    let people: Vec<v1::Candidate> = region
        .candidates()
        .map(|c| c.map(|c| candidate_to_proto(&c, View::Full)))
        .collect::<Result<_, _>>()?;
    let openings: Vec<v1::Vacancy> =
        region.vacancies().map(|v| v.map(|v| vacancy_to_proto(&v, View::Full))).collect::<Result<_, _>>()?;

    let started = Instant::now();
    let taken = import_candidates(server, people.into_iter().map(candidate::Payload::Candidate)).await?;
    told("import in the own form", taken.created + taken.updated, started.elapsed());
    import_vacancies(server, openings.clone()).await?;
    ask(server, &openings).await?;

    let started = Instant::now();
    let vum = (0..candidates).map(|n| candidate::Payload::VumJson(job_seeker(n).into_bytes()));
    let taken = import_candidates(server, vum).await?;
    told("import of VUM profiles", taken.created + taken.updated, started.elapsed());
    Ok(())
}

/// Asks for the top 20 of many vacancies, one at a time.
async fn ask(server: &Server, openings: &[v1::Vacancy]) -> Result<(), Failure> {
    let mut client = MatchingServiceClient::new(server.channel.clone()).max_decoding_message_size(64 << 20);
    let mut times = Vec::with_capacity(QUESTIONS);
    for opening in openings.iter().cycle().take(QUESTIONS) {
        let as_of = Some(v1::Date { year: 2026, month: 11, day: 22 });
        let request = v1::MatchCandidatesRequest {
            subject: Some(v1::match_candidates_request::Subject::VacancyId(opening.id.clone())),
            options: Some(v1::RankingOptions { as_of, ..Default::default() }),
            ..Default::default()
        };
        let asked = Instant::now();
        let answer = client.match_candidates(request).await?.into_inner();
        times.push(asked.elapsed());
        if answer.matches.is_empty() {
            return Err("a vacancy without a single match: the region is not what it should be".into());
        }
    }
    times.sort_unstable();
    let milliseconds = |place: usize| times[place].as_secs_f64() * 1_000.0;
    let (median, p99) = (milliseconds(QUESTIONS / 2), milliseconds(QUESTIONS * 99 / 100));
    println!(
        "  MatchCandidates, top 20 explained: median {median:.1} ms, p99 {p99:.1} ms ({QUESTIONS} calls)"
    );
    Ok(())
}

fn told(what: &str, records: u64, time: Duration) {
    let seconds = time.as_secs_f64();
    println!("  {what}: {records} records in {seconds:.2} s, {:.0} a second", records as f64 / seconds);
}

async fn import_candidates(
    server: &Server,
    records: impl Iterator<Item = candidate::Payload>,
) -> Result<v1::ImportSummary, Failure> {
    let end = candidate::Payload::End(v1::ImportEnd {});
    let messages: Vec<_> =
        records.chain([end]).map(|payload| v1::ImportCandidatesRequest { payload: Some(payload) }).collect();
    let mut client = CandidateServiceClient::new(server.channel.clone()).max_decoding_message_size(64 << 20);
    let mut answers =
        client.import_candidates(Request::new(tokio_stream::iter(messages))).await?.into_inner();
    let mut summary = None;
    while let Some(answer) = answers.message().await? {
        summary = answer.summary;
    }
    summary.ok_or_else(|| "the import ended without a summary".into())
}

async fn import_vacancies(server: &Server, records: Vec<v1::Vacancy>) -> Result<(), Failure> {
    let end = vacancy::Payload::End(v1::ImportEnd {});
    let messages: Vec<_> = records
        .into_iter()
        .map(vacancy::Payload::Vacancy)
        .chain([end])
        .map(|payload| v1::ImportVacanciesRequest { payload: Some(payload) })
        .collect();
    let mut client = VacancyServiceClient::new(server.channel.clone());
    let mut answers = client.import_vacancies(Request::new(tokio_stream::iter(messages))).await?.into_inner();
    while answers.message().await?.is_some() {}
    Ok(())
}

/// A VUM profile of the usual size: about twelve wordings.
fn job_seeker(n: usize) -> String {
    let skills: Vec<_> =
        (0..8).map(|k| format!(r#"{{"omschrijving":"vaardigheid {}"}}"#, (n * 7 + k * 13) % 900)).collect();
    format!(
        r#"{{"idWerkzoekende":"vum-{n}","persoonlijkePresentatie":"Ik zoek werk in de buurt en leer graag.",
        "mobiliteit":{{"bemiddelingspostcode":"75{:02}AB","maximaleReisafstand":{}}},
        "werktijden":{{"aantalWerkurenPerWeekMinimaal":16,"aantalWerkurenPerWeekMaximaal":{}}},
        "vervoermiddel":[{{"indicatieBeschikbaarVoorWoonWerkverkeer":1,"codeVervoermiddel":{}}}],
        "arbeidsmarktkwalificatie":{{"codeWerkEnDenkniveauWerkzoekende":{},"vakvaardigheid":[{}],
        "taalbeheersing":[{{"codeTaal":"nld","codeNiveauTaalbeheersingMondeling":3,"codeNiveauTaalbeheersingLezen":3}}],
        "gedragscompetentie":[{{"codeGedragscompetentie":24104,"codeBeheersingGedragscompetentie":1}}],
        "rijbewijs":[{{"codeSoortRijbewijs":"B"}}],
        "werkervaring":[{{"datumAanvangWerkzaamheden":"2015-03-01","datumEindeWerkzaamheden":"2019-06-30",
        "beroep":{{"naamBeroepOngecodeerd":"beroep {}"}}}}]}},
        "bemiddelingsberoep":[{{"naamBeroepOngecodeerd":"beroep {}"}}],"sector":[{{"codeSbi":8710}}]}}"#,
        n % 90,
        10 + n % 40,
        20 + n % 20,
        1 + n % 5,
        1 + n % 6,
        skills.join(","),
        n % 120,
        (n * 3) % 120,
    )
}

struct Server {
    engine: Arc<Engine>,
    channel: Channel,
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<Result<(), grpc::ServeError>>,
}

impl Server {
    async fn start(folder: &std::path::Path) -> Result<Self, Failure> {
        Self::start_with(folder, RunOptions::default()).await
    }

    async fn start_with(folder: &std::path::Path, runs: RunOptions) -> Result<Self, Failure> {
        let engine = Engine::open(&EngineOptions { folder: folder.to_owned(), ..EngineOptions::default() })?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(grpc::serve_with(
            Arc::clone(&engine),
            runs,
            String::new(),
            TcpIncoming::from(listener).with_nodelay(Some(true)),
            async {
                // Dropped or sent: both mean stop.
                let _ = stopped.await;
            },
        ));
        let channel = Channel::from_shared(format!("http://{address}"))?.connect().await?;
        Ok(Self { engine, channel, stop, task })
    }

    async fn stop(self) -> Result<(), Failure> {
        drop(self.channel);
        drop(self.stop);
        self.task.await??;
        // A connection's task ends a moment after the server says that it has ended.
        while Arc::strong_count(&self.engine) > 1 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    }
}
