//! Whom the closed files of a log name, remembered: whoever looks for one person's entries, or takes somebody out, does not read
//! the files that do not name them. Learnt when a file is read, in memory only, and never wrong: a closed file only loses
//! names.

use super::segment::Segment;
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Names that are remembered at most, of all files together: 64 MiB.
const MOST: usize = 16 << 20;

#[derive(Debug, Default)]
pub(super) struct Subjects {
    /// A key of this process: names are remembered by 32 bits of their hash.
    hashing: RandomState,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    of: HashMap<u64, Arc<[u32]>>,
    names: usize,
}

impl Subjects {
    /// Whether a file may name one of these people; one that was not read yet may.
    pub(super) fn may_name<'a>(&self, segment: &Segment, mut people: impl Iterator<Item = &'a str>) -> bool {
        let Some(named) = self.lock().of.get(&segment.first).map(Arc::clone) else { return true };
        people.any(|id| named.binary_search(&self.mark(id)).is_ok())
    }

    /// Remembers whom a closed file names, all of which could be read.
    pub(super) fn learn<'a>(&self, segment: &Segment, named: impl Iterator<Item = &'a str>) {
        if self.lock().of.contains_key(&segment.first) {
            return;
        }
        let mut marks: Vec<u32> = named.map(|id| self.mark(id)).collect();
        marks.sort_unstable();
        marks.dedup();
        let mut known = self.lock();
        if known.names + marks.len() <= MOST {
            known.names += marks.len();
            known.of.insert(segment.first, marks.into());
        }
    }

    #[allow(clippy::cast_possible_truncation, reason = "32 bits of a hash are what is remembered")]
    fn mark(&self, id: &str) -> u32 {
        self.hashing.hash_one(id) as u32
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
