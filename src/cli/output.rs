//! Standard output: colour only on a terminal and where it is wanted, and no panic when nobody reads on.

use super::failure::OutputClosed;
use crate::wire::{JsonLayout, to_json};
use std::io::{self, Write};

/// Prints a text with styles, which are taken out where the output is no terminal or `NO_COLOR` is set.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    written(write_all(&mut anstream::stdout(), text))
}

/// Prints a text as it is, byte for byte.
pub(super) fn print_exactly(text: &str) -> anyhow::Result<()> {
    written(write_all(&mut io::stdout(), text))
}

/// A response as proto3 JSON.
pub(super) fn json(response: &impl prost::Name) -> anyhow::Result<String> {
    Ok(to_json(response, JsonLayout::Indented)? + "\n")
}

/// A message as one line of proto3 JSON.
pub(super) fn json_line(message: &impl prost::Name) -> anyhow::Result<String> {
    Ok(to_json(message, JsonLayout::Compact)? + "\n")
}

fn write_all(output: &mut impl Write, text: &str) -> io::Result<()> {
    output.write_all(text.as_bytes())?;
    output.flush()
}

fn written(result: io::Result<()>) -> anyhow::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(OutputClosed.into()),
        Err(error) => Err(anyhow::Error::new(error).context("the output could not be written")),
        Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_output_is_told_apart_from_a_full_disk() {
        let closed = written(write_all(&mut Closed, "text")).unwrap_err();
        assert!(closed.is::<OutputClosed>());
        let full = written(Err(io::ErrorKind::StorageFull.into())).unwrap_err();
        assert!(!full.is::<OutputClosed>());
    }
}
