//! Words that carry no meaning of their own, in the languages that labels are most often in.

const FUNCTION_WORDS: &[&str] = &[
    "a", "aan", "als", "am", "an", "and", "as", "at", "au", "auf", "aus", "aux", "bei", "bij", "by", "das",
    "dat", "de", "dem", "den", "der", "des", "die", "do", "door", "du", "een", "ein", "eine", "einen",
    "einer", "en", "et", "etc", "for", "from", "fur", "haar", "het", "hun", "i", "im", "in", "is", "its",
    "la", "le", "les", "met", "mit", "na", "naar", "nad", "o", "od", "of", "om", "on", "op", "or", "ou",
    "oder", "over", "po", "pour", "s", "sur", "t", "te", "ten", "ter", "the", "their", "to", "tot", "u",
    "uit", "un", "und", "une", "van", "vom", "von", "voor", "w", "with", "worden", "z", "ze", "zich", "zijn",
    "zu", "zum", "zur",
];

/// Whether a word carries no meaning of its own.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}
