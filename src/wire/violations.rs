//! Everything that is wrong with a request, at once.

use crate::domain::InvalidValue;
use std::fmt;

/// How many violations are told in full; the others are counted.
const TOLD: usize = 100;

/// One field that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldViolation {
    /// Path of the field in the request, such as `candidate.languages[2].levels`.
    pub field: String,
    /// What is wrong, without the value itself where that may be personal.
    pub problem: String,
    /// What to send instead.
    pub remedy: String,
}

impl FieldViolation {
    /// What is wrong and what to send instead, as one text.
    pub fn description(&self) -> String {
        format!("{}; {}", self.problem, self.remedy)
    }
}

impl fmt::Display for FieldViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.field, self.problem, self.remedy)
    }
}

/// The violations of one request: the first hundred in full, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Violations {
    told: Vec<FieldViolation>,
    more: usize,
}

impl Violations {
    /// One violation.
    pub fn one(field: impl Into<String>, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        let mut violations = Self::default();
        violations.add(field, InvalidValue::new(problem, remedy));
        violations
    }

    /// Adds a field and what is wrong with it.
    pub fn add(&mut self, field: impl Into<String>, invalid: InvalidValue) {
        if self.told.len() == TOLD {
            self.more += 1;
            return;
        }
        self.told.push(FieldViolation {
            field: field.into(),
            problem: invalid.problem,
            remedy: invalid.remedy,
        });
    }

    /// Adds the violations of another part of the same request.
    pub fn append(&mut self, other: Self) {
        let room = TOLD - self.told.len();
        self.more += other.more + other.told.len().saturating_sub(room);
        self.told.extend(other.told.into_iter().take(room));
    }

    /// The same with other names of the fields, for a message that stands inside another one.
    pub fn renamed(mut self, name: impl Fn(&str) -> String) -> Self {
        for violation in &mut self.told {
            violation.field = name(&violation.field);
        }
        self
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// How many there are, told or not.
    pub fn count(&self) -> usize {
        self.told.len() + self.more
    }

    /// Those that are told in full, in the order of the request.
    pub fn told(&self) -> &[FieldViolation] {
        &self.told
    }

    /// How many are only counted.
    pub fn more(&self) -> usize {
        self.more
    }

    /// The entries of an answer: those that are told, and a last one that counts the others.
    pub fn into_entries(self) -> Vec<FieldViolation> {
        let mut entries = self.told;
        if self.more > 0 {
            entries.push(FieldViolation {
                field: String::new(),
                problem: format!("{} more fields are wrong", self.more),
                remedy: "put these right first and send the request again to see the others".to_owned(),
            });
        }
        entries
    }

    /// `Ok` with the value when nothing is wrong.
    ///
    /// # Errors
    /// The violations, when there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.told.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_a_hundred_violations_are_counted_and_none_is_lost() {
        let many = |n: usize| {
            let mut violations = Violations::default();
            for i in 0..n {
                violations.add(format!("skills[{i}]"), InvalidValue::new("too long", "shorten it"));
            }
            violations
        };
        assert_eq!(many(100).more(), 0);
        let mut violations = many(70);
        violations.append(many(131));
        assert_eq!((violations.count(), violations.told().len(), violations.more()), (201, 100, 101));
        let entries = violations.into_entries();
        assert_eq!(entries.len(), 101);
        assert!(entries[100].problem.starts_with("101 more"), "{}", entries[100].problem);
    }
}
