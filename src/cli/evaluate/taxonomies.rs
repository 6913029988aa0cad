//! Under which taxonomies is measured: the one that is in use, and the embedded one beside it.

use crate::cli::arguments::Evaluate;
use crate::cli::settings::{Language, Settings};
use crate::taxonomy::{self, Origin, Prepared, esco};
use anyhow::Context;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A taxonomy that is measured.
#[derive(Debug)]
pub(super) struct Measured {
    /// What tells its figures from those of the first taxonomy.
    pub(super) suffix: &'static str,
    /// Where it was found; `None`: in the program.
    found: Option<Found>,
}

#[derive(Debug)]
enum Found {
    /// In the data folder.
    Imported(PathBuf),
    /// In a distribution, read for this measurement into a folder of its own.
    Read { place: PathBuf, folder: TempDir },
}

/// The imported taxonomy, or the distribution that was named, or the one that stands beside the sets; and the embedded one.
pub(super) async fn measured(arguments: &Evaluate, settings: &Settings) -> anyhow::Result<Vec<Measured>> {
    let data = settings.data().to_owned();
    let named = arguments.taxonomy.clone();
    let beside = arguments.folder.join("../esco");
    let found = tokio::task::spawn_blocking(move || found(data, named, beside)).await??;
    Ok(match found {
        Some(found) => vec![
            Measured { suffix: "", found: Some(found) },
            Measured { suffix: " (embedded taxonomy)", found: None },
        ],
        None => vec![Measured { suffix: "", found: None }],
    })
}

fn found(data: PathBuf, named: Option<PathBuf>, beside: PathBuf) -> anyhow::Result<Option<Found>> {
    if named.is_none() && taxonomy::is_installed(&data) {
        return Ok(Some(Found::Imported(data)));
    }
    let Some(place) = named.or_else(|| beside.is_dir().then_some(beside)) else { return Ok(None) };
    let import = esco::read_folder(&place, None)?;
    let origin = Origin::Imported { files: Vec::new() };
    let prepared = Prepared::new(origin, import.taxonomy, &import.texts, import.codes);
    let folder = tempfile::tempdir().context("no folder for the measurement can be made")?;
    taxonomy::install(folder.path(), &prepared)?;
    Ok(Some(Found::Read { place, folder }))
}

impl Measured {
    /// Puts the taxonomy into a data folder.
    pub(super) fn install(&self, folder: &Path) -> anyhow::Result<()> {
        match &self.found {
            Some(Found::Imported(from)) => taxonomy::copy(from, folder)?,
            Some(Found::Read { folder: from, .. }) => taxonomy::copy(from.path(), folder)?,
            None => {}
        }
        Ok(())
    }

    /// Says which taxonomy it is.
    pub(super) fn note(&self, language: Language) -> String {
        let place = match &self.found {
            Some(Found::Imported(place) | Found::Read { place, .. }) => place.display(),
            None => {
                let texts = ["Gemeten met de ingebouwde taxonomie.", "Measured with the embedded taxonomy."];
                return language.pick(&texts).to_string();
            }
        };
        match language {
            Language::Dutch => format!("Gemeten met de taxonomie van {place}."),
            Language::English => format!("Measured with the taxonomy of {place}."),
        }
    }
}
