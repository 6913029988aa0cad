//! What words mean, for whoever makes facts.

use crate::domain::{
    text::{FreeText, Label},
    work::{OccupationRef, SkillRef},
};
use crate::taxonomy::{
    Senses, Taxonomy,
    recognize::{CERTAIN, Recognizer, Sense, Wording, WordingKind},
};
use std::sync::Arc;

/// The meaning of words in one loaded taxonomy. A known concept or code wins over the words that stand beside it.
///
/// Pure: the same words have the same meaning as long as the taxonomy is the same, whoever else is loaded (R18, R19).
pub trait Understanding: Sync {
    /// The taxonomy whose concepts are meant.
    fn taxonomy(&self) -> &Taxonomy;

    /// What an asked or named skill means.
    fn skill(&self, skill: &SkillRef) -> Senses;

    /// What an occupation or a title means.
    fn occupation(&self, occupation: &OccupationRef) -> Senses;

    /// Which skill a course teaches.
    fn course(&self, course: &Label) -> Senses;

    /// The skills that a free text names.
    fn skills_in(&self, text: &FreeText) -> Box<[Sense]>;
}

/// Understanding that asks the recogniser every time.
#[derive(Clone, Debug)]
pub struct Direct(pub Arc<Recognizer>);

impl Direct {
    fn concept_or_words(&self, uri: Option<&str>, wording: Wording<'_>) -> Senses {
        let known = uri.and_then(|uri| self.taxonomy().find(uri));
        let known = known.filter(|known| self.taxonomy().kind(*known) == Some(wording.kind.concept_kind()));
        match known {
            Some(concept) => Senses::new([Sense { concept, confidence: CERTAIN }]),
            None => Senses::new(self.0.recognize(wording).senses.iter().copied()),
        }
    }
}

impl Understanding for Direct {
    fn taxonomy(&self) -> &Taxonomy {
        self.0.taxonomy()
    }

    fn skill(&self, skill: &SkillRef) -> Senses {
        let wording = Wording { text: skill.text.as_str(), kind: WordingKind::Skill };
        self.concept_or_words(skill.concept.as_ref().map(|uri| uri.as_str()), wording)
    }

    fn occupation(&self, occupation: &OccupationRef) -> Senses {
        let wording = Wording { text: occupation.text.as_str(), kind: WordingKind::Occupation };
        self.concept_or_words(occupation.concept.as_ref().map(|uri| uri.as_str()), wording)
    }

    fn course(&self, course: &Label) -> Senses {
        self.concept_or_words(None, Wording { text: course.as_str(), kind: WordingKind::Skill })
    }

    fn skills_in(&self, text: &FreeText) -> Box<[Sense]> {
        self.0.spans(text.as_str(), WordingKind::Skill).into_iter().map(|span| span.sense).collect()
    }
}
