//! Places: where a Dutch postcode lies, how far two lie apart, and in which labour market region.
//!
//! [`Places`] is one table of postcodes. The embedded one ([`Places::embedded`]) comes from
//! `data/places/` (sources and licences there); [`install`] puts a better one into the data folder and
//! [`load`] takes that one from then on. What a table does not know stays unknown: no position is
//! guessed from a neighbouring number.
//!
//! Travel time is estimated by `rank`; here are metres only ([`distance_metres`]).

mod distance;
mod error;
mod format;
mod geonames;
mod installed;
mod own;
mod region;
mod table;

pub use distance::distance_metres;
pub use error::{LineIssue, PlacesError, ReadReport};
pub use installed::{InstallReport, install, load};
pub use region::LabourMarketRegion;
pub use table::{Origin, Places, PostcodeArea};
