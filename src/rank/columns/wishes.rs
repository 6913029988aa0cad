//! Wished occupations by everything that they can have in common with a vacancy's work.

use super::{
    classes::{Lists, Postings},
    index::half,
};
use crate::rank::{
    facts::{CandidateFacts, VacancyFacts, Wish},
    term::WordKey,
};
use crate::taxonomy::ConceptNumber;
use std::borrow::Borrow;

/// Wishes by key and group, by the first of their words, and by what they mean.
#[derive(Debug)]
pub(super) struct WishTerms {
    terms: Postings<u64, u32>,
    /// A wish whose words all occur in a work has its first word there.
    words: Postings<WordKey, u32>,
    concepts: Postings<ConceptNumber, u32>,
}

impl WishTerms {
    pub(super) fn new<C: Borrow<CandidateFacts>>(wishes: &Lists, people: &[C]) -> Self {
        let all: Vec<&Wish> =
            wishes.judge(|row, place| people[row].borrow().wished.get(place)).into_iter().flatten().collect();
        let each = || all.iter().zip(0_u32..);
        let terms = each().flat_map(|(wish, member)| {
            wish.keys.iter().chain(&wish.group).map(move |key| (half(key.0), member))
        });
        let words = each().flat_map(|(wish, member)| wish.words.first().map(|word| (*word, member)));
        let concepts =
            each().flat_map(|(wish, member)| wish.senses.iter().map(move |sense| (sense.concept, member)));
        Self {
            terms: Postings::new(terms.collect()),
            words: Postings::new(words.collect()),
            concepts: Postings::new(concepts.collect()),
        }
    }

    /// The wishes that may have something in common with the work, each once.
    pub(super) fn near(&self, vacancy: &VacancyFacts) -> Vec<u32> {
        let keys = vacancy.keys.iter().chain(&vacancy.groups);
        let mut near: Vec<u32> =
            keys.flat_map(|key| self.terms.of(half(key.0))).map(|(_, member)| *member).collect();
        near.extend(
            vacancy.work_words.iter().flat_map(|word| self.words.of(*word)).map(|(_, member)| *member),
        );
        let concepts = vacancy.work.iter().chain(&vacancy.leads_to).map(|(concept, _)| *concept);
        near.extend(concepts.flat_map(|concept| self.concepts.of(concept)).map(|(_, member)| *member));
        near.sort_unstable();
        near.dedup();
        near
    }
}
