//! Who goes first where threads wait for a core.

/// The threads that score: behind those that read requests, refuse and send answers, so that a full service still refuses at
/// once, and before everything that runs beside it.
pub(super) const SCORING: i32 = 5;
/// A run beside a server: it takes what nobody else needs.
pub const BESIDE: i32 = 19;

/// Lowers the priority of the calling thread to a nice value: on Linux that belongs to a thread.
#[cfg(target_os = "linux")]
pub fn lower(nice: i32) {
    if let Err(error) = rustix::process::setpriority_process(None, nice) {
        tracing::warn!(%error, nice, "a thread cannot lower its priority");
    }
}

/// Elsewhere a priority belongs to the whole process, and whoever asks would be slowed down too.
#[cfg(not(target_os = "linux"))]
pub fn lower(_nice: i32) {}
