//! What became of proposals: written beside the records, deleted with either of them.

use super::{
    error::StorageFault,
    record::{ChangeNumber, RecordId},
    tables::{self, OUTCOME_KEYS, OUTCOMES},
};
use crate::domain::outcome::Outcome;
use redb::{ReadableTable, Table, WriteTransaction};

/// The tables of outcomes in one transaction, open for writing.
pub(super) struct OutcomeTables<'txn> {
    outcomes: Table<'txn, u64, &'static [u8]>,
    keys: Table<'txn, &'static [u8], ()>,
}

impl<'txn> OutcomeTables<'txn> {
    /// Opens the tables, and makes those that are not there.
    pub(super) fn open(transaction: &'txn WriteTransaction) -> Result<Self, StorageFault> {
        Ok(Self { outcomes: transaction.open_table(OUTCOMES)?, keys: transaction.open_table(OUTCOME_KEYS)? })
    }

    pub(super) fn put(&mut self, number: ChangeNumber, outcome: &Outcome) -> Result<(), StorageFault> {
        self.outcomes.insert(number.0, &tables::seal_outcome(number, outcome)[..])?;
        for key in tables::outcome_keys(number, outcome) {
            self.keys.insert(&key[..], ())?;
        }
        Ok(())
    }

    /// Deletes the outcomes of a record; the numbers of the changes that recorded them.
    pub(super) fn delete_of(&mut self, id: &RecordId) -> Result<Vec<ChangeNumber>, StorageFault> {
        let numbers = self.numbers_of(id)?;
        for number in &numbers {
            let removed = self.outcomes.remove(number.0)?;
            let read = removed.map(|framed| tables::open_outcome(*number, framed.value()));
            match read {
                Some(Ok(numbered)) => {
                    for key in tables::outcome_keys(*number, &numbered.outcome) {
                        self.keys.remove(&key[..])?;
                    }
                }
                // What names the keys cannot be read: look for them.
                _ => self.keys.retain(|key, ()| tables::outcome_number(key) != Some(*number))?,
            }
        }
        Ok(numbers)
    }

    fn numbers_of(&self, id: &RecordId) -> Result<Vec<ChangeNumber>, StorageFault> {
        let prefix = tables::outcome_prefix(id);
        let mut numbers = Vec::new();
        for entry in self.keys.range::<&[u8]>(&prefix[..]..)? {
            let (key, _) = entry?;
            // A longer key with this beginning would be one of a longer id, and that has another length in front.
            if !key.value().starts_with(&prefix) {
                break;
            }
            numbers.extend(tables::outcome_number(key.value()));
        }
        Ok(numbers)
    }
}
