//! Reading the fields of a JSON object leniently: what can be taken is taken, what cannot is told with its path.

use super::issues::{Issues, Path, quote, refused_text, wrong_type};
use crate::{
    domain::{Date, limits, place::Postcode, text::BoundedText, time::Answer},
    exchange::{Issue, IssueCode},
};
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

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

    /// Reads every text of a list.
    pub(super) fn texts<const MAX: usize>(&self, name: &str) -> Vec<BoundedText<MAX>> {
        self.entries(name, |value, path| self.text_of(value, path))
    }

    /// Reads one text, or every text of a list, where the versions of the standard differ.
    pub(super) fn one_or_more<const MAX: usize>(&self, name: &str) -> Vec<BoundedText<MAX>> {
        match self.object.get(name) {
            Some(Value::Array(_)) => self.texts(name),
            _ => self.text(name).into_iter().collect(),
        }
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

    /// Reads a text; a number is taken as text.
    pub(super) fn text<const MAX: usize>(&self, name: &str) -> Option<BoundedText<MAX>> {
        self.text_of(self.value(name)?, &Path::Field(&self.path, name))
    }

    fn text_of<const MAX: usize>(&self, value: &Value, path: &Path<'_>) -> Option<BoundedText<MAX>> {
        let number;
        let text = match value {
            Value::String(text) => text.as_str(),
            Value::Number(n) => {
                self.issues.tell(Issue::new(path.to_string(), IssueCode::Converted));
                number = n.to_string();
                &number
            }
            _ => {
                self.issues.tell(wrong_type(*path, value, "een tekst", "a text"));
                return None;
            }
        };
        match BoundedText::new(text) {
            Ok(text) => Some(text),
            Err(_) => {
                self.issues.tell(refused_text(path, text, MAX));
                None
            }
        }
    }

    /// Reads a code that is a text, such as `B` or `01`. `find` gives what it stands for; `Some(None)` is a code
    /// that says that nothing is known.
    pub(super) fn text_code<T>(&self, name: &str, find: impl FnOnce(&str) -> Option<Option<T>>) -> Option<T> {
        let value = self.value(name)?;
        let number;
        let text = match value {
            Value::String(text) => text.trim(),
            Value::Number(n) => {
                self.tell_field(name, |path| Issue::new(path, IssueCode::Converted));
                number = n.to_string();
                &number
            }
            _ => {
                self.issues.tell(wrong_type(Path::Field(&self.path, name), value, "een code", "a code"));
                return None;
            }
        };
        find(text).unwrap_or_else(|| {
            self.tell_unknown_code(name, text);
            None
        })
    }

    /// Reads a code that is a number. `find` gives what it stands for; `Some(None)` is a code that says that
    /// nothing is known.
    pub(super) fn code<T>(&self, name: &str, find: impl FnOnce(u32) -> Option<Option<T>>) -> Option<T> {
        let value = self.value(name)?;
        match self.whole_number(name, value)? {
            Whole::Number(number) => {
                let found = u32::try_from(number).ok().and_then(find);
                match found {
                    Some(meaning) => meaning,
                    None if number == 0 => {
                        self.tell_field(name, |path| Issue::new(path, IssueCode::Placeholder));
                        None
                    }
                    None => {
                        self.tell_unknown_code(name, &number.to_string());
                        None
                    }
                }
            }
            Whole::Text(text) => {
                self.tell_unknown_code(name, &text);
                None
            }
        }
    }

    /// Reads an *indicatie*: 0 unknown, 1 yes, 2 an explicit no.
    pub(super) fn indication(&self, name: &str) -> Option<Answer> {
        self.code(name, |code| match code {
            0 => Some(None),
            1 => Some(Some(Answer::Yes)),
            2 => Some(Some(Answer::No)),
            _ => None,
        })
    }

    /// Reads a whole number within a range.
    pub(super) fn number(&self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.value(name)?;
        match self.whole_number(name, value)? {
            Whole::Number(number) if range.contains(&number) => Some(number),
            Whole::Number(0) => {
                self.tell_field(name, |path| Issue::new(path, IssueCode::Placeholder));
                None
            }
            Whole::Number(number) => {
                let (low, high) = (range.start(), range.end());
                self.tell_field(name, |path| {
                    Issue::new(path, IssueCode::OutOfRange).saying(
                        format!("{number} ligt niet tussen {low} en {high}"),
                        format!("{number} is not between {low} and {high}"),
                    )
                });
                None
            }
            Whole::Text(_) => {
                self.issues.tell(wrong_type(Path::Field(&self.path, name), value, "een getal", "a number"));
                None
            }
        }
    }

    fn whole_number(&self, name: &str, value: &Value) -> Option<Whole> {
        match value {
            Value::Number(number) => match number.as_i64().or_else(|| number.as_f64().and_then(whole)) {
                Some(number) => Some(Whole::Number(number)),
                None => Some(Whole::Text(number.to_string())),
            },
            Value::String(text) => match text.trim().parse::<i64>() {
                Ok(number) => {
                    self.tell_field(name, |path| Issue::new(path, IssueCode::Converted));
                    Some(Whole::Number(number))
                }
                Err(_) => Some(Whole::Text(text.clone())),
            },
            _ => {
                self.issues.tell(wrong_type(Path::Field(&self.path, name), value, "een getal", "a number"));
                None
            }
        }
    }

    /// Reads a date as year-month-day; a time behind it is left out.
    pub(super) fn date(&self, name: &str) -> Option<Date> {
        let value = self.value(name)?;
        let Value::String(text) = value else {
            self.issues.tell(wrong_type(Path::Field(&self.path, name), value, "een datum", "a date"));
            return None;
        };
        let day = date_of(text.trim());
        if day.is_none() {
            self.tell_field(name, |path| {
                let quoted = quote(text);
                Issue::new(path, IssueCode::InvalidDate).saying(
                    format!("“{quoted}” is geen bestaande datum (jjjj-mm-dd)"),
                    format!("“{quoted}” is no existing date (yyyy-mm-dd)"),
                )
            });
        }
        day
    }

    /// Reads a Dutch postcode.
    pub(super) fn postcode(&self, name: &str) -> Option<Postcode> {
        let value = self.value(name)?;
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => {
                self.tell_field(name, |path| Issue::new(path, IssueCode::Converted));
                number.to_string()
            }
            _ => {
                self.issues.tell(wrong_type(
                    Path::Field(&self.path, name),
                    value,
                    "een postcode",
                    "a postcode",
                ));
                return None;
            }
        };
        let postcode = Postcode::parse(text.trim()).ok();
        if postcode.is_none() {
            self.tell_field(name, |path| Issue::new(path, IssueCode::InvalidPostcode));
        }
        postcode
    }

    /// Tells that a code is not in the standard's list.
    pub(super) fn tell_unknown_code(&self, name: &str, found: &str) {
        let found = quote(found);
        self.tell_field(name, |path| {
            Issue::new(path, IssueCode::UnknownCode).saying(
                format!("de code “{found}” staat niet in de codelijst"),
                format!("the code “{found}” is not in the standard's list"),
            )
        });
    }
}

/// A number that was found, or what stood in its place.
enum Whole {
    Number(i64),
    Text(String),
}

/// 5.0 is 5; 5.5 is no whole number.
fn whole(number: f64) -> Option<i64> {
    // Below 2^53 every whole number is exact.
    (number.fract() == 0.0 && number.abs() < 9.0e15).then_some(number as i64)
}

fn date_of(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    let has_time = rest.starts_with('T') || rest.starts_with(' ');
    if !rest.is_empty() && !has_time {
        return None;
    }
    let well_formed = day.bytes().enumerate().all(|(at, b)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    if !well_formed { None } else { day.parse().ok() }
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
