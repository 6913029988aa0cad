//! Reading the fields of a JSON object leniently: what can be taken is taken, what cannot is told with its path.

mod values;

use super::issues::{Issues, Path, quote, wrong_type};
use crate::{
    domain::limits,
    exchange::{Issue, IssueCode},
};
use serde_json::{Map, Value};

/// The names that an object of the standard has.
pub(super) struct Known {
    /// Fields that are read.
    pub(super) read: &'static [&'static str],
    /// Fields that the service has no use for.
    pub(super) ignored: &'static [&'static str],
}

/// An object of a record.
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: Path<'a>,
    issues: &'a Issues,
}

impl<'a> Fields<'a> {
    /// Opens an object and tells about the fields that are not read.
    pub(super) fn open(
        object: &'a Map<String, Value>,
        path: Path<'a>,
        issues: &'a Issues,
        known: &Known,
    ) -> Self {
        let fields = Self { object, path, issues };
        fields.tell_what_is_not_read(known);
        fields
    }

    fn tell_what_is_not_read(&self, known: &Known) {
        for (name, value) in self.object {
            if known.read.contains(&name.as_str()) {
                continue;
            }
            let ignored = known.ignored.contains(&name.as_str());
            let name = quote(name);
            let path = Path::Field(&self.path, &name);
            if !ignored {
                self.issues.tell_unknown_field(&path);
            } else if !is_blank(value) {
                self.issues.tell(Issue::new(path.to_string(), IssueCode::NotKept));
            }
        }
    }

    /// Tells something about the object itself.
    pub(super) fn tell(&self, code: IssueCode) {
        self.issues.tell(Issue::new(self.path.to_string(), code));
    }

    /// Tells something about one of its fields.
    pub(super) fn tell_field(&self, name: &str, issue: impl FnOnce(String) -> Issue) {
        self.issues.tell(issue(Path::Field(&self.path, name).to_string()));
    }

    /// The field's value, unless it is absent, null or an empty text.
    fn value(&self, name: &str) -> Option<&'a Value> {
        let value = self.object.get(name)?;
        if is_blank(value) {
            self.tell_field(name, |path| Issue::new(path, IssueCode::EmptyValue));
            return None;
        }
        Some(value)
    }

    /// Whether the field is there and says anything.
    pub(super) fn has(&self, name: &str) -> bool {
        self.object.get(name).is_some_and(|value| !is_blank(value))
    }

    /// Reads an object inside this one.
    pub(super) fn object<T>(
        &self,
        name: &str,
        known: &Known,
        read: impl FnOnce(Fields<'_>) -> T,
    ) -> Option<T> {
        let value = self.value(name)?;
        let path = Path::Field(&self.path, name);
        // A list of one object where one object belongs is that object.
        let object = match value {
            Value::Array(list) if list.len() == 1 => {
                self.issues.tell(Issue::new(path.to_string(), IssueCode::Converted).saying(
                    "er staat een lijst waar één waarde hoort",
                    "there is a list where one value belongs",
                ));
                &list[0]
            }
            other => other,
        };
        match object {
            Value::Object(object) => Some(read(Fields::open(object, path, self.issues, known))),
            _ => {
                self.issues.tell(wrong_type(path, value, "een object", "an object"));
                None
            }
        }
    }

    /// Reads every object of a list, at most `limit` of them. `read` gives nothing for an entry that says nothing
    /// (it tells why); entries that are the same are taken once.
    pub(super) fn objects<T: PartialEq>(
        &self,
        name: &str,
        known: &Known,
        read: impl Fn(Fields<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.entries(name, |value, path| match value {
            Value::Object(object) => read(Fields::open(object, *path, self.issues, known)),
            _ => {
                self.issues.tell(wrong_type(*path, value, "een object", "an object"));
                None
            }
        })
    }

    fn entries<T: PartialEq>(&self, name: &str, read: impl Fn(&Value, &Path<'_>) -> Option<T>) -> Vec<T> {
        let Some(value) = self.object.get(name).filter(|v| !v.is_null()) else { return Vec::new() };
        let path = Path::Field(&self.path, name);
        let list = match value {
            Value::Array(list) => list.as_slice(),
            single => {
                if is_blank(single) {
                    self.issues.tell(Issue::new(path.to_string(), IssueCode::EmptyValue));
                    return Vec::new();
                }
                self.issues.tell(Issue::new(path.to_string(), IssueCode::SingleAsList));
                std::slice::from_ref(single)
            }
        };
        let mut entries = Vec::with_capacity(list.len().min(limits::LIST_ENTRIES));
        for (number, value) in list.iter().enumerate() {
            let path = Path::Entry(&path, number);
            if number >= limits::LIST_ENTRIES {
                self.issues.tell(Issue::new(path.to_string(), IssueCode::TooManyEntries).saying(
                    format!("de lijst heeft {} regels, {} is het meeste", list.len(), limits::LIST_ENTRIES),
                    format!(
                        "the list has {} entries, at most {} are taken",
                        list.len(),
                        limits::LIST_ENTRIES
                    ),
                ));
                break;
            }
            if is_blank(value) {
                self.issues.tell(Issue::new(path.to_string(), IssueCode::EmptyValue));
                continue;
            }
            let Some(entry) = read(value, &path) else { continue };
            if entries.contains(&entry) {
                self.issues.tell(Issue::new(path.to_string(), IssueCode::DuplicateEntry));
            } else {
                entries.push(entry);
            }
        }
        entries
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
