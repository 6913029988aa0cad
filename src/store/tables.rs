//! The tables of the database and the form of their entries.
//!
//! Keys are plain bytes: redb may panic on typed text that a damaged page turned into something else.

use super::{
    batch::{RequestKey, Written},
    error::{ReadError, RecordPart},
    frame,
    record::{
        Change, ChangeKind, ChangeNumber, Contact, ContactKey, NumberedOutcome, Record, RecordId, RecordKind,
    },
};
use crate::{
    domain::outcome::Outcome,
    wire::{self, storage::StoredOutcome},
};
use prost::Message;
use redb::{TableDefinition, TableHandle};

/// The version of everything in this file. A store with another one is refused, but for [`EARLIER`].
pub(super) const SCHEMA_VERSION: u32 = 3;
/// Versions that are brought to this one when a store is opened: 1 had no outcomes, 2 no purged changes.
pub(super) const EARLIER: [u32; 2] = [1, 2];

/// Stands for the kind of a purged change.
const PURGED: u8 = 4;

pub(super) type BytesTable = TableDefinition<'static, &'static [u8], &'static [u8]>;
pub(super) type NumberTable = TableDefinition<'static, u64, &'static [u8]>;

/// Schema version, identity, secret.
pub(super) const META: BytesTable = TableDefinition::new("meta");
/// Candidate id → version ‖ content.
pub(super) const CANDIDATES: BytesTable = TableDefinition::new("candidates");
/// Vacancy id → version ‖ content.
pub(super) const VACANCIES: BytesTable = TableDefinition::new("vacancies");
/// Kind ‖ id → contact keys ‖ content.
pub(super) const CONTACTS: BytesTable = TableDefinition::new("contacts");
/// Contact key ‖ kind ‖ id, without a value.
pub(super) const CONTACT_KEYS: TableDefinition<'static, &'static [u8], ()> =
    TableDefinition::new("contact_keys");
/// Change number → what happened to which record; only the latest change of each record.
pub(super) const CHANGES: NumberTable = TableDefinition::new("changes");
/// Kind ‖ id of a deleted record → the number of its deletion.
pub(super) const TOMBSTONES: BytesTable = TableDefinition::new("tombstones");
/// Request id → fingerprint ‖ change numbers.
pub(super) const REQUESTS: BytesTable = TableDefinition::new("requests");
/// Order of arrival → request id, so that the oldest are forgotten first.
pub(super) const REQUEST_ORDER: NumberTable = TableDefinition::new("request_order");

/// Change number → what became of a proposal.
pub(super) const OUTCOMES: NumberTable = TableDefinition::new("outcomes");
/// Kind ‖ length of the id ‖ id ‖ change number, without a value: the outcomes of a candidate and of a vacancy.
pub(super) const OUTCOME_KEYS: TableDefinition<'static, &'static [u8], ()> =
    TableDefinition::new("outcome_keys");

pub(super) fn table_of(kind: RecordKind) -> BytesTable {
    match kind {
        RecordKind::Candidate => CANDIDATES,
        RecordKind::Vacancy => VACANCIES,
    }
}

/// Kind ‖ id, where one table holds several kinds.
pub(super) fn full_key(id: &RecordId) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + id.as_str().len());
    key.push(id.kind().code());
    key.extend_from_slice(id.as_str().as_bytes());
    key
}

pub(super) fn parse_full_key(key: &[u8]) -> Option<RecordId> {
    let (kind, id) = key.split_first()?;
    RecordId::from_key(RecordKind::from_code(*kind)?, id)
}

pub(super) fn contact_index_key(key: &ContactKey, id: &RecordId) -> Vec<u8> {
    [&key.0[..], &full_key(id)].concat()
}

pub(super) fn parse_contact_index_key(key: &[u8]) -> Option<(ContactKey, RecordId)> {
    let (hash, id) = key.split_first_chunk()?;
    Some((ContactKey(*hash), parse_full_key(id)?))
}

pub(super) fn seal_meta(key: &str, value: &[u8]) -> Vec<u8> {
    frame::seal(META.name(), key.as_bytes(), &[value])
}

pub(super) fn open_meta<'a>(key: &str, framed: &'a [u8]) -> Option<&'a [u8]> {
    frame::open(META.name(), key.as_bytes(), framed)
}

pub(super) fn seal_record(id: &RecordId, version: ChangeNumber, body: &[u8]) -> Vec<u8> {
    let table = table_of(id.kind());
    frame::seal(table.name(), id.as_str().as_bytes(), &[&version.0.to_be_bytes(), body])
}

pub(super) fn open_record(id: &RecordId, framed: &[u8]) -> Result<Record, ReadError> {
    let (version, body) = frame::open(table_of(id.kind()).name(), id.as_str().as_bytes(), framed)
        .and_then(split_number)
        .ok_or_else(|| ReadError::Damaged { id: id.clone(), part: RecordPart::Record })?;
    Ok(Record { id: id.clone(), version: ChangeNumber(version), body: body.to_vec() })
}

pub(super) fn seal_contact(id: &RecordId, contact: &Contact) -> Vec<u8> {
    let count = (contact.keys.len() as u64).to_be_bytes();
    let keys: Vec<u8> = contact.keys.iter().flat_map(|key| key.0).collect();
    frame::seal(CONTACTS.name(), &full_key(id), &[&count, &keys, &contact.body])
}

pub(super) fn open_contact(id: &RecordId, framed: &[u8]) -> Result<Contact, ReadError> {
    parse_contact(id, framed).ok_or_else(|| ReadError::Damaged { id: id.clone(), part: RecordPart::Contact })
}

fn parse_contact(id: &RecordId, framed: &[u8]) -> Option<Contact> {
    let (count, rest) = split_number(frame::open(CONTACTS.name(), &full_key(id), framed)?)?;
    let length = usize::try_from(count).ok()?.checked_mul(16)?;
    let (keys, body) = rest.split_at_checked(length)?;
    let (keys, _) = keys.as_chunks::<16>();
    Some(Contact { keys: keys.iter().map(|key| ContactKey(*key)).collect(), body: body.to_vec() })
}

pub(super) fn seal_change(change: &Change) -> Vec<u8> {
    let kind = match change.kind {
        ChangeKind::Upsert => 1,
        ChangeKind::Delete => 2,
        ChangeKind::Outcome => 3,
    };
    frame::seal(CHANGES.name(), &change.number.0.to_be_bytes(), &[&[kind], &full_key(&change.id)])
}

/// The place of a change of which nothing is known any more: its number is never used again.
pub(super) fn seal_purged_change(number: ChangeNumber) -> Vec<u8> {
    frame::seal(CHANGES.name(), &number.0.to_be_bytes(), &[&[PURGED]])
}

/// A change; `None`: it was purged.
pub(super) fn open_change(number: ChangeNumber, framed: &[u8]) -> Result<Option<Change>, ReadError> {
    parse_change(number, framed).ok_or_else(|| damaged_entry("changes", number))
}

fn parse_change(number: ChangeNumber, framed: &[u8]) -> Option<Option<Change>> {
    let (kind, key) = frame::open(CHANGES.name(), &number.0.to_be_bytes(), framed)?.split_first()?;
    let kind = match *kind {
        1 => ChangeKind::Upsert,
        2 => ChangeKind::Delete,
        3 => ChangeKind::Outcome,
        PURGED => return key.is_empty().then_some(None),
        _ => return None,
    };
    Some(Some(Change { number, id: parse_full_key(key)?, kind }))
}

pub(super) fn seal_outcome(number: ChangeNumber, outcome: &Outcome) -> Vec<u8> {
    let body = wire::outcome::to_storage(outcome).encode_to_vec();
    frame::seal(OUTCOMES.name(), &number.0.to_be_bytes(), &[&body])
}

pub(super) fn open_outcome(number: ChangeNumber, framed: &[u8]) -> Result<NumberedOutcome, ReadError> {
    frame::open(OUTCOMES.name(), &number.0.to_be_bytes(), framed)
        .and_then(|body| StoredOutcome::decode(body).ok())
        .and_then(|stored| wire::outcome::from_storage(&stored))
        .map(|outcome| NumberedOutcome { number, outcome })
        .ok_or_else(|| damaged_entry("outcomes", number))
}

/// The keys under which an outcome is found: its candidate's and its vacancy's.
pub(super) fn outcome_keys(number: ChangeNumber, outcome: &Outcome) -> [Vec<u8>; 2] {
    [RecordId::from(outcome.candidate.clone()), outcome.vacancy.clone().into()]
        .map(|id| [&outcome_prefix(&id)[..], &number.0.to_be_bytes()].concat())
}

/// What the keys of a record's outcomes begin with. The length keeps "k1" apart from the beginning of "k12".
pub(super) fn outcome_prefix(id: &RecordId) -> Vec<u8> {
    let length = u16::try_from(id.as_str().len()).unwrap_or(u16::MAX);
    [&[id.kind().code()][..], &length.to_be_bytes(), id.as_str().as_bytes()].concat()
}

/// The number at the end of the key of an outcome.
pub(super) fn outcome_number(key: &[u8]) -> Option<ChangeNumber> {
    let (_, number) = key.split_last_chunk()?;
    Some(ChangeNumber(u64::from_be_bytes(*number)))
}

pub(super) fn seal_tombstone(id: &RecordId, number: ChangeNumber) -> Vec<u8> {
    frame::seal(TOMBSTONES.name(), &full_key(id), &[&number.0.to_be_bytes()])
}

pub(super) fn open_tombstone(id: &RecordId, framed: &[u8]) -> Result<ChangeNumber, ReadError> {
    match frame::open(TOMBSTONES.name(), &full_key(id), framed).and_then(split_number) {
        Some((number, [])) => Ok(ChangeNumber(number)),
        _ => Err(damaged_entry("deletions", id)),
    }
}

pub(super) fn seal_request(request: &RequestKey, written: &Written) -> Vec<u8> {
    let numbers: Vec<u8> = written.changes.iter().flat_map(|number| number.0.to_be_bytes()).collect();
    frame::seal(REQUESTS.name(), request.id().as_bytes(), &[request.fingerprint(), &numbers])
}

pub(super) fn open_request(id: &str, framed: &[u8]) -> Result<(RequestKey, Written), ReadError> {
    parse_request(id, framed).ok_or_else(|| damaged_entry("requests", id))
}

fn parse_request(id: &str, framed: &[u8]) -> Option<(RequestKey, Written)> {
    let (fingerprint, rest) = frame::open(REQUESTS.name(), id.as_bytes(), framed)?.split_first_chunk()?;
    let (numbers, []) = rest.as_chunks::<8>() else { return None };
    let changes = numbers.iter().map(|number| ChangeNumber(u64::from_be_bytes(*number))).collect();
    Some((RequestKey::from_parts(id, *fingerprint), Written { changes, repeated: true }))
}

pub(super) fn seal_request_order(number: u64, request_id: &str) -> Vec<u8> {
    frame::seal(REQUEST_ORDER.name(), &number.to_be_bytes(), &[request_id.as_bytes()])
}

pub(super) fn open_request_order(number: u64, framed: &[u8]) -> Option<&str> {
    frame::open(REQUEST_ORDER.name(), &number.to_be_bytes(), framed)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
}

pub(super) fn damaged_entry(table: &'static str, entry: impl ToString) -> ReadError {
    ReadError::DamagedEntry { table, entry: entry.to_string() }
}

fn split_number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u64::from_be_bytes(*number), rest))
}

/// The checksum at the end of a frame: bytes that nothing else has.
pub(super) fn checksum_of(framed: &[u8]) -> Option<Vec<u8>> {
    framed.last_chunk::<16>().map(|sum| sum.to_vec())
}
