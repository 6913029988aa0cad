//! Compounds taken apart: "vrachtwagenchauffeur" is a driver of what a "vrachtwagen" is.
//!
//! Learned from the words of the labels alone: a cut is made where both sides are words in their own right, and more usual
//! ones than the whole (Koehn and Knight, "Empirical methods for compound splitting", 2003: the cut with the highest
//! geometric mean of the parts' counts).

use super::{numbers::Numbers, stem::stem, words::hash};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Sounds between the parts.
const LINKS: [&str; 5] = ["", "s", "en", "n", "e"];
/// Shortest word that is cut, and shortest last part.
const SHORTEST: usize = 8;
/// Longest word that is cut: what is longer is no word, and would take the square of its length.
const LONGEST: usize = 60;
const SHORTEST_HEAD: usize = 4;
const SHORTEST_FIRST: usize = 3;
/// Endings that many words have behind a known word are parts too, though they never stand alone: "-kundige".
const COMMON_HEAD: u32 = 8;
/// A compound of compounds is cut this often.
const DEEPEST: u32 = 3;

/// How often stems are used, as words and as last parts of words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Compounds {
    stems: Numbers<u64>,
    alone: Numbers<u32>,
    heads: Numbers<u32>,
}

impl Compounds {
    /// Learned from words, each with the number of concepts it names.
    pub(super) fn learn(words: &BTreeMap<String, u32>) -> Self {
        let mut alone: HashMap<u64, u32> = HashMap::new();
        for (word, concepts) in words {
            if word.chars().count() >= SHORTEST_FIRST && word.chars().all(char::is_alphabetic) {
                *alone.entry(hash(&stem(word))).or_default() += concepts;
            }
        }
        let first = Self::from_counts(&alone, &HashMap::new());
        let mut heads: HashMap<u64, u32> = HashMap::new();
        for word in
            words.keys().filter(|word| word.is_ascii() && (SHORTEST + 1..=LONGEST).contains(&word.len()))
        {
            for cut in SHORTEST_HEAD..word.len() - SHORTEST_HEAD {
                let (before, after) = word.split_at(cut);
                let after = stem(after);
                if after.len() >= SHORTEST_HEAD
                    && first.first_part(before).is_some_and(|(count, _)| count >= 3)
                {
                    *heads.entry(hash(&after)).or_default() += 1;
                }
            }
        }
        heads.retain(|_, count| *count >= COMMON_HEAD);
        Self::from_counts(&alone, &heads)
    }

    fn from_counts(alone: &HashMap<u64, u32>, heads: &HashMap<u64, u32>) -> Self {
        let mut stems: Vec<u64> = alone.keys().chain(heads.keys()).copied().collect();
        stems.sort_unstable();
        stems.dedup();
        let counts = |of: &HashMap<u64, u32>| -> Vec<u32> {
            stems.iter().map(|stem| of.get(stem).copied().unwrap_or_default()).collect()
        };
        Self { alone: counts(alone).into(), heads: counts(heads).into(), stems: stems.into() }
    }

    /// The stems of a word's parts, the last part last; a word that is no compound has one.
    pub(super) fn stems(&self, word: &str) -> Vec<String> {
        let mut stems = Vec::new();
        self.cut(word, DEEPEST, true, &mut stems);
        stems
    }

    fn cut(&self, word: &str, depth: u32, last: bool, out: &mut Vec<String>) {
        let cuts = depth > 0
            && (SHORTEST..=LONGEST).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_lowercase());
        match cuts.then(|| self.best_cut(word)).flatten() {
            Some(at) => {
                self.cut(&word[..at], depth - 1, false, out);
                self.cut(&word[at..], depth - 1, last, out);
            }
            None if last => out.push(stem(word)),
            None => out.push(self.first_part(word).map_or_else(|| stem(word), |(_, stem)| stem)),
        }
    }

    fn best_cut(&self, word: &str) -> Option<usize> {
        let own = f64::from(self.count(&self.alone, &stem(word))) + 0.5;
        let mut best = None;
        let mut highest = own * own;
        for at in SHORTEST_FIRST..=word.len() - SHORTEST_HEAD {
            let (before, after) = word.split_at(at);
            let Some(head) = self.head(after) else { continue };
            let Some((first, _)) = self.first_part(before) else { continue };
            let product = f64::from(first) * f64::from(head);
            if product > highest {
                (best, highest) = (Some(at), product);
            }
        }
        best
    }

    /// How usual a text is as a first part, and the stem it has without the linking sound.
    fn first_part(&self, part: &str) -> Option<(u32, String)> {
        let mut best: Option<(u32, String)> = None;
        for link in LINKS {
            let Some(bare) = part.strip_suffix(link).filter(|bare| bare.len() >= SHORTEST_FIRST) else {
                continue;
            };
            let stem = stem(bare);
            // Three letters begin many words by chance.
            let doubt = if bare.len() == SHORTEST_FIRST { 6 } else { 1 };
            let count = self.count(&self.alone, &stem) / doubt;
            if count >= 2 && best.as_ref().is_none_or(|(highest, _)| count > *highest) {
                best = Some((count, stem));
            }
        }
        best
    }

    fn head(&self, part: &str) -> Option<u32> {
        let stem = stem(part);
        let count = self.count(&self.alone, &stem).max(self.count(&self.heads, &stem) / 2);
        (count >= 2).then_some(count)
    }

    fn count(&self, counts: &[u32], stem: &str) -> u32 {
        self.stems.binary_search(&hash(stem)).ok().and_then(|at| counts.get(at)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned() -> Compounds {
        let words =
            [("vrachtwagen", 9), ("chauffeur", 12), ("belasting", 4), ("consulent", 5), ("medewerker", 40)];
        Compounds::learn(&words.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect())
    }

    #[test]
    fn a_compound_of_known_words_is_cut() {
        assert_eq!(learned().stems("vrachtwagenchauffeur"), ["vrachtwag", "chauffeur"]);
        assert_eq!(learned().stems("belastingsconsulente"), ["belast", "consulent"]);
    }

    #[test]
    fn other_words_stay_whole() {
        assert_eq!(learned().stems("medewerker"), ["medewerk"]);
        let endless = "vrachtwagenchauffeur".repeat(50_000);
        assert_eq!(learned().stems(&endless).len(), 1);
        assert_eq!(learned().stems("wagenchauffage"), ["wagenchauffag"]);
    }
}
