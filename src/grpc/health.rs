//! What gives out personal data does not serve while the record of decisions cannot be written: health says so, and says
//! when it goes on.

use crate::engine::Engine;
use std::{
    sync::{Arc, Weak},
    time::Duration,
};
use tonic_health::{ServingStatus, server::HealthReporter};

/// The services whose answers are recorded. Records can still be delivered, and the service itself described.
const RECORDED: [&str; 3] =
    ["passend.v1.MatchingService", "passend.v1.EmployerMatchingService", "passend.v1.RerankService"];
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Follows the record of decisions for as long as the engine is there.
pub(super) fn follow(engine: &Arc<Engine>, health: HealthReporter) {
    let engine: Weak<Engine> = Arc::downgrade(engine);
    tokio::spawn(async move {
        let mut was_fine = true;
        loop {
            tokio::time::sleep(LOOK).await;
            let Some(engine) = engine.upgrade() else { return };
            let is_fine = engine.decisions_failure().is_none();
            drop(engine);
            if is_fine != was_fine {
                let status = if is_fine { ServingStatus::Serving } else { ServingStatus::NotServing };
                for service in RECORDED {
                    health.set_service_status(service, status).await;
                }
                was_fine = is_fine;
            }
        }
    });
}
