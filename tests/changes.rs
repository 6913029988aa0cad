//! What single changes of a pair would give, and which answers are worth asking for, through the running service.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod common;

use common::{Server, candidates_for, care_vacancy, carer, day, skill, upsert, upsert_vacancy};
use passend::wire::v1::{
    self, counterfactual::Change, explain_match_request, list_profile_questions_request::Subject,
};
use prost::Message;
use prost_types::FieldMask;
use tonic::Code;
use tonic_types::StatusExt;

/// A vacancy that asks VCA and 32 hours, and 30 people; k-00 lacks VCA, the others hold it and are alike but for skills.
async fn region(server: &Server) {
    let mut vacancy = care_vacancy("v-1");
    let asked = vacancy.requirements.as_mut().unwrap();
    asked.certificates = vec![v1::CertificateRequirement {
        name: "VCA".to_owned(),
        importance: v1::Importance::Must.into(),
        grace_weeks: 0,
    }];
    vacancy.starts_on = Some(day(2026, 11, 23));
    vacancy.ownership = owner("adviseur-2");
    server.vacancies().await.upsert_vacancy(upsert_vacancy(vacancy)).await.unwrap();
    server.vacancies().await.upsert_vacancy(upsert_vacancy(care_vacancy("v-2"))).await.unwrap();
    let mut candidates = server.candidates().await;
    for at in 0..30 {
        let mut person = carer(&format!("k-{at:02}"));
        person.ownership = owner(if at < 10 { "adviseur-1" } else { "adviseur-2" });
        if at == 0 {
            person.lacking = vec!["VCA".to_owned()];
            person.skills.push(skill("wondzorg"));
        } else {
            person.courses = vec![v1::Course { name: "VCA".to_owned(), ..v1::Course::default() }];
        }
        if at % 3 == 1 {
            person.availability = None;
        }
        candidates.upsert_candidate(upsert(person)).await.unwrap();
    }
}

fn owner(advisor: &str) -> Option<v1::Ownership> {
    Some(v1::Ownership { advisor: advisor.to_owned(), ..v1::Ownership::default() })
}

fn options() -> Option<v1::RankingOptions> {
    Some(v1::RankingOptions { as_of: Some(day(2026, 11, 22)), ..v1::RankingOptions::default() })
}

fn explain(candidate: &str) -> v1::ExplainMatchRequest {
    explain_for(candidate, "v-1")
}

fn explain_for(candidate: &str, vacancy: &str) -> v1::ExplainMatchRequest {
    v1::ExplainMatchRequest {
        candidate_subject: Some(explain_match_request::CandidateSubject::CandidateId(candidate.to_owned())),
        vacancy_subject: Some(explain_match_request::VacancySubject::VacancyId(vacancy.to_owned())),
        options: options(),
        ..v1::ExplainMatchRequest::default()
    }
}

fn of_candidate(candidate: v1::Candidate, paths: &[&str]) -> v1::Counterfactual {
    v1::Counterfactual {
        change: Some(Change::Candidate(candidate)),
        mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
    }
}

fn of_vacancy(vacancy: v1::Vacancy, paths: &[&str]) -> v1::Counterfactual {
    v1::Counterfactual {
        change: Some(Change::Vacancy(vacancy)),
        mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
    }
}

fn with_vca() -> v1::Candidate {
    let course = v1::Course { name: "VCA".to_owned(), ..v1::Course::default() };
    v1::Candidate { courses: vec![course], ..v1::Candidate::default() }
}

/// The place and score of a candidate in the vacancy's list.
async fn listed(server: &Server, candidate: &str) -> (u32, f64, bool) {
    let request = v1::MatchCandidatesRequest { page_size: 100, ..candidates_for("v-1") };
    let list = server.matching().await.match_candidates(request).await.unwrap().into_inner();
    let found = list.matches.into_iter().find(|found| found.candidate == candidate).unwrap();
    (found.rank, found.score, found.tied)
}

#[tokio::test(flavor = "multi_thread")]
async fn r20_a_change_gives_the_score_and_place_that_the_list_has_once_it_is_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    region(&server).await;
    let (rank, score, _) = listed(&server, "k-00").await;
    let without_must = {
        let mut vacancy = care_vacancy("v-1");
        vacancy.requirements.as_mut().unwrap().certificates = Vec::new();
        vacancy
    };
    let mut request = explain("k-00");
    request.counterfactuals = vec![
        of_candidate(with_vca(), &["courses"]),
        of_vacancy(without_must.clone(), &["requirements.certificates"]),
    ];
    let answer = server.matching().await.explain_match(request).await.unwrap().into_inner();
    let found = answer.r#match.as_ref().unwrap();
    assert_eq!((found.rank, found.score), (rank, score));
    assert_eq!(answer.considered, 30);
    assert_eq!(answer.counterfactuals.len(), 5, "two that were asked for, three found");
    let [person, vacancy, suggested @ ..] = answer.counterfactuals.as_slice() else { unreachable!() };
    assert!(!person.suggested && !person.of_vacancy && !vacancy.suggested && vacancy.of_vacancy);
    assert_eq!((person.score_before, person.rank_before), (score, rank));
    assert!(person.rank < rank && person.score > score, "{person:?}");
    let vca = suggested.iter().find(|found| found.change.as_ref().unwrap().code == "WITH_PAPER").unwrap();
    assert_eq!((vca.rank, vca.score, vca.tied), (person.rank, person.score, person.tied));
    assert_eq!(vca.text, format!("Met VCA: plek {} in plaats van {rank}.", vca.rank));
    assert_eq!(vca.lead_weeks, Some(2));
    for pair in suggested.windows(2) {
        assert!((pair[0].rank, -pair[0].score) <= (pair[1].rank, -pair[1].score), "{suggested:?}");
    }

    // The person really gets the certificate.
    let change = v1::UpsertCandidateRequest {
        candidate: Some(v1::Candidate { id: "k-00".to_owned(), ..with_vca() }),
        update_mask: Some(FieldMask { paths: vec!["courses".to_owned()] }),
        ..v1::UpsertCandidateRequest::default()
    };
    server.candidates().await.upsert_candidate(change).await.unwrap();
    assert_eq!(listed(&server, "k-00").await, (person.rank, person.score, person.tied));
    let back = v1::UpsertCandidateRequest {
        candidate: Some(v1::Candidate { id: "k-00".to_owned(), ..v1::Candidate::default() }),
        update_mask: Some(FieldMask { paths: vec!["courses".to_owned()] }),
        ..v1::UpsertCandidateRequest::default()
    };
    server.candidates().await.upsert_candidate(back).await.unwrap();
    assert_eq!(listed(&server, "k-00").await.0, rank);

    // The employer really lets the requirement go.
    let change = v1::UpsertVacancyRequest {
        vacancy: Some(without_must),
        update_mask: Some(FieldMask { paths: vec!["requirements.certificates".to_owned()] }),
        ..v1::UpsertVacancyRequest::default()
    };
    server.vacancies().await.upsert_vacancy(change).await.unwrap();
    assert_eq!(listed(&server, "k-00").await, (vacancy.rank, vacancy.score, vacancy.tied));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_held_to_the_rules_of_an_upsert_and_what_never_counts_cannot_be_tried() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    region(&server).await;
    let range = v1::HoursRange { min_hours_per_week: Some(32.0), max_hours_per_week: Some(16.0) };
    let hours = v1::Candidate {
        availability: Some(v1::Availability { hours: Some(range), ..v1::Availability::default() }),
        ..v1::Candidate::default()
    };
    let arabic = v1::LanguageRequirement {
        language_code: "ara".to_owned(),
        at_start: Some(v1::LevelPerSkill {
            speaking: v1::CefrLevel::B2.into(),
            ..v1::LevelPerSkill::default()
        }),
        ..v1::LanguageRequirement::default()
    };
    let unreasoned = v1::Vacancy {
        requirements: Some(v1::Requirements { languages: vec![arabic], ..v1::Requirements::default() }),
        ..v1::Vacancy::default()
    };
    let mut request = explain("k-00");
    request.counterfactuals = vec![
        of_candidate(v1::Candidate::default(), &["restricted.allowances", "ownership"]),
        of_candidate(v1::Candidate::default(), &["skils"]),
        of_candidate(hours, &["availability.hours"]),
        of_vacancy(unreasoned, &["requirements.languages"]),
        of_vacancy(v1::Vacancy::default(), &["offer.target_group"]),
    ];
    let refused = server.matching().await.explain_match(request).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let fields: Vec<_> =
        refused.get_details_bad_request().unwrap().field_violations.into_iter().map(|v| v.field).collect();
    assert_eq!(
        fields,
        [
            "counterfactuals[0].mask.paths[0]",
            "counterfactuals[0].mask.paths[1]",
            "counterfactuals[1].mask.paths[0]",
            "counterfactuals[2].candidate.availability.hours.min_hours_per_week",
            "counterfactuals[3].vacancy.requirements.languages[0].reason",
            "counterfactuals[4].mask.paths[0]",
        ]
    );
    let mut empty = explain("k-00");
    empty.counterfactuals = vec![v1::Counterfactual::default()];
    empty.suggested_changes = Some(11);
    empty.audience = 7;
    let refused = server.matching().await.explain_match(empty).await.unwrap_err();
    assert_eq!(refused.get_details_bad_request().unwrap().field_violations.len(), 3);

    // A whole record may hold what never counts: it changes nothing.
    let mut whole = server
        .candidates()
        .await
        .get_candidate(v1::GetCandidateRequest {
            id: "k-00".to_owned(),
            ..v1::GetCandidateRequest::default()
        })
        .await
        .unwrap()
        .into_inner()
        .candidate
        .unwrap();
    whole.restricted =
        Some(v1::RestrictedData { allowances: v1::Answer::Yes.into(), ..v1::RestrictedData::default() });
    let mut request = explain("k-00");
    request.counterfactuals = vec![v1::Counterfactual { change: Some(Change::Candidate(whole)), mask: None }];
    request.suggested_changes = Some(0);
    let answer = server.matching().await.explain_match(request).await.unwrap().into_inner();
    let [same] = answer.counterfactuals.as_slice() else { unreachable!() };
    assert_eq!((same.score, same.rank), (same.score_before, same.rank_before));
    assert_eq!(same.outcome.as_ref().unwrap().code, "OUTCOME_SAME");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_changes_nobody_else_is_ranked_and_the_candidate_is_spoken_to() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    region(&server).await;
    let mut request = explain("k-01");
    request.suggested_changes = Some(0);
    request.audience = v1::Audience::Candidate.into();
    let answer = server.matching().await.explain_match(request).await.unwrap().into_inner();
    assert_eq!((answer.considered, answer.counterfactuals.len()), (0, 0));
    let found = answer.r#match.unwrap();
    assert_eq!(found.rank, 0);
    let lines = found.criteria.iter().flat_map(|line| &line.reasons).map(|reason| reason.text.as_str());
    let all: Vec<&str> = lines.chain(found.questions.iter().map(|question| question.text.as_str())).collect();
    assert!(all.contains(&"Hoeveel uur per week wilt u werken?"), "{all:?}");
    assert!(all.iter().all(|text| !text.contains("persoon") && !text.contains("Vraag ernaar")), "{all:?}");
    server.stop().await;
}

async fn ask(server: &Server, subject: Subject) -> v1::ListProfileQuestionsResponse {
    let request = v1::ListProfileQuestionsRequest {
        subject: Some(subject),
        options: options(),
        ..v1::ListProfileQuestionsRequest::default()
    };
    server.matching().await.list_profile_questions(request).await.unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn r5_a_caseload_is_told_whom_to_ask_what_and_how_far_it_would_move_them() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    region(&server).await;
    let caseload = v1::Caseload { caseload: "adviseur-1".to_owned(), ..v1::Caseload::default() };
    let answer = ask(&server, Subject::Caseload(caseload.clone())).await;
    assert_eq!((answer.candidates_looked_at, answer.candidates_left_out), (10, 0));
    assert_eq!((answer.vacancies_looked_at, answer.vacancies_left_out), (2, 0));
    assert_eq!(answer.questions.len() as u64 + answer.candidates_without_questions, 10);
    let mut seen = std::collections::BTreeSet::new();
    for found in &answer.questions {
        assert!(seen.insert(found.candidate.clone()), "one question a person");
        let question = found.question.as_ref().unwrap();
        assert_eq!(question.answered_by(), v1::AnsweredBy::Candidate);
        let furthest = found.furthest.as_ref().unwrap();
        let gain = ((furthest.score_after - furthest.score) * 100.0).round();
        assert_eq!(gain, (question.gain * 100.0).round(), "{found:?}");
        assert!(furthest.rank >= furthest.rank_after && furthest.rank_after >= 1, "{found:?}");
        assert!(found.gain_total >= question.gain && found.matches_moved <= found.matches_looked_at);
    }
    let totals: Vec<f64> = answer.questions.iter().map(|found| found.gain_total).collect();
    assert!(totals.is_sorted_by(|a, b| a >= b), "{totals:?}");

    // Pages are the whole list in its order.
    let page = |token: String| v1::ListProfileQuestionsRequest {
        subject: Some(Subject::Caseload(caseload.clone())),
        options: options(),
        page_size: 4,
        page_token: token,
        ..v1::ListProfileQuestionsRequest::default()
    };
    let mut paged = Vec::new();
    let mut token = String::new();
    loop {
        let next = server.matching().await.list_profile_questions(page(token)).await.unwrap().into_inner();
        paged.extend(next.questions);
        token = next.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(paged, answer.questions);

    let other = Server::start(tempfile::tempdir().unwrap().path(), 1).await;
    region(&other).await;
    let again = ask(&other, Subject::Caseload(caseload)).await;
    let told = |answer: v1::ListProfileQuestionsResponse| {
        // Places inside a tie differ from store to store (R17).
        answer.questions.into_iter().map(|q| (q.candidate, q.question, q.matches_moved)).collect::<Vec<_>>()
    };
    assert_eq!(told(again), told(answer), "another store, one thread");
    other.stop().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r5_a_candidate_and_a_vacancys_list_have_their_questions() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    region(&server).await;
    let of_person = ask(&server, Subject::CandidateId("k-01".to_owned())).await;
    let fields: Vec<&str> =
        of_person.questions.iter().map(|q| q.question.as_ref().unwrap().field.as_str()).collect();
    assert!(fields.contains(&"availability.hours"), "{fields:?}");
    assert!(of_person.questions.iter().all(|q| q.candidate == "k-01" && q.matches_looked_at == 2));

    // The best answer about hours, given: the score rises by what the question said.
    let hours = of_person
        .questions
        .iter()
        .find(|q| q.question.as_ref().unwrap().field == "availability.hours")
        .unwrap();
    let furthest = hours.furthest.clone().unwrap();
    let mut request = explain_for("k-01", &furthest.vacancy);
    request.suggested_changes = Some(10);
    let answer = server.matching().await.explain_match(request).await.unwrap().into_inner();
    let tried = answer.counterfactuals.iter().find(|c| c.field == "availability.hours").unwrap();
    assert_eq!((tried.score, tried.rank), (furthest.score_after, furthest.rank_after));

    let of_list = ask(&server, Subject::VacancyId("v-1".to_owned())).await;
    assert_eq!((of_list.candidates_looked_at, of_list.vacancies_looked_at), (30, 1));
    let of_employer: Vec<_> = of_list.questions.iter().filter(|q| q.candidate.is_empty()).collect();
    assert!(!of_employer.is_empty() && of_employer.iter().all(|q| q.furthest.as_ref().unwrap().rank == 0));
    for found in of_list.questions.iter().filter(|q| !q.candidate.is_empty()) {
        let furthest = found.furthest.as_ref().unwrap();
        assert!(furthest.rank_after <= 20, "outside the top: {found:?}");
        assert_eq!(furthest.rank, listed(&server, &found.candidate).await.0);
    }
    let bytes = of_list.encode_to_vec();
    assert_eq!(ask(&server, Subject::VacancyId("v-1".to_owned())).await.encode_to_vec(), bytes);

    let nobody = v1::ListProfileQuestionsRequest {
        subject: Some(Subject::Caseload(v1::Caseload::default())),
        top_size: 101,
        ..v1::ListProfileQuestionsRequest::default()
    };
    let refused = server.matching().await.list_profile_questions(nobody).await.unwrap_err();
    let fields: Vec<_> =
        refused.get_details_bad_request().unwrap().field_violations.into_iter().map(|v| v.field).collect();
    assert_eq!(fields, ["caseload.caseload", "top_size"]);
    server.stop().await;
}
