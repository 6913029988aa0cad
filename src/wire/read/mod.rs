//! From messages to the domain: every rule of the proto comments is held here, and everything that is wrong
//! is told at once.

mod candidate;
pub mod common;
mod requirements;
mod vacancy;

pub use candidate::{candidate, candidate_from_proto};
pub use vacancy::{vacancy, vacancy_from_proto};

use super::{enums::Choice, violations::Violations};
use crate::domain::{Date, InvalidValue, limits, text::BoundedText};
use std::{
    fmt::{self, Display, Write as _},
    ops::RangeInclusive,
};

/// What a record is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The outcome of [`apply_mask`](super::apply_mask): somebody's change on top of what is stored. Every
    /// rule holds; an observation of after `today` is refused.
    Merged {
        /// The day of the request.
        today: Date,
    },
    /// A record inside a request that is matched and not stored. Every rule holds, what only the service sets
    /// is ignored, and an empty id is read as [`INLINE_ID`].
    Inline {
        /// The day of the request.
        today: Date,
    },
    /// What the service wrote itself. Only what no domain value can hold is refused: a rule that was not held
    /// at the door of then may not make a record unreadable now.
    Stored,
}

/// The id of an inline record that has none.
pub const INLINE_ID: &str = "inline";

/// Reads fields of a message, knows where it is, and collects what is wrong.
///
/// A `None` of its methods means either that the field is empty, or that it is wrong and was noted.
#[derive(Debug)]
pub struct Reader {
    reading: Reading,
    path: Vec<Step>,
    violations: Violations,
}

/// One step of a field path.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A field.
    Field(&'static str),
    /// An entry of a list.
    Entry(usize),
}

impl From<&'static str> for Step {
    fn from(name: &'static str) -> Self {
        Self::Field(name)
    }
}

impl Reader {
    /// A reader at the root of a request.
    pub fn new(reading: Reading) -> Self {
        Self { reading, path: Vec::new(), violations: Violations::default() }
    }

    /// What was read, when nothing was wrong.
    ///
    /// # Errors
    /// Everything that was wrong.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Violations> {
        match value {
            Some(value) => self.violations.or(value),
            None => Err(self.violations),
        }
    }

    /// Reads inside a field.
    pub fn inside<T>(&mut self, step: impl Into<Step>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let value = read(self);
        self.path.pop();
        value
    }

    /// Notes that a field is wrong.
    pub fn refuse(&mut self, field: &'static str, problem: impl Into<String>, remedy: impl Into<String>) {
        self.note(field, InvalidValue::new(problem, remedy));
    }

    /// Notes that the message or entry that is being read is wrong as a whole.
    pub fn refuse_here(&mut self, problem: impl Into<String>, remedy: impl Into<String>) {
        let path = self.to_string();
        self.violations.add(path, InvalidValue::new(problem, remedy));
    }

    /// The value, or a note of why there is none.
    pub fn valid<T>(&mut self, field: &'static str, value: Result<T, InvalidValue>) -> Option<T> {
        value.map_err(|invalid| self.note(field, invalid)).ok()
    }

    /// A text; empty is unknown.
    pub fn text<const MAX: usize>(&mut self, field: &'static str, text: &str) -> Option<BoundedText<MAX>> {
        self.parsed(field, text, BoundedText::new)
    }

    /// A text that may not be missing.
    pub fn needed_text<const MAX: usize>(
        &mut self,
        field: &'static str,
        text: &str,
    ) -> Option<BoundedText<MAX>> {
        self.valid(field, BoundedText::new(text))
    }

    /// What is written as text in a form of its own (an id, a postcode, a code); empty is unknown.
    pub fn parsed<'t, T>(
        &mut self,
        field: &'static str,
        text: &'t str,
        parse: impl FnOnce(&'t str) -> Result<T, InvalidValue>,
    ) -> Option<T> {
        if text.is_empty() {
            return None;
        }
        self.valid(field, parse(text))
    }

    /// A value of an enum; unspecified is unknown.
    pub fn choice<C: Choice>(&mut self, field: &'static str, code: i32) -> Option<C> {
        self.valid(field, C::from_code(code)).flatten()
    }

    /// A value of an enum that may not be missing.
    pub fn needed_choice<C: Choice>(&mut self, field: &'static str, code: i32) -> Option<C> {
        self.valid(field, C::from_needed_code(code))
    }

    /// A whole number inside a range.
    pub fn whole<N: TryFrom<u32>>(
        &mut self,
        field: &'static str,
        number: u32,
        range: RangeInclusive<u32>,
    ) -> Option<N> {
        let fits = range.contains(&number) || self.reading == Reading::Stored;
        if let Some(narrow) = N::try_from(number).ok().filter(|_| fits) {
            return Some(narrow);
        }
        self.refuse(
            field,
            format!("{number} is out of range"),
            format!("give {} to {}", range.start(), range.end()),
        );
        None
    }

    /// A finite number inside a range.
    pub fn number(&mut self, field: &'static str, number: f64, range: RangeInclusive<f64>) -> Option<f64> {
        // NaN is in no range.
        if range.contains(&number) {
            return Some(number);
        }
        self.refuse(
            field,
            format!("{number} is out of range"),
            format!("give a number from {} to {}", range.start(), range.end()),
        );
        None
    }

    /// How many entries a page has: `default` when the request says 0.
    pub fn page_size(&mut self, field: &'static str, size: u32, default: u32) -> Option<u32> {
        if size == 0 {
            return Some(default);
        }
        self.whole(field, size, 1..=limits::PAGE_SIZE)
    }

    /// A message; absent is unknown.
    pub fn message<M, T>(
        &mut self,
        field: &'static str,
        message: Option<&M>,
        read: impl FnOnce(&mut Self, &M) -> Option<T>,
    ) -> Option<T> {
        let message = message?;
        self.inside(field, |r| read(r, message))
    }

    /// A message that may not be missing.
    pub fn needed_message<M, T>(
        &mut self,
        field: &'static str,
        message: Option<&M>,
        read: impl FnOnce(&mut Self, &M) -> Option<T>,
    ) -> Option<T> {
        if message.is_none() {
            self.refuse(field, "the field is missing", "fill it");
        }
        self.message(field, message, read)
    }

    /// A list within the general limit; a longer one is one violation.
    pub fn list<M, T>(
        &mut self,
        field: &'static str,
        entries: &[M],
        read: impl FnMut(&mut Self, &M) -> Option<T>,
    ) -> Vec<T> {
        self.list_up_to(limits::LIST_ENTRIES, field, entries, read)
    }

    /// A list with a limit of its own; a longer one is one violation.
    pub fn list_up_to<M, T>(
        &mut self,
        most: usize,
        field: &'static str,
        entries: &[M],
        mut read: impl FnMut(&mut Self, &M) -> Option<T>,
    ) -> Vec<T> {
        if self.holds_rules() && entries.len() > most {
            self.refuse(
                field,
                format!("the list has {} entries", entries.len()),
                format!("send at most {most} entries"),
            );
            return Vec::new();
        }
        self.inside(field, |r| {
            let read_entry = |(i, entry)| r.inside(Step::Entry(i), |r| read(r, entry));
            entries.iter().enumerate().filter_map(read_entry).collect()
        })
    }

    /// A list of texts.
    pub fn texts<const MAX: usize>(
        &mut self,
        field: &'static str,
        texts: &[String],
    ) -> Vec<BoundedText<MAX>> {
        self.list(field, texts, |r, text| r.valid_here(BoundedText::new(text)))
    }

    /// A list of values of an enum; each must be said.
    pub fn choices<C: Choice>(&mut self, field: &'static str, codes: &[i32]) -> Vec<C> {
        self.list(field, codes, |r, code| r.valid_here(C::from_needed_code(*code)))
    }

    /// The value of the entry that is being read, or a note of why there is none.
    pub fn valid_here<T>(&mut self, value: Result<T, InvalidValue>) -> Option<T> {
        value.map_err(|invalid| self.refuse_here(invalid.problem, invalid.remedy)).ok()
    }

    /// Holds that something does not end before it starts.
    pub fn in_order(&mut self, end_field: &'static str, start: Option<Date>, end: Option<Date>) {
        if let (Some(start), Some(end)) = (start, end)
            && end < start
            && self.holds_rules()
        {
            self.refuse(
                end_field,
                format!("{end} lies before the start {start}"),
                "give a day on or after the start",
            );
        }
    }

    /// Whether rules between fields hold, see [`Reading::Stored`].
    pub(super) fn holds_rules(&self) -> bool {
        self.reading != Reading::Stored
    }

    /// Whether what only the service sets is read.
    pub(super) fn reads_service_fields(&self) -> bool {
        !self.is_inline()
    }

    pub(super) fn is_inline(&self) -> bool {
        matches!(self.reading, Reading::Inline { .. })
    }

    /// The day of the request, when there is one.
    pub(super) fn today(&self) -> Option<Date> {
        match self.reading {
            Reading::Merged { today } | Reading::Inline { today } => Some(today),
            Reading::Stored => None,
        }
    }

    fn note(&mut self, field: &'static str, invalid: InvalidValue) {
        self.path.push(Step::Field(field));
        let path = self.to_string();
        self.path.pop();
        self.violations.add(path, invalid);
    }
}

/// The path of what is being read.
impl Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.path.iter().enumerate() {
            match step {
                Step::Field(name) => {
                    if position > 0 {
                        f.write_char('.')?;
                    }
                    f.write_str(name)?;
                }
                Step::Entry(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
