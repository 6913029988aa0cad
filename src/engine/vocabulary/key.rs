//! What a wording is remembered by.

use crate::taxonomy::recognize::WordingKind;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Words of at most this many bytes are short.
const SHORT: usize = 127;

/// The first 128 bits of the BLAKE3 hash of what words are and of the words as they are recognised: no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::engine) struct WordingKey(pub(super) [u8; 16]);

impl WordingKey {
    /// Of words that name one thing, in the form of [`as_recognized`].
    pub(super) fn of_wording(kind: WordingKind, text: &str) -> Self {
        let kind = match kind {
            WordingKind::Occupation => b'o',
            WordingKind::Skill => b's',
        };
        Self::hash(kind, text)
    }

    /// Of a free text, in which concepts of one kind are looked for.
    pub(super) fn of_text(kind: WordingKind, text: &str) -> Self {
        let kind = match kind {
            WordingKind::Occupation => b'O',
            WordingKind::Skill => b'S',
        };
        Self::hash(kind, text)
    }

    fn hash(kind: u8, text: &str) -> Self {
        let mut short = [kind; 1 + SHORT];
        let hash = match short.get_mut(1..=text.len()) {
            // Nearly every wording: a hasher of its own is larger than the words are.
            Some(words) => {
                words.copy_from_slice(text.as_bytes());
                blake3::hash(&short[..=text.len()])
            }
            None => blake3::Hasher::new().update(&[kind]).update(text.as_bytes()).finalize(),
        };
        let mut first = [0; 16];
        first.copy_from_slice(&hash.as_bytes()[..16]);
        Self(first)
    }

    /// Half of it, to count different wordings by.
    pub(super) fn number(self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }

    pub(super) fn shard(self, shards: usize) -> usize {
        usize::from(self.0[0]) % shards
    }
}

/// Words as they are recognised and remembered: Unicode NFKC, lower case, single spaces. Case never matters, whatever
/// the recogniser looks at.
pub(super) fn as_recognized(text: &str) -> Cow<'_, str> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' ' || b == b'-';
    if text.bytes().all(plain) && !text.contains("  ") && text.trim() == text {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        // What is said below, without the tables of Unicode.
        return Cow::Owned(single_spaces(&text.to_ascii_lowercase()));
    }
    let lower: String = text.nfkc().flat_map(char::to_lowercase).collect();
    Cow::Owned(single_spaces(&lower))
}

fn single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_composition_and_white_space_do_not_tell_wordings_apart() {
        for (written, recognized) in [
            ("verzorgende ig", "verzorgende ig"),
            (" Verzorgende\tIG\n", "verzorgende ig"),
            ("cafe\u{301}  houder", "café houder"),
            ("ﬁetsenmaker", "fietsenmaker"),
            ("МЕДСЕСТРА", "медсестра"),
        ] {
            assert_eq!(as_recognized(written), recognized);
        }
    }

    proptest! {
        #[test]
        fn the_quick_ways_are_the_plain_definition(text in "[ -~\t\n\u{b}]{0,200}|\\PC{0,80}") {
            let lower: String = text.nfkc().flat_map(char::to_lowercase).collect();
            let plain = lower.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(as_recognized(&text), &plain[..]);
            let key = blake3::hash(format!("s{plain}").as_bytes());
            prop_assert_eq!(&WordingKey::of_wording(WordingKind::Skill, &plain).0, &key.as_bytes()[..16]);
        }
    }

    #[test]
    fn the_kind_is_part_of_the_key() {
        let keys = [
            WordingKey::of_wording(WordingKind::Skill, "lassen"),
            WordingKey::of_wording(WordingKind::Occupation, "lassen"),
            WordingKey::of_text(WordingKind::Skill, "lassen"),
            WordingKey::of_text(WordingKind::Occupation, "lassen"),
        ];
        assert_eq!(std::collections::BTreeSet::from(keys).len(), 4);
    }
}
