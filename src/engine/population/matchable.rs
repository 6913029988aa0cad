//! How a record becomes one that can be matched.

use super::{Entry, Members, Population};
use crate::advice::Support;
use crate::domain::{Candidate, Vacancy};
use crate::engine::{
    labels::Labels,
    vocabulary::{
        Vocabulary,
        said::{self, Said},
    },
};
use crate::geo::Places;
use crate::rank::{
    facts::{CandidateFacts, PoolState, VacancyFacts},
    tables::Tables,
    understanding::Understanding,
};
use crate::store::ChangeNumber;
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;

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
