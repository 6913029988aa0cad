//! Refused calls in the record: who asked for what, and why it was not given.

use crate::decisions::Draft;
use crate::domain::Role;
use crate::engine::{Engine, EngineError};
use crate::wire::storage as stored;
use prost::Message;

/// Calls of one caller that were refused for one reason.
#[derive(Clone, Copy, Debug)]
pub struct RefusedCalls<'a> {
    /// As the token or certificate names the caller; empty: not known.
    pub subject: &'a str,
    /// `None`: the credentials were refused.
    pub role: Option<Role>,
    /// Empty: of none in particular, or not known.
    pub organisation: &'a str,
    /// The method that was called.
    pub method: &'a str,
    /// Why, by a stable name.
    pub reason: &'a str,
    /// How many calls.
    pub calls: u64,
}

impl Engine {
    /// Records that calls were refused.
    ///
    /// # Errors
    /// [`EngineError::NotRecorded`] when the disk refuses.
    pub fn record_refusals(&self, refused: &RefusedCalls<'_>) -> Result<(), EngineError> {
        let head = stored::StoredDecision {
            method: refused.method.to_owned(),
            caller: refused.subject.to_owned(),
            role: refused.role.map(Role::name).unwrap_or_default().to_owned(),
            organisation: refused.organisation.to_owned(),
            refused: refused.reason.to_owned(),
            asked: vec![stored::StoredAsked { name: "calls".to_owned(), value: refused.calls.to_string() }],
            model: self.model_version().version,
            ..stored::StoredDecision::default()
        };
        self.decisions.append(Draft { head: head.encode_to_vec(), parts: Vec::new() })?;
        Ok(())
    }
}
