//! Single changes that could bring a pair closer (R5, R8, R20): each criterion proposes its own; whoever asks tries them
//! through the ranking. A proposal is no advice to change what a person wants or refuses: those stay as they are.

mod contract;
mod history;
mod hours;
mod language;
mod motivation;
mod outcome;
mod papers;
mod qualities;
mod skills;
mod soft;
mod times;
mod travel;

pub use outcome::{Stand, outcome};

use super::{
    criterion::Criterion,
    reason::Reason,
    rules::{Pair, Rules},
};
use crate::domain::{Date, Vacancy, candidate::CandidateProfile};

/// A pair with the records that its facts were made of.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The pair.
    pub pair: Pair<'a>,
    /// The rules that it is judged by.
    pub rules: Rules<'a>,
    /// As of which day.
    pub as_of: Date,
    /// What is matched of the person.
    pub candidate: &'a CandidateProfile,
    /// The vacancy.
    pub vacancy: &'a Vacancy,
}

/// What a change does to a record.
pub enum Edit {
    /// To the person's profile.
    Candidate(Box<dyn Fn(&mut CandidateProfile) + Send + Sync>),
    /// To the vacancy.
    Vacancy(Box<dyn Fn(&mut Vacancy) + Send + Sync>),
}

impl std::fmt::Debug for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Candidate(_) => "Candidate(…)",
            Self::Vacancy(_) => "Vacancy(…)",
        })
    }
}

/// One change that can be tried.
#[derive(Debug)]
pub struct Change {
    /// What it is.
    pub reason: Reason,
    /// The criterion that proposes it.
    pub criterion: Criterion,
    /// The field of the interface that changes.
    pub field: &'static str,
    /// Weeks until it can be so, where known.
    pub lead_weeks: Option<u16>,
    /// What it does.
    pub edit: Edit,
}

/// What each criterion proposes, in criterion order.
const PROPOSALS: [fn(&Situation<'_>, &mut Vec<Change>); 11] = [
    skills::propose,
    qualities::propose,
    motivation::propose,
    soft::propose,
    language::propose,
    hours::propose,
    times::propose,
    travel::propose,
    contract::propose,
    history::propose,
    papers::propose,
];

/// Every single change that could help a pair, in criterion order. Some will turn out to change nothing.
pub fn proposals(situation: &Situation<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for propose in PROPOSALS {
        propose(situation, &mut changes);
    }
    changes
}

/// A change of the person's profile.
fn of_candidate(
    criterion: Criterion,
    reason: Reason,
    field: &'static str,
    edit: impl Fn(&mut CandidateProfile) + Send + Sync + 'static,
) -> Change {
    Change { reason, criterion, field, lead_weeks: None, edit: Edit::Candidate(Box::new(edit)) }
}

/// A change of the vacancy.
fn of_vacancy(
    criterion: Criterion,
    reason: Reason,
    field: &'static str,
    edit: impl Fn(&mut Vacancy) + Send + Sync + 'static,
) -> Change {
    Change { reason, criterion, field, lead_weeks: None, edit: Edit::Vacancy(Box::new(edit)) }
}
