//! `passend.v1.CandidateService`.

use super::{
    access_layer::Allowed,
    bridge::Bridge,
    decision_log,
    import_stream::{self, Answer, Payload},
    page, recognition_answer,
    requests::{self, CandidateChoice},
    status, view,
};
use crate::domain::Candidate;
use crate::engine::{Contents, Stored, within};
use crate::wire::{self, View, v1};
use tonic::{Request, Response, Status, Streaming, codegen::BoxStream};
use v1::{candidate_service_server::CandidateService, import_candidates_request};

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Candidates {
    bridge: Bridge,
}

impl Candidates {
    pub(super) fn new(bridge: Bridge) -> Self {
        Self { bridge }
    }
}

#[tonic::async_trait]
impl CandidateService for Candidates {
    async fn upsert_candidate(
        &self,
        request: Request<v1::UpsertCandidateRequest>,
    ) -> Result<Response<v1::UpsertCandidateResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let request = request.into_inner();
        let v1::UpsertCandidateRequest { candidate, update_mask, etag, request_id, organisation } = request;
        let upsert = requests::upsert(
            candidate,
            "candidate",
            update_mask,
            etag,
            &request_id,
            &organisation,
            &allowed,
        )?;
        let upserted = self
            .bridge
            .store(move |engine| engine.upsert::<Candidate>(&upsert).map_err(status::from_engine))
            .await?;
        Ok(Response::new(v1::UpsertCandidateResponse {
            candidate: Some(answered(&upserted.stored, View::Full, &allowed)),
            created: upserted.created,
            change_number: upserted.change,
        }))
    }

    async fn get_candidate(
        &self,
        request: Request<v1::GetCandidateRequest>,
    ) -> Result<Response<v1::GetCandidateResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let caller = decision_log::caller(&request);
        let request = request.into_inner();
        let view = asked_view(request.view, View::Full)?;
        let answer = self
            .bridge
            .store(move |engine| {
                let stored = engine
                    .get_within::<Candidate>(&request.id, &allowed.within)
                    .map_err(status::from_engine)?;
                decision_log::shown(engine, &caller, "GetCandidate", [request.id.as_str()].into_iter(), 0)?;
                let (recognized, taxonomy) = engine.recognized(&stored.record);
                Ok(v1::GetCandidateResponse {
                    candidate: Some(answered(&stored, view, &allowed)),
                    recognized: recognition_answer::words(recognized),
                    taxonomy: Some(recognition_answer::taxonomy(taxonomy)),
                })
            })
            .await?;
        Ok(Response::new(answer))
    }

    async fn delete_candidate(
        &self,
        request: Request<v1::DeleteCandidateRequest>,
    ) -> Result<Response<v1::DeleteCandidateResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let caller = decision_log::caller(&request);
        let request = request.into_inner();
        requests::read(|r| requests::request_id(r, &request.request_id))?;
        let change_number = self
            .bridge
            .store(move |engine| {
                decision_log::deletion(engine, &caller, "DeleteCandidate", &request.id, &allowed)?;
                engine
                    .delete::<Candidate>(&request.id, &request.etag, &request.request_id, &allowed.within)
                    .map_err(status::from_engine)
            })
            .await?;
        Ok(Response::new(v1::DeleteCandidateResponse { change_number }))
    }

    async fn list_candidates(
        &self,
        request: Request<v1::ListCandidatesRequest>,
    ) -> Result<Response<v1::ListCandidatesResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let caller = decision_log::caller(&request);
        let mut request = request.into_inner();
        let view = asked_view(request.view, View::Basic)?;
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("ListCandidates", &request);
        let after = page::id_position(fingerprint, &token)?;
        let (size, choice) = requests::read(|r| {
            let size = r.page_size("page_size", asked_size, page::RECORDS);
            let choice = CandidateChoice::read(r, request.filter.as_ref());
            Some((size? as usize, choice?))
        })?;
        let seen_by = allowed.clone();
        let listed = self
            .bridge
            .store(move |engine| {
                let listed = engine
                    .list::<Candidate>(after.as_deref(), size, contents(view), &|candidate, labels| {
                        within::reaches(&allowed.within, candidate) && choice.holds(candidate, labels)
                    })
                    .map_err(status::from_engine)?;
                let people = listed.records.iter().map(|stored| stored.record.id.as_str());
                decision_log::shown(engine, &caller, "ListCandidates", people, 0)?;
                Ok(listed)
            })
            .await?;
        Ok(Response::new(v1::ListCandidatesResponse {
            candidates: listed.records.iter().map(|stored| answered(stored, view, &seen_by)).collect(),
            next_page_token: listed
                .next_after
                .map(|id| page::token(fingerprint, id.as_bytes()))
                .unwrap_or_default(),
            data_change_number: listed.change,
        }))
    }

    async fn import_candidates(
        &self,
        request: Request<Streaming<v1::ImportCandidatesRequest>>,
    ) -> Result<Response<BoxStream<v1::ImportCandidatesResponse>>, Status> {
        let allowed = Allowed::of(&request)?;
        let stream = request.into_inner();
        let answers =
            import_stream::run::<Candidate, _, _>(self.bridge.clone(), allowed, stream, payload, answer);
        Ok(Response::new(Box::pin(answers)))
    }
}

fn payload(message: v1::ImportCandidatesRequest) -> Option<Payload<v1::Candidate>> {
    use import_candidates_request::Payload as Sent;
    Some(match message.payload? {
        Sent::Settings(settings) => Payload::Settings(settings),
        Sent::Candidate(candidate) => Payload::Own(candidate),
        Sent::VumJson(json) => Payload::Vum(json),
        Sent::End(v1::ImportEnd {}) => Payload::End,
    })
}

fn answer(answer: Answer, allowed: &Allowed) -> v1::ImportCandidatesResponse {
    let seen = |result| view::imported_candidate(result, allowed);
    v1::ImportCandidatesResponse {
        results: answer.results.into_iter().map(seen).collect(),
        durable_records: answer.durable_records,
        change_number: answer.change_number,
        summary: answer.summary,
    }
}

/// How much of a candidate is asked for.
fn asked_view(code: i32, default: View) -> Result<View, Status> {
    match v1::CandidateView::try_from(code) {
        Ok(v1::CandidateView::Unspecified) => Ok(default),
        Ok(v1::CandidateView::Basic) => Ok(View::Basic),
        Ok(v1::CandidateView::Full) => Ok(View::Full),
        Err(_) => Err(status::violation("view", "there is no such view", "ask for BASIC or FULL")),
    }
}

fn contents(view: View) -> Contents {
    match view {
        View::Basic => Contents::WithoutContact,
        View::Full => Contents::Whole,
    }
}

fn answered(stored: &Stored<Candidate>, view: View, allowed: &Allowed) -> v1::Candidate {
    let mut candidate = wire::candidate_to_proto(&stored.record, view);
    candidate.etag = wire::etag(stored.version.0);
    view::candidate(candidate, allowed)
}
