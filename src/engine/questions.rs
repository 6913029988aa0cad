//! Which answers are worth asking for (R5, *profiel aanvullen loont*): the questions of many pairs, added up.
//!
//! The work is bounded, and what is left out is counted (R21): a caseload of many people is ranked on a fixed sample of
//! vacancies, a vacancy's list is looked at as far as its best candidates, places are worked out for the first rows only.

mod asked;
mod sums;

pub use asked::{MatchMove, ProfileQuestion, QuestionList, QuestionOptions, QuestionSubject};

use super::{
    Engine, EngineError,
    labels::Labels,
    matching::{RankingOptions, RequestProfiles, Subject, is_travelled, travel_minutes},
    population::{Entry, Population},
    recognition::TaxonomyInUse,
    vocabulary::Vocabulary,
};
use crate::domain::{Candidate, Vacancy, text::CandidateId};
use crate::rank::{
    CandidateFacts, Pair, PoolState, Rules, VacancyFacts,
    explain::{self, AnsweredBy, Question},
    pool::{self, Closed},
    score::Law,
    top::{self, RankedMatch, Ranking},
};
use rayon::prelude::*;
use std::{collections::HashMap, sync::Arc};
use sums::{Sums, order};

/// Most people of a caseload that are looked at.
const PEOPLE: usize = 5_000;
/// Most pairs that are scored for a caseload.
const PAIRS: usize = 2_000_000;
/// How many people are looked at while nobody can write.
const PEOPLE_AT_ONCE: usize = 8;
/// How many of a vacancy's best candidates are looked at.
const CANDIDATES: usize = 500;
/// For how many questions of a page the places are worked out: each is a ranking of its own.
const PLACES: usize = 25;

/// Questions before they are cut into pages.
#[derive(Debug, Default)]
struct Found {
    questions: Vec<ProfileQuestion>,
    candidates: usize,
    candidates_left_out: usize,
    without_questions: usize,
    vacancies: usize,
    vacancies_left_out: usize,
    change: u64,
}

impl Engine {
    /// The answers that are worth asking for.
    ///
    /// # Errors
    /// An unknown id or profile, weights against the rules, data that are not yet at an asked change.
    pub fn profile_questions(
        &self,
        subject: &QuestionSubject,
        options: &RankingOptions,
        asked: QuestionOptions,
    ) -> Result<QuestionList, EngineError> {
        let profiles = self.profiles_for(options)?;
        drop(self.population_at(options.min_change)?);
        loop {
            let vocabulary = self.vocabulary();
            let look = Look { engine: self, options, profiles: &profiles, vocabulary: &vocabulary, asked };
            let found = match subject {
                QuestionSubject::Candidate(subject) => look.of_candidate(subject)?,
                QuestionSubject::Vacancy(subject) => look.of_vacancy(subject)?,
                QuestionSubject::Caseload(passes) => look.of_caseload(passes),
            };
            // Another taxonomy came in between: everything is done again.
            if let Some(list) = found.and_then(|found| look.page(found)) {
                return Ok(list);
            }
        }
    }
}

/// What all looks of one request share.
struct Look<'a> {
    engine: &'a Engine,
    options: &'a RankingOptions,
    profiles: &'a RequestProfiles,
    vocabulary: &'a Arc<Vocabulary>,
    asked: QuestionOptions,
}

impl Look<'_> {
    /// The questions of a person over the person's best vacancies.
    fn of_candidate(&self, subject: &Subject<Candidate>) -> Result<Option<Found>, EngineError> {
        let population = self.engine.population();
        let candidate = self.engine.entry_of(subject, &population)?;
        if !self.is_of(&population) {
            return Ok(None);
        }
        let mut found = Found { candidates: 1, change: population.change().0, ..Found::default() };
        let vacancies = population.vacancies.entries();
        found.vacancies = self.open(vacancies).count();
        found.questions = self.of_person(&candidate, vacancies, &|_| true, usize::MAX);
        found.without_questions = usize::from(found.questions.is_empty());
        Ok(Some(found))
    }

    /// The best question of each person of a caseload. People are taken a few at a time, so that writes do not wait.
    fn of_caseload(&self, passes: &(dyn Fn(&Labels) -> bool + Send + Sync)) -> Option<Found> {
        let mut found = Found { change: u64::MAX, ..Found::default() };
        let population = self.engine.population();
        let entries = population.candidates.entries().iter();
        let inside = entries.filter(|entry| entry.facts.pool() == PoolState::InPool && passes(&entry.labels));
        let mut people: Vec<CandidateId> = inside.map(|entry| entry.facts.id().clone()).collect();
        drop(population);
        people.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        found.candidates_left_out = people.len().saturating_sub(PEOPLE);
        people.truncate(PEOPLE);
        let most = PAIRS / people.len().max(1);
        for some in people.chunks(PEOPLE_AT_ONCE) {
            let population = self.engine.population();
            if !self.is_of(&population) {
                return None;
            }
            found.change = found.change.min(population.change().0);
            let vacancies = population.vacancies.entries();
            let sample = self.sample(vacancies, most);
            found.vacancies = sample.iter().filter(|is_in| **is_in).count();
            found.vacancies_left_out = self.open(vacancies).count() - found.vacancies;
            for id in some {
                // Whoever went meanwhile is no longer asked about.
                let Some(person) = population.candidates.get(id.as_str()) else { continue };
                found.candidates += 1;
                let questions = self.of_person(person, vacancies, &|index| sample[index], 1);
                found.without_questions += usize::from(questions.is_empty());
                found.questions.extend(questions);
            }
        }
        if found.change == u64::MAX {
            found.change = self.engine.change_number();
        }
        found.questions.sort_by(order);
        Some(found)
    }

    /// The open vacancies to rank: all, or a sample that depends on their ids alone.
    fn sample(&self, vacancies: &[Arc<Entry<VacancyFacts>>], most: usize) -> Vec<bool> {
        let mut open: Vec<usize> = self.open(vacancies).collect();
        if open.len() > most {
            open.sort_by_cached_key(|index| {
                *blake3::hash(vacancies[*index].facts.id().as_str().as_bytes()).as_bytes()
            });
            open.truncate(most);
        }
        let mut sample = vec![false; vacancies.len()];
        for index in open {
            sample[index] = true;
        }
        sample
    }

    fn open<'v>(&self, vacancies: &'v [Arc<Entry<VacancyFacts>>]) -> impl Iterator<Item = usize> + use<'v> {
        let as_of = self.options.as_of;
        let is_open = move |entry: &Entry<VacancyFacts>| pool::is_open(entry.facts.pool(), as_of);
        vacancies.iter().enumerate().filter(move |(_, entry)| is_open(entry)).map(|(index, _)| index)
    }

    fn of_person(
        &self,
        person: &Entry<CandidateFacts>,
        vacancies: &[Arc<Entry<VacancyFacts>>],
        filter: &(dyn Fn(usize) -> bool + Sync),
        by_default: usize,
    ) -> Vec<ProfileQuestion> {
        let travel = |index: usize| travel_minutes(self.options, vacancies[index].facts.id().as_str());
        let ranking = self.ranking(self.asked.top, &travel, Some(filter));
        let ranked = self.engine.compute(|| top::rank_vacancies(&person.facts, vacancies, &ranking));
        let mut sums = Sums::new(ranked.matches.len());
        for found in &ranked.matches {
            let vacancy = &vacancies[found.index].facts;
            let pair = Pair { vacancy, candidate: &person.facts, travel_minutes: travel(found.index) };
            let (judgement, questions) = explain::questions(pair, self.rules(vacancy));
            // A dream that the law keeps away (R13) waits for something else than an answer.
            if matches!(judgement.law, Law::Excluded { .. }) {
                continue;
            }
            for question in questions.into_iter().filter(|q| q.answered_by == AnsweredBy::Candidate) {
                sums.add(question, judgement.score, pair);
            }
        }
        let mut questions = sums.into_questions(Some(person.facts.id().as_str()), None);
        questions.sort_by(order);
        questions.truncate(self.asked.per_candidate.unwrap_or(by_default));
        questions
    }

    /// The employer's questions over the top of the list, and those of candidates who are in the top or would come into it.
    fn of_vacancy(&self, subject: &Subject<Vacancy>) -> Result<Option<Found>, EngineError> {
        let population = self.engine.population();
        let vacancy = self.engine.entry_of(subject, &population)?;
        if !self.is_of(&population) {
            return Ok(None);
        }
        let entries = population.candidates.entries();
        let travel = |index: usize| travel_minutes(self.options, entries[index].facts.id().as_str());
        let rules = self.rules(&vacancy.facts);
        let scored = self.engine.compute(|| population.scored(&vacancy.facts, rules));
        let ranking =
            Ranking { scored: Some(&scored), ..self.ranking(CANDIDATES.max(self.asked.top), &travel, None) };
        let ranked = top::rank_candidates(&vacancy.facts, entries, &ranking);
        let ask = || {
            ranked
                .matches
                .par_iter()
                .map(|found| {
                    let candidate = &entries[found.index].facts;
                    let pair =
                        Pair { vacancy: &vacancy.facts, candidate, travel_minutes: travel(found.index) };
                    explain::questions(pair, rules).1
                })
                .collect()
        };
        let asked: Vec<Vec<Question>> = self.engine.compute(ask);
        let top = self.asked.top.min(ranked.matches.len());
        let mut of_employer = Sums::new(top);
        let mut found = Found {
            candidates: ranked.matches.len(),
            candidates_left_out: ranked.considered - ranked.matches.len(),
            without_questions: asked.iter().filter(|questions| questions.is_empty()).count(),
            vacancies: 1,
            change: population.change().0,
            ..Found::default()
        };
        let list = &ranked.matches;
        for (at, (one, questions)) in list.iter().zip(asked).enumerate() {
            let candidate = &entries[one.index].facts;
            let pair = Pair { vacancy: &vacancy.facts, candidate, travel_minutes: travel(one.index) };
            let mut own = Sums::new(1);
            for question in questions {
                match question.answered_by {
                    AnsweredBy::Employer if at < top => of_employer.add(question, one.score, pair),
                    AnsweredBy::Employer => {}
                    AnsweredBy::Candidate => own.add(question, one.score, pair),
                }
            }
            let mut own =
                own.into_questions(Some(candidate.id().as_str()), Some(vacancy.facts.id().as_str()));
            for question in &mut own {
                question.furthest.places = Some((one.rank, place_after(list, one, question.furthest.after)));
            }
            own.retain(|question| reaches(question, top));
            own.sort_by(order);
            own.truncate(self.asked.per_candidate.unwrap_or(1));
            found.questions.extend(own);
        }
        found.questions.extend(of_employer.into_questions(None, Some(vacancy.facts.id().as_str())));
        found.questions.sort_by(order);
        Ok(Some(found))
    }

    /// The page, with the places of its first questions.
    fn page(&self, found: Found) -> Option<QuestionList> {
        let all = found.questions.len();
        let end = self.asked.offset.saturating_add(self.asked.page_size);
        let page = found.questions.into_iter().skip(self.asked.offset).take(self.asked.page_size);
        let mut questions: Vec<ProfileQuestion> = page.collect();
        let is_open = |q: &&mut ProfileQuestion| q.candidate.is_some() && q.furthest.places.is_none();
        let mut without: Vec<&mut ProfileQuestion> = questions.iter_mut().filter(is_open).collect();
        let places_left_out = without.len().saturating_sub(PLACES);
        for question in without.iter_mut().take(PLACES) {
            self.find_places(&mut question.furthest)?;
        }
        Some(QuestionList {
            questions,
            candidates: found.candidates,
            candidates_left_out: found.candidates_left_out,
            without_questions: found.without_questions,
            vacancies: found.vacancies,
            vacancies_left_out: found.vacancies_left_out,
            places_left_out,
            next: (end < all).then_some(end),
            change: found.change,
            taxonomy: TaxonomyInUse::of(self.vocabulary),
        })
    }

    /// Finds the places of a move; none where the vacancy went meanwhile. `None`: another taxonomy is in use.
    fn find_places(&self, furthest: &mut MatchMove) -> Option<()> {
        let population = self.engine.population();
        let vacancy = population.vacancies.get(&furthest.vacancy).map(|entry| entry.facts.clone());
        drop(population);
        let Some(vacancy) = vacancy else { return Some(()) };
        let MatchMove { candidate, score, after, .. } = furthest;
        // The times of the request belong to pairs of the subject, not to the others of this list.
        let options = RankingOptions { travel_minutes: HashMap::new(), ..self.options.clone() };
        let places = self.engine.standings(&vacancy, &options, self.profiles, self.vocabulary, |all| {
            let stand = all.of(candidate);
            (stand.place(*score).0, stand.place(*after).0)
        })?;
        furthest.places = Some(places);
        Some(())
    }

    fn is_of(&self, population: &Population) -> bool {
        Arc::ptr_eq(population.vocabulary(), self.vocabulary)
    }

    fn rules(&self, vacancy: &VacancyFacts) -> Rules<'_> {
        Rules::new(self.profiles.choice().of(vacancy), self.options.as_of)
    }

    fn ranking<'r>(
        &'r self,
        page_size: usize,
        travel_minutes: &'r (dyn Fn(usize) -> Option<u32> + Sync),
        filter: Option<&'r (dyn Fn(usize) -> bool + Sync)>,
    ) -> Ranking<'r> {
        Ranking {
            scored: None,
            profile: self.profiles.choice(),
            as_of: self.options.as_of,
            tie_secret: self.engine.store().secret().tie_order(),
            page_size,
            after: None,
            closed: Closed::LeftOut,
            travel_minutes: is_travelled(self.options).then_some(travel_minutes),
            filter,
        }
    }
}

/// The place of one of a list with another score, all others as they are.
fn place_after(list: &[RankedMatch], one: &RankedMatch, score: u16) -> usize {
    let others = list.iter().filter(|other| other.index != one.index);
    let before = others.filter(|other| {
        let other_score = other.score;
        other_score > score || (other_score == score && other.tie < one.tie)
    });
    before.count() + 1
}

/// Whether an answer moves somebody in the top or into it; what the law asks always matters there.
fn reaches(question: &ProfileQuestion, top: usize) -> bool {
    let Some((now, then)) = question.furthest.places else { return false };
    then <= top && (question.question.gain > 0 || question.question.legal) && (now <= top || then < now)
}
