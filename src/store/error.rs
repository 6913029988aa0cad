//! What can go wrong, said to the person who can do something about it. No message holds a record's content.

use super::record::{ChangeNumber, RecordId};
use std::{io, path::PathBuf, sync::Arc};

/// What the disk, the file system or the database file did not allow.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StorageFault {
    /// No space is left.
    #[error("the disk is full; make room on the disk of the data folder, and writing goes on by itself")]
    DiskFull,
    /// Reading or writing is not allowed.
    #[error("no permission; give this user the right to read and write the data folder")]
    NoPermission,
    /// The structure of the file is damaged.
    #[error("the store's file is damaged ({0}); put back a backup of the data folder")]
    Damaged(String),
    /// A page is not as it was when it was verified: the disk changed it while the store is in use.
    #[error(
        "the disk changed the store's file while it is in use ({0}); stop the service and run `passend check`, or put back a \
         backup of the data folder"
    )]
    ChangedInUse(String),
    /// Something else is going on that does not allow this.
    #[error("the store is busy with a long read; try again later")]
    Busy,
    /// An earlier fault makes it unsafe to go on.
    #[error("the store stopped after an earlier fault; start again")]
    MustReopen,
    /// Any other failure of the operating system.
    #[error("the store's file cannot be read or written: {0}")]
    Io(#[source] Arc<io::Error>),
}

/// Why a store could not be opened.
#[derive(Clone, Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has the folder.
    #[error("the data folder {} is in use{}", folder.display(), by_process(*pid))]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// The process, where it could be found out.
        pid: Option<u32>,
    },
    /// There is a file, but not one of ours.
    #[error(
        "{} is no store of this program, or its beginning is damaged; choose another data folder, or put back a backup",
        path.display()
    )]
    NotAStore {
        /// The file.
        path: PathBuf,
    },
    /// The store was written by another version of this program.
    #[error(
        "the store has schema version {found}, this program reads {supported}; use the version of the program that wrote it"
    )]
    OtherSchema {
        /// What stands in the store.
        found: u32,
        /// What this program reads.
        supported: u32,
    },
    /// The operating system gives no randomness for the store's secret.
    #[error("the operating system gives no random numbers: {0}")]
    NoRandomness(String),
    /// The disk or the file does not allow it.
    #[error("{}: {fault}", path.display())]
    Storage {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        #[source]
        fault: StorageFault,
    },
}

fn by_process(pid: Option<u32>) -> String {
    match pid {
        Some(pid) => format!(" by process {pid}"),
        None => " by another process".to_owned(),
    }
}

/// Why something could not be read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReadError {
    /// A record, or its contact data, does not bear its checksum.
    #[error(
        "{part} {id} cannot be read, the store is damaged there; deliver the record again, or put back a backup"
    )]
    Damaged {
        /// The record.
        id: RecordId,
        /// Which part of it.
        part: RecordPart,
    },
    /// An entry of the store's own tables is damaged.
    #[error("entry {entry} of the store's table of {table} is damaged; put back a backup")]
    DamagedEntry {
        /// The table.
        table: &'static str,
        /// The entry's key, or a description of it where the key itself cannot be read.
        entry: String,
    },
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageFault),
}

/// A part of a record that is stored by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordPart {
    /// What is matched.
    Record,
    /// Contact data.
    Contact,
}

impl std::fmt::Display for RecordPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Record => "the record of",
            Self::Contact => "the contact data of",
        })
    }
}

/// Why a batch was not written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WriteError {
    /// Nothing of the batch was written, because the store is not as the batch expected.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The commit failed: whether the batch is on the disk is known after the store was opened again.
    /// Until then the store takes no more writes.
    #[error("the write may not have reached the disk: {0}")]
    Uncertain(#[source] StorageFault),
    /// Nothing of the batch was written, because an earlier commit failed or the store is being closed.
    #[error("the store takes no more writes: {0}")]
    Stopped(#[source] StorageFault),
}

/// What a batch expected and did not find.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The record is not there.
    #[error("{id} does not exist")]
    Missing {
        /// The record.
        id: RecordId,
    },
    /// The record is there already.
    #[error("{id} exists already")]
    Exists {
        /// The record.
        id: RecordId,
        /// Its version.
        version: ChangeNumber,
    },
    /// Somebody else wrote the record in the meantime.
    #[error("{id} was changed in the meantime; read it again and repeat the change")]
    Changed {
        /// The record.
        id: RecordId,
        /// Its version now.
        version: ChangeNumber,
    },
    /// The record that the batch builds on is damaged. Writing it whole ([`super::Expected::Anything`]) mends it.
    #[error("{id} is damaged in the store; deliver it again as a whole")]
    Damaged {
        /// The record.
        id: RecordId,
    },
    /// Two operations of one batch are on one record.
    #[error("{id} is named twice in one batch")]
    NamedTwice {
        /// The record.
        id: RecordId,
    },
    /// The content is larger than a record may be.
    #[error("{id} has {bytes} bytes, and {most} is the most that a record may have")]
    TooLarge {
        /// The record.
        id: RecordId,
        /// Its size, contact data included.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// The request id was used before, for another request.
    #[error("request id {request_id} was used for another request; use a new id for every new request")]
    RequestIdReused {
        /// The request id.
        request_id: String,
    },
}

impl From<io::Error> for StorageFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NoPermission,
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => Self::Damaged(error.to_string()),
            _ => Self::Io(Arc::new(error)),
        }
    }
}

/// Every error of redb, narrowed to what a person can act on.
impl From<redb::Error> for StorageFault {
    fn from(error: redb::Error) -> Self {
        match error {
            redb::Error::Io(error) => error.into(),
            redb::Error::TransactionInProgress => Self::Busy,
            redb::Error::PreviousIo
            | redb::Error::DatabaseClosed
            | redb::Error::TransactionPoisoned
            | redb::Error::LockPoisoned(_) => Self::MustReopen,
            other => Self::Damaged(other.to_string()),
        }
    }
}

macro_rules! storage_fault_from {
    ($($error:ty),*) => {
        $(impl From<$error> for StorageFault {
            fn from(error: $error) -> Self {
                redb::Error::from(error).into()
            }
        })*
    };
}

storage_fault_from!(
    redb::StorageError,
    redb::TableError,
    redb::DatabaseError,
    redb::TransactionError,
    redb::CommitError,
    redb::CompactionError
);

macro_rules! read_error_from {
    ($($error:ty),*) => {
        $(impl From<$error> for ReadError {
            fn from(error: $error) -> Self {
                Self::Storage(error.into())
            }
        })*
    };
}

read_error_from!(redb::StorageError, redb::TableError, redb::TransactionError);
