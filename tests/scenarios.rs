//! The scenarios of `tests/scenarios/`, each a document that an advisor can read, through the real server.
//!
//! The table is printed (`cargo test --test scenarios -- --nocapture`) and written to `scenarios.txt` in cargo's
//! folder for test data. `SCENARIO=s4` runs only the documents whose file name starts so.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "in a test a panic is the report"
)]
#![allow(clippy::needless_update, reason = "the interface may grow")]
#![allow(unreachable_pub, reason = "the parts of the harness use each other")]

mod common;
#[path = "scenarios/harness/mod.rs"]
mod harness;

use harness::{
    changes,
    check::{self, Outcome, Seen},
    document::{self, Check, Document},
    fair, look,
    notation::Notation,
    table::{Report, Row, table},
    world::{self, Running, Setting, World},
};
use passend::wire::v1;
use std::{collections::BTreeMap, fs, path::Path};

/// How many documents there are at least.
const DOCUMENTS: usize = 20;
/// Chi-square with 4 degrees of freedom that one in a million equal draws passes: the secret of a store is drawn.
const UNFAIR: f64 = 33.4;

#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_holds_with_every_check_in_it() {
    let notation = Notation::new().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let only = std::env::var("SCENARIO").unwrap_or_default();
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    assert!(files.len() >= DOCUMENTS, "only {} documents in {}", files.len(), folder.display());
    let mut reports = Vec::new();
    for path in files {
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        if !file.starts_with(&only) {
            continue;
        }
        let document = match Document::read(&fs::read_to_string(&path).unwrap()) {
            Ok(document) => document,
            Err(problem) => panic!("{}: {problem}", path.display()),
        };
        reports.push(run(&notation, &file, &document).await);
    }
    let told = table(&reports);
    println!("{told}");
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("scenarios.txt"), &told).unwrap();
    let failed: Vec<String> = reports.iter().flat_map(Report::failed_checks).collect();
    assert!(failed.is_empty(), "these checks do not hold, see the table above: {failed:#?}");
}

async fn run(notation: &Notation, file: &str, document: &Document) -> Report {
    let mut rows = Vec::new();
    match open(notation, document, None).await {
        Err(problem) => rows.push(broken("opzet", "De personen en vacatures staan in de dienst.", &problem)),
        Ok(before) => {
            rows.push(always("altijd", &before));
            for check in &document.toets {
                let outcomes = outcomes(notation, document, check, &before).await;
                rows.push(match outcomes {
                    Ok(outcomes) => Row { check: check.naam.clone(), told: check.dit.clone(), outcomes },
                    Err(problem) => broken(&check.naam, &check.dit, &problem),
                });
            }
        }
    }
    Report {
        file: file.to_owned(),
        title: document.titel.clone(),
        rules: document.regels.clone(),
        story: [document.situatie.clone(), document.waarom.clone()],
        rows,
    }
}

fn broken(check: &str, told: &str, problem: &str) -> Row {
    let outcomes = vec![Outcome::new("een antwoord", problem, false)];
    Row { check: check.to_owned(), told: told.to_owned(), outcomes }
}

/// R1 and R20 in every world.
fn always(name: &str, world: &World) -> Row {
    let wrong = world::always(world);
    let got = if wrong.is_empty() { format!("{} paren", world.pairs.len()) } else { wrong.join("; ") };
    Row {
        check: name.to_owned(),
        told: "De regels tellen precies op, en van beide kanten gevraagd is een paar hetzelfde.".to_owned(),
        outcomes: vec![Outcome::new("regels tellen op", got, wrong.is_empty() && !world.pairs.is_empty())],
    }
}

fn setting(document: &Document, check: Option<&Check>) -> Result<Setting, String> {
    let as_of = check.and_then(|check| check.peildatum.as_ref()).unwrap_or(&document.peildatum);
    let mut travel: BTreeMap<String, u32> = document.reistijd.clone();
    travel.extend(check.into_iter().flat_map(|check| check.reistijd.clone()));
    Ok(Setting { as_of: document::day(as_of)?, travel })
}

async fn open(notation: &Notation, document: &Document, check: Option<&Check>) -> Result<World, String> {
    let records = changes::records(notation, document, check)?;
    let mut running = Running::start().await?;
    let refused = running.put(&records).await?;
    let world = running.ask(&records, &setting(document, check)?, refused).await;
    running.stop().await;
    let world = world?;
    if check.is_none_or(|check| check.geweigerd.is_empty()) && !world.refused.is_empty() {
        return Err(format!("geweigerd: {}", world.refused.join("; ")));
    }
    Ok(world)
}

async fn outcomes(
    notation: &Notation,
    document: &Document,
    check: &Check,
    before: &World,
) -> Result<Vec<Outcome>, String> {
    let changed =
        if check.changes_something() { Some(open(notation, document, Some(check)).await?) } else { None };
    let after = changed.as_ref().unwrap_or(before);
    let subject = subject(document, check)?;
    let mut all = check::judge(check, &Seen { subject, before, after })?;
    if changed.is_some() && check.geweigerd.is_empty() {
        let wrong = world::always(after);
        if !wrong.is_empty() {
            all.push(Outcome::new("regels tellen op", wrong.join("; "), false));
        }
    }
    let setting = setting(document, Some(check))?;
    if let Some(wanted) = &check.wissel {
        let (count, difference) = fair::permute(notation, document, wanted, subject, &setting).await?;
        let expected = format!("dezelfde scores bij elke verdeling van {}", wanted.velden.join(", "));
        let holds = difference.is_none() && count > 1;
        all.push(Outcome::new(
            expected,
            difference.unwrap_or_else(|| format!("{count} verdelingen, gelijk")),
            holds,
        ));
    }
    if let Some(count) = check.eerlijke_plekken {
        let records = changes::records(notation, document, Some(check))?;
        let first = fair::first_places(&records, subject, &setting, count).await?;
        let equals: Vec<&String> = check.even.iter().flatten().collect();
        let counts: Vec<u32> = equals.iter().map(|id| first.get(*id).copied().unwrap_or(0)).collect();
        let holds = counts.iter().sum::<u32>() == count && fair::chi_square(&counts) < UNFAIR;
        let expected = format!("over {count} vacatures even vaak op plek 1: een op de {}", equals.len());
        all.push(Outcome::new(expected, format!("{first:?}"), holds));
    }
    if let Some(wanted) = &check.tegenfeit {
        all.push(counterfactual(notation, document, check, wanted, subject, &setting).await?);
    }
    Ok(all)
}

/// The vacancy or person whose list is asked: the only vacancy, or the only person, where the check names none.
fn subject<'a>(document: &'a Document, check: &'a Check) -> Result<&'a str, String> {
    let only = |ids: Vec<&'a String>| if ids.len() == 1 { ids.first().map(|id| id.as_str()) } else { None };
    let named = check.bij.as_deref();
    let found = named
        .or_else(|| only(document.vacatures.keys().collect()))
        .or_else(|| only(document.personen.keys().collect()));
    found.ok_or_else(|| "say for whom the list is asked: bij".to_owned())
}

async fn counterfactual(
    notation: &Notation,
    document: &Document,
    check: &Check,
    wanted: &document::Counterfactual,
    subject: &str,
    setting: &Setting,
) -> Result<Outcome, String> {
    let records = changes::records(notation, document, Some(check))?;
    let mut running = Running::start().await?;
    running.put(&records).await?;
    let today = document.day()?;
    let changed: v1::Candidate = changes::read(notation, "Candidate", &wanted.wie, &wanted.zet, today)?;
    let mask = prost_types::FieldMask { paths: wanted.zet.keys().cloned().collect() };
    let tried = v1::Counterfactual {
        change: Some(v1::counterfactual::Change::Candidate(changed)),
        mask: Some(mask),
        ..v1::Counterfactual::default()
    };
    let answer = running.explain((&wanted.wie, subject), setting, vec![tried]).await;
    running.stop().await;
    let expected = format!("met deze wijziging staat {} op plek {} of hoger", wanted.wie, wanted.plek);
    Ok(match answer {
        Err(problem) => Outcome::new(expected, problem, false),
        Ok(answer) => {
            let result = look::list(&answer, "counterfactuals").first().cloned().unwrap_or_default();
            let rank = look::number(&result, "rank") as u64;
            let got = format!(
                "plek {rank}, score {}: {}",
                look::number(&result, "score"),
                look::text(&result, "text")
            );
            Outcome::new(expected, got, (1..=wanted.plek).contains(&rank))
        }
    })
}
