//! `passend match`: who fits a vacancy, or which vacancies fit a candidate.

use super::arguments::{Format, Match, MatchSubject, Ranking, View};
use super::connection::{Connection, failed};
use super::render::{self, Titles};
use super::settings::{Language, Settings};
use super::{Outcome, day, output};
use crate::wire::v1::{
    GetVacancyRequest, MatchCandidatesRequest, MatchCandidatesResponse, MatchVacanciesRequest,
    RankingOptions, Vacancy, match_candidates_request, match_vacancies_request,
};
use tonic::Code;

/// Ranks and prints.
pub(super) async fn run(arguments: Match, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let text = Connection::with(settings, async |connection| match &arguments.subject {
        MatchSubject::Vacancy(ranking) => candidates(connection, ranking, language).await,
        MatchSubject::Candidate(ranking) => vacancies(connection, ranking, language).await,
    })
    .await?;
    output::print(&text)?;
    Ok(Outcome::Fine)
}

async fn candidates(
    connection: &Connection,
    ranking: &Ranking,
    language: Language,
) -> anyhow::Result<String> {
    let response = ranked_candidates(connection, ranking, language).await?;
    if ranking.view.format == Format::Json {
        return output::json(&response);
    }
    let vacancy = vacancy(connection, &ranking.id).await?.unwrap_or_default();
    let vacancy = Vacancy { id: ranking.id.clone(), ..vacancy };
    Ok(render::candidates(&response, &vacancy, language))
}

/// The best candidates for a vacancy.
pub(super) async fn ranked_candidates(
    connection: &Connection,
    ranking: &Ranking,
    language: Language,
) -> anyhow::Result<MatchCandidatesResponse> {
    let request = MatchCandidatesRequest {
        subject: Some(match_candidates_request::Subject::VacancyId(ranking.id.clone())),
        page_size: ranking.limit,
        options: Some(options(&ranking.view, language)),
        include_closed: ranking.include_closed,
        ..MatchCandidatesRequest::default()
    };
    let response = connection.matching().match_candidates(request).await.map_err(|status| failed(&status))?;
    Ok(response.into_inner())
}

async fn vacancies(connection: &Connection, ranking: &Ranking, language: Language) -> anyhow::Result<String> {
    let request = MatchVacanciesRequest {
        subject: Some(match_vacancies_request::Subject::CandidateId(ranking.id.clone())),
        page_size: ranking.limit,
        options: Some(options(&ranking.view, language)),
        include_closed: ranking.include_closed,
        ..MatchVacanciesRequest::default()
    };
    let response = connection.matching().match_vacancies(request).await.map_err(|status| failed(&status))?;
    let response = response.into_inner();
    if ranking.view.format == Format::Json {
        return output::json(&response);
    }
    let mut titles = Titles::new();
    for one in &response.matches {
        if let Some(vacancy) = vacancy(connection, &one.vacancy).await? {
            titles.insert(vacancy.id, vacancy.title);
        }
    }
    Ok(render::vacancies(&response, &ranking.id, &titles, language))
}

/// How a request ranks.
pub(super) fn options(view: &View, language: Language) -> RankingOptions {
    RankingOptions {
        as_of: view.as_of.map(day::to_wire),
        text_language: language.code().to_owned(),
        profile: view.profile.clone().unwrap_or_default(),
        reason_data: view.format == Format::Json,
        ..RankingOptions::default()
    }
}

/// A stored vacancy, for its title; `None` when it has gone in the meantime.
pub(super) async fn vacancy(connection: &Connection, id: &str) -> anyhow::Result<Option<Vacancy>> {
    match connection.vacancies().get_vacancy(GetVacancyRequest { id: id.to_owned() }).await {
        Ok(response) => Ok(response.into_inner().vacancy),
        Err(status) if status.code() == Code::NotFound => Ok(None),
        Err(status) => Err(failed(&status)),
    }
}
