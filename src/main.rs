//! Passend on the command line: flags → settings → logs → command.

use clap::Parser;
use passend::cli::{self, Arguments, Outcome, Settings};
use std::process::ExitCode;

/// Explanations are many small pieces of memory, made and let go on all threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    cli::finish(run(arguments))
}

fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let settings = Settings::resolve(&arguments, &|name| std::env::var_os(name))?;
    cli::telemetry::start(&settings)?;
    cli::run(arguments.command, &settings)
}
