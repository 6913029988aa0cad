//! The rules of a match as properties of generated people and vacancies.

mod agreement;
mod answers;
mod changes;
mod dated;
mod employer;
mod language;
mod lists;
mod monotone;
mod never_counts;
mod r5;
mod reading;
mod reasons;
mod region;
mod rules;
mod skills;
mod soft;
mod sums;
mod ties;
mod times;
mod tracks;
mod vacancies;

use super::{
    CandidateFacts, Explanation, Judgement, Pair as EnginePair, PoolState, Rules, Tables, VacancyFacts,
    day::Day,
    explain,
    generate::{self, Meanings},
    judge,
    order::TieSecret,
    pool::Closed,
    profile::{Numbers, Profiles, RankingProfile, Weight},
    reference::{self, ConditionEntry, GapEntry, Growth, ReferencePlace, ReferenceScore, Setting},
    top::{ProfileChoice, Ranked, Ranking, rank_candidates},
};
use crate::{
    domain::{
        Candidate, Date, Vacancy,
        competency::Quality,
        place::{Pc4, Position},
        sector::Sector,
        text::CandidateId,
    },
    geo::Places,
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed, TestRunner},
};
use std::{fmt::Debug, sync::Arc};

/// Runs a property on generated values: as many as `PROPTEST_CASES` says, else `cases`; the same ones in every run
/// unless `PROPTEST_RNG_SEED` names another seed.
fn hold<S: Strategy>(cases: u32, values: S, property: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let mut config = Config { failure_persistence: None, max_shrink_time: 5_000, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(2026);
    }
    if let Err(failure) = TestRunner::new(config).run(&values, property) {
        panic!("{failure}");
    }
}

/// A store's secret.
const SECRET: TieSecret = [7; 32];

/// The first `page_size` of a list by one profile.
fn ranking(profile: &RankingProfile, as_of: Date, page_size: usize) -> Ranking<'_> {
    Ranking {
        profile: ProfileChoice::Forced(profile),
        as_of,
        tie_secret: &SECRET,
        page_size,
        after: None,
        closed: Closed::LeftOut,
        travel_minutes: None,
        scored: None,
        filter: None,
    }
}

/// What all scores of a test share.
struct World {
    tables: Tables,
    understanding: Meanings,
    gaps: Vec<GapEntry>,
    growth: Growth,
    conditions: Vec<ConditionEntry>,
    places: Arc<Places>,
    profiles: Profiles,
    numbers: Vec<Numbers>,
}

impl World {
    fn new() -> Self {
        let profiles = Profiles::embedded().expect("the embedded profiles are right");
        Self {
            tables: Tables::embedded().expect("the embedded tables are right"),
            understanding: Meanings::new(),
            gaps: gap_entries(),
            growth: growth(),
            conditions: condition_entries(),
            places: Places::embedded(),
            numbers: profiles.all().iter().map(|profile| *profile.numbers()).collect(),
            profiles,
        }
    }

    /// The figures of the profiles, and figures that nobody would choose and the checker would allow.
    fn numbers(&self) -> impl Strategy<Value = Numbers> + use<> {
        let odd = (
            0..=100u32,
            any::<prop::sample::Index>(),
            5_000..=7_000u32,
            0..=3_000u32,
            [0..=9_000u32, 0..=9_000u32, 0..=9_000u32],
            prop::array::uniform14((0..=40_000u32, 0..=40_000u32)),
        )
            .prop_map(|(lambda, beta, neutral, unnamed, shares, weights)| Numbers {
                lambda,
                beta: u32::try_from(beta.index(lambda.min(100 - lambda).max(1) as usize)).unwrap_or(0),
                neutral,
                unnamed,
                unmet_share: shares[0],
                refusal_share: shares[1],
                hours_share: shares[2],
                weights: weights.map(|(demand, wish)| Weight { demand: demand + 1, wish: wish + 1 }),
            });
        prop_oneof![2 => prop::sample::select(self.numbers.clone()), 1 => odd]
    }

    fn position(&self, pc4: Pc4) -> Option<Position> {
        self.places.position(pc4)
    }

    /// The reference's order of the candidates of the pool.
    fn reference_order(
        &self,
        vacancy: &Vacancy,
        candidates: &[Candidate],
        profile: &RankingProfile,
        as_of: Date,
    ) -> Vec<ReferencePlace> {
        let setting = Setting {
            numbers: profile.numbers(),
            gaps: &self.gaps,
            growth: &self.growth,
            conditions: &self.conditions,
            words: &|text| self.tables.words.weighed(text),
            assumed: &|sector| self.assumed(sector),
            positions: &|pc4| self.position(pc4),
            understanding: &self.understanding,
            as_of,
            travel_minutes: None,
        };
        reference::rank(vacancy, candidates, &setting, &SECRET)
    }

    /// The engine's list of candidates.
    fn engine_list(&self, vacancy: &Vacancy, candidates: &[Candidate], ranking: &Ranking<'_>) -> Ranked {
        let facts: Vec<CandidateFacts> = candidates.iter().map(|one| self.candidate(one)).collect();
        rank_candidates(&self.vacancy(vacancy), &facts, ranking)
    }

    /// Scores a pair by the reference.
    fn reference(&self, pair: &Pair, numbers: &Numbers) -> ReferenceScore {
        let setting = Setting {
            numbers,
            gaps: &self.gaps,
            growth: &self.growth,
            conditions: &self.conditions,
            words: &|text| self.tables.words.weighed(text),
            assumed: &|sector| self.assumed(sector),
            positions: &|pc4| self.position(pc4),
            understanding: &self.understanding,
            as_of: pair.as_of,
            travel_minutes: pair.travel_minutes,
        };
        reference::score(&pair.vacancy, &pair.candidate, &setting)
    }

    /// The competencies that a vacancy of a sector is taken to ask when it names none.
    fn assumed(&self, sector: Sector) -> Vec<Quality> {
        let set = self.tables.competencies.default_set(sector);
        set.iter().map(|competency| Quality { competency: *competency, facet: None }).collect()
    }

    /// Any of the three profiles.
    fn profile(&self) -> impl Strategy<Value = RankingProfile> + use<> {
        prop::sample::select(self.profiles.all().map(Clone::clone).to_vec())
    }

    fn candidate(&self, candidate: &Candidate) -> CandidateFacts {
        let pool = PoolState::of(candidate.status, candidate.delivery_state);
        CandidateFacts::new(
            candidate.id.clone(),
            &candidate.profile,
            pool,
            &self.tables,
            &|pc4| self.position(pc4),
            &self.understanding,
        )
    }

    fn vacancy(&self, vacancy: &Vacancy) -> VacancyFacts {
        VacancyFacts::new(vacancy, &self.tables, &|pc4| self.position(pc4), &self.understanding)
    }

    /// Judges a pair by the engine.
    fn engine(&self, pair: &Pair, numbers: &Numbers) -> Judgement {
        self.with_facts(pair, numbers, judge)
    }

    /// Explains a pair by the engine.
    fn explained(&self, pair: &Pair, numbers: &Numbers) -> Explanation {
        self.with_facts(pair, numbers, explain)
    }

    fn with_facts<T>(
        &self,
        pair: &Pair,
        numbers: &Numbers,
        run: impl FnOnce(EnginePair<'_>, Rules<'_>) -> T,
    ) -> T {
        let (vacancy, candidate) = (self.vacancy(&pair.vacancy), self.candidate(&pair.candidate));
        let travel_minutes = pair.travel_minutes;
        let facts = EnginePair { vacancy: &vacancy, candidate: &candidate, travel_minutes };
        run(facts, Rules { numbers, as_of: Day::new(pair.as_of) })
    }
}

/// The data of `data/conditions.toml`, without the engine's reader.
fn condition_entries() -> Vec<ConditionEntry> {
    let file: toml::Table =
        toml::from_str(include_str!("../../../data/conditions.toml")).expect("the file is TOML");
    let entries = file["condition"].as_array().expect("a list of entries");
    let text = |value: &toml::Value| value.as_str().expect("a text").to_owned();
    let entry = |entry: &toml::Value| ConditionEntry {
        key: text(&entry["key"]),
        names: entry["names"]
            .as_array()
            .expect("names")
            .iter()
            .map(|name| reference::normalised(&text(name)))
            .collect(),
        opposite: entry.get("opposite").map(text),
    };
    entries.iter().map(entry).collect()
}

/// The data of `data/gaps.toml`, without the engine's reader.
fn gap_entries() -> Vec<GapEntry> {
    let file: toml::Table =
        toml::from_str(include_str!("../../../data/gaps.toml")).expect("the file is TOML");
    let texts = |value: Option<&toml::Value>| -> Vec<String> {
        let values = value.and_then(toml::Value::as_array).into_iter().flatten();
        values.filter_map(toml::Value::as_str).map(str::to_owned).collect()
    };
    let entries = file["entry"].as_array().expect("a list of entries");
    let entry = |entry: &toml::Value| GapEntry {
        key: entry["key"].as_str().expect("a key").to_owned(),
        names: texts(entry.get("names")).iter().map(|name| reference::normalised(name)).collect(),
        covers: texts(entry.get("covers")),
        lead_weeks: entry
            .get("lead_weeks")
            .and_then(toml::Value::as_integer)
            .and_then(|w| u32::try_from(w).ok()),
    };
    entries.iter().map(entry).collect()
}

/// The data of `data/growth.toml`, without the engine's reader.
fn growth() -> Growth {
    let file: toml::Table =
        toml::from_str(include_str!("../../../data/growth.toml")).expect("the file is TOML");
    let whole = |value: &toml::Value| value.as_integer().expect("a whole number");
    let weeks = |what: &str| u16::try_from(whole(&file[what]["lead_weeks"])).expect("some weeks");
    let language = &file["language"];
    Growth {
        hours_to: ["A1", "A2", "B1", "B2", "C1", "C2"]
            .map(|level| whole(&language["hours_to"][level]).into()),
        hours_a_week: whole(&language["hours_a_week"]).into(),
        hours_a_week_at_work: whole(&language["hours_a_week_at_work"]).into(),
        skill_weeks: weeks("skill"),
        competency_weeks: weeks("competency"),
    }
}

/// A vacancy, a candidate, and the day and travel time that come with them.
#[derive(Clone, Debug)]
struct Pair {
    vacancy: Vacancy,
    candidate: Candidate,
    as_of: Date,
    travel_minutes: Option<u32>,
}

fn pair() -> impl Strategy<Value = Pair> {
    (
        generate::vacancy("vacancy"),
        generate::candidate("candidate"),
        generate::as_of(),
        generate::travel_minutes(),
    )
        .prop_map(|(vacancy, candidate, as_of, travel_minutes)| Pair {
            vacancy,
            candidate,
            as_of,
            travel_minutes,
        })
}

/// People, some of whom are alike but for their id, so that scores tie; ids say nothing about the order.
fn people(kinds: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec((generate::candidate_of_any_status("somebody"), 1..=4usize), kinds).prop_map(
        |kinds| {
            let alike = kinds.into_iter().flat_map(|(one, count)| std::iter::repeat_n(one, count));
            alike.enumerate().map(|(at, one)| with_id(one, at)).collect()
        },
    )
}

fn with_id(mut candidate: Candidate, at: usize) -> Candidate {
    candidate.id = CandidateId::new(format!("candidate-{at}")).expect("the id is valid");
    candidate
}
