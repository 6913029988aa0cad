//! How long entries are kept: whole segments go, the oldest first, and the chain then begins at a signed place.
//!
//! Two clocks hold: the law's least (six months, which no setting goes below) and the operator's most. A segment is closed
//! after a week, so whole segments go within a week before their entries reach the most.

use super::{
    DecisionLog, LogError, now_ms,
    segment::{Frames, Start, segments},
};
use std::{
    io,
    sync::{
        Arc, PoisonError,
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// A segment is open for at most this long.
const SEGMENT_DAYS: u64 = 7;
const DAY_MS: u64 = 24 * 3_600 * 1_000;

/// How often it is looked whether something is old enough.
const LOOK: Duration = Duration::from_secs(3_600);
/// By how much the clock may differ from the time that really went by since the last look.
const ASTRAY_MS: u64 = 600_000;

/// A service that was away for longer than this finds a clock that it does not believe at once.
const AWAY_MS: u64 = 40 * DAY_MS;
/// For how long a clock that jumped is not believed: somebody has noticed by then, and nothing was removed.
const DOUBT: Duration = Duration::from_secs(7 * 24 * 3_600);

/// Removes what is old enough, every hour. A clock that jumped, while the service ran or while it did not, is not believed for a
/// week.
pub struct Retention {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Retention {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Retention").finish_non_exhaustive()
    }
}

impl Retention {
    /// Starts; the first look is an hour from now.
    ///
    /// # Errors
    /// When there is no thread.
    pub fn start(log: Arc<DecisionLog>, days: u16) -> io::Result<Self> {
        let newest = log.reader().newest_ms();
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = std::thread::Builder::new().name("decision-ages".to_owned()).spawn(move || {
            let mut clock = Clock::new((Instant::now(), now_ms()), newest);
            while stopped.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let now = (Instant::now(), now_ms());
                if clock.is_believed(now) {
                    match log.remove_older_than(days, now.1) {
                        Ok(0) => {}
                        Ok(files) => tracing::info!(files, "old decisions are kept no longer"),
                        Err(error) => tracing::error!(%error, "old decisions cannot be removed"),
                    }
                }
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Retention {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Whether the machine's clock may decide what is old.
#[derive(Debug)]
struct Clock {
    before: (Instant, u64),
    /// When it was first seen to be where it should not be.
    doubted: Option<Instant>,
}

impl Clock {
    /// `newest`: when the last entry was written before this start.
    fn new(now: (Instant, u64), newest: Option<u64>) -> Self {
        let is_astray = newest.is_some_and(|newest| now.1 > newest + AWAY_MS || now.1 + ASTRAY_MS < newest);
        Self { before: now, doubted: is_astray.then_some(now.0) }
    }

    /// Whether it is believed now: it went on as time did since the last look, and is not where it jumped to a short while ago,
    /// nor was at this start.
    fn is_believed(&mut self, now: (Instant, u64)) -> bool {
        if !is_believable(self.before, now) {
            self.doubted = Some(now.0);
        }
        self.before = now;
        match self.doubted {
            Some(since) if now.0 - since < DOUBT => false,
            _ => {
                self.doubted = None;
                true
            }
        }
    }
}

/// Whether the clock went on as time did.
fn is_believable(before: (Instant, u64), now: (Instant, u64)) -> bool {
    let really = u64::try_from((now.0 - before.0).as_millis()).unwrap_or(u64::MAX);
    now.1 >= before.1 && (now.1 - before.1).abs_diff(really) < ASTRAY_MS
}

impl DecisionLog {
    /// Removes the segments whose entries all are older than `days`, less the week that a segment may be open; how many.
    /// `now_ms`: the time, in milliseconds since 1970.
    ///
    /// # Errors
    /// When a file cannot be read, written or removed.
    pub fn remove_older_than(&self, days: u16, now_ms: u64) -> Result<usize, LogError> {
        let _one_at_a_time = self.rewriting.lock().unwrap_or_else(PoisonError::into_inner);
        let kept_ms = u64::from(days).saturating_sub(SEGMENT_DAYS) * DAY_MS;
        let limit = now_ms.saturating_sub(kept_ms);
        let all = segments(&self.folder)?;
        // The last one is written.
        let closed = &all[..all.len().saturating_sub(1)];
        let mut removed = 0;
        for (segment, next) in closed.iter().zip(&all[1..]) {
            let bytes = segment.read()?;
            let Some((header, frames)) = Frames::of(&bytes) else { break };
            let newest = frames.map(|frame| frame.at_ms).max().unwrap_or(header.at_ms);
            if newest >= limit {
                break;
            }
            let following = next.read()?;
            let Some((following, _)) = Frames::of(&following) else { break };
            // First the signed place, then the file: a stop in between leaves more than is said, never less.
            Start::write(&self.folder, &self.key, following.first, following.previous)?;
            std::fs::remove_file(&segment.path)?;
            removed += 1;
        }
        Ok(removed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: u64 = 3_600_000;
    const YEAR_MS: u64 = 365 * DAY_MS;

    /// After how many hours of looks a clock is believed for the first time. `jumps`: by how much it jumps at which hour.
    fn first_believed(newest: Option<u64>, start: u64, jumps: &[(u64, i64)]) -> u64 {
        let began = Instant::now();
        let mut clock = Clock::new((began, start), newest);
        let mut told = start;
        (1..2_000)
            .find(|hour| {
                told += HOUR_MS;
                for (_, by) in jumps.iter().filter(|(at, _)| at == hour) {
                    told = told.checked_add_signed(*by).unwrap();
                }
                let is_believed = clock.is_believed((began + Duration::from_secs(hour * 3_600), told));
                is_believed && *hour >= jumps.len() as u64
            })
            .unwrap()
    }

    #[test]
    fn a_clock_that_jumped_removes_nothing_for_a_week_whether_the_service_ran_or_not() {
        let now = 60 * YEAR_MS;
        let year = i64::try_from(YEAR_MS).unwrap();
        assert_eq!(first_believed(None, now, &[]), 1);
        assert_eq!(first_believed(Some(now - 30 * DAY_MS), now, &[]), 1);
        // Between two starts: a year ahead, a year back.
        assert_eq!(first_believed(Some(now - YEAR_MS), now, &[]), 7 * 24);
        assert_eq!(first_believed(Some(now + YEAR_MS), now, &[]), 7 * 24);
        // While it runs: ahead, back, and both one after the other.
        assert_eq!(first_believed(Some(now), now, &[(1, year)]), 1 + 7 * 24);
        assert_eq!(first_believed(Some(now), now, &[(1, -year)]), 1 + 7 * 24);
        assert_eq!(first_believed(Some(now), now, &[(1, year), (2, -year)]), 2 + 7 * 24);
    }
}
