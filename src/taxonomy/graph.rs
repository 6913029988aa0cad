//! The concepts with their labels and relations.

use super::{
    concept::{
        ConceptKind, ConceptNumber, Fingerprint, LabelLanguage, LabelRole, LabelText, Need, SkillKind,
    },
    csr::Rows,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A taxonomy: concepts, labels and relations. Immutable.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Taxonomy {
    pub(super) name: String,
    pub(super) fingerprint: Fingerprint,
    /// Every URI, code and label, behind each other.
    pub(super) texts: Box<str>,
    pub(super) concepts: Box<[ConceptRow]>,
    pub(super) labels: Rows<LabelRow>,
    pub(super) broader: Rows<ConceptNumber>,
    pub(super) narrower: Rows<ConceptNumber>,
    pub(super) needs: Rows<(ConceptNumber, Need)>,
    pub(super) needed_by: Rows<(ConceptNumber, Need)>,
    pub(super) related: Rows<(ConceptNumber, Need)>,
}

/// A piece of the texts.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Piece {
    pub(super) from: u32,
    pub(super) to: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ConceptRow {
    pub(super) kind: ConceptKind,
    pub(super) skill_kind: Option<SkillKind>,
    pub(super) uri: Piece,
    pub(super) code: Piece,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct LabelRow {
    pub(super) text: Piece,
    pub(super) language: LabelLanguage,
    pub(super) role: LabelRole,
}

impl Taxonomy {
    /// Its name and version for people, such as "ESCO 1.1.1".
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Tells it apart from any other taxonomy.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// How many concepts there are; their numbers go from 0 to this.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// Whether there is no concept at all.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// Every concept, in the order of the URIs.
    pub fn numbers(&self) -> impl Iterator<Item = ConceptNumber> + use<> {
        let numbers: Range<u32> = 0..u32::try_from(self.concepts.len()).unwrap_or(u32::MAX);
        numbers.map(ConceptNumber)
    }

    /// Every concept of one kind, in the order of the URIs.
    pub fn of_kind(&self, kind: ConceptKind) -> impl Iterator<Item = ConceptNumber> + '_ {
        self.numbers().filter(move |number| self.kind(*number) == Some(kind))
    }

    /// The concept with a URI.
    pub fn find(&self, uri: &str) -> Option<ConceptNumber> {
        let place = self.concepts.binary_search_by(|row| self.piece(row.uri).cmp(uri.trim())).ok()?;
        u32::try_from(place).ok().map(ConceptNumber)
    }

    /// What a concept is; `None` for a number of another taxonomy.
    pub fn kind(&self, number: ConceptNumber) -> Option<ConceptKind> {
        self.concepts.get(number.index()).map(|row| row.kind)
    }

    /// Whether a skill is something one can do or something one knows, where that is known.
    pub fn skill_kind(&self, number: ConceptNumber) -> Option<SkillKind> {
        self.concepts.get(number.index()).and_then(|row| row.skill_kind)
    }

    /// The URI of a concept.
    pub fn uri(&self, number: ConceptNumber) -> &str {
        self.concepts.get(number.index()).map_or("", |row| self.piece(row.uri))
    }

    /// The code of a group ("5321"), or for an occupation the code of its ISCO-08 group; empty where there is none.
    pub fn code(&self, number: ConceptNumber) -> &str {
        self.concepts.get(number.index()).map_or("", |row| self.piece(row.code))
    }

    /// Every label of a concept, by language, the preferred one of a language first.
    pub fn labels(&self, number: ConceptNumber) -> impl Iterator<Item = LabelText<'_>> {
        self.labels.row(number.index()).iter().map(|row| LabelText {
            text: self.piece(row.text),
            language: row.language,
            role: row.role,
        })
    }

    /// How many labels there are.
    pub fn label_count(&self) -> usize {
        self.labels.len()
    }

    /// The label to show: the preferred one in the language, else in English, else in Dutch, else the first there is.
    pub fn label(&self, number: ConceptNumber, language: LabelLanguage) -> &str {
        let preferred = |wanted: LabelLanguage| {
            self.labels(number)
                .find(|label| label.language == wanted && label.role == LabelRole::Preferred)
                .map(|label| label.text)
        };
        preferred(language)
            .or_else(|| preferred(LabelLanguage::ENGLISH))
            .or_else(|| preferred(LabelLanguage::DUTCH))
            .or_else(|| self.labels(number).next().map(|label| label.text))
            .unwrap_or_default()
    }

    /// The next broader concepts, groups included.
    pub fn broader(&self, number: ConceptNumber) -> &[ConceptNumber] {
        self.broader.row(number.index())
    }

    /// The next narrower concepts.
    pub fn narrower(&self, number: ConceptNumber) -> &[ConceptNumber] {
        self.narrower.row(number.index())
    }

    /// The skills that an occupation needs.
    pub fn skills_of(&self, occupation: ConceptNumber) -> &[(ConceptNumber, Need)] {
        self.needs.row(occupation.index())
    }

    /// The occupations that need a skill.
    pub fn occupations_needing(&self, skill: ConceptNumber) -> &[(ConceptNumber, Need)] {
        self.needed_by.row(skill.index())
    }

    /// The skills that stand beside a skill: what it needs, and what needs it.
    pub fn related_skills(&self, skill: ConceptNumber) -> &[(ConceptNumber, Need)] {
        self.related.row(skill.index())
    }

    pub(super) fn piece(&self, piece: Piece) -> &str {
        self.texts.get(piece.from as usize..piece.to as usize).unwrap_or_default()
    }
}
