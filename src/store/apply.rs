//! One batch applied to the tables of a transaction.

use super::outcomes::OutcomeTables;
use super::{
    batch::{ContactChange, Expected, MOST_RECORD_BYTES, Operation, RequestKey, WriteBatch, Written},
    error::{ReadError, Refusal, StorageFault},
    record::{Change, ChangeKind, ChangeNumber, Contact, RecordId, RecordKind},
    tables::{
        self, CANDIDATES, CHANGES, CONTACT_KEYS, CONTACTS, REQUEST_ORDER, REQUESTS, TOMBSTONES, VACANCIES,
    },
};
use crate::domain::outcome::Outcome;
use redb::{ReadableTable, Table, WriteTransaction};
use std::collections::HashSet;

type Bytes = &'static [u8];

/// The tables of one transaction, open for writing.
pub(super) struct OpenTables<'txn> {
    candidates: Table<'txn, Bytes, Bytes>,
    vacancies: Table<'txn, Bytes, Bytes>,
    contacts: Table<'txn, Bytes, Bytes>,
    contact_keys: Table<'txn, Bytes, ()>,
    changes: Table<'txn, u64, Bytes>,
    tombstones: Table<'txn, Bytes, Bytes>,
    requests: Table<'txn, Bytes, Bytes>,
    request_order: Table<'txn, u64, Bytes>,
    outcomes: OutcomeTables<'txn>,
}

/// What is in the place of a record.
enum Present {
    Nothing,
    /// A record in this version.
    Version(ChangeNumber),
    /// A record that does not bear its checksum.
    Damaged,
}

impl<'txn> OpenTables<'txn> {
    /// Opens the tables, and makes those that are not there.
    pub(super) fn open(transaction: &'txn WriteTransaction) -> Result<Self, StorageFault> {
        Ok(Self {
            candidates: transaction.open_table(CANDIDATES)?,
            vacancies: transaction.open_table(VACANCIES)?,
            contacts: transaction.open_table(CONTACTS)?,
            contact_keys: transaction.open_table(CONTACT_KEYS)?,
            changes: transaction.open_table(CHANGES)?,
            tombstones: transaction.open_table(TOMBSTONES)?,
            requests: transaction.open_table(REQUESTS)?,
            request_order: transaction.open_table(REQUEST_ORDER)?,
            outcomes: OutcomeTables::open(transaction)?,
        })
    }

    /// Applies a batch whole, or refuses it and leaves everything as it was.
    ///
    /// After a storage fault the transaction is half done and must be given up.
    pub(super) fn apply(
        &mut self,
        batch: &WriteBatch,
        requests_kept: u64,
    ) -> Result<Result<Written, Refusal>, StorageFault> {
        if let Some(request) = &batch.request
            && let Some(answer) = self.answered_before(request)?
        {
            return Ok(answer);
        }
        if let Some(refusal) = self.refusal(batch)? {
            return Ok(Err(refusal));
        }
        let mut written = Written::default();
        for operation in &batch.operations {
            written.changes.push(self.carry_out(operation)?);
        }
        if let Some(request) = &batch.request {
            self.remember(request, &written, requests_kept)?;
        }
        Ok(Ok(written))
    }

    fn answered_before(
        &self,
        request: &RequestKey,
    ) -> Result<Option<Result<Written, Refusal>>, StorageFault> {
        let Some(framed) = self.requests.get(request.id().as_bytes())? else { return Ok(None) };
        let known = tables::open_request(request.id(), framed.value());
        Ok(Some(match known {
            Ok((known, written)) if known == *request => Ok(written),
            // A damaged entry cannot vouch for what was done: asking for a new id is the safe answer.
            _ => Err(Refusal::RequestIdReused { request_id: request.id().to_owned() }),
        }))
    }

    fn refusal(&self, batch: &WriteBatch) -> Result<Option<Refusal>, StorageFault> {
        let mut named = HashSet::new();
        for operation in &batch.operations {
            let (id, expected) = match operation {
                Operation::Put { id, expected, .. } | Operation::Delete { id, expected } => (id, *expected),
                Operation::RecordOutcome(outcome) => {
                    if let Some(refusal) = self.without_record(outcome)? {
                        return Ok(Some(refusal));
                    }
                    continue;
                }
            };
            if !named.insert(id) {
                return Ok(Some(Refusal::NamedTwice { id: id.clone() }));
            }
            if operation.bytes() > MOST_RECORD_BYTES {
                let bytes = operation.bytes();
                return Ok(Some(Refusal::TooLarge { id: id.clone(), bytes, most: MOST_RECORD_BYTES }));
            }
            let deletes = matches!(operation, Operation::Delete { .. });
            if let Some(refusal) = unmet(id, expected, deletes, self.present(id)?) {
                return Ok(Some(refusal));
            }
        }
        Ok(None)
    }

    /// The record that an outcome is about and that is not there.
    fn without_record(&self, outcome: &Outcome) -> Result<Option<Refusal>, StorageFault> {
        for id in [RecordId::from(outcome.candidate.clone()), outcome.vacancy.clone().into()] {
            if matches!(self.present(&id)?, Present::Nothing) {
                return Ok(Some(Refusal::Missing { id }));
            }
        }
        Ok(None)
    }

    fn carry_out(&mut self, operation: &Operation) -> Result<ChangeNumber, StorageFault> {
        let number = self.next_change()?;
        if let Some(id) = operation.id() {
            self.drop_superseded_change(id)?;
        }
        let (id, kind) = match operation {
            Operation::Put { id, body, contact, .. } => {
                let framed = tables::seal_record(id, number, body);
                self.records(id.kind()).insert(id.as_str().as_bytes(), &framed[..])?;
                match contact {
                    ContactChange::Keep => {}
                    ContactChange::Replace(contact) => self.replace_contact(id, contact)?,
                    ContactChange::Clear => self.delete_contact(id)?,
                }
                (id.clone(), ChangeKind::Upsert)
            }
            Operation::Delete { id, .. } => {
                self.records(id.kind()).remove(id.as_str().as_bytes())?;
                self.delete_contact(id)?;
                for gone in self.outcomes.delete_of(id)? {
                    self.changes.remove(gone.0)?;
                }
                let framed = tables::seal_tombstone(id, number);
                self.tombstones.insert(&tables::full_key(id)[..], &framed[..])?;
                (id.clone(), ChangeKind::Delete)
            }
            Operation::RecordOutcome(outcome) => {
                self.outcomes.put(number, outcome)?;
                (outcome.candidate.clone().into(), ChangeKind::Outcome)
            }
        };
        let change = Change { number, id, kind };
        self.changes.insert(number.0, &tables::seal_change(&change)[..])?;
        Ok(number)
    }

    fn next_change(&self) -> Result<ChangeNumber, StorageFault> {
        let last = self.changes.last()?.map_or(0, |(number, _)| number.value());
        let next = last.checked_add(1);
        next.map(ChangeNumber)
            .ok_or_else(|| StorageFault::Damaged("the numbers of changes are used up".to_owned()))
    }

    /// Takes the earlier change of a record out of the log: the one that its version or its tombstone names.
    fn drop_superseded_change(&mut self, id: &RecordId) -> Result<(), StorageFault> {
        let deleted = self.tombstones.remove(&tables::full_key(id)[..])?;
        let deleted = deleted.map(|framed| tables::open_tombstone(id, framed.value()));
        match (self.present(id)?, deleted) {
            (Present::Nothing, None) => {}
            (Present::Version(number), None) | (Present::Nothing, Some(Ok(number))) => {
                self.changes.remove(number.0)?;
            }
            // What names the earlier change cannot be read: look for it.
            _ => self.changes.retain(|number, framed| {
                !tables::open_change(ChangeNumber(number), framed).is_ok_and(|change| {
                    change.is_some_and(|change| change.id == *id && change.kind != ChangeKind::Outcome)
                })
            })?,
        }
        Ok(())
    }

    fn replace_contact(&mut self, id: &RecordId, contact: &Contact) -> Result<(), StorageFault> {
        let mut contact = contact.clone();
        contact.keys.sort_unstable();
        contact.keys.dedup();
        let framed = tables::seal_contact(id, &contact);
        // They seldom change with the record, and each page that is written takes the disk its time.
        if self.contacts.get(&tables::full_key(id)[..])?.is_some_and(|there| there.value() == framed) {
            return Ok(());
        }
        self.delete_contact(id)?;
        for key in &contact.keys {
            self.contact_keys.insert(&tables::contact_index_key(key, id)[..], ())?;
        }
        self.contacts.insert(&tables::full_key(id)[..], &framed[..])?;
        Ok(())
    }

    fn delete_contact(&mut self, id: &RecordId) -> Result<(), StorageFault> {
        let Some(framed) = self.contacts.remove(&tables::full_key(id)[..])? else { return Ok(()) };
        let Ok(contact) = tables::open_contact(id, framed.value()) else {
            drop(framed);
            // What names the keys cannot be read: look for them.
            self.contact_keys.retain(|key, ()| {
                tables::parse_contact_index_key(key).is_none_or(|(_, found)| found != *id)
            })?;
            return Ok(());
        };
        for key in &contact.keys {
            self.contact_keys.remove(&tables::contact_index_key(key, id)[..])?;
        }
        Ok(())
    }

    fn remember(&mut self, request: &RequestKey, written: &Written, kept: u64) -> Result<(), StorageFault> {
        let next = self.request_order.last()?.map_or(0, |(number, _)| number.value()).saturating_add(1);
        self.requests.insert(request.id().as_bytes(), &tables::seal_request(request, written)[..])?;
        self.request_order.insert(next, &tables::seal_request_order(next, request.id())[..])?;
        loop {
            let oldest = self.request_order.first()?.map_or(next, |(number, _)| number.value());
            if next - oldest < kept {
                return Ok(());
            }
            self.forget(oldest)?;
        }
    }

    fn forget(&mut self, number: u64) -> Result<(), StorageFault> {
        if let Some(framed) = self.request_order.remove(number)?
            && let Some(id) = tables::open_request_order(number, framed.value())
        {
            self.requests.remove(id.as_bytes())?;
        }
        Ok(())
    }

    fn present(&self, id: &RecordId) -> Result<Present, StorageFault> {
        let table = match id.kind() {
            RecordKind::Candidate => &self.candidates,
            RecordKind::Vacancy => &self.vacancies,
        };
        let Some(framed) = table.get(id.as_str().as_bytes())? else { return Ok(Present::Nothing) };
        Ok(match tables::open_record(id, framed.value()) {
            Ok(record) => Present::Version(record.version),
            Err(ReadError::Storage(fault)) => return Err(fault),
            Err(_) => Present::Damaged,
        })
    }

    fn records(&mut self, kind: RecordKind) -> &mut Table<'txn, Bytes, Bytes> {
        match kind {
            RecordKind::Candidate => &mut self.candidates,
            RecordKind::Vacancy => &mut self.vacancies,
        }
    }
}

/// Why a record may not be written or deleted with what is there, if so.
fn unmet(id: &RecordId, expected: Expected, deletes: bool, present: Present) -> Option<Refusal> {
    let id = || id.clone();
    match (expected, present) {
        (Expected::Absent, Present::Version(version)) => Some(Refusal::Exists { id: id(), version }),
        (Expected::Present | Expected::At(_), Present::Nothing) => Some(Refusal::Missing { id: id() }),
        (_, Present::Nothing) if deletes => Some(Refusal::Missing { id: id() }),
        (Expected::At(version), Present::Version(now)) if version != now => {
            Some(Refusal::Changed { id: id(), version: now })
        }
        (Expected::Absent | Expected::At(_), Present::Damaged) => Some(Refusal::Damaged { id: id() }),
        _ => None,
    }
}
