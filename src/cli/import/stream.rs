//! The two import streams, side by side: a file may hold both kinds.

use super::ledger::{Event, Ledger, MOST_EVENTS, Payload, Side};
use super::progress::Progress;
use crate::cli::connection::{Connection, Service};
use crate::cli::render;
use crate::cli::settings::Language;
use crate::exchange::report::ImportReport;
use crate::wire::v1::{
    self, ImportEnd, ImportResult, ImportSettings, ImportSummary, import_candidates_request,
    import_vacancies_request,
};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Response, Status, Streaming};
use v1::candidate_service_client::CandidateServiceClient;
use v1::vacancy_service_client::VacancyServiceClient;

/// Messages on their way in one stream: as many as the ledger lets in, settings and end, so that sending never waits.
/// Waiting would stop the answers, and these the service.
const UNDERWAY: usize = MOST_EVENTS + 2;
/// Answers of both streams that wait to be noted.
const ANSWERS: usize = 16;

/// The two streams; each is opened with its first record.
#[derive(Debug)]
pub(in crate::cli) struct Streams {
    candidate_service: CandidateServiceClient<Service>,
    vacancy_service: VacancyServiceClient<Service>,
    settings: ImportSettings,
    candidates: Option<mpsc::Sender<v1::ImportCandidatesRequest>>,
    vacancies: Option<mpsc::Sender<v1::ImportVacanciesRequest>>,
    to_answers: mpsc::Sender<(Side, Said)>,
    answers: mpsc::Receiver<(Side, Said)>,
    open: usize,
}

/// What a stream says.
#[derive(Debug)]
enum Said {
    Answer(Answer),
    BrokenOff(Status),
    Ended,
}

#[derive(Debug)]
struct Answer {
    results: Vec<ImportResult>,
    durable_records: u64,
    summary: Option<ImportSummary>,
}

/// An import that did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::cli) struct BrokenOff {
    /// Why.
    pub(in crate::cli) reason: String,
    /// Candidates that are durably stored.
    pub(in crate::cli) durable_candidates: u64,
    /// Vacancies that are durably stored.
    pub(in crate::cli) durable_vacancies: u64,
}

impl BrokenOff {
    /// How far it came and what to do.
    pub(in crate::cli) fn text(&self, language: Language) -> String {
        let Self { reason, durable_candidates, durable_vacancies } = self;
        let number = |value: &u64| render::count(*value, language);
        let (candidates, vacancies) = (number(durable_candidates), number(durable_vacancies));
        match language {
            Language::Dutch => format!(
                "De import is afgebroken: {reason}\n\
                 Verwerkt en zeker bewaard zijn de eerste {candidates} kandidaten en de eerste {vacancies} vacatures.\n\
                 Geef dezelfde opdracht nog een keer: dan wordt de import afgemaakt. Wat er al staat, blijft.\n"
            ),
            Language::English => format!(
                "The import broke off: {reason}\n\
                 Dealt with and durable are the first {candidates} candidates and the first {vacancies} vacancies.\n\
                 Run the same command again to finish it. What is there stays.\n"
            ),
        }
    }
}

/// Sends what a source reads and notes the answers, until both have come to their end or a stream breaks off.
pub(in crate::cli) async fn drive(
    mut events: mpsc::Receiver<Event>,
    mut streams: Streams,
    report: &mut ImportReport,
    progress: &Progress,
) -> Option<BrokenOff> {
    let mut ledger = Ledger::default();
    let mut durable = [0, 0];
    let mut broken: Option<Status> = None;
    let mut reading = true;
    while reading || streams.open > 0 {
        tokio::select! {
            // Answers first: they make room.
            biased;
            said = streams.answers.recv(), if streams.open > 0 => match said {
                Some((side, Said::Answer(answer))) => {
                    durable[side as usize] = answer.durable_records;
                    if let Some(summary) = answer.summary {
                        report.not_delivered(summary.marked_not_delivered);
                        report.recognized_with(summary.taxonomy.as_ref(), summary.distinct_wordings);
                    }
                    answer.results.into_iter().for_each(|result| ledger.answered(side, result));
                }
                Some((_, Said::BrokenOff(status))) => {
                    streams.open -= 1;
                    streams.break_off();
                    reading = false;
                    broken.get_or_insert(status);
                }
                Some((_, Said::Ended)) | None => streams.open -= 1,
            },
            event = events.recv(), if reading && ledger.has_room() => match event {
                Some(event) => {
                    if let Some(payload) = ledger.enter(event)
                        && let Err(status) = streams.send(payload).await
                    {
                        streams.break_off();
                        reading = false;
                        broken.get_or_insert(status);
                    }
                }
                None => {
                    reading = false;
                    // What was not read whole is no whole delivery: without the end nobody is marked.
                    if streams.settings.complete && ledger.has_problems() {
                        streams.break_off();
                    } else {
                        streams.end();
                    }
                }
            },
        }
        progress.add(ledger.settle(report));
    }
    ledger.close(report);
    let [durable_candidates, durable_vacancies] = durable;
    broken.map(|status| BrokenOff { reason: render::refused(&status), durable_candidates, durable_vacancies })
}

impl Streams {
    /// Streams to the service, none of them open yet.
    pub(in crate::cli) fn new(connection: &Connection, settings: ImportSettings) -> Self {
        let (to_answers, answers) = mpsc::channel(ANSWERS);
        Self {
            candidate_service: connection.candidates(),
            vacancy_service: connection.vacancies(),
            settings,
            candidates: None,
            vacancies: None,
            to_answers,
            answers,
            open: 0,
        }
    }

    /// Sends a record on its stream, which is opened when it is the first one.
    async fn send(&mut self, payload: Payload) -> Result<(), Status> {
        match payload {
            Payload::Candidate(payload) => {
                let stream = match self.candidates.take() {
                    Some(stream) => stream,
                    None => self.open_candidates().await?,
                };
                put(self.candidates.insert(stream), v1::ImportCandidatesRequest { payload: Some(payload) });
            }
            Payload::Vacancy(payload) => {
                let stream = match self.vacancies.take() {
                    Some(stream) => stream,
                    None => self.open_vacancies().await?,
                };
                put(self.vacancies.insert(stream), v1::ImportVacanciesRequest { payload: Some(payload) });
            }
        }
        Ok(())
    }

    async fn open_candidates(&mut self) -> Result<mpsc::Sender<v1::ImportCandidatesRequest>, Status> {
        use import_candidates_request::Payload::Settings;
        let (sender, receiver) = mpsc::channel(UNDERWAY);
        put(&sender, v1::ImportCandidatesRequest { payload: Some(Settings(self.settings.clone())) });
        let response = self.candidate_service.import_candidates(ReceiverStream::new(receiver)).await?;
        self.listen(Side::Candidates, response, |answer| Answer {
            results: answer.results,
            durable_records: answer.durable_records,
            summary: answer.summary,
        });
        Ok(sender)
    }

    async fn open_vacancies(&mut self) -> Result<mpsc::Sender<v1::ImportVacanciesRequest>, Status> {
        use import_vacancies_request::Payload::Settings;
        let (sender, receiver) = mpsc::channel(UNDERWAY);
        put(&sender, v1::ImportVacanciesRequest { payload: Some(Settings(self.settings.clone())) });
        let response = self.vacancy_service.import_vacancies(ReceiverStream::new(receiver)).await?;
        self.listen(Side::Vacancies, response, |answer| Answer {
            results: answer.results,
            durable_records: answer.durable_records,
            summary: answer.summary,
        });
        Ok(sender)
    }

    /// Passes on what a stream says, until it says no more.
    fn listen<A: Send + 'static>(
        &mut self,
        side: Side,
        response: Response<Streaming<A>>,
        read: fn(A) -> Answer,
    ) {
        self.open += 1;
        let said = self.to_answers.clone();
        let mut stream = response.into_inner();
        tokio::spawn(async move {
            let mut complete = false;
            let last = loop {
                match stream.message().await {
                    Ok(Some(answer)) => {
                        let answer = read(answer);
                        complete = answer.summary.is_some();
                        if said.send((side, Said::Answer(answer))).await.is_err() {
                            return;
                        }
                    }
                    Ok(None) if complete => break Said::Ended,
                    Ok(None) => {
                        break Said::BrokenOff(Status::unavailable("the service ended the import too early"));
                    }
                    Err(status) => break Said::BrokenOff(status),
                }
            };
            // Nobody listens any more when the command is over.
            let _ = said.send((side, last)).await;
        });
    }

    /// Ends the open streams in good order.
    fn end(&mut self) {
        use import_candidates_request::Payload::End as EndCandidates;
        use import_vacancies_request::Payload::End as EndVacancies;
        if let Some(stream) = self.candidates.take() {
            put(&stream, v1::ImportCandidatesRequest { payload: Some(EndCandidates(ImportEnd {})) });
        }
        if let Some(stream) = self.vacancies.take() {
            put(&stream, v1::ImportVacanciesRequest { payload: Some(EndVacancies(ImportEnd {})) });
        }
    }

    /// Closes the open streams as they are.
    fn break_off(&mut self) {
        self.candidates = None;
        self.vacancies = None;
    }
}

/// Puts a message on its way. There is always room; a stream that is closed says why in its last answer.
fn put<T>(stream: &mpsc::Sender<T>, message: T) {
    let _ = stream.try_send(message);
}
