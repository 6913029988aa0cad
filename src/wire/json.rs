//! Messages as proto3 JSON, in its canonical form: lowerCamelCase names, empty fields left out, fields in the
//! order of their numbers.

use super::{
    Violations,
    descriptors::{NotDescribed, descriptor, dynamic, typed},
};
use crate::domain::InvalidValue;
use prost::Name;
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, SerializeOptions};
use serde_json::{Map, Value, error::Category};

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonLayout {
    /// On one line.
    Compact,
    /// For people: indented by two spaces.
    Indented,
}

/// Why JSON is no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// The bytes are no JSON.
    #[error("line {line}, column {column}: {problem}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0: the end of the line before.
        column: usize,
        /// What is wrong, without any of the content.
        problem: &'static str,
    },
    /// The JSON has fields that the message does not have, or values that they cannot take.
    #[error(transparent)]
    Fields(#[from] Violations),
    /// The message is not of the interface: a fault of the program.
    #[error(transparent)]
    NotDescribed(#[from] NotDescribed),
    /// A value cannot be written as JSON.
    #[error("the message cannot be written as JSON")]
    Unwritable,
}

/// Writes a message as JSON: the same message gives the same bytes.
///
/// # Errors
/// [`JsonError::NotDescribed`] for a message that is not of the interface.
pub fn to_json<M: Name>(message: &M, layout: JsonLayout) -> Result<String, JsonError> {
    let dynamic = dynamic(message)?;
    let mut bytes = Vec::new();
    let options = SerializeOptions::new();
    let written = match layout {
        JsonLayout::Compact => {
            dynamic.serialize_with_options(&mut serde_json::Serializer::new(&mut bytes), &options)
        }
        JsonLayout::Indented => {
            dynamic.serialize_with_options(&mut serde_json::Serializer::pretty(&mut bytes), &options)
        }
    };
    written.map_err(|_| JsonError::Unwritable)?;
    String::from_utf8(bytes).map_err(|_| JsonError::Unwritable)
}

/// Reads a message from JSON; a field that the message does not have is refused.
///
/// # Errors
/// [`JsonError::Syntax`] for what is no JSON, [`JsonError::Fields`] with every field that cannot be taken.
pub fn from_json<M: Name + Default>(bytes: &[u8]) -> Result<M, JsonError> {
    let described = descriptor::<M>()?;
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let read = DynamicMessage::deserialize(described.clone(), &mut deserializer)
        .and_then(|message| deserializer.end().map(|()| message));
    match read {
        Ok(message) => Ok(typed(&message)?),
        Err(_) => Err(explain(&described, bytes)),
    }
}

/// Finds everything that is wrong. The library stops at the first field, and its texts quote the content.
fn explain(described: &MessageDescriptor, bytes: &[u8]) -> JsonError {
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => return syntax(&error),
    };
    let mut search = Search::default();
    search.message(described, &value);
    if search.violations.is_empty() {
        // A field that is given twice is seen in the bytes only.
        search.note("the JSON is no such message", "check that no field is given twice");
    }
    search.violations.into()
}

fn syntax(error: &serde_json::Error) -> JsonError {
    let problem = match error.classify() {
        Category::Eof => "the JSON breaks off here",
        Category::Syntax | Category::Data | Category::Io => "this is no JSON, or it is nested too deep",
    };
    JsonError::Syntax { line: error.line(), column: error.column(), problem }
}

#[derive(Default)]
struct Search {
    path: Vec<String>,
    violations: Violations,
}

impl Search {
    fn message(&mut self, described: &MessageDescriptor, value: &Value) {
        let Value::Object(fields) = value else {
            let remedy = format!("give the fields of {} between braces", described.name());
            return self.note("this is no JSON object", remedy);
        };
        for (name, value) in fields {
            self.path.push(if self.path.is_empty() { name.clone() } else { format!(".{name}") });
            let found = described.get_field_by_json_name(name).or_else(|| described.get_field_by_name(name));
            match found {
                Some(field) => self.field(&field, name, value),
                None => self.note(
                    format!("{} has no such field", described.name()),
                    "check the spelling, or take the field out",
                ),
            }
            self.path.pop();
        }
        for oneof in described.oneofs().filter(|oneof| oneof.fields().len() > 1) {
            let given = |field: &FieldDescriptor| {
                [field.json_name(), field.name()]
                    .iter()
                    .any(|name| fields.get(*name).is_some_and(|v| !v.is_null()))
            };
            if oneof.fields().filter(given).count() > 1 {
                let names: Vec<_> = oneof.fields().map(|field| field.json_name().to_owned()).collect();
                self.note(
                    "fields are given together that exclude each other",
                    format!("give only one of {}", names.join(", ")),
                );
            }
        }
    }

    fn field(&mut self, field: &FieldDescriptor, name: &str, value: &Value) {
        // proto3 JSON: null is the same as leaving the field out.
        if value.is_null() {
            return;
        }
        if !field.is_list() {
            return self.single(field, name, value);
        }
        let Value::Array(entries) = value else {
            return self.note("this is no list", "give the values between square brackets");
        };
        for (position, entry) in entries.iter().enumerate() {
            self.path.push(format!("[{position}]"));
            self.single(field, name, entry);
            self.path.pop();
        }
    }

    /// One value: looked into when it is a message of ours, else tried out on the library alone.
    fn single(&mut self, field: &FieldDescriptor, name: &str, value: &Value) {
        if let Kind::Message(inner) = field.kind()
            && inner.package_name() != "google.protobuf"
        {
            return self.message(&inner, value);
        }
        let value = if field.is_list() { Value::Array(vec![value.clone()]) } else { value.clone() };
        let alone = Value::Object(Map::from_iter([(name.to_owned(), value)]));
        if DynamicMessage::deserialize(field.parent_message().clone(), alone).is_err() {
            self.note("the value does not fit the field", remedy(field));
        }
    }

    fn note(&mut self, problem: impl Into<String>, remedy: impl Into<String>) {
        self.violations.add(self.path.concat(), InvalidValue::new(problem, remedy));
    }
}

fn remedy(field: &FieldDescriptor) -> String {
    match field.kind() {
        Kind::String => "give a text between quotes".to_owned(),
        Kind::Bool => "give true or false".to_owned(),
        Kind::Bytes => "give the bytes as base64".to_owned(),
        Kind::Double | Kind::Float => "give a number".to_owned(),
        Kind::Enum(choices) => {
            let names: Vec<_> = choices
                .values()
                .filter(|value| value.number() != 0)
                .map(|value| value.name().to_owned())
                .collect();
            format!("give one of {}", names.join(", "))
        }
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => "give a whole number".to_owned(),
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => {
            "give a whole number, between quotes when it is large".to_owned()
        }
        Kind::Uint32 | Kind::Fixed32 => "give a whole number, 0 or more".to_owned(),
        Kind::Uint64 | Kind::Fixed64 => {
            "give a whole number, 0 or more, between quotes when it is large".to_owned()
        }
        Kind::Message(message) => format!("give it in the JSON form of {}", message.full_name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{View, candidate_to_proto, strategies, v1, vacancy_to_proto};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn records_come_back_from_their_json(c in strategies::candidate(), v in strategies::vacancy()) {
            let (c, v) = (candidate_to_proto(&c, View::Full), vacancy_to_proto(&v, View::Full));
            for layout in [JsonLayout::Compact, JsonLayout::Indented] {
                let json = to_json(&c, layout).unwrap();
                prop_assert_eq!(&from_json::<v1::Candidate>(json.as_bytes()).unwrap(), &c);
                let json = to_json(&v, layout).unwrap();
                prop_assert_eq!(&from_json::<v1::Vacancy>(json.as_bytes()).unwrap(), &v);
            }
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = from_json::<v1::Candidate>(&bytes);
        }
    }

    #[test]
    fn json_is_canonical_and_in_the_order_of_the_fields() {
        let candidate = v1::Candidate {
            id: "k1".into(),
            travel: Some(v1::Travel { max_km: Some(0), ..Default::default() }),
            educations: vec![v1::Education { code: 7, ..Default::default() }],
            status: v1::CandidateStatus::Active as i32,
            ..Default::default()
        };
        assert_eq!(
            to_json(&candidate, JsonLayout::Compact).unwrap(),
            r#"{"id":"k1","travel":{"maxKm":0},"educations":[{"code":"7"}],"status":"CANDIDATE_STATUS_ACTIVE"}"#
        );
    }

    #[test]
    fn every_field_that_does_not_fit_is_told_with_its_path_and_without_its_content() {
        let json = br#"{
            "id": 5,
            "naam": "Geheim",
            "skills": [{"text": "lassen"}, {"text": {"nl": "Geheim"}}, "Geheim"],
            "availability": {"hours": {"minHoursPerWeek": "veel"}, "not_yet_available": "ja"},
            "travel": {"maxKm": -1, "means": ["MEANS_OF_TRANSPORT_BOAT", "MEANS_OF_TRANSPORT_CAR"]},
            "observations": [{"quality": {}, "motivationForSbiCode": 86}],
            "licences": [],
            "level": null
        }"#;
        let refused = from_json::<v1::Candidate>(json).unwrap_err().to_string();
        assert!(!refused.contains("Geheim"), "{refused}");
        insta::assert_snapshot!(refused);
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let deep = "[".repeat(100_000);
        for bytes in [b"{\"id\": \"k".as_slice(), b"{\"id\": \"k1\"} x", b"", b"\xff\xfe{}", deep.as_bytes()]
        {
            let refused = from_json::<v1::Candidate>(bytes).unwrap_err();
            assert!(matches!(refused, JsonError::Syntax { .. }), "{refused:?}");
        }
        let twice = from_json::<v1::Candidate>(br#"{"travel": {"maxKm": 1, "maxKm": 2}}"#).unwrap_err();
        assert!(twice.to_string().contains("given twice"), "{twice}");
    }
}
