//! What people write before what they can do: "ervaring met", "kennis van", "goed in het".

use super::words::Word;

/// Openings in Dutch, English, German and French, as words.
const OPENINGS: &[&[&str]] = &[
    &["bekend", "met"],
    &["bekwaam", "in"],
    &["ervaring", "als"],
    &["ervaring", "in"],
    &["ervaring", "met"],
    &["ervaren", "in"],
    &["ervaren", "met"],
    &["goed", "in"],
    &["goed", "met"],
    &["ik", "kan"],
    &["in", "staat", "om"],
    &["in", "staat", "tot"],
    &["kennis", "over"],
    &["kennis", "van"],
    &["vaardig", "in"],
    &["vaardig", "met"],
    &["vaardigheden", "in"],
    &["vaardigheid", "in"],
    &["werkervaring", "als"],
    &["werkervaring", "in"],
    &["werkervaring", "met"],
    &["ability", "to"],
    &["able", "to"],
    &["experience", "as"],
    &["experience", "in"],
    &["experience", "of"],
    &["experience", "with"],
    &["experienced", "in"],
    &["familiar", "with"],
    &["good", "at"],
    &["good", "in"],
    &["knowledge", "of"],
    &["proficient", "in"],
    &["skilled", "at"],
    &["skilled", "in"],
    &["skills", "in"],
    &["erfahrung", "als"],
    &["erfahrung", "in"],
    &["erfahrung", "mit"],
    &["gut", "in"],
    &["kenntnis", "von"],
    &["kenntnisse", "in"],
    &["kenntnisse", "uber"],
    &["kenntnisse", "von"],
    &["bon", "en"],
    &["bonne", "en"],
    &["connaissance", "de"],
    &["connaissance", "du"],
    &["connaissances", "en"],
    &["experience", "dans"],
    &["experience", "en"],
];
/// Articles that may follow.
const ARTICLES: &[&str] =
    &["de", "het", "een", "the", "a", "an", "das", "dem", "den", "der", "die", "la", "le", "les", "des"];

/// The words behind an opening; `None` where there is none, or nothing behind it.
pub(super) fn without_opening(words: &[Word]) -> Option<&[Word]> {
    let opens = |opening: &&[&str]| {
        words.len() > opening.len() && opening.iter().zip(words).all(|(known, word)| *known == word.text)
    };
    let rest = &words[OPENINGS.iter().copied().find(|opening| opens(opening))?.len()..];
    let article = rest.len() > 1 && ARTICLES.contains(&rest[0].text.as_str());
    Some(&rest[usize::from(article)..])
}

#[cfg(test)]
mod tests {
    use super::super::words::{key, words};
    use super::*;

    #[test]
    fn what_stands_before_a_skill_is_set_aside() {
        let rest = |text: &str| without_opening(&words(text)).map(key);
        assert_eq!(
            rest("Ervaring met het schrijven van rapporten").as_deref(),
            Some("schrijven van rapporten")
        );
        assert_eq!(rest("Kenntnisse über Mechanik").as_deref(), Some("mechanik"));
        assert_eq!(rest("kennis van"), None);
        assert_eq!(rest("kennismaken met klanten"), None);
    }
}
