//! VUM (*Verbeteren Uitwisseling Matchingsgegevens*), the Dutch exchange standard: one record in.
//!
//! Real files are mostly empty, send numbers as text and text as numbers, and hold codes that no list knows. So
//! every field is read on its own: what can be taken is taken, what cannot is told with its path, and only a record
//! that is no JSON object, has no id or is of no known kind is refused.
//!
//! | VUM | becomes |
//! | --- | --- |
//! | an *indicatie* | 0 unknown, 1 yes, 2 an explicit no |
//! | a text over its limit, or with control characters | not taken: half a text may say the opposite of the whole |
//! | languages 1, 2, 3, 4 | A0, A2, B2, C1; *Mondeling* is speaking, *Schriftelijk* writing |
//! | `codeRegiostraal` of a person | the reach, where `maximaleReisafstand` is empty |
//! | reach, hours, years, sector, course code of 0 | unknown: what an empty number looks like in many files |
//! | competencies of a person | what the person says, without a date; 5 and 9 say nothing |
//! | requirements of a vacancy | SHOULD; a driving licence LEGAL where driving is the job |
//! | a language other than Dutch or English that is asked | text, not scored: VUM has no place for the reason (R9) |
//! | address with function E, else V | the place of work |

mod candidate;
mod codes;
mod common;
mod drivers;
mod employer;
mod issues;
mod reader;
mod vacancy;

use super::{Issue, RECORD_BYTES, RecordKind, Refusal, RefusalReason, kind::Shape};
use crate::domain::{
    Candidate, InvalidValue, Vacancy,
    merge::{candidate_parts, vacancy_parts},
    provenance::{Delivery, Provenance},
    text::{CandidateId, VacancyId},
};
use issues::Issues;
use serde_json::{Map, Value};

/// A record that was taken, with what was noticed in its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedRecord {
    /// The record.
    pub record: Record,
    /// What was noticed.
    pub issues: Vec<Issue>,
}

/// A record of either kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A candidate (*werkzoekende*).
    Candidate(Box<Candidate>),
    /// A vacancy (*vacature*).
    Vacancy(Box<Vacancy>),
}

impl Record {
    /// The record's id.
    pub fn id(&self) -> &str {
        match self {
            Self::Candidate(candidate) => candidate.id.as_str(),
            Self::Vacancy(vacancy) => vacancy.id.as_str(),
        }
    }

    /// The record's kind.
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Candidate(_) => RecordKind::VumCandidate,
            Self::Vacancy(_) => RecordKind::VumVacancy,
        }
    }
}

/// Reads one VUM record. `delivery` says who delivered it and when; every part that is filled carries it.
///
/// # Errors
/// When the bytes are no JSON object, when it has no usable id, or when it cannot be told whether it is a candidate or
/// a vacancy.
pub fn parse(bytes: &[u8], delivery: &Delivery) -> Result<ParsedRecord, Refusal> {
    if bytes.len() > RECORD_BYTES {
        return Err(Refusal::new(RefusalReason::TooLarge));
    }
    let object = object(bytes)?;
    let issues = Issues::default();
    let record = match Shape::of(object.keys().map(String::as_str)).kind() {
        RecordKind::VumCandidate => {
            let id = id(&object, "idWerkzoekende", CandidateId::new)?;
            let mut candidate = candidate::candidate(id, &object, &issues, delivery);
            candidate.provenance = provenance(candidate_parts(&candidate), delivery);
            Record::Candidate(Box::new(candidate))
        }
        RecordKind::VumVacancy => {
            let id = id(&object, "idVacature", VacancyId::new)?;
            let mut vacancy = vacancy::vacancy(id, &object, &issues);
            vacancy.provenance = provenance(vacancy_parts(&vacancy), delivery);
            Record::Vacancy(Box::new(vacancy))
        }
        RecordKind::OwnCandidate | RecordKind::OwnVacancy | RecordKind::Unknown => {
            return Err(Refusal::new(RefusalReason::KindUnclear));
        }
    };
    Ok(ParsedRecord { record, issues: issues.into_vec() })
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::new(RefusalReason::InvalidUtf8))?;
    // serde_json stops at 128 levels, so neither reading nor dropping the tree can exhaust the stack.
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::new(RefusalReason::NotAnObject)),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            Err(Refusal::new(RefusalReason::NotJson).because(
                &format!("fout op regel {line} van het record, teken {column}"),
                &format!("wrong on line {line} of the record, column {column}"),
            ))
        }
    }
}

fn id<T>(
    object: &Map<String, Value>,
    name: &str,
    make: impl FnOnce(String) -> Result<T, InvalidValue>,
) -> Result<T, Refusal> {
    let id = match object.get(name) {
        Some(Value::String(id)) if !id.trim().is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        None | Some(Value::Null | Value::String(_)) => return Err(Refusal::new(RefusalReason::NoId)),
        Some(_) => {
            return Err(Refusal::new(RefusalReason::InvalidId)
                .because("het is geen tekst of getal", "it is no text or number"));
        }
    };
    make(id).map_err(|invalid| {
        Refusal::new(RefusalReason::InvalidId).because(
            "gebruik 1 tot 200 zichtbare tekens zonder witruimte aan de randen",
            &invalid.to_string(),
        )
    })
}

fn provenance(parts: Vec<&'static str>, delivery: &Delivery) -> Vec<Provenance> {
    let entry = |part: &'static str| Provenance { part: part.to_owned(), delivery: delivery.clone() };
    parts.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests;
