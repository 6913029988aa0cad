//! Flags of what tells how the service works, and how well.

use super::Format;
use clap::{Args, Subcommand};
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

/// Flags of `audit`.
#[derive(Args, Clone, Debug)]
pub struct Audit {
    /// What to do.
    #[command(subcommand)]
    pub action: AuditAction,
}

/// What can be done with the record of decisions.
#[derive(Clone, Debug, Subcommand)]
pub enum AuditAction {
    /// Verify that nothing was changed or taken away; works beside a running server
    Verify {
        /// File with the checkpoints of the second place (--checkpoint-to of serve)
        #[arg(long, value_name = "FILE")]
        checkpoints: Option<PathBuf>,
        /// The public key as it was written down [default: that of the folder]
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Show one decision
    Show {
        /// Its id: decision_id of an answer
        #[arg(value_name = "ID")]
        id: String,
        /// Text for people, or the response as proto3 JSON
        #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
        format: Format,
    },
    /// Print the public key, so that it can be kept elsewhere
    Key,
}
