//! The labels of one kind of concept, found by what they share with a wording.

use super::{
    compound::Compounds,
    grams::grams,
    numbers::{Lists, Numbers},
    score::content,
    words::{Word, hash, joined_hash, stir, words},
};
use crate::taxonomy::{ConceptNumber, Taxonomy};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Highest weight of a piece of letters.
const HEAVIEST: f32 = 250.0;
/// Pieces with a lower weight tell next to nothing and are in most labels ("en ", "ing"): they are left out, which makes
/// the search four times as fast.
const LIGHTEST: f32 = 20.0;

/// Every label of some concepts, by concept, in the order that the taxonomy has them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct LabelIndex {
    /// The concepts, rising.
    concepts: Numbers<u32>,
    /// The concept of each label, as a place in `concepts`.
    owners: Numbers<u32>,
    /// The first label of each concept.
    firsts: Numbers<u32>,
    /// Hashes of the labels' joined words, sorted, with the label beside each.
    keys: Numbers<u64>,
    key_labels: Numbers<u32>,
    /// Hashes of the labels' stems in any order, sorted, with the label beside each.
    bags: Numbers<u64>,
    bag_labels: Numbers<u32>,
    /// Pieces of letters, sorted; each with its weight and the labels that have it.
    grams: Numbers<u64>,
    gram_weights: Numbers<u8>,
    /// Pieces that tell too little, sorted.
    left_out: Numbers<u64>,
    postings: Lists<u32>,
    /// 1 / √(sum of the weights of a label's pieces).
    inverse_norms: Numbers<f32>,
    /// Hashes of stems, sorted; each with its rarity.
    stems: Numbers<u64>,
    rarities: Numbers<f32>,
    /// The stems of each label, as places in `stems`.
    label_stems: Lists<u32>,
}

/// What a label shares with a wording.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    /// The concept, as a place in the index.
    pub(super) owner: u32,
    /// Its label that shares most letters; none where it was not found by them.
    pub(super) label: Option<u32>,
    /// Cosine of the pieces of letters of that label.
    pub(super) letters: f32,
}

/// The stems of a wording in one index, each with its weight.
#[derive(Clone, Debug, Default)]
pub(super) struct StemVector {
    known: Vec<(u32, f32)>,
    norm: f32,
}

struct Draft {
    owner: u32,
    key: u64,
    bag: u64,
    grams: Vec<u64>,
    stems: Vec<u64>,
}

impl LabelIndex {
    /// Of some concepts, given rising.
    pub(super) fn build(taxonomy: &Taxonomy, concepts: &[ConceptNumber], compounds: &Compounds) -> Self {
        let texts: Vec<(u32, &str)> = (0..)
            .zip(concepts)
            .flat_map(|(owner, concept)| taxonomy.labels(*concept).map(move |label| (owner, label.text)))
            .collect();
        let drafts: Vec<Draft> =
            texts.par_iter().map(|(owner, text)| Draft::new(*owner, text, compounds)).collect();
        let owners: Vec<u32> = drafts.iter().map(|draft| draft.owner).collect();
        let firsts =
            (0..=concepts.len() as u32).map(|owner| owners.partition_point(|other| *other < owner) as u32);
        let (keys, key_labels) = sorted_by_hash(drafts.iter().map(|draft| draft.key));
        let (bags, bag_labels) = sorted_by_hash(drafts.iter().map(|draft| draft.bag));
        let all = concepts.len();

        let (grams, postings) = inverted(drafts.iter().map(|draft| &draft.grams));
        let rarities: Vec<f32> =
            postings.par_iter().map(|row| rarity(concepts_of(row, &owners), all)).collect();
        let highest = rarities.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        let weight = |rarity: &f32| ((rarity / highest).powi(2) * HEAVIEST).round();
        let light = grams.iter().zip(&rarities).filter(|(_, rarity)| weight(rarity) < LIGHTEST);
        let left_out: Vec<u64> = light.map(|(gram, _)| *gram).collect();
        let telling = grams.into_iter().zip(postings).zip(rarities.iter().map(weight));
        let (kept, gram_weights): (Vec<_>, Vec<u8>) = telling
            .filter(|(_, weight)| *weight >= LIGHTEST)
            .map(|(gram, weight)| (gram, weight as u8))
            .unzip();
        let (grams, postings): (Vec<u64>, Vec<Vec<u32>>) = kept.into_iter().unzip();
        let mut sums = vec![0_u32; drafts.len()];
        for (row, weight) in postings.iter().zip(&gram_weights) {
            row.iter().for_each(|label| sums[*label as usize] += u32::from(*weight));
        }

        let (stems, stem_labels) = inverted(drafts.iter().map(|draft| &draft.stems));
        let stem_rarities: Vec<f32> =
            stem_labels.iter().map(|row| rarity(concepts_of(row, &owners), all)).collect();
        let place = |stem: &u64| stems.binary_search(stem).map_or(0, |at| at as u32);
        let label_stems =
            Lists::new(drafts.iter().map(|draft| draft.stems.iter().map(place).collect::<Vec<_>>()));
        Self {
            concepts: concepts.iter().map(|concept| concept.0).collect::<Vec<_>>().into(),
            firsts: firsts.collect::<Vec<_>>().into(),
            owners: owners.into(),
            keys,
            key_labels,
            bags,
            bag_labels,
            grams: grams.into(),
            gram_weights: gram_weights.into(),
            left_out: left_out.into(),
            postings: Lists::new(postings),
            inverse_norms: sums
                .iter()
                .map(|sum| 1.0 / (*sum).max(1) as f32)
                .map(f32::sqrt)
                .collect::<Vec<_>>()
                .into(),
            stems: stems.into(),
            rarities: stem_rarities.into(),
            label_stems,
        }
    }

    /// How many labels there are.
    pub(super) fn labels(&self) -> usize {
        self.owners.len()
    }

    /// The number of a concept by its place.
    pub(super) fn concept(&self, owner: u32) -> ConceptNumber {
        ConceptNumber(self.concepts.get(owner as usize).copied().unwrap_or(u32::MAX))
    }

    /// The place of a concept.
    pub(super) fn owner(&self, concept: ConceptNumber) -> Option<u32> {
        self.concepts.binary_search(&concept.0).ok().map(|at| at as u32)
    }

    /// The labels of a concept.
    pub(super) fn labels_of(&self, owner: u32) -> std::ops::Range<u32> {
        let first = |owner: u32| self.firsts.get(owner as usize).copied().unwrap_or_default();
        first(owner)..first(owner + 1)
    }

    /// The concept of a label, by its place, and the label's place among those of the concept.
    pub(super) fn owner_of(&self, label: u32) -> (u32, u32) {
        let owner = self.owners.get(label as usize).copied().unwrap_or_default();
        (owner, label - self.labels_of(owner).start.min(label))
    }

    /// Whether some label has a stem.
    pub(super) fn has_stem(&self, stem: u64) -> bool {
        self.stems.binary_search(&stem).is_ok()
    }

    /// The labels with exactly these words (equal hashes; two texts in 2⁶⁴ share one by chance).
    pub(super) fn equal(&self, key: u64) -> &[u32] {
        with_hash(&self.keys, &self.key_labels, key)
    }

    /// The labels with exactly these stems, in any order.
    pub(super) fn same_stems(&self, bag: u64) -> &[u32] {
        with_hash(&self.bags, &self.bag_labels, bag)
    }

    /// Finds the concepts with a label that shares at least `least` (cosine) with the words, in their order.
    /// `sums` is room for one number a label; all of them are 0 before and after.
    pub(super) fn near(&self, words: &[Word], least: f32, sums: &mut Vec<u16>, found: &mut Vec<Near>) {
        found.clear();
        sums.resize(self.labels(), 0);
        let mut total = 0.0;
        for gram in grams(words) {
            match self.grams.binary_search(&gram) {
                Ok(at) => {
                    let weight = self.gram_weights.get(at).copied().unwrap_or_default();
                    total += f32::from(weight);
                    for label in self.postings.row(at) {
                        if let Some(sum) = sums.get_mut(*label as usize) {
                            *sum = sum.saturating_add(u16::from(weight));
                        }
                    }
                }
                Err(_) if self.left_out.binary_search(&gram).is_ok() => {}
                // A piece that no label has is as rare as can be.
                Err(_) => total += HEAVIEST,
            }
        }
        // A label's own sum is at least what it shares, so cosine ≥ least needs shared ≥ least² · total.
        let floor = ((least * least * total) as u16).max(1);
        let inverse = 1.0 / total.max(1.0).sqrt();
        for (block, sums) in sums.chunks(64).enumerate() {
            if sums.iter().copied().fold(0, u16::max) < floor {
                continue;
            }
            for (label, sum) in (block * 64..).zip(sums) {
                if *sum < floor {
                    continue;
                }
                let letters = f32::from(*sum) * self.inverse_norms[label] * inverse;
                if letters < least {
                    continue;
                }
                let owner = self.owners[label];
                let near = Near { owner, label: Some(label as u32), letters };
                match found.last_mut() {
                    Some(best) if best.owner == owner && best.letters >= letters => {}
                    Some(best) if best.owner == owner => *best = near,
                    _ => found.push(near),
                }
            }
        }
        sums.fill(0);
    }

    /// The stems of a wording as this index weighs them; words in brackets count half.
    pub(super) fn stem_vector(&self, stems: &[(u64, f32)]) -> StemVector {
        let rarest = (self.concepts.len() as f32 + 1.0).ln();
        let mut vector = StemVector::default();
        for (stem, share) in stems {
            match self.stems.binary_search(stem) {
                Ok(at) => {
                    let weight = share * self.rarities.get(at).copied().unwrap_or_default();
                    vector.norm += weight * weight;
                    vector.known.push((at as u32, weight));
                }
                Err(_) => vector.norm += (share * rarest).powi(2),
            }
        }
        vector.norm = vector.norm.sqrt();
        vector
    }

    /// Cosine of a wording's stems with those of a label.
    pub(super) fn shared_stems(&self, vector: &StemVector, label: u32) -> f32 {
        let (mut shared, mut norm) = (0.0, 0.0);
        for stem in self.label_stems.row(label as usize) {
            let rarity = self.rarities.get(*stem as usize).copied().unwrap_or_default();
            norm += rarity * rarity;
            if let Some((_, weight)) = vector.known.iter().find(|(known, _)| known == stem) {
                shared += rarity * weight;
            }
        }
        if shared == 0.0 { 0.0 } else { shared / (norm.sqrt() * vector.norm) }
    }
}

impl Draft {
    fn new(owner: u32, text: &str, compounds: &Compounds) -> Self {
        let words = words(text);
        let mut stems: Vec<u64> =
            content(&words).flat_map(|word| compounds.stems(&word.text)).map(|stem| hash(&stem)).collect();
        stems.sort_unstable();
        stems.dedup();
        Self { owner, key: joined_hash(&words), bag: bag(&stems), grams: grams(&words), stems }
    }
}

/// A number for different stems in rising order.
pub(super) fn bag(stems: &[u64]) -> u64 {
    stems.iter().fold(stems.len() as u64, |sum, stem| stir(sum ^ stem))
}

/// How telling it is that a wording has something that some of all concepts have.
fn rarity(concepts: usize, all: usize) -> f32 {
    // With 64 bits, so that the last bit of one processor's logarithm does not reach the 32 that are kept.
    ((all as f64 + 1.0) / (concepts as f64 + 0.5)).ln().max(0.05) as f32
}

fn concepts_of(labels: &[u32], owners: &[u32]) -> usize {
    labels.chunk_by(|a, b| owners[*a as usize] == owners[*b as usize]).count()
}

fn inverted<'a>(rows: impl Iterator<Item = &'a Vec<u64>>) -> (Vec<u64>, Vec<Vec<u32>>) {
    let mut lists: HashMap<u64, Vec<u32>> = HashMap::new();
    for (label, row) in (0..).zip(rows) {
        row.iter().for_each(|term| lists.entry(*term).or_default().push(label));
    }
    let mut lists: Vec<_> = lists.into_iter().collect();
    lists.sort_unstable_by_key(|(term, _)| *term);
    lists.into_iter().unzip()
}

fn sorted_by_hash(hashes: impl Iterator<Item = u64>) -> (Numbers<u64>, Numbers<u32>) {
    let mut pairs: Vec<(u64, u32)> = hashes.zip(0..).collect();
    pairs.sort_unstable();
    let (hashes, labels): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    (hashes.into(), labels.into())
}

fn with_hash<'a>(hashes: &[u64], labels: &'a [u32], hash: u64) -> &'a [u32] {
    let from = hashes.partition_point(|other| *other < hash);
    let many = hashes.get(from..).unwrap_or_default().iter().take_while(|other| **other == hash).count();
    labels.get(from..from + many).unwrap_or_default()
}
