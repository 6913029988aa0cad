//! Possible doubles: the same person in two records (never merged, only told of).

use super::super::{
    EngineError,
    entity::Entity,
    stored,
    within::{self, Within},
};
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

    /// Those within reach: that somebody is known to another organisation is not told.
    pub(super) fn of<T: Entity>(
        &mut self,
        id: &RecordId,
        record: &T,
        within: &Within,
    ) -> Result<Vec<String>, EngineError> {
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
        let mut told = Vec::with_capacity(others.len());
        for other in others {
            if within.is_some() {
                let id = T::id_of(&other).map_err(EngineError::Invalid)?;
                // What is not stored yet is in the same delivery.
                let stored = stored::read::<T>(self.snapshot, &id)?;
                if stored.is_some_and(|stored| !within::reaches(within, &stored.record)) {
                    continue;
                }
            }
            told.push(other);
        }
        Ok(told)
    }
}
