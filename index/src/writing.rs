//! The index as its one owner sees it: apply changes, commit, hand out searchers.

use std::path::Path;
use std::time::Duration;

use tantivy::directory::Directory;
use tantivy::indexer::IndexWriterOptions;
use tantivy::{Index, IndexWriter, ReloadPolicy, SegmentMeta};

use crate::directory::META;
use crate::document::{Change, Document, MAX_TERM_BYTES};
use crate::error::{EngineError, IndexError, RebuildReason, guarded};
use crate::generations::{Generations, Pointer};
use crate::identity::{Payload, StoreIdentity};
use crate::opening;
use crate::rebuild::Rebuild;
use crate::schema::Fields;
use crate::search::Searcher;

/// Memory for documents between two flushes, in bytes. One thread: the machines have two cores, and the other one
/// answers requests.
const WRITER_MEMORY_BYTES: usize = 50_000_000;

/// How often segments with deleted documents are merged before it is given up.
const PURGE_TRIES: usize = 4;
/// How often, and after which pause, files are tried to be removed that a search keeps.
const LEFTOVER_TRIES: usize = 100;
const LEFTOVER_PAUSE: Duration = Duration::from_millis(50);

/// What opening an index came to.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "made and taken apart once per start")]
pub enum Opened {
    /// The index is whole and belongs to this store. It may be behind: apply what came after
    /// [`SearchIndex::last_committed_change`].
    Ready(SearchIndex),
    /// The index has to be derived again, with [`SearchIndex::rebuild`].
    MustRebuild(RebuildReason),
}

/// A search index, as its one writer sees it. [`Searcher`]s read it from any number of threads meanwhile.
///
/// Changes are followed in batches: [`apply`](Self::apply) them in the store's order, [`commit`](Self::commit) now and
/// then, off the path that acknowledges a write. After any error the batch since the last commit is gone and has to
/// be applied again from [`last_committed_change`](Self::last_committed_change); that is always safe.
#[derive(Debug)]
pub struct SearchIndex {
    index: Index,
    fields: Fields,
    identity: StoreIdentity,
    searcher: Searcher,
    /// None until the first change, and after an error.
    writer: Option<Writer>,
    applied: u64,
    committed: u64,
}

impl SearchIndex {
    /// Opens the index in a folder for a store at `store_last_change`, after comparing every file with its checksum.
    /// Leftovers of an interrupted rebuild are removed; nothing else is changed.
    ///
    /// # Errors
    /// [`IndexError::Folder`] where the folder itself cannot be used. Whatever is wrong with the index in it is no
    /// error but [`Opened::MustRebuild`].
    pub fn open(
        folder: impl AsRef<Path>,
        identity: &StoreIdentity,
        store_last_change: u64,
    ) -> Result<Opened, IndexError> {
        let generations = Generations::open(folder.as_ref())?;
        let generation = match generations.pointer()? {
            Pointer::At(generation) => generation,
            Pointer::Missing => return Ok(Opened::MustRebuild(RebuildReason::Missing)),
            Pointer::Unreadable { detail } => {
                return Ok(Opened::MustRebuild(RebuildReason::PointerUnreadable { detail }));
            }
        };
        generations.remove_all_but(Some(generation))?;
        let folder = generations.folder(generation);
        let opened = opening::open(&folder, identity, store_last_change).and_then(|(index, last_change)| {
            SearchIndex::new(index, identity.clone(), last_change)
                .map_err(|error| RebuildReason::Unreadable { detail: error.to_string() })
        });
        Ok(opened.map_or_else(Opened::MustRebuild, Opened::Ready))
    }

    /// Starts a new index beside the one in use, which stays until [`Rebuild::finish`].
    ///
    /// # Errors
    /// [`IndexError::Folder`] or [`IndexError::Write`] where no index can be made in the folder.
    pub fn rebuild(folder: impl AsRef<Path>, identity: &StoreIdentity) -> Result<Rebuild, IndexError> {
        Rebuild::start(folder.as_ref(), identity)
    }

    pub(crate) fn new(index: Index, identity: StoreIdentity, last_change: u64) -> Result<Self, EngineError> {
        let (_, fields) = Fields::build();
        let reader =
            guarded(|| Ok(index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?))?;
        let searcher = Searcher::new(reader, fields.clone(), last_change)?;
        Ok(Self {
            index,
            fields,
            identity,
            searcher,
            writer: None,
            applied: last_change,
            committed: last_change,
        })
    }

    /// Applies changes in the order given; they are searchable after the next commit. Changes that are already in
    /// the index may come again.
    ///
    /// # Errors
    /// [`IndexError::Write`] or [`IndexError::TermTooLong`]; what was applied since the last commit is then gone.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) -> Result<(), IndexError> {
        for change in changes {
            let result = check_terms(&change).and_then(|()| self.apply_one(&change));
            result.inspect_err(|_| self.forget())?;
            self.applied = self.applied.max(change.number());
        }
        Ok(())
    }

    /// Makes everything applied searchable and durable, and notes that the index follows the store through change
    /// `through` (which may be beyond the last change applied, where the later ones do not concern the index).
    /// Takes about 100 ms.
    ///
    /// # Errors
    /// [`IndexError::CommitBehind`] where `through` is before a change that was applied (nothing is lost then);
    /// [`IndexError::Write`] where writing failed, and what was applied since the last commit is gone.
    pub fn commit(&mut self, through: u64) -> Result<(), IndexError> {
        if through == self.committed && self.writer.as_ref().is_none_or(|writer| !writer.has_changes) {
            return Ok(());
        }
        self.commit_always(through)
    }

    /// [`commit`](Self::commit), also where nothing is new: an index without a payload does not pass as one.
    pub(crate) fn commit_always(&mut self, through: u64) -> Result<(), IndexError> {
        if through < self.applied {
            return Err(IndexError::CommitBehind { through, applied: self.applied });
        }
        let payload = Payload::new(&self.identity, through);
        let committed = self.writer().and_then(|writer| writer.commit(&payload));
        let shown = committed.and_then(|()| self.searcher.show_latest(through));
        if let Err(error) = shown {
            self.forget();
            return Err(self.write_error(&error));
        }
        self.applied = through;
        self.committed = through;
        Ok(())
    }

    /// Writes the documents that are there without those that were deleted or replaced, and removes the files that those
    /// stood in: deleted text stays in a segment until the segment is merged. What was applied is to be committed first.
    ///
    /// # Errors
    /// [`IndexError::CommitBehind`] where something is not committed; [`IndexError::Write`] where writing failed. Nothing is
    /// lost then, and the purge is to be done again.
    pub fn purge(&mut self) -> Result<(), IndexError> {
        if self.writer.as_ref().is_some_and(|writer| writer.has_changes) {
            return Err(IndexError::CommitBehind { through: self.committed, applied: self.applied });
        }
        let purged = self.merge_deletes().and_then(|()| self.remove_leftovers());
        purged.map_err(|error| {
            self.forget();
            self.write_error(&error)
        })
    }

    fn merge_deletes(&mut self) -> Result<(), EngineError> {
        for _ in 0..PURGE_TRIES {
            // A merge that runs already ends first: its segments cannot be merged a second time.
            if let Some(writer) = self.writer.take() {
                guarded(|| Ok(writer.inner.wait_merging_threads()?))?;
            }
            let index = self.index.clone();
            let segments = guarded(|| Ok(index.searchable_segment_metas()?))?;
            let with_deletes: Vec<_> = segments
                .iter()
                .filter(|segment| segment.num_deleted_docs() > 0)
                .map(SegmentMeta::id)
                .collect();
            if with_deletes.is_empty() {
                return Ok(());
            }
            let writer = self.writer()?;
            guarded(|| {
                writer.inner.merge(&with_deletes).wait()?;
                Ok(())
            })?;
        }
        Err(EngineError::Answered(tantivy::TantivyError::SystemError(
            "segments with deleted documents are left after every merge".to_owned(),
        )))
    }

    /// Removes the files of segments that were merged. A search that still runs on them keeps them: it is waited for.
    fn remove_leftovers(&mut self) -> Result<(), EngineError> {
        self.searcher.show_latest(self.committed)?;
        let index = self.index.clone();
        for _ in 0..LEFTOVER_TRIES {
            let writer = self.writer()?;
            let is_clean = guarded(|| {
                writer.inner.garbage_collect_files().wait()?;
                let used = opening::segment_files(&index, &index.searchable_segment_metas()?);
                let mut managed = index.directory().list_managed_files();
                managed.retain(|file| {
                    !used.contains(file)
                        && file != Path::new(META)
                        && index.directory().exists(file).unwrap_or(true)
                });
                Ok(managed.is_empty())
            })?;
            if is_clean {
                return Ok(());
            }
            std::thread::sleep(LEFTOVER_PAUSE);
        }
        Err(EngineError::Answered(tantivy::TantivyError::SystemError(
            "a search keeps files of the index that hold deleted documents".to_owned(),
        )))
    }

    /// The change that the index follows the store through, safely on disk.
    pub fn last_committed_change(&self) -> u64 {
        self.committed
    }

    /// A reader that always sees the last commit; cheap to clone and to share.
    pub fn searcher(&self) -> Searcher {
        self.searcher.clone()
    }

    fn apply_one(&mut self, change: &Change) -> Result<(), IndexError> {
        let (key, document) = match change {
            Change::Upsert(document) => {
                (self.fields.key_term(document.kind, &document.id), Some(self.fields.to_tantivy(document)))
            }
            Change::Delete { kind, id, .. } => (self.fields.key_term(*kind, id), None),
        };
        let written = self.writer().and_then(|writer| writer.replace(key, document));
        written.map_err(|error| self.write_error(&error))
    }

    fn writer(&mut self) -> Result<&mut Writer, EngineError> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => Writer::open(&self.index)?,
        };
        Ok(self.writer.insert(writer))
    }

    /// Drops the writer: after one failure it would go on answering `Ok` and lose documents.
    fn forget(&mut self) {
        self.writer = None;
        self.applied = self.committed;
    }

    fn write_error(&self, error: &EngineError) -> IndexError {
        IndexError::Write { detail: error.to_string(), last_committed_change: self.committed }
    }
}

/// tantivy's writer, and whether it holds something to commit.
struct Writer {
    inner: IndexWriter,
    has_changes: bool,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("has_changes", &self.has_changes).finish_non_exhaustive()
    }
}

impl Writer {
    fn open(index: &Index) -> Result<Self, EngineError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(WRITER_MEMORY_BYTES)
            .num_merge_threads(1)
            .build();
        let inner = guarded(|| Ok(index.writer_with_options(options)?))?;
        Ok(Self { inner, has_changes: false })
    }

    /// Removes what stands under the key and puts the document there: the same result however often it is done.
    fn replace(
        &mut self,
        key: tantivy::Term,
        document: Option<tantivy::TantivyDocument>,
    ) -> Result<(), EngineError> {
        self.has_changes = true;
        guarded(|| {
            self.inner.delete_term(key);
            if let Some(document) = document {
                self.inner.add_document(document)?;
            }
            Ok(())
        })
    }

    fn commit(&mut self, payload: &Payload) -> Result<(), EngineError> {
        guarded(|| {
            let payload = serde_json::to_string(payload).map_err(tantivy::TantivyError::from)?;
            let mut commit = self.inner.prepare_commit()?;
            // A commit without a payload would clear it.
            commit.set_payload(&payload);
            commit.commit()?;
            Ok(())
        })?;
        self.has_changes = false;
        Ok(())
    }
}

fn check_terms(change: &Change) -> Result<(), IndexError> {
    match change {
        Change::Delete { id, .. } => check_term("id", id, id),
        Change::Upsert(Document { id, filters, .. }) => {
            check_term("id", id, id)?;
            filters.iter().try_for_each(|(field, value)| check_term(field.name(), id, value))
        }
    }
}

fn check_term(field: &'static str, id: &str, value: &str) -> Result<(), IndexError> {
    if value.len() <= MAX_TERM_BYTES {
        return Ok(());
    }
    let id = id.chars().take(80).collect();
    Err(IndexError::TermTooLong { field, id, bytes: value.len(), max: MAX_TERM_BYTES })
}
