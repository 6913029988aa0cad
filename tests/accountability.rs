//! How the service describes itself: made from what runs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::Server;
use passend::wire::v1::{self, accountability_service_client::AccountabilityServiceClient};
use tonic::Code;
use tonic_types::StatusExt;

const CARE: &str = include_str!("../data/profiles/zorg.toml");

async fn described(server: &Server, language: &str) -> v1::DescribeModelResponse {
    let request = v1::DescribeModelRequest { text_language: language.to_owned() };
    AccountabilityServiceClient::new(server.channel().await)
        .describe_model(request)
        .await
        .unwrap()
        .into_inner()
}

fn figure(figures: &[v1::ModelFigure], key: &str) -> f64 {
    figures.iter().find(|figure| figure.key == key).unwrap_or_else(|| panic!("no figure {key}")).value
}

#[tokio::test(flavor = "multi_thread")]
async fn the_model_tells_what_counts_how_much_why_and_what_never_counts() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    for language in ["nl", "en"] {
        let model = described(&server, language).await;
        assert_eq!(model.criteria.len(), 14);
        assert_eq!(model.criteria.iter().filter(|one| one.soft).count(), 4);
        let names: Vec<&str> = model.profiles.iter().map(|profile| profile.name.as_str()).collect();
        assert_eq!(names, ["algemeen", "zorg", "techniek"]);
        for (applied, told) in model.profiles.iter().zip(&model.described_profiles) {
            assert_eq!((applied.name.as_str(), applied.weights.len()), (told.name.as_str(), 14));
            assert_eq!(told.reasons.len(), 18, "a reason for each weight and each section");
            assert!(figure(&told.figures, "bands.partial") < figure(&told.figures, "bands.good"));
        }
        assert_eq!(figure(&model.described_profiles[1].figures, "conflicts.refusal"), 0.6);
        assert_eq!(figure(&model.figures, "observations.employer"), 2.0);
        assert!(model.never_counts.iter().any(|one| one.key == "benefits"));
        let not_scored = model.criteria.iter().filter(|one| !one.scored).count();
        assert!(model.known_limits.len() > not_scored);
        let texts = model
            .criteria
            .iter()
            .flat_map(|one| [&one.name, &one.looks_at])
            .chain(&model.known_limits)
            .chain(&model.steps)
            .chain(model.never_counts.iter().map(|one| &one.text))
            .chain(model.figures.iter().map(|one| &one.text))
            .chain(
                model.described_profiles.iter().flat_map(|one| one.figures.iter().map(|figure| &figure.text)),
            );
        for text in texts {
            assert!(!text.is_empty());
            for sentence in text.split_inclusive(['.', ':']) {
                assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
            }
        }
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_version_changes_with_what_can_change_a_score_and_with_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = folder.path().join("profiles");
    std::fs::create_dir(&profiles).unwrap();
    let server = Server::start(&folder.path().join("data"), 1).await;
    let first = described(&server, "nl").await;
    assert_eq!(first.version, described(&server, "en").await.version, "a language is no change");
    server.use_small_taxonomy().await;
    let other_words = described(&server, "nl").await;
    assert_ne!(first.version, other_words.version);
    server.stop().await;

    let again = Server::start(&folder.path().join("data"), 2).await;
    assert_eq!(described(&again, "nl").await.version, first.version, "neither is a restart or a thread");
    again.stop().await;

    std::fs::write(profiles.join("care.toml"), CARE.replace("beta = 0.2", "beta = 0.15")).unwrap();
    let own = Server::start_with_profiles(&folder.path().join("data"), &profiles).await;
    let changed = described(&own, "nl").await;
    assert_ne!(changed.version, first.version);
    let differs = |(one, other): (&v1::ModelPart, &v1::ModelPart)| (one != other).then(|| one.name.clone());
    let parts: Vec<_> = first.parts.iter().zip(&changed.parts).filter_map(differs).collect();
    assert_eq!(parts, ["profile.zorg"]);
    assert_eq!(figure(&changed.described_profiles[1].figures, "formula.beta"), 0.15);
    own.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_or_not_known_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let mut client = AccountabilityServiceClient::new(server.channel().await);
    for id in ["", "1-00000000", "0", "999999-0a1b2c3d", "../start"] {
        let asked = v1::GetDecisionRequest { id: id.to_owned(), ..Default::default() };
        let status = client.get_decision(asked).await.unwrap_err();
        assert_eq!(
            (status.code(), status.get_error_details().error_info().unwrap().reason.as_str()),
            (Code::NotFound, "NOT_FOUND"),
            "{id}"
        );
    }
    let german = v1::DescribeModelRequest { text_language: "de".to_owned() };
    assert_eq!(client.describe_model(german).await.unwrap_err().code(), Code::InvalidArgument);
    server.stop().await;
}
