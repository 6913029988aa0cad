//! `passend report`: what a night came to.

use super::arguments::{NightFlags, Report, ReportFormat};
use super::connection::{Connection, failed};
use super::settings::Settings;
use super::{Outcome, day, output, render};
use crate::wire::v1::{GetNightReportRequest, NightChoice};

/// Asks and prints.
pub(super) async fn run(arguments: Report, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let report = Connection::with(settings, async |connection| {
        let request = GetNightReportRequest {
            night: Some(choice(&arguments.night)),
            entries: arguments.entries,
            text_language: language.code().to_owned(),
        };
        let answer = connection.reranks().get_night_report(request).await;
        Ok(answer.map_err(|status| failed(&status))?.into_inner().report.unwrap_or_default())
    })
    .await?;
    match arguments.format {
        ReportFormat::Json => output::print_exactly(&output::json(&report)?)?,
        ReportFormat::Html => output::print_exactly(&render::report_page(&report, language))?,
        ReportFormat::Text => output::print(&render::report(&report, language))?,
    }
    Ok(Outcome::Fine)
}

/// The night that flags name.
pub(super) fn choice(flags: &NightFlags) -> NightChoice {
    NightChoice {
        night: flags.night.map(day::to_wire),
        labour_market_region: flags.region.unwrap_or(0),
        sbi_code: flags.sector.unwrap_or(0),
    }
}
