//! The two looks, as layers around the methods.

use super::{
    Admission, CALL, Call,
    classes::{self, Shape},
    standing::{Held, Rights},
};
use crate::grpc::{access_layer::Allowed, gate::Gate, status};
use http::{Request, Response};
use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tonic::{Status, body::Body};
use tower::{Layer, Service};

type Answering<E> = Pin<Box<dyn Future<Output = Result<Response<Body>, E>> + Send>>;

fn refused<E: Send + 'static>(status: Status) -> Answering<E> {
    Box::pin(std::future::ready(Ok(status.into_http())))
}

/// Puts [`LookService`] in front of everything that costs something.
#[derive(Clone, Debug)]
pub(in crate::grpc) struct LookLayer(pub(in crate::grpc) Arc<Admission>);

impl<S> Layer<S> for LookLayer {
    type Service = LookService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        LookService { inner, admission: Arc::clone(&self.0) }
    }
}

/// Refuses by the name of the method what would be refused anyway.
#[derive(Clone, Debug)]
pub(in crate::grpc) struct LookService<S> {
    inner: S,
    admission: Arc<Admission>,
}

impl<S, B> Service<Request<B>> for LookService<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Answering<S::Error>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (class, _) = classes::of(request.uri().path().trim_start_matches('/'));
        match self.admission.look(class) {
            Ok(()) => Box::pin(self.inner.call(request)),
            Err(status) => refused(status),
        }
    }
}

/// Puts [`AdmitService`] behind the table of access.
#[derive(Clone, Debug)]
pub(in crate::grpc) struct AdmitLayer {
    pub(in crate::grpc) admission: Arc<Admission>,
    pub(in crate::grpc) gate: Arc<Gate>,
}

impl<S> Layer<S> for AdmitLayer {
    type Service = AdmitService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        AdmitService { inner, layer: self.clone() }
    }
}

/// Counts a call against its caller, and lets its work find a place when the message has come whole.
#[derive(Clone, Debug)]
pub(in crate::grpc) struct AdmitService<S> {
    inner: S,
    layer: AdmitLayer,
}

impl<S, B> Service<Request<B>> for AdmitService<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Answering<S::Error>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let admission = &self.layer.admission;
        let (class, shape) = classes::of(request.uri().path().trim_start_matches('/'));
        let Some(allowed) = request.extensions().get::<Allowed>() else {
            return refused(status::internal("a request came to its admission around the table of access"));
        };
        let (caller, standing) = (allowed.caller.clone(), allowed.standing.clone());
        let opened = admission.count(class, &caller).and_then(|()| admission.open(class, shape, &caller));
        let stream = match opened {
            Ok(stream) => stream,
            Err(status) => return refused(status),
        };
        let rights = match shape {
            Shape::Stream => Rights::of(&self.layer.gate, &request, caller, standing),
            Shape::Call => None,
        };
        let hold = move |response: Response<Body>| match stream {
            Some(stream) => response.map(|body| Body::new(Held::new(body, rights, stream))),
            None => response,
        };
        let call = Call { admission: Arc::clone(admission), class, patience: patience(&request) };
        let answer = CALL.scope(call, self.inner.call(request));
        Box::pin(async move { answer.await.map(hold) })
    }
}

/// How long the client waits for an answer: the header `grpc-timeout`, of at most eight digits and a unit.
fn patience<B>(request: &Request<B>) -> Option<Duration> {
    let text = request.headers().get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let count: u64 = digits.parse().ok().filter(|_| digits.len() <= 8)?;
    match unit {
        "H" => Some(Duration::from_secs(3_600 * count)),
        "M" => Some(Duration::from_secs(60 * count)),
        "S" => Some(Duration::from_secs(count)),
        "m" => Some(Duration::from_millis(count)),
        "u" => Some(Duration::from_micros(count)),
        "n" => Some(Duration::from_nanos(count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_deadline_is_read_and_nonsense_is_none() {
        let read = |text: &str| patience(&Request::builder().header("grpc-timeout", text).body(()).unwrap());
        assert_eq!(read("1S"), Some(Duration::from_secs(1)));
        assert_eq!(read("99999999H"), Some(Duration::from_secs(99_999_999 * 3_600)));
        assert_eq!(read("250m"), Some(Duration::from_millis(250)));
        for nonsense in ["", "S", "1", "999999999S", "-1S", "1s", "é"] {
            let request = Request::builder().header("grpc-timeout", nonsense.as_bytes()).body(()).unwrap();
            assert_eq!(patience(&request), None, "{nonsense}");
        }
    }
}
