//! Possible doubles: the same person in two records (never merged, only told of).

use super::super::{EngineError, entity::Entity};
use crate::store::{ContactKey, RecordId, Snapshot, StoreSecret, StoredMessage};
use std::collections::{BTreeSet, HashMap};

/// Finds other records of the same kind with the same e-mail address or telephone number, in the store and among the
/// records that are written together: reported, never merged.
pub(super) struct Doubles<'a> {
    snapshot: &'a dyn Snapshot,
    secret: &'a StoreSecret,
    together: HashMap<ContactKey, Vec<RecordId>>,
}

impl<'a> Doubles<'a> {
    pub(super) fn new(snapshot: &'a dyn Snapshot, secret: &'a StoreSecret) -> Self {
        Self { snapshot, secret, together: HashMap::new() }
    }

    pub(super) fn of<T: Entity>(&mut self, id: &RecordId, record: &T) -> Result<Vec<String>, EngineError> {
        let Some(contact) = record.to_proto().take_contact() else { return Ok(Vec::new()) };
        let mut others = BTreeSet::new();
        for key in T::Proto::contact_keys(&contact, self.secret) {
            let together = self.together.entry(key).or_default();
            let found = self.snapshot.with_contact_key(&key)?;
            let different =
                found.iter().chain(&*together).filter(|other| other.kind() == T::KIND && *other != id);
            others.extend(different.map(|other| other.as_str().to_owned()));
            together.push(id.clone());
        }
        Ok(others.into_iter().collect())
    }
}
