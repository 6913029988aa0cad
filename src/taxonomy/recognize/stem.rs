//! Words without their endings: Dutch first, and what it shares with its neighbours.

use crate::taxonomy::LabelLanguage;

/// What an ending becomes; the first that fits counts, where at least three letters stay.
const ENDINGS: &[(&str, &str)] = &[
    ("trices", "teur"),
    ("trice", "teur"),
    ("euses", "eur"),
    ("euse", "eur"),
    ("eurs", "eur"),
    ("eren", "eer"),
    ("logen", "log"),
    ("loge", "log"),
    ("loog", "log"),
    ("grafe", "graf"),
    ("graaf", "graf"),
    ("ische", "isch"),
    ("isch", "isch"),
    ("heden", "heid"),
    ("sters", ""),
    ("ster", ""),
    ("innen", ""),
    ("ingen", ""),
    ("ing", ""),
    ("rders", "r"),
    ("rder", "r"),
    ("aars", ""),
    ("aar", ""),
    ("ers", ""),
    ("enden", "end"),
    ("ende", "end"),
    ("igen", "ig"),
    ("ige", "ig"),
    ("er", ""),
    ("en", ""),
    ("es", ""),
    ("e", ""),
    ("s", ""),
];
const DIMINUTIVES: &[&str] = &["tjes", "tje", "pjes", "pje", "kjes", "kje", "jes", "je"];

/// Whether words of a language have stems here.
pub(super) fn has_stems(language: LabelLanguage) -> bool {
    ["nl", "de", "en", "fr"].into_iter().filter_map(LabelLanguage::parse).any(|known| known == language)
}

/// The stem of a word: "verpleger", "verpleegster" and "verpleging" are one, and so are "besturen" and "bestuurder".
/// Short words, and words with other letters than a to z, stay as they are.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if word.len() <= 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return stem;
    }
    let diminutive =
        DIMINUTIVES.iter().find(|ending| stem.ends_with(**ending) && stem.len() >= ending.len() + 4);
    stem.truncate(stem.len() - diminutive.map_or(0, |ending| ending.len()));
    let ending = ENDINGS.iter().find(|(ending, _)| stem.ends_with(ending) && stem.len() >= ending.len() + 3);
    match ending {
        // "campus", "analysis", "mess": no plural.
        Some(("s", _)) if ["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) => {}
        Some((ending, replacement)) => {
            stem.truncate(stem.len() - ending.len());
            stem.push_str(replacement);
        }
        None => {}
    }
    let mut letters = stem.into_bytes();
    single_sounds(&mut letters);
    String::from_utf8(letters).unwrap_or_default().replace("ph", "f").replace("th", "t")
}

/// Spelling of an open and a closed syllable made one: bakk → bak, verkoop → verkop, huiz → huis.
fn single_sounds(letters: &mut Vec<u8>) {
    let vowel = |letter: u8| b"aeiou".contains(&letter);
    if let [.., a, b] = letters[..]
        && letters.len() >= 4
        && a == b
        && !vowel(b)
    {
        letters.pop();
    }
    if let [.., a, b, last] = letters[..]
        && letters.len() >= 4
        && a == b
        && vowel(a)
        && a != b'i'
        && !vowel(last)
    {
        letters.remove(letters.len() - 2);
    }
    match letters.last_mut() {
        Some(last @ b'v') => *last = b'f',
        Some(last @ b'z') => *last = b's',
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(words: &[&str]) {
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        assert!(stems.iter().all(|one| *one == stems[0]), "{words:?}: {stems:?}");
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        same(&["verpleger", "verpleegster", "verpleging", "verplegen"]);
        same(&["besturen", "bestuurder", "besturing", "bestuurders"]);
        same(&["directeur", "directrice", "directeurs"]);
        same(&["monteur", "monteuse", "monteurs"]);
        same(&["bakker", "bakkers", "bakken"]);
        same(&["verkoop", "verkopen", "verkoper"]);
        same(&["fotograaf", "fotografe"]);
        same(&["huis", "huizen", "huisje"]);
        assert_eq!(
            (stem("campus").as_str(), stem("c++").as_str(), stem("طباخ").as_str()),
            ("campus", "c++", "طباخ")
        );
    }
}
