//! What is wrong with the text of a profile, and where.

use std::fmt;

/// One thing that is wrong with the text of a profile.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProfileFinding {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The field, such as `weights.skills.demand`; empty where the text is no TOML.
    pub field: String,
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub remedy: String,
}

impl fmt::Display for ProfileFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, field, problem, remedy } = self;
        write!(f, "line {line}, column {column}: ")?;
        if !field.is_empty() {
            write!(f, "{field}: ")?;
        }
        write!(f, "{problem}; {remedy}")
    }
}

/// Why a text is no ranking profile: everything that is wrong, in the order of the text; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ProfileError(Vec<ProfileFinding>);

impl ProfileError {
    pub(super) fn new(mut findings: Vec<ProfileFinding>) -> Self {
        findings.sort();
        findings.dedup();
        Self(findings)
    }

    /// Everything that is wrong, in the order of the text.
    pub fn findings(&self) -> &[ProfileFinding] {
        &self.0
    }
}

/// Line and column of a place in a text, both from 1.
pub(super) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}
