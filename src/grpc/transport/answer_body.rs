//! An answer as it goes out: who does not take it is noticed.
//!
//! hyper asks for the next piece when the client's window has room for it. So an answer goes out in pieces, the last of one
//! byte: when that one is asked for, the client has made room for everything before it.

use super::{super::status, PIECE_BYTES, Shared, call::Call};
use http::HeaderMap;
use http_body::{Body as _, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{Arc, atomic::Ordering::Relaxed},
    task::{Context, Poll, ready},
};
use tonic::{Status, body::Body};

type Bytes = <Body as http_body::Body>::Data;

/// Most bytes of answers that one connection may leave untaken, besides a single answer.
const OF_ONE_CONNECTION: usize = 32 << 20;
/// Most bytes that all connections may leave untaken; beyond it a connection has [`ALWAYS`], or a single answer.
const OF_ALL: usize = 256 << 20;
/// Bytes of answers that a connection may leave untaken whatever others do.
const ALWAYS: usize = 1 << 20;

/// The body of an answer.
#[derive(Debug)]
pub(super) struct AnswerBody {
    body: Body,
    rest: Bytes,
    /// The call that it answers; `None` where nothing is said but a status.
    of: Option<(Arc<Call>, Arc<Shared>)>,
    failed: bool,
}

impl AnswerBody {
    /// The answer of a call.
    pub(super) fn new(body: Body, call: Arc<Call>, shared: Arc<Shared>) -> Self {
        match body.is_end_stream() {
            true => call.is_answered(),
            false => call.answers(),
        }
        Self { body, rest: Bytes::new(), of: Some((call, shared)), failed: false }
    }

    /// No answer.
    pub(super) fn empty() -> Self {
        Self { body: Body::empty(), rest: Bytes::new(), of: None, failed: false }
    }

    /// Whether so many bytes may wait until they are taken.
    fn may_wait(&self, bytes: usize) -> bool {
        let Some((call, shared)) = &self.of else { return true };
        let of_connection = call.link.untaken.load(Relaxed);
        let of_all = shared.untaken.load(Relaxed) + bytes;
        let most = if of_all > OF_ALL { ALWAYS } else { OF_ONE_CONNECTION };
        of_connection == 0 || of_connection + bytes <= most
    }

    fn next_piece(&mut self) -> Frame<Bytes> {
        let piece = match self.rest.len() {
            0 | 1 => self.rest.len(),
            length => PIECE_BYTES.min(length - 1),
        };
        if let Some((call, shared)) = &self.of {
            call.hands_over();
            call.link.untaken.fetch_sub(piece, Relaxed);
            shared.untaken.fetch_sub(piece, Relaxed);
        }
        Frame::data(self.rest.split_to(piece))
    }

    fn is_whole(&self) {
        if let Some((call, _)) = &self.of {
            call.is_answered();
        }
    }
}

impl Drop for AnswerBody {
    fn drop(&mut self) {
        if let Some((call, shared)) = &self.of {
            call.link.untaken.fetch_sub(self.rest.len(), Relaxed);
            shared.untaken.fetch_sub(self.rest.len(), Relaxed);
        }
    }
}

impl http_body::Body for AnswerBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = self.get_mut();
        if let Some((call, _)) = &this.of {
            call.is_asked();
        }
        if this.failed {
            return Poll::Ready(None);
        }
        if !this.rest.is_empty() {
            return Poll::Ready(Some(Ok(this.next_piece())));
        }
        let frame = match ready!(Pin::new(&mut this.body).poll_frame(cx)) {
            Some(Ok(frame)) => frame,
            ended => {
                this.is_whole();
                return Poll::Ready(ended);
            }
        };
        let bytes = match frame.into_data() {
            Ok(bytes) => bytes,
            Err(trailers) => {
                this.is_whole();
                return Poll::Ready(Some(Ok(trailers)));
            }
        };
        if !this.may_wait(bytes.len()) {
            this.failed = true;
            this.is_whole();
            let mut trailers = HeaderMap::new();
            status::busy(status::SOON).add_header(&mut trailers)?;
            return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
        }
        if let Some((call, shared)) = &this.of {
            call.link.untaken.fetch_add(bytes.len(), Relaxed);
            shared.untaken.fetch_add(bytes.len(), Relaxed);
        }
        this.rest = bytes;
        Poll::Ready(Some(Ok(this.next_piece())))
    }

    fn is_end_stream(&self) -> bool {
        self.failed || (self.rest.is_empty() && self.body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        match self.rest.is_empty() {
            true => self.body.size_hint(),
            false => SizeHint::default(),
        }
    }
}
