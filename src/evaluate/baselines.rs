//! What anybody would build first, measured on the same questions: BM25 over words, and character n-grams.

use crate::taxonomy::normalise;
use std::collections::HashMap;

/// Documents found by the terms they share with a question.
pub(super) struct Baseline {
    terms: HashMap<String, Vec<(u32, f32)>>,
    split: fn(&str) -> Vec<String>,
    documents: usize,
}

impl Baseline {
    /// BM25 (k1 1.2, b 0.75) over normalised words.
    pub(super) fn bm25<'a>(documents: impl IntoIterator<Item = &'a str>) -> Self {
        const K1: f32 = 1.2;
        const B: f32 = 0.75;
        Self::build(documents, words, |count, length, mean, rarity| {
            rarity * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length / mean))
        })
    }

    /// Cosine of character n-grams (3 to 5, with the ends of words), weighed by rarity.
    pub(super) fn n_grams<'a>(documents: impl IntoIterator<Item = &'a str>) -> Self {
        let mut baseline = Self::build(documents, grams, |count, _, _, rarity| count * rarity * rarity);
        // The question's side of the rarity stands in the weight already; what remains is the document's length.
        let mut squares = vec![0f32; baseline.documents];
        for postings in baseline.terms.values() {
            for (document, weight) in postings {
                squares[*document as usize] += weight;
            }
        }
        for postings in baseline.terms.values_mut() {
            for (document, weight) in postings {
                *weight /= squares[*document as usize].sqrt().max(f32::MIN_POSITIVE);
            }
        }
        baseline
    }

    fn build<'a>(
        documents: impl IntoIterator<Item = &'a str>,
        split: fn(&str) -> Vec<String>,
        weight: impl Fn(f32, f32, f32, f32) -> f32,
    ) -> Self {
        let mut terms: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        let mut lengths = Vec::new();
        for (number, document) in (0u32..).zip(documents) {
            let all = split(document);
            lengths.push(all.len() as f32);
            for term in all {
                let postings = terms.entry(term).or_default();
                match postings.last_mut() {
                    Some((last, count)) if *last == number => *count += 1.0,
                    _ => postings.push((number, 1.0)),
                }
            }
        }
        let documents = lengths.len();
        let mean = lengths.iter().sum::<f32>() / documents.max(1) as f32;
        for postings in terms.values_mut() {
            let found = postings.len() as f32;
            let rarity = (1.0 + (documents as f32 - found + 0.5) / (found + 0.5)).ln();
            for (document, count) in postings {
                *count = weight(*count, lengths[*document as usize], mean.max(1.0), rarity);
            }
        }
        Self { terms, split, documents }
    }

    /// The best documents by their numbers, the best first; equal ones in their order.
    pub(super) fn rank(&self, question: &str, limit: usize) -> Vec<usize> {
        let mut scores = vec![0f32; self.documents];
        for term in (self.split)(question) {
            for (document, weight) in self.terms.get(&term).into_iter().flatten() {
                scores[*document as usize] += weight;
            }
        }
        let mut found: Vec<usize> = (0..self.documents).filter(|document| scores[*document] > 0.0).collect();
        found.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        found.truncate(limit);
        found
    }
}

fn words(text: &str) -> Vec<String> {
    normalise(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn grams(text: &str) -> Vec<String> {
    let mut grams = Vec::new();
    for word in normalise(text).split(' ').filter(|word| !word.is_empty()) {
        let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
        for size in 3..=5 {
            grams.extend(letters.windows(size).map(|window| window.iter().collect::<String>()));
        }
    }
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_and_whole_words_lead() {
        let labels = ["medewerker zorg", "medewerker bediening", "lasser", "medewerker lassen"];
        assert_eq!(Baseline::bm25(labels).rank("medewerker lassen", 9)[0], 3);
        assert_eq!(Baseline::n_grams(labels).rank("lassers", 9)[0], 2);
        assert!(Baseline::bm25(labels).rank("kok", 9).is_empty());
    }
}
