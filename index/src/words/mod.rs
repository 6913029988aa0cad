//! A list of words in the order of the alphabet, and which of them fit a word that somebody typed.

mod edit;

pub use edit::{Distances, errors_forgiven};

use edit::letters_of;
use std::ops::Range;

/// Shortest typed word that is also looked for inside words, in letters.
pub const SHORTEST_INSIDE: usize = 4;
/// Shortest part of a compound that is taken for a word of its own, in letters.
const SHORTEST_PART: usize = 4;
/// What may stand between the parts of a Dutch compound.
const LINKS: [&str; 4] = ["", "s", "e", "en"];

/// How well a word fits a typed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Not at all.
    None,
    /// Begins like it, but for two typing errors.
    TwoErrors,
    /// Begins like it, but for a typing error.
    OneError,
    /// Has it inside.
    Inside,
    /// Begins with it.
    Beginning,
    /// Is it.
    Whole,
}

/// Different words in the order of the alphabet.
#[derive(Debug)]
pub struct WordList {
    /// The words, each with a line break behind it.
    text: Box<str>,
    /// Where each word begins, and the end of the text.
    starts: Box<[usize]>,
    letters: Box<[u64]>,
}

impl WordList {
    /// A list of sorted, different words.
    pub fn new<'w>(sorted: impl Iterator<Item = &'w str>) -> Self {
        let mut text = String::new();
        let mut starts = vec![0];
        let mut letters = Vec::new();
        for word in sorted {
            text.push_str(word);
            text.push('\n');
            letters.push(letters_of(word.chars()));
            starts.push(text.len());
        }
        Self { text: text.into(), starts: starts.into(), letters: letters.into() }
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// The word at a place; empty where there is none.
    pub fn word(&self, at: usize) -> &str {
        let (from, to) = (self.starts.get(at), self.starts.get(at + 1));
        from.zip(to).and_then(|(from, to)| self.text.get(*from..*to - 1)).unwrap_or_default()
    }

    /// The first word for which `before` no longer holds; it must hold for a first part of the list.
    fn first_not(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.word(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The places of the words that begin with a text.
    pub fn beginning_with(&self, typed: &str) -> Range<usize> {
        let first = self.first_not(|word| word < typed);
        first..self.first_not(|word| word < typed || word.starts_with(typed)).max(first)
    }

    /// Whether a word is in the list.
    pub fn has(&self, word: &str) -> bool {
        let at = self.first_not(|other| other < word);
        at < self.len() && self.word(at) == word
    }

    /// Whether a text stands in some word.
    pub fn has_part(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// The words that begin with a typed word, are it, or have it inside: their places, the best grade of each.
    pub fn fitting(&self, typed: &str) -> Vec<(u32, Grade)> {
        let beginning = self.beginning_with(typed);
        let mut found: Vec<_> = beginning
            .clone()
            .map(|at| (at as u32, if self.word(at) == typed { Grade::Whole } else { Grade::Beginning }))
            .collect();
        if typed.chars().nth(SHORTEST_INSIDE - 1).is_none() {
            return found;
        }
        let mut last = None;
        for (byte, _) in self.text.match_indices(typed) {
            let at = self.starts.partition_point(|start| *start <= byte) - 1;
            if last != Some(at) && !beginning.contains(&at) {
                found.push((at as u32, Grade::Inside));
            }
            last = Some(at);
        }
        found
    }

    /// The words that begin like a typed one but for typing errors.
    pub fn nearly_fitting(&self, typed: &str) -> Vec<(u32, Grade)> {
        let typed: Vec<char> = typed.chars().collect();
        let most = errors_forgiven(typed.len());
        if most == 0 {
            return Vec::new();
        }
        let wanted = letters_of(typed.iter().copied());
        let mut distances = Distances::default();
        let mut word = Vec::new();
        let mut found = Vec::new();
        for (at, letters) in self.letters.iter().enumerate() {
            // Every letter that a word does not have costs at least one error.
            if (wanted & !letters).count_ones() as usize > most {
                continue;
            }
            word.clear();
            word.extend(self.word(at).chars());
            let grade = match distances.beginning(&typed, &word, most) {
                None => continue,
                Some(0 | 1) => Grade::OneError,
                Some(_) => Grade::TwoErrors,
            };
            found.push((at as u32, grade));
        }
        found
    }

    /// The words that end with a text and are longer than it.
    pub fn ending_with(&self, text: &str) -> Vec<usize> {
        let at_the_end = format!("{text}\n");
        let places = self.text.match_indices(&at_the_end);
        let word = |(byte, _): (usize, &str)| {
            let at = self.starts.partition_point(|start| *start <= byte).checked_sub(1)?;
            (self.starts.get(at) != Some(&byte)).then_some(at)
        };
        places.filter_map(word).collect()
    }

    /// The words with the same first letter that are a typed one but for typing errors, and how many errors.
    pub fn nearly(&self, typed: &str) -> Vec<(usize, usize)> {
        let letters: Vec<char> = typed.chars().collect();
        let most = errors_forgiven(letters.len());
        let Some(first) = letters.first().filter(|_| most > 0) else { return Vec::new() };
        let wanted = letters_of(letters.iter().copied());
        let mut distances = Distances::default();
        let mut word = Vec::new();
        let mut found = Vec::new();
        for at in self.beginning_with(first.encode_utf8(&mut [0; 4])) {
            let missing = self.letters.get(at).map_or(64, |has| (wanted & !has).count_ones() as usize);
            if missing > most {
                continue;
            }
            word.clear();
            word.extend(self.word(at).chars());
            found.extend(distances.whole(&letters, &word, most).map(|errors| (at, errors)));
        }
        found
    }

    /// A compound that is being typed as two words: the first is one of the list, the second the beginning of one. The
    /// longest second word wins, since it says what the thing is.
    pub fn split<'t>(&self, typed: &'t str) -> Option<(&'t str, &'t str)> {
        self.cut(typed, |second| !self.beginning_with(second).is_empty())
    }

    /// A compound as two words of the list; the longest second word wins.
    pub fn parts<'t>(&self, compound: &'t str) -> Option<(&'t str, &'t str)> {
        self.cut(compound, |second| self.has(second))
    }

    fn cut<'t>(&self, compound: &'t str, fits: impl Fn(&str) -> bool) -> Option<(&'t str, &'t str)> {
        let letters = compound.chars().count();
        let cuts = compound.char_indices().enumerate().map(|(at, (byte, _))| (at, byte));
        cuts.filter(|(at, _)| (SHORTEST_PART..=letters.saturating_sub(SHORTEST_PART)).contains(at))
            .map(|(_, byte)| compound.split_at(byte))
            .filter(|(_, second)| fits(second))
            .find_map(|(first, second)| {
                LINKS.iter().filter_map(|link| first.strip_suffix(link)).find_map(|first| {
                    let long_enough = first.chars().nth(SHORTEST_PART - 1).is_some();
                    (long_enough && self.has(first)).then_some((first, second))
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> WordList {
        let mut words = ["wagen", "vrachtwagen", "chauffeur", "vrachtwagenchauffeur", "verzorgende", "kok"];
        words.sort_unstable();
        WordList::new(words.into_iter())
    }

    fn named(list: &WordList, found: Vec<(u32, Grade)>) -> Vec<(&str, Grade)> {
        found.into_iter().map(|(at, grade)| (list.word(at as usize), grade)).collect()
    }

    #[test]
    fn a_typed_word_fits_whole_at_the_beginning_and_inside() {
        let list = list();
        assert_eq!(
            named(&list, list.fitting("wagen")),
            [
                ("wagen", Grade::Whole),
                ("vrachtwagen", Grade::Inside),
                ("vrachtwagenchauffeur", Grade::Inside)
            ]
        );
        assert_eq!(named(&list, list.fitting("ver")), [("verzorgende", Grade::Beginning)]);
        assert_eq!(named(&list, list.fitting("ok")), []);
        assert_eq!(list.fitting("zz"), []);
    }

    #[test]
    fn typing_errors_are_forgiven_in_long_words_only() {
        let list = list();
        assert_eq!(named(&list, list.nearly_fitting("vezorg")), [("verzorgende", Grade::OneError)]);
        assert_eq!(named(&list, list.nearly_fitting("schaufeur")), [("chauffeur", Grade::TwoErrors)]);
        assert_eq!(list.nearly_fitting("kak"), []);
    }

    #[test]
    fn a_compound_falls_into_known_words() {
        let list = list();
        assert_eq!(list.split("vrachtwagenskok"), None, "the second part is too short");
        assert_eq!(list.split("wagenverzorgende"), Some(("wagen", "verzorgende")));
        assert_eq!(list.split("wagensverzor"), Some(("wagen", "verzor")));
        assert_eq!(list.split("ééééééééé"), None);
    }
}
