//! Travel: the person's own reach, by the means they have (R11).

use super::{Knowledge, Opinion, WHOLE};
use crate::domain::{time::Shift, travel::MeansOfTransport};
use crate::geo::distance_metres;
use crate::rank::{
    facts::{Window, WorkTimes},
    rules::{Pair, Rules},
};

/// The means with a known speed: minutes that every trip takes, and kilometres an hour after that.
const MEANS: [(MeansOfTransport, u64, u64); 6] = [
    (MeansOfTransport::Car, 5, 50),
    (MeansOfTransport::Motorcycle, 5, 50),
    (MeansOfTransport::Moped, 3, 25),
    (MeansOfTransport::Bicycle, 2, 15),
    (MeansOfTransport::PublicTransport, 15, 30),
    (MeansOfTransport::OnFoot, 0, 5),
];
/// Work that begins before this minute of the day or ends after the other needs a way back without bus or train.
const ODD_BEFORE: u16 = 6 * 60 + 30;
const ODD_AFTER: u16 = 22 * 60 + 30;
/// A bicycle or the feet are a way back within this time.
const WAY_BACK_MINUTES: u64 = 60;
/// The largest limit that a person can give, in kilometres or minutes.
const LARGEST_LIMIT: u64 = 999;

/// The opinion, whoever the employer is.
pub(in crate::rank) fn judge_elsewhere(pair: Pair<'_>, rules: Rules<'_>) -> Opinion {
    judge_over(road_metres(pair), pair, rules)
}

/// The same over a distance.
pub(super) fn judge_over(distance: Option<u64>, pair: Pair<'_>, rules: Rules<'_>) -> Opinion {
    let neutral = rules.numbers.neutral;
    let there = way_there(pair, distance, neutral);
    match way_back(pair, distance) {
        WayBack::Sure => there,
        WayBack::Missing => there.and(Opinion::unknown(neutral)),
        WayBack::Open => {
            there.and(Opinion { fit: WHOLE, low: 0, high: WHOLE, knowledge: Knowledge::Unknown })
        }
    }
}

fn way_there(pair: Pair<'_>, distance: Option<u64>, neutral: u32) -> Opinion {
    let by_distance = pair.candidate.max_km.map(|km| match distance {
        Some(metres) => Opinion::known(reach(metres, u64::from(km) * 1_000)),
        None => Opinion::unknown(neutral),
    });
    let by_time = pair.candidate.max_minutes.map(|limit| in_time(pair, distance, u64::from(limit), neutral));
    match (by_distance, by_time) {
        (Some(distance), Some(time)) => distance.and(time),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => without_a_limit(pair, distance, neutral),
    }
}

/// Whether the person can come home from work at odd times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) enum WayBack {
    Sure,
    /// Only bus and train, at times when there are few.
    Missing,
    /// The times or the means are not known well enough.
    Open,
}

/// Evening and early shifts without a car need a way back (R11), but to the own employer.
pub(in crate::rank) fn way_back(pair: Pair<'_>, distance: Option<u64>) -> WayBack {
    use MeansOfTransport::{Bicycle, OnFoot, PublicTransport};
    if pair.travel_minutes.is_some() {
        return WayBack::Sure;
    }
    let odd = has_odd_times(&pair.vacancy.times);
    let means = &pair.candidate.means;
    let needs_bus = means.contains(&PublicTransport)
        && means.iter().all(|means| [PublicTransport, Bicycle, OnFoot].contains(means));
    let is_near = |means: Means| {
        means.0 != PublicTransport
            && distance.is_none_or(|metres| minutes_by(means, metres) <= WAY_BACK_MINUTES)
    };
    if odd == Some(false) || !(needs_bus || means.is_empty()) || means_of(pair).any(is_near) {
        WayBack::Sure
    } else if odd == Some(true) && needs_bus {
        WayBack::Missing
    } else {
        WayBack::Open
    }
}

/// `None` where slots that are not known could tell otherwise.
pub(in crate::rank) fn has_odd_times(times: &WorkTimes) -> Option<bool> {
    match times {
        WorkTimes::Exact(slots) => {
            let is_odd =
                |slot: &crate::rank::facts::Span| slot.begins_at() < ODD_BEFORE || slot.ends_at() > ODD_AFTER;
            Some(slots.iter().any(is_odd))
        }
        WorkTimes::Kinds(kinds) => {
            let odd = [Shift::Evening, Shift::Night, Shift::Irregular].map(Window::Shift);
            kinds.iter().any(|kind| odd.contains(kind)).then_some(true)
        }
        WorkTimes::Unknown => None,
    }
}

/// Distance over the road in metres, where both positions are known.
pub(in crate::rank) fn road_metres(pair: Pair<'_>) -> Option<u64> {
    let (from, to) = (pair.candidate.position?, pair.vacancy.position?);
    Some(u64::from(distance_metres(from, to)) * 13 / 10)
}

/// Minutes one way: given with the pair, else by the fastest of the person's means, which is told too.
pub(in crate::rank) fn minutes(
    pair: Pair<'_>,
    distance: Option<u64>,
) -> Option<(u64, Option<MeansOfTransport>)> {
    if let Some(given) = pair.travel_minutes {
        return Some((u64::from(given), None));
    }
    let metres = distance?;
    means_of(pair).map(|means| (minutes_by(means, metres), Some(means.0))).min_by_key(|(minutes, _)| *minutes)
}

type Means = (MeansOfTransport, u64, u64);

fn means_of(pair: Pair<'_>) -> impl Iterator<Item = Means> {
    MEANS.into_iter().filter(move |(means, ..)| pair.candidate.means.contains(means))
}

fn minutes_by((_, overhead, speed): Means, metres: u64) -> u64 {
    overhead + (metres * 60).div_ceil(speed * 1_000)
}

/// 1 up to the limit, falling to 0 at twice the limit.
fn reach(way: u64, limit: u64) -> u32 {
    if way <= limit {
        return WHOLE;
    }
    if way >= 2 * limit {
        return 0;
    }
    // Below 10,000, since the way is longer than the limit.
    (u64::from(WHOLE) * (2 * limit - way) / limit) as u32
}

fn in_time(pair: Pair<'_>, distance: Option<u64>, limit: u64, neutral: u32) -> Opinion {
    if let Some((minutes, _)) = minutes(pair, distance) {
        return Opinion::known(reach(minutes, limit));
    }
    let at = |metres: u64, means: Means| reach(minutes_by(means, metres), limit);
    match distance {
        // The means are not known: between the slowest and the fastest.
        Some(metres) => {
            let fits = MEANS.map(|means| at(metres, means));
            let low = fits.iter().copied().min().unwrap_or(0);
            let high = fits.iter().copied().max().unwrap_or(WHOLE);
            Opinion::within_reach(neutral, low, high)
        }
        None => {
            let nearest = means_of(pair).map(|means| at(0, means)).max().unwrap_or(WHOLE);
            Opinion::within_reach(neutral, 0, nearest)
        }
    }
}

fn without_a_limit(pair: Pair<'_>, distance: Option<u64>, neutral: u32) -> Opinion {
    let Some(metres) = distance else {
        return Opinion::unknown(neutral);
    };
    let narrowest = if metres == 0 { WHOLE } else { 0 };
    let time = minutes(pair, distance).map_or(WHOLE, |(minutes, _)| reach(minutes, LARGEST_LIMIT));
    let widest = reach(metres, LARGEST_LIMIT * 1_000).min(time);
    let fit = neutral.max(narrowest).min(widest);
    Opinion { fit, low: 0, high: WHOLE, knowledge: Knowledge::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r11_the_fit_is_whole_up_to_the_limit_and_nothing_at_twice_the_limit() {
        assert_eq!([20, 25, 30, 39, 40].map(|way| reach(way, 20)), [10_000, 7_500, 5_000, 500, 0]);
        assert_eq!([0, 1].map(|way| reach(way, 0)), [10_000, 0]);
    }

    #[test]
    fn minutes_are_rounded_up() {
        // 10,001 m at 15 km/h is 40.004 minutes.
        assert_eq!(minutes_by((MeansOfTransport::Bicycle, 2, 15), 10_001), 43);
    }
}
