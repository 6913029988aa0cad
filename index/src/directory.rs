//! The folder that tantivy works in, with what tantivy leaves out: a checksum over the control files, and a sync of
//! the folder after each commit.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// File in which tantivy keeps the segments in use and our payload: renaming it is the commit.
pub(crate) const META: &str = "meta.json";
/// File in which tantivy keeps which files are its own.
pub(crate) const MANAGED: &str = ".managed.json";

/// A line of this mark and the hash of all before it ends every sealed file.
const SEAL_MARK: &str = "blake3:";

/// A memory-mapped folder whose control files are sealed.
///
/// Segment files carry tantivy's own checksum, `meta.json` and `.managed.json` none: a flipped digit in the first is a
/// different index. And tantivy renames `meta.json` without syncing the folder afterwards, so that a power cut takes a
/// commit back that was answered `Ok`.
///
/// Readers map the segment files: who cuts one short while it is open makes the operating system end the process
/// (SIGBUS) at the next touch of the lost part. Only a directory that reads instead of mapping could prevent that.
#[derive(Debug, Clone)]
pub(crate) struct SealedDirectory<D = MmapDirectory> {
    inner: D,
}

impl SealedDirectory {
    pub(crate) fn open(folder: &Path) -> tantivy::Result<Self> {
        Ok(Self::on(MmapDirectory::open(folder)?))
    }
}

impl<D> SealedDirectory<D> {
    /// Around another directory.
    pub(crate) fn on(inner: D) -> Self {
        Self { inner }
    }
}

impl<D: Directory + Clone> Directory for SealedDirectory<D> {
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, &seal(data))?;
        // The other control file needs no sync of its own: a commit follows, or its loss costs nothing.
        if path == Path::new(META) {
            self.inner.sync_directory()?;
        }
        Ok(())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let sealed = self.inner.atomic_read(path)?;
        unseal(sealed).map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

fn seal(data: &[u8]) -> Vec<u8> {
    let mut sealed = data.to_vec();
    sealed.extend_from_slice(seal_line(data).as_bytes());
    sealed
}

fn unseal(mut sealed: Vec<u8>) -> io::Result<Vec<u8>> {
    let length = sealed.len().saturating_sub(seal_line(&[]).len());
    let (data, line) = sealed.split_at(length);
    if seal_line(data).as_bytes() != line {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum does not fit its content"));
    }
    sealed.truncate(length);
    Ok(sealed)
}

/// Of the same length for any data.
fn seal_line(data: &[u8]) -> String {
    format!("{SEAL_MARK}{}\n", blake3::hash(data).to_hex())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_sealed_comes_back(data in any::<Vec<u8>>()) {
            prop_assert_eq!(unseal(seal(&data)).unwrap(), data);
        }

        #[test]
        fn any_changed_or_missing_byte_is_noticed(data in any::<Vec<u8>>(), at in any::<prop::sample::Index>(), bits in 1..=255u8) {
            let whole = seal(&data);
            let at = at.index(whole.len());
            let mut flipped = whole.clone();
            flipped[at] ^= bits;
            prop_assert!(unseal(flipped).is_err());
            prop_assert!(unseal(whole[..at].to_vec()).is_err());
        }
    }
}
