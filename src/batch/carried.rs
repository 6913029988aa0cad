//! What a night that ranks only what changed takes over from the night before.
//!
//! Two records that did not change, and have no dated step between the two days, score the same. So a pair is scored anew
//! only where one of both changed; a list goes on from where it stood, as long as enough of it is left (see
//! [`Ordered::carried`]). What comes out is what a night over everything makes.

use super::{
    base::{self, Base, Known},
    field::Field,
    lists::Ordered,
    people_set::PeopleSet,
    shard::SweptVacancy,
    sweep::SomePeople,
};
use crate::rank::{dated::Between, order::TieSecret, sweep::Everybody};
use std::collections::HashMap;

/// The night before, in the numbers of this one.
#[derive(Debug)]
pub(super) struct Carried {
    base: Base,
    /// Of each vacancy its number in the night before, where it did not change.
    vacancies: Vec<Option<u32>>,
    /// Of each person the number in the night before, where nothing changed.
    people: Vec<Option<u32>>,
    /// Of each vacancy of the night before its number now, where it did not change.
    vacancies_now: Vec<Option<u32>>,
    /// Of each person of the night before the number now, where nothing changed.
    people_now: Vec<Option<u32>>,
    changed: SomePeople,
    /// Those of the changed who are of the scope.
    changed_of_scope: SomePeople,
    /// Entries of a list that are shown.
    pub(super) size: usize,
}

impl Carried {
    /// What can be taken over.
    pub(super) fn new(base: Base, field: &Field, secret: &TieSecret, size: usize) -> Self {
        let between = Between::new(base.as_of, field.as_of);
        let (people, vacancies) = base::known(field, secret);
        let same_person = |at: usize| !between.of_candidate(field.people()[at].0.facts());
        let same_vacancy = |at: usize| !between.of_vacancy(field.vacancies[at].entry.facts());
        let people = numbers(&people, base.people.iter().map(|(known, _)| known), same_person);
        let vacancies = numbers(&vacancies, base.vacancies.iter().map(|(known, _)| known), same_vacancy);
        let changed = |in_scope_only: bool| {
            let is_changed = |at: &usize| people[*at].is_none() && (field.in_scope[*at] || !in_scope_only);
            let those: Vec<usize> = (0..people.len()).filter(is_changed).collect();
            SomePeople::of(field, &those)
        };
        Self {
            changed: changed(false),
            changed_of_scope: changed(true),
            vacancies_now: turned(&vacancies, base.vacancies.len()),
            people_now: turned(&people, base.people.len()),
            base,
            vacancies,
            people,
            size,
        }
    }

    /// The run that it comes from.
    pub(super) fn run(&self) -> &[u8; 32] {
        &self.base.run
    }

    /// Whether explanations of that night are of the same day.
    pub(super) fn is_of_day(&self, field: &Field) -> bool {
        self.base.as_of == field.as_of
    }

    /// As of which day it was.
    pub(super) fn as_of(&self) -> crate::domain::Date {
        self.base.as_of
    }

    /// What the night before knew of a vacancy, where it did not change.
    pub(super) fn vacancy(&self, vacancy: u32) -> Option<&SweptVacancy> {
        let before = self.vacancies[vacancy as usize]?;
        self.base.vacancies.get(before as usize).map(|(_, swept)| swept)
    }

    /// The list of a person in the night before, where nothing changed.
    pub(super) fn list(&self, person: u32) -> Option<&Ordered> {
        let before = self.people[person as usize]?;
        self.base.people.get(before as usize).map(|(_, list)| list)
    }

    /// The number of a person of the night before, where nothing changed.
    pub(super) fn person(&self, before: u32) -> Option<u32> {
        self.people_now.get(before as usize).copied().flatten()
    }

    /// The number of a vacancy of the night before, where it did not change.
    pub(super) fn vacancy_now(&self, before: u32) -> Option<u32> {
        self.vacancies_now.get(before as usize).copied().flatten()
    }

    /// Who changed, as far as a vacancy is ranked against them.
    pub(super) fn changed(&self, vacancy_in_scope: bool) -> &SomePeople {
        if vacancy_in_scope { &self.changed } else { &self.changed_of_scope }
    }

    /// Who is left out: those of the night before who did not change, and those who did.
    pub(super) fn excluded(
        &self,
        before: &[(u16, PeopleSet)],
        mut now: Vec<(u16, PeopleSet)>,
    ) -> Vec<(u16, PeopleSet)> {
        for (requirement, people) in before {
            let stay = people.iter().filter_map(|person| self.person(person));
            match now.iter_mut().find(|(own, _)| own == requirement) {
                Some((_, own)) => stay.for_each(|person| own.insert(person)),
                None => {
                    let stay: PeopleSet = stay.collect();
                    if stay.count() > 0 {
                        now.push((*requirement, stay));
                    }
                }
            }
        }
        now.sort_by_key(|(requirement, _)| *requirement);
        now
    }
}

impl SomePeople {
    /// Those with these numbers.
    pub(super) fn of(field: &Field, numbers: &[usize]) -> Self {
        Self {
            people: Everybody::new(numbers.iter().map(|at| field.people()[*at].clone()).collect()),
            numbers: numbers.iter().map(|at| *at as u32).collect(),
        }
    }
}

/// Of each record its number before, where it is known with the same version and has no dated step.
fn numbers<'a>(
    now: &[Known],
    before: impl Iterator<Item = &'a Known>,
    is_same: impl Fn(usize) -> bool,
) -> Vec<Option<u32>> {
    let before: HashMap<Known, u32> = before.copied().zip(0..).collect();
    now.iter().enumerate().map(|(at, known)| before.get(known).copied().filter(|_| is_same(at))).collect()
}

/// The other way round.
fn turned(numbers: &[Option<u32>], count: usize) -> Vec<Option<u32>> {
    let mut turned = vec![None; count];
    for (now, before) in (0..).zip(numbers) {
        if let Some(before) = before {
            turned[*before as usize] = Some(now);
        }
    }
    turned
}
