//! Reasons of wishes, travel and contract: both sides must speak, and either may be silent.

use crate::rank::{
    criteria::{WHOLE, motivation::Likeness, travel},
    criterion::Criterion,
    facts::SectorKey,
    found::Found,
    reason::{Reason, ReasonCode, Value},
    rules::Pair,
    term::has_all_words,
};

pub(super) fn of_wished_occupation(found: &Found<'_>) -> Reason {
    let pair = found.pair;
    if pair.candidate.wished.is_empty() {
        return Reason::plain(ReasonCode::WishedOccupationUnknown);
    }
    if pair.vacancy.keys.is_empty() {
        return Reason::plain(ReasonCode::WorkUnknown);
    }
    // Of equals the first that the person named.
    let wished = pair.candidate.wished.iter().zip(found.likenesses()).rev();
    let Some((best, likeness)) = wished.max_by_key(|(_, likeness)| likeness.fit()) else {
        return Reason::plain(ReasonCode::WishedOccupationUnknown);
    };
    let code = match likeness {
        Likeness::Same => ReasonCode::WishedOccupation,
        Likeness::Words => ReasonCode::WishedOccupationWords,
        Likeness::Probably(_) => ReasonCode::WishedOccupationProbably,
        Likeness::Group => ReasonCode::WishedOccupationNear,
        Likeness::Other => ReasonCode::OtherOccupationWished,
    };
    Reason::new(code, [("occupation", Value::Words(best.text.as_str().to_owned()))])
}

pub(super) fn of_wished_sector(pair: Pair<'_>) -> Reason {
    let (wished, own) = (&pair.candidate.wished_sectors, &pair.vacancy.sectors);
    if wished.is_empty() {
        return Reason::plain(ReasonCode::WishedSectorUnknown);
    }
    if own.is_empty() {
        return Reason::plain(ReasonCode::SectorUnknown);
    }
    let found = |same: fn(SectorKey, SectorKey) -> bool| {
        own.iter().find(|own| wished.iter().any(|wished| same(*wished, **own)))
    };
    if let Some(same) = found(|a, b| a.division == b.division) {
        return Reason::new(ReasonCode::WishedSector, [("division", Value::Division(same.division))]);
    }
    match found(SectorKey::same_named_sector) {
        Some(near) => Reason::new(ReasonCode::WishedSectorNear, [("sector", Value::Sector(near.sector))]),
        None => Reason::plain(ReasonCode::OtherSectorWished),
    }
}

pub(super) fn of_interests(pair: Pair<'_>) -> Reason {
    let interests = &pair.candidate.interests;
    if interests.is_empty() {
        return Reason::plain(ReasonCode::InterestsUnknown);
    }
    if pair.vacancy.all_words.is_empty() {
        return Reason::plain(ReasonCode::WorkUnknown);
    }
    match interests.iter().find(|(_, words)| has_all_words(&pair.vacancy.all_words, words)) {
        Some((interest, _)) => {
            let interest = Value::Words(interest.as_str().to_owned());
            Reason::new(ReasonCode::InterestFound, [("interest", interest)])
        }
        None => Reason::plain(ReasonCode::InterestsNotFound),
    }
}

pub(super) fn of_travel(found: &Found<'_>) -> Vec<Reason> {
    let pair = found.pair;
    let candidate = pair.candidate;
    if found.is_own_employer() {
        return vec![Reason::plain(ReasonCode::TravelOwnEmployer)];
    }
    let distance = found.distance();
    let minutes = travel::minutes(pair, distance);
    let mut reasons = Vec::new();
    if let (Some(km), Some(metres)) = (candidate.max_km, distance) {
        let limit = u64::from(km) * 1_000;
        let code = if metres <= limit { ReasonCode::DistanceWithin } else { ReasonCode::DistanceBeyond };
        reasons
            .push(Reason::new(code, [("distance", Value::Metres(metres)), ("limit", Value::Metres(limit))]));
    }
    if let (Some(limit), Some((minutes, means))) = (candidate.max_minutes.map(u64::from), minutes) {
        let time = ("time", Value::TravelMinutes(minutes));
        let limit_data = ("limit", Value::TravelMinutes(limit));
        reasons.push(match (means, minutes <= limit) {
            (None, true) => Reason::new(ReasonCode::GivenTimeWithin, [time, limit_data]),
            (None, false) => Reason::new(ReasonCode::GivenTimeBeyond, [time, limit_data]),
            (Some(means), within) => {
                let code = if within { ReasonCode::TimeWithin } else { ReasonCode::TimeBeyond };
                Reason::new(code, [("means", Value::Means(means)), time, limit_data])
            }
        });
    }
    reasons.extend(unknown_of_travel(found).map(|unknown| Reason::plain(unknown.reason())));
    reasons
}

/// What is not known of a trip and would be needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TravelUnknown {
    Reach,
    Home,
    Workplace,
    Means,
    /// Bus and train only, at odd times.
    WayBack,
}

impl TravelUnknown {
    fn reason(self) -> ReasonCode {
        match self {
            Self::Reach => ReasonCode::ReachUnknown,
            Self::Home => ReasonCode::HomeUnknown,
            Self::Workplace => ReasonCode::WorkplaceUnknown,
            Self::Means => ReasonCode::MeansUnknown,
            Self::WayBack => ReasonCode::WayBackUnknown,
        }
    }
}

pub(super) fn unknown_of_travel(found: &Found<'_>) -> impl Iterator<Item = TravelUnknown> {
    let pair = found.pair;
    let candidate = pair.candidate;
    let distance = found.distance();
    let has_no_limit = candidate.max_km.is_none() && candidate.max_minutes.is_none();
    let needs_time = candidate.max_minutes.is_some() && pair.travel_minutes.is_none();
    let needs_places = distance.is_none() && (has_no_limit || candidate.max_km.is_some() || needs_time);
    let needs_means = needs_time && distance.is_some() && travel::minutes(pair, distance).is_none();
    let is_elsewhere = !found.is_own_employer();
    [
        (has_no_limit, TravelUnknown::Reach),
        (needs_places && candidate.position.is_none(), TravelUnknown::Home),
        (needs_places && pair.vacancy.position.is_none(), TravelUnknown::Workplace),
        (needs_means, TravelUnknown::Means),
        (travel::way_back(pair, distance) == travel::WayBack::Missing, TravelUnknown::WayBack),
    ]
    .into_iter()
    .filter_map(move |(unknown, what)| (is_elsewhere && unknown).then_some(what))
}

pub(super) fn of_contract(found: &Found<'_>) -> Vec<Reason> {
    let pair = found.pair;
    let code = match (pair.vacancy.contract.is_empty(), pair.candidate.contract.is_empty()) {
        (true, true) => return Vec::new(),
        (true, false) => ReasonCode::ContractOfVacancyUnknown,
        (false, true) => ReasonCode::ContractOfPersonUnknown,
        (false, false) => match found.opinion(Criterion::Contract).map(|opinion| opinion.fit) {
            Some(WHOLE) => ReasonCode::ContractFits,
            Some(0) | None => ReasonCode::ContractOtherKind,
            Some(_) => ReasonCode::ContractOtherDuration,
        },
    };
    vec![Reason::plain(code)]
}
