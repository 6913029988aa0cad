//! The short notation of a scenario: TOML in, proto3 JSON of the interface out.
//!
//! Fields are those of the interface. Where a message stands, a short text may stand instead; `tests/scenarios/README.md`
//! lists the forms. A field or a text that is not understood is an error with its path.

use super::short::{self, Names};
use prost_reflect::{DescriptorPool, EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor};
use serde_json::{Map, Value};
use toml::Value as Toml;

/// A day of the calendar: year, month, day.
pub type Day = jiff::civil::Date;

/// Reads records in the short notation.
pub struct Notation {
    pool: DescriptorPool,
    names: Names,
}

impl Notation {
    pub fn new() -> Result<Self, String> {
        let pool = DescriptorPool::decode(passend::wire::DESCRIPTORS).map_err(|error| error.to_string())?;
        Ok(Self { pool, names: Names::read()? })
    }

    /// A record as the JSON of a message of the interface.
    pub fn record(&self, message: &str, table: &toml::Table, today: Day) -> Result<Value, String> {
        let full = format!("passend.v1.{message}");
        let described = self.pool.get_message_by_name(&full).ok_or_else(|| format!("there is no {full}"))?;
        self.message(&described, &Toml::Table(table.clone()), today)
    }

    fn message(&self, described: &MessageDescriptor, value: &Toml, today: Day) -> Result<Value, String> {
        let Toml::Table(table) = value else {
            let mut all = self.short(described, value, today)?;
            return match (all.pop(), all.is_empty()) {
                (Some(one), true) => Ok(one),
                _ => Err(format!("{value} stands for more than one {}", described.name())),
            };
        };
        let mut object = Map::new();
        for (name, value) in table {
            let field = described
                .get_field_by_name(name)
                .ok_or_else(|| format!("{} has no field {name}", described.name()))?;
            let value = self.field(&field, value, today).map_err(|error| format!("{name}: {error}"))?;
            object.insert(name.clone(), value);
        }
        Ok(Value::Object(object))
    }

    fn field(&self, field: &FieldDescriptor, value: &Toml, today: Day) -> Result<Value, String> {
        if !field.is_list() {
            return self.single(&field.kind(), value, today);
        }
        let entries = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        let mut all = Vec::new();
        for entry in &entries {
            match field.kind() {
                Kind::Message(described) if !entry.is_table() => {
                    all.extend(self.short(&described, entry, today)?);
                }
                kind => all.push(self.single(&kind, entry, today)?),
            }
        }
        Ok(Value::Array(all))
    }

    fn single(&self, kind: &Kind, value: &Toml, today: Day) -> Result<Value, String> {
        match kind {
            Kind::Message(described) => self.message(described, value, today),
            Kind::Enum(described) => enumerated(described, value),
            _ => plain(value),
        }
    }

    /// The messages that a short text stands for: a text for slots of the week can stand for several.
    fn short(&self, described: &MessageDescriptor, value: &Toml, today: Day) -> Result<Vec<Value>, String> {
        if described.name() == "HeldLicences" {
            let categories = value.as_array().ok_or("licences are a list")?;
            let categories: Result<Vec<Value>, String> = categories.iter().map(plain).collect();
            return Ok(vec![serde_json::json!({ "categories": categories? })]);
        }
        let text = match value {
            Toml::String(text) => text.trim().to_owned(),
            Toml::Datetime(date) => date.to_string(),
            Toml::Integer(number) => number.to_string(),
            Toml::Float(number) => number.to_string(),
            other => return Err(format!("{other} stands where {} should", described.name())),
        };
        short::read(described.name(), &text, today, &self.names)
    }
}

/// A value of an enum by its name without the prefix, or by the Dutch word for it.
fn enumerated(described: &EnumDescriptor, value: &Toml) -> Result<Value, String> {
    let written = value.as_str().ok_or_else(|| format!("{value} is no {}", described.name()))?;
    short::enum_value(described, written).map(Value::String)
}

fn plain(value: &Toml) -> Result<Value, String> {
    Ok(match value {
        Toml::String(text) => Value::String(text.trim().to_owned()),
        Toml::Integer(number) => Value::from(*number),
        Toml::Float(number) => Value::from(*number),
        Toml::Boolean(truth) => Value::Bool(*truth),
        other => return Err(format!("{other} is no plain value")),
    })
}
