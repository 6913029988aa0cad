//! What the store keeps, as plain values.

use crate::domain::{
    outcome::Outcome,
    text::{CandidateId, VacancyId},
};
use std::fmt;

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A candidate (*werkzoekende*).
    Candidate,
    /// A vacancy (*vacature*).
    Vacancy,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Candidate, Self::Vacancy];

    pub(super) fn code(self) -> u8 {
        match self {
            Self::Candidate => 1,
            Self::Vacancy => 2,
        }
    }

    pub(super) fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Candidate => "candidate",
            Self::Vacancy => "vacancy",
        })
    }
}

/// Names a record: its kind and its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordId {
    /// A candidate.
    Candidate(CandidateId),
    /// A vacancy.
    Vacancy(VacancyId),
}

impl RecordId {
    /// The kind.
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Candidate(_) => RecordKind::Candidate,
            Self::Vacancy(_) => RecordKind::Vacancy,
        }
    }

    /// The id, which is unique within its kind.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Candidate(id) => id.as_str(),
            Self::Vacancy(id) => id.as_str(),
        }
    }

    /// From the bytes of a key; `None` when they are no valid id.
    pub(super) fn from_key(kind: RecordKind, key: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(key).ok()?;
        match kind {
            RecordKind::Candidate => CandidateId::new(text).ok().map(Self::Candidate),
            RecordKind::Vacancy => VacancyId::new(text).ok().map(Self::Vacancy),
        }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.as_str())
    }
}

impl From<CandidateId> for RecordId {
    fn from(id: CandidateId) -> Self {
        Self::Candidate(id)
    }
}

impl From<VacancyId> for RecordId {
    fn from(id: VacancyId) -> Self {
        Self::Vacancy(id)
    }
}

/// The number of a change: rising, never used twice in a store. The number of its last change is the
/// version of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeNumber(pub u64);

impl ChangeNumber {
    /// Before the first change.
    pub const ZERO: Self = Self(0);
}

impl fmt::Display for ChangeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A record as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Which record.
    pub id: RecordId,
    /// The change that wrote it: its version.
    pub version: ChangeNumber,
    /// Its content, as it was handed over.
    pub body: Vec<u8>,
}

/// Records never reach a log: only which one, and how large.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} at {}, {} bytes, not shown)", self.id, self.version, self.body.len())
    }
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It was written: new, or in place of what was there.
    Upsert,
    /// It was deleted.
    Delete,
    /// The record stays as it is: what became of a proposal of this candidate was recorded beside it.
    Outcome,
}

/// One numbered change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub number: ChangeNumber,
    /// The record.
    pub id: RecordId,
    /// What happened.
    pub kind: ChangeKind,
}

/// What became of a proposal, with the change that recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedOutcome {
    /// The change.
    pub number: ChangeNumber,
    /// What became of it.
    pub outcome: Outcome,
}

/// A keyed hash of one e-mail address or telephone number: equal for equal ones in one store, and of no
/// use to who does not have the store's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactKey(pub [u8; 16]);

/// The contact data that belong to a record.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Under which keys the record can be found, each once.
    pub keys: Vec<ContactKey>,
    /// The contact data, as they were handed over.
    pub body: Vec<u8>,
}

/// Contact data never reach a log.
impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contact({} keys, {} bytes, not shown)", self.keys.len(), self.body.len())
    }
}
