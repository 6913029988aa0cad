//! How many streams are held open, by each caller and by all of them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The streams that are open.
#[derive(Debug)]
pub(super) struct Streams {
    of_caller: u32,
    of_all: u32,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    of: HashMap<String, u32>,
    all: u32,
}

/// Whose bound is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMany {
    OfCaller,
    OfAll,
}

impl Streams {
    pub(super) fn new(of_caller: u32, of_all: u32) -> Self {
        Self { of_caller, of_all, open: Mutex::default() }
    }

    /// Opens a stream of a caller; it is closed when the answer is let go of. The machine itself is bound by the total only.
    pub(super) fn open(self: &Arc<Self>, name: &str, bound: bool) -> Result<OpenStream, TooMany> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.all >= self.of_all {
            return Err(TooMany::OfAll);
        }
        let own = open.of.get(name).copied().unwrap_or_default();
        if bound && own >= self.of_caller {
            return Err(TooMany::OfCaller);
        }
        open.of.insert(name.to_owned(), own + 1);
        open.all += 1;
        Ok(OpenStream { streams: Arc::clone(self), name: name.to_owned() })
    }
}

/// A stream that is open, until it is let go of.
#[derive(Debug)]
pub(super) struct OpenStream {
    streams: Arc<Streams>,
    name: String,
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.all -= 1;
        if let Some(own) = open.of.get_mut(&self.name) {
            *own -= 1;
            if *own == 0 {
                open.of.remove(&self.name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_holds_so_many_and_gets_another_when_one_is_closed() {
        let streams = Arc::new(Streams::new(2, 3));
        let (first, _second) = (streams.open("a", true).unwrap(), streams.open("a", true).unwrap());
        assert_eq!(streams.open("a", true).unwrap_err(), TooMany::OfCaller);
        let third = streams.open("a", false).unwrap();
        assert_eq!(streams.open("b", true).unwrap_err(), TooMany::OfAll);
        drop((first, third));
        assert!(streams.open("a", true).is_ok());
        assert!(streams.open("b", true).is_ok());
        assert_eq!(streams.open.lock().unwrap().of.len(), 1, "who holds none is forgotten");
    }
}
