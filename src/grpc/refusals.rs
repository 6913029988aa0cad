//! Refused calls on their way into the record of what happened.
//!
//! A refusal costs its caller nothing, so it may cost the service next to nothing: calls are counted here, and a task of its
//! own writes them, those of one caller, method and reason as one entry at once and one more for the rest of the minute. A
//! flood of refusals is a few entries a minute, however large it is, and no call waits for them.

use crate::access::TABLE;
use crate::domain::{Caller, Role};
use crate::engine::{Engine, decisions::RefusedCalls};
use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::{Duration, Instant},
};

/// How often what is new is written.
const WRITE: Duration = Duration::from_secs(1);
/// For how long refusals are counted together.
const TOGETHER: Duration = Duration::from_secs(60);
/// Callers that are told apart within that time.
const CALLERS: usize = 100;
/// Methods and reasons that are told apart of one caller within that time.
const KINDS: usize = 8;
/// Stands for callers, methods or reasons that are too many to tell apart.
const SEVERAL: &str = "several";

/// A refused call by whom: what is known of the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Who {
    /// As the token or certificate names the caller; empty: not known.
    pub(super) subject: String,
    /// `None`: the credentials were refused.
    pub(super) role: Option<Role>,
    /// Empty: of none in particular, or not known.
    pub(super) organisation: String,
}

impl Who {
    pub(super) fn is(caller: &Caller) -> Self {
        Self {
            subject: caller.subject().to_owned(),
            role: Some(caller.role()),
            organisation: caller.organisation().unwrap_or_default().to_owned(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct What {
    method: &'static str,
    reason: &'static str,
}

#[derive(Clone, Copy, Debug)]
struct Counted {
    since: Instant,
    calls: u64,
    told: bool,
}

type Kinds = HashMap<What, Counted>;

/// Counts refused calls.
#[derive(Debug, Default)]
pub(super) struct Refusals(Mutex<HashMap<Who, Kinds>>);

impl Refusals {
    /// A call was refused: of a method, by its path, for a reason with a stable name. Whether it is the first of its kind
    /// within the minute.
    pub(super) fn note(&self, who: Who, path: &str, reason: &'static str) -> bool {
        let path = path.trim_start_matches('/');
        let method = TABLE.iter().find(|row| row.method == path).map_or("unknown", |row| row.method);
        self.add(who, What { method, reason }, 1, Instant::now())
    }

    fn add(&self, who: Who, what: What, calls: u64, now: Instant) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let who = if all.len() < CALLERS || all.contains_key(&who) {
            who
        } else {
            Who { subject: SEVERAL.to_owned(), ..Who::default() }
        };
        let kinds = all.entry(who).or_default();
        let what = if kinds.len() < KINDS || kinds.contains_key(&what) {
            what
        } else {
            What { method: SEVERAL, reason: SEVERAL }
        };
        let counted = kinds.entry(what).or_insert(Counted { since: now, calls: 0, told: false });
        let is_first = counted.calls == 0 && !counted.told;
        counted.calls += calls;
        is_first
    }

    /// What is to be written now: what is new, and what was counted for long enough; with `all`, everything.
    fn due(&self, now: Instant, all: bool) -> Vec<(Who, What, u64)> {
        let mut due = Vec::new();
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        callers.retain(|who, kinds| {
            kinds.retain(|what, counted| {
                let over = all || now.saturating_duration_since(counted.since) >= TOGETHER;
                if (over || !counted.told) && counted.calls > 0 {
                    due.push((who.clone(), *what, mem::take(&mut counted.calls)));
                    counted.told = true;
                }
                !over
            });
            !kinds.is_empty()
        });
        due
    }

    /// Writes what is due. Where the disk refuses it is counted on, and written later.
    fn write(&self, engine: &Engine, all: bool) {
        for (who, what, calls) in self.due(Instant::now(), all) {
            let refused = RefusedCalls {
                subject: &who.subject,
                role: who.role,
                organisation: &who.organisation,
                method: what.method.rsplit('/').next().unwrap_or(what.method),
                reason: what.reason,
                calls,
            };
            if let Err(error) = engine.record_refusals(&refused) {
                tracing::error!(%error, calls, "refused calls are not in the record of decisions yet");
                self.add(who, what, calls, Instant::now());
            }
        }
    }
}

/// Writes what is new every second, for as long as the engine is there.
pub(super) async fn follow(refusals: Arc<Refusals>, engine: Weak<Engine>) {
    loop {
        tokio::time::sleep(WRITE).await;
        let Some(engine) = engine.upgrade() else { return };
        written(Arc::clone(&refusals), engine, false).await;
    }
}

/// Writes what is left.
pub(super) async fn rest(refusals: Arc<Refusals>, engine: Arc<Engine>) {
    written(refusals, engine, true).await;
}

async fn written(refusals: Arc<Refusals>, engine: Arc<Engine>, all: bool) {
    let write = move || {
        refusals.write(&engine, all);
        drop(engine);
    };
    // A thread that failed has said so in the log.
    let _ = tokio::task::spawn_blocking(write).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(subject: &str) -> Who {
        Who { subject: subject.to_owned(), role: Some(Role::Advisor), organisation: "a".to_owned() }
    }

    #[test]
    fn the_first_refusal_is_told_at_once_and_the_others_together_after_a_minute() {
        let refusals = Refusals::default();
        let begin = Instant::now();
        let what = What { method: TABLE[0].method, reason: "R" };
        refusals.add(who("k"), what, 1, begin);
        assert_eq!(refusals.due(begin, false), [(who("k"), what, 1)]);
        for _ in 0..1_000 {
            refusals.add(who("k"), what, 1, begin);
        }
        assert_eq!(refusals.due(begin + TOGETHER / 2, false), []);
        assert_eq!(refusals.due(begin + TOGETHER, false), [(who("k"), what, 1_000)]);
        assert!(refusals.0.lock().unwrap().is_empty());
    }

    #[test]
    fn a_flood_by_many_callers_of_many_methods_is_few_entries_and_no_call_is_uncounted() {
        let refusals = Refusals::default();
        let begin = Instant::now();
        for caller in 0..1_000 {
            for row in TABLE {
                refusals.add(who(&format!("k-{caller}")), What { method: row.method, reason: "R" }, 1, begin);
            }
        }
        let due = refusals.due(begin, false);
        assert!(due.len() <= (CALLERS + 1) * (KINDS + 1), "{}", due.len());
        assert_eq!(due.iter().map(|(_, _, calls)| calls).sum::<u64>(), 1_000 * TABLE.len() as u64);
    }
}
