//! What wordings were found to mean: each distinct one is recognised once.

use super::key::WordingKey;
use crate::taxonomy::{LabelLanguage, Senses};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What a wording was recognised as, in a few bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Recognized {
    /// The concepts.
    pub(in crate::engine) senses: Senses,
    /// The language that was seen.
    pub(in crate::engine) language: Option<LabelLanguage>,
}

/// Parts of a memo that are locked apart.
const SHARDS: usize = 64;

/// Meanings by wording, at most a given number of them: what was not asked for longest is forgotten first, roughly.
pub(super) struct Memo<V> {
    shards: Box<[Mutex<Shard<V>>]>,
    most_of_a_generation: usize,
}

/// Two generations: what is asked for moves to the young one; a full young one becomes the old one.
struct Shard<V> {
    young: HashMap<WordingKey, V>,
    old: HashMap<WordingKey, V>,
}

impl<V: Clone> Memo<V> {
    /// An empty memo for about `most` wordings.
    pub(super) fn new(most: usize) -> Self {
        let shard = || Mutex::new(Shard { young: HashMap::new(), old: HashMap::new() });
        Self {
            shards: std::iter::repeat_with(shard).take(SHARDS).collect(),
            most_of_a_generation: (most / SHARDS / 2).max(1),
        }
    }

    pub(super) fn get(&self, key: WordingKey) -> Option<V> {
        let mut shard = self.shard(key);
        if let Some(found) = shard.young.get(&key) {
            return Some(found.clone());
        }
        let found = shard.old.remove(&key)?;
        shard.put(key, found.clone(), self.most_of_a_generation);
        Some(found)
    }

    pub(super) fn holds(&self, key: WordingKey) -> bool {
        let shard = self.shard(key);
        shard.young.contains_key(&key) || shard.old.contains_key(&key)
    }

    /// Remembers a meaning; whether it is new.
    pub(super) fn put(&self, key: WordingKey, value: V) -> bool {
        let mut shard = self.shard(key);
        let known = shard.young.contains_key(&key) || shard.old.contains_key(&key);
        shard.put(key, value, self.most_of_a_generation);
        !known
    }

    fn shard(&self, key: WordingKey) -> MutexGuard<'_, Shard<V>> {
        self.shards[key.shard(SHARDS)].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> Shard<V> {
    fn put(&mut self, key: WordingKey, value: V, most: usize) {
        if self.young.len() >= most {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::recognize::WordingKind;

    fn key(n: u32) -> WordingKey {
        WordingKey::of_wording(WordingKind::Skill, &n.to_string())
    }

    #[test]
    fn what_is_put_in_is_found_and_new_once() {
        let memo = Memo::new(1_000);
        assert!(memo.put(key(1), 'a'));
        assert!(!memo.put(key(1), 'a'));
        assert_eq!((memo.get(key(1)), memo.get(key(2))), (Some('a'), None));
        assert!(memo.holds(key(1)) && !memo.holds(key(2)));
    }

    #[test]
    fn it_stays_within_its_size_and_keeps_what_is_asked_for() {
        let memo = Memo::new(6_400);
        for n in 0..100_000 {
            memo.put(key(n), n);
            assert_eq!(memo.get(key(0)), Some(0), "asked for after every other one");
        }
        let held: usize = memo
            .shards
            .iter()
            .map(|shard| {
                let shard = shard.lock().unwrap();
                shard.young.len() + shard.old.len()
            })
            .sum();
        assert!((3_000..=6_400).contains(&held), "{held}");
    }
}
