//! `passend geo import`: a better table of postcodes in place of the built-in one.

use super::arguments::{Geo, GeoAction};
use super::connection::open_engine;
use super::render::count;
use super::settings::{Language, Settings};
use super::{Outcome, output};
use crate::engine::StartError;
use crate::geo::{self, InstallReport};
use anyhow::anyhow;

/// Takes in a table and reports.
pub(super) async fn run(arguments: Geo, settings: &Settings) -> anyhow::Result<Outcome> {
    let GeoAction::Import { file } = arguments.action;
    let folder = settings.data().to_owned();
    // The folder is held meanwhile: a server would go on with the old table.
    let engine = match open_engine(settings).await {
        Ok(engine) => Some(engine),
        // A damaged table is what a new one is the remedy for.
        Err(StartError::Places(_)) => None,
        Err(error) if error.in_use().is_some() => {
            return Err(anyhow!(
                "{error}; stop it, import the table and start it again: a server reads it when it starts"
            ));
        }
        Err(error) => return Err(error.into()),
    };
    let report = tokio::task::spawn_blocking(move || geo::install(&folder, &file)).await??;
    drop(engine);
    output::print(&text(&report, settings.language()))?;
    Ok(Outcome::Fine)
}

fn text(report: &InstallReport, language: Language) -> String {
    let InstallReport { read, postcodes, with_region, missing, version } = report;
    let number = |value: usize| count(u64::try_from(value).unwrap_or(u64::MAX), language);
    let mut text = match language {
        Language::Dutch => format!(
            "{} postcodes met een plek op de kaart, {} met een arbeidsmarktregio (tabel {version}).\n\
             Regels: {} gelezen, {} over andere landen, {} geweigerd.\n",
            number(*postcodes),
            number(*with_region),
            number(read.taken),
            number(read.other_countries),
            number(read.refused)
        ),
        Language::English => format!(
            "{} postcodes with a position, {} with a labour market region (table {version}).\n\
             Lines: {} read, {} about other countries, {} refused.\n",
            number(*postcodes),
            number(*with_region),
            number(read.taken),
            number(read.other_countries),
            number(read.refused)
        ),
    };
    for issue in &read.issues {
        text.push_str(&format!("  {issue}\n"));
    }
    if *missing > 0 {
        let number = number(*missing);
        text.push_str(&match language {
            Language::Dutch => format!(
                "{number} postcodes van de ingebouwde tabel staan er niet in; hun plek is nu onbekend.\n"
            ),
            Language::English => format!(
                "{number} postcodes of the built-in table are not in it; their position is unknown now.\n"
            ),
        });
    }
    text
}
