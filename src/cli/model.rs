//! `passend model`: how the service works, as it runs.

use super::arguments::{Format, Model};
use super::connection::{Connection, failed};
use super::settings::Settings;
use super::{Outcome, output, render};
use crate::wire::v1::DescribeModelRequest;

/// Asks and prints.
pub(super) async fn run(arguments: Model, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let text = Connection::with(settings, async |connection| {
        let request = DescribeModelRequest { text_language: language.code().to_owned() };
        let response =
            connection.accountability().describe_model(request).await.map_err(|status| failed(&status))?;
        let response = response.into_inner();
        match arguments.format {
            Format::Json => output::json(&response),
            Format::Text => Ok(render::model(&response, language)),
        }
    })
    .await?;
    output::print(&text)?;
    Ok(Outcome::Fine)
}
