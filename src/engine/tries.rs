//! What single changes would give, found by trying each through the ranking (R20).
//!
//! A change of the person moves nobody else (R19): everybody is scored once, and each changed score finds its place. A change
//! of the vacancy moves everybody: each is a ranking of its own, so of those that come by themselves only the best are ranked.

use super::{
    Engine, EngineError,
    entity::Entity,
    matching::{RankingOptions, RequestProfiles, is_travelled, travel_minutes},
    population::Matchable as _,
    vocabulary::Vocabulary,
};
use crate::domain::{Candidate, Date, InvalidValue, Vacancy, text::CandidateId};
use crate::rank::{
    CandidateFacts, Judgement, Pair, PoolState, Reason, ReasonCode, Rules, VacancyFacts,
    changes::{self, Change, Edit, Situation, Stand},
    judge,
    pool::Closed,
    score::Law,
    top::{Ranking, Standings, with_standings},
};
use crate::wire::{MaskError, Maskable as _, Reading, Violations, apply_mask, v1};
use prost_types::FieldMask;
use std::sync::Arc;

/// How many changes of the vacancy that come by themselves are ranked: each costs as much as a list.
const RANKED_CHANGES_OF_VACANCY: usize = 3;

/// What of a candidate is no part of a match (R15), and of a vacancy.
const NEVER_COUNTS_OF_CANDIDATE: [&str; 4] = ["restricted", "ownership", "retain_until", "status"];
const NEVER_COUNTS_OF_VACANCY: [&str; 5] =
    ["ownership", "status", "offer.target_group", "offer.salary_text", "employer.contact"];

/// Which changes to try.
#[derive(Clone, Debug)]
pub struct Tries {
    /// Changes that are asked for.
    pub asked: Vec<AskedChange>,
    /// How many of the most useful changes to find.
    pub suggestions: usize,
    /// Today.
    pub today: Date,
}

impl Tries {
    /// Whether nothing is to be tried.
    pub fn are_none(&self) -> bool {
        self.asked.is_empty() && self.suggestions == 0
    }
}

/// A change that is asked for: the changed fields of one side.
#[derive(Clone, Debug)]
pub enum AskedChange {
    /// Of the candidate.
    Candidate(Box<v1::Candidate>, Option<FieldMask>),
    /// Of the vacancy.
    Vacancy(Box<v1::Vacancy>, Option<FieldMask>),
}

/// What changes would give.
#[derive(Clone, Debug)]
pub struct Trials {
    /// Where the pair stands without a change.
    pub before: Stand,
    /// How many have a place in the vacancy's list, the person among them.
    pub considered: usize,
    /// The changes that were asked for, in their order, then the most useful ones.
    pub tried: Vec<Tried>,
    /// How many changes that could help were tried.
    pub helpful: usize,
    /// How many changes of the vacancy would help this pair and were not ranked.
    pub not_ranked: usize,
}

/// One change and what it would give.
#[derive(Clone, Debug)]
pub struct Tried {
    /// What changes.
    pub change: Reason,
    /// What that comes to.
    pub outcome: Reason,
    /// The field that changes; empty for a change that was asked for.
    pub field: &'static str,
    /// Whether the vacancy changes, not the person.
    pub of_vacancy: bool,
    /// Whether the service found it by itself.
    pub suggested: bool,
    /// Weeks until it can be so, where known.
    pub lead_weeks: Option<u16>,
    /// Where the pair stands then.
    pub after: Stand,
}

/// A change that is being tried.
struct Attempt {
    change: Reason,
    field: &'static str,
    lead_weeks: Option<u16>,
    suggested: bool,
    judgement: Judgement,
    /// The vacancy's facts after the change, where it is what changes.
    vacancy: Option<VacancyFacts>,
}

impl Engine {
    /// Tries changes of a pair; `None` when another taxonomy came in between.
    pub(super) fn try_changes(
        &self,
        candidate: &Candidate,
        vacancy: &Vacancy,
        options: &RankingOptions,
        tries: &Tries,
        vocabulary: &Arc<Vocabulary>,
    ) -> Result<Option<Trials>, EngineError> {
        let trial = Trial {
            engine: self,
            vocabulary,
            options,
            profiles: self.profiles_for(options)?,
            candidate,
            vacancy,
            person: candidate.facts(&self.lookups, vocabulary),
            work: vacancy.facts(&self.lookups, vocabulary),
        };
        let mut attempts = trial.asked(tries)?;
        let helpful_from = attempts.len();
        if tries.suggestions > 0 {
            attempts.extend(trial.helpful());
        }
        let helpful = attempts.len() - helpful_from;
        Ok(trial.ranked(attempts, helpful, tries.suggestions))
    }

    /// Scores everybody for a vacancy; `None` when another taxonomy is in use than the vacancy's facts were made with.
    pub(super) fn standings<T>(
        &self,
        vacancy: &VacancyFacts,
        options: &RankingOptions,
        profiles: &RequestProfiles,
        vocabulary: &Arc<Vocabulary>,
        use_them: impl FnOnce(&Standings<'_>) -> T,
    ) -> Option<T> {
        let population = self.population();
        if !Arc::ptr_eq(population.vocabulary(), vocabulary) {
            return None;
        }
        let entries = population.candidates.entries();
        // A time without an id belongs to the pair that is asked about.
        let travel = |index: usize| options.travel_minutes.get(entries[index].facts.id().as_str()).copied();
        let rules = Rules::new(profiles.choice().of(vacancy), options.as_of);
        let scored = self.compute(|| population.scored(vacancy, rules));
        let ranking = Ranking {
            profile: profiles.choice(),
            as_of: options.as_of,
            tie_secret: self.store().secret().tie_order(),
            page_size: 0,
            after: None,
            closed: Closed::LeftOut,
            travel_minutes: is_travelled(options).then_some(&travel),
            scored: Some(&scored),
            filter: None,
        };
        Some(with_standings(vacancy, entries, &ranking, use_them))
    }
}

/// One pair whose changes are tried.
struct Trial<'a> {
    engine: &'a Engine,
    vocabulary: &'a Arc<Vocabulary>,
    options: &'a RankingOptions,
    profiles: RequestProfiles,
    candidate: &'a Candidate,
    vacancy: &'a Vacancy,
    person: CandidateFacts,
    work: VacancyFacts,
}

impl Trial<'_> {
    fn pair<'f>(&self, work: &'f VacancyFacts, person: &'f CandidateFacts) -> Pair<'f> {
        let travel_minutes = travel_minutes(self.options, person.id().as_str());
        Pair { vacancy: work, candidate: person, travel_minutes }
    }

    fn rules(&self, work: &VacancyFacts) -> Rules<'_> {
        Rules::new(self.profiles.choice().of(work), self.options.as_of)
    }

    fn judged(&self, work: &VacancyFacts, person: &CandidateFacts) -> Judgement {
        judge(self.pair(work, person), self.rules(work))
    }

    fn facts_of_person(&self, changed: &Candidate) -> CandidateFacts {
        changed.facts(&self.engine.lookups, self.vocabulary)
    }

    fn facts_of_work(&self, changed: &Vacancy) -> VacancyFacts {
        changed.facts(&self.engine.lookups, self.vocabulary)
    }

    /// The changes that are asked for, every broken rule of all of them in one answer.
    fn asked(&self, tries: &Tries) -> Result<Vec<Attempt>, EngineError> {
        let mut violations = Violations::default();
        let mut attempts = Vec::new();
        for (at, asked) in tries.asked.iter().enumerate() {
            let attempt = match asked {
                AskedChange::Candidate(proto, mask) => {
                    let never = &NEVER_COUNTS_OF_CANDIDATE;
                    changed(self.candidate, proto, mask.as_ref(), never, tries.today)?.map(
                        |person: Candidate| {
                            let judgement = self.judged(&self.work, &self.facts_of_person(&person));
                            attempt(ReasonCode::WithGivenCandidate, judgement, None)
                        },
                    )
                }
                AskedChange::Vacancy(proto, mask) => {
                    let never = &NEVER_COUNTS_OF_VACANCY;
                    changed(self.vacancy, proto, mask.as_ref(), never, tries.today)?.map(|work: Vacancy| {
                        let work = self.facts_of_work(&work);
                        let judgement = self.judged(&work, &self.person);
                        attempt(ReasonCode::WithGivenVacancy, judgement, Some(work))
                    })
                }
            };
            match attempt {
                Ok(attempt) => attempts.push(attempt),
                Err(broken) => violations.append(broken.renamed(|field| {
                    let field = field.strip_prefix("update_").unwrap_or(field);
                    format!("counterfactuals[{at}].{field}")
                })),
            }
        }
        violations.or(attempts).map_err(EngineError::Invalid)
    }

    /// Every change that a criterion proposes and that raises the score, or gives the pair a place that the law did not.
    fn helpful(&self) -> Vec<Attempt> {
        if matches!(self.person.pool(), PoolState::Restricted | PoolState::Erased) {
            return Vec::new();
        }
        let situation = Situation {
            pair: self.pair(&self.work, &self.person),
            rules: self.rules(&self.work),
            as_of: self.options.as_of,
            candidate: &self.candidate.profile,
            vacancy: self.vacancy,
        };
        let before = self.judged(&self.work, &self.person);
        let attempts = changes::proposals(&situation).into_iter().map(|change| self.attempt(change));
        attempts.filter(|attempt| helps(&before, &attempt.judgement)).collect()
    }

    fn attempt(&self, change: Change) -> Attempt {
        let (judgement, vacancy) = match &change.edit {
            Edit::Candidate(edit) => {
                let mut person = self.candidate.clone();
                edit(&mut person.profile);
                (self.judged(&self.work, &self.facts_of_person(&person)), None)
            }
            Edit::Vacancy(edit) => {
                let mut work = self.vacancy.clone();
                edit(&mut work);
                let work = self.facts_of_work(&work);
                (self.judged(&work, &self.person), Some(work))
            }
        };
        let Change { reason, field, lead_weeks, .. } = change;
        Attempt { change: reason, field, lead_weeks, suggested: true, judgement, vacancy }
    }

    /// Finds the place that each change would give, and keeps the most useful of those that nobody asked for.
    fn ranked(&self, attempts: Vec<Attempt>, helpful: usize, suggestions: usize) -> Option<Trials> {
        let id: &CandidateId = self.person.id();
        let everybody = |work: &VacancyFacts, use_them: &mut dyn FnMut(&Standings<'_>)| {
            self.engine.standings(work, self.options, &self.profiles, self.vocabulary, |all| use_them(all))
        };
        let judged = self.judged(&self.work, &self.person);
        let (mut before, mut considered) = (Stand::new(&judged, |_| (0, false)), 0);
        let mut after: Vec<Option<Stand>> = vec![None; attempts.len()];
        everybody(&self.work, &mut |all| {
            let stand = all.of(id);
            before = Stand::new(&judged, |score| stand.place(score));
            considered = all.considered() + usize::from(before.place.is_some() && !stand.is_in());
            for (after, attempt) in after.iter_mut().zip(&attempts) {
                if attempt.vacancy.is_none() {
                    *after = Some(Stand::new(&attempt.judgement, |score| stand.place(score)));
                }
            }
        })?;
        let to_rank = to_rank(&attempts);
        for at in &to_rank {
            let Some(work) = &attempts[*at].vacancy else { continue };
            everybody(work, &mut |all| {
                let stand = all.of(id);
                after[*at] = Some(Stand::new(&attempts[*at].judgement, |score| stand.place(score)));
            })?;
        }
        let not_ranked = after.iter().filter(|after| after.is_none()).count();
        let tried = attempts.into_iter().zip(after).filter_map(|(attempt, after)| {
            let after = after?;
            Some(Tried {
                outcome: changes::outcome(before, after),
                of_vacancy: attempt.vacancy.is_some(),
                change: attempt.change,
                field: attempt.field,
                suggested: attempt.suggested,
                lead_weeks: attempt.lead_weeks,
                after,
            })
        });
        let (mut suggested, mut tried): (Vec<Tried>, Vec<Tried>) = tried.partition(|tried| tried.suggested);
        // A stable sort: of equals the first in criterion order.
        suggested.sort_by_key(|tried| {
            let place = tried.after.place.unwrap_or(usize::MAX);
            (place, std::cmp::Reverse(tried.after.score), tried.lead_weeks.unwrap_or(0))
        });
        suggested.truncate(suggestions);
        tried.extend(suggested);
        Some(Trials { before, considered, tried, helpful, not_ranked })
    }
}

/// The changes of the vacancy that are ranked: all that were asked for, and the best for this pair of the others.
fn to_rank(attempts: &[Attempt]) -> Vec<usize> {
    let of_vacancy = |suggested: bool| {
        let places = attempts.iter().enumerate();
        places.filter(move |(_, a)| a.vacancy.is_some() && a.suggested == suggested).map(|(at, _)| at)
    };
    let mut suggested: Vec<usize> = of_vacancy(true).collect();
    suggested.sort_by_key(|at| std::cmp::Reverse(attempts[*at].judgement.score));
    suggested.truncate(RANKED_CHANGES_OF_VACANCY);
    of_vacancy(false).chain(suggested).collect()
}

fn attempt(code: ReasonCode, judgement: Judgement, vacancy: Option<VacancyFacts>) -> Attempt {
    let change = Reason { code, data: Vec::new() };
    Attempt { change, field: "", lead_weeks: None, suggested: false, judgement, vacancy }
}

fn helps(before: &Judgement, after: &Judgement) -> bool {
    let is_out = |judgement: &Judgement| matches!(judgement.law, Law::Excluded { .. });
    !is_out(after) && (is_out(before) || after.score > before.score)
}

/// A record with a change of it; what breaks a rule of an upsert breaks it here.
fn changed<T: Entity>(
    record: &T,
    proto: &T::Proto,
    mask: Option<&FieldMask>,
    never_counts: &[&str],
    today: Date,
) -> Result<Result<T, Violations>, EngineError> {
    let mut violations = Violations::default();
    for (at, path) in mask.map(|mask| mask.paths.as_slice()).unwrap_or_default().iter().enumerate() {
        let is_inside = |never: &&&str| path == **never || path.starts_with(&format!("{never}."));
        if never_counts.iter().any(|never| is_inside(&never)) {
            let invalid = InvalidValue::new("this never counts in a match", "take the path out of the mask");
            violations.add(format!("mask.paths[{at}]"), invalid);
        }
    }
    if !violations.is_empty() {
        return Ok(Err(violations));
    }
    let stored = record.to_proto();
    let mut incoming = proto.clone();
    incoming.take_id(&stored);
    match apply_mask(&stored, &incoming, mask) {
        Ok(merged) => Ok(T::from_proto(&merged, Reading::Merged { today })),
        Err(MaskError::Refused(violations)) => Ok(Err(violations)),
        Err(error @ MaskError::NotDescribed(_)) => Err(error.into()),
    }
}
