//! The lists of the nights: who stood where and why, as it was told then, and what changed from one night to another.
//!
//! Who was erased, deleted or restricted stands in no answer from that moment, whatever a file still holds.

use super::{Engine, EngineError, matching::Match, population::Population};
use crate::advice::SupportOfPair;
use crate::domain::Date;
use crate::night::{
    ListChange, ListedPair, Night, NightCounts, NightError, NightHead, NightInfo, Nights, VacancyList,
    changes_of,
};
use crate::rank::PoolState;
use std::{collections::BTreeSet, sync::Arc};

/// Whose list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShortlistOf {
    /// The people for a vacancy.
    Vacancy(String),
    /// The vacancies for a person.
    Candidate(String),
}

/// A list of a night.
#[derive(Clone, Debug)]
pub struct Shortlist {
    /// The matches, best first; without questions, which are of the day on which somebody asks.
    pub matches: Vec<Match>,
    /// What the lists of the night were made with.
    pub head: NightHead,
    /// What came of the run.
    pub counts: NightCounts,
    /// How many had a place in the whole list; `None` for a person's.
    pub considered: Option<u64>,
    /// How many after the last one have the same score; `None` for a person's.
    pub tied_beyond: Option<u64>,
}

/// Which changes are asked for.
#[derive(Clone, Debug, Default)]
pub struct ChangesAsked {
    /// The earlier night; `None`: the one before the later.
    pub from: Option<Date>,
    /// The later night; `None`: the last.
    pub to: Option<Date>,
    /// Of this vacancy only.
    pub vacancy: Option<String>,
    /// Most changes.
    pub page_size: usize,
    /// The place after which the page begins.
    pub after: Option<ChangePlace>,
}

/// A place in the changes: of which vacancy, and how many of its changes were shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePlace {
    /// The vacancy.
    pub vacancy: String,
    /// How many of its changes come before.
    pub shown: u32,
    /// The day of the earlier night, so that a page never mixes nights.
    pub from: Date,
    /// The day of the later night.
    pub to: Date,
}

/// A page of changes.
#[derive(Clone, Debug)]
pub struct ListChanges {
    /// The changes, by the vacancies' ids.
    pub changes: Vec<ListChange>,
    /// What the earlier lists were made with.
    pub from: NightHead,
    /// What the later lists were made with.
    pub to: NightHead,
    /// Where the next page begins.
    pub next: Option<ChangePlace>,
}

impl Engine {
    /// The nights that are kept.
    pub fn nights(&self) -> &Nights {
        &self.nights
    }

    /// The list of a vacancy or a person in a night; `None`: the last. Of one day's nights the widest that has it.
    ///
    /// # Errors
    /// A night that is gone, with those there are; a vacancy or person that took no part; a damaged file.
    pub fn shortlist(
        &self,
        of: &ShortlistOf,
        night: Option<Date>,
        today: Date,
    ) -> Result<Shortlist, EngineError> {
        let population = self.population();
        if let ShortlistOf::Candidate(id) = of
            && !is_shown(&population, id)
        {
            return Err(EngineError::NotFound { what: "candidate", id: id.clone() });
        }
        // Reading files takes longer than a writer should wait.
        drop(population);
        let night = self.night_with(of, night)?;
        let (pairs, list) = match of {
            ShortlistOf::Vacancy(id) => {
                let list = night.of_vacancy(id)?.ok_or_else(|| took_no_part(of, &night))?;
                let VacancyList { pairs, considered, tied_beyond, .. } = list;
                (pairs, Some((considered, tied_beyond)))
            }
            ShortlistOf::Candidate(id) => {
                (night.of_candidate(id)?.ok_or_else(|| took_no_part(of, &night))?, None)
            }
        };
        let population = self.population();
        let shown = pairs.into_iter().filter(|pair| is_shown(&population, &pair.candidate));
        let matches = shown.filter_map(|pair| matched(pair, &night, &population, today)).collect();
        Ok(Shortlist {
            matches,
            head: night.head().clone(),
            counts: night.counts().clone(),
            considered: list.map(|(considered, _)| considered),
            tied_beyond: list.map(|(_, tied_beyond)| tied_beyond),
        })
    }

    /// What changed in the lists of the vacancies from a night to a later one.
    ///
    /// # Errors
    /// A night that is gone, with those there are; nights in the wrong order; a damaged file.
    pub fn shortlist_changes(&self, asked: &ChangesAsked) -> Result<ListChanges, EngineError> {
        let (from, to) = self.nights_compared(asked)?;
        if from.head().as_of >= to.head().as_of {
            let remedy = "name a day before the later night, or leave it out for the night before";
            return Err(EngineError::invalid(
                "from_night",
                "the earlier night is not the earlier one",
                remedy,
            ));
        }
        let mut vacancies: Vec<&str> = from.vacancies().chain(to.vacancies()).collect();
        vacancies.sort_unstable();
        vacancies.dedup();
        vacancies.retain(|id| asked.vacancy.as_deref().is_none_or(|only| only == *id));
        if let (Some(id), []) = (&asked.vacancy, vacancies.as_slice()) {
            return Err(took_no_part(&ShortlistOf::Vacancy(id.clone()), &to));
        }
        let first = asked.after.as_ref().map_or("", |after| after.vacancy.as_str());
        let mut changes: Vec<ListChange> = Vec::new();
        let mut next = None;
        for vacancy in vacancies.into_iter().filter(|id| *id >= first) {
            let shown = asked.after.as_ref().filter(|after| after.vacancy == vacancy);
            let shown = shown.map_or(0, |after| after.shown as usize);
            let of_list = changes_of(vacancy, &from, &to)?;
            let room = asked.page_size.saturating_sub(changes.len());
            let (count, left) = (of_list.len(), of_list.len().saturating_sub(shown));
            if left > room {
                changes.extend(of_list.into_iter().skip(shown).take(room));
                let shown = u32::try_from(count - left + room).unwrap_or(u32::MAX);
                let (from, to) = (from.head().as_of, to.head().as_of);
                next = Some(ChangePlace { vacancy: vacancy.to_owned(), shown, from, to });
                break;
            }
            changes.extend(of_list.into_iter().skip(shown));
        }
        let population = self.population();
        changes.retain(|change| is_shown(&population, &change.candidate));
        Ok(ListChanges { changes, from: from.head().clone(), to: to.head().clone(), next })
    }

    /// Takes out of a night that was just made who may be shown no more: whoever was erased, deleted or restricted after its
    /// data were taken. Whether there was somebody.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn settle_night(&self, made: &NightInfo) -> Result<bool, EngineError> {
        let night = self.nights.opened(&made.path)?;
        let population = self.population();
        let gone = night.people().iter().filter(|id| !id.is_empty() && !is_shown(&population, id));
        let gone: BTreeSet<String> = gone.cloned().collect();
        drop(population);
        if !gone.is_empty() {
            self.nights.erase(&gone)?;
        }
        Ok(!gone.is_empty())
    }

    fn nights_compared(&self, asked: &ChangesAsked) -> Result<(Arc<Night>, Arc<Night>), EngineError> {
        if let Some(after) = &asked.after {
            let to = self.nights.night(Some(after.to), None)?;
            return Ok((self.nights.night(Some(after.from), Some(to.head().scope))?, to));
        }
        let to = self.nights.night(asked.to, None)?;
        let scope = to.head().scope;
        let from = match asked.from {
            Some(day) => self.nights.night(Some(day), Some(scope))?,
            None => self.nights.before(to.head().as_of, scope)?,
        };
        Ok((from, to))
    }

    /// The night of a day that has the vacancy or the person: where there are several, the widest.
    fn night_with(&self, of: &ShortlistOf, day: Option<Date>) -> Result<Arc<Night>, EngineError> {
        let widest = self.nights.night(day, None)?;
        if has(&widest, of) {
            return Ok(widest);
        }
        let day = widest.head().as_of;
        for info in self.nights.list()?.into_iter().filter(|info| info.as_of == day) {
            let night = self.nights.opened(&info.path)?;
            if has(&night, of) {
                return Ok(night);
            }
        }
        Err(took_no_part(of, &widest))
    }
}

fn has(night: &Night, of: &ShortlistOf) -> bool {
    match of {
        ShortlistOf::Vacancy(id) => night.has_vacancy(id),
        ShortlistOf::Candidate(id) => night.has_person(id),
    }
}

fn took_no_part(of: &ShortlistOf, night: &Night) -> EngineError {
    let (what, id) = match of {
        ShortlistOf::Vacancy(id) => ("vacancy", id),
        ShortlistOf::Candidate(id) => ("candidate", id),
    };
    EngineError::NotInNight { what, id: id.clone(), night: night.head().as_of }
}

/// Whether a person may stand in an answer made of stored lists: there, and neither restricted nor erased.
pub(super) fn is_shown(population: &Population, candidate: &str) -> bool {
    let entry = population.candidates.get(candidate);
    entry.is_some_and(|entry| !matches!(entry.facts.pool(), PoolState::Restricted | PoolState::Erased))
}

/// Everybody who may stand in an answer made of stored lists. Whose record is damaged was not erased.
pub(super) fn shown(population: &Population) -> impl Iterator<Item = String> + '_ {
    let people = population.candidates.entries().iter().map(|entry| entry.facts.id().as_str());
    let people = people.filter(|id| is_shown(population, id)).map(str::to_owned);
    people.chain(population.candidates.damaged_ids().map(str::to_owned))
}

/// The pair as it was told, with what helps and what became of it as of today. `None` where its profile is not told, which
/// reading has excluded.
fn matched(pair: ListedPair, night: &Night, population: &Population, today: Date) -> Option<Match> {
    let needed = population.candidates.get(&pair.candidate).map(|entry| entry.support).unwrap_or_default();
    let offered = population.vacancies.get(&pair.vacancy).map(|entry| entry.support).unwrap_or_default();
    let found = Match {
        rank: pair.rank.into(),
        tied: pair.tied,
        profile: night.profile(pair.profile)?.clone(),
        outside_pool: None,
        unscored_requirements: pair.unscored_requirements,
        support: SupportOfPair { needed, offered },
        explanation: pair.explanation,
        candidate: pair.candidate,
        vacancy: pair.vacancy,
        earlier: None,
    };
    Some(found.with_earlier(population, today))
}

impl From<NightError> for EngineError {
    fn from(error: NightError) -> Self {
        match error {
            NightError::Io { .. } | NightError::NoNight(_) => Self::Fault(error.to_string()),
            other => Self::Night(other),
        }
    }
}
