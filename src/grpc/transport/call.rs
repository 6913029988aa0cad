//! Calls of a connection: each is a task that ends when its client does not take the answer.

use super::{LOOK, link::Link};
use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

/// So long a stream of answers may be silent, both ways, while the server stops: it has nothing more to say.
const SILENT_AT_STOP: Duration = Duration::from_secs(2);

tokio::task_local! {
    /// The call of a task.
    static CALL: Arc<Call>;
}

/// What is known of a call that is under way. Times are milliseconds since its connection was opened.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) link: Arc<Link>,
    /// When a piece of the answer was handed over that no other was asked for after; 0: none.
    handed: AtomicU64,
    /// When anything of it moved last.
    moved: AtomicU64,
    answering: AtomicBool,
    answered: AtomicBool,
}

impl Call {
    /// A call begins.
    fn begins(link: Arc<Link>) -> Self {
        link.call_begins();
        let call = Self {
            link,
            handed: AtomicU64::new(0),
            moved: AtomicU64::new(0),
            answering: AtomicBool::new(false),
            answered: AtomicBool::new(false),
        };
        call.moves();
        call
    }

    /// The call of this task.
    pub(super) fn current() -> Option<Arc<Self>> {
        CALL.try_with(Arc::clone).ok()
    }

    fn now(&self) -> u64 {
        // Never 0: that is no time.
        u64::try_from(self.link.opened.elapsed().as_millis()).unwrap_or(u64::MAX).max(1)
    }

    fn is_past(&self, since: u64, time: Duration) -> bool {
        u128::from(self.now().saturating_sub(since)) >= time.as_millis()
    }

    /// Something of the request or the answer moved.
    pub(super) fn moves(&self) {
        self.moved.store(self.now(), Relaxed);
    }

    /// The answer begins.
    pub(super) fn answers(&self) {
        self.answering.store(true, Relaxed);
    }

    /// A piece of the answer is handed over.
    pub(super) fn hands_over(&self) {
        self.handed.store(self.now(), Relaxed);
    }

    /// The piece before was taken: the next one is asked for.
    pub(super) fn is_asked(&self) {
        if self.handed.swap(0, Relaxed) != 0 {
            self.moves();
        }
    }

    /// The answer is whole.
    pub(super) fn is_answered(&self) {
        self.answered.store(true, Relaxed);
    }

    /// Ready when nobody takes the answer, or nobody has anything more to say and the server stops.
    async fn overdue(&self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let handed = self.handed.load(Relaxed);
            if handed != 0 && self.is_past(handed, self.link.limits.progress) {
                self.link.was_slow();
                return;
            }
            let silent =
                self.answering.load(Relaxed) && self.is_past(self.moved.load(Relaxed), SILENT_AT_STOP);
            if silent && self.link.is_stopping() {
                return;
            }
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.link.call_ends(!self.answered.load(Relaxed));
    }
}

/// Runs the calls of a connection.
#[derive(Clone, Debug)]
pub(super) struct Calls(pub(super) Arc<Link>);

impl<F> hyper::rt::Executor<F> for Calls
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, answering: F) {
        let call = Arc::new(Call::begins(Arc::clone(&self.0)));
        tokio::spawn(CALL.scope(Arc::clone(&call), async move {
            // Let go of, the stream is reset and what waits in it is forgotten.
            tokio::select! {
                _ = answering => {}
                () = call.overdue() => {}
            }
        }));
    }
}
