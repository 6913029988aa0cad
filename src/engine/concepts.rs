//! Finding concepts while somebody types.

use super::Engine;
use crate::taxonomy::suggest::Suggester;
use std::sync::{Arc, Mutex, PoisonError};

/// The suggester of the taxonomy in use, made when it is asked for the first time.
#[derive(Debug, Default)]
pub(super) struct LazySuggester(Mutex<Option<Arc<Suggester>>>);

impl Engine {
    /// Finds concepts of the taxonomy in use while somebody types.
    ///
    /// The first call after a start or a change of taxonomy makes it, which takes some 100 ms with all of ESCO; others wait
    /// for it. Not for a thread of a rayon pool: waiting for its own parts it could take up another call that waits for
    /// it.
    pub fn suggester(&self) -> Arc<Suggester> {
        let recognizer = self.recognizer();
        let taxonomy = recognizer.taxonomy();
        let mut made = self.suggester.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*made {
            Some(made) if made.taxonomy().fingerprint() == taxonomy.fingerprint() => Arc::clone(made),
            _ => {
                let new = self.background.install(|| Suggester::new(Arc::clone(taxonomy)));
                Arc::clone(made.insert(Arc::new(new)))
            }
        }
    }
}
