//! Wishes that are not known yet, at their best answer, and motivation that nobody asked about. Wishes that are known stay.

use super::{Change, Situation, of_candidate, qualities::observation};
use crate::domain::observation::{ObservationSource, Observed};
use crate::domain::work::OccupationRef;
use crate::rank::{
    criteria::{Knowledge, motivation},
    criterion::Criterion,
    reason::{Reason, ReasonCode, Value},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let person = at.pair.candidate;
    let work = work(at);
    if let Some(work) = work.clone().filter(|_| person.wished.is_empty()) {
        let words = Value::Words(work.text.as_str().to_owned());
        let reason = Reason::new(ReasonCode::WithWishedOccupation, [("occupation", words)]);
        changes.push(of_candidate(Criterion::Motivation, reason, "wishes.occupations", move |profile| {
            profile.wishes.occupations.push(work.clone());
        }));
    }
    let sector = at.vacancy.sector.or_else(|| at.vacancy.employer.sectors.first().copied());
    if let Some(sector) = sector.filter(|_| person.wished_sectors.is_empty()) {
        let reason = Reason::plain(ReasonCode::WithWishedSector);
        changes.push(of_candidate(Criterion::Motivation, reason, "wishes.sbi_codes", move |profile| {
            profile.wishes.sectors.push(sector);
        }));
    }
    let parts = motivation::parts(at.pair, at.rules).items();
    let is_unseen = parts[3].1.knowledge == Knowledge::Unknown;
    let observed =
        work.map(Observed::MotivationForOccupation).or_else(|| sector.map(Observed::MotivationForSector));
    if let Some(observed) = observed.filter(|_| is_unseen) {
        let seen = observation(observed, ObservationSource::Conversation, at.as_of);
        let reason = Reason::plain(ReasonCode::WithMotivationSeen);
        changes.push(of_candidate(Criterion::Motivation, reason, "observations", move |profile| {
            profile.observations.push(seen.clone());
        }));
    }
}

/// The work of the vacancy: its occupation, else its title.
fn work(at: &Situation<'_>) -> Option<OccupationRef> {
    let title = || at.vacancy.title.clone().map(|text| OccupationRef { text, concept: None, boc_code: None });
    at.vacancy.occupation.clone().or_else(title)
}
