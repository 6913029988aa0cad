//! Lists in the making: the best of what was offered, whatever the order of the offers.
//!
//! A list is ordered by score from high to low, then by the keyed hash of the pair (R17), then by id. The hash costs a
//! hundred times a comparison of scores, so it is taken only of those that share the score at the end of a full list. All of
//! those stay in the list as long as they are not too many: a list that a later night goes on from knows them too.

use std::cmp::Reverse;

/// A list whose last places are shared by more than so many times its depth keeps only its depth.
const EQUALS: usize = 4;

/// One entry: who or what stands on the list, by the place among the sorted ids, and with which score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Score in hundredths.
    pub(super) score: u16,
    /// Place of the other side among the sorted ids.
    pub(super) other: u32,
}

/// The hash that orders equals.
pub(super) type TieOf<'a> = &'a dyn Fn(u32) -> u128;

/// The best entries of one list so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Best {
    entries: Vec<Entry>,
    /// A score below this one has no place any more.
    bar: u16,
    /// How many with exactly the score of the bar lost their place by the hash.
    beaten: u32,
    /// How many entries there are before the list is cut the next time.
    limit: usize,
}

impl Best {
    /// Entries in any order.
    pub(super) fn of(entries: Vec<Entry>) -> Self {
        Self { entries, ..Self::default() }
    }

    /// The lowest score that can still have a place. It only rises.
    pub(super) fn bar(&self) -> u16 {
        self.bar
    }

    /// Takes an offer; the list holds half as many again as `depth`, and what shares its end, before it is cut.
    pub(super) fn offer(&mut self, entry: Entry, depth: usize, tie: TieOf<'_>) {
        if entry.score < self.bar {
            return;
        }
        self.entries.push(entry);
        if self.entries.len() > self.limit.max(depth + depth / 2) {
            self.cut(depth, tie);
            self.limit = self.entries.len() + depth / 2;
        }
    }

    /// Keeps the best `depth` and whoever shares the score of the last of them, or the best `depth` alone where those are
    /// too many.
    pub(super) fn cut(&mut self, depth: usize, tie: TieOf<'_>) {
        if self.entries.len() < depth || depth == 0 {
            return;
        }
        let (_, last, _) = self.entries.select_nth_unstable_by_key(depth - 1, |entry| Reverse(entry.score));
        let bar = last.score;
        if bar > self.bar {
            (self.bar, self.beaten) = (bar, 0);
        }
        self.entries.retain(|entry| entry.score >= bar);
        let over = self.entries.len() - depth;
        // Once some lost their place by the hash, the others of their score are held to it too.
        if over > 0 && (self.beaten > 0 || self.entries.len() > depth * EQUALS) {
            let mut equals: Vec<(u128, u32)> = self
                .entries
                .iter()
                .filter(|entry| entry.score == bar)
                .map(|entry| (tie(entry.other), entry.other))
                .collect();
            equals.sort_unstable();
            self.entries.retain(|entry| entry.score > bar);
            let stay = equals.len() - over;
            self.entries
                .extend(equals.iter().take(stay).map(|(_, other)| Entry { score: bar, other: *other }));
            self.beaten += u32::try_from(over).unwrap_or(u32::MAX);
        }
    }

    /// The list in its order.
    pub(super) fn finish(mut self, depth: usize, tie: TieOf<'_>) -> Ordered {
        self.cut(depth, tie);
        let is_cut = self.entries.len() >= depth;
        self.entries.sort_unstable_by_key(|entry| (Reverse(entry.score), entry.other));
        let mut start = 0;
        while start < self.entries.len() {
            let score = self.entries[start].score;
            let equals = self.entries[start..].iter().take_while(|entry| entry.score == score).count();
            if equals > 1 {
                self.entries[start..start + equals]
                    .sort_by_cached_key(|entry| (tie(entry.other), entry.other));
            }
            start += equals;
        }
        Ordered { entries: self.entries, beaten: self.beaten, is_cut }
    }
}

/// A list in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ordered {
    /// The best first.
    pub(super) entries: Vec<Entry>,
    /// How many come after the last entry with the same score.
    pub(super) beaten: u32,
    /// Whether there can be others below the last entry. Whoever has at least its score is in the list or counted.
    pub(super) is_cut: bool,
}

impl Ordered {
    /// The lowest score from which on everybody is known to be in the list.
    pub(super) fn floor(&self) -> u16 {
        match self.entries.last() {
            _ if !self.is_cut => 0,
            None => u16::MAX,
            Some(last) => last.score + u16::from(self.beaten > 0),
        }
    }

    /// The list after some of its records changed: `stays` gives the number of one that did not, and `fresh` holds the
    /// changed ones with their scores, none below the floor left out. `None`: so many left it that those who follow are not
    /// known, and the list must be ranked anew.
    ///
    /// From its floor on the list knew everybody. Without those that changed, and with what they score now, everybody from
    /// the floor on is known again; that is the whole list where at least `size` are left.
    pub(super) fn carried(
        &self,
        stays: impl Fn(u32) -> Option<u32>,
        fresh: &[Entry],
        depth: usize,
        size: usize,
        tie: TieOf<'_>,
    ) -> Option<Self> {
        let floor = self.floor();
        let kept = self.entries.iter().filter(|entry| entry.score >= floor);
        let mut entries: Vec<Entry> = Vec::with_capacity(self.entries.len() + fresh.len());
        entries.extend(kept.filter_map(|entry| Some(Entry { other: stays(entry.other)?, ..*entry })));
        let in_order = entries.len();
        entries.extend(fresh.iter().filter(|entry| entry.score >= floor));
        if self.is_cut && entries.len() < size {
            return None;
        }
        if entries.len() == in_order {
            return Some(Self { entries, beaten: 0, is_cut: self.is_cut });
        }
        let mut list = Best::of(entries).finish(depth, tie);
        list.is_cut |= self.is_cut;
        Some(list)
    }

    /// The first `size` entries, with how many equals of the last of them come after it.
    pub(super) fn top(&self, size: usize) -> (&[Entry], u32) {
        let top = &self.entries[..size.min(self.entries.len())];
        let Some(last) = top.last() else { return (top, 0) };
        let equals = self.entries[top.len()..].iter().take_while(|entry| entry.score == last.score).count();
        let reaches_the_end = self.entries.last().is_some_and(|end| end.score == last.score);
        let beaten = if reaches_the_end { self.beaten } else { 0 };
        (top, u32::try_from(equals).unwrap_or(u32::MAX).saturating_add(beaten))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tie(other: u32) -> u128 {
        u128::from(other.wrapping_mul(2_654_435_761))
    }

    fn plain(offers: &[Entry], depth: usize) -> Ordered {
        let mut all = offers.to_vec();
        all.sort_by_key(|entry| (Reverse(entry.score), tie(entry.other), entry.other));
        let is_cut = all.len() >= depth;
        let Some(last) = all.get(depth.min(all.len()).wrapping_sub(1)).copied() else {
            return Ordered { is_cut, ..Ordered::default() };
        };
        let reach = all.iter().filter(|entry| entry.score >= last.score).count();
        let kept = if reach > depth * EQUALS { depth } else { reach };
        Ordered { is_cut, entries: all[..kept].to_vec(), beaten: (reach - kept) as u32 }
    }

    proptest! {
        #[test]
        fn the_best_stay_whatever_the_order_of_the_offers(
            scores in prop::collection::vec(0_u16..12, 0..160),
            depth in 1_usize..20,
            turn in 0_usize..120,
            size in 1_usize..20,
        ) {
            let mut offers: Vec<Entry> =
                scores.iter().zip(0..).map(|(score, other)| Entry { score: *score, other }).collect();
            let expected = plain(&offers, depth);
            let middle = turn.min(offers.len());
            offers.rotate_left(middle);
            let mut best = Best::default();
            for offer in &offers {
                best.offer(*offer, depth, &tie);
            }
            let found = best.finish(depth, &tie);
            prop_assert_eq!(&found, &expected);
            let size = size.min(depth);
            offers.sort_by_key(|entry| (Reverse(entry.score), tie(entry.other), entry.other));
            let shown = &offers[..size.min(offers.len())];
            let equals = offers[shown.len()..].iter().filter(|entry| Some(entry.score) == shown.last().map(|last| last.score));
            prop_assert_eq!(found.top(size), (shown, equals.count() as u32));
        }
    }

    proptest! {
        #[test]
        fn a_list_that_is_carried_over_is_the_list_that_is_made_anew(
            before in prop::collection::vec((0_u16..15, prop::option::weighted(0.2, 0_u16..15)), 0..160),
            new in prop::collection::vec(0_u16..15, 0..10),
            size in 1_usize..10,
            reserve in 0_usize..5,
        ) {
            let depth = size + reserve;
            let all: Vec<Entry> = before.iter().zip(0..).map(|((score, _), other)| Entry { score: *score, other }).collect();
            let base = plain(&all, depth);
            // A score of 14 stands for somebody who is gone.
            let fresh: Vec<Entry> = before
                .iter()
                .zip(0..)
                .filter_map(|((_, now), other)| now.filter(|now| *now < 14).map(|score| Entry { score, other }))
                .chain((1_000..).zip(&new).map(|(other, score)| Entry { score: *score, other }))
                .collect();
            let stays = |other: u32| before[other as usize].1.is_none().then_some(other);
            let mut now: Vec<Entry> = all.iter().filter(|entry| stays(entry.other).is_some()).copied().collect();
            now.extend(&fresh);
            let carried = base.carried(stays, &fresh, depth, size, &tie);
            let anew = plain(&now, depth);
            match carried {
                Some(list) => {
                    prop_assert_eq!(list.top(size), anew.top(size));
                    prop_assert!(list.is_cut || list == anew);
                    // What it says of itself holds, so that it can be carried over again.
                    let floor = list.floor();
                    let known = now.iter().filter(|entry| entry.score >= floor).count();
                    let own = list.entries.iter().filter(|entry| entry.score >= floor).count();
                    prop_assert_eq!(known, own);
                }
                // Only a list that lost more than it had beyond what is shown.
                None => {
                    let left = base.entries.iter().filter(|entry| stays(entry.other).is_some()).count();
                    prop_assert!(base.is_cut && (left < size || base.beaten > 0));
                }
            }
        }
    }

    #[test]
    fn whoever_shares_the_end_of_a_list_is_known_to_the_next_night() {
        // Three places are shown, four kept; six share the last of them.
        let entry = |score, other| Entry { score, other };
        let all: Vec<Entry> = [9, 8].into_iter().chain([5; 6]).zip(0..).map(|(s, o)| entry(s, o)).collect();
        let base = plain(&all, 4);
        assert_eq!((base.entries.len(), base.beaten), (8, 0));
        // Most of them leave, and one comes.
        let stays = |other: u32| (other < 2 || other == 7).then_some(other);
        let list = base.carried(stays, &[entry(5, 20)], 4, 3, &tie).unwrap();
        assert_eq!(list.top(3), plain(&[all[0], all[1], all[7], entry(5, 20)], 4).top(3));
        assert_eq!(list.top(3).1, 1, "one more has the score of the last");
    }

    #[test]
    fn a_full_list_shuts_out_what_is_below_its_bar() {
        let mut best = Best::default();
        for (score, other) in [(5, 0), (9, 1), (7, 2), (5, 3)] {
            best.offer(Entry { score, other }, 2, &tie);
        }
        assert_eq!(best.bar(), 7);
        best.offer(Entry { score: 6, other: 4 }, 2, &tie);
        assert_eq!(best.finish(2, &tie).entries.iter().map(|entry| entry.other).collect::<Vec<_>>(), [1, 2]);
    }
}
