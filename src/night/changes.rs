//! What changed in the list of a vacancy between two nights, and why: both lists are compared as they were stored.

mod why;

use super::{
    NightError,
    file::Night,
    list::{ListedPair, VacancyList},
};
use crate::rank::{Reason, ReasonCode, reason::Value};
use std::collections::BTreeMap;

/// What became of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// On the list, and not before.
    New,
    /// Not on the list, and before it was.
    Gone,
    /// At a better place.
    Up,
    /// At a worse place.
    Down,
}

/// One change of the list of a vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListChange {
    /// The vacancy's id.
    pub vacancy: String,
    /// The candidate's id.
    pub candidate: String,
    /// What became of the place.
    pub kind: Move,
    /// The place before; 0: none.
    pub before: u16,
    /// The place after; 0: none.
    pub after: u16,
    /// What happened and why, in this order: texts follow one another.
    pub reasons: Vec<Reason>,
}

/// Two nights of one vacancy.
struct Lists<'a> {
    nights: [&'a Night; 2],
    lists: [Option<VacancyList>; 2],
}

/// The changes of one vacancy's list from a night to a later one: by the new place, who is gone at the end. None where it
/// took part in neither.
///
/// # Errors
/// When a record is damaged or cannot be read.
pub fn changes_of(vacancy: &str, from: &Night, to: &Night) -> Result<Vec<ListChange>, NightError> {
    let lists = [from.of_vacancy(vacancy)?, to.of_vacancy(vacancy)?];
    let both = Lists { nights: [from, to], lists };
    let mut of_person: BTreeMap<&str, [Option<&ListedPair>; 2]> = BTreeMap::new();
    for (side, list) in both.lists.iter().enumerate() {
        for pair in list.iter().flat_map(|list| &list.pairs) {
            of_person.entry(&pair.candidate).or_default()[side] = Some(pair);
        }
    }
    let mut changes = Vec::new();
    for (candidate, pairs) in of_person {
        let [before, after] = pairs.map(|pair| pair.map_or(0, |pair| pair.rank));
        let kind = match (before, after) {
            (0, _) => Move::New,
            (_, 0) => Move::Gone,
            _ if after < before => Move::Up,
            _ if after > before => Move::Down,
            _ => continue,
        };
        let mut reasons = vec![told(kind, before, after)];
        reasons.extend(both.why(kind, vacancy, candidate, pairs)?);
        changes.push(ListChange {
            vacancy: vacancy.to_owned(),
            candidate: candidate.to_owned(),
            kind,
            before,
            after,
            reasons,
        });
    }
    changes.sort_by_key(|change| (change.after == 0, change.after, change.before));
    Ok(changes)
}

fn told(kind: Move, before: u16, after: u16) -> Reason {
    let (before, rank) = (("before", Value::Place(before.into())), ("rank", Value::Place(after.into())));
    let (code, data) = match kind {
        Move::New => (ReasonCode::ListNew, vec![rank]),
        Move::Gone => (ReasonCode::ListGone, vec![before]),
        Move::Up => (ReasonCode::ListUp, vec![before, rank]),
        Move::Down => (ReasonCode::ListDown, vec![before, rank]),
    };
    Reason { code, data }
}

fn plain(code: ReasonCode) -> Vec<Reason> {
    vec![Reason { code, data: Vec::new() }]
}

impl Lists<'_> {
    fn why(
        &self,
        kind: Move,
        vacancy: &str,
        candidate: &str,
        pairs: [Option<&ListedPair>; 2],
    ) -> Result<Vec<Reason>, NightError> {
        let [from, to] = self.nights;
        if !from.has_vacancy(vacancy) {
            return Ok(plain(ReasonCode::VacancyCame));
        }
        if !to.has_vacancy(vacancy) {
            return Ok(plain(ReasonCode::VacancyWent));
        }
        // Who was taken out of the later night only is no news of the list; of the earlier one nothing is left to compare.
        if !from.has_person(candidate) {
            return Ok(plain(ReasonCode::PersonCame));
        }
        if !to.has_person(candidate) {
            return Ok(plain(ReasonCode::PersonWent));
        }
        // A pair that left the vacancy's list may still stand in the person's.
        let [before, after] = pairs;
        let before = match before {
            Some(pair) => Some(pair.clone()),
            None => from.pair(vacancy, candidate)?,
        };
        let after = match after {
            Some(pair) => Some(pair.clone()),
            None => to.pair(vacancy, candidate)?,
        };
        Ok(match (before, after) {
            (Some(before), Some(after)) => {
                let rose = matches!(kind, Move::New | Move::Up);
                match [from.profile(before.profile), to.profile(after.profile)] {
                    [Some(of_before), Some(of_after)] => {
                        why::of(&before, &after, rose, [&of_before.numbers, &of_after.numbers])
                    }
                    // Reading has made sure that there is one.
                    _ => Vec::new(),
                }
            }
            (Some(before), None) => self.left(before.explanation.judgement.score),
            (None, Some(after)) => self.entered(after.explanation.judgement.score),
            (None, None) => Vec::new(),
        })
    }

    /// Why a pair left of which the later night keeps nothing: others have more than it had, or it has less.
    fn left(&self, had: u16) -> Vec<Reason> {
        let last = last_score(self.lists[1].as_ref());
        let others = last.is_some_and(|last| last >= had);
        plain(if others { ReasonCode::OthersAbove } else { ReasonCode::FitsLess })
    }

    /// Why a pair came of which the earlier night keeps nothing: it has no more than the list took, or it has more.
    fn entered(&self, has: u16) -> Vec<Reason> {
        let last = last_score(self.lists[0].as_ref());
        let others = last.is_some_and(|last| last >= has);
        plain(if others { ReasonCode::OthersBelow } else { ReasonCode::FitsMore })
    }
}

/// The score of the last one on a full list.
fn last_score(list: Option<&VacancyList>) -> Option<u16> {
    let last = list?.pairs.last()?;
    Some(last.explanation.judgement.score)
}
