//! What an operator's monitoring asks: how much there is, and how far everything has come.

use super::Engine;

/// The engine at one moment, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineState {
    /// Candidates that can be read.
    pub candidates: u64,
    /// Vacancies that can be read.
    pub vacancies: u64,
    /// Candidates and vacancies that cannot be read and are left out.
    pub damaged: [u64; 2],
    /// The last change that matches show.
    pub change: u64,
    /// The last change that searches show.
    pub searchable: u64,
    /// The day of the last night with lists, in days since 1970-01-01; `None`: no night is kept.
    pub last_night: Option<i32>,
}

impl Engine {
    /// How much there is, and how far everything has come.
    pub fn state(&self) -> EngineState {
        let population = self.population();
        let count = |number: usize| number as u64;
        let damaged =
            [population.candidates.damaged_count(), population.vacancies.damaged_count()].map(count);
        let candidates = count(population.candidates.entries().len());
        let vacancies = count(population.vacancies.entries().len());
        let change = population.change().0;
        drop(population);
        EngineState {
            candidates,
            vacancies,
            damaged,
            change,
            searchable: self.indexer.searcher().last_change(),
            last_night: self.last_night_day(),
        }
    }

    /// A folder that cannot be read has no night to show; the nights say so when they are asked for.
    fn last_night_day(&self) -> Option<i32> {
        let nights = self.nights.list().ok()?;
        let epoch = crate::domain::Date::constant(1970, 1, 1);
        nights.first().and_then(|night| epoch.until(night.as_of).ok()).map(|days| days.get_days())
    }
}
