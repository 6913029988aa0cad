use std::{io, path::PathBuf};

/// Why something cannot be recorded or read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LogError {
    /// The disk refuses: there is no room, or it fails.
    #[error("the record of decisions cannot be written: {0}")]
    Disk(String),
    /// The log has ended.
    #[error("the record of decisions is closed: the service stops")]
    Closed,
    /// More in one entry than an entry holds.
    #[error("an entry of {bytes} bytes is more than the {most} that one may have; ask for less at one time")]
    TooLarge {
        /// What it would be.
        bytes: usize,
        /// What it may be.
        most: usize,
    },
    /// A file does not say what was written.
    #[error("{}: damaged ({what}); `passend audit verify` says all that is wrong", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What of it.
        what: String,
    },
    /// No such entry is kept.
    #[error("there is no decision {0}")]
    NotFound(String),
    /// The system has no randomness, or a key cannot be used.
    #[error("{0}")]
    System(String),
}

impl From<io::Error> for LogError {
    fn from(error: io::Error) -> Self {
        Self::Disk(error.to_string())
    }
}
