//! Deriving the index again, beside the one in use.

use std::path::Path;

use crate::document::Change;
use crate::error::IndexError;
use crate::generations::Generations;
use crate::identity::StoreIdentity;
use crate::opening;
use crate::writing::SearchIndex;

/// A new generation of the index, not in use yet. Ending the process, or dropping this, leaves the old generation as
/// it was; what was made so far is removed at the next [`SearchIndex::open`] or [`Rebuild::finish`].
#[derive(Debug)]
pub struct Rebuild {
    generations: Generations,
    generation: u64,
    index: SearchIndex,
    /// Set by the first failure: what was applied before it is gone.
    failure: Option<String>,
}

impl Rebuild {
    pub(crate) fn start(folder: &Path, identity: &StoreIdentity) -> Result<Self, IndexError> {
        let generations = Generations::open(folder)?;
        let generation = generations.make_next()?;
        let index = opening::create(&generations.folder(generation))
            .and_then(|index| SearchIndex::new(index, identity.clone(), 0))
            .map_err(|error| IndexError::Write { detail: error.to_string(), last_committed_change: 0 })?;
        Ok(Self { generations, generation, index, failure: None })
    }

    /// Adds the records of the store, in any order; a record that comes twice counts as it came last.
    ///
    /// # Errors
    /// As [`SearchIndex::apply`]. The rebuild is then of no use: drop it and start another.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) -> Result<(), IndexError> {
        self.check()?;
        self.index.apply(changes).inspect_err(|error| self.failure = Some(error.to_string()))
    }

    /// Makes the new index durable at the store's change `last_change`, puts it in use in one atomic step, and removes
    /// the old one. Searchers of the old index go on seeing what they saw.
    ///
    /// # Errors
    /// As [`SearchIndex::commit`], and [`IndexError::Folder`]; the old index is then still in use.
    pub fn finish(mut self, last_change: u64) -> Result<SearchIndex, IndexError> {
        self.check()?;
        self.index.commit_always(last_change)?;
        self.generations.point_at(self.generation)?;
        // Where a file is still in use, as on Windows, the next open removes it.
        let _ = self.generations.remove_all_but(Some(self.generation));
        Ok(self.index)
    }

    fn check(&self) -> Result<(), IndexError> {
        match &self.failure {
            Some(detail) => Err(IndexError::Write { detail: detail.clone(), last_committed_change: 0 }),
            None => Ok(()),
        }
    }
}
