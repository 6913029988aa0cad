//! The way to the service: always gRPC, either to the server that runs for the data folder or to one in this process.

use super::server_file::ServerFile;
use super::settings::Settings;
use crate::batch::RunOptions;
use crate::engine::{Engine, EngineOptions, StartError};
use crate::grpc::{InProcess, LOCAL_TOKEN};
use crate::wire::v1::accountability_service_client::AccountabilityServiceClient;
use crate::wire::v1::candidate_service_client::CandidateServiceClient;
use crate::wire::v1::matching_service_client::MatchingServiceClient;
use crate::wire::v1::operation_service_client::OperationServiceClient;
use crate::wire::v1::privacy_service_client::PrivacyServiceClient;
use crate::wire::v1::rerank_service_client::RerankServiceClient;
use crate::wire::v1::taxonomy_service_client::TaxonomyServiceClient;
use crate::wire::v1::vacancy_service_client::VacancyServiceClient;
use anyhow::{Context, bail};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Status};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

/// Largest answer that is taken: a page of 1,000 explained matches is far below it.
const ANSWER_BYTES: usize = 256 * 1024 * 1024;
/// How long a server on this machine may take to answer at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Sends the token of the data folder along, so that the server of another folder does not answer by mistake.
#[derive(Clone, Debug)]
pub(super) struct SendToken(Option<MetadataValue<Ascii>>);

impl Interceptor for SendToken {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            request.metadata_mut().insert(LOCAL_TOKEN, token.clone());
        }
        Ok(request)
    }
}

/// What the clients call through.
pub(super) type Service = InterceptedService<Channel, SendToken>;

/// A connection to the service of a data folder.
#[derive(Debug)]
pub(super) struct Connection {
    service: Service,
    in_process: Option<InProcess>,
}

impl Connection {
    /// Does work over a connection to the data folder of the settings, and closes it.
    pub(super) async fn with<T>(
        settings: &Settings,
        work: impl AsyncFnOnce(&Self) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        Self::with_runs(settings, RunOptions::default(), work).await
    }

    /// As [`with`](Self::with), with runs that work as the options say where the service is in this process.
    pub(super) async fn with_runs<T>(
        settings: &Settings,
        runs: RunOptions,
        work: impl AsyncFnOnce(&Self) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let connection = Self::open(settings, runs).await?;
        let result = work(&connection).await;
        connection.close().await?;
        result
    }

    /// Ends the connection, and the service where it is in this process.
    pub(super) async fn close(self) -> anyhow::Result<()> {
        if let Some(in_process) = self.in_process {
            in_process.stop().await?;
        }
        Ok(())
    }

    async fn open(settings: &Settings, runs: RunOptions) -> anyhow::Result<Self> {
        match open_engine(settings).await {
            Ok(engine) => {
                ServerFile::remove_stale(settings.data())?;
                Self::to_engine_with(engine, runs).await
            }
            Err(error) => match error.in_use() {
                Some(pid) => Self::to_server(settings.data(), pid).await,
                None => Err(error.into()),
            },
        }
    }

    /// A connection to an engine in this process.
    pub(super) async fn to_engine(engine: Arc<Engine>) -> anyhow::Result<Self> {
        Self::to_engine_with(engine, RunOptions::default()).await
    }

    async fn to_engine_with(engine: Arc<Engine>, runs: RunOptions) -> anyhow::Result<Self> {
        let in_process = InProcess::start_with(engine, runs)
            .await
            .context("the service could not start in this process")?;
        let service = InterceptedService::new(in_process.channel(), SendToken(None));
        Ok(Self { service, in_process: Some(in_process) })
    }

    async fn to_server(folder: &Path, owner: Option<u32>) -> anyhow::Result<Self> {
        let owner = owner.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
        let folder_name = folder.display();
        let Some(server) = ServerFile::read(folder)? else {
            bail!(
                "the data folder {folder_name} is in use by {owner}, which is no server; wait until it is done, or \
                 run `passend serve` to let commands work side by side"
            );
        };
        let silent = || {
            format!(
                "the data folder {folder_name} is in use by {owner}; its server should be at {} and does not answer \
                 there; wait until it has started, or stop that process and try again",
                server.address
            )
        };
        let token = MetadataValue::try_from(server.token.as_str()).with_context(silent)?;
        let endpoint = Endpoint::from_shared(format!("http://{}", server.address)).with_context(silent)?;
        let channel = endpoint.connect_timeout(CONNECT_TIMEOUT).connect().await.with_context(silent)?;
        let service = InterceptedService::new(channel, SendToken(Some(token)));
        let mut check = Request::new(HealthCheckRequest::default());
        check.set_timeout(CONNECT_TIMEOUT);
        match HealthClient::new(service.clone()).check(check).await {
            Ok(_) => Ok(Self { service, in_process: None }),
            Err(status) if status.code() == Code::Unauthenticated => Err(anyhow::Error::msg(silent())),
            Err(status) => Err(failed(&status)).with_context(silent),
        }
    }

    /// The matching methods.
    pub(super) fn matching(&self) -> MatchingServiceClient<Service> {
        MatchingServiceClient::new(self.service.clone()).max_decoding_message_size(ANSWER_BYTES)
    }

    /// The methods on how the service works.
    pub(super) fn accountability(&self) -> AccountabilityServiceClient<Service> {
        AccountabilityServiceClient::new(self.service.clone()).max_decoding_message_size(ANSWER_BYTES)
    }

    /// The methods on candidates.
    pub(super) fn candidates(&self) -> CandidateServiceClient<Service> {
        CandidateServiceClient::new(self.service.clone()).max_decoding_message_size(ANSWER_BYTES)
    }

    /// The methods on keeping the service in order.
    pub(super) fn operation(&self) -> OperationServiceClient<Service> {
        OperationServiceClient::new(self.service.clone())
    }

    /// The methods on one person's data.
    pub(super) fn privacy(&self) -> PrivacyServiceClient<Service> {
        PrivacyServiceClient::new(self.service.clone()).max_decoding_message_size(ANSWER_BYTES)
    }

    /// The methods on runs over everything.
    pub(super) fn reranks(&self) -> RerankServiceClient<Service> {
        RerankServiceClient::new(self.service.clone()).max_decoding_message_size(ANSWER_BYTES)
    }

    /// Whether the service is in this process.
    pub(super) fn is_alone(&self) -> bool {
        self.in_process.is_some()
    }

    /// The methods on concepts.
    pub(super) fn concepts(&self) -> TaxonomyServiceClient<Service> {
        TaxonomyServiceClient::new(self.service.clone()).max_decoding_message_size(ANSWER_BYTES)
    }

    /// The methods on vacancies.
    pub(super) fn vacancies(&self) -> VacancyServiceClient<Service> {
        VacancyServiceClient::new(self.service.clone()).max_decoding_message_size(ANSWER_BYTES)
    }
}

/// Opens the engine of the data folder, which loads everybody: work for a thread that may block.
pub(super) async fn open_engine(settings: &Settings) -> Result<Arc<Engine>, StartError> {
    let options = EngineOptions {
        folder: settings.data().to_owned(),
        threads: settings.threads(),
        profiles: settings.profiles().map(Path::to_owned),
        instruments: settings.instruments().map(Path::to_owned),
        purge_within: Some(settings.purge_within()),
        reserve_bytes: Some(settings.reserve_bytes()),
        decisions: settings.decisions(),
    };
    match tokio::task::spawn_blocking(move || Engine::open(&options)).await {
        Ok(result) => result,
        Err(ended) => std::panic::resume_unwind(ended.into_panic()),
    }
}

/// An error of the service as an error of a command.
pub(super) fn failed(status: &Status) -> anyhow::Error {
    anyhow::Error::msg(super::render::refused(status))
}
