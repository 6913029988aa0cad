//! JSON objects in which no name stands twice. Who reads the first of two claims and who reads the last would else be
//! told two different things by one signed token.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// What the error of a name that stands twice begins with.
const TWICE: &str = "a name stands twice";

/// Why a text is no such object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotDistinct {
    /// A name stands twice, in the object or in one inside it.
    Twice,
    /// No JSON object.
    NoObject,
}

/// Reads an object.
pub(super) fn object(json: &[u8]) -> Result<Map<String, Value>, NotDistinct> {
    match serde_json::from_slice::<Distinct>(json) {
        Ok(Distinct(Value::Object(object))) => Ok(object),
        Ok(_) => Err(NotDistinct::NoObject),
        Err(error) if error.to_string().starts_with(TWICE) => Err(NotDistinct::Twice),
        Err(_) => Err(NotDistinct::NoObject),
    }
}

struct Distinct(Value);

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Read.deserialize(deserializer).map(Self)
    }
}

#[derive(Clone, Copy)]
struct Read;

impl<'de> DeserializeSeed<'de> for Read {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Read {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Read)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Read)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_twice_is_found_at_any_depth_and_however_it_is_written() {
        for twice in [r#"{"a":1,"a":1}"#, r#"{"a":{"b":1,"b":2}}"#, r#"{"l":[{"b":1,"\u0062":2}]}"#] {
            assert_eq!(object(twice.as_bytes()), Err(NotDistinct::Twice), "{twice}");
        }
        for other in ["", "[]", "{} {}", r#"{"a":}"#, &"[".repeat(5_000)] {
            assert_eq!(object(other.as_bytes()), Err(NotDistinct::NoObject), "{other}");
        }
        let plain = r#"{"a":[1,-2,0.5,null,true,"x"],"b":{"a":1}}"#;
        assert_eq!(Value::Object(object(plain.as_bytes()).unwrap()).to_string(), plain);
    }
}
