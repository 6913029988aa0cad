//! The report of an import: what was read, what became of it, what was refused and why, in counts with a few
//! examples each. Its size does not grow with the file, the ids of the file at hand apart.

mod text;
mod words;

pub use words::{WordCount, WordReport};

use super::{
    Bilingual, Issue, IssueCode, RecordKind, Refusal, RefusalReason, Severity, framing::FileProblem,
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Most different kinds of issues (code and field) that are counted one by one: a hostile file can invent field names.
const ISSUE_GROUPS: usize = 500;

/// What became of a record that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was new.
    Created,
    /// It changed what was there.
    Updated,
    /// Everything in it was there already.
    Unchanged,
}

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordPlace<'a> {
    /// The file, as the user named it.
    pub file: &'a str,
    /// Number of the record in its file, from 1.
    pub record: u64,
    /// Line on which it begins, from 1.
    pub line: u64,
}

/// Counts of an import, with the first examples of each.
///
/// Every record that is read ends in exactly one of created, updated, unchanged, superseded and refused.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImportReport {
    /// Files that were read.
    pub files: Vec<String>,
    /// Records that were read.
    pub read: u64,
    /// Candidates among those that were taken.
    pub candidates: u64,
    /// Vacancies among those that were taken.
    pub vacancies: u64,
    /// Records that were new.
    pub created: u64,
    /// Records that changed what was there.
    pub updated: u64,
    /// Records of which everything was there.
    pub unchanged: u64,
    /// Records before a later one with the same id in the same file: the last counts.
    pub superseded: Tally,
    /// Refused records, by reason.
    pub refused: Vec<RefusedGroup>,
    /// Issues of records that were taken, by code and field.
    pub issues: Vec<IssueGroup>,
    /// Requirements that are kept as text and not scored.
    pub unscored_requirements: u64,
    /// What was recognised of the words.
    pub words: WordReport,
    /// Corrections that a delivery did not undo, by part of the record.
    pub corrections_kept: BTreeMap<String, u64>,
    /// Records that may be of the same person as another one.
    pub possible_doubles: Tally,
    /// Records that a complete delivery did not hold any more.
    pub marked_not_delivered: u64,
    /// What is wrong with whole files.
    pub file_problems: Vec<ReportedProblem>,
    #[serde(skip)]
    examples: usize,
    #[serde(skip)]
    seen: HashMap<(RecordKind, String), Seen>,
}

/// A count with its first examples.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// One example of something that is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// File.
    pub file: String,
    /// Number of the record in its file.
    pub record: u64,
    /// Line on which the record begins.
    pub line: u64,
    /// Path of the field, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What was found there.
    pub text: Bilingual,
}

/// Refused records with one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedGroup {
    /// The reason.
    pub reason: RefusalReason,
    /// How many.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Issues of one kind in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IssueGroup {
    /// Whether something was lost.
    pub severity: Severity,
    /// The kind.
    pub code: IssueCode,
    /// The field, with `[]` for every entry of a list; `…` for what is over the limit of groups.
    pub field: String,
    /// How many.
    #[serde(flatten)]
    pub tally: Tally,
}

/// A problem of a whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportedProblem {
    /// The file.
    pub file: String,
    /// What is wrong.
    pub text: Bilingual,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    outcome: Outcome,
    record: u64,
    line: u64,
}

impl ImportReport {
    /// An empty report that keeps the first `examples` of each count.
    pub fn new(examples: usize) -> Self {
        Self { examples, ..Self::default() }
    }

    /// Begins a file: ids of an earlier file do not supersede.
    pub fn start_file(&mut self, file: &str) {
        self.files.push(file.to_owned());
        self.seen.clear();
    }

    /// Counts a record that was taken.
    ///
    /// When an earlier record of the same file had the same id, that one is counted as superseded instead of by
    /// its own outcome, and the two together are one creation or update.
    pub fn taken(&mut self, place: RecordPlace<'_>, kind: RecordKind, id: &str, outcome: Outcome) {
        self.read += 1;
        let now = Seen { outcome, record: place.record, line: place.line };
        let Some(before) = self.seen.insert((kind, id.to_owned()), now) else {
            *self.count_of(outcome) += 1;
            *self.count_of_kind(kind) += 1;
            return;
        };
        let together = before.outcome.min(outcome);
        *self.count_of(before.outcome) -= 1;
        *self.count_of(together) += 1;
        if let Some(seen) = self.seen.get_mut(&(kind, id.to_owned())) {
            seen.outcome = together;
        }
        let earlier = RecordPlace { file: place.file, record: before.record, line: before.line };
        self.count_superseded(earlier, place.record);
    }

    /// Counts a record that was not applied because a later one of the same file has its id.
    pub fn superseded(&mut self, place: RecordPlace<'_>, by_record: u64) {
        self.read += 1;
        self.count_superseded(place, by_record);
    }

    /// Counts a record of which nothing was taken.
    pub fn refused(&mut self, place: RecordPlace<'_>, refusal: &Refusal) {
        self.read += 1;
        let example = Example::new(place, None, refusal.text.clone());
        let at = match self.refused.binary_search_by_key(&refusal.reason, |group| group.reason) {
            Ok(at) => at,
            Err(at) => {
                self.refused.insert(at, RefusedGroup { reason: refusal.reason, tally: Tally::default() });
                at
            }
        };
        self.refused[at].tally.add(self.examples, || example);
    }

    /// Counts an issue of a record that was taken.
    pub fn issue(&mut self, place: RecordPlace<'_>, issue: &Issue) {
        if issue.code == IssueCode::KeptAsText {
            self.unscored_requirements += 1;
        }
        let field = pattern(&issue.field);
        let severity = issue.code.severity();
        let at = self.issue_group(severity, issue.code, &field);
        self.issues[at]
            .tally
            .add(self.examples, || Example::new(place, Some(issue.field.clone()), issue.problem.clone()));
    }

    /// Counts a correction that a delivery did not undo.
    pub fn correction_kept(&mut self, part: &str) {
        *self.corrections_kept.entry(part.to_owned()).or_default() += 1;
    }

    /// Counts a record that may be of the same person as another one.
    pub fn possible_double(&mut self, place: RecordPlace<'_>, id: &str, other_id: &str) {
        self.possible_doubles.add(self.examples, || {
            let text = Bilingual::new(
                format!("{id} is misschien dezelfde persoon als {other_id}"),
                format!("{id} may be the same person as {other_id}"),
            );
            Example::new(place, None, text)
        });
    }

    /// Counts records that a complete delivery did not hold any more.
    pub fn not_delivered(&mut self, count: u64) {
        self.marked_not_delivered += count;
    }

    /// Notes what is wrong with a whole file.
    pub fn file_problem(&mut self, file: &str, problem: &FileProblem) {
        self.file_problems.push(ReportedProblem { file: file.to_owned(), text: problem.text() });
    }

    /// Records of which something is in the store now: created, updated or unchanged.
    pub fn taken_records(&self) -> u64 {
        self.created + self.updated + self.unchanged
    }

    /// Refused records, for whatever reason.
    pub fn refused_records(&self) -> u64 {
        self.refused.iter().map(|group| group.tally.count).sum()
    }

    /// Whether the import changed anything in the store.
    pub fn changed_anything(&self) -> bool {
        self.created + self.updated + self.marked_not_delivered > 0
    }

    fn count_of(&mut self, outcome: Outcome) -> &mut u64 {
        match outcome {
            Outcome::Created => &mut self.created,
            Outcome::Updated => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
        }
    }

    fn count_of_kind(&mut self, kind: RecordKind) -> &mut u64 {
        match kind {
            RecordKind::VumCandidate | RecordKind::OwnCandidate => &mut self.candidates,
            // A record that is taken has a kind; an unknown one is refused before it comes here.
            RecordKind::VumVacancy | RecordKind::OwnVacancy | RecordKind::Unknown => &mut self.vacancies,
        }
    }

    fn count_superseded(&mut self, place: RecordPlace<'_>, by_record: u64) {
        self.superseded.add(self.examples, || {
            let text = Bilingual::new(
                format!("record {by_record} heeft hetzelfde id en telt"),
                format!("record {by_record} has the same id and counts"),
            );
            Example::new(place, None, text)
        });
    }

    fn issue_group(&mut self, severity: Severity, code: IssueCode, field: &str) -> usize {
        let search = |groups: &[IssueGroup], field: &str| {
            groups.binary_search_by(|g| (g.severity, g.code, g.field.as_str()).cmp(&(severity, code, field)))
        };
        match search(&self.issues, field) {
            Ok(at) => at,
            Err(at) if self.issues.len() < ISSUE_GROUPS => {
                self.insert_group(at, severity, code, field);
                at
            }
            Err(_) => match search(&self.issues, OTHER_FIELDS) {
                Ok(at) => at,
                Err(at) => {
                    self.insert_group(at, severity, code, OTHER_FIELDS);
                    at
                }
            },
        }
    }

    fn insert_group(&mut self, at: usize, severity: Severity, code: IssueCode, field: &str) {
        let group = IssueGroup { severity, code, field: field.to_owned(), tally: Tally::default() };
        self.issues.insert(at, group);
    }
}

/// Stands for the fields beyond [`ISSUE_GROUPS`].
const OTHER_FIELDS: &str = "…";

impl Tally {
    fn add(&mut self, keep: usize, example: impl FnOnce() -> Example) {
        self.count += 1;
        if self.examples.len() < keep {
            self.examples.push(example());
        }
    }
}

impl Example {
    fn new(place: RecordPlace<'_>, field: Option<String>, text: Bilingual) -> Self {
        Self { file: place.file.to_owned(), record: place.record, line: place.line, field, text }
    }
}

/// The path without the numbers of its entries, so that the same field of many entries is one count.
fn pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '[' => {
                inside = true;
                pattern.push('[');
            }
            ']' => {
                inside = false;
                pattern.push(']');
            }
            _ if inside && letter.is_ascii_digit() => {}
            _ => pattern.push(letter),
        }
    }
    pattern
}

#[cfg(test)]
mod tests;
