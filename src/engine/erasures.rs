//! Who was erased, remembered by a keyed hash in a file beside the store: a backup never brings an erased person back.
//!
//! A line holds the hash of the id, the change that erased the person, the day and a checksum; the file only grows. A line
//! that was cut off by a power failure is passed over: its erasure is still a deletion in the store and is noted again.

use crate::{
    durable,
    store::{ChangeNumber, RecordId, StoreIdentity, StoreSecret},
};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// The file in a data folder.
pub(super) const FILE: &str = "erasures.log";
const HEAD: &str = "passend-erasures-1";

/// Hashes of erased people, each with the last change that erased them.
pub(super) type Hashes = BTreeMap<[u8; 32], u64>;

/// The file of a data folder.
#[derive(Debug)]
pub(super) struct Erasures {
    path: PathBuf,
    store: StoreIdentity,
    known: Mutex<Hashes>,
}

impl Erasures {
    /// Opens the file of a folder; it is made at the first erasure.
    ///
    /// # Errors
    /// When it is there and cannot be read, or belongs to another store.
    pub(super) fn open(folder: &Path, store: &StoreIdentity) -> io::Result<Self> {
        let path = folder.join(FILE);
        let known = Mutex::new(read(&path, store)?);
        Ok(Self { path, store: store.clone(), known })
    }

    /// Remembers people, durably when this returns.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn note<'a>(
        &self,
        secret: &StoreSecret,
        people: impl IntoIterator<Item = (&'a RecordId, ChangeNumber)>,
    ) -> io::Result<()> {
        let hashed = people.into_iter().map(|(id, change)| (secret.erased(id.as_str()), change.0));
        self.add(hashed.collect())
    }

    /// Remembers whom another file names, durably when this returns.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn add(&self, hashes: Hashes) -> io::Result<()> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let news: Hashes = hashes
            .into_iter()
            .filter(|(hash, change)| known.get(hash).is_none_or(|known| known < change))
            .collect();
        if news.is_empty() {
            return Ok(());
        }
        let is_new = !self.path.exists();
        let mut file = File::options().create(true).append(true).open(&self.path)?;
        // A line that was cut off stays one.
        let mut lines = if is_new { head(&self.store) } else { "\n".to_owned() };
        for (hash, change) in &news {
            lines.push_str(&line(hash, *change));
        }
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        if is_new && let Some(folder) = self.path.parent() {
            durable::sync_folder(folder)?;
        }
        known.extend(news);
        Ok(())
    }

    /// Everybody who was erased.
    pub(super) fn known(&self) -> Hashes {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Reads a file; one that is not there names nobody.
///
/// # Errors
/// When it cannot be read or belongs to another store.
pub(super) fn read(path: &Path, store: &StoreIdentity) -> io::Result<Hashes> {
    let text = match fs::read(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Hashes::new()),
        Err(error) => return Err(error),
    };
    let mut lines = text.split_inclusive('\n');
    if lines.next() != Some(head(store).as_str()) {
        let told = format!("{} does not name erased people of this store", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidData, told));
    }
    let mut hashes = Hashes::new();
    let mut damaged = 0;
    for line in lines.filter(|line| *line != "\n") {
        match parsed(line) {
            Some((hash, change)) => {
                let last = hashes.entry(hash).or_insert(change);
                *last = (*last).max(change);
            }
            None => damaged += 1,
        }
    }
    if damaged > 0 {
        tracing::warn!(path = %path.display(), damaged, "lines of erased people cannot be read");
    }
    Ok(hashes)
}

fn head(store: &StoreIdentity) -> String {
    format!("{HEAD} {}\n", hexadecimal(&store.id))
}

fn line(hash: &[u8; 32], change: u64) -> String {
    let told = format!("{} {change}", hexadecimal(hash));
    format!("{told} {}\n", sum(&told))
}

fn parsed(line: &str) -> Option<([u8; 32], u64)> {
    let (told, checksum) = line.strip_suffix('\n')?.rsplit_once(' ')?;
    if sum(told) != checksum {
        return None;
    }
    let (digits, change) = told.split_once(' ')?;
    let mut hash = [0; 32];
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some((hash, change.parse().ok()?))
}

fn sum(told: &str) -> String {
    hexadecimal(&blake3::hash(told.as_bytes()).as_bytes()[..8])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    fn store(id: u8) -> StoreIdentity {
        StoreIdentity { id: [id; 16], created: SystemTime::UNIX_EPOCH }
    }

    #[test]
    fn whoever_was_noted_is_known_after_a_line_that_was_cut_off_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let erasures = Erasures::open(folder.path(), &store(1)).unwrap();
        assert!(!path.exists());
        erasures.add(Hashes::from([([7; 32], 3)])).unwrap();
        let whole = fs::read(&path).unwrap();
        erasures.add(Hashes::from([([8; 32], 4)])).unwrap();
        let longer = fs::read(&path).unwrap();
        // Without its last byte the line is whole again as soon as another one follows.
        for cut in whole.len() + 2..longer.len() - 1 {
            fs::write(&path, &longer[..cut]).unwrap();
            let again = Erasures::open(folder.path(), &store(1)).unwrap();
            assert_eq!(again.known(), Hashes::from([([7; 32], 3)]), "cut at {cut}");
            again.add(Hashes::from([([7; 32], 2), ([9; 32], 5)])).unwrap();
            let known = Hashes::from([([7; 32], 3), ([9; 32], 5)]);
            assert_eq!(read(&path, &store(1)).unwrap(), known, "cut at {cut}");
        }
        assert!(read(&path, &store(2)).is_err(), "another store's");
    }
}
