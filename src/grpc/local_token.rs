//! The token that stands beside the lock of the data folder.
//!
//! A command that finds the folder in use takes the server's address from there. The token makes sure that
//! whoever answers at that address is the server of that folder, and not another one that got the same port.

use super::status;
use crate::domain::Caller;
use tonic::{Request, Status};

/// Name of the metadata that carries the token.
pub const LOCAL_TOKEN: &str = "passend-local-token";

/// Mark of a call that brought the token, or came through a connection inside the own process: whoever made it may
/// read the data folder.
#[derive(Clone, Copy, Debug)]
pub(super) struct FromThisMachine;

/// Lets a call through that brings no token, as an advisor, or the right one, as a command on this machine. An empty token is that of a server whose only connection
/// is inside the own process.
#[derive(Clone, Debug)]
pub(super) struct LocalToken(pub(super) String);

impl LocalToken {
    pub(super) fn check(&self, mut request: Request<()>) -> Result<Request<()>, Status> {
        match request.metadata().get(LOCAL_TOKEN) {
            Some(token) if token.as_bytes() != self.0.as_bytes() => return Err(status::other_folder()),
            None if !self.0.is_empty() => {
                request.extensions_mut().insert(Caller::embedded_advisor());
                return Ok(request);
            }
            _ => {}
        }
        request.extensions_mut().insert(FromThisMachine);
        request.extensions_mut().insert(Caller::local());
        Ok(request)
    }
}
