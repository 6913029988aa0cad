//! Who calls: by the token of the data folder, a bearer token, a client certificate, or the machine itself.
//!
//! A command that finds the folder in use takes the server's address and the local token from there. The token also makes
//! sure that whoever answers at that address is the server of that folder, and not another one that got the same port.

use super::{connection::Arrival, refusals::Who, status};
use crate::access::{Authenticator, Credentials, Refusal};
use crate::domain::Caller;
use http::{Extensions, HeaderMap, header::AUTHORIZATION};
use std::{sync::Arc, time::SystemTime};
use tonic::Status;

/// Name of the metadata that carries the token of the data folder.
pub const LOCAL_TOKEN: &str = "passend-local-token";

/// Why it is not known who calls.
#[derive(Debug)]
pub(super) enum Unknown {
    /// The token of another data folder.
    OtherFolder,
    /// The credentials do not say it.
    Refused(Refusal),
}

impl Unknown {
    /// The reason's stable name.
    pub(super) fn reason(&self) -> &'static str {
        match self {
            Self::OtherFolder => status::OTHER_FOLDER,
            Self::Refused(refusal) => refusal.reason.name(),
        }
    }

    /// What is known all the same.
    pub(super) fn who(&self) -> Who {
        let subject = match self {
            Self::OtherFolder => None,
            Self::Refused(refusal) => refusal.subject.clone(),
        };
        Who { subject: subject.unwrap_or_default(), ..Who::default() }
    }

    /// What the client is told.
    pub(super) fn status(&self) -> Status {
        match self {
            Self::OtherFolder => status::other_folder(),
            Self::Refused(refusal) => status::unauthenticated(refusal),
        }
    }
}

/// Tells who calls.
#[derive(Debug)]
pub struct Gate {
    local_token: String,
    authenticator: Option<Arc<Authenticator>>,
}

impl Gate {
    /// The gate of a service that only this machine reaches and that has no configuration: who brings no token is an
    /// advisor. An empty token is that of a server whose only connections are the own process's.
    pub fn embedded(local_token: String) -> Self {
        Self { local_token, authenticator: None }
    }

    /// The gate of a service that asks everybody who they are.
    pub fn guarded(local_token: String, authenticator: Arc<Authenticator>) -> Self {
        Self { local_token, authenticator: Some(authenticator) }
    }

    /// Who judges tokens and certificates, where somebody does.
    pub(super) fn authenticator(&self) -> Option<&Arc<Authenticator>> {
        self.authenticator.as_ref()
    }

    /// Who makes a call.
    pub(super) fn caller(&self, headers: &HeaderMap, extensions: &Extensions) -> Result<Caller, Unknown> {
        if self.local_token.is_empty() {
            return Ok(Caller::local());
        }
        let arrival = extensions.get::<Arrival>();
        // The token of the folder is for this machine: it opens nothing over the network.
        let at_home = arrival.is_none_or(|arrival| !arrival.encrypted);
        if let Some(token) = headers.get(LOCAL_TOKEN).filter(|_| at_home) {
            return match same(token.as_bytes(), self.local_token.as_bytes()) {
                true => Ok(Caller::local()),
                false => Err(Unknown::OtherFolder),
            };
        }
        let Some(authenticator) = &self.authenticator else { return Ok(Caller::embedded_advisor()) };
        let mut tokens = headers.get_all(AUTHORIZATION).iter();
        let credentials = Credentials {
            authorization: tokens.next().map(http::HeaderValue::as_bytes),
            more_than_one: tokens.next().is_some(),
            certificates: arrival.and_then(|arrival| arrival.certificates.as_deref()).map(Vec::as_slice),
        };
        authenticator.caller(&credentials, SystemTime::now()).map_err(Unknown::Refused)
    }
}

/// Compares in a time that tells nothing of where two tokens differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |found, (a, b)| found | (a ^ b)) == 0
}
