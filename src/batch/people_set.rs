//! A set of people by their numbers, a bit each.

use super::shard::{put, take};

/// People by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PeopleSet(Vec<u64>);

impl PeopleSet {
    /// Puts a person in.
    pub(super) fn insert(&mut self, person: u32) {
        let word = person as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (person % 64);
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Their numbers, from low to high.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.0).flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then(|| at * 64 + bit)
            })
        })
    }

    /// Appends it to a file's bytes.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        put(out, self.0.len() as u64);
        self.0.iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
    }

    /// Reads what [`write`](Self::write) appended.
    pub(super) fn read(from: &mut &[u8]) -> Option<Self> {
        let bytes = (take(from)? as usize).checked_mul(8)?;
        let (words, rest) = from.split_at_checked(bytes)?;
        *from = rest;
        let word = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        Some(Self(words.chunks_exact(8).map(word).collect()))
    }
}

impl FromIterator<u32> for PeopleSet {
    fn from_iter<I: IntoIterator<Item = u32>>(people: I) -> Self {
        let mut set = Self::default();
        people.into_iter().for_each(|person| set.insert(person));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_put_in_is_in_it_once() {
        let people = [0, 1, 63, 64, 46_999, 64];
        let set: PeopleSet = people.into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 1, 63, 64, 46_999]);
        assert_eq!(set.count(), 5);
        assert_eq!(PeopleSet::default().iter().count(), 0);
    }
}
