//! Words and keys, as plain strings and sets.

use crate::domain::{
    text::{ConceptUri, Label},
    work::{OccupationRef, SkillRef},
};
use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The form in which texts are compared; empty when the text has no letter or digit.
pub(crate) fn normalised(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of a text.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    normalised(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a text has a word and all its words are among `others`.
pub(super) fn all_among(text: &str, others: &BTreeSet<String>) -> bool {
    let own = words(text);
    !own.is_empty() && own.is_subset(others)
}

/// The key of a text, as a set of none or one.
pub(super) fn text_key(text: &str) -> BTreeSet<String> {
    let plain = normalised(text);
    if plain.is_empty() { BTreeSet::new() } else { BTreeSet::from([format!("text:{plain}")]) }
}

fn uri_key(concept: Option<&ConceptUri>) -> Option<String> {
    concept.map(|uri| format!("uri:{}", uri.as_str().trim()))
}

/// All keys of a skill.
pub(super) fn skill_keys(skill: &SkillRef) -> BTreeSet<String> {
    let mut keys = text_key(skill.text.as_str());
    keys.extend(uri_key(skill.concept.as_ref()));
    keys
}

/// All keys of an occupation.
pub(super) fn occupation_keys(occupation: &OccupationRef) -> BTreeSet<String> {
    let mut keys = text_key(occupation.text.as_str());
    keys.extend(uri_key(occupation.concept.as_ref()));
    keys.extend(occupation.boc_code.as_ref().map(|code| format!("boc:{}", code.as_str().trim())));
    keys
}

/// A label that has a key; without one it is as if it were not there.
pub(super) fn with_key(label: &Label) -> Option<&Label> {
    (!text_key(label.as_str()).is_empty()).then_some(label)
}

/// An occupation that has a key.
pub(super) fn occupation_with_key(occupation: &OccupationRef) -> Option<&OccupationRef> {
    (!occupation_keys(occupation).is_empty()).then_some(occupation)
}

/// Whether two sets of keys have one in common.
pub(super) fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_disjoint(b)
}
