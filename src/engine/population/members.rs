//! The records of one kind that can be matched, with their rows in the columns.

use super::Facts;
use crate::advice::Support;
use crate::engine::labels::Labels;
use crate::rank::{
    facts::{CandidateFacts, VacancyFacts},
    sweep::NONE,
};
use crate::store::ChangeNumber;
use serde::{Deserialize, Serialize};
use std::{
    borrow::Borrow,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// A record that can be matched, with what lists are filtered by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry<F> {
    /// What is scored.
    pub(in crate::engine) facts: F,
    /// What lists are filtered by, and scores never see.
    pub(in crate::engine) labels: Labels,
    /// Requirements that are kept as text only (R9).
    pub(in crate::engine) unscored_requirements: u32,
    /// What instruments depend on, and scores never see (R16).
    pub(in crate::engine) support: Support,
    #[serde(with = "number")]
    pub(super) version: ChangeNumber,
}

/// A change's number, kept as a number.
mod number {
    use super::ChangeNumber;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(change: &ChangeNumber, serializer: S) -> Result<S::Ok, S::Error> {
        change.0.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ChangeNumber, D::Error> {
        u64::deserialize(deserializer).map(ChangeNumber)
    }
}

impl<F> Entry<F> {
    /// What is scored.
    pub fn facts(&self) -> &F {
        &self.facts
    }

    /// As written by a change.
    pub(in crate::engine) fn at(self, version: ChangeNumber) -> Self {
        Self { version, ..self }
    }

    /// The change that wrote the record.
    pub fn version(&self) -> u64 {
        self.version.0
    }

    /// Requirements that are kept as text only (R9).
    pub fn unscored_requirements(&self) -> u32 {
        self.unscored_requirements
    }

    /// What instruments depend on, and scores never see (R16).
    pub fn support(&self) -> Support {
        self.support
    }

    /// What lists are narrowed down by, and scores never see.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }
}

/// Records of one kind in the order of their ids' arrival; the order never shows in an answer. A copy of the list shares
/// its records, so that everybody at one moment is cheap to keep.
#[derive(Debug)]
pub struct Members<F> {
    pub(super) entries: Vec<Arc<Entry<F>>>,
    /// The row of each entry in the columns; [`NONE`] where it changed since.
    rows: Vec<u32>,
    /// The entry of each row of the columns; [`NONE`] where it changed since.
    entries_of_rows: Vec<u32>,
    place_of: HashMap<String, usize>,
    /// Records that are gone, by the change that took them out: a late word of an older change is no news.
    gone: HashMap<String, ChangeNumber>,
    /// Records that cannot be read: left out of every list, and counted there.
    pub(super) damaged: BTreeSet<String>,
}

impl<F> Default for Members<F> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            rows: Vec::new(),
            entries_of_rows: Vec::new(),
            place_of: HashMap::new(),
            gone: HashMap::new(),
            damaged: BTreeSet::new(),
        }
    }
}

impl<F: Facts> Members<F> {
    pub(in crate::engine) fn entries(&self) -> &[Arc<Entry<F>>] {
        &self.entries
    }

    pub(in crate::engine) fn get(&self, id: &str) -> Option<&Arc<Entry<F>>> {
        self.place_of.get(id).map(|place| &self.entries[*place])
    }

    /// Notes a record that cannot be read.
    pub(in crate::engine) fn damaged(&mut self, id: String) {
        self.damaged.insert(id);
    }

    /// Records that cannot be read.
    pub(in crate::engine) fn damaged_ids(&self) -> impl Iterator<Item = &str> {
        self.damaged.iter().map(String::as_str)
    }

    /// How many records cannot be read.
    pub(in crate::engine) fn damaged_count(&self) -> usize {
        self.damaged.len()
    }

    /// Shows a record, unless a later change of it shows already.
    pub(in crate::engine) fn put(&mut self, entry: Arc<Entry<F>>) {
        let id = entry.facts.id_text();
        self.damaged.remove(id);
        if self.gone.get(id).is_some_and(|gone| *gone > entry.version) {
            return;
        }
        match self.place_of.get(id) {
            Some(place) if self.entries[*place].version >= entry.version => {}
            Some(place) => {
                let row = std::mem::replace(&mut self.rows[*place], NONE);
                set(&mut self.entries_of_rows, row, NONE);
                self.entries[*place] = entry;
            }
            None => {
                self.place_of.insert(id.to_owned(), self.entries.len());
                self.entries.push(entry);
                self.rows.push(NONE);
            }
        }
    }

    /// The row of each entry in the columns, or [`NONE`].
    pub(in crate::engine) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The entry of each row of the columns, or [`NONE`].
    pub(in crate::engine) fn entries_of_rows(&self) -> &[u32] {
        &self.entries_of_rows
    }

    /// How many entries have no row.
    pub(in crate::engine) fn beside_the_columns(&self) -> usize {
        self.rows.iter().filter(|row| **row == NONE).count()
    }

    /// Gives each entry its row among these, which are the entries of some moment before.
    pub(in crate::engine) fn take_rows(&mut self, columns: &[Arc<Entry<F>>]) {
        self.rows.fill(NONE);
        self.entries_of_rows = vec![NONE; columns.len()];
        for (entry, row) in columns.iter().zip(0_u32..) {
            if let Some(place) = self.place_of.get(entry.facts.id_text())
                && Arc::ptr_eq(&self.entries[*place], entry)
            {
                self.rows[*place] = row;
                set(&mut self.entries_of_rows, row, number_of(*place));
            }
        }
    }

    /// Takes over which records another list has seen go.
    pub(super) fn inherit_gone(&mut self, before: &Self) {
        for (id, version) in &before.gone {
            let gone = self.gone.entry(id.clone()).or_insert(*version);
            *gone = (*gone).max(*version);
        }
    }

    /// Whether a record went by a later change than this one.
    pub(in crate::engine) fn went_after(&self, id: &str, change: ChangeNumber) -> bool {
        self.gone.get(id).is_some_and(|gone| *gone > change)
    }

    pub(super) fn remove(&mut self, id: &str, version: ChangeNumber) {
        self.gone.insert(id.to_owned(), version);
        self.damaged.remove(id);
        if self.get(id).is_some_and(|entry| entry.version < version) {
            self.take_out(id);
        }
    }

    /// Leaves a record out, as one that cannot be read, until it is written anew.
    pub(super) fn set_aside(&mut self, id: &str, version: ChangeNumber) {
        if self.get(id).is_some_and(|entry| entry.version == version) {
            self.take_out(id);
            self.damaged.insert(id.to_owned());
        }
    }

    fn take_out(&mut self, id: &str) {
        let Some(place) = self.place_of.remove(id) else { return };
        self.entries.swap_remove(place);
        let row = self.rows.swap_remove(place);
        set(&mut self.entries_of_rows, row, NONE);
        if let Some(moved) = self.entries.get(place) {
            set(&mut self.entries_of_rows, self.rows[place], number_of(place));
            self.place_of.insert(moved.facts.id_text().to_owned(), place);
        }
    }
}

/// Sets the entry of a row, where there is such a row.
fn set(entries_of_rows: &mut [u32], row: u32, entry: u32) {
    if let Some(own) = entries_of_rows.get_mut(row as usize) {
        *own = entry;
    }
}

/// More than 2³² records do not fit into the memory of any machine.
fn number_of(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

impl Borrow<CandidateFacts> for Arc<Entry<CandidateFacts>> {
    fn borrow(&self) -> &CandidateFacts {
        &self.facts
    }
}

impl Borrow<VacancyFacts> for Arc<Entry<VacancyFacts>> {
    fn borrow(&self) -> &VacancyFacts {
        &self.facts
    }
}
