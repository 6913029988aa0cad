//! Merging a new delivery of a record into what is kept (three-way merge).
//!
//! A delivery replaces only what its format can carry, and undoes no correction. Three forms of a record are
//! compared, part by part: the *previous* delivery, the *current* record, the new *delivered* one.
//!
//! | the part is one value | the part is a list (each entry by its own key) |
//! | --- | --- |
//! | current equals previous: the delivered value | an entry that equals the previous one: as delivered, gone when the delivery dropped it |
//! | current differs from previous: a correction, it stays | an entry that was added, changed or taken out by hand: it stays so |
//!
//! The parts that VUM can carry are two tables (`candidate`, `vacancy`); everything else (observations of
//! others, week pattern, lessons, caps, held jobs, other support, notes, carving, refusals, capacities, status,
//! ownership, retention) is never touched.

mod candidate;
mod three_way;
mod vacancy;

use super::{
    Candidate, Vacancy,
    candidate::CandidateStatus,
    provenance::{DeliveryState, Provenance},
};
use three_way::{Part, PartMerge};

/// The name of the part that tells whether the last complete delivery held the record.
const DELIVERY_STATE: &str = "not_delivered_since";

/// A record after a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged<R> {
    /// The record as it is to be kept.
    pub record: R,
    /// Parts that changed, by their path in the interface; empty: the record is as it was.
    pub changed: Vec<&'static str>,
    /// Parts in which a correction stands against what was delivered.
    pub kept: Vec<&'static str>,
    /// Whether the delivery says something else than the previous one, so that it must be kept for the next merge.
    pub delivery_is_news: bool,
}

/// Merges a delivered candidate. Without a current record the delivered one is taken as it is.
///
/// A candidate that was erased or whose processing is restricted is given back untouched: the caller refuses such
/// a delivery before.
pub fn merge_candidate(
    previous: Option<&Candidate>,
    current: Option<&Candidate>,
    delivered: &Candidate,
) -> Merged<Candidate> {
    let Some(current) = current else { return first(delivered, candidate_parts(delivered)) };
    let mut record = current.clone();
    if matches!(current.status, CandidateStatus::Erased | CandidateStatus::Restricted) {
        return Merged { record, changed: Vec::new(), kept: Vec::new(), delivery_is_news: false };
    }
    let nothing = Candidate::new(delivered.id.clone());
    let parts = candidate::PARTS;
    let mut sum = merge_parts(parts, previous, &nothing, current, delivered, &mut record);
    let filled = candidate_parts(&record);
    update_provenance(&mut record.provenance, &delivered.provenance, &sum.changed, &filled);
    deliver(&mut record.delivery_state, &mut sum);
    Merged { record, changed: sum.changed, kept: sum.kept, delivery_is_news: sum.news }
}

/// Merges a delivered vacancy. Without a current record the delivered one is taken as it is.
pub fn merge_vacancy(
    previous: Option<&Vacancy>,
    current: Option<&Vacancy>,
    delivered: &Vacancy,
) -> Merged<Vacancy> {
    let Some(current) = current else { return first(delivered, vacancy_parts(delivered)) };
    let mut record = current.clone();
    let nothing = Vacancy::new(delivered.id.clone());
    let parts = vacancy::PARTS;
    let mut sum = merge_parts(parts, previous, &nothing, current, delivered, &mut record);
    let filled = vacancy_parts(&record);
    update_provenance(&mut record.provenance, &delivered.provenance, &sum.changed, &filled);
    deliver(&mut record.delivery_state, &mut sum);
    Merged { record, changed: sum.changed, kept: sum.kept, delivery_is_news: sum.news }
}

/// The parts of a candidate that VUM can carry and that are filled, by their path in the interface.
pub fn candidate_parts(candidate: &Candidate) -> Vec<&'static str> {
    filled_parts(candidate::PARTS, candidate)
}

/// The parts of a vacancy that VUM can carry and that are filled, by their path in the interface.
pub fn vacancy_parts(vacancy: &Vacancy) -> Vec<&'static str> {
    filled_parts(vacancy::PARTS, vacancy)
}

fn filled_parts<R>(parts: &[Part<R>], record: &R) -> Vec<&'static str> {
    parts.iter().filter(|part| (part.filled)(record)).map(|part| part.name).collect()
}

fn first<R: Clone>(delivered: &R, changed: Vec<&'static str>) -> Merged<R> {
    Merged { record: delivered.clone(), changed, kept: Vec::new(), delivery_is_news: true }
}

#[derive(Default)]
struct Sum {
    changed: Vec<&'static str>,
    kept: Vec<&'static str>,
    news: bool,
}

fn merge_parts<R>(
    parts: &[Part<R>],
    previous: Option<&R>,
    nothing: &R,
    current: &R,
    delivered: &R,
    record: &mut R,
) -> Sum {
    let was = previous.unwrap_or(nothing);
    let mut sum = Sum { news: previous.is_none(), ..Sum::default() };
    for part in parts {
        let PartMerge { changed, kept, news } = (part.merge)(was, current, delivered, record);
        if changed {
            sum.changed.push(part.name);
        }
        if kept {
            sum.kept.push(part.name);
        }
        sum.news |= news;
    }
    sum
}

/// Whoever is delivered again is no longer missing.
fn deliver(state: &mut DeliveryState, sum: &mut Sum) {
    if *state != DeliveryState::Current {
        *state = DeliveryState::Current;
        sum.changed.push(DELIVERY_STATE);
    }
}

/// A changed part gets this delivery's entry in place of the one of the same organisation through the same door;
/// entries of other doors stay. A part that is empty now came from nowhere.
fn update_provenance(
    kept: &mut Vec<Provenance>,
    delivered: &[Provenance],
    changed: &[&'static str],
    filled: &[&'static str],
) {
    for part in changed {
        let entry = delivered.iter().find(|entry| entry.part == *part);
        kept.retain(|old| old.part != *part || (filled.contains(part) && !replaces(entry, old)));
        kept.extend(entry.filter(|_| filled.contains(part)).cloned());
    }
}

fn replaces(new: Option<&Provenance>, old: &Provenance) -> bool {
    new.is_some_and(|new| {
        new.delivery.door == old.delivery.door && new.delivery.organisation == old.delivery.organisation
    })
}

#[cfg(test)]
mod tests;
