//! A demonstration region in an engine of its own.

use passend::{
    demo::{self, Settings},
    domain::{Candidate, Date, Vacancy},
    engine::{
        Engine, EngineOptions,
        import::{ImportSettings, Incoming},
    },
    exchange::TextLanguage,
    wire::{View, candidate_to_proto, v1, vacancy_to_proto},
};
use std::{error::Error, sync::Arc};
use tempfile::TempDir;

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Records of one import.
const TOGETHER: usize = 1_000;

/// The day on which everything stands.
pub(crate) fn as_of() -> Date {
    Date::constant(2026, 11, 22)
}

pub(crate) fn delivery() -> ImportSettings {
    ImportSettings {
        within: None,
        organisation: None,
        delivered_on: as_of(),
        today: as_of(),
        language: TextLanguage::Dutch,
    }
}

/// People of the region, in the interface's form.
pub(crate) fn people(count: usize) -> Result<Vec<v1::Candidate>, Failure> {
    let region = demo::region(Settings { candidates: count, ..Settings::new(as_of()) })?;
    region.candidates().map(|one| Ok(candidate_to_proto(&one?, View::Full))).collect()
}

/// An engine with nothing in it; its folder goes with it.
pub(crate) struct Empty {
    pub(crate) engine: Arc<Engine>,
    _folder: TempDir,
}

/// An empty engine in a new folder.
pub(crate) fn empty() -> Result<Empty, Failure> {
    let folder = tempfile::tempdir()?;
    let options = EngineOptions { folder: folder.path().to_owned(), ..EngineOptions::default() };
    Ok(Empty { engine: Engine::open(&options)?, _folder: folder })
}

/// An engine with a region in it.
pub(crate) struct Loaded {
    pub(crate) engine: Arc<Engine>,
    pub(crate) candidates: usize,
    pub(crate) openings: Vec<Vacancy>,
    /// Some of the people, to be changed.
    pub(crate) people: Vec<v1::Candidate>,
    _folder: TempDir,
}

impl Loaded {
    pub(crate) fn new(candidates: usize, vacancies: usize) -> Result<Self, Failure> {
        let region = demo::region(Settings { candidates, vacancies, ..Settings::new(as_of()) })?;
        let Empty { engine, _folder } = empty()?;
        for from in (0..candidates).step_by(TOGETHER) {
            let chunk = (from..candidates.min(from + TOGETHER))
                .map(|at| Ok(Incoming::Own(candidate_to_proto(&region.candidate(at + 1)?, View::Full))))
                .collect::<Result<_, Failure>>()?;
            engine.import::<Candidate>(chunk, &delivery())?;
        }
        let openings: Vec<Vacancy> = region.vacancies().collect::<Result<_, _>>()?;
        let records = openings.iter().map(|one| Incoming::Own(vacancy_to_proto(one, View::Full))).collect();
        engine.import::<Vacancy>(records, &delivery())?;
        Ok(Self { engine, candidates, openings, people: people(1_000.min(candidates))?, _folder })
    }
}
