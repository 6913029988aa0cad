//! Everybody's lists while the sweep goes on: shards come in any order, what stays at the end does not depend on it.

use super::{
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
    /// Nothing is scored yet. Who is outside the scope has no list.
    pub(super) fn new(field: &Field) -> Self {
        let count = field.people().len();
        let stripe =
            |start: usize| Mutex::new((start..count.min(start + STRIPE)).map(|_| Best::default()).collect());
        let bars = field.in_scope.iter().map(|in_scope| if *in_scope { 0 } else { u16::MAX });
        Self {
            people: (0..count).step_by(STRIPE).map(stripe).collect(),
            vacancies: field.vacancies.iter().map(|_| OnceLock::new()).collect(),
            bars: Bars::new(bars),
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

    /// Puts the lists of one group of people in order.
    pub(super) fn finish_stripe(&self, stripe: usize, field: &Field, law: Law<'_>) -> Vec<Ordered> {
        let lists = std::mem::take(&mut *self.people[stripe].lock().unwrap_or_else(PoisonError::into_inner));
        let order = |(at, list): (usize, Best)| {
            let person = (stripe * STRIPE + at) as u32;
            if !field.in_scope[person as usize] {
                return Ordered::default();
            }
            list.finish(field.depth, &|vacancy| field.tie(vacancy, person, law.secret))
        };
        lists.into_iter().enumerate().map(order).collect()
    }

    /// The vacancies, in their order.
    pub(super) fn into_vacancies(self) -> Vec<SweptVacancy> {
        self.vacancies.into_iter().map(|vacancy| vacancy.into_inner().unwrap_or_default()).collect()
    }
}
