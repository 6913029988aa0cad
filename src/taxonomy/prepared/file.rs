//! The prepared file in the data folder: put there whole by an import, read at every start.

use super::{Loaded, Prepared};
use crate::durable;
use crate::taxonomy::{EmbeddedError, Fingerprint};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Begins the file.
const MARK: &[u8; 16] = b"passend taxonomy";
/// Raised with every change of what is stored.
const FORMAT: u32 = 5;
/// Mark, format and hash.
const HEADER: usize = MARK.len() + size_of::<u32>() + blake3::OUT_LEN;

/// Why there is no taxonomy.
#[derive(Debug, thiserror::Error)]
pub enum TaxonomyError {
    /// The file cannot be read or written.
    #[error("{}: {problem}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        #[source]
        problem: io::Error,
    },
    /// The file is not as it was written.
    #[error(
        "{}: the imported taxonomy is damaged; import it again with `passend taxonomy import DIR`, or go back to the \
         built-in one with `passend taxonomy reset`", path.display()
    )]
    Damaged {
        /// Which one.
        path: PathBuf,
    },
    /// Another version of the program wrote the file.
    #[error(
        "{}: the imported taxonomy was prepared by another version of this program; import it again with `passend \
         taxonomy import DIR`, or go back to the built-in one with `passend taxonomy reset`", path.display()
    )]
    OtherFormat {
        /// Which one.
        path: PathBuf,
    },
    /// A file that comes with the program is wrong.
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
    /// The taxonomy cannot be written down.
    #[error("the taxonomy cannot be stored: {0}")]
    Encode(#[from] postcard::Error),
}

/// The taxonomy to use: the imported one of a data folder, else the embedded one.
///
/// # Errors
/// When an imported one is there and cannot be read, or is not as it was written. It is never silently passed over:
/// every recognised word would mean something else.
pub fn load(folder: &Path) -> Result<Loaded, TaxonomyError> {
    let path = path(folder);
    match fs::read(&path) {
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(Loaded::embedded()?),
        Err(problem) => Err(TaxonomyError::File { path, problem }),
        Ok(bytes) => {
            let prepared = open(&path, &bytes)?;
            let mut identity = [0; 16];
            // The hash of the body, which was held against it.
            identity.copy_from_slice(&bytes[HEADER - blake3::OUT_LEN..][..16]);
            Ok(Loaded { identity: Fingerprint(identity), ..Loaded::from(prepared) })
        }
    }
}

/// Whether a data folder has an imported taxonomy, sound or not.
pub fn is_installed(folder: &Path) -> bool {
    path(folder).exists()
}

/// Keeps a taxonomy in the data folder as the one to use.
///
/// The old one is replaced in one step: after a crash either the old or the new one stands there, whole.
///
/// # Errors
/// When the folder cannot be written; then the old one stays.
pub fn install(folder: &Path, prepared: &Prepared) -> Result<(), TaxonomyError> {
    let path = path(folder);
    let bytes = seal(prepared)?;
    durable::replace(&path, &bytes).map_err(|problem| TaxonomyError::File { path, problem })
}

/// Copies the imported taxonomy of one data folder into another.
///
/// # Errors
/// When it cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<(), TaxonomyError> {
    let (from, to) = (path(from), path(to));
    let bytes = fs::read(&from).map_err(|problem| TaxonomyError::File { path: from, problem })?;
    durable::replace(&to, &bytes).map_err(|problem| TaxonomyError::File { path: to, problem })
}

/// Removes the imported taxonomy, so that the embedded one is used. Says whether there was one.
///
/// # Errors
/// When the folder cannot be written.
pub fn reset(folder: &Path) -> Result<bool, TaxonomyError> {
    let path = path(folder);
    match fs::remove_file(&path) {
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(problem) => Err(TaxonomyError::File { path, problem }),
        Ok(()) => Ok(true),
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("taxonomy").join("prepared.bin")
}

fn seal(prepared: &Prepared) -> Result<Vec<u8>, postcard::Error> {
    let mut bytes = vec![0; HEADER];
    bytes = postcard::to_extend(prepared, bytes)?;
    let (header, body) = bytes.split_at_mut(HEADER);
    let (mark, rest) = header.split_at_mut(MARK.len());
    let (format, hash) = rest.split_at_mut(size_of::<u32>());
    mark.copy_from_slice(MARK);
    format.copy_from_slice(&FORMAT.to_le_bytes());
    hash.copy_from_slice(blake3::hash(body).as_bytes());
    Ok(bytes)
}

fn open(path: &Path, bytes: &[u8]) -> Result<Prepared, TaxonomyError> {
    let damaged = || TaxonomyError::Damaged { path: path.to_owned() };
    let (header, body) = bytes.split_at_checked(HEADER).ok_or_else(damaged)?;
    let (mark, rest) = header.split_at(MARK.len());
    let (format, hash) = rest.split_at(size_of::<u32>());
    // The hash first: a format that was flipped by damage is damage, and the body tells nothing about it.
    if mark != MARK || hash != blake3::hash(body).as_bytes() {
        return Err(damaged());
    }
    if format != FORMAT.to_le_bytes() {
        return Err(TaxonomyError::OtherFormat { path: path.to_owned() });
    }
    postcard::from_bytes(body).map_err(|_| TaxonomyError::OtherFormat { path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;
    use crate::taxonomy::{Codes, ConceptKind, LabelLanguage, LabelRole, TaxonomyBuilder};
    use tempfile::TempDir;

    fn prepared() -> Prepared {
        let mut builder = TaxonomyBuilder::new("small");
        builder.concept("s:1", ConceptKind::Skill).unwrap();
        builder.label("s:1", LabelLanguage::DUTCH, LabelRole::Preferred, "lassen").unwrap();
        let taxonomy = builder.build().unwrap();
        let codes = Codes::new([("12".to_owned(), taxonomy.find("s:1").unwrap())]);
        let origin = Origin::Imported { files: vec!["skills_nl.csv".into()] };
        Prepared::new(origin, taxonomy, &[], codes)
    }

    #[test]
    fn an_imported_taxonomy_takes_the_place_of_the_embedded_one_until_it_is_reset() {
        let folder = TempDir::new().unwrap();
        assert_eq!(load(folder.path()).unwrap().origin, Origin::Embedded);
        let data = folder.path().join("data");
        install(&data, &prepared()).unwrap();
        install(&data, &prepared()).unwrap();
        let loaded = load(&data).unwrap();
        let taxonomy = loaded.recognizer.taxonomy();
        assert_eq!((taxonomy.name(), taxonomy.len(), loaded.codes.len()), ("small", 1, 1));
        assert!(is_installed(&data) && reset(&data).unwrap());
        assert!(!is_installed(&data) && !reset(&data).unwrap());
        assert_eq!(load(&data).unwrap().origin, Origin::Embedded);
    }

    #[test]
    fn a_file_that_is_not_as_it_was_written_is_an_error_with_the_way_out() {
        let folder = TempDir::new().unwrap();
        install(folder.path(), &prepared()).unwrap();
        let path = path(folder.path());
        let whole = fs::read(&path).unwrap();
        for damage in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[damage] ^= 1;
            let error = open(&path, &flipped).unwrap_err().to_string();
            assert!(error.contains("import it again"), "byte {damage}: {error}");
            let error = open(&path, &whole[..damage]).unwrap_err();
            assert!(matches!(error, TaxonomyError::Damaged { .. }), "cut at {damage}: {error}");
        }
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(load(folder.path()).unwrap_err().to_string().contains("taxonomy reset"));
        assert!(open(&path, &whole).is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_written_keeps_the_taxonomy_in_use() {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("taxonomy"), "a file stands where the folder should be").unwrap();
        assert!(matches!(install(folder.path(), &prepared()), Err(TaxonomyError::File { .. })));
    }
}
