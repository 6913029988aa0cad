//! Which occupations are driving: there a driving licence is required by law (R4).

use std::sync::LazyLock;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The word list, read once.
static LIST: LazyLock<WordList> =
    LazyLock::new(|| WordList::parse(include_str!("../../../data/driving_occupations.txt")));

/// Words of driving occupations.
struct WordList {
    words: Vec<&'static str>,
    endings: Vec<&'static str>,
    exceptions: Vec<&'static str>,
}

impl WordList {
    fn parse(text: &'static str) -> Self {
        let mut list = Self { words: Vec::new(), endings: Vec::new(), exceptions: Vec::new() };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(exception) = line.strip_prefix('!') {
                list.exceptions.push(exception);
            } else if let Some(ending) = line.strip_prefix('-') {
                list.endings.push(ending);
            } else {
                list.words.push(line);
            }
        }
        list
    }

    fn holds(&self, word: &str) -> bool {
        let excepted = self.exceptions.iter().any(|exception| word.starts_with(exception));
        !excepted && (self.words.contains(&word) || self.endings.iter().any(|ending| word.ends_with(ending)))
    }
}

/// Whether the name of an occupation is one of a driver.
pub(super) fn is_driving_occupation(name: &str) -> bool {
    let holds_one = |name: &str| plain_words(name).split(' ').any(|word| LIST.holds(word));
    // "chauffeur-bezorger" is two words, "rij-instructeur" is one.
    holds_one(name) || (name.contains('-') && holds_one(&name.replace('-', "")))
}

/// The words without accents, capitals and punctuation.
fn plain_words(name: &str) -> String {
    name.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drivers_are_known_by_their_words_also_when_misspelt() {
        for name in [
            "Vrachtwagenschaufeur",
            "Vrachtwagenchauffeur CE",
            "Chauffeur/bezorger",
            "TAXICHAUFFEUR",
            "buschauffeuse",
            "Chauffeur (m/v)",
            "Koerier",
            "Pakketbezorger",
            "Internationaal truckdriver",
            "Rij-instructeur",
        ] {
            assert!(is_driving_occupation(name), "{name}");
        }
    }

    #[test]
    fn who_drives_along_or_on_rails_or_in_a_warehouse_is_no_driver_by_law() {
        for name in [
            "Machinist",
            "Treinmachinist",
            "Kraanmachinist",
            "Heftruckchauffeur",
            "Reachtruckchauffeur",
            "Fietskoerier",
            "Planner chauffeurs",
            "Bijrijder",
            "Verzorgende",
            "",
        ] {
            assert!(!is_driving_occupation(name), "{name}");
        }
    }
}
