//! `passend evaluate` as a user calls it: a small set of every kind, the files it writes, and what it refuses.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
};
use tempfile::TempDir;

fn passend(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_passend")).args(arguments).output().unwrap()
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    fs::create_dir_all(folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// One set of each kind, in words that the embedded taxonomy knows.
fn sets(folder: &Path) {
    write(
        &folder.join("titles"),
        &[
            ("queries.tsv", "q1\tVerzorgende IG (m/v)\nq2\tlasser\nq3\tonderwaterpaardentemmer\n"),
            ("corpus.tsv", "r1\tlasser\nr2\tverzorgende IG\nr3\tkapper\n"),
            ("annotations.tsv", "q1\t0\tr2\t1\nq2\t0\tr1\t1\nq3\t0\tr3\t1\n"),
        ],
    );
    write(
        &folder.join("people"),
        &[
            (
                "candidates.jsonl",
                "{\"id\": \"c1\", \"lang\": \"nl\", \"jobs\": [{\"title\": \"lasser\", \"years\": 7}], \"skills\": [\"lassen\"]}\n\
                 {\"id\": \"c2\", \"lang\": \"de\", \"jobs\": [{\"title\": \"Koch\", \"years\": 2}], \"skills\": []}\n",
            ),
            (
                "vacancies.jsonl",
                "{\"id\": \"v1\", \"title\": \"lasser\", \"text\": \"\", \"required\": [\"lassen\"], \"preferred\": []}\n",
            ),
            ("qrels_skill.tsv", "v1\tc1\t3\t0.9\nv1\tc2\t1\t0.4\n"),
            ("qrels_isco.tsv", "v1\tc1\t2\n"),
        ],
    );
}

#[derive(serde::Deserialize)]
struct Written {
    sets: Vec<Figure>,
}

#[derive(serde::Deserialize)]
struct Figure {
    name: String,
    metric: String,
    value: f64,
    low: f64,
    high: f64,
    queries: usize,
}

#[test]
fn figures_can_be_recomputed_from_the_written_rankings() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    sets(&folder.path().join("sets"));
    let (json, runs, data) = (at("figures.json"), at("runs"), at("data"));
    let output = passend(&["evaluate", &at("sets"), "--data", &data, "--json", &json, "--runs", &runs]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written: Written = serde_json::from_str(&fs::read_to_string(&json).unwrap()).unwrap();
    let figure = |name: &str| written.sets.iter().find(|figure| figure.name == name).unwrap();

    // The mean reciprocal rank, once more, from the file.
    let mut first_right = BTreeMap::from([("q1", 0.0), ("q2", 0.0), ("q3", 0.0)]);
    let right = BTreeMap::from([("q1", "r2"), ("q2", "r1"), ("q3", "r3")]);
    for line in fs::read_to_string(Path::new(&runs).join("titles.run")).unwrap().lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        assert_eq!((fields.len(), fields[1], fields[5]), (6, "Q0", "passend"), "{line}");
        let best = first_right.get_mut(fields[0]).unwrap();
        if right[fields[0]] == fields[2] && *best == 0.0 {
            *best = 1.0 / fields[3].parse::<f64>().unwrap();
        }
    }
    let titles = figure("titles");
    let again = first_right.values().sum::<f64>() / 3.0;
    assert!((titles.value - again).abs() < 1e-9, "{} and {again}", titles.value);
    assert!(titles.value >= 2.0 / 3.0, "two titles stand in the embedded taxonomy: {}", titles.value);
    assert_eq!((titles.metric.as_str(), titles.queries), ("MRR", 3));
    assert!(titles.low <= titles.value && titles.value <= titles.high);

    let ranking = figure("people, vacancy to candidates");
    assert_eq!((ranking.metric.as_str(), ranking.value), ("nDCG@10", 1.0), "the welder stands first");

    // The same again, beside the former run: no difference.
    let again = passend(&["evaluate", &at("sets"), "--data", &data, "--compare", &json]);
    let table = String::from_utf8(again.stdout).unwrap();
    let row = table.lines().find(|line| line.starts_with("titles")).unwrap();
    assert!(row.ends_with("+0.0000"), "{row}");
    assert!(!Path::new(&data).exists(), "measuring leaves no trace in the data folder");
}

#[test]
fn what_is_no_set_is_refused_by_name_and_line() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_str().unwrap().to_owned();
    let data = format!("{path}/data");
    let refused = |expected: &str| {
        let output = passend(&["evaluate", &path, "--data", &data]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(expected), "{said}");
    };
    refused("holds no set");
    write(
        &folder.path().join("bad"),
        &[("queries.tsv", "q1\tlasser\nq2\n"), ("corpus.tsv", "r1\tlasser\n"), ("annotations.tsv", "")],
    );
    refused("queries.tsv, line 2: 1 columns instead of 2");
}
