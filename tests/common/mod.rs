//! The real server over a real socket, for the tests.

#![allow(dead_code, unreachable_pub, reason = "every test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

pub mod folders;

use passend::{
    batch::RunOptions,
    engine::{Engine, EngineOptions},
    grpc::{self, Gate, LoadLimits, Metrics, ServeOptions, TransportLimits},
    taxonomy::{
        Codes, ConceptKind, LabelLanguage, LabelRole, Loaded, Need, Origin, Taxonomy, TaxonomyBuilder,
        recognize::Recognizer,
    },
    wire::v1::{
        self, candidate_service_client::CandidateServiceClient,
        matching_service_client::MatchingServiceClient, taxonomy_service_client::TaxonomyServiceClient,
        vacancy_service_client::VacancyServiceClient,
    },
};
use std::{net::SocketAddr, path::Path, sync::Arc};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tonic::transport::{Channel, server::TcpIncoming};

/// The token of a server that tells commands on the machine from others.
pub const TOKEN: &str = "local";

/// A running server with its engine. Whoever calls it is the local command, but where the test asks for strangers.
pub struct Server {
    pub address: SocketAddr,
    pub engine: Arc<Engine>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server on a folder, with threads for scoring.
    pub async fn start(folder: &Path, threads: usize) -> Self {
        let options = EngineOptions { folder: folder.to_owned(), threads, ..EngineOptions::default() };
        Self::start_as(options, Gate::embedded(String::new())).await
    }

    /// Starts a server that has no configuration: who brings no [`TOKEN`] is an advisor.
    pub async fn start_for_strangers(folder: &Path) -> Self {
        let options = EngineOptions { folder: folder.to_owned(), threads: 1, ..EngineOptions::default() };
        Self::start_as(options, Gate::embedded(TOKEN.to_owned())).await
    }

    /// Starts a server on a folder, with profiles of its own.
    pub async fn start_with_profiles(folder: &Path, profiles: &Path) -> Self {
        let profiles = Some(profiles.to_owned());
        let options =
            EngineOptions { folder: folder.to_owned(), threads: 1, profiles, ..EngineOptions::default() };
        Self::start_as(options, Gate::embedded(String::new())).await
    }

    /// Starts a server behind a gate.
    pub async fn start_as(options: EngineOptions, gate: Gate) -> Self {
        Self::start_under(options, gate, LoadLimits::default()).await
    }

    /// Starts a server behind a gate, which takes on so much.
    pub async fn start_under(options: EngineOptions, gate: Gate, load: LoadLimits) -> Self {
        let engine = tokio::task::spawn_blocking(move || Engine::open(&options).unwrap()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = Arc::clone(&engine);
        let task = tokio::spawn(async move {
            let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
            let until = async {
                let _ = stopped.await;
            };
            let metrics = Metrics::default();
            let transport = TransportLimits::default();
            let options = ServeOptions { runs: RunOptions::default(), gate, metrics, load, transport };
            grpc::serve_guarded(served, options, incoming, until).await.unwrap();
        });
        Self { address, engine, stop, task }
    }

    /// Stops the server and closes the folder.
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
        let engine = self.engine;
        // A connection's task ends a moment after the server says that it has ended.
        while Arc::strong_count(&engine) > 1 {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        tokio::task::spawn_blocking(move || drop(engine)).await.unwrap();
    }

    pub async fn channel(&self) -> Channel {
        Channel::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }

    pub async fn candidates(&self) -> CandidateServiceClient<Channel> {
        CandidateServiceClient::new(self.channel().await)
    }

    pub async fn vacancies(&self) -> VacancyServiceClient<Channel> {
        VacancyServiceClient::new(self.channel().await)
    }

    pub async fn concepts(&self) -> TaxonomyServiceClient<Channel> {
        TaxonomyServiceClient::new(self.channel().await)
    }

    /// Puts the small taxonomy in the place of the one in use.
    pub async fn use_small_taxonomy(&self) {
        let engine = Arc::clone(&self.engine);
        let replace = move || engine.replace_taxonomy(loaded(small_taxonomy()));
        assert!(tokio::task::spawn_blocking(replace).await.unwrap().unwrap());
    }

    pub async fn matching(&self) -> MatchingServiceClient<Channel> {
        MatchingServiceClient::new(self.channel().await).max_decoding_message_size(64 << 20)
    }
}

/// A taxonomy as it is used.
pub fn loaded(taxonomy: Taxonomy) -> Loaded {
    Loaded::new(Origin::Embedded, Recognizer::new(Arc::new(taxonomy)), Codes::default())
}

/// A small taxonomy, written for the tests.
pub fn small_taxonomy() -> Taxonomy {
    use LabelRole::{Alternative, Hidden, Preferred};
    let (nl, en) = (LabelLanguage::DUTCH, LabelLanguage::ENGLISH);
    let mut builder = TaxonomyBuilder::new("small");
    for (uri, kind, code, labels) in [
        (
            "o:carer",
            ConceptKind::Occupation,
            "5321",
            &[
                (nl, Preferred, "verzorgende"),
                (nl, Alternative, "verzorgende IG"),
                (en, Preferred, "care worker"),
            ][..],
        ),
        (
            "o:driver",
            ConceptKind::Occupation,
            "8332",
            &[
                (nl, Preferred, "vrachtwagenchauffeur"),
                (nl, Hidden, "trucker"),
                (en, Preferred, "truck driver"),
            ],
        ),
        ("g:carers", ConceptKind::OccupationGroup, "532", &[(nl, Preferred, "verzorgend personeel")]),
        (
            "s:care",
            ConceptKind::Skill,
            "",
            &[(nl, Preferred, "ouderen verzorgen"), (en, Preferred, "care for older people")],
        ),
        ("s:cafe", ConceptKind::Skill, "", &[(nl, Preferred, "één café beheren")]),
        ("s:drive", ConceptKind::Skill, "", &[(nl, Preferred, "vrachtwagens besturen")]),
    ] {
        builder.concept(uri, kind).unwrap();
        builder.code(uri, code).unwrap();
        for (language, role, text) in labels {
            builder.label(uri, *language, *role, text).unwrap();
        }
    }
    builder.broader("o:carer", "g:carers").unwrap();
    builder.needs("o:carer", "s:care", Need::Essential).unwrap();
    builder.needs("o:driver", "s:drive", Need::Essential).unwrap();
    builder.needs("o:driver", "s:care", Need::Optional).unwrap();
    builder.related("s:care", "s:cafe", Need::Optional).unwrap();
    builder.build().unwrap()
}

/// A day.
pub fn day(year: i32, month: i32, day: i32) -> v1::Date {
    v1::Date { year, month, day }
}

pub fn skill(text: &str) -> v1::Skill {
    v1::Skill { text: text.to_owned(), ..v1::Skill::default() }
}

pub fn occupation(text: &str) -> v1::Occupation {
    v1::Occupation { text: text.to_owned(), ..v1::Occupation::default() }
}

/// A believable candidate for care work.
pub fn carer(id: &str) -> v1::Candidate {
    v1::Candidate {
        id: id.to_owned(),
        wishes: Some(v1::Wishes {
            occupations: vec![occupation("Verzorgende IG")],
            sbi_codes: vec![87],
            ..v1::Wishes::default()
        }),
        availability: Some(v1::Availability {
            hours: Some(v1::HoursRange { min_hours_per_week: Some(16.0), max_hours_per_week: Some(32.0) }),
            ..v1::Availability::default()
        }),
        travel: Some(v1::Travel {
            postcode: "7511 AB".to_owned(),
            max_km: Some(20),
            means: vec![v1::MeansOfTransport::Bicycle.into()],
            ..v1::Travel::default()
        }),
        skills: vec![skill("ouderen verzorgen"), skill("medicatie geven")],
        ..v1::Candidate::default()
    }
}

/// A believable vacancy in care.
pub fn care_vacancy(id: &str) -> v1::Vacancy {
    v1::Vacancy {
        id: id.to_owned(),
        title: "Verzorgende IG".to_owned(),
        occupation: Some(occupation("verzorgende ig")),
        sbi_code: 87101,
        place: Some(v1::Place { postcode: "7551 AA".to_owned(), ..v1::Place::default() }),
        schedule: Some(v1::Schedule {
            hours: Some(v1::HoursRange { min_hours_per_week: Some(24.0), max_hours_per_week: Some(32.0) }),
            ..v1::Schedule::default()
        }),
        requirements: Some(v1::Requirements {
            skills: vec![
                v1::SkillRequirement {
                    skill: Some(skill("Ouderen verzorgen")),
                    ..v1::SkillRequirement::default()
                },
                v1::SkillRequirement { skill: Some(skill("wondzorg")), ..v1::SkillRequirement::default() },
            ],
            ..v1::Requirements::default()
        }),
        ..v1::Vacancy::default()
    }
}

/// Points as whole hundredths.
pub fn hundredths(points: f64) -> i64 {
    let hundredths = points * 100.0;
    assert!((hundredths - hundredths.round()).abs() < 1e-6, "{points} is no number of hundredths");
    hundredths.round() as i64
}

/// Asserts that the lines of a match add up to its score exactly.
pub fn assert_adds_up(found: &v1::Match) {
    let lines: i64 = found.criteria.iter().map(|line| hundredths(line.contribution)).sum();
    let conflicts: i64 = found.conflicts.iter().map(|conflict| hundredths(conflict.contribution)).sum();
    assert_eq!(lines + hundredths(found.balance) + conflicts, hundredths(found.score), "{found:?}");
    assert!(found.score_low <= found.score && found.score <= found.score_high, "{found:?}");
}

/// Sends and takes bytes as they are.
#[derive(Clone, Copy, Default)]
pub struct Raw;

impl tonic::codec::Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = ();
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl tonic::codec::Encoder for Raw {
    type Item = Vec<u8>;
    type Error = tonic::Status;

    fn encode(&mut self, bytes: Vec<u8>, out: &mut tonic::codec::EncodeBuf<'_>) -> Result<(), tonic::Status> {
        use bytes::BufMut;
        out.put_slice(&bytes);
        Ok(())
    }
}

impl tonic::codec::Decoder for Raw {
    type Item = ();
    type Error = tonic::Status;

    fn decode(&mut self, bytes: &mut tonic::codec::DecodeBuf<'_>) -> Result<Option<()>, tonic::Status> {
        use bytes::Buf;
        bytes.advance(bytes.remaining());
        Ok(Some(()))
    }
}

pub fn upsert(candidate: v1::Candidate) -> v1::UpsertCandidateRequest {
    v1::UpsertCandidateRequest { candidate: Some(candidate), ..v1::UpsertCandidateRequest::default() }
}

pub fn upsert_vacancy(vacancy: v1::Vacancy) -> v1::UpsertVacancyRequest {
    v1::UpsertVacancyRequest { vacancy: Some(vacancy), ..v1::UpsertVacancyRequest::default() }
}

/// As of the day of the tests, and with the data of each reason, as the record of what happened keeps it.
fn ranking_options() -> v1::RankingOptions {
    v1::RankingOptions { as_of: Some(day(2026, 11, 22)), reason_data: true, ..v1::RankingOptions::default() }
}

pub fn candidates_for(vacancy: &str) -> v1::MatchCandidatesRequest {
    v1::MatchCandidatesRequest {
        subject: Some(v1::match_candidates_request::Subject::VacancyId(vacancy.to_owned())),
        options: Some(ranking_options()),
        ..v1::MatchCandidatesRequest::default()
    }
}

pub fn vacancies_for(candidate: &str) -> v1::MatchVacanciesRequest {
    v1::MatchVacanciesRequest {
        subject: Some(v1::match_vacancies_request::Subject::CandidateId(candidate.to_owned())),
        options: Some(ranking_options()),
        ..v1::MatchVacanciesRequest::default()
    }
}
