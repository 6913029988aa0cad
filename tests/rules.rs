//! Every rule has tests that name it: holds the table of `docs/rules.md`, and the rules about words and measurements.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::Server;
use passend::wire::v1;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found
}

/// The names of all test functions.
fn functions() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in ["src", "tests", "index/src"].iter().flat_map(|folder| files(&root().join(folder), "rs")) {
        let text = fs::read_to_string(file).unwrap();
        for rest in text.split("fn ").skip(1) {
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            names.insert(name);
        }
    }
    names
}

#[test]
fn every_rule_has_a_test_that_names_it_and_the_table_names_no_test_that_is_not_there() {
    let table = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let functions = functions();
    let mut rules: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in table.lines().filter(|line| line.starts_with("| R") || line.starts_with("| T")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let tests = cells[3].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        rules.insert(cells[1].to_owned(), tests);
    }
    let expected = (1..=21).map(|n| format!("R{n}")).chain((1..=3).map(|n| format!("T{n}")));
    for rule in expected {
        let tests = rules.get(&rule).unwrap_or_else(|| panic!("{rule} has no row in docs/rules.md"));
        let names_it = format!("{}_", rule.to_lowercase());
        assert!(tests.iter().any(|test| test.contains(&names_it)), "no test names {rule}");
        for test in tests {
            assert!(functions.contains(test), "{rule}: there is no test {test}");
        }
    }
}

#[test]
fn every_rule_but_those_about_lists_and_words_has_a_scenario_too() {
    let mut told = BTreeSet::new();
    for file in files(&root().join("tests/scenarios"), "toml") {
        let document: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
        told.extend(
            document["regels"].as_array().unwrap().iter().map(|rule| rule.as_str().unwrap().to_owned()),
        );
    }
    for rule in 1..=16 {
        assert!(told.contains(&format!("R{rule}")), "no scenario tells of R{rule}: {told:?}");
    }
}

async fn surest(server: &Server, text: &str, kind: v1::ConceptKind) -> Option<(String, f64)> {
    let request = v1::RecognizeConceptsRequest {
        text: text.to_owned(),
        kind: kind.into(),
        mode: v1::RecognitionMode::Wording.into(),
        ..v1::RecognizeConceptsRequest::default()
    };
    let answer = server.concepts().await.recognize_concepts(request).await.unwrap().into_inner();
    let first = answer.concepts.into_iter().next()?;
    Some((first.concept?.uri, first.confidence))
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_an_occupation_in_other_languages_cases_and_with_a_typing_error_is_the_same_concept() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let kind = v1::ConceptKind::Occupation;
    for (known, others) in [
        (
            "verpleegkundige",
            &["VERPLEEGKUNDIGE", "nurse", "Krankenschwester", "ممرضة", "медсестра", "hemşire"][..],
        ),
        ("vrachtwagenchauffeur", &["Vrachtwagenschaufeur", "truck driver"]),
    ] {
        let (uri, confidence) = surest(&server, known, kind).await.unwrap();
        assert!(confidence > 0.5, "{known}: {confidence}");
        for other in others {
            let found = surest(&server, other, kind).await;
            assert_eq!(found.map(|(uri, _)| uri).as_deref(), Some(uri.as_str()), "{other}");
        }
    }
    assert_eq!(surest(&server, "xqzzt blorp", kind).await, None, "what nobody knows is not recognised");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_the_embedded_taxonomy_works_without_a_download_and_its_occupations_keep_their_esco_uris() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    for name in ["verpleegkundige", "lasser", "elektromonteur", "verzorgende"] {
        let (uri, _) = surest(&server, name, v1::ConceptKind::Occupation).await.unwrap();
        assert!(uri.starts_with("http://data.europa.eu/esco/occupation/"), "{name}: {uri}");
    }
    server.stop().await;
}

#[test]
fn t3_what_ranks_and_recognises_never_reads_a_set_of_the_measurements() {
    let rooms = ["domain", "geo", "taxonomy", "rank", "engine", "exchange", "store", "wire"];
    let mut read = 0;
    for file in rooms.iter().flat_map(|room| files(&root().join("src").join(room), "rs")) {
        let text = fs::read_to_string(&file).unwrap();
        for trace in ["qrels", "melo-nl", "matching-dev", "skills-dev", "shared/eval"] {
            assert!(!text.contains(trace), "{} speaks of {trace}", file.display());
        }
        read += 1;
    }
    assert!(read > 100, "only {read} files were read");
}

#[test]
fn r16_no_message_of_the_employers_view_has_a_field_for_what_an_employer_may_not_see() {
    let pool = prost_reflect::DescriptorPool::decode(passend::wire::DESCRIPTORS).unwrap();
    let start = pool.get_message_by_name("passend.v1.ProposeCandidatesResponse").unwrap();
    let (mut open, mut seen) = (vec![start], BTreeSet::new());
    let hidden = [
        "name",
        "contact",
        "address",
        "postcode",
        "email",
        "phone",
        "benefit",
        "allowance",
        "target_group",
        "ladder",
        "route",
        "instrument",
        "gap",
        "health",
        "note",
        "origin",
        "country",
        "cap",
        "lesson",
        "score",
    ];
    while let Some(message) = open.pop() {
        if !seen.insert(message.full_name().to_owned()) {
            continue;
        }
        for field in message.fields() {
            let words: Vec<&str> = field.name().split('_').collect();
            let told = |word: &&str| field.name() == *word || words.contains(word);
            // The name of the ranking profile is nobody's name.
            let found = hidden.iter().find(|word| told(word) && field.name() != "profile_name");
            assert!(found.is_none(), "{}.{} could carry {found:?}", message.name(), field.name());
            if let prost_reflect::Kind::Message(inner) = field.kind() {
                open.push(inner);
            }
        }
    }
    assert!(seen.len() > 2, "{seen:?}");
}
