//! What was worked out for one asked thing, kept for the next vacancy that asks the same.

use super::sparse::Sparse;
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
};

/// What is asked, by 128 bits of hash over everything that the answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Asked(u64, u64);

impl Asked {
    /// `kind` tells answers of different criteria apart.
    pub(super) fn new(kind: &'static str, what: impl Hash) -> Self {
        let hashed = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            (salt, kind).hash(&mut hasher);
            what.hash(&mut hasher);
            hasher.finish()
        };
        Self(hashed(0), hashed(1))
    }
}

/// What is kept, and what that takes.
pub(super) trait Kept {
    /// In bytes.
    fn bytes(&self) -> usize;
}

impl<T> Kept for Box<[T]> {
    fn bytes(&self) -> usize {
        size_of_val(&**self)
    }
}

impl<T: Copy> Kept for Sparse<T> {
    fn bytes(&self) -> usize {
        Sparse::bytes(self)
    }
}

/// What is added for the administration of an answer, in bytes.
const EACH: usize = 128;

/// Two generations of answers: when the younger is full the older goes.
#[derive(Debug)]
pub(super) struct Cache<T> {
    generations: Mutex<Generations<T>>,
    /// Bytes that one generation holds at most.
    most: usize,
}

#[derive(Debug)]
struct Generations<T> {
    young: HashMap<Asked, Arc<T>>,
    old: HashMap<Asked, Arc<T>>,
    /// Bytes in the younger one.
    held: usize,
}

impl<T: Kept> Cache<T> {
    /// For so many bytes at most, in both generations together.
    pub(super) fn new(most: usize) -> Self {
        let generations = Generations { young: HashMap::new(), old: HashMap::new(), held: 0 };
        Self { generations: Mutex::new(generations), most: most / 2 }
    }

    /// The answer, made where it is not kept. Two who ask at once may both make it.
    pub(super) fn get(&self, asked: Asked, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some(found) = self.find(asked) {
            return found;
        }
        let made = Arc::new(make());
        self.lock().put(asked, &made, self.most);
        made
    }

    /// Keeps nothing any more.
    pub(super) fn clear(&self) {
        let mut generations = self.lock();
        (generations.young, generations.old) = (HashMap::new(), HashMap::new());
        generations.held = 0;
    }

    fn find(&self, asked: Asked) -> Option<Arc<T>> {
        let mut generations = self.lock();
        if let Some(found) = generations.young.get(&asked) {
            return Some(Arc::clone(found));
        }
        let found = generations.old.remove(&asked)?;
        generations.put(asked, &found, self.most);
        Some(found)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations<T>> {
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Kept> Generations<T> {
    fn put(&mut self, asked: Asked, value: &Arc<T>, most: usize) {
        let bytes = value.bytes() + EACH;
        if self.held + bytes > most && self.held > 0 {
            self.old = std::mem::take(&mut self.young);
            self.held = 0;
        }
        if self.young.insert(asked, Arc::clone(value)).is_none() {
            self.held += bytes;
        }
    }
}
