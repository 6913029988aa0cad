//! Flags of one person's data.

use clap::{Args, Subcommand};

/// What `privacy` does.
#[derive(Args, Clone, Debug)]
pub struct PrivacyArguments {
    /// What to do.
    #[command(subcommand)]
    pub action: PrivacyAction,
}

/// What to do with one person's data.
#[derive(Clone, Debug, Subcommand)]
pub enum PrivacyAction {
    /// Print everything that is kept of a person as proto3 JSON: the record, who delivered what, outcomes, lists of nights
    Export {
        /// Id of the candidate
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Erase a person: in no answer from that moment, and out of every file within the set time
    Erase {
        /// Id of the candidate
        #[arg(value_name = "ID")]
        id: String,
        /// Remove every byte now, and look through every file for what is left
        #[arg(long)]
        wait: bool,
    },
}
