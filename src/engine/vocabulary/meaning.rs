//! What the words of a record mean: codes first, words where there is none.

use super::{Recognized, Vocabulary, said::What};
use crate::domain::{
    text::{FreeText, Label},
    work::{OccupationRef, SkillRef},
};
use crate::rank::understanding::Understanding;
use crate::taxonomy::{
    ConceptKind, ConceptNumber, Senses,
    recognize::{CERTAIN, Sense, WordingKind},
    relations::Relations,
};
use std::sync::Arc;

impl Vocabulary {
    /// What a part of a record was recognised as; `None` for a free text, which names many things.
    pub(in crate::engine) fn recognized(&self, what: What<'_>) -> Option<Recognized> {
        match what {
            What::Occupation(occupation) => Some(self.recognized_occupation(occupation)),
            What::Title(title) => Some(self.wording(WordingKind::Occupation, title.as_str())),
            What::Skill(skill) => Some(self.recognized_skill(skill)),
            What::Task(words) | What::Course(words) => Some(self.wording(WordingKind::Skill, words.as_str())),
            What::Text(_) => None,
        }
    }

    /// The skills that a free text names.
    pub(in crate::engine) fn concepts_in(&self, text: &str) -> Arc<[Sense]> {
        self.text(WordingKind::Skill, text)
    }

    /// The occupation that a record names. A concept wins over UWV's code (BO&C), and that over the words; a group of
    /// occupations (ISCO-08) leaves the words to choose inside it.
    fn recognized_occupation(&self, occupation: &OccupationRef) -> Recognized {
        let named = occupation.concept.as_ref().and_then(|uri| self.taxonomy().find(uri.as_str()));
        let coded = || occupation.boc_code.as_ref().and_then(|code| self.loaded().codes.find(code.as_str()));
        match named.or_else(coded).and_then(|concept| Some((concept, self.taxonomy().kind(concept)?))) {
            Some((concept, ConceptKind::Occupation)) => certain(concept),
            Some((group, ConceptKind::OccupationGroup)) => self.occupation_inside(group, occupation),
            _ => self.wording(WordingKind::Occupation, occupation.text.as_str()),
        }
    }

    /// The skill that a record names; a concept wins over the words.
    fn recognized_skill(&self, skill: &SkillRef) -> Recognized {
        let named = skill.concept.as_ref().and_then(|uri| self.taxonomy().find(uri.as_str()));
        match named.filter(|concept| self.taxonomy().kind(*concept) == Some(ConceptKind::Skill)) {
            Some(concept) => certain(concept),
            None => self.wording(WordingKind::Skill, skill.text.as_str()),
        }
    }

    /// What the words mean inside a group; where they mean nothing there and the group has one occupation, that one.
    fn occupation_inside(&self, group: ConceptNumber, occupation: &OccupationRef) -> Recognized {
        let by_words = self.wording(WordingKind::Occupation, occupation.text.as_str());
        let inside = Senses::new(by_words.senses.iter().filter(|sense| self.is_inside(sense.concept, group)));
        if !inside.is_empty() {
            return Recognized { senses: inside, ..by_words };
        }
        match self.taxonomy().narrower(group) {
            [only] if self.taxonomy().kind(*only) == Some(ConceptKind::Occupation) => certain(*only),
            _ => Recognized::default(),
        }
    }

    fn is_inside(&self, concept: ConceptNumber, group: ConceptNumber) -> bool {
        let code = self.taxonomy().code(group);
        !code.is_empty() && self.taxonomy().code(concept).starts_with(code)
    }
}

fn certain(concept: ConceptNumber) -> Recognized {
    let senses = Senses::new([Sense { concept, confidence: CERTAIN }]);
    Recognized { senses, language: None }
}

impl Understanding for Vocabulary {
    fn relations(&self) -> &Relations {
        &self.relations
    }

    fn skill(&self, skill: &SkillRef) -> Senses {
        self.recognized_skill(skill).senses
    }

    fn occupation(&self, occupation: &OccupationRef) -> Senses {
        self.recognized_occupation(occupation).senses
    }

    fn course(&self, course: &Label) -> Senses {
        self.wording(WordingKind::Skill, course.as_str()).senses
    }

    fn skills_in(&self, text: &FreeText) -> Box<[Sense]> {
        (*self.text(WordingKind::Skill, text.as_str())).into()
    }
}
