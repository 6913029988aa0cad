//! Looking into answers by the names of the interface.

use serde_json::Value;

/// A field by its path in proto3 JSON.
pub fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| value.get(name))
}

pub fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    at(value, path).and_then(Value::as_str).unwrap_or_default()
}

pub fn number(value: &Value, path: &str) -> f64 {
    at(value, path).and_then(Value::as_f64).unwrap_or(0.0)
}

/// Points as whole hundredths.
pub fn hundredths(value: &Value, path: &str) -> i64 {
    (number(value, path) * 100.0).round() as i64
}

/// Every entry that has a code, anywhere in a match.
pub fn reasons(value: &Value) -> Vec<&Value> {
    let mut all = Vec::new();
    walk(value, &mut |entry| {
        if entry.get("code").is_some_and(Value::is_string) {
            all.push(entry);
        }
    });
    all
}

fn walk<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    visit(value);
    match value {
        Value::Array(entries) => entries.iter().for_each(|entry| walk(entry, visit)),
        Value::Object(fields) => fields.values().for_each(|entry| walk(entry, visit)),
        _ => {}
    }
}

/// A match without what only a list gives it, and without what is found after the ranking (R16).
pub fn bare(found: &Value) -> Value {
    let mut bare = found.clone();
    if let Some(fields) = bare.as_object_mut() {
        for name in
            ["candidate", "vacancy", "rank", "tied", "profile", "track", "instruments", "employerPseudonym"]
        {
            fields.remove(name);
        }
    }
    bare
}
