//! The places of all lists of a night, without explanations: what counting and a second plan need.

use super::{Engine, EngineError, shortlists};
use crate::domain::Date;
use crate::night::{Night, NightScope, PlacedPair};
use rayon::prelude::*;
use std::sync::Arc;

/// Which night is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NightChoice {
    /// The day; `None`: the last.
    pub day: Option<Date>,
    /// What it covers; `None`: the widest of that day.
    pub scope: Option<NightScope>,
}

/// The places of a night. Who was erased, deleted or restricted since is in none of them.
#[derive(Debug)]
pub struct NightLists {
    /// The night.
    pub night: Arc<Night>,
    /// The people, by their numbers; empty where somebody is not shown any more.
    pub people: Vec<String>,
    /// For each number the place among those who are shown.
    pub among_shown: Vec<u32>,
    /// The vacancies, by their numbers.
    pub vacancies: Vec<String>,
    /// For each vacancy the pairs that stand on a list, its own list first, by its places.
    pub pairs: Vec<Vec<PlacedPair>>,
}

impl NightLists {
    /// The numbers of those who are shown.
    pub fn shown(&self) -> Vec<u32> {
        (0..).zip(&self.people).filter(|(_, id)| !id.is_empty()).map(|(number, _)| number).collect()
    }
}

impl Engine {
    /// The places of all lists of a night.
    ///
    /// # Errors
    /// A night that is gone, with those there are; a damaged file.
    pub fn night_lists(&self, choice: NightChoice) -> Result<NightLists, EngineError> {
        let night = self.nights().night(choice.day, choice.scope)?;
        let population = self.population();
        let shown = |id: &String| {
            let is_shown = !id.is_empty() && shortlists::is_shown(&population, id);
            if is_shown { id.clone() } else { String::new() }
        };
        let people: Vec<String> = night.people().iter().map(shown).collect();
        drop(population);
        let mut next = 0;
        let mut place = |id: &String| {
            let place = next;
            next += u32::from(!id.is_empty());
            place
        };
        let among_shown = people.iter().map(&mut place).collect();
        let vacancies: Vec<String> = night.vacancies().map(str::to_owned).collect();
        let read = |at: usize| -> Result<Vec<PlacedPair>, EngineError> {
            let mut pairs = night.places(at)?;
            pairs.retain(|pair| people.get(pair.person as usize).is_some_and(|id| !id.is_empty()));
            Ok(pairs)
        };
        let pairs = self
            .background
            .install(|| (0..vacancies.len()).into_par_iter().map(read).collect::<Result<Vec<_>, _>>())?;
        Ok(NightLists { people, among_shown, vacancies, pairs, night })
    }
}
