//! Every text of a message, wherever it stands inside.

use super::descriptors::{NotDescribed, dynamic};
use prost::Name;
use prost_reflect::{DynamicMessage, Value};
use std::collections::BTreeSet;

/// Every text of a message and of what is inside it, each once.
///
/// # Errors
/// When the message is none of the interface.
pub fn texts<M: Name>(message: &M) -> Result<BTreeSet<String>, NotDescribed> {
    let mut found = BTreeSet::new();
    of_message(&dynamic(message)?, &mut found);
    Ok(found)
}

fn of_message(message: &DynamicMessage, found: &mut BTreeSet<String>) {
    message.fields().for_each(|(_, value)| of_value(value, found));
}

fn of_value(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Message(message) => of_message(message, found),
        Value::List(values) => values.iter().for_each(|value| of_value(value, found)),
        Value::Map(entries) => entries.values().for_each(|value| of_value(value, found)),
        Value::Bool(_)
        | Value::I32(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::Bytes(_)
        | Value::EnumNumber(_) => {}
    }
}
