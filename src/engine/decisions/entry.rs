//! What an entry says: a head that names no person, and a part for each person.

use crate::decisions::Draft;
use crate::domain::{Caller, Date, outcome::Outcome, provenance::Purpose};
use crate::engine::matching::Match;
use crate::night;
use crate::rank::profile::AppliedProfile;
use crate::wire::{INLINE_ID, enums::Choice, storage as stored};
use prost::Message;
use rayon::prelude::*;

/// What is recorded of an answer.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// Who called.
    pub caller: &'a Caller,
    /// The method, or what the service did by itself.
    pub method: &'a str,
    /// Why it was asked; `None`: not said.
    pub purpose: Option<Purpose>,
    /// As of which day.
    pub as_of: Option<Date>,
    /// The vacancy that was asked about; empty: none, or one that is not stored.
    pub vacancy: &'a str,
    /// What else was asked, by the names of the request's fields. Nothing that names a person.
    pub asked: Vec<(&'static str, String)>,
    /// The last change that the answer saw.
    pub change: u64,
    /// The taxonomy with which words were recognised: its fingerprint.
    pub taxonomy: &'a str,
    /// The profiles that are named besides those of matches.
    pub profiles: Vec<&'a AppliedProfile>,
    /// Whether the request's own weights changed them.
    pub own_weights: bool,
    /// How many had a place in the whole list.
    pub considered: u64,
    /// How many were left out, by reason.
    pub excluded: Vec<(String, u64)>,
    /// A person decided otherwise than the list.
    pub overridden: bool,
    /// A file and its hash.
    pub file: Option<(String, [u8; 32])>,
    /// The people whom it is about, in the order of the answer.
    pub people: Vec<Decided<'a>>,
}

/// What is recorded of one person.
#[derive(Clone, Debug)]
pub enum Decided<'a> {
    /// Was asked about.
    Asked(&'a str),
    /// Stood in a ranking, with every score and reason.
    Matched(&'a Match),
    /// Was shown, at a place from 1, or at none (0).
    Shown(&'a str, usize),
    /// Was told of for a vacancy: at which place, and what.
    Told {
        /// The person.
        candidate: &'a str,
        /// The vacancy; empty: none in particular.
        vacancy: &'a str,
        /// The place, from 1; 0: none.
        rank: u32,
        /// A stable word for what was told.
        told: String,
    },
    /// Was proposed to an employer.
    Proposed {
        /// The person.
        candidate: &'a str,
        /// As whom.
        pseudonym: &'a str,
        /// In which band.
        band: &'static str,
    },
    /// What became of a proposal.
    Outcome(&'a Outcome),
}

impl<'a> Decision<'a> {
    /// A decision of a method that somebody called, about nobody yet.
    pub fn of(caller: &'a Caller, method: &'a str) -> Self {
        Self {
            caller,
            method,
            purpose: None,
            as_of: None,
            vacancy: "",
            asked: Vec::new(),
            change: 0,
            taxonomy: "",
            profiles: Vec::new(),
            own_weights: false,
            considered: 0,
            excluded: Vec::new(),
            overridden: false,
            file: None,
            people: Vec::new(),
        }
    }

    /// The entry. `model`: fingerprint of what scores.
    pub(super) fn draft(&self, model: &str) -> Draft {
        let (profiles, scored_by) = self.scored_by();
        let parts = self.people.iter().zip(scored_by).map(|(one, profile)| part(one, profile)).collect();
        Draft { head: self.head(profiles, model), parts }
    }

    /// The same, its parts worked out on the threads of the rayon pool that this is called in.
    pub(super) fn draft_together(&self, model: &str) -> Draft {
        let (profiles, scored_by) = self.scored_by();
        let parts = self.people.par_iter().zip(scored_by).map(|(one, profile)| part(one, profile)).collect();
        Draft { head: self.head(profiles, model), parts }
    }

    /// The profiles, and of each person the place of the one that scored the match.
    fn scored_by(&self) -> (Vec<&AppliedProfile>, Vec<usize>) {
        let mut profiles: Vec<&AppliedProfile> = self.profiles.clone();
        let scored_by = self.people.iter().map(|one| place_of_profile(one, &mut profiles)).collect();
        (profiles, scored_by)
    }

    fn head(&self, profiles: Vec<&AppliedProfile>, model: &str) -> Vec<u8> {
        let (file, file_hash) =
            self.file.clone().map_or_else(Default::default, |(name, hash)| (name, hash.to_vec()));
        let head = stored::StoredDecision {
            method: self.method.to_owned(),
            caller: self.caller.subject().to_owned(),
            role: self.caller.role().name().to_owned(),
            organisation: self.caller.organisation().unwrap_or_default().to_owned(),
            purpose: self.purpose.map_or(0, Choice::code),
            as_of: self.as_of.map(day),
            vacancy: id(self.vacancy),
            asked: self
                .asked
                .iter()
                .map(|(name, value)| stored::StoredAsked { name: (*name).to_owned(), value: value.clone() })
                .collect(),
            change: self.change,
            profiles: profiles.into_iter().map(night::keep_profile).collect(),
            weights_from_request: self.own_weights,
            taxonomy: self.taxonomy.to_owned(),
            model: model.to_owned(),
            considered: self.considered,
            excluded: self
                .excluded
                .iter()
                .map(|(reason, count)| stored::NightExcluded { reason: reason.clone(), count: *count })
                .collect(),
            overridden: self.overridden,
            refused: String::new(),
            file,
            file_hash,
        };
        head.encode_to_vec()
    }
}

/// The place of the profile that scored somebody among those of the entry.
fn place_of_profile<'a>(decided: &Decided<'a>, profiles: &mut Vec<&'a AppliedProfile>) -> usize {
    let Decided::Matched(found) = decided else { return 0 };
    profiles.iter().position(|known| **known == found.profile).unwrap_or_else(|| {
        profiles.push(&found.profile);
        profiles.len() - 1
    })
}

/// What is said of one person; `profile`: the place of the one that scored the match.
fn part(decided: &Decided<'_>, profile: usize) -> (String, Vec<u8>) {
    let nothing = stored::StoredDecided::default;
    let (candidate, told) = match decided {
        Decided::Asked(candidate) => (*candidate, stored::StoredDecided { asked: true, ..nothing() }),
        Decided::Shown(candidate, rank) => {
            (*candidate, stored::StoredDecided { rank: *rank as u64, ..nothing() })
        }
        Decided::Told { candidate, vacancy, rank, told } => (
            *candidate,
            stored::StoredDecided {
                vacancy: id(vacancy),
                rank: (*rank).into(),
                told: told.clone(),
                ..nothing()
            },
        ),
        Decided::Proposed { candidate, pseudonym, band } => (
            *candidate,
            stored::StoredDecided {
                pseudonym: (*pseudonym).to_owned(),
                band: (*band).to_owned(),
                ..nothing()
            },
        ),
        Decided::Outcome(told) => (
            told.candidate.as_str(),
            stored::StoredDecided {
                vacancy: told.vacancy.as_str().to_owned(),
                outcome: told.kind.code(),
                on: Some(day(told.on)),
                reason: told.reason().map(|reason| reason.as_str().to_owned()).unwrap_or_default(),
                ..nothing()
            },
        ),
        Decided::Matched(found) => (found.candidate.as_str(), matched(found, profile)),
    };
    (id(candidate), told.encode_to_vec())
}

fn matched(found: &Match, profile: usize) -> stored::StoredDecided {
    let pair =
        night::keep_pair(&id(&found.vacancy), profile, found.unscored_requirements, &found.explanation);
    stored::StoredDecided {
        rank: found.rank as u64,
        tied: found.tied,
        pair: Some(pair),
        contributions: contributions(found).to_vec(),
        outside_pool: found.outside_pool.as_ref().map(|reason| reason.name().to_owned()).unwrap_or_default(),
        ..Default::default()
    }
}

/// Hash of what the score is the sum of.
pub(super) fn contributions(found: &Match) -> [u8; 32] {
    let judgement = &found.explanation.judgement;
    let lines = judgement.lines.iter().map(|line| line.contribution);
    let conflicts = judgement.conflicts.iter().map(|line| line.contribution);
    let mut hasher = blake3::Hasher::new();
    for points in lines.chain([judgement.balance]).chain(conflicts) {
        hasher.update(&points.to_le_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// Who was sent without an id is nobody in the record.
fn id(id: &str) -> String {
    if id == INLINE_ID { String::new() } else { id.to_owned() }
}

pub(super) fn day(day: Date) -> stored::NightDay {
    stored::NightDay { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

pub(super) fn day_of(day: &stored::NightDay) -> Option<Date> {
    Date::new(day.year.try_into().ok()?, day.month.try_into().ok()?, day.day.try_into().ok()?).ok()
}
