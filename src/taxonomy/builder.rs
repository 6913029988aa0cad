//! Puts a taxonomy together from what files say, in any order, and counts what does not fit.

use super::{
    concept::{ConceptKind, ConceptNumber, Fingerprint, LabelLanguage, LabelRole, Need, SkillKind},
    csr::Rows,
    graph::{ConceptRow, LabelRow, Piece, Taxonomy},
};
use std::collections::BTreeMap;

/// What is added of a taxonomy.
#[derive(Clone, Debug, Default)]
pub struct TaxonomyBuilder {
    name: String,
    concepts: BTreeMap<String, Draft>,
    broader: Vec<(String, String)>,
    needs: Vec<(String, String, Need)>,
    related: Vec<(String, String, Need)>,
}

#[derive(Clone, Debug)]
struct Draft {
    kind: ConceptKind,
    skill_kind: Option<SkillKind>,
    code: String,
    labels: Vec<(LabelLanguage, LabelRole, String)>,
}

/// Why something cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// The URI has a concept of another kind already.
    #[error("{uri} is a {there:?} already and cannot be a {given:?} too")]
    OtherKind {
        /// The URI.
        uri: String,
        /// What it is.
        there: ConceptKind,
        /// What it was given as.
        given: ConceptKind,
    },
    /// There is no concept with this URI.
    #[error("there is no concept {uri}")]
    UnknownConcept {
        /// The URI.
        uri: String,
    },
    /// The label has no words.
    #[error("the label is empty")]
    EmptyLabel,
    /// There are more concepts or texts than numbers for them (four thousand million).
    #[error("the taxonomy is too large")]
    TooLarge,
}

impl TaxonomyBuilder {
    /// An empty taxonomy with a name and version for people.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Adds a concept; the same one again (another language's file) changes nothing.
    ///
    /// # Errors
    /// When the URI has a concept of another kind.
    pub fn concept(&mut self, uri: &str, kind: ConceptKind) -> Result<(), BuildError> {
        let draft = self.concepts.entry(uri.to_owned()).or_insert_with(|| Draft {
            kind,
            skill_kind: None,
            code: String::new(),
            labels: Vec::new(),
        });
        if draft.kind == kind {
            return Ok(());
        }
        Err(BuildError::OtherKind { uri: uri.to_owned(), there: draft.kind, given: kind })
    }

    /// Whether there is a concept with a URI, and of which kind.
    pub fn kind(&self, uri: &str) -> Option<ConceptKind> {
        self.concepts.get(uri).map(|draft| draft.kind)
    }

    /// Adds a label.
    ///
    /// # Errors
    /// When there is no such concept, or the label has no words.
    pub fn label(
        &mut self,
        uri: &str,
        language: LabelLanguage,
        role: LabelRole,
        text: &str,
    ) -> Result<(), BuildError> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !super::normalise::has_words(&text) {
            return Err(BuildError::EmptyLabel);
        }
        let draft = self.draft(uri)?;
        draft.labels.push((language, role, text));
        Ok(())
    }

    /// Says whether a skill is something one can do or something one knows.
    ///
    /// # Errors
    /// When there is no such concept.
    pub fn skill_kind(&mut self, uri: &str, kind: SkillKind) -> Result<(), BuildError> {
        self.draft(uri)?.skill_kind = Some(kind);
        Ok(())
    }

    /// Gives a group its code, or an occupation the code of its ISCO-08 group.
    ///
    /// # Errors
    /// When there is no such concept.
    pub fn code(&mut self, uri: &str, code: &str) -> Result<(), BuildError> {
        self.draft(uri)?.code = code.trim().to_owned();
        Ok(())
    }

    /// Says that a concept is broader than another.
    ///
    /// # Errors
    /// When one of them is unknown.
    pub fn broader(&mut self, uri: &str, broader: &str) -> Result<(), BuildError> {
        self.known(uri)?;
        self.known(broader)?;
        self.broader.push((uri.to_owned(), broader.to_owned()));
        Ok(())
    }

    /// Says that an occupation needs a skill.
    ///
    /// # Errors
    /// When one of them is unknown.
    pub fn needs(&mut self, occupation: &str, skill: &str, need: Need) -> Result<(), BuildError> {
        self.known(occupation)?;
        self.known(skill)?;
        self.needs.push((occupation.to_owned(), skill.to_owned(), need));
        Ok(())
    }

    /// Says that a skill stands beside another.
    ///
    /// # Errors
    /// When one of them is unknown.
    pub fn related(&mut self, skill: &str, other: &str, need: Need) -> Result<(), BuildError> {
        self.known(skill)?;
        self.known(other)?;
        self.related.push((skill.to_owned(), other.to_owned(), need));
        Ok(())
    }

    /// The taxonomy. What was added twice counts once; the order of adding does not matter.
    ///
    /// # Errors
    /// When it is larger than its numbers.
    pub fn build(self) -> Result<Taxonomy, BuildError> {
        let numbers: BTreeMap<&str, u32> = self
            .concepts
            .keys()
            .enumerate()
            .map(|(at, uri)| u32::try_from(at).map(|at| (uri.as_str(), at)).map_err(|_| BuildError::TooLarge))
            .collect::<Result<_, _>>()?;
        let number = |uri: &String| numbers.get(uri.as_str()).copied().map(ConceptNumber);
        let pairs = |list: &[(String, String)]| -> Vec<(ConceptNumber, ConceptNumber)> {
            sorted(list.iter().filter_map(|(a, b)| Some((number(a)?, number(b)?))).collect())
        };
        let needs_of = |list: &[(String, String, Need)]| {
            // Essential sorts before optional: where both are said, the stronger one stays.
            let mut all = sorted(
                list.iter()
                    .filter_map(|(a, b, need)| Some((number(a)?, number(b)?, *need)))
                    .collect::<Vec<_>>(),
            );
            all.dedup_by_key(|(a, b, _)| (*a, *b));
            all
        };
        let broader = pairs(&self.broader);
        let needs = needs_of(&self.needs);
        let both_ways: Vec<_> = self
            .related
            .iter()
            .flat_map(|(a, b, need)| [(a.clone(), b.clone(), *need), (b.clone(), a.clone(), *need)])
            .filter(|(a, b, _)| a != b)
            .collect();
        let related = needs_of(&both_ways);

        let mut texts = Texts::default();
        let mut concepts = Vec::with_capacity(self.concepts.len());
        let mut labels = Vec::new();
        for (at, (uri, draft)) in (0u32..).zip(&self.concepts) {
            concepts.push(ConceptRow {
                kind: draft.kind,
                skill_kind: draft.skill_kind,
                uri: texts.add(uri)?,
                code: texts.add(&draft.code)?,
            });
            let mut own = sorted(draft.labels.clone());
            // One wording is listed once a language, in its best role.
            own.dedup_by(|later, first| later.0 == first.0 && later.2 == first.2);
            let mut seen = std::collections::BTreeSet::new();
            for (language, role, text) in own {
                if seen.insert((language, text.clone())) {
                    labels.push((at, LabelRow { text: texts.add(&text)?, language, role }));
                }
            }
        }
        let rows = concepts.len();
        let mut taxonomy = Taxonomy {
            name: self.name,
            fingerprint: Fingerprint([0; 16]),
            texts: texts.0.into(),
            concepts: concepts.into(),
            labels: Rows::new(rows, labels),
            broader: Rows::new(rows, broader.iter().map(|(a, b)| (a.0, *b)).collect()),
            narrower: Rows::new(rows, broader.iter().map(|(a, b)| (b.0, *a)).collect()),
            needs: Rows::new(rows, needs.iter().map(|(a, b, need)| (a.0, (*b, *need))).collect()),
            needed_by: Rows::new(rows, needs.iter().map(|(a, b, need)| (b.0, (*a, *need))).collect()),
            related: Rows::new(rows, related.iter().map(|(a, b, need)| (a.0, (*b, *need))).collect()),
        };
        taxonomy.fingerprint = fingerprint(&taxonomy);
        Ok(taxonomy)
    }

    fn known(&self, uri: &str) -> Result<(), BuildError> {
        if self.concepts.contains_key(uri) {
            return Ok(());
        }
        Err(BuildError::UnknownConcept { uri: uri.to_owned() })
    }

    fn draft(&mut self, uri: &str) -> Result<&mut Draft, BuildError> {
        self.concepts.get_mut(uri).ok_or_else(|| BuildError::UnknownConcept { uri: uri.to_owned() })
    }
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

#[derive(Default)]
struct Texts(String);

impl Texts {
    fn add(&mut self, text: &str) -> Result<Piece, BuildError> {
        let place = |at: usize| u32::try_from(at).map_err(|_| BuildError::TooLarge);
        let from = place(self.0.len())?;
        self.0.push_str(text);
        Ok(Piece { from, to: place(self.0.len())? })
    }
}

fn fingerprint(taxonomy: &Taxonomy) -> Fingerprint {
    let mut hasher = blake3::Hasher::new();
    let mut text = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    text(&taxonomy.name);
    for number in taxonomy.numbers() {
        text(taxonomy.uri(number));
        text(taxonomy.code(number));
        text(&format!("{:?} {:?}", taxonomy.kind(number), taxonomy.skill_kind(number)));
        for label in taxonomy.labels(number) {
            text(&format!("{} {:?} {}", label.language, label.role, label.text));
        }
        text(&format!("{:?}", taxonomy.broader(number)));
        text(&format!("{:?} {:?}", taxonomy.skills_of(number), taxonomy.related_skills(number)));
    }
    let mut first = [0; 16];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Fingerprint(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(reversed: bool) -> Taxonomy {
        let mut builder = TaxonomyBuilder::new("small");
        let mut concepts =
            [("o:1", ConceptKind::Occupation), ("s:1", ConceptKind::Skill), ("s:2", ConceptKind::Skill)];
        if reversed {
            concepts.reverse();
        }
        for (uri, kind) in concepts {
            builder.concept(uri, kind).unwrap();
            builder.label(uri, LabelLanguage::DUTCH, LabelRole::Alternative, uri).unwrap();
            builder.label(uri, LabelLanguage::DUTCH, LabelRole::Preferred, &format!("  {uri}  nl ")).unwrap();
        }
        builder.needs("o:1", "s:1", Need::Optional).unwrap();
        builder.needs("o:1", "s:1", Need::Essential).unwrap();
        builder.related("s:1", "s:2", Need::Optional).unwrap();
        builder.build().unwrap()
    }

    #[test]
    fn relations_are_found_from_both_ends_and_the_stronger_need_stays() {
        let taxonomy = small(false);
        let [work, first, second] = ["o:1", "s:1", "s:2"].map(|uri| taxonomy.find(uri).unwrap());
        assert_eq!(taxonomy.skills_of(work), [(first, Need::Essential)]);
        assert_eq!(taxonomy.occupations_needing(first), [(work, Need::Essential)]);
        assert_eq!(taxonomy.related_skills(second), [(first, Need::Optional)]);
        assert_eq!(taxonomy.label(work, LabelLanguage::ENGLISH), "o:1 nl");
    }

    #[test]
    fn the_order_of_adding_does_not_matter() {
        assert_eq!(small(false).fingerprint(), small(true).fingerprint());
    }

    #[test]
    fn what_does_not_fit_is_refused_and_named() {
        let mut builder = TaxonomyBuilder::new("x");
        builder.concept("a", ConceptKind::Skill).unwrap();
        assert!(matches!(builder.concept("a", ConceptKind::Occupation), Err(BuildError::OtherKind { .. })));
        assert!(matches!(builder.broader("a", "b"), Err(BuildError::UnknownConcept { .. })));
        let empty = builder.label("a", LabelLanguage::DUTCH, LabelRole::Preferred, " \u{200f}- ");
        assert_eq!(empty, Err(BuildError::EmptyLabel));
    }
}
