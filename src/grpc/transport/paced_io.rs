//! A connection whose other side must read what it is sent.

use super::{
    PIECE_BYTES,
    link::{End, Link},
};
use std::{
    future::Future,
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

/// A connection that fails when too little of what is written to it goes out.
#[derive(Debug)]
pub(super) struct PacedIo<IO> {
    io: IO,
    link: Arc<Link>,
    /// Bytes that went out since the wait began.
    went: usize,
    waits: Option<Pin<Box<Sleep>>>,
}

impl<IO> PacedIo<IO> {
    pub(super) fn new(io: IO, link: Arc<Link>) -> Self {
        Self { io, link, went: 0, waits: None }
    }

    /// What a write came to: a wait begins with the first one that must wait, and ends when enough went out.
    fn paced(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => {
                self.went += bytes;
                if self.went >= PIECE_BYTES {
                    self.nothing_waits();
                }
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => Poll::Ready(Err(ready!(self.poll_patience(cx)))),
        }
    }

    fn nothing_waits(&mut self) {
        self.went = 0;
        self.waits = None;
    }

    /// Ready when the other side was waited for long enough.
    fn poll_patience(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let time = self.link.limits.progress;
        if self.waits.is_none() {
            self.went = 0;
        }
        ready!(self.waits.get_or_insert_with(|| Box::pin(sleep(time))).as_mut().poll(cx));
        self.link.end(End::Slow);
        Poll::Ready(io::ErrorKind::TimedOut.into())
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for PacedIo<IO> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_read(cx, buffer)
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for PacedIo<IO> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.io).poll_write(cx, bytes);
        this.paced(cx, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.io).poll_write_vectored(cx, slices);
        this.paced(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match Pin::new(&mut this.io).poll_flush(cx) {
            Poll::Ready(flushed) => {
                this.nothing_waits();
                Poll::Ready(flushed)
            }
            Poll::Pending => Poll::Ready(Err(ready!(this.poll_patience(cx)))),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match Pin::new(&mut this.io).poll_shutdown(cx) {
            Poll::Pending => Poll::Ready(Err(ready!(this.poll_patience(cx)))),
            ended => ended,
        }
    }
}
