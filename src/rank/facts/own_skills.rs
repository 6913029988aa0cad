//! What a person can do, as far as they say it: named skills, courses, free texts, and the words of all of them.

use crate::domain::{
    candidate::CandidateProfile,
    text::{FreeText, Label},
    work::SkillRef,
};
use crate::rank::{
    facts::asked_skill::Identity,
    tables::Tables,
    term::{TermKey, WordKey, skill_keys, sorted, word_key},
    understanding::Understanding,
};
use crate::taxonomy::{ConceptNumber, Senses, recognize::Sense};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const WHOLE: u32 = 10_000;
/// A list of this many entries is an ordinary one (a candidate has 5 to 40 skills); from there on each counts less, so
/// that a list of everything is worth no more than a long one (R7).
pub(in crate::rank) const ORDINARY: usize = 40;
/// What is told in passing is less certain than what is named as a skill.
const NAMED: u32 = 10_000;
const TOLD: u32 = 8_000;

/// What a person says of their skills.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct OwnSkills {
    /// Words and known concepts of the named skills.
    pub(in crate::rank) keys: Box<[TermKey]>,
    /// What one of them counts.
    pub(in crate::rank) damp: u16,
    /// Every concept once, with the highest certainty, by number.
    pub(in crate::rank) known: Box<[OwnSkill]>,
    /// All words, after the Dutch analysis.
    pub(in crate::rank) words: Box<[WordKey]>,
}

/// A concept that a person names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct OwnSkill {
    pub(in crate::rank) concept: ConceptNumber,
    pub(in crate::rank) certainty: u16,
    pub(in crate::rank) told: Told,
    /// The confidence that the words mean the concept.
    pub(in crate::rank) confidence: u16,
}

/// Where a person says something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(in crate::rank) enum Told {
    Skill(Label),
    Course(Label),
    Text,
}

impl OwnSkills {
    pub(in crate::rank) fn new(
        profile: &CandidateProfile,
        tables: &Tables,
        understanding: &dyn Understanding,
    ) -> Self {
        let skills: Vec<Entry> = profile
            .skills
            .iter()
            .map(|skill| Entry::new(skill, understanding.skill(skill), Told::Skill))
            .collect();
        let courses: Vec<Entry> = profile
            .courses
            .iter()
            .map(|course| {
                let named = SkillRef { text: course.name.clone(), concept: None };
                Entry::new(&named, understanding.course(&course.name), Told::Course)
            })
            .collect();
        let work_texts = || profile.experience.iter().filter_map(|work| work.description.as_ref());
        let mut known = of_list(&skills, NAMED);
        known.extend(of_list(&courses, TOLD));
        known.extend(of_texts(profile.presentation.iter(), understanding));
        known.extend(of_texts(work_texts(), understanding));
        // The surest of each concept; of equals the first by where and how it is told.
        known.sort_unstable_by(|a, b| {
            (a.concept, b.certainty, &a.told).cmp(&(b.concept, a.certainty, &b.told))
        });
        known.dedup_by_key(|own| own.concept);
        let names = profile.skills.iter().map(|skill| skill.text.as_str());
        let texts = profile.presentation.iter().chain(work_texts()).map(FreeText::as_str);
        let jobs = profile.experience.iter().filter_map(|work| work.occupation.as_ref());
        let said = names
            .chain(profile.courses.iter().map(|course| course.name.as_str()))
            .chain(jobs.map(|occupation| occupation.text.as_str()))
            .chain(texts);
        let mut words = Vec::new();
        tables.words.each(said, |word| words.push(word_key(word)));
        Self {
            keys: sorted(&mut profile.skills.iter().flat_map(|skill| skill_keys(skill).into_vec()).collect()),
            damp: u16::try_from(damp(different(&skills))).unwrap_or(u16::MAX),
            known: known.into(),
            words: sorted(&mut words),
        }
    }

    /// What the person says of a concept.
    pub(in crate::rank) fn of(&self, concept: ConceptNumber) -> Option<&OwnSkill> {
        let place = self.known.binary_search_by_key(&concept, |own| own.concept).ok()?;
        self.known.get(place)
    }
}

/// One entry of a list.
struct Entry {
    identity: Identity,
    senses: Senses,
    told: Told,
}

impl Entry {
    fn new(skill: &SkillRef, senses: Senses, told: impl Fn(Label) -> Told) -> Self {
        Self { identity: Identity::of(skill, &senses), senses, told: told(skill.text.clone()) }
    }
}

/// How many different things a list names, as asked skills are different.
fn different(entries: &[Entry]) -> usize {
    let said = entries.iter().map(|entry| entry.identity).filter(|identity| *identity != Identity::Unsaid);
    said.collect::<BTreeSet<_>>().len()
}

/// What one entry of a list counts, of which there are `entries` different ones.
fn damp(entries: usize) -> u32 {
    let entries = u32::try_from(entries.max(ORDINARY)).unwrap_or(u32::MAX);
    u32::try_from(ORDINARY).unwrap_or(u32::MAX) * WHOLE / entries
}

fn of_list(entries: &[Entry], share: u32) -> Vec<OwnSkill> {
    let damp = damp(different(entries));
    let known = |entry: &Entry, sense: Sense| own(sense, share, damp, entry.told.clone());
    entries.iter().flat_map(|entry| entry.senses.iter().map(move |sense| known(entry, sense))).collect()
}

fn of_texts<'a>(
    texts: impl Iterator<Item = &'a FreeText>,
    understanding: &dyn Understanding,
) -> Vec<OwnSkill> {
    let found: Vec<Sense> = texts.flat_map(|text| understanding.skills_in(text)).collect();
    let concepts: BTreeSet<ConceptNumber> = found.iter().map(|sense| sense.concept).collect();
    let damp = damp(concepts.len());
    found.into_iter().map(|sense| own(sense, TOLD, damp, Told::Text)).collect()
}

fn own(sense: Sense, share: u32, damp: u32, told: Told) -> OwnSkill {
    // Three figures up to 10,000: a million million.
    let certainty = u64::from(sense.confidence) * u64::from(share) * u64::from(damp) / 100_000_000;
    OwnSkill {
        concept: sense.concept,
        certainty: u16::try_from(certainty).unwrap_or(u16::MAX),
        told,
        confidence: sense.confidence,
    }
}
