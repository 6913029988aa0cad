//! A quality counts by who saw it and when (R6).

use super::{Knowledge, Opinion, WHOLE};
use crate::domain::observation::{Dispute, ObservationSource};
use crate::rank::{day::Day, facts::Seen, halving::half};
use std::cmp::Reverse;

const HALF: u32 = 5_000;
/// 5,000·(1 − ½^|x|) at the knots of |x| in 1/10,000, rounded; linear between, flat beyond.
const RISE: [(u32, u32); 21] = [
    (0, 0),
    (2_500, 795),
    (5_000, 1_464),
    (7_500, 2_027),
    (10_000, 2_500),
    (12_500, 2_898),
    (15_000, 3_232),
    (17_500, 3_514),
    (20_000, 3_750),
    (22_500, 3_949),
    (25_000, 4_116),
    (27_500, 4_257),
    (30_000, 4_375),
    (32_500, 4_474),
    (35_000, 4_558),
    (37_500, 4_628),
    (40_000, 4_688),
    (50_000, 4_844),
    (60_000, 4_922),
    (70_000, 4_961),
    (80_000, 4_980),
];

/// Of each quality and source the latest observation up to the as-of date, but for what the person disputes.
///
/// `seen` comes in the order of [`order`], each with what was observed.
pub(in crate::rank) fn latest<'a, What: PartialEq + Copy>(
    seen: impl Iterator<Item = (What, &'a Seen)>,
    as_of: Day,
) -> impl Iterator<Item = (What, &'a Seen)> {
    let mut last = None;
    seen.filter(move |(what, one)| {
        let same = Some((*what, one.source));
        let counts = exists(one, as_of) && one.dispute == Dispute::Undisputed && last != same;
        if counts {
            last = same;
        }
        counts
    })
}

/// Whether an observation was made by the as-of date.
pub(in crate::rank) fn exists(one: &Seen, as_of: Day) -> bool {
    one.on.is_none_or(|day| day <= as_of)
}

/// The order of the observations of one quality: by source; of a source the latest first, no date last; of a day the
/// lowest value first.
pub(in crate::rank) fn order(one: &Seen) -> impl Ord + use<> {
    (one.source, Reverse(one.on), one.value)
}

/// The fit that observations give; unobserved is one half, so that a positive one never lowers.
pub(in crate::rank) fn judge<'a, What: PartialEq + Copy>(
    seen: impl Iterator<Item = (What, &'a Seen)>,
    as_of: Day,
) -> Opinion {
    let mut points = 0_i64;
    let mut strength = 0_u32;
    let mut is_seen = false;
    for (_, one) in latest(seen, as_of) {
        is_seen = true;
        let age = one.on.map_or(12, |day| as_of.months_since(day));
        let counts = weight(one.source) * half(age) / 100;
        strength += counts;
        points += i64::from(counts) * i64::from(one.value.points());
    }
    if !is_seen {
        return Opinion::unknown(HALF);
    }
    let rise = rise(u32::try_from(points.unsigned_abs()).unwrap_or(u32::MAX));
    let fit = if points < 0 { HALF - rise } else { HALF + rise };
    let width = half(strength * 12 / WHOLE) / 2;
    Opinion { fit, low: fit.saturating_sub(width), high: WHOLE.min(fit + width), knowledge: Knowledge::Known }
}

/// What a source weighs, in 1/100 of the coach.
pub(in crate::rank) fn weight(source: ObservationSource) -> u32 {
    match source {
        ObservationSource::SelfReport => 25,
        ObservationSource::Conversation => 50,
        ObservationSource::Coach => 100,
        ObservationSource::PracticalTest => 120,
        ObservationSource::Internship => 140,
        ObservationSource::TrialPlacement => 170,
        ObservationSource::Employer => 200,
    }
}

fn rise(points: u32) -> u32 {
    for pair in RISE.windows(2) {
        let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
        if points <= x1 {
            return y0 + (points - x0) * (y1 - y0) / (x1 - x0);
        }
    }
    RISE[RISE.len() - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::observation::{Dispute, ObservedValue};
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 22);

    fn seen(source: ObservationSource, value: ObservedValue, on: Option<Date>) -> Seen {
        Seen { source, value, on: on.map(Day::new), dispute: Dispute::Undisputed }
    }

    fn fit(seen: &[Seen]) -> Opinion {
        fit_on(seen, TODAY)
    }

    fn fit_on(seen: &[Seen], day: Date) -> Opinion {
        let mut seen = seen.to_vec();
        seen.sort_by_key(order);
        judge(seen.iter().map(|one| ((), one)), Day::new(day))
    }

    fn any_value() -> impl Strategy<Value = ObservedValue> {
        use ObservedValue::{Absent, Average, Insufficient, Strong, Sufficient};
        prop::sample::select(vec![Absent, Insufficient, Average, Sufficient, Strong])
    }

    fn any_seen() -> impl Strategy<Value = Seen> {
        (prop::sample::select(ObservationSource::ALL.to_vec()), any_value(), prop::option::of(0_i32..3_000))
            .prop_map(|(source, value, age)| {
                let on = age.map(|days| TODAY.saturating_sub(jiff::Span::new().days(days)));
                seen(source, value, on)
            })
    }

    #[test]
    fn r6_strong_seen_by_the_coach_today_is_worked_out_by_hand() {
        // x = 1 · 2 = 2: 5,000 + 3,750; half the width halves once: 10,000 · ½ / 2.
        let coach = fit(&[seen(ObservationSource::Coach, ObservedValue::Strong, Some(TODAY))]);
        assert_eq!((coach.fit, coach.low, coach.high), (8_750, 6_250, 10_000));
        // The same from the person, without a date, is one half-life old: x = ¼ · ½ · 2 = ¼.
        assert_eq!(fit(&[seen(ObservationSource::SelfReport, ObservedValue::Strong, None)]).fit, 5_795);
    }

    #[test]
    fn what_is_observed_after_the_as_of_date_does_not_exist_yet() {
        let tomorrow = TODAY.tomorrow().unwrap();
        let later = seen(ObservationSource::Coach, ObservedValue::Absent, Some(tomorrow));
        assert_eq!(fit(&[later]), Opinion::unknown(5_000));
    }

    #[test]
    fn of_one_source_the_latest_counts_and_on_one_day_the_lowest() {
        let coach = |value, on| seen(ObservationSource::Coach, value, on);
        let old = coach(ObservedValue::Strong, Some(date(2026, 1, 1)));
        let new = coach(ObservedValue::Insufficient, Some(TODAY));
        let undated = coach(ObservedValue::Absent, None);
        assert_eq!(fit(&[new, old, undated]), fit(&[new]));
        assert_eq!(fit(&[coach(ObservedValue::Strong, Some(TODAY)), new]), fit(&[new]));
    }

    #[test]
    fn what_is_disputed_does_not_count_and_what_was_seen_before_counts_again() {
        let old = seen(ObservationSource::Coach, ObservedValue::Strong, Some(date(2026, 1, 1)));
        let new = seen(ObservationSource::Coach, ObservedValue::Insufficient, Some(TODAY));
        let disputed = Seen { dispute: Dispute::Disputed, ..new };
        assert_eq!(fit(&[disputed, old]), fit(&[old]));
        assert_eq!(fit(&[disputed]), Opinion::unknown(5_000));
    }

    #[test]
    fn r6_two_facets_seen_by_one_source_add_up() {
        let [patience, empathy] = [ObservedValue::Strong, ObservedValue::Sufficient]
            .map(|value| seen(ObservationSource::Coach, value, Some(TODAY)));
        let both = judge([("empathy", &empathy), ("patience", &patience)].into_iter(), Day::new(TODAY));
        // x = 2 + 1.
        assert_eq!(both.fit, 5_000 + 4_375);
    }

    proptest! {
        #[test]
        fn r6_from_a_new_source_a_positive_one_never_lowers_and_a_negative_never_raises(
            before in prop::collection::vec(any_seen(), 0..6), added in any_seen(),
        ) {
            let others: Vec<Seen> = before.into_iter().filter(|s| s.source != added.source).collect();
            let after: Vec<Seen> = others.iter().copied().chain([added]).collect();
            let (before, after) = (fit(&others).fit, fit(&after).fit);
            match added.value.points() {
                1.. => prop_assert!(after >= before),
                0 => prop_assert_eq!(after, before),
                _ => prop_assert!(after <= before),
            }
        }

        #[test]
        fn r6_time_only_pulls_one_observation_to_one_half(one in any_seen(), months in 1_i32..100) {
            let now = fit(&[one]).fit;
            let later = TODAY.checked_add(jiff::Span::new().months(months)).unwrap();
            let then = fit_on(&[one], later).fit;
            let (near, far) = (then.abs_diff(HALF), now.abs_diff(HALF));
            prop_assert!(near <= far, "{now} {then}");
            prop_assert!((now >= HALF) == (then >= HALF) || then == HALF);
        }

        #[test]
        fn the_interval_holds_the_fit_and_narrows_with_strength(one in any_seen()) {
            let opinion = fit(&[one]);
            prop_assert!(opinion.low <= opinion.fit && opinion.fit <= opinion.high && opinion.high <= WHOLE);
        }
    }
}
