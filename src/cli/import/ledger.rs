//! What was read and what became of it, in the order of the files: answers come when they come, the report does not
//! depend on it.

use crate::exchange::framing::FileProblem;
use crate::exchange::report::{ImportReport, Outcome, RecordPlace};
use crate::exchange::{Bilingual, Issue, IssueCode, RecordKind, Refusal, RefusalReason};
use crate::wire::v1::{self, ImportOutcome, ImportResult};
use std::collections::VecDeque;
use std::sync::Arc;

/// Most events that wait for an answer, their own or that of an earlier one.
pub(super) const MOST_EVENTS: usize = 8_192;
/// Most bytes of records that wait for an answer.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Place {
    pub(in crate::cli) file: Arc<str>,
    pub(in crate::cli) record: u64,
    pub(in crate::cli) line: u64,
}

/// A record to send.
#[derive(Debug)]
pub(in crate::cli) struct Record {
    pub(in crate::cli) kind: RecordKind,
    pub(in crate::cli) bytes: usize,
    pub(in crate::cli) payload: Payload,
}

/// What is sent, and on which stream.
#[derive(Debug)]
pub(in crate::cli) enum Payload {
    Candidate(v1::import_candidates_request::Payload),
    Vacancy(v1::import_vacancies_request::Payload),
}

/// Which of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Candidates,
    Vacancies,
}

/// Something that a source comes across.
#[derive(Debug)]
pub(in crate::cli) enum Event {
    /// A file begins.
    File(Arc<str>),
    /// A record that the service is to judge.
    Record { place: Place, record: Box<Record> },
    /// A record that cannot be sent.
    Refused { place: Place, refusal: Refusal },
    /// A record that need not be sent.
    Superseded { place: Place, by: u64 },
    /// What is wrong with a file as a whole.
    Problem { file: Arc<str>, problem: FileProblem },
}

/// Events in the order of the files, each with its answer as soon as that is there.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: VecDeque<Entry>,
    /// How many entries have left at the front.
    settled: u64,
    /// Numbers of the records that wait for an answer, a queue for each stream.
    waiting: [VecDeque<u64>; 2],
    bytes: usize,
    problems: u64,
}

#[derive(Debug)]
enum Entry {
    File(Arc<str>),
    Sent { place: Place, kind: RecordKind, bytes: usize, result: Option<ImportResult> },
    Refused { place: Place, refusal: Refusal },
    Superseded { place: Place, by: u64 },
    Problem { file: Arc<str>, problem: FileProblem },
}

impl Ledger {
    /// Whether another event may come in before more answers do.
    pub(super) fn has_room(&self) -> bool {
        self.entries.len() < MOST_EVENTS && self.bytes < MOST_BYTES
    }

    /// Whether a file could not be read whole.
    pub(super) fn has_problems(&self) -> bool {
        self.problems > 0
    }

    /// Enters an event; gives back what is to be sent.
    pub(super) fn enter(&mut self, event: Event) -> Option<Payload> {
        let (entry, payload) = match event {
            Event::Record { place, record } => {
                let Record { kind, bytes, payload } = *record;
                let number = self.settled + self.entries.len() as u64;
                self.waiting[payload.side() as usize].push_back(number);
                self.bytes += bytes;
                (Entry::Sent { place, kind, bytes, result: None }, Some(payload))
            }
            Event::File(name) => (Entry::File(name), None),
            Event::Refused { place, refusal } => (Entry::Refused { place, refusal }, None),
            Event::Superseded { place, by } => (Entry::Superseded { place, by }, None),
            Event::Problem { file, problem } => {
                self.problems += 1;
                (Entry::Problem { file, problem }, None)
            }
        };
        self.entries.push_back(entry);
        payload
    }

    /// Notes the answer to the oldest record of a stream that has none. An answer that nobody waits for is dropped.
    pub(super) fn answered(&mut self, side: Side, answer: ImportResult) {
        let Some(number) = self.waiting[side as usize].pop_front() else { return };
        let at = usize::try_from(number - self.settled).ok();
        if let Some(Entry::Sent { result, .. }) = at.and_then(|at| self.entries.get_mut(at)) {
            *result = Some(answer);
        }
    }

    /// Moves everything up to the first record without an answer into the report; how many records that were.
    pub(super) fn settle(&mut self, report: &mut ImportReport) -> u64 {
        let mut records = 0;
        while self.entries.front().is_some_and(|entry| !matches!(entry, Entry::Sent { result: None, .. })) {
            let Some(entry) = self.entries.pop_front() else { break };
            self.settled += 1;
            records += u64::from(!matches!(entry, Entry::File(_) | Entry::Problem { .. }));
            if let Entry::Sent { bytes, .. } = &entry {
                self.bytes -= bytes;
            }
            entry.enter(report);
        }
        records
    }

    /// Moves the rest into the report. What has no answer is not in it: nobody knows what became of it.
    pub(super) fn close(self, report: &mut ImportReport) {
        self.entries.into_iter().for_each(|entry| entry.enter(report));
    }
}

impl Entry {
    fn enter(self, report: &mut ImportReport) {
        match self {
            Self::File(name) => report.start_file(&name),
            Self::Problem { file, problem } => report.file_problem(&file, &problem),
            Self::Refused { place, refusal } => report.refused(place.of_report(), &refusal),
            Self::Superseded { place, by } => report.superseded(place.of_report(), by),
            Self::Sent { place, kind, result: Some(result), .. } => {
                enter_result(report, &place, kind, &result)
            }
            Self::Sent { result: None, .. } => {}
        }
    }
}

impl Place {
    fn of_report(&self) -> RecordPlace<'_> {
        RecordPlace { file: &self.file, record: self.record, line: self.line }
    }
}

impl Payload {
    fn side(&self) -> Side {
        match self {
            Self::Candidate(_) => Side::Candidates,
            Self::Vacancy(_) => Side::Vacancies,
        }
    }
}

fn enter_result(report: &mut ImportReport, place: &Place, kind: RecordKind, result: &ImportResult) {
    let at = place.of_report();
    let outcome = match result.outcome() {
        ImportOutcome::Created => Outcome::Created,
        ImportOutcome::Updated => Outcome::Updated,
        ImportOutcome::Unchanged => Outcome::Unchanged,
        ImportOutcome::Refused | ImportOutcome::Unspecified => return report.refused(at, &refusal(result)),
    };
    report.taken(at, kind, &result.id, outcome);
    for issue in &result.issues {
        report.issue(at, &noticed(issue));
    }
    if let Some(counts) = &result.words {
        report.recognized(at, counts, &result.left_as_text);
    }
    for part in &result.corrections_kept {
        report.correction_kept(part);
    }
    for other in &result.possible_doubles {
        report.possible_double(at, &result.id, other);
    }
}

/// Why the service refused a record. Its text is in the language of the settings already.
fn refusal(result: &ImportResult) -> Refusal {
    let code = result.issues.first().map_or("", |issue| issue.code.as_str());
    let texts: Vec<_> = result.issues.iter().map(said).collect();
    Refusal { reason: RefusalReason::from_name(code), text: both(texts.join("; ")) }
}

fn said(issue: &v1::ImportIssue) -> String {
    if issue.field.is_empty() { issue.text.clone() } else { format!("{}: {}", issue.field, issue.text) }
}

/// The text of the service ends with what was done, which the report says for a whole group at once.
fn noticed(issue: &v1::ImportIssue) -> Issue {
    let code = IssueCode::from_name(&issue.code);
    let done = code.done();
    let problem = [&done.nl, &done.en]
        .into_iter()
        .find_map(|done| issue.text.strip_suffix(&**done)?.strip_suffix("; "))
        .unwrap_or(&issue.text);
    Issue { problem: both(problem.to_owned()), done, ..Issue::new(issue.field.clone(), code) }
}

fn both(text: String) -> Bilingual {
    Bilingual::new(text.clone(), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(number: u64, side: Side) -> Event {
        let (kind, payload) = match side {
            Side::Candidates => (
                RecordKind::VumCandidate,
                Payload::Candidate(v1::import_candidates_request::Payload::VumJson(Vec::new())),
            ),
            Side::Vacancies => (
                RecordKind::VumVacancy,
                Payload::Vacancy(v1::import_vacancies_request::Payload::VumJson(Vec::new())),
            ),
        };
        let place = Place { file: "mixed.json".into(), record: number, line: number };
        Event::Record { place, record: Box::new(Record { kind, bytes: 10, payload }) }
    }

    fn answer(side: Side, number: u64) -> ImportResult {
        let issue = |code: &str| v1::ImportIssue {
            field: format!("veld{side:?}"),
            code: code.to_owned(),
            text: format!("tekst van {number}"),
        };
        let (outcome, issues) = match number % 3 {
            0 => (ImportOutcome::Refused, vec![issue("NO_ID")]),
            1 => (ImportOutcome::Created, vec![issue("UNKNOWN_CODE")]),
            _ => (ImportOutcome::Unchanged, Vec::new()),
        };
        ImportResult {
            record_number: number,
            id: number.to_string(),
            outcome: outcome.into(),
            issues,
            ..ImportResult::default()
        }
    }

    /// The report of a file in which the sides alternate as given, with answers in the order of `first`: where true, the
    /// candidates' stream is heard first.
    fn reported(sides: &[bool], first: &[bool]) -> (String, u64) {
        let mut ledger = Ledger::default();
        let mut report = ImportReport::new(3);
        let mut waiting = [VecDeque::new(), VecDeque::new()];
        ledger.enter(Event::File("mixed.json".into()));
        for (number, candidate) in (1..).zip(sides) {
            let side = if *candidate { Side::Candidates } else { Side::Vacancies };
            ledger.enter(record(number, side));
            waiting[side as usize].push_back(number);
        }
        let mut settled = 0;
        for candidates_first in first.iter().chain([&true, &false].into_iter().cycle()) {
            let side = if *candidates_first { Side::Candidates } else { Side::Vacancies };
            if let Some(number) = waiting[side as usize].pop_front() {
                ledger.answered(side, answer(side, number));
                settled += ledger.settle(&mut report);
            }
            if waiting.iter().all(VecDeque::is_empty) {
                break;
            }
        }
        assert!(ledger.entries.is_empty() && ledger.bytes == 0);
        (report.text(crate::exchange::TextLanguage::Dutch), settled)
    }

    proptest! {
        #[test]
        fn the_report_does_not_depend_on_which_stream_answers_first(
            sides in prop::collection::vec(any::<bool>(), 1..40),
            first in prop::collection::vec(any::<bool>(), 0..40),
        ) {
            let (report, settled) = reported(&sides, &first);
            prop_assert_eq!(&report, &reported(&sides, &[]).0);
            prop_assert_eq!(settled, sides.len() as u64);
        }
    }

    #[test]
    fn what_has_no_answer_is_not_in_the_report() {
        let mut ledger = Ledger::default();
        let mut report = ImportReport::new(3);
        for (number, side) in [(1, Side::Candidates), (2, Side::Vacancies), (3, Side::Vacancies)] {
            ledger.enter(record(number, side));
        }
        ledger.answered(Side::Vacancies, answer(Side::Vacancies, 2));
        assert_eq!(ledger.settle(&mut report), 0, "the first one waits");
        ledger.close(&mut report);
        assert_eq!((report.read, report.unchanged), (1, 1));
    }

    #[test]
    fn a_source_waits_when_too_much_is_underway() {
        let mut ledger = Ledger::default();
        let mut entered = 0;
        while ledger.has_room() {
            entered += 1;
            ledger.enter(record(entered, Side::Candidates));
        }
        assert_eq!(entered, MOST_EVENTS as u64);
    }
}
