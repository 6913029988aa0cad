//! The import streams of candidates and vacancies: gather, apply, acknowledge.

use super::{
    access_layer::Allowed, bridge::Bridge, recognition_answer, repair_layer, requests, status, today,
};
use crate::engine::{
    Entity,
    import::{ImportSettings, Imported, Incoming, Outcome, WordCounts},
};
use crate::exchange::TextLanguage;
use crate::wire::v1;
use std::{collections::HashSet, time::Duration};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Status, Streaming};

/// Most records that share one transaction.
const BATCH: usize = 512;
/// Longest wait for another record before what is there is applied.
const GATHERING: Duration = Duration::from_millis(5);
/// Answers that wait for a slow client; then the import waits too.
const ANSWERS_IN_FLIGHT: usize = 8;

/// Most different wordings of one stream that are counted.
const MOST_WORDINGS: usize = 4_000_000;

/// What one message of a stream holds.
pub(super) enum Payload<P> {
    Settings(v1::ImportSettings),
    Own(P),
    Vum(Vec<u8>),
    End,
}

/// What one answer of a stream holds.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) results: Vec<v1::ImportResult>,
    pub(super) durable_records: u64,
    pub(super) change_number: u64,
    pub(super) summary: Option<v1::ImportSummary>,
}

/// Answers of a stream on their way to the client.
pub(super) type Answers<A> = ReceiverStream<Result<A, Status>>;

/// Imports the records of a stream; answers follow each durable batch.
pub(super) fn run<T: Entity, M, A>(
    bridge: Bridge,
    allowed: Allowed,
    stream: Streaming<M>,
    payload: fn(M) -> Option<Payload<T::Proto>>,
    answer: fn(Answer, &Allowed) -> A,
) -> Answers<A>
where
    M: Send + 'static,
    A: Send + 'static,
{
    let (sender, receiver) = mpsc::channel(ANSWERS_IN_FLIGHT);
    tokio::spawn(async move {
        let import = Import::<T> {
            bridge,
            allowed,
            settings: None,
            complete: false,
            seen: HashSet::new(),
            summary: v1::ImportSummary::default(),
            words: WordCounts::default(),
            wordings: HashSet::new(),
            kind: std::marker::PhantomData,
        };
        if let Err(status) = import.follow(stream, payload, answer, &sender).await {
            // A client that is gone hears nothing.
            let _ = sender.send(Err(status)).await;
        }
    });
    ReceiverStream::new(receiver)
}

struct Import<T> {
    bridge: Bridge,
    allowed: Allowed,
    settings: Option<ImportSettings>,
    complete: bool,
    /// Ids of a complete delivery; empty otherwise.
    seen: HashSet<String>,
    summary: v1::ImportSummary,
    words: WordCounts,
    /// Numbers of different wordings, at most [`MOST_WORDINGS`].
    wordings: HashSet<u64>,
    kind: std::marker::PhantomData<fn() -> T>,
}

impl<T: Entity> Import<T> {
    async fn follow<M, A>(
        mut self,
        mut stream: Streaming<M>,
        payload: fn(M) -> Option<Payload<T::Proto>>,
        answer: fn(Answer, &Allowed) -> A,
        sender: &mpsc::Sender<Result<A, Status>>,
    ) -> Result<(), Status> {
        let mut ended = false;
        while !ended {
            let standing = self.allowed.standing.clone();
            let (batch, next) = {
                let mut gathering = std::pin::pin!(self.gather(&mut stream, payload));
                tokio::select! {
                    gathered = &mut gathering => gathered?,
                    // The answer ended: with the rights, and then nothing more is taken; or with the client.
                    () = sender.closed() => match standing.is_over() {
                        true => return Ok(()),
                        false => gathering.await?,
                    },
                }
            };
            if standing.is_over() {
                return Ok(());
            }
            if !batch.is_empty() {
                let answered = answer(self.apply(batch).await?, &self.allowed);
                if sender.send(Ok(answered)).await.is_err() {
                    return Ok(());
                }
            }
            ended = match next {
                Next::More => false,
                Next::End => {
                    self.complete_delivery().await?;
                    true
                }
                Next::BrokenOff => true,
                Next::Failed(status) => return Err(status),
            };
        }
        let last = Answer {
            durable_records: self.summary.received,
            change_number: self.bridge.engine().change_number(),
            summary: Some(v1::ImportSummary {
                words: Some(recognition_answer::counts(self.words)),
                distinct_wordings: self.wordings.len() as u64,
                taxonomy: Some(recognition_answer::taxonomy(self.bridge.engine().taxonomy_in_use())),
                ..self.summary
            }),
            ..Answer::default()
        };
        let _ = sender.send(Ok(answer(last, &self.allowed))).await;
        Ok(())
    }

    /// Takes what comes until a batch is full, the client pauses or the stream ends.
    async fn gather<M>(
        &mut self,
        stream: &mut Streaming<M>,
        payload: fn(M) -> Option<Payload<T::Proto>>,
    ) -> Result<(Vec<Incoming<T::Proto>>, Next), Status> {
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            let message = if batch.is_empty() {
                stream.message().await
            } else {
                match tokio::time::timeout(GATHERING, stream.message()).await {
                    Ok(message) => message,
                    Err(_) => return Ok((batch, Next::More)),
                }
            };
            let message = match message {
                Ok(Some(message)) => message,
                Ok(None) => return Ok((batch, Next::BrokenOff)),
                // What came whole before is taken; then the client hears what was wrong.
                Err(status) => {
                    let status = repair_layer::repaired(status.code()).unwrap_or(status);
                    return Ok((batch, Next::Failed(status)));
                }
            };
            match payload(message) {
                Some(Payload::Settings(settings)) => self.set(&settings, batch.is_empty())?,
                Some(Payload::Own(record)) => batch.push(Incoming::Own(record)),
                Some(Payload::Vum(json)) => batch.push(Incoming::Vum(json)),
                Some(Payload::End) => return Ok((batch, Next::End)),
                None => {
                    let remedy = "send settings, a record or end in every message";
                    let status = status::violation("payload", "the message is empty", remedy);
                    return Ok((batch, Next::Failed(status)));
                }
            }
        }
        Ok((batch, Next::More))
    }

    fn set(&mut self, settings: &v1::ImportSettings, nothing_gathered: bool) -> Result<(), Status> {
        if self.settings.is_some() || !nothing_gathered || self.summary.received > 0 {
            let remedy = "send them once, as the first message";
            return Err(status::violation("settings", "settings came after the start", remedy));
        }
        self.complete = settings.complete;
        self.settings = Some(requests::import_settings(settings, &self.allowed)?);
        Ok(())
    }

    fn settings(&self) -> ImportSettings {
        self.settings.clone().unwrap_or_else(|| {
            let today = today();
            ImportSettings {
                organisation: self.allowed.organisation().cloned(),
                within: self.allowed.within.clone(),
                delivered_on: today,
                today,
                language: TextLanguage::Dutch,
            }
        })
    }

    async fn apply(&mut self, batch: Vec<Incoming<T::Proto>>) -> Result<Answer, Status> {
        let settings = self.settings();
        let imported = self
            .bridge
            .store_when_free(move |engine| engine.import::<T>(batch, &settings).map_err(status::from_engine))
            .await?;
        let results = imported.into_iter().map(|imported| self.count(imported)).collect();
        Ok(Answer {
            results,
            durable_records: self.summary.received,
            change_number: self.bridge.engine().change_number(),
            summary: None,
        })
    }

    fn count(&mut self, imported: Imported) -> v1::ImportResult {
        self.summary.received += 1;
        let outcome = match imported.outcome {
            Outcome::Created => {
                self.summary.created += 1;
                v1::ImportOutcome::Created
            }
            Outcome::Updated => {
                self.summary.updated += 1;
                v1::ImportOutcome::Updated
            }
            Outcome::Unchanged => {
                self.summary.unchanged += 1;
                v1::ImportOutcome::Unchanged
            }
            Outcome::Refused => {
                self.summary.refused += 1;
                v1::ImportOutcome::Refused
            }
        };
        // A refused record was delivered all the same: whoever it is about is not missing.
        if let (true, Some(id)) = (self.complete, &imported.id) {
            self.seen.insert(id.clone());
        }
        self.words.add(imported.words.counts);
        let room = MOST_WORDINGS - self.wordings.len();
        self.wordings.extend(imported.words.wordings.into_iter().take(room));
        v1::ImportResult {
            record_number: self.summary.received,
            id: imported.id.unwrap_or_default(),
            outcome: outcome.into(),
            issues: imported
                .issues
                .into_iter()
                .map(|issue| v1::ImportIssue { field: issue.field, code: issue.code, text: issue.text })
                .collect(),
            corrections_kept: imported.corrections_kept,
            possible_doubles: imported.possible_doubles,
            unscored_requirements: u32::try_from(imported.unscored_requirements).unwrap_or(u32::MAX),
            words: Some(recognition_answer::counts(imported.words.counts)),
            left_as_text: recognition_answer::left_as_text(imported.words.left_as_text),
        }
    }

    async fn complete_delivery(&mut self) -> Result<(), Status> {
        if !self.complete {
            return Ok(());
        }
        let settings = self.settings();
        let seen = std::mem::take(&mut self.seen);
        self.summary.marked_not_delivered = self
            .bridge
            .store_when_free(move |engine| {
                engine.complete_delivery::<T>(&seen, &settings).map_err(status::from_engine)
            })
            .await?;
        Ok(())
    }
}

enum Next {
    More,
    End,
    BrokenOff,
    Failed(Status),
}
