//! Whether the rights with which a stream was opened still stand.
//!
//! A stream outlives the token or the certificate that opened it. So who calls is asked again while it lasts, of the same
//! credentials and of the keys, authorities and lists as they are then; where the answer is another one, the stream ends with
//! the status that a new call would get.

use super::{super::gate::Gate, streams::OpenStream};
use crate::access::{Reach, reach};
use crate::domain::Caller;
use crate::grpc::{connection::Arrival, gate::LOCAL_TOKEN, status};
use http::{Extensions, HeaderMap, Request, header::AUTHORIZATION};
use http_body::{Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Interval, MissedTickBehavior};
use tonic::{Status, body::Body};

/// How often rights are looked at again.
const LOOK: Duration = Duration::from_secs(2);

/// Tells the two halves of a stream whether its rights still stand.
#[derive(Clone, Debug, Default)]
pub(in crate::grpc) struct Standing(Arc<AtomicBool>);

impl Standing {
    /// Whether they are over: nothing more may be taken or given.
    pub(in crate::grpc) fn is_over(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn end(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// What a stream was opened with.
#[derive(Debug)]
pub(super) struct Rights {
    gate: Arc<Gate>,
    headers: HeaderMap,
    extensions: Extensions,
    caller: Caller,
    method: String,
    standing: Standing,
    looks: Interval,
}

impl Rights {
    /// Those of a request; `None` where nobody is asked who they are.
    pub(super) fn of<B>(
        gate: &Arc<Gate>,
        request: &Request<B>,
        caller: Caller,
        standing: Standing,
    ) -> Option<Self> {
        gate.authenticator()?;
        let mut headers = HeaderMap::new();
        for name in [AUTHORIZATION.as_str(), LOCAL_TOKEN] {
            for value in request.headers().get_all(name) {
                headers.append(http::HeaderName::from_static(name), value.clone());
            }
        }
        let mut extensions = Extensions::new();
        if let Some(arrival) = request.extensions().get::<Arrival>() {
            extensions.insert(arrival.clone());
        }
        let mut looks = tokio::time::interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let method = request.uri().path().trim_start_matches('/').to_owned();
        Some(Self { gate: Arc::clone(gate), headers, extensions, caller, method, standing, looks })
    }

    fn check(&self) -> Result<(), Status> {
        let caller = self.gate.caller(&self.headers, &self.extensions).map_err(|unknown| unknown.status())?;
        let may = reach(&self.method, caller.role()).is_some_and(|reach| reach != Reach::No);
        match caller == self.caller && may {
            true => Ok(()),
            false => Err(status::not_for_this_role(caller.role().name())),
        }
    }

    /// The status with which the stream ends, as soon as there is one.
    fn poll_ended(&mut self, cx: &mut Context<'_>) -> Poll<Status> {
        while self.looks.poll_tick(cx).is_ready() {
            if let Err(status) = self.check() {
                self.standing.end();
                tracing::warn!(
                    subject = self.caller.subject(),
                    role = self.caller.role().name(),
                    method = self.method,
                    "a stream ended: its rights are over"
                );
                return Poll::Ready(status);
            }
        }
        Poll::Pending
    }
}

/// The answer of a stream, while it is open and its rights stand.
#[derive(Debug)]
pub(super) struct Held {
    body: Body,
    rights: Option<Rights>,
    ended: bool,
    _stream: OpenStream,
}

impl Held {
    pub(super) fn new(body: Body, rights: Option<Rights>, stream: OpenStream) -> Self {
        Self { body, rights, ended: false, _stream: stream }
    }
}

impl http_body::Body for Held {
    type Data = <Body as http_body::Body>::Data;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        if let Some(rights) = &mut self.rights
            && let Poll::Ready(status) = rights.poll_ended(cx)
        {
            self.ended = true;
            self.body = Body::empty();
            let mut trailers = HeaderMap::new();
            return Poll::Ready(Some(match status.add_header(&mut trailers) {
                Ok(()) => Ok(Frame::trailers(trailers)),
                Err(status) => Err(status),
            }));
        }
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.ended || self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        // What was promised may not be kept.
        SizeHint::default()
    }
}
