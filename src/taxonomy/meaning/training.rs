//! Learning the vectors of the pieces by contrast.

use super::{
    DIMENSIONS,
    corpus::Corpus,
    lexicon::{Lexicon, share},
    matrix,
    random::Random,
    sample::Example,
};
use rayon::prelude::*;

/// How long it is learned, and from how many examples at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) steps: usize,
    /// A multiple of [`ROWS`].
    pub(super) examples: usize,
}

impl Effort {
    /// For a whole taxonomy. Each doubling of the steps from 1,000 to 4,000 gave two hundredths more on Dutch wordings of skills.
    pub(super) const FULL: Self = Self { steps: 4_000, examples: 512 };
}

/// Divides the cosines before they become odds: 0.1 was better than 0.05 and 0.07, 0.15 the same.
const TEMPERATURE: f32 = 0.1;
/// The first step's size; it falls to 0 evenly. From 0.3 to 1 the same.
const RATE: f32 = 0.3;
/// Rows that one thread takes at a time.
const ROWS: usize = 16;
/// Parts of the pieces that are changed apart from each other. Fixed, so that threads change nothing.
const PARTS: usize = 8;

/// A vector of [`DIMENSIONS`] numbers for each piece.
pub(super) fn train(lexicon: &Lexicon, corpus: &Corpus, effort: Effort) -> Vec<f32> {
    let mut pieces = Pieces::new(lexicon.pieces());
    let mut step = Step::new(effort.examples);
    for number in 0..effort.steps {
        step.draw(corpus, number);
        step.gather_words();
        step.forward(lexicon, &pieces.vectors);
        step.contrast();
        let rate = RATE * (1.0 - number as f32 / effort.steps as f32);
        step.backward(lexicon);
        pieces.change(lexicon, &step, rate);
    }
    pieces.vectors
}

/// What is learned.
struct Pieces {
    vectors: Vec<f32>,
    /// The sum of the squares of what each vector was told, over its numbers (Adagrad, one rate for each row:
    /// Duchi, Hazan, Singer 2011).
    told: Vec<f32>,
}

impl Pieces {
    fn new(count: usize) -> Self {
        let size = 1.0 / (DIMENSIONS as f32).sqrt();
        let mut vectors = vec![0.0; count * DIMENSIONS];
        vectors.par_chunks_exact_mut(DIMENSIONS).enumerate().for_each(|(piece, row)| {
            let mut random = Random::new(usize::MAX, piece);
            row.iter_mut().for_each(|x| *x = size * (2.0 * random.unit() - 1.0));
        });
        Self { vectors, told: vec![1e-4; count] }
    }

    fn change(&mut self, lexicon: &Lexicon, step: &Step, rate: f32) {
        let rate = rate / (DIMENSIONS as f32).sqrt();
        let part = self.told.len().div_ceil(PARTS).max(1);
        let parts = self.vectors.par_chunks_mut(part * DIMENSIONS).zip(self.told.par_chunks_mut(part));
        parts.enumerate().for_each(|(number, (vectors, told))| {
            let first = number * part;
            for (word, gradient) in step.words.iter().zip(step.word_gradients.chunks_exact(DIMENSIONS)) {
                let all = lexicon.pieces_of(*word);
                let from = all.partition_point(|piece| (*piece as usize) < first);
                let to = all.partition_point(|piece| (*piece as usize) < first + told.len());
                let share = share(all.len());
                let square = share * share * matrix::dot(gradient, gradient) / DIMENSIONS as f32;
                for piece in &all[from..to] {
                    let piece = *piece as usize - first;
                    told[piece] += square;
                    let row = &mut vectors[piece * DIMENSIONS..(piece + 1) * DIMENSIONS];
                    matrix::add(row, -rate * share / told[piece].sqrt(), gradient);
                }
            }
        });
    }
}

/// A word at its place in a text of the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    word: u32,
    text: u32,
}

/// The examples of one step, and what is counted for them. The first texts of all examples stand before the second ones.
struct Step {
    examples: Vec<Example>,
    /// By word, then by text.
    occurrences: Vec<Occurrence>,
    /// The different words, rising; where the occurrences of each begin, and where the last end.
    words: Vec<u32>,
    starts: Vec<usize>,
    /// By text: the words as places in `words`.
    texts: Vec<Vec<u32>>,
    word_vectors: Vec<f32>,
    word_gradients: Vec<f32>,
    /// Directions of the texts, and the lengths they had.
    vectors: Vec<f32>,
    lengths: Vec<f32>,
    gradients: Vec<f32>,
    /// First texts by second texts: odds, then what each cosine is told.
    odds: Vec<f32>,
    turned: Vec<f32>,
}

impl Step {
    fn new(examples: usize) -> Self {
        let texts = 2 * examples;
        Self {
            examples: vec![Example::default(); examples],
            occurrences: Vec::new(),
            words: Vec::new(),
            starts: Vec::new(),
            texts: vec![Vec::new(); texts],
            word_vectors: Vec::new(),
            word_gradients: Vec::new(),
            vectors: vec![0.0; texts * DIMENSIONS],
            lengths: vec![0.0; texts],
            gradients: vec![0.0; texts * DIMENSIONS],
            odds: vec![0.0; examples * examples],
            turned: vec![0.0; examples * examples],
        }
    }

    fn draw(&mut self, corpus: &Corpus, step: usize) {
        self.examples.par_iter_mut().with_min_len(ROWS).enumerate().for_each(|(place, example)| {
            example.draw(corpus, &mut Random::new(step, place));
        });
    }

    /// Each different word of the step once: most of the time goes into the vectors of pieces.
    fn gather_words(&mut self) {
        self.occurrences.clear();
        for (example, number) in self.examples.iter().zip(0_u32..) {
            let second = u32::try_from(self.examples.len()).unwrap_or(0) + number;
            for (words, text) in example.texts.iter().zip([number, second]) {
                self.occurrences.extend(words.iter().map(|word| Occurrence { word: *word, text }));
            }
        }
        self.occurrences.sort_unstable();
        self.words.clear();
        self.starts.clear();
        self.texts.iter_mut().for_each(Vec::clear);
        for (place, occurrence) in self.occurrences.iter().enumerate() {
            if self.words.last() != Some(&occurrence.word) {
                self.words.push(occurrence.word);
                self.starts.push(place);
            }
            let word = u32::try_from(self.words.len() - 1).unwrap_or(u32::MAX);
            self.texts[occurrence.text as usize].push(word);
        }
        self.starts.push(self.occurrences.len());
    }

    fn forward(&mut self, lexicon: &Lexicon, pieces: &[f32]) {
        let Self { words, texts, word_vectors, vectors, lengths, .. } = self;
        word_vectors.resize(words.len() * DIMENSIONS, 0.0);
        word_vectors
            .par_chunks_exact_mut(DIMENSIONS)
            .with_min_len(ROWS)
            .zip(words.as_slice())
            .for_each(|(out, word)| lexicon.put_together(*word, pieces, out));
        vectors.par_chunks_exact_mut(DIMENSIONS).with_min_len(ROWS).zip(lengths).zip(texts).for_each(
            |((vector, length), text)| {
                vector.fill(0.0);
                for place in text.iter() {
                    let from = *place as usize * DIMENSIONS;
                    let weight = lexicon.weight(words[*place as usize]);
                    matrix::add(vector, weight, &word_vectors[from..from + DIMENSIONS]);
                }
                *length = matrix::make_unit(vector).max(1e-6);
            },
        );
    }

    /// Each first text must find its second one among all second ones, and the other way round: the mean of the two
    /// cross entropies of the odds exp(cosine / temperature). Gives what each cosine is told in `odds`, and turned in `turned`.
    fn contrast(&mut self) {
        let count = self.examples.len();
        let Self { examples, vectors, odds, turned, .. } = self;
        let (first, second) = vectors.split_at(count * DIMENSIONS);
        // Two texts of one concept in different examples are no contrast; nor is a text without words.
        let related = |one: &Example, other: &Example| {
            one.concepts.iter().any(|concept| other.concepts.contains(concept))
        };
        odds.par_chunks_exact_mut(ROWS * count)
            .zip(first.par_chunks_exact(ROWS * DIMENSIONS))
            .enumerate()
            .for_each(|(block, (odds, rows))| {
                matrix::products(rows, second, DIMENSIONS, odds);
                for (row, one) in odds.chunks_exact_mut(count).zip(block * ROWS..) {
                    for ((odd, other), place) in row.iter_mut().zip(examples.iter()).zip(0..) {
                        let counts = place == one || !related(&examples[one], other);
                        *odd = if counts { matrix::exponential((*odd - 1.0) / TEMPERATURE) } else { 0.0 };
                    }
                }
            });
        let mut of_second = vec![0.0; count];
        odds.chunks_exact(count).for_each(|row| matrix::add(&mut of_second, 1.0, row));
        odds.par_chunks_exact_mut(count).with_min_len(ROWS).enumerate().for_each(|(one, row)| {
            let of_first: f32 = row.iter().sum();
            for (odd, of_second) in row.iter_mut().zip(&of_second) {
                *odd *= 0.5 / of_first.max(1e-30) + 0.5 / of_second.max(1e-30);
            }
            row[one] -= 1.0;
        });
        turned.par_chunks_exact_mut(count).with_min_len(ROWS).enumerate().for_each(|(column, out)| {
            for (out, row) in out.iter_mut().zip(odds.chunks_exact(count)) {
                *out = row[column];
            }
        });
    }

    fn backward(&mut self, lexicon: &Lexicon) {
        let count = self.examples.len();
        let Self {
            vectors,
            lengths,
            gradients,
            odds,
            turned,
            words,
            starts,
            occurrences,
            word_gradients,
            ..
        } = self;
        let (first, second) = vectors.split_at(count * DIMENSIONS);
        let (of_first, of_second) = gradients.split_at_mut(count * DIMENSIONS);
        let sides = [
            (odds.as_slice(), second, first, &lengths[..count], of_first),
            (turned.as_slice(), first, second, &lengths[count..], of_second),
        ];
        for (told, others, own, lengths, out) in sides {
            out.par_chunks_exact_mut(ROWS * DIMENSIONS)
                .zip(told.par_chunks_exact(ROWS * count))
                .enumerate()
                .for_each(|(block, (out, told))| {
                    matrix::weighted_sums(told, others, DIMENSIONS, out);
                    for (row, out) in out.chunks_exact_mut(DIMENSIONS).enumerate() {
                        // Through the making of length 1: only what turns the vector counts.
                        let text = block * ROWS + row;
                        let own = &own[text * DIMENSIONS..(text + 1) * DIMENSIONS];
                        matrix::add(out, -matrix::dot(out, own), own);
                        out.iter_mut().for_each(|x| *x /= TEMPERATURE * lengths[text]);
                    }
                });
        }
        word_gradients.resize(words.len() * DIMENSIONS, 0.0);
        let each = word_gradients.par_chunks_exact_mut(DIMENSIONS).with_min_len(ROWS).enumerate();
        each.for_each(|(word, out)| {
            out.fill(0.0);
            let weight = lexicon.weight(words[word]);
            for occurrence in &occurrences[starts[word]..starts[word + 1]] {
                let from = occurrence.text as usize * DIMENSIONS;
                matrix::add(out, weight, &gradients[from..from + DIMENSIONS]);
            }
        });
    }
}
