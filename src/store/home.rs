//! The database in use: read by many, written by one, opened again after a fault, replaced by a copy.

use super::{error::StorageFault, watched_file::behind_a_wall};
use crate::durable;
use redb::Database;
use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    thread,
    time::{Duration, Instant},
};

const PAUSE: Duration = Duration::from_millis(5);

/// Opens the database once more.
pub(super) type Opener = Box<dyn Fn() -> Result<Database, StorageFault> + Send + Sync>;

/// Room on the disk that is kept for erasing people and for ending in good order.
#[derive(Debug)]
pub(super) struct Reserve {
    pub(super) folder: PathBuf,
    pub(super) bytes: u64,
}

/// Where the database is.
pub(super) struct Home {
    /// `None`: a fault closed it, and it could not be opened again yet.
    database: RwLock<Option<Database>>,
    /// Held by whoever writes: for a commit, or for as long as a copy is made that is to take the place.
    writing: Mutex<()>,
    opener: Option<Opener>,
    reserve: Option<Reserve>,
    /// Why writes are refused.
    refused: Mutex<Option<StorageFault>>,
}

impl Home {
    pub(super) fn new(database: Database, opener: Option<Opener>, reserve: Option<Reserve>) -> Self {
        let (database, refused) = (RwLock::new(Some(database)), Mutex::default());
        Self { database, writing: Mutex::default(), opener, reserve, refused }
    }

    /// Works with the database; others may at the same time.
    pub(super) fn with<T, E: From<StorageFault>>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, E>,
    ) -> Result<T, E> {
        match &*self.shared() {
            Some(database) => behind_a_wall(|| work(database)),
            None => Err(StorageFault::MustReopen.into()),
        }
    }

    /// Does what only one may do while nobody reads, as soon as nobody does.
    pub(super) fn alone<T>(
        &self,
        patience: Duration,
        mut work: impl FnMut(&mut Database) -> Result<T, StorageFault>,
    ) -> Result<T, StorageFault> {
        let mut held = self.exclusive();
        let database = held.as_mut().ok_or(StorageFault::MustReopen)?;
        let give_up = Instant::now() + patience;
        loop {
            match behind_a_wall(|| work(database)) {
                // No new read begins while the lock is held, so the running ones end before long.
                Err(StorageFault::Busy) if Instant::now() < give_up => thread::sleep(PAUSE),
                outcome => return outcome,
            }
        }
    }

    /// The right to write, which one has at a time.
    pub(super) fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets another database take the place. Running reads end on the one that they began on.
    pub(super) fn replace(&self, database: Database) {
        // Its last reads end by themselves.
        let former = self.exclusive().replace(database);
        let_go(former);
    }

    /// Opens the database once more after a fault: only then it is known what is on the disk. Running reads of before fail.
    pub(super) fn reopen(&self) -> Result<(), StorageFault> {
        let Some(opener) = &self.opener else { return Err(StorageFault::MustReopen) };
        let mut held = self.exclusive();
        // First of all the old one: the file can be opened once at a time.
        let_go(held.take());
        *held = Some(opener()?);
        Ok(())
    }

    /// Whether there is a way to open it once more.
    pub(super) fn can_reopen(&self) -> bool {
        self.opener.is_some()
    }

    /// Whether there is less room on the disk than is to be kept.
    pub(super) fn lacks_room(&self) -> bool {
        let Some(Reserve { folder, bytes }) = &self.reserve else { return false };
        // Where the system does not say, the write itself will.
        durable::free_bytes(folder).is_some_and(|free| free < *bytes)
    }

    pub(super) fn refused(&self) -> Option<StorageFault> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone();
        refused.or_else(|| self.lacks_room().then_some(StorageFault::DiskFull))
    }

    pub(super) fn refuse(&self, fault: Option<StorageFault>) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    fn shared(&self) -> RwLockReadGuard<'_, Option<Database>> {
        self.database.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn exclusive(&self) -> RwLockWriteGuard<'_, Option<Database>> {
        self.database.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let_go(self.exclusive().take());
    }
}

/// Closes a database, which reads and writes a last time. What it could not write then, it makes again when it is opened.
fn let_go(database: Option<Database>) {
    let closed =
        behind_a_wall(|| database.map_or(Ok(()), |database| Ok::<_, StorageFault>(database.close()?)));
    if let Err(fault) = closed {
        tracing::warn!(%fault, "the store was not closed in good order");
    }
}
