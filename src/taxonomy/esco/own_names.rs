//! Names of the embedded taxonomy for the concepts of a folder: what people say, and languages that the folder lacks.

use super::draft::{Drafts, Seen};
use super::report::OwnNames;
use crate::taxonomy::recognize::as_compared;
use crate::taxonomy::{ConceptKind, LabelLanguage, LabelText, Taxonomy};
use std::collections::HashMap;

/// Adds the embedded names to the concepts with the same URI, and tells how many.
///
/// What the folder says goes first: its preferred labels stay the ones that are shown, and what is a name of another
/// concept of the kind in the folder stays that.
pub(super) fn add(drafts: &mut Drafts, embedded: &Taxonomy) -> OwnNames {
    let said = said(drafts, embedded);
    let mut added = OwnNames::default();
    for number in embedded.numbers() {
        let Some(seen) = drafts.find(embedded.uri(number)) else { continue };
        let Some(draft) = drafts.concept(seen).filter(|draft| embedded.kind(number) == Some(draft.kind))
        else {
            continue;
        };
        let mut new: Vec<LabelText<'_>> = Vec::new();
        for label in embedded.labels(number) {
            let by = said.get(&(draft.kind, as_compared(label.text))).map(Vec::as_slice).unwrap_or_default();
            if by.contains(&(seen, label.language)) {
                continue;
            }
            if by.iter().any(|(other, _)| *other != seen) {
                added.left_out += 1;
            } else {
                new.push(label);
            }
        }
        added.concepts += usize::from(!new.is_empty());
        for label in new {
            *added.names.entry(label.language).or_default() += 1;
            drafts.name(seen, label);
        }
    }
    added
}

/// Which concepts of the folder have a wording that the embedded taxonomy has too, by kind and wording, with the language.
fn said(drafts: &Drafts, embedded: &Taxonomy) -> HashMap<(ConceptKind, String), Vec<(Seen, LabelLanguage)>> {
    let mut said: HashMap<_, Vec<_>> = embedded
        .numbers()
        .filter_map(|number| Some((number, embedded.kind(number)?)))
        .flat_map(|(number, kind)| embedded.labels(number).map(move |label| (kind, as_compared(label.text))))
        .map(|wording| (wording, Vec::new()))
        .collect();
    for (seen, draft) in drafts.concepts() {
        for (language, text) in draft.names() {
            if let Some(by) = said.get_mut(&(draft.kind, as_compared(text))) {
                by.push((seen, language));
            }
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::super::assemble::assemble;
    use super::super::draft::Place;
    use super::super::report::TaxonomyReport;
    use super::*;
    use crate::taxonomy::{LabelRole, TaxonomyBuilder};
    use std::collections::BTreeMap;

    const COOK: &str = "http://x/kok";
    const BAKER: &str = "http://x/bakker";

    fn language(code: &str) -> LabelLanguage {
        LabelLanguage::parse(code).unwrap()
    }

    /// A folder with two occupations in Dutch.
    fn folder() -> Drafts {
        let mut drafts = Drafts::default();
        for (uri, preferred, other) in [(COOK, "kok", "keukenheld"), (BAKER, "bakker", "broodbakker")] {
            let seen = drafts.see(uri);
            let place = Place { file: 0, line: 2 };
            let draft = drafts.concept_mut(seen, ConceptKind::Occupation, place).unwrap();
            draft.preferred.insert(language("nl"), (String::new(), preferred.to_owned()));
            draft.labels.push((language("nl"), LabelRole::Alternative, other.to_owned()));
        }
        drafts
    }

    /// An embedded taxonomy with names as "uri, language, role, name".
    fn embedded(names: &[(&str, &str, LabelRole, &str)]) -> Taxonomy {
        let mut builder = TaxonomyBuilder::new("embedded");
        for (uri, code, role, name) in names {
            builder.concept(uri, ConceptKind::Occupation).unwrap();
            builder.label(uri, language(code), *role, name).unwrap();
        }
        builder.build().unwrap()
    }

    #[test]
    fn names_are_added_where_the_folder_does_not_say_otherwise() {
        use LabelRole::{Alternative, Preferred};
        let embedded = embedded(&[
            (COOK, "nl", Preferred, "chef"),
            (COOK, "nl", Alternative, "Broodbakker"),
            (COOK, "nl", Alternative, "Keuken-held"),
            (COOK, "tr", Preferred, "aşçı"),
            (COOK, "tr", Alternative, "aşçıbaşı"),
            ("http://x/nobody", "nl", Preferred, "niemand"),
        ]);
        let mut drafts = folder();
        let names = BTreeMap::from([(language("nl"), 1), (language("tr"), 2)]);
        assert_eq!(add(&mut drafts, &embedded), OwnNames { concepts: 1, names, left_out: 1 });
        let report = &mut TaxonomyReport::default();
        let taxonomy = assemble("x".into(), drafts, &embedded, report).unwrap().taxonomy;
        let cook = taxonomy.find(COOK).unwrap();
        let labels: Vec<_> = taxonomy.labels(cook).map(|label| (label.text, label.role)).collect();
        let expected = [
            ("kok", Preferred),
            ("chef", Alternative),
            ("keukenheld", Alternative),
            ("aşçı", Preferred),
            ("aşçıbaşı", Alternative),
        ];
        assert_eq!(labels, expected);
        assert_eq!(taxonomy.len(), 2, "concepts of the embedded taxonomy alone are none of the folder");
    }

    #[test]
    fn other_embedded_names_make_another_taxonomy() {
        let made = |name| {
            let embedded = embedded(&[(COOK, "uk", LabelRole::Preferred, name)]);
            let report = &mut TaxonomyReport::default();
            assemble("x".into(), folder(), &embedded, report).unwrap().taxonomy.fingerprint()
        };
        assert_eq!(made("кухар"), made("кухар"));
        assert_ne!(made("кухар"), made("кухарка"));
    }
}
