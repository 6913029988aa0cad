//! What is written together, under which conditions.

use super::{
    error::{StorageFault, WriteError},
    record::{ChangeNumber, Contact, RecordId},
};
use crate::domain::outcome::Outcome;
use std::sync::mpsc;

/// The most that one record may have, contact data included.
pub(super) const MOST_RECORD_BYTES: usize = 16 << 20;

/// Operations that are written whole or not at all. A batch may write or delete any record, each at most once.
#[derive(Clone, Debug, Default)]
pub struct WriteBatch {
    /// The request that this batch carries out, where it has an id: a second batch of the same request
    /// writes nothing and is answered like the first.
    pub request: Option<RequestKey>,
    /// The operations; each gets one change number, in this order.
    pub operations: Vec<Operation>,
}

impl WriteBatch {
    /// A batch of one operation.
    pub fn of(operation: Operation) -> Self {
        Self { request: None, operations: vec![operation] }
    }

    /// Roughly how many bytes the batch writes.
    pub(super) fn bytes(&self) -> usize {
        self.operations.iter().map(Operation::bytes).sum()
    }
}

/// One change of one record.
#[derive(Clone)]
pub enum Operation {
    /// Writes a record, new or in place of what is there.
    Put {
        /// The record.
        id: RecordId,
        /// The condition.
        expected: Expected,
        /// The content.
        body: Vec<u8>,
        /// What becomes of its contact data.
        contact: ContactChange,
    },
    /// Deletes a record and its contact data; the change stays in the log. A record that is not there
    /// cannot be deleted, whatever is expected.
    Delete {
        /// The record.
        id: RecordId,
        /// The condition.
        expected: Expected,
    },
    /// Records what became of a proposal, beside the records of its candidate and its vacancy, which must
    /// both be there. It goes with either of them.
    RecordOutcome(Outcome),
}

impl Operation {
    /// The record that this operation writes or deletes; `None` where it changes no record.
    pub(super) fn id(&self) -> Option<&RecordId> {
        match self {
            Self::Put { id, .. } | Self::Delete { id, .. } => Some(id),
            Self::RecordOutcome(_) => None,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Put { body, contact: ContactChange::Replace(contact), .. } => {
                body.len() + contact.body.len() + 16 * contact.keys.len()
            }
            Self::Put { body, .. } => body.len(),
            Self::Delete { .. } => 0,
            Self::RecordOutcome(outcome) => outcome.reason().map_or(0, |reason| reason.as_str().len()),
        }
    }
}

/// Contents never reach a log: only which record.
impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, id, expected) = match self {
            Self::Put { id, expected, .. } => ("Put", id, expected),
            Self::Delete { id, expected } => ("Delete", id, expected),
            Self::RecordOutcome(outcome) => return write!(f, "Record({outcome:?})"),
        };
        write!(f, "{what}({id}, expects {expected:?}, {} bytes, not shown)", self.bytes())
    }
}

/// The condition of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there, or nothing.
    Anything,
    /// Nothing is there.
    Absent,
    /// Something is there.
    Present,
    /// The record is there in this version: nobody wrote it since.
    At(ChangeNumber),
}

/// What becomes of the contact data of a record that is written.
#[derive(Clone, Debug)]
pub enum ContactChange {
    /// They stay.
    Keep,
    /// These take their place.
    Replace(Contact),
    /// They are deleted.
    Clear,
}

/// A request with an id of its own, chosen by the caller, and the fingerprint of its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    id: String,
    fingerprint: [u8; 16],
}

impl RequestKey {
    /// The most bytes that a request id may have; a longer one is stood for by its hash.
    const MOST_ID_BYTES: usize = 256;

    /// A request with its id and the bytes of its content.
    pub fn new(id: &str, content: &[u8]) -> Self {
        let mut fingerprint = [0; 16];
        blake3::Hasher::new().update(content).finalize_xof().fill(&mut fingerprint);
        Self { id: Self::stored_id(id), fingerprint }
    }

    /// The id under which the request is remembered.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn stored_id(id: &str) -> String {
        if id.len() <= Self::MOST_ID_BYTES {
            return id.to_owned();
        }
        format!("blake3:{}", blake3::hash(id.as_bytes()))
    }

    pub(super) fn fingerprint(&self) -> &[u8; 16] {
        &self.fingerprint
    }

    pub(super) fn from_parts(id: &str, fingerprint: [u8; 16]) -> Self {
        Self { id: id.to_owned(), fingerprint }
    }
}

/// What a batch wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// One number an operation, in the order of the operations.
    pub changes: Vec<ChangeNumber>,
    /// The request had been carried out before: these are the numbers of that time, and nothing was
    /// written now.
    pub repeated: bool,
}

/// A batch on its way to the disk.
#[derive(Debug)]
pub struct PendingWrite(mpsc::Receiver<Result<Written, WriteError>>);

impl PendingWrite {
    pub(super) fn new() -> (mpsc::SyncSender<Result<Written, WriteError>>, Self) {
        let (answer, pending) = mpsc::sync_channel(1);
        (answer, Self(pending))
    }

    /// Waits until the batch is on the disk, or refused.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn wait(self) -> Result<Written, WriteError> {
        // Without an answer the writer ended in the middle of a group: nobody knows how far it came.
        self.0.recv().unwrap_or(Err(WriteError::Uncertain(StorageFault::MustReopen)))
    }
}
