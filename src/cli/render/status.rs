//! An error of the service in words: what is wrong, in which field, and what to do.

use super::layout::one_line;
use tonic::{Code, Status};
use tonic_types::StatusExt;

/// What the service refused, for people.
pub(in crate::cli) fn refused(status: &Status) -> String {
    let violations =
        status.get_details_bad_request().map(|request| request.field_violations).unwrap_or_default();
    if violations.is_empty() {
        let text = one_line(status.message());
        return if text.is_empty() { unsaid(status.code()).to_owned() } else { text };
    }
    let mut text = "the service cannot do this:".to_owned();
    for violation in violations {
        text.push_str(&format!("\n  {}: {}", one_line(&violation.field), one_line(&violation.description)));
    }
    text
}

/// A status without a word comes from the transport.
fn unsaid(code: Code) -> &'static str {
    match code {
        Code::Unavailable => "the service does not answer; try again",
        Code::DeadlineExceeded | Code::Cancelled => "the service took too long; try again",
        Code::ResourceExhausted => "the service has too much work; try again later",
        _ => "the service failed without saying why; its log has the cause",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonic_types::ErrorDetails;

    #[test]
    fn every_field_is_named_with_its_remedy() {
        let mut details = ErrorDetails::new();
        details
            .add_bad_request_violation("candidate.id", "the id is empty; give every record an id of its own");
        details.add_bad_request_violation("availability.hours", "40 is more than 36; swap them");
        let status = Status::with_error_details(Code::InvalidArgument, "2 fields", details);
        insta::assert_snapshot!(refused(&status), @r"
        the service cannot do this:
          candidate.id: the id is empty; give every record an id of its own
          availability.hours: 40 is more than 36; swap them
        ");
    }

    #[test]
    fn a_status_is_never_shown_as_a_dump() {
        for code in [Code::Unavailable, Code::Unknown, Code::Cancelled, Code::Internal] {
            let text = refused(&Status::new(code, ""));
            assert!(text.contains(' ') && !text.contains("Status"), "{text}");
        }
        assert_eq!(
            refused(&Status::not_found("there is no vacancy with the id v9")),
            "there is no vacancy with the id v9"
        );
    }
}
