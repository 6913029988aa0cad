//! People: `people.toml`.

use super::{DataFile, words};
use crate::demo::{DemoError, random::Urn};
use crate::domain::{
    InvalidValue,
    language::{CefrLevel, LanguageCode},
    restricted::{IntegrationRoute, LadderLevel},
    support::{Capacity, SupportKind},
    text::{FreeText, Label, Name, OrganisationId},
    time::WeekSlot,
    travel::MeansOfTransport,
};
use serde::Deserialize;

const FILE: DataFile = DataFile { name: "people.toml", text: include_str!("../../../data/demo/people.toml") };

/// What people bring, want and say.
#[derive(Debug)]
pub(crate) struct People {
    pub(crate) organisation: OrganisationId,
    pub(crate) interests: Vec<Label>,
    pub(crate) presentation_endings: Vec<String>,
    pub(crate) experience_texts: Vec<FreeText>,
    pub(crate) former_employers: Vec<Name>,
    pub(crate) other_courses: Vec<Label>,
    pub(crate) advisor_notes: Vec<FreeText>,
    pub(crate) refused_conditions: Vec<Label>,
    pub(crate) capacities: Vec<Capacity>,
    pub(crate) means: Urn<Vec<MeansOfTransport>>,
    pub(crate) weeks: Urn<Vec<WeekSlot>>,
    pub(crate) routes: Urn<Route>,
    pub(crate) refugee_languages: Urn<LanguageCode>,
    pub(crate) other_languages: Urn<LanguageCode>,
    pub(crate) kinds: Urn<PersonKind>,
}

/// An integration route with the lessons that go with it.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) route: IntegrationRoute,
    pub(crate) dutch: Vec<CefrLevel>,
    pub(crate) lessons: Vec<Vec<WeekSlot>>,
}

/// Where somebody stands in life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// A refugee with a residence permit (*statushouder*).
    StatusHolder,
    /// Works, and wants more hours.
    PartTimer,
    /// Comes back to work after years of care (*herintreder*).
    Returner,
    SchoolLeaver,
    LongUnemployed,
    CareerChanger,
    BetweenJobs,
}

/// What goes with a stage of life.
#[derive(Clone, Debug)]
pub(crate) struct PersonKind {
    pub(crate) stage: Stage,
    /// Ranges of hours that are wished.
    pub(crate) hours: Vec<(u32, u32)>,
    /// Fewest and most jobs so far.
    pub(crate) jobs: (u32, u32),
    /// Fewest and most years of work so far.
    pub(crate) years: (u32, u32),
    pub(crate) benefits: Vec<Label>,
    pub(crate) benefit_per_thousand: u32,
    pub(crate) allowances_per_thousand: u32,
    pub(crate) target_group_per_thousand: u32,
    /// Steps of the ladder that occur.
    pub(crate) ladder: Vec<LadderLevel>,
    /// How many of a thousand want other work than they did.
    pub(crate) change_per_thousand: u32,
    pub(crate) support: Vec<SupportKind>,
    pub(crate) support_per_thousand: u32,
    pub(crate) presentations: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    organisation: String,
    interests: Vec<String>,
    presentation_endings: Vec<String>,
    experience_texts: Vec<String>,
    former_employers: Vec<String>,
    other_courses: Vec<String>,
    advisor_notes: Vec<String>,
    refused_conditions: Vec<String>,
    capacities: Vec<String>,
    means: Vec<RawMeans>,
    week: Vec<RawWeek>,
    route: Vec<RawRoute>,
    language: Vec<RawLanguage>,
    kind: Vec<RawKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeans {
    weight: u32,
    means: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWeek {
    weight: u32,
    slots: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoute {
    route: String,
    weight: u32,
    dutch: Vec<String>,
    lessons: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLanguage {
    code: String,
    refugees: u32,
    others: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    kind: Stage,
    weight: u32,
    hours: Vec<(u32, u32)>,
    jobs: (u32, u32),
    years: (u32, u32),
    benefits: Vec<String>,
    benefit_per_thousand: u32,
    allowances_per_thousand: u32,
    target_group_per_thousand: u32,
    ladder: (usize, usize),
    change_per_thousand: u32,
    support: Vec<String>,
    support_per_thousand: u32,
    presentations: Vec<String>,
}

impl People {
    pub(super) fn read() -> Result<Self, DemoError> {
        let file: File = FILE.parse()?;
        let urn = |what| FILE.empty(what);
        let mut languages = Vec::new();
        for raw in &file.language {
            let code = LanguageCode::parse(&raw.code).map_err(FILE.at("language"))?;
            languages.push((raw.refugees, raw.others, code));
        }
        Ok(Self {
            organisation: OrganisationId::new(&file.organisation).map_err(FILE.at("organisation"))?,
            interests: words::all(&file.interests, words::label).map_err(FILE.at("interests"))?,
            presentation_endings: file.presentation_endings,
            experience_texts: words::all(&file.experience_texts, |text| FreeText::new(text))
                .map_err(FILE.at("experience_texts"))?,
            former_employers: words::all(&file.former_employers, |text| Name::new(text))
                .map_err(FILE.at("former_employers"))?,
            other_courses: words::all(&file.other_courses, words::label).map_err(FILE.at("other_courses"))?,
            advisor_notes: words::all(&file.advisor_notes, |text| FreeText::new(text))
                .map_err(FILE.at("advisor_notes"))?,
            refused_conditions: words::all(&file.refused_conditions, words::label)
                .map_err(FILE.at("refused_conditions"))?,
            capacities: words::all(&file.capacities, words::capacity).map_err(FILE.at("capacities"))?,
            means: weighted(&file.means, |raw| Ok((raw.weight, words::all(&raw.means, words::means)?)))
                .map_err(FILE.at("means"))?
                .ok_or_else(urn("means"))?,
            weeks: weighted(&file.week, |raw| Ok((raw.weight, words::week(&raw.slots)?)))
                .map_err(FILE.at("week"))?
                .ok_or_else(urn("week"))?,
            routes: weighted(&file.route, |raw| Ok((raw.weight, route(raw)?)))
                .map_err(FILE.at("route"))?
                .ok_or_else(urn("route"))?,
            refugee_languages: Urn::new(languages.iter().map(|(refugees, _, code)| (*refugees, *code)))
                .ok_or_else(urn("language"))?,
            other_languages: Urn::new(languages.iter().map(|(_, others, code)| (*others, *code)))
                .ok_or_else(urn("language"))?,
            kinds: weighted(&file.kind, |raw| Ok((raw.weight, kind(raw)?)))
                .map_err(FILE.at("kind"))?
                .ok_or_else(urn("kind"))?,
        })
    }
}

fn weighted<R, T>(
    raws: &[R],
    read: impl Fn(&R) -> Result<(u32, T), InvalidValue>,
) -> Result<Option<Urn<T>>, InvalidValue> {
    Ok(Urn::new(raws.iter().map(read).collect::<Result<Vec<_>, _>>()?))
}

fn route(raw: &RawRoute) -> Result<Route, InvalidValue> {
    let route = match raw.route.as_str() {
        "b1" => IntegrationRoute::B1,
        "education" => IntegrationRoute::Education,
        "self_reliance" => IntegrationRoute::SelfReliance,
        other => {
            return Err(InvalidValue::new(
                format!("{other:?} is no integration route"),
                "give b1, education or self_reliance",
            ));
        }
    };
    Ok(Route {
        route,
        dutch: words::all(&raw.dutch, words::cefr)?,
        lessons: raw.lessons.iter().map(|slots| words::week(slots)).collect::<Result<_, _>>()?,
    })
}

fn kind(raw: &RawKind) -> Result<PersonKind, InvalidValue> {
    const STEPS: [LadderLevel; 6] = [
        LadderLevel::One,
        LadderLevel::Two,
        LadderLevel::Three,
        LadderLevel::Four,
        LadderLevel::Five,
        LadderLevel::Six,
    ];
    let (lowest, highest) = raw.ladder;
    let steps = STEPS.get(lowest.saturating_sub(1)..highest).ok_or_else(|| {
        InvalidValue::new("the ladder has no such steps", "give the lowest and the highest step, 1 to 6")
    })?;
    Ok(PersonKind {
        stage: raw.kind,
        hours: raw.hours.clone(),
        jobs: raw.jobs,
        years: raw.years,
        benefits: words::all(&raw.benefits, words::label)?,
        benefit_per_thousand: raw.benefit_per_thousand,
        allowances_per_thousand: raw.allowances_per_thousand,
        target_group_per_thousand: raw.target_group_per_thousand,
        ladder: steps.to_vec(),
        change_per_thousand: raw.change_per_thousand,
        support: words::all(&raw.support, words::support)?,
        support_per_thousand: raw.support_per_thousand,
        presentations: raw.presentations.clone(),
    })
}
