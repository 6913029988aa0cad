//! Everything the files say, before it is put together.

use crate::taxonomy::{ConceptKind, LabelLanguage, LabelRole, LabelText, Need, SkillKind};
use std::collections::{BTreeMap, HashMap, btree_map::Entry};

/// A URI that was seen in some file: its place in [`Drafts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Seen(u32);

impl Seen {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Number of the file in the report.
    pub(super) file: usize,
    /// Line of the record.
    pub(super) line: u64,
}

/// One concept as the files tell it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: ConceptKind,
    pub(super) skill_kind: Option<SkillKind>,
    /// When the code was changed last, and the code.
    pub(super) code: (String, String),
    /// The preferred label of each language, with the day it was changed last.
    pub(super) preferred: BTreeMap<LabelLanguage, (String, String)>,
    pub(super) labels: Vec<(LabelLanguage, LabelRole, String)>,
    /// Where it was seen first.
    pub(super) place: Place,
}

impl Draft {
    /// Every name with its language.
    pub(super) fn names(&self) -> impl Iterator<Item = (LabelLanguage, &str)> {
        let preferred = self.preferred.iter().map(|(language, (_, label))| (*language, label.as_str()));
        preferred.chain(self.labels.iter().map(|(language, _, label)| (*language, label.as_str())))
    }
}

/// From one concept to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) from: Seen,
    pub(super) to: Seen,
    pub(super) place: Place,
}

/// A text about a concept, from which its meaning can be learned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DraftText {
    pub(super) concept: Seen,
    pub(super) language: LabelLanguage,
    pub(super) text: String,
}

/// A code of UWV and the concept that it means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DraftCode {
    pub(super) code: String,
    pub(super) concept: Seen,
    /// The Dutch name of the code; may be empty.
    pub(super) name: String,
    pub(super) place: Place,
}

/// Everything the files say.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    numbers: HashMap<String, Seen>,
    /// The URI of each number.
    uris: Vec<String>,
    concepts: Vec<Option<Draft>>,
    /// Groups by code, where the URI is not made of the code.
    groups: BTreeMap<String, String>,
    /// URIs of older versions that stood for groups of [`Self::groups`].
    pub(super) renamed: std::collections::BTreeSet<String>,
    /// Broader concepts from the files of relations.
    pub(super) broader: Vec<Edge>,
    /// Broader concepts from elsewhere, used where those files say nothing.
    pub(super) broader_elsewhere: Vec<Edge>,
    pub(super) needs: Vec<(Edge, Need)>,
    pub(super) related: Vec<(Edge, Need)>,
    pub(super) texts: Vec<DraftText>,
    pub(super) codes: Vec<DraftCode>,
}

/// Before the code of a skill group in the URIs of older versions.
const CODED_GROUP: &str = "http://data.europa.eu/esco/skill/";

impl Drafts {
    /// Remembers the code of a skill group, so that older versions, whose URIs end in the code, mean the same group.
    pub(super) fn group_code(&mut self, uri: &str, code: &str) {
        if !code.is_empty() && uri.strip_prefix(CODED_GROUP).is_some_and(|end| end != code) {
            let known = self.groups.entry(code.to_owned()).or_insert_with(|| uri.to_owned());
            if uri < known.as_str() {
                uri.clone_into(known);
            }
        }
    }

    /// The number of a URI; that of the newer group where it stands for one.
    pub(super) fn see(&mut self, uri: &str) -> Seen {
        // One step only: a hostile file may let two groups stand for each other.
        let newer = uri.strip_prefix(CODED_GROUP).and_then(|code| self.groups.get(code)).cloned();
        if newer.is_some() {
            self.renamed.insert(uri.to_owned());
        }
        let meant = newer.as_deref().unwrap_or(uri);
        if let Some(seen) = self.numbers.get(meant) {
            return *seen;
        }
        // A file has at most 2^30 bytes and there are at most 2,000 files: the numbers run out long before.
        let seen = Seen(u32::try_from(self.uris.len()).unwrap_or(u32::MAX));
        self.uris.push(meant.to_owned());
        self.concepts.push(None);
        self.numbers.insert(meant.to_owned(), seen);
        seen
    }

    /// The number of a URI that was seen.
    pub(super) fn find(&self, uri: &str) -> Option<Seen> {
        self.numbers.get(uri).copied()
    }

    /// Gives a concept one more name. It is shown where the concept had none to show in its language.
    pub(super) fn name(&mut self, seen: Seen, name: LabelText<'_>) {
        let Some(draft) = self.concepts.get_mut(seen.index()).and_then(Option::as_mut) else { return };
        let text = name.text.to_owned();
        match (name.role, draft.preferred.entry(name.language)) {
            (LabelRole::Preferred, Entry::Vacant(none)) => {
                none.insert((String::new(), text));
            }
            (LabelRole::Preferred | LabelRole::Alternative, _) => {
                draft.labels.push((name.language, LabelRole::Alternative, text));
            }
            (LabelRole::Hidden, _) => draft.labels.push((name.language, LabelRole::Hidden, text)),
        }
    }

    /// The URI of a number.
    pub(super) fn uri(&self, seen: Seen) -> &str {
        self.uris.get(seen.index()).map_or("", String::as_str)
    }

    /// The concept of a number, where there is one.
    pub(super) fn concept(&self, seen: Seen) -> Option<&Draft> {
        self.concepts.get(seen.index()).and_then(Option::as_ref)
    }

    /// The concept of a number, made where there is none.
    pub(super) fn concept_mut(&mut self, seen: Seen, kind: ConceptKind, place: Place) -> Option<&mut Draft> {
        self.concepts.get_mut(seen.index()).map(|concept| {
            concept.get_or_insert_with(|| Draft {
                kind,
                skill_kind: None,
                code: Default::default(),
                preferred: BTreeMap::new(),
                labels: Vec::new(),
                place,
            })
        })
    }

    /// Every concept, in the order of the files.
    pub(super) fn concepts(&self) -> impl Iterator<Item = (Seen, &Draft)> {
        (0u32..).zip(&self.concepts).filter_map(|(at, draft)| Some((Seen(at), draft.as_ref()?)))
    }

    /// Takes the concepts without any label out and gives their URIs and places.
    pub(super) fn remove_nameless(&mut self) -> Vec<(String, Place)> {
        let mut removed = Vec::new();
        for (concept, uri) in self.concepts.iter_mut().zip(&self.uris) {
            if let Some(draft) = concept
                && draft.preferred.is_empty()
                && draft.labels.is_empty()
            {
                removed.push((uri.clone(), draft.place));
                *concept = None;
            }
        }
        removed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_stand_for_each_other_are_two_concepts() {
        let mut drafts = Drafts::default();
        let [a, b] = ["A", "B"].map(|end| format!("{CODED_GROUP}{end}"));
        drafts.group_code(&a, "B");
        drafts.group_code(&b, "A");
        let (first, second) = (drafts.see(&a), drafts.see(&b));
        assert_ne!(first, second);
        assert_eq!((drafts.uri(first), drafts.uri(second)), (b.as_str(), a.as_str()));
        assert_eq!((drafts.see(&a), drafts.see(&b)), (first, second));
    }
}
