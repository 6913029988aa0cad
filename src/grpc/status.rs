//! One table from what went wrong to what a client is told.
//!
//! | what | code | reason |
//! | --- | --- | --- |
//! | fields that break a rule | INVALID_ARGUMENT, all of them in `google.rpc.BadRequest` | `INVALID_FIELDS` |
//! | a message that cannot be read | INVALID_ARGUMENT | `UNDECODABLE` |
//! | a message over the limit | RESOURCE_EXHAUSTED | `MESSAGE_TOO_LARGE` |
//! | headers over the limit | RESOURCE_EXHAUSTED | `HEADERS_TOO_LARGE` |
//! | too many connections of one caller | RESOURCE_EXHAUSTED | `TOO_MANY_CONNECTIONS` |
//! | too much work at once; what costs its caller least is refused first | RESOURCE_EXHAUSTED, with RetryInfo | `BUSY` |
//! | a caller, or its organisation, makes more calls a second than it may | RESOURCE_EXHAUSTED, with RetryInfo | `TOO_MANY_CALLS` |
//! | a caller holds as many streams as it may | RESOURCE_EXHAUSTED | `TOO_MANY_STREAMS` |
//! | no such record | NOT_FOUND | `NOT_FOUND` |
//! | a night that is gone, or that somebody took no part in | NOT_FOUND | `NIGHT_GONE`, `NOT_IN_NIGHT` |
//! | a night that is damaged | DATA_LOSS | `NIGHT_DAMAGED` |
//! | a night made by a release that knows more | FAILED_PRECONDITION | `NIGHT_TOO_NEW` |
//! | a vacancy that is not open has no proposals | FAILED_PRECONDITION | `VACANCY_NOT_OPEN` |
//! | another one wrote first | ABORTED | `ETAG_MISMATCH` |
//! | a request id used for something else | ALREADY_EXISTS | `REQUEST_ID_REUSED` |
//! | data not yet at the asked change | UNAVAILABLE | `NOT_YET_VISIBLE` |
//! | another run of the same scope is not over | FAILED_PRECONDITION | `RERANK_ACTIVE` |
//! | a run that is over cannot be cancelled | FAILED_PRECONDITION | `RERANK_OVER` |
//! | the disk refuses a run | UNAVAILABLE | `DISK_REFUSES` |
//! | the service stops while a run is watched | UNAVAILABLE | `RERANK_PAUSES` |
//! | the store takes no writes | UNAVAILABLE | `STORE_STOPPED` |
//! | a backup cannot be made | FAILED_PRECONDITION | `NO_BACKUP` |
//! | the record of decisions cannot be written | UNAVAILABLE | `NOT_RECORDED` |
//! | a damaged record | DATA_LOSS | `RECORD_DAMAGED` |
//! | the store is damaged where it was read | DATA_LOSS | `STORE_DAMAGED` |
//! | time is up | DEADLINE_EXCEEDED | `TIME_IS_UP` |
//! | the request came too slowly | DEADLINE_EXCEEDED | `TOO_SLOW` |
//! | the server of another folder | UNAUTHENTICATED | `OTHER_FOLDER` |
//! | who calls cannot be told | UNAUTHENTICATED | `TOKEN_…`, `CERTIFICATE_…`, `CREDENTIALS_…` (docs/access.md) |
//! | a method that is not for the caller's role | PERMISSION_DENIED | `NOT_FOR_THIS_ROLE` |
//! | a fault of the service | INTERNAL | `FAULT` |
//!
//! Every status made here carries details, which is how a status of the transport is told apart, and has an end: what a
//! client sent comes back in it only so far.

use crate::access::Refusal;
use crate::batch::RunError;
use crate::engine::EngineError;
use crate::night::NightError;
use crate::wire::Violations;
use std::{collections::HashMap, time::Duration};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

const DOMAIN: &str = "passend";

/// Most bytes of a message on its way. A status travels in headers, of which ordinary clients take 16 KiB in all: a status
/// over that ends their connection instead of telling them anything.
const MESSAGE_ON_ITS_WAY: usize = 1_500;
/// Most bytes of the fields and descriptions in the details, which become a third more on their way.
const TOLD_BYTES: usize = 8_500;
/// Most characters of one description, and of one field's name.
const DESCRIPTION: usize = 400;

/// A message with an end: what a client sent may be repeated in it, however long it was.
fn bounded(message: impl Into<String>) -> String {
    let message = message.into();
    let mut bytes = 0;
    let end = message.char_indices().find(|(_, one)| {
        // Anything but visible ASCII travels as %XX.
        bytes += if one.is_ascii_graphic() && *one != '%' || *one == ' ' { 1 } else { 3 * one.len_utf8() };
        bytes > MESSAGE_ON_ITS_WAY
    });
    match end {
        Some((end, _)) => format!("{}...", &message[..end]),
        None => message,
    }
}

/// A text of at most [`DESCRIPTION`] characters.
fn short(text: String) -> String {
    match text.char_indices().nth(DESCRIPTION) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

fn with_reason(code: Code, reason: &str, message: impl Into<String>) -> Status {
    let details = ErrorDetails::with_error_info(reason, DOMAIN, HashMap::new());
    Status::with_error_details(code, bounded(message), details)
}

/// Fields that break a rule, all at once.
pub(super) fn from_violations(violations: Violations) -> Status {
    let mut details = ErrorDetails::with_error_info("INVALID_FIELDS", DOMAIN, HashMap::new());
    let message = match (violations.told(), violations.count()) {
        ([], _) => "the request is wrong".to_owned(),
        ([one], 1) => one.to_string(),
        ([first, ..], count) => format!("{count} fields are wrong; the first: {first}"),
    };
    let (all, mut bytes, mut told) = (violations.count(), 0, 0);
    for violation in violations.into_entries() {
        let description = short(violation.description());
        let field = short(violation.field);
        bytes += field.len() + description.len() + 8;
        if bytes > TOLD_BYTES {
            let more = format!("{} more fields are wrong; put these right first", all - told);
            details.add_bad_request_violation("", more);
            break;
        }
        told += 1;
        details.add_bad_request_violation(field, description);
    }
    Status::with_error_details(Code::InvalidArgument, bounded(message), details)
}

/// One field that breaks a rule.
pub(super) fn violation(field: &str, problem: &str, remedy: &str) -> Status {
    from_violations(Violations::one(field, problem, remedy))
}

/// A message that is no message of this method.
pub(super) fn undecodable() -> Status {
    with_reason(
        Code::InvalidArgument,
        "UNDECODABLE",
        "the message cannot be read; send one message of this method's request type in protobuf's binary form",
    )
}

/// A message over the limit.
pub(super) fn message_too_large() -> Status {
    with_reason(
        Code::ResourceExhausted,
        "MESSAGE_TOO_LARGE",
        format!(
            "the message is larger than {} bytes; send less in one message, or use the import stream",
            crate::domain::limits::MESSAGE_BYTES
        ),
    )
}

/// Headers over the limit.
pub(super) fn headers_too_large(most: usize) -> Status {
    with_reason(
        Code::ResourceExhausted,
        "HEADERS_TOO_LARGE",
        format!("the metadata of the call is larger than {most} bytes; send less of it"),
    )
}

/// One caller has more connections than one may have.
pub(super) fn too_many_connections() -> Status {
    with_reason(
        Code::ResourceExhausted,
        "TOO_MANY_CONNECTIONS",
        "this caller has too many connections; make many calls on one connection, or close others",
    )
}

/// A request that stands still.
pub(super) fn too_slow() -> Status {
    with_reason(
        Code::DeadlineExceeded,
        "TOO_SLOW",
        "the request came too slowly and was given up; send each message without pauses in it",
    )
}

/// Time is up.
pub(super) fn deadline_exceeded() -> Status {
    with_reason(
        Code::DeadlineExceeded,
        "TIME_IS_UP",
        "the call took longer than its deadline; try again or ask for less",
    )
}

/// After which time a call that found no room may come again, when nothing says otherwise.
pub(super) const SOON: Duration = Duration::from_millis(200);

/// Too much work at once; after which time it may be asked again.
pub(super) fn busy(retry_after: Duration) -> Status {
    retry("BUSY", "the service has too much work at the moment; try again".to_owned(), retry_after)
}

/// More calls a second than somebody may make, and when the next one may come.
pub(super) fn too_many_calls(who_makes: &str, retry_after: Duration) -> Status {
    let message =
        format!("{who_makes} more calls a second than this service takes; make fewer, or spread them");
    retry("TOO_MANY_CALLS", message, retry_after)
}

/// More streams than a caller may hold.
pub(super) fn too_many_streams() -> Status {
    with_reason(
        Code::ResourceExhausted,
        "TOO_MANY_STREAMS",
        "you hold as many streams as this service lets a caller hold; end one of them first",
    )
}

/// Refused for now. When to come again stands in the details (`google.rpc.RetryInfo`), and where gRPC's own retries look
/// for it (gRFC A6).
fn retry(reason: &str, message: String, after: Duration) -> Status {
    // A wait of less than a millisecond would read as none.
    let milliseconds = after.as_millis().max(1);
    let mut details = ErrorDetails::with_error_info(reason, DOMAIN, HashMap::new());
    details.set_retry_info(Some(after));
    let mut status = Status::with_error_details(Code::ResourceExhausted, bounded(message), details);
    if let Ok(pushback) = milliseconds.to_string().parse() {
        status.metadata_mut().insert("grpc-retry-pushback-ms", pushback);
    }
    status
}

/// The reason of [`other_folder`].
pub(super) const OTHER_FOLDER: &str = "OTHER_FOLDER";

/// A token of another data folder.
pub(super) fn other_folder() -> Status {
    with_reason(
        Code::Unauthenticated,
        OTHER_FOLDER,
        "this server does not own the data folder that the token stands in",
    )
}

/// Who calls cannot be told.
pub(super) fn unauthenticated(refusal: &Refusal) -> Status {
    with_reason(Code::Unauthenticated, refusal.reason.name(), refusal.reason.remedy())
}

/// The reason in the record for a call that named a record that is another organisation's, or is not there: its caller is
/// told that it is not there.
pub(super) const NOT_OWN: &str = "NOT_OWN_OR_NOT_THERE";

/// The reason in the record for a call that named an organisation which the caller is not of.
pub(super) const NOT_OWN_ORGANISATION: &str = "NOT_OWN_ORGANISATION";

/// The reason of [`not_for_this_role`].
pub(super) const NOT_FOR_THIS_ROLE: &str = "NOT_FOR_THIS_ROLE";

/// A method that is not for the caller's role, or is none: the two look the same.
pub(super) fn not_for_this_role(role: &str) -> Status {
    with_reason(
        Code::PermissionDenied,
        NOT_FOR_THIS_ROLE,
        format!("the role {role} may not call this method; docs/access.md says which role may"),
    )
}

/// No such record.
pub(super) fn not_found(what: &str, id: &str) -> Status {
    with_reason(Code::NotFound, "NOT_FOUND", format!("there is no {what} with the id {id}"))
}

/// A fault of the service itself. The message holds no data of people.
pub(super) fn internal(what: &str) -> Status {
    tracing::error!(what, "fault");
    with_reason(
        Code::Internal,
        "FAULT",
        "the service failed at this request; the operator finds the cause in the log",
    )
}

/// A backup that cannot be made. Only an operator is told, who may know of folders.
pub(super) fn no_backup(why: &str) -> Status {
    tracing::error!(why, "no backup was made");
    with_reason(Code::FailedPrecondition, "NO_BACKUP", why)
}

/// What the engine said, in the table's terms.
pub(super) fn from_engine(error: EngineError) -> Status {
    match error {
        EngineError::Invalid(violations) => from_violations(violations),
        EngineError::NotFound { what, id } => not_found(what, &id),
        EngineError::Changed { .. } => with_reason(Code::Aborted, "ETAG_MISMATCH", error.to_string()),
        EngineError::VacancyNotOpen { .. } => {
            with_reason(Code::FailedPrecondition, "VACANCY_NOT_OPEN", error.to_string())
        }
        EngineError::RequestIdReused { .. } => {
            with_reason(Code::AlreadyExists, "REQUEST_ID_REUSED", error.to_string())
        }
        EngineError::NotYetVisible { .. } => {
            with_reason(Code::Unavailable, "NOT_YET_VISIBLE", error.to_string())
        }
        EngineError::Stopped(_) => with_reason(Code::Unavailable, "STORE_STOPPED", error.to_string()),
        EngineError::Unreadable(_) => {
            tracing::error!(%error, "the store cannot be read");
            let told = "the store cannot be read at the moment; the operator finds the cause in the log";
            with_reason(Code::Unavailable, "STORE_UNREADABLE", told)
        }
        EngineError::NotRecorded(_) => with_reason(Code::Unavailable, "NOT_RECORDED", error.to_string()),
        EngineError::Damaged { .. } => with_reason(Code::DataLoss, "RECORD_DAMAGED", error.to_string()),
        EngineError::StoreDamaged(_) => with_reason(Code::DataLoss, "STORE_DAMAGED", error.to_string()),
        EngineError::NotInNight { .. } => with_reason(Code::NotFound, "NOT_IN_NIGHT", error.to_string()),
        EngineError::Night(error) => from_night(&error),
        EngineError::Fault(ref what) => internal(what),
    }
}

/// What the nights said. Where a file stands is the operator's to know: it is in the log.
fn from_night(error: &NightError) -> Status {
    match error {
        NightError::NoNights | NightError::Gone { .. } | NightError::NoEarlierNight { .. } => {
            with_reason(Code::NotFound, "NIGHT_GONE", error.to_string())
        }
        NightError::Damaged { path, part } => {
            tracing::error!(%error, "a night is damaged");
            let file = path.file_name().unwrap_or_default().display();
            let message = format!("the night {file} is damaged ({part}); ask for another one");
            with_reason(Code::DataLoss, "NIGHT_DAMAGED", message)
        }
        NightError::Newer { what, .. } => {
            let message = format!("the night was made by a release that knows more ({what})");
            with_reason(Code::FailedPrecondition, "NIGHT_TOO_NEW", message)
        }
        NightError::NoNight(_) | NightError::Io { .. } => internal(&error.to_string()),
    }
}

/// What the runs said, in the table's terms.
pub(super) fn from_run(error: RunError) -> Status {
    match error {
        RunError::Active { .. } => with_reason(Code::FailedPrecondition, "RERANK_ACTIVE", error.to_string()),
        RunError::Over { .. } => with_reason(Code::FailedPrecondition, "RERANK_OVER", error.to_string()),
        RunError::RequestIdReused { .. } => {
            with_reason(Code::AlreadyExists, "REQUEST_ID_REUSED", error.to_string())
        }
        RunError::NotFound { id } => not_found("run", &id),
        RunError::Disk(_) => with_reason(Code::Unavailable, "DISK_REFUSES", error.to_string()),
        RunError::System(ref what) => internal(what),
    }
}

/// The service stops while somebody watches a run.
pub(super) fn run_pauses() -> Status {
    with_reason(
        Code::Unavailable,
        "RERANK_PAUSES",
        "the service stops; the run goes on by itself at its next start, so watch it again then",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a status takes of the headers of its answer.
    fn on_its_way(status: Status) -> usize {
        let response = status.into_http::<()>();
        response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 32).sum()
    }

    #[test]
    fn a_status_fits_into_the_headers_that_clients_take_whatever_it_repeats() {
        for long in ["d".repeat(60_000), "\u{1f9d1}".repeat(20_000), "%".repeat(9_000)] {
            assert!(on_its_way(not_found("decision", &long)) < 16_000);
            let mut violations = Violations::default();
            for at in 0..300 {
                let problem = crate::domain::InvalidValue::new(long.clone(), "shorten it");
                violations.add(format!("skills[{at}].{long}"), problem);
            }
            let status = from_violations(violations);
            let told = status.get_error_details().bad_request().map(|told| told.field_violations.clone());
            let last = told.and_then(|told| told.last().cloned());
            assert!(last.is_some_and(|last| last.description.contains("more fields are wrong")));
            assert!(on_its_way(status) < 16_000);
        }
    }
}
