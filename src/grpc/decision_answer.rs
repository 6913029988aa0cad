//! Stored decisions as the interface gives them. Texts are made from what was stored when it is read.

use super::{
    match_answer::{self, Words, date},
    page, requests, status,
};
use crate::engine::{
    Engine,
    decisions::{DecisionChoice, DecisionId, Recorded, RecordedPart},
};
use crate::exchange::TextLanguage;
use crate::wire::{Reader, storage as stored, v1};
use prost::Message;
use prost_types::Timestamp;
use tonic::Status;

/// What is asked of the list.
#[derive(Clone, Debug)]
pub(super) struct AskedDecisions {
    choice: DecisionChoice,
    before: Option<u64>,
    size: usize,
    fingerprint: [u8; 8],
    language: TextLanguage,
}

/// Reads the request for a list.
pub(super) fn read_list(mut request: v1::ListDecisionsRequest) -> Result<AskedDecisions, Status> {
    let token = std::mem::take(&mut request.page_token);
    let asked_size = std::mem::take(&mut request.page_size);
    let fingerprint = page::fingerprint("ListDecisions", &request);
    let before = page::number(fingerprint, &token)?;
    let (size, language, from_ms, before_ms) = requests::read(|r| {
        let size = r.page_size("page_size", asked_size, page::RECORDS);
        let language = requests::text_language(r, &request.text_language);
        let from = moment(r, "from_time", request.from_time.as_ref());
        let before = moment(r, "before_time", request.before_time.as_ref());
        Some((size? as usize, language?, from?, before?))
    })?;
    let v1::ListDecisionsRequest { candidate, vacancy, caller, method, .. } = request;
    let choice = DecisionChoice { candidate, vacancy, caller, method, from_ms, before_ms };
    Ok(AskedDecisions { choice, before, size, fingerprint, language })
}

/// A moment that may be left out; the outer `None` is a wrong one.
fn moment(r: &mut Reader, field: &'static str, sent: Option<&Timestamp>) -> Option<Option<u64>> {
    let Some(sent) = sent else { return Some(None) };
    let seconds = u64::try_from(sent.seconds).ok().and_then(|seconds| seconds.checked_mul(1_000));
    let nanos = u64::try_from(sent.nanos).ok().filter(|nanos| *nanos < 1_000_000_000);
    let (Some(ms), Some(nanos)) = (seconds, nanos) else {
        r.refuse(
            field,
            "this is no moment after 1970",
            "give seconds since 1970 and 0 to 999,999,999 nanoseconds",
        );
        return None;
    };
    Some(Some(ms.saturating_add(nanos / 1_000_000)))
}

/// The list.
pub(super) fn list(engine: &Engine, asked: &AskedDecisions) -> Result<v1::ListDecisionsResponse, Status> {
    let page = engine.decisions(&asked.choice, asked.before, asked.size).map_err(status::from_engine)?;
    let words = Words::new(engine, asked.language);
    Ok(v1::ListDecisionsResponse {
        decisions: page.decisions.iter().map(|one| decision(one, &words)).collect(),
        next_page_token: page
            .next
            .map(|next| page::token(asked.fingerprint, &next.to_be_bytes()))
            .unwrap_or_default(),
    })
}

/// At most so many bytes of decisions go with a person's data at a time.
const MOST_BYTES: usize = 2 << 20;

/// What the record says of one person, from a place on, and the token of what follows.
pub(super) fn of_person(
    engine: &Engine,
    id: &str,
    before: Option<u64>,
    size: usize,
    fingerprint: [u8; 8],
    language: TextLanguage,
) -> Result<(Vec<v1::Decision>, String), Status> {
    let page = engine.decisions_of(id, before, size).map_err(status::from_engine)?;
    let words = Words::new(engine, language);
    let (mut decisions, mut bytes, mut next) = (Vec::new(), 0, page.next);
    let mut last = None;
    for found in &page.decisions {
        let told = decision(found, &words);
        bytes += told.encoded_len();
        if bytes > MOST_BYTES && last.is_some() {
            next = last;
            break;
        }
        last = DecisionId::parse(&found.id).map(|id| id.number);
        decisions.push(told);
    }
    Ok((decisions, next.map(|next| page::token(fingerprint, &next.to_be_bytes())).unwrap_or_default()))
}

/// One decision.
pub(super) fn one(
    engine: &Engine,
    id: &str,
    language: TextLanguage,
) -> Result<v1::GetDecisionResponse, Status> {
    let found = engine.decision(id).map_err(status::from_engine)?;
    let words = Words::new(engine, language);
    Ok(v1::GetDecisionResponse { decision: Some(decision(&found, &words)) })
}

/// How the record can be checked.
pub(super) fn log(engine: &Engine) -> v1::GetDecisionLogResponse {
    let (key, checkpoint) = engine.decisions_state();
    v1::GetDecisionLogResponse {
        public_key: key.to_string(),
        last_checkpoint: checkpoint.map(|checkpoint| checkpoint.to_string()).unwrap_or_default(),
        failure: engine.decisions_failure().unwrap_or_default(),
    }
}

pub(super) fn decision(found: &Recorded, words: &Words<'_>) -> v1::Decision {
    let head = &found.head;
    let matched: Vec<_> = found
        .people
        .iter()
        .filter_map(|person| match person {
            RecordedPart::Person { matched, .. } => matched.as_deref(),
            RecordedPart::Erased => None,
        })
        .collect();
    let profile =
        |of: &crate::engine::matching::Match| match_answer::profile(&of.profile, head.weights_from_request);
    let is_one = head.profiles.len() == 1;
    let shown = |one: &&crate::engine::matching::Match| v1::Match {
        profile: (!is_one).then(|| profile(one)),
        // Of the moment at which somebody asks, not of the answer.
        instruments: Vec::new(),
        employer_pseudonym: String::new(),
        ..words.of_match(one)
    };
    let excluded = head.excluded.iter().map(|one| v1::Excluded {
        reason: one.reason.clone(),
        count: one.count,
        text: String::new(),
    });
    let asked =
        head.asked.iter().map(|one| v1::AskedValue { name: one.name.clone(), value: one.value.clone() });
    v1::Decision {
        id: found.id.clone(),
        as_of: found.as_of.map(date),
        purpose: head.purpose,
        matches: matched.iter().map(shown).collect(),
        profile: matched.first().filter(|_| is_one).map(|one| profile(one)),
        data_change_number: head.change,
        time: Some(time(found.at_ms)),
        method: head.method.clone(),
        caller: head.caller.clone(),
        role: head.role.clone(),
        organisation: head.organisation.clone(),
        vacancy: head.vacancy.clone(),
        asked: asked.collect(),
        people: found.people.iter().map(|one| person(one, words)).collect(),
        taxonomy: head.taxonomy.clone(),
        model_version: head.model.clone(),
        considered: head.considered,
        excluded: excluded.collect(),
        overridden: head.overridden,
        refused: head.refused.clone(),
        file: head.file.clone(),
        file_hash: hex(&head.file_hash),
    }
}

fn person(part: &RecordedPart, words: &Words<'_>) -> v1::DecidedPerson {
    let RecordedPart::Person { candidate, decided, former, .. } = part else {
        return v1::DecidedPerson {
            erased: true,
            text: words.erased().to_owned(),
            ..v1::DecidedPerson::default()
        };
    };
    let stored::StoredDecided { pair, vacancy, .. } = &**decided;
    v1::DecidedPerson {
        erased: false,
        text: String::new(),
        candidate: candidate.clone(),
        asked: decided.asked,
        vacancy: pair.as_ref().map_or_else(|| vacancy.clone(), |pair| pair.id.clone()),
        rank: decided.rank,
        pseudonym: decided.pseudonym.clone(),
        band: decided.band.clone(),
        outcome: decided.outcome,
        on: decided.on.as_ref().map(|on| v1::Date { year: on.year, month: on.month, day: on.day }),
        reason: decided.reason.clone(),
        told: decided.told.clone(),
        contributions_hash: hex(&decided.contributions),
        former: former.as_ref().map(|former| v1::FormerMatch {
            score: points(former.score),
            score_low: points(former.low),
            score_high: points(former.high),
            reasons: former.reasons.clone(),
        }),
    }
}

fn points(hundredths: u32) -> f64 {
    match_answer::points(i32::try_from(hundredths).unwrap_or(i32::MAX))
}

fn time(at_ms: u64) -> Timestamp {
    Timestamp {
        seconds: i64::try_from(at_ms / 1_000).unwrap_or(i64::MAX),
        nanos: i32::try_from(at_ms % 1_000 * 1_000_000).unwrap_or(0),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
