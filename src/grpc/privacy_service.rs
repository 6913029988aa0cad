//! `passend.v1.PrivacyService`: everything that is kept of a person, and taking it away for good.

use super::{
    access_layer::Allowed, bridge::Bridge, decision_answer, decision_log, page, requests, shortlists, status,
    view,
};
use crate::domain::Candidate;
use crate::domain::text::CandidateId;
use crate::engine::{
    Engine, EngineError, Proof,
    privacy::{ErasedPerson, KeptOfPerson},
};
use crate::wire::{self, View, v1};
use tonic::{Request, Response, Status};
use v1::privacy_service_server::PrivacyService;

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Privacy {
    bridge: Bridge,
}

impl Privacy {
    pub(super) fn new(bridge: Bridge) -> Self {
        Self { bridge }
    }
}

#[tonic::async_trait]
impl PrivacyService for Privacy {
    async fn export_person(
        &self,
        request: Request<v1::ExportPersonRequest>,
    ) -> Result<Response<v1::ExportPersonResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let caller = decision_log::caller(&request);
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("ExportPerson", &request);
        let before = page::number(fingerprint, &token)?;
        let v1::ExportPersonRequest { id, text_language, .. } = request;
        let (_, language, size) = requests::read(|r| {
            let valid = r.valid("id", CandidateId::new(&id));
            let language = requests::text_language(r, &text_language);
            let size = r.page_size("page_size", asked_size, page::RECORDS);
            Some((valid?, language?, size? as usize))
        })?;
        let answer = self.bridge.store(move |engine| {
            reached(engine, &id, &allowed)?;
            let kept = engine.kept_of(&id).map_err(status::from_engine)?;
            let (mut decisions, next_page_token) =
                decision_answer::of_person(engine, &id, before, size, fingerprint, language)?;
            for decision in &mut decisions {
                let matches = std::mem::take(&mut decision.matches).into_iter();
                decision.matches = matches.map(|found| view::matched(found, &allowed)).collect();
            }
            decision_log::shown(engine, &caller, "ExportPerson", [id.as_str()].into_iter(), 0)?;
            if before.is_some() {
                // All else was in the first answer.
                let data_change_number = kept.change;
                return Ok(v1::ExportPersonResponse {
                    decisions,
                    next_page_token,
                    data_change_number,
                    ..Default::default()
                });
            }
            let mut nights = Vec::new();
            for night in &kept.nights {
                let subject = Some(v1::get_shortlist_request::Subject::CandidateId(id.clone()));
                let night = Some(super::match_answer::date(*night));
                let asked = v1::GetShortlistRequest { subject, night, text_language: text_language.clone() };
                match shortlists::shortlist(engine, &shortlists::read_shortlist(&asked)?, &caller) {
                    Ok(list) => {
                        let matches = list.matches.into_iter().map(|found| view::matched(found, &allowed));
                        nights.push(v1::GetShortlistResponse { matches: matches.collect(), ..list });
                    }
                    // A night that went meanwhile is kept no longer.
                    Err(none) if none.code() == tonic::Code::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(v1::ExportPersonResponse { decisions, next_page_token, ..exported(&kept, nights) })
        });
        Ok(Response::new(answer.await?))
    }

    async fn erase_person(
        &self,
        request: Request<v1::ErasePersonRequest>,
    ) -> Result<Response<v1::ErasePersonResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let caller = decision_log::caller(&request);
        let v1::ErasePersonRequest { id, wait } = request.into_inner();
        requests::read(|r| r.valid("id", CandidateId::new(&id)))?;
        let answer = self.bridge.purge(move |engine| {
            let answering = engine.answering();
            reached(engine, &id, &allowed)?;
            decision_log::deletion(engine, &caller, "ErasePerson", &id, &allowed)?;
            drop(answering);
            let erased: Result<ErasedPerson, EngineError> = engine.erase_person(&id, wait);
            erased.map(|erased| answered(&erased)).map_err(status::from_engine)
        });
        Ok(Response::new(answer.await?))
    }
}

/// Whether the person is within the caller's reach; who is not is as if nobody were there.
fn reached(engine: &Engine, id: &str, allowed: &Allowed) -> Result<(), Status> {
    if allowed.within.is_some() {
        engine.get_within::<Candidate>(id, &allowed.within).map_err(status::from_engine)?;
    }
    Ok(())
}

fn exported(kept: &KeptOfPerson, nights: Vec<v1::GetShortlistResponse>) -> v1::ExportPersonResponse {
    let mut candidate = wire::candidate_to_proto(&kept.stored.record, View::Full);
    candidate.etag = wire::etag(kept.stored.version.0);
    let outcomes = kept.outcomes.iter().flat_map(|page| &page.outcomes);
    v1::ExportPersonResponse {
        candidate: Some(candidate),
        delivered: kept.stored.delivered.as_ref().map(|record| wire::candidate_to_proto(record, View::Full)),
        outcomes: outcomes.map(|one| wire::outcome::recorded(&one.outcome, one.number.0)).collect(),
        nights,
        data_change_number: kept.change,
        ..Default::default()
    }
}

fn answered(erased: &ErasedPerson) -> v1::ErasePersonResponse {
    let mut answer = v1::ErasePersonResponse { change_number: erased.change, ..Default::default() };
    match &erased.purged {
        Some(Ok(purged)) => {
            answer.purged = erased.proof.as_ref().is_some_and(|proof| proof.left.is_empty());
            answer.writes_paused_milliseconds =
                u32::try_from(purged.store.paused.as_millis()).unwrap_or(u32::MAX);
        }
        Some(Err(error)) => answer.problem = error.to_string(),
        None => {}
    }
    if !answer.purged {
        answer.purge_within_minutes = u32::try_from(erased.within.as_secs().div_ceil(60)).unwrap_or(u32::MAX);
    }
    answer.proof = erased.proof.as_ref().map(proof);
    answer
}

fn proof(proof: &Proof) -> v1::ErasureProof {
    let left = proof.left.iter().map(|left| v1::RemainingTrace {
        file: left.file.display().to_string(),
        what: left.what.to_owned(),
        offset: left.offset,
    });
    v1::ErasureProof {
        files: proof.files,
        bytes: proof.bytes,
        sought: proof.sought,
        passed_over: proof.passed_over,
        left: left.collect(),
    }
}
