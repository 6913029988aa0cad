//! Which calls are taken when more come than can be answered: what costs its caller least is refused first, health never.
//!
//! Two looks. The first one is before anything else, by the name of the method alone: an overloaded service refuses at the
//! price of reading a header. The second one is behind the table of access, where the caller is known: how many calls a
//! second, how many streams. The message is decoded only behind both. When it has come whole, its work takes a place, or waits
//! a short time for one: whoever sends slowly, or never to the end, keeps no place from others.

mod classes;
mod layer;
mod places;
mod rates;
mod standing;
mod streams;

pub(super) use layer::{AdmitLayer, LookLayer};
pub(super) use standing::Standing;

use super::metrics::Metrics;
use crate::domain::{Caller, Role};
use classes::{Class, Shape};
use places::{Entry, Place, Places};
use rates::Rates;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use streams::{OpenStream, Streams, TooMany};
use tonic::Status;

/// Calls that are worked on at one time, at most, when nothing says otherwise.
const CALLS_AT_ONCE: u32 = 256;
/// Streams that a caller may hold open when nothing says otherwise.
const STREAMS_OF_CALLER: u32 = 16;
/// Streams that may be open in all when nothing says otherwise.
const STREAMS: u32 = 256;

tokio::task_local! {
    /// The call that is being answered.
    static CALL: Call;
}

/// A call on its way to its work.
#[derive(Clone, Debug)]
struct Call {
    admission: Arc<Admission>,
    class: Class,
    patience: Option<Duration>,
}

/// A place for the work of the call that is being answered, which is held until the work has ended; `None` for work of the
/// service itself, and of streams, which are bounded by their number.
///
/// # Errors
/// When there is none, or none comes in time.
pub(super) async fn place() -> Result<Option<Place>, Status> {
    let Ok(Call { admission, class, patience }) = CALL.try_with(Clone::clone) else { return Ok(None) };
    match admission.places.enter(class, patience) {
        Entry::Now(place) => Ok(Some(place)),
        Entry::Refused => Err(admission.refuse(class, Why::Busy)),
        Entry::Waiting(wait) => match wait.place().await {
            Some(place) => Ok(Some(place)),
            None => Err(admission.refuse(class, Why::Waited)),
        },
    }
}

/// How much is taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadLimits {
    /// Calls that are worked on at one time, at most; fewer where they become slow.
    pub calls_at_once: u32,
    /// Calls a second of one caller; 0: no bound.
    pub calls_per_second_of_caller: u32,
    /// Calls a second of one organisation, all of its callers together; 0: no bound.
    pub calls_per_second_of_organisation: u32,
    /// Streams that a caller may hold open.
    pub streams_of_caller: u32,
    /// Streams that may be open in all.
    pub streams: u32,
}

impl Default for LoadLimits {
    fn default() -> Self {
        Self {
            calls_at_once: CALLS_AT_ONCE,
            calls_per_second_of_caller: 0,
            calls_per_second_of_organisation: 0,
            streams_of_caller: STREAMS_OF_CALLER,
            streams: STREAMS,
        }
    }
}

/// What is taken on at the moment. One server has one.
#[derive(Debug)]
pub(super) struct Admission {
    places: Arc<Places>,
    of_caller: Option<Rates>,
    of_organisation: Option<Rates>,
    streams: Arc<Streams>,
    metrics: Metrics,
}

impl Admission {
    /// `asks`: the service asks callers who they are. Without that everybody is this machine, and no rate tells them apart.
    pub(super) fn new(limits: LoadLimits, asks: bool, metrics: Metrics) -> Self {
        let rates = |per_second| if asks { Rates::new(per_second) } else { None };
        Self {
            places: Arc::new(Places::new(usize::try_from(limits.calls_at_once).unwrap_or(usize::MAX))),
            of_caller: rates(limits.calls_per_second_of_caller),
            of_organisation: rates(limits.calls_per_second_of_organisation),
            streams: Arc::new(Streams::new(limits.streams_of_caller, limits.streams)),
            metrics,
        }
    }

    fn refuse(&self, class: Class, why: Why) -> Status {
        self.metrics.shed(class.name(), why.name());
        why.status(class)
    }

    /// Whether there is any use in looking further.
    fn look(&self, class: Class) -> Result<(), Status> {
        match self.places.would_refuse(class) {
            true => Err(self.refuse(class, Why::Busy)),
            false => Ok(()),
        }
    }

    /// Counts a call against the rates of its caller.
    fn count(&self, class: Class, caller: &Caller) -> Result<(), Status> {
        // Commands on the machine itself, and health, are counted against nobody.
        if caller.role() == Role::Local || class == Class::Health {
            return Ok(());
        }
        let now = Instant::now();
        if let Some(rates) = &self.of_caller {
            rates.take(&name(caller), now).map_err(|wait| self.refuse(class, Why::CallerRate(wait)))?;
        }
        if let (Some(rates), Some(organisation)) = (&self.of_organisation, caller.organisation()) {
            rates.take(organisation, now).map_err(|wait| self.refuse(class, Why::OrganisationRate(wait)))?;
        }
        Ok(())
    }

    /// Opens a stream for a caller.
    fn open(&self, class: Class, shape: Shape, caller: &Caller) -> Result<Option<OpenStream>, Status> {
        if shape == Shape::Call {
            return Ok(None);
        }
        let opened = self.streams.open(&name(caller), caller.role() != Role::Local);
        opened.map(Some).map_err(|too_many| {
            self.refuse(
                class,
                match too_many {
                    TooMany::OfCaller => Why::CallerStreams,
                    TooMany::OfAll => Why::Streams,
                },
            )
        })
    }
}

/// Why a call is refused.
#[derive(Clone, Copy, Debug)]
enum Why {
    /// All places are taken, and enough calls wait.
    Busy,
    /// It waited in vain.
    Waited,
    /// The caller makes too many calls.
    CallerRate(Duration),
    /// The caller's organisation makes too many calls.
    OrganisationRate(Duration),
    /// The caller holds too many streams.
    CallerStreams,
    /// Too many streams are open.
    Streams,
}

impl Why {
    /// The name in figures.
    fn name(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Waited => "waited",
            Self::CallerRate(_) => "caller_rate",
            Self::OrganisationRate(_) => "organisation_rate",
            Self::CallerStreams => "caller_streams",
            Self::Streams => "streams",
        }
    }

    fn status(self, class: Class) -> Status {
        use super::status;
        match self {
            Self::Busy | Self::Waited | Self::Streams => status::busy(class.retry_after()),
            Self::CallerRate(wait) => status::too_many_calls("you make", wait),
            Self::OrganisationRate(wait) => status::too_many_calls("your organisation makes", wait),
            Self::CallerStreams => status::too_many_streams(),
        }
    }
}

/// Names a caller: the same subject of two organisations is two callers.
fn name(caller: &Caller) -> String {
    format!("{}\n{}", caller.organisation().unwrap_or_default(), caller.subject())
}
