//! Flags of what is put in place of the built-in tables and rules.

use clap::{Args, Subcommand};
use std::path::PathBuf;

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
