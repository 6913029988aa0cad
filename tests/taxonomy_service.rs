//! The service of concepts as a client meets it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::Server;
use passend::wire::v1;
use std::time::{Duration, Instant};
use tonic::{Code, Request};
use tonic_types::StatusExt;

fn typed(query: &str) -> v1::SearchConceptsRequest {
    v1::SearchConceptsRequest { query: query.to_owned(), ..v1::SearchConceptsRequest::default() }
}

fn free_text(text: &str) -> v1::RecognizeConceptsRequest {
    v1::RecognizeConceptsRequest { text: text.to_owned(), ..v1::RecognizeConceptsRequest::default() }
}

fn uris(concepts: &[v1::Concept]) -> Vec<&str> {
    concepts.iter().map(|concept| concept.uri.as_str()).collect()
}

fn violated(status: &tonic::Status) -> Vec<String> {
    assert_eq!(status.code(), Code::InvalidArgument, "{status}");
    let details = status.get_error_details();
    let violations = &details.bad_request().unwrap().field_violations;
    violations.iter().map(|violation| violation.field.clone()).collect()
}

async fn started() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 2).await;
    server.use_small_taxonomy().await;
    (folder, server)
}

#[tokio::test(flavor = "multi_thread")]
async fn concepts_are_found_while_somebody_types_and_the_answer_says_why() {
    let (_folder, server) = started().await;
    let mut client = server.concepts().await;
    let found = client.search_concepts(typed("VERZ")).await.unwrap().into_inner();
    assert_eq!(uris(&found.concepts), ["o:carer", "g:carers", "s:care"]);
    assert_eq!((found.total, found.next_page_token.as_str()), (3, ""));
    assert_eq!(found.concepts[0].other_labels, ["verzorgende IG"]);
    assert_eq!(
        (found.concepts[0].code.as_str(), &found.concepts[0].broader[..]),
        ("5321", &["g:carers".to_owned()][..])
    );
    let why = &found.matches[2];
    assert_eq!(why.fit(), v1::LabelFit::WordBeginnings);
    assert_eq!(why.label.as_ref().unwrap().text, "ouderen verzorgen");
    assert_eq!(why.marks, [v1::TextRange { start: 8, end: 12 }]);
    let taxonomy = found.taxonomy.unwrap();
    assert_eq!((taxonomy.name.as_str(), taxonomy.fingerprint.len(), taxonomy.concepts), ("small", 32, 6));

    let kind = v1::ConceptKind::Skill.into();
    let skills = client.search_concepts(v1::SearchConceptsRequest { kind, ..typed("verz") }).await.unwrap();
    assert_eq!(uris(&skills.into_inner().concepts), ["s:care"]);
    for (query, uri, fit) in [
        ("vrachtwagenschaufeur", "o:driver", v1::LabelFit::Nearly),
        ("chauffeur", "o:driver", v1::LabelFit::Inside),
        ("cafe", "s:cafe", v1::LabelFit::WordBeginnings),
        ("trucker", "o:driver", v1::LabelFit::Exact),
        ("truck driver", "o:driver", v1::LabelFit::Exact),
        ("ouderen aankleden", "s:care", v1::LabelFit::SomeWords),
    ] {
        let found = client.search_concepts(typed(query)).await.unwrap().into_inner();
        assert_eq!((found.concepts[0].uri.as_str(), found.matches[0].fit()), (uri, fit), "{query}");
    }
    let in_english = v1::SearchConceptsRequest { text_language: "en".to_owned(), ..typed("care") };
    let found = client.search_concepts(in_english).await.unwrap().into_inner();
    assert_eq!(found.concepts[0].label, "care worker");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_concepts_hold_each_once_and_a_token_of_another_search_is_refused() {
    let (_folder, server) = started().await;
    let mut client = server.concepts().await;
    let mut seen = Vec::new();
    let mut page = v1::SearchConceptsRequest { page_size: 2, ..typed("v") };
    loop {
        let found = client.search_concepts(page.clone()).await.unwrap().into_inner();
        assert!(found.concepts.len() <= 2 && found.total == 5, "{found:?}");
        seen.extend(found.concepts.into_iter().map(|concept| concept.uri));
        if found.next_page_token.is_empty() {
            break;
        }
        page.page_token = found.next_page_token;
        let other = v1::SearchConceptsRequest { query: "w".to_owned(), ..page.clone() };
        assert_eq!(violated(&client.search_concepts(other).await.unwrap_err()), ["page_token"]);
    }
    let all = client.search_concepts(typed("v")).await.unwrap().into_inner();
    assert_eq!(seen, uris(&all.concepts));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_free_text_gives_places_in_characters_and_a_wording_what_it_may_mean() {
    let (_folder, server) = started().await;
    let mut client = server.concepts().await;
    let text = "😀 Eén jaar Verzorgende IG; ik kan één café beheren.";
    let answer = client.recognize_concepts(free_text(text)).await.unwrap().into_inner();
    let characters: Vec<char> = text.chars().collect();
    let pieces: Vec<(String, String)> = answer
        .concepts
        .iter()
        .map(|one| {
            let piece = characters[one.start as usize..one.end as usize].iter().collect();
            (piece, one.concept.as_ref().unwrap().uri.clone())
        })
        .collect();
    let uris: Vec<&str> = pieces.iter().map(|(_, uri)| uri.as_str()).collect();
    assert_eq!(uris, ["o:carer", "s:cafe"]);
    assert_eq!(pieces[0].0, "Verzorgende IG");
    // Whether a number in front belongs to the place is the recogniser's own affair.
    assert!(pieces[1].0.ends_with("café beheren"), "{pieces:?}");
    assert!(answer.concepts.iter().all(|one| one.confidence > 0.5 && one.confidence <= 1.0));
    assert_eq!(answer.concepts[0].language_code, "nld");
    assert_eq!(answer.taxonomy.unwrap().name, "small");

    let kind = v1::ConceptKind::Skill.into();
    let skills =
        client.recognize_concepts(v1::RecognizeConceptsRequest { kind, ..free_text(text) }).await.unwrap();
    assert_eq!(skills.into_inner().concepts.len(), 1);
    let wording = v1::RecognizeConceptsRequest {
        mode: v1::RecognitionMode::Wording.into(),
        alternatives: 1,
        text_language: "en".to_owned(),
        ..free_text("Vrachtwagenchauffeur")
    };
    let answer = client.recognize_concepts(wording).await.unwrap().into_inner();
    let one = &answer.concepts[0];
    assert_eq!((one.start, one.end), (0, 20));
    assert_eq!(one.concept.as_ref().unwrap().label, "truck driver");
    let nothing = client.recognize_concepts(free_text("xqz ((( \u{200f}")).await.unwrap().into_inner();
    assert_eq!(nothing.concepts, []);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_concept_comes_with_its_labels_and_relations_and_what_is_beyond_the_limit_is_counted() {
    let (_folder, server) = started().await;
    let mut client = server.concepts().await;
    let ask = |uri: &str| v1::GetConceptRequest { uri: uri.to_owned(), ..v1::GetConceptRequest::default() };
    let driver = client.get_concept(ask("o:driver")).await.unwrap().into_inner();
    assert_eq!(driver.labels.len(), 3);
    assert!(driver.labels.iter().any(|label| label.role() == v1::LabelRole::Hidden));
    let skills = driver.skills.unwrap();
    let needs: Vec<_> = skills.concepts.iter().map(|one| (one.uri.as_str(), one.need())).collect();
    assert_eq!(needs, [("s:drive", v1::ConceptNeed::Essential), ("s:care", v1::ConceptNeed::Optional)]);
    let carer = client.get_concept(ask("o:carer")).await.unwrap().into_inner();
    assert_eq!(carer.broader.unwrap().concepts[0].code, "532");
    let narrow =
        v1::GetConceptRequest { relation_limit: 1, label_languages: vec!["en".to_owned()], ..ask("s:care") };
    let care = client.get_concept(narrow).await.unwrap().into_inner();
    assert_eq!(
        care.labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>(),
        ["care for older people"]
    );
    let occupations = care.occupations.unwrap();
    assert_eq!((occupations.concepts.len(), occupations.total), (1, 2));
    assert_eq!(occupations.concepts[0].uri, "o:carer", "the essential one first");
    assert_eq!(care.related_skills.unwrap().concepts[0].uri, "s:cafe");
    let group = client.get_concept(ask("g:carers")).await.unwrap().into_inner();
    assert_eq!(group.narrower.unwrap().concepts[0].label, "verzorgende");
    let unknown = client.get_concept(ask("o:nobody")).await.unwrap_err();
    assert_eq!(unknown.code(), Code::NotFound, "{unknown}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_violation_is_told_at_once() {
    let (_folder, server) = started().await;
    let mut client = server.concepts().await;
    let search = v1::SearchConceptsRequest {
        query: "é".repeat(201),
        kind: 99,
        text_language: "NL".to_owned(),
        page_size: 101,
        page_token: String::new(),
    };
    let fields = violated(&client.search_concepts(search).await.unwrap_err());
    assert_eq!(fields, ["query", "kind", "text_language", "page_size"]);
    let words = client.search_concepts(typed("a b c d e f g h i j k")).await.unwrap_err();
    assert_eq!(violated(&words), ["query"]);
    let recognize = v1::RecognizeConceptsRequest {
        kind: v1::ConceptKind::SkillGroup.into(),
        text_language: "dutch".to_owned(),
        mode: 9,
        ..free_text(&"a".repeat(2_001))
    };
    let fields = violated(&client.recognize_concepts(recognize).await.unwrap_err());
    assert_eq!(fields, ["text", "kind", "text_language", "mode"]);
    let wording = v1::RecognizeConceptsRequest {
        mode: v1::RecognitionMode::Wording.into(),
        alternatives: 4,
        ..free_text(&"a".repeat(501))
    };
    assert_eq!(violated(&client.recognize_concepts(wording).await.unwrap_err()), ["text", "alternatives"]);
    let with_alternatives = v1::RecognizeConceptsRequest { alternatives: 1, ..free_text(" ") };
    let fields = violated(&client.recognize_concepts(with_alternatives).await.unwrap_err());
    assert_eq!(fields, ["text", "alternatives"]);
    let get = v1::GetConceptRequest {
        uri: String::new(),
        text_language: "x".to_owned(),
        label_languages: vec!["nl".to_owned(), "??".to_owned()],
        relation_limit: 5_001,
    };
    let fields = violated(&client.get_concept(get).await.unwrap_err());
    assert_eq!(fields, ["uri", "text_language", "label_languages[1]", "relation_limit"]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_are_texts() {
    let (_folder, server) = started().await;
    let mut client = server.concepts().await;
    for text in ["(", "\"", "*", "\u{202e}", "\u{0}", "½", "\u{301}", "ﷺ", "😀"] {
        let found = client.search_concepts(typed(&text.repeat(200))).await;
        // So many pieces of a sign may be too many words; they are never an error of the service.
        assert!(found.is_ok() || found.is_err_and(|status| violated(&status) == ["query"]), "{text:?}");
        client.recognize_concepts(free_text(&format!("a{}", text.repeat(1_999)))).await.unwrap();
    }
    let begun = Instant::now();
    for at in 0..1_000 {
        client.search_concepts(typed(&format!("{at:x}"))).await.unwrap();
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?} for 1,000 searches", begun.elapsed());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_command_on_the_own_machine_may_reload_the_taxonomy() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_for_strangers(folder.path()).await;
    server.use_small_taxonomy().await;
    let mut client = server.concepts().await;
    let without = client.reload_taxonomy(v1::ReloadTaxonomyRequest {}).await.unwrap_err();
    assert_eq!(without.code(), Code::PermissionDenied, "{without}");
    let mut with_another = Request::new(v1::ReloadTaxonomyRequest {});
    with_another.metadata_mut().insert(passend::grpc::LOCAL_TOKEN, "guessed".parse().unwrap());
    let with_another = client.reload_taxonomy(with_another).await.unwrap_err();
    assert_eq!(with_another.code(), Code::Unauthenticated, "{with_another}");
    let found = client.search_concepts(typed("kok")).await.unwrap().into_inner();
    assert_eq!(found.taxonomy.unwrap().name, "small", "nothing was reloaded");
    for changed in [true, false] {
        let mut with_the_token = Request::new(v1::ReloadTaxonomyRequest {});
        with_the_token.metadata_mut().insert(passend::grpc::LOCAL_TOKEN, common::TOKEN.parse().unwrap());
        let reloaded = client.reload_taxonomy(with_the_token).await.unwrap().into_inner();
        assert_eq!(reloaded.changed, changed);
        assert_ne!(reloaded.taxonomy.unwrap().name, "small", "what the data folder holds is in use");
    }
    server.stop().await;
}
