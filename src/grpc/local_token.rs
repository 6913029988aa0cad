//! The token that stands beside the lock of the data folder.
//!
//! A command that finds the folder in use takes the server's address from there. The token makes sure that
//! whoever answers at that address is the server of that folder, and not another one that got the same port.

use super::status;
use tonic::{Request, Status};

/// Name of the metadata that carries the token.
pub const LOCAL_TOKEN: &str = "passend-local-token";

/// Lets a call through that brings no token, or the right one.
#[derive(Clone, Debug)]
pub(super) struct LocalToken(pub(super) String);

impl LocalToken {
    pub(super) fn check(&self, request: Request<()>) -> Result<Request<()>, Status> {
        match request.metadata().get(LOCAL_TOKEN) {
            Some(token) if token.as_bytes() != self.0.as_bytes() => Err(status::other_folder()),
            _ => Ok(request),
        }
    }
}
