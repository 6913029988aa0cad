//! An answer as it goes out: who does not take it is noticed.
//!
//! hyper asks for the next piece when the client's window has room for it. So an answer goes out in pieces, the last of one
//! byte: when that one is asked for, the client has made room for everything before it.

use super::{PIECE_BYTES, call::Call};
use http_body::{Body as _, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};
use tonic::{Status, body::Body};

type Bytes = <Body as http_body::Body>::Data;

/// The body of an answer.
#[derive(Debug)]
pub(super) struct AnswerBody {
    body: Body,
    rest: Bytes,
    call: Option<Arc<Call>>,
}

impl AnswerBody {
    pub(super) fn new(body: Body, call: Option<Arc<Call>>) -> Self {
        if let Some(call) = &call {
            match body.is_end_stream() {
                true => call.is_answered(),
                false => call.answers(),
            }
        }
        Self { body, rest: Bytes::new(), call }
    }

    fn next_piece(&mut self) -> Frame<Bytes> {
        let piece = match self.rest.len() {
            0 | 1 => self.rest.len(),
            length => PIECE_BYTES.min(length - 1),
        };
        if let Some(call) = &self.call {
            call.hands_over();
        }
        Frame::data(self.rest.split_to(piece))
    }
}

impl http_body::Body for AnswerBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = self.get_mut();
        if let Some(call) = &this.call {
            call.is_asked();
        }
        if !this.rest.is_empty() {
            return Poll::Ready(Some(Ok(this.next_piece())));
        }
        let polled = ready!(Pin::new(&mut this.body).poll_frame(cx));
        let frame = match polled {
            Some(Ok(frame)) => frame,
            ended => {
                if let Some(call) = &this.call {
                    call.is_answered();
                }
                return Poll::Ready(ended);
            }
        };
        match frame.into_data() {
            Ok(bytes) => {
                this.rest = bytes;
                Poll::Ready(Some(Ok(this.next_piece())))
            }
            Err(trailers) => {
                if let Some(call) = &this.call {
                    call.is_answered();
                }
                Poll::Ready(Some(Ok(trailers)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        match self.rest.is_empty() {
            true => self.body.size_hint(),
            false => SizeHint::default(),
        }
    }
}
