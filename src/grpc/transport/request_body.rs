//! A request as it comes in: no message of it may be drawn out for ever.

use super::{super::status, PIECE_BYTES, Shared, call::Call};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::{Arc, atomic::Ordering::Relaxed},
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    runtime::Handle,
    time::{Sleep, sleep, timeout},
};
use tonic::Status;

/// Most bytes of messages, of all clients together, of which a part is still to come.
const HALF_RECEIVED_BYTES: usize = 256 << 20;
/// How long the rest of a request that nobody reads any more is waited for.
const REST: Duration = Duration::from_secs(2);
/// Bytes before each message: a flag and a length.
const PREFIX_BYTES: u8 = 5;

/// The body of a request.
#[derive(Debug)]
pub(super) struct RequestBody {
    /// `None` only while it is dropped.
    body: Option<Incoming>,
    call: Arc<Call>,
    shared: Arc<Shared>,
    /// Whether the client may think between two messages.
    streamed: bool,
    message: Message,
    /// Bytes of the message under way that are counted among those half received.
    held: usize,
    /// Bytes since the wait began.
    came: usize,
    waits: Option<Pin<Box<Sleep>>>,
    failed: bool,
}

impl RequestBody {
    pub(super) fn new(body: Incoming, path: &str, call: Arc<Call>, shared: Arc<Shared>) -> Self {
        let streamed = shared.streamed.contains(path);
        let message = Message::default();
        let body = Some(body);
        Self { body, call, shared, streamed, message, held: 0, came: 0, waits: None, failed: false }
    }

    fn hold(&mut self, bytes: usize) {
        if bytes > self.held {
            self.shared.half_received.fetch_add(bytes - self.held, Relaxed);
        } else {
            self.shared.half_received.fetch_sub(self.held - bytes, Relaxed);
        }
        self.held = bytes;
    }

    fn comes(&mut self, bytes: &[u8]) -> Result<(), Status> {
        self.call.moves();
        let thought = self.message.received == 0;
        let ended = self.message.takes(bytes);
        self.came += bytes.len();
        if thought || ended || self.came >= PIECE_BYTES {
            self.waits = None;
        }
        self.hold(self.message.received);
        match self.shared.half_received.load(Relaxed) > HALF_RECEIVED_BYTES {
            true => Err(status::busy(status::SOON)),
            false => Ok(()),
        }
    }

    /// Ready when the client was waited for long enough.
    fn poll_patience(&mut self, cx: &mut Context<'_>) -> Poll<Status> {
        let limits = &self.call.link.limits;
        let thinks = self.streamed && self.message.received == 0;
        let time = if thinks { limits.idle } else { limits.progress };
        if self.waits.is_none() {
            self.came = 0;
        }
        ready!(self.waits.get_or_insert_with(|| Box::pin(sleep(time))).as_mut().poll(cx));
        self.call.link.was_slow();
        Poll::Ready(status::too_slow())
    }
}

impl Body for RequestBody {
    type Data = <Incoming as Body>::Data;
    type Error = Status;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Status>>> {
        let this = self.get_mut();
        let Some(body) = this.body.as_mut().filter(|_| !this.failed) else { return Poll::Ready(None) };
        let came = match Pin::new(body).poll_frame(cx) {
            Poll::Pending => Err(ready!(this.poll_patience(cx))),
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Ready(Some(Err(error))) => Err(Status::from_error(Box::new(error))),
            Poll::Ready(Some(Ok(frame))) => match frame.data_ref() {
                Some(bytes) => this.comes(bytes).map(|()| frame),
                None => Ok(frame),
            },
        };
        this.failed = came.is_err();
        Poll::Ready(Some(came))
    }

    fn is_end_stream(&self) -> bool {
        self.failed || self.body.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Incoming::size_hint)
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        self.hold(0);
        let unread = self.body.take().filter(|body| !self.failed && !body.is_end_stream());
        if let (Some(body), Ok(runtime)) = (unread, Handle::try_current()) {
            runtime.spawn(rest(body));
        }
    }
}

/// Lets a client end a request that was refused before it was read. Otherwise the stream is reset, what arrives for it later
/// counts as a fault of the client, and after a hundred of those a client that did nothing wrong loses its connection.
async fn rest(mut body: Incoming) {
    let mut bytes = 0;
    let all = async {
        while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            bytes += frame.data_ref().map_or(0, |data| data.len());
            if bytes > PIECE_BYTES {
                return;
            }
        }
    };
    // Whoever goes on is reset.
    let _ = timeout(REST, all).await;
}

/// Where a message begins and ends.
#[derive(Debug, Default)]
struct Message {
    /// Bytes of the message under way, its prefix included.
    received: usize,
    length: [u8; 4],
}

impl Message {
    /// Takes bytes; whether a message ended in them.
    fn takes(&mut self, mut bytes: &[u8]) -> bool {
        let mut ended = false;
        let prefix = usize::from(PREFIX_BYTES);
        while let Some((first, rest)) = bytes.split_first() {
            if self.received < prefix {
                if let Some(place) = self.received.checked_sub(1).and_then(|at| self.length.get_mut(at)) {
                    *place = *first;
                }
                self.received += 1;
                bytes = rest;
            }
            if self.received >= prefix {
                let length = usize::try_from(u32::from_be_bytes(self.length)).unwrap_or(usize::MAX);
                let whole = length.saturating_add(prefix);
                let taken = bytes.len().min(whole - self.received);
                self.received += taken;
                bytes = bytes.get(taken..).unwrap_or_default();
                if self.received == whole {
                    self.received = 0;
                    ended = true;
                }
            }
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn messages_end_where_their_lengths_say_however_the_bytes_are_cut() {
        let mut bytes = Vec::new();
        for length in [0_u32, 3, 300] {
            bytes.push(0);
            bytes.extend(length.to_be_bytes());
            bytes.extend(std::iter::repeat_n(7, length as usize));
        }
        for size in [1, 2, 4, 5, 6, 7, 100, bytes.len()] {
            let mut message = Message::default();
            let mut ended = Vec::new();
            for (number, piece) in bytes.chunks(size).enumerate() {
                if message.takes(piece) {
                    ended.push(number);
                }
            }
            assert_eq!(message.received, 0, "in pieces of {size}");
            let ends = [5, 13, 318].map(|end| (end - 1) / size);
            let mut expected = ends.to_vec();
            expected.dedup();
            assert_eq!(ended, expected, "in pieces of {size}");
        }
        let mut message = Message::default();
        assert!(message.takes(&bytes[..5 + 6]), "the first message ended");
        assert_eq!(message.received, 6, "and another one has begun");
    }
}
