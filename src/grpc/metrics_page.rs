//! `/metrics` over HTTP, at an address of its own: monitoring needs no way to the people's data.

use super::metrics::Metrics;
use crate::engine::Engine;
use http::{Method, Request, Response, StatusCode, header};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    convert::Infallible,
    sync::{Arc, Weak},
    time::Duration,
};
use tokio::{net::TcpListener, sync::Semaphore};

/// Most connections at one time: a monitoring service needs one.
const CONNECTIONS: usize = 16;
/// A connection is closed after this time, whatever goes on.
const LONGEST: Duration = Duration::from_secs(10);
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers `GET /metrics` until it is dropped. It does not keep the engine from stopping.
pub async fn serve_metrics(listener: TcpListener, metrics: Metrics, engine: Weak<Engine>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let connection = match listener.accept().await {
            Ok((connection, _)) => connection,
            Err(error) => {
                tracing::warn!(%error, "a connection for metrics was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let (metrics, engine) = (metrics.clone(), Weak::clone(&engine));
        tokio::spawn(async move {
            let answer = service_fn(|request: Request<Incoming>| {
                let answer = answer(request.method(), request.uri().path(), &metrics, &engine);
                async move { Ok::<_, Infallible>(answer) }
            });
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(LONGEST).keep_alive(false);
            // Whoever went away or was too slow asks again.
            let _ =
                tokio::time::timeout(LONGEST, http.serve_connection(TokioIo::new(connection), answer)).await;
            drop(place);
        });
    }
}

fn answer(method: &Method, path: &str, metrics: &Metrics, engine: &Weak<Engine>) -> Response<String> {
    let (status, kind, text) = match (method, path) {
        (&Method::GET, "/metrics") => match engine.upgrade().map(|engine| metrics.text(&engine)) {
            Some(Ok(text)) => (StatusCode::OK, OPEN_METRICS, text),
            Some(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, "text/plain", format!("{error}\n")),
            None => (StatusCode::SERVICE_UNAVAILABLE, "text/plain", "The service stops.\n".to_owned()),
        },
        (_, "/metrics") => (StatusCode::METHOD_NOT_ALLOWED, "text/plain", "Use GET.\n".to_owned()),
        _ => (StatusCode::NOT_FOUND, "text/plain", "Here is only /metrics.\n".to_owned()),
    };
    let mut response = Response::new(text);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
