//! Vacancies that differ in words of which a person has few: where none of them is shared, only what else they hold
//! counts.

use crate::rank::{
    columns::classes::{Classes, Postings},
    facts::VacancyFacts,
};
use std::{borrow::Borrow, hash::Hash};

/// Fine classes, each of which belongs to a coarse one; a fine class that shares nothing with a person is judged as its
/// coarse one.
#[derive(Debug)]
pub(super) struct FineClasses<K> {
    pub(super) fine: Classes,
    /// The coarse class of each fine one.
    coarse: Classes,
    /// Fine classes by what a person may share with them.
    shared: Postings<K, u32>,
}

impl<K: Hash + Eq + Copy> FineClasses<K> {
    /// `shared` tells everything by which a person's answer may differ from that of the coarse class.
    pub(super) fn new<'a, V, F, C, I>(
        vacancies: &'a [V],
        fine: impl Fn(&'a VacancyFacts) -> F,
        coarse: impl Fn(&'a VacancyFacts) -> C,
        shared: impl Fn(&'a VacancyFacts) -> I,
    ) -> Self
    where
        V: Borrow<VacancyFacts>,
        F: Hash + Eq,
        C: Hash + Eq,
        I: Iterator<Item = K>,
    {
        let fine = Classes::of_keys(vacancies.iter().map(|vacancy| fine(vacancy.borrow())));
        let facts = || fine.representatives.iter().map(|row| vacancies[*row as usize].borrow());
        let postings = Postings::new(|| {
            facts().zip(0_u32..).flat_map(|(vacancy, class)| shared(vacancy).map(move |key| (key, class)))
        });
        Self { coarse: Classes::of_keys(facts().map(&coarse)), shared: postings, fine }
    }

    /// What is judged of each fine class, by a row of it, for a person with these things to share.
    pub(super) fn table<T: Copy>(&self, own: impl Iterator<Item = K>, judge: impl Fn(usize) -> T) -> Vec<T> {
        let mut is_shared = vec![false; self.fine.representatives.len()];
        own.flat_map(|key| self.shared.of(key)).for_each(|class| is_shared[*class as usize] = true);
        let mut of_coarse = vec![None; self.coarse.representatives.len()];
        let classes = self.fine.representatives.iter().zip(&self.coarse.of).zip(is_shared);
        let of_class = |((row, coarse), is_shared): ((&u32, &u32), bool)| {
            let judge = || judge(*row as usize);
            if is_shared { judge() } else { *of_coarse[*coarse as usize].get_or_insert_with(judge) }
        };
        classes.map(of_class).collect()
    }
}
