//! Connections: who is let in, how long a silent or slow one is waited for, and how all of them end.
//!
//! hyper speaks HTTP/2; this loop around it holds what no setting of it does. A connection has a place (caps in all, for
//! each address, and for those that have not shown yet who they are), a first admitted call within a deadline, and bytes
//! that move both ways: a request that stalls is answered, an answer that nobody takes is reset, a socket that nobody
//! reads is closed. At a stop calls under way go on until a hard deadline; nothing waits for a client after it.

mod accept;
mod answer_body;
mod call;
mod drive;
mod link;
mod paced_io;
mod registry;
mod request_body;

pub use accept::{Arrived, Arrives, connections};
pub(super) use link::End;
pub use link::Link;

use super::metrics::Metrics;
use crate::wire::streamed_requests;
use drive::drive;
use http::{Request, Response};
use registry::Registry;
use std::{
    collections::BTreeSet,
    convert::Infallible,
    future::Future,
    pin::pin,
    sync::{Arc, atomic::AtomicUsize},
    time::Duration,
};
use tokio::{sync::watch, task::JoinSet};
use tokio_stream::{Stream, StreamExt};
use tonic::body::Body;
use tower::Service;

/// So many bytes must move within [`TransportLimits::progress`]: whoever is slower is hostile, or as good as gone.
const PIECE_BYTES: usize = 16 << 10;
/// How often a connection, and a call that takes long, is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// How long a client has to end a connection without calls by itself after it was told to.
const LAST_WORD: Duration = Duration::from_secs(1);

/// What a client may take of the server's time and room before it is let go of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransportLimits {
    /// Most connections from other machines at one time, and as many from this one. At most a quarter of them may be
    /// without an admitted call.
    pub connections: usize,
    /// Most connections at one time from one address, and of one caller.
    pub per_client: usize,
    /// Most calls of one connection that run at one time.
    pub streams: u32,
    /// Until the first call that is let in: handshakes count.
    pub first_call: Duration,
    /// Without any call, after the first one; also between two messages of a stream of requests.
    pub idle: Duration,
    /// For 16 KiB of a message that was begun, either way.
    pub progress: Duration,
    /// For calls under way when the server stops.
    pub stop: Duration,
}

impl Default for TransportLimits {
    fn default() -> Self {
        Self {
            connections: 1_024,
            per_client: 128,
            streams: 100,
            first_call: Duration::from_secs(10),
            idle: Duration::from_secs(300),
            progress: Duration::from_secs(10),
            stop: Duration::from_secs(15),
        }
    }
}

impl TransportLimits {
    /// For the connection of the own process, which cannot be made anew: nobody is waited for there but oneself.
    fn of_own_process(self) -> Self {
        const FOREVER: Duration = Duration::from_secs(3_650 * 86_400);
        Self { first_call: FOREVER, idle: FOREVER, progress: FOREVER, ..self }
    }
}

/// What all connections of a server share.
#[derive(Debug)]
struct Shared {
    /// Paths of the methods whose requests are streams: between two messages a client may think.
    streamed: BTreeSet<String>,
    /// Bytes of messages of which a part is still to come.
    half_received: AtomicUsize,
    /// Bytes of answers that wait to be taken.
    untaken: AtomicUsize,
}

/// Serves `service` on the connections of `incoming` until `stop` is ready, then lets calls end until the deadline.
pub(super) async fn serve<I, A, E, S>(
    incoming: I,
    service: S,
    limits: TransportLimits,
    metrics: Metrics,
    stop: impl Future<Output = ()>,
) where
    I: Stream<Item = Result<A, E>>,
    A: Arrives,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let (half_received, untaken) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let shared = Arc::new(Shared { streamed: streamed_requests(), half_received, untaken });
    let registry = Registry::new(limits, metrics);
    let (stops, stopping) = watch::channel(false);
    let mut open = JoinSet::new();
    {
        // Let go of at the end of this block, so that nobody connects in vain while the others end.
        let mut incoming = pin!(incoming);
        let mut stop = pin!(stop);
        loop {
            tokio::select! {
                biased;
                () = &mut stop => break,
                // A connection that failed has nobody else to tell.
                Some(_) = open.join_next(), if !open.is_empty() => {}
                arrived = incoming.next() => match arrived {
                    Some(Ok(arrived)) => {
                        let Some(place) = registry.admit(arrived.address()) else { continue };
                        open.spawn(drive(arrived, service.clone(), place, Arc::clone(&shared), stopping.clone()));
                    }
                    Some(Err(error)) => tracing::warn!(error = %error.into(), "a connection was not accepted"),
                    None => break,
                },
            }
        }
    }
    // Somebody listens: this function holds a receiver.
    let _ = stops.send(true);
    let all = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.stop, all).await.is_err() {
        tracing::warn!(connections = open.len(), "some calls did not end in time and were cut off");
        open.shutdown().await;
    }
}
