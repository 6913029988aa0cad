//! Folders for contact data, and files that stand there whole or not at all, whenever the power fails.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Ends the name of a file that is being written.
const UNFINISHED: &str = ".partial";

/// Makes a folder, and those around it, for this user only: contact data will stand there. One that is there stays as
/// it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a file beside the one that stands there, makes it durable, and lets it take that one's place; the folder is
/// made where it is missing. After a crash either the old or the new file stands there, whole.
///
/// # Errors
/// When it cannot be written; then the old one stays.
pub fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut replacement = Replacement::begin(target)?;
    replacement.write_all(bytes)?;
    replacement.sync()?;
    replacement.finish()
}

/// A file that is written piece by piece beside the one that stands there. Dropped before it is finished, it leaves no
/// trace.
#[derive(Debug)]
pub struct Replacement {
    folder: PathBuf,
    target: PathBuf,
    unfinished: PathBuf,
    file: File,
    is_finished: bool,
}

impl Replacement {
    /// Begins a file that is to stand at `target`; the folder is made where it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn begin(target: &Path) -> io::Result<Self> {
        let (Some(folder), Some(name)) = (target.parent(), target.file_name().and_then(|name| name.to_str()))
        else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is no path of a file"));
        };
        make_folder(folder)?;
        remove_unfinished(folder, name)?;
        // Two processes at once do not write into one file.
        let unfinished = folder.join(format!("{name}.{}{UNFINISHED}", std::process::id()));
        let file = File::create(&unfinished)?;
        let (folder, target) = (folder.to_owned(), target.to_owned());
        Ok(Self { folder, target, unfinished, file, is_finished: false })
    }

    /// Makes what was written durable.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Lets the file take its place, after [`sync`](Self::sync): quick. After a crash either the old or the new file
    /// stands there, whole.
    ///
    /// # Errors
    /// When it cannot; then the old one stays.
    pub fn finish(mut self) -> io::Result<()> {
        fs::rename(&self.unfinished, &self.target)?;
        self.is_finished = true;
        sync_folder(&self.folder)
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if !self.is_finished {
            // What could not be finished is of no use; when it cannot be removed either, the first problem is the one to tell.
            let _ = fs::remove_file(&self.unfinished);
        }
    }
}

/// How many bytes this user may still write on the disk of a folder; `None` where the system does not say.
#[cfg(unix)]
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

/// Elsewhere the system is not asked: a write tells when the disk is full.
#[cfg(not(unix))]
pub fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// Takes room on the disk for the first `bytes` of a file, without making it longer: what is written there later is not refused
/// for want of room.
///
/// # Errors
/// When there is none, or the file system knows no such thing.
#[cfg(target_os = "linux")]
pub fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    Ok(rustix::fs::fallocate(file, rustix::fs::FallocateFlags::KEEP_SIZE, 0, bytes)?)
}

/// Elsewhere no room is taken.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn reserve(_: &File, _: u64) -> io::Result<()> {
    Ok(())
}

/// Makes new names in a folder durable.
///
/// # Errors
/// When the system cannot.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file, and its names are written with the files.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes what was left by processes that were killed while they wrote this file.
fn remove_unfinished(folder: &Path, name: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_unfinished(&path, name) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn is_unfinished(path: &Path, name: &str) -> bool {
    let own = path.file_name().and_then(|own| own.to_str());
    let process = own.and_then(|own| own.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(UNFINISHED));
    process.is_some_and(|process| !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_new_file_takes_the_old_ones_place_and_nothing_unfinished_of_it_is_left() {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        let target = data.join("table.bin");
        replace(&target, b"old").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
        }
        let others = ["other.bin.7.partial", "table.bin.partial", "table.bin.old.partial"];
        for name in others.into_iter().chain(["table.bin.7.partial"]) {
            fs::write(data.join(name), "left by a killed process, or by somebody else").unwrap();
        }
        replace(&target, b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(
            names(&data),
            ["other.bin.7.partial", "table.bin", "table.bin.old.partial", "table.bin.partial"]
        );
    }

    #[test]
    fn what_cannot_take_the_place_leaves_no_trace() {
        let folder = TempDir::new().unwrap();
        let target = folder.path().join("table.bin");
        fs::create_dir_all(target.join("a folder stands there")).unwrap();
        assert!(replace(&target, b"new").is_err());
        assert_eq!(names(folder.path()), ["table.bin"]);
        assert!(replace(&target.join("a folder stands there/.."), b"new").is_err(), "no name of a file");
    }
}
