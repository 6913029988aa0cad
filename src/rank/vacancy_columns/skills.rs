//! Asked skills: those that a person may have are found through what the person names and did; of all others nothing
//! speaks for the person.

use super::items::{Items, Numbering};
use crate::rank::{
    columns::{
        classes::{Classes, Postings},
        half,
    },
    criteria::{
        mean::Fits,
        skills::{self, by_alike_work, by_name_work_and_words, like_work, near_by, strength, together},
    },
    facts::{AskedSense, AskedSkill, CandidateFacts, VacancyFacts},
    rules::Rules,
    term::WordKey,
};
use crate::taxonomy::ConceptNumber;
use std::{
    borrow::Borrow,
    hash::{Hash, Hasher},
};

/// Every asked skill by what speaks for it.
#[derive(Debug)]
pub(super) struct SkillIndex {
    /// The number of each row's skills, with what they weigh.
    asked: Items<(u32, u32)>,
    /// Copies of the different skills, since together they are found faster than in their vacancies.
    different: Box<[AskedSkill]>,
    /// How much is open of what each means, and whether it may be learned.
    traits: Box<[(u32, bool)]>,
    /// Skills by half of a key.
    keys: Postings<u64, u32>,
    /// Skills that may mean a concept.
    concepts: Postings<ConceptNumber, u32>,
    /// Skills that a concept says something of, with how much.
    close: Postings<ConceptNumber, (u32, u32)>,
    /// Skills that an occupation needs.
    occupations: Postings<ConceptNumber, u32>,
    words: Postings<WordKey, u32>,
    /// Rows by the work that is alike to theirs.
    alike: Classes,
    /// Classes of alike work by occupation, with how alike it is.
    by_work: Postings<ConceptNumber, (u32, u16)>,
}

/// The concepts of a skill without what the taxonomy says of them, which follows from the concepts.
struct Meaning<'a>(&'a [AskedSense]);

impl Meaning<'_> {
    fn senses(&self) -> impl Iterator<Item = (ConceptNumber, u16)> {
        self.0.iter().map(|sense| (sense.concept, sense.relative))
    }
}

impl PartialEq for Meaning<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.senses().eq(other.senses())
    }
}

impl Eq for Meaning<'_> {}

impl Hash for Meaning<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.0.len());
        self.senses().for_each(|sense| sense.hash(state));
    }
}

/// What speaks for the skills of all vacancies that one person has them.
#[derive(Debug)]
pub(super) struct OwnEvidence {
    /// How certain each skill is: named, and by the best of everything else but alike work.
    certainties: Vec<[u16; 2]>,
    /// How alike the person's work is to that of each class; empty where none is.
    alike: Vec<u32>,
}

impl SkillIndex {
    pub(super) fn new<V: Borrow<VacancyFacts>>(vacancies: &[V]) -> Self {
        let mut numbering = Numbering::new();
        let asked = Items::new(
            vacancies,
            |vacancy| &vacancy.skills,
            |skill: &AskedSkill, row, place| {
                let of_skill = (&skill.keys, Meaning(&skill.senses), &skill.words);
                let key = (of_skill, skill.confidence, skill.may_be_learned);
                (numbering.number(key, row, place), skill.weight)
            },
        );
        let different = numbering.different();
        let skills: Box<[AskedSkill]> =
            different.judge(|row, place| vacancies[row].borrow().skills[place].clone()).into();
        let senses = || {
            skills
                .iter()
                .zip(0_u32..)
                .flat_map(|(skill, number)| skill.senses.iter().map(move |sense| (sense, number)))
        };
        let close = || {
            senses().flat_map(|(sense, number)| {
                let figure = move |close: u16| u32::from(sense.relative) * u32::from(close);
                sense.close.iter().map(move |(concept, close)| (*concept, (number, figure(*close))))
            })
        };
        let implied = || {
            senses().flat_map(|(sense, number)| {
                sense.implied.iter().map(move |(occupation, _)| (*occupation, number))
            })
        };
        let keys = || {
            skills
                .iter()
                .zip(0_u32..)
                .flat_map(|(skill, number)| skill.keys.iter().map(move |key| (half(key.0), number)))
        };
        let words = || {
            skills
                .iter()
                .zip(0_u32..)
                .flat_map(|(skill, number)| skill.words.iter().map(move |(word, _)| (*word, number)))
        };
        let alike = Classes::of_keys(vacancies.iter().map(|vacancy| &vacancy.borrow().alike));
        let alike_of = alike.table(|row| &vacancies[row].borrow().alike);
        let by_work = || {
            alike_of.iter().zip(0_u32..).flat_map(|(alike, class)| {
                alike.iter().map(move |(occupation, share)| (*occupation, (class, *share)))
            })
        };
        Self {
            traits: skills.iter().map(|skill| (skills::doubt_of(skill), skill.may_be_learned)).collect(),
            keys: Postings::new(keys),
            concepts: Postings::new(|| senses().map(|(sense, number)| (sense.concept, number))),
            close: Postings::new(close),
            occupations: Postings::new(implied),
            words: Postings::new(words),
            by_work: Postings::new(by_work),
            alike,
            asked,
            different: skills,
        }
    }

    /// What speaks for each skill that a person has it.
    pub(super) fn evidence(&self, person: &CandidateFacts, rules: Rules<'_>) -> OwnEvidence {
        let strengths: Vec<u32> = person.jobs.iter().map(|job| strength(job, &person.jobs, rules)).collect();
        let mut certainties = vec![[0_u16; 2]; self.different.len()];
        let mut is_touched = vec![false; self.different.len()];
        let mut touched = Vec::new();
        let mut touch = |skills: &[u32]| {
            for skill in skills {
                if !std::mem::replace(&mut is_touched[*skill as usize], true) {
                    touched.push(*skill);
                }
            }
        };
        person.skills.keys.iter().for_each(|key| touch(self.keys.of(half(key.0))));
        person.skills.known.iter().for_each(|own| touch(self.concepts.of(own.concept)));
        person.skills.words.iter().for_each(|word| touch(self.words.of(*word)));
        let jobs = person
            .jobs
            .iter()
            .flat_map(|job| job.senses.iter().map(|sense| sense.concept).collect::<Vec<_>>());
        jobs.for_each(|occupation| touch(self.occupations.of(occupation)));
        for skill in touched {
            let asked = &self.different[skill as usize];
            // Certainties are at most 10,000.
            certainties[skill as usize] = by_name_work_and_words(asked, person, &strengths).map(|c| c as u16);
        }
        for own in &person.skills.known {
            for (skill, close) in self.close.of(own.concept) {
                let near = near_by(*close, own.certainty) as u16;
                let [_, other] = &mut certainties[*skill as usize];
                *other = near.max(*other);
            }
        }
        OwnEvidence { certainties, alike: self.alike_work(person, &strengths) }
    }

    fn alike_work(&self, person: &CandidateFacts, strengths: &[u32]) -> Vec<u32> {
        if person.jobs.is_empty() {
            return Vec::new();
        }
        let mut alike = vec![0; self.alike.representatives.len()];
        for (job, strength) in person.jobs.iter().zip(strengths) {
            for sense in job.senses.iter() {
                for (class, share) in self.by_work.of(sense.concept) {
                    let own = &mut alike[*class as usize];
                    *own = like_work(*strength, sense.confidence, *share).max(*own);
                }
            }
        }
        alike
    }

    /// The fit on the skills of a row, and on how near the person's skills are; `None` where no skill is asked.
    pub(super) fn fits(&self, row: usize, own: &OwnEvidence, rules: Rules<'_>) -> [Option<u32>; 2] {
        let unnamed = [false, true].map(|may_be_learned| skills::unnamed_of(may_be_learned, rules));
        let alike = own.alike.get(self.alike.of[row] as usize).copied().unwrap_or(0);
        let (mut fits, mut near) = (Fits::default(), Fits::default());
        for (skill, weight) in self.asked.of(row) {
            let [named, other] = own.certainties[*skill as usize].map(u32::from);
            let (doubt, may_be_learned) = self.traits[*skill as usize];
            let by_work = if alike > 0 { by_alike_work(alike, doubt) } else { 0 };
            let certainty = together(named, other.max(by_work));
            fits.add(*weight, skills::fit_above(unnamed[usize::from(may_be_learned)], certainty));
            near.add(*weight, skills::near_fit(certainty));
        }
        [fits.mean(), near.mean()]
    }
}
