//! How a command ends: fine, failed or wrongly used, and in which words.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// How a command that ran to its end came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Fine,
    /// It could not do what was asked, and has said why in its report.
    Failed,
}

/// The command was used wrongly: exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WrongUse(String);

impl WrongUse {
    /// Wrong use, with what to do instead.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Whoever read the output has closed it, as `| head` does: no failure.
#[derive(Debug, thiserror::Error)]
#[error("the reader of the output has closed it")]
pub(super) struct OutputClosed;

/// Turns the end of a command into the exit code of the process, and says what failed.
pub fn finish(result: anyhow::Result<Outcome>) -> ExitCode {
    let error = match result {
        Ok(Outcome::Fine) => return ExitCode::SUCCESS,
        Ok(Outcome::Failed) => return ExitCode::from(1),
        Err(error) => error,
    };
    if error.is::<OutputClosed>() {
        return ExitCode::SUCCESS;
    }
    complain(format_args!("passend: {}", Chain(&error)));
    ExitCode::from(if error.is::<WrongUse>() { 2 } else { 1 })
}

/// Writes a line to standard error. When nobody reads it, there is nobody to tell.
pub(super) fn complain(line: fmt::Arguments<'_>) {
    use io::Write;
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// An error with its causes, each once: some libraries repeat the cause in their own text.
struct Chain<'a>(&'a anyhow::Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = String::new();
        for cause in self.0.chain() {
            let text = cause.to_string();
            if said.contains(&text) {
                continue;
            }
            if !said.is_empty() {
                said.push_str(": ");
            }
            said.push_str(&text);
        }
        f.write_str(&said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_tells_failed_from_wrongly_used() {
        let code = |result| format!("{:?}", finish(result));
        let is = |number: u8| format!("{:?}", ExitCode::from(number));
        assert_eq!(code(Ok(Outcome::Fine)), is(0));
        assert_eq!(code(Ok(Outcome::Failed)), is(1));
        assert_eq!(code(Err(anyhow::anyhow!("no"))), is(1));
        assert_eq!(code(Err(WrongUse::new("no").into())), is(2));
        assert_eq!(code(Err(OutputClosed.into())), is(0));
    }

    #[test]
    fn a_cause_that_is_in_the_text_already_is_not_repeated() {
        let error =
            anyhow::Error::new(io::Error::other("the disk is full")).context("store: the disk is full");
        assert_eq!(Chain(&error).to_string(), "store: the disk is full");
    }
}
