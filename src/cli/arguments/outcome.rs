//! Flags of what became of proposals.

use super::Format;
use crate::cli::day;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

/// What `outcome` does.
#[derive(Args, Clone, Debug)]
pub struct OutcomeArguments {
    /// What to do.
    #[command(subcommand)]
    pub action: OutcomeAction,
}

/// What to do with outcomes.
#[derive(Clone, Debug, Subcommand)]
pub enum OutcomeAction {
    /// Record what became of a proposal; it is shown with the pair and changes no score
    Record(OutcomeRecord),
    /// List what was recorded, the latest first
    List(OutcomeList),
}

/// Flags of `outcome record`.
#[derive(Args, Clone, Debug)]
pub struct OutcomeRecord {
    /// Id of the candidate
    #[arg(value_name = "CANDIDATE")]
    pub candidate: String,
    /// Id of the vacancy
    #[arg(value_name = "VACANCY")]
    pub vacancy: String,
    /// What became of it: proposed, invited, placed, rejected or overridden (decided otherwise than the list)
    #[arg(value_enum, hide_possible_values = true, value_name = "OUTCOME")]
    pub outcome: OutcomeKind,
    /// Why, in words; an override needs it
    #[arg(long, value_name = "TEXT", required_if_eq("outcome", "overridden"))]
    pub reason: Option<String>,
    /// The day on which it happened [default: today in the Netherlands]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub on: Option<Date>,
    /// Makes a repetition of this command harmless
    #[arg(long, value_name = "ID")]
    pub request_id: Option<String>,
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutcomeKind {
    /// Proposed to the employer.
    Proposed,
    /// Invited.
    Invited,
    /// Placed.
    Placed,
    /// Rejected.
    Rejected,
    /// Decided otherwise than the list.
    Overridden,
}

/// Flags of `outcome list`.
#[derive(Args, Clone, Debug)]
pub struct OutcomeList {
    /// Only of this candidate
    #[arg(long, value_name = "ID")]
    pub candidate: Option<String>,
    /// Only of this vacancy
    #[arg(long, value_name = "ID")]
    pub vacancy: Option<String>,
    /// How many, 1 to 1000
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,
    /// Text for people, or the response as proto3 JSON
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}
