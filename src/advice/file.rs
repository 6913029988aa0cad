//! The table of instruments: the one that is part of the program, or an operator's own.

use crate::domain::support::SupportKind;
use crate::rank::{
    ReasonCode,
    gaps::{CostClass, GapKind},
};
use serde::{Deserialize, Deserializer, de::Error as _};
use std::{fs, path::Path};
use toml::Spanned;

/// Longest trial placement (*proefplaatsing*), in months (R16).
const TRIAL_PLACEMENT: (&str, u32) = ("TRIAL_PLACEMENT", 3);
/// Longest learning-working route (*leerwerktraject*), in months.
const LEARNING_WORKING: (&str, u32) = ("LEARNING_WORKING", 6);

/// The instruments and referrals, in the order of their file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentTable {
    entries: Vec<Entry>,
}

/// What kind of advice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntryKind {
    /// Something to use (*instrument*).
    Instrument,
    /// Something to point out (*verwijzing*).
    Referral,
}

/// One instrument or referral.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Stable code.
    #[serde(deserialize_with = "code")]
    pub code: String,
    /// What kind of advice.
    pub kind: EntryKind,
    /// Most months, where there is a limit.
    pub max_months: Option<u32>,
    /// Where limits come from, or "schatting".
    pub source: String,
    /// In Dutch, level B1.
    pub dutch: Words,
    /// In English.
    pub english: Words,
    #[serde(default)]
    pub(super) gap_kinds: Vec<GapKind>,
    #[serde(default)]
    pub(super) cost_classes: Vec<CostClass>,
    #[serde(default, deserialize_with = "reason_codes")]
    pub(super) gap_codes: Vec<ReasonCode>,
    #[serde(default, deserialize_with = "reason_codes")]
    pub(super) question_codes: Vec<ReasonCode>,
    #[serde(default, deserialize_with = "support_kinds")]
    pub(super) support_needs: Vec<SupportKind>,
    #[serde(default)]
    pub(super) allowances: bool,
}

/// The words of one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What it is called.
    pub name: String,
    /// What it does.
    pub text: String,
    /// Its limit, in words.
    #[serde(default)]
    pub limit: String,
}

/// Why a file is no table of instruments.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("instruments {file}: {problem}")]
pub struct InstrumentFileError {
    /// The file.
    pub file: String,
    /// What is wrong, with line and column where it has them.
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Spanned<Entry>>,
}

impl InstrumentTable {
    /// The table that is part of the program.
    ///
    /// # Errors
    /// When the embedded file is wrong, which a test rules out.
    pub fn embedded() -> Result<Self, InstrumentFileError> {
        Self::parse("data/instruments.toml", include_str!("../../data/instruments.toml"))
    }

    /// An operator's own table.
    ///
    /// # Errors
    /// When the file cannot be read, or is no table: with line and column.
    pub fn read(path: &Path) -> Result<Self, InstrumentFileError> {
        let file = path.display().to_string();
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&file, &text),
            Err(error) => Err(InstrumentFileError {
                problem: format!("{error}; name a file that can be read, or leave the setting out"),
                file,
            }),
        }
    }

    /// Reads a table from the text of a file.
    ///
    /// # Errors
    /// What is wrong, with line and column.
    pub fn parse(file: &str, text: &str) -> Result<Self, InstrumentFileError> {
        let wrong = |problem| InstrumentFileError { file: file.to_owned(), problem };
        let read: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let mut entries: Vec<Entry> = Vec::with_capacity(read.entry.len());
        for entry in read.entry {
            let (line, column) = position(text, entry.span().start);
            let entry = entry.into_inner();
            let problem = match problem_of(&entry) {
                None if entries.iter().any(|other| other.code == entry.code) => {
                    Some("its code stands in the file twice; give every entry a code of its own".to_owned())
                }
                problem => problem,
            };
            if let Some(problem) = problem {
                let code = &entry.code;
                return Err(wrong(format!("line {line}, column {column}: {code}: {problem}")));
            }
            entries.push(entry);
        }
        Ok(Self { entries })
    }

    /// The entries in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// Line and column, from 1, of a place in a text.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

fn problem_of(entry: &Entry) -> Option<String> {
    let is_found = !entry.gap_kinds.is_empty()
        || !entry.gap_codes.is_empty()
        || !entry.question_codes.is_empty()
        || !entry.support_needs.is_empty()
        || entry.allowances;
    if !is_found {
        return Some(
            "nothing finds it; name gap_kinds, gap_codes, question_codes, support_needs or allowances"
                .to_owned(),
        );
    }
    if !entry.cost_classes.is_empty() && entry.gap_kinds.is_empty() {
        return Some("cost_classes narrow gap_kinds down; name gap_kinds, or leave them out".to_owned());
    }
    let missing =
        [&entry.dutch, &entry.english].iter().any(|w| w.name.trim().is_empty() || w.text.trim().is_empty());
    if missing {
        return Some("a name or text is empty; give both in Dutch and English".to_owned());
    }
    for (code, most) in [TRIAL_PLACEMENT, LEARNING_WORKING] {
        if entry.code == code && !entry.max_months.is_some_and(|months| (1..=most).contains(&months)) {
            return Some(format!("it has a limit; give max_months from 1 to {most}"));
        }
    }
    (entry.max_months == Some(0)).then(|| "max_months is 0; give at least 1, or leave it out".to_owned())
}

fn code<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let code = String::deserialize(from)?;
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if code.is_empty() || code.len() > 60 || !code.chars().all(fits) {
        return Err(D::Error::custom("a code has 1 to 60 capitals, digits and underscores"));
    }
    Ok(code)
}

fn reason_codes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ReasonCode>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    let find = |name: &String| ReasonCode::ALL.iter().copied().find(|code| code.name() == *name);
    let codes = names.iter().map(|name| {
        find(name).ok_or_else(|| {
            D::Error::custom(format!("{name} is no code of a reason; take one of the answers"))
        })
    });
    codes.collect()
}

fn support_kinds<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<SupportKind>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    let kinds = names.iter().map(|name| {
        let known = KINDS.iter().find(|(own, _)| own == name).map(|(_, kind)| *kind);
        known.ok_or_else(|| {
            let all: Vec<_> = KINDS.iter().map(|(own, _)| *own).collect();
            D::Error::custom(format!("{name} is no kind of support; give one of {}", all.join(", ")))
        })
    });
    kinds.collect()
}

/// The kinds of support by their stable names.
pub(super) const KINDS: [(&str, SupportKind); 8] = [
    ("BUDDY", SupportKind::Buddy),
    ("LANGUAGE_BUDDY", SupportKind::LanguageBuddy),
    ("JOB_COACH", SupportKind::JobCoach),
    ("WORK_SUPERVISOR", SupportKind::WorkSupervisor),
    ("ADAPTED_WORKPLACE", SupportKind::AdaptedWorkplace),
    ("LANGUAGE_LESSONS", SupportKind::LanguageLessons),
    ("VARIED_WORK", SupportKind::VariedWork),
    ("GUIDANCE", SupportKind::Guidance),
];

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = r#"
[[entry]]
code = "TRIAL_PLACEMENT"
kind = "INSTRUMENT"
gap_codes = ["GAP_QUALITY"]
max_months = 3
source = "eigen beleid"
dutch = { name = "proefplaatsing", text = "Eerst op proef." }
english = { name = "trial placement", text = "On trial first." }
"#;

    #[test]
    fn r16_the_embedded_table_keeps_the_limits_and_names_what_the_rules_name() {
        let table = InstrumentTable::embedded().unwrap();
        let find = |code: &str| table.entries().iter().find(|entry| entry.code == code).unwrap();
        assert_eq!(find("TRIAL_PLACEMENT").max_months, Some(3));
        assert_eq!(find("SMALL_WORK_BUDGET").dutch.name, "klein werkbudget");
        assert!(find("JOB_COACH").support_needs.contains(&SupportKind::JobCoach));
        let calculator = find("ALLOWANCE_CALCULATOR");
        assert!(calculator.allowances && calculator.dutch.name.contains("rekentool"));
        for entry in table.entries() {
            for sentence in entry.dutch.text.split_inclusive(['.', '?']) {
                assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
            }
            assert!(!entry.source.is_empty());
        }
    }

    #[test]
    fn a_file_of_an_operator_is_taken_and_every_mistake_in_one_has_its_line_and_column() {
        assert_eq!(InstrumentTable::parse("eigen.toml", OWN).unwrap().entries().len(), 1);
        for (bad, place) in [
            (OWN.replace("max_months = 3", "max_months = 4"), "line 2"),
            (OWN.replace("max_months = 3\n", ""), "line 2"),
            (OWN.replace("gap_codes = [\"GAP_QUALITY\"]\n", ""), "line 2"),
            (OWN.replace("GAP_QUALITY", "GAP_QUALTY"), "line 5, column"),
            (OWN.replace("code = \"TRIAL", "code = \"trial"), "line 3, column"),
            (OWN.replace("kind =", "kin ="), "line 4, column"),
            (format!("{OWN}{OWN}"), "line 11"),
            (OWN.replace("Eerst op proef.", " "), "line 2"),
            ("[[entry".to_owned(), "line 1, column"),
        ] {
            let error = InstrumentTable::parse("eigen.toml", &bad).unwrap_err().to_string();
            assert!(
                error.contains(place) && error.starts_with("instruments eigen.toml: "),
                "{place}: {error}"
            );
        }
        let missing = InstrumentTable::read(Path::new("/nowhere/eigen.toml")).unwrap_err().to_string();
        assert!(missing.contains("/nowhere/eigen.toml"), "{missing}");
    }
}
