//! `passend.v1.AccountabilityService`: how the service works.

use super::{bridge::Bridge, match_answer, model_answer, requests, status};
use crate::wire::v1;
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
        _: Request<v1::RecordOutcomeRequest>,
    ) -> Result<Response<v1::RecordOutcomeResponse>, Status> {
        Err(status::not_in_this_release("recording what became of a proposal (RecordOutcome)"))
    }
}
