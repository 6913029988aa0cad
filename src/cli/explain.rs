//! `passend explain`: one candidate and one vacancy, in words.

use super::arguments::{Explain, Format};
use super::connection::{Connection, failed};
use super::settings::{Language, Settings};
use super::{Outcome, matching, output, render};
use crate::wire::v1::{
    Audience, ExplainMatchRequest,
    explain_match_request::{CandidateSubject, VacancySubject},
};

/// Explains and prints.
pub(super) async fn run(arguments: Explain, settings: &Settings) -> anyhow::Result<Outcome> {
    let text = Connection::with(settings, async |connection| {
        pair(connection, &arguments, settings.language()).await
    })
    .await?;
    output::print(&text)?;
    Ok(Outcome::Fine)
}

/// One pair, as text or JSON.
pub(super) async fn pair(
    connection: &Connection,
    asked: &Explain,
    language: Language,
) -> anyhow::Result<String> {
    let audience = if asked.for_candidate { Audience::Candidate } else { Audience::Advisor };
    let request = ExplainMatchRequest {
        candidate_subject: Some(CandidateSubject::CandidateId(asked.candidate.clone())),
        vacancy_subject: Some(VacancySubject::VacancyId(asked.vacancy.clone())),
        options: Some(matching::options(&asked.view, language)),
        suggested_changes: Some(asked.changes),
        audience: audience.into(),
        ..ExplainMatchRequest::default()
    };
    let response = connection.matching().explain_match(request).await.map_err(|status| failed(&status))?;
    let response = response.into_inner();
    if asked.view.format == Format::Json {
        return output::json(&response);
    }
    let title = matching::vacancy(connection, &asked.vacancy).await?.unwrap_or_default().title;
    Ok(render::explanation(&response, &title, language))
}
