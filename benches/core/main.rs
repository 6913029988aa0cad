//! The core score of `benches/peers/README.md`: its data, a float64 reference, and our own kernel for it.
//!
//! ```text
//! cargo bench --bench core -- generate 1000000 400000         how fast records are made, and in how much memory
//! cargo bench --bench core -- export FOLDER 47000 12600 [SEED]  the flat records that every engine reads
//! cargo bench --bench core -- check FOLDER [VACANCIES]        kernel against reference, all instruction sets and threads
//! cargo bench --bench core -- serve FOLDER                    one command a line, for benches/peers/run.py
//! ```

#![allow(clippy::print_stdout, reason = "a measurement prints what it measured")]

mod check;
mod columns;
mod export;
mod generate;
mod kernel;
mod record;
mod reference;
mod serve;

use passend::{demo::Settings, domain::Date};
use std::{error::Error, path::Path};

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

const USAGE: &str = "give `generate N M [SEED]`, `export FOLDER N M [SEED]`, `check FOLDER [VACANCIES]` or \
                     `serve FOLDER`";

fn main() -> Result<(), Failure> {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["generate", candidates, vacancies] => generate::measure(region(candidates, vacancies, "1")?),
        ["generate", candidates, vacancies, seed] => generate::measure(region(candidates, vacancies, seed)?),
        ["export", folder, candidates, vacancies] => export(folder, region(candidates, vacancies, "1")?),
        ["export", folder, candidates, vacancies, seed] => {
            export(folder, region(candidates, vacancies, seed)?)
        }
        ["check", folder] => check::check(Path::new(folder), 50),
        ["check", folder, vacancies] => check::check(Path::new(folder), vacancies.parse()?),
        ["serve", folder] => serve::serve(Path::new(folder)),
        _ => Err(USAGE.into()),
    }
}

fn region(candidates: &str, vacancies: &str, seed: &str) -> Result<Settings, Failure> {
    Ok(Settings {
        seed: seed.parse()?,
        candidates: candidates.parse()?,
        vacancies: vacancies.parse()?,
        as_of: Date::new(2026, 11, 22)?,
    })
}

fn export(folder: &str, settings: Settings) -> Result<(), Failure> {
    let terms = export::write(settings, Path::new(folder))?;
    let Settings { candidates, vacancies, seed, .. } = settings;
    println!("{candidates} candidates with {terms:.1} terms each, {vacancies} vacancies, seed {seed}");
    Ok(())
}
