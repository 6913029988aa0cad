//! When a server is to stop: Ctrl-C on a terminal, SIGTERM from whoever looks after it.

use std::io;

/// Waits until somebody asks this process to stop.
///
/// # Errors
/// When the system does not let the process listen for it.
#[cfg(unix)]
pub(super) async fn asked() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Waits until somebody asks this process to stop.
///
/// # Errors
/// When the system does not let the process listen for it.
#[cfg(not(unix))]
pub(super) async fn asked() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
