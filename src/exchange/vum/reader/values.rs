//! Reading single values: texts, codes, numbers, dates, postcodes.

use super::Fields;
use crate::{
    domain::{Date, place::Postcode, text::BoundedText, time::Answer},
    exchange::{
        Issue, IssueCode,
        vum::issues::{Path, quote, refused_text, wrong_type},
    },
};
use serde_json::Value;
use std::ops::RangeInclusive;

impl Fields<'_> {
    /// Reads every text of a list.
    pub(in crate::exchange::vum) fn texts<const MAX: usize>(&self, name: &str) -> Vec<BoundedText<MAX>> {
        self.entries(name, |value, path| self.text_of(value, path))
    }

    /// Reads one text, or every text of a list, where the versions of the standard differ.
    pub(in crate::exchange::vum) fn one_or_more<const MAX: usize>(
        &self,
        name: &str,
    ) -> Vec<BoundedText<MAX>> {
        match self.object.get(name) {
            Some(Value::Array(_)) => self.texts(name),
            _ => self.text(name).into_iter().collect(),
        }
    }

    /// Reads a text; a number is taken as text.
    pub(in crate::exchange::vum) fn text<const MAX: usize>(&self, name: &str) -> Option<BoundedText<MAX>> {
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
    pub(in crate::exchange::vum) fn text_code<T>(
        &self,
        name: &str,
        find: impl FnOnce(&str) -> Option<Option<T>>,
    ) -> Option<T> {
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
    pub(in crate::exchange::vum) fn code<T>(
        &self,
        name: &str,
        find: impl FnOnce(u32) -> Option<Option<T>>,
    ) -> Option<T> {
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
    pub(in crate::exchange::vum) fn indication(&self, name: &str) -> Option<Answer> {
        self.code(name, |code| match code {
            0 => Some(None),
            1 => Some(Some(Answer::Yes)),
            2 => Some(Some(Answer::No)),
            _ => None,
        })
    }

    /// Reads a whole number within a range.
    pub(in crate::exchange::vum) fn number(&self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
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
    pub(in crate::exchange::vum) fn date(&self, name: &str) -> Option<Date> {
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
    pub(in crate::exchange::vum) fn postcode(&self, name: &str) -> Option<Postcode> {
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
    pub(in crate::exchange::vum) fn tell_unknown_code(&self, name: &str, found: &str) {
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
