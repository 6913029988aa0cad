//! Matching: who fits a vacancy, which vacancies fit a person, and why.

use super::{
    Engine, EngineError,
    labels::Labels,
    population::{Entry, Matchable, Population},
    recognition::TaxonomyInUse,
};
use crate::advice::SupportOfPair;
use crate::domain::{Candidate, Date, InvalidValue, Vacancy, outcome::Outcome};
use crate::rank::{
    CandidateFacts, Pair, Profiles, RankingProfile, Rules, Track, VacancyFacts,
    explain::{self, Explanation},
    order::Cursor,
    pool::{self, Closed, ExclusionReason},
    profile::{AppliedProfile, ProfileViolation, WeightChange},
    top::{self, ProfileChoice, Ranked, RankedMatch, Ranking, Tracks},
};
use crate::store::ChangeNumber;
use crate::wire::Violations;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, RwLockReadGuard},
};

/// One side of a match: somebody who is stored, or who is given with the request.
#[derive(Clone, Debug)]
pub enum Subject<T> {
    /// By id.
    Stored(String),
    /// Given with the request; never stored.
    Inline(Box<T>),
}

/// How a ranking is made.
#[derive(Clone, Debug)]
pub struct RankingOptions {
    /// As of which day.
    pub as_of: Date,
    /// Name of a profile; `None`: by the vacancy's sector.
    pub profile: Option<String>,
    /// The request's own weights.
    pub weights: Vec<WeightChange>,
    /// Travel times in minutes that are known better than the estimate, by the id of the other side ("" for the
    /// only pair there is).
    pub travel_minutes: HashMap<String, u32>,
    /// The answer must see at least this change.
    pub min_change: u64,
}

impl RankingOptions {
    /// On a day, by the vacancy's sector and the estimated travel times.
    pub fn on(as_of: Date) -> Self {
        Self { as_of, profile: None, weights: Vec::new(), travel_minutes: HashMap::new(), min_change: 0 }
    }
}

/// A filter over what scores never see.
pub type Passes = Box<dyn Fn(&Labels) -> bool + Send + Sync>;

/// Which part of the list is asked for.
pub struct ListOptions {
    /// Most matches.
    pub page_size: usize,
    /// The last match of the page before.
    pub after: Option<Cursor>,
    /// Whether what is outside the pool is ranked too.
    pub closed: Closed,
    /// Who is within the filters of the request; `None`: everybody.
    pub passes: Option<Passes>,
}

impl std::fmt::Debug for ListOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ListOptions").field("page_size", &self.page_size).finish_non_exhaustive()
    }
}

/// One match, explained.
#[derive(Clone, Debug)]
pub struct Match {
    /// The candidate's id.
    pub candidate: String,
    /// The vacancy's id.
    pub vacancy: String,
    /// Place in the whole list, from 1.
    pub rank: usize,
    /// Whether another one has the same score.
    pub tied: bool,
    /// Every line with its reasons, gaps, questions and assumptions.
    pub explanation: Explanation,
    /// The profile that scored it.
    pub profile: AppliedProfile,
    /// Why it is outside the pool, where it is.
    pub outside_pool: Option<ExclusionReason>,
    /// Requirements that are kept as text only (R9).
    pub unscored_requirements: u32,
    /// What instruments depend on besides the explanation.
    pub support: SupportOfPair,
    /// What became of a former proposal of this pair, the latest up to the day of the list. No score sees it.
    pub earlier: Option<Outcome>,
}

impl Match {
    /// The match with what became of a former proposal of the pair.
    pub(super) fn with_earlier(self, population: &Population, up_to: Date) -> Self {
        let earlier = population.outcomes.earlier(&self.candidate, &self.vacancy, up_to).cloned();
        Self { earlier, ..self }
    }
}

/// A page of a list, and what is not on it.
#[derive(Clone, Debug)]
pub struct MatchList {
    /// The matches, best first.
    pub matches: Vec<Match>,
    /// How many have a place in the whole list.
    pub considered: usize,
    /// How many have none, by reason.
    pub excluded: Vec<(ExclusionReason, usize)>,
    /// How many after the last match have the same score.
    pub tied_beyond: usize,
    /// How many vacancies are on each track and on none; empty for a list of candidates.
    pub tracks: BTreeMap<Option<Track>, usize>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// Every change up to this one was seen.
    pub change: u64,
    /// The profile of the only vacancy there is; `None` for a list of vacancies.
    pub profile: Option<RankingProfile>,
    /// The taxonomy with which words were recognised.
    pub taxonomy: TaxonomyInUse,
}

/// The profiles of one request: the service's own with the request's weights.
#[derive(Debug)]
pub(super) enum RequestProfiles {
    BySector(Box<Profiles>),
    Forced(Box<RankingProfile>),
}

impl RequestProfiles {
    pub(super) fn choice(&self) -> ProfileChoice<'_> {
        match self {
            Self::BySector(profiles) => ProfileChoice::BySector(profiles),
            Self::Forced(profile) => ProfileChoice::Forced(profile),
        }
    }
}

impl Engine {
    /// The best candidates for a vacancy.
    ///
    /// # Errors
    /// An unknown id or profile, weights against the rules, data that are not yet at an asked change.
    pub fn match_candidates(
        &self,
        subject: &Subject<Vacancy>,
        options: &RankingOptions,
        list: &ListOptions,
    ) -> Result<MatchList, EngineError> {
        let ranking = || {
            let population = self.population_at(options.min_change)?;
            let vacancy = self.entry_of(subject, &population)?;
            let population = &*population;
            self.compute(|| self.best_candidates(population, &vacancy, options, list))
        };
        self.without_faults(ranking, |population| self.suspects_for_vacancy(population, subject, options))
    }

    fn best_candidates(
        &self,
        population: &Population,
        vacancy: &Entry<VacancyFacts>,
        options: &RankingOptions,
        list: &ListOptions,
    ) -> Result<MatchList, EngineError> {
        let profiles = self.profiles_for(options)?;
        let entries = population.candidates.entries();
        let travel = |index: usize| travel_minutes(options, entries[index].facts.id().as_str());
        let rules = Rules::new(profiles.choice().of(&vacancy.facts), options.as_of);
        let scored = population.scored(&vacancy.facts, rules);
        let passes = list.passes.as_ref().map(|passes| |index: usize| passes(&entries[index].labels));
        let ranking = Ranking {
            profile: profiles.choice(),
            as_of: options.as_of,
            tie_secret: self.store().secret().tie_order(),
            page_size: list.page_size,
            after: list.after.as_ref(),
            closed: list.closed,
            travel_minutes: is_travelled(options).then_some(&travel as _),
            scored: Some(&scored),
            filter: passes.as_ref().map(|passes| passes as _),
        };
        let ranked = top::rank_candidates(&vacancy.facts, entries, &ranking);
        let explained = |found: &RankedMatch| {
            let candidate = &entries[found.index];
            let pair =
                matched(Place::of(found), vacancy, candidate, travel(found.index), ranking.profile, options);
            pair.with_earlier(population, options.as_of)
        };
        let profile = ranking.profile.of(&vacancy.facts).clone();
        let matches = ranked.matches.par_iter().map(explained).collect();
        Ok(MatchList {
            profile: Some(profile),
            ..list_of(matches, ranked, population, population.candidates.damaged_count())
        })
    }

    /// The best vacancies for a candidate; each by its own profile.
    ///
    /// # Errors
    /// As [`match_candidates`](Self::match_candidates).
    pub fn match_vacancies(
        &self,
        subject: &Subject<Candidate>,
        tracks: Tracks,
        options: &RankingOptions,
        list: &ListOptions,
    ) -> Result<MatchList, EngineError> {
        self.without_faults(
            || self.best_vacancies(subject, tracks, options, list),
            |population| self.suspects_for_candidate(population, subject, options),
        )
    }

    fn best_vacancies(
        &self,
        subject: &Subject<Candidate>,
        tracks: Tracks,
        options: &RankingOptions,
        list: &ListOptions,
    ) -> Result<MatchList, EngineError> {
        let population = self.population_at(options.min_change)?;
        let candidate = self.entry_of(subject, &population)?;
        let profiles = self.profiles_for(options)?;
        let entries = population.vacancies.entries();
        let travel = |index: usize| travel_minutes(options, entries[index].facts.id().as_str());
        let passes = list.passes.as_ref().map(|passes| |index: usize| passes(&entries[index].labels));
        let ranking = Ranking {
            profile: profiles.choice(),
            as_of: options.as_of,
            tie_secret: self.store().secret().tie_order(),
            page_size: list.page_size,
            after: list.after.as_ref(),
            closed: list.closed,
            travel_minutes: is_travelled(options).then_some(&travel as _),
            scored: None,
            filter: passes.as_ref().map(|passes| passes as _),
        };
        let population = &*population;
        let explained = |found: &RankedMatch| {
            let vacancy = &entries[found.index];
            let pair =
                matched(Place::of(found), vacancy, &candidate, travel(found.index), ranking.profile, options);
            pair.with_earlier(population, options.as_of)
        };
        let (ranked, matches) = self.compute(|| {
            let known = population.listed(&candidate.facts, ranking.profile, options.as_of, list.closed);
            let ranked = top::rank_vacancies_on(tracks, known.as_ref(), &candidate.facts, entries, &ranking);
            let matches = ranked.matches.par_iter().map(explained).collect();
            (ranked, matches)
        });
        Ok(list_of(matches, ranked, population, population.vacancies.damaged_count()))
    }

    /// The population, when it shows an asked change.
    pub(super) fn population_at(
        &self,
        min_change: u64,
    ) -> Result<RwLockReadGuard<'_, Population>, EngineError> {
        let population = self.population();
        let at = population.change().0;
        if at < min_change {
            return Err(EngineError::NotYetVisible { at, asked: min_change });
        }
        Ok(population)
    }

    /// The facts of a subject: of the population where it is stored, made now where it is given.
    pub(super) fn entry_of<T: Matchable>(
        &self,
        subject: &Subject<T>,
        population: &Population,
    ) -> Result<Arc<Entry<T::Facts>>, EngineError> {
        match subject {
            Subject::Stored(id) => population
                .members::<T>()
                .get(id)
                .cloned()
                .ok_or_else(|| EngineError::NotFound { what: T::NAME, id: id.clone() }),
            Subject::Inline(record) => {
                Ok(Arc::new(record.entry(ChangeNumber::ZERO, &self.lookups, population.vocabulary())))
            }
        }
    }

    pub(super) fn profiles_for(&self, options: &RankingOptions) -> Result<RequestProfiles, EngineError> {
        let weighed = match &options.profile {
            None => self
                .profiles
                .with_weights(&options.weights)
                .map(|own| RequestProfiles::BySector(Box::new(own))),
            Some(name) => {
                let Some(profile) = self.profiles.by_name(name) else {
                    let known: Vec<_> = self.profiles.every().map(RankingProfile::name).collect();
                    let remedy = format!("name one of {}, or leave it out", known.join(", "));
                    return Err(EngineError::invalid("options.profile", "there is no such profile", &remedy));
                };
                profile.with_weights(&options.weights).map(|own| RequestProfiles::Forced(Box::new(own)))
            }
        };
        weighed.map_err(|broken| {
            let mut violations = Violations::default();
            for ProfileViolation { field, problem, remedy } in broken {
                violations.add(format!("options.{field}"), InvalidValue::new(problem, remedy));
            }
            EngineError::Invalid(violations)
        })
    }
}

/// The place of a pair in a list.
#[derive(Clone, Copy)]
pub(super) struct Place {
    rank: usize,
    tied: bool,
}

impl Place {
    /// A pair by itself has no place and no equals.
    pub(super) const ALONE: Self = Self { rank: 0, tied: false };

    fn of(found: &RankedMatch) -> Self {
        Self { rank: found.rank, tied: found.tied }
    }
}

pub(super) fn matched(
    place: Place,
    vacancy: &Entry<VacancyFacts>,
    candidate: &Entry<CandidateFacts>,
    travel_minutes: Option<u32>,
    profiles: ProfileChoice<'_>,
    options: &RankingOptions,
) -> Match {
    let pair = Pair { vacancy: &vacancy.facts, candidate: &candidate.facts, travel_minutes };
    let profile = profiles.of(&vacancy.facts);
    let rules = Rules::new(profile, options.as_of);
    Match {
        candidate: candidate.facts.id().as_str().to_owned(),
        vacancy: vacancy.facts.id().as_str().to_owned(),
        rank: place.rank,
        tied: place.tied,
        explanation: explain::explain(pair, rules),
        profile: AppliedProfile::of(profile),
        outside_pool: pool::outside(pair, rules),
        unscored_requirements: vacancy.unscored_requirements,
        support: SupportOfPair { needed: candidate.support, offered: vacancy.support },
        earlier: None,
    }
}

/// Whether any travel time is given.
pub(super) fn is_travelled(options: &RankingOptions) -> bool {
    !options.travel_minutes.is_empty()
}

pub(super) fn travel_minutes(options: &RankingOptions, other_side: &str) -> Option<u32> {
    if options.travel_minutes.is_empty() {
        return None;
    }
    options.travel_minutes.get(other_side).or_else(|| options.travel_minutes.get("")).copied()
}

fn list_of(matches: Vec<Match>, ranked: Ranked, population: &Population, damaged: usize) -> MatchList {
    let mut excluded = ranked.excluded;
    if damaged > 0 {
        excluded.push((ExclusionReason::RecordDamaged, damaged));
    }
    MatchList {
        matches,
        considered: ranked.considered,
        excluded,
        tied_beyond: ranked.tied_beyond,
        tracks: ranked.tracks,
        next: ranked.next,
        change: population.change().0,
        profile: None,
        taxonomy: TaxonomyInUse::of(population.vocabulary()),
    }
}
