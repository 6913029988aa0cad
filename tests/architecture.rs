//! Holds the table of ARCHITECTURE.md: which room may use which, and which crates it may know.
//!
//! Every path in the sources counts, in `use` lines and inline. Test code may use more.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Room, rooms it may use, outside crates it may name.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    ("domain", &[], &["thiserror", "jiff", "serde"]),
    ("durable", &[], &["rustix"]),
    (
        "access",
        &["domain"],
        &["thiserror", "serde", "serde_json", "base64", "ring", "webpki", "rustls_pki_types", "tracing"],
    ),
    ("geo", &["domain", "durable"], &["thiserror", "blake3", "serde", "unicode_normalization"]),
    (
        "taxonomy",
        &["domain", "durable"],
        &[
            "thiserror",
            "blake3",
            "rayon",
            "serde",
            "toml",
            "csv_core",
            "postcard",
            "unicode_normalization",
            "passend_index",
        ],
    ),
    (
        "rank",
        &["domain", "geo", "taxonomy"],
        // The naive reference compares words in its own way: unicode_normalization.
        &["thiserror", "blake3", "rayon", "jiff", "serde", "toml", "unicode_normalization", "pulp"],
    ),
    ("night", &["domain", "durable", "rank", "wire"], &["thiserror", "blake3", "prost"]),
    ("decisions", &["durable"], &["thiserror", "blake3", "getrandom", "ring", "tracing"]),
    ("advice", &["domain", "rank"], &["thiserror", "serde", "toml"]),
    (
        "wire",
        &["domain"],
        &[
            "thiserror",
            "jiff",
            "prost",
            "prost_types",
            "prost_reflect",
            "serde",
            "serde_json",
            "tonic",
            "tonic_prost",
            "blake3",
        ],
    ),
    (
        "store",
        &["domain", "durable", "wire"],
        &["thiserror", "redb", "blake3", "crc32fast", "getrandom", "prost", "tracing"],
    ),
    (
        "exchange",
        &["domain", "wire"],
        &["thiserror", "jiff", "serde", "serde_json", "flate2", "unicode_normalization"],
    ),
    ("report", &[], &[]),
    ("spread", &[], &[]),
    ("evaluate", &["domain", "taxonomy", "wire"], &["thiserror", "rayon", "serde", "serde_json"]),
    ("demo", &["domain", "geo"], &["thiserror", "jiff", "serde", "toml", "blake3", "rayon"]),
    (
        "engine",
        &[
            "domain",
            "durable",
            "geo",
            "taxonomy",
            "rank",
            "advice",
            "wire",
            "store",
            "exchange",
            "night",
            "decisions",
            "report",
            "spread",
        ],
        &[
            "thiserror",
            "aho_corasick",
            "blake3",
            "getrandom",
            "rayon",
            "postcard",
            "serde",
            "prost",
            "prost_types",
            "passend_index",
            "tracing",
            "unicode_normalization",
        ],
    ),
    (
        "batch",
        &["domain", "durable", "rank", "engine", "night"],
        &["thiserror", "blake3", "jiff", "rustix", "serde", "serde_json", "tracing"],
    ),
    (
        "grpc",
        &[
            "access", "domain", "geo", "taxonomy", "engine", "wire", "exchange", "rank", "advice", "batch",
            "night", "report", "spread",
        ],
        &[
            "thiserror",
            "jiff",
            "prost",
            "prost_types",
            "tonic",
            "tonic_health",
            "tonic_reflection",
            "tonic_types",
            "tower",
            "http",
            "http_body",
            "hyper",
            "hyper_util",
            "rustls_pki_types",
            "tokio_rustls",
            "getrandom",
            "prometheus_client",
            "tokio",
            "tokio_stream",
            "base64",
            "blake3",
            "tracing",
        ],
    ),
    (
        "cli",
        &[
            "access",
            "domain",
            "geo",
            "taxonomy",
            "demo",
            "engine",
            "evaluate",
            "wire",
            "exchange",
            "night",
            "batch",
            "grpc",
            "decisions",
        ],
        &[
            "anyhow",
            "anstream",
            "anstyle",
            "thiserror",
            "jiff",
            "clap",
            "etcetera",
            "indicatif",
            "parquet",
            // What the process may have open.
            "rustix",
            "serde",
            "serde_json",
            "tempfile",
            "prost",
            "textwrap",
            "toml",
            "tokio",
            "tokio_stream",
            "tonic",
            "tonic_health",
            "tonic_types",
            "tracing",
            "tracing_subscriber",
        ],
    ),
];

/// Crates that only one room (or the index crate) may name, whatever else changes.
const KEPT_IN_ONE_ROOM: &[(&str, &str)] = &[("redb", "store"), ("tantivy", "(index crate)"), ("clap", "cli")];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Source text without comments, strings and test modules.
fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = match text.find("#[cfg(test)]\nmod tests {") {
        Some(tests) => text[..tests].to_owned(),
        None => text,
    };
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn is_test_file(path: &Path, room: &Path) -> bool {
    let name = path.file_stem().unwrap().to_string_lossy();
    let in_test_folder = path.strip_prefix(room).unwrap().components().any(|part| {
        matches!(
            part.as_os_str().to_string_lossy().as_ref(),
            "tests" | "testing" | "properties" | "generate" | "strategies"
        )
    });
    in_test_folder
        || ["tests", "testing", "properties", "generate", "strategies"].iter().any(|word| name == *word)
        || name.ends_with("_tests")
}

/// The first segment of every path `first::…` in code that begins with a small letter.
fn path_roots(code: &str) -> BTreeSet<String> {
    let bytes = code.as_bytes();
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let mut roots = BTreeSet::new();
    for (at, _) in code.match_indices("::") {
        let start = (0..at).rev().find(|i| !is_word(bytes[*i])).map_or(0, |i| i + 1);
        let preceded =
            code[..start].ends_with("::") || code[..start].ends_with('.') || code[..start].ends_with('$');
        if start < at && !preceded && bytes[start].is_ascii_lowercase() {
            roots.insert(code[start..at].to_owned());
        }
    }
    roots
}

/// The rooms named after `crate::`, also in groups `crate::{a, b::c}`.
fn rooms_used(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        rooms.insert(first_segment(&item));
                        item.clear();
                        continue;
                    }
                    _ => {}
                }
                if depth == 0 || !item.contains("::") {
                    item.push(c);
                }
            }
            rooms.insert(first_segment(&item));
        } else {
            rooms.insert(first_segment(rest));
        }
    }
    rooms.remove("");
    rooms
}

fn first_segment(path: &str) -> String {
    path.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

#[test]
fn every_room_uses_only_the_rooms_and_crates_of_the_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let dependencies = dependencies();
    let names: BTreeSet<&str> = ROOMS.iter().map(|room| room.0).collect();
    let mut wrong = Vec::new();
    let mut files = 0;
    for (room, rooms_allowed, crates_allowed) in ROOMS {
        let folder = src.join(room);
        for path in sources(&folder) {
            if is_test_file(&path, &folder) {
                continue;
            }
            files += 1;
            let code = code_of(&path);
            let shown = path.strip_prefix(&src).unwrap().display().to_string();
            for used in rooms_used(&code) {
                if names.contains(used.as_str()) && used != *room && !rooms_allowed.contains(&used.as_str()) {
                    wrong.push(format!("{shown}: room {used}"));
                }
            }
            for root in path_roots(&code) {
                if dependencies.contains(&root) && !crates_allowed.contains(&root.as_str()) {
                    wrong.push(format!("{shown}: crate {root}"));
                }
            }
        }
    }
    assert!(files > 50, "only {files} files were read: the test looks in the wrong place");
    assert!(wrong.is_empty(), "not in the table of tests/architecture.rs:\n{}", wrong.join("\n"));
}

#[test]
fn every_folder_and_file_of_the_sources_is_a_room_of_the_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let known: BTreeSet<&str> = ROOMS.iter().map(|room| room.0).collect();
    for entry in fs::read_dir(&src).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected =
            if path.is_dir() { known.contains(name.as_str()) } else { name == "lib.rs" || name == "main.rs" };
        assert!(expected, "src/{name} is in no row of the table");
    }
}

#[test]
fn the_scoring_room_cannot_name_what_may_never_count() {
    let rank = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rank");
    let forbidden = [
        "restricted",
        "RestrictedData",
        "ContactData",
        "Benefit",
        "LadderStep",
        "advice",
        "Instrument",
        "allowances",
        "IntegrationRoute",
        "salary",
        "std::fs",
        "std::time::",
        "tokio",
    ];
    for path in sources(&rank) {
        if is_test_file(&path, &rank) {
            continue;
        }
        let code = code_of(&path);
        for word in forbidden {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

#[test]
fn a_crate_that_belongs_to_one_room_is_named_nowhere_else() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&src) {
        // The program itself hands the command line over.
        if path == src.join("main.rs") {
            continue;
        }
        let code = code_of(&path);
        let room = path
            .strip_prefix(&src)
            .unwrap()
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        for (name, owner) in KEPT_IN_ONE_ROOM {
            let named = path_roots(&code).contains(*name);
            assert!(!named || room == *owner, "{} names {name}, which belongs to {owner}", path.display());
        }
    }
}

/// Names of the dependencies in Cargo.toml, as paths write them.
fn dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let table: toml::Table = manifest.parse().unwrap();
    // What only tests and benches use is not there for the sources, and its names are free for modules.
    table["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect()
}

#[test]
fn the_reader_of_paths_sees_use_lines_groups_and_inline_paths() {
    let code =
        "use crate::{domain::{a, b}, store};\nlet x = crate::grpc::y();\nuse redb::Table;\nstd::fs::read();";
    let rooms: Vec<_> = rooms_used(code).into_iter().collect();
    assert_eq!(rooms, ["domain", "grpc", "store"]);
    assert!(path_roots(code).contains("redb"));
}
