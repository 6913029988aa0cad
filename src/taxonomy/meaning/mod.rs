//! What wordings mean, learned from a taxonomy's own words: near in meaning though no letters are shared.
//!
//! A wording is a bag of pieces: its words and their runs of 3 to 5 characters. Every piece has a vector; a wording's vector
//! is the sum of those of its pieces. The vectors are learned by contrast: two texts of one concept (labels in two
//! languages, a label and a description, the same sentence in two languages, an occupation and a skill that it needs) must
//! lie nearer to each other than to the other texts of the same step. So a Dutch word comes to lie by the English
//! synonyms of the concepts it stands for, and a word that was never seen by the words it is built like.
//! No model made elsewhere, no download, no graphics card.
//!
//! The same taxonomy and texts give the same model to the last bit, on any number of threads.

mod bytes;
mod cells;
mod concepts;
mod corpus;
mod lexicon;
mod matrix;
mod pieces;
mod quantised;
mod random;
mod sample;
#[cfg(test)]
mod tests;
mod training;

use super::{ConceptKind, ConceptNumber, Taxonomy, esco::TrainingText, normalise};
use cells::Cells;
use corpus::Corpus;
use lexicon::Lexicon;
use pieces::pieces_of;
use quantised::{Codes, QuantisedRows};
use serde::{Deserialize, Serialize};
use training::Effort;

/// Numbers of a vector.
const DIMENSIONS: usize = 128;
/// Most words of a wording that count; more is no wording.
const MOST_WORDS: usize = 48;
/// Fewest labels from which a meaning can be learned: below it, the words that are shared are all there is.
const FEWEST_LABELS: usize = 20_000;

/// The learned meaning of one taxonomy's words and concepts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MeaningModel {
    /// Hashes of the pieces, rising.
    pieces: Vec<u64>,
    /// A vector for each piece.
    vectors: QuantisedRows,
    /// Hashes of the words that are so frequent that they count less, rising, and what they count.
    frequent: Vec<(u64, f32)>,
    /// A vector of length 1 for each concept, by number; of length 0 where it has no words.
    #[serde(with = "bytes")]
    concepts: Vec<u8>,
    /// Occupations, skills, groups of occupations, groups of skills.
    kinds: [Cells; 4],
}

/// Where a wording lies: a direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeaningVector(Codes);

impl MeaningModel {
    /// Learns from the labels and relations of a taxonomy and from texts about its concepts. `None` where there is too little
    /// to learn from.
    ///
    /// About a minute on two cores for all of ESCO in six languages.
    pub fn train(taxonomy: &Taxonomy, texts: &[TrainingText]) -> Option<Self> {
        (taxonomy.label_count() >= FEWEST_LABELS).then(|| Self::train_with(taxonomy, texts, Effort::FULL))
    }

    fn train_with(taxonomy: &Taxonomy, texts: &[TrainingText], effort: Effort) -> Self {
        let (lexicon, written) = Lexicon::read(taxonomy, texts);
        let corpus = Corpus::new(taxonomy, &lexicon, written);
        let vectors = training::train(&lexicon, &corpus, effort);
        let concepts = concepts::vectors(taxonomy, &lexicon, &corpus, &vectors);
        let of_kind = |kind| Cells::new(taxonomy.of_kind(kind), &concepts);
        Self {
            vectors: QuantisedRows::new(&vectors),
            frequent: lexicon.frequent(),
            pieces: lexicon.into_pieces(),
            concepts: quantised::directions(&concepts),
            kinds: [
                of_kind(ConceptKind::Occupation),
                of_kind(ConceptKind::Skill),
                of_kind(ConceptKind::OccupationGroup),
                of_kind(ConceptKind::SkillGroup),
            ],
        }
    }

    /// Where a wording lies. `None` where nothing of it was ever seen.
    ///
    /// Some microseconds.
    pub fn embed(&self, wording: &str) -> Option<MeaningVector> {
        let mut sum = [0.0; DIMENSIONS];
        let mut hashes = Vec::new();
        let mut known = Vec::new();
        for word in normalise(wording).split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS) {
            pieces_of(word, &mut hashes);
            known.clear();
            known.extend(hashes.iter().filter_map(|hash| self.pieces.binary_search(hash).ok()));
            let weight = hashes.first().map_or(1.0, |word| self.weight_of(*word));
            let share = weight * lexicon::share(known.len());
            known.iter().for_each(|piece| self.vectors.add(*piece, share, &mut sum));
        }
        quantised::direction(&sum).map(MeaningVector)
    }

    fn weight_of(&self, word: u64) -> f32 {
        let found = self.frequent.binary_search_by_key(&word, |(hash, _)| *hash).ok();
        found.and_then(|place| self.frequent.get(place)).map_or(1.0, |(_, weight)| *weight)
    }

    /// How near a wording comes to a concept: the cosine of the angle between them, from −1 to 1; 0 for a number of another taxonomy.
    pub fn similarity(&self, wording: &MeaningVector, concept: ConceptNumber) -> f32 {
        cosine(self.product(wording, concept))
    }

    fn product(&self, wording: &MeaningVector, concept: ConceptNumber) -> i32 {
        let from = concept.index().saturating_mul(DIMENSIONS);
        let row = self.concepts.get(from..from.saturating_add(DIMENSIONS));
        row.map_or(0, |row| quantised::product(&wording.0, row))
    }

    /// The concepts of one kind that a wording comes nearest to, with the cosine, the nearest first (of equals the one with
    /// the lower number); at most `limit`. In a large taxonomy not all are looked at: of the 32 nearest, about one is missed.
    pub fn nearest(
        &self,
        wording: &MeaningVector,
        kind: ConceptKind,
        limit: usize,
    ) -> Vec<(ConceptNumber, f32)> {
        let cells = match kind {
            ConceptKind::Occupation => &self.kinds[0],
            ConceptKind::Skill => &self.kinds[1],
            ConceptKind::OccupationGroup => &self.kinds[2],
            ConceptKind::SkillGroup => &self.kinds[3],
        };
        let nearest = cells.nearest(&wording.0, limit);
        nearest.into_iter().map(|(product, concept)| (concept, cosine(product))).collect()
    }

    /// How many bytes its numbers take.
    pub fn bytes(&self) -> usize {
        self.pieces.len() * size_of::<u64>()
            + self.vectors.bytes()
            + self.concepts.len()
            + self.kinds.iter().map(Cells::bytes).sum::<usize>()
    }
}

fn cosine(product: i32) -> f32 {
    (product as f32 / quantised::EQUAL).clamp(-1.0, 1.0)
}
