//! The issues of one record: where each stands, and how it is told.

use crate::exchange::{Issue, IssueCode};
use serde_json::Value;
use std::{cell::RefCell, collections::BTreeSet, fmt};

/// Most issues of one record that are told one by one.
const ISSUES: usize = 500;
/// Most characters of a code or of an unknown field's name that are quoted; the longest name of the standard has 43.
const QUOTED: usize = 44;

/// The issues of one record.
#[derive(Debug, Default)]
pub(super) struct Issues {
    told: RefCell<Vec<Issue>>,
    more: RefCell<usize>,
    unknown_fields: RefCell<BTreeSet<String>>,
}

impl Issues {
    pub(super) fn tell(&self, issue: Issue) {
        let mut told = self.told.borrow_mut();
        if told.len() < ISSUES {
            told.push(issue);
        } else {
            *self.more.borrow_mut() += 1;
        }
    }

    /// Tells a field that the standard does not have, once for all entries of a list.
    pub(super) fn tell_unknown_field(&self, path: &Path<'_>) {
        if self.unknown_fields.borrow_mut().insert(Pattern(path).to_string()) {
            self.tell(Issue::new(path.to_string(), IssueCode::UnknownField));
        }
    }

    pub(super) fn into_vec(self) -> Vec<Issue> {
        let mut told = self.told.into_inner();
        let more = self.more.into_inner();
        if more > 0 {
            told.push(Issue::new("", IssueCode::TooManyIssues).saying(
                format!("er zijn nog {more} bijzonderheden in dit record"),
                format!("there are {more} more issues in this record"),
            ));
        }
        told
    }
}

/// Where a value stands; written out only when something is told about it.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'a str),
    Entry(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Self::Root, name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Entry(parent, number) => write!(f, "{parent}[{number}]"),
        }
    }
}

/// The path without the numbers of entries.
struct Pattern<'a>(&'a Path<'a>);

impl fmt::Display for Pattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Path::Root => Ok(()),
            Path::Field(parent, name) => write!(f, "{}.{name}", Pattern(parent)),
            Path::Entry(parent, _) => write!(f, "{}[]", Pattern(parent)),
        }
    }
}

pub(super) fn refused_text(path: &Path<'_>, text: &str, max: usize) -> Issue {
    let length = text.trim().chars().count();
    if length > max {
        return Issue::new(path.to_string(), IssueCode::TooLong).saying(
            format!("de tekst heeft {length} tekens, {max} is het meeste"),
            format!("the text has {length} characters, {max} is the most"),
        );
    }
    Issue::new(path.to_string(), IssueCode::ControlCharacter)
}

pub(super) fn wrong_type(path: Path<'_>, value: &Value, nl: &str, en: &str) -> Issue {
    let (found_nl, found_en) = match value {
        Value::Null => ("niets", "nothing"),
        Value::Bool(_) => ("ja/nee", "a true or false"),
        Value::Number(_) => ("een getal", "a number"),
        Value::String(_) => ("een tekst", "a text"),
        Value::Array(_) => ("een lijst", "a list"),
        Value::Object(_) => ("een object", "an object"),
    };
    Issue::new(path.to_string(), IssueCode::WrongType).saying(
        format!("er staat {found_nl} waar {nl} hoort"),
        format!("there is {found_en} where {en} belongs"),
    )
}

/// The beginning of a code or a name, fit for a report: short and without control characters.
pub(super) fn quote(text: &str) -> String {
    let mut quoted: String =
        text.chars().take(QUOTED).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}
