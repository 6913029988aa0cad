//! Concepts, as the interface gives them.

use crate::taxonomy::{
    ConceptKind, ConceptNumber, LabelLanguage, LabelRole, LabelText, Need, Taxonomy,
    suggest::{Fit, Suggestion},
};
use crate::wire::v1;
use std::ops::Range;

/// The taxonomy that an answer comes from.
pub(super) fn version(taxonomy: &Taxonomy) -> v1::TaxonomyVersion {
    v1::TaxonomyVersion {
        name: taxonomy.name().to_owned(),
        fingerprint: taxonomy.fingerprint().to_string(),
        concepts: count(taxonomy.len()),
        labels: count(taxonomy.label_count()),
    }
}

/// A concept with its names in a language.
pub(super) fn concept(taxonomy: &Taxonomy, number: ConceptNumber, language: LabelLanguage) -> v1::Concept {
    let others = taxonomy
        .labels(number)
        .filter(|label| label.language == language && label.role == LabelRole::Alternative)
        .map(|label| label.text.to_owned());
    v1::Concept {
        uri: taxonomy.uri(number).to_owned(),
        kind: kind(taxonomy, number).into(),
        label: taxonomy.label(number, language).to_owned(),
        other_labels: others.collect(),
        broader: taxonomy.broader(number).iter().map(|number| taxonomy.uri(*number).to_owned()).collect(),
        code: taxonomy.code(number).to_owned(),
    }
}

/// Why a concept was found.
pub(super) fn found(suggestion: &Suggestion<'_>) -> v1::ConceptMatch {
    let fit = match suggestion.fit {
        Fit::Exact => v1::LabelFit::Exact,
        Fit::LabelBeginning => v1::LabelFit::LabelBeginning,
        Fit::WordBeginnings => v1::LabelFit::WordBeginnings,
        Fit::Inside => v1::LabelFit::Inside,
        Fit::Nearly => v1::LabelFit::Nearly,
        Fit::SomeWords => v1::LabelFit::SomeWords,
    };
    v1::ConceptMatch {
        label: Some(label(suggestion.label)),
        fit: fit.into(),
        marks: suggestion.marks.iter().map(range).collect(),
    }
}

/// Everything about a concept.
pub(super) fn whole(
    taxonomy: &Taxonomy,
    number: ConceptNumber,
    language: LabelLanguage,
    label_languages: &[LabelLanguage],
    most: usize,
) -> v1::GetConceptResponse {
    let labels = taxonomy
        .labels(number)
        .filter(|label| label_languages.is_empty() || label_languages.contains(&label.language));
    let plain = |numbers: &[ConceptNumber]| {
        related(taxonomy, language, most, numbers.iter().map(|number| (*number, None)).collect())
    };
    let needs = |numbers: &[(ConceptNumber, Need)]| {
        let mut numbers: Vec<_> = numbers.iter().map(|(number, need)| (*number, Some(*need))).collect();
        numbers.sort_by_key(|(_, need)| *need);
        related(taxonomy, language, most, numbers)
    };
    v1::GetConceptResponse {
        concept: Some(concept(taxonomy, number, language)),
        labels: labels.map(label).collect(),
        broader: Some(plain(taxonomy.broader(number))),
        narrower: Some(plain(taxonomy.narrower(number))),
        skills: Some(needs(taxonomy.skills_of(number))),
        occupations: Some(needs(taxonomy.occupations_needing(number))),
        related_skills: Some(needs(taxonomy.related_skills(number))),
        taxonomy: Some(version(taxonomy)),
    }
}

fn related(
    taxonomy: &Taxonomy,
    language: LabelLanguage,
    most: usize,
    numbers: Vec<(ConceptNumber, Option<Need>)>,
) -> v1::RelatedConcepts {
    let total = count(numbers.len());
    let concepts = numbers.into_iter().take(most).map(|(number, need)| v1::RelatedConcept {
        uri: taxonomy.uri(number).to_owned(),
        kind: kind(taxonomy, number).into(),
        label: taxonomy.label(number, language).to_owned(),
        code: taxonomy.code(number).to_owned(),
        need: match need {
            None => v1::ConceptNeed::Unspecified,
            Some(Need::Essential) => v1::ConceptNeed::Essential,
            Some(Need::Optional) => v1::ConceptNeed::Optional,
        }
        .into(),
    });
    v1::RelatedConcepts { concepts: concepts.collect(), total }
}

fn kind(taxonomy: &Taxonomy, number: ConceptNumber) -> v1::ConceptKind {
    match taxonomy.kind(number) {
        None => v1::ConceptKind::Unspecified,
        Some(ConceptKind::Skill) => v1::ConceptKind::Skill,
        Some(ConceptKind::Occupation) => v1::ConceptKind::Occupation,
        Some(ConceptKind::OccupationGroup) => v1::ConceptKind::OccupationGroup,
        Some(ConceptKind::SkillGroup) => v1::ConceptKind::SkillGroup,
    }
}

fn label(label: LabelText<'_>) -> v1::ConceptLabel {
    let role = match label.role {
        LabelRole::Preferred => v1::LabelRole::Preferred,
        LabelRole::Alternative => v1::LabelRole::Alternative,
        LabelRole::Hidden => v1::LabelRole::Hidden,
    };
    v1::ConceptLabel {
        text: label.text.to_owned(),
        text_language: label.language.to_string(),
        role: role.into(),
    }
}

/// A piece of a text.
pub(super) fn range(characters: &Range<usize>) -> v1::TextRange {
    v1::TextRange { start: count(characters.start), end: count(characters.end) }
}

/// A number of things; there are never more than 32 bits of them.
pub(super) fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}
