//! What is known of one connection, and when it is to end.

use super::{LAST_WORD, TransportLimits, registry::Registry};
use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak, atomic::AtomicUsize},
    time::{Duration, Instant},
};
use tokio::sync::Notify;

/// So many slow requests or answers, and the connection takes no more calls.
const MOST_SLOW: u32 = 3;
/// Cancelled calls are counted over this time.
const RESETS_OVER: Duration = Duration::from_secs(10);
/// So many cancelled calls in that time, and most of all calls, are an attack.
const MOST_RESETS: u32 = 200;

/// Why a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::grpc) enum End {
    /// The client ended it, or it broke.
    Client,
    /// There was no place for it.
    Refused,
    /// It had to make room for another one before it showed who it is.
    Room,
    /// It spoke no TLS.
    Handshake,
    /// No call of it was let in in time.
    Silent,
    /// It had no call for long.
    Idle,
    /// It sent its requests, or took its answers, too slowly.
    Slow,
    /// It cancelled its calls again and again.
    Resets,
    /// The server stops.
    Stop,
}

impl End {
    /// The name in figures.
    pub(in crate::grpc) fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Refused => "refused",
            Self::Room => "room",
            Self::Handshake => "handshake",
            Self::Silent => "silent",
            Self::Idle => "idle",
            Self::Slow => "slow",
            Self::Resets => "resets",
            Self::Stop => "stop",
        }
    }
}

/// What is to be done with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It goes on.
    Keep,
    /// It takes no more calls; those under way may end.
    Close,
    /// It is closed now.
    Cut,
}

/// A connection, as its calls see it.
#[derive(Debug)]
pub struct Link {
    pub(super) opened: Instant,
    pub(super) address: Option<IpAddr>,
    pub(super) limits: TransportLimits,
    registry: Weak<Registry>,
    /// Bytes of its answers that wait to be taken.
    pub(super) untaken: AtomicUsize,
    state: Mutex<State>,
    /// Told when the connection is to be looked at before its time.
    pub(super) looked_at: Notify,
}

#[derive(Debug)]
struct State {
    /// Whose first call was let in.
    subject: Option<String>,
    running: usize,
    quiet_since: Instant,
    slow: u32,
    resets: Resets,
    stops: bool,
    end: Option<(End, Instant)>,
}

#[derive(Debug)]
struct Resets {
    since: Instant,
    ended: u32,
    cancelled: u32,
}

impl Link {
    pub(super) fn new(address: Option<IpAddr>, limits: TransportLimits, registry: Weak<Registry>) -> Self {
        let now = Instant::now();
        let limits = if address.is_none() { limits.of_own_process() } else { limits };
        let resets = Resets { since: now, ended: 0, cancelled: 0 };
        let state =
            State { subject: None, running: 0, quiet_since: now, slow: 0, resets, stops: false, end: None };
        let (untaken, looked_at) = (AtomicUsize::new(0), Notify::new());
        Self { opened: now, address, limits, registry, untaken, state: Mutex::new(state), looked_at }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A call of the connection is let in: it is no stranger any more. Whether its caller may have one more connection.
    pub(in crate::grpc) fn admitted(self: &Arc<Self>, subject: &str) -> bool {
        if self.state().subject.is_some() {
            return true;
        }
        let room = self.registry.upgrade().is_none_or(|registry| registry.has_room_for(self, subject));
        if room {
            self.state().subject.get_or_insert_with(|| subject.to_owned());
        } else {
            self.end(End::Room);
        }
        room
    }

    /// Whether it is the connection of this caller, and goes on.
    pub(super) fn is_of(&self, subject: &str) -> bool {
        let state = self.state();
        state.end.is_none() && state.subject.as_deref() == Some(subject)
    }

    /// Whether no call of it was let in yet.
    pub(super) fn is_stranger(&self) -> bool {
        let state = self.state();
        state.subject.is_none() && state.end.is_none()
    }

    /// Whether it goes on.
    pub(super) fn goes_on(&self) -> bool {
        self.state().end.is_none()
    }

    pub(super) fn call_begins(&self) {
        self.state().running += 1;
    }

    pub(super) fn call_ends(&self, cancelled: bool) {
        let now = Instant::now();
        let mut state = self.state();
        state.running = state.running.saturating_sub(1);
        state.quiet_since = now;
        let resets = &mut state.resets;
        if now.duration_since(resets.since) > RESETS_OVER {
            *resets = Resets { since: now, ended: 0, cancelled: 0 };
        }
        resets.ended += 1;
        resets.cancelled += u32::from(cancelled);
        let attacks = resets.cancelled > MOST_RESETS && resets.cancelled * 2 > resets.ended;
        let last = state.running == 0 && state.end.is_some();
        drop(state);
        if attacks {
            self.end(End::Resets);
        } else if last {
            self.looked_at.notify_one();
        }
    }

    /// A request came, or an answer was taken, too slowly.
    pub(super) fn was_slow(&self) {
        let mut state = self.state();
        state.slow += 1;
        drop(state);
        self.looked_at.notify_one();
    }

    /// It is to end. Only the first reason counts.
    pub(super) fn end(&self, end: End) {
        self.state().end.get_or_insert((end, Instant::now()));
        self.looked_at.notify_one();
    }

    /// The server stops.
    pub(super) fn stops(&self) {
        self.state().stops = true;
        self.end(End::Stop);
    }

    /// Whether the server stops.
    pub(super) fn is_stopping(&self) -> bool {
        self.state().stops
    }

    /// Why it ended.
    pub(super) fn ended(&self) -> End {
        self.state().end.map_or(End::Client, |(end, _)| end)
    }

    /// What is to be done with it now.
    pub(super) fn verdict(&self, now: Instant) -> Verdict {
        let mut state = self.state();
        let Some((end, since)) = state.end else {
            let limits = &self.limits;
            let end = if state.subject.is_none() && now.duration_since(self.opened) >= limits.first_call {
                End::Silent
            } else if state.slow >= MOST_SLOW || (state.slow > 0 && state.running == 0) {
                End::Slow
            } else if state.running == 0 && now.duration_since(state.quiet_since) >= limits.idle {
                End::Idle
            } else {
                return Verdict::Keep;
            };
            state.end = Some((end, now));
            return Verdict::Close;
        };
        let told = now.duration_since(since);
        let waits_for_calls = match end {
            End::Resets => return Verdict::Cut,
            // Whoever showed nothing has nothing to lose.
            End::Silent | End::Room => false,
            _ => state.running > 0,
        };
        if !waits_for_calls && told >= LAST_WORD { Verdict::Cut } else { Verdict::Close }
    }
}
