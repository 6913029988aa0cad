//! `passend.v1.AccountabilityService`: how the service works, and what became of what it said.

use super::{bridge::Bridge, match_answer, model_answer, page, requests, status, today};
use crate::domain::text::{CandidateId, VacancyId};
use crate::engine::outcomes::OutcomeChoice;
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
        _: Request<v1::GetDecisionRequest>,
    ) -> Result<Response<v1::GetDecisionResponse>, Status> {
        Err(status::not_in_this_release("giving back a stored answer (GetDecision)"))
    }

    async fn list_decisions(
        &self,
        _: Request<v1::ListDecisionsRequest>,
    ) -> Result<Response<v1::ListDecisionsResponse>, Status> {
        Err(status::not_in_this_release("listing stored answers (ListDecisions)"))
    }

    async fn record_outcome(
        &self,
        request: Request<v1::RecordOutcomeRequest>,
    ) -> Result<Response<v1::RecordOutcomeResponse>, Status> {
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
                engine.record_outcome(outcome, request).map_err(status::from_engine)
            })
            .await?;
        Ok(Response::new(v1::RecordOutcomeResponse { change_number }))
    }

    async fn list_outcomes(
        &self,
        request: Request<v1::ListOutcomesRequest>,
    ) -> Result<Response<v1::ListOutcomesResponse>, Status> {
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
        let listed = self.bridge.store(move |engine| Ok(engine.outcomes(&choice, after, size))).await?;
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
