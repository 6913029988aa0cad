//! From asynchronous code to work that takes time, and back.
//!
//! Scoring and storage run on threads that may block; both through a bounded gate, so that a flood of requests
//! is answered with RESOURCE_EXHAUSTED instead of filling the memory.

use super::{admission, status};
use crate::engine::Engine;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tonic::Status;

/// Most scoring requests that wait or run at one time.
const SCORING_PLACES: usize = 256;
/// Most storage requests that wait or run at one time.
const STORAGE_PLACES: usize = 1_024;

/// The gate in front of the engine.
#[derive(Clone, Debug)]
pub(super) struct Bridge {
    engine: Arc<Engine>,
    scoring: Arc<Semaphore>,
    storage: Arc<Semaphore>,
}

impl Bridge {
    /// A gate in front of an engine.
    pub(super) fn new(engine: Arc<Engine>) -> Self {
        Self {
            engine,
            scoring: Arc::new(Semaphore::new(SCORING_PLACES)),
            storage: Arc::new(Semaphore::new(STORAGE_PLACES)),
        }
    }

    /// The engine itself, for what takes no time.
    pub(super) fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Runs work that counts, on a thread that may wait for a lock; the engine takes its parts to the threads for scoring.
    pub(super) async fn score<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let of_call = admission::place().await?;
        let place = Arc::clone(&self.scoring).try_acquire_owned().map_err(|_| status::busy(status::SOON))?;
        self.blocking((of_call, place), work).await
    }

    /// Runs work that reads or writes the store on a thread that may block.
    pub(super) async fn store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let of_call = admission::place().await?;
        let place = Arc::clone(&self.storage).try_acquire_owned().map_err(|_| status::busy(status::SOON))?;
        self.blocking((of_call, place), work).await
    }

    /// As [`store`](Self::store), for work that waits for a purge, and so is no answer that a purge waits for.
    pub(super) async fn purge<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let place = Arc::clone(&self.storage).try_acquire_owned().map_err(|_| status::busy(status::SOON))?;
        self.on_a_thread(place, work).await
    }

    /// As [`store`](Self::store), but waits for a place: for streams, whose client feels the wait.
    pub(super) async fn store_when_free<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let place =
            Arc::clone(&self.storage).acquire_owned().await.map_err(|_| status::busy(status::SOON))?;
        self.blocking(place, work).await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        place: impl Send + 'static,
        work: impl FnOnce(&Engine) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let answer = move |engine: &Engine| {
            // Until the answer is in the record.
            let _answering = engine.answering();
            work(engine)
        };
        self.on_a_thread(place, answer).await
    }

    async fn on_a_thread<T: Send + 'static>(
        &self,
        place: impl Send + 'static,
        work: impl FnOnce(&Engine) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let engine = Arc::clone(&self.engine);
        let task = tokio::task::spawn_blocking(move || {
            let result = work(&engine);
            drop((engine, place));
            result
        });
        task.await.map_err(|_| status::internal("the work ended without a result"))?
    }
}
