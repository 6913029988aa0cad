//! Flags of the run over everything and of what is made of its lists.

use super::Format;
use crate::cli::day;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Flags of `rerank`.
#[derive(Args, Clone, Debug)]
pub struct Rerank {
    /// Only the lists of a labour market region, 1 to 35
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=35))]
    pub region: Option<u32>,
    /// Only the lists of a sector: a code of SBI 2008 or its first digits
    #[arg(long, value_name = "SBI")]
    pub sector: Option<u32>,
    /// Rank only what changed since the last night of the same scope; the lists are the same
    #[arg(long)]
    pub changed_only: bool,
    /// The day for which to rank [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub as_of: Option<Date>,
    /// Show the runs instead of starting one
    #[arg(long, conflicts_with_all = ["region", "sector", "changed_only", "as_of", "cancel"])]
    pub list: bool,
    /// Cancel a run instead of starting one
    #[arg(long, value_name = "ID", conflicts_with_all = ["region", "sector", "changed_only", "as_of"])]
    pub cancel: Option<String>,
    /// Text for people, or the response as proto3 JSON
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

/// Which night.
#[derive(Args, Clone, Debug, Default)]
pub struct NightFlags {
    /// The day of the night [default: the last]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub night: Option<Date>,
    /// The night of this labour market region, 1 to 35 [default: the widest of the day]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=35))]
    pub region: Option<u32>,
    /// The night of this sector: a code of SBI 2008 or its first digits [default: the widest of the day]
    #[arg(long, value_name = "SBI", value_parser = clap::value_parser!(u32).range(1..))]
    pub sector: Option<u32>,
}

/// Flags of `report`.
#[derive(Args, Clone, Debug)]
pub struct Report {
    /// Which night.
    #[command(flatten)]
    pub night: NightFlags,
    /// Entries of each list in the report, 1 to 1000
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub entries: u32,
    /// Text for people, proto3 JSON, or a page that needs nothing but itself
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json|html")]
    pub format: ReportFormat,
}

/// Form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people, on a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For people, in a browser or on paper.
    Html,
}

/// Flags of `spread`.
#[derive(Args, Clone, Debug)]
pub struct Spread {
    /// Which night.
    #[command(flatten)]
    pub night: NightFlags,
    /// On how many lists everybody should be at least, as far as vacancies fit them, 0 to 50
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=50))]
    pub at_least: u32,
    /// On how many lists anybody may be at most
    #[arg(long, value_name = "M", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub at_most: u32,
    /// Places of a vacancy's list, 1 to 50; 0: as many as the lists of the night have
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=50))]
    pub list_size: u32,
    /// Text for people, or one line of proto3 JSON for the plan and one for each vacancy
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

/// Flags of `export`.
#[derive(Args, Clone, Debug)]
pub struct Export {
    /// Which night.
    #[command(flatten)]
    pub night: NightFlags,
    /// Form of the file; parquet needs a build with the feature export
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "csv|parquet")]
    pub format: ExportFormat,
    /// The file to write; one that is there is replaced
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Form of an exported file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Text, a line a place.
    #[default]
    Csv,
    /// Columns, for tools of statistics.
    Parquet,
}
