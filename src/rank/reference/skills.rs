//! Skills: what is named, near, implied by past work, like this work, or only in the words.

mod relations;

use super::{
    Fit, Setting,
    criteria::{halving, length, weight},
    months,
    words::{share, skill_keys, text_key},
};
use crate::domain::{
    Candidate, Vacancy,
    requirement::Importance,
    text::Label,
    work::{OccupationRef, SkillRef, WorkExperience},
};
use crate::taxonomy::{ConceptNumber, Senses};
use relations::{alike, closeness, need, rarity};
use std::collections::{BTreeMap, BTreeSet};

/// An asked skill, in all its wordings.
pub(super) struct Item {
    pub(super) importance: Importance,
    /// The shortest grace period in which it may be learned.
    grace_weeks: u16,
    wordings: Vec<SkillRef>,
}

/// A concept with its confidence, or another figure.
type Sense = (ConceptNumber, i128);

fn senses(senses: &Senses) -> Vec<Sense> {
    senses.iter().map(|sense| (sense.concept, i128::from(sense.confidence))).collect()
}

fn of_skill(skill: &SkillRef, setting: &Setting<'_>) -> Vec<Sense> {
    senses(&setting.understanding.skill(skill))
}

/// What makes two wordings the same skill; `None`: nothing does.
fn identity(skill: &SkillRef, setting: &Setting<'_>) -> Option<String> {
    if let Some((concept, _)) = of_skill(skill, setting).first() {
        return Some(format!("concept {}", concept.0));
    }
    let words = text_key(skill.text.as_str()).into_iter().next();
    words.or_else(|| skill.concept.as_ref().map(|uri| format!("uri:{}", uri.as_str().trim())))
}

/// The asked skills, each once.
pub(super) fn items(vacancy: &Vacancy, setting: &Setting<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for asked in &vacancy.requirements.skills {
        let own = identity(&asked.what, setting);
        let same = items.iter_mut().find(|i| own.is_some() && identity(&i.wordings[0], setting) == own);
        match same {
            Some(item) => {
                item.importance = item.importance.max(asked.importance);
                item.grace_weeks = item.grace_weeks.min(asked.grace.get());
                item.wordings.push(asked.what.clone());
            }
            None => {
                items.push(Item {
                    importance: asked.importance,
                    grace_weeks: asked.grace.get(),
                    wordings: vec![asked.what.clone()],
                });
            }
        }
    }
    items
}

impl Item {
    /// Each concept with its relative confidence.
    fn senses(&self, setting: &Setting<'_>) -> Vec<Sense> {
        let mut all: BTreeMap<ConceptNumber, i128> = BTreeMap::new();
        for wording in &self.wordings {
            let own = of_skill(wording, setting);
            for (concept, confidence) in &own {
                let relative =
                    if own[0].1 == 0 { 10_000 } else { (confidence * 10_000 / own[0].1).min(10_000) };
                let best = all.entry(*concept).or_insert(0);
                *best = relative.max(*best);
            }
        }
        all.into_iter().collect()
    }

    fn confidence(&self, setting: &Setting<'_>) -> i128 {
        let firsts = self.wordings.iter().filter_map(|own| of_skill(own, setting).first().copied());
        firsts.map(|(_, confidence)| confidence).max().unwrap_or(0)
    }

    /// Whether there is time to learn it at work.
    pub(super) fn may_be_learned(&self, setting: &Setting<'_>) -> bool {
        self.grace_weeks >= setting.growth.skill_weeks
    }

    fn weight(&self, setting: &Setting<'_>) -> i128 {
        let first = of_skill(&self.wordings[0], setting).first().map(|(concept, _)| *concept);
        weight(self.importance) * rarity(first, setting)
    }
}

pub(super) fn skills(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let mut parts = Vec::new();
    for item in items(vacancy, setting) {
        let least = if item.may_be_learned(setting) { 7_000 } else { 0 };
        let unnamed = i128::from(setting.numbers.unnamed).max(least);
        let above = |certainty: i128| unnamed + (10_000 - unnamed) * certainty / 10_000;
        let (a, b) = (named(candidate, &item, setting), other(vacancy, candidate, &item, setting));
        let certainty = 10_000 - (10_000 - a) * (10_000 - b) / 10_000;
        let at_worst = if item.may_be_learned(setting) { unnamed } else { 0 };
        let low = if a >= 5_000 { above(a) } else { at_worst };
        parts.push((item.weight(setting), Fit { fit: above(certainty), low, high: 10_000 }));
    }
    Fit::mean(&parts)
}

/// How soon the asked skills are had; `None` where none is asked.
pub(super) fn near_skills(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let mut parts = Vec::new();
    for item in items(vacancy, setting) {
        let (a, b) = (named(candidate, &item, setting), other(vacancy, candidate, &item, setting));
        let certainty = 10_000 - (10_000 - a) * (10_000 - b) / 10_000;
        let low = 5_000 + if a >= 5_000 { a / 2 } else { 0 };
        parts.push((item.weight(setting), Fit { fit: 5_000 + certainty / 2, low, high: 10_000 }));
    }
    Fit::mean(&parts)
}

/// Of what an occupation always needs, the share that another one needs too.
pub(super) fn alike_occupation(
    occupation: ConceptNumber,
    other: ConceptNumber,
    setting: &Setting<'_>,
) -> i128 {
    alike(occupation, other, setting)
}

/// Whether a person names an asked skill.
pub(super) fn names(candidate: &Candidate, item: &Item, setting: &Setting<'_>) -> bool {
    named(candidate, item, setting) >= 5_000
}

fn damp(different: usize) -> i128 {
    if different <= 40 { 10_000 } else { 400_000 / different as i128 }
}

/// What the person says of each concept: the highest of the four lists.
fn own_certainty(candidate: &Candidate, setting: &Setting<'_>) -> BTreeMap<ConceptNumber, i128> {
    let profile = &candidate.profile;
    let mut best: BTreeMap<ConceptNumber, i128> = BTreeMap::new();
    let mut list = |found: &[Sense], share: i128, damp: i128| {
        for (concept, confidence) in found {
            let entry = best.entry(*concept).or_insert(0);
            *entry = (confidence * share * damp / 100_000_000).max(*entry);
        }
    };
    let named: Vec<Sense> = profile.skills.iter().flat_map(|skill| of_skill(skill, setting)).collect();
    list(&named, 10_000, skills_damp(candidate, setting));
    let understanding = setting.understanding;
    let learned: Vec<Sense> =
        profile.courses.iter().flat_map(|course| senses(&understanding.course(&course.name))).collect();
    let courses: BTreeSet<String> = profile
        .courses
        .iter()
        .filter_map(|course| match understanding.course(&course.name).first() {
            Some(sense) => Some(format!("concept {}", sense.concept.0)),
            None => text_key(course.name.as_str()).into_iter().next(),
        })
        .collect();
    list(&learned, 8_000, damp(courses.len()));
    let work = profile.experience.iter().filter_map(|work| work.description.as_ref());
    for texts in [profile.presentation.iter().collect::<Vec<_>>(), work.collect()] {
        let told: Vec<Sense> = texts
            .into_iter()
            .flat_map(|text| understanding.skills_in(text).into_vec())
            .map(|sense| (sense.concept, i128::from(sense.confidence)))
            .collect();
        let concepts: BTreeSet<ConceptNumber> = told.iter().map(|(concept, _)| *concept).collect();
        list(&told, 8_000, damp(concepts.len()));
    }
    best
}

fn skills_damp(candidate: &Candidate, setting: &Setting<'_>) -> i128 {
    let named: BTreeSet<String> =
        candidate.profile.skills.iter().filter_map(|skill| identity(skill, setting)).collect();
    damp(named.len())
}

/// A: how certain it is by what is named.
fn named(candidate: &Candidate, item: &Item, setting: &Setting<'_>) -> i128 {
    let own = own_certainty(candidate, setting);
    let by_concept = item
        .senses(setting)
        .into_iter()
        .map(|(concept, relative)| relative * own.get(&concept).copied().unwrap_or(0) / 10_000)
        .max()
        .unwrap_or(0);
    let asked: BTreeSet<String> = item.wordings.iter().flat_map(skill_keys).collect();
    let same_words = candidate.profile.skills.iter().any(|own| share(&skill_keys(own), &asked));
    if same_words { by_concept.max(skills_damp(candidate, setting)) } else { by_concept }
}

/// B: how certain it is by everything else.
fn other(vacancy: &Vacancy, candidate: &Candidate, item: &Item, setting: &Setting<'_>) -> i128 {
    let jobs = jobs(candidate, setting);
    let all = [
        near(candidate, item, setting),
        implied(&jobs, item, setting),
        by_alike_work(vacancy, &jobs, item, setting),
        by_words(candidate, item, setting),
    ];
    all.into_iter().max().unwrap_or(0).min(9_500)
}

fn near(candidate: &Candidate, item: &Item, setting: &Setting<'_>) -> i128 {
    let mut best = 0;
    for (concept, relative) in item.senses(setting) {
        for (own, certainty) in own_certainty(candidate, setting) {
            best = best.max(relative * closeness(concept, own, setting) * certainty / 100_000_000);
        }
    }
    best
}

/// What a person did: the concepts of the occupation, and the strength.
struct Job {
    senses: Vec<Sense>,
    strength: i128,
}

fn jobs(candidate: &Candidate, setting: &Setting<'_>) -> Vec<Job> {
    let mut strengths: BTreeMap<Vec<Sense>, i128> = BTreeMap::new();
    for work in &candidate.profile.experience {
        let Some(occupation) = &work.occupation else { continue };
        let mut meant = senses(&setting.understanding.occupation(occupation));
        let sum: i128 = meant.iter().map(|(_, confidence)| confidence).sum();
        if sum > 10_000 {
            meant.iter_mut().for_each(|(_, confidence)| *confidence = *confidence * 10_000 / sum);
        }
        if !meant.is_empty() {
            let best = strengths.entry(meant).or_insert(0);
            *best = strength(work, setting).max(*best);
        }
    }
    let several = match strengths.len() {
        ..=1 => 10_000,
        2 => 9_000,
        3 => 8_000,
        _ => 7_000,
    };
    let job = |(senses, strength)| Job { senses, strength: strength * several / 10_000 };
    strengths.into_iter().map(job).collect()
}

fn strength(work: &WorkExperience, setting: &Setting<'_>) -> i128 {
    if work.from.is_some_and(|from| from > setting.as_of) {
        return 0;
    }
    let worked = length(work, setting).unwrap_or(12);
    let ago = work.until.map_or(0, |until| months(until, setting.as_of));
    (10_000 - halving(2 * worked) / 2) * halving(ago / 20).max(5_000) / 10_000
}

fn implied(jobs: &[Job], item: &Item, setting: &Setting<'_>) -> i128 {
    let mut rest = 10_000;
    for job in jobs {
        let of = |occupation: ConceptNumber| {
            let senses = item.senses(setting).into_iter();
            senses
                .map(|(skill, relative)| relative * need(occupation, skill, setting) / 10_000)
                .max()
                .unwrap_or(0)
        };
        let sum: i128 = job.senses.iter().map(|(o, confidence)| confidence * of(*o) / 10_000).sum();
        rest = rest * (10_000 - job.strength * sum.min(10_000) / 10_000) / 10_000;
    }
    10_000 - rest
}

fn by_alike_work(vacancy: &Vacancy, jobs: &[Job], item: &Item, setting: &Setting<'_>) -> i128 {
    let title = |title: &Label| OccupationRef { text: title.clone(), concept: None, boc_code: None };
    let work = vacancy.occupation.iter().cloned().chain(vacancy.title.as_ref().map(title));
    let work: Vec<Sense> = work.flat_map(|own| senses(&setting.understanding.occupation(&own))).collect();
    let alike_to_work = |other: ConceptNumber| {
        work.iter()
            .map(|(own, confidence)| confidence * alike(*own, other, setting) / 10_000)
            .max()
            .unwrap_or(0)
    };
    let mut best = 0;
    for job in jobs {
        for (occupation, confidence) in &job.senses {
            best = best.max(job.strength * confidence * alike_to_work(*occupation) / 100_000_000);
        }
    }
    best * 7_000 * (10_000 - item.confidence(setting)) / 100_000_000
}

fn by_words(candidate: &Candidate, item: &Item, setting: &Setting<'_>) -> i128 {
    if !item.senses(setting).is_empty() || named(candidate, item, setting) > 0 {
        return 0;
    }
    let profile = &candidate.profile;
    let mut texts: Vec<&str> = profile.skills.iter().map(|skill| skill.text.as_str()).collect();
    texts.extend(profile.courses.iter().map(|course| course.name.as_str()));
    texts.extend(profile.presentation.iter().map(|text| text.as_str()));
    for work in &profile.experience {
        texts.extend(work.occupation.iter().map(|occupation| occupation.text.as_str()));
        texts.extend(work.description.iter().map(|text| text.as_str()));
    }
    let own: BTreeSet<String> =
        texts.into_iter().flat_map(|text| (setting.words)(text)).map(|(word, _)| word).collect();
    let asked = (setting.words)(item.wordings[0].text.as_str());
    let whole: i128 = asked.iter().map(|(_, weight)| i128::from(*weight)).sum();
    let said: i128 =
        asked.iter().filter(|(word, _)| own.contains(word)).map(|(_, weight)| i128::from(*weight)).sum();
    if whole == 0 { 0 } else { 3_000 * said / whole * skills_damp(candidate, setting) / 10_000 }
}
