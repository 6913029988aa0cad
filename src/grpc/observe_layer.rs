//! Around everything: each call gets an id that its answer and its log lines carry, and is counted when it has ended.
//!
//! The status of a call stands in its headers where nothing else was answered, and after its last message otherwise: so the
//! body is watched until its trailers.

use super::metrics::{Call, Metrics, code_name};
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body::{Frame, SizeHint};
use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
};
use tonic::{Code, Status, body::Body};
use tower::{Layer, Service};
use tracing::{Instrument as _, Span};

/// The header with the id of a request, both ways.
const REQUEST_ID: &str = "x-request-id";
/// Longest id that is taken over from a client.
const LONGEST_ID: usize = 64;

/// Puts [`ObserveService`] around everything.
#[derive(Clone, Debug)]
pub(super) struct ObserveLayer {
    metrics: Metrics,
    ids: Arc<Ids>,
}

impl ObserveLayer {
    pub(super) fn new(metrics: Metrics) -> Self {
        Self { metrics, ids: Arc::default() }
    }
}

/// Ids of requests whose clients give none: one a call, another row at each start.
#[derive(Debug)]
struct Ids {
    start: u32,
    next: AtomicU64,
}

impl Default for Ids {
    fn default() -> Self {
        let mut start = [0; 4];
        // Without randomness the ids of two starts may be alike: they are for reading logs, not for security.
        let _ = getrandom::fill(&mut start);
        Self { start: u32::from_ne_bytes(start), next: AtomicU64::new(1) }
    }
}

impl Ids {
    /// The client's own id, where it can stand in a log as it is; else a new one.
    fn of(&self, headers: &HeaderMap) -> String {
        let sent = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
        let plain = |id: &&str| {
            (1..=LONGEST_ID).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        match sent.filter(plain) {
            Some(id) => id.to_owned(),
            None => format!("{:08x}-{}", self.start, self.next.fetch_add(1, Ordering::Relaxed)),
        }
    }
}

impl<S> Layer<S> for ObserveLayer {
    type Service = ObserveService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ObserveService { inner, layer: self.clone() }
    }
}

/// Counts and names each call.
#[derive(Clone, Debug)]
pub(super) struct ObserveService<S> {
    inner: S,
    layer: ObserveLayer,
}

impl<S, B> Service<Request<B>> for ObserveService<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let call = self.layer.metrics.call(request.uri().path());
        let id = self.layer.ids.of(request.headers());
        let span = tracing::info_span!("call", request = id, method = call.method());
        let mut watch = Watch { call, span: span.clone() };
        let answer = self.inner.call(request).instrument(span);
        Box::pin(async move {
            let mut response = answer.await?;
            if let Ok(id) = HeaderValue::from_str(&id) {
                response.headers_mut().insert(REQUEST_ID, id);
            }
            if let Some(code) = code_in(response.headers()) {
                watch.ended(code);
                return Ok(response);
            }
            Ok(response.map(|body| Body::new(Watched { body, watch })))
        })
    }
}

fn code_in(headers: &HeaderMap) -> Option<Code> {
    headers.get("grpc-status").map(|code| Code::from_bytes(code.as_bytes()))
}

/// What is told when a call ends.
#[derive(Debug)]
struct Watch {
    call: Call,
    span: Span,
}

impl Watch {
    fn ended(&mut self, code: Code) {
        let method = self.call.method();
        if let Some(time) = self.call.ended(code) {
            let milliseconds = time.as_secs_f64() * 1_000.0;
            let code_name = code_name(code);
            self.span.in_scope(|| match code {
                Code::Ok => tracing::debug!(method, milliseconds, "answered"),
                Code::Internal | Code::Unknown | Code::DataLoss => {
                    tracing::error!(code = code_name, milliseconds, "failed");
                }
                // Refusals of an overloaded service are counted; a line for each would be work as well.
                Code::ResourceExhausted => tracing::debug!(code = code_name, milliseconds, "refused"),
                _ => tracing::info!(code = code_name, milliseconds, "refused or cut off"),
            });
        }
    }
}

/// An answer that is watched until its end.
#[derive(Debug)]
struct Watched {
    body: Body,
    watch: Watch,
}

impl http_body::Body for Watched {
    type Data = <Body as http_body::Body>::Data;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(code) = frame.trailers_ref().and_then(code_in) {
                    self.watch.ended(code);
                }
            }
            Poll::Ready(Some(Err(status))) => self.watch.ended(status.code()),
            // A body without trailers is not gRPC's: nothing says that it failed.
            Poll::Ready(None) => self.watch.ended(Code::Ok),
            Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
