//! In front of every method: who calls, and whether the table lets that caller in. Nothing that is not in the table is
//! reached.

use super::{
    admission::Standing,
    gate::Gate,
    refusals::{Refusals, Who},
    status,
    transport::Link,
};
use crate::access::{Reach, reach};
use crate::domain::{Caller, Role, text::OrganisationId};
use crate::engine::within::Within;
use http::{Request, Response};
use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tonic::{Code, Status, body::Body};
use tower::{Layer, Service};

/// Most bytes of the headers of a call, names and values.
const HEADERS_BYTES: usize = 32 << 10;

/// What a call is allowed: a method asks here whose records it may touch.
#[derive(Clone, Debug)]
pub(super) struct Allowed {
    /// Who calls.
    pub(super) caller: Caller,
    /// Whose records the call may touch.
    pub(super) within: Within,
    /// Whether the rights of a stream still stand.
    pub(super) standing: Standing,
    organisation: Option<OrganisationId>,
    /// Where a call is counted that is refused after it was let through.
    refusals: Arc<Refusals>,
    path: Arc<str>,
}

impl Allowed {
    /// What the table allows of a method; `None`: nothing.
    fn by_table(caller: &Caller, path: &str, refusals: &Arc<Refusals>) -> Option<Self> {
        let method = path.trim_start_matches('/');
        let organisation = caller.organisation().and_then(|id| OrganisationId::new(id).ok());
        let within = match reach(method, caller.role())? {
            Reach::No => return None,
            Reach::Own => organisation.clone(),
            Reach::All => None,
        };
        Some(Self {
            caller: caller.clone(),
            within,
            standing: Standing::default(),
            organisation,
            refusals: Arc::clone(refusals),
            path: path.into(),
        })
    }

    /// What the layer found of a request.
    ///
    /// # Errors
    /// A fault of the service: a request reached a method around the layer.
    pub(super) fn of<T>(request: &tonic::Request<T>) -> Result<Self, Status> {
        let allowed = request.extensions().get::<Self>().cloned();
        allowed.ok_or_else(|| status::internal("a request came to a method around the table of access"))
    }

    /// The organisation of the caller, where there is one.
    pub(super) fn organisation(&self) -> Option<&OrganisationId> {
        self.organisation.as_ref()
    }

    /// Counts the call among the refused: it names an organisation that is not the caller's.
    pub(super) fn names_another_organisation(&self) {
        self.refusals.note(Who::is(&self.caller), &self.path, status::NOT_OWN_ORGANISATION);
    }
}

/// Puts [`AccessService`] in front of every method.
#[derive(Clone, Debug)]
pub(super) struct AccessLayer {
    /// Tells who calls.
    pub(super) gate: Arc<Gate>,
    /// Where refused calls are counted.
    pub(super) refusals: Arc<Refusals>,
}

impl<S> Layer<S> for AccessLayer {
    type Service = AccessService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        AccessService { inner, layer: self.clone() }
    }
}

/// Lets a call through with its caller, or refuses it.
#[derive(Clone, Debug)]
pub(super) struct AccessService<S> {
    inner: S,
    layer: AccessLayer,
}

impl<S> AccessService<S> {
    /// Who is bound to one organisation's records; `None` for whoever may touch all of them.
    fn check<B>(&self, request: &mut Request<B>) -> Result<Option<Who>, Status> {
        let path = request.uri().path();
        let caller = self.layer.gate.caller(request.headers(), request.extensions()).map_err(|unknown| {
            self.refused(unknown.who(), path, unknown.reason());
            unknown.status()
        })?;
        // What is carried along is carried until the call ends; only now is it known who is to be told.
        let carried = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len());
        if carried.sum::<usize>() > HEADERS_BYTES {
            return Err(status::headers_too_large(HEADERS_BYTES));
        }
        let Some(allowed) = Allowed::by_table(&caller, path, &self.layer.refusals) else {
            self.refused(Who::is(&caller), path, status::NOT_FOR_THIS_ROLE);
            return Err(status::not_for_this_role(caller.role().name()));
        };
        let link = request.extensions().get::<Arc<Link>>();
        if link.is_some_and(|link| !link.admitted(caller.subject())) {
            return Err(status::too_many_connections());
        }
        let bound = allowed.within.is_some().then(|| Who::is(&caller));
        request.extensions_mut().insert(caller);
        request.extensions_mut().insert(allowed);
        Ok(bound)
    }

    fn refused(&self, who: Who, path: &str, reason: &'static str) {
        let (subject, role) = (who.subject.clone(), who.role.map_or("", Role::name));
        let method = path.trim_start_matches('/');
        // The record counts them all; a flood of refusals should not be one of lines.
        if self.layer.refusals.note(who, path, reason) {
            tracing::warn!(subject, role, method, reason, "refused");
        }
    }
}

impl<S, B> Service<Request<B>> for AccessService<S>
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

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        match self.check(&mut request) {
            Ok(None) => Box::pin(self.inner.call(request)),
            Ok(Some(who)) => {
                let path = request.uri().path().to_owned();
                let refusals = Arc::clone(&self.layer.refusals);
                let answer = self.inner.call(request);
                Box::pin(async move {
                    let response = answer.await?;
                    let code = response.headers().get("grpc-status");
                    if code.is_some_and(|code| Code::from_bytes(code.as_bytes()) == Code::NotFound) {
                        refusals.note(who, &path, status::NOT_OWN);
                    }
                    Ok(response)
                })
            }
            Err(status) => Box::pin(async move { Ok(status.into_http()) }),
        }
    }
}
