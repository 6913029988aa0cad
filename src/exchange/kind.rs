//! What a record is, seen by its shape: no file says it, and one file may hold both kinds.

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// What a raw record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A *werkzoekende* of VUM.
    VumCandidate,
    /// A *vacature* of VUM.
    VumVacancy,
    /// A candidate as a proto3 JSON message of the service: `{"candidate": {…}}`.
    OwnCandidate,
    /// A vacancy as a proto3 JSON message of the service: `{"vacancy": {…}}`.
    OwnVacancy,
    /// None of these, both, or no JSON at all: whoever parses it says what is wrong.
    Unknown,
}

impl RecordKind {
    /// Recognises a record by the names of its fields.
    pub fn of(bytes: &[u8]) -> Self {
        RecordHead::of(bytes).kind
    }
}

/// Kind and id of a record, read without building its tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecordHead {
    pub(super) kind: RecordKind,
    pub(super) id: Option<String>,
}

impl RecordHead {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let unknown = Self { kind: RecordKind::Unknown, id: None };
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let Ok(head) = reader.deserialize_map(HeadVisitor) else { return unknown };
        if reader.end().is_err() { unknown } else { head }
    }
}

/// What the names of the fields say about the kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    candidate_id: bool,
    vacancy_id: bool,
    candidate_fields: u32,
    vacancy_fields: u32,
    own_candidate: bool,
    own_vacancy: bool,
}

/// Fields that only a *werkzoekende* has.
const CANDIDATE_FIELDS: [&str; 8] = [
    "arbeidsmarktkwalificatie",
    "bemiddelingsberoep",
    "eisAanWerk",
    "indicatieBeschikbaarheidContactgegevens",
    "mobiliteit",
    "persoonlijkePresentatie",
    "telefoonnummer",
    "voorkeursland",
];
/// Fields that only a *vacature* has.
const VACANCY_FIELDS: [&str; 9] = [
    "arbeidsVoorwaarden",
    "beroep",
    "codeWerkEnDenkniveauMinimaal",
    "naamVacature",
    "nummerVacature",
    "omschrijvingVacature",
    "sluitingsDatumVacature",
    "sollicitatiewijze",
    "werkgever",
];

impl Shape {
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut shape = Self::default();
        names.for_each(|name| shape.see(name));
        shape
    }

    pub(super) fn see(&mut self, name: &str) {
        match name {
            "idWerkzoekende" => self.candidate_id = true,
            "idVacature" => self.vacancy_id = true,
            "candidate" => self.own_candidate = true,
            "vacancy" => self.own_vacancy = true,
            _ if CANDIDATE_FIELDS.contains(&name) => self.candidate_fields += 1,
            _ if VACANCY_FIELDS.contains(&name) => self.vacancy_fields += 1,
            _ => {}
        }
    }

    pub(super) fn kind(self) -> RecordKind {
        match (self.candidate_id, self.vacancy_id, self.own_candidate, self.own_vacancy) {
            (true, false, false, false) => RecordKind::VumCandidate,
            (false, true, false, false) => RecordKind::VumVacancy,
            (false, false, true, false) => RecordKind::OwnCandidate,
            (false, false, false, true) => RecordKind::OwnVacancy,
            (false, false, false, false) => self.kind_by_typical_fields(),
            _ => RecordKind::Unknown,
        }
    }

    fn kind_by_typical_fields(self) -> RecordKind {
        match (self.candidate_fields, self.vacancy_fields) {
            (1.., 0) => RecordKind::VumCandidate,
            (0, 1..) => RecordKind::VumVacancy,
            _ => RecordKind::Unknown,
        }
    }
}

struct HeadVisitor;

impl<'de> Visitor<'de> for HeadVisitor {
    type Value = RecordHead;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RecordHead, A::Error> {
        let mut shape = Shape::default();
        let mut id = None;
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            shape.see(&name);
            match name.as_ref() {
                "idWerkzoekende" | "idVacature" => id = map.next_value::<Id>()?.0,
                "candidate" | "vacancy" => id = map.next_value::<OwnRecord>()?.0,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(RecordHead { kind: shape.kind(), id })
    }
}

/// An id as text or number; anything else is none.
struct Id(Option<String>);

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => Some(text),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }))
    }
}

/// The id inside a message of the service's own.
struct OwnRecord(Option<String>);

impl<'de> serde::Deserialize<'de> for OwnRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Ok(Self(value.get("id").and_then(|id| id.as_str()).map(str::to_owned)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_recognised_by_shape_and_not_by_order() {
        let kind = |json: &str| RecordKind::of(json.as_bytes());
        assert_eq!(kind(r#"{"sector": [], "idWerkzoekende": "k"}"#), RecordKind::VumCandidate);
        assert_eq!(kind(r#"{"idVacature": 7}"#), RecordKind::VumVacancy);
        assert_eq!(kind(r#"{"mobiliteit": {}}"#), RecordKind::VumCandidate);
        assert_eq!(kind(r#"{"werkgever": {}}"#), RecordKind::VumVacancy);
        assert_eq!(kind(r#"{"candidate": {"id": "k"}}"#), RecordKind::OwnCandidate);
        assert_eq!(kind(r#"{"vacancy": {"id": "v"}}"#), RecordKind::OwnVacancy);
        for unclear in [
            r#"{"idWerkzoekende": "a", "idVacature": "b"}"#,
            r#"{"werkgever": {}, "mobiliteit": {}}"#,
            r#"{"sector": []}"#,
            "{}",
            "[]",
            "7",
            "{",
            r#"{"idVacature": 7} x"#,
        ] {
            assert_eq!(kind(unclear), RecordKind::Unknown, "{unclear}");
        }
    }

    #[test]
    fn the_id_is_read_as_text_or_number() {
        let id = |json: &str| RecordHead::of(json.as_bytes()).id;
        assert_eq!(id(r#"{"idVacature": 7}"#).as_deref(), Some("7"));
        assert_eq!(id(r#"{"idWerkzoekende": "k-1"}"#).as_deref(), Some("k-1"));
        assert_eq!(id(r#"{"vacancy": {"title": "x", "id": "v"}}"#).as_deref(), Some("v"));
        assert_eq!(id(r#"{"idWerkzoekende": null}"#), None);
    }
}
