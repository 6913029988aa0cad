//! `passend.v1.OperationService`: keeping the service in order.

use super::{bridge::Bridge, status};
use crate::wire::v1;
use std::path::PathBuf;
use tonic::{Request, Response, Status};
use v1::operation_service_server::OperationService;

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    bridge: Bridge,
}

impl Operation {
    pub(super) fn new(bridge: Bridge) -> Self {
        Self { bridge }
    }
}

#[tonic::async_trait]
impl OperationService for Operation {
    async fn back_up(
        &self,
        request: Request<v1::BackUpRequest>,
    ) -> Result<Response<v1::BackUpResponse>, Status> {
        let folder = PathBuf::from(request.into_inner().folder);
        if !folder.is_absolute() {
            let remedy = "give an absolute path on the machine of the service";
            return Err(status::violation("folder", "this is no absolute path", remedy));
        }
        let answer = self.bridge.store(move |engine| {
            let made = engine.back_up(&folder).map_err(|error| status::no_backup(&error.to_string()))?;
            Ok(v1::BackUpResponse { files: made.files, bytes: made.bytes, change_number: made.change })
        });
        Ok(Response::new(answer.await?))
    }
}
