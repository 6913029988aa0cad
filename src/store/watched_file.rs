//! A file whose pages are compared with what they were when they were last read or written.
//!
//! The database verifies every page when it is opened, and takes a page that it reads again later on trust: one that the disk
//! changed meanwhile would lead it astray. Here such a page never gets that far. The read unwinds, up to [`behind_a_wall`] of
//! whoever asked: an error would close the database for everybody, although all other pages are as they were.

use super::error::StorageFault;
use redb::{BackendError, StorageBackend};
use std::{
    any::Any,
    io,
    ops::Bound,
    panic::{self, AssertUnwindSafe},
    sync::{PoisonError, RwLock},
};

/// Bytes that are compared together: a page of the database, or a part of a large one.
const PAGE: u64 = 4096;

/// What a read of a changed page unwinds with.
struct ChangedPage(u64);

/// A file, and what its pages should be.
#[derive(Debug)]
pub(super) struct WatchedFile<B> {
    file: B,
    /// A checksum of each page; `None`: it was neither read nor written yet.
    pages: RwLock<Vec<Option<u32>>>,
}

impl<B: StorageBackend> WatchedFile<B> {
    pub(super) fn new(file: B) -> Self {
        Self { file, pages: RwLock::default() }
    }

    /// Compares whole pages that were just read with what they should be.
    fn compare(&self, first: u64, bytes: &[u8]) {
        let sums: Vec<u32> = bytes.chunks(PAGE as usize).map(crc32fast::hash).collect();
        let mut unknown = false;
        {
            let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
            for (page, sum) in (first..).zip(&sums) {
                match pages.get(page as usize).copied().flatten() {
                    Some(known) if known != *sum => panic::resume_unwind(Box::new(ChangedPage(page))),
                    Some(_) => {}
                    None => unknown = true,
                }
            }
        }
        if unknown {
            let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
            for (page, sum) in (first..).zip(sums) {
                place(&mut pages, page).get_or_insert(sum);
            }
        }
    }

    /// Reads the pages that bytes lie in, as far as the file goes; where they begin.
    fn pages_around(&self, offset: u64, length: u64) -> io::Result<(u64, Vec<u8>)> {
        let from = offset / PAGE * PAGE;
        let to = (offset + length).next_multiple_of(PAGE).min(self.file.len()?.max(offset + length));
        let mut around = vec![0; (to - from) as usize];
        self.file.read(from, &mut around)?;
        Ok((from, around))
    }
}

/// The place of a page's checksum.
fn place(pages: &mut Vec<Option<u32>>, page: u64) -> &mut Option<u32> {
    let page = page as usize;
    if pages.len() <= page {
        pages.resize(page + 1, None);
    }
    &mut pages[page]
}

impl<B: StorageBackend> StorageBackend for WatchedFile<B> {
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        if offset.is_multiple_of(PAGE) && (out.len() as u64).is_multiple_of(PAGE) {
            self.file.read(offset, out)?;
            self.compare(offset / PAGE, out);
        } else {
            let (from, around) = self.pages_around(offset, out.len() as u64)?;
            self.compare(from / PAGE, &around);
            out.copy_from_slice(&around[(offset - from) as usize..][..out.len()]);
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        // Nobody compares a page while it is written.
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        let touched = offset / PAGE..(offset + data.len() as u64).div_ceil(PAGE);
        let is_whole = offset.is_multiple_of(PAGE) && (data.len() as u64).is_multiple_of(PAGE);
        // What a write leaves that failed, nobody knows.
        for page in touched.clone() {
            *place(&mut pages, page) = None;
        }
        self.file.write(offset, data)?;
        let around = match is_whole {
            true => None,
            false => Some(self.pages_around(offset, data.len() as u64)?.1),
        };
        let written = around.as_deref().unwrap_or(data);
        for (page, bytes) in touched.zip(written.chunks(PAGE as usize)) {
            *place(&mut pages, page) = Some(crc32fast::hash(bytes));
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        // The last page may become shorter or longer.
        pages.truncate((len.min(self.file.len()?) / PAGE) as usize);
        self.file.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.query_lock_range(start, end)
    }
}

/// Works with the database: a page that is not as it was, or anything else that the database's library did not expect of its
/// file, becomes an error of whoever asked.
pub(super) fn behind_a_wall<T, E: From<StorageFault>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    // What was being worked with is given up: a transaction that unwinds is never committed.
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|cause| Err(StorageFault::ChangedInUse(said(&*cause)).into()))
}

fn said(cause: &(dyn Any + Send)) -> String {
    match cause.downcast_ref::<ChangedPage>() {
        Some(ChangedPage(page)) => format!("page {page} is not as it was written"),
        None => "its pages do not fit together".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use redb::backends::InMemoryBackend;
    use std::sync::Arc;

    #[derive(Clone, Debug)]
    struct Shared(Arc<InMemoryBackend>);

    impl StorageBackend for Shared {
        fn len(&self) -> io::Result<u64> {
            self.0.len()
        }
        fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
            self.0.read(offset, out)
        }
        fn set_len(&self, len: u64) -> io::Result<()> {
            self.0.set_len(len)
        }
        fn sync_data(&self) -> io::Result<()> {
            self.0.sync_data()
        }
        fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
            self.0.write(offset, data)
        }
    }

    /// What a read gives: the bytes, or what is told of the damage.
    fn read(file: &WatchedFile<Shared>, offset: u64, length: usize) -> Result<Vec<u8>, String> {
        let mut out = vec![0; length];
        behind_a_wall(|| Ok::<_, StorageFault>(file.read(offset, &mut out)?))
            .map_err(|fault| fault.to_string())?;
        Ok(out)
    }

    #[test]
    fn only_a_page_that_somebody_else_changed_is_told() {
        let disk = Shared(Arc::new(InMemoryBackend::new()));
        let file = WatchedFile::new(disk.clone());
        file.set_len(5 * PAGE + 100).unwrap();
        file.write(PAGE, &[7; 2 * PAGE as usize]).unwrap();
        // A part of a page, across two pages, and what lies beyond the last whole page.
        for (offset, length) in [(10, 300), (2 * PAGE - 5, 10), (5 * PAGE - 1, 101)] {
            file.write(offset, &vec![9; length]).unwrap();
            assert_eq!(read(&file, offset, length), Ok(vec![9; length]), "{offset}");
        }
        let whole = 5 * PAGE as usize + 100;
        let before = read(&file, 0, whole).unwrap();
        for at in (0..whole as u64).step_by(37) {
            let mut byte = [0];
            disk.read(at, &mut byte).unwrap();
            disk.write(at, &[byte[0] ^ 4]).unwrap();
            let told = read(&file, 0, whole).unwrap_err();
            assert!(told.contains(&format!("page {} ", at / PAGE)), "{at}: {told}");
            let other = (at / PAGE + 1) % 5;
            let from = (other * PAGE) as usize;
            assert_eq!(read(&file, other * PAGE, PAGE as usize).unwrap(), before[from..from + PAGE as usize]);
            disk.write(at, &byte).unwrap();
        }
        assert_eq!(read(&file, 0, whole).unwrap(), before);
    }

    #[test]
    fn a_page_that_was_cut_off_and_is_there_again_is_another_one() {
        let file = WatchedFile::new(Shared(Arc::new(InMemoryBackend::new())));
        file.set_len(3 * PAGE).unwrap();
        file.write(0, &[5; 3 * PAGE as usize]).unwrap();
        file.set_len(PAGE + 10).unwrap();
        file.set_len(3 * PAGE).unwrap();
        let mut expected = vec![5; PAGE as usize + 10];
        expected.resize(3 * PAGE as usize, 0);
        assert_eq!(read(&file, 0, 3 * PAGE as usize), Ok(expected));
    }
}
