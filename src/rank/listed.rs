//! What becomes of vacancies in a person's list (R4, R13).

use super::{
    columns::Threads,
    facts::{CandidateFacts, VacancyFacts},
    pool::Closed,
    top::ProfileChoice,
    track::Track,
    vacancies::EveryVacancy,
};
use crate::domain::Date;
use std::borrow::Borrow;

/// What becomes of one vacancy in a person's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// The law leaves it no place: which of the asked papers.
    Against(u16),
    /// It has this score, in hundredths of a point, and a track.
    OnTrack(u16, Option<Track>),
}

/// What becomes of the vacancies of a person's list, as far as it is known: of those that stand in the columns.
#[derive(Debug)]
pub struct ListedVacancies<'a> {
    /// By row.
    listed: Vec<Option<Listed>>,
    /// The row of each entry, or [`NONE`](super::sweep::NONE).
    rows: &'a [u32],
}

impl<'a> ListedVacancies<'a> {
    /// Of all vacancies in the columns that the list may hold, on the threads of the rayon pool. `rows` names the row of each
    /// entry of the list.
    pub fn new<V: Borrow<VacancyFacts> + Sync>(
        columns: &EveryVacancy<V>,
        person: &CandidateFacts,
        profile: ProfileChoice<'_>,
        as_of: Date,
        closed: Closed,
        rows: &'a [u32],
    ) -> Self {
        let judged = columns.columns().judged(Threads::All, person, profile, as_of);
        Self { listed: judged.listed(closed), rows }
    }

    pub(super) fn of(&self, index: usize) -> Option<Listed> {
        *self.listed.get(*self.rows.get(index)? as usize)?
    }
}
