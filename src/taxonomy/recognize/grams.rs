//! Pieces of three and four letters: what two spellings of one word share.

use super::words::Word;

/// Most different pieces of one wording: their weights then fit in 16 bits together.
pub(super) const MOST: usize = 255;

/// The different pieces of some words, with the ends of words, sorted: the first [`MOST`] that occur.
pub(super) fn grams<'a>(words: impl IntoIterator<Item = &'a Word>) -> Vec<u64> {
    let mut grams = Vec::with_capacity(96);
    let mut letters: Vec<u64> = Vec::with_capacity(32);
    for word in words {
        letters.clear();
        letters.push(u64::from(b' '));
        // A letter beyond the first plane of Unicode shares its number with another one: only a coincidence is lost.
        letters.extend(word.text.chars().map(|c| u64::from(c) & 0xffff));
        letters.push(u64::from(b' '));
        for at in 0..letters.len().saturating_sub(2) {
            let three = letters[at] << 32 | letters[at + 1] << 16 | letters[at + 2];
            grams.push(three);
            if let Some(fourth) = letters.get(at + 3) {
                grams.push(three << 16 | fourth);
            }
        }
        if grams.len() > 2 * MOST {
            break;
        }
    }
    grams.truncate(2 * MOST);
    grams.sort_unstable();
    grams.dedup();
    grams.truncate(MOST);
    grams
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn a_typing_error_leaves_most_pieces() {
        let pieces = |text: &str| grams(&words(text));
        let right = pieces("chauffeur");
        let wrong = pieces("schaufeur");
        let shared = right.iter().filter(|gram| wrong.contains(gram)).count();
        assert_eq!((right.len(), shared), (17, 10));
        assert_eq!(pieces("Kok").len(), 5, "' ko', 'kok', 'ok ', ' kok', 'kok '");
    }

    #[test]
    fn pieces_of_a_long_text_are_few() {
        assert!(grams(&words(&"lang woord ".repeat(5_000))).len() <= MOST);
    }
}
