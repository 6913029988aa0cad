//! What can be wrong with a file as a whole.

use crate::exchange::Bilingual;

/// Why a file could not be read to its end, or looks as if it ended too early.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
pub enum FileProblem {
    /// The file holds no JSON.
    NoJson {
        /// The line up to which it was read.
        line: u64,
    },
    /// The file is empty.
    Empty,
    /// The file ends inside a record; all whole records before it were given.
    EndsInside {
        /// The number of that record.
        record: u64,
        /// The line on which it begins.
        line: u64,
    },
    /// The file ends before the list of records is closed: it may have been cut off between two records.
    ListNotClosed {
        /// The last line.
        line: u64,
    },
    /// The gzip data are damaged or cut off.
    Gzip {
        /// Records that were read before.
        records: u64,
    },
    /// The operating system could not read on.
    Unreadable {
        /// Records that were read before.
        records: u64,
        /// What it said.
        message: String,
    },
}

impl FileProblem {
    /// What is wrong, and what would help.
    pub fn text(&self) -> Bilingual {
        match self {
            Self::NoJson { line } => Bilingual::new(
                format!(
                    "dit is geen JSON (gezien tot regel {line}); geef een lijst, een object of JSON-regels"
                ),
                format!("this is no JSON (looked up to line {line}); give a list, an object or JSON lines"),
            ),
            Self::Empty => Bilingual::new("het bestand is leeg", "the file is empty"),
            Self::EndsInside { record, line } => Bilingual::new(
                format!(
                    "het bestand houdt op midden in record {record} (regel {line}); lever het opnieuw, wat er al staat blijft"
                ),
                format!(
                    "the file ends in the middle of record {record} (line {line}); send it again, what is there stays"
                ),
            ),
            Self::ListNotClosed { line } => Bilingual::new(
                format!(
                    "de lijst is niet afgesloten (regel {line}): misschien ontbreekt het einde van het bestand"
                ),
                format!("the list is not closed (line {line}): the end of the file may be missing"),
            ),
            Self::Gzip { records } => Bilingual::new(
                format!(
                    "de gzip-gegevens zijn beschadigd of afgebroken na {records} records; lever het bestand opnieuw"
                ),
                format!("the gzip data are damaged or cut off after {records} records; send the file again"),
            ),
            Self::Unreadable { records, message } => Bilingual::new(
                format!("na {records} records kon niet verder worden gelezen: {message}"),
                format!("reading stopped after {records} records: {message}"),
            ),
        }
    }
}
