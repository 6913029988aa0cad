//! Whole files through framing, reading, merging and reporting, into records kept in memory.

use super::{
    TextLanguage,
    framing::{FileProblem, Frames},
    report::{ImportReport, Outcome, RecordPlace},
    vum::{self, Record},
};
use crate::domain::{
    Candidate, Vacancy,
    merge::{Merged, merge_candidate, merge_vacancy},
    provenance::{Delivery, Door},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, path::Path};

/// What a store keeps: the current record and the last delivered form.
#[derive(Default)]
struct Kept {
    candidates: BTreeMap<String, (Candidate, Candidate)>,
    vacancies: BTreeMap<String, (Vacancy, Vacancy)>,
}

impl Kept {
    fn import(&mut self, file: &str, bytes: &[u8]) -> ImportReport {
        let mut report = ImportReport::new(3);
        report.start_file(file);
        let superseded = Frames::new(bytes).unwrap().superseded();
        for item in Frames::new(bytes).unwrap() {
            let frame = match item {
                Ok(frame) => frame,
                Err(problem) => {
                    report.file_problem(file, &problem);
                    continue;
                }
            };
            let place = RecordPlace { file, record: frame.number, line: frame.line };
            if let Some(by) = superseded.get(&frame.number) {
                report.superseded(place, *by);
                continue;
            }
            let delivery =
                Delivery { door: Door::Vum, organisation: None, on: jiff::civil::date(2026, 11, 22) };
            match frame.content.and_then(|raw| vum::parse(&raw.bytes, &delivery)) {
                Err(refusal) => report.refused(place, &refusal),
                Ok(parsed) => {
                    parsed.issues.iter().for_each(|issue| report.issue(place, issue));
                    let (kind, id) = (parsed.record.kind(), parsed.record.id().to_owned());
                    let outcome = self.apply(parsed.record);
                    report.taken(place, kind, &id, outcome);
                }
            }
        }
        report
    }

    fn apply(&mut self, record: Record) -> Outcome {
        match record {
            Record::Candidate(new) => apply(&mut self.candidates, new.id.to_string(), *new, merge_candidate),
            Record::Vacancy(new) => apply(&mut self.vacancies, new.id.to_string(), *new, merge_vacancy),
        }
    }
}

fn apply<R: Clone>(
    kept: &mut BTreeMap<String, (R, R)>,
    id: String,
    new: R,
    merge: fn(Option<&R>, Option<&R>, &R) -> Merged<R>,
) -> Outcome {
    let before = kept.get(&id);
    let merged = merge(before.map(|b| &b.1), before.map(|b| &b.0), &new);
    let outcome = match before {
        None => Outcome::Created,
        Some(_) if merged.changed.is_empty() => Outcome::Unchanged,
        Some(_) => Outcome::Updated,
    };
    kept.insert(id, (merged.record, new));
    outcome
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vum").join(name);
    std::fs::read(path).unwrap()
}

/// A sample of the standard, where the shared folder is there.
fn sample(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vum/samples").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not there", path.display());
    }
    bytes
}

#[test]
fn a_list_of_candidates_is_reported() {
    let report = Kept::default().import("werkzoekenden.json", &fixture("werkzoekenden.json"));
    insta::assert_snapshot!("candidates_nl", report.text(TextLanguage::Dutch));
    insta::assert_snapshot!("candidates_en", report.text(TextLanguage::English));
    insta::assert_snapshot!("candidates_json", serde_json::to_string_pretty(&report).unwrap());
}

#[test]
fn lines_of_vacancies_are_reported_with_the_damaged_one() {
    let report = Kept::default().import("vacatures.jsonl", &fixture("vacatures.jsonl"));
    insta::assert_snapshot!("vacancies_nl", report.text(TextLanguage::Dutch));
}

#[test]
fn importing_the_same_file_twice_changes_nothing_and_says_so() {
    for name in ["werkzoekenden.json", "vacatures.jsonl"] {
        let mut kept = Kept::default();
        let first = kept.import(name, &fixture(name));
        let again = kept.import(name, &fixture(name));
        assert!(first.changed_anything() && !again.changed_anything());
        assert_eq!(again.unchanged, first.created);
        assert_eq!(again.superseded.count, first.superseded.count);
        let text = again.text(TextLanguage::English);
        assert!(text.contains("Nothing changed: everything in this delivery was there already."), "{text}");
    }
}

#[test]
fn a_file_that_is_no_json_is_reported() {
    let report = Kept::default().import("brief.docx", b"PK\x03\x04");
    assert_eq!((report.read, report.taken_records()), (0, 0));
    insta::assert_snapshot!("no_json_en", report.text(TextLanguage::English));
}

/// (created, refused, superseded) of every sample of the standard; the second time all is unchanged.
#[test]
fn every_sample_of_the_standard_imports_with_its_counts_right() {
    let samples = [
        ("mp-vacature.json", (1, 0, 0)),
        ("vacature-buitenland.json", (1, 0, 0)),
        ("vacature.json", (1, 0, 0)),
        ("werkzoekende.json", (0, 1, 0)),
        ("werkzoekenden-groot.json", (23, 0, 1)),
    ];
    for (name, (created, refused, superseded)) in samples {
        let Some(bytes) = sample(name) else { continue };
        let mut kept = Kept::default();
        let report = kept.import(name, &bytes);
        let counts = (report.created, report.refused_records(), report.superseded.count);
        assert_eq!(counts, (created, refused, superseded), "{name}");
        assert_eq!(report.read, created + refused + superseded, "{name}");
        assert!(report.file_problems.is_empty(), "{name}");
        let again = kept.import(name, &bytes);
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, created), "{name}");
    }
}

#[test]
fn the_samples_placeholders_are_told_with_their_fields() {
    let Some(bytes) = sample("mp-vacature.json") else { return };
    let report = Kept::default().import("mp-vacature.json", &bytes);
    let groups: Vec<_> = report.issues.iter().map(|g| format!("{} {}", g.tally.count, g.field)).collect();
    for expected in [
        "1 codeWerkEnDenkniveauMinimaal",
        "2 sollicitatiewijze[].codeSollicitatiewijze",
        "2 contractvorm[].codeTypeArbeidscontract",
        "2 vervoermiddel[].codeVervoermiddel",
        "1 rijbewijs[].codeSoortRijbewijs",
        "1 taalbeheersing[].codeNiveauTaalbeheersingLezen",
        "1 gedragscompetentie[].codeGedragscompetentie",
        "1 indicatieLdrRegistratie",
    ] {
        assert!(groups.iter().any(|g| g == expected), "{expected}: {groups:#?}");
    }
    assert_eq!(report.unscored_requirements, 1);
}

fn damaged_file() -> impl Strategy<Value = Vec<u8>> {
    let whole = prop_oneof![Just(fixture("werkzoekenden.json")), Just(fixture("vacatures.jsonl"))];
    let damage = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8);
    (whole, damage, any::<prop::sample::Index>(), any::<bool>()).prop_map(|(mut bytes, damage, cut, cuts)| {
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        bytes
    })
}

proptest! {
    #[test]
    fn no_record_is_lost_from_the_count_however_a_file_is_damaged(bytes in damaged_file()) {
        let pieces = Frames::new(bytes.as_slice()).unwrap().flatten().count() as u64;
        let mut kept = Kept::default();
        let report = kept.import("x.json", &bytes);
        prop_assert_eq!(report.read, pieces);
        let sum = report.taken_records() + report.refused_records() + report.superseded.count;
        prop_assert_eq!(report.read, sum);
        prop_assert_eq!(report.created, (kept.candidates.len() + kept.vacancies.len()) as u64);
        let again = kept.import("x.json", &bytes);
        prop_assert!(!again.changed_anything());
    }

    #[test]
    fn a_truncated_list_says_where_it_ends(cut in 1usize..3_000) {
        let whole = fixture("werkzoekenden.json");
        let cut = cut.min(whole.len() - 3);
        let problem = Frames::new(&whole[..cut]).unwrap().find_map(Result::err);
        let said = matches!(
            problem,
            Some(FileProblem::EndsInside { .. } | FileProblem::ListNotClosed { .. })
        );
        prop_assert!(said, "{problem:?}");
    }
}
