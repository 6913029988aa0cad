//! The system of record: one transaction is the records of a batch and their numbered changes.
//!
//! [`Store`] is small and synchronous on purpose, so that another database may stand behind it later;
//! [`RedbStore`] is the one there is. An acknowledged write is on the disk: nothing else (no index, no
//! cache) has a say in that.
//!
//! * A record is opaque bytes with a checksum over its kind, its id and its content, so that neither a
//!   changed byte nor a swapped record is ever served. [`codec`](self) of the messages is a layer above.
//! * Every write has a [`ChangeNumber`]. It is the record's version too: what [`Expected::At`] compares.
//! * The log of changes keeps the latest change of each record only, deletions included: reading the
//!   changes after any number gives the present state of everything that changed after it.
//! * What became of proposals stands beside the records, each outcome with a change number of its own, and goes
//!   with its candidate or its vacancy.
//! * Contact data stand apart from what is matched, and are never part of a [`Record`].

mod apply;
mod batch;
mod check;
mod copy;
mod error;
mod folder;
mod frame;
mod home;
mod message;
mod notes;
mod outcomes;
mod record;
mod redb_store;
mod repair;
mod secret;
mod snapshot;
mod tables;
mod watched_file;
mod writer;

pub use batch::{ContactChange, Expected, Operation, PendingWrite, RequestKey, WriteBatch, Written};
pub use check::{CheckReport, Finding, Integrity};
pub use copy::{Copied, Purge};
pub use error::{OpenError, ReadError, RecordPart, Refusal, StorageFault, WriteError};
pub use folder::DataFolder;
pub use message::{Matched, StoredMessage, Whole};
pub use record::{
    Change, ChangeKind, ChangeNumber, Contact, ContactKey, NumberedOutcome, Record, RecordId, RecordKind,
};
pub use redb_store::{RedbStore, StoreOptions};
pub use repair::{Mended, Quarantined};
pub use secret::StoreSecret;

use std::{path::Path, time::SystemTime};

/// What makes a store this store and no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreIdentity {
    /// Random, made with the store: an index that was built from another store does not fit this one.
    pub id: [u8; 16],
    /// When the store was made, to the second.
    pub created: SystemTime,
}

/// The system of record.
pub trait Store: Send + Sync {
    /// Which store this is.
    fn identity(&self) -> &StoreIdentity;

    /// The secret under which ties are ordered and contact data are compared.
    fn secret(&self) -> &StoreSecret;

    /// Everything as it is now; later writes do not show in it.
    ///
    /// # Errors
    /// When the storage fails.
    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError>;

    /// Hands over a batch. Batches that wait at the same time share one commit; a batch is applied whole
    /// or not at all, and in the order in which the batches were handed over.
    ///
    /// Waits while too many batches are waiting already.
    fn submit(&self, batch: WriteBatch) -> PendingWrite;

    /// Hands over a batch and waits until it is on the disk.
    ///
    /// # Errors
    /// See [`WriteError`].
    fn write(&self, batch: WriteBatch) -> Result<Written, WriteError> {
        self.submit(batch).wait()
    }

    /// A note that stands beside the records, under a name of its own; `None`: there is none.
    ///
    /// # Errors
    /// When the storage fails, or the note does not bear its checksum.
    fn note(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError>;

    /// Writes a note in place of the one before; durable when this returns. It is no change of any record.
    ///
    /// # Errors
    /// When the storage fails.
    fn put_note(&self, name: &str, value: &[u8]) -> Result<(), StorageFault>;

    /// Verifies everything: the structure of the storage, every checksum, and that records, contact data
    /// and changes agree. Waits for running reads, and other calls wait for it.
    ///
    /// # Errors
    /// [`StorageFault::Busy`] when a snapshot is held all the while; any other fault that keeps the check
    /// from being made. What is *found* is no error but part of the report.
    fn check(&self) -> Result<CheckReport, StorageFault>;

    /// Gives the space of what was deleted back to the disk. Waits for running reads, and other calls
    /// wait for it.
    ///
    /// # Errors
    /// [`StorageFault::Busy`] when a snapshot is held all the while, or another fault.
    fn compact(&self) -> Result<(), StorageFault>;

    /// Makes a copy of everything that is still wanted and lets it take the place of the file: no byte of what was
    /// deleted or written over is left. Writes wait for it, reads do not.
    ///
    /// # Errors
    /// [`StorageFault::DiskFull`] where there is no room for the copy, or another fault; then the file stays as it was.
    fn purge(&self, purge: &Purge) -> Result<Copied, StorageFault>;

    /// Copies the store as it is at this moment into a file that is not there yet; writes and reads go on.
    ///
    /// # Errors
    /// When the file is there already or cannot be written.
    fn copy_to(&self, path: &Path) -> Result<Copied, StorageFault>;

    /// Why nothing is written at the moment; `None`: writes are taken.
    fn refuses(&self) -> Option<StorageFault>;
}

/// The store as it was at one moment.
pub trait Snapshot: Send {
    /// The number of the last change; [`ChangeNumber::ZERO`] in an empty store.
    ///
    /// # Errors
    /// When the storage fails.
    fn last_change(&self) -> Result<ChangeNumber, ReadError>;

    /// One record, or `None` when there is none.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] when it does not bear its checksum; when the storage fails.
    fn get(&self, id: &RecordId) -> Result<Option<Record>, ReadError>;

    /// The contact data that belong to a record.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] when they do not bear their checksum; when the storage fails.
    fn contact(&self, id: &RecordId) -> Result<Option<Contact>, ReadError>;

    /// How many records of a kind there are.
    ///
    /// # Errors
    /// When the storage fails.
    fn count(&self, kind: RecordKind) -> Result<u64, ReadError>;

    /// The records of a kind in the order of the bytes of their ids, from the first one after `after`.
    /// A damaged record is an item that names it, and the records after it follow.
    ///
    /// # Errors
    /// When the storage fails; per item as [`Snapshot::get`].
    fn records(&self, kind: RecordKind, after: Option<&str>) -> Result<Items<'_, Record>, ReadError>;

    /// The changes with a number above `after`, in their order: the latest of each record, and every outcome.
    ///
    /// # Errors
    /// When the storage fails; per item [`ReadError::DamagedEntry`].
    fn changes_after(&self, after: ChangeNumber) -> Result<Items<'_, Change>, ReadError>;

    /// The deleted records and the changes that deleted them, as long as they were not purged.
    ///
    /// # Errors
    /// When the storage fails; per item [`ReadError::DamagedEntry`].
    fn deletions(&self) -> Result<Items<'_, (RecordId, ChangeNumber)>, ReadError>;

    /// Bytes by which what is stored of a record is found in any file that holds a copy of it: the checksums of its
    /// entries and the keys of its contact data.
    ///
    /// # Errors
    /// When the storage fails.
    fn traces(&self, id: &RecordId) -> Result<Vec<Vec<u8>>, ReadError>;

    /// The records whose contact data have this key: possible doubles.
    ///
    /// # Errors
    /// When the storage fails or an entry is damaged.
    fn with_contact_key(&self, key: &ContactKey) -> Result<Vec<RecordId>, ReadError>;

    /// What became of proposals, in the order in which it was recorded. A damaged one is an item that names it,
    /// and those after it follow.
    ///
    /// # Errors
    /// When the storage fails; per item [`ReadError::DamagedEntry`].
    fn outcomes(&self) -> Result<Items<'_, NumberedOutcome>, ReadError>;

    /// What was answered to a request that was already carried out; `None` when it is unknown, or so long
    /// ago that it was forgotten.
    ///
    /// # Errors
    /// When the storage fails or the entry is damaged.
    fn request(&self, request_id: &str) -> Result<Option<(RequestKey, Written)>, ReadError>;
}

/// Items of a snapshot, each read when it is asked for.
pub type Items<'a, T> = Box<dyn Iterator<Item = Result<T, ReadError>> + 'a>;
