//! What a recogniser needs beside the taxonomy; made once, at the import.

use super::{compound::Compounds, label_index::LabelIndex, words::words};
use crate::taxonomy::{ConceptKind, ConceptNumber, LabelLanguage, Taxonomy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The labels of a taxonomy, ready to be found by words that are like them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RecognizerData {
    pub(super) compounds: Compounds,
    /// Occupations and their groups.
    pub(super) occupations: LabelIndex,
    pub(super) skills: LabelIndex,
}

/// Languages that write compounds as one word, and English, whose words stand in both.
const COMPOUNDING: [&str; 3] = ["nl", "de", "en"];

impl RecognizerData {
    /// Of a taxonomy; the same for the same taxonomy, on any number of threads.
    pub fn build(taxonomy: &Taxonomy) -> Self {
        let compounds = Compounds::learn(&words_of(taxonomy));
        let of_kinds = |kinds: &[ConceptKind]| -> Vec<ConceptNumber> {
            let wanted =
                |number: &ConceptNumber| taxonomy.kind(*number).is_some_and(|kind| kinds.contains(&kind));
            taxonomy.numbers().filter(wanted).collect()
        };
        let index = |kinds: &[ConceptKind]| LabelIndex::build(taxonomy, &of_kinds(kinds), &compounds);
        let occupations = index(&[ConceptKind::Occupation, ConceptKind::OccupationGroup]);
        let skills = index(&[ConceptKind::Skill]);
        Self { occupations, skills, compounds }
    }
}

/// Every word of the labels, with the number of concepts whose labels have it.
fn words_of(taxonomy: &Taxonomy) -> BTreeMap<String, u32> {
    let languages = COMPOUNDING.map(LabelLanguage::parse);
    let mut counts: BTreeMap<String, (u32, ConceptNumber)> = BTreeMap::new();
    for number in taxonomy.numbers() {
        for label in taxonomy.labels(number).filter(|label| languages.contains(&Some(label.language))) {
            for word in words(label.text) {
                let count = counts.entry(word.text).or_insert((0, number));
                if count.0 == 0 || count.1 != number {
                    *count = (count.0 + 1, number);
                }
            }
        }
    }
    counts.into_iter().map(|(word, (count, _))| (word, count)).collect()
}
