//! `passend import`: files in, record by record, over the import streams, and a report of what became of them.

mod ledger;
mod progress;
mod source;
mod stream;

use super::arguments::{Format, Import};
use super::connection::Connection;
use super::settings::{Language, Settings};
use super::{Outcome, day, output};
use crate::exchange::report::ImportReport;
use crate::wire::v1;
use serde::Serialize;
use serde_json::Value;

pub(super) use ledger::{Event, Payload, Place, Record};
pub(super) use progress::Progress;
pub(super) use stream::{BrokenOff, Streams, drive};

/// Examples of each count that a report shows.
const EXAMPLES: usize = 5;

/// Imports and reports.
pub(super) async fn run(arguments: Import, settings: &Settings) -> anyhow::Result<Outcome> {
    let files = source::open_all(&arguments.files)?;
    let language = settings.language();
    let stream_settings = v1::ImportSettings {
        organisation: arguments.organisation.clone().unwrap_or_default(),
        delivered_on: arguments.delivered_on.map(day::to_wire),
        complete: arguments.complete,
        text_language: language.code().to_owned(),
    };
    let (report, broken) = Connection::with(settings, async |connection| {
        let progress = Progress::of_bytes(source::total_bytes(&files), language);
        let events = source::read(files, progress.bytes());
        let mut report = ImportReport::new(EXAMPLES);
        let streams = Streams::new(connection, stream_settings);
        let broken = drive(events, streams, &mut report, &progress).await;
        progress.finish();
        Ok((report, broken))
    })
    .await?;
    let outcome = outcome(&report, broken.as_ref());
    match arguments.format {
        Format::Text => output::print(&text(&report, broken.as_ref(), arguments.complete, language))?,
        Format::Json => {
            let report = Printed { report: &report, broken_off: broken.as_ref() };
            let report = in_one_language(serde_json::to_value(&report)?, language);
            output::print_exactly(&format!("{}\n", serde_json::to_string_pretty(&report)?))?;
        }
    }
    Ok(outcome)
}

#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    report: &'a ImportReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_off: Option<&'a BrokenOff>,
}

/// The texts of a report in the asked language: the service answered in that one only.
fn in_one_language(value: Value, language: Language) -> Value {
    match value {
        Value::Object(mut fields)
            if fields.len() == 2 && fields.contains_key("nl") && fields.contains_key("en") =>
        {
            fields.remove(language.pick(&["nl", "en"])).unwrap_or_default()
        }
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, in_one_language(value, language))).collect()
        }
        Value::Array(values) => values.into_iter().map(|value| in_one_language(value, language)).collect(),
        other => other,
    }
}

/// Failed when the stream broke off, or when there was something and nothing of it could be taken.
fn outcome(report: &ImportReport, broken: Option<&BrokenOff>) -> Outcome {
    let refused = report.refused_records() > 0 || !report.file_problems.is_empty();
    if broken.is_some() || (refused && report.taken_records() == 0) { Outcome::Failed } else { Outcome::Fine }
}

fn text(report: &ImportReport, broken: Option<&BrokenOff>, complete: bool, language: Language) -> String {
    let mut text = report.text(language.into());
    if complete && !report.file_problems.is_empty() {
        text.push_str(language.pick(&[
            "Niet alles kon worden gelezen. Daarom is niemand gemarkeerd als niet meer geleverd.\n",
            "Not everything could be read. Therefore nobody was marked as not delivered.\n",
        ]));
    }
    if let Some(broken) = broken {
        text.push_str(&broken.text(language));
    }
    text
}
