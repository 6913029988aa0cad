/// A value that is outside what its type allows.
///
/// It does not know where the value stood: whoever reads a message or a file adds the field's path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}; {remedy}")]
pub struct InvalidValue {
    /// What is wrong, in plain English, without the value itself when that may be personal.
    pub problem: String,
    /// What to send instead.
    pub remedy: String,
}

impl InvalidValue {
    /// An invalid value with what is wrong and what to send instead.
    pub fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { problem: problem.into(), remedy: remedy.into() }
    }
}
