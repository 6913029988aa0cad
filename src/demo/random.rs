//! Chance that is the same on every machine.

/// What an entry is, so that candidate 7 and vacancy 7 have nothing in common.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Candidate = 1,
    Vacancy = 2,
}

/// A stream of random numbers of its own for every entry (SplitMix64: Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", 2014).
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The stream of one entry.
    pub(super) fn of(seed: u64, kind: Kind, number: usize) -> Self {
        let seeded = scrambled(seed ^ 0x5061_7373_656e_6421);
        Self(scrambled(scrambled(seeded ^ kind as u64) ^ number as u64))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        scrambled(self.0)
    }

    /// A number below `bound`; 0 when `bound` is 0. The bias of the multiplication is below `bound` / 2³².
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let drawn = self.next() >> 32;
        ((drawn * u64::from(bound)) >> 32) as u32
    }

    /// A number from `low` to `high`, both included; `low` when they are the wrong way round.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below((high + 1).saturating_sub(low))
    }

    /// True so many times in a thousand.
    pub(super) fn chance(&mut self, per_thousand: u32) -> bool {
        self.below(1_000) < per_thousand
    }

    /// One of a list; `None` of an empty one.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.below(u32::try_from(list.len()).unwrap_or(u32::MAX));
        list.get(at as usize)
    }

    /// At most `count` different places of a list, in the list's order.
    pub(super) fn some<'a, T>(&mut self, list: &'a [T], count: usize) -> Vec<&'a T> {
        let mut wanted = count.min(list.len());
        let mut left = list.len();
        let mut chosen = Vec::with_capacity(wanted);
        for item in list {
            // Selection sampling (Knuth, The Art of Computer Programming 3.4.2, algorithm S).
            if (self.below(u32::try_from(left).unwrap_or(u32::MAX)) as usize) < wanted {
                chosen.push(item);
                wanted -= 1;
            }
            left -= 1;
        }
        chosen
    }
}

/// The finaliser of SplitMix64: every bit of the input moves about half of the bits of the output.
pub(super) fn scrambled(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Values with weights; never empty.
#[derive(Clone, Debug)]
pub(super) struct Urn<T> {
    /// Each value with the sum of the weights up to and including its own.
    tickets: Vec<(u32, T)>,
    total: u32,
}

impl<T> Urn<T> {
    /// `None` when there is no value with a weight.
    pub(super) fn new(weighted: impl IntoIterator<Item = (u32, T)>) -> Option<Self> {
        let mut total = 0u32;
        let mut tickets = Vec::new();
        for (weight, value) in weighted {
            if weight > 0 {
                total = total.checked_add(weight)?;
                tickets.push((total, value));
            }
        }
        (!tickets.is_empty()).then_some(Self { tickets, total })
    }

    /// Draws a value by its weight.
    pub(super) fn draw(&self, dice: &mut Dice) -> &T {
        let ticket = dice.below(self.total);
        // The last sum is the total, and the ticket is below it: there is always one.
        let at = self.tickets.partition_point(|(sum, _)| *sum <= ticket);
        &self.tickets[at].1
    }

    #[cfg(test)]
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.tickets.iter().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_stream_is_splitmix64() {
        // Reference values of the published generator for seed 1234567.
        let mut dice = Dice(1_234_567);
        assert_eq!(dice.next(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next(), 3_203_168_211_198_807_973);
    }

    proptest! {
        #[test]
        fn a_draw_stays_inside_its_bounds(seed: u64, number: usize, low in 0u32..500, span in 0u32..500, count in 0usize..20) {
            let mut dice = Dice::of(seed, Kind::Candidate, number);
            prop_assert!((low..=low + span).contains(&dice.between(low, low + span)));
            prop_assert_eq!(dice.below(0), 0);
            prop_assert!(!dice.chance(0));
            prop_assert!(dice.chance(1_000));
            let list: Vec<u32> = (0..span % 12).collect();
            let some = dice.some(&list, count);
            prop_assert_eq!(some.len(), count.min(list.len()));
            prop_assert!(some.windows(2).all(|pair| pair[0] < pair[1]));
            let urn = Urn::new([(0, 'a'), (low + 1, 'b'), (span, 'c')]).unwrap();
            prop_assert!(*urn.draw(&mut dice) != 'a');
        }
    }
}
