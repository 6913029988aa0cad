//! Mending a store whose file is sound and whose entries are not: what does not bear its checksum is taken out and handed
//! over, and what can be derived is derived again.

use super::{
    error::StorageFault,
    record::{Change, ChangeKind, ChangeNumber, RecordId, RecordKind},
    tables::{
        self, CHANGES, CONTACT_KEYS, CONTACTS, OUTCOME_KEYS, OUTCOMES, REQUEST_ORDER, REQUESTS, TOMBSTONES,
    },
};
use redb::{ReadableTable, WriteTransaction};
use std::collections::{BTreeMap, BTreeSet};

/// An entry that was taken out: it may hold data of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// The table.
    pub table: &'static str,
    /// Whose it is; `None` where the key cannot be read either.
    pub id: Option<RecordId>,
    /// Its key.
    pub key: Vec<u8>,
    /// What stood there.
    pub value: Vec<u8>,
}

/// Contents never reach a log.
impl std::fmt::Debug for Quarantined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { table, id, value, .. } = self;
        write!(f, "Quarantined({table}, {id:?}, {} bytes, not shown)", value.len())
    }
}

/// What a repair did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// What was taken out.
    pub quarantined: Vec<Quarantined>,
    /// Remembered requests that were forgotten.
    pub requests: u64,
    /// Entries of the log of changes, keys and orders that were made anew.
    pub derived: u64,
}

/// Mends the tables of a transaction, which is then to be committed.
pub(super) fn repair(transaction: &WriteTransaction) -> Result<Mended, StorageFault> {
    let mut mended = Mended::default();
    let last = transaction.open_table(CHANGES)?.last()?.map_or(0, |(number, _)| number.value());
    let mut changes = BTreeMap::new();
    for kind in RecordKind::ALL {
        records(transaction, kind, &mut mended, &mut changes)?;
    }
    let living: BTreeSet<RecordId> = changes.values().map(|change: &Change| change.id.clone()).collect();
    contacts(transaction, &living, &mut mended)?;
    outcomes(transaction, &living, &mut mended, &mut changes)?;
    deletions(transaction, &living, last, &mut mended, &mut changes)?;
    log_of_changes(transaction, last, &mut mended, &changes)?;
    requests(transaction, &mut mended)?;
    Ok(mended)
}

fn records(
    transaction: &WriteTransaction,
    kind: RecordKind,
    mended: &mut Mended,
    changes: &mut BTreeMap<u64, Change>,
) -> Result<(), StorageFault> {
    let mut table = transaction.open_table(tables::table_of(kind))?;
    let mut bad = Vec::new();
    for entry in table.iter()? {
        let (key, framed) = entry?;
        let id = RecordId::from_key(kind, key.value());
        match id.as_ref().map(|id| tables::open_record(id, framed.value())) {
            Some(Ok(record)) => {
                let (number, id) = (record.version, record.id);
                changes.insert(number.0, Change { number, id, kind: ChangeKind::Upsert });
            }
            _ => bad.push(taken(kind_name(kind), id, key.value(), framed.value())),
        }
    }
    for entry in &bad {
        table.remove(&entry.key[..])?;
    }
    mended.quarantined.extend(bad);
    Ok(())
}

fn kind_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Candidate => "candidates",
        RecordKind::Vacancy => "vacancies",
    }
}

fn taken(table: &'static str, id: Option<RecordId>, key: &[u8], value: &[u8]) -> Quarantined {
    Quarantined { table, id, key: key.to_vec(), value: value.to_vec() }
}

fn contacts(
    transaction: &WriteTransaction,
    living: &BTreeSet<RecordId>,
    mended: &mut Mended,
) -> Result<(), StorageFault> {
    let mut table = transaction.open_table(CONTACTS)?;
    let (mut bad, mut keys) = (Vec::new(), BTreeSet::new());
    for entry in table.iter()? {
        let (key, framed) = entry?;
        let id = tables::parse_full_key(key.value());
        let contact =
            id.as_ref().filter(|id| living.contains(id)).map(|id| tables::open_contact(id, framed.value()));
        match (contact, &id) {
            (Some(Ok(contact)), Some(id)) => {
                keys.extend(contact.keys.iter().map(|key| tables::contact_index_key(key, id)));
            }
            _ => bad.push(taken("contacts", id, key.value(), framed.value())),
        }
    }
    for entry in &bad {
        table.remove(&entry.key[..])?;
    }
    mended.quarantined.extend(bad);
    mended.derived += same_keys(&mut transaction.open_table(CONTACT_KEYS)?, &keys)?;
    Ok(())
}

fn outcomes(
    transaction: &WriteTransaction,
    living: &BTreeSet<RecordId>,
    mended: &mut Mended,
    changes: &mut BTreeMap<u64, Change>,
) -> Result<(), StorageFault> {
    let mut table = transaction.open_table(OUTCOMES)?;
    let (mut bad, mut keys) = (Vec::new(), BTreeSet::new());
    for entry in table.iter()? {
        let (number, framed) = entry?;
        let number = ChangeNumber(number.value());
        let read = tables::open_outcome(number, framed.value()).ok();
        let candidate = read.as_ref().map(|read| RecordId::from(read.outcome.candidate.clone()));
        let whole = read.filter(|read| {
            [RecordId::from(read.outcome.candidate.clone()), read.outcome.vacancy.clone().into()]
                .iter()
                .all(|id| living.contains(id))
        });
        match (whole, candidate) {
            (Some(read), Some(id)) => {
                keys.extend(tables::outcome_keys(number, &read.outcome));
                changes.insert(number.0, Change { number, id, kind: ChangeKind::Outcome });
            }
            (_, id) => bad.push((number, taken("outcomes", id, &number.0.to_be_bytes(), framed.value()))),
        }
    }
    for (number, _) in &bad {
        table.remove(number.0)?;
    }
    mended.quarantined.extend(bad.into_iter().map(|(_, entry)| entry));
    mended.derived += same_keys(&mut transaction.open_table(OUTCOME_KEYS)?, &keys)?;
    Ok(())
}

/// Keeps that a record was deleted even where the number of its deletion cannot be read: whoever was erased stays it.
fn deletions(
    transaction: &WriteTransaction,
    living: &BTreeSet<RecordId>,
    last: u64,
    mended: &mut Mended,
    changes: &mut BTreeMap<u64, Change>,
) -> Result<(), StorageFault> {
    let mut table = transaction.open_table(TOMBSTONES)?;
    let (mut bad, mut next) = (Vec::new(), last);
    for entry in table.iter()? {
        let (key, framed) = entry?;
        let id = tables::parse_full_key(key.value()).filter(|id| !living.contains(id));
        match id.map(|id| (tables::open_tombstone(&id, framed.value()), id)) {
            Some((Ok(number), id)) if !changes.contains_key(&number.0) => {
                changes.insert(number.0, Change { number, id, kind: ChangeKind::Delete });
            }
            unreadable => bad.push((key.value().to_vec(), unreadable.map(|(_, id)| id))),
        }
    }
    for (key, id) in bad {
        table.remove(&key[..])?;
        mended.derived += 1;
        if let Some(id) = id {
            next = next.saturating_add(1);
            let number = ChangeNumber(next);
            table.insert(&key[..], &tables::seal_tombstone(&id, number)[..])?;
            changes.insert(next, Change { number, id, kind: ChangeKind::Delete });
        }
    }
    Ok(())
}

fn log_of_changes(
    transaction: &WriteTransaction,
    last: u64,
    mended: &mut Mended,
    changes: &BTreeMap<u64, Change>,
) -> Result<(), StorageFault> {
    let mut table = transaction.open_table(CHANGES)?;
    let mut wrong = Vec::new();
    let mut held = BTreeSet::new();
    for entry in table.iter()? {
        let (number, framed) = entry?;
        let number = number.value();
        match tables::open_change(ChangeNumber(number), framed.value()) {
            Ok(Some(change)) if changes.get(&number) == Some(&change) => drop(held.insert(number)),
            Ok(None) if !changes.contains_key(&number) => {}
            _ => wrong.push(number),
        }
    }
    for number in wrong {
        // The number stays used, and so does the last one.
        table.insert(number, &tables::seal_purged_change(ChangeNumber(number))[..])?;
        mended.derived += 1;
    }
    for (number, change) in changes.iter().filter(|(number, _)| !held.contains(number)) {
        table.insert(number, &tables::seal_change(change)[..])?;
        mended.derived += 1;
    }
    let end = table.last()?.map_or(0, |(number, _)| number.value());
    if end < last {
        table.insert(last, &tables::seal_purged_change(ChangeNumber(last))[..])?;
    }
    Ok(())
}

fn requests(transaction: &WriteTransaction, mended: &mut Mended) -> Result<(), StorageFault> {
    let mut order = transaction.open_table(REQUEST_ORDER)?;
    let mut table = transaction.open_table(REQUESTS)?;
    let mut whole = BTreeSet::new();
    let mut bad = Vec::new();
    for entry in table.iter()? {
        let (key, framed) = entry?;
        match std::str::from_utf8(key.value())
            .ok()
            .filter(|id| tables::open_request(id, framed.value()).is_ok())
        {
            Some(id) => drop(whole.insert(id.to_owned())),
            None => bad.push(key.value().to_vec()),
        }
    }
    let (mut ordered, mut stray) = (BTreeSet::new(), Vec::new());
    for entry in order.iter()? {
        let (number, framed) = entry?;
        let id = tables::open_request_order(number.value(), framed.value()).filter(|id| whole.contains(*id));
        match id {
            Some(id) if !ordered.contains(id) => drop(ordered.insert(id.to_owned())),
            _ => stray.push(number.value()),
        }
    }
    bad.extend(whole.difference(&ordered).map(|id| id.as_bytes().to_vec()));
    for key in &bad {
        table.remove(&key[..])?;
    }
    for number in &stray {
        order.remove(number)?;
    }
    mended.requests += bad.len() as u64;
    mended.derived += stray.len() as u64;
    Ok(())
}

/// Makes a table of keys hold these keys and no others; how many were wrong.
fn same_keys(
    table: &mut redb::Table<'_, &'static [u8], ()>,
    keys: &BTreeSet<Vec<u8>>,
) -> Result<u64, StorageFault> {
    let mut held = BTreeSet::new();
    for entry in table.iter()? {
        held.insert(entry?.0.value().to_vec());
    }
    for stray in held.difference(keys) {
        table.remove(&stray[..])?;
    }
    for missing in keys.difference(&held) {
        table.insert(&missing[..], ())?;
    }
    Ok(held.symmetric_difference(keys).count() as u64)
}
