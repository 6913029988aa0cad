//! Words and keys, as plain strings and sets.

use super::Setting;
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

/// All keys of an occupation, the concept that it surely means among them.
pub(super) fn occupation_keys(occupation: &OccupationRef, setting: &Setting<'_>) -> BTreeSet<String> {
    let mut keys = text_key(occupation.text.as_str());
    keys.extend(uri_key(occupation.concept.as_ref()));
    keys.extend(occupation.boc_code.as_ref().map(|code| format!("boc:{}", code.as_str().trim())));
    keys.extend(surely_meant(occupation, setting));
    keys
}

/// All keys of a title: its words and the concept that they surely mean.
pub(super) fn title_keys(title: &Label, setting: &Setting<'_>) -> BTreeSet<String> {
    let mut keys = text_key(title.as_str());
    if !keys.is_empty() {
        let as_occupation = OccupationRef { text: title.clone(), concept: None, boc_code: None };
        keys.extend(surely_meant(&as_occupation, setting));
    }
    keys
}

fn surely_meant(occupation: &OccupationRef, setting: &Setting<'_>) -> Option<String> {
    let best = setting.understanding.occupation(occupation).iter().next()?;
    let uri = setting.understanding.taxonomy().uri(best.concept);
    (best.confidence >= 8_000).then(|| format!("uri:{uri}"))
}

/// A label that has a key; without one it is as if it were not there.
pub(super) fn with_key(label: &Label) -> Option<&Label> {
    (!text_key(label.as_str()).is_empty()).then_some(label)
}

/// An occupation that has a key.
pub(super) fn occupation_with_key(occupation: &OccupationRef) -> Option<&OccupationRef> {
    let has_code = occupation.concept.is_some() || occupation.boc_code.is_some();
    (has_code || with_key(&occupation.text).is_some()).then_some(occupation)
}

/// Whether two sets of keys have one in common.
pub(super) fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_disjoint(b)
}
