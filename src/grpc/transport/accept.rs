//! Connections as they arrive, before anything is known of them.

use super::super::{
    connection::{Arrival, Connection},
    tls::Tls,
};
use std::{future::Future, io, net::IpAddr, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite, DuplexStream},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use tokio_stream::{Stream, wrappers::ReceiverStream};

/// How often the files of the certificate are looked at.
const REFRESH: Duration = Duration::from_secs(1);
/// Wait after the system refused to give a connection, so that a full table is not asked again at once.
const AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// Something that becomes a connection.
pub trait Arrives: Send + 'static {
    /// The connection.
    type Io: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// The other machine's address; `None` within the own process.
    fn address(&self) -> Option<IpAddr>;

    /// Shakes hands, where that is to be done.
    ///
    /// # Errors
    /// When the other side breaks off or does not speak TLS.
    fn shake(self) -> impl Future<Output = io::Result<(Self::Io, Arrival)>> + Send;
}

impl Arrives for DuplexStream {
    type Io = Self;

    fn address(&self) -> Option<IpAddr> {
        None
    }

    async fn shake(self) -> io::Result<(Self, Arrival)> {
        Ok((self, Arrival::default()))
    }
}

impl Arrives for TcpStream {
    type Io = Self;

    fn address(&self) -> Option<IpAddr> {
        self.peer_addr().ok().map(|address| address.ip())
    }

    async fn shake(self) -> io::Result<(Self, Arrival)> {
        Ok((self, Arrival::default()))
    }
}

/// A connection that was accepted, and TLS where the listener has it.
#[derive(Debug)]
pub struct Arrived {
    stream: TcpStream,
    address: IpAddr,
    tls: Option<Tls>,
}

impl Arrives for Arrived {
    type Io = Connection;

    fn address(&self) -> Option<IpAddr> {
        Some(self.address)
    }

    async fn shake(self) -> io::Result<(Connection, Arrival)> {
        let connection = match self.tls {
            Some(tls) => Connection::Tls(Box::new(tls.handshake(self.stream).await?)),
            None => Connection::Plain(self.stream),
        };
        let arrival = connection.arrival();
        Ok((connection, arrival))
    }
}

type Sender = mpsc::Sender<io::Result<Arrived>>;

/// The connections of listeners, each in the clear or under TLS. Nothing listens any more once the stream is let go of.
pub fn connections(
    listeners: impl IntoIterator<Item = (TcpListener, Option<Tls>)>,
) -> impl Stream<Item = io::Result<Arrived>> {
    let (sender, receiver) = mpsc::channel(1);
    for (listener, tls) in listeners {
        if let Some(tls) = &tls {
            tokio::spawn(refresh(tls.clone(), sender.clone()));
        }
        tokio::spawn(accept(listener, tls, sender.clone()));
    }
    ReceiverStream::new(receiver)
}

/// Reads the certificate again as its files change, as long as somebody takes connections.
async fn refresh(tls: Tls, sender: Sender) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(REFRESH) => {}
            () = sender.closed() => return,
        }
        let tls = tls.clone();
        // A thread that failed has said so in the log.
        let _ = tokio::task::spawn_blocking(move || tls.refresh()).await;
    }
}

async fn accept(listener: TcpListener, tls: Option<Tls>, sender: Sender) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = sender.closed() => return,
        };
        let failed = accepted.is_err();
        let arrived = accepted.map(|(stream, address)| {
            // Slower at worst.
            let _ = stream.set_nodelay(true);
            Arrived { stream, address: address.ip().to_canonical(), tls: tls.clone() }
        });
        if sender.send(arrived).await.is_err() {
            return;
        }
        if failed {
            tokio::time::sleep(AFTER_REFUSAL).await;
        }
    }
}
