//! Places for calls that are worked on, and a short wait for one.
//!
//! How many calls are worked on at one time follows what the machine shows: while calls take longer than [`WORK_TIME`] there
//! are fewer places, while places run out and calls are quick there are more. How many may wait follows how many end in a
//! second, so that nobody waits much longer than [`WAIT`]; the room for waiting is larger the more is lost by a refusal. A
//! refusal is decided when the call comes, and costs next to nothing.

use super::classes::Class;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// What a call that is worked on should take at most; most take far less.
const WORK_TIME: Duration = Duration::from_millis(100);
/// What a call should wait at most for a place.
const WAIT: Duration = Duration::from_millis(150);
/// After this time a call that waits is refused whatever was expected: the machine became much slower meanwhile.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How often the number of places is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// Calls that must have ended before a look tells anything.
const ENOUGH: u32 = 4;
/// Calls that may wait however slow the pace is: a few dozen people who ask at one time are no overload, whatever they wait.
const ALWAYS_MAY_WAIT: usize = 32;
/// Calls that may wait at most.
const MOST_WAITING: usize = 2_048;
/// Most surveys that are worked on at one time: each takes every core for a while.
const SURVEYS: usize = 2;
/// Most duties that are worked on at one time.
const DUTIES: usize = 64;

/// The places of one server.
#[derive(Debug)]
pub(super) struct Places {
    fewest: usize,
    most: usize,
    /// Lookups that are worked on at one time at most: half of the cores, so that lists without end, asked for by whoever,
    /// leave the others to rankings and writes.
    most_lookups: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    places: usize,
    working: usize,
    /// Lookups among them.
    lookups: usize,
    surveys: usize,
    duties: usize,
    /// Those that wait: lookups, rankings, writes; the last first.
    waiting: [VecDeque<oneshot::Sender<Place>>; 3],
    /// Calls that end in a second, where calls wait; 0: not known yet.
    pace: f64,
    seen: Seen,
}

/// What was seen since the last look.
#[derive(Debug)]
struct Seen {
    since: Instant,
    ended: u32,
    slow: u32,
    ran_out: bool,
}

impl Seen {
    fn nothing(since: Instant) -> Self {
        Self { since, ended: 0, slow: 0, ran_out: false }
    }
}

impl State {
    /// How many wait for any place; lookups that wait for one of their own count as far as they have room.
    fn waiting(&self) -> usize {
        self.ahead(LOOKUPS + 1) + self.waiting[LOOKUPS].len().min(self.room(LOOKUPS))
    }

    /// Whether one more call of a line is refused, where it cannot be worked on at once.
    fn is_full(&self, line: usize) -> bool {
        let lookups = self.lookups + self.waiting[LOOKUPS].len();
        let is_busy = self.working >= self.places && self.waiting() >= self.room(line);
        is_busy || (line == LOOKUPS && lookups >= self.places + self.room(LOOKUPS))
    }

    /// How many calls that come before one of a class wait.
    fn ahead(&self, line: usize) -> usize {
        self.waiting[line..].iter().map(VecDeque::len).sum()
    }

    /// How many calls may wait in all before one of a class is refused.
    fn room(&self, line: usize) -> usize {
        let room = ((self.pace * WAIT.as_secs_f64()) as usize).clamp(ALWAYS_MAY_WAIT, MOST_WAITING);
        // Lookups a quarter, rankings three quarters, writes all of it.
        match line {
            0 => room / 4,
            1 => room - room / 4,
            _ => room,
        }
    }

    /// How long a call of a class would wait.
    fn expected_wait(&self, line: usize) -> Duration {
        if self.pace <= 0.0 {
            return Duration::ZERO;
        }
        Duration::from_secs_f64((self.ahead(line) as f64 / self.pace).min(60.0))
    }

    /// Takes a look at what was seen, where there is enough of it.
    fn look(&mut self, now: Instant, fewest: usize, most: usize) {
        let time = now.saturating_duration_since(self.seen.since);
        if time < LOOK || self.seen.ended < ENOUGH {
            return;
        }
        if self.seen.ran_out {
            let pace = f64::from(self.seen.ended) / time.as_secs_f64();
            self.pace = if self.pace > 0.0 { 0.7 * self.pace + 0.3 * pace } else { pace };
        }
        if self.seen.slow * 2 > self.seen.ended {
            self.places = (self.places / 2).max(fewest);
        } else if self.seen.slow * 10 > self.seen.ended {
            self.places = (self.places - self.places / 4).max(fewest);
        } else if self.seen.ran_out {
            self.places = (self.places + (self.places / 8).max(1)).min(most);
        }
        self.seen = Seen::nothing(now);
    }
}

/// The line of lookups.
const LOOKUPS: usize = 0;

/// Which line a class waits in; `None`: it waits in none.
fn line(class: Class) -> Option<usize> {
    match class {
        Class::Lookup => Some(LOOKUPS),
        Class::Ranking => Some(1),
        Class::Write => Some(2),
        Class::Survey | Class::Duty | Class::Health => None,
    }
}

/// Whether a call may be worked on.
#[derive(Debug)]
pub(super) enum Entry {
    /// At once.
    Now(Place),
    /// As soon as the place comes.
    Waiting(Wait),
    /// No.
    Refused,
}

/// The wait for a place.
#[derive(Debug)]
pub(super) struct Wait {
    place: oneshot::Receiver<Place>,
    longest: Duration,
}

impl Wait {
    /// The place; `None` when it did not come in time.
    pub(super) async fn place(self) -> Option<Place> {
        tokio::time::timeout(self.longest, self.place).await.ok()?.ok()
    }
}

impl Places {
    /// Places that never become fewer than four times the cores, nor more than `most`.
    pub(super) fn new(most: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get);
        let most = most.max(1);
        let fewest = (4 * cores).min(most);
        let state = State {
            places: (2 * fewest).min(most),
            working: 0,
            lookups: 0,
            surveys: 0,
            duties: 0,
            waiting: Default::default(),
            pace: 0.0,
            seen: Seen::nothing(Instant::now()),
        };
        Self { fewest, most, most_lookups: (cores / 2).max(1), state: Mutex::new(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is a place for a call of a line.
    fn has_place(&self, state: &State, line: usize) -> bool {
        state.working < state.places && (line != LOOKUPS || state.lookups < self.most_lookups)
    }

    /// Whether a call of a class would be refused now.
    pub(super) fn would_refuse(&self, class: Class) -> bool {
        let state = self.lock();
        match line(class) {
            Some(line) => !self.has_place(&state, line) && state.is_full(line),
            None => match class {
                Class::Survey => state.surveys >= SURVEYS || state.waiting() > 0,
                Class::Duty => state.duties >= DUTIES,
                _ => false,
            },
        }
    }

    /// Lets a call in, whose client waits for `patience`.
    pub(super) fn enter(self: &Arc<Self>, class: Class, patience: Option<Duration>) -> Entry {
        let mut state = self.lock();
        let Some(line) = line(class) else {
            let place = match class {
                Class::Survey if state.surveys >= SURVEYS || state.waiting() > 0 => return Entry::Refused,
                Class::Duty if state.duties >= DUTIES => return Entry::Refused,
                Class::Survey => {
                    state.surveys += 1;
                    Taken::Survey
                }
                Class::Duty => {
                    state.duties += 1;
                    Taken::Duty
                }
                _ => Taken::Nothing,
            };
            return Entry::Now(Place::new(self, place));
        };
        if self.has_place(&state, line) && state.ahead(line) == 0 {
            return Entry::Now(self.begins(&mut state, line));
        }
        state.seen.ran_out |= state.working >= state.places;
        let too_long = patience.is_some_and(|patience| state.expected_wait(line) >= patience);
        if state.is_full(line) || too_long {
            return Entry::Refused;
        }
        let (sender, place) = oneshot::channel();
        state.waiting[line].push_back(sender);
        Entry::Waiting(Wait { place, longest: patience.map_or(LONGEST_WAIT, |time| time.min(LONGEST_WAIT)) })
    }

    /// How many are worked on at one time, and how many wait.
    #[cfg(test)]
    fn figures(&self) -> (usize, usize) {
        let state = self.lock();
        (state.places, state.waiting())
    }

    fn leave(self: &Arc<Self>, taken: Taken, began: Instant) {
        let called = {
            let mut state = self.lock();
            match taken {
                Taken::Nothing => {}
                Taken::Survey => state.surveys -= 1,
                Taken::Duty => state.duties -= 1,
                Taken::Work { line } => {
                    let now = Instant::now();
                    state.working -= 1;
                    state.lookups -= usize::from(line == LOOKUPS);
                    state.seen.ended += 1;
                    state.seen.slow += u32::from(now.saturating_duration_since(began) > WORK_TIME);
                    state.look(now, self.fewest, self.most);
                }
            }
            let mut called = Vec::new();
            // Who loses most comes first.
            let lines = (0..state.waiting.len()).rev();
            for line in lines {
                while self.has_place(&state, line) {
                    let Some(next) = next_in(&mut state.waiting[line]) else { break };
                    called.push((next, self.begins(&mut state, line)));
                }
            }
            called
        };
        for (next, place) in called {
            // Whoever went away meanwhile gives the place back at once, since it is let go of here.
            drop(next.send(place));
        }
    }

    /// A call of a line begins.
    fn begins(self: &Arc<Self>, state: &mut State, line: usize) -> Place {
        state.working += 1;
        state.lookups += usize::from(line == LOOKUPS);
        Place::new(self, Taken::Work { line })
    }
}

/// The next one in a line who still waits.
fn next_in(line: &mut VecDeque<oneshot::Sender<Place>>) -> Option<oneshot::Sender<Place>> {
    while let Some(next) = line.pop_front() {
        if !next.is_closed() {
            return Some(next);
        }
    }
    None
}

#[derive(Clone, Copy, Debug)]
enum Taken {
    Nothing,
    Survey,
    Duty,
    Work { line: usize },
}

/// A call that is worked on, until it is let go of.
#[derive(Debug)]
pub(in crate::grpc) struct Place {
    places: Arc<Places>,
    taken: Taken,
    began: Instant,
}

impl Place {
    fn new(places: &Arc<Places>, taken: Taken) -> Self {
        Self { places: Arc::clone(places), taken, began: Instant::now() }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.leave(self.taken, self.began);
    }
}

#[cfg(test)]
mod tests;
