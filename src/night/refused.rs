use super::NightError;
use std::path::Path;

/// Why a part of a file cannot be used, before it is known which file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// What is not as it was written.
    Damaged(&'static str),
    /// What this release does not know.
    Newer(String),
}

impl Refused {
    pub(super) fn of(self, path: &Path) -> NightError {
        match self {
            Self::Damaged(part) => NightError::Damaged { path: path.to_owned(), part: part.to_owned() },
            Self::Newer(what) => NightError::Newer { path: path.to_owned(), what },
        }
    }
}
