//! Reading.

use super::{
    Items, Snapshot,
    batch::{RequestKey, Written},
    error::ReadError,
    record::{Change, ChangeNumber, Contact, ContactKey, NumberedOutcome, Record, RecordId, RecordKind},
    tables::{
        self, CANDIDATES, CHANGES, CONTACT_KEYS, CONTACTS, OUTCOME_KEYS, OUTCOMES, REQUEST_ORDER, REQUESTS,
        TOMBSTONES, VACANCIES,
    },
    watched_file::behind_a_wall,
};
use redb::{ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata};
use std::ops::Bound;

type Bytes = &'static [u8];

/// The tables of one read transaction.
pub(super) struct RedbSnapshot {
    pub(super) candidates: ReadOnlyTable<Bytes, Bytes>,
    pub(super) vacancies: ReadOnlyTable<Bytes, Bytes>,
    pub(super) contacts: ReadOnlyTable<Bytes, Bytes>,
    pub(super) contact_keys: ReadOnlyTable<Bytes, ()>,
    pub(super) changes: ReadOnlyTable<u64, Bytes>,
    pub(super) tombstones: ReadOnlyTable<Bytes, Bytes>,
    pub(super) requests: ReadOnlyTable<Bytes, Bytes>,
    pub(super) request_order: ReadOnlyTable<u64, Bytes>,
    pub(super) outcomes: ReadOnlyTable<u64, Bytes>,
    pub(super) outcome_keys: ReadOnlyTable<Bytes, ()>,
}

impl RedbSnapshot {
    pub(super) fn new(transaction: &ReadTransaction) -> Result<Self, ReadError> {
        Ok(Self {
            candidates: transaction.open_table(CANDIDATES)?,
            vacancies: transaction.open_table(VACANCIES)?,
            contacts: transaction.open_table(CONTACTS)?,
            contact_keys: transaction.open_table(CONTACT_KEYS)?,
            changes: transaction.open_table(CHANGES)?,
            tombstones: transaction.open_table(TOMBSTONES)?,
            requests: transaction.open_table(REQUESTS)?,
            request_order: transaction.open_table(REQUEST_ORDER)?,
            outcomes: transaction.open_table(OUTCOMES)?,
            outcome_keys: transaction.open_table(OUTCOME_KEYS)?,
        })
    }

    /// Whether something is stored under an id, readable or not.
    pub(super) fn holds(&self, id: &RecordId) -> Result<bool, ReadError> {
        behind_a_wall(|| Ok(self.table_of(id.kind()).get(id.as_str().as_bytes())?.is_some()))
    }

    fn table_of(&self, kind: RecordKind) -> &ReadOnlyTable<Bytes, Bytes> {
        match kind {
            RecordKind::Candidate => &self.candidates,
            RecordKind::Vacancy => &self.vacancies,
        }
    }
}

impl Snapshot for RedbSnapshot {
    fn last_change(&self) -> Result<ChangeNumber, ReadError> {
        behind_a_wall(|| {
            Ok(self.changes.last()?.map_or(ChangeNumber::ZERO, |(number, _)| ChangeNumber(number.value())))
        })
    }

    fn get(&self, id: &RecordId) -> Result<Option<Record>, ReadError> {
        behind_a_wall(|| {
            let framed = self.table_of(id.kind()).get(id.as_str().as_bytes())?;
            framed.map(|framed| tables::open_record(id, framed.value())).transpose()
        })
    }

    fn contact(&self, id: &RecordId) -> Result<Option<Contact>, ReadError> {
        behind_a_wall(|| {
            let framed = self.contacts.get(&tables::full_key(id)[..])?;
            framed.map(|framed| tables::open_contact(id, framed.value())).transpose()
        })
    }

    fn count(&self, kind: RecordKind) -> Result<u64, ReadError> {
        behind_a_wall(|| Ok(self.table_of(kind).len()?))
    }

    fn records(&self, kind: RecordKind, after: Option<&str>) -> Result<Items<'_, Record>, ReadError> {
        behind_a_wall(|| {
            let first = after.map_or(Bound::Unbounded, |id| Bound::Excluded(id.as_bytes()));
            let range = self.table_of(kind).range::<&[u8]>((first, Bound::Unbounded))?;
            Ok(items(range, move |key: &[u8], framed: &[u8]| {
                let id = RecordId::from_key(kind, key).ok_or_else(|| {
                    tables::damaged_entry("records", format!("({} unreadable bytes)", key.len()))
                })?;
                tables::open_record(&id, framed)
            }))
        })
    }

    fn changes_after(&self, after: ChangeNumber) -> Result<Items<'_, Change>, ReadError> {
        behind_a_wall(|| {
            let range = self.changes.range((Bound::Excluded(after.0), Bound::Unbounded))?;
            let changes =
                items(range, |number, framed: &[u8]| tables::open_change(ChangeNumber(number), framed));
            let changes: Items<'_, Change> = Box::new(changes.filter_map(Result::transpose));
            Ok(changes)
        })
    }

    fn deletions(&self) -> Result<Items<'_, (RecordId, ChangeNumber)>, ReadError> {
        behind_a_wall(|| {
            let range = self.tombstones.range::<&[u8]>(..)?;
            Ok(items(range, |key: &[u8], framed: &[u8]| {
                let id = tables::parse_full_key(key)
                    .ok_or_else(|| tables::damaged_entry("deletions", "(unreadable)"))?;
                let number = tables::open_tombstone(&id, framed)?;
                Ok((id, number))
            }))
        })
    }

    fn traces(&self, id: &RecordId) -> Result<Vec<Vec<u8>>, ReadError> {
        behind_a_wall(|| {
            let mut traces = Vec::new();
            let framed = self.table_of(id.kind()).get(id.as_str().as_bytes())?;
            traces.extend(framed.and_then(|framed| tables::checksum_of(framed.value())));
            let framed = self.contacts.get(&tables::full_key(id)[..])?;
            traces.extend(framed.and_then(|framed| tables::checksum_of(framed.value())));
            if let Ok(Some(contact)) = self.contact(id) {
                traces.extend(contact.keys.iter().map(|key| key.0.to_vec()));
            }
            Ok(traces)
        })
    }

    fn with_contact_key(&self, key: &ContactKey) -> Result<Vec<RecordId>, ReadError> {
        behind_a_wall(|| {
            let mut found = Vec::new();
            for entry in self.contact_keys.range::<&[u8]>(&key.0[..]..)? {
                let (entry, ()) = entry.map(|(entry, value)| (entry, value.value()))?;
                if !entry.value().starts_with(&key.0) {
                    break;
                }
                let (_, id) = tables::parse_contact_index_key(entry.value())
                    .ok_or_else(|| tables::damaged_entry("contact keys", "(unreadable)"))?;
                found.push(id);
            }
            Ok(found)
        })
    }

    fn outcomes(&self) -> Result<Items<'_, NumberedOutcome>, ReadError> {
        behind_a_wall(|| {
            let range = self.outcomes.range(0..)?;
            Ok(items(range, |number, framed: &[u8]| tables::open_outcome(ChangeNumber(number), framed)))
        })
    }

    fn request(&self, request_id: &str) -> Result<Option<(RequestKey, Written)>, ReadError> {
        behind_a_wall(|| {
            let request_id = RequestKey::stored_id(request_id);
            let framed = self.requests.get(request_id.as_bytes())?;
            framed.map(|framed| tables::open_request(&request_id, framed.value())).transpose()
        })
    }
}

/// The entries of a range, each parsed when it is asked for. A fault of the storage ends the range, a
/// damaged entry does not.
fn items<'a, K, T, F>(range: redb::Range<'static, K, Bytes>, parse: F) -> Items<'a, T>
where
    K: redb::Key + 'static,
    F: Fn(K::SelfType<'_>, &[u8]) -> Result<T, ReadError> + 'a,
    T: 'a,
{
    let mut range = Some(range);
    Box::new(std::iter::from_fn(move || {
        let reading = range.as_mut()?;
        let entry = behind_a_wall(|| {
            let Some(entry) = reading.next() else { return Ok(None) };
            let (key, framed) = entry?;
            // What the entry holds is the reader's affair.
            Ok::<_, ReadError>(Some(parse(key.value(), framed.value())))
        });
        if entry.is_err() {
            range = None;
        }
        entry.transpose().map(Result::flatten)
    }))
}
