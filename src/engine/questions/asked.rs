//! What is asked for, and what is answered.

use crate::domain::{Candidate, Vacancy, text::CandidateId};
use crate::engine::{labels::Labels, matching::Subject, recognition::TaxonomyInUse};
use crate::rank::explain::Question;

/// For whom questions are asked.
pub enum QuestionSubject {
    /// Over the best vacancies of a person.
    Candidate(Subject<Candidate>),
    /// Over the top of a vacancy's list.
    Vacancy(Subject<Vacancy>),
    /// Over everybody who passes.
    Caseload(Box<dyn Fn(&Labels) -> bool + Send + Sync>),
}

impl std::fmt::Debug for QuestionSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Candidate(subject) => f.debug_tuple("Candidate").field(subject).finish(),
            Self::Vacancy(subject) => f.debug_tuple("Vacancy").field(subject).finish(),
            Self::Caseload(_) => f.write_str("Caseload(…)"),
        }
    }
}

/// Which part of the questions is asked for.
#[derive(Clone, Copy, Debug)]
pub struct QuestionOptions {
    /// How many of the best matches are looked at.
    pub top: usize,
    /// Most questions about one candidate; `None`: as the subject has it by default.
    pub per_candidate: Option<usize>,
    /// How many questions come before the page.
    pub offset: usize,
    /// Most questions on the page.
    pub page_size: usize,
}

/// An answer that is worth asking for.
#[derive(Clone, Debug)]
pub struct ProfileQuestion {
    /// The question; its gain is the most that it gives one match.
    pub question: Question,
    /// Whose answer it is; `None`: the employer's.
    pub candidate: Option<String>,
    /// The vacancy that it is about, where it is one.
    pub vacancy: Option<String>,
    /// Hundredths of a point that it gives all matches together.
    pub total: u32,
    /// How many matches it would move.
    pub moved: usize,
    /// How many matches were looked at.
    pub looked_at: usize,
    /// The match that it would move most.
    pub furthest: MatchMove,
}

/// How far an answer would move one match.
#[derive(Clone, Debug)]
pub struct MatchMove {
    /// The candidate.
    pub candidate: CandidateId,
    /// The vacancy.
    pub vacancy: String,
    /// The score now, in hundredths.
    pub score: u16,
    /// The score with the best answer.
    pub after: u16,
    /// The place in the vacancy's list now and then, where it was worked out.
    pub places: Option<(usize, usize)>,
}

/// A page of questions, and what was not looked at.
#[derive(Clone, Debug)]
pub struct QuestionList {
    /// The questions: what the law asks, then what gives most.
    pub questions: Vec<ProfileQuestion>,
    /// How many candidates were looked at.
    pub candidates: usize,
    /// How many were not.
    pub candidates_left_out: usize,
    /// How many have nothing to ask.
    pub without_questions: usize,
    /// How many vacancies were ranked for each.
    pub vacancies: usize,
    /// How many open ones were not.
    pub vacancies_left_out: usize,
    /// How many questions of the page have no places.
    pub places_left_out: usize,
    /// Where the next page begins.
    pub next: Option<usize>,
    /// Every change up to this one was seen.
    pub change: u64,
    /// The taxonomy with which words were recognised.
    pub taxonomy: TaxonomyInUse,
}
