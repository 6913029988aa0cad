//! Provenance (*herkomst*), ownership and status of a record.

use super::{
    Date,
    text::{AdvisorId, OrganisationId},
};
use serde::{Deserialize, Serialize};

/// Through which door a part of a record came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Door {
    /// A VUM message or file.
    Vum,
    /// The service's own interface: a tool, an advisor, a correction.
    Interface,
}

/// Who delivered something, through which door and on which day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delivery {
    /// Through which door.
    pub door: Door,
    /// The organisation that delivered, where it said so.
    pub organisation: Option<OrganisationId>,
    /// The day of the delivery.
    pub on: Date,
}

/// Where one part of a record came from. A part that came through two doors has two entries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provenance {
    /// The part: the name of the field in the interface, such as `skills` or `availability.hours`.
    pub part: String,
    /// Who, how, when.
    pub delivery: Delivery,
}

/// Who looks after a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// The organisation that owns the record.
    pub organisation: Option<OrganisationId>,
    /// The advisor (*caseload*).
    pub advisor: Option<AdvisorId>,
    /// The team (*caseload*).
    pub team: Option<AdvisorId>,
}

/// Whether the last complete delivery still held the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// Delivered, or never part of a complete delivery.
    #[default]
    Current,
    /// Missing from a complete delivery since this day: kept, and out of the lists.
    NotDelivered {
        /// The day of that delivery.
        since: Date,
    },
}

/// Why somebody asks (purpose limitation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// To propose candidates for a vacancy, or vacancies to a candidate.
    Placement,
    /// To advise a person about steps and what is missing.
    Guidance,
    /// To make or check a record.
    Administration,
    /// To examine how the service works.
    Audit,
}
