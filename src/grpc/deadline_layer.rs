//! A client's own deadline (`grpc-timeout`): when it is over nobody waits for the answer any more.

use super::status;
use http::{HeaderMap, Request, Response};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tonic::body::Body;
use tower::{Layer, Service};

/// The header with the time that a client gives.
const TIMEOUT: &str = "grpc-timeout";

/// Puts [`DeadlineService`] around every method.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DeadlineLayer;

impl<S> Layer<S> for DeadlineLayer {
    type Service = DeadlineService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        DeadlineService { inner }
    }
}

/// Gives a call up when its client's deadline is over before the answer begins.
#[derive(Clone, Debug)]
pub(super) struct DeadlineService<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for DeadlineService<S>
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
        let time = time_given(request.headers());
        let answer = self.inner.call(request);
        let Some(time) = time else { return Box::pin(answer) };
        Box::pin(async move {
            match tokio::time::timeout(time, answer).await {
                Ok(answered) => answered,
                Err(_) => Ok(status::deadline_exceeded().into_http()),
            }
        })
    }
}

/// The time that a client gives: at most eight digits and a unit. Anything else is no deadline.
fn time_given(headers: &HeaderMap) -> Option<Duration> {
    let given = headers.get(TIMEOUT)?.to_str().ok()?;
    let (number, unit) = given.split_at_checked(given.len().checked_sub(1)?)?;
    if !(1..=8).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = number.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(3_600 * number),
        "M" => Duration::from_secs(60 * number),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        "n" => Duration::from_nanos(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::time_given;
    use http::{HeaderMap, HeaderValue};
    use std::time::Duration;

    #[test]
    fn the_time_is_read_as_the_specification_writes_it_and_nothing_else_is_one() {
        let read = |given: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("grpc-timeout", HeaderValue::from_static(given));
            time_given(&headers)
        };
        for (given, time) in [
            ("2H", Duration::from_secs(7_200)),
            ("99999999H", Duration::from_secs(99_999_999 * 3_600)),
            ("3M", Duration::from_secs(180)),
            ("10S", Duration::from_secs(10)),
            ("250m", Duration::from_millis(250)),
            ("7u", Duration::from_micros(7)),
            ("0n", Duration::ZERO),
        ] {
            assert_eq!(read(given), Some(time), "{given}");
        }
        for given in ["", "S", "5", "-1S", "+1S", "1s", "1 S", "123456789S", "1.5S"] {
            assert_eq!(read(given), None, "{given}");
        }
    }
}
