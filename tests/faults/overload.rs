//! Ten times as many calls as can be answered, sent whatever became of those before (open loop).

use crate::{
    common::{candidates_for, care_vacancy, carer, upsert, upsert_vacancy},
    harness::rounds,
    program::{Program, Service},
};
use passend::wire::v1::{
    self,
    candidate_service_client::CandidateServiceClient,
    explain_match_request::{CandidateSubject, VacancySubject},
    import_candidates_request::Payload,
    matching_service_client::MatchingServiceClient,
    vacancy_service_client::VacancyServiceClient,
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tonic::{Code, Request, Status};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_types::StatusExt;

/// How many times the capacity is sent.
const TIMES: f64 = 10.0;
/// What makes the capacity a figure that a client on the same two cores can send ten times over.
const PEOPLE: usize = if cfg!(debug_assertions) { 400 } else { 47_000 };
const CHANGES: u32 = 10;

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Ranking,
    Lookup,
    Write,
    Health,
}

/// What became of the calls.
#[derive(Debug, Default)]
struct Told(Mutex<Vec<(Kind, Option<Code>, Duration)>>, Mutex<BTreeSet<String>>);

impl Told {
    fn of(&self, kind: Kind, code: Option<Code>) -> Vec<f64> {
        let all = self.0.lock().unwrap();
        let found = all.iter().filter(|(of, with, _)| *of == kind && *with == code);
        let mut times: Vec<f64> = found.map(|(_, _, time)| time.as_secs_f64() * 1_000.0).collect();
        times.sort_by(f64::total_cmp);
        times
    }

    fn share_refused(&self, kind: Kind) -> f64 {
        let (well, refused) = (self.of(kind, None).len(), self.of(kind, Some(Code::ResourceExhausted)).len());
        refused as f64 / (well + refused).max(1) as f64
    }
}

fn percentile(times: &[f64], share: f64) -> f64 {
    let at = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or_default()
}

async fn call(channel: Service, kind: Kind, number: u64) -> Result<(), Status> {
    let deadline = Duration::from_secs(5);
    match kind {
        Kind::Ranking => {
            // Everybody is ranked again for each change that is tried, and the answer is small: the client is no part of it.
            let mut request = Request::new(v1::ExplainMatchRequest {
                candidate_subject: Some(CandidateSubject::CandidateId(format!(
                    "k-{}",
                    number as usize % PEOPLE
                ))),
                vacancy_subject: Some(VacancySubject::VacancyId("v-1".to_owned())),
                options: candidates_for("v-1").options,
                suggested_changes: Some(CHANGES),
                ..Default::default()
            });
            request.set_timeout(deadline);
            MatchingServiceClient::new(channel).explain_match(request).await.map(drop)
        }
        Kind::Lookup => {
            let mut request = Request::new(v1::ListCandidatesRequest { page_size: 10, ..Default::default() });
            request.set_timeout(deadline);
            CandidateServiceClient::new(channel).list_candidates(request).await.map(drop)
        }
        Kind::Write => {
            let mut request = Request::new(upsert(carer(&format!("w-{}", number % 50))));
            request.set_timeout(deadline);
            CandidateServiceClient::new(channel).upsert_candidate(request).await.map(drop)
        }
        Kind::Health => HealthClient::new(channel).check(HealthCheckRequest::default()).await.map(drop),
    }
}

async fn fill(server: &Program) {
    let mut payloads: Vec<_> = (0..PEOPLE).map(|at| Payload::Candidate(carer(&format!("k-{at}")))).collect();
    payloads.push(Payload::End(v1::ImportEnd {}));
    let messages: Vec<_> =
        payloads.into_iter().map(|payload| v1::ImportCandidatesRequest { payload: Some(payload) }).collect();
    let stream = Request::new(tokio_stream::iter(messages));
    let mut candidates = CandidateServiceClient::new(server.channel().await);
    let mut answers = candidates.import_candidates(stream).await.unwrap().into_inner();
    while answers.message().await.unwrap().is_some() {}
    let mut vacancies = VacancyServiceClient::new(server.channel().await);
    vacancies.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
}

/// Explained pairs a second when six callers each ask again as soon as they have their answer.
async fn capacity(channels: &[Service], time: Duration) -> f64 {
    let begun = Instant::now();
    let answered = Arc::new(AtomicU64::new(0));
    let callers = channels.iter().take(6).map(|channel| {
        let (channel, answered) = (channel.clone(), Arc::clone(&answered));
        tokio::spawn(async move {
            while begun.elapsed() < time {
                if call(channel.clone(), Kind::Ranking, 0).await.is_ok() {
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    answered.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_times_too_many_calls_leave_those_that_are_taken_as_they_were() {
    let long = rounds(0, 1) == 1;
    let time = Duration::from_secs(if long { 60 } else { 3 });
    let folder = tempfile::tempdir().unwrap();
    let server = Program::start(folder.path());
    fill(&server).await;
    let mut channels = Vec::new();
    for _ in 0..8 {
        channels.push(server.channel().await);
    }
    let begun = Instant::now();
    call(channels[0].clone(), Kind::Ranking, 0).await.unwrap();
    let alone = begun.elapsed();
    let capacity = capacity(&channels, Duration::from_secs(if long { 10 } else { 1 })).await;

    let told = Arc::new(Told::default());
    let no_delay = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    let mut sent = [0_u64; 4];
    // Rankings ten times over, and beside them a little of everything else.
    let rates =
        [(Kind::Ranking, TIMES * capacity), (Kind::Lookup, 20.0), (Kind::Write, 10.0), (Kind::Health, 20.0)];
    while begun.elapsed() < time {
        for (at, (kind, rate)) in rates.into_iter().enumerate() {
            while (sent[at] as f64) < begun.elapsed().as_secs_f64() * rate {
                sent[at] += 1;
                let channel = channels[sent[at] as usize % channels.len()].clone();
                let (told, no_delay, number) = (Arc::clone(&told), Arc::clone(&no_delay), sent[at]);
                calls.spawn(async move {
                    let sent = Instant::now();
                    let answer = call(channel, kind, number).await;
                    let took = sent.elapsed();
                    if let Err(status) = &answer
                        && status.code() == Code::ResourceExhausted
                    {
                        let told = status.get_error_details();
                        let delay = told.retry_info().and_then(|info| info.retry_delay);
                        no_delay.fetch_or(delay.is_none_or(|delay| delay.is_zero()), Ordering::Relaxed);
                    }
                    if let Err(status) = &answer
                        && status.code() != Code::ResourceExhausted
                    {
                        told.1.lock().unwrap().insert(format!("{kind:?}: {status:?}"));
                    }
                    told.0.lock().unwrap().push((kind, answer.err().map(|status| status.code()), took));
                });
            }
        }
        while calls.try_join_next().is_some() {}
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let over = begun.elapsed();
    let in_time = told.of(Kind::Ranking, None).len();
    while calls.join_next().await.is_some() {}

    // Normal again: five calls after each other, each as quick as one alone.
    let after = Instant::now();
    let mut quick = 0;
    while quick < 5 {
        let begun = Instant::now();
        let well = call(channels[0].clone(), Kind::Ranking, 0).await.is_ok();
        quick = if well && begun.elapsed() < 3 * alone + Duration::from_millis(50) { quick + 1 } else { 0 };
        assert!(after.elapsed() < Duration::from_secs(60), "not normal again");
    }
    let normal_after = after.elapsed();

    let refused = told.of(Kind::Ranking, Some(Code::ResourceExhausted));
    let admitted = told.of(Kind::Ranking, None);
    let goodput = in_time as f64 / over.as_secs_f64() / capacity;
    println!(
        "overload: capacity {capacity:.0}/s, {:.0}/s sent for {:.0} s; goodput {:.0} %, admitted p50 {:.0} ms, p99 {:.0} ms; \
         {} refused, p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms; refused of lookups {:.0} %, rankings {:.0} %, writes {:.0} %; normal \
         after {:.1} s",
        sent[0] as f64 / over.as_secs_f64(),
        over.as_secs_f64(),
        goodput * 100.0,
        percentile(&admitted, 0.5),
        percentile(&admitted, 0.99),
        refused.len(),
        percentile(&refused, 0.5),
        percentile(&refused, 0.99),
        refused.last().unwrap_or(&0.0),
        told.share_refused(Kind::Lookup) * 100.0,
        told.share_refused(Kind::Ranking) * 100.0,
        told.share_refused(Kind::Write) * 100.0,
        normal_after.as_secs_f64(),
    );
    let otherwise = told.1.lock().unwrap();
    assert!(otherwise.is_empty(), "neither answered nor refused: {otherwise:#?}");
    assert!(!refused.is_empty(), "nothing was refused, so nothing was tested");
    assert!(!no_delay.load(Ordering::Relaxed), "a refusal does not say when to come again");
    assert_eq!(told.share_refused(Kind::Health), 0.0, "health is refused to nobody");
    assert!(told.share_refused(Kind::Lookup) >= told.share_refused(Kind::Write), "lookups go before writes");
    assert!(in_time > 0, "nobody was answered");
    if long {
        assert!(normal_after < Duration::from_secs(5), "{normal_after:?}");
        assert!(goodput >= 0.9, "goodput {goodput}");
        assert!(percentile(&admitted, 0.99) <= 500.0, "{}", percentile(&admitted, 0.99));
        assert!(percentile(&refused, 0.99) <= 20.0, "{}", percentile(&refused, 0.99));
    }
}
