//! Records one by one: put in, read, take out, list.

use super::{
    Engine, EngineError,
    entity::Entity,
    labels::Labels,
    stored::{self, Stored},
    within::{self, Within},
};
use crate::domain::{
    Date,
    provenance::{Delivery, DeliveryState, Door, Provenance},
    text::OrganisationId,
};
use crate::store::{
    ChangeKind, ChangeNumber, Expected, Matched, Operation, RecordId, Refusal, RequestKey, Snapshot,
    WriteBatch, WriteError, Written,
};
use crate::wire::{self, Reading, apply_mask, changed_parts};
use prost::Message;
use prost_types::FieldMask;

/// How often a change is tried again when others write the same record and nobody asked to be told.
const TRIES: usize = 20;

/// A record to create or change.
#[derive(Clone, Debug)]
pub struct Upsert<P> {
    /// The record in the interface's form.
    pub proto: P,
    /// Which fields; `None`: all that can be set.
    pub mask: Option<FieldMask>,
    /// The etag that the change starts from; empty: no check.
    pub etag: String,
    /// Makes a repetition harmless; empty: none.
    pub request_id: String,
    /// Who delivers.
    pub organisation: Option<OrganisationId>,
    /// Whose records may be changed.
    pub within: Within,
    /// Today.
    pub today: Date,
}

/// What an upsert came to.
#[derive(Clone, Debug)]
pub struct Upserted<T> {
    /// The record as it is now.
    pub stored: Stored<T>,
    /// Whether it is new.
    pub created: bool,
    /// The change.
    pub change: u64,
}

/// How much of each record a list reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Without contact data, which stand apart in the store.
    WithoutContact,
    /// Everything.
    Whole,
}

/// A page of records.
#[derive(Clone, Debug)]
pub struct RecordPage<T> {
    /// The records in the order of their ids.
    pub records: Vec<Stored<T>>,
    /// Where the next page begins: after this id. `None`: there is none.
    pub next_after: Option<String>,
    /// The last change that the page saw.
    pub change: u64,
}

impl Engine {
    /// Creates or changes a record; durable and matched when this returns.
    ///
    /// # Errors
    /// Broken rules, a lost race against an etag, a store that cannot be written.
    pub fn upsert<T: Entity>(&self, upsert: &Upsert<T::Proto>) -> Result<Upserted<T>, EngineError> {
        let id = T::id_of(T::id_in(&upsert.proto)).map_err(EngineError::Invalid)?;
        let id_text = T::id_in(&upsert.proto);
        let request = request_key(upsert);
        for _ in 0..TRIES {
            let snapshot = self.store().snapshot()?;
            if let Some(request) = &request
                && let Some((earlier, written)) = snapshot.request(request.id())?
            {
                let repeated = self.repeated(&*snapshot, request, &earlier, first(&written).0, &id)?;
                return match within::reaches(&upsert.within, &repeated.stored.record) {
                    true => Ok(repeated),
                    false => Err(missing::<T>(id_text)),
                };
            }
            let before = stored::read::<T>(&*snapshot, &id)?;
            if before.as_ref().is_some_and(|before| !within::reaches(&upsert.within, &before.record)) {
                return Err(missing::<T>(id_text));
            }
            check_etag::<T>(&upsert.etag, before.as_ref(), id_text)?;
            let record = self.changed(upsert, before.as_ref())?;
            if let Some(before) = &before
                && before.record == record
            {
                return Ok(Upserted { stored: before.clone(), created: false, change: before.version.0 });
            }
            let expected = before.as_ref().map_or(Expected::Absent, |before| Expected::At(before.version));
            let delivered = before.as_ref().and_then(|before| before.delivered.as_ref());
            let operation = stored::put(&record, delivered, expected, self.store().secret())?;
            let batch = WriteBatch { request: request.clone(), operations: vec![operation] };
            let pending = self.store().submit(batch);
            // Its facts are made while the disk is at work.
            let ready = self.ready(&record);
            match pending.wait() {
                // Another call under the same request id was faster: the next round finds its answer.
                Ok(written) if written.repeated => {}
                Ok(written) => {
                    let version = first(&written);
                    self.publish_ready(&record, ready, version);
                    let stored = Stored { record, delivered: delivered.cloned(), version };
                    return Ok(Upserted { stored, created: before.is_none(), change: version.0 });
                }
                Err(WriteError::Refused(
                    Refusal::Changed { .. } | Refusal::Exists { .. } | Refusal::Missing { .. },
                )) if upsert.etag.is_empty() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(EngineError::Changed { what: T::NAME, id: id_text.to_owned() })
    }

    /// The record after a change through the interface: what is masked replaced, what is new stamped.
    pub(super) fn changed<T: Entity>(
        &self,
        upsert: &Upsert<T::Proto>,
        before: Option<&Stored<T>>,
    ) -> Result<T, EngineError> {
        let stored = before.map(|before| before.record.to_proto()).unwrap_or_default();
        let merged = apply_mask(&stored, &upsert.proto, upsert.mask.as_ref())?;
        let mut record =
            T::from_proto(&merged, Reading::Merged { today: upsert.today }).map_err(EngineError::Invalid)?;
        let delivery =
            Delivery { door: Door::Interface, organisation: upsert.organisation.clone(), on: upsert.today };
        record.stamp_observations(before.map(|before| &before.record), &delivery);
        *record.delivery_state() = DeliveryState::Current;
        within::claim(&upsert.within, &mut record)?;
        let parts = changed_parts(&stored, &record.to_proto());
        note_provenance(record.provenance(), &parts, &delivery);
        Ok(record)
    }

    fn repeated<T: Entity>(
        &self,
        snapshot: &dyn Snapshot,
        request: &RequestKey,
        earlier: &RequestKey,
        change: u64,
        id: &T::Id,
    ) -> Result<Upserted<T>, EngineError> {
        if earlier != request {
            return Err(EngineError::RequestIdReused { request_id: request.id().to_owned() });
        }
        let stored = stored::read::<T>(snapshot, id)?
            .ok_or_else(|| missing::<T>(Into::<RecordId>::into(id.clone()).as_str()))?;
        Ok(Upserted { stored, created: false, change })
    }

    /// Reads a record whole, where the caller may.
    ///
    /// # Errors
    /// When there is none within reach, or it cannot be read.
    pub fn get_within<T: Entity>(&self, id: &str, within: &Within) -> Result<Stored<T>, EngineError> {
        let stored = self.get::<T>(id)?;
        if within::reaches(within, &stored.record) { Ok(stored) } else { Err(missing::<T>(id)) }
    }

    /// Reads a record whole.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn get<T: Entity>(&self, id: &str) -> Result<Stored<T>, EngineError> {
        let record_id = T::id_of(id).map_err(EngineError::Invalid)?;
        let snapshot = self.store().snapshot()?;
        match stored::read(&*snapshot, &record_id)? {
            Some(stored) => Ok(stored),
            None if self.is_lost::<T>(&*snapshot, id)? => {
                Err(EngineError::Damaged { record: format!("{} {id}", T::NAME) })
            }
            None => Err(missing::<T>(id)),
        }
    }

    /// Whether a record that the store does not find must be there: damage to the pages by which it is found hides it. Who
    /// can be matched was read when the store was whole, and a deletion that does not show yet stands among the changes.
    fn is_lost<T: Entity>(&self, snapshot: &dyn Snapshot, id: &str) -> Result<bool, EngineError> {
        let Some(version) = self.population().members::<T>().get(id).map(|entry| entry.version()) else {
            return Ok(false);
        };
        if version > snapshot.last_change()?.0 {
            return Ok(false);
        }
        let record_id: RecordId = T::id_of(id).map_err(EngineError::Invalid)?.into();
        for change in snapshot.changes_after(ChangeNumber(version))? {
            let change = change?;
            if change.id == record_id && change.kind != ChangeKind::Outcome {
                return Ok(false);
            }
        }
        tracing::error!(id, "the store does not find a record that must be there: check it");
        Ok(true)
    }

    /// Takes a record out; the number of the change.
    ///
    /// # Errors
    /// When there is none, on a lost race against an etag, when the store cannot be written.
    pub fn delete<T: Entity>(
        &self,
        id: &str,
        etag: &str,
        request_id: &str,
        within: &Within,
    ) -> Result<u64, EngineError> {
        let record_id: RecordId = T::id_of(id).map_err(EngineError::Invalid)?.into();
        let snapshot = self.store().snapshot()?;
        let request = (!request_id.is_empty())
            .then(|| RequestKey::new(request_id, format!("delete {record_id}").as_bytes()));
        if let Some(request) = &request
            && let Some((earlier, written)) = snapshot.request(request.id())?
        {
            if earlier != *request {
                return Err(EngineError::RequestIdReused { request_id: request_id.to_owned() });
            }
            return Ok(first(&written).0);
        }
        // A damaged record can be deleted too, by whoever works for all organisations: its content is not read.
        let owned = match within {
            None => None,
            Some(_) => match stored::read::<T>(&*snapshot, &T::id_of(id).map_err(EngineError::Invalid)?)? {
                Some(stored) if within::reaches(within, &stored.record) => Some(stored.version),
                _ => return Err(missing::<T>(id)),
            },
        };
        let expected = match etag {
            "" => owned.map_or(Expected::Present, Expected::At),
            etag => match snapshot.get(&record_id)? {
                None => return Err(missing::<T>(id)),
                Some(record) if wire::etag(record.version.0) == etag => Expected::At(record.version),
                Some(_) => return Err(EngineError::Changed { what: T::NAME, id: id.to_owned() }),
            },
        };
        drop(snapshot);
        let operation = Operation::Delete { id: record_id.clone(), expected };
        let written = self.store().write(WriteBatch { request, operations: vec![operation] })?;
        let change = first(&written);
        self.unpublish(&record_id, change);
        Ok(change.0)
    }

    /// A page of records in the order of their ids.
    ///
    /// # Errors
    /// When the store cannot be read, or a record of the page is damaged.
    pub fn list<T: Entity>(
        &self,
        after: Option<&str>,
        limit: usize,
        contents: Contents,
        selects: &dyn Fn(&T, &Labels) -> bool,
    ) -> Result<RecordPage<T>, EngineError> {
        let snapshot = self.store().snapshot()?;
        let change = snapshot.last_change()?.0;
        let mut page: RecordPage<T> = RecordPage { records: Vec::new(), next_after: None, change };
        for message in Matched::<T::Proto>::read_all(&*snapshot, after)? {
            let message = message?;
            let record: T = stored::matched(&message)?;
            if !selects(&record, &record.labels(&self.lookups)) {
                continue;
            }
            if page.records.len() == limit {
                page.next_after = page.records.last().map(|last| id_text(&last.record));
                break;
            }
            let version = message.version;
            page.records.push(match contents {
                Contents::WithoutContact => Stored { record, delivered: None, version },
                Contents::Whole => stored::read(&*snapshot, &record.id())?.unwrap_or(Stored {
                    record,
                    delivered: None,
                    version,
                }),
            });
        }
        Ok(page)
    }
}

/// Notes who changed which parts. A delivery through another door stays beside it: the part has two entries.
fn note_provenance(provenance: &mut Vec<Provenance>, parts: &[&str], delivery: &Delivery) {
    for part in parts {
        provenance.retain(|entry| !(entry.part == **part && entry.delivery.door == delivery.door));
        provenance.push(Provenance { part: (*part).to_owned(), delivery: delivery.clone() });
    }
    provenance.sort();
}

/// The request that an upsert carries out: everything that decides what it does.
fn request_key<P: Message>(upsert: &Upsert<P>) -> Option<RequestKey> {
    if upsert.request_id.is_empty() {
        return None;
    }
    let mask = upsert.mask.as_ref().map(Message::encode_to_vec).unwrap_or_default();
    let organisation = upsert.organisation.as_ref().map_or("", |id| id.as_str());
    let mut content = b"upsert".to_vec();
    for part in [&mask, upsert.etag.as_bytes(), organisation.as_bytes(), &upsert.proto.encode_to_vec()] {
        // With its length, so that no part runs into the next.
        content.extend((part.len() as u64).to_le_bytes());
        content.extend_from_slice(part);
    }
    Some(RequestKey::new(&upsert.request_id, &content))
}

fn check_etag<T: Entity>(etag: &str, before: Option<&Stored<T>>, id: &str) -> Result<(), EngineError> {
    if etag.is_empty() {
        return Ok(());
    }
    match before {
        Some(before) if wire::etag(before.version.0) == etag => Ok(()),
        Some(_) => Err(EngineError::Changed { what: T::NAME, id: id.to_owned() }),
        None => Err(missing::<T>(id)),
    }
}

fn missing<T: Entity>(id: &str) -> EngineError {
    EngineError::NotFound { what: T::NAME, id: id.to_owned() }
}

/// The number of a batch of one operation.
pub(super) fn first(written: &Written) -> ChangeNumber {
    written.changes.first().copied().unwrap_or_default()
}

fn id_text<T: Entity>(record: &T) -> String {
    let id: RecordId = record.id().into();
    id.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Candidate;
    use crate::engine::EngineOptions;
    use crate::wire::v1;

    /// An engine with these people.
    fn engine(folder: &std::path::Path, people: &[&str]) -> std::sync::Arc<Engine> {
        let folder = folder.to_owned();
        let engine = Engine::open(&EngineOptions { folder, threads: 1, ..EngineOptions::default() }).unwrap();
        for id in people {
            let upsert = Upsert {
                proto: v1::Candidate { id: (*id).to_owned(), ..Default::default() },
                mask: None,
                etag: String::new(),
                request_id: String::new(),
                organisation: None,
                within: None,
                today: jiff::civil::date(2026, 11, 23),
            };
            engine.upsert::<Candidate>(&upsert).unwrap();
        }
        engine
    }

    #[test]
    fn a_record_that_only_the_store_does_not_find_is_damaged_and_one_that_is_just_being_deleted_is_not() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let own = engine(folders[0].path(), &["k-1", "k-2"]);
        let other = engine(folders[1].path(), &["k-3"]);
        let get = |id: &str| own.get::<Candidate>(id).map(drop).unwrap_err();
        assert!(matches!(get("k-3"), EngineError::NotFound { .. }));
        let lost = std::sync::Arc::clone(other.population().candidates.get("k-3").unwrap());
        own.population_mut().candidates.put(lost);
        assert!(matches!(get("k-3"), EngineError::Damaged { .. }));

        let id = Candidate::id_of("k-1").unwrap().into();
        let delete = Operation::Delete { id, expected: Expected::Anything };
        own.store().write(WriteBatch::of(delete)).unwrap();
        assert!(own.population().candidates.get("k-1").is_some(), "the deletion does not show yet");
        assert!(matches!(get("k-1"), EngineError::NotFound { .. }));
    }
}
