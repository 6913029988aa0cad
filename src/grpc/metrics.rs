//! What an operator's monitoring reads: counts and times, and nobody's data. Names follow Prometheus' conventions: a unit
//! at the end, `_total` for what only grows.

use super::transport::End;
use crate::access::TABLE;
use crate::engine::{Engine, state::EngineState};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};
use tonic::Code;

/// Upper ends of the counts of call times, in seconds.
const TIMES: [f64; 13] = [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0, 30.0];
/// Stands for every method that does not exist: what a client makes up may not become a series of its own.
const UNKNOWN: &str = "unknown";

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Outcome {
    method: &'static str,
    code: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Method {
    method: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Shed {
    class: &'static str,
    reason: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Ending {
    reason: &'static str,
}

type Times = Family<Method, Histogram, fn() -> Histogram>;

/// The figures of one server. Copies share them.
#[derive(Clone)]
pub struct Metrics(Arc<Figures>);

struct Figures {
    registry: Registry,
    calls: Family<Outcome, Counter>,
    times: Times,
    shed: Family<Shed, Counter>,
    running: Gauge,
    connections: Gauge,
    connections_closed: Family<Ending, Counter>,
    records: Family<Kind, Gauge>,
    damaged: Family<Kind, Gauge>,
    change: Gauge,
    behind: Gauge,
    night: Gauge,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("passend");
        let calls = Family::default();
        registry.register("calls", "Calls that ended, by method and status code", calls.clone());
        let times = Times::new_with_constructor(|| Histogram::new(TIMES));
        let about = "Time of a call until the last byte of its answer was handed over";
        registry.register_with_unit("call_duration", about, Unit::Seconds, times.clone());
        let shed = Family::default();
        let about = "Calls that were refused since there was too much work, by class and reason";
        registry.register("calls_shed", about, shed.clone());
        let mut gauge = |name: &str, about: &str| {
            let gauge = Gauge::default();
            registry.register(name, about, gauge.clone());
            gauge
        };
        let running = gauge("calls_running", "Calls that are being answered");
        let connections = gauge("connections_open", "Connections of clients that are open");
        let change = gauge("change_number", "The last change that matches show");
        let behind = gauge("search_index_behind_changes", "Changes that searches do not show yet");
        let night =
            gauge("last_night_day", "Day of the last night with lists, in days since 1970-01-01; 0: none");
        let connections_closed = Family::default();
        let about = "Connections that ended or were refused, by reason";
        registry.register("connections_closed", about, connections_closed.clone());
        let (records, damaged) = (Family::default(), Family::default());
        registry.register("records", "Records that can be matched, by kind", records.clone());
        let about = "Records that cannot be read and are left out, by kind";
        registry.register("records_damaged", about, damaged.clone());
        Self(Arc::new(Figures {
            registry,
            calls,
            times,
            shed,
            running,
            connections,
            connections_closed,
            records,
            damaged,
            change,
            behind,
            night,
        }))
    }
}

impl Metrics {
    /// A call begins; it counts when the [`Call`] is told how it ended, or is let go of.
    pub(super) fn call(&self, path: &str) -> Call {
        let path = path.trim_start_matches('/');
        let method = TABLE.iter().find(|row| row.method == path).map_or(UNKNOWN, |row| row.method);
        self.0.running.inc();
        Call { metrics: self.clone(), method, begun: Instant::now(), ended: false }
    }

    /// A connection is open.
    pub(super) fn connection_opened(&self) {
        self.0.connections.inc();
    }

    /// A connection was not taken.
    pub(super) fn connection_refused(&self) {
        self.0.connections_closed.get_or_create(&Ending { reason: End::Refused.name() }).inc();
    }

    /// An open connection ended.
    pub(super) fn connection_closed(&self, end: End) {
        self.0.connections.dec();
        self.0.connections_closed.get_or_create(&Ending { reason: end.name() }).inc();
    }

    /// A call was refused for there was too much work.
    pub(super) fn shed(&self, class: &'static str, reason: &'static str) {
        self.0.shed.get_or_create(&Shed { class, reason }).inc();
    }

    /// Everything in the text form of OpenMetrics, with the state of an engine as it is now.
    ///
    /// # Errors
    /// None that can be seen: text is written to memory.
    pub fn text(&self, engine: &Engine) -> Result<String, fmt::Error> {
        let EngineState { candidates, vacancies, damaged, change, searchable, last_night } = engine.state();
        let figures = &self.0;
        let shown = |figure: u64| i64::try_from(figure).unwrap_or(i64::MAX);
        for (kind, records, damaged) in
            [("candidate", candidates, damaged[0]), ("vacancy", vacancies, damaged[1])]
        {
            figures.records.get_or_create(&Kind { kind }).set(shown(records));
            figures.damaged.get_or_create(&Kind { kind }).set(shown(damaged));
        }
        figures.change.set(shown(change));
        figures.behind.set(shown(change.saturating_sub(searchable)));
        figures.night.set(last_night.map_or(0, i64::from));
        let mut written = String::new();
        text::encode(&mut written, &figures.registry)?;
        Ok(written)
    }
}

/// A call that is being answered. Let go of before it ended, it counts as cancelled: the client went away.
#[derive(Debug)]
pub(super) struct Call {
    metrics: Metrics,
    method: &'static str,
    begun: Instant,
    ended: bool,
}

impl Call {
    /// The method as `package.Service/Method`; of one that does not exist "unknown".
    pub(super) fn method(&self) -> &'static str {
        self.method
    }

    /// The call ended with a status; how long it took. Only the first end counts.
    pub(super) fn ended(&mut self, code: Code) -> Option<Duration> {
        if std::mem::replace(&mut self.ended, true) {
            return None;
        }
        let (figures, time) = (&self.metrics.0, self.begun.elapsed());
        figures.running.dec();
        figures.calls.get_or_create(&Outcome { method: self.method, code: code_name(code) }).inc();
        figures.times.get_or_create(&Method { method: self.method }).observe(time.as_secs_f64());
        Some(time)
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.ended(Code::Cancelled);
    }
}

/// The name of a status code in the specification of gRPC.
pub(super) fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
