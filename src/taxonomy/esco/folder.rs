//! The files of a folder and the folders in it.

use super::EscoError;
use std::fs;
use std::path::{Path, PathBuf};

/// Most files: ESCO in 30 languages has 350.
const FILES: usize = 2_000;
/// Most folders in one another.
const DEPTH: usize = 16;

/// A file of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoundFile {
    /// Its path in the folder, with `/` between the names.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
}

/// Every file, in the order of the paths. Links to folders are not followed.
pub(super) fn files(folder: &Path) -> Result<Vec<FoundFile>, EscoError> {
    let unreadable = |path: &Path, problem| EscoError::Unreadable { path: path.to_owned(), problem };
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((path, prefix, depth)) = folders.pop() {
        for entry in fs::read_dir(&path).map_err(|problem| unreadable(&path, problem))? {
            let entry = entry.map_err(|problem| unreadable(&path, problem))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(|problem| unreadable(&path, problem))?;
            if kind.is_dir() {
                if depth < DEPTH {
                    folders.push((entry.path(), format!("{name}/"), depth + 1));
                }
            } else if fs::metadata(entry.path()).is_ok_and(|target| target.is_file()) {
                found.push(FoundFile { name, path: entry.path() });
                if found.len() > FILES {
                    return Err(EscoError::TooManyFiles { path: folder.to_owned(), most: FILES });
                }
            }
        }
    }
    found.sort();
    Ok(found)
}
