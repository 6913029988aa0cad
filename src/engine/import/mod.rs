//! Imports: many records of others, applied one by one, durable batch by batch.

mod complete;
mod doubles;
pub(super) mod drivers;
mod languages;
mod words;

pub use words::{Count, RecordWords, WordCounts};

pub use languages::SetAside;

use complete::mark_delivered;
use doubles::Doubles;

use super::{
    Engine, EngineError, Upsert,
    entity::Entity,
    stored::{self, Stored},
    vocabulary::said::Said,
    within::{self, Within},
};
use crate::domain::{
    Date,
    provenance::{Delivery, Door},
    text::OrganisationId,
};
use crate::exchange::{Issue, Refusal, RefusalReason, TextLanguage, vum};
use crate::store::{Expected, RecordId, WriteBatch};
use crate::wire::{FieldViolation, Violations};
use rayon::prelude::*;
use std::collections::HashSet;

/// How the records of one import are taken.
#[derive(Clone, Debug)]
pub struct ImportSettings {
    /// Who delivers.
    pub organisation: Option<OrganisationId>,
    /// Whose records may be changed, and named as possible doubles.
    pub within: Within,
    /// The day of the delivery.
    pub delivered_on: Date,
    /// Today.
    pub today: Date,
    /// Language of the texts in the answers.
    pub language: TextLanguage,
}

/// One record as it came.
#[derive(Clone, Debug)]
pub enum Incoming<P> {
    /// In the interface's own form.
    Own(P),
    /// A JSON object of the VUM standard.
    Vum(Vec<u8>),
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The record is new.
    Created,
    /// The record was there and has changed.
    Updated,
    /// The record was there and is the same; nothing was written.
    Unchanged,
    /// Nothing of the record was taken.
    Refused,
}

/// What became of one record, with what was noticed.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The id, where the record has one.
    pub id: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Field, stable code and text of what was noticed.
    pub issues: Vec<ImportIssue>,
    /// Parts that stay because somebody had corrected them.
    pub corrections_kept: Vec<String>,
    /// Other records with the same contact data.
    pub possible_doubles: Vec<String>,
    /// Requirements that are kept as text only.
    pub unscored_requirements: usize,
    /// What was recognised of the record as it is now.
    pub words: RecordWords,
}

/// Something that was noticed in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportIssue {
    /// Path of the field in the words of the format.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// In words.
    pub text: String,
}

/// A record that can be merged with what is stored.
enum Ready<T: Entity> {
    Own { upsert: Upsert<T::Proto>, aside: SetAside },
    Vum { record: T, issues: Vec<ImportIssue> },
}

impl<T: Entity> Ready<T> {
    fn id(&self) -> Result<T::Id, Violations> {
        match self {
            Self::Own { upsert, .. } => T::id_of(T::id_in(&upsert.proto)),
            Self::Vum { record, .. } => Ok(record.id()),
        }
    }
}

impl<T: Entity> Ready<T> {
    /// What a VUM record says in words. Another one is known when it is merged with what is stored.
    fn as_vum(&self) -> Option<Box<dyn Iterator<Item = Said<'_>> + '_>> {
        match self {
            Self::Own { .. } => None,
            Self::Vum { record, .. } => Some(record.said()),
        }
    }
}

/// A record in the batch: with its id, or refused.
type Read<T> = Result<(<T as Entity>::Id, Ready<T>), Box<Imported>>;

/// A record merged with what is stored.
struct Merged<T> {
    record: T,
    delivered: Option<T>,
    corrections_kept: Vec<String>,
    unchanged: bool,
}

impl Engine {
    /// Applies records in their order: each whole or not at all, all of them durable when this returns.
    ///
    /// # Errors
    /// When the store cannot be read or written; then nothing of these records counts as taken, and sending them
    /// again finishes the work.
    pub fn import<T: Entity>(
        &self,
        records: Vec<Incoming<T::Proto>>,
        settings: &ImportSettings,
    ) -> Result<Vec<Imported>, EngineError> {
        let read: Vec<Read<T>> = self.background.install(|| {
            let mut read: Vec<Read<T>> =
                records.into_par_iter().map(|record| parse(record, settings)).collect();
            // Ahead of the store's write, and all together: each wording once, on every core.
            let vocabulary = self.vocabulary();
            vocabulary.learn(read.iter().flatten().filter_map(|(_, ready)| ready.as_vum()).flatten());
            for (_, ready) in read.iter_mut().flatten() {
                if let Ready::Vum { record, .. } = ready {
                    record.heed_the_law(&*vocabulary);
                }
            }
            read
        });
        let mut results = Vec::with_capacity(read.len());
        let mut batch = Vec::new();
        let mut ids: HashSet<RecordId> = HashSet::new();
        for record in read {
            // Two records with one id are two changes: the later one starts from the earlier one's result.
            if let Ok((id, _)) = &record
                && !ids.insert(id.clone().into())
            {
                results.extend(self.apply(&std::mem::take(&mut batch), settings)?);
                ids = HashSet::from([id.clone().into()]);
            }
            batch.push(record);
        }
        results.extend(self.apply(&batch, settings)?);
        Ok(results)
    }

    /// Applies records with different ids in one transaction; again when somebody else wrote one of them meanwhile.
    fn apply<T: Entity>(
        &self,
        batch: &[Read<T>],
        settings: &ImportSettings,
    ) -> Result<Vec<Imported>, EngineError> {
        loop {
            match self.try_to_apply(batch, settings) {
                Err(EngineError::Changed { .. } | EngineError::NotFound { .. }) => {}
                other => return other,
            }
        }
    }

    fn try_to_apply<T: Entity>(
        &self,
        batch: &[Read<T>],
        settings: &ImportSettings,
    ) -> Result<Vec<Imported>, EngineError> {
        let snapshot = self.store().snapshot()?;
        let mut results: Vec<Imported> = Vec::with_capacity(batch.len());
        let mut operations = Vec::new();
        let mut written = Vec::new();
        let mut unchanged = Vec::new();
        let mut doubles = Doubles::new(&*snapshot, self.store().secret());
        for record in batch {
            let (id, ready) = match record {
                Ok(ready) => ready,
                Err(refused) => {
                    results.push((**refused).clone());
                    continue;
                }
            };
            let (before, expected) = match stored::read::<T>(&*snapshot, id) {
                // A record that is damaged in the store is mended by a whole delivery of whoever may change all.
                Err(EngineError::Damaged { .. }) if settings.within.is_none() => (None, Expected::Anything),
                other => {
                    let before = other?;
                    let expected =
                        before.as_ref().map_or(Expected::Absent, |before| Expected::At(before.version));
                    (before, expected)
                }
            };
            let id: RecordId = id.clone().into();
            if before.as_ref().is_some_and(|before| !within::reaches(&settings.within, &before.record)) {
                results.push(refused(Some(id.as_str().to_owned()), vec![out_of_reach(settings.language)]));
                continue;
            }
            if let Some(issue) =
                before.as_ref().and_then(|before| before.record.closed_to_delivery(settings.language))
            {
                results.push(refused(Some(id.as_str().to_owned()), vec![issue]));
                continue;
            }
            let merged = match self.merged(ready, before.as_ref(), settings) {
                Err(EngineError::Invalid(violations)) => {
                    results.push(refused(Some(id.as_str().to_owned()), of_violations(violations)));
                    continue;
                }
                other => other?,
            };
            results.push(Imported {
                id: Some(id.as_str().to_owned()),
                outcome: match (&before, merged.unchanged) {
                    (None, _) => Outcome::Created,
                    (Some(_), true) => Outcome::Unchanged,
                    (Some(_), false) => Outcome::Updated,
                },
                issues: match ready {
                    Ready::Own { aside, .. } => aside.issues(settings.language),
                    Ready::Vum { issues, .. } => issues.clone(),
                },
                // Whoever did not change was told of before.
                possible_doubles: if merged.unchanged {
                    Vec::new()
                } else {
                    doubles.of(&id, &merged.record, &settings.within)?
                },
                corrections_kept: merged.corrections_kept,
                unscored_requirements: merged.record.unscored_requirements(),
                words: RecordWords::default(),
            });
            if merged.unchanged {
                unchanged.push(merged.record);
            } else {
                let secret = self.store().secret();
                operations.push(stored::put(&merged.record, merged.delivered.as_ref(), expected, secret)?);
                written.push(merged.record);
            }
        }
        drop(snapshot);
        if !operations.is_empty() {
            let done = self.store().write(WriteBatch { request: None, operations })?;
            self.publish(&written, &done.changes);
        }
        self.count_words(&written, &unchanged, &mut results);
        Ok(results)
    }

    /// Says in the results of the records that were taken how many of their words were recognised.
    fn count_words<T: Entity>(&self, written: &[T], unchanged: &[T], results: &mut [Imported]) {
        let vocabulary = self.vocabulary();
        let (written, unchanged): (Vec<_>, Vec<_>) = self.background.install(|| {
            let words = |record: &T| RecordWords::of(record, &vocabulary);
            (written.par_iter().map(words).collect(), unchanged.par_iter().map(words).collect())
        });
        let (mut written, mut unchanged) = (written.into_iter(), unchanged.into_iter());
        for result in results {
            let words = match result.outcome {
                Outcome::Created | Outcome::Updated => written.next(),
                Outcome::Unchanged => unchanged.next(),
                Outcome::Refused => None,
            };
            result.words = words.unwrap_or_default();
        }
    }

    fn merged<T: Entity>(
        &self,
        ready: &Ready<T>,
        before: Option<&Stored<T>>,
        settings: &ImportSettings,
    ) -> Result<Merged<T>, EngineError> {
        match ready {
            Ready::Own { upsert, aside } => {
                let mut record = self.changed(upsert, before)?;
                record.keep_as_text(aside);
                mark_delivered(&mut record, Door::Interface, settings);
                Ok(Merged {
                    unchanged: before.is_some_and(|before| before.record == record),
                    record,
                    delivered: before.and_then(|before| before.delivered.clone()),
                    corrections_kept: Vec::new(),
                })
            }
            Ready::Vum { record, .. } => {
                let previous = before.and_then(|before| before.delivered.as_ref());
                let mut merged = T::merge(previous, before.map(|before| &before.record), record);
                within::claim(&settings.within, &mut merged.record)?;
                mark_delivered(&mut merged.record, Door::Vum, settings);
                let delivered =
                    if merged.delivery_is_news { Some(record.clone()) } else { previous.cloned() };
                Ok(Merged {
                    unchanged: before.is_some() && merged.changed.is_empty() && !merged.delivery_is_news,
                    record: merged.record,
                    delivered,
                    corrections_kept: merged.kept.iter().map(|part| (*part).to_owned()).collect(),
                })
            }
        }
    }
}

fn parse<T: Entity>(record: Incoming<T::Proto>, settings: &ImportSettings) -> Read<T> {
    let ready = match record {
        Incoming::Own(mut proto) => Ready::Own {
            aside: T::set_aside(&mut proto),
            upsert: Upsert {
                proto,
                mask: None,
                etag: String::new(),
                request_id: String::new(),
                organisation: settings.organisation.clone(),
                within: settings.within.clone(),
                today: settings.today,
            },
        },
        Incoming::Vum(json) => parse_vum(&json, settings)?,
    };
    match ready.id() {
        Ok(id) => Ok((id, ready)),
        Err(violations) => Err(Box::new(refused(None, of_violations(violations)))),
    }
}

fn parse_vum<T: Entity>(json: &[u8], settings: &ImportSettings) -> Result<Ready<T>, Box<Imported>> {
    let refusal = |id, refusal: &Refusal| {
        let text = refusal.text(settings.language).to_owned();
        Box::new(refused(id, vec![ImportIssue { field: String::new(), code: refusal.reason.name(), text }]))
    };
    let delivery =
        Delivery { door: Door::Vum, organisation: settings.organisation.clone(), on: settings.delivered_on };
    let parsed = vum::parse(json, &delivery).map_err(|error| refusal(None, &error))?;
    let id = parsed.record.id().to_owned();
    let issues = parsed.issues.iter().map(|issue| of_issue(issue, settings.language)).collect();
    match T::of_vum(parsed.record) {
        Some(record) => Ok(Ready::Vum { record, issues }),
        None => Err(refusal(Some(id), &Refusal::new(RefusalReason::KindUnclear))),
    }
}

fn refused(id: Option<String>, issues: Vec<ImportIssue>) -> Imported {
    Imported {
        id: id.filter(|id| !id.is_empty()),
        outcome: Outcome::Refused,
        issues,
        corrections_kept: Vec::new(),
        possible_doubles: Vec::new(),
        unscored_requirements: 0,
        words: RecordWords::default(),
    }
}

/// Says of a record of another organisation what is said of one that does not exist.
fn out_of_reach(language: TextLanguage) -> ImportIssue {
    let text = match language {
        TextLanguage::Dutch => "dit id is niet beschikbaar voor uw organisatie; gebruik een ander id",
        TextLanguage::English => "this id is not available to your organisation; use another id",
    };
    ImportIssue { field: "id".to_owned(), code: "NOT_FOUND".to_owned(), text: text.to_owned() }
}

fn of_issue(issue: &Issue, language: TextLanguage) -> ImportIssue {
    ImportIssue { field: issue.field.clone(), code: issue.code.name(), text: issue.text(language) }
}

fn of_violations(violations: Violations) -> Vec<ImportIssue> {
    let of_violation = |violation: FieldViolation| {
        let text = violation.description();
        ImportIssue { field: violation.field, code: "INVALID_FIELD".to_owned(), text }
    };
    violations.into_entries().into_iter().map(of_violation).collect()
}
