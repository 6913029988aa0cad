//! Where in a label the typed words stand.

use super::super::normalise;
use passend_index::words::SHORTEST_INSIDE;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A word of a text as it is compared, and which character of the text each of its letters comes from.
#[derive(Debug, Default)]
struct PlacedWord {
    letters: String,
    from: Vec<usize>,
    end: usize,
}

/// The characters of a label that fit typed words: the typed beginning or inside of a word, else the whole word where
/// `fits_nearly` says that it is meant. In order, without overlap.
pub(super) fn marks(label: &str, typed: &[String], fits_nearly: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for word in placed_words(label) {
        let inside = typed.iter().filter_map(|typed| {
            let from = word.letters.find(typed.as_str())?;
            let (first, letters) = (word.letters.get(..from)?.chars().count(), typed.chars().count());
            (first == 0 || letters >= SHORTEST_INSIDE).then_some(first..first + letters)
        });
        // The longest piece; the first of equals.
        let longest = inside.min_by_key(|piece| (piece.start, usize::MAX - piece.len()));
        match longest {
            Some(piece) => {
                let start = word.from.get(piece.start).copied().unwrap_or(word.end);
                let end = word.from.get(piece.end).copied().unwrap_or(word.end);
                marks.push(start..end.max(start));
            }
            None if fits_nearly(&word.letters) => {
                let start = word.from.first().copied().unwrap_or(word.end);
                marks.push(start..word.end);
            }
            None => {}
        }
    }
    marks
}

fn placed_words(text: &str) -> Vec<PlacedWord> {
    let mut words: Vec<PlacedWord> = Vec::new();
    let mut inside = false;
    let mut buffer = [0; 4];
    for (at, c) in text.chars().enumerate() {
        if is_combining_mark(c) {
            if let Some(word) = words.last_mut().filter(|_| inside) {
                word.end = at + 1;
            }
            continue;
        }
        let letters = normalise(c.encode_utf8(&mut buffer));
        if letters.is_empty() {
            inside = false;
            continue;
        }
        if !inside {
            words.push(PlacedWord::default());
        }
        inside = true;
        if let Some(word) = words.last_mut() {
            // A character that becomes several words (½) marks as one.
            for letter in letters.chars().filter(|letter| *letter != ' ') {
                word.letters.push(letter);
                word.from.push(at);
            }
            word.end = at + 1;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(label: &str, typed: &[&str]) -> Vec<String> {
        let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        let characters: Vec<char> = label.chars().collect();
        marks(label, &typed, |_| false).into_iter().map(|range| characters[range].iter().collect()).collect()
    }

    #[test]
    fn marks_count_characters_whatever_their_bytes_and_accents() {
        assert_eq!(marked("één café-medewerker", &["cafe", "medew"]), ["café", "medew"]);
        assert_eq!(marked("cafe\u{301} ijs", &["cafe"]), ["cafe\u{301}"]);
        assert_eq!(marked("ﬁlmmaker", &["film"]), ["ﬁlm"]);
        assert_eq!(marked("медсестра 😀 kok", &["сестра", "kok"]), ["сестра", "kok"]);
        assert_eq!(marked("kok", &["ober", "ok"]), [""; 0]);
    }

    #[test]
    fn a_word_that_nearly_fits_is_marked_whole() {
        let marks = marks("de chauffeur", &["schaufeur".to_owned()], |word| word == "chauffeur");
        assert_eq!((marks.len(), marks.first()), (1, Some(&(3..12))));
    }
}
