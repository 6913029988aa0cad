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
};
use crate::rank::{dated::Between, order::TieSecret};
use std::collections::HashMap;

/// A person alone is scored on everything at some ten times the cost that a person has among everybody.
const MANY: usize = 16;

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
        Self {
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

    /// Whether so few people changed that scoring them alone is less work than scoring everybody.
    pub(super) fn is_less_work(&self) -> bool {
        self.changed_people().count() <= self.people.len() / MANY
    }

    /// Who changed, or was not there.
    pub(super) fn changed_people(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.people).filter(|(_, before)| before.is_none()).map(|(person, _)| person)
    }

    /// The vacancies that changed, or were not there.
    pub(super) fn changed_vacancies(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.vacancies).filter(|(_, before)| before.is_none()).map(|(vacancy, _)| vacancy)
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
