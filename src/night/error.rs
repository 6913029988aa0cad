use crate::domain::Date;
use std::{io, path::PathBuf};

/// Why a night cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum NightError {
    /// No night of that day and scope is kept.
    #[error("there is no night of {asked}; there are nights of: {}", days(kept))]
    Gone {
        /// The day that was asked for.
        asked: Date,
        /// The days of the nights that are kept, the last one first.
        kept: Vec<Date>,
    },
    /// No night was made yet, or none is kept.
    #[error("there are no nights yet; the first comes with the first run")]
    NoNights,
    /// Only one night is kept where two are compared.
    #[error("there is no night before {day} to compare it with")]
    NoEarlierNight {
        /// The day of the later night.
        day: Date,
    },
    /// A file does not bear its checksums or does not say what it should.
    #[error("{}: damaged ({part}); the other nights can be read, a new run makes a new file", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What of it.
        part: String,
    },
    /// A file names something that this release does not know.
    #[error("{}: made by a release that knows more ({what}); read it with that release", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// What is not known.
        what: String,
    },
    /// Lists that cannot be written as a night: a fault of who made them.
    #[error("these lists are no night: {0}")]
    NoNight(String),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

fn days(kept: &[Date]) -> String {
    kept.iter().map(Date::to_string).collect::<Vec<_>>().join(", ")
}
