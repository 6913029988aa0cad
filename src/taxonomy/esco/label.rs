//! Labels as they come: with controls, marks of the writing direction and signs that nobody sees.

/// Most characters of a label: the longest one of ESCO has 300.
pub(super) const LABEL_CHARACTERS: usize = 500;

/// A label that can be used, and what was taken out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clean {
    /// The words, with single spaces between them; empty when there are none.
    pub(super) text: String,
    /// There were control characters; each became a space.
    pub(super) controls: bool,
    /// There were marks of the writing direction or other signs that nobody sees; they are gone.
    pub(super) invisible: bool,
}

/// Cleans a label.
pub(super) fn clean(label: &str) -> Clean {
    let mut clean = Clean::default();
    let mut text = String::with_capacity(label.len());
    for c in label.chars() {
        match c {
            '\t' | '\n' | '\r' => text.push(' '),
            _ if c.is_control() => {
                clean.controls = true;
                text.push(' ');
            }
            _ if is_invisible(c) => clean.invisible = true,
            _ => text.push(c),
        }
    }
    for word in text.split_whitespace() {
        if !clean.text.is_empty() {
            clean.text.push(' ');
        }
        clean.text.push_str(word);
    }
    if !crate::taxonomy::normalise::has_words(&clean.text) {
        clean.text.clear();
    }
    clean
}

/// Marks of the writing direction, soft hyphens, spaces without width and byte order marks. The joiners between letters
/// stay: they make words in Persian and Hindi.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_keeps_its_words_and_nothing_else() {
        let clean = |label| {
            let Clean { text, controls, invisible } = clean(label);
            (text, controls, invisible)
        };
        assert_eq!(clean("  ver\u{ad}pleeg\u{a0} kundige\n"), ("verpleeg kundige".into(), false, true));
        assert_eq!(clean("\u{202e}ممرض\u{200f}"), ("ممرض".into(), false, true));
        assert_eq!(clean("a\u{0}b\u{7f}"), ("a b".into(), true, false));
        assert_eq!(clean("C++"), ("C++".into(), false, false));
        assert_eq!(clean(" \u{200f} - "), (String::new(), false, true));
    }
}
