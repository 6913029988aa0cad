//! The server: a function of a listener and a stop signal.

use super::{
    access_layer::AccessLayer,
    accountability_service::Accountability,
    admission::{Admission, AdmitLayer, LoadLimits, LookLayer},
    bridge::Bridge,
    candidate_service::Candidates,
    deadline_layer::DeadlineLayer,
    employer_service::Employers,
    gate::Gate,
    matching_service::Matching,
    metrics::Metrics,
    observe_layer::ObserveLayer,
    operation_service::Operation,
    privacy_service::Privacy,
    refusals::{self, Refusals},
    repair_layer::RepairLayer,
    rerank_service::Reranks,
    taxonomy_service::Concepts,
    transport::{self, Arrives, TransportLimits},
    vacancy_service::Vacancies,
};
use crate::{
    access::Authenticator,
    batch::{RunOptions, Runs},
    domain::limits::MESSAGE_BYTES,
    engine::Engine,
    wire::{self, v1},
};
use std::{
    future::Future,
    sync::{Arc, Weak},
    time::Duration,
};
use tokio::task::JoinSet;
use tokio_stream::Stream;
use tonic::service::Routes;
use tonic_health::{ServingStatus, server::HealthReporter};
use tower::ServiceBuilder;
use v1::{
    accountability_service_server::AccountabilityServiceServer,
    candidate_service_server::CandidateServiceServer,
    employer_matching_service_server::EmployerMatchingServiceServer,
    matching_service_server::MatchingServiceServer, operation_service_server::OperationServiceServer,
    privacy_service_server::PrivacyServiceServer, rerank_service_server::RerankServiceServer,
    taxonomy_service_server::TaxonomyServiceServer, vacancy_service_server::VacancyServiceServer,
};

/// The services that have a working method: what is registered, and what reflection lists.
const SERVICES: [&str; 9] = [
    "passend.v1.CandidateService",
    "passend.v1.VacancyService",
    "passend.v1.MatchingService",
    "passend.v1.EmployerMatchingService",
    "passend.v1.RerankService",
    "passend.v1.TaxonomyService",
    "passend.v1.AccountabilityService",
    "passend.v1.PrivacyService",
    "passend.v1.OperationService",
];

/// The name under which health says whether writes are taken.
const WRITING: &str = "passend.writing";
/// How often that is looked at.
const LOOK_AT_WRITING: Duration = Duration::from_millis(500);
/// How often files of keys and certificates are looked at.
const REFRESH: Duration = Duration::from_secs(1);

/// Why the server ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Reflection could not be set up.
    #[error("the interface cannot describe itself: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
    /// The runs of the data folder cannot be read.
    #[error("the runs of the data folder cannot be read: {0}")]
    Runs(#[from] std::io::Error),
}

/// Serves an engine on the connections of `incoming` until `stop` is ready, then lets running calls end. No run starts by
/// itself.
///
/// # Errors
/// When the interface cannot describe itself.
pub async fn serve<I, A, E>(
    engine: Arc<Engine>,
    local_token: String,
    incoming: I,
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError>
where
    I: Stream<Item = Result<A, E>>,
    A: Arrives,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    serve_with(engine, RunOptions::default(), local_token, incoming, stop).await
}

/// As [`serve`], with runs that work as the options say.
///
/// # Errors
/// When the interface cannot describe itself, or the runs of the data folder cannot be read.
pub async fn serve_with<I, A, E>(
    engine: Arc<Engine>,
    runs: RunOptions,
    local_token: String,
    incoming: I,
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError>
where
    I: Stream<Item = Result<A, E>>,
    A: Arrives,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let options = ServeOptions {
        runs,
        gate: Gate::embedded(local_token),
        metrics: Metrics::default(),
        load: LoadLimits::default(),
        transport: TransportLimits::default(),
    };
    serve_guarded(engine, options, incoming, stop).await
}

/// How a server works.
#[derive(Debug)]
pub struct ServeOptions {
    /// How runs over everything work.
    pub runs: RunOptions,
    /// Tells who calls.
    pub gate: Gate,
    /// Where calls are counted.
    pub metrics: Metrics,
    /// How much is taken on.
    pub load: LoadLimits,
    /// What a client may take of the server's time and room.
    pub transport: TransportLimits,
}

/// As [`serve_with`], as the options say.
///
/// # Errors
/// When the interface cannot describe itself, or the runs of the data folder cannot be read.
pub async fn serve_guarded<I, A, E>(
    engine: Arc<Engine>,
    options: ServeOptions,
    incoming: I,
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError>
where
    I: Stream<Item = Result<A, E>>,
    A: Arrives,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let ServeOptions { runs, gate, metrics, load, transport } = options;
    // Ends with the server, however that ends.
    let mut refreshing = JoinSet::new();
    if let Some(authenticator) = gate.authenticator() {
        refreshing.spawn(refresh(Arc::clone(authenticator)));
    }
    let refusals = Arc::new(Refusals::default());
    refreshing.spawn(refusals::follow(Arc::clone(&refusals), Arc::downgrade(&engine)));
    let admission = Arc::new(Admission::new(load, gate.authenticator().is_some(), metrics.clone()));
    let gate = Arc::new(gate);
    let runs = Arc::new(Runs::open(Arc::clone(&engine), runs)?);
    let ending = Arc::clone(&runs);
    let stop = async move {
        stop.await;
        // Whoever watches a run is told at once, and the run pauses: it goes on at the next start.
        ending.ends();
    };
    let routes = routes(Arc::clone(&engine), Arc::clone(&runs)).await?;
    let service = ServiceBuilder::new()
        .layer(ObserveLayer::new(metrics.clone()))
        .layer(LookLayer(Arc::clone(&admission)))
        .layer(AccessLayer { gate: Arc::clone(&gate), refusals: Arc::clone(&refusals) })
        .layer(DeadlineLayer)
        .layer(AdmitLayer { admission, gate })
        .layer(RepairLayer)
        .service(routes.prepare());
    transport::serve(incoming, service, transport, metrics, stop).await;
    refusals::rest(refusals, engine).await;
    // A thread that failed has said so in the log.
    let _ = tokio::task::spawn_blocking(move || runs.stop()).await;
    Ok(())
}

/// Reads keys and certificates again as their files change.
async fn refresh(authenticator: Arc<Authenticator>) {
    loop {
        tokio::time::sleep(REFRESH).await;
        let authenticator = Arc::clone(&authenticator);
        // A thread that failed has said so in the log.
        let _ = tokio::task::spawn_blocking(move || authenticator.refresh()).await;
    }
}

async fn routes(engine: Arc<Engine>, runs: Arc<Runs>) -> Result<Routes, ServeError> {
    let (health, health_service) = tonic_health::server::health_reporter();
    super::health::follow(&engine, health.clone());
    let bridge = Bridge::new(engine);
    health.set_serving::<CandidateServiceServer<Candidates>>().await;
    health.set_serving::<VacancyServiceServer<Vacancies>>().await;
    health.set_serving::<MatchingServiceServer<Matching>>().await;
    health.set_serving::<EmployerMatchingServiceServer<Employers>>().await;
    health.set_serving::<RerankServiceServer<Reranks>>().await;
    health.set_serving::<TaxonomyServiceServer<Concepts>>().await;
    health.set_serving::<AccountabilityServiceServer<Accountability>>().await;
    health.set_serving::<PrivacyServiceServer<Privacy>>().await;
    health.set_serving::<OperationServiceServer<Operation>>().await;
    tokio::spawn(tell_of_writing(health.clone(), Arc::downgrade(bridge.engine())));
    let mut routes = Routes::builder();
    routes
        .add_service(
            CandidateServiceServer::new(Candidates::new(bridge.clone()))
                .max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(
            VacancyServiceServer::new(Vacancies::new(bridge.clone()))
                .max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(
            MatchingServiceServer::new(Matching::new(bridge.clone()))
                .max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(
            EmployerMatchingServiceServer::new(Employers::new(bridge.clone()))
                .max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(
            RerankServiceServer::new(Reranks::new(bridge.clone(), runs))
                .max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(
            AccountabilityServiceServer::new(Accountability::new(bridge.clone()))
                .max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(
            OperationServiceServer::new(Operation::new(bridge.clone()))
                .max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(
            PrivacyServiceServer::new(Privacy::new(bridge.clone())).max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(
            TaxonomyServiceServer::new(Concepts::new(bridge)).max_decoding_message_size(MESSAGE_BYTES),
        )
        .add_service(health_service)
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?);
    Ok(routes.routes())
}

/// Says under a name of its own whether writes are taken, as long as the engine is there: reads go on where they are not.
async fn tell_of_writing(health: HealthReporter, engine: Weak<Engine>) {
    let mut told = None;
    while let Some(engine) = engine.upgrade() {
        let refused = engine.refuses_writes();
        drop(engine);
        let status = if refused.is_none() { ServingStatus::Serving } else { ServingStatus::NotServing };
        if told != Some(status) {
            if let Some(why) = refused {
                tracing::error!(why, "no writes are taken");
            }
            health.set_service_status(WRITING, status).await;
            told = Some(status);
        }
        tokio::time::sleep(LOOK_AT_WRITING).await;
    }
}

fn reflection() -> tonic_reflection::server::Builder<'static> {
    let mut builder = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(wire::DESCRIPTORS)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .with_service_name("grpc.health.v1.Health");
    for service in SERVICES {
        builder = builder.with_service_name(service);
    }
    builder
}
