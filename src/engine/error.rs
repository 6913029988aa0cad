use crate::domain::Date;
use crate::night::NightError;
use crate::store::{ReadError, RecordKind, Refusal, StorageFault, WriteError};
use crate::wire::{MaskError, Violations};

/// Why a request to the engine came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Fields that break a rule.
    #[error("the request breaks rules: {0}")]
    Invalid(Violations),
    /// No such record.
    #[error("there is no {what} with the id {id}")]
    NotFound {
        /// "candidate" or "vacancy".
        what: &'static str,
        /// The id.
        id: String,
    },
    /// Another one wrote first.
    #[error("{what} {id} was changed by somebody else; read it again and repeat the change")]
    Changed {
        /// "candidate" or "vacancy".
        what: &'static str,
        /// The id.
        id: String,
    },
    /// A request id that belongs to another request.
    #[error("request id {request_id} was used for another request; use a new id for every new request")]
    RequestIdReused {
        /// The request id.
        request_id: String,
    },
    /// The data are not yet at the change that was asked for.
    #[error("the data are at change {at}, and {asked} was asked for; try again in a moment")]
    NotYetVisible {
        /// The change that is visible.
        at: u64,
        /// The change that was asked for.
        asked: u64,
    },
    /// A vacancy for which nobody is proposed, since it is not open.
    #[error("vacancy {id} is not open on this day; open it again, or ask as of a day on which it is open")]
    VacancyNotOpen {
        /// The id.
        id: String,
    },
    /// The store takes no writes.
    #[error("nothing can be written at the moment: {0}")]
    Stopped(String),
    /// The store cannot be read.
    #[error("the store cannot be read at the moment: {0}")]
    Unreadable(String),
    /// The record of decisions cannot be written, so that no personal data goes out.
    #[error(
        "no personal data is given out at the moment: {0}; the operator makes room, and it goes on by itself"
    )]
    NotRecorded(String),
    /// A record that does not bear its checksum.
    #[error("{record} is damaged in the store; deliver it again as a whole")]
    Damaged {
        /// Which record: kind and id.
        record: String,
    },
    /// The store's file is damaged.
    #[error("{0}")]
    StoreDamaged(String),
    /// A night that is gone, damaged or not there yet.
    #[error(transparent)]
    Night(NightError),
    /// A vacancy or candidate that took no part in a night.
    #[error("{what} {id} took no part in the night of {night}")]
    NotInNight {
        /// "candidate" or "vacancy".
        what: &'static str,
        /// The id.
        id: String,
        /// The day of the night.
        night: Date,
    },
    /// A fault of the service or its storage.
    #[error("{0}")]
    Fault(String),
}

impl EngineError {
    /// One field that breaks a rule.
    pub(super) fn invalid(field: &str, problem: &str, remedy: &str) -> Self {
        Self::Invalid(Violations::one(field, problem, remedy))
    }
}

impl From<ReadError> for EngineError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged { id, .. } => Self::Damaged { record: id.to_string() },
            ReadError::Storage(fault @ (StorageFault::MustReopen | StorageFault::Io(_))) => {
                Self::Unreadable(fault.to_string())
            }
            damaged @ (ReadError::DamagedEntry { .. }
            | ReadError::Storage(StorageFault::Damaged(_) | StorageFault::ChangedInUse(_))) => {
                Self::StoreDamaged(damaged.to_string())
            }
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<MaskError> for EngineError {
    fn from(error: MaskError) -> Self {
        match error {
            MaskError::Refused(violations) => Self::Invalid(violations),
            MaskError::NotDescribed(_) => Self::Fault(error.to_string()),
        }
    }
}

impl From<WriteError> for EngineError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => refusal.into(),
            WriteError::Uncertain(_) | WriteError::Stopped(_) => Self::Stopped(error.to_string()),
        }
    }
}

impl From<Refusal> for EngineError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Missing { id } => {
                Self::NotFound { what: kind_name(id.kind()), id: id.as_str().to_owned() }
            }
            Refusal::Exists { id, .. } | Refusal::Changed { id, .. } => {
                Self::Changed { what: kind_name(id.kind()), id: id.as_str().to_owned() }
            }
            Refusal::Damaged { id } => Self::Damaged { record: id.to_string() },
            Refusal::RequestIdReused { request_id } => Self::RequestIdReused { request_id },
            other @ (Refusal::NamedTwice { .. } | Refusal::TooLarge { .. }) => Self::Fault(other.to_string()),
        }
    }
}

fn kind_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Candidate => "candidate",
        RecordKind::Vacancy => "vacancy",
    }
}
