//! What can be wrong with a table of postcodes, in words that name the remedy.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// How many issues a report lists; the rest is counted.
pub(super) const LISTED_ISSUES: usize = 50;

/// One line of a table that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIssue {
    /// Number of the line in the file, from 1.
    pub line: usize,
    /// The field of the line that is wrong.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: &'static str,
    /// What to write instead.
    pub remedy: &'static str,
}

impl fmt::Display for LineIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}; {}", self.line, self.field, self.problem, self.remedy)
    }
}

/// What became of the lines of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadReport {
    /// Lines that gave a postcode its position; several may speak of one postcode.
    pub taken: usize,
    /// Lines about other countries, left out without complaint.
    pub other_countries: usize,
    /// Lines that could not be read, and were left out.
    pub refused: usize,
    /// The first of the refused lines.
    pub issues: Vec<LineIssue>,
}

impl ReadReport {
    pub(super) fn refuse(&mut self, issue: LineIssue) {
        self.refused += 1;
        if self.issues.len() < LISTED_ISSUES {
            self.issues.push(issue);
        }
    }
}

/// Why there is no table.
#[derive(Debug, thiserror::Error)]
pub enum PlacesError {
    /// The file could not be read or written.
    #[error("{}: {problem}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system says.
        #[source]
        problem: io::Error,
    },
    /// Reading broke off.
    #[error("the table of postcodes could not be read: {0}")]
    Read(#[from] io::Error),
    /// The table is larger than any table of Dutch postcodes.
    #[error(
        "the table of postcodes is larger than {limit_mebibytes} MiB; \
         give a file with the Netherlands only (GeoNames: NL.txt)"
    )]
    TooLarge {
        /// The largest table that is read.
        limit_mebibytes: u64,
    },
    /// The file has another shape than the three that are understood.
    #[error("this is no table of postcodes: {problem}; {remedy}")]
    Unrecognised {
        /// What the first line looks like.
        problem: &'static str,
        /// What to give instead.
        remedy: &'static str,
    },
    /// No line of the file could be taken.
    #[error(
        "no line of the table could be taken ({} refused{}); \
         give GeoNames' NL.txt, or lines of pc4, places, lat, lon",
        report.refused,
        report.issues.first().map(|issue| format!(", the first: {issue}")).unwrap_or_default()
    )]
    Nothing {
        /// What was wrong with the lines.
        report: ReadReport,
    },
    /// The table that was imported into the data folder is not as it was written.
    #[error(
        "{}: the imported table of postcodes is damaged; run `passend geo import FILE` again, \
         or remove the file to use the embedded table",
        path.display()
    )]
    Damaged {
        /// Where it stands.
        path: PathBuf,
    },
}
