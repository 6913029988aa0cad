//! How many files and connections the process may have open: many systems begin with 1,024 and allow far more.

/// Files of store, index, nights and record of decisions, and connections that are just being refused.
const BESIDE_CONNECTIONS: u64 = 512;

/// Raises what the process may open so that every connection finds room, as far as the system lets it.
#[cfg(unix)]
pub(super) fn make_room(connections: usize) {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let wanted = BESIDE_CONNECTIONS.saturating_add(u64::try_from(connections).unwrap_or(u64::MAX));
    let mut limit = getrlimit(Resource::Nofile);
    // `None` is no limit.
    if limit.current.is_none_or(|current| current >= wanted) {
        return;
    }
    let allowed = limit.maximum.map_or(wanted, |maximum| maximum.min(wanted));
    limit.current = Some(allowed);
    let raised = setrlimit(Resource::Nofile, limit);
    if raised.is_err() || allowed < wanted {
        tracing::warn!(
            wanted,
            allowed,
            "the system allows fewer open files than connections need; raise it (LimitNOFILE, ulimit -n)"
        );
    }
}

/// Elsewhere there is no such limit to raise.
#[cfg(not(unix))]
pub(super) fn make_room(_connections: usize) {}
