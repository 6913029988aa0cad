//! Which store an index was derived from, and how far it follows it: the payload of every commit.

use serde::{Deserialize, Serialize};

/// How this crate lays out its documents and analyses their words. Raised with every change of either: an index of
/// another format is rebuilt, since its terms are not those that a query would look for.
pub(crate) const FORMAT: u32 = 3;

/// The store that the index is derived from, and the way its records become documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreIdentity {
    /// Unique to one store: an index of another store has its records, not ours.
    pub store_id: String,
    /// Version of the service's own mapping of records to [`Document`](crate::Document)s; raise it when that changes.
    pub schema_version: u32,
}

/// What stands in every commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Payload {
    pub(crate) store_id: String,
    pub(crate) schema_version: u32,
    pub(crate) format: u32,
    pub(crate) last_change: u64,
}

impl Payload {
    pub(crate) fn new(identity: &StoreIdentity, last_change: u64) -> Self {
        Self {
            store_id: identity.store_id.clone(),
            schema_version: identity.schema_version,
            format: FORMAT,
            last_change,
        }
    }
}
