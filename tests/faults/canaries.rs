//! Marked texts in everything that an employer may not see, and a look for them in everything that goes out: employers'
//! answers, errors, the log, the figures.

use crate::{
    common::{Raw, care_vacancy, carer, day, skill, upsert, upsert_vacancy},
    harness::{Numbers, rounds, seed},
    program::{Program, Service},
};
use passend::wire::v1::{
    self, candidate_service_client::CandidateServiceClient, vacancy_service_client::VacancyServiceClient,
};
use prost::Message;
use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::Command,
};
use tonic::{Request, Status};

/// Stands in every text that may not go out.
const MARK: &str = "kanarie";
const PEOPLE: usize = 24;
const VACANCIES: usize = 8;
const ASKERS: usize = 6;

fn holds_mark(bytes: &[u8]) -> bool {
    let lower: Vec<u8> = bytes.iter().map(u8::to_ascii_lowercase).collect();
    lower.windows(MARK.len()).any(|window| window == MARK.as_bytes())
}

fn mark(what: &str, at: usize) -> String {
    format!("{MARK} {what} {at}")
}

/// Somebody who is proposed, with a mark in every restricted text, and in every note about health.
fn marked(at: usize) -> v1::Candidate {
    let mut person = carer(&format!("{MARK}-{at}"));
    person.skills.push(skill("wondzorg"));
    person.observations = vec![v1::Observation {
        observed: Some(v1::observation::Observed::Quality(v1::Quality {
            competency_code: 24104,
            facet: "patience".to_owned(),
        })),
        source: v1::ObservationSource::Coach.into(),
        value: v1::ObservedValue::Strong.into(),
        observed_on: Some(day(2026, 11, 1)),
        note: mark("gezien", at),
        ..v1::Observation::default()
    }];
    person.support_needs = vec![v1::SupportNeed {
        kind: v1::SupportKind::try_from((at % 3) as i32 + 1).unwrap_or_default().into(),
        needed: v1::Answer::Yes.into(),
        note: mark("hulp", at),
    }];
    person.capacities =
        vec![v1::Capacity { ability: mark("staan", at), minutes_per_day: 60, note: mark("rug", at) }];
    person.ownership = Some(v1::Ownership {
        organisation: format!("{MARK}-gemeente"),
        advisor: format!("{MARK}-adviseur"),
        team: format!("{MARK}-team"),
    });
    person.presentation = mark("presentatie", at);
    person.restricted = Some(v1::RestrictedData {
        contact: Some(v1::ContactData {
            name: mark("naam", at),
            emails: vec![format!("{MARK}{at}@voorbeeld.example")],
            contacts: vec![v1::ContactPerson { name: mark("contact", at), ..v1::ContactPerson::default() }],
            ..v1::ContactData::default()
        }),
        benefits: vec![v1::Benefit { name: mark("uitkering", at), until: Some(day(2027, 1, 1)) }],
        allowances: v1::Answer::Yes.into(),
        target_group: v1::Answer::Yes.into(),
        ladder_step: Some(v1::LadderStep { step: (at % 6 + 1) as u32, estimated_on: None }),
        integration_route: v1::IntegrationRoute::SelfReliance.into(),
        advisor_notes: vec![mark("notitie", at)],
    });
    person
}

fn asked(numbers: &mut Numbers) -> v1::ProposeCandidatesRequest {
    v1::ProposeCandidatesRequest {
        vacancy_id: format!("v-{}", numbers.below(VACANCIES as u64)),
        as_of: Some(day(2026, 11, 1 + numbers.below(28) as i32)),
        page_size: 1 + numbers.below(30) as u32,
        text_language: ["nl", "en", ""][numbers.below(3) as usize].to_owned(),
        ..v1::ProposeCandidatesRequest::default()
    }
}

/// Asks as an employer, and for what comes to errors.
async fn ask(
    client: &mut v1::employer_matching_service_client::EmployerMatchingServiceClient<Service>,
    numbers: &mut Numbers,
) -> (usize, usize) {
    let mut request = asked(numbers);
    let broken = numbers.below(20) == 0;
    if broken {
        match numbers.below(3) {
            0 => request.vacancy_id = "nergens".to_owned(),
            1 => request.page_token = "bm9uc2Vucw".to_owned(),
            _ => request.page_size = 100_000,
        }
    }
    match client.propose_candidates(request).await {
        Ok(answer) => {
            let (headers, answer, _) = answer.into_parts();
            assert!(!holds_mark(&answer.encode_to_vec()), "{answer:?}");
            assert!(!holds_mark(format!("{headers:?}").as_bytes()), "{headers:?}");
            (1, answer.candidates.len())
        }
        Err(status) => {
            assert!(broken, "{status:?}");
            no_mark(&status);
            (0, 0)
        }
    }
}

fn no_mark(status: &Status) {
    assert!(!holds_mark(format!("{status:?}").as_bytes()), "{status:?}");
    assert!(!holds_mark(status.details()), "{status:?}");
}

/// Requests about marked people that are wrong: what is told of them may name the field, never what stood in it.
async fn errors(service: &Service) -> usize {
    let mut candidates = CandidateServiceClient::new(service.clone());
    let mut told = 0;
    let with = |change: fn(&mut v1::RestrictedData)| {
        let mut person = marked(1);
        change(person.restricted.as_mut().unwrap());
        person
    };
    let long = |restricted: &mut v1::RestrictedData| {
        restricted.contact.as_mut().unwrap().name = mark("naam", 1).repeat(100);
    };
    let notes = |restricted: &mut v1::RestrictedData| {
        restricted.advisor_notes = vec![mark("notitie", 1).repeat(1_000)];
    };
    let benefits = |restricted: &mut v1::RestrictedData| {
        restricted.benefits[0].name = mark("uitkering", 1).repeat(500);
    };
    let step = |restricted: &mut v1::RestrictedData| {
        restricted.ladder_step = Some(v1::LadderStep { step: 77, estimated_on: None });
    };
    for person in [with(long), with(notes), with(benefits), with(step)] {
        no_mark(&candidates.upsert_candidate(upsert(person)).await.unwrap_err());
        told += 1;
    }
    // Cut off in the middle of a marked text.
    let whole = upsert(marked(1)).encode_to_vec();
    let mut raw = tonic::client::Grpc::new(service.clone());
    for at in 1..40 {
        let cut = whole[..whole.len() - at].to_vec();
        raw.ready().await.unwrap();
        let path = http::uri::PathAndQuery::from_static("/passend.v1.CandidateService/UpsertCandidate");
        if let Err(status) = raw.unary(Request::new(cut), path, Raw).await {
            no_mark(&status);
            told += 1;
        }
    }
    told
}

fn figures(address: SocketAddr) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    write!(connection, "GET /metrics HTTP/1.1\r\nhost: here\r\n\r\n").unwrap();
    let mut page = String::new();
    connection.read_to_string(&mut page).unwrap();
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn no_marked_text_comes_out_in_employers_answers_errors_the_log_or_the_figures() {
    let answers = rounds(300, 100_000);
    let seed = seed();
    let folder = tempfile::tempdir().unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (log, instruments) = (folder.path().join("log"), folder.path().join("instruments.toml"));
    let shipped = include_str!("../../data/instruments.toml");
    fs::write(&instruments, shipped.replace("text = \"", &format!("text = \"{MARK} "))).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.env("PASSEND_METRICS", address.to_string()).env("PASSEND_INSTRUMENTS", &instruments);
    command.stderr(fs::File::create(&log).unwrap());
    let program = Program::start_logging(command, &folder.path().join("data"), "passend=trace");
    let service = program.channel().await;
    let mut candidates = CandidateServiceClient::new(service.clone());
    for at in 0..PEOPLE {
        candidates.upsert_candidate(upsert(marked(at))).await.unwrap();
    }
    let mut vacancies = VacancyServiceClient::new(service.clone());
    for at in 0..VACANCIES {
        vacancies.upsert_vacancy(upsert_vacancy(care_vacancy(&format!("v-{at}")))).await.unwrap();
    }
    let mut askers = tokio::task::JoinSet::new();
    for asker in 0..ASKERS {
        let service = program.channel().await;
        askers.spawn(async move {
            let mut numbers = Numbers(seed ^ (asker as u64) << 40);
            let mut client =
                v1::employer_matching_service_client::EmployerMatchingServiceClient::new(service);
            let (mut answered, mut people) = (0, 0);
            while answered < answers.div_ceil(ASKERS) {
                let (one, shown) = ask(&mut client, &mut numbers).await;
                (answered, people) = (answered + one, people + shown);
            }
            (answered, people)
        });
    }
    let (mut answered, mut people) = (0, 0);
    while let Some(told) = askers.join_next().await {
        let (one, shown) = told.unwrap();
        (answered, people) = (answered + one, people + shown);
    }
    let refused = errors(&service).await;
    let page = figures(address);
    assert!(page.contains("passend_calls_total") && !holds_mark(page.as_bytes()), "{page}");
    // Nothing of it may be in the log either, not even who: ids of people in the log are for faults.
    let logged = fs::read_to_string(&log).unwrap();
    let told = logged.lines().find(|line| holds_mark(line.as_bytes()));
    println!(
        "canaries: {answered} employers' answers with {people} people, {refused} errors, {} lines of the log; seed {seed}",
        logged.lines().count()
    );
    assert_eq!(told, None);
    assert!(logged.lines().count() > answered, "the log tells of every call, so it was looked through");
    assert!(people > answered, "hardly anybody was proposed");
    assert!(answered >= answers && refused > 20, "{answered} {refused}");
}
