//! Words become concepts: on every upsert and import, with whichever taxonomy is in use.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{
    Server, candidates_for, care_vacancy, carer, occupation, skill, upsert, upsert_vacancy, vacancies_for,
};
use passend::{
    taxonomy::{
        Codes, ConceptKind, LabelLanguage, LabelRole, Loaded, Need, Origin, TaxonomyBuilder,
        recognize::Recognizer,
    },
    wire::v1::{self, import_candidates_request as candidate, matching_service_client},
};
use prost::Message;
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tonic::{Request, transport::Channel};

const CARER: &str = "test:occupation/verzorgende";
const WELDER: &str = "test:occupation/lasser";
const WOUNDS: &str = "test:skill/wonden-verzorgen";
const WELDING: &str = "test:skill/lassen";

/// A taxonomy of two occupations and two skills; the carer has one more name with every name given.
fn taxonomy(name: &str, more_names_of_the_carer: &[&str]) -> Loaded {
    let dutch = LabelLanguage::DUTCH;
    let mut builder = TaxonomyBuilder::new(name);
    for (uri, kind, preferred, alternative) in [
        (CARER, ConceptKind::Occupation, "verzorgende", "zorgverlener"),
        (WELDER, ConceptKind::Occupation, "lasser", "metaallasser"),
        (WOUNDS, ConceptKind::Skill, "wonden verzorgen", "wondzorg"),
        (WELDING, ConceptKind::Skill, "lassen", "laswerk"),
    ] {
        builder.concept(uri, kind).unwrap();
        builder.label(uri, dutch, LabelRole::Preferred, preferred).unwrap();
        builder.label(uri, dutch, LabelRole::Alternative, alternative).unwrap();
    }
    for more in more_names_of_the_carer {
        builder.label(CARER, LabelLanguage::parse("uk").unwrap(), LabelRole::Preferred, more).unwrap();
    }
    builder.needs(CARER, WOUNDS, Need::Essential).unwrap();
    builder.needs(WELDER, WELDING, Need::Essential).unwrap();
    let recognizer = Recognizer::new(Arc::new(builder.build().unwrap()));
    Loaded::new(Origin::Embedded, recognizer, Codes::default())
}

fn replace(server: &Server, loaded: &Loaded) {
    server.engine.replace_taxonomy(loaded.clone()).unwrap();
}

/// A person with a title of her own, in her own language.
fn nurse(id: &str) -> v1::Candidate {
    v1::Candidate {
        wishes: Some(v1::Wishes {
            occupations: vec![occupation("Доглядальниця")],
            sbi_codes: vec![87],
            ..v1::Wishes::default()
        }),
        skills: vec![skill("Wondzorg"), skill("iets heel anders")],
        ..carer(id)
    }
}

fn carers_wanted(id: &str) -> v1::Vacancy {
    v1::Vacancy {
        title: "Verzorgende".to_owned(),
        occupation: Some(occupation("verzorgende")),
        ..care_vacancy(id)
    }
}

fn line(found: &v1::Match, criterion: v1::Criterion) -> &v1::CriterionLine {
    found.criteria.iter().find(|line| line.criterion() == criterion).unwrap()
}

async fn best(
    matching: &mut matching_service_client::MatchingServiceClient<Channel>,
    request: v1::MatchCandidatesRequest,
) -> v1::MatchCandidatesResponse {
    matching.match_candidates(request).await.unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_own_words_count_as_the_concept_and_stay_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    replace(&server, &taxonomy("without Ukrainian", &[]));
    let mut candidates = server.candidates().await;
    let stored = candidates.upsert_candidate(upsert(nurse("k-1"))).await.unwrap().into_inner();
    server.vacancies().await.upsert_vacancy(upsert_vacancy(carers_wanted("v-1"))).await.unwrap();
    let mut matching = server.matching().await;
    let before = best(&mut matching, candidates_for("v-1")).await;

    replace(&server, &taxonomy("with Ukrainian", &["доглядальниця"]));
    let after = best(&mut matching, candidates_for("v-1")).await;
    let fit = |answer: &v1::MatchCandidatesResponse| line(&answer.matches[0], v1::Criterion::Motivation).fit;
    assert!(fit(&after) > fit(&before), "{} and {}", fit(&after), fit(&before));
    assert_eq!(before.taxonomy.unwrap().name, "without Ukrainian");
    assert_eq!(after.taxonomy.clone().unwrap().name, "with Ukrainian");
    assert_eq!(after.data_change_number, before.data_change_number, "no record was written");

    let request = v1::GetCandidateRequest { id: "k-1".to_owned(), ..v1::GetCandidateRequest::default() };
    let read = candidates.get_candidate(request).await.unwrap().into_inner();
    assert_eq!(read.candidate, stored.candidate, "the record is as it was, its etag too");
    assert_eq!(read.taxonomy, after.taxonomy);
    let recognized = |field: &str| read.recognized.iter().find(|words| words.field == field).unwrap();
    let title = recognized("wishes.occupations[0]");
    assert_eq!((title.text.as_str(), title.language.as_str()), ("Доглядальниця", "uk"));
    assert_eq!((title.senses[0].concept_uri.as_str(), &*title.senses[0].label), (CARER, "verzorgende"));
    assert_eq!(recognized("skills[0]").senses[0].concept_uri, WOUNDS);
    assert!(recognized("skills[1]").senses.is_empty(), "what is not recognised stays text");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_who_wrote_the_same_in_another_language() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    replace(&server, &taxonomy("without Ukrainian", &[]));
    let person = v1::Candidate { skills: Vec::new(), ..nurse("k-1") };
    let stored = server.candidates().await.upsert_candidate(upsert(person)).await.unwrap().into_inner();
    let mut matching = server.matching().await;
    let search = v1::SearchCandidatesRequest {
        query: "verzorgende".to_owned(),
        min_change_number: stored.change_number,
        ..v1::SearchCandidatesRequest::default()
    };
    let found = matching.search_candidates(search.clone()).await.unwrap().into_inner();
    assert_eq!(found.total, 0);
    replace(&server, &taxonomy("with Ukrainian", &["доглядальниця"]));
    // The index is built anew aside; until then the old one answers.
    let until = Instant::now() + Duration::from_secs(60);
    let hit = loop {
        let found = matching.search_candidates(search.clone()).await.unwrap().into_inner();
        if let Some(hit) = found.hits.into_iter().next() {
            break hit;
        }
        assert!(Instant::now() < until, "the index was not built anew");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!((hit.id.as_str(), &hit.fields[..]), ("k-1", &["concept".to_owned()][..]));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_is_given_with_the_request_is_recognised_too_and_explained() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    replace(&server, &taxonomy("small", &["доглядальниця"]));
    let presentation = "Ik kan goed 🙂 laswerk doen.";
    let person = v1::Candidate { presentation: presentation.to_owned(), ..nurse("") };
    let request = v1::ExplainMatchRequest {
        candidate_subject: Some(v1::explain_match_request::CandidateSubject::Candidate(person)),
        vacancy_subject: Some(v1::explain_match_request::VacancySubject::Vacancy(carers_wanted(""))),
        ..v1::ExplainMatchRequest::default()
    };
    let explained = server.matching().await.explain_match(request).await.unwrap().into_inner();
    assert_eq!(explained.taxonomy.unwrap().name, "small");
    let place = &explained.candidate_recognized[0];
    assert_eq!((place.field.as_str(), place.text.as_str()), ("presentation", "laswerk"));
    let characters: String =
        presentation.chars().skip(place.start as usize).take((place.end - place.start) as usize).collect();
    assert_eq!(characters, "laswerk", "places are counted in characters");
    assert!(explained.vacancy_recognized.iter().any(|words| words.field == "requirements.skills[1].skill"));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_concept_wins_over_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    replace(&server, &taxonomy("small", &[]));
    let mut candidates = server.candidates().await;
    let known = v1::Skill { text: "wondzorg".to_owned(), concept_uri: WELDING.to_owned() };
    candidates.upsert_candidate(upsert(v1::Candidate { skills: vec![known], ..carer("k-1") })).await.unwrap();
    let request = v1::GetCandidateRequest { id: "k-1".to_owned(), ..v1::GetCandidateRequest::default() };
    let read = candidates.get_candidate(request).await.unwrap().into_inner();
    let words = read.recognized.iter().find(|words| words.field == "skills[0]").unwrap();
    assert_eq!((words.senses[0].concept_uri.as_str(), words.senses[0].confidence), (WELDING, 1.0));
    assert_eq!(words.text, "wondzorg");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_of_one_taxonomy_while_another_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let both = [taxonomy("one", &[]), taxonomy("two", &["доглядальниця"])];
    replace(&server, &both[0]);
    fill(&server, 300).await;
    let mut matching = server.matching().await;
    let mut expected = Vec::new();
    for loaded in &both {
        replace(&server, loaded);
        expected.push(best(&mut matching, candidates_for("v-1")).await);
    }
    assert_ne!(expected[0].matches, expected[1].matches);

    let engine = Arc::clone(&server.engine);
    let replacing = tokio::task::spawn_blocking(move || {
        for loaded in both.iter().cycle().take(8) {
            engine.replace_taxonomy(loaded.clone()).unwrap();
        }
    });
    let mut seen = [0, 0];
    let mut writes = server.candidates().await;
    for n in 0.. {
        let answer = best(&mut matching, candidates_for("v-1")).await;
        let which = expected.iter().position(|expected| expected.taxonomy == answer.taxonomy).unwrap();
        assert_eq!(answer.matches, expected[which].matches, "an answer of two taxonomies");
        seen[which] += 1;
        // Somebody who is in no list writes all the while.
        let away =
            v1::Candidate { status: v1::CandidateStatus::Withdrawn.into(), ..nurse(&format!("w-{n}")) };
        writes.upsert_candidate(upsert(away)).await.unwrap();
        if replacing.is_finished() {
            break;
        }
    }
    replacing.await.unwrap();
    let all =
        best(&mut matching, v1::MatchCandidatesRequest { include_closed: true, ..candidates_for("v-1") })
            .await;
    assert_eq!(all.considered, 300 + seen[0] + seen[1], "nobody who was written meanwhile is lost");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_come_after_a_restart_and_with_any_number_of_threads() {
    let loaded = taxonomy("small", &["доглядальниця"]);
    let mut answers = Vec::new();
    for threads in [1, 2] {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Server::start(folder.path(), threads).await;
        replace(&server, &loaded);
        fill(&server, 200).await;
        for _ in 0..2 {
            replace(&server, &loaded);
            answers.push(all_answers(&server).await);
            server.stop().await;
            assert!(has_wordings(folder.path()), "what was recognised is kept for the next start");
            server = Server::start(folder.path(), threads).await;
        }
        server.stop().await;
    }
    // The order inside a tie has a secret of the store: only the same store gives the same bytes.
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[2], answers[3]);
    assert_eq!(scores(&answers[0]), scores(&answers[2]));
}

fn has_wordings(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.into_iter().any(|name| name.to_string_lossy().starts_with("wordings-"))
}

async fn all_answers(server: &Server) -> Vec<Vec<u8>> {
    let mut matching = server.matching().await;
    let request = v1::MatchCandidatesRequest { page_size: 1_000, ..candidates_for("v-1") };
    let people = best(&mut matching, request).await;
    let vacancies = matching.match_vacancies(vacancies_for("k-7")).await.unwrap().into_inner();
    // Every answer is recorded by itself, under an id of its own.
    let people = v1::MatchCandidatesResponse { decision_id: String::new(), ..people };
    let vacancies = v1::MatchVacanciesResponse { decision_id: String::new(), ..vacancies };
    vec![people.encode_to_vec(), vacancies.encode_to_vec()]
}

fn scores(answers: &[Vec<u8>]) -> Vec<u64> {
    let people = v1::MatchCandidatesResponse::decode(&*answers[0]).unwrap();
    people.matches.iter().map(|found| found.score.to_bits()).collect()
}

/// Puts in people with words of many kinds, and a vacancy.
async fn fill(server: &Server, people: usize) {
    let titles = ["Доглядальниця", "lasser", "VERZORGENDE", "metaallasser", "iets"];
    let skills = ["wondzorg", "Lassen", "laswerk", "wonden  verzorgen", "praten"];
    let records = (0..people).map(|n| v1::Candidate {
        skills: vec![skill(skills[n % 5]), skill(skills[n / 5 % 5])],
        experience: vec![v1::WorkExperience {
            occupation: Some(occupation(titles[n / 3 % 5])),
            description: format!("Drie jaar {}.", skills[n / 7 % 5]),
            ..v1::WorkExperience::default()
        }],
        wishes: Some(v1::Wishes { occupations: vec![occupation(titles[n % 5])], ..v1::Wishes::default() }),
        ..carer(&format!("k-{n}"))
    });
    let summary = import(server, records.map(candidate::Payload::Candidate).collect()).await.1;
    assert_eq!(summary.created, people as u64);
    server.vacancies().await.upsert_vacancy(upsert_vacancy(carers_wanted("v-1"))).await.unwrap();
}

async fn import(
    server: &Server,
    payloads: Vec<candidate::Payload>,
) -> (Vec<v1::ImportResult>, v1::ImportSummary) {
    let end = candidate::Payload::End(v1::ImportEnd {});
    let messages: Vec<_> = payloads
        .into_iter()
        .chain([end])
        .map(|payload| v1::ImportCandidatesRequest { payload: Some(payload) })
        .collect();
    let request = Request::new(tokio_stream::iter(messages));
    let mut answers = server.candidates().await.import_candidates(request).await.unwrap().into_inner();
    let (mut results, mut summary) = (Vec::new(), None);
    while let Some(answer) = answers.message().await.unwrap() {
        results.extend(answer.results);
        summary = answer.summary;
    }
    (results, summary.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_says_what_was_recognised_and_what_stays_text() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    replace(&server, &taxonomy("small", &[]));
    let person = |id: &str| {
        candidate::Payload::VumJson(
            format!(
                r#"{{"idWerkzoekende":"{id}","persoonlijkePresentatie":"Ik doe graag laswerk.",
                "arbeidsmarktkwalificatie":{{"vakvaardigheid":[{{"omschrijving":"Wondzorg"}},{{"omschrijving":"praten"}}],
                "cursus":[{{"naamCursus":"Lassen"}}]}},
                "bemiddelingsberoep":[{{"naamBeroepOngecodeerd":"LASSER"}}]}}"#
            )
            .into_bytes(),
        )
    };
    let (results, summary) = import(&server, vec![person("a"), person("b")]).await;
    let counts = v1::WordCounts {
        occupations: 1,
        occupations_recognized: 1,
        skills: 2,
        skills_recognized: 1,
        courses: 1,
        courses_recognized: 1,
        texts: 1,
        texts_recognized: 1,
    };
    assert_eq!(results[0].words, Some(counts));
    assert_eq!(results[0].left_as_text, results[1].left_as_text);
    let left: Vec<_> = results[0].left_as_text.iter().map(|left| (&*left.field, &*left.text)).collect();
    assert_eq!(left, [("skills[1]", "praten")]);
    assert_eq!((summary.words.unwrap().skills, summary.words.unwrap().texts_recognized), (4, 2));
    assert_eq!(summary.distinct_wordings, 5, "each counts once, however often it is said");
    assert_eq!(summary.taxonomy.unwrap().name, "small");
    // The same delivery again: nothing is written, and the same is said.
    let (again, _) = import(&server, vec![person("a")]).await;
    assert_eq!(again[0].outcome(), v1::ImportOutcome::Unchanged);
    assert_eq!(again[0].words, Some(counts));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_made_with_another_taxonomy_goes_on_behind_the_page_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    replace(&server, &taxonomy("one", &[]));
    fill(&server, 30).await;
    let mut matching = server.matching().await;
    let request = v1::MatchCandidatesRequest { page_size: 10, ..candidates_for("v-1") };
    let first = best(&mut matching, request.clone()).await;
    replace(&server, &taxonomy("two", &["доглядальниця"]));
    let request = v1::MatchCandidatesRequest { page_token: first.next_page_token, ..request };
    let second = best(&mut matching, request).await;
    assert_eq!(second.taxonomy.unwrap().name, "two");
    let last = first.matches.last().unwrap().score;
    assert!(second.matches.iter().all(|found| found.score <= last));
    server.stop().await;
}
