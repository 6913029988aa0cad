//! Passend on the command line: flags → settings → logs → command.

use clap::Parser;
use passend::cli::{self, Arguments, Outcome, Settings};
use std::process::ExitCode;

/// Explanations are many small pieces of memory, made and let go on all threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long memory that was let go of is kept before it goes back to the system, in milliseconds, by the allocator's name.
const KEPT_FOR: (&str, &str) = ("MIMALLOC_PURGE_DELAY", "60000");

fn main() -> ExitCode {
    keep_memory();
    let arguments = Arguments::parse();
    cli::finish(run(arguments))
}

/// A night lets go of memory and takes it again all the time; given back after a second, as the allocator does by itself,
/// it comes back in small pieces, and the night takes an eighth longer. The allocator reads its settings from the
/// environment, before `main`: so the program starts itself once more, as the same process. Whoever set it is left alone.
#[cfg(unix)]
fn keep_memory() {
    use std::os::unix::process::CommandExt;
    let (name, time) = KEPT_FOR;
    let mut arguments = std::env::args_os();
    let (None, Ok(program), Some(called)) =
        (std::env::var_os(name), std::env::current_exe(), arguments.next())
    else {
        return;
    };
    // It returns only where it fails; then everything works as it is.
    let _failed = std::process::Command::new(program).arg0(called).args(arguments).env(name, time).exec();
}

/// Elsewhere a process cannot start itself once more.
#[cfg(not(unix))]
fn keep_memory() {}

fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let settings = Settings::resolve(&arguments, &|name| std::env::var_os(name))?;
    cli::telemetry::start(&settings)?;
    cli::run(arguments.command, &settings)
}
