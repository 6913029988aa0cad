//! The command line: one file per command. It talks gRPC to the service and to nothing else, whether a server runs for
//! the data folder or the service is opened in this process, so that both print the same.

mod arguments;
mod audit;
mod backup;
mod check;
mod connection;
mod day;
mod demo;
mod descriptors;
mod evaluate;
mod explain;
mod export;
mod failure;
mod geo;
mod import;
mod matching;
mod model;
mod outcome;
mod output;
mod privacy;
mod profile;
mod questions;
mod render;
mod report;
mod rerank;
mod serve;
mod server_file;
mod settings;
mod spread;
mod stop;
mod taxonomy;
pub mod telemetry;

pub use arguments::{Arguments, Command};
pub use failure::{Outcome, WrongUse, finish};
pub use settings::{Environment, Settings};

use anyhow::Context;
use std::time::Duration;

/// How long work that nobody waits for any more, such as a read of standard input, may hold up the end.
const LEFTOVERS: Duration = Duration::from_millis(200);

/// Does what was asked.
///
/// # Errors
/// Whatever the command met, in words for the person who typed it.
pub fn run(command: Command, settings: &Settings) -> anyhow::Result<Outcome> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.enable_all().build().context("the system gives no threads")?;
    let result = runtime.block_on(async {
        match command {
            Command::Serve(arguments) => serve::run(arguments, settings).await,
            Command::Demo(arguments) => demo::run(arguments, settings).await,
            Command::Import(arguments) => import::run(arguments, settings).await,
            Command::Match(arguments) => matching::run(arguments, settings).await,
            Command::Explain(arguments) => explain::run(arguments, settings).await,
            Command::Questions(arguments) => questions::run(arguments, settings).await,
            Command::Outcome(arguments) => outcome::run(arguments, settings).await,
            Command::Report(arguments) => report::run(arguments, settings).await,
            Command::Spread(arguments) => spread::run(arguments, settings).await,
            Command::Export(arguments) => export::run(arguments, settings).await,
            Command::Evaluate(arguments) => evaluate::run(arguments, settings).await,
            Command::Rerank(arguments) => rerank::run(arguments, settings).await,
            Command::Geo(arguments) => geo::run(arguments, settings).await,
            Command::Taxonomy(arguments) => taxonomy::run(arguments, settings).await,
            Command::Profile(arguments) => profile::run(arguments, settings).await,
            Command::Model(arguments) => model::run(arguments, settings).await,
            Command::Audit(arguments) => audit::run(arguments, settings).await,
            Command::Privacy(arguments) => privacy::run(arguments, settings).await,
            Command::Backup { folder } => backup::back_up(&folder, settings).await,
            Command::Restore { folder, erasures } => backup::restore(folder, erasures, settings).await,
            Command::Check { repair } => check::run(repair, settings).await,
        }
    });
    runtime.shutdown_timeout(LEFTOVERS);
    result
}
