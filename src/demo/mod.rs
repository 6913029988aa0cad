//! A region that does not exist: candidates and vacancies made up from a seed, to try the service with.
//!
//! The same [`Settings`] give the same values on every machine: an own small generator, whole numbers only.
//! Entry *n* depends on seed, kind and *n* (and, for its dates, on the as-of date), so a larger region begins
//! with the people of a smaller one, entries can be made in any order or in parallel, and memory stays what
//! it is whatever the size. The words stand in `data/demo/`: occupations by family, places, employers, people,
//! what was seen of them and how employers write. Nobody in it exists: no names of people, addresses
//! under `example.org`, telephone numbers of a range that is never given out.
//!
//! This room knows nothing of criteria, weights or stores, so that a match in it shows what the rules do,
//! not what the generator was made for. About half of what could be filled in is left empty, as in real files.

mod background;
mod book;
mod candidate;
mod conditions;
mod life;
mod provenance;
mod random;
mod requirements;
mod restricted;
mod seen;
#[cfg(test)]
mod tests;
mod times;
mod vacancy;

use crate::domain::{Candidate, Date, InvalidValue, Vacancy};
use book::Book;
use std::ops::RangeInclusive;

/// The largest number of candidates that a region is made with: a country's worth.
pub const MOST_CANDIDATES: i64 = 1_000_000;
/// The largest number of vacancies that a region is made with.
pub const MOST_VACANCIES: i64 = 400_000;

/// What region is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Another seed, another region.
    pub seed: u64,
    /// How many candidates.
    pub candidates: usize,
    /// How many vacancies.
    pub vacancies: usize,
    /// The day on which the region is as it is: every vacancy is open on it, nothing was seen after it.
    pub as_of: Date,
}

impl Settings {
    /// The region that is made when nothing else is asked: 2,000 candidates and 500 vacancies.
    pub fn new(as_of: Date) -> Self {
        Self { seed: 1, candidates: 2_000, vacancies: 500, as_of }
    }
}

/// Why there is no region, or no such entry of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    /// The as-of date is so far away that its neighbours do not exist in the calendar.
    #[error("{0} is too far away for a demonstration region; give a date from 1900 to 2500")]
    AsOf(Date),
    /// A data file that is part of the program cannot be read; a test reads all of them.
    #[error("data/demo/{file}: {problem}")]
    Data {
        /// The file.
        file: &'static str,
        /// What is wrong, and where.
        problem: String,
    },
    /// The words of an entry do not fit in the types of the domain; a test makes many entries.
    #[error("entry {number} of the demonstration region: {problem}")]
    Entry {
        /// The number of the entry, from 1.
        number: usize,
        /// What is wrong.
        problem: InvalidValue,
    },
}

/// A region that is made entry by entry.
#[derive(Debug)]
pub struct Region {
    settings: Settings,
    book: Book,
}

/// Prepares a region: reads the words it is made of.
///
/// # Errors
/// When the as-of date is out of range, or when a data file of the program is damaged.
pub fn region(settings: Settings) -> Result<Region, DemoError> {
    const YEARS: RangeInclusive<i16> = 1900..=2500;
    if !YEARS.contains(&settings.as_of.year()) {
        return Err(DemoError::AsOf(settings.as_of));
    }
    Ok(Region { settings, book: Book::read()? })
}

impl Region {
    /// What was asked.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// All candidates, by number.
    pub fn candidates(&self) -> impl ExactSizeIterator<Item = Result<Candidate, DemoError>> + '_ {
        (0..self.settings.candidates).map(|index| self.candidate(index + 1))
    }

    /// All vacancies, by number.
    pub fn vacancies(&self) -> impl ExactSizeIterator<Item = Result<Vacancy, DemoError>> + '_ {
        (0..self.settings.vacancies).map(|index| self.vacancy(index + 1))
    }

    /// One candidate, by number from 1; the number may be beyond the size of the region.
    ///
    /// # Errors
    /// [`DemoError::Entry`] when the words do not fit: a fault of the data files.
    pub fn candidate(&self, number: usize) -> Result<Candidate, DemoError> {
        candidate::make(&self.book, &self.settings, number)
            .map_err(|problem| DemoError::Entry { number, problem })
    }

    /// One vacancy, by number from 1; the number may be beyond the size of the region.
    ///
    /// # Errors
    /// [`DemoError::Entry`] when the words do not fit: a fault of the data files.
    pub fn vacancy(&self, number: usize) -> Result<Vacancy, DemoError> {
        vacancy::make(&self.book, &self.settings, number)
            .map_err(|problem| DemoError::Entry { number, problem })
    }
}
