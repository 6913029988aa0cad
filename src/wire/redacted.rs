//! `Debug` of messages about a person that must not reach a log, as in [`crate::domain::restricted`].

use super::{
    storage::StoredOutcome,
    v1::{ContactData, ContactPerson, RestrictedData},
};
use std::fmt;

/// Contact data never reach a log: only how much there is.
impl fmt::Debug for ContactData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.emails.len() + self.phones.len() + self.websites.len() + self.contacts.len();
        write!(f, "ContactData({entries} entries, not shown)")
    }
}

/// Contact data never reach a log.
impl fmt::Debug for ContactPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactPerson(not shown)")
    }
}

/// Restricted data never reach a log.
impl fmt::Debug for RestrictedData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RestrictedData(not shown)")
    }
}

/// A reason is a text about a person: it never reaches a log.
impl fmt::Debug for StoredOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredOutcome({} for {}, not shown)", self.candidate, self.vacancy)
    }
}
