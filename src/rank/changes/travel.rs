//! Travel: a reach that is not known or a little too small, and another means where time is the limit.

use super::{Change, Situation, of_candidate};
use crate::domain::travel::{MeansOfTransport, ReachLimit};
use crate::rank::{
    criteria::{WHOLE, judge, travel},
    criterion::Criterion,
    reason::{Reason, ReasonCode, Value},
};

/// Means that somebody can take up; a motorcycle or a moped is nobody's advice.
const MEANS: [MeansOfTransport; 3] =
    [MeansOfTransport::Bicycle, MeansOfTransport::PublicTransport, MeansOfTransport::Car];

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    if judge(Criterion::Travel, at.pair, at.rules).is_some_and(|opinion| opinion.fit == WHOLE) {
        return;
    }
    let distance = travel::road_metres(at.pair);
    let person = at.pair.candidate;
    let kilometres = distance.map(|metres| metres.div_ceil(1_000));
    let is_too_far = |km: u16| kilometres.is_some_and(|way| way > u64::from(km));
    let has_no_limit = person.max_km.is_none() && person.max_minutes.is_none();
    if let Some(km) = kilometres.filter(|_| has_no_limit || person.max_km.is_some_and(is_too_far)) {
        changes.extend(to(km, Value::Metres(km * 1_000), "travel.max_km"));
    }
    let Some(limit) = person.max_minutes else { return };
    if let Some((minutes, _)) =
        travel::minutes(at.pair, distance).filter(|(time, _)| *time > u64::from(limit))
    {
        changes.extend(to(minutes, Value::TravelMinutes(minutes), "travel.max_minutes"));
    }
    if at.pair.travel_minutes.is_some() {
        return;
    }
    for means in MEANS.into_iter().filter(|means| !person.means.contains(means)) {
        let reason = Reason::new(ReasonCode::WithMeans, [("means", Value::Means(means))]);
        changes.push(of_candidate(Criterion::Travel, reason, "travel.means", move |profile| {
            profile.travel.means.push(means);
        }));
    }
}

fn to(limit: u64, told: Value, field: &'static str) -> Option<Change> {
    let reach = u32::try_from(limit).ok().and_then(|limit| ReachLimit::new(limit).ok())?;
    let reason = Reason::new(ReasonCode::WithReach, [("limit", told)]);
    Some(of_candidate(Criterion::Travel, reason, field, move |profile| {
        let limit = match field {
            "travel.max_km" => &mut profile.travel.max_km,
            _ => &mut profile.travel.max_minutes,
        };
        *limit = Some(reach);
    }))
}
