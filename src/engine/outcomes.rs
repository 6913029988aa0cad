//! What became of proposals (R4): recorded, read back with a pair, listed. No score and no place sees it.

use super::{Engine, EngineError, records};
use crate::domain::{
    Date,
    outcome::Outcome,
    text::{CandidateId, VacancyId},
};
use crate::store::{
    ChangeNumber, NumberedOutcome, Operation, ReadError, RecordId, RequestKey, Snapshot, WriteBatch,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// The outcomes of everybody, in memory: each shared with whoever took a copy.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    /// By the day, then by the number of the change: the latest last.
    in_order: BTreeMap<(Date, ChangeNumber), Arc<NumberedOutcome>>,
    of_candidate: HashMap<CandidateId, BTreeSet<(Date, ChangeNumber)>>,
    of_vacancy: HashMap<VacancyId, BTreeSet<(Date, ChangeNumber)>>,
}

/// Where an outcome stands in a list: its day, and the number of the change that recorded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutcomePlace {
    /// The day.
    pub on: Date,
    /// The number.
    pub change: u64,
}

/// Whose outcomes are asked for; nothing given: everybody's.
#[derive(Clone, Debug, Default)]
pub struct OutcomeChoice {
    /// Only of this candidate.
    pub candidate: Option<CandidateId>,
    /// Only of this vacancy.
    pub vacancy: Option<VacancyId>,
}

/// A page of outcomes, the latest first.
#[derive(Clone, Debug, Default)]
pub struct OutcomePage {
    /// The outcomes.
    pub outcomes: Vec<Arc<NumberedOutcome>>,
    /// The next page begins after this place; `None`: there is none.
    pub next: Option<OutcomePlace>,
    /// Every change up to this one was seen.
    pub change: u64,
}

impl Outcomes {
    /// The latest outcome of a pair up to a day: what is shown with the pair.
    pub fn earlier(&self, candidate: &str, vacancy: &str, up_to: Date) -> Option<&Outcome> {
        let of_candidate = self.of_candidate.get(&CandidateId::new(candidate).ok()?)?;
        let of_pair = of_candidate
            .range(..=(up_to, ChangeNumber(u64::MAX)))
            .rev()
            .filter_map(|place| self.in_order.get(place))
            .find(|found| found.outcome.vacancy.as_str() == vacancy)?;
        Some(&of_pair.outcome)
    }

    /// Every outcome, by day, the latest last.
    pub fn every(&self) -> impl DoubleEndedIterator<Item = &Outcome> {
        self.in_order.values().map(|numbered| &numbered.outcome)
    }

    pub(super) fn put(&mut self, numbered: NumberedOutcome) {
        let place = (numbered.outcome.on, numbered.number);
        self.of_candidate.entry(numbered.outcome.candidate.clone()).or_default().insert(place);
        self.of_vacancy.entry(numbered.outcome.vacancy.clone()).or_default().insert(place);
        self.in_order.insert(place, Arc::new(numbered));
    }

    /// Takes out what was recorded of a record before a change.
    pub(super) fn remove(&mut self, id: &RecordId, version: ChangeNumber) {
        let places = match id {
            RecordId::Candidate(id) => self.of_candidate.get(id),
            RecordId::Vacancy(id) => self.of_vacancy.get(id),
        };
        let before = |place: &&(Date, ChangeNumber)| place.1 < version;
        for place in places.map_or_else(Vec::new, |places| places.iter().filter(before).copied().collect()) {
            let Some(gone) = self.in_order.remove(&place) else { continue };
            take_out(&mut self.of_candidate, &gone.outcome.candidate, place);
            take_out(&mut self.of_vacancy, &gone.outcome.vacancy, place);
        }
    }

    fn page(&self, choice: &OutcomeChoice, after: Option<OutcomePlace>, size: usize) -> OutcomePage {
        let after = after.map(|place| (place.on, ChangeNumber(place.change)));
        let places: Box<dyn Iterator<Item = &(Date, ChangeNumber)>> =
            match (&choice.candidate, &choice.vacancy) {
                (Some(id), _) => Box::new(self.of_candidate.get(id).into_iter().flatten().rev()),
                (None, Some(id)) => Box::new(self.of_vacancy.get(id).into_iter().flatten().rev()),
                (None, None) => Box::new(self.in_order.keys().rev()),
            };
        let mut found = places
            .filter(|place| after.is_none_or(|after| **place < after))
            .filter_map(|place| self.in_order.get(place))
            .filter(|numbered| choice.vacancy.as_ref().is_none_or(|id| numbered.outcome.vacancy == *id));
        let outcomes: Vec<_> = found.by_ref().take(size).map(Arc::clone).collect();
        let place = |last: &Arc<NumberedOutcome>| OutcomePlace { on: last.outcome.on, change: last.number.0 };
        let next = found.next().and_then(|_| outcomes.last().map(place));
        OutcomePage { outcomes, next, change: 0 }
    }
}

fn take_out<K: std::hash::Hash + Eq>(
    of: &mut HashMap<K, BTreeSet<(Date, ChangeNumber)>>,
    id: &K,
    place: (Date, ChangeNumber),
) {
    if let Some(places) = of.get_mut(id) {
        places.remove(&place);
        if places.is_empty() {
            of.remove(id);
        }
    }
}

/// Reads every outcome from the store. A damaged one is left out and told in the log, as a damaged record is.
pub(super) fn load(snapshot: &dyn Snapshot) -> Result<Outcomes, ReadError> {
    let mut outcomes = Outcomes::default();
    for outcome in snapshot.outcomes()? {
        match outcome {
            Ok(outcome) => outcomes.put(outcome),
            Err(ReadError::Storage(fault)) => return Err(fault.into()),
            Err(error) => tracing::error!(%error, "a damaged outcome cannot be shown"),
        }
    }
    Ok(outcomes)
}

impl Engine {
    /// Whether both sides of an outcome are there.
    pub fn knows_pair(&self, outcome: &Outcome) -> bool {
        let population = self.population();
        population.candidates.get(outcome.candidate.as_str()).is_some()
            && population.vacancies.get(outcome.vacancy.as_str()).is_some()
    }

    /// Records what became of a proposal; durable and shown with the pair when this returns. The number of the change.
    /// `request` is the id of the request with its content as it was sent: a day that was left out is another one
    /// tomorrow, and the request is still the same.
    ///
    /// # Errors
    /// A candidate or vacancy that is not there, a request id of another request, a store that cannot be written.
    pub fn record_outcome(
        &self,
        outcome: Outcome,
        request: Option<(&str, &[u8])>,
    ) -> Result<u64, EngineError> {
        let request =
            request.map(|(id, content)| RequestKey::new(id, &[b"outcome".as_slice(), content].concat()));
        let operations = vec![Operation::RecordOutcome(outcome.clone())];
        let written = self.store().write(WriteBatch { request, operations })?;
        let number = records::first(&written);
        if !written.repeated {
            let mut population = self.population_mut();
            population.put_outcome(NumberedOutcome { number, outcome });
            population.shows(number);
            drop(population);
            self.indexer.tell(number.0);
        }
        Ok(number.0)
    }

    /// A page of what was recorded, the latest day first.
    pub fn outcomes(&self, choice: &OutcomeChoice, after: Option<OutcomePlace>, size: usize) -> OutcomePage {
        let population = self.population();
        OutcomePage { change: population.change().0, ..population.outcomes.page(choice, after, size) }
    }

    /// The latest outcome of a pair up to a day: what is shown with the pair.
    pub fn earlier(&self, candidate: &str, vacancy: &str, up_to: Date) -> Option<Outcome> {
        self.population().outcomes.earlier(candidate, vacancy, up_to).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::outcome::ProposalOutcome;

    fn outcome(number: u64, candidate: &str, vacancy: &str, day: i8) -> NumberedOutcome {
        let (candidate, vacancy) = (CandidateId::new(candidate).unwrap(), VacancyId::new(vacancy).unwrap());
        let on = Date::new(2026, 11, day).unwrap();
        let outcome = Outcome::new(candidate, vacancy, ProposalOutcome::Proposed, on, None).unwrap();
        NumberedOutcome { number: ChangeNumber(number), outcome }
    }

    fn some() -> Outcomes {
        let mut outcomes = Outcomes::default();
        for numbered in [
            outcome(4, "k1", "v1", 20),
            outcome(5, "k1", "v1", 3),
            outcome(6, "k1", "v2", 9),
            outcome(7, "k2", "v1", 9),
        ] {
            outcomes.put(numbered);
        }
        outcomes
    }

    #[test]
    fn the_latest_day_up_to_the_day_of_a_list_is_shown_with_a_pair_whatever_was_recorded_last() {
        let outcomes = some();
        let shown = |day| {
            let up_to = Date::new(2026, 11, day).unwrap();
            outcomes.earlier("k1", "v1", up_to).map(|found| found.on.day())
        };
        assert_eq!([shown(30), shown(20), shown(19), shown(2)], [Some(20), Some(20), Some(3), None]);
        assert_eq!(outcomes.earlier("k2", "v2", Date::constant(2026, 11, 30)), None);
    }

    #[test]
    fn pages_hold_every_outcome_once_the_latest_first() {
        let outcomes = some();
        let all = |choice: &OutcomeChoice| {
            let (mut numbers, mut after) = (Vec::new(), None);
            loop {
                let page = outcomes.page(choice, after, 1);
                numbers.extend(page.outcomes.iter().map(|numbered| numbered.number.0));
                after = page.next;
                if after.is_none() {
                    return numbers;
                }
            }
        };
        let candidate = CandidateId::new("k1").ok();
        let vacancy = VacancyId::new("v1").ok();
        assert_eq!(all(&OutcomeChoice::default()), [4, 7, 6, 5]);
        assert_eq!(all(&OutcomeChoice { candidate: candidate.clone(), vacancy: None }), [4, 6, 5]);
        assert_eq!(all(&OutcomeChoice { candidate: None, vacancy: vacancy.clone() }), [4, 7, 5]);
        assert_eq!(all(&OutcomeChoice { candidate, vacancy }), [4, 5]);
    }

    #[test]
    fn what_was_recorded_goes_with_either_side_and_a_later_one_stays() {
        let k1: RecordId = CandidateId::new("k1").unwrap().into();
        let v1: RecordId = VacancyId::new("v1").unwrap().into();
        let left = |id, version| {
            let mut outcomes = some();
            outcomes.remove(id, ChangeNumber(version));
            let page = outcomes.page(&OutcomeChoice::default(), None, 10);
            page.outcomes.iter().map(|numbered| numbered.number.0).collect::<Vec<_>>()
        };
        assert_eq!(left(&k1, 9), [7]);
        assert_eq!(left(&v1, 9), [6]);
        assert_eq!(left(&k1, 6), [7, 6]);
    }
}
