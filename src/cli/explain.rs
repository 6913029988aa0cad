//! `passend explain`: one candidate and one vacancy, in words.

use super::arguments::{Explain, Format, View};
use super::connection::{Connection, failed};
use super::settings::{Language, Settings};
use super::{Outcome, matching, output, render};
use crate::wire::v1::{ExplainMatchRequest, explain_match_request};

/// Explains and prints.
pub(super) async fn run(arguments: Explain, settings: &Settings) -> anyhow::Result<Outcome> {
    let Explain { candidate, vacancy, view } = &arguments;
    let text = Connection::with(settings, async |connection| {
        pair(connection, candidate, vacancy, view, settings.language()).await
    })
    .await?;
    output::print(&text)?;
    Ok(Outcome::Fine)
}

/// One pair, as text or JSON.
pub(super) async fn pair(
    connection: &Connection,
    candidate: &str,
    vacancy: &str,
    view: &View,
    language: Language,
) -> anyhow::Result<String> {
    let request = ExplainMatchRequest {
        candidate_subject: Some(explain_match_request::CandidateSubject::CandidateId(candidate.to_owned())),
        vacancy_subject: Some(explain_match_request::VacancySubject::VacancyId(vacancy.to_owned())),
        options: Some(matching::options(view, language)),
        ..ExplainMatchRequest::default()
    };
    let response = connection.matching().explain_match(request).await.map_err(|status| failed(&status))?;
    let response = response.into_inner();
    if view.format == Format::Json {
        return output::json(&response);
    }
    let title = matching::vacancy(connection, vacancy).await?.unwrap_or_default().title;
    Ok(render::explanation(&response, &title, language))
}
