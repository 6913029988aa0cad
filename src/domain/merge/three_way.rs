//! The three-way merge of one part of a record.

use std::collections::BTreeMap;

/// One part of a record that a delivery can carry.
pub(super) struct Part<R> {
    /// Its path in the interface.
    pub(super) name: &'static str,
    /// Merges the part of (previous, current, delivered) into the record, which begins as the current one.
    pub(super) merge: fn(&R, &R, &R, &mut R) -> PartMerge,
    /// Whether the part is filled.
    pub(super) filled: fn(&R) -> bool,
}

/// What the merge of one part did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartMerge {
    /// The part is not what it was.
    pub(super) changed: bool,
    /// A correction stands against the delivery.
    pub(super) kept: bool,
    /// The delivery is not what it was.
    pub(super) news: bool,
}

/// A part that is one value; its empty form is its default.
macro_rules! value {
    ($name:literal, $($path:ident).+) => {
        Part {
            name: $name,
            merge: |was, is, new, out| {
                merge_value(&was.$($path).+, &is.$($path).+, &new.$($path).+, &mut out.$($path).+)
            },
            filled: |record| is_filled(&record.$($path).+),
        }
    };
}
pub(super) use value;

/// A part that is a list of entries, each known by a key.
macro_rules! list {
    ($name:literal, $($path:ident).+, $key:expr) => {
        list!($name, $($path).+, $key, |a, b| a == b)
    };
    ($name:literal, $($path:ident).+, $key:expr, $same:expr) => {
        Part {
            name: $name,
            merge: |was, is, new, out| {
                merge_list(
                    [&was.$($path).+, &is.$($path).+, &new.$($path).+],
                    &mut out.$($path).+,
                    $key,
                    $same,
                )
            },
            filled: |record| !record.$($path).+.is_empty(),
        }
    };
}
pub(super) use list;

pub(super) fn is_filled<T: Default + PartialEq>(value: &T) -> bool {
    *value != T::default()
}

/// Merges one value: a correction stays, else the delivered value counts.
pub(super) fn merge_value<T: Clone + Default + PartialEq>(
    was: &T,
    is: &T,
    new: &T,
    out: &mut T,
) -> PartMerge {
    let news = was != new;
    if is == was {
        out.clone_from(new);
        return PartMerge { changed: news, kept: false, news };
    }
    let kept = is != new && (is_filled(new) || is_filled(was));
    PartMerge { changed: false, kept, news }
}

/// Merges the lists `[was, is, new]` entry by entry.
///
/// Entries with one key are told apart by their order. `same` compares two entries by what they say, so that who
/// delivered them and when is no difference.
pub(super) fn merge_list<T: Clone, K: Ord>(
    [was, is, new]: [&Vec<T>; 3],
    out: &mut Vec<T>,
    key: impl Fn(&T) -> K,
    same: impl Fn(&T, &T) -> bool,
) -> PartMerge {
    let equal = |a: &[T], b: &[T]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    let news = !equal(was, new);
    if equal(is, was) {
        if news {
            out.clone_from(new);
        }
        return PartMerge { changed: news, kept: false, news };
    }
    let (was_at, is_at, new_at) = (keyed(was, &key), keyed(is, &key), keyed(new, &key));
    let mut merged = Vec::with_capacity(is.len().max(new.len()));
    let mut kept = false;
    for (key, delivered) in ordered(new, &key) {
        match (was_at.get(&key), is_at.get(&key)) {
            (None, None) => merged.push(delivered.clone()),
            (Some(_), None) => kept = true,
            (Some(before), Some(now)) if same(before, now) && !same(now, delivered) => {
                merged.push(delivered.clone());
            }
            (_, Some(now)) => {
                kept |= !same(now, delivered);
                merged.push((*now).clone());
            }
        }
    }
    for (key, now) in ordered(is, &key).filter(|(key, _)| !new_at.contains_key(key)) {
        match was_at.get(&key) {
            Some(before) if same(before, now) => {}
            Some(_) => {
                kept = true;
                merged.push(now.clone());
            }
            None => merged.push(now.clone()),
        }
    }
    let changed = !holds_the_same(&keyed(&merged, &key), &is_at, &same);
    if changed {
        *out = merged;
    }
    PartMerge { changed, kept, news }
}

/// Entries under their key and their number among the entries with that key.
fn keyed<T, K: Ord>(list: &[T], key: impl Fn(&T) -> K) -> BTreeMap<(K, usize), &T> {
    let mut entries = BTreeMap::new();
    let mut next: BTreeMap<K, usize> = BTreeMap::new();
    for entry in list {
        let number = next.entry(key(entry)).or_default();
        entries.insert((key(entry), *number), entry);
        *number += 1;
    }
    entries
}

/// The same in the order of the list.
fn ordered<T, K: Ord>(list: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = ((K, usize), &T)> {
    let mut next: BTreeMap<K, usize> = BTreeMap::new();
    list.iter().map(move |entry| {
        let number = next.entry(key(entry)).or_default();
        let at = (key(entry), *number);
        *number += 1;
        (at, entry)
    })
}

fn holds_the_same<T, K: Ord>(
    a: &BTreeMap<(K, usize), &T>,
    b: &BTreeMap<(K, usize), &T>,
    same: &impl Fn(&T, &T) -> bool,
) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|((ka, va), (kb, vb))| ka == kb && same(va, vb))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn merge(was: &[(u8, u8)], is: &[(u8, u8)], new: &[(u8, u8)]) -> (Vec<(u8, u8)>, PartMerge) {
        let (was, is, new) = (was.to_vec(), is.to_vec(), new.to_vec());
        let mut out = is.clone();
        let done = merge_list([&was, &is, &new], &mut out, |entry| entry.0, |a, b| a == b);
        (out, done)
    }

    #[test]
    fn what_was_taken_out_stays_out_and_what_was_added_stays_in() {
        let (out, done) = merge(&[(1, 0), (2, 0)], &[(2, 0), (3, 0)], &[(1, 0), (2, 0), (4, 0)]);
        assert_eq!(out, [(2, 0), (4, 0), (3, 0)]);
        assert_eq!(done, PartMerge { changed: true, kept: true, news: true });
    }

    #[test]
    fn a_corrected_entry_stays_also_when_the_delivery_changes_or_drops_it() {
        assert_eq!(merge(&[(1, 0)], &[(1, 9)], &[(1, 5)]).0, [(1, 9)]);
        assert_eq!(merge(&[(1, 0)], &[(1, 9)], &[]).0, [(1, 9)]);
        assert_eq!(merge(&[(1, 0), (2, 0)], &[(1, 9), (2, 0)], &[(1, 0)]).0, [(1, 9)]);
    }

    #[test]
    fn entries_with_one_key_are_told_apart_by_their_order() {
        assert_eq!(merge(&[(1, 0), (1, 1)], &[(1, 0), (1, 1), (1, 2)], &[(1, 0)]).0, [(1, 0), (1, 2)]);
    }

    #[test]
    fn a_value_that_was_corrected_stays_and_another_follows_the_delivery() {
        let merge = |was: Option<u8>, is: Option<u8>, new: Option<u8>| {
            let mut out = is;
            let done = merge_value(&was, &is, &new, &mut out);
            (out, done.changed, done.kept)
        };
        assert_eq!(merge(Some(1), Some(1), Some(2)), (Some(2), true, false));
        assert_eq!(merge(Some(1), Some(1), None), (None, true, false));
        assert_eq!(merge(Some(1), Some(7), Some(2)), (Some(7), false, true));
        assert_eq!(merge(Some(1), None, Some(1)), (None, false, true));
        assert_eq!(merge(None, Some(7), None), (Some(7), false, false));
        assert_eq!(merge(None, None, Some(2)), (Some(2), true, false));
    }

    proptest! {
        #[test]
        fn the_same_delivery_again_changes_nothing(
            was in entries(), is in entries(), new in entries()
        ) {
            let (out, _) = merge(&was, &is, &new);
            let (again, done) = merge(&new, &out, &new);
            prop_assert_eq!(again, out);
            prop_assert!(!done.changed && !done.news);
        }
    }

    fn entries() -> impl Strategy<Value = Vec<(u8, u8)>> {
        prop::collection::vec((0u8..5, 0u8..3), 0..6)
    }
}
