//! Asked skills: how certain it is of everybody that they have one, found through what they name and did.

use super::{
    Kept,
    cache::Asked,
    classes::{Postings, number},
    index::half,
};
use crate::rank::{
    criteria::{
        WHOLE,
        skills::{self, needed, strength},
    },
    facts::{AskedSkill, CandidateFacts, VacancyFacts},
    rules::Rules,
};
use crate::taxonomy::{ConceptNumber, recognize::Sense};
use std::{borrow::Borrow, collections::HashMap, sync::Arc};

/// What people name and did, by concept.
#[derive(Debug)]
pub(super) struct SkillIndex {
    /// Rows that name a skill in the same words, by half of the key.
    keys: Postings<u64, u32>,
    /// Rows that name a concept, with its certainty.
    concepts: Postings<ConceptNumber, (u32, u16)>,
    /// Rows with a job, by the number of what the job means, with its place among the person's jobs.
    jobs: Postings<u32, (u32, u32)>,
    /// A row and place of each number. The numbers have the order in which a person's jobs stand.
    meanings: Vec<(u32, u32)>,
}

/// One asked skill of everybody: how certain it is named, and how certain by anything else, each a half of 32 bits.
pub(super) type Certainties = Arc<[u32]>;

impl SkillIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let rows = || people.iter().map(Borrow::borrow).zip(0_u32..);
        let keys =
            rows().flat_map(|(person, row)| person.skills.keys.iter().map(move |key| (half(key.0), row)));
        let concepts = rows().flat_map(|(person, row)| {
            person.skills.known.iter().map(move |own| (own.concept, (row, own.certainty)))
        });
        let meaning = |row: u32, place: u32| -> Vec<(ConceptNumber, u16)> {
            let job = people.get(row as usize).and_then(|person| person.borrow().jobs.get(place as usize));
            let senses = job.into_iter().flat_map(|job| job.senses.iter());
            senses.map(|sense| (sense.concept, sense.confidence)).collect()
        };
        let mut number_of: HashMap<Vec<(ConceptNumber, u16)>, u32> = HashMap::new();
        let mut first = Vec::new();
        let mut jobs = Vec::new();
        for (person, row) in rows() {
            for place in 0..number(person.jobs.len()) {
                let number = *number_of.entry(meaning(row, place)).or_insert_with(|| {
                    first.push((row, place));
                    number(first.len() - 1)
                });
                jobs.push((number, (row, place)));
            }
        }
        // A person's jobs stand in the order of what they mean, and what they imply is rounded job after job.
        let mut order: Vec<(Vec<(ConceptNumber, u16)>, u32)> = number_of.into_iter().collect();
        order.sort_unstable();
        let mut place_of = vec![0; order.len()];
        for ((_, old), new) in order.iter().zip(0_u32..) {
            place_of[*old as usize] = new;
        }
        for (number, _) in &mut jobs {
            *number = place_of[*number as usize];
        }
        let meanings = order.iter().filter_map(|(_, old)| first.get(*old as usize).copied()).collect();
        Self {
            keys: Postings::new(keys.collect()),
            concepts: Postings::new(concepts.collect()),
            jobs: Postings::new(jobs),
            meanings,
        }
    }

    /// What each entry of the jobs says of skills, by its length and how long ago it was.
    fn strengths<C: Borrow<CandidateFacts>>(&self, people: &[C], rules: Rules<'_>) -> Vec<u32> {
        let of = |(row, place): (u32, u32)| {
            let person: &CandidateFacts = people.get(row as usize)?.borrow();
            Some(strength(person.jobs.get(place as usize)?, &person.jobs, rules))
        };
        self.jobs.all().iter().map(|(_, entry)| of(*entry).unwrap_or(0)).collect()
    }

    /// How certain everybody has an asked skill, but for what the work before is alike.
    pub(super) fn certainties<C: Borrow<CandidateFacts>>(
        &self,
        asked: &AskedSkill,
        people: &[C],
        rules: Rules<'_>,
        kept: &Kept,
    ) -> Certainties {
        let senses: Vec<_> = asked.senses.iter().map(|sense| (sense.concept, sense.relative)).collect();
        let what = Asked::new("skill", (&asked.keys, senses, &asked.words, rules.as_of));
        kept.skills.get(what, || {
            let named = self.named(asked, people);
            let near = self.near(asked, people.len());
            let rest = self.rest_after_jobs(asked, people, rules, kept);
            let mut all: Vec<u32> = named
                .iter()
                .zip(near)
                .zip(rest)
                .map(|((named, near), rest)| named | near.max(WHOLE - rest) << 16)
                .collect();
            if !asked.words.is_empty() {
                for (both, person) in all.iter_mut().zip(people) {
                    let (named, other) = (*both & 0xFFFF, *both >> 16);
                    if named == 0 {
                        let said = skills::words(asked, &person.borrow().skills).map_or(0, |(_, said)| said);
                        *both = other.max(said) << 16;
                    }
                }
            }
            all
        })
    }

    fn named<C: Borrow<CandidateFacts>>(&self, asked: &AskedSkill, people: &[C]) -> Vec<u32> {
        let mut named = vec![0; people.len()];
        for key in &asked.keys {
            for (_, row) in self.keys.of(half(key.0)) {
                let own = &people[*row as usize].borrow().skills;
                if own.keys.binary_search(key).is_ok() {
                    named[*row as usize] = u32::from(own.damp);
                }
            }
        }
        for sense in &asked.senses {
            for (_, (row, certainty)) in self.concepts.of(sense.concept) {
                let own = &mut named[*row as usize];
                *own = (*own).max(skills::times(u32::from(sense.relative), u32::from(*certainty)));
            }
        }
        named
    }

    fn near(&self, asked: &AskedSkill, rows: usize) -> Vec<u32> {
        let mut near = vec![0; rows];
        for sense in &asked.senses {
            for (concept, close) in sense.close.iter() {
                let both = u64::from(sense.relative) * u64::from(*close);
                for (_, (row, certainty)) in self.concepts.of(*concept) {
                    // Three figures up to 10,000 each, over 10⁸.
                    let certainty = (both * u64::from(*certainty) / 100_000_000) as u32;
                    let own = &mut near[*row as usize];
                    *own = (*own).max(certainty);
                }
            }
        }
        near
    }

    /// What is left of the doubt after the jobs, one after the other.
    fn rest_after_jobs<C: Borrow<CandidateFacts>>(
        &self,
        asked: &AskedSkill,
        people: &[C],
        rules: Rules<'_>,
        kept: &Kept,
    ) -> Vec<u32> {
        let mut rest = vec![WHOLE; people.len()];
        let strengths =
            kept.tables.get(Asked::new("strengths", rules.as_of), || self.strengths(people, rules));
        for ((row, place), meaning) in self.meanings.iter().zip(0_u32..) {
            let person: &CandidateFacts = people[*row as usize].borrow();
            let senses = &person.jobs[*place as usize].senses;
            let of_sense =
                |sense: Sense| skills::times(u32::from(sense.confidence), needed(asked, sense.concept));
            let needed = senses.iter().map(of_sense).sum::<u32>().min(WHOLE);
            if needed == 0 {
                continue;
            }
            let range = self.jobs.range(meaning);
            for ((_, (row, _)), strength) in self.jobs.all()[range.clone()].iter().zip(&strengths[range]) {
                let own = &mut rest[*row as usize];
                *own = skills::times(*own, WHOLE - skills::times(*strength, needed));
            }
        }
        rest
    }

    /// How alike everybody's work so far is to a vacancy's, weighed by what it says.
    pub(super) fn alike<C: Borrow<CandidateFacts>>(
        &self,
        vacancy: &VacancyFacts,
        people: &[C],
        rules: Rules<'_>,
        kept: &Kept,
    ) -> Arc<[u16]> {
        kept.rows.get(Asked::new("alike", (&vacancy.alike, rules.as_of)), || {
            let strengths =
                kept.tables.get(Asked::new("strengths", rules.as_of), || self.strengths(people, rules));
            let mut alike = vec![0; people.len()];
            for ((row, place), meaning) in self.meanings.iter().zip(0_u32..) {
                let person: &CandidateFacts = people[*row as usize].borrow();
                for sense in person.jobs[*place as usize].senses.iter() {
                    let Some(share) = skills::figure(&vacancy.alike, sense.concept) else { continue };
                    let both = u64::from(sense.confidence) * u64::from(share);
                    let range = self.jobs.range(meaning);
                    for ((_, (row, _)), strength) in
                        self.jobs.all()[range.clone()].iter().zip(&strengths[range])
                    {
                        let work = (u64::from(*strength) * both / 100_000_000) as u16;
                        let own = &mut alike[*row as usize];
                        *own = (*own).max(work);
                    }
                }
            }
            alike
        })
    }
}
