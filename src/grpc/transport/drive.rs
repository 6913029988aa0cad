//! One connection, from its handshake to its end.

use super::{
    LOOK, Shared,
    accept::Arrives,
    answer_body::AnswerBody,
    call::{Call, Calls},
    link::{End, Verdict},
    paced_io::PacedIo,
    registry::Place,
    request_body::RequestBody,
};
use http::{Method, Request, Response, StatusCode};
use hyper::{body::Incoming, server::conn::http2, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    convert::Infallible,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::watch, time::MissedTickBehavior};
use tonic::body::Body;
use tower::{Service, ServiceExt};

/// Largest list of headers: a token of a megabyte still gets an answer that says so.
const HEADERS_BYTES: u32 = (1 << 20) + (64 << 10);
/// Bytes of an answer that wait in a stream for their turn.
const SEND_BUFFER_BYTES: usize = 128 << 10;
/// Streams that were reset before anybody looked at them, at one time: more are an attack.
const UNSEEN_RESETS: usize = 20;
/// Streams of a connection that were reset for breaking the protocol: more are an attack.
const ERROR_RESETS: usize = 100;
/// Time without anything from the client until it is asked whether it is still there.
const PING_AFTER: Duration = Duration::from_secs(6);
/// A connection that does not answer this within this time is closed.
const PING_WITHIN: Duration = Duration::from_secs(6);

/// Serves one connection until it ends.
pub(super) async fn drive<A, S>(
    arrived: A,
    service: S,
    place: Place,
    shared: Arc<Shared>,
    mut stopping: watch::Receiver<bool>,
) where
    A: Arrives,
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let link = &place.link;
    let shaken = tokio::select! {
        shaken = tokio::time::timeout(link.limits.first_call, arrived.shake()) => shaken,
        _ = stopping.wait_for(|stops| *stops) => return link.stops(),
        // Nothing else is known of it yet: it had to make room.
        () = link.looked_at.notified() => return,
    };
    let (io, arrival) = match shaken {
        Ok(Ok(shaken)) => shaken,
        Ok(Err(error)) => {
            tracing::debug!(%error, "a handshake came to nothing");
            return link.end(End::Handshake);
        }
        Err(_) => return link.end(End::Silent),
    };
    let of_calls = Arc::clone(link);
    let answering = service_fn(move |request: Request<Incoming>| {
        let (service, arrival) = (service.clone(), arrival.clone());
        let (link, shared) = (Arc::clone(&of_calls), Arc::clone(&shared));
        async move {
            let Some(call) = Call::current().filter(|_| request.method() != Method::CONNECT) else {
                // No tunnels.
                let mut refused = Response::new(AnswerBody::empty());
                *refused.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
                return Ok::<_, Infallible>(refused);
            };
            let path = request.uri().path().to_owned();
            let mut request = request
                .map(|body| Body::new(RequestBody::new(body, &path, Arc::clone(&call), Arc::clone(&shared))));
            request.extensions_mut().insert(arrival);
            request.extensions_mut().insert(link);
            let answer = service.oneshot(request).await?;
            Ok(answer.map(|body| AnswerBody::new(body, call, shared)))
        }
    });
    let mut http2 = http2::Builder::new(Calls(Arc::clone(link)));
    http2
        .timer(TokioTimer::new())
        .max_concurrent_streams(link.limits.streams)
        .max_header_list_size(HEADERS_BYTES)
        .max_send_buf_size(SEND_BUFFER_BYTES)
        .max_pending_accept_reset_streams(UNSEEN_RESETS)
        .max_local_error_reset_streams(ERROR_RESETS)
        .keep_alive_interval(PING_AFTER)
        .keep_alive_timeout(PING_WITHIN);
    let mut serving =
        pin!(http2.serve_connection(TokioIo::new(PacedIo::new(io, Arc::clone(link))), answering));
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut closing = false;
    loop {
        tokio::select! {
            ended = &mut serving => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke");
                }
                return;
            }
            _ = stopping.wait_for(|stops| *stops), if !link.is_stopping() => link.stops(),
            () = link.looked_at.notified() => {}
            _ = look.tick() => {}
        }
        match link.verdict(Instant::now()) {
            Verdict::Keep => {}
            Verdict::Cut => return,
            Verdict::Close if closing => {}
            Verdict::Close => {
                closing = true;
                serving.as_mut().graceful_shutdown();
            }
        }
    }
}
