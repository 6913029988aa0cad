//! What belongs together: the examples to learn from.

use super::lexicon::{Lexicon, Written};
use crate::taxonomy::{ConceptKind, ConceptNumber, Need, Taxonomy};

/// The texts of a taxonomy by concept, and the concepts that are tied to each other.
#[derive(Debug)]
pub(super) struct Corpus {
    pub(super) written: Vec<Written>,
    /// By concept: the places of its labels and of the texts about it in `written`.
    pub(super) labels: Vec<Vec<u32>>,
    pub(super) texts: Vec<Vec<u32>>,
    /// Concepts with two labels at least.
    pub(super) named_twice: Vec<ConceptNumber>,
    /// Concepts with a label and a text.
    pub(super) described: Vec<ConceptNumber>,
    /// Concepts with texts in two languages.
    pub(super) described_twice: Vec<ConceptNumber>,
    /// An occupation and a skill that it always needs; a skill and one that it goes with.
    pub(super) ties: Vec<(ConceptNumber, ConceptNumber)>,
    /// A concept and the broader one.
    pub(super) broader: Vec<(ConceptNumber, ConceptNumber)>,
}

impl Corpus {
    pub(super) fn new(taxonomy: &Taxonomy, lexicon: &Lexicon, written: Vec<Written>) -> Self {
        let mut labels = vec![Vec::new(); taxonomy.len()];
        let mut texts = vec![Vec::new(); taxonomy.len()];
        for (one, place) in written.iter().zip(0_u32..) {
            let lists = if one.is_label { &mut labels } else { &mut texts };
            let says_something = one.words().any(|word| !lexicon.pieces_of(word).is_empty());
            if let Some(list) = lists.get_mut(one.concept.index()).filter(|_| says_something) {
                list.push(place);
            }
        }
        let named = |concept: ConceptNumber| !labels[concept.index()].is_empty();
        let language = |place: &u32| written.get(*place as usize).map(|one| one.language);
        let in_two_languages = |concept: &ConceptNumber| {
            let mut languages = texts[concept.index()].iter().map(language);
            languages.next().is_some_and(|first| languages.any(|other| other != first))
        };
        let pairs = |of: &dyn Fn(ConceptNumber) -> Vec<ConceptNumber>| -> Vec<_> {
            let from = taxonomy.numbers().filter(|concept| named(*concept));
            let pairs = from.flat_map(|one| of(one).into_iter().map(move |other| (one, other)));
            pairs.filter(|(_, other)| named(*other)).collect()
        };
        Self {
            named_twice: taxonomy.numbers().filter(|concept| labels[concept.index()].len() > 1).collect(),
            described: taxonomy
                .numbers()
                .filter(|concept| named(*concept) && !texts[concept.index()].is_empty())
                .collect(),
            described_twice: taxonomy.numbers().filter(in_two_languages).collect(),
            ties: pairs(&|one| match taxonomy.kind(one) {
                Some(ConceptKind::Occupation) => essential(taxonomy.skills_of(one)),
                _ => taxonomy.related_skills(one).iter().map(|(other, _)| *other).collect(),
            }),
            broader: pairs(&|one| taxonomy.broader(one).to_vec()),
            written,
            labels,
            texts,
        }
    }
}

/// The concepts of the relations that always hold.
pub(super) fn essential(relations: &[(ConceptNumber, Need)]) -> Vec<ConceptNumber> {
    relations.iter().filter(|(_, need)| *need == Need::Essential).map(|(concept, _)| *concept).collect()
}
