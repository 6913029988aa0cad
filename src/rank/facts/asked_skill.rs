//! Asked skills with everything that is asked of them for every person: made once, so that a pair is quick.

use crate::domain::{
    requirement::{Importance, Requirement},
    text::Label,
    work::{OccupationRef, SkillRef},
};
use crate::rank::{
    facts::item_weight,
    tables::Tables,
    term::{TermKey, WordKey, skill_keys, sorted, title_as_occupation, word_key},
    understanding::Understanding,
};
use crate::taxonomy::{
    ConceptNumber, Senses,
    relations::{Relations, Row},
};
use serde::{Deserialize, Serialize};

/// The whole of a confidence or share.
const WHOLE: u32 = 10_000;

/// An asked skill, each meaning once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct AskedSkill {
    pub(in crate::rank) text: Label,
    /// Of every wording of it.
    pub(in crate::rank) keys: Box<[TermKey]>,
    pub(in crate::rank) importance: Importance,
    /// Whether the grace period is long enough to learn it at work (R8).
    pub(in crate::rank) may_be_learned: bool,
    /// Of the importance and of how rare the skill is.
    pub(in crate::rank) weight: u32,
    /// Confidence of the first concept; 0 when no concept is recognised.
    pub(in crate::rank) confidence: u16,
    pub(in crate::rank) senses: Box<[AskedSense]>,
    /// The words with their weights, where no concept is recognised.
    pub(in crate::rank) words: Box<[(WordKey, u16)]>,
}

/// A concept that an asked skill may mean.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct AskedSense {
    pub(in crate::rank) concept: ConceptNumber,
    /// Its confidence as a share of the first concept's.
    pub(in crate::rank) relative: u16,
    /// The concepts that say something of it.
    #[serde(skip)]
    pub(in crate::rank) close: Row,
    /// The occupations that need it, with the certainty that somebody who did that work has it.
    #[serde(skip)]
    pub(in crate::rank) implied: Row,
}

impl AskedSense {
    fn share(&mut self, relations: &Relations) {
        self.close = relations.close_to(self.concept);
        self.implied = relations.implied_by(self.concept);
    }
}

impl AskedSkill {
    /// Takes the rows of the taxonomy, which no record keeps for itself.
    pub(super) fn share(&mut self, relations: &Relations) {
        self.senses.iter_mut().for_each(|sense| sense.share(relations));
    }
}

/// What makes two asked skills one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Identity {
    Concept(ConceptNumber),
    Key(TermKey),
    /// Neither words nor a concept: an item of its own.
    Unsaid,
}

impl Identity {
    pub(super) fn of(skill: &SkillRef, senses: &Senses) -> Self {
        let words = || TermKey::of_text(skill.text.as_str());
        let uri = || skill.concept.as_ref().map(|uri| TermKey::of_concept(uri.as_str()));
        match (senses.first(), words().or_else(uri)) {
            (Some(sense), _) => Self::Concept(sense.concept),
            (None, Some(key)) => Self::Key(key),
            (None, None) => Self::Unsaid,
        }
    }
}

/// The asked skills as items, in the order in which they are asked first.
pub(in crate::rank) fn asked_skills(
    asked: &[Requirement<SkillRef>],
    tables: &Tables,
    understanding: &dyn Understanding,
) -> Box<[AskedSkill]> {
    let mut items: Vec<(Identity, AskedSkill)> = Vec::with_capacity(asked.len());
    for requirement in asked {
        let senses = understanding.skill(&requirement.what);
        let keys = skill_keys(&requirement.what);
        let identity = Identity::of(&requirement.what, &senses);
        let same = items.iter_mut().find(|(own, _)| *own == identity && identity != Identity::Unsaid);
        match same {
            Some((_, item)) => {
                item.may_be_learned &= may_be_learned(requirement, tables);
                item.join(requirement.importance, &keys, &senses, understanding);
            }
            None => {
                let item = AskedSkill::new(requirement, keys, &senses, tables, understanding);
                items.push((identity, item));
            }
        }
    }
    items.into_iter().map(|(_, item)| item.weighed(understanding)).collect()
}

impl AskedSkill {
    fn new(
        asked: &Requirement<SkillRef>,
        keys: Box<[TermKey]>,
        senses: &Senses,
        tables: &Tables,
        understanding: &dyn Understanding,
    ) -> Self {
        let words =
            if senses.is_empty() { tables.words.weighed(asked.what.text.as_str()) } else { Vec::new() };
        let words = words.into_iter().map(|(word, weight)| (word_key(&word), weight));
        Self {
            text: asked.what.text.clone(),
            keys,
            importance: asked.importance,
            may_be_learned: may_be_learned(asked, tables),
            weight: 0,
            confidence: senses.first().map_or(0, |sense| sense.confidence),
            senses: relative_senses(senses, understanding).collect(),
            words: words.collect(),
        }
    }

    /// Takes in another wording of the same skill.
    fn join(
        &mut self,
        importance: Importance,
        keys: &[TermKey],
        senses: &Senses,
        understanding: &dyn Understanding,
    ) {
        self.importance = self.importance.max(importance);
        self.confidence = self.confidence.max(senses.first().map_or(0, |sense| sense.confidence));
        self.keys = sorted(&mut self.keys.iter().chain(keys).copied().collect());
        let mut all = std::mem::take(&mut self.senses).into_vec();
        for sense in relative_senses(senses, understanding) {
            match all.iter_mut().find(|own| own.concept == sense.concept) {
                Some(own) => own.relative = own.relative.max(sense.relative),
                None => all.push(sense),
            }
        }
        self.senses = all.into();
    }

    fn weighed(self, understanding: &dyn Understanding) -> Self {
        // Every wording of the item has the same first concept, and it stays the first.
        let rarity = understanding.relations().rarity(self.senses.first().map(|sense| sense.concept));
        Self { weight: item_weight(self.importance) * rarity, ..self }
    }
}

fn may_be_learned(asked: &Requirement<SkillRef>, tables: &Tables) -> bool {
    asked.grace.get() >= tables.growth.skill.lead_weeks
}

fn relative_senses(senses: &Senses, understanding: &dyn Understanding) -> impl Iterator<Item = AskedSense> {
    let first = senses.first().map_or(0, |sense| u32::from(sense.confidence));
    let relations = understanding.relations();
    senses.iter().collect::<Vec<_>>().into_iter().map(move |sense| AskedSense {
        concept: sense.concept,
        relative: share(u32::from(sense.confidence), first),
        close: relations.close_to(sense.concept),
        implied: relations.implied_by(sense.concept),
    })
}

/// Of a confidence in another one, in 1/10,000, at most the whole.
fn share(part: u32, of: u32) -> u16 {
    let share = (part * WHOLE).checked_div(of).map_or(WHOLE, |share| share.min(WHOLE));
    u16::try_from(share).unwrap_or(u16::MAX)
}

/// The occupations that are alike to one of those that a vacancy's occupation and title may mean.
pub(in crate::rank) fn alike(
    occupation: Option<&OccupationRef>,
    title: Option<&Label>,
    understanding: &dyn Understanding,
) -> Box<[(ConceptNumber, u16)]> {
    let title = title.map(title_as_occupation);
    let mut alike: Vec<(ConceptNumber, u16)> = Vec::new();
    for own in occupation.into_iter().chain(title.as_ref()) {
        for sense in understanding.occupation(own).iter() {
            let row = understanding.relations().alike(sense.concept);
            let weighed = |alike: u16| u32::from(sense.confidence) * u32::from(alike) / WHOLE;
            alike.extend(
                row.iter().map(|(o, share)| (*o, u16::try_from(weighed(*share)).unwrap_or(u16::MAX))),
            );
        }
    }
    // The highest of each occupation.
    alike.sort_unstable_by_key(|(occupation, share)| (*occupation, std::cmp::Reverse(*share)));
    alike.dedup_by_key(|(occupation, _)| *occupation);
    alike.into()
}
