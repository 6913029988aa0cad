//! Generations of the index on disk: one folder each, and a pointer file that names the one in use.
//!
//! The pointer is replaced by one rename, so a process that ends anywhere in between leaves the old generation or the
//! new one in use, never none and never a half one. What is not in use is removed at the next start.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::IndexError;

const POINTER: &str = "current";
const NEW_POINTER: &str = "current.new";
const PREFIX: &str = "generation-";
/// Ends the name of a generation that is being removed.
const GONE: &str = ".gone";

/// What the pointer file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pointer {
    Missing,
    Unreadable { detail: String },
    At(u64),
}

/// The folder that holds the generations.
#[derive(Debug, Clone)]
pub(crate) struct Generations {
    root: PathBuf,
}

impl Generations {
    /// Uses the folder, and makes it where it is missing.
    pub(crate) fn open(root: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(root).map_err(|error| folder_error(root, "made", error))?;
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn folder(&self, generation: u64) -> PathBuf {
        self.root.join(format!("{PREFIX}{generation}"))
    }

    pub(crate) fn pointer(&self) -> Result<Pointer, IndexError> {
        let path = self.root.join(POINTER);
        let content = match fs::read(&path) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Pointer::Missing),
            Err(error) => return Err(folder_error(&path, "read", error)),
        };
        let text = String::from_utf8_lossy(&content);
        let generation = text.strip_suffix('\n').and_then(parse_name);
        Ok(match generation {
            Some(generation) => Pointer::At(generation),
            None => Pointer::Unreadable {
                detail: format!("it does not name a generation: {:.80}", text.escape_debug().to_string()),
            },
        })
    }

    /// Makes an empty folder for the next generation.
    pub(crate) fn make_next(&self) -> Result<u64, IndexError> {
        // A pointer to a folder that is not there may get that folder now: until it is finished, its content does not
        // pass as an index.
        let highest = self.all()?.into_iter().max().unwrap_or(0);
        let next = highest.checked_add(1).ok_or_else(|| {
            folder_error(&self.root, "extended", io::Error::other("its generations have the highest number"))
        })?;
        let folder = self.folder(next);
        fs::create_dir(&folder).map_err(|error| folder_error(&folder, "made", error))?;
        sync(&self.root)?;
        Ok(next)
    }

    /// Puts a generation in use, durably.
    pub(crate) fn point_at(&self, generation: u64) -> Result<(), IndexError> {
        let new = self.root.join(NEW_POINTER);
        let written = File::create(&new).and_then(|mut file| {
            file.write_all(format!("{PREFIX}{generation}\n").as_bytes())?;
            file.sync_all()
        });
        written.map_err(|error| folder_error(&new, "written", error))?;
        let pointer = self.root.join(POINTER);
        fs::rename(&new, &pointer).map_err(|error| folder_error(&pointer, "replaced", error))?;
        sync(&self.root)
    }

    /// Removes every generation but one, and an unfinished pointer. Files that are not ours stay.
    pub(crate) fn remove_all_but(&self, kept: Option<u64>) -> Result<(), IndexError> {
        for name in self.names()? {
            if name.strip_suffix(GONE).and_then(parse_name).is_some() {
                remove_folder(&self.root.join(name))?;
            }
        }
        for generation in self.all()?.into_iter().filter(|generation| Some(*generation) != kept) {
            // Under another name first: a merge that still runs for it finds no place to write to any more.
            let folder = self.folder(generation);
            let gone = self.root.join(format!("{PREFIX}{generation}{GONE}"));
            fs::rename(&folder, &gone).map_err(|error| folder_error(&folder, "removed", error))?;
            remove_folder(&gone)?;
        }
        let new = self.root.join(NEW_POINTER);
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(folder_error(&new, "removed", error))
            }
            _ => sync(&self.root),
        }
    }

    fn all(&self) -> Result<Vec<u64>, IndexError> {
        Ok(self.names()?.iter().filter_map(|name| parse_name(name)).collect())
    }

    /// Names in the folder that could be ours.
    fn names(&self) -> Result<Vec<String>, IndexError> {
        let unreadable = |error| folder_error(&self.root, "read", error);
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.root).map_err(unreadable)? {
            names.extend(entry.map_err(unreadable)?.file_name().into_string().ok());
        }
        Ok(names)
    }
}

fn remove_folder(folder: &Path) -> Result<(), IndexError> {
    fs::remove_dir_all(folder).map_err(|error| folder_error(folder, "removed", error))
}

/// Only names that [`Generations::folder`] gives.
fn parse_name(name: &str) -> Option<u64> {
    let digits = name.strip_prefix(PREFIX)?;
    let generation: u64 = digits.parse().ok()?;
    (generation.to_string() == digits).then_some(generation)
}

#[cfg(not(windows))]
fn sync(folder: &Path) -> Result<(), IndexError> {
    let synced = File::open(folder).and_then(|opened| opened.sync_all());
    synced.map_err(|error| folder_error(folder, "synced", error))
}

/// Windows syncs folder entries itself and refuses to open a folder as a file.
#[cfg(windows)]
fn sync(_folder: &Path) -> Result<(), IndexError> {
    Ok(())
}

pub(crate) fn folder_error(path: &Path, action: &'static str, source: io::Error) -> IndexError {
    IndexError::Folder { path: path.to_owned(), action, source }
}
