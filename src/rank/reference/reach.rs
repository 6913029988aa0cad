//! Hours and travel.

use super::{Fit, Setting};
use crate::{
    domain::{
        Candidate, Vacancy,
        place::Postcode,
        time::{HoursPerWeek, HoursRange},
        travel::MeansOfTransport,
    },
    geo::distance_metres,
};

/// The most hours there are, in minutes a week.
const MOST: i128 = 99 * 60;

/// Fewest and most minutes a week, as given.
#[derive(Clone, Copy)]
struct Bounds {
    min: Option<i128>,
    max: Option<i128>,
}

impl Bounds {
    fn of(range: HoursRange) -> Self {
        let minutes = |bound: Option<HoursPerWeek>| bound.map(|bound| i128::from(bound.minutes()));
        Self { min: minutes(range.min()), max: minutes(range.max()) }
    }

    fn min_or_0(self) -> i128 {
        self.min.unwrap_or(0)
    }

    fn max_or_most(self) -> i128 {
        self.max.unwrap_or(MOST)
    }

    fn one_is_missing(self) -> bool {
        self.min.is_none() || self.max.is_none()
    }

    /// Every missing bound at the other one.
    fn at_worst(self) -> Self {
        Self { min: self.min.or(self.max), max: self.max.or(self.min) }
    }
}

fn wished_hours(candidate: &Candidate) -> Option<Bounds> {
    candidate.profile.availability.hours.map(Bounds::of)
}

fn offered_hours(vacancy: &Vacancy) -> Option<Bounds> {
    vacancy.schedule.hours.map(Bounds::of)
}

/// A number of minutes, at most the person's cap where it holds.
fn capped(minutes: i128, candidate: &Candidate, setting: &Setting<'_>) -> i128 {
    match candidate.profile.availability.hours_cap {
        Some(cap) if cap.holds_on(setting.as_of) => minutes.min(i128::from(cap.max.minutes())),
        _ => minutes,
    }
}

/// Which share of what is needed is there, in 1/10,000.
fn covered(available: i128, needed: i128) -> i128 {
    if needed == 0 { 10_000 } else { (available * 10_000 / needed).min(10_000) }
}

/// The share of the employer's fewest hours that can be worked: as is, and with every unknown at its worst.
pub(super) fn hours_shares(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> (i128, i128) {
    let share = |wished: Bounds, offered: Bounds| {
        covered(capped(wished.max_or_most(), candidate, setting), offered.min_or_0())
    };
    match (wished_hours(candidate), offered_hours(vacancy)) {
        (Some(wished), Some(offered)) => {
            (share(wished, offered), share(wished.at_worst(), offered.at_worst()))
        }
        (None, Some(offered)) => (covered(capped(MOST, candidate, setting), offered.min_or_0()), 0),
        (_, None) => (10_000, 0),
    }
}

pub(super) fn hours(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let neutral = setting.neutral();
    let within = |a: i128, h: i128, low: i128| Fit { fit: neutral.max(a).min(h), low, high: h };
    match (wished_hours(candidate), offered_hours(vacancy)) {
        (Some(wished), Some(offered)) => {
            let lower = |wished: Bounds, offered: Bounds| {
                let demand = covered(capped(wished.max_or_most(), candidate, setting), offered.min_or_0());
                let wish = covered(offered.max_or_most(), wished.min_or_0());
                demand.min(wish)
            };
            let fit = lower(wished, offered);
            Fit { fit, low: lower(wished.at_worst(), offered.at_worst()), high: fit }
        }
        (None, Some(offered)) => {
            let a = if offered.min_or_0() > 0 { 0 } else { covered(offered.max_or_most(), MOST) };
            let h = covered(capped(MOST, candidate, setting), offered.min_or_0());
            within(a, h, if offered.one_is_missing() { 0 } else { a })
        }
        (Some(wished), None) => {
            let workable = capped(wished.max_or_most(), candidate, setting);
            let a = if wished.min_or_0() > 0 { 0 } else { covered(workable, MOST) };
            within(a, 10_000, if wished.one_is_missing() { 0 } else { a })
        }
        (None, None) => Fit::unknown(neutral),
    }
}

/// All means with a speed.
const MEANS: [MeansOfTransport; 6] = [
    MeansOfTransport::Car,
    MeansOfTransport::Moped,
    MeansOfTransport::Bicycle,
    MeansOfTransport::Motorcycle,
    MeansOfTransport::PublicTransport,
    MeansOfTransport::OnFoot,
];

pub(super) fn travel(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let travel = &candidate.profile.travel;
    let neutral = setting.neutral();
    let position = |postcode: Option<Postcode>| postcode.and_then(|own| (setting.positions)(own.pc4()));
    let distance = match (position(travel.from), position(vacancy.place.postcode)) {
        (Some(from), Some(to)) => Some(i128::from(distance_metres(from, to)) * 13 / 10),
        _ => None,
    };
    let shortest = |metres: i128| travel.means.iter().filter_map(|means| minutes(*means, metres)).min();
    let time = setting.travel_minutes.map(i128::from).or_else(|| distance.and_then(shortest));

    let mut parts = Vec::new();
    if let Some(limit) = travel.max_km {
        let limit = i128::from(limit.get()) * 1_000;
        parts.push(distance.map_or(Fit::unknown(neutral), |metres| Fit::known(reach(metres, limit))));
    }
    if let Some(limit) = travel.max_minutes {
        parts.push(within_minutes(i128::from(limit.get()), time, distance, shortest(0), neutral));
    }
    let lowest = |of: fn(&Fit) -> i128| parts.iter().map(of).min();
    if let (Some(fit), Some(low), Some(high)) = (lowest(|f| f.fit), lowest(|f| f.low), lowest(|f| f.high)) {
        return Fit { fit, low, high };
    }
    Fit::unknown(distance.map_or(neutral, |metres| {
        let worst = if metres == 0 { 10_000 } else { 0 };
        let best = reach(metres, 999_000).min(time.map_or(10_000, |time| reach(time, 999)));
        neutral.max(worst).min(best)
    }))
}

/// The part of a limit in minutes; `next_door` is the person's shortest time over no distance at all.
fn within_minutes(
    limit: i128,
    time: Option<i128>,
    distance: Option<i128>,
    next_door: Option<i128>,
    neutral: i128,
) -> Fit {
    if let Some(time) = time {
        return Fit::known(reach(time, limit));
    }
    if let Some(metres) = distance {
        let by_any =
            || MEANS.iter().filter_map(|means| minutes(*means, metres)).map(|time| reach(time, limit));
        let (low, high) = (by_any().min().unwrap_or(0), by_any().max().unwrap_or(10_000));
        return Fit { fit: neutral.max(low).min(high), low, high };
    }
    let high = next_door.map_or(10_000, |time| reach(time, limit));
    Fit { fit: neutral.min(high), low: 0, high }
}

fn reach(needed: i128, limit: i128) -> i128 {
    if needed <= limit {
        10_000
    } else if needed >= 2 * limit {
        0
    } else {
        10_000 * (2 * limit - needed) / limit
    }
}

fn minutes(means: MeansOfTransport, metres: i128) -> Option<i128> {
    let (overhead, km_per_hour) = match means {
        MeansOfTransport::Car | MeansOfTransport::Motorcycle => (5, 50),
        MeansOfTransport::Moped => (3, 25),
        MeansOfTransport::Bicycle => (2, 15),
        MeansOfTransport::PublicTransport => (15, 30),
        MeansOfTransport::OnFoot => (0, 5),
        MeansOfTransport::Other => return None,
    };
    let metres_per_hour = km_per_hour * 1_000;
    Some(overhead + (metres * 60 + metres_per_hour - 1) / metres_per_hour)
}
