//! The lists of each night: one immutable, checksummed file a night, and what is read of it.
//!
//! A file stands in the folder `nights` of the data folder. It holds every list of a night with scores, intervals, fits
//! and reasons with their data, so that an explanation of months ago is given back as it was, whatever the records and the
//! profiles have become. Only questions are not kept: they are of the day on which somebody asks.
//!
//! One record a vacancy: it is encoded alone (so all cores do), checked alone, read alone, and rewritten alone when a
//! person is taken out. Words, reasons and lines that pairs share are written once in it. What is a sum is not written:
//! lines are added up again by the figures of the profile, which the head keeps, and must come to the score.
//!
//! Parts are messages of `proto/storage/v1/night.proto`: a file is read a year later by a service that has learned more, and
//! their rules of evolution are the store's. Reasons, data and criteria have names in the head, so that numbers are the
//! file's own.

mod alone;
mod changes;
mod decode;
mod erase;
mod error;
mod file;
mod folder;
mod head;
mod interner;
mod kept;
mod layout;
mod list;
mod parts;
mod quick;
mod record;
mod refused;
mod retention;
#[cfg(test)]
mod tests;
mod value;
mod writer;

pub use crate::rank::profile::AppliedProfile as NightProfile;
pub use alone::{FormerPair, PairAlone, PairNames, former_pair, keep_pair, keep_profile, pair_names};
pub use changes::{ListChange, Move, changes_of};
pub use erase::Erased;
pub use error::NightError;
pub use file::Night;
pub use folder::{NightInfo, Nights};
pub use head::{NightCounts, NightHead, NightScope};
pub use kept::KeptRecord;
pub use list::{ListedPair, PairNight, PlacedPair, Told, VacancyList, VacancyNight};
pub use record::Record;
pub use retention::Retention;
pub use writer::NightWriter;
