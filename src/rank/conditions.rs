//! Working conditions that are the same in other words, and their opposites, from `data/conditions.toml` (R2).

use super::term::TermKey;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which conditions are the same, and which are opposite.
#[derive(Clone, Debug)]
pub struct ConditionTable {
    /// Of each name the key of its entry and, where there is one, of the opposite entry.
    names: BTreeMap<TermKey, (TermKey, Option<TermKey>)>,
}

/// Why a text is no table of conditions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConditionTableError(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    condition: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    key: String,
    names: Vec<String>,
    opposite: Option<String>,
}

impl ConditionTable {
    /// The table that is part of the program.
    ///
    /// # Errors
    /// When the embedded file is wrong, which a test rules out.
    pub fn embedded() -> Result<Self, ConditionTableError> {
        Self::parse(include_str!("../../data/conditions.toml"))
    }

    /// Reads a table.
    ///
    /// # Errors
    /// When it is not the TOML of a table, a key or name occurs twice, a name has no words, or an opposite is no entry
    /// or not opposite in turn.
    pub fn parse(text: &str) -> Result<Self, ConditionTableError> {
        let wrong = |what: String| Err(ConditionTableError(what));
        let file: File = toml::from_str(text).map_err(|e| ConditionTableError(e.to_string()))?;
        let mut keys = BTreeSet::new();
        let mut names = BTreeMap::new();
        for row in &file.condition {
            if !keys.insert(&row.key) {
                return wrong(format!("{} is there twice", row.key));
            }
            if let Some(other) = &row.opposite {
                let back = file.condition.iter().find(|one| one.key == *other);
                if back.is_none_or(|back| back.opposite.as_ref() != Some(&row.key)) {
                    return wrong(format!("{} is not the opposite of {other} in turn", row.key));
                }
            }
            let opposite = row.opposite.as_deref().map(TermKey::of_condition);
            for name in &row.names {
                let Some(key) = TermKey::of_text(name) else {
                    return wrong(format!("{} has a name without words", row.key));
                };
                if names.insert(key, (TermKey::of_condition(&row.key), opposite)).is_some() {
                    return wrong(format!("{name:?} is there twice"));
                }
            }
        }
        Ok(Self { names })
    }

    /// The key of the entry that has a name.
    pub(super) fn entry(&self, name: TermKey) -> Option<TermKey> {
        self.names.get(&name).map(|(entry, _)| *entry)
    }

    /// The key of the opposite of the entry that has a name.
    pub(super) fn opposite(&self, name: TermKey) -> Option<TermKey> {
        self.names.get(&name).and_then(|(_, opposite)| *opposite)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_knows_what_is_the_same_and_what_is_opposite() {
        let table = ConditionTable::embedded().unwrap();
        let key = |name| TermKey::of_text(name).unwrap();
        assert_eq!(table.entry(key("Veel buiten")), table.entry(key("buiten werken")));
        assert_eq!(table.opposite(key("buiten werken")), table.entry(key("binnen")));
        assert_eq!(table.entry(key("iets anders")), None);
    }

    #[test]
    fn a_table_that_contradicts_itself_is_refused() {
        let entry = |key, name, opposite: &str| {
            format!("[[condition]]\nkey = \"{key}\"\nnames = [\"{name}\"]\n{opposite}\n")
        };
        let refused = |text: String| ConditionTable::parse(&text).unwrap_err().to_string();
        assert!(refused(entry("a", "x", "") + &entry("a", "y", "")).contains("a is there twice"));
        assert!(refused(entry("a", "x", "") + &entry("b", "X", "")).contains("\"X\" is there twice"));
        assert!(refused(entry("a", "…", "")).contains("without words"));
        assert!(refused(entry("a", "x", "opposite = \"b\"") + &entry("b", "y", "")).contains("in turn"));
        assert!(refused(entry("a", "x", "oposite = \"b\"")).contains("oposite"));
    }
}
