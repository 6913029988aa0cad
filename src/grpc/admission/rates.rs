//! How many calls a caller may make in a second, and a whole organisation.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Seconds of calls that may come at once after a pause.
const BURST_SECONDS: f64 = 2.0;
/// Buckets that are kept. Those that are full again are let go of first: they hold nothing against anybody.
const MOST_KEPT: usize = 20_000;

/// One bucket of calls for each name, filled at a steady rate.
#[derive(Debug)]
pub(super) struct Rates {
    per_second: f64,
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    calls: f64,
    at: Instant,
}

impl Rates {
    /// So many calls a second; 0: no bound.
    pub(super) fn new(per_second: u32) -> Option<Self> {
        (per_second > 0).then(|| Self { per_second: per_second.into(), buckets: Mutex::default() })
    }

    /// Takes a call out of the bucket of a name; how long to wait where it is empty.
    pub(super) fn take(&self, name: &str, now: Instant) -> Result<(), Duration> {
        let most = (self.per_second * BURST_SECONDS).max(1.0);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_KEPT && !buckets.contains_key(name) {
            buckets.retain(|_, bucket| self.filled(*bucket, most, now) < most);
            if buckets.len() >= MOST_KEPT {
                buckets.clear();
            }
        }
        let full = Bucket { calls: most, at: now };
        let bucket = buckets.entry(name.to_owned()).or_insert(full);
        let calls = self.filled(*bucket, most, now);
        let left = if calls >= 1.0 { calls - 1.0 } else { calls };
        *bucket = Bucket { calls: left, at: now };
        if calls >= 1.0 { Ok(()) } else { Err(Duration::from_secs_f64((1.0 - calls) / self.per_second)) }
    }

    fn filled(&self, bucket: Bucket, most: f64, now: Instant) -> f64 {
        let since = now.saturating_duration_since(bucket.at).as_secs_f64();
        (bucket.calls + since * self.per_second).min(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_gets_the_rate_and_a_short_burst_and_nobody_elses() {
        let rates = Rates::new(10).unwrap();
        let begin = Instant::now();
        let taken = |name: &str, now| (0..1_000).take_while(|_| rates.take(name, now).is_ok()).count();
        assert_eq!(taken("a", begin), 20, "two seconds at once");
        assert_eq!(taken("b", begin), 20);
        let wait = rates.take("a", begin).unwrap_err();
        assert!(wait > Duration::from_millis(90) && wait <= Duration::from_millis(100), "{wait:?}");
        assert_eq!(taken("a", begin + Duration::from_secs(1)), 10);
        assert_eq!(taken("a", begin + Duration::from_secs(60)), 20);
    }

    #[test]
    fn many_names_take_bounded_memory() {
        let rates = Rates::new(1).unwrap();
        let begin = Instant::now();
        for number in 0..3 * MOST_KEPT {
            assert!(rates.take(&number.to_string(), begin).is_ok());
        }
        assert!(rates.buckets.lock().unwrap().len() <= MOST_KEPT);
    }
}
