//! Complete deliveries: who was delivered before and is missing now.

use super::{
    super::{
        Engine, EngineError,
        entity::Entity,
        stored::{self, Stored},
        within,
    },
    ImportSettings,
};
use crate::domain::provenance::{Delivery, DeliveryState, Door, Provenance};
use crate::store::{Expected, Matched, RecordId, Snapshot, WriteBatch};
use std::collections::HashSet;

/// Most records whose commits are waited for together when a complete delivery ends.
const MARKED_TOGETHER: usize = 500;

/// The part whose provenance says that a delivery held the record, whatever else of it is filled.
const DELIVERED: &str = "id";

/// Notes, once for each organisation and door, that a delivery held the record.
pub(super) fn mark_delivered<T: Entity>(record: &mut T, door: Door, settings: &ImportSettings) {
    let organisation = &settings.organisation;
    let provenance = record.provenance();
    let known = |entry: &Provenance| {
        entry.part == DELIVERED && entry.delivery.door == door && entry.delivery.organisation == *organisation
    };
    if !provenance.iter().any(known) {
        let delivery = Delivery { door, organisation: organisation.clone(), on: settings.delivered_on };
        provenance.push(Provenance { part: DELIVERED.to_owned(), delivery });
        provenance.sort();
    }
}

impl Engine {
    /// Marks as not delivered whom this organisation delivered before and who is not among `delivered`; how many.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn complete_delivery<T: Entity>(
        &self,
        delivered: &HashSet<String>,
        settings: &ImportSettings,
    ) -> Result<u64, EngineError> {
        let snapshot = self.store().snapshot()?;
        let mut missing: Vec<T::Id> = Vec::new();
        for message in Matched::<T::Proto>::read_all(&*snapshot, None)? {
            // A damaged record is found by the check; it is neither there nor missing.
            let Ok(message) = message else { continue };
            let mut record: T = stored::matched(&message)?;
            let was_delivered = record
                .provenance()
                .iter()
                .any(|part| part.part == DELIVERED && part.delivery.organisation == settings.organisation);
            let present = *record.delivery_state() == DeliveryState::Current;
            let reached = within::reaches(&settings.within, &record);
            if was_delivered
                && present
                && reached
                && !delivered.contains(Into::<RecordId>::into(record.id()).as_str())
            {
                missing.push(record.id());
            }
        }
        let mut marked = 0;
        for ids in missing.chunks(MARKED_TOGETHER) {
            marked += self.mark_not_delivered::<T>(&*snapshot, ids, settings)?;
        }
        Ok(marked)
    }

    fn mark_not_delivered<T: Entity>(
        &self,
        snapshot: &dyn Snapshot,
        ids: &[T::Id],
        settings: &ImportSettings,
    ) -> Result<u64, EngineError> {
        let mut waiting = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(Stored { mut record, delivered, version }) = stored::read::<T>(snapshot, id)? else {
                continue;
            };
            *record.delivery_state() = DeliveryState::NotDelivered { since: settings.delivered_on };
            let expected = Expected::At(version);
            let operation = stored::put(&record, delivered.as_ref(), expected, self.store().secret())?;
            waiting.push((record, self.store().submit(WriteBatch::of(operation))));
        }
        let mut marked = 0;
        for (record, pending) in waiting {
            match pending.wait().map_err(EngineError::from) {
                Ok(done) => {
                    self.publish(&[record], &done.changes);
                    marked += 1;
                }
                // Somebody wrote it meanwhile: it is not missing.
                Err(EngineError::Changed { .. } | EngineError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(marked)
    }
}
