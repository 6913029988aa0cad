//! What the lists of a night were made with, and what came of the run.

use super::{
    parts::{day_of, stored_day},
    refused::Refused,
};
use crate::domain::Date;
use crate::rank::{
    Criterion, Numbers, ReasonCode,
    profile::{AppliedProfile as NightProfile, Weight},
    reason::{DATA_NAMES, name_of_datum},
};
use crate::wire::storage as stored;

/// What part of everything a night covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NightScope {
    /// Number of a labour market region, 1 to 35; 0: all.
    pub region: u32,
    /// A code of SBI 2008 or its first digits; 0: all.
    pub sbi_code: u32,
}

/// What the lists were made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightHead {
    /// The day as of which they rank.
    pub as_of: Date,
    /// Id of the run.
    pub run: String,
    /// What they cover.
    pub scope: NightScope,
    /// Places of a list.
    pub list_size: u16,
    /// Every change up to this one was seen.
    pub change: u64,
    /// Fingerprint of what scores.
    pub model: String,
    /// The profiles that were used.
    pub profiles: Vec<NightProfile>,
    /// Whether proposals were spread over more people, beside the plain lists.
    pub second_plan: bool,
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NightCounts {
    /// Vacancies ranked.
    pub vacancies: u64,
    /// People who took part.
    pub people: u64,
    /// Pairs judged.
    pub pairs_judged: u64,
    /// Left out, by the stable name of the reason.
    pub excluded: Vec<(String, u64)>,
}

/// What numbers of a file stand for.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) codes: Vec<Option<ReasonCode>>,
    pub(super) data: Vec<Option<&'static str>>,
    /// The place of each criterion of this release among a pair's lines; `None`: the file has none.
    pub(super) line_of: [Option<usize>; Criterion::COUNT],
    pub(super) lines: usize,
}

/// The number of a reason's code in files of this release: its place among all.
pub(super) fn code_number(code: ReasonCode) -> u32 {
    code as u32
}

/// What the numbers of this release stand for.
pub(super) fn names_of_this_release() -> stored::NightHead {
    stored::NightHead {
        codes: ReasonCode::ALL.iter().map(|code| code.name().to_owned()).collect(),
        names: DATA_NAMES.iter().map(|name| (*name).to_owned()).collect(),
        criteria: Criterion::ALL.iter().map(|criterion| criterion.key().to_owned()).collect(),
        ..Default::default()
    }
}

impl NightHead {
    pub(super) fn to_stored(&self) -> stored::NightHead {
        stored::NightHead {
            as_of: Some(stored_day(self.as_of)),
            run: self.run.clone(),
            region: self.scope.region,
            sbi_code: self.scope.sbi_code,
            list_size: self.list_size.into(),
            change: self.change,
            model: self.model.clone(),
            profiles: self.profiles.iter().map(stored_profile).collect(),
            second_plan: self.second_plan,
            ..names_of_this_release()
        }
    }

    /// A head that says no more than what a pair by itself needs.
    pub(super) fn alone(as_of: Date, profiles: Vec<NightProfile>) -> Self {
        Self {
            as_of,
            run: String::new(),
            scope: NightScope::default(),
            list_size: 1,
            change: 0,
            model: String::new(),
            profiles,
            second_plan: false,
        }
    }

    pub(super) fn of_stored(head: &stored::NightHead) -> Result<(Self, Names), Refused> {
        let names = Names::of(head)?;
        let profiles = head.profiles.iter().map(|profile| profile_of(profile, &names));
        let own = Self {
            as_of: head.as_of.as_ref().and_then(day_of).ok_or(Refused::Damaged("the day of the night"))?,
            run: head.run.clone(),
            scope: NightScope { region: head.region, sbi_code: head.sbi_code },
            list_size: u16::try_from(head.list_size).map_err(|_| Refused::Damaged("the places of a list"))?,
            change: head.change,
            model: head.model.clone(),
            profiles: profiles.collect::<Result<_, _>>()?,
            second_plan: head.second_plan,
        };
        Ok((own, names))
    }
}

impl Names {
    /// Whether the file's numbers are those that this release writes.
    pub(super) fn are_of_this_release(&self) -> bool {
        self.lines == Criterion::COUNT
            && self.line_of.iter().enumerate().all(|(place, line)| *line == Some(place))
            && self.codes.iter().copied().eq(ReasonCode::ALL.iter().copied().map(Some))
            && self.data.iter().copied().eq(DATA_NAMES.iter().copied().map(Some))
    }

    pub(super) fn of(head: &stored::NightHead) -> Result<Self, Refused> {
        let mut line_of = [None; Criterion::COUNT];
        for (place, key) in head.criteria.iter().enumerate() {
            let criterion = Criterion::ALL.into_iter().find(|criterion| criterion.key() == key);
            let criterion = criterion.ok_or_else(|| Refused::Newer(format!("criterion {key}")))?;
            line_of[criterion.index()] = Some(place);
        }
        Ok(Self {
            codes: head.codes.iter().map(|name| ReasonCode::from_name(name)).collect(),
            data: head.names.iter().map(|name| name_of_datum(name)).collect(),
            line_of,
            lines: head.criteria.len(),
        })
    }
}

pub(super) fn stored_profile(profile: &NightProfile) -> stored::NightProfile {
    let n = &profile.numbers;
    stored::NightProfile {
        name: profile.name.clone(),
        hash: profile.hash.clone(),
        figures: vec![n.lambda, n.beta, n.neutral, n.unnamed, n.unmet_share, n.refusal_share, n.hours_share],
        demand: n.weights.iter().map(|weight| weight.demand).collect(),
        wish: n.weights.iter().map(|weight| weight.wish).collect(),
    }
}

pub(super) fn profile_of(profile: &stored::NightProfile, names: &Names) -> Result<NightProfile, Refused> {
    let [lambda, beta, neutral, unnamed, unmet_share, refusal_share, hours_share] = profile.figures[..]
    else {
        return Err(Refused::Damaged("the figures of a profile"));
    };
    let mut weights = [Weight::default(); Criterion::COUNT];
    for (weight, place) in weights.iter_mut().zip(names.line_of) {
        let Some(place) = place else { continue };
        let (Some(demand), Some(wish)) = (profile.demand.get(place), profile.wish.get(place)) else {
            return Err(Refused::Damaged("the weights of a profile"));
        };
        *weight = Weight { demand: *demand, wish: *wish };
    }
    let numbers =
        Numbers { lambda, beta, neutral, unnamed, unmet_share, refusal_share, hours_share, weights };
    Ok(NightProfile { name: profile.name.clone(), hash: profile.hash.clone(), numbers })
}

impl NightCounts {
    pub(super) fn to_stored(&self) -> stored::NightCounts {
        let excluded = self
            .excluded
            .iter()
            .map(|(reason, count)| stored::NightExcluded { reason: reason.clone(), count: *count });
        stored::NightCounts {
            vacancies: self.vacancies,
            people: self.people,
            pairs_judged: self.pairs_judged,
            excluded: excluded.collect(),
        }
    }

    pub(super) fn of_stored(counts: &stored::NightCounts) -> Self {
        Self {
            vacancies: counts.vacancies,
            people: counts.people,
            pairs_judged: counts.pairs_judged,
            excluded: counts.excluded.iter().map(|one| (one.reason.clone(), one.count)).collect(),
        }
    }
}
