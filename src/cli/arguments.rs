//! What can be typed: commands, the flags of all of them, and in a module each those of a few that belong together.

mod accounting;
mod filling;
mod night;
mod outcome;
mod privacy;
mod ranking;
mod tables;

pub(super) use accounting::{Audit, AuditAction, Evaluate, Model};
pub(super) use filling::{AccessFlags, Demo, Import, Serve};
pub(super) use night::{Export, ExportFormat, NightFlags, Report, ReportFormat, Rerank, Spread};
pub(super) use outcome::{OutcomeAction, OutcomeArguments, OutcomeKind, OutcomeList, OutcomeRecord};
pub(super) use privacy::{PrivacyAction, PrivacyArguments};
pub(super) use ranking::{Explain, Match, MatchSubject, QuestionSubject, Questions, Ranking, View};
pub(super) use tables::{Geo, GeoAction, Profile, ProfileAction, Taxonomy, TaxonomyAction, TaxonomyImport};

use super::settings::{Language, LogFormat};
use clap::{Args, Parser, Subcommand, ValueEnum};
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
    /// Print everything that is kept of a person, or erase a person
    Privacy(PrivacyArguments),
    /// Copy the data folder as it is now into another folder, while a server runs
    Backup {
        /// A folder that is empty or not there yet, on the machine of the server
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Put a backup in the place of the data folder; nobody comes back who was erased since
    Restore {
        /// The backup
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// More files of people who were erased, such as the erasures.log of a folder that was lost
        #[arg(long, value_name = "FILE")]
        erasures: Vec<PathBuf>,
    },
    /// Check the record of decisions, or show one of them
    Audit(Audit),
    /// Verify store and search index, and say what is wrong
    Check {
        /// Put aside what is damaged and make anew what is derived
        #[arg(long)]
        repair: bool,
    },
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
            "passend audit",
            "passend audit show",
            "passend export --format xlsx f",
            "passend questions --caseload c1 --top 101",
            "passend serve --listen localhost",
            "passend demo --candidates 0",
            "passend rerank --region 36",
            "passend rerank --list --cancel r1",
            "passend taxonomy import",
            "passend check --language de",
            "passend privacy erase",
        ] {
            assert_eq!(parsed(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
