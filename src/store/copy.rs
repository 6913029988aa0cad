//! Copies of the store: one that takes its place without what was deleted, and one for a backup.
//!
//! A page that is written over or given back keeps its bytes until something else stands there, in this file for years.
//! A copy is made from entries, so it holds nothing but entries.

use super::{
    error::StorageFault,
    record::{ChangeNumber, RecordId},
    snapshot::RedbSnapshot,
    tables::{
        self, BytesTable, CANDIDATES, CHANGES, CONTACT_KEYS, CONTACTS, META, NumberTable, OUTCOME_KEYS,
        OUTCOMES, REQUEST_ORDER, REQUESTS, TOMBSTONES, VACANCIES,
    },
    watched_file::behind_a_wall,
};
use redb::{Database, ReadTransaction, ReadableTable, TableDefinition, WriteTransaction};
use std::{
    collections::{BTreeSet, HashSet},
    time::Duration,
};

/// What is left out of a copy that takes the store's place.
#[derive(Clone, Debug, Default)]
pub struct Purge {
    /// Deleted records of which nothing stays, not even that they were deleted: each with the change that deleted it. Where
    /// the record was made again since, only what is of before goes.
    pub gone: Vec<(RecordId, ChangeNumber)>,
    /// Change numbers up to this one are never used again, whatever the store has come to.
    pub used: ChangeNumber,
}

/// What a copy came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Entries that were copied.
    pub entries: u64,
    /// Entries that were left out.
    pub left_out: u64,
    /// The last change.
    pub last_change: ChangeNumber,
    /// How long writes waited.
    pub paused: Duration,
}

/// Copies everything but what is left out into an empty database, in one durable transaction.
pub(super) fn copy(from: &ReadTransaction, to: &Database, purge: &Purge) -> Result<Copied, StorageFault> {
    behind_a_wall(|| copy_entries(from, to, purge))
}

fn copy_entries(from: &ReadTransaction, to: &Database, purge: &Purge) -> Result<Copied, StorageFault> {
    let leaving = Leaving::new(purge);
    let mut transaction = to.begin_write()?;
    transaction.set_quick_repair(true);
    let mut copied = Copied::default();
    {
        let mut copying = Copying { from, to: &transaction, copied: &mut copied };
        copying.bytes(META, |_, _| true)?;
        copying.bytes(CANDIDATES, |_, _| true)?;
        copying.bytes(VACANCIES, |_, _| true)?;
        copying.bytes(CONTACTS, |_, _| true)?;
        copying.keys(CONTACT_KEYS)?;
        copying.keys(OUTCOME_KEYS)?;
        copying.numbers(OUTCOMES, |_, _| true)?;
        copying.bytes(TOMBSTONES, |key, framed| !leaving.holds_deletion(key, framed))?;
        copying.bytes(REQUESTS, |key, _| !leaving.names(key))?;
        copying.numbers(REQUEST_ORDER, |number, framed| {
            tables::open_request_order(number, framed).is_none_or(|id| !leaving.names(id.as_bytes()))
        })?;
        copying.numbers(CHANGES, |number, _| !leaving.numbers.contains(&number))?;
        let mut changes = transaction.open_table(CHANGES)?;
        for number in &leaving.numbers {
            changes.insert(number, &tables::seal_purged_change(ChangeNumber(*number))[..])?;
        }
        let last = changes.last()?.map_or(0, |(number, _)| number.value());
        if last < purge.used.0 {
            changes.insert(purge.used.0, &tables::seal_purged_change(purge.used)[..])?;
        }
        copied.last_change = ChangeNumber(last.max(purge.used.0));
    }
    transaction.commit()?;
    // Whether it can be read as a store shows before it takes a place.
    RedbSnapshot::new(&redb::ReadableDatabase::begin_read(to)?)
        .map_err(|error| StorageFault::Damaged(error.to_string()))?;
    Ok(copied)
}

struct Copying<'a> {
    from: &'a ReadTransaction,
    to: &'a WriteTransaction,
    copied: &'a mut Copied,
}

impl Copying<'_> {
    fn bytes(&mut self, table: BytesTable, keeps: impl Fn(&[u8], &[u8]) -> bool) -> Result<(), StorageFault> {
        let mut target = self.to.open_table(table)?;
        for entry in self.from.open_table(table)?.iter()? {
            let (key, value) = entry?;
            if self.counts(keeps(key.value(), value.value())) {
                target.insert(key.value(), value.value())?;
            }
        }
        Ok(())
    }

    fn numbers(
        &mut self,
        table: NumberTable,
        keeps: impl Fn(u64, &[u8]) -> bool,
    ) -> Result<(), StorageFault> {
        let mut target = self.to.open_table(table)?;
        for entry in self.from.open_table(table)?.iter()? {
            let (key, value) = entry?;
            if self.counts(keeps(key.value(), value.value())) {
                target.insert(key.value(), value.value())?;
            }
        }
        Ok(())
    }

    fn keys(&mut self, table: TableDefinition<'static, &'static [u8], ()>) -> Result<(), StorageFault> {
        let mut target = self.to.open_table(table)?;
        for entry in self.from.open_table(table)?.iter()? {
            let (key, ()) = entry.map(|(key, value)| (key, value.value()))?;
            self.counts(true);
            target.insert(key.value(), ())?;
        }
        Ok(())
    }

    fn counts(&mut self, keeps: bool) -> bool {
        self.copied.entries += u64::from(keeps);
        self.copied.left_out += u64::from(!keeps);
        keeps
    }
}

/// What is left out, ready to be looked up.
struct Leaving {
    deletions: HashSet<(Vec<u8>, u64)>,
    numbers: BTreeSet<u64>,
    ids: Vec<Vec<u8>>,
}

impl Leaving {
    fn new(purge: &Purge) -> Self {
        Self {
            deletions: purge.gone.iter().map(|(id, number)| (tables::full_key(id), number.0)).collect(),
            numbers: purge.gone.iter().map(|(_, number)| number.0).collect(),
            ids: purge.gone.iter().map(|(id, _)| id.as_str().as_bytes().to_vec()).collect(),
        }
    }

    fn holds_deletion(&self, key: &[u8], framed: &[u8]) -> bool {
        let number = tables::parse_full_key(key).and_then(|id| tables::open_tombstone(&id, framed).ok());
        number.is_some_and(|number| self.deletions.contains(&(key.to_vec(), number.0)))
    }

    /// Whether a request's id, which its client chose, has the id of somebody in it.
    fn names(&self, request: &[u8]) -> bool {
        self.ids.iter().any(|id| has_word(request, id))
    }
}

/// Whether `text` has `word` in it, not as a part of a longer word of letters and digits.
fn has_word(text: &[u8], word: &[u8]) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    !word.is_empty()
        && text.windows(word.len()).enumerate().any(|(at, found)| {
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            found == word && !is_part(before) && !is_part(text.get(at + word.len()))
        })
}

#[cfg(test)]
mod tests {
    use super::has_word;

    #[test]
    fn a_request_names_a_person_by_the_whole_id_only() {
        assert!(has_word(b"delete-k1", b"k1") && has_word(b"k1", b"k1") && has_word(b"k12/k1/x", b"k1"));
        assert!(!has_word(b"delete-k12", b"k1") && !has_word(b"ak1", b"k1") && !has_word(b"", b"k1"));
    }
}
