//! Search in words: the one order that is the search engine's own (T1).

use super::{Engine, EngineError, documents, fragments::Fragment, stored};
use crate::domain::{Date, Vacancy, candidate::CandidateStatus, text::VacancyId, vacancy::VacancyStatus};
use crate::rank::PoolState;
use crate::store::Matched;
use crate::wire::v1;
use passend_index::{Filter, FilterField, Kind, Query, SearchError};
pub use passend_index::{Hit, OtherReading, ReadAs, SearchResults};
use std::time::Duration;

/// Longest wait until the index has seen an asked change.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// Most hits of a page that come with fragments: each of them is read and analysed again.
const HITS_WITH_FRAGMENTS: usize = 100;

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words, as a person types them.
    pub text: String,
    /// Exact filters; every one must hold, each by any of its values.
    pub statuses: Vec<&'static str>,
    /// Labour market region.
    pub region: Option<u8>,
    /// First digits of an SBI code.
    pub sector: Option<String>,
    /// Advisor or team.
    pub caseload: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
    /// How many hits to skip.
    pub offset: usize,
    /// Most hits.
    pub limit: usize,
    /// Most fragments of a hit.
    pub fragments: usize,
    /// The index must have seen at least this change.
    pub min_change: u64,
    /// Whether records outside the pool are found too.
    pub pool: PoolScope,
}

/// What was found, and the pieces of the first hits that show why.
#[derive(Clone, Debug)]
pub struct Found {
    /// The hits.
    pub results: SearchResults,
    /// The fragments of the first hits, in their order.
    pub fragments: Vec<Vec<Fragment>>,
}

/// Whether records outside the pool are found too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PoolScope {
    /// Only the pool, as of a day where days count.
    #[default]
    InPool,
    /// Everybody.
    Everybody,
}

/// A status as the index's filter names it.
pub fn candidate_status(status: CandidateStatus) -> &'static str {
    documents::status_name(status)
}

/// A status as the index's filter names it.
pub fn vacancy_status(status: VacancyStatus) -> &'static str {
    documents::vacancy_status_name(status)
}

impl Engine {
    /// Finds candidates by words.
    ///
    /// # Errors
    /// When the index is behind an asked change, or fails.
    pub fn search_candidates(&self, search: &Search) -> Result<Found, EngineError> {
        self.search(Kind::Candidate, search)
    }

    /// Finds vacancies by words. The index knows no calendar: a vacancy past its closing date is found too, and
    /// [`vacancy_heading`](Self::vacancy_heading) tells.
    ///
    /// # Errors
    /// When the index is behind an asked change, or fails.
    pub fn search_vacancies(&self, search: &Search) -> Result<Found, EngineError> {
        self.search(Kind::Vacancy, search)
    }

    fn search(&self, kind: Kind, search: &Search) -> Result<Found, EngineError> {
        if search.min_change > 0 && !self.indexer.wait_for(search.min_change, LONGEST_WAIT) {
            let at = self.indexer.searcher().last_change();
            return Err(EngineError::NotYetVisible { at, asked: search.min_change });
        }
        let query = Query {
            kind,
            text: search.text.clone(),
            filters: filters(search),
            offset: search.offset,
            limit: search.limit,
        };
        let found = self.indexer.searcher().search(&query).map_err(|error| match error {
            SearchError::TextTooLong { .. } | SearchError::TooManyWords { .. } => EngineError::invalid(
                "query",
                "the text is too long",
                "send at most 500 characters and 32 different words",
            ),
            SearchError::PageTooDeep { .. } => EngineError::invalid(
                "page_token",
                "the list goes no further than 10,000 hits",
                "search for more words, or narrow the list down with the filter",
            ),
            SearchError::TooManyFilterValues { .. } => {
                EngineError::invalid("filter", "the filter has too many values", "send at most 200 values")
            }
            other => EngineError::Fault(other.to_string()),
        })?;
        let mut results = self.still_there(kind, search.pool, found);
        let fragments = self.fragments_of(kind, &mut results, search.fragments)?;
        Ok(Found { results, fragments })
    }

    fn fragments_of(
        &self,
        kind: Kind,
        results: &mut SearchResults,
        most: usize,
    ) -> Result<Vec<Vec<Fragment>>, EngineError> {
        let SearchResults { hits, words, marker, .. } = results;
        if words.is_empty() {
            return Ok(vec![Vec::new(); hits.len()]);
        }
        let first = hits.iter().take(HITS_WITH_FRAGMENTS);
        first.map(|hit| self.fragments(kind, hit, words, marker, most)).collect()
    }

    /// The index is a moment behind: who was taken out since, or left the pool, is found no more.
    fn still_there(&self, kind: Kind, scope: PoolScope, mut found: SearchResults) -> SearchResults {
        let population = self.population();
        found.hits.retain(|hit| match kind {
            Kind::Candidate => population.candidates.get(&hit.id).is_some_and(|entry| {
                scope == PoolScope::Everybody || entry.facts.pool() == PoolState::InPool
            }),
            Kind::Vacancy => population.vacancies.get(&hit.id).is_some(),
        });
        found
    }

    /// What a list of hits shows of a vacancy; `None` when it is gone meanwhile.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn vacancy_heading(&self, id: &str, today: Date) -> Result<Option<Heading>, EngineError> {
        let id = VacancyId::new(id).map_err(|invalid| EngineError::Fault(invalid.to_string()))?;
        let snapshot = self.store().snapshot()?;
        let Some(message) = Matched::<v1::Vacancy>::read(&*snapshot, &id)? else { return Ok(None) };
        let vacancy: Vacancy = stored::matched(&message)?;
        let title = vacancy.title.as_ref().map(|title| title.as_str().to_owned()).unwrap_or_default();
        Ok(Some(Heading { title, is_open: vacancy.is_open_on(today) }))
    }
}

/// What a list of hits shows of a vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its title; empty when it has none.
    pub title: String,
    /// Whether it is open on the day.
    pub is_open: bool,
}

fn filters(search: &Search) -> Vec<Filter> {
    let mut filters = Vec::new();
    let mut narrow = |field, any_of: Vec<String>| filters.push(Filter { field, any_of });
    if search.pool == PoolScope::InPool {
        narrow(FilterField::Status, vec![documents::IN_POOL.to_owned()]);
    }
    if !search.statuses.is_empty() {
        narrow(FilterField::Status, search.statuses.iter().map(|status| (*status).to_owned()).collect());
    }
    if let Some(region) = search.region {
        narrow(FilterField::LabourMarketRegion, vec![region.to_string()]);
    }
    for (field, value) in [
        (FilterField::Sector, &search.sector),
        (FilterField::Caseload, &search.caseload),
        (FilterField::Organisation, &search.organisation),
    ] {
        if let Some(value) = value {
            narrow(field, vec![value.clone()]);
        }
    }
    filters
}
