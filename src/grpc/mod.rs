//! The service over gRPC: one file per service, one table of errors, one gate to the engine.

mod access_layer;
mod accountability_service;
mod admission;
mod advice_answer;
mod bridge;
mod candidate_service;
mod concept_answer;
mod connection;
mod deadline_layer;
mod decision_answer;
mod decision_log;
mod employer_service;
mod explanation;
mod gate;
mod health;
mod import_stream;
mod in_process;
mod match_answer;
mod matching_service;
mod metrics;
mod metrics_page;
mod model_answer;
mod night_report;
mod observe_layer;
mod operation_service;
mod page;
mod privacy_service;
mod profile_questions;
mod recognition_answer;
mod refusals;
mod repair_layer;
mod requests;
mod rerank_service;
mod search_answer;
mod server;
mod shortlists;
mod status;
mod taxonomy_service;
mod tls;
mod transport;
mod vacancy_service;
mod view;

pub use admission::LoadLimits;
pub use connection::{Arrival, Connection};
pub use gate::{Gate, LOCAL_TOKEN};
pub use in_process::InProcess;
pub use metrics::Metrics;
pub use metrics_page::serve_metrics;
pub use server::{ServeError, ServeOptions, serve, serve_guarded, serve_with};
pub use tls::{Tls, TlsError};
pub use transport::{Arrived, Arrives, Link, TransportLimits, connections};

use crate::domain::Date;

/// Today in the Netherlands: what a request without a date means.
pub fn today() -> Date {
    let now = jiff::Timestamp::now();
    let zoned = now.in_tz("Europe/Amsterdam").unwrap_or_else(|_| now.to_zoned(jiff::tz::TimeZone::UTC));
    zoned.date()
}
