//! The workers of a run: threads of their own that take shard after shard.

use super::{
    fault::Turn,
    leases::{Lease, Leases, Next},
    progress::{Control, Halt},
};
use std::{
    panic::{self, AssertUnwindSafe},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// How soon a waiting worker looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// How a run shares the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crew {
    /// How many threads.
    pub threads: usize,
    /// Whether they give way to everything else on the machine.
    pub gives_way: bool,
}

impl Crew {
    /// Inside a server: a core stays free for those who ask, and the rest is taken only while nobody needs it.
    pub fn beside_a_server(threads: usize) -> Self {
        Self { threads: cores(threads).saturating_sub(1).max(1), gives_way: true }
    }

    /// By itself: every core.
    pub fn alone(threads: usize) -> Self {
        Self { threads: cores(threads), gives_way: false }
    }

    /// What each thread of the run does first.
    pub(super) fn begin(self) {
        if self.gives_way {
            give_way();
        }
    }

    /// Works until every shard is done. `work` gets a lease; an error that is no stop gives the shard back.
    ///
    /// # Errors
    /// When the run was halted, a record's turn ended in a fault, or a shard failed again and again.
    pub(super) fn work(
        self,
        leases: &Mutex<Leases>,
        control: &Control,
        work: impl Fn(Lease) -> Result<(), Halt> + Sync,
    ) -> Result<(), Halt> {
        let halted: Mutex<Option<Halt>> = Mutex::new(None);
        let worker = || {
            self.begin();
            while lock(&halted).is_none() {
                let next = control.go_on().map(|()| lock(leases).take(Instant::now()));
                let lease = match next {
                    Ok(Next::Work(lease)) => lease,
                    Ok(Next::Wait(wait)) => {
                        thread::sleep(wait.min(LOOK_AGAIN));
                        continue;
                    }
                    Ok(Next::Done) => return,
                    Ok(Next::GivenUp { shard }) => {
                        let told = format!("shard {shard} failed again and again; the log says why");
                        lock(&halted).get_or_insert(Halt::Failed(told));
                        return;
                    }
                    Err(halt) => {
                        lock(&halted).get_or_insert(halt);
                        return;
                    }
                };
                // A panic of one shard may not take the others' work along.
                match panic::catch_unwind(AssertUnwindSafe(|| work(lease))) {
                    Ok(Ok(())) => {}
                    Ok(Err(halt)) => {
                        lock(leases).release(lease);
                        lock(&halted).get_or_insert(halt);
                        return;
                    }
                    Err(panicked) => {
                        if let Some(turn) = panicked.downcast_ref::<Turn>() {
                            lock(&halted).get_or_insert(Halt::Fault(*turn));
                            return;
                        }
                        tracing::error!(
                            shard = lease.shard,
                            "a shard of the run panicked and is tried again"
                        );
                        lock(leases).release(lease);
                    }
                }
                if self.gives_way {
                    thread::yield_now();
                }
            }
        };
        thread::scope(|scope| {
            for number in 1..self.threads {
                let named = thread::Builder::new().name(format!("rerank-{number}"));
                if let Err(error) = named.spawn_scoped(scope, worker) {
                    tracing::warn!(%error, "the run works with fewer threads");
                }
            }
            worker();
        });
        match halted.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(halt) => Err(halt),
            None => Ok(()),
        }
    }
}

fn cores(threads: usize) -> usize {
    if threads > 0 { threads } else { thread::available_parallelism().map_or(1, usize::from) }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lowers the priority of the calling thread as far as it goes: on Linux a nice value belongs to a thread.
#[cfg(target_os = "linux")]
fn give_way() {
    if let Err(error) = rustix::process::setpriority_process(None, 19) {
        tracing::warn!(%error, "the run cannot lower its priority");
    }
}

/// Elsewhere a priority belongs to the whole process, and whoever asks would be slowed down too.
#[cfg(not(target_os = "linux"))]
fn give_way() {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    #[test]
    fn a_panic_of_one_shard_costs_one_attempt_and_no_other_shard() {
        let tries: Vec<AtomicU32> = (0..20).map(|_| AtomicU32::new(0)).collect();
        let leases = Mutex::new(Leases::new(20, |_| false));
        let crew = Crew { threads: 3, gives_way: true };
        crew.work(&leases, &Control::default(), |lease| {
            let tried = tries[lease.shard as usize].fetch_add(1, Relaxed);
            assert!(lease.shard != 7 || tried > 0, "the first time it fails");
            lease_done(&leases, lease);
            Ok(())
        })
        .unwrap();
        let tries: Vec<u32> = tries.iter().map(|tries| tries.load(Relaxed)).collect();
        assert_eq!(tries.iter().sum::<u32>(), 21, "{tries:?}");
    }

    fn lease_done(leases: &Mutex<Leases>, lease: Lease) {
        assert!(leases.lock().unwrap().done(lease));
    }

    #[test]
    fn a_cancelled_run_ends_without_its_other_shards() {
        let leases = Mutex::new(Leases::new(1_000, |_| false));
        let control = Control::default();
        let ended = Crew { threads: 2, gives_way: false }.work(&leases, &control, |lease| {
            control.cancel();
            lease_done(&leases, lease);
            Ok(())
        });
        assert!(matches!(ended, Err(Halt::Cancelled)), "{ended:?}");
        assert!(matches!(leases.lock().unwrap().take(Instant::now()), Next::Work(_)));
    }
}
