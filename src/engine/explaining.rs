//! One pair, explained, with what single changes would give.

use super::{
    Engine, EngineError,
    entity::Entity,
    matching::{Match, Place, RankingOptions, Subject, matched, travel_minutes},
    recognition::{RecognizedWords, TaxonomyInUse, recognized},
    tries::{Trials, Tries},
    vocabulary::Vocabulary,
};
use crate::domain::{Candidate, Vacancy};
use std::sync::Arc;

/// One pair, explained, with what its words were recognised as.
#[derive(Clone, Debug)]
pub struct ExplainedPair {
    /// The pair. Its place is known where changes were tried.
    pub matched: Match,
    /// Every change up to this one was seen.
    pub change: u64,
    /// The taxonomy with which words were recognised.
    pub taxonomy: TaxonomyInUse,
    /// What the candidate's words were recognised as.
    pub candidate_words: Vec<RecognizedWords>,
    /// What the vacancy's words were recognised as.
    pub vacancy_words: Vec<RecognizedWords>,
    /// What changes would give; `None` where none were tried.
    pub trials: Option<Trials>,
}

impl Engine {
    /// One pair, explained, whether or not it would be on a list.
    ///
    /// # Errors
    /// As [`match_candidates`](Self::match_candidates); every rule that an asked change breaks.
    pub fn explain_match(
        &self,
        candidate: &Subject<Candidate>,
        vacancy: &Subject<Vacancy>,
        options: &RankingOptions,
        tries: &Tries,
    ) -> Result<ExplainedPair, EngineError> {
        if tries.are_none() {
            return self.explained(candidate, vacancy, options);
        }
        // Both records are read once, so that the pair and its changed forms are made of the same words.
        drop(self.population_at(options.min_change)?);
        let (candidate, vacancy) = (self.record_of(candidate)?, self.record_of(vacancy)?);
        loop {
            let vocabulary = self.vocabulary();
            // Another taxonomy came in between: its numbers of concepts are others, so everything is done again.
            let Some(trials) = self.try_changes(&candidate, &vacancy, options, tries, &vocabulary)? else {
                continue;
            };
            let one = Subject::Inline(Box::new(candidate.clone()));
            let other = Subject::Inline(Box::new(vacancy.clone()));
            let mut explained = self.explained(&one, &other, options)?;
            if !Arc::ptr_eq(&vocabulary, &self.vocabulary()) {
                continue;
            }
            explained.matched.rank = trials.before.place.unwrap_or(0);
            explained.matched.tied = trials.before.tied;
            return Ok(ExplainedPair { trials: Some(trials), ..explained });
        }
    }

    fn explained(
        &self,
        candidate: &Subject<Candidate>,
        vacancy: &Subject<Vacancy>,
        options: &RankingOptions,
    ) -> Result<ExplainedPair, EngineError> {
        let population = self.population_at(options.min_change)?;
        let (one, other) = (self.entry_of(candidate, &population)?, self.entry_of(vacancy, &population)?);
        let profiles = self.profiles_for(options)?;
        let travel = travel_minutes(options, one.facts.id().as_str());
        let matched = matched(Place::ALONE, &other, &one, travel, profiles.choice(), options)
            .with_earlier(&population, options.as_of);
        let (change, vocabulary) = (population.change().0, Arc::clone(population.vocabulary()));
        // Nobody waits while the words are read from the store.
        drop(population);
        Ok(ExplainedPair {
            matched,
            change,
            taxonomy: TaxonomyInUse::of(&vocabulary),
            candidate_words: self.words_of(candidate, &vocabulary)?,
            vacancy_words: self.words_of(vacancy, &vocabulary)?,
            trials: None,
        })
    }

    /// The record of a subject.
    fn record_of<T: Entity>(&self, subject: &Subject<T>) -> Result<T, EngineError> {
        match subject {
            Subject::Inline(record) => Ok((**record).clone()),
            Subject::Stored(id) => Ok(self.get::<T>(id)?.record),
        }
    }

    /// What the words of a subject are recognised as; nothing where it is gone meanwhile.
    fn words_of<T: Entity>(
        &self,
        subject: &Subject<T>,
        vocabulary: &Vocabulary,
    ) -> Result<Vec<RecognizedWords>, EngineError> {
        match subject {
            Subject::Inline(record) => Ok(recognized(&**record, vocabulary)),
            Subject::Stored(id) => match self.get::<T>(id) {
                Ok(stored) => Ok(recognized(&stored.record, vocabulary)),
                Err(EngineError::NotFound { .. }) => Ok(Vec::new()),
                Err(error) => Err(error),
            },
        }
    }
}
