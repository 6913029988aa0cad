//! Takes who was erased, deleted or restricted out of the nights that are kept, aside from the answers, which show them no
//! more from that moment. What a stop of the service interrupted is found again at its next start: whoever stands in a
//! night and no longer in the store.

use crate::night::{Erased, Night, Nights};
use std::{
    collections::{BTreeSet, HashSet},
    io,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::JoinHandle,
    time::Duration,
};

/// How long to wait before files that could not be written are tried again.
const AGAIN: Duration = Duration::from_secs(60);
/// Who is taken out together with others, so that every file is copied once for all of them.
const TOGETHER: Duration = Duration::from_millis(500);

/// The thread that takes people out.
#[derive(Debug)]
pub(super) struct Forgetter {
    told: Option<Sender<String>>,
    thread: Option<JoinHandle<()>>,
}

impl Forgetter {
    /// Starts; `shown`: everybody who may still stand in an answer.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(nights: Nights, shown: impl Iterator<Item = String>) -> io::Result<Self> {
        // Where there are no nights nobody is to be taken out of them.
        let has_nights = nights.list().is_ok_and(|list| !list.is_empty());
        let shown: Option<HashSet<String>> = has_nights.then(|| shown.collect());
        let (told, news) = mpsc::channel();
        let thread = std::thread::Builder::new().name("forgetter".to_owned()).spawn(move || {
            let left = shown.map(|shown| left_behind(&nights, &shown)).unwrap_or_default();
            follow(&nights, &news, left);
        })?;
        Ok(Self { told: Some(told), thread: Some(thread) })
    }

    /// Says that a person may stand in no answer any more.
    pub(super) fn tell(&self, person: &str) {
        if let Some(told) = &self.told {
            // A thread that ended lost nothing: the next start finds who is left.
            let _ = told.send(person.to_owned());
        }
    }
}

impl Drop for Forgetter {
    fn drop(&mut self) {
        self.told = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Who stands in a night and nowhere else any more.
fn left_behind(nights: &Nights, shown: &HashSet<String>) -> BTreeSet<String> {
    let mut left = BTreeSet::new();
    for info in nights.list().unwrap_or_default() {
        match Night::open(&info.path) {
            Ok(night) => {
                let gone = night.people().iter().filter(|id| !id.is_empty() && !shown.contains(*id));
                left.extend(gone.cloned());
            }
            Err(error) => tracing::error!(%error, "a night cannot be read"),
        }
    }
    left
}

fn follow(nights: &Nights, news: &Receiver<String>, mut people: BTreeSet<String>) {
    loop {
        if !people.is_empty() {
            match nights.erase(&people) {
                Ok(erased) => {
                    report(&erased, people.len());
                    people.clear();
                }
                Err(error) => tracing::error!(%error, "people are not yet taken out of every night"),
            }
        }
        let first = if people.is_empty() {
            news.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            news.recv_timeout(AGAIN)
        };
        match first {
            Ok(first) => {
                people.insert(first);
                while let Ok(next) = news.recv_timeout(TOGETHER) {
                    people.insert(next);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn report(erased: &Erased, people: usize) {
    if !erased.rewritten.is_empty() {
        tracing::info!(people, nights = erased.rewritten.len(), "taken out of the nights");
    }
    for night in &erased.removed {
        let file = night.path.display();
        tracing::error!(%file, "a damaged night was removed: nobody could be taken out of it");
    }
}
