//! Nights of generated people and vacancies, ranked by the real judgements and told by the real explanations.

mod changes;
mod damage;
mod erasing;
mod nights;
mod round_trip;

use super::*;
use crate::domain::{Candidate, Date, Vacancy, text::CandidateId};
use crate::geo::Places;
use crate::rank::{
    CandidateFacts, Explanation, Pair, PoolState, RankingProfile, Reason, ReasonCode, Rules, Tables,
    VacancyFacts, explain,
    generate::{self, Meanings},
    score::Law,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngSeed, TestRunner},
};
use std::{cmp::Reverse, collections::BTreeMap, fs, path::PathBuf};
use tempfile::TempDir;

/// As of which day the nights of these tests rank.
fn day(day: i8) -> Date {
    jiff::civil::date(2026, 11, day)
}

/// People and vacancies, and what a night's lists are made with.
struct World {
    tables: Tables,
    understanding: Meanings,
    profile: RankingProfile,
    people: Vec<Candidate>,
    vacancies: Vec<Vacancy>,
}

/// A night before it is written.
#[derive(Clone)]
struct Made {
    head: NightHead,
    people: Vec<CandidateId>,
    vacancies: Vec<MadeVacancy>,
    counts: NightCounts,
}

impl World {
    /// Generated people k00, k01, … and vacancies v00, v01, …; the same in every run.
    fn of(people: usize, vacancies: usize, seed: u64) -> Self {
        let config =
            Config { failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::default() };
        let mut runner = TestRunner::new(config);
        let candidate =
            |at| generate::candidate(&format!("k{at:02}")).new_tree(&mut runner).unwrap().current();
        let people = (0..people).map(candidate).collect();
        let vacancy = |at| generate::vacancy(&format!("v{at:02}")).new_tree(&mut runner).unwrap().current();
        let vacancies = (0..vacancies).map(vacancy).collect();
        Self {
            tables: Tables::embedded().unwrap(),
            understanding: Meanings::new(),
            profile: RankingProfile::parse(include_str!("../../../data/profiles/algemeen.toml")).unwrap(),
            people,
            vacancies,
        }
    }

    /// Nobody and nothing yet.
    fn empty() -> Self {
        Self::of(0, 0, 0)
    }

    fn facts(&self) -> (Vec<CandidateFacts>, Vec<VacancyFacts>) {
        let places = Places::embedded();
        let position = |pc4| places.position(pc4);
        let candidate = |one: &Candidate| {
            let state = PoolState::InPool;
            CandidateFacts::new(
                one.id.clone(),
                &one.profile,
                state,
                &self.tables,
                &position,
                &self.understanding,
            )
        };
        let vacancy = |one: &Vacancy| VacancyFacts::new(one, &self.tables, &position, &self.understanding);
        (self.people.iter().map(candidate).collect(), self.vacancies.iter().map(vacancy).collect())
    }

    /// The lists of a night, of `size` places; inside a tie by id.
    fn night(&self, as_of: Date, size: usize) -> Made {
        let (people, vacancies) = self.facts();
        let rules = Rules::new(&self.profile, as_of);
        let mut told: Vec<Vec<Option<Explanation>>> = Vec::new();
        for vacancy in &vacancies {
            let explained = people.iter().map(|candidate| {
                let told = explain(Pair { vacancy, candidate, travel_minutes: None }, rules);
                let is_listed = !matches!(told.judgement.law, Law::Excluded { .. });
                is_listed.then(|| Explanation { questions: Vec::new(), ..told })
            });
            told.push(explained.collect());
        }
        let score = |v: usize, p: usize| told[v][p].as_ref().map(|told| told.judgement.score);
        let ranked = |scores: Vec<(usize, u16)>| -> BTreeMap<usize, (u16, bool)> {
            let tied = |own: u16| scores.iter().filter(|(_, score)| *score == own).count() > 1;
            let mut sorted = scores.clone();
            sorted.sort_by_key(|(at, score)| (Reverse(*score), *at));
            let places = sorted.iter().take(size).enumerate();
            places.map(|(rank, (at, score))| (*at, (rank as u16 + 1, tied(*score)))).collect()
        };
        let of_vacancy =
            |v: usize| ranked((0..people.len()).filter_map(|p| Some((p, score(v, p)?))).collect());
        let of_person =
            |p: usize| ranked((0..vacancies.len()).filter_map(|v| Some((v, score(v, p)?))).collect());
        let own: Vec<_> = (0..people.len()).map(of_person).collect();
        let lists = vacancies.iter().enumerate().map(|(v, vacancy)| {
            let list = of_vacancy(v);
            let pair = |p: usize| {
                let (rank, tied) = list.get(&p).copied().unwrap_or_default();
                let (own_rank, own_tied) = own[p].get(&v).copied().unwrap_or_default();
                (rank > 0 || own_rank > 0).then(|| PairNight {
                    person: p as u32,
                    rank,
                    tied,
                    own_rank,
                    own_tied,
                    told: Told::New(Box::new(told[v][p].clone().unwrap())),
                })
            };
            let mut pairs: Vec<PairNight> = (0..people.len()).filter_map(pair).collect();
            pairs.sort_by_key(|pair| (pair.rank == 0, pair.rank, pair.person));
            let night = VacancyNight {
                id: vacancy.id().clone(),
                profile: 0,
                unscored_requirements: v as u32 % 3,
                considered: told[v].iter().flatten().count() as u64,
                tied_beyond: v as u64,
            };
            MadeVacancy { night, pairs }
        });
        Made {
            head: NightHead {
                as_of,
                run: format!("run of {as_of}"),
                scope: NightScope::default(),
                list_size: size as u16,
                change: 7,
                model: "model".to_owned(),
                profiles: vec![NightProfile::of(&self.profile)],
                second_plan: false,
            },
            people: self.people.iter().map(|one| one.id.clone()).collect(),
            vacancies: lists.collect(),
            counts: NightCounts {
                vacancies: vacancies.len() as u64,
                people: people.len() as u64,
                pairs_judged: (vacancies.len() * people.len()) as u64,
                excluded: vec![("LEGAL_REQUIREMENT".to_owned(), 3)],
            },
        }
    }
}

/// What came of a vacancy, with its pairs.
#[derive(Clone)]
struct MadeVacancy {
    night: VacancyNight,
    pairs: Vec<PairNight>,
}

impl MadeVacancy {
    fn record(&self) -> Result<Record, NightError> {
        Record::encode(&self.night, self.pairs.iter().cloned())
    }

    fn id(&self) -> &str {
        self.night.id.as_str()
    }
}

impl Made {
    fn write(&self, nights: &Nights) -> NightInfo {
        let mut writer = NightWriter::create(nights, self.head.clone(), self.people.clone()).unwrap();
        for vacancy in &self.vacancies {
            writer.append(vacancy.record().unwrap()).unwrap();
        }
        writer.finish(&self.counts).unwrap().0
    }

    /// With some whom the law leaves out, each for an own reason.
    fn with_excluded(mut self, is_excluded: impl Fn(u32) -> bool) -> Self {
        for pair in self.vacancies.iter_mut().flat_map(|vacancy| &mut vacancy.pairs) {
            if let (Told::New(told), true) = (&mut pair.told, is_excluded(pair.person)) {
                told.exclusion = Some(Reason { code: ReasonCode::Balance, data: told.balance.data.clone() });
            }
        }
        self
    }
}

/// A data folder for nights.
fn folder() -> (TempDir, Nights) {
    let folder = TempDir::new().unwrap();
    let nights = Nights::open(folder.path());
    (folder, nights)
}

fn names(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder.path().join("nights"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn bytes(info: &NightInfo) -> Vec<u8> {
    fs::read(&info.path).unwrap()
}

/// A file with other bytes at the place of a night.
fn with_bytes(folder: &TempDir, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join("changed.night");
    fs::write(&path, bytes).unwrap();
    path
}
