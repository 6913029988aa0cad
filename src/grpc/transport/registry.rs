//! Places for connections: in all, for each address and caller, and for strangers.

use super::{
    super::metrics::Metrics,
    TransportLimits,
    link::{End, Link},
};
use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// One of so many places may be a stranger's: somebody of whom no call was let in yet.
const STRANGERS_PART: usize = 4;
/// So long a stranger may keep its place when others wait for one: who calls at all calls within it.
const STRANGERS_TIME: Duration = Duration::from_secs(1);

/// The connections of a server.
#[derive(Debug)]
pub(super) struct Registry {
    limits: TransportLimits,
    metrics: Metrics,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    /// By a number that only grows, so that the oldest come first.
    links: BTreeMap<u64, Arc<Link>>,
    next: u64,
}

impl Registry {
    pub(super) fn new(limits: TransportLimits, metrics: Metrics) -> Arc<Self> {
        Arc::new(Self { limits, metrics, open: Mutex::default() })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a connection from an address. Where none is free the oldest stranger goes, if it had its time.
    pub(super) fn admit(self: &Arc<Self>, address: Option<IpAddr>) -> Option<Place> {
        let mut open = self.open();
        if let Some(address) = address {
            let own = |link: &Link| link.address == Some(address);
            // This machine's commands have their places whatever comes from outside, and the other way about.
            let side =
                |link: &Link| link.address.is_some_and(|other| other.is_loopback() == address.is_loopback());
            let strangers = (self.limits.connections / STRANGERS_PART).max(1);
            let room = open.make_room(own, self.limits.per_client)
                && open.make_room(side, self.limits.connections)
                && open.make_room(|link| side(link) && link.is_stranger(), strangers);
            if !room {
                drop(open);
                tracing::debug!(%address, "a connection was refused: too many are open");
                self.metrics.connection_refused();
                return None;
            }
        }
        let number = open.next;
        open.next += 1;
        let link = Arc::new(Link::new(address, self.limits, Arc::downgrade(self)));
        open.links.insert(number, Arc::clone(&link));
        drop(open);
        self.metrics.connection_opened();
        Some(Place { registry: Arc::clone(self), number, link })
    }

    /// Whether this caller may have one connection more.
    pub(super) fn has_room_for(&self, link: &Arc<Link>, subject: &str) -> bool {
        let open = self.open();
        let others = open.links.values().filter(|other| !Arc::ptr_eq(other, link) && other.is_of(subject));
        others.count() < self.limits.per_client
    }
}

impl Open {
    /// Whether one more of the kind fits into so many places, after a stranger had to go where need be.
    fn make_room(&mut self, of_kind: impl Fn(&Link) -> bool, places: usize) -> bool {
        let of_kind = || self.links.values().filter(|link| link.goes_on() && of_kind(link));
        if of_kind().count() < places {
            return true;
        }
        let stranger = of_kind().find(|link| link.is_stranger() && link.opened.elapsed() >= STRANGERS_TIME);
        match stranger {
            Some(stranger) => stranger.end(End::Room),
            None => return false,
        }
        true
    }
}

/// The place of a connection, until it is let go of.
#[derive(Debug)]
pub(super) struct Place {
    registry: Arc<Registry>,
    number: u64,
    pub(super) link: Arc<Link>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.registry.open().links.remove(&self.number);
        self.registry.metrics.connection_closed(self.link.ended());
    }
}
