//! Flags of what ranks, explains and asks.

use super::Format;
use crate::cli::day;
use clap::{Args, Subcommand};
use jiff::civil::Date;

/// What `match` ranks for.
#[derive(Args, Clone, Debug)]
pub struct Match {
    /// For whom or what.
    #[command(subcommand)]
    pub subject: MatchSubject,
}

/// For whom or what is ranked.
#[derive(Clone, Debug, Subcommand)]
pub enum MatchSubject {
    /// The best candidates for a vacancy
    Vacancy(Ranking),
    /// The best vacancies for a candidate
    Candidate(Ranking),
}

/// Flags of a ranking.
#[derive(Args, Clone, Debug)]
pub struct Ranking {
    /// Id of the vacancy or candidate
    #[arg(value_name = "ID")]
    pub id: String,
    /// How many, best first, 1 to 1000
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,
    /// Also who or what is outside the pool
    #[arg(long)]
    pub include_closed: bool,
    /// How it is scored and shown.
    #[command(flatten)]
    pub view: View,
}

/// Flags of `explain`.
#[derive(Args, Clone, Debug)]
pub struct Explain {
    /// Id of the candidate
    #[arg(value_name = "CANDIDATE")]
    pub candidate: String,
    /// Id of the vacancy
    #[arg(value_name = "VACANCY")]
    pub vacancy: String,
    /// How many of the most useful single changes to find and rank, 0 to 10
    #[arg(long, value_name = "N", default_value_t = Self::CHANGES, value_parser = clap::value_parser!(u32).range(0..=10))]
    pub changes: u32,
    /// In words for the candidate instead of the advisor
    #[arg(long)]
    pub for_candidate: bool,
    /// How it is scored and shown.
    #[command(flatten)]
    pub view: View,
}

impl Explain {
    /// Changes that are found when nobody says how many.
    pub const CHANGES: u32 = 3;
}

/// Flags of `questions`.
#[derive(Args, Clone, Debug)]
pub struct Questions {
    /// For whom.
    #[command(flatten)]
    pub subject: QuestionSubject,
    /// How many questions, the most useful first, 1 to 1000
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,
    /// How many of the best matches are looked at, 1 to 100
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub top: u32,
    /// How it is scored and shown.
    #[command(flatten)]
    pub view: View,
}

/// For whom questions are asked.
#[derive(Args, Clone, Debug, Default)]
#[group(required = true, multiple = true)]
pub struct QuestionSubject {
    /// Everybody in the caseload of this advisor or team
    #[arg(long, value_name = "ID", conflicts_with_all = ["candidate", "vacancy"])]
    pub caseload: Option<String>,
    /// Everybody of this organisation
    #[arg(long, value_name = "ID", conflicts_with_all = ["candidate", "vacancy"])]
    pub organisation: Option<String>,
    /// This candidate, over the best vacancies
    #[arg(long, value_name = "ID", conflicts_with = "vacancy")]
    pub candidate: Option<String>,
    /// This vacancy, over the top of its list
    #[arg(long, value_name = "ID")]
    pub vacancy: Option<String>,
}

/// How a match is scored and shown.
#[derive(Args, Clone, Debug, Default)]
pub struct View {
    /// The day for which is matched [default: today in the Netherlands]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub as_of: Option<Date>,
    /// Ranking profile: algemeen, zorg or techniek [default: by the vacancy's sector]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Text for people, or the response as proto3 JSON
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}
