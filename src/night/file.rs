//! One night, read: its head at once, a list when it is asked for.

use super::{
    NightError,
    decode::Decoded,
    head::{Names, NightCounts, NightHead},
    kept::KeptRecord,
    layout::{self, Part},
    list::{ListedPair, PlacedPair, VacancyList},
    refused::Refused,
};
use crate::rank::profile::AppliedProfile;
use crate::wire::storage as stored;
use prost::Message;
use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

const RECORD: &str = "the record of a vacancy";
const PEOPLE: &str = "a block of people";

/// One night. Lists are read from the file when they are asked for, and checked then.
#[derive(Debug)]
pub struct Night {
    path: PathBuf,
    file: Mutex<File>,
    head: NightHead,
    names: Names,
    counts: NightCounts,
    vacancies: Vec<(String, Part)>,
    /// Everybody by number; empty where somebody was taken out.
    people: Vec<String>,
    /// The numbers of those who are there, in the order of their ids.
    by_id: Vec<u32>,
    blocks: Vec<Part>,
    people_a_block: usize,
}

/// Places among the vacancies of a night.
type Places = Vec<u32>;

impl Night {
    /// Opens a file: its index is read and checked, its parts when they are asked for.
    ///
    /// # Errors
    /// When it cannot be read, is damaged or names what this release does not know.
    pub fn open(path: &Path) -> Result<Self, NightError> {
        let mut file = File::open(path).map_err(|source| NightError::Io { path: path.to_owned(), source })?;
        let (index, parts, blocks) = layout::index(&mut file, path)?;
        let damaged = || Refused::Damaged("its index").of(path);
        let (head, names) = index
            .head
            .as_ref()
            .ok_or(Refused::Damaged("its head"))
            .and_then(NightHead::of_stored)
            .map_err(|refused| refused.of(path))?;
        let counts = index.counts.as_ref().map(NightCounts::of_stored).ok_or_else(damaged)?;
        let people = index.people;
        let numbers = 0..u32::try_from(people.len()).map_err(|_| damaged())?;
        let by_id: Vec<u32> = numbers.filter(|number| !people[*number as usize].is_empty()).collect();
        let vacancies: Vec<_> = index.vacancies.into_iter().map(|entry| entry.id).zip(parts).collect();
        let people_a_block = index.people_a_block as usize;
        let ordered = vacancies.is_sorted_by(|a, b| a.0 < b.0)
            && by_id.is_sorted_by(|a, b| people[*a as usize] < people[*b as usize]);
        if !ordered || people_a_block == 0 || blocks.len() != people.len().div_ceil(people_a_block) {
            return Err(damaged());
        }
        let file = Mutex::new(file);
        let path = path.to_owned();
        Ok(Self { path, file, head, names, counts, vacancies, people, by_id, blocks, people_a_block })
    }

    /// What its lists were made with.
    pub fn head(&self) -> &NightHead {
        &self.head
    }

    /// What came of its run.
    pub fn counts(&self) -> &NightCounts {
        &self.counts
    }

    /// The profile of a list.
    pub fn profile(&self, place: usize) -> Option<&AppliedProfile> {
        self.head.profiles.get(place)
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The vacancies, by their ids.
    pub fn vacancies(&self) -> impl ExactSizeIterator<Item = &str> {
        self.vacancies.iter().map(|(id, _)| id.as_str())
    }

    /// Everybody who took part, by their numbers; empty where somebody was taken out.
    pub fn people(&self) -> &[String] {
        &self.people
    }

    /// Whether a vacancy took part.
    pub fn has_vacancy(&self, id: &str) -> bool {
        self.vacancy(id).is_some()
    }

    /// Whether a person took part and was not taken out.
    pub fn has_person(&self, id: &str) -> bool {
        self.number_of(id).is_some()
    }

    pub(super) fn number_of(&self, id: &str) -> Option<u32> {
        let found = self.by_id.binary_search_by(|number| self.people[*number as usize].as_str().cmp(id));
        found.ok().map(|at| self.by_id[at])
    }

    fn vacancy(&self, id: &str) -> Option<usize> {
        self.vacancies.binary_search_by(|(own, _)| own.as_str().cmp(id)).ok()
    }

    /// The list of a vacancy; `None`: it took no part.
    ///
    /// # Errors
    /// When its record is damaged or cannot be read.
    pub fn of_vacancy(&self, id: &str) -> Result<Option<VacancyList>, NightError> {
        let Some(at) = self.vacancy(id) else { return Ok(None) };
        let record = self.decoded(at)?;
        let on_it = record.pairs.iter().enumerate().filter(|(_, pair)| pair.rank > 0);
        let pairs = on_it.map(|(place, pair)| self.listed(&record, place, pair.rank, pair.tied));
        Ok(Some(VacancyList {
            pairs: pairs.collect::<Result<_, _>>()?,
            considered: record.considered,
            tied_beyond: record.tied_beyond,
            profile: record.profile,
        }))
    }

    /// The list of a person, best first; `None`: the person took no part or was taken out.
    ///
    /// # Errors
    /// When a record or block is damaged or cannot be read.
    pub fn of_candidate(&self, id: &str) -> Result<Option<Vec<ListedPair>>, NightError> {
        let Some(person) = self.number_of(id) else { return Ok(None) };
        let mut list = Vec::new();
        for vacancy in self.vacancies_of(person)? {
            let record = self.decoded(vacancy as usize)?;
            let found = record.pairs.iter().position(|pair| pair.person == person);
            let place = found.ok_or_else(|| Refused::Damaged(RECORD).of(&self.path))?;
            let pair = &record.pairs[place];
            if pair.own_rank > 0 {
                list.push(self.listed(&record, place, pair.own_rank, pair.own_tied)?);
            }
        }
        list.sort_unstable_by_key(|pair| pair.rank);
        Ok(Some(list))
    }

    /// One pair, whichever list it stands in; its place is that in the vacancy's list, 0 where it is not on it.
    ///
    /// # Errors
    /// When the record is damaged or cannot be read.
    pub fn pair(&self, vacancy: &str, candidate: &str) -> Result<Option<ListedPair>, NightError> {
        let (Some(at), Some(person)) = (self.vacancy(vacancy), self.number_of(candidate)) else {
            return Ok(None);
        };
        let record = self.decoded(at)?;
        let found = record.pairs.iter().enumerate().find(|(_, pair)| pair.person == person);
        found.map(|(place, pair)| self.listed(&record, place, pair.rank, pair.tied)).transpose()
    }

    /// The pairs of the vacancy at a place of [`vacancies`](Self::vacancies), without explanations: its own list first,
    /// by its places.
    ///
    /// # Errors
    /// When its record is damaged or cannot be read, or there is no such place.
    pub fn places(&self, vacancy: usize) -> Result<Vec<PlacedPair>, NightError> {
        Decoded::placed(&self.record(vacancy)?).map_err(|refused| refused.of(&self.path))
    }

    /// The record of a vacancy, to be taken over by a later night; `None`: it took no part, or the file numbers reasons,
    /// data or criteria in another way than this release does.
    ///
    /// # Errors
    /// When its record is damaged or cannot be read.
    pub fn kept(&self, vacancy: &str) -> Result<Option<KeptRecord>, NightError> {
        let Some(at) = self.vacancy(vacancy).filter(|_| self.names.are_of_this_release()) else {
            return Ok(None);
        };
        KeptRecord::read(self.record(at)?).map(Some).ok_or_else(|| Refused::Damaged(RECORD).of(&self.path))
    }

    /// Reads and checks all of the file.
    ///
    /// # Errors
    /// The first thing that is not as it was written.
    pub fn verify(&self) -> Result<(), NightError> {
        let damaged = |part| Refused::Damaged(part).of(&self.path);
        let mut pairs = 0_u64;
        for at in 0..self.vacancies.len() {
            let record = self.decoded(at)?;
            pairs += record.pairs.len() as u64;
            for (place, pair) in record.pairs.iter().enumerate() {
                self.listed(&record, place, pair.rank, pair.tied)?;
            }
        }
        let mut told = 0_u64;
        for person in 0..self.people.len() {
            told += self.vacancies_of(u32::try_from(person).unwrap_or(u32::MAX))?.len() as u64;
        }
        if told == pairs { Ok(()) } else { Err(damaged(PEOPLE)) }
    }

    /// In whose records a person stands, by places of [`vacancies`](Self::vacancies).
    pub(super) fn vacancies_of(&self, person: u32) -> Result<Places, NightError> {
        let damaged = || Refused::Damaged(PEOPLE).of(&self.path);
        let person = person as usize;
        let block = self.block(person / self.people_a_block)?;
        let deltas = &block.people.get(person % self.people_a_block).ok_or_else(damaged)?.vacancies;
        let mut places = Vec::with_capacity(deltas.len());
        let mut last = 0_u32;
        for delta in deltas {
            last = last.checked_add(*delta).ok_or_else(damaged)?;
            places.push(last);
        }
        Ok(places)
    }

    fn block(&self, at: usize) -> Result<stored::NightPeople, NightError> {
        let part = self.blocks.get(at).ok_or_else(|| Refused::Damaged(PEOPLE).of(&self.path))?;
        let bytes = self.read(*part, PEOPLE)?;
        stored::NightPeople::decode(&bytes[..]).map_err(|_| Refused::Damaged(PEOPLE).of(&self.path))
    }

    fn record(&self, at: usize) -> Result<Vec<u8>, NightError> {
        let (_, part) = self.vacancies.get(at).ok_or_else(|| Refused::Damaged(RECORD).of(&self.path))?;
        self.read(*part, RECORD)
    }

    fn decoded(&self, at: usize) -> Result<Decoded, NightError> {
        let bytes = self.record(at)?;
        let record =
            Decoded::read(&bytes, &self.head, &self.names).map_err(|refused| refused.of(&self.path))?;
        let is_its = self.vacancies.get(at).is_some_and(|(id, _)| *id == record.id);
        if is_its { Ok(record) } else { Err(Refused::Damaged(RECORD).of(&self.path)) }
    }

    fn read(&self, part: Part, what: &'static str) -> Result<Vec<u8>, NightError> {
        let bytes = {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            layout::raw(&mut file, part, &self.path)?
        };
        layout::checked(bytes, part, &self.path, what)
    }

    fn person(&self, number: u32) -> Result<&str, NightError> {
        let id = self.people.get(number as usize).filter(|id| !id.is_empty());
        id.map(String::as_str).ok_or_else(|| Refused::Damaged("a person").of(&self.path))
    }

    fn listed(
        &self,
        record: &Decoded,
        place: usize,
        rank: u32,
        tied: bool,
    ) -> Result<ListedPair, NightError> {
        let refused = |refused: Refused| refused.of(&self.path);
        let explanation = record.explanation(place, &self.head).map_err(refused)?;
        let person = record.pairs.get(place).map_or(u32::MAX, |pair| pair.person);
        Ok(ListedPair {
            candidate: self.person(person)?.to_owned(),
            vacancy: record.id.clone(),
            rank: u16::try_from(rank).map_err(|_| refused(Refused::Damaged(RECORD)))?,
            tied,
            profile: record.profile,
            unscored_requirements: record.unscored_requirements,
            explanation,
        })
    }
}
