//! Which share of the time that is needed falls into free time.

use crate::rank::{
    criteria::WHOLE,
    facts::{Span, Window},
};

/// Up to so many slots are ordered without allocating; a week of work has seldom more than seven.
const USUAL_SLOTS: usize = 32;

/// Minutes that are needed of a set of slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) struct Need(pub(in crate::rank) u32);

impl Need {
    /// Of slots of this length: not more than there is, and at least a minute.
    pub(in crate::rank) fn of(self, length: u32) -> u32 {
        self.0.min(length).max(1)
    }
}

/// Whether time counts minute by minute, or shift by shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Splitting {
    /// The best shifts until the need is full.
    WholeShifts,
    /// Freely spread over all slots.
    Split,
}

/// The share of the need that is free, in 1/10,000.
pub(super) fn cover<'a>(
    slots: impl Iterator<Item = &'a Span> + Clone,
    need: Need,
    splitting: Splitting,
    free: impl Fn(&Span) -> u32,
) -> u32 {
    let need = need.of(slots.clone().map(|slot| slot.minutes()).sum());
    match splitting {
        Splitting::Split => {
            let free: u32 = slots.map(free).sum();
            share(u64::from(free) * u64::from(WHOLE), need).min(WHOLE)
        }
        Splitting::WholeShifts => {
            // A slot has at least a minute, and at most as many free ones as minutes.
            let rated = slots.map(|slot| (free(slot) * WHOLE / slot.minutes(), slot.minutes()));
            let mut few = [(0, 0); USUAL_SLOTS];
            let mut count = 0;
            for (place, one) in few.iter_mut().zip(rated.clone()) {
                *place = one;
                count += 1;
            }
            if count < USUAL_SLOTS {
                of_the_best(&mut few[..count], need)
            } else {
                of_the_best(&mut rated.collect::<Vec<_>>(), need)
            }
        }
    }
}

/// The mean over kinds, or all their windows as one set where time may be split.
pub(super) fn mean_cover(
    kinds: &[Window],
    need: Need,
    splitting: Splitting,
    free: impl Fn(&Span) -> u32,
) -> u32 {
    match splitting {
        Splitting::Split => cover(kinds.iter().flat_map(|kind| kind.slots()), need, splitting, free),
        Splitting::WholeShifts => {
            let sum: u32 = kinds.iter().map(|kind| cover(kind.slots().iter(), need, splitting, &free)).sum();
            // There are at most five kinds, and never none.
            sum / (kinds.len() as u32).max(1)
        }
    }
}

/// Rates and lengths, taken from the highest rate on until the need is full.
fn of_the_best(rated: &mut [(u32, u32)], need: u32) -> u32 {
    rated.sort_unstable_by(|a, b| b.cmp(a));
    let (mut rest, mut sum) = (need, 0_u64);
    for (rate, minutes) in rated {
        let taken = (*minutes).min(rest);
        sum += u64::from(taken) * u64::from(*rate);
        rest -= taken;
    }
    share(sum, need)
}

/// A quotient of at most 500 slots' minutes times 10,000.
fn share(sum: u64, need: u32) -> u32 {
    u32::try_from(sum / u64::from(need)).unwrap_or(WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Shift;

    /// Free from 8:45 to 14:45 on every day.
    fn free(slot: &Span) -> u32 {
        (0..7).map(|day| Span { from: day * 1_440 + 525, to: day * 1_440 + 885 }.shared_minutes(*slot)).sum()
    }

    fn days(count: u16, from: u16, to: u16) -> Vec<Span> {
        (0..count).map(|day| Span { from: day * 1_440 + from * 60, to: day * 1_440 + to * 60 }).collect()
    }

    #[test]
    fn r10_whole_shifts_count_by_the_best_and_split_time_minute_by_minute() {
        let need = Need(24 * 60);
        let early = days(5, 7, 15);
        assert_eq!(cover(early.iter(), need, Splitting::WholeShifts, free), 7_500);
        assert_eq!(cover(early.iter(), need, Splitting::Split, free), 10_000);
        // Two shifts that fit and three that do not: two are enough for twelve hours.
        let mut mixed = days(2, 9, 14);
        mixed.extend(days(5, 18, 22).split_off(2));
        assert_eq!(cover(mixed.iter(), Need(600), Splitting::WholeShifts, free), 10_000);
        assert_eq!(cover(mixed.iter(), Need(99 * 60), Splitting::WholeShifts, free), 4_545);
    }

    #[test]
    fn a_kind_stands_for_its_window() {
        let need = Need(24 * 60);
        let day = [Window::Shift(Shift::Day)];
        assert_eq!(mean_cover(&day, need, Splitting::WholeShifts, free), 5_454);
        let both = [Window::Shift(Shift::Day), Window::Shift(Shift::Evening)];
        assert_eq!(mean_cover(&both, need, Splitting::WholeShifts, free), 2_727);
        assert_eq!(mean_cover(&both, need, Splitting::Split, free), 10_000);
    }

    #[test]
    fn many_slots_count_like_few() {
        let many: Vec<Span> = (0..500).map(|at| Span { from: at * 20, to: at * 20 + 10 }).collect();
        assert_eq!(cover(many.iter(), Need(99 * 60), Splitting::WholeShifts, |slot| slot.minutes()), 10_000);
    }
}
