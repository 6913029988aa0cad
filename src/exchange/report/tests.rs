//! Counting: every record once, the last of two equal ids, bounded size.

use super::*;
use proptest::prelude::*;

fn place(record: u64) -> RecordPlace<'static> {
    RecordPlace { file: "a.json", record, line: record }
}

#[test]
fn the_last_of_two_records_with_one_id_counts_and_the_earlier_is_superseded() {
    let mut report = ImportReport::new(3);
    report.start_file("a.json");
    report.taken(place(1), RecordKind::VumCandidate, "k", Outcome::Created);
    report.taken(place(2), RecordKind::VumVacancy, "k", Outcome::Created);
    report.taken(place(3), RecordKind::VumCandidate, "k", Outcome::Updated);
    report.taken(place(4), RecordKind::VumCandidate, "k", Outcome::Unchanged);
    assert_eq!((report.created, report.updated, report.unchanged), (2, 0, 0));
    assert_eq!((report.candidates, report.vacancies), (1, 1));
    let superseded: Vec<_> = report.superseded.examples.iter().map(|e| (e.record, &*e.text.en)).collect();
    assert_eq!(
        superseded,
        [(1, "record 3 has the same id and counts"), (3, "record 4 has the same id and counts")]
    );
}

#[test]
fn field_names_that_a_file_invents_do_not_make_the_report_grow() {
    let mut report = ImportReport::new(1);
    for n in 0..2_000 {
        report.issue(place(1), &Issue::new(format!("veld{n}"), IssueCode::UnknownField));
    }
    assert!(report.issues.len() <= ISSUE_GROUPS + IssueCode::ALL.len());
    assert_eq!(report.issues.iter().map(|g| g.tally.count).sum::<u64>(), 2_000);
}

proptest! {
    #[test]
    fn every_record_that_is_read_is_counted_once(events in prop::collection::vec((0u8..5, 0u8..6), 0..60)) {
        let mut report = ImportReport::new(2);
        report.start_file("a.json");
        let read = events.len() as u64;
        for (number, (what, id)) in (1..).zip(events) {
            let id = id.to_string();
            match what {
                0 => report.taken(place(number), RecordKind::VumCandidate, &id, Outcome::Created),
                1 => report.taken(place(number), RecordKind::VumCandidate, &id, Outcome::Updated),
                2 => report.taken(place(number), RecordKind::VumVacancy, &id, Outcome::Unchanged),
                3 => report.superseded(place(number), number + 1),
                _ => report.refused(place(number), &Refusal::new(RefusalReason::NoId)),
            }
        }
        prop_assert_eq!(report.read, read);
        prop_assert_eq!(
            report.taken_records() + report.refused_records() + report.superseded.count,
            read
        );
        prop_assert_eq!(report.candidates + report.vacancies, report.taken_records());
    }
}
