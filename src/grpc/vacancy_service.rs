//! `passend.v1.VacancyService`.

use super::{
    access_layer::Allowed,
    bridge::Bridge,
    import_stream::{self, Answer, Payload},
    page, recognition_answer,
    requests::{self, VacancyChoice},
    status,
};
use crate::domain::Vacancy;
use crate::engine::{Contents, Stored, within};
use crate::wire::{self, View, v1};
use tonic::{Request, Response, Status, Streaming, codegen::BoxStream};
use v1::{import_vacancies_request, vacancy_service_server::VacancyService};

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Vacancies {
    bridge: Bridge,
}

impl Vacancies {
    pub(super) fn new(bridge: Bridge) -> Self {
        Self { bridge }
    }
}

#[tonic::async_trait]
impl VacancyService for Vacancies {
    async fn upsert_vacancy(
        &self,
        request: Request<v1::UpsertVacancyRequest>,
    ) -> Result<Response<v1::UpsertVacancyResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let request = request.into_inner();
        let v1::UpsertVacancyRequest { vacancy, update_mask, etag, request_id, organisation } = request;
        let upsert =
            requests::upsert(vacancy, "vacancy", update_mask, etag, &request_id, &organisation, &allowed)?;
        let upserted = self
            .bridge
            .store(move |engine| engine.upsert::<Vacancy>(&upsert).map_err(status::from_engine))
            .await?;
        Ok(Response::new(v1::UpsertVacancyResponse {
            vacancy: Some(answered(&upserted.stored)),
            created: upserted.created,
            change_number: upserted.change,
        }))
    }

    async fn get_vacancy(
        &self,
        request: Request<v1::GetVacancyRequest>,
    ) -> Result<Response<v1::GetVacancyResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let request = request.into_inner();
        let answer = self
            .bridge
            .store(move |engine| {
                let stored = engine
                    .get_within::<Vacancy>(&request.id, &allowed.within)
                    .map_err(status::from_engine)?;
                let (recognized, taxonomy) = engine.recognized(&stored.record);
                Ok(v1::GetVacancyResponse {
                    vacancy: Some(answered(&stored)),
                    recognized: recognition_answer::words(recognized),
                    taxonomy: Some(recognition_answer::taxonomy(taxonomy)),
                })
            })
            .await?;
        Ok(Response::new(answer))
    }

    async fn delete_vacancy(
        &self,
        request: Request<v1::DeleteVacancyRequest>,
    ) -> Result<Response<v1::DeleteVacancyResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let request = request.into_inner();
        requests::read(|r| requests::request_id(r, &request.request_id))?;
        let change_number = self
            .bridge
            .store(move |engine| {
                engine
                    .delete::<Vacancy>(&request.id, &request.etag, &request.request_id, &allowed.within)
                    .map_err(status::from_engine)
            })
            .await?;
        Ok(Response::new(v1::DeleteVacancyResponse { change_number }))
    }

    async fn list_vacancies(
        &self,
        request: Request<v1::ListVacanciesRequest>,
    ) -> Result<Response<v1::ListVacanciesResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("ListVacancies", &request);
        let after = page::id_position(fingerprint, &token)?;
        let (size, choice) = requests::read(|r| {
            let size = r.page_size("page_size", asked_size, page::RECORDS);
            let choice = VacancyChoice::read(r, request.filter.as_ref());
            Some((size? as usize, choice?))
        })?;
        let listed = self
            .bridge
            .store(move |engine| {
                engine
                    .list::<Vacancy>(after.as_deref(), size, Contents::Whole, &|vacancy, labels| {
                        within::reaches(&allowed.within, vacancy) && choice.holds(vacancy, labels)
                    })
                    .map_err(status::from_engine)
            })
            .await?;
        Ok(Response::new(v1::ListVacanciesResponse {
            vacancies: listed.records.iter().map(answered).collect(),
            next_page_token: listed
                .next_after
                .map(|id| page::token(fingerprint, id.as_bytes()))
                .unwrap_or_default(),
            data_change_number: listed.change,
        }))
    }

    async fn import_vacancies(
        &self,
        request: Request<Streaming<v1::ImportVacanciesRequest>>,
    ) -> Result<Response<BoxStream<v1::ImportVacanciesResponse>>, Status> {
        let allowed = Allowed::of(&request)?;
        let stream = request.into_inner();
        let answers =
            import_stream::run::<Vacancy, _, _>(self.bridge.clone(), allowed, stream, payload, answer);
        Ok(Response::new(Box::pin(answers)))
    }
}

fn payload(message: v1::ImportVacanciesRequest) -> Option<Payload<v1::Vacancy>> {
    use import_vacancies_request::Payload as Sent;
    Some(match message.payload? {
        Sent::Settings(settings) => Payload::Settings(settings),
        Sent::Vacancy(vacancy) => Payload::Own(vacancy),
        Sent::VumJson(json) => Payload::Vum(json),
        Sent::End(v1::ImportEnd {}) => Payload::End,
    })
}

fn answer(answer: Answer, _: &Allowed) -> v1::ImportVacanciesResponse {
    v1::ImportVacanciesResponse {
        results: answer.results,
        durable_records: answer.durable_records,
        change_number: answer.change_number,
        summary: answer.summary,
    }
}

fn answered(stored: &Stored<Vacancy>) -> v1::Vacancy {
    let mut vacancy = wire::vacancy_to_proto(&stored.record, View::Full);
    vacancy.etag = wire::etag(stored.version.0);
    vacancy
}
