//! Outcomes of proposals, as they are asked for, stored and shown.

use super::{Reader, Reading, enums::Choice, read::common, storage::StoredOutcome, v1, write};
use crate::domain::{
    Date,
    outcome::Outcome,
    text::{CandidateId, FreeText, VacancyId},
};

/// What is to be recorded. `today` is its day where none is given; a later one is refused.
pub fn from_request(r: &mut Reader, sent: &v1::RecordOutcomeRequest, today: Date) -> Option<Outcome> {
    let candidate = r.valid("candidate", CandidateId::new(&sent.candidate));
    let vacancy = r.valid("vacancy", VacancyId::new(&sent.vacancy));
    let kind = r.needed_choice("outcome", sent.outcome);
    let reason: Option<FreeText> = match sent.reason.trim() {
        "" => None,
        reason => Some(r.needed_text("reason", reason)?),
    };
    let on = match &sent.on {
        None => Some(today),
        Some(on) => r.inside("on", |r| common::date(r, on)),
    };
    if on.is_some_and(|on| on > today) {
        r.refuse("on", "the day is after today", "give the day on which it happened, or leave it out");
        return None;
    }
    r.valid("reason", Outcome::new(candidate?, vacancy?, kind?, on?, reason))
}

/// As it is stored.
pub fn to_storage(outcome: &Outcome) -> StoredOutcome {
    StoredOutcome {
        candidate: outcome.candidate.as_str().to_owned(),
        vacancy: outcome.vacancy.as_str().to_owned(),
        outcome: outcome.kind.code(),
        on: Some(write::common::date(outcome.on)),
        reason: reason(outcome),
    }
}

/// As it was stored; `None` when it is none.
pub fn from_storage(stored: &StoredOutcome) -> Option<Outcome> {
    let mut r = Reader::new(Reading::Stored);
    let candidate = CandidateId::new(&stored.candidate).ok()?;
    let vacancy = VacancyId::new(&stored.vacancy).ok()?;
    let kind = Choice::from_needed_code(stored.outcome).ok()?;
    let on = common::date(&mut r, stored.on.as_ref()?)?;
    let reason = match stored.reason.as_str() {
        "" => None,
        text => Some(FreeText::new(text).ok()?),
    };
    Outcome::new(candidate, vacancy, kind, on, reason).ok()
}

/// As it is shown with a match.
pub fn earlier(outcome: &Outcome) -> v1::EarlierProposal {
    v1::EarlierProposal {
        outcome: outcome.kind.code(),
        on: Some(write::common::date(outcome.on)),
        reason: reason(outcome),
    }
}

/// As it is listed.
pub fn recorded(outcome: &Outcome, change_number: u64) -> v1::RecordedOutcome {
    v1::RecordedOutcome {
        candidate: outcome.candidate.as_str().to_owned(),
        vacancy: outcome.vacancy.as_str().to_owned(),
        outcome: outcome.kind.code(),
        on: Some(write::common::date(outcome.on)),
        reason: reason(outcome),
        change_number,
    }
}

fn reason(outcome: &Outcome) -> String {
    outcome.reason().map(|text| text.as_str().to_owned()).unwrap_or_default()
}
