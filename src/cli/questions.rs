//! `passend questions`: which answers are worth asking for.

use super::arguments::{Format, QuestionSubject, Questions};
use super::connection::{Connection, failed};
use super::settings::Settings;
use super::{Outcome, matching, output, render};
use crate::wire::v1::{Caseload, ListProfileQuestionsRequest, list_profile_questions_request::Subject};

/// Asks and prints.
pub(super) async fn run(arguments: Questions, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let text = Connection::with(settings, async |connection| {
        let request = ListProfileQuestionsRequest {
            subject: Some(subject(&arguments.subject)),
            page_size: arguments.limit,
            top_size: arguments.top,
            options: Some(matching::options(&arguments.view, language)),
            ..ListProfileQuestionsRequest::default()
        };
        let answer = connection.matching().list_profile_questions(request).await;
        let response = answer.map_err(|status| failed(&status))?.into_inner();
        if arguments.view.format == Format::Json {
            return output::json(&response);
        }
        Ok(render::questions(&response, &arguments.subject, language))
    })
    .await?;
    output::print(&text)?;
    Ok(Outcome::Fine)
}

fn subject(asked: &QuestionSubject) -> Subject {
    match (&asked.candidate, &asked.vacancy) {
        (Some(candidate), _) => Subject::CandidateId(candidate.clone()),
        (None, Some(vacancy)) => Subject::VacancyId(vacancy.clone()),
        (None, None) => Subject::Caseload(Caseload {
            caseload: asked.caseload.clone().unwrap_or_default(),
            organisation: asked.organisation.clone().unwrap_or_default(),
        }),
    }
}
