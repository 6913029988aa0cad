//! What can go wrong, in the words of the one who must act on it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::document::FilterField;

/// Why an index cannot be used and has to be derived again from the store. None of these loses anything: the store
/// holds every record.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RebuildReason {
    /// There is no index yet, or its pointer is gone.
    #[error("there is no search index yet")]
    Missing,
    /// The pointer to the generation in use does not name one.
    #[error("the file that names the search index in use is unreadable: {detail}")]
    PointerUnreadable {
        /// What was wrong with it.
        detail: String,
    },
    /// The last commit does not say which store and which change it belongs to.
    #[error("the search index does not say which store it belongs to")]
    PayloadMissing,
    /// The last commit says it in a form that cannot be read.
    #[error("what the search index says of its store is unreadable: {detail}")]
    PayloadUnreadable {
        /// What was wrong with it.
        detail: String,
    },
    /// The index was derived from another store.
    #[error("the search index belongs to another store ({found}, not {expected})")]
    OtherStore {
        /// Store that the index was derived from.
        found: String,
        /// Store that it is opened for.
        expected: String,
    },
    /// Records became documents, or documents became terms, in another way than now.
    #[error("the search index has another layout ({found}, not {expected})")]
    OtherSchema {
        /// Layout of the index.
        found: String,
        /// Layout of this program.
        expected: String,
    },
    /// The index knows changes that the store does not: the store was set back.
    #[error("the search index is at change {index}, the store only at {store}")]
    Ahead {
        /// Last change in the index.
        index: u64,
        /// Last change in the store.
        store: u64,
    },
    /// A file of the index is missing or its bytes are not those that were written.
    #[error("the file {file} of the search index is damaged: {detail}")]
    Damaged {
        /// Name of the file inside the index folder.
        file: String,
        /// What was found.
        detail: String,
    },
    /// The index cannot be read for another reason.
    #[error("the search index is unreadable: {detail}")]
    Unreadable {
        /// What was found.
        detail: String,
    },
}

/// Why the index could not be opened, written or rebuilt.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The folder of the index cannot be used; rebuilding would not help.
    #[error("the folder of the search index, {path}, cannot be {action}")]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What was tried, as in "cannot be read".
        action: &'static str,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// An id or a filter value is longer than a term may be; nothing of the batch since the last commit is kept.
    #[error(
        "the {field} of record {id} is {bytes} bytes long, the search index takes at most {max}; shorten it"
    )]
    TermTooLong {
        /// `id`, or the name of the filter.
        field: &'static str,
        /// Id of the record, cut where it is too long to print.
        id: String,
        /// Length found, in bytes.
        bytes: usize,
        /// Longest length taken, in bytes.
        max: usize,
    },
    /// A commit was asked for a change before one that was already applied.
    #[error("the search index cannot be committed at change {through}: change {applied} is already in it")]
    CommitBehind {
        /// Change that was asked for.
        through: u64,
        /// Highest change applied or committed.
        applied: u64,
    },
    /// Writing failed. Everything after the last committed change has to be applied again.
    #[error(
        "the search index could not be written ({detail}); apply the changes after {last_committed_change} again"
    )]
    Write {
        /// What failed.
        detail: String,
        /// Last change that is safely in the index.
        last_committed_change: u64,
    },
}

/// Why a search has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The text is longer than a search text may be.
    #[error("the search text has more than {max} characters; shorten it")]
    TextTooLong {
        /// Most characters taken.
        max: usize,
    },
    /// The text has more different words than a search text may have.
    #[error("the search text has {found} different words, at most {max} can be searched for; leave some out")]
    TooManyWords {
        /// Different words found, fill words left out.
        found: usize,
        /// Most words taken.
        max: usize,
    },
    /// The page ends further down the list than pages can be asked for.
    #[error("results can be paged through up to the first {max}; narrow the search instead")]
    PageTooDeep {
        /// Largest sum of offset and limit.
        max: usize,
    },
    /// A filter has more values than a filter may have.
    #[error("the filter {} has {found} values, at most {max} are taken", field.name())]
    TooManyFilterValues {
        /// The filter.
        field: FilterField,
        /// Values found.
        found: usize,
        /// Most values taken.
        max: usize,
    },
    /// The index itself failed, most likely because its files were changed while it was open. Open it again.
    #[error("the search index failed: {detail}")]
    Index {
        /// What failed.
        detail: String,
    },
}

/// What tantivy said, with its panics caught.
#[derive(Debug, Error)]
pub(crate) enum EngineError {
    #[error(transparent)]
    Answered(#[from] tantivy::TantivyError),
    #[error("panic: {0}")]
    Panicked(String),
}

impl From<io::Error> for EngineError {
    fn from(error: io::Error) -> Self {
        EngineError::Answered(error.into())
    }
}

/// Runs work inside tantivy, which answers some damage with an error and some with a panic, and gives back an error
/// in both cases. What the work held must not be used afterwards, unless tantivy only read.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, EngineError>) -> Result<T, EngineError> {
    // Unwind safety: callers drop a writer after an error, and readers hold nothing half-changed.
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)) {
        Ok(result) => result,
        Err(panic) => Err(EngineError::Panicked(panic_text(panic.as_ref()))),
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}
