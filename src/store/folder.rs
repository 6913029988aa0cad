//! The data folder: who has it, and where the files stand in it.

use super::error::{OpenError, StorageFault};
use crate::durable;
use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

/// The database.
const DATABASE: &str = "store.redb";
/// A database that is being made; it gets its name when it is complete.
const UNFINISHED: &str = "store.redb.new";
/// Locked by the process that has the folder; holds its process number.
const LOCK: &str = "store.lock";

/// A data folder that this process has to itself.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    lock: File,
}

impl DataFolder {
    /// Whether a store stands in a folder.
    pub(super) fn holds_a_store(folder: &Path) -> bool {
        folder.join(DATABASE).exists()
    }

    /// Takes a folder, which is made when it is not there.
    ///
    /// # Errors
    /// When another process has it, or it cannot be made.
    pub fn take(folder: &Path) -> Result<Self, OpenError> {
        durable::make_folder(folder).map_err(|error| storage(folder, error))?;
        let lock_path = folder.join(LOCK);
        let mut options = File::options();
        let mut lock = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&lock_path)
            .map_err(|error| storage(&lock_path, error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse { folder: folder.to_owned(), pid: read_pid(&mut lock) });
            }
            Err(TryLockError::Error(error)) => return Err(storage(&lock_path, error)),
        }
        write_pid(&mut lock).map_err(|error| storage(&lock_path, error))?;
        let unfinished = folder.join(UNFINISHED);
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(storage(&unfinished, error)),
            _ => {}
        }
        Ok(Self { path: folder.to_owned(), lock })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    pub(super) fn unfinished_database(&self) -> PathBuf {
        self.path.join(UNFINISHED)
    }

    /// Removes a database that was never finished.
    pub(super) fn remove_unfinished(&self) -> io::Result<()> {
        match fs::remove_file(self.unfinished_database()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Lets the finished database take the place of the one in use, durably.
    pub(super) fn replace_database(&self) -> io::Result<()> {
        fs::rename(self.unfinished_database(), self.database())?;
        durable::sync_folder(&self.path)
    }

    /// Gives the finished database its name, so that a crash never leaves half a store behind.
    pub(super) fn finish_database(&self) -> Result<(), OpenError> {
        fs::rename(self.unfinished_database(), self.database())
            .and_then(|()| durable::sync_folder(&self.path))
            .map_err(|error| storage(&self.path, error))
    }
}

impl Drop for DataFolder {
    fn drop(&mut self) {
        // The lock ends with the file; an old number in it would mislead only a person who looks inside.
        let _ = self.lock.set_len(0);
    }
}

pub(super) fn storage(path: &Path, fault: impl Into<StorageFault>) -> OpenError {
    OpenError::Storage { path: path.to_owned(), fault: fault.into() }
}

fn read_pid(lock: &mut File) -> Option<u32> {
    let mut text = String::new();
    lock.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write_pid(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}
