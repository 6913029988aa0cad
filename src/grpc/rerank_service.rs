//! `passend.v1.RerankService`.

use super::{
    access_layer::Allowed, bridge::Bridge, decision_log, match_answer, requests, shortlists, status, today,
    view,
};
use crate::batch::{Order, Phase, Run, RunError, Runs, Scope, State};
use crate::domain::sector::SbiCode;
use crate::geo::LabourMarketRegion;
use crate::wire::{Reader, v1};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, codegen::BoxStream};
use v1::rerank_service_server::RerankService;

/// How often a run that is watched is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Reranks {
    bridge: Bridge,
    runs: Arc<Runs>,
}

impl Reranks {
    pub(super) fn new(bridge: Bridge, runs: Arc<Runs>) -> Self {
        Self { bridge, runs }
    }

    /// Work with the runs that may wait for the disk.
    async fn with_runs<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Runs) -> Result<T, RunError> + Send + 'static,
    ) -> Result<T, Status> {
        let runs = Arc::clone(&self.runs);
        self.bridge.store(move |_| work(&runs).map_err(status::from_run)).await
    }
}

#[tonic::async_trait]
impl RerankService for Reranks {
    async fn start_rerank(
        &self,
        request: Request<v1::StartRerankRequest>,
    ) -> Result<Response<v1::StartRerankResponse>, Status> {
        let order = requests::read(|r| order(r, &request.into_inner()))?;
        let run = self.with_runs(move |runs| runs.start(order)).await?;
        Ok(Response::new(v1::StartRerankResponse { rerank: Some(answered(&run)) }))
    }

    async fn get_rerank(
        &self,
        request: Request<v1::GetRerankRequest>,
    ) -> Result<Response<v1::GetRerankResponse>, Status> {
        let run = self.runs.get(&request.into_inner().id).map_err(status::from_run)?;
        Ok(Response::new(v1::GetRerankResponse { rerank: Some(answered(&run)) }))
    }

    async fn list_reranks(
        &self,
        request: Request<v1::ListReranksRequest>,
    ) -> Result<Response<v1::ListReranksResponse>, Status> {
        let active_only = request.into_inner().active_only;
        let runs = self.runs.list();
        let shown = runs.iter().filter(|run| !active_only || run.state.is_active());
        Ok(Response::new(v1::ListReranksResponse { reranks: shown.map(answered).collect() }))
    }

    async fn watch_rerank(
        &self,
        request: Request<v1::WatchRerankRequest>,
    ) -> Result<Response<BoxStream<v1::WatchRerankResponse>>, Status> {
        let id = request.into_inner().id;
        let first = self.runs.get(&id).map_err(status::from_run)?;
        let (sender, receiver) = mpsc::channel(1);
        // Weak: whoever watches does not keep the data folder open.
        let runs = Arc::downgrade(&self.runs);
        tokio::spawn(async move {
            let mut told = None;
            let mut now = Ok(first);
            loop {
                let answer = now.as_ref().map(answered).map_err(|_: &RunError| ());
                let is_over = now.as_ref().map_or(true, |run: &Run| !run.state.is_active());
                if told != Some(answer.clone()) {
                    let message = match &now {
                        Ok(run) => Ok(v1::WatchRerankResponse { rerank: Some(answered(run)) }),
                        Err(_) => Err(status::not_found("run", &id)),
                    };
                    if sender.send(message).await.is_err() {
                        return;
                    }
                    told = Some(answer);
                }
                if is_over {
                    return;
                }
                tokio::select! {
                    () = sender.closed() => return,
                    () = tokio::time::sleep(LOOK) => {}
                }
                let Some(runs) = runs.upgrade() else { return };
                now = runs.get(&id);
                if runs.is_ending() {
                    // Nobody may be there to hear it.
                    let _ = sender.send(Err(status::run_pauses())).await;
                    return;
                }
            }
        });
        Ok(Response::new(Box::pin(ReceiverStream::new(receiver))))
    }

    async fn get_night_report(
        &self,
        request: Request<v1::GetNightReportRequest>,
    ) -> Result<Response<v1::GetNightReportResponse>, Status> {
        let caller = decision_log::caller(&request);
        let asked = super::night_report::read_report(&request.into_inner())?;
        let answer = self.bridge.store(move |engine| super::night_report::report(engine, asked, &caller));
        Ok(Response::new(answer.await?))
    }

    async fn make_spread_plan(
        &self,
        request: Request<v1::MakeSpreadPlanRequest>,
    ) -> Result<Response<BoxStream<v1::MakeSpreadPlanResponse>>, Status> {
        let caller = decision_log::caller(&request);
        let asked = super::night_report::read_plan(&request.into_inner())?;
        let made = self.bridge.store(move |engine| super::night_report::plan(engine, asked, &caller)).await?;
        Ok(Response::new(Box::pin(super::night_report::plan_messages(made))))
    }

    async fn export_night(
        &self,
        request: Request<v1::ExportNightRequest>,
    ) -> Result<Response<BoxStream<v1::ExportNightResponse>>, Status> {
        let caller = decision_log::caller(&request);
        let choice = super::night_report::read_export(&request.into_inner())?;
        let lists =
            self.bridge.store(move |engine| super::night_report::lists(engine, choice, &caller)).await?;
        Ok(Response::new(Box::pin(super::night_report::export_messages(lists))))
    }

    async fn cancel_rerank(
        &self,
        request: Request<v1::CancelRerankRequest>,
    ) -> Result<Response<v1::CancelRerankResponse>, Status> {
        let id = request.into_inner().id;
        let run = self.with_runs(move |runs| runs.cancel(&id)).await?;
        Ok(Response::new(v1::CancelRerankResponse { rerank: Some(answered(&run)) }))
    }

    async fn get_shortlist(
        &self,
        request: Request<v1::GetShortlistRequest>,
    ) -> Result<Response<v1::GetShortlistResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let caller = decision_log::caller(&request);
        let asked = shortlists::read_shortlist(&request.into_inner())?;
        let answer = self.bridge.score(move |engine| shortlists::shortlist(engine, &asked, &caller));
        let mut answer = answer.await?;
        let matches = answer.matches.into_iter();
        answer.matches = matches.map(|found| view::matched(found, &allowed)).collect();
        Ok(Response::new(answer))
    }

    async fn list_shortlist_changes(
        &self,
        request: Request<v1::ListShortlistChangesRequest>,
    ) -> Result<Response<v1::ListShortlistChangesResponse>, Status> {
        let caller = decision_log::caller(&request);
        let asked = shortlists::read_changes(request.into_inner())?;
        let answer = self.bridge.score(move |engine| shortlists::changes(engine, &asked, &caller));
        Ok(Response::new(answer.await?))
    }
}

fn order(r: &mut Reader, request: &v1::StartRerankRequest) -> Option<Order> {
    let sent = request.scope.unwrap_or_default();
    let scope = r.inside("scope", |r| {
        let region = sent.labour_market_region;
        let is_known = region == 0 || u8::try_from(region).ok().and_then(LabourMarketRegion::new).is_some();
        if !is_known {
            let problem = format!("there is no labour market region {region}");
            r.refuse("labour_market_region", problem, "give 1 to 35, or 0 for all");
        }
        let sector = match sent.sbi_code {
            0 => Some(0),
            code => r.valid("sbi_code", SbiCode::new(code)).map(|code| code.get()),
        };
        Some(Scope { region: is_known.then_some(region)?, sbi_code: sector? })
    });
    let as_of = requests::date_or(r, "as_of", request.as_of.as_ref(), today());
    let request_id = requests::request_id(r, &request.request_id);
    Some(Order {
        scope: scope?,
        changed_only: sent.changed_only,
        as_of: as_of?,
        request_id: request_id?,
        scheduled: false,
    })
}

fn answered(run: &Run) -> v1::Rerank {
    let progress = run.progress.as_ref();
    let over = run.state == State::Done;
    let counted = |now: Option<u64>, at_last: u64| if over { at_last } else { now.unwrap_or(0) };
    v1::Rerank {
        id: run.id.clone(),
        scope: Some(v1::RerankScope {
            labour_market_region: run.order.scope.region,
            sbi_code: run.order.scope.sbi_code,
            changed_only: run.order.changed_only,
        }),
        state: state(run.state).into(),
        as_of: Some(match_answer::date(run.order.as_of)),
        pairs_done: counted(progress.map(|now| now.pairs_done), run.pairs),
        pairs_total: counted(progress.map(|now| now.pairs_total), run.pairs),
        pairs_per_second: progress.map_or(0.0, |now| now.pairs_per_second.round()),
        remaining_seconds: progress.and_then(|now| now.remaining_seconds),
        phase: progress.map_or(v1::RerankPhase::Unspecified, |now| phase(now.phase)).into(),
        explained_done: counted(progress.map(|now| now.explained_done), run.explained),
        explained_total: counted(progress.map(|now| now.explained_total), run.explained),
        problem: progress.and_then(|now| now.problem.clone()).unwrap_or_else(|| run.problem.clone()),
        started_at: run.started_at.clone(),
        ended_at: run.ended_at.clone(),
        seconds: run.seconds,
        resumed: run.resumed,
        scheduled: run.order.scheduled,
        vacancy_lists: run.vacancies,
        candidate_lists: run.people,
        took_over: run.took_over,
    }
}

fn state(state: State) -> v1::RerankState {
    match state {
        State::Waiting => v1::RerankState::Waiting,
        State::Running => v1::RerankState::Running,
        State::Done => v1::RerankState::Done,
        State::Cancelled => v1::RerankState::Cancelled,
        State::Failed => v1::RerankState::Failed,
    }
}

fn phase(phase: Phase) -> v1::RerankPhase {
    match phase {
        Phase::Preparing => v1::RerankPhase::Preparing,
        Phase::Sweeping => v1::RerankPhase::Scoring,
        Phase::Explaining => v1::RerankPhase::Explaining,
        Phase::Writing => v1::RerankPhase::Writing,
    }
}
