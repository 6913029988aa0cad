//! Who can be matched: the facts of every record, in memory, as of the last change.

use super::{
    columns::Columns,
    labels::Labels,
    outcomes::Outcomes,
    vocabulary::{
        Vocabulary,
        said::{self, Said},
    },
};
use crate::advice::Support;
use crate::domain::{Candidate, Vacancy, outcome::Outcome};
use crate::geo::Places;
use crate::rank::facts::{CandidateFacts, PoolState, VacancyFacts};
use crate::rank::{sweep::NONE, tables::Tables, understanding::Understanding};
use crate::store::{ChangeNumber, NumberedOutcome, RecordId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    borrow::Borrow,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// A record that can be matched, with what lists are filtered by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry<F> {
    /// What is scored.
    pub(super) facts: F,
    /// What lists are filtered by, and scores never see.
    pub(super) labels: Labels,
    /// Requirements that are kept as text only (R9).
    pub(super) unscored_requirements: u32,
    /// What instruments depend on, and scores never see (R16).
    pub(super) support: Support,
    #[serde(with = "number")]
    version: ChangeNumber,
}

/// A change's number, kept as a number.
mod number {
    use super::ChangeNumber;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(change: &ChangeNumber, serializer: S) -> Result<S::Ok, S::Error> {
        change.0.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ChangeNumber, D::Error> {
        u64::deserialize(deserializer).map(ChangeNumber)
    }
}

impl<F> Entry<F> {
    /// What is scored.
    pub fn facts(&self) -> &F {
        &self.facts
    }

    /// The change that wrote the record.
    pub fn version(&self) -> u64 {
        self.version.0
    }

    /// Requirements that are kept as text only (R9).
    pub fn unscored_requirements(&self) -> u32 {
        self.unscored_requirements
    }

    /// What instruments depend on, and scores never see (R16).
    pub fn support(&self) -> Support {
        self.support
    }

    /// What lists are narrowed down by, and scores never see.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }
}

/// Records of one kind in the order of their ids' arrival; the order never shows in an answer. A copy of the list shares
/// its records, so that everybody at one moment is cheap to keep.
#[derive(Debug)]
pub struct Members<F> {
    entries: Vec<Arc<Entry<F>>>,
    /// The row of each entry in the columns; [`NONE`] where it changed since.
    rows: Vec<u32>,
    /// The entry of each row of the columns; [`NONE`] where it changed since.
    entries_of_rows: Vec<u32>,
    place_of: HashMap<String, usize>,
    /// Records that are gone, by the change that took them out: a late word of an older change is no news.
    gone: HashMap<String, ChangeNumber>,
    /// Records that cannot be read: left out of every list, and counted there.
    damaged: BTreeSet<String>,
}

impl<F> Default for Members<F> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            rows: Vec::new(),
            entries_of_rows: Vec::new(),
            place_of: HashMap::new(),
            gone: HashMap::new(),
            damaged: BTreeSet::new(),
        }
    }
}

impl<F: Facts> Members<F> {
    pub(super) fn entries(&self) -> &[Arc<Entry<F>>] {
        &self.entries
    }

    pub(super) fn get(&self, id: &str) -> Option<&Arc<Entry<F>>> {
        self.place_of.get(id).map(|place| &self.entries[*place])
    }

    /// Notes a record that cannot be read.
    pub(super) fn damaged(&mut self, id: String) {
        self.damaged.insert(id);
    }

    /// Records that cannot be read.
    pub(super) fn damaged_ids(&self) -> impl Iterator<Item = &str> {
        self.damaged.iter().map(String::as_str)
    }

    /// How many records cannot be read.
    pub(super) fn damaged_count(&self) -> usize {
        self.damaged.len()
    }

    /// Shows a record, unless a later change of it shows already.
    pub(super) fn put(&mut self, entry: Arc<Entry<F>>) {
        let id = entry.facts.id_text();
        self.damaged.remove(id);
        if self.gone.get(id).is_some_and(|gone| *gone > entry.version) {
            return;
        }
        match self.place_of.get(id) {
            Some(place) if self.entries[*place].version >= entry.version => {}
            Some(place) => {
                let row = std::mem::replace(&mut self.rows[*place], NONE);
                set(&mut self.entries_of_rows, row, NONE);
                self.entries[*place] = entry;
            }
            None => {
                self.place_of.insert(id.to_owned(), self.entries.len());
                self.entries.push(entry);
                self.rows.push(NONE);
            }
        }
    }

    /// The row of each entry in the columns, or [`NONE`].
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The entry of each row of the columns, or [`NONE`].
    pub(super) fn entries_of_rows(&self) -> &[u32] {
        &self.entries_of_rows
    }

    /// How many entries have no row.
    pub(super) fn beside_the_columns(&self) -> usize {
        self.rows.iter().filter(|row| **row == NONE).count()
    }

    /// Gives each entry its row among these, which are the entries of some moment before.
    pub(super) fn take_rows(&mut self, columns: &[Arc<Entry<F>>]) {
        self.rows.fill(NONE);
        self.entries_of_rows = vec![NONE; columns.len()];
        for (entry, row) in columns.iter().zip(0_u32..) {
            if let Some(place) = self.place_of.get(entry.facts.id_text())
                && Arc::ptr_eq(&self.entries[*place], entry)
            {
                self.rows[*place] = row;
                set(&mut self.entries_of_rows, row, number_of(*place));
            }
        }
    }

    /// Takes over which records another list has seen go.
    fn inherit_gone(&mut self, before: &Self) {
        for (id, version) in &before.gone {
            let gone = self.gone.entry(id.clone()).or_insert(*version);
            *gone = (*gone).max(*version);
        }
    }

    /// Whether a record went by a later change than this one.
    pub(super) fn went_after(&self, id: &str, change: ChangeNumber) -> bool {
        self.gone.get(id).is_some_and(|gone| *gone > change)
    }

    fn remove(&mut self, id: &str, version: ChangeNumber) {
        self.gone.insert(id.to_owned(), version);
        self.damaged.remove(id);
        match self.place_of.get(id) {
            Some(place) if self.entries[*place].version < version => {
                let place = *place;
                self.place_of.remove(id);
                self.entries.swap_remove(place);
                let row = self.rows.swap_remove(place);
                set(&mut self.entries_of_rows, row, NONE);
                if let Some(moved) = self.entries.get(place) {
                    set(&mut self.entries_of_rows, self.rows[place], number_of(place));
                    self.place_of.insert(moved.facts.id_text().to_owned(), place);
                }
            }
            _ => {}
        }
    }
}

/// Sets the entry of a row, where there is such a row.
fn set(entries_of_rows: &mut [u32], row: u32, entry: u32) {
    if let Some(own) = entries_of_rows.get_mut(row as usize) {
        *own = entry;
    }
}

/// More than 2³² records do not fit into the memory of any machine.
fn number_of(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

/// Everybody and every vacancy that can be matched.
#[derive(Debug)]
pub struct Population {
    /// The words that everybody's facts were made with: numbers of concepts mean nothing under another one.
    vocabulary: Arc<Vocabulary>,
    pub(super) candidates: Members<CandidateFacts>,
    pub(super) vacancies: Members<VacancyFacts>,
    /// What became of proposals, which no score sees.
    pub(super) outcomes: Outcomes,
    /// Everybody as columns, as of some change before.
    pub(super) columns: Option<Arc<Columns>>,
    /// Every change up to this one shows.
    change: ChangeNumber,
    /// Changes beyond it that show already: writers do not finish in the order of their numbers.
    ahead: BTreeSet<ChangeNumber>,
}

impl Population {
    /// Nobody yet.
    pub(super) fn new(vocabulary: Arc<Vocabulary>) -> Self {
        Self {
            vocabulary,
            candidates: Members::default(),
            vacancies: Members::default(),
            outcomes: Outcomes::default(),
            columns: None,
            change: ChangeNumber::default(),
            ahead: BTreeSet::new(),
        }
    }

    /// The words that everybody's facts were made with.
    pub(super) fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// Every change up to this one shows.
    pub(super) fn change(&self) -> ChangeNumber {
        self.change
    }

    /// Says that everything up to a change was loaded.
    pub(super) fn loaded(&mut self, change: ChangeNumber) {
        self.change = change;
    }

    /// The records of one kind.
    pub(super) fn members<T: Matchable>(&self) -> &Members<T::Facts> {
        T::members(self)
    }

    /// The records of one kind.
    pub(super) fn members_mut<T: Matchable>(&mut self) -> &mut Members<T::Facts> {
        T::members_mut(self)
    }

    pub(super) fn remove(&mut self, id: &RecordId, version: ChangeNumber) {
        match id {
            RecordId::Candidate(id) => self.candidates.remove(id.as_str(), version),
            RecordId::Vacancy(id) => self.vacancies.remove(id.as_str(), version),
        }
        self.outcomes.remove(id, version);
    }

    /// Shows what became of a proposal, unless its candidate or its vacancy went meanwhile.
    pub(super) fn put_outcome(&mut self, outcome: NumberedOutcome) {
        let NumberedOutcome { number, outcome: Outcome { candidate, vacancy, .. } } = &outcome;
        let gone = self.candidates.went_after(candidate.as_str(), *number)
            || self.vacancies.went_after(vacancy.as_str(), *number);
        if !gone {
            self.outcomes.put(outcome);
        }
    }

    /// Takes the place of a population that showed no more than this one does.
    pub(super) fn follows(&mut self, before: &Self) {
        self.candidates.inherit_gone(&before.candidates);
        self.vacancies.inherit_gone(&before.vacancies);
        self.outcomes = before.outcomes.clone();
    }

    /// How many records of both kinds can be matched.
    pub(super) fn len(&self) -> usize {
        self.candidates.entries.len() + self.vacancies.entries.len()
    }

    /// Whether a record of either kind cannot be read.
    pub(super) fn has_damaged(&self) -> bool {
        !(self.candidates.damaged.is_empty() && self.vacancies.damaged.is_empty())
    }

    /// Says that a change shows.
    pub(super) fn shows(&mut self, change: ChangeNumber) {
        self.ahead.insert(change);
        while let Some(next) = self.ahead.first().copied()
            && next.0 <= self.change.0 + 1
        {
            self.ahead.pop_first();
            self.change = self.change.max(next);
        }
    }
}

impl Borrow<CandidateFacts> for Arc<Entry<CandidateFacts>> {
    fn borrow(&self) -> &CandidateFacts {
        &self.facts
    }
}

impl Borrow<VacancyFacts> for Arc<Entry<VacancyFacts>> {
    fn borrow(&self) -> &VacancyFacts {
        &self.facts
    }
}

/// What is looked up when the facts of a record are made.
#[derive(Clone, Debug)]
pub struct Lookups {
    /// Where postcodes lie.
    pub places: Arc<Places>,
    /// Gaps, competencies, default sets.
    pub tables: Tables,
}

/// The scoring facts of a record know whose they are.
pub trait Facts {
    /// The id of the record.
    fn id_text(&self) -> &str;

    /// Takes what records share, after the facts were read back.
    fn share(&mut self, _: &Lookups, _: &Vocabulary) {}

    /// Whether they are of a person whose data were erased.
    fn is_erased(&self) -> bool {
        false
    }
}

impl Facts for CandidateFacts {
    fn id_text(&self) -> &str {
        self.id().as_str()
    }

    fn is_erased(&self) -> bool {
        self.pool() == PoolState::Erased
    }
}

impl Facts for VacancyFacts {
    fn id_text(&self) -> &str {
        self.id().as_str()
    }

    fn share(&mut self, lookups: &Lookups, vocabulary: &Vocabulary) {
        Self::share(self, &lookups.tables, vocabulary.relations());
    }
}

/// A record that can be matched.
pub trait Matchable {
    /// What is scored of it.
    type Facts: Facts + Clone + Serialize + DeserializeOwned + Send + Sync;

    /// The kind's name in errors.
    const NAME: &'static str;

    /// The record as it is matched.
    fn entry(&self, version: ChangeNumber, lookups: &Lookups, vocabulary: &Vocabulary) -> Entry<Self::Facts>;

    /// What is scored of it.
    fn facts(&self, lookups: &Lookups, vocabulary: &Vocabulary) -> Self::Facts;

    /// What it says in words.
    fn said(&self) -> Box<dyn Iterator<Item = Said<'_>> + '_>;

    /// What lists are narrowed down by.
    fn labels(&self, lookups: &Lookups) -> Labels;

    /// Where its kind stands.
    fn members(population: &Population) -> &Members<Self::Facts>;

    /// Where its kind stands.
    fn members_mut(population: &mut Population) -> &mut Members<Self::Facts>;
}

impl Matchable for Candidate {
    type Facts = CandidateFacts;

    const NAME: &'static str = "candidate";

    fn entry(
        &self,
        version: ChangeNumber,
        lookups: &Lookups,
        vocabulary: &Vocabulary,
    ) -> Entry<CandidateFacts> {
        Entry {
            facts: self.facts(lookups, vocabulary),
            labels: self.labels(lookups),
            unscored_requirements: 0,
            support: Support::needed_by(self),
            version,
        }
    }

    fn said(&self) -> Box<dyn Iterator<Item = Said<'_>> + '_> {
        Box::new(said::by_candidate(self))
    }

    fn facts(&self, lookups: &Lookups, vocabulary: &Vocabulary) -> CandidateFacts {
        let pool = PoolState::of(self.status, self.delivery_state);
        CandidateFacts::new(
            self.id.clone(),
            &self.profile,
            pool,
            &lookups.tables,
            &|pc4| lookups.places.position(pc4),
            vocabulary,
        )
    }

    fn labels(&self, lookups: &Lookups) -> Labels {
        Labels::of_candidate(self, &lookups.places)
    }

    fn members(population: &Population) -> &Members<CandidateFacts> {
        &population.candidates
    }

    fn members_mut(population: &mut Population) -> &mut Members<CandidateFacts> {
        &mut population.candidates
    }
}

impl Matchable for Vacancy {
    type Facts = VacancyFacts;

    const NAME: &'static str = "vacancy";

    fn entry(
        &self,
        version: ChangeNumber,
        lookups: &Lookups,
        vocabulary: &Vocabulary,
    ) -> Entry<VacancyFacts> {
        let unscored = u32::try_from(self.requirements.unscored.len()).unwrap_or(u32::MAX);
        Entry {
            facts: self.facts(lookups, vocabulary),
            labels: self.labels(lookups),
            unscored_requirements: unscored,
            support: Support::offered_by(self),
            version,
        }
    }

    fn said(&self) -> Box<dyn Iterator<Item = Said<'_>> + '_> {
        Box::new(said::by_vacancy(self))
    }

    fn facts(&self, lookups: &Lookups, vocabulary: &Vocabulary) -> VacancyFacts {
        VacancyFacts::new(self, &lookups.tables, &|pc4| lookups.places.position(pc4), vocabulary)
    }

    fn labels(&self, lookups: &Lookups) -> Labels {
        Labels::of_vacancy(self, &lookups.places)
    }

    fn members(population: &Population) -> &Members<VacancyFacts> {
        &population.vacancies
    }

    fn members_mut(population: &mut Population) -> &mut Members<VacancyFacts> {
        &mut population.vacancies
    }
}
