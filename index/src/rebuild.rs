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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::testing::{built, candidate, find, identity, ids, opened, region};
    use crate::{MAX_TERM_BYTES, TextField};

    fn kok() -> Change {
        Change::Upsert(candidate("k9", 9).with_text(TextField::Title, "Kok"))
    }

    fn generations(folder: &Path) -> Vec<String> {
        let names =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    /// Ends a rebuild at a point as a killed process would: nothing is dropped in order.
    fn killed(folder: &Path, until: impl FnOnce(&mut Rebuild)) {
        let mut rebuild = SearchIndex::rebuild(folder, &identity()).unwrap();
        until(&mut rebuild);
        std::mem::forget(rebuild);
    }

    #[test]
    fn interrupted_before_the_pointer_moves_it_leaves_the_old_index() {
        let steps: [fn(&mut Rebuild); 5] = [
            |_| (),
            |rebuild| rebuild.apply([kok()]).unwrap(),
            |rebuild| {
                rebuild.apply([kok()]).unwrap();
                rebuild.index.commit_always(9).unwrap();
            },
            |rebuild| {
                rebuild.index.commit_always(9).unwrap();
                let root = rebuild.generations.folder(2).parent().unwrap().to_owned();
                fs::write(root.join("current.new"), "genera").unwrap();
            },
            |rebuild| {
                let root = rebuild.generations.folder(2).parent().unwrap().to_owned();
                fs::write(root.join("current.new"), "generation-2\n").unwrap();
            },
        ];
        for (number, step) in steps.into_iter().enumerate() {
            let folder = tempfile::tempdir().unwrap();
            drop(built(folder.path(), region()));
            killed(folder.path(), step);
            assert!(generations(folder.path()).contains(&"generation-2".to_owned()));
            let index = opened(folder.path());
            assert_eq!(index.last_committed_change(), 4, "step {number}");
            assert_eq!(ids(&find(&index, "verzorgende")), ["k1", "k2"], "step {number}");
            assert_eq!(generations(folder.path()), ["current", "generation-1"], "step {number}");
        }
    }

    #[test]
    fn interrupted_after_the_pointer_moved_it_leaves_the_new_index() {
        let folder = tempfile::tempdir().unwrap();
        drop(built(folder.path(), region()));
        killed(folder.path(), |rebuild| {
            rebuild.apply([kok()]).unwrap();
            rebuild.index.commit_always(9).unwrap();
            rebuild.generations.point_at(2).unwrap();
        });
        let index = opened(folder.path());
        assert_eq!((index.last_committed_change(), find(&index, "kok").total), (9, 1));
        assert_eq!(find(&index, "verzorgende").total, 0);
        assert_eq!(generations(folder.path()), ["current", "generation-2"]);
    }

    #[test]
    fn a_pointer_to_a_half_made_generation_does_not_pass() {
        let folder = tempfile::tempdir().unwrap();
        killed(folder.path(), |rebuild| {
            rebuild.apply([kok()]).unwrap();
            rebuild.generations.point_at(1).unwrap();
        });
        assert_eq!(crate::testing::must_rebuild(folder.path()), crate::RebuildReason::PayloadMissing);
    }

    #[test]
    fn searchers_of_the_old_index_go_on_after_it_was_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let old = built(folder.path(), region());
        let new = built(folder.path(), vec![kok()]);
        assert_eq!(generations(folder.path()), ["current", "generation-2"]);
        assert_eq!(ids(&find(&old, "verzorgende")), ["k1", "k2"]);
        assert_eq!(ids(&find(&new, "kok")), ["k9"]);
    }

    #[test]
    fn a_rebuild_that_failed_once_cannot_be_finished() {
        let folder = tempfile::tempdir().unwrap();
        drop(built(folder.path(), region()));
        let mut rebuild = SearchIndex::rebuild(folder.path(), &identity()).unwrap();
        rebuild.apply([Change::Upsert(candidate(&"x".repeat(MAX_TERM_BYTES + 1), 1))]).unwrap_err();
        rebuild.apply([kok()]).unwrap_err();
        rebuild.finish(9).unwrap_err();
        assert_eq!(opened(folder.path()).last_committed_change(), 4);
    }
}
