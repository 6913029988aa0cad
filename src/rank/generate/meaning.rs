//! A small taxonomy, and what the generated words mean in it: surely, unsurely, two things at once, or nothing.

use crate::domain::{
    text::{ConceptUri, FreeText, Label},
    work::{OccupationRef, SkillRef},
};
use crate::rank::understanding::Understanding;
use crate::taxonomy::{
    ConceptKind, ConceptNumber, LabelLanguage, LabelRole, Need, Senses, TaxonomyBuilder, normalise,
    recognize::{CERTAIN, Sense},
    relations::Relations,
};
use std::sync::Arc;

/// URI, kind and Dutch name.
const CONCEPTS: [(&str, ConceptKind, &str); 14] = [
    ("http://esco/a", ConceptKind::Skill, "koken"),
    ("http://esco/b", ConceptKind::Skill, "lassen"),
    ("s:tig", ConceptKind::Skill, "TIG-lassen"),
    ("s:mig", ConceptKind::Skill, "MIG-lassen"),
    ("s:wash", ConceptKind::Skill, "wassen en kleden"),
    ("s:dessert", ConceptKind::Skill, "nagerechten maken"),
    ("s:plan", ConceptKind::Skill, "plannen"),
    ("o:cook", ConceptKind::Occupation, "kok"),
    ("o:help", ConceptKind::Occupation, "hulpkok"),
    ("o:welder", ConceptKind::Occupation, "lasser"),
    ("o:carer", ConceptKind::Occupation, "verzorgende"),
    ("g:kitchen", ConceptKind::OccupationGroup, "koks"),
    ("g:metal", ConceptKind::OccupationGroup, "metaalwerkers"),
    ("g:welding", ConceptKind::SkillGroup, "verbinden"),
];

const BROADER: [(&str, &str); 6] = [
    ("o:cook", "g:kitchen"),
    ("o:help", "g:kitchen"),
    ("o:welder", "g:metal"),
    ("s:tig", "http://esco/b"),
    ("s:mig", "http://esco/b"),
    ("http://esco/b", "g:welding"),
];

const NEEDS: [(&str, &str, Need); 10] = [
    ("o:cook", "http://esco/a", Need::Essential),
    ("o:cook", "s:dessert", Need::Optional),
    ("o:cook", "s:plan", Need::Essential),
    ("o:help", "http://esco/a", Need::Optional),
    ("o:help", "s:plan", Need::Optional),
    ("o:welder", "http://esco/b", Need::Essential),
    ("o:welder", "s:tig", Need::Optional),
    ("o:welder", "s:plan", Need::Optional),
    ("o:carer", "s:wash", Need::Essential),
    ("o:carer", "s:plan", Need::Essential),
];

/// Normalised words, and what they mean with which confidence.
const SKILL_WORDS: [(&str, &[(&str, u16)]); 5] = [
    ("koken", &[("http://esco/a", CERTAIN)]),
    ("lassen", &[("http://esco/b", 9_000), ("s:tig", 600)]),
    ("tig lassen", &[("s:tig", 7_001), ("s:mig", 1_999), ("http://esco/b", 500)]),
    ("wassen en kleden", &[("s:wash", 3_500)]),
    ("creme brulee", &[("s:dessert", 5_000), ("http://esco/a", 5_000)]),
];

const OCCUPATION_WORDS: [(&str, &[(&str, u16)]); 8] = [
    ("kok", &[("o:cook", CERTAIN)]),
    ("hulpkok keuken", &[("o:help", 8_200), ("o:cook", 1_300)]),
    ("hulpkok in de keuken", &[("o:help", 8_000)]),
    ("lasser", &[("o:welder", 9_500)]),
    ("lasser tig dagdienst", &[("o:welder", 7_999)]),
    ("verzorgende ig", &[("o:carer", 9_990)]),
    ("verzorgende", &[("o:carer", 6_000), ("o:help", 5_777), ("o:cook", 333)]),
    ("кухар", &[("o:cook", 8_800)]),
];

/// The generated words with their meaning.
#[derive(Debug)]
pub(crate) struct Meanings(Relations);

impl Meanings {
    pub(crate) fn new() -> Self {
        let mut builder = TaxonomyBuilder::new("generated");
        for (uri, kind, name) in CONCEPTS {
            builder.concept(uri, kind).expect("each URI once");
            builder.label(uri, LabelLanguage::DUTCH, LabelRole::Preferred, name).expect("a label");
        }
        for (uri, code) in [("o:cook", "5120"), ("o:help", "5120"), ("o:welder", "7212")] {
            builder.code(uri, code).expect("it is there");
        }
        for (uri, broader) in BROADER {
            builder.broader(uri, broader).expect("both are there");
        }
        for (occupation, skill, need) in NEEDS {
            builder.needs(occupation, skill, need).expect("both are there");
        }
        builder.related("s:dessert", "http://esco/a", Need::Optional).expect("both are there");
        Self(Relations::new(Arc::new(builder.build().expect("it is small"))))
    }

    fn concept(&self, uri: &str) -> ConceptNumber {
        self.0.taxonomy().find(uri).expect("a concept of this file")
    }

    fn meaning(
        &self,
        known: Option<&ConceptUri>,
        kind: ConceptKind,
        text: &str,
        words: &[(&str, &[(&str, u16)])],
    ) -> Senses {
        let known = known.and_then(|uri| self.0.taxonomy().find(uri.as_str()));
        if let Some(concept) = known.filter(|known| self.0.taxonomy().kind(*known) == Some(kind)) {
            return Senses::new([Sense { concept, confidence: CERTAIN }]);
        }
        let text = normalise(text);
        let senses = words.iter().filter(|(own, _)| *own == text).flat_map(|(_, senses)| *senses);
        Senses::new(
            senses.map(|(uri, confidence)| Sense { concept: self.concept(uri), confidence: *confidence }),
        )
    }
}

impl Understanding for Meanings {
    fn relations(&self) -> &Relations {
        &self.0
    }

    fn skill(&self, skill: &SkillRef) -> Senses {
        self.meaning(skill.concept.as_ref(), ConceptKind::Skill, skill.text.as_str(), &SKILL_WORDS)
    }

    fn occupation(&self, occupation: &OccupationRef) -> Senses {
        let known = occupation.concept.as_ref();
        self.meaning(known, ConceptKind::Occupation, occupation.text.as_str(), &OCCUPATION_WORDS)
    }

    fn course(&self, course: &Label) -> Senses {
        self.meaning(None, ConceptKind::Skill, course.as_str(), &SKILL_WORDS)
    }

    fn skills_in(&self, text: &FreeText) -> Box<[Sense]> {
        let words = normalise(text.as_str());
        let found = SKILL_WORDS.iter().filter(|(own, _)| words.contains(own));
        found
            .filter_map(|(own, _)| self.meaning(None, ConceptKind::Skill, own, &SKILL_WORDS).first())
            .collect()
    }
}
