//! What vacancies ask in lists: the same is asked again and again, so each different thing is judged once.

use crate::rank::facts::VacancyFacts;
use std::{borrow::Borrow, collections::HashMap, hash::Hash};

/// Different things by number, each with a row that asks it and its place in that row's list.
#[derive(Debug)]
pub(super) struct Different(Box<[(u32, u32)]>);

impl Different {
    /// What is judged of each, by a row that asks it and its place there.
    pub(super) fn judge<T>(&self, judge: impl Fn(usize, usize) -> T) -> Vec<T> {
        self.0.iter().map(|(row, place)| judge(*row as usize, *place as usize)).collect()
    }
}

/// Numbers for different things, in the order in which they are asked first.
#[derive(Debug)]
pub(super) struct Numbering<K> {
    number_of: HashMap<K, u32>,
    representatives: Vec<(u32, u32)>,
}

impl<K: Hash + Eq> Numbering<K> {
    pub(super) fn new() -> Self {
        Self { number_of: HashMap::new(), representatives: Vec::new() }
    }

    /// The number of a thing that stands at a place of a row's list.
    pub(super) fn number(&mut self, thing: K, row: u32, place: u32) -> u32 {
        *self.number_of.entry(thing).or_insert_with(|| {
            self.representatives.push((row, place));
            // More than 2³² things do not fit into the memory of any machine.
            u32::try_from(self.representatives.len() - 1).unwrap_or(u32::MAX)
        })
    }

    pub(super) fn different(self) -> Different {
        Different(self.representatives.into())
    }
}

/// The asked things of each row.
#[derive(Debug)]
pub(super) struct Items<T> {
    /// Where the things of each row end.
    ends: Box<[u32]>,
    items: Box<[T]>,
}

impl<T> Items<T> {
    /// Of a list of each vacancy; `item` is told the thing, its row and its place.
    pub(super) fn new<'a, V: Borrow<VacancyFacts>, A: 'a>(
        vacancies: &'a [V],
        list: impl Fn(&'a VacancyFacts) -> &'a [A],
        mut item: impl FnMut(&'a A, u32, u32) -> T,
    ) -> Self {
        let mut items = Vec::new();
        let ends = vacancies.iter().zip(0_u32..).map(|(vacancy, row)| {
            items
                .extend(list(vacancy.borrow()).iter().zip(0..).map(|(asked, place)| item(asked, row, place)));
            u32::try_from(items.len()).unwrap_or(u32::MAX)
        });
        Self { ends: ends.collect(), items: items.into() }
    }

    /// The things that a row asks.
    pub(super) fn of(&self, row: usize) -> &[T] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..self.ends[row] as usize]
    }
}
