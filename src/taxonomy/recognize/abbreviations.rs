//! What abbreviations of the Dutch labour market stand for: `data/taxonomy/abbreviations.toml`.

use super::{
    label_index::LabelIndex,
    stem::stem,
    words::{Word, hash, key, words},
};
use serde::Deserialize;
use std::{collections::HashMap, sync::LazyLock};

/// Shortest abbreviation that is read among other words; a shorter one is read where it stands alone ("PA", "SO").
const SHORTEST_AMONG_WORDS: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    abbreviation: Vec<Abbreviation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviation {
    short: String,
    nl: Vec<String>,
}

/// What each short form stands for, the most usual meaning first. A test reads the file; a file that cannot be
/// read would leave this empty.
static LONG_FORMS: LazyLock<HashMap<String, Vec<Vec<Word>>>> = LazyLock::new(|| {
    let sheet = toml::from_str(include_str!("../../../data/taxonomy/abbreviations.toml"));
    let sheet: Sheet = sheet.unwrap_or_else(|_| Sheet { abbreviation: Vec::new() });
    let long = |forms: Vec<String>| forms.iter().map(|form| words(form)).collect();
    sheet.abbreviation.into_iter().map(|entry| (key(&words(&entry.short)), long(entry.nl))).collect()
});

/// The wordings that words with abbreviations stand for, the most usual first; none where no abbreviation is among
/// them that the labels do not know.
pub(super) fn written_out(index: &LabelIndex, short: &[Word]) -> Vec<Vec<Word>> {
    if let Some(forms) = LONG_FORMS.get(&key(short)) {
        return forms.clone();
    }
    let long_form = |word: &Word| {
        let known = word.text.len() < SHORTEST_AMONG_WORDS || index.has_stem(hash(&stem(&word.text)));
        if known { None } else { LONG_FORMS.get(&word.text)?.first() }
    };
    if !short.iter().any(|word| long_form(word).is_some()) {
        return Vec::new();
    }
    let written = short.iter().flat_map(|word| match long_form(word) {
        Some(words) => words.iter().map(|long| Word { bracketed: word.bracketed, ..long.clone() }).collect(),
        None => vec![word.clone()],
    });
    vec![written.collect()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read() {
        assert!(LONG_FORMS.len() >= 100, "{}", LONG_FORMS.len());
        assert!(
            LONG_FORMS.values().all(|forms| !forms.is_empty() && forms.iter().all(|form| !form.is_empty()))
        );
    }

    #[test]
    fn an_abbreviation_is_written_out_alone_and_among_words() {
        let index = LabelIndex::default();
        let out = |text: &str| written_out(&index, &words(text)).iter().map(key).collect::<Vec<_>>();
        assert_eq!(out("VIG")[0], "verzorgende individuele gezondheidszorg");
        assert_eq!(out("vig in de nacht"), ["verzorgende individuele gezondheidszorg in de nacht"]);
        assert!(out("verzorgende").is_empty());
        assert!(!out("PA").is_empty() && out("PA en meer").is_empty());
    }
}
