//! The store in one redb file.

use super::{
    CheckReport, Copied, Mended, OpenError, PendingWrite, Purge, Quarantined, ReadError, Snapshot,
    StorageFault, Store, StoreIdentity, StoreSecret, WriteBatch,
    apply::OpenTables,
    check, copy,
    folder::{DataFolder, storage},
    home::{Home, Opener, Reserve},
    notes, repair,
    snapshot::RedbSnapshot,
    tables::{self, EARLIER, META, SCHEMA_VERSION},
    watched_file::WatchedFile,
    writer::Writer,
};
use redb::{
    Database, DatabaseError, ReadableDatabase, StorageBackend, StorageError, TableError,
    backends::FileBackend,
};
use std::{
    fs::File,
    io,
    num::NonZeroU64,
    path::Path,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

/// How long a check or a compaction waits for running reads.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// How many requests with an id are remembered; the oldest are forgotten first.
    pub requests_kept: NonZeroU64,
    /// The most memory for pages of the file, in bytes.
    pub cache_bytes: usize,
    /// Nothing but deletions is written when fewer bytes than this are free on the disk of the folder: what is left is
    /// for erasing people, and for ending in good order.
    pub reserve_bytes: u64,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            requests_kept: NonZeroU64::MIN.saturating_add(99_999),
            cache_bytes: 256 << 20,
            reserve_bytes: 64 << 20,
        }
    }
}

/// A store in one folder, which no other process can use at the same time.
///
/// Dropping it writes what waits and lets the folder go.
pub struct RedbStore {
    // Order matters: the writer ends before the database closes, the folder is let go last.
    writer: Writer,
    home: Arc<Home>,
    folder: Option<DataFolder>,
    options: StoreOptions,
    identity: StoreIdentity,
    secret: StoreSecret,
}

impl RedbStore {
    /// Whether a store stands in a folder.
    pub fn exists_in(folder: &Path) -> bool {
        DataFolder::holds_a_store(folder)
    }

    /// Opens the store of a folder; folder and store are made when they are not there.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(folder: &Path, options: &StoreOptions) -> Result<Self, OpenError> {
        Self::open_taken(DataFolder::take(folder)?, options)
    }

    /// Opens the store of a folder that is taken already; it is made when it is not there.
    ///
    /// Every page of the file is verified, which reads all of it.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open_taken(folder: DataFolder, options: &StoreOptions) -> Result<Self, OpenError> {
        if !Self::exists_in(folder.path()) {
            let path = folder.unfinished_database();
            let database = create_file(options, &path).map_err(|fault| storage(&path, fault))?;
            make_store(&database, &path)?;
            database.close().map_err(|error| storage(&path, error))?;
            folder.finish_database()?;
        }
        let path = folder.database();
        let database = open_file(options, &path).map_err(|error| match error {
            DatabaseError::DatabaseAlreadyOpen => {
                OpenError::InUse { folder: folder.path().to_owned(), pid: None }
            }
            DatabaseError::UpgradeRequired(_) => OpenError::NotAStore { path: path.clone() },
            DatabaseError::Storage(redb::StorageError::Io(error))
                if error.kind() == io::ErrorKind::InvalidData =>
            {
                OpenError::NotAStore { path: path.clone() }
            }
            error => storage(&path, error),
        })?;
        let (again, at) = (options.clone(), path.clone());
        let opener: Opener = Box::new(move || Ok(open_file(&again, &at)?));
        Self::start(database, &path, Some(folder), options, Some(opener))
    }

    /// Opens a store on storage of one's own, which is asked for at every opening, such as a disk that fails; the store is
    /// made where there is none. Nothing keeps others from the same storage.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn on_storage<B: StorageBackend>(
        storage_of: impl Fn() -> B + Send + Sync + 'static,
        options: &StoreOptions,
    ) -> Result<Self, OpenError> {
        let path = Path::new("storage of one's own");
        let again = options.clone();
        let opener: Opener = Box::new(move || Ok(open_on(&again, storage_of())?));
        let database = opener().map_err(|fault| storage(path, fault))?;
        let has_store = database
            .begin_read()
            .map_err(|error| storage(path, error))?
            .list_tables()
            .map_err(|error| storage(path, error))?
            .next()
            .is_some();
        if !has_store {
            make_store(&database, path)?;
        }
        Self::start(database, path, None, options, Some(opener))
    }

    fn start(
        database: Database,
        path: &Path,
        folder: Option<DataFolder>,
        options: &StoreOptions,
        opener: Option<Opener>,
    ) -> Result<Self, OpenError> {
        bring_up_to_date(&database, path)?;
        let (identity, secret) = read_meta(&database, path)?;
        let reserve = folder
            .as_ref()
            .map(|folder| Reserve { folder: folder.path().to_owned(), bytes: options.reserve_bytes });
        let home = Arc::new(Home::new(database, opener, reserve));
        let writer = Writer::start(Arc::clone(&home), options.requests_kept.get())
            .map_err(|error| storage(path, error))?;
        Ok(Self { writer, home, folder, options: options.clone(), identity, secret })
    }

    pub(super) fn read(&self) -> Result<RedbSnapshot, ReadError> {
        self.home.with(|database| RedbSnapshot::new(&database.begin_read()?))
    }

    /// Takes out what is damaged, hands it to `keep` before it is gone, and derives again what can be derived.
    ///
    /// # Errors
    /// When the storage fails, or `keep` does; then the store is as it was.
    pub fn repair<E: From<StorageFault>>(
        &self,
        keep: impl FnOnce(&[Quarantined]) -> Result<(), E>,
    ) -> Result<Mended, E> {
        let _alone = self.home.writing();
        self.home.with(|database| {
            let mut transaction = database.begin_write().map_err(StorageFault::from)?;
            transaction.set_quick_repair(true);
            let mended = repair::repair(&transaction)?;
            if mended == Mended::default() {
                transaction.abort().map_err(StorageFault::from)?;
                return Ok(mended);
            }
            keep(&mended.quarantined)?;
            transaction.commit().map_err(StorageFault::from)?;
            Ok(mended)
        })
    }
}

fn open_file(options: &StoreOptions, path: &Path) -> Result<Database, DatabaseError> {
    let file = File::options().read(true).write(true).open(path).map_err(StorageError::from)?;
    // A database would be made in it.
    if file.metadata().map_err(StorageError::from)?.len() == 0 {
        return Err(StorageError::from(io::Error::from(io::ErrorKind::InvalidData)).into());
    }
    open_on(options, FileBackend::new(file)?)
}

/// A database in a file that is not there yet.
fn create_file(options: &StoreOptions, path: &Path) -> Result<Database, StorageFault> {
    let file = File::options().read(true).write(true).create_new(true).open(path)?;
    Ok(open_on(options, FileBackend::new(file)?)?)
}

/// The database on a storage, every page of which is verified; it is made where the storage is empty.
fn open_on(options: &StoreOptions, storage: impl StorageBackend) -> Result<Database, DatabaseError> {
    let mut builder = Database::builder();
    builder.set_check_integrity_on_open(true).set_cache_size(options.cache_bytes);
    builder.create_with_backend(WatchedFile::new(storage))
}

impl Store for RedbStore {
    fn identity(&self) -> &StoreIdentity {
        &self.identity
    }

    fn secret(&self) -> &StoreSecret {
        &self.secret
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        Ok(Box::new(self.read()?))
    }

    fn submit(&self, batch: WriteBatch) -> PendingWrite {
        self.writer.submit(batch)
    }

    fn note(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.home.with(|database| notes::read(database, name))
    }

    fn put_note(&self, name: &str, value: &[u8]) -> Result<(), StorageFault> {
        let _writing = self.home.writing();
        self.home.with(|database| notes::write(database, name, value))
    }

    fn check(&self) -> Result<CheckReport, StorageFault> {
        let sound = self.home.alone(PATIENCE, |database| Ok(database.check_integrity()?));
        check::report(sound, || self.read())
    }

    fn compact(&self) -> Result<(), StorageFault> {
        let _alone = self.home.writing();
        self.home.alone(PATIENCE, |database| {
            while database.compact()? {}
            Ok(())
        })
    }

    fn purge(&self, purge: &Purge) -> Result<Copied, StorageFault> {
        let Some(folder) = &self.folder else { return Err(StorageFault::MustReopen) };
        let _alone = self.home.writing();
        let began = Instant::now();
        let path = folder.unfinished_database();
        folder.remove_unfinished()?;
        // Better no copy than one that leaves no room for what people ask.
        let needed = std::fs::metadata(folder.database())?.len().saturating_add(self.options.reserve_bytes);
        if crate::durable::free_bytes(folder.path()).is_some_and(|free| free < needed) {
            return Err(StorageFault::DiskFull);
        }
        let made = (|| {
            let to = create_file(&self.options, &path)?;
            let copied = self.home.with(|database| copy::copy(&database.begin_read()?, &to, purge))?;
            Ok((to, copied))
        })();
        let (to, copied) = match made {
            Ok(made) => made,
            Err(fault) => {
                // The store stays; what was begun is of no use, and removed at the next start where it cannot be now.
                let _ = folder.remove_unfinished();
                return Err(fault);
            }
        };
        folder.replace_database()?;
        self.home.replace(to);
        Ok(Copied { paused: began.elapsed(), ..copied })
    }

    fn copy_to(&self, path: &Path) -> Result<Copied, StorageFault> {
        let to = create_file(&self.options, path)?;
        let from = self.home.with(|database| Ok::<_, StorageFault>(database.begin_read()?))?;
        let copied = copy::copy(&from, &to, &Purge::default())?;
        to.close()?;
        File::open(path)?.sync_all()?;
        Ok(copied)
    }

    fn refuses(&self) -> Option<StorageFault> {
        self.home.refused()
    }
}

const KEY_SCHEMA: &str = "schema version";
const KEY_ID: &str = "store id";
const KEY_SECRET: &str = "secret";
const KEY_CREATED: &str = "created";

/// Makes the tables of a new store, its identity and its secret.
fn make_store(database: &Database, path: &Path) -> Result<(), OpenError> {
    let mut random = [0; 48];
    getrandom::fill(&mut random).map_err(|error| OpenError::NoRandomness(error.to_string()))?;
    let (id, secret) = random.split_at(16);
    let created = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |age| age.as_secs());
    let write = || -> Result<(), StorageFault> {
        let mut transaction = database.begin_write()?;
        transaction.set_quick_repair(true);
        {
            let mut meta = transaction.open_table(META)?;
            let entries: [(&str, &[u8]); 4] = [
                (KEY_SCHEMA, &SCHEMA_VERSION.to_be_bytes()),
                (KEY_ID, id),
                (KEY_SECRET, secret),
                (KEY_CREATED, &created.to_be_bytes()),
            ];
            for (key, value) in entries {
                meta.insert(key.as_bytes(), &tables::seal_meta(key, value)[..])?;
            }
            OpenTables::open(&transaction)?;
        }
        Ok(transaction.commit()?)
    };
    write().map_err(|fault| storage(path, fault))
}

/// Brings a store of an earlier version to this one. It all stands in one transaction, and nothing of what was there is
/// touched.
fn bring_up_to_date(database: &Database, path: &Path) -> Result<(), OpenError> {
    let transaction = database.begin_read().map_err(|error| storage(path, error))?;
    // Whatever is no store is told by what reads it next.
    let Ok(meta) = transaction.open_table(META) else { return Ok(()) };
    let found = meta_value(&meta, KEY_SCHEMA, path).map(u32::from_be_bytes);
    let Some(from) = found.ok().filter(|found| EARLIER.contains(found)) else { return Ok(()) };
    drop((meta, transaction));
    let add = || -> Result<(), StorageFault> {
        let mut transaction = database.begin_write()?;
        transaction.set_quick_repair(true);
        OpenTables::open(&transaction)?;
        let schema = tables::seal_meta(KEY_SCHEMA, &SCHEMA_VERSION.to_be_bytes());
        transaction.open_table(META)?.insert(KEY_SCHEMA.as_bytes(), &schema[..])?;
        Ok(transaction.commit()?)
    };
    add().map_err(|fault| storage(path, fault))?;
    tracing::info!(from, to = SCHEMA_VERSION, "the store was brought to a later schema version");
    Ok(())
}

fn read_meta(database: &Database, path: &Path) -> Result<(StoreIdentity, StoreSecret), OpenError> {
    let transaction = database.begin_read().map_err(|error| storage(path, error))?;
    let meta = transaction.open_table(META).map_err(|error| match error {
        TableError::Storage(error) => storage(path, error),
        _ => OpenError::NotAStore { path: path.to_owned() },
    })?;
    let schema = meta_value(&meta, KEY_SCHEMA, path).map(u32::from_be_bytes)?;
    if schema != SCHEMA_VERSION {
        return Err(OpenError::OtherSchema { found: schema, supported: SCHEMA_VERSION });
    }
    let created = meta_value(&meta, KEY_CREATED, path).map(u64::from_be_bytes)?;
    let created = SystemTime::UNIX_EPOCH + Duration::from_secs(created.min(u32::MAX.into()));
    let identity = StoreIdentity { id: meta_value(&meta, KEY_ID, path)?, created };
    let secret = StoreSecret::new(&meta_value(&meta, KEY_SECRET, path)?);
    RedbSnapshot::new(&transaction).map_err(|_| OpenError::NotAStore { path: path.to_owned() })?;
    Ok((identity, secret))
}

fn meta_value<const N: usize>(
    meta: &redb::ReadOnlyTable<&'static [u8], &'static [u8]>,
    key: &str,
    path: &Path,
) -> Result<[u8; N], OpenError> {
    let framed = meta.get(key.as_bytes()).map_err(|error| storage(path, error))?;
    framed
        .and_then(|framed| tables::open_meta(key, framed.value())?.try_into().ok())
        .ok_or_else(|| storage(path, StorageFault::Damaged(format!("its {key} cannot be read"))))
}

#[cfg(test)]
mod tests;
