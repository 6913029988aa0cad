//! What a pair is judged by, and the pair itself.

use super::{
    day::Day,
    facts::{CandidateFacts, VacancyFacts},
    profile::{Numbers, RankingProfile},
};
use crate::domain::Date;

/// The figures of a profile and the day as of which everything is judged.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    pub(super) numbers: &'a Numbers,
    pub(super) as_of: Day,
}

impl<'a> Rules<'a> {
    /// Rules by a profile, as of a day.
    pub fn new(profile: &'a RankingProfile, as_of: Date) -> Self {
        Self { numbers: profile.numbers(), as_of: Day::new(as_of) }
    }
}

/// One vacancy and one candidate.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The vacancy.
    pub vacancy: &'a VacancyFacts,
    /// The candidate.
    pub candidate: &'a CandidateFacts,
    /// Travel time one way in minutes, where it was given with the pair: it wins over the estimate (R11).
    pub travel_minutes: Option<u32>,
}

impl Pair<'_> {
    /// Whether the person has a job at the vacancy's employer (R14).
    pub(super) fn is_own_employer(self) -> bool {
        let employer = self.vacancy.employer;
        employer.is_some() && self.candidate.time.jobs.iter().any(|job| job.employer == employer)
    }
}
