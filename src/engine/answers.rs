//! Answers under way. Whoever works one out may have read a person who is deleted meanwhile, and names them in the record of
//! decisions a moment later: a purge waits for all that began before it, so that nobody is written again after it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Counts them, by the round in which they began.
#[derive(Debug, Default)]
pub(super) struct Answers {
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Debug, Default)]
struct State {
    round: u64,
    under_way: BTreeMap<u64, usize>,
}

/// An answer is under way as long as this is held. Whoever holds it may not wait for a purge.
#[derive(Debug)]
pub struct Answering {
    answers: Arc<Answers>,
    round: u64,
}

impl Answers {
    /// Begins an answer, before anything is read for it.
    pub(super) fn begin(self: &Arc<Self>) -> Answering {
        let mut state = self.lock();
        let round = state.round;
        *state.under_way.entry(round).or_default() += 1;
        drop(state);
        Answering { answers: Arc::clone(self), round }
    }

    /// Waits until every answer that began before this call has ended; `false`: one takes longer than that. Twice: whoever
    /// deleted somebody may be an answer of the first round, and until that one ended others could still see the person.
    pub(super) fn wait_for_earlier(&self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        (0..2).all(|_| {
            let mut state = self.lock();
            let round = state.round;
            state.round += 1;
            let is_earlier = |state: &mut State| state.under_way.keys().next().is_some_and(|at| *at <= round);
            let left = until.saturating_duration_since(Instant::now());
            let waited = self.ended.wait_timeout_while(state, left, is_earlier);
            !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let mut state = self.answers.lock();
        if let Some(count) = state.under_way.get_mut(&self.round) {
            *count -= 1;
            if *count == 0 {
                state.under_way.remove(&self.round);
            }
        }
        drop(state);
        self.answers.ended.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    #[test]
    fn earlier_answers_are_waited_for_and_later_ones_are_not() {
        let answers = Arc::new(Answers::default());
        assert!(answers.wait_for_earlier(SOON));
        let first = answers.begin();
        assert!(!answers.wait_for_earlier(SOON));
        let later = answers.begin();
        drop(first);
        assert!(!answers.wait_for_earlier(SOON), "the second one began before this call");
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| answers.wait_for_earlier(Duration::from_secs(60)));
            drop(later);
            // As answers come without end: none of them is waited for, but for those of the very moment.
            for _ in 0..1_000 {
                drop(answers.begin());
            }
            assert!(waits.join().unwrap());
        });
        assert!(answers.lock().under_way.is_empty());
    }
}
