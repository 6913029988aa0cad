//! Who and what a run ranks: one snapshot, narrowed down to a scope, sorted by id.

use super::{
    scope::Scope,
    sweep::{Law, SomePeople},
};
use crate::domain::Date;
use crate::engine::{Entry, snapshot::Snapshot};
use crate::rank::{
    CandidateFacts, PoolState, Rules, VacancyFacts,
    order::{self, TieSecret},
    pool,
    sweep::Everybody,
};
use std::{
    borrow::Borrow,
    sync::{Arc, OnceLock},
};

/// A person of the snapshot.
#[derive(Clone, Debug)]
pub(super) struct Person(pub(super) Arc<Entry<CandidateFacts>>);

impl Borrow<CandidateFacts> for Person {
    fn borrow(&self) -> &CandidateFacts {
        self.0.facts()
    }
}

/// A vacancy of the snapshot.
#[derive(Clone, Debug)]
pub(super) struct Work {
    /// The vacancy.
    pub(super) entry: Arc<Entry<VacancyFacts>>,
    /// Whether it gets a list of its own.
    pub(super) in_scope: bool,
}

impl Borrow<VacancyFacts> for Work {
    fn borrow(&self) -> &VacancyFacts {
        self.entry.facts()
    }
}

/// Who and what is ranked in a run, sorted by id; the places in these lists are the numbers of people and vacancies.
#[derive(Debug)]
pub(super) struct Field {
    /// Everybody in the pool.
    people: Vec<Person>,
    /// The same as columns, made when somebody asks for them: a run that goes on from another may not need them.
    everybody: OnceLock<Everybody<Person>>,
    /// The people of the scope, where that is not everybody, with their places.
    pub(super) of_scope: Option<SomePeople>,
    /// Every vacancy that is open on the day.
    pub(super) vacancies: Vec<Work>,
    /// Whether a person is of the scope.
    pub(super) in_scope: Vec<bool>,
    /// As of which day.
    pub(super) as_of: Date,
    /// How many entries of a list are kept: more than are shown, so that one who leaves is followed by the next.
    pub(super) depth: usize,
}

impl Field {
    /// Everybody and every vacancy of a snapshot that is in the pool on a day.
    pub(super) fn new(snapshot: &Snapshot, scope: &Scope, as_of: Date, depth: usize) -> Self {
        let in_pool = |entry: &&Arc<Entry<CandidateFacts>>| entry.facts().pool() == PoolState::InPool;
        let mut people: Vec<Person> = snapshot.people().iter().filter(in_pool).cloned().map(Person).collect();
        people.sort_by(|a, b| a.0.facts().id().as_str().cmp(b.0.facts().id().as_str()));
        let is_open = |entry: &&Arc<Entry<VacancyFacts>>| pool::is_open(entry.facts().pool(), as_of);
        let work = |entry: &Arc<Entry<VacancyFacts>>| Work {
            in_scope: scope.holds(entry.labels()),
            entry: Arc::clone(entry),
        };
        let mut vacancies: Vec<Work> = snapshot.vacancies().iter().filter(is_open).map(work).collect();
        vacancies.sort_by(|a, b| a.entry.facts().id().as_str().cmp(b.entry.facts().id().as_str()));
        let in_scope: Vec<bool> = people.iter().map(|person| scope.holds(person.0.labels())).collect();
        let of_scope = (!scope.is_all()).then(|| {
            let own =
                || (0..).zip(&people).zip(&in_scope).filter(|(_, own)| **own).map(|(numbered, _)| numbered);
            SomePeople {
                people: Everybody::new(own().map(|(_, person)| person.clone()).collect()),
                numbers: own().map(|(number, _)| number).collect(),
            }
        });
        Self { people, everybody: OnceLock::new(), of_scope, vacancies, in_scope, as_of, depth }
    }

    /// Everybody in the pool, as columns.
    pub(super) fn everybody(&self) -> &Everybody<Person> {
        self.everybody.get_or_init(|| Everybody::new(self.people.clone()))
    }

    /// Everybody in the pool.
    pub(super) fn people(&self) -> &[Person] {
        &self.people
    }

    /// Whom a vacancy is ranked against: everybody, or for one outside the scope only the people of the scope.
    pub(super) fn others(&self, vacancy: usize) -> (&Everybody<Person>, Option<&[u32]>) {
        match &self.of_scope {
            Some(some) if !self.vacancies[vacancy].in_scope => (&some.people, Some(&some.numbers)),
            _ => (self.everybody(), None),
        }
    }

    /// Lets go of what scoring keeps of former vacancies: the rest of a run scores nobody.
    pub(super) fn forget_answers(&self) {
        if let Some(everybody) = self.everybody.get() {
            everybody.forget_answers();
        }
        if let Some(some) = &self.of_scope {
            some.people.forget_answers();
        }
    }

    /// How many pairs of a vacancy the run judges.
    pub(super) fn pairs_of(&self, vacancy: usize) -> u64 {
        match &self.of_scope {
            Some(some) if !self.vacancies[vacancy].in_scope => some.numbers.len() as u64,
            _ => self.people.len() as u64,
        }
    }

    /// How many pairs it judges in all.
    pub(super) fn pairs(&self) -> u64 {
        (0..self.vacancies.len()).map(|vacancy| self.pairs_of(vacancy)).sum()
    }

    /// The rules of a vacancy.
    pub(super) fn rules<'a>(&self, vacancy: usize, law: Law<'a>) -> Rules<'a> {
        Rules::new(law.profiles.for_sector(self.vacancies[vacancy].entry.facts().sector()), self.as_of)
    }

    /// The hash of a pair that orders equals.
    pub(super) fn tie(&self, vacancy: u32, person: u32, secret: &TieSecret) -> u128 {
        let vacancy = self.vacancies[vacancy as usize].entry.facts().id();
        order::tie(secret, vacancy, self.people()[person as usize].0.facts().id())
    }
}
