//! `passend export`: the places of a night as a table for statistics. Ids and scores, and nothing else.

mod csv;
#[cfg(feature = "export")]
mod parquet;

use super::arguments::{Export, ExportFormat};
use super::connection::{Connection, failed};
use super::settings::{Language, Settings};
use super::{Outcome, output, render, report};
use crate::wire::v1::{ExportNightRequest, ExportedPlace};
use anyhow::Context;
use std::io::{BufWriter, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes places to a file.
trait Places {
    /// Writes some.
    fn write(&mut self, places: &[ExportedPlace]) -> anyhow::Result<()>;

    /// Writes what is left.
    fn finish(self: Box<Self>) -> anyhow::Result<()>;
}

/// Asks for the places and writes them. The file appears whole or not at all.
pub(super) async fn run(arguments: Export, settings: &Settings) -> anyhow::Result<Outcome> {
    let path = &arguments.file;
    let cannot = || format!("{} cannot be written", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = NamedTempFile::new_in(folder).with_context(cannot)?;
    let count = Connection::with(settings, async |connection| {
        let target = BufWriter::new(file.reopen().with_context(cannot)?);
        let mut places = places_in(arguments.format, target)?;
        let request = ExportNightRequest { night: Some(report::choice(&arguments.night)) };
        let answer = connection.reranks().export_night(request).await;
        let mut messages = answer.map_err(|status| failed(&status))?.into_inner();
        let mut count = 0_u64;
        while let Some(message) = messages.message().await.map_err(|status| failed(&status))? {
            count += u64::try_from(message.places.len()).unwrap_or(u64::MAX);
            places.write(&message.places).with_context(cannot)?;
        }
        places.finish().with_context(cannot)?;
        Ok(count)
    })
    .await?;
    file.as_file().sync_all().with_context(cannot)?;
    file.persist(path).with_context(cannot)?;
    output::print(&told(count, path, settings.language()))?;
    Ok(Outcome::Fine)
}

fn told(count: u64, path: &Path, language: Language) -> String {
    let (count, path) = (render::count(count, language), path.display());
    match language {
        Language::Dutch => format!("Weggeschreven: {count} plekken op lijsten, in {path}.\n"),
        Language::English => format!("Written: {count} places on lists, to {path}.\n"),
    }
}

fn places_in(format: ExportFormat, target: impl Write + Send + 'static) -> anyhow::Result<Box<dyn Places>> {
    match format {
        ExportFormat::Csv => Ok(Box::new(csv::Csv::new(target)?)),
        #[cfg(feature = "export")]
        ExportFormat::Parquet => Ok(Box::new(parquet::Parquet::new(target)?)),
        #[cfg(not(feature = "export"))]
        ExportFormat::Parquet => {
            anyhow::bail!(
                "this build writes no Parquet; build it with --features export, or give --format csv"
            )
        }
    }
}

/// The day of a place as year-month-day.
fn day_of(place: &ExportedPlace) -> String {
    place.night.map_or_else(String::new, |day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day))
}
