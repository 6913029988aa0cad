//! The words that the region is made of, read once from `data/demo/`.
//!
//! The files are part of the program, so reading them cannot fail in the hands of a user: a test reads them
//! all. It is still a typed error and no panic, and nothing of them is read again while entries are made.

pub(crate) mod occupations;
pub(crate) mod people;
pub(crate) mod seen;
pub(crate) mod words;
pub(crate) mod work;

use super::DemoError;
use crate::domain::InvalidValue;
use occupations::Occupations;
use people::People;
use seen::Sightings;
use serde::de::DeserializeOwned;
use work::{Adverts, Employers, Homes};

/// Everything that the files say.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) occupations: Occupations,
    pub(crate) people: People,
    pub(crate) sightings: Sightings,
    pub(crate) homes: Homes,
    pub(crate) employers: Employers,
    pub(crate) adverts: Adverts,
}

impl Book {
    /// Reads all files.
    pub(crate) fn read() -> Result<Self, DemoError> {
        let occupations = Occupations::read()?;
        let homes = Homes::read()?;
        Ok(Self {
            employers: Employers::read(&homes, &occupations)?,
            adverts: Adverts::read(&occupations)?,
            people: People::read()?,
            sightings: Sightings::read()?,
            occupations,
            homes,
        })
    }
}

/// A file that is part of the program.
#[derive(Clone, Copy)]
struct DataFile {
    name: &'static str,
    text: &'static str,
}

impl DataFile {
    fn parse<T: DeserializeOwned>(self) -> Result<T, DemoError> {
        toml::from_str(self.text).map_err(|error| self.damaged(error.to_string()))
    }

    fn damaged(self, problem: impl Into<String>) -> DemoError {
        DemoError::Data { file: self.name, problem: problem.into() }
    }

    /// Turns what is wrong with a value into an error that names the file and what the value belongs to.
    fn at<'a>(self, whose: &'a str) -> impl Fn(InvalidValue) -> DemoError + 'a {
        move |invalid| self.damaged(format!("{whose}: {invalid}"))
    }

    /// The error for a list from which something must be drawn and that is empty.
    fn empty<'a>(self, what: &'a str) -> impl Fn() -> DemoError + 'a {
        move || self.damaged(format!("{what}: nothing to draw from; give at least one entry with a weight"))
    }
}
