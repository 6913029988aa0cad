//! What a running server leaves beside the lock of its data folder, so that other commands find it.

use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

const NAME: &str = "server.json";

/// Where the server of a data folder is, and how it knows that a command means this folder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct ServerFile {
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// What a command sends along; made anew at every start.
    pub(super) token: String,
    /// Its process.
    pub(super) pid: u32,
}

impl ServerFile {
    /// Reads the file of a folder; `None` when there is none, or none that can be understood.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Self>> {
        match fs::read(folder.join(NAME)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the file for this user only. It goes when what is given back goes.
    ///
    /// Only whoever has the lock of the folder may do this.
    pub(super) fn write(&self, folder: &Path) -> io::Result<Published> {
        let path = folder.join(NAME);
        let partial = folder.join("server.json.new");
        remove(&partial)?;
        let mut file = private_file(&partial)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.write_all(b"\n")?;
        drop(file);
        fs::rename(&partial, &path)?;
        Ok(Published { path })
    }

    /// Removes what a server that was killed has left. Only whoever has the lock of the folder may do this.
    pub(super) fn remove_stale(folder: &Path) -> io::Result<()> {
        remove(&folder.join(NAME))
    }
}

/// A file that stands as long as this does.
#[derive(Debug)]
#[must_use = "the file is removed when this is dropped"]
pub(super) struct Published {
    path: PathBuf,
}

impl Drop for Published {
    fn drop(&mut self) {
        // A file that stays behind misleads nobody: a command asks there, finds nobody, and says so.
        let _ = remove(&self.path);
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A new file that other users cannot read: the token stands in it.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> ServerFile {
        ServerFile { address: SocketAddr::from(([127, 0, 0, 1], 50051)), token: "ab".repeat(16), pid: 7 }
    }

    #[test]
    fn the_file_stands_as_long_as_the_server_and_is_for_this_user_only() {
        let folder = tempfile::TempDir::new().unwrap();
        assert_eq!(ServerFile::read(folder.path()).unwrap(), None);
        fs::write(folder.path().join("server.json.new"), "left by a crash").unwrap();
        let published = server().write(folder.path()).unwrap();
        assert_eq!(ServerFile::read(folder.path()).unwrap(), Some(server()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(NAME)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        drop(published);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_as_none() {
        let folder = tempfile::TempDir::new().unwrap();
        for content in ["", "{", "{\"address\": \"localhost\"}"] {
            fs::write(folder.path().join(NAME), content).unwrap();
            assert_eq!(ServerFile::read(folder.path()).unwrap(), None, "{content}");
        }
        ServerFile::remove_stale(folder.path()).unwrap();
        ServerFile::remove_stale(folder.path()).unwrap();
        assert!(!folder.path().join(NAME).exists());
    }
}
