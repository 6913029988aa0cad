//! Input that contradicts itself or a rule: each is told with its field and a remedy, and nothing is stored.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Server, candidates_for, care_vacancy, carer, day, skill, upsert, upsert_vacancy};
use passend::{
    engine::{Engine, EngineOptions},
    wire::v1,
};
use tonic::{Code, Status};
use tonic_types::StatusExt;

/// Asserts that exactly this field is refused, with a remedy.
fn refused(status: &Status, field: &str) {
    assert_eq!(status.code(), Code::InvalidArgument, "{field}: {status}");
    let details = status.get_error_details();
    let violations = &details.bad_request().unwrap().field_violations;
    let told: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(told, [field], "{violations:?}");
    let (problem, remedy) = violations[0].description.split_once("; ").unwrap_or_default();
    assert!(!problem.is_empty() && !remedy.is_empty(), "{violations:?}");
}

fn asking(change: impl FnOnce(&mut v1::Requirements)) -> v1::Vacancy {
    let mut vacancy = care_vacancy("v");
    change(vacancy.requirements.as_mut().unwrap());
    vacancy
}

fn speaking(level: v1::CefrLevel) -> Option<v1::LevelPerSkill> {
    Some(v1::LevelPerSkill { speaking: level.into(), ..v1::LevelPerSkill::default() })
}

fn licence(importance: v1::Importance) -> v1::LicenceRequirement {
    v1::LicenceRequirement { category: "B".to_owned(), importance: importance.into(), grace_weeks: 0 }
}

fn slot(from_minute: u32, to_minute: u32) -> v1::WeekSlot {
    v1::WeekSlot { day: v1::Weekday::Monday.into(), from_minute, to_minute }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vacancy_that_contradicts_itself_or_a_rule_is_refused_field_by_field() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let language = |code: &str| v1::LanguageRequirement {
        language_code: code.to_owned(),
        at_start: speaking(v1::CefrLevel::B1),
        ..v1::LanguageRequirement::default()
    };
    let hours = |min, max| v1::HoursRange { min_hours_per_week: Some(min), max_hours_per_week: Some(max) };
    let scheduled = |schedule| v1::Vacancy { schedule: Some(schedule), ..care_vacancy("v") };
    let cases = [
        (asking(|asked| asked.languages = vec![language("ara")]), "vacancy.requirements.languages[0].reason"),
        (
            asking(|asked| {
                asked.licences = vec![licence(v1::Importance::Legal), licence(v1::Importance::Could)];
            }),
            "vacancy.requirements.licences[1].importance",
        ),
        (
            asking(|asked| {
                let other =
                    v1::LanguageRequirement { at_start: speaking(v1::CefrLevel::A2), ..language("nld") };
                asked.languages = vec![language("nld"), other];
            }),
            "vacancy.requirements.languages[1].at_start",
        ),
        (
            asking(|asked| {
                asked.languages = vec![v1::LanguageRequirement {
                    later: speaking(v1::CefrLevel::A1),
                    later_after_months: 6,
                    ..language("nld")
                }];
            }),
            "vacancy.requirements.languages[0].later",
        ),
        (
            scheduled(v1::Schedule { hours: Some(hours(32.0, 16.0)), ..v1::Schedule::default() }),
            "vacancy.schedule.hours.min_hours_per_week",
        ),
        (
            scheduled(v1::Schedule { week_pattern: vec![slot(600, 480)], ..v1::Schedule::default() }),
            "vacancy.schedule.week_pattern[0].to_minute",
        ),
        (
            v1::Vacancy {
                starts_on: Some(day(2026, 12, 1)),
                ends_on: Some(day(2026, 11, 1)),
                ..care_vacancy("v")
            },
            "vacancy.ends_on",
        ),
    ];
    for (vacancy, field) in cases {
        let error =
            server.vacancies().await.upsert_vacancy(upsert_vacancy(vacancy.clone())).await.unwrap_err();
        refused(&error, field);
        let inline = v1::MatchCandidatesRequest {
            subject: Some(v1::match_candidates_request::Subject::Vacancy(vacancy)),
            ..v1::MatchCandidatesRequest::default()
        };
        refused(&server.matching().await.match_candidates(inline).await.unwrap_err(), field);
    }
    let nothing = v1::GetVacancyRequest { id: "v".to_owned() };
    assert_eq!(server.vacancies().await.get_vacancy(nothing).await.unwrap_err().code(), Code::NotFound);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_skill_that_is_both_required_and_wished_is_one_item_with_the_higher_importance() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let named = |importance: v1::Importance| v1::SkillRequirement {
        skill: Some(skill("wondzorg")),
        importance: importance.into(),
        grace_weeks: 0,
    };
    server.candidates().await.upsert_candidate(upsert(carer("k"))).await.unwrap();
    let mut scores = Vec::new();
    for skills in [
        vec![named(v1::Importance::Must)],
        vec![named(v1::Importance::Must), named(v1::Importance::Could)],
        vec![named(v1::Importance::Could)],
    ] {
        let vacancy = asking(|asked| asked.skills = skills.clone());
        server.vacancies().await.upsert_vacancy(upsert_vacancy(vacancy)).await.unwrap();
        let answer =
            server.matching().await.match_candidates(candidates_for("v")).await.unwrap().into_inner();
        scores.push(answer.matches[0].score_low);
    }
    assert_eq!(scores[0], scores[1], "asked twice is asked once");
    assert!(scores[1] < scores[2], "what is wished only takes nothing where it is not named");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whose_record_contradicts_itself_or_the_calendar_is_refused_field_by_field() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let available = |availability| v1::Candidate { availability: Some(availability), ..carer("k") };
    let future = v1::Observation {
        observed: Some(v1::observation::Observed::Quality(v1::Quality {
            competency_code: 24104,
            facet: String::new(),
        })),
        source: v1::ObservationSource::Coach.into(),
        value: v1::ObservedValue::Strong.into(),
        observed_on: Some(day(2199, 1, 1)),
        ..v1::Observation::default()
    };
    let lesson = v1::LessonSlot { slot: Some(slot(840, 540)), until: None };
    let cases = [
        (v1::Candidate { observations: vec![future], ..carer("k") }, "candidate.observations[0].observed_on"),
        (
            available(v1::Availability { week_pattern: vec![slot(600, 600)], ..v1::Availability::default() }),
            "candidate.availability.week_pattern[0].to_minute",
        ),
        (
            available(v1::Availability { lesson_slots: vec![lesson], ..v1::Availability::default() }),
            "candidate.availability.lesson_slots[0].slot.to_minute",
        ),
        (
            available(v1::Availability {
                available_from: Some(day(2026, 12, 1)),
                available_until: Some(day(2026, 11, 1)),
                ..v1::Availability::default()
            }),
            "candidate.availability.available_until",
        ),
    ];
    for (candidate, field) in cases {
        refused(&server.candidates().await.upsert_candidate(upsert(candidate)).await.unwrap_err(), field);
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn weights_that_weigh_nothing_or_no_number_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    let weighed = |weights: Vec<v1::CriterionWeight>| {
        let mut request = candidates_for("v-1");
        request.options.as_mut().unwrap().weights = weights;
        request
    };
    let travel = |demand| v1::CriterionWeight {
        criterion: v1::Criterion::Travel.into(),
        demand_weight: Some(demand),
        wish_weight: None,
    };
    let mut matching = server.matching().await;
    for weight in [-1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1_000.5, 0.000_5] {
        let error = matching.match_candidates(weighed(vec![travel(weight)])).await.unwrap_err();
        refused(&error, "options.weights.travel.demand");
    }
    let zero =
        |criterion: i32| v1::CriterionWeight { criterion, demand_weight: Some(0.0), wish_weight: Some(0.0) };
    let error = matching.match_candidates(weighed((1..=14).map(zero).collect())).await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    let details = error.get_error_details();
    let told: String = details
        .bad_request()
        .unwrap()
        .field_violations
        .iter()
        .map(|one| one.description.clone() + "\n")
        .collect();
    assert!(told.contains("all demand weights are 0") && told.contains("all wish weights are 0"), "{told}");
    server.stop().await;
}

#[test]
fn a_profile_file_with_an_unknown_key_stops_the_start_with_file_line_column_field_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = folder.path().join("profiles");
    std::fs::create_dir(&profiles).unwrap();
    let file = profiles.join("care.toml");
    let care = include_str!("../data/profiles/zorg.toml");
    let start = || {
        let options = EngineOptions {
            folder: folder.path().join("data"),
            threads: 1,
            profiles: Some(profiles.clone()),
            ..EngineOptions::default()
        };
        Engine::open(&options).map(drop).map_err(|error| error.to_string())
    };
    for (from, to, field) in [
        ("[unknown]", "[unknown]\nneutrall = 0.5", "unknown.neutrall"),
        ("travel       = { demand = 4", "travel       = { demand = -4", "weights.travel.demand"),
        ("travel       = { demand = 4", "travel       = { demand = nan", "weights.travel.demand"),
        ("travel       = {", "trawel       = {", "weights.trawel"),
        ("beta = 0.2", "beta = 0.45", "formula"),
    ] {
        assert!(care.contains(from));
        let wrong = care.replace(from, to);
        std::fs::write(&file, &wrong).unwrap();
        let error = start().unwrap_err();
        let line = wrong.lines().zip(care.lines()).position(|(a, b)| a != b).unwrap() + 1;
        // A rule over several figures is told at their section.
        let section = care.lines().position(|line| line == "[formula]").unwrap() + 1;
        let line = if field == "formula" { section } else { line };
        let at = format!("line {line}, column ");
        let line_told = error.lines().find(|told| told.contains(&format!(": {field}: "))).unwrap();
        assert!(line_told.starts_with(&format!("{}: {at}", file.display())), "{error}");
        assert!(line_told.contains("; "), "a remedy: {error}");
        assert!(!folder.path().join("data").exists(), "nothing is made before the profiles are right");
    }
    std::fs::write(&file, care).unwrap();
    assert_eq!(start(), Ok(()));
}
