//! A client that speaks HTTP/2 as it likes.

use bytes::Bytes;
use h2::client::{Builder, SendRequest};
use http::{Method, Request};
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpSocket, TcpStream},
    sync::Notify,
    task::JoinHandle,
};

/// A connection from an address of this machine.
pub(crate) async fn connect(from: Ipv4Addr, to: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((from, 0)))?;
    socket.connect(to).await
}

/// HTTP/2 over a connection, with a window of so many bytes for each answer; the task is over when the server has closed the
/// connection, whatever is still open on this side.
pub(crate) async fn http2(
    stream: TcpStream,
    window: u32,
) -> Result<(SendRequest<Bytes>, JoinHandle<()>), h2::Error> {
    let closed = Arc::new(Notify::new());
    let stream = Watched { stream, closed: Arc::clone(&closed) };
    let (sender, connection) = Builder::new().initial_window_size(window).handshake(stream).await?;
    let task = tokio::spawn(async move {
        tokio::select! {
            // An error ends it as well.
            _ = connection => {}
            () = closed.notified() => {}
        }
    });
    Ok((sender, task))
}

/// Sees when the other side closes.
struct Watched {
    stream: TcpStream,
    closed: Arc<Notify>,
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if matches!(&read, Poll::Ready(read) if read.is_err() || buffer.filled().len() == before) {
            self.closed.notify_one();
        }
        read
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// The headers of a call.
pub(crate) fn call(to: SocketAddr, path: &str) -> Request<()> {
    Request::builder()
        .method(Method::POST)
        .uri(format!("http://{to}{path}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(())
        .unwrap()
}

/// A message with its prefix: a flag and a length, which need not be true.
pub(crate) fn framed(flag: u8, length: u32, message: &[u8]) -> Bytes {
    let mut bytes = vec![flag];
    bytes.extend(length.to_be_bytes());
    bytes.extend_from_slice(message);
    bytes.into()
}
