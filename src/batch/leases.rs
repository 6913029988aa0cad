//! Who works on which shard: a shard is handed out for a while, and again when its worker is lost.
//!
//! One process owns the data folder, so leases live in its memory. After a kill all of them are gone with it, and what
//! was finished stands in files.

use std::time::{Duration, Instant};

/// How long a shard belongs to a worker that is silent. A shard takes well under a minute.
pub(super) const LEASE: Duration = Duration::from_secs(120);
/// How often a shard is tried before the run fails.
pub(super) const ATTEMPTS: u8 = 3;

/// The right to work on one shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lease {
    /// Which shard.
    pub(super) shard: u32,
    /// Which of the times that it was handed out.
    attempt: u8,
}

/// What the next worker is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// This shard.
    Work(Lease),
    /// Others work on what is left; ask again after this long.
    Wait(Duration),
    /// Everything is done.
    Done,
    /// A shard was tried too often.
    GivenUp {
        /// Which one.
        shard: u32,
    },
}

#[derive(Clone, Copy, Debug)]
enum State {
    Free { attempts: u8 },
    Held { attempt: u8, until: Instant },
    Done,
}

/// The shards of one phase.
#[derive(Debug)]
pub(super) struct Leases {
    shards: Vec<State>,
    /// Every shard before this one is done.
    first: usize,
}

impl Leases {
    /// So many shards, of which those are done already.
    pub(super) fn new(count: u32, done: impl Fn(u32) -> bool) -> Self {
        let state = |shard| if done(shard) { State::Done } else { State::Free { attempts: 0 } };
        Self { shards: (0..count).map(state).collect(), first: 0 }
    }

    /// The next shard for a worker.
    pub(super) fn take(&mut self, now: Instant) -> Next {
        while matches!(self.shards.get(self.first), Some(State::Done)) {
            self.first += 1;
        }
        let mut wait: Option<Duration> = None;
        for (shard, state) in self.shards.iter_mut().enumerate().skip(self.first) {
            let attempts = match *state {
                State::Done => continue,
                State::Free { attempts } => attempts,
                State::Held { until, .. } if until > now => {
                    let left = until - now;
                    wait = Some(wait.map_or(left, |wait| wait.min(left)));
                    continue;
                }
                State::Held { attempt, .. } => attempt,
            };
            let shard = u32::try_from(shard).unwrap_or(u32::MAX);
            if attempts >= ATTEMPTS {
                return Next::GivenUp { shard };
            }
            *state = State::Held { attempt: attempts + 1, until: now + LEASE };
            return Next::Work(Lease { shard, attempt: attempts + 1 });
        }
        wait.map_or(Next::Done, Next::Wait)
    }

    /// Says that the worker is still at it. Nothing happens when the shard went to another one.
    pub(super) fn renew(&mut self, lease: Lease, now: Instant) {
        if let Some(State::Held { attempt, until }) = self.shards.get_mut(lease.shard as usize)
            && *attempt == lease.attempt
        {
            *until = now + LEASE;
        }
    }

    /// Ends a shard; `false` when another worker had ended it before, so that it counts once.
    pub(super) fn done(&mut self, lease: Lease) -> bool {
        match self.shards.get_mut(lease.shard as usize) {
            Some(State::Done) | None => false,
            Some(state) => {
                *state = State::Done;
                true
            }
        }
    }

    /// Gives a shard back unfinished.
    pub(super) fn release(&mut self, lease: Lease) {
        if let Some(state) = self.shards.get_mut(lease.shard as usize)
            && matches!(state, State::Held { attempt, .. } if *attempt == lease.attempt)
        {
            *state = State::Free { attempts: lease.attempt };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(next: Next) -> Lease {
        let Next::Work(lease) = next else { unreachable!("{next:?}") };
        lease
    }

    #[test]
    fn a_shard_is_with_one_worker_until_its_time_is_over_and_is_never_done_twice() {
        let now = Instant::now();
        let mut leases = Leases::new(2, |_| false);
        let first = work(leases.take(now));
        let second = work(leases.take(now));
        assert_eq!((first.shard, second.shard), (0, 1));
        assert_eq!(leases.take(now), Next::Wait(LEASE));
        leases.renew(first, now + LEASE / 2);
        let again = work(leases.take(now + LEASE));
        assert_eq!(again.shard, 1, "the worker of the second one was silent");
        assert!(leases.done(second), "the slow worker came first after all");
        assert!(!leases.done(again), "then the other one's work is not counted");
        assert!(leases.done(first));
        assert_eq!(leases.take(now), Next::Done);
    }

    #[test]
    fn a_shard_that_fails_again_and_again_is_given_up() {
        let now = Instant::now();
        let mut leases = Leases::new(1, |_| false);
        for _ in 0..ATTEMPTS {
            let lease = work(leases.take(now));
            leases.release(lease);
        }
        assert_eq!(leases.take(now), Next::GivenUp { shard: 0 });
    }

    #[test]
    fn what_was_finished_before_a_kill_is_not_handed_out() {
        let mut leases = Leases::new(3, |shard| shard != 1);
        let lease = work(leases.take(Instant::now()));
        assert_eq!(lease.shard, 1);
        assert!(leases.done(lease));
        assert_eq!(leases.take(Instant::now()), Next::Done);
    }
}
