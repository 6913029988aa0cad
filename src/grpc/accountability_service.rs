//! `passend.v1.AccountabilityService`: how the service works, and what became of what it said.

use super::{
    bridge::Bridge, decision_answer, decision_log, match_answer, model_answer, page, requests, status, today,
};
use crate::domain::{
    outcome::ProposalOutcome,
    text::{CandidateId, VacancyId},
};
use crate::engine::{
    Engine,
    decisions::{Decided, Decision},
    outcomes::OutcomeChoice,
};
use crate::wire::{self, v1};
use prost::Message;
use tonic::{Request, Response, Status};
use v1::accountability_service_server::AccountabilityService;

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Accountability {
    bridge: Bridge,
}

impl Accountability {
    pub(super) fn new(bridge: Bridge) -> Self {
        Self { bridge }
    }
}

#[tonic::async_trait]
impl AccountabilityService for Accountability {
    async fn describe_model(
        &self,
        request: Request<v1::DescribeModelRequest>,
    ) -> Result<Response<v1::DescribeModelResponse>, Status> {
        let request = request.into_inner();
        let language = requests::read(|r| requests::text_language(r, &request.text_language))?;
        let language = match_answer::spoken(language);
        let answer = self.bridge.score(move |engine| Ok(model_answer::describe(engine, language)));
        Ok(Response::new(answer.await?))
    }

    async fn get_decision(
        &self,
        request: Request<v1::GetDecisionRequest>,
    ) -> Result<Response<v1::GetDecisionResponse>, Status> {
        let caller = decision_log::caller(&request);
        let request = request.into_inner();
        let language = requests::read(|r| requests::text_language(r, &request.text_language))?;
        let answer = self.bridge.store(move |engine| {
            let found = decision_answer::one(engine, &request.id, language)?;
            decision_log::read_back(engine, &caller, "GetDecision", found.decision.iter())?;
            Ok(found)
        });
        Ok(Response::new(answer.await?))
    }

    async fn list_decisions(
        &self,
        request: Request<v1::ListDecisionsRequest>,
    ) -> Result<Response<v1::ListDecisionsResponse>, Status> {
        let caller = decision_log::caller(&request);
        let asked = decision_answer::read_list(request.into_inner())?;
        let answer = self.bridge.store(move |engine| {
            let found = decision_answer::list(engine, &asked)?;
            decision_log::read_back(engine, &caller, "ListDecisions", found.decisions.iter())?;
            Ok(found)
        });
        Ok(Response::new(answer.await?))
    }

    async fn get_decision_log(
        &self,
        _: Request<v1::GetDecisionLogRequest>,
    ) -> Result<Response<v1::GetDecisionLogResponse>, Status> {
        Ok(Response::new(decision_answer::log(self.bridge.engine())))
    }

    async fn record_outcome(
        &self,
        request: Request<v1::RecordOutcomeRequest>,
    ) -> Result<Response<v1::RecordOutcomeResponse>, Status> {
        let caller = decision_log::caller(&request);
        let request = request.into_inner();
        let (outcome, request_id) = requests::read(|r| {
            let request_id = requests::request_id(r, &request.request_id);
            Some((wire::outcome::from_request(r, &request, today())?, request_id?))
        })?;
        let content = request.encode_to_vec();
        let change_number = self
            .bridge
            .store(move |engine| {
                let request = (!request_id.is_empty()).then_some((request_id.as_str(), &content[..]));
                let of = |change| Decision {
                    vacancy: outcome.vacancy.as_str(),
                    overridden: outcome.kind == ProposalOutcome::Overridden,
                    change,
                    people: vec![Decided::Outcome(&outcome)],
                    ..Decision::of(&caller, "RecordOutcome")
                };
                // Nothing is written into the record of somebody who is not there.
                if !engine.knows_pair(&outcome) {
                    let change =
                        engine.record_outcome(outcome.clone(), request).map_err(status::from_engine)?;
                    decision_log::record(engine, &of(change))?;
                    return Ok(change);
                }
                // First the entry, then the outcome: what cannot be recorded is not done, and the call may be repeated.
                let entry = decision_log::record(engine, &of(engine.change_number()))?;
                engine.record_outcome(outcome.clone(), request).map_err(|error| {
                    let asked = vec![("not_stored", entry.clone())];
                    let told = Decision { asked, ..Decision::of(&caller, "RecordOutcome") };
                    if let Err(error) = engine.record(&told) {
                        tracing::error!(%error, entry, "an outcome was recorded and not stored");
                    }
                    status::from_engine(error)
                })
            })
            .await?;
        Ok(Response::new(v1::RecordOutcomeResponse { change_number }))
    }

    async fn list_outcomes(
        &self,
        request: Request<v1::ListOutcomesRequest>,
    ) -> Result<Response<v1::ListOutcomesResponse>, Status> {
        let caller = decision_log::caller(&request);
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("ListOutcomes", &request);
        let after = page::outcome_place(fingerprint, &token)?;
        let (size, choice) = requests::read(|r| {
            let size = r.page_size("page_size", asked_size, page::RECORDS);
            let candidate = r.parsed("candidate", &request.candidate, CandidateId::new);
            let vacancy = r.parsed("vacancy", &request.vacancy, VacancyId::new);
            Some((size? as usize, OutcomeChoice { candidate, vacancy }))
        })?;
        let read = move |engine: &Engine| {
            let listed = engine.outcomes(&choice, after, size);
            let people = listed.outcomes.iter().map(|numbered| numbered.outcome.candidate.as_str());
            decision_log::shown(engine, &caller, "ListOutcomes", people, 0)?;
            Ok(listed)
        };
        let listed = self.bridge.store(read).await?;
        Ok(Response::new(v1::ListOutcomesResponse {
            outcomes: listed
                .outcomes
                .iter()
                .map(|numbered| wire::outcome::recorded(&numbered.outcome, numbered.number.0))
                .collect(),
            next_page_token: page::outcome_token(fingerprint, listed.next),
            data_change_number: listed.change,
        }))
    }
}
