//! What a run over everybody needs of the engine besides a snapshot.

use super::{Engine, EngineError, snapshot::Snapshot};
use crate::domain::text::CandidateId;
use crate::rank::{PoolState, order::TieSecret};
use crate::store::{ChangeKind, ChangeNumber, RecordId};
use std::{collections::BTreeSet, path::Path};

impl Engine {
    /// The secret of the store that orders ties (R17).
    pub fn tie_secret(&self) -> &TieSecret {
        self.store().secret().tie_order()
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Who was erased since a snapshot, even where somebody of the same id was delivered again.
    ///
    /// # Errors
    /// When the log of changes cannot be read.
    pub fn gone_since(&self, snapshot: &Snapshot) -> Result<BTreeSet<String>, EngineError> {
        let mut gone: BTreeSet<String> = BTreeSet::new();
        let now = self.store().snapshot()?;
        for change in now.changes_after(ChangeNumber(snapshot.change()))? {
            let change = change?;
            if let (ChangeKind::Delete, RecordId::Candidate(id)) = (change.kind, change.id) {
                gone.insert(id.as_str().to_owned());
            }
        }
        let population = self.population();
        let is_erased = |id: &&CandidateId| {
            let now = population.candidates.get(id.as_str());
            gone.contains(id.as_str()) || now.is_none_or(|entry| entry.facts().pool() == PoolState::Erased)
        };
        let people = snapshot.people().iter().map(|person| person.facts().id());
        Ok(people.filter(is_erased).map(|id| id.as_str().to_owned()).collect())
    }
}
