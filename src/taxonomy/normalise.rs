//! How words are compared: without case, accents and signs.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text as it is compared: Unicode NFKD, marks stripped, lower case, everything that is no letter or
/// digit becomes one space, trimmed.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        // What is said below, without the tables of Unicode: most labels.
        for c in text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())) {
            if c.is_ascii_alphanumeric() {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        out.truncate(out.trim_end().len());
        return out;
    }
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') && !is_combining_mark(c) {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether anything is left of a text when it is compared.
pub(super) fn has_words(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_alphanumeric()) || !normalise(text).is_empty()
}
