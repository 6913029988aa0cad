//! Rankings as the service gives them.

use crate::cli::connection::{Connection, failed};
use crate::cli::day;
use crate::evaluate::Ranked;
use crate::wire::v1::{
    self, ImportCandidatesRequest, ImportEnd, ImportSummary, ImportVacanciesRequest, MatchCandidatesRequest,
    MatchVacanciesRequest, RankingOptions, import_candidates_request as people,
    import_vacancies_request as jobs, match_candidates_request, match_vacancies_request,
};
use jiff::civil::Date;
use tokio_stream::StreamExt;

/// The day on which every set is measured, so that a figure is the same tomorrow.
const AS_OF: Date = Date::constant(2026, 1, 1);
/// Places of a ranking that are asked for.
pub(super) const DEPTH: u32 = 100;
/// Places that are asked for where only the first ten count.
pub(super) const FIRST: u32 = 10;

/// Asks a service for rankings.
#[derive(Debug)]
pub(super) struct Rankings<'a> {
    connection: &'a Connection,
}

impl<'a> Rankings<'a> {
    /// Rankings of the service behind a connection.
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// Puts people and vacancies in; every one must be taken.
    pub(super) async fn load(
        &self,
        candidates: Vec<v1::Candidate>,
        vacancies: Vec<v1::Vacancy>,
    ) -> anyhow::Result<()> {
        let expected = candidates.len() + vacancies.len();
        let mut taken = 0;
        let records = candidates.into_iter().map(people::Payload::Candidate);
        let messages = records.chain([people::Payload::End(ImportEnd::default())]);
        let messages = messages.map(|payload| ImportCandidatesRequest { payload: Some(payload) });
        let messages = tokio_stream::iter(messages.collect::<Vec<_>>());
        let answers = self.connection.candidates().import_candidates(messages).await;
        let mut answers = answers.map_err(|status| failed(&status))?.into_inner();
        while let Some(answer) = answers.next().await {
            taken += summed(answer.map_err(|status| failed(&status))?.summary);
        }
        if !vacancies.is_empty() {
            let records = vacancies.into_iter().map(jobs::Payload::Vacancy);
            let messages = records.chain([jobs::Payload::End(ImportEnd::default())]);
            let messages = messages.map(|payload| ImportVacanciesRequest { payload: Some(payload) });
            let messages = tokio_stream::iter(messages.collect::<Vec<_>>());
            let answers = self.connection.vacancies().import_vacancies(messages).await;
            let mut answers = answers.map_err(|status| failed(&status))?.into_inner();
            while let Some(answer) = answers.next().await {
                taken += summed(answer.map_err(|status| failed(&status))?.summary);
            }
        }
        anyhow::ensure!(taken == expected, "only {taken} of {expected} records of the set were taken");
        Ok(())
    }

    /// The best candidates for each vacancy; of one caseload where it is named.
    pub(super) async fn for_vacancies(
        &self,
        vacancies: &[&str],
        caseload: &str,
        depth: u32,
    ) -> anyhow::Result<Vec<(String, Vec<Ranked>)>> {
        let mut client = self.connection.matching();
        let mut rankings = Vec::with_capacity(vacancies.len());
        for id in vacancies {
            let request = MatchCandidatesRequest {
                subject: Some(match_candidates_request::Subject::VacancyId((*id).to_owned())),
                page_size: depth,
                options: Some(options()),
                caseload: caseload.to_owned(),
                ..MatchCandidatesRequest::default()
            };
            let answer =
                client.match_candidates(request).await.map_err(|status| failed(&status))?.into_inner();
            let ranked = |one: v1::Match| Ranked { document: one.candidate, score: one.score };
            rankings.push(((*id).to_owned(), answer.matches.into_iter().map(ranked).collect()));
        }
        Ok(rankings)
    }

    /// The best vacancies for each stored candidate.
    pub(super) async fn for_candidates(&self, people: &[&str]) -> anyhow::Result<Vec<(String, Vec<Ranked>)>> {
        let mut rankings = Vec::with_capacity(people.len());
        for id in people {
            let subject = match_vacancies_request::Subject::CandidateId((*id).to_owned());
            rankings.push(((*id).to_owned(), self.vacancies(subject, DEPTH).await?));
        }
        Ok(rankings)
    }

    /// The best vacancies for each of some people who are not stored.
    pub(super) async fn for_profiles(
        &self,
        people: Vec<v1::Candidate>,
    ) -> anyhow::Result<Vec<(String, Vec<Ranked>)>> {
        let mut rankings = Vec::with_capacity(people.len());
        for candidate in people {
            let id = candidate.id.clone();
            let subject = match_vacancies_request::Subject::Candidate(candidate);
            rankings.push((id, self.vacancies(subject, FIRST).await?));
        }
        Ok(rankings)
    }

    async fn vacancies(
        &self,
        subject: match_vacancies_request::Subject,
        depth: u32,
    ) -> anyhow::Result<Vec<Ranked>> {
        let request = MatchVacanciesRequest {
            subject: Some(subject),
            page_size: depth,
            options: Some(options()),
            ..MatchVacanciesRequest::default()
        };
        let answer = self.connection.matching().match_vacancies(request).await;
        let answer = answer.map_err(|status| failed(&status))?.into_inner();
        let ranked = |one: v1::Match| Ranked { document: one.vacancy, score: one.score };
        Ok(answer.matches.into_iter().map(ranked).collect())
    }
}

/// Records that an import took.
fn summed(summary: Option<ImportSummary>) -> usize {
    summary.map_or(0, |summary| (summary.created + summary.updated + summary.unchanged) as usize)
}

fn options() -> RankingOptions {
    RankingOptions { as_of: Some(day::to_wire(AS_OF)), ..RankingOptions::default() }
}
