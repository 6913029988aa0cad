//! Flags of what tells how the service works, and how well.

use super::Format;
use clap::Args;
use std::path::PathBuf;

/// Flags of `model`.
#[derive(Args, Clone, Debug)]
pub struct Model {
    /// Text for people, or the response as proto3 JSON
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

/// Flags of `evaluate`.
#[derive(Args, Clone, Debug)]
pub struct Evaluate {
    /// Folder with sets: a folder a set, told by its files (README.md tells which)
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Distribution of ESCO to measure with [default: the imported taxonomy, else the folder esco beside DIR, else only
    /// the embedded taxonomy]
    #[arg(long, value_name = "DIR")]
    pub taxonomy: Option<PathBuf>,
    /// Also write the figures to a file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Also write the rankings to a folder, as TREC run files
    #[arg(long, value_name = "DIR")]
    pub runs: Option<PathBuf>,
    /// Show the difference to a former run: a file that --json wrote
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
}
