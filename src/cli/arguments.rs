//! What can be typed: commands and their flags.

use super::day;
use super::settings::{Language, LogFormat};
use crate::demo::{MOST_CANDIDATES, MOST_VACANCIES};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Finds the best candidates for a vacancy and the best vacancies for a candidate, and says why.
///
/// A match is a proposal to a person who decides, never a decision.
#[derive(Clone, Debug, Parser)]
#[command(name = "passend", version, propagate_version = true, after_help = EXIT_CODES)]
pub struct Arguments {
    /// Flags of every command.
    #[command(flatten)]
    pub flags: Flags,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Flags come before environment variables, and these before the settings file.\n\
                          Exit codes: 0 fine, 1 failed, 2 wrong use.";

/// Flags of every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Flags {
    /// Folder with the data [env: PASSEND_DATA] [default: passend/data in the user's data folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Settings file in TOML [env: PASSEND_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Language of what people read [env: PASSEND_LANGUAGE] [default: nl]
    #[arg(long, global = true, value_enum, hide_possible_values = true, value_name = "nl|en")]
    pub language: Option<Language>,
    /// What is logged to standard error, as in RUST_LOG [env: PASSEND_LOG] [default: warn; serve: info]
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
    /// How it is logged [env: PASSEND_LOG_FORMAT] [default: text]
    #[arg(long, global = true, value_enum, hide_possible_values = true, value_name = "text|json")]
    pub log_format: Option<LogFormat>,
    /// Threads for scoring, 0 for one per core [env: PASSEND_THREADS] [default: 0]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
    /// Folder with ranking profiles of your own, over those of the program [env: PASSEND_PROFILES]
    #[arg(long, global = true, value_name = "DIR")]
    pub profiles: Option<PathBuf>,
    /// File with instruments in place of the program's own [env: PASSEND_INSTRUMENTS]
    #[arg(long, global = true, value_name = "FILE")]
    pub instruments: Option<PathBuf>,
}

/// A command.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Serve gRPC on this machine
    Serve(Serve),
    /// Fill a folder of its own with a made-up region, show a first match and serve it
    Demo(Demo),
    /// Take in VUM JSON or the service's own JSON, and report what became of it
    Import(Import),
    /// Rank candidates for a vacancy, or vacancies for a candidate
    Match(Match),
    /// Explain one candidate and one vacancy in words
    Explain(Explain),
    /// Say which answers are worth asking for: of a caseload, of a candidate, or for a vacancy's list
    Questions(Questions),
    /// Record what became of a proposal, or list what was recorded
    Outcome(OutcomeArguments),
    /// Rank every vacancy against everybody and keep the lists; goes on with a run that was broken off
    Rerank(Rerank),
    /// Report what a night came to: whom its lists leave out or name over and over, and what is worth doing
    Report(Report),
    /// Make a second plan beside the lists of a night, in which nobody is left out, and say what it costs
    Spread(Spread),
    /// Write the places of a night to a file, with ids and scores only
    Export(Export),
    /// Replace the built-in table of postcodes
    Geo(Geo),
    /// Measure recognition and ranking on sets of questions with known answers
    Evaluate(Evaluate),
    /// Take in ESCO in place of the built-in taxonomy, show what is in use, or go back
    Taxonomy(Taxonomy),
    /// Check files of ranking profiles
    Profile(Profile),
    /// Describe how the service works: what counts and how much, what never counts, what is not known
    Model(Model),
    /// Verify store and search index, and say what is wrong
    Check,
}

/// Flags of `serve`.
#[derive(Args, Clone, Debug, Default)]
pub struct Serve {
    /// Address of this machine to listen on; port 0 takes a free one [env: PASSEND_LISTEN] [default: 127.0.0.1:50051]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Print the settings as they apply and where each comes from, and stop
    #[arg(long)]
    pub print_config: bool,
}

/// Flags of `demo`.
#[derive(Args, Clone, Debug, Default)]
pub struct Demo {
    /// How many people, at most 1,000,000 [default: 2000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_CANDIDATES))]
    pub candidates: Option<u32>,
    /// How many vacancies, at most 400,000 [default: 500]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_VACANCIES))]
    pub vacancies: Option<u32>,
    /// The same seed gives the same region [default: 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The day on which the region stands [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub as_of: Option<Date>,
    /// Address of this machine to listen on; port 0 takes a free one [env: PASSEND_LISTEN] [default: 127.0.0.1:50051]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Stop after filling and the first match
    #[arg(long)]
    pub no_serve: bool,
}

/// Flags of `import`.
#[derive(Args, Clone, Debug)]
pub struct Import {
    /// Files with records: one object, an array, or one object a line; gzip or not; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The organisation that delivers
    #[arg(long, value_name = "ID")]
    pub organisation: Option<String>,
    /// The day of the delivery [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub delivered_on: Option<Date>,
    /// This is the whole delivery of the organisation: who is missing from it is marked not delivered (per kind that
    /// occurs in the files)
    #[arg(long)]
    pub complete: bool,
    /// Form of the report
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

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

/// Form of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
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

/// Flags of `geo`.
#[derive(Args, Clone, Debug)]
pub struct Geo {
    /// What to do with the table.
    #[command(subcommand)]
    pub action: GeoAction,
}

/// What to do with the table of postcodes.
#[derive(Clone, Debug, Subcommand)]
pub enum GeoAction {
    /// Take in a table: GeoNames' NL.txt, or lines of pc4, places, lat, lon
    Import {
        /// The table
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Flags of `taxonomy`.
#[derive(Args, Clone, Debug)]
pub struct Taxonomy {
    /// What to do with the taxonomy.
    #[command(subcommand)]
    pub action: TaxonomyAction,
}

/// What to do with the taxonomy of skills and occupations.
#[derive(Clone, Debug, Subcommand)]
pub enum TaxonomyAction {
    /// Take in ESCO's CSV distribution and report what was found, what is missing and what was refused
    Import(TaxonomyImport),
    /// Show which taxonomy is in use and what is in it
    Show,
    /// Go back to the built-in taxonomy
    Reset,
}

/// Flags of `taxonomy import`.
#[derive(Args, Clone, Debug)]
pub struct TaxonomyImport {
    /// Folder with the CSV files, in any languages; folders in it count too
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// CSV file with the columns code, uri and name: UWV's codes (BO&C) and the concepts they mean [default: boc.csv in
    /// DIR]
    #[arg(long, value_name = "FILE")]
    pub boc: Option<PathBuf>,
    /// Also take over when files are cut off or damaged: what can be read of them
    #[arg(long)]
    pub take_damaged: bool,
}

/// Flags of `profile`.
#[derive(Args, Clone, Debug)]
pub struct Profile {
    /// What to do with profiles.
    #[command(subcommand)]
    pub action: ProfileAction,
}

/// What to do with ranking profiles.
#[derive(Clone, Debug, Subcommand)]
pub enum ProfileAction {
    /// Tell everything that is wrong with files of profiles, with line, column and what to write instead
    Check {
        /// The files; together they are checked as one folder would be
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// Flags of `model`.
#[derive(Args, Clone, Debug)]
pub struct Model {
    /// Text for people, or the response as proto3 JSON
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parsed(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_commands_hold_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn flags_of_every_command_stand_before_or_behind_it() {
        for line in ["passend --data d match vacancy v1", "passend match vacancy v1 --data d"] {
            assert_eq!(parsed(line).unwrap().flags.data, Some(PathBuf::from("d")), "{line}");
        }
    }

    #[test]
    fn wrong_use_is_refused_with_code_2() {
        for line in [
            "passend",
            "passend import",
            "passend match vacancy",
            "passend match vacancy v1 --limit 0",
            "passend match vacancy v1 --limit 1001",
            "passend match vacancy v1 --as-of 2026-02-30",
            "passend explain k1",
            "passend questions",
            "passend demo --candidates 0",
            "passend demo --candidates 1000001",
            "passend demo --vacancies 400001",
            "passend questions --candidate k1 --vacancy v1",
            "passend outcome record k1 v1 hired",
            "passend outcome record k1 v1 overridden",
            "passend outcome list --limit 0",
            "passend report --format pdf",
            "passend report --night yesterday",
            "passend spread --at-most 0",
            "passend export",
            "passend export --format xlsx f",
            "passend questions --caseload c1 --top 101",
            "passend serve --listen localhost",
            "passend demo --candidates 0",
            "passend rerank --region 36",
            "passend rerank --list --cancel r1",
            "passend taxonomy import",
            "passend check --language de",
        ] {
            assert_eq!(parsed(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
