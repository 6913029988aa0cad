//! What is in a taxonomy, in numbers.

use super::super::render::{count, one_line};
use super::super::settings::Language;
use super::words;
use crate::taxonomy::{ConceptKind, LabelLanguage, Loaded, Origin, Taxonomy};
use std::collections::BTreeMap;

/// Most files that are named.
const FILES_NAMED: usize = 100;

/// A taxonomy that is in use: what is in it and where it comes from.
pub(super) fn text(loaded: &Loaded, language: Language) -> String {
    let taxonomy = loaded.recognizer.taxonomy();
    let mut text = counts(taxonomy, loaded.codes.len(), language);
    let (source, files) = match (&loaded.origin, language) {
        (Origin::Embedded, Language::Dutch) => ("Ingebouwd in het programma.", &[][..]),
        (Origin::Embedded, Language::English) => ("Built into the program.", &[][..]),
        (Origin::Imported { files }, Language::Dutch) => ("Ingelezen uit:", files.as_slice()),
        (Origin::Imported { files }, Language::English) => ("Imported from:", files.as_slice()),
    };
    text.push_str(&format!("{source}\n"));
    for file in files.iter().take(FILES_NAMED) {
        text.push_str(&format!("  {}\n", one_line(file)));
    }
    if files.len() > FILES_NAMED {
        text.push_str(&format!("  … (+{})\n", files.len() - FILES_NAMED));
    }
    text.push_str(&format!("{}\n", language.pick(&["Vingerafdruk:", "Fingerprint:"])));
    text.push_str(&format!("  {}\n\n{}\n", taxonomy.fingerprint(), words::notice(language)));
    text
}

/// How many concepts and labels there are, by kind and language.
pub(super) fn counts(taxonomy: &Taxonomy, codes: usize, language: Language) -> String {
    let number = |value: usize| count(u64::try_from(value).unwrap_or(u64::MAX), language);
    let mut text = format!("{}\n", one_line(taxonomy.name()));
    for kind in
        [ConceptKind::Occupation, ConceptKind::Skill, ConceptKind::OccupationGroup, ConceptKind::SkillGroup]
    {
        let mut languages: BTreeMap<LabelLanguage, (usize, usize)> = BTreeMap::new();
        for concept in taxonomy.of_kind(kind) {
            let mut last = None;
            for label in taxonomy.labels(concept) {
                let (concepts, labels) = languages.entry(label.language).or_default();
                *concepts += usize::from(last != Some(label.language));
                *labels += 1;
                last = Some(label.language);
            }
        }
        let by_language: Vec<String> = languages
            .iter()
            .map(|(of, (concepts, labels))| format!("{of} {} ({})", number(*concepts), number(*labels)))
            .collect();
        text.push_str(&format!(
            "  {} {}: {}\n",
            number(taxonomy.of_kind(kind).count()),
            words::kinds(kind, language),
            if by_language.is_empty() { "–".to_owned() } else { by_language.join(", ") }
        ));
    }
    text.push_str(language.pick(&[
        "  (per taal: hoeveel er een naam hebben, en hoeveel namen dat zijn)\n",
        "  (by language: how many have a name, and how many names these are)\n",
    ]));
    let needs: usize =
        taxonomy.of_kind(ConceptKind::Occupation).map(|work| taxonomy.skills_of(work).len()).sum();
    text.push_str(&match language {
        Language::Dutch => format!("  {} keer hoort een vaardigheid bij een beroep\n", number(needs)),
        Language::English => format!("  {} times a skill belongs to an occupation\n", number(needs)),
    });
    if codes > 0 {
        text.push_str(&match language {
            Language::Dutch => format!("  {} codes van UWV (BO&C)\n", number(codes)),
            Language::English => format!("  {} codes of UWV (BO&C)\n", number(codes)),
        });
    }
    text
}
