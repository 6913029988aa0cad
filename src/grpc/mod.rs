//! The service over gRPC: one file per service, one table of errors, one gate to the engine.

mod accountability_service;
mod advice_answer;
mod bridge;
mod candidate_service;
mod concept_answer;
mod employer_service;
mod explanation;
mod import_stream;
mod in_process;
mod local_token;
mod match_answer;
mod matching_service;
mod model_answer;
mod night_report;
mod operation_service;
mod page;
mod privacy_service;
mod profile_questions;
mod recognition_answer;
mod repair_layer;
mod requests;
mod rerank_service;
mod search_answer;
mod server;
mod shortlists;
mod status;
mod taxonomy_service;
mod vacancy_service;

pub use in_process::InProcess;
pub use local_token::LOCAL_TOKEN;
pub use server::{ServeError, serve, serve_with};

use crate::domain::Date;

/// Today in the Netherlands: what a request without a date means.
pub fn today() -> Date {
    let now = jiff::Timestamp::now();
    let zoned = now.in_tz("Europe/Amsterdam").unwrap_or_else(|_| now.to_zoned(jiff::tz::TimeZone::UTC));
    zoned.date()
}
