//! The outcome of all scenarios as a table for an advisor.

use super::check::Outcome;
use std::fmt::Write as _;

/// The outcome of one check.
pub struct Row {
    pub check: String,
    pub told: String,
    pub outcomes: Vec<Outcome>,
}

/// The outcome of one scenario.
pub struct Report {
    pub file: String,
    pub title: String,
    pub rules: Vec<String>,
    /// Who is there, and why the expectation is what it is.
    pub story: [String; 2],
    pub rows: Vec<Row>,
}

impl Report {
    pub fn failed(&self) -> usize {
        self.outcomes().filter(|outcome| !outcome.holds).count()
    }

    /// The checks that do not hold, "document: check".
    pub fn failed_checks(&self) -> Vec<String> {
        let failed = self.rows.iter().filter(|row| row.outcomes.iter().any(|outcome| !outcome.holds));
        failed.map(|row| format!("{}: {}", self.file, row.check)).collect()
    }

    pub fn outcomes(&self) -> impl Iterator<Item = &Outcome> {
        self.rows.iter().flat_map(|row| &row.outcomes)
    }
}

/// All reports, as text.
pub fn table(reports: &[Report]) -> String {
    let mut text = String::new();
    for report in reports {
        let all = report.outcomes().count();
        let _ = writeln!(
            text,
            "\n{}  {}  [{}]  {} van {all} goed",
            report.file,
            report.title,
            report.rules.join(", "),
            all - report.failed()
        );
        for line in report.story.iter().flat_map(|text| text.trim().lines()) {
            let _ = writeln!(text, "  | {line}");
        }
        for row in &report.rows {
            let _ = writeln!(text, "  {} {}", row.check, row.told);
            for outcome in &row.outcomes {
                let mark = if outcome.holds { "goed" } else { "FOUT" };
                let _ = writeln!(text, "    {mark}  verwacht: {}", outcome.expected);
                let _ = writeln!(text, "          gekregen: {}", outcome.got);
            }
        }
    }
    let all: usize = reports.iter().map(|report| report.outcomes().count()).sum();
    let failed: usize = reports.iter().map(Report::failed).sum();
    let whole = reports.iter().filter(|report| report.failed() == 0).count();
    let _ = writeln!(
        text,
        "\n{} scenario's, {whole} helemaal goed; {all} toetsen, {} goed, {failed} fout",
        reports.len(),
        all - failed
    );
    text
}
