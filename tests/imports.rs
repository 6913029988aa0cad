//! Imports over the interface: what is created, changed, kept, refused, missing, and that it is durable.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Server, care_vacancy, carer, day, skill};
use passend::wire::v1::{self, import_candidates_request::Payload};
use prost_types::FieldMask;
use tonic::Request;

/// A job seeker of the VUM standard.
fn job_seeker(id: &str, skill: &str) -> String {
    format!(
        r#"{{"idWerkzoekende":"{id}","persoonlijkePresentatie":"Ik werk graag met mensen.","werktijden":{{"aantalWerkurenPerWeekMinimaal":16,
        "aantalWerkurenPerWeekMaximaal":24}},"mobiliteit":{{"bemiddelingspostcode":"7511AB","maximaleReisafstand":20}},
        "arbeidsmarktkwalificatie":{{"vakvaardigheid":[{{"omschrijving":"{skill}"}}],
        "gedragscompetentie":[{{"codeGedragscompetentie":24104,"codeBeheersingGedragscompetentie":1}}]}},
        "emailadres":["{id}@voorbeeld.example"]}}"#
    )
}

struct Imported {
    results: Vec<v1::ImportResult>,
    summary: v1::ImportSummary,
}

async fn import(server: &Server, settings: v1::ImportSettings, payloads: Vec<Payload>) -> Imported {
    let mut messages = vec![Payload::Settings(settings)];
    messages.extend(payloads);
    messages.push(Payload::End(v1::ImportEnd {}));
    let messages = messages.into_iter().map(|payload| v1::ImportCandidatesRequest { payload: Some(payload) });
    let stream = tokio_stream::iter(messages.collect::<Vec<_>>());
    let mut answers =
        server.candidates().await.import_candidates(Request::new(stream)).await.unwrap().into_inner();
    let (mut results, mut summary) = (Vec::new(), None);
    while let Some(answer) = answers.message().await.unwrap() {
        results.extend(answer.results);
        summary = answer.summary;
    }
    Imported { results, summary: summary.unwrap() }
}

fn settings(organisation: &str) -> v1::ImportSettings {
    v1::ImportSettings {
        organisation: organisation.to_owned(),
        delivered_on: Some(day(2026, 11, 1)),
        ..v1::ImportSettings::default()
    }
}

fn vum(records: &[String]) -> Vec<Payload> {
    records.iter().map(|record| Payload::VumJson(record.clone().into_bytes())).collect()
}

async fn get(server: &Server, id: &str) -> v1::Candidate {
    let request = v1::GetCandidateRequest { id: id.to_owned(), ..v1::GetCandidateRequest::default() };
    server.candidates().await.get_candidate(request).await.unwrap().into_inner().candidate.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_delivery_twice_changes_nothing_whenever_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let records: Vec<_> = (0..700).map(|n| job_seeker(&format!("k-{n}"), "koken")).collect();
    let first = import(&server, settings("a"), vum(&records)).await.summary;
    assert_eq!((first.received, first.created), (700, 700));
    let change = server.engine.change_number();
    let later = v1::ImportSettings { delivered_on: Some(day(2026, 11, 20)), ..settings("a") };
    let second = import(&server, later, vum(&records)).await.summary;
    assert_eq!((second.unchanged, second.updated, second.created), (700, 0, 0));
    assert_eq!(server.engine.change_number(), change, "nothing is written");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_replaces_what_its_format_carries_and_corrections_and_observations_stay() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    import(&server, settings("a"), vum(&[job_seeker("k-1", "koken")])).await;
    let seen = v1::Observation {
        observed: Some(v1::observation::Observed::Quality(v1::Quality {
            competency_code: 24104,
            facet: "patience".to_owned(),
        })),
        source: v1::ObservationSource::Coach.into(),
        value: v1::ObservedValue::Strong.into(),
        observed_on: Some(day(2026, 10, 1)),
        ..v1::Observation::default()
    };
    let mut delivered = get(&server, "k-1").await;
    delivered.observations.push(seen.clone());
    let correction = v1::Candidate {
        id: "k-1".to_owned(),
        observations: delivered.observations.clone(),
        availability: Some(v1::Availability {
            hours: Some(v1::HoursRange { min_hours_per_week: Some(8.0), max_hours_per_week: Some(12.0) }),
            week_pattern: vec![v1::WeekSlot { day: 1, from_minute: 525, to_minute: 885 }],
            ..v1::Availability::default()
        }),
        ..v1::Candidate::default()
    };
    let paths = ["observations", "availability.hours", "availability.week_pattern"];
    let request = v1::UpsertCandidateRequest {
        candidate: Some(correction.clone()),
        update_mask: Some(FieldMask { paths: paths.map(str::to_owned).to_vec() }),
        organisation: "werkplein".to_owned(),
        ..v1::UpsertCandidateRequest::default()
    };
    server.candidates().await.upsert_candidate(request).await.unwrap();
    let again = import(&server, settings("a"), vum(&[job_seeker("k-1", "tuinieren")])).await;
    assert_eq!(again.results[0].outcome(), v1::ImportOutcome::Updated);
    assert_eq!(again.results[0].corrections_kept, ["availability.hours"]);
    let now = get(&server, "k-1").await;
    assert_eq!(now.skills, [skill("tuinieren")], "what VUM carries is replaced");
    let times = now.availability.unwrap();
    assert_eq!(times.hours, correction.availability.as_ref().unwrap().hours, "a correction stays");
    assert_eq!(times.week_pattern.len(), 1, "what VUM cannot carry stays");
    let sources: Vec<_> = now.observations.iter().map(|o| o.source()).collect();
    assert!(
        sources.contains(&v1::ObservationSource::Coach) && sources.contains(&v1::ObservationSource::Self_)
    );
    let hours: Vec<_> = now.provenance.iter().filter(|p| p.part == "availability.hours").collect();
    assert!(hours.iter().any(|p| p.delivery.as_ref().unwrap().organisation == "werkplein"), "{hours:?}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complete_delivery_marks_who_is_missing_and_deletes_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut records: Vec<_> = (0..4).map(|n| job_seeker(&format!("k-{n}"), "koken")).collect();
    records.push(r#"{"idWerkzoekende":"k-4"}"#.to_owned());
    import(&server, settings("a"), vum(&records)).await;
    import(&server, settings("b"), vum(&[job_seeker("other", "koken")])).await;
    let complete = v1::ImportSettings { complete: true, ..settings("a") };
    let partial = import(&server, complete.clone(), vum(&records[..3])).await.summary;
    assert_eq!(partial.marked_not_delivered, 2, "the other organisation's record is not missing");
    assert!(get(&server, "k-4").await.not_delivered_since.is_some());
    let mut vacancy = care_vacancy("v-1");
    vacancy.requirements = None;
    let request = v1::UpsertVacancyRequest { vacancy: Some(vacancy), ..v1::UpsertVacancyRequest::default() };
    server.vacancies().await.upsert_vacancy(request).await.unwrap();
    let request = v1::MatchCandidatesRequest {
        subject: Some(v1::match_candidates_request::Subject::VacancyId("v-1".to_owned())),
        ..v1::MatchCandidatesRequest::default()
    };
    let list = server.matching().await.match_candidates(request).await.unwrap().into_inner();
    assert_eq!(list.considered, 4);
    let left_out: Vec<_> = list.excluded.iter().map(|e| (e.reason.as_str(), e.count)).collect();
    assert_eq!(left_out, [("CANDIDATE_NOT_DELIVERED", 2)]);
    let back = import(&server, complete, vum(&records)).await;
    assert_eq!((back.summary.updated, back.summary.marked_not_delivered), (2, 0));
    assert!(get(&server, "k-4").await.not_delivered_since.is_none());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_refused_by_itself_and_every_record_is_answered_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let own = Payload::Candidate(carer("own"));
    let bad_own = Payload::Candidate(v1::Candidate { presentation: "x".repeat(2_001), ..carer("bad") });
    let mut payloads = vum(&[
        job_seeker("k-1", "koken"),
        "{ no json".to_owned(),
        r#"{"persoonlijkePresentatie":"zonder id"}"#.to_owned(),
        r#"{"idVacature":"v-1","naamVacature":"Kok"}"#.to_owned(),
        job_seeker("k-1", "bakken"),
        job_seeker("k-2", "koken").replace("24104", "99999"),
        job_seeker("k-3", "koken").replace("k-3@", "k-1@"),
    ]);
    payloads.push(own);
    payloads.push(bad_own);
    let imported = import(&server, settings("a"), payloads).await;
    let outcomes: Vec<_> = imported.results.iter().map(v1::ImportResult::outcome).collect();
    use v1::ImportOutcome::{Created, Refused, Updated};
    assert_eq!(outcomes, [Created, Refused, Refused, Refused, Updated, Created, Created, Created, Refused]);
    let numbers: Vec<_> = imported.results.iter().map(|result| result.record_number).collect();
    assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
    let refused = imported.results.iter().filter(|result| result.outcome() == Refused);
    assert!(refused.clone().count() == 4 && refused.clone().all(|result| !result.issues.is_empty()));
    let unknown_code = &imported.results[5];
    assert!(
        unknown_code.issues.iter().any(|i| i.field.contains("codeGedragscompetentie")),
        "{unknown_code:?}"
    );
    assert_eq!(imported.results[6].possible_doubles, ["k-1"], "the same contact data, another id");
    assert_eq!(get(&server, "k-1").await.skills, [skill("bakken")], "the last of two equal ids counts");
    assert!(imported.results[0].possible_doubles.is_empty(), "a pair is told of once");
    assert_eq!(imported.summary.refused, 4);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_asked_without_a_reason_is_kept_as_text_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let vacancy = r#"{"idVacature":"v-1","naamVacature":"Begeleider","taalbeheersing":[
        {"codeTaal":"ara","codeNiveauTaalbeheersingMondeling":3},{"codeTaal":"nld","codeNiveauTaalbeheersingMondeling":2}]}"#;
    let messages = [
        v1::import_vacancies_request::Payload::VumJson(vacancy.as_bytes().to_vec()),
        v1::import_vacancies_request::Payload::End(v1::ImportEnd {}),
    ];
    let stream =
        tokio_stream::iter(messages.map(|payload| v1::ImportVacanciesRequest { payload: Some(payload) }));
    let mut answers =
        server.vacancies().await.import_vacancies(Request::new(stream)).await.unwrap().into_inner();
    let first = answers.message().await.unwrap().unwrap();
    assert_eq!(first.results[0].unscored_requirements, 1);
    let request = v1::GetVacancyRequest { id: "v-1".to_owned() };
    let stored = server.vacancies().await.get_vacancy(request).await.unwrap().into_inner().vacancy.unwrap();
    let asked = stored.requirements.unwrap();
    assert_eq!(asked.languages.len(), 1, "Dutch needs no reason");
    assert_eq!(asked.unscored.len(), 1);
    server.stop().await;
}
