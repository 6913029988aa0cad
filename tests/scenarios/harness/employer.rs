//! What an employer sees, and whether two such answers are the same but for pseudonyms and the order inside a band.

use super::{
    look,
    world::{self, Setting},
};
use passend::wire::v1::{self, employer_matching_service_client::EmployerMatchingServiceClient};
use serde_json::Value;
use tonic::transport::Channel;

pub async fn propose(channel: Channel, vacancy: &str, setting: &Setting) -> Result<Value, String> {
    let request = v1::ProposeCandidatesRequest {
        vacancy_id: vacancy.to_owned(),
        page_size: 100,
        as_of: Some(world::date(setting.as_of)),
        ..v1::ProposeCandidatesRequest::default()
    };
    let answer = EmployerMatchingServiceClient::new(channel).propose_candidates(request).await;
    world::json(&answer.map_err(|status| format!("{:?}: {}", status.code(), status.message()))?.into_inner())
}

/// The candidates without their pseudonyms, in an order of their own.
pub fn without_pseudonyms(answer: &Value) -> Vec<String> {
    let mut all: Vec<String> = look::list(answer, "candidates")
        .iter()
        .map(|one| {
            let mut one = one.clone();
            if let Some(fields) = one.as_object_mut() {
                fields.remove("pseudonym");
            }
            one.to_string()
        })
        .collect();
    all.sort();
    all
}
