//! A server in the own process, over a connection in memory: the command line has one way to the engine, whether a
//! server runs or not.

use super::server::{self, ServeError};
use crate::batch::RunOptions;
use crate::engine::Engine;
use hyper_util::rt::TokioIo;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::{io::DuplexStream, sync::oneshot, task::JoinHandle};
use tokio_stream::StreamExt;
use tonic::transport::{Channel, Endpoint, Uri};

/// Bytes in flight between the two ends.
const BUFFER_BYTES: usize = 1 << 20;

/// A server in the own process. It serves until it is [stopped](Self::stop) or dropped.
#[derive(Debug)]
pub struct InProcess {
    channel: Channel,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<Result<(), ServeError>>,
}

impl InProcess {
    /// Starts a server for one connection and connects to it.
    ///
    /// # Errors
    /// When the connection cannot be made.
    pub async fn start(engine: Arc<Engine>) -> Result<Self, tonic::transport::Error> {
        Self::start_with(engine, RunOptions::default()).await
    }

    /// As [`start`](Self::start), with runs that work as the options say.
    ///
    /// # Errors
    /// When the connection cannot be made.
    pub async fn start_with(engine: Arc<Engine>, runs: RunOptions) -> Result<Self, tonic::transport::Error> {
        let (client_end, server_end) = tokio::io::duplex(BUFFER_BYTES);
        let (stop, stopped) = oneshot::channel::<()>();
        // A server whose stream of connections ends would stop at once, so the stream stays open after its one item.
        let incoming = tokio_stream::once(Ok::<_, std::io::Error>(server_end)).chain(tokio_stream::pending());
        let server = tokio::spawn(server::serve_with(engine, runs, String::new(), incoming, async {
            let _ = stopped.await;
        }));
        // The connection is handed over once; a second attempt finds nothing and fails.
        let client_end: Mutex<Option<DuplexStream>> = Mutex::new(Some(client_end));
        let channel = Endpoint::from_static("http://in-process")
            .connect_with_connector(tower::service_fn(move |_: Uri| {
                let end = client_end.lock().unwrap_or_else(PoisonError::into_inner).take();
                std::future::ready(
                    end.map(TokioIo::new)
                        .ok_or_else(|| std::io::Error::other("the connection in the own process was closed")),
                )
            }))
            .await?;
        Ok(Self { channel, stop: Some(stop), server })
    }

    /// A channel to the server.
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// Ends the server and waits for it.
    ///
    /// # Errors
    /// When the server had failed.
    pub async fn stop(mut self) -> Result<(), ServeError> {
        if let Some(stop) = self.stop.take() {
            // The server may have ended already.
            let _ = stop.send(());
        }
        drop(self.channel);
        self.server.await.unwrap_or(Ok(()))
    }
}
