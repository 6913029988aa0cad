//! The words of a wording, as they are compared.

use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Most characters of a wording that are read; what names one thing is shorter.
const MOST_CHARACTERS: usize = 400;

/// A word: letters and digits, without marks, in lower case. `+` and `#` stay at the end of a short one (C++, C#).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The letters.
    pub(super) text: String,
    /// Whether it stands in brackets.
    pub(super) bracketed: bool,
    /// What stands before it.
    pub(super) gap: Gap,
    /// Characters of the text that it stands on.
    pub(super) characters: Range<usize>,
}

/// What stands between a word and the word before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing but spaces and hyphens: they may belong together.
    #[default]
    Space,
    /// A slash: perhaps another name of the same thing.
    Slash,
    /// A sign that ends a sentence, a part of it or a line: they do not belong together.
    Stop,
}

/// The words of a wording, without the marks of gender and without a word that stands twice in a row: "CNC-draaier (m/v)" is `cnc`, `draaier`.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = all_words(text.chars().take(MOST_CHARACTERS));
    drop_gender_marks(&mut words);
    words.dedup_by(|later, first| later.text == first.text);
    words
}

/// Words with one space between them.
pub(super) fn key<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    let mut key = String::new();
    for word in words {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.text);
    }
    key
}

/// A number for a text; equal texts have equal numbers (FNV-1a with a last stir).
pub(super) fn hash(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    stir(hash)
}

/// A number for words, however they are joined: "kraan-machinist", "kraan machinist" and "kraanmachinist" are equal.
pub(super) fn joined_hash<'a>(words: impl IntoIterator<Item = &'a Word>) -> u64 {
    hash(&words.into_iter().map(|word| word.text.as_str()).collect::<String>())
}

/// Mixes the bits of a number (the finaliser of SplitMix64).
pub(super) fn stir(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Every word of a text of any length.
pub(super) fn all_words(characters: impl Iterator<Item = char>) -> Vec<Word> {
    let mut reader = Reader::default();
    let mut characters = characters.enumerate().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        reader.read(at, c, next);
    }
    reader.end_word();
    reader.words
}

#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    word: String,
    /// Letters since the word began, or since the last dot in it.
    piece: usize,
    characters: Range<usize>,
    brackets: usize,
    gap: Gap,
}

impl Reader {
    fn read(&mut self, at: usize, c: char, next: char) {
        match c {
            // Apostrophes and what cannot be seen stand inside words: "auto's", soft hyphens, marks of direction.
            '\'' | '’' | '‘' | '`' | '´' | '\u{ad}' | '\u{feff}' => {}
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {}
            '(' | '[' | '{' => {
                self.end_word();
                self.gap = Gap::Stop;
                self.brackets += 1;
            }
            ')' | ']' | '}' => {
                self.end_word();
                self.gap = Gap::Stop;
                self.brackets = self.brackets.saturating_sub(1);
            }
            '/' => {
                self.end_word();
                self.gap = self.gap.max(Gap::Slash);
            }
            '+' | '#' if (1..=2).contains(&self.word.len()) && !next.is_alphanumeric() => self.add(at, c),
            // "a.d.l." is one word.
            '.' if self.piece == 1 && next.is_alphanumeric() => self.piece = 0,
            c if c.is_ascii_alphanumeric() => self.add(at, c.to_ascii_lowercase()),
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '•' | '·' | '|' | '\n' | '\r' => {
                self.end_word();
                self.gap = Gap::Stop;
            }
            c if c.is_ascii() => self.end_word(),
            c => {
                let mut letters = 0;
                for c in c.nfkd().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
                    if c.is_alphanumeric() {
                        plain(c).chars().for_each(|c| self.add(at, c));
                        letters += 1;
                    }
                }
                if letters == 0 && !is_combining_mark(c) {
                    self.end_word();
                }
            }
        }
    }

    fn add(&mut self, at: usize, c: char) {
        if self.word.is_empty() {
            self.characters.start = at;
        }
        self.characters.end = at + 1;
        self.word.push(c);
        self.piece += 1;
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        self.piece = 0;
        self.words.push(Word {
            text: std::mem::take(&mut self.word),
            bracketed: self.brackets > 0,
            gap: std::mem::take(&mut self.gap),
            characters: self.characters.clone(),
        });
    }
}

/// Letters that Unicode does not take apart.
fn plain(c: char) -> Plain {
    match c {
        'ß' => Plain::Two("ss"),
        'æ' => Plain::Two("ae"),
        'œ' => Plain::Two("oe"),
        'ø' => Plain::One('o'),
        'ł' => Plain::One('l'),
        'đ' => Plain::One('d'),
        'ı' => Plain::One('i'),
        c => Plain::One(c),
    }
}

enum Plain {
    One(char),
    Two(&'static str),
}

impl Plain {
    fn chars(self) -> impl Iterator<Item = char> {
        let (one, two) = match self {
            Self::One(c) => (Some(c), ""),
            Self::Two(letters) => (None, letters),
        };
        one.into_iter().chain(two.chars())
    }
}

/// Takes out m/v, m/v/x, m/w/d, h/f and the like: two single letters or more in a row, behind the first word.
fn drop_gender_marks(words: &mut Vec<Word>) {
    let mark = |word: &Word| matches!(word.text.as_str(), "m" | "v" | "x" | "w" | "d" | "f" | "h" | "k");
    let mut at = 1;
    while at < words.len() {
        let marks = words[at..].iter().take_while(|word| mark(word)).count();
        if marks >= 2 {
            words.drain(at..at + marks);
        } else {
            at += 1 + marks;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(key(&words(text)), expected, "{text:?}");
    }

    #[test]
    fn case_marks_signs_and_gender_change_nothing() {
        check("CNC-draaier (m/v)", "cnc draaier");
        check("Verpleger  M/V/X", "verpleger");
        check("«Coördinator» auto’s", "coordinator autos");
        check("\u{200f}kok\u{202e}\u{7}", "kok");
        check("Bäcker (m/w/d)", "backer");
        check("C++ / C# en C", "c++ c# en c");
        check("A.D.L. hulp", "adl hulp");
        check("Spawacz, ślusarz; Łódź", "spawacz slusarz lodz");
        check("kok kok", "kok");
        check("", "");
    }

    #[test]
    fn hyphens_and_spaces_inside_a_word_change_nothing() {
        let joined = |text: &str| joined_hash(&words(text));
        assert_eq!(joined("kraan-machinist"), joined("Kraanmachinist"));
        assert_eq!(joined("kraan machinist"), joined("kraanmachinist"));
        assert_ne!(joined("C++"), joined("C#"));
    }

    #[test]
    fn words_know_their_brackets_slashes_and_places() {
        let found = words("verpleger/verzorgende (nacht)");
        assert_eq!(
            found.iter().map(|word| word.gap).collect::<Vec<_>>(),
            [Gap::Space, Gap::Slash, Gap::Stop]
        );
        assert_eq!(found.iter().map(|word| word.bracketed).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(found[2].characters, 23..28);
    }
}
