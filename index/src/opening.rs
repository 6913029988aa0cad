//! Opening a generation: every doubt is a reason to rebuild.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::directory::Directory;
use tantivy::directory::error::OpenReadError;
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, TantivyError};

use crate::analysis;
use crate::directory::{MANAGED, META, SealedDirectory};
use crate::error::{EngineError, RebuildReason, guarded};
use crate::identity::{Payload, StoreIdentity};
use crate::schema::Fields;

/// A new, empty index in an empty folder. It has no payload yet, so that it does not pass as an index.
pub(crate) fn create(folder: &Path) -> Result<Index, EngineError> {
    create_in(guarded(|| Ok(SealedDirectory::open(folder)?))?)
}

/// The same in a directory of another kind.
pub(crate) fn create_in(directory: impl Into<Box<dyn Directory>>) -> Result<Index, EngineError> {
    guarded(|| {
        let (schema, _) = Fields::build();
        let builder = Index::builder().schema(schema).tokenizers(tokenizers()?);
        // Made for a folder without an index, and the folder is new.
        Ok(builder.open_or_create(directory)?)
    })
}

/// Opens the index in a folder, if it is whole and belongs to this state of this store. Gives it with its last change.
pub(crate) fn open(
    folder: &Path,
    identity: &StoreIdentity,
    store_last_change: u64,
) -> Result<(Index, u64), RebuildReason> {
    let mut index = guarded(|| {
        let directory = SealedDirectory::open(folder)?;
        for file in [META, MANAGED] {
            directory.atomic_read(Path::new(file)).map_err(TantivyError::from)?;
        }
        Ok(Index::open(directory)?)
    })
    .map_err(reason)?;
    let metas = guarded(|| Ok(index.load_metas()?)).map_err(reason)?;

    let last_change = check_payload(metas.payload.as_deref(), identity)?;
    if last_change > store_last_change {
        return Err(RebuildReason::Ahead { index: last_change, store: store_last_change });
    }
    let (schema, _) = Fields::build();
    if index.schema() != schema {
        let (found, expected) = ("other fields".to_owned(), "the fields of this version".to_owned());
        return Err(RebuildReason::OtherSchema { found, expected });
    }
    let files = segment_files(&index, &metas.segments);
    for file in &files {
        check_file(&index, file)?;
    }
    remove_strays(folder, &files)?;
    index.set_tokenizers(tokenizers().map_err(|error| reason(error.into()))?);
    Ok((index, last_change))
}

fn tokenizers() -> Result<TokenizerManager, TantivyError> {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(analysis::DUTCH, analysis::dutch()?);
    tokenizers.register(analysis::WRITTEN, analysis::written()?);
    Ok(tokenizers)
}

fn check_payload(payload: Option<&str>, identity: &StoreIdentity) -> Result<u64, RebuildReason> {
    let payload = payload.ok_or(RebuildReason::PayloadMissing)?;
    let found: Payload = serde_json::from_str(payload)
        .map_err(|error| RebuildReason::PayloadUnreadable { detail: error.to_string() })?;
    let expected = Payload::new(identity, found.last_change);
    if found.store_id != expected.store_id {
        return Err(RebuildReason::OtherStore { found: found.store_id, expected: expected.store_id });
    }
    if found != expected {
        return Err(RebuildReason::OtherSchema { found: layout(&found), expected: layout(&expected) });
    }
    Ok(found.last_change)
}

fn layout(payload: &Payload) -> String {
    format!("version {} of records, {} of terms", payload.schema_version, payload.format)
}

/// The files that the segments in use consist of.
pub(crate) fn segment_files(index: &Index, segments: &[SegmentMeta]) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for segment in segments {
        for plugin in index.all_plugins() {
            let parts = plugin.extensions().iter();
            files.extend(
                parts.map(|part| segment.relative_path(SegmentComponent::Custom((*part).to_owned()))),
            );
        }
        if segment.has_deletes() {
            files.insert(segment.relative_path(SegmentComponent::Delete));
        }
    }
    files
}

/// Compares a file with its checksum. (tantivy's `Index::validate_checksum` skips what `.managed.json` does not name,
/// a removed file for instance.)
fn check_file(index: &Index, file: &Path) -> Result<(), RebuildReason> {
    let checked = guarded(|| {
        index.directory().open_read(file).map_err(TantivyError::from)?;
        Ok(index.directory().validate_checksum(file).map_err(TantivyError::from)?)
    });
    let detail = match checked {
        Ok(true) => return Ok(()),
        Ok(false) => "its checksum does not fit its content".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(RebuildReason::Damaged { file: file.display().to_string(), detail })
}

/// Removes files that no segment uses, left by a process that ended in the middle: they may hold deleted text, and
/// tantivy forgets about them.
fn remove_strays(folder: &Path, used: &BTreeSet<PathBuf>) -> Result<(), RebuildReason> {
    let unreadable = |error: std::io::Error| RebuildReason::Unreadable { detail: error.to_string() };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_name().map(Path::new) else { continue };
        let is_lock = name.extension().is_some_and(|extension| extension == "lock");
        if is_lock || name == Path::new(META) || name == Path::new(MANAGED) || used.contains(name) {
            continue;
        }
        fs::remove_file(&path).map_err(unreadable)?;
    }
    Ok(())
}

/// The file that an error is about, where tantivy names it.
fn reason(error: EngineError) -> RebuildReason {
    let detail = error.to_string();
    let file = match error {
        EngineError::Answered(TantivyError::OpenReadError(
            OpenReadError::FileDoesNotExist(path) | OpenReadError::IoError { filepath: path, .. },
        )) => path,
        _ => return RebuildReason::Unreadable { detail },
    };
    RebuildReason::Damaged { file: file.display().to_string(), detail }
}
