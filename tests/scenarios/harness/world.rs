//! One world: a server of its own with the people and vacancies of a scenario, and everything that it answers.

use super::{changes::Records, look, notation::Day};
use crate::common::Server;
use passend::wire::{JsonLayout, to_json, v1};
use serde_json::Value;
use std::collections::BTreeMap;
use tonic_types::StatusExt as _;

/// When and with which travel times a world is asked.
#[derive(Clone, Debug)]
pub struct Setting {
    pub as_of: Day,
    pub travel: BTreeMap<String, u32>,
}

/// A list, as it was answered.
pub struct List {
    pub whole: Value,
    /// The matches by the id of the other side.
    pub by_id: BTreeMap<String, Value>,
}

/// What a world answered.
pub struct World {
    pub lists: BTreeMap<String, List>,
    /// Explained pairs by (candidate, vacancy).
    pub pairs: BTreeMap<(String, String), Value>,
    /// What the employer of a vacancy sees, or why not.
    pub employer: BTreeMap<String, Result<Value, String>>,
    /// Fields of records that the server refused, with the reason.
    pub refused: Vec<String>,
}

pub fn date(day: Day) -> v1::Date {
    v1::Date { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

pub fn options(setting: &Setting, travel_times: Vec<v1::KnownTravelTime>) -> v1::RankingOptions {
    v1::RankingOptions {
        as_of: Some(date(setting.as_of)),
        travel_times,
        // Lists and explanations are compared word by word.
        reason_data: true,
        ..v1::RankingOptions::default()
    }
}

pub fn json<M: prost::Name>(message: &M) -> Result<Value, String> {
    let text = to_json(message, JsonLayout::Compact).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// A running server with the records in it.
pub struct Running {
    server: Server,
    folder: tempfile::TempDir,
    pub matching: v1::matching_service_client::MatchingServiceClient<tonic::transport::Channel>,
}

impl Running {
    pub async fn start() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let server = Server::start(folder.path(), 1).await;
        let matching = server.matching().await;
        Ok(Self { server, folder, matching })
    }

    pub async fn stop(self) {
        self.server.stop().await;
        drop(self.folder);
    }

    /// Puts records in; gives back the fields that were refused.
    pub async fn put(&self, records: &Records) -> Result<Vec<String>, String> {
        let (mut candidates, mut vacancies) = (self.server.candidates().await, self.server.vacancies().await);
        let mut refused = Vec::new();
        for candidate in records.candidates.values() {
            if let Err(status) = candidates.upsert_candidate(crate::common::upsert(candidate.clone())).await {
                refused.extend(violations(&status, &candidate.id)?);
            }
        }
        for vacancy in records.vacancies.values() {
            if let Err(status) =
                vacancies.upsert_vacancy(crate::common::upsert_vacancy(vacancy.clone())).await
            {
                refused.extend(violations(&status, &vacancy.id)?);
            }
        }
        Ok(refused)
    }

    pub async fn candidates_for(&mut self, vacancy: &str, setting: &Setting) -> Result<Value, String> {
        let known = |(id, minutes): (&String, &u32)| v1::KnownTravelTime {
            candidate: id.clone(),
            minutes: *minutes,
            ..v1::KnownTravelTime::default()
        };
        let request = v1::MatchCandidatesRequest {
            subject: Some(v1::match_candidates_request::Subject::VacancyId(vacancy.to_owned())),
            page_size: 1_000,
            options: Some(options(setting, setting.travel.iter().map(known).collect())),
            ..v1::MatchCandidatesRequest::default()
        };
        json(
            &self.matching.match_candidates(request).await.map_err(|status| status.to_string())?.into_inner(),
        )
    }

    async fn vacancies_for(&mut self, id: &str, setting: &Setting, all: &[String]) -> Result<Value, String> {
        let known = |vacancy: &String| {
            let minutes = *setting.travel.get(id)?;
            Some(v1::KnownTravelTime { vacancy: vacancy.clone(), minutes, ..v1::KnownTravelTime::default() })
        };
        let request = v1::MatchVacanciesRequest {
            subject: Some(v1::match_vacancies_request::Subject::CandidateId(id.to_owned())),
            page_size: 1_000,
            options: Some(options(setting, all.iter().filter_map(known).collect())),
            ..v1::MatchVacanciesRequest::default()
        };
        json(&self.matching.match_vacancies(request).await.map_err(|status| status.to_string())?.into_inner())
    }

    pub async fn explain(
        &mut self,
        pair: (&str, &str),
        setting: &Setting,
        counterfactuals: Vec<v1::Counterfactual>,
    ) -> Result<Value, String> {
        let known = setting
            .travel
            .get(pair.0)
            .map(|minutes| v1::KnownTravelTime { minutes: *minutes, ..v1::KnownTravelTime::default() });
        let request = v1::ExplainMatchRequest {
            candidate_subject: Some(v1::explain_match_request::CandidateSubject::CandidateId(
                pair.0.to_owned(),
            )),
            vacancy_subject: Some(v1::explain_match_request::VacancySubject::VacancyId(pair.1.to_owned())),
            options: Some(options(setting, known.into_iter().collect())),
            counterfactuals,
            ..v1::ExplainMatchRequest::default()
        };
        json(&self.matching.explain_match(request).await.map_err(|status| status.to_string())?.into_inner())
    }

    pub async fn employer(&self, vacancy: &str, setting: &Setting) -> Result<Value, String> {
        super::employer::propose(self.server.channel().await, vacancy, setting).await
    }

    /// Asks everything that a check may look at.
    pub async fn ask(
        &mut self,
        records: &Records,
        setting: &Setting,
        refused: Vec<String>,
    ) -> Result<World, String> {
        let mut world =
            World { lists: BTreeMap::new(), pairs: BTreeMap::new(), employer: BTreeMap::new(), refused };
        if !world.refused.is_empty() {
            return Ok(world);
        }
        let vacancies: Vec<String> = records.vacancies.keys().cloned().collect();
        for vacancy in &vacancies {
            let whole = self.candidates_for(vacancy, setting).await?;
            world.lists.insert(vacancy.clone(), List::of(whole, "candidate"));
            world.employer.insert(vacancy.clone(), self.employer(vacancy, setting).await);
        }
        for candidate in records.candidates.keys() {
            let whole = self.vacancies_for(candidate, setting, &vacancies).await?;
            world.lists.insert(candidate.clone(), List::of(whole, "vacancy"));
            for vacancy in &vacancies {
                let pair = self.explain((candidate, vacancy), setting, Vec::new()).await?;
                world.pairs.insert((candidate.clone(), vacancy.clone()), pair);
            }
        }
        Ok(world)
    }
}

impl List {
    fn of(whole: Value, other: &str) -> Self {
        let matches = look::list(&whole, "matches").iter();
        let by_id = matches.map(|found| (look::text(found, other).to_owned(), found.clone())).collect();
        Self { whole, by_id }
    }
}

/// The fields that a refusal names; any other error is one of the run.
fn violations(status: &tonic::Status, id: &str) -> Result<Vec<String>, String> {
    let details = status.get_error_details();
    match details.bad_request() {
        Some(bad) if status.code() == tonic::Code::InvalidArgument => Ok(bad
            .field_violations
            .iter()
            .map(|one| format!("{id}: {}: {}", one.field, one.description))
            .collect()),
        _ => Err(format!("{id}: {status}")),
    }
}

/// What holds in every world: lines add up, and a pair is the same from either side and by itself.
pub fn always(world: &World) -> Vec<String> {
    let mut wrong = Vec::new();
    for ((candidate, vacancy), explained) in &world.pairs {
        let Some(pair) = explained.get("match") else {
            wrong.push(format!("{candidate} × {vacancy} is not explained"));
            continue;
        };
        let lines: i64 =
            look::list(pair, "criteria").iter().map(|line| look::hundredths(line, "contribution")).sum();
        let taken: i64 =
            look::list(pair, "conflicts").iter().map(|one| look::hundredths(one, "contribution")).sum();
        let score = look::hundredths(pair, "score");
        if lines + taken + look::hundredths(pair, "balance") != score {
            wrong.push(format!("{candidate} × {vacancy}: the lines do not add up to {score}"));
        }
        if look::hundredths(pair, "scoreLow") > score || score > look::hundredths(pair, "scoreHigh") {
            wrong.push(format!("{candidate} × {vacancy}: the score is outside its interval"));
        }
        for (list, other) in [(vacancy, candidate), (candidate, vacancy)] {
            let listed = world.lists.get(list).and_then(|list| list.by_id.get(other));
            for field in ["score", "criteria", "conflicts", "balance", "scoreLow", "scoreHigh"] {
                if listed.is_some_and(|listed| listed.get(field) != pair.get(field)) {
                    wrong.push(format!("{candidate} × {vacancy}: {field} differs in the list of {list}"));
                }
            }
        }
    }
    wrong
}
