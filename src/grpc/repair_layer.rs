//! Statuses that tonic gives before a handler runs, in the words of this service.
//!
//! An answer of a handler always carries error details; a status without them comes from the transport:
//! an oversized message as OUT_OF_RANGE, an undecodable or missing one as INTERNAL, a timeout as CANCELLED
//! (4-architecture, decision 5). Codes and the absence of details tell them apart, never the text.

use super::status;
use http::{HeaderMap, Request, Response};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};
use tonic::{Code, Status, body::Body};
use tower::{Layer, Service};

const DETAILS: &str = "grpc-status-details-bin";

/// Puts [`RepairService`] around every method.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RepairLayer;

impl<S> Layer<S> for RepairLayer {
    type Service = RepairService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        RepairService { inner }
    }
}

/// Replaces a status of the transport by one that says what to do.
#[derive(Clone, Debug)]
pub(super) struct RepairService<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for RepairService<S>
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
        let answer = self.inner.call(request);
        Box::pin(async move {
            let response = answer.await?;
            Ok(match from_transport(response.headers()) {
                Some(status) => status.into_http(),
                None => response,
            })
        })
    }
}

fn from_transport(headers: &HeaderMap) -> Option<Status> {
    let code = headers.get("grpc-status")?;
    if headers.contains_key(DETAILS) {
        return None;
    }
    repaired(Code::from_bytes(code.as_bytes()))
}

/// The status in place of one without details; `None` where the transport's own is right.
pub(super) fn repaired(code: Code) -> Option<Status> {
    match code {
        Code::OutOfRange => Some(status::message_too_large()),
        Code::Internal => Some(status::undecodable()),
        Code::Cancelled => Some(status::deadline_exceeded()),
        _ => None,
    }
}
