//! Travel.

use super::{Fit, Setting, times::is_own_employer, week};
use crate::{
    domain::{Candidate, Vacancy, place::Postcode, travel::MeansOfTransport},
    geo::distance_metres,
};

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
    if is_own_employer(vacancy, candidate) {
        return Fit::known(10_000);
    }
    let there = way_there(vacancy, candidate, setting);
    let Some(back) = way_back(vacancy, candidate, setting) else { return there };
    Fit { fit: there.fit.min(back.fit), low: there.low.min(back.low), high: there.high.min(back.high) }
}

/// The part for work at odd times; `None` where there is none.
fn way_back(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    if setting.travel_minutes.is_some() {
        return None;
    }
    let odd = week::odd_times(vacancy);
    let means = &candidate.profile.travel.means;
    let named = !means.is_empty();
    let goes_by_bus = means.contains(&MeansOfTransport::PublicTransport);
    let has_wheels_of_their_own = means.iter().any(|own| {
        !matches!(
            own,
            MeansOfTransport::PublicTransport | MeansOfTransport::Bicycle | MeansOfTransport::OnFoot
        )
    });
    let is_near = |own: &MeansOfTransport| match (own, distance(vacancy, candidate, setting)) {
        (MeansOfTransport::Bicycle | MeansOfTransport::OnFoot, None) => true,
        (MeansOfTransport::Bicycle | MeansOfTransport::OnFoot, Some(metres)) => {
            minutes(*own, metres).is_some_and(|time| time <= 60)
        }
        _ => false,
    };
    if odd == Some(false) || (named && (!goes_by_bus || has_wheels_of_their_own)) || means.iter().any(is_near)
    {
        return None;
    }
    Some(if odd == Some(true) && named {
        Fit::unknown(setting.neutral())
    } else {
        Fit { fit: 10_000, low: 0, high: 10_000 }
    })
}

fn distance(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<i128> {
    let position = |postcode: Option<Postcode>| postcode.and_then(|own| (setting.positions)(own.pc4()));
    let from = position(candidate.profile.travel.from)?;
    let to = position(vacancy.place.postcode)?;
    Some(i128::from(distance_metres(from, to)) * 13 / 10)
}

fn way_there(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let travel = &candidate.profile.travel;
    let neutral = setting.neutral();
    let distance = distance(vacancy, candidate, setting);
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
