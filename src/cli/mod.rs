//! The command line: one file per command. It talks gRPC to the service and to nothing else, whether a server runs for
//! the data folder or the service is opened in this process, so that both print the same.

mod arguments;
mod day;
mod failure;
mod output;
mod render;
mod server_file;
mod settings;
pub mod telemetry;

pub use arguments::Arguments;
pub use failure::{Outcome, WrongUse, finish};
pub use settings::{Environment, Settings};
