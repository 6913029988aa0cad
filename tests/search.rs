//! Search in words as a client meets it: typing errors, compounds, fragments, hostile texts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Server, care_vacancy, carer, occupation, skill, upsert, upsert_vacancy};
use passend::wire::v1::{self, matching_service_client::MatchingServiceClient};
use std::time::{Duration, Instant};
use tonic::{Code, transport::Channel};

fn driver(id: &str, title: &str, presentation: &str) -> v1::Candidate {
    v1::Candidate {
        id: id.to_owned(),
        wishes: Some(v1::Wishes { occupations: vec![occupation(title)], ..v1::Wishes::default() }),
        presentation: presentation.to_owned(),
        skills: vec![skill("laden en lossen")],
        ..v1::Candidate::default()
    }
}

const PRESENTATION: &str =
    "😀 Ik was één jaar de Verzorgende in een café\u{301}; daarna chauffeur op een vrachtwagen.";

async fn region() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let mut client = server.candidates().await;
    client.upsert_candidate(upsert(carer("carer"))).await.unwrap();
    client.upsert_candidate(upsert(driver("truck", "Vrachtwagenchauffeur", ""))).await.unwrap();
    client.upsert_candidate(upsert(driver("story", "Kok", PRESENTATION))).await.unwrap();
    let mut vacancies = server.vacancies().await;
    let last = vacancies.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap().into_inner();
    let seen = v1::SearchCandidatesRequest { min_change_number: last.change_number, ..asked("") };
    server.matching().await.search_candidates(seen).await.unwrap();
    (folder, server)
}

fn asked(query: &str) -> v1::SearchCandidatesRequest {
    v1::SearchCandidatesRequest { query: query.to_owned(), ..v1::SearchCandidatesRequest::default() }
}

async fn find(client: &mut MatchingServiceClient<Channel>, query: &str) -> v1::SearchCandidatesResponse {
    client.search_candidates(asked(query)).await.unwrap().into_inner()
}

fn ids(found: &v1::SearchCandidatesResponse) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn marked(fragment: &v1::SearchFragment) -> Vec<String> {
    let characters: Vec<char> = fragment.text.chars().collect();
    let piece = |mark: &v1::TextRange| characters[mark.start as usize..mark.end as usize].iter().collect();
    fragment.marks.iter().map(piece).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typing_error_finds_what_is_meant_and_the_answer_says_what_was_searched() {
    let (_folder, server) = region().await;
    let mut client = server.matching().await;
    let found = find(&mut client, "Vrachtwagenschaufeur").await;
    assert_eq!(ids(&found), ["truck"]);
    let reading = &found.readings[0];
    assert_eq!(
        (reading.word.as_str(), reading.kind()),
        ("Vrachtwagenschaufeur", v1::WordReadingKind::Corrected)
    );
    assert_eq!(reading.searched_as, ["vrachtwagenchauffeur"]);
    assert_eq!(marked(&found.hits[0].fragments[0]), ["Vrachtwagenchauffeur"]);
    let right = find(&mut client, "medicatie").await;
    assert_eq!((ids(&right), right.readings.len()), (vec!["carer"], 0));
    let nothing = find(&mut client, "helikopterpiloot").await;
    assert_eq!((nothing.total, nothing.readings.len()), (0, 0));
    let typo = v1::SearchVacanciesRequest {
        query: "verzorgnede".to_owned(),
        ..v1::SearchVacanciesRequest::default()
    };
    let found = client.search_vacancies(typo).await.unwrap().into_inner();
    assert_eq!((found.hits[0].id.as_str(), found.hits[0].fragments[0].field.as_str()), ("v-1", "title"));
    assert_eq!(found.readings[0].searched_as[0], "verzorgende");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn compounds_and_their_parts_find_each_other() {
    let (_folder, server) = region().await;
    let mut client = server.matching().await;
    let whole = find(&mut client, "vrachtwagenchauffeur").await;
    assert_eq!(ids(&whole), ["truck", "story"]);
    assert_eq!(whole.readings[0].kind(), v1::WordReadingKind::Parts);
    assert_eq!(marked(&whole.hits[1].fragments[0]), ["chauffeur", "vrachtwagen"]);
    let part = find(&mut client, "chauffeur").await;
    assert_eq!(ids(&part), ["truck", "story"], "in a title it says more than in a long text");
    assert_eq!(marked(&part.hits[0].fragments[0]), ["Vrachtwagenchauffeur"]);
    assert_eq!(marked(&part.hits[1].fragments[0]), ["chauffeur"]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fragments_say_where_the_words_stand_in_characters() {
    let (_folder, server) = region().await;
    let mut client = server.matching().await;
    let found = find(&mut client, "cafe verzorgend").await;
    let hit = &found.hits[0];
    assert_eq!(
        (hit.id.as_str(), &hit.words[..]),
        ("story", &["cafe".to_owned(), "verzorgend".to_owned()][..])
    );
    let fragment = &hit.fragments[0];
    assert_eq!(fragment.field, "description");
    assert_eq!(marked(fragment), ["Verzorgende", "café\u{301}"]);
    let characters: Vec<char> = PRESENTATION.chars().collect();
    let whole: String =
        characters[fragment.start as usize..].iter().take(fragment.text.chars().count()).collect();
    assert_eq!(whole, fragment.text);
    let one = v1::SearchCandidatesRequest { fragment_limit: 1, ..asked("ouderen medicatie verzorgende") };
    let found = client.search_candidates(one).await.unwrap().into_inner();
    assert_eq!((found.hits[0].id.as_str(), found.hits[0].fragments.len()), ("carer", 1));
    let many = v1::SearchCandidatesRequest { fragment_limit: 11, ..asked("kok") };
    assert_eq!(client.search_candidates(many).await.unwrap_err().code(), Code::InvalidArgument);
    let blank = find(&mut client, "").await;
    assert!(blank.hits.iter().all(|hit| hit.fragments.is_empty()) && blank.hits_without_fragments == 0);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_page_counts_the_hits_without_fragments() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    let mut client = server.candidates().await;
    let mut last = 0;
    for n in 0..110 {
        let stored = client.upsert_candidate(upsert(driver(&format!("k-{n}"), "Kok", ""))).await.unwrap();
        last = stored.into_inner().change_number;
    }
    let page = v1::SearchCandidatesRequest { page_size: 105, min_change_number: last, ..asked("kok") };
    let found = server.matching().await.search_candidates(page).await.unwrap().into_inner();
    assert_eq!((found.hits.len(), found.hits_without_fragments), (105, 5));
    assert!(found.hits[99].fragments.len() == 1 && found.hits[100].fragments.is_empty());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_are_answered_as_words_or_as_nothing() {
    let (_folder, server) = region().await;
    let mut client = server.matching().await;
    for sign in [
        "(", ")", "\"", "'", "*", "?", "~", "^", "[", "\\", "\u{202e}", "\u{200f}", "\u{0}", "\u{301}", "😀",
        "ﷺ",
    ] {
        let found = find(&mut client, &sign.repeat(500)).await;
        assert!(found.hits.is_empty(), "{sign:?} found {:?}", ids(&found));
        let around = find(&mut client, &format!("{sign}{sign}medicatie{sign}{sign}")).await;
        // A sign that belongs to a word (a mark, a ligature) makes it another word; it is never an error.
        assert!(around.total <= 1, "{sign:?}");
    }
    let found = find(&mut client, "\u{202e}medicatie\u{202c} OR title:x AND NOT (").await;
    assert_eq!(ids(&found), ["carer"]);
    let words: String = (0..33).map(|n| format!("woord{n} ")).collect();
    assert_eq!(client.search_candidates(asked(&words)).await.unwrap_err().code(), Code::InvalidArgument);
    let long = "é".repeat(501);
    assert_eq!(client.search_candidates(asked(&long)).await.unwrap_err().code(), Code::InvalidArgument);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_different_words_in_a_row_are_answered_quickly() {
    let (_folder, server) = region().await;
    let mut client = server.matching().await;
    let begun = Instant::now();
    for batch in 0..400_u32 {
        let words: String = (0..25).map(|n| format!("ch{:05} ", batch * 25 + n)).collect();
        client.search_candidates(asked(&words)).await.unwrap();
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?} for 10,000 words", begun.elapsed());
    server.stop().await;
}
