//! Everybody's lists while the sweep goes on: shards come in any order, what stays at the end does not depend on it.

use super::{
    carried::Carried,
    field::Field,
    lists::{Best, Entry, Ordered},
    shard::{Shard, SweptVacancy},
    sweep::{Bars, Law},
};
use std::sync::{Mutex, OnceLock, PoisonError};

/// People whose lists share a lock.
const STRIPE: usize = 1_024;

/// The lists of both sides.
#[derive(Debug)]
pub(super) struct Standings {
    people: Vec<Mutex<Vec<Best>>>,
    vacancies: Vec<OnceLock<SweptVacancy>>,
    bars: Bars,
}

impl Standings {
    /// Nothing is scored yet. Who is outside the scope has no list, and whose list goes on from the night before takes
    /// only what that one does not know.
    pub(super) fn new(field: &Field, carried: Option<&Carried>) -> Self {
        let count = field.people().len();
        let bar = |person: usize| {
            let before = carried.and_then(|carried| carried.list(person as u32));
            if field.in_scope[person] { before.map_or(0, Ordered::floor) } else { u16::MAX }
        };
        let stripe = |start: usize| {
            Mutex::new((start..count.min(start + STRIPE)).map(|person| Best::above(bar(person))).collect())
        };
        Self {
            people: (0..count).step_by(STRIPE).map(stripe).collect(),
            vacancies: field.vacancies.iter().map(|_| OnceLock::new()).collect(),
            bars: Bars::new((0..count).map(bar)),
        }
    }

    /// The lowest scores that still have a place.
    pub(super) fn bars(&self) -> &Bars {
        &self.bars
    }

    /// Takes the lists and offers of a shard in. Each shard comes once.
    pub(super) fn merge(&self, shard: Shard, field: &Field, law: Law<'_>) {
        for mut swept in shard.vacancies {
            let offers = std::mem::take(&mut swept.offers);
            let vacancy = swept.vacancy;
            for of_stripe in offers.chunk_by(|a, b| a.other as usize / STRIPE == b.other as usize / STRIPE) {
                let Some(first) = of_stripe.first() else { continue };
                let stripe = first.other as usize / STRIPE;
                let mut lists = self.people[stripe].lock().unwrap_or_else(PoisonError::into_inner);
                for offer in of_stripe {
                    let person = offer.other;
                    let list = &mut lists[person as usize % STRIPE];
                    let entry = Entry { score: offer.score, other: vacancy };
                    list.offer(entry, field.depth, &|vacancy| field.tie(vacancy, person, law.secret));
                    self.bars.raise(person as usize, list.bar());
                }
            }
            // The second of two workers at one shard brings the same.
            let _ = self.vacancies[vacancy as usize].set(swept);
        }
    }

    /// How many groups of people there are to finish.
    pub(super) fn stripes(&self) -> usize {
        self.people.len()
    }

    /// Puts the lists of one group of people in order; `None`: a list of which too little is left of the night before.
    pub(super) fn finish_stripe(
        &self,
        stripe: usize,
        field: &Field,
        law: Law<'_>,
        carried: Option<&Carried>,
    ) -> Vec<Option<Ordered>> {
        let lists = std::mem::take(&mut *self.people[stripe].lock().unwrap_or_else(PoisonError::into_inner));
        let order = |(at, list): (usize, Best)| {
            let person = (stripe * STRIPE + at) as u32;
            if !field.in_scope[person as usize] {
                return Some(Ordered::default());
            }
            let tie = |vacancy| field.tie(vacancy, person, law.secret);
            match carried.and_then(|carried| Some((carried, carried.list(person)?))) {
                Some((carried, before)) => {
                    let stays = |vacancy| carried.vacancy_now(vacancy);
                    before.carried(stays, list, field.depth, carried.size, &tie)
                }
                None => Some(list.finish(field.depth, &tie)),
            }
        };
        lists.into_iter().enumerate().map(order).collect()
    }

    /// The vacancies, in their order.
    pub(super) fn into_vacancies(self) -> Vec<SweptVacancy> {
        self.vacancies.into_iter().map(|vacancy| vacancy.into_inner().unwrap_or_default()).collect()
    }
}
