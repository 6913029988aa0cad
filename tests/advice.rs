//! Gaps, tracks, instruments and languages over the interface: what an advisor gets, and what moves no score.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Server, day};
use passend::engine::{Engine, EngineOptions};
use passend::wire::v1::{
    self, import_vacancies_request::Payload, match_candidates_request, match_vacancies_request,
};
use tonic::{Code, Request};

fn options() -> Option<v1::RankingOptions> {
    Some(v1::RankingOptions { as_of: Some(day(2025, 3, 1)), ..v1::RankingOptions::default() })
}

/// A mechanic's mate, who needs VCA within some weeks after the start.
fn mechanic(starts_on: v1::Date, grace_weeks: u32) -> v1::Vacancy {
    v1::Vacancy {
        id: "v".to_owned(),
        title: "Assistent-monteur installatietechniek".to_owned(),
        starts_on: Some(starts_on),
        requirements: Some(v1::Requirements {
            certificates: vec![v1::CertificateRequirement {
                name: "VCA-basis".to_owned(),
                importance: v1::Importance::Must.into(),
                grace_weeks,
            }],
            ..v1::Requirements::default()
        }),
        ..v1::Vacancy::default()
    }
}

/// Somebody whose VCA expired four months ago.
fn expired() -> v1::Candidate {
    v1::Candidate {
        id: "k".to_owned(),
        courses: vec![v1::Course {
            name: "VCA".to_owned(),
            valid_until: Some(day(2024, 11, 1)),
            ..v1::Course::default()
        }],
        ..v1::Candidate::default()
    }
}

async fn store(server: &Server, candidate: v1::Candidate) {
    let request =
        v1::UpsertCandidateRequest { candidate: Some(candidate), ..v1::UpsertCandidateRequest::default() };
    server.candidates().await.upsert_candidate(request).await.unwrap();
}

async fn first_match(server: &Server, vacancy: v1::Vacancy) -> v1::Match {
    let request = v1::MatchCandidatesRequest {
        subject: Some(match_candidates_request::Subject::Vacancy(vacancy)),
        options: options(),
        ..v1::MatchCandidatesRequest::default()
    };
    let response = server.matching().await.match_candidates(request).await.unwrap().into_inner();
    response.matches.into_iter().next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn r8_an_expired_certificate_is_a_solvable_gap_with_its_day_and_the_budget_that_helps() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    store(&server, expired()).await;

    let in_time = first_match(&server, mechanic(day(2025, 4, 5), 6)).await;
    let gap = &in_time.gaps[0];
    assert_eq!((gap.kind(), gap.lead_weeks, gap.in_time), (v1::GapKind::Solvable, Some(2), true));
    assert_eq!((gap.cost_class.as_str(), gap.whom_to_ask.as_str()), ("MEDIUM", "TRAINING_CENTRE"));
    assert_eq!((gap.available_from, in_time.track()), (None, v1::Track::Step));
    let budget = in_time.instruments.iter().find(|one| one.code == "SMALL_WORK_BUDGET").unwrap();
    assert_eq!(
        (budget.name.as_str(), budget.reasons[0].code.as_str()),
        ("klein werkbudget", "GAP_PAPER_SOLVABLE")
    );

    let late = first_match(&server, mechanic(day(2025, 3, 2), 0)).await;
    let gap = &late.gaps[0];
    assert_eq!((gap.in_time, gap.available_from), (false, Some(day(2025, 3, 15))));
    assert!(gap.text.contains("Beschikbaar vanaf 15 maart 2025"), "{}", gap.text);
    assert!(late.score < in_time.score && late.conflicts.len() == 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r16_allowances_and_needs_bring_advice_and_move_no_score() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    store(&server, expired()).await;
    let before = first_match(&server, mechanic(day(2025, 4, 5), 6)).await;
    let mut receives = expired();
    receives.restricted =
        Some(v1::RestrictedData { allowances: v1::Answer::Yes.into(), ..v1::RestrictedData::default() });
    store(&server, receives).await;
    let after = first_match(&server, mechanic(day(2025, 4, 5), 6)).await;
    let codes = |one: &v1::Match| one.instruments.iter().map(|i| i.code.clone()).collect::<Vec<_>>();
    let referral = after.instruments.iter().find(|one| one.code == "ALLOWANCE_CALCULATOR").unwrap();
    assert_eq!(
        (referral.kind(), referral.reasons[0].code.as_str()),
        (v1::InstrumentKind::Referral, "ALLOWANCES")
    );
    assert!(!codes(&before).contains(&referral.code));
    let scored = |one: &v1::Match| v1::Match { instruments: Vec::new(), ..one.clone() };
    assert_eq!(scored(&before), scored(&after));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_a_dream_that_the_law_keeps_off_lists_stays_in_the_persons_list_and_tracks_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let nurse = v1::Vacancy {
        id: "v-nurse".to_owned(),
        title: "Verpleegkundige".to_owned(),
        occupation: Some(v1::Occupation { text: "verpleegkundige".to_owned(), ..v1::Occupation::default() }),
        requirements: Some(v1::Requirements {
            registrations: vec![v1::RegistrationRequirement {
                name: "BIG verpleegkundige".to_owned(),
                importance: v1::Importance::Legal.into(),
                ..v1::RegistrationRequirement::default()
            }],
            ..v1::Requirements::default()
        }),
        ..v1::Vacancy::default()
    };
    let cleaner =
        v1::Vacancy { id: "v-clean".to_owned(), title: "Schoonmaker".to_owned(), ..v1::Vacancy::default() };
    for vacancy in [nurse, cleaner] {
        let request =
            v1::UpsertVacancyRequest { vacancy: Some(vacancy), ..v1::UpsertVacancyRequest::default() };
        server.vacancies().await.upsert_vacancy(request).await.unwrap();
    }
    let wishes = v1::Wishes {
        occupations: vec![v1::Occupation { text: "schoonmaker".to_owned(), ..v1::Occupation::default() }],
        dream_occupation: Some(v1::Occupation {
            text: "verpleegkundige".to_owned(),
            ..v1::Occupation::default()
        }),
        ..v1::Wishes::default()
    };
    let lacking = vec!["BIG verpleegkundige".to_owned()];
    store(
        &server,
        v1::Candidate { id: "k".to_owned(), wishes: Some(wishes), lacking, ..v1::Candidate::default() },
    )
    .await;

    let ask = async |track: v1::Track| {
        let request = v1::MatchVacanciesRequest {
            subject: Some(match_vacancies_request::Subject::CandidateId("k".to_owned())),
            options: options(),
            track: track.into(),
            ..v1::MatchVacanciesRequest::default()
        };
        server.matching().await.match_vacancies(request).await.unwrap().into_inner()
    };
    let all = ask(v1::Track::Unspecified).await;
    let count = |track: v1::Track| all.tracks.iter().find(|c| c.track() == track).unwrap().count;
    assert_eq!((all.considered, count(v1::Track::Now), count(v1::Track::Dream)), (2, 1, 1));
    let dream = ask(v1::Track::Dream).await;
    assert_eq!((dream.matches.len(), dream.considered), (1, 1));
    assert_eq!(dream.excluded[0].reason, "OTHER_TRACK");
    let nurse = &dream.matches[0];
    assert_eq!((nurse.vacancy.as_str(), nurse.gaps[0].kind()), ("v-nurse", v1::GapKind::Registration));
    let path: Vec<_> = nurse.track_path.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(path, ["PATH_DREAM", "PATH_DIPLOMA"]);
    assert_eq!(ask(v1::Track::Now).await.matches[0].vacancy, "v-clean");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r9_a_language_without_a_reason_is_refused_in_a_request_and_kept_as_text_by_an_import() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let arabic = v1::LanguageRequirement {
        language_code: "ara".to_owned(),
        at_start: Some(v1::LevelPerSkill {
            speaking: v1::CefrLevel::B2.into(),
            ..v1::LevelPerSkill::default()
        }),
        ..v1::LanguageRequirement::default()
    };
    let requirements = v1::Requirements { languages: vec![arabic], ..v1::Requirements::default() };
    let vacancy =
        v1::Vacancy { id: "v".to_owned(), requirements: Some(requirements), ..v1::Vacancy::default() };
    let request =
        v1::UpsertVacancyRequest { vacancy: Some(vacancy.clone()), ..v1::UpsertVacancyRequest::default() };
    let refused = server.vacancies().await.upsert_vacancy(request).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let details = String::from_utf8_lossy(refused.details()).into_owned();
    assert!(details.contains("vacancy.requirements.languages[0].reason"), "{details}");

    let messages = [
        Payload::Settings(v1::ImportSettings::default()),
        Payload::Vacancy(vacancy),
        Payload::End(v1::ImportEnd {}),
    ];
    let messages = messages.map(|payload| v1::ImportVacanciesRequest { payload: Some(payload) });
    let stream = Request::new(tokio_stream::iter(messages));
    let mut answers = server.vacancies().await.import_vacancies(stream).await.unwrap().into_inner();
    let mut summary = None;
    let mut results = Vec::new();
    while let Some(answer) = answers.message().await.unwrap() {
        results.extend(answer.results);
        summary = answer.summary.or(summary);
    }
    assert_eq!((summary.unwrap().created, results[0].unscored_requirements), (1, 1));
    assert_eq!(results[0].issues[0].code, "KEPT_AS_TEXT");
    let request = v1::GetVacancyRequest { id: "v".to_owned() };
    let stored = server.vacancies().await.get_vacancy(request).await.unwrap().into_inner().vacancy.unwrap();
    let asked = stored.requirements.unwrap();
    assert!(asked.languages.is_empty());
    assert_eq!(asked.unscored[0].text, "taal ara: spreken B2");
    server.stop().await;
}

#[test]
fn r16_an_operators_own_file_of_instruments_is_used_and_a_bad_one_stops_the_start_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("eigen.toml");
    let options = || EngineOptions {
        folder: folder.path().join("data"),
        threads: 1,
        instruments: Some(file.clone()),
        ..EngineOptions::default()
    };
    let own = "[[entry]]\ncode = \"EIGEN\"\nkind = \"REFERRAL\"\nallowances = true\nsource = \"eigen\"\n\
               dutch = { name = \"eigen\", text = \"Van ons.\" }\nenglish = { name = \"own\", text = \"Ours.\" }\n";
    std::fs::write(&file, own).unwrap();
    let engine = Engine::open(&options()).unwrap();
    assert_eq!(engine.instruments().entries()[0].code, "EIGEN");
    drop(engine);
    std::fs::write(&file, own.replace("kind", "soort")).unwrap();
    let error = Engine::open(&options()).unwrap_err().to_string();
    assert!(error.contains("eigen.toml") && error.contains("line 3, column 1"), "{error}");
}
