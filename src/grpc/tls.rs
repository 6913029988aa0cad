//! TLS in front of the service, and a door in the clear for commands on the machine.
//!
//! The handshake proves that a client holds the key of the certificate that it shows, and no more: who vouches for it and
//! what it stands for is judged for each call. So a certificate of a foreign authority is answered in words instead of
//! with a broken connection, and one that runs out stops counting on connections that are open.

use super::connection::Connection;
use crate::access::{Problem, Reloaded};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, UnixTime, pem::PemObject};
use std::{io, path::PathBuf, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        DigitallySignedStruct, DistinguishedName, ServerConfig, SignatureScheme,
        client::danger::HandshakeSignatureValid,
        crypto::{self, WebPkiSupportedAlgorithms},
        server::danger::{ClientCertVerified, ClientCertVerifier},
        version::{TLS12, TLS13},
    },
};
use tokio_stream::{Stream, wrappers::ReceiverStream};

/// Longest handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Most handshakes at one time; the next connection waits in the system's queue.
const HANDSHAKES: usize = 256;
/// How often the files of the certificate are looked at.
const REFRESH: Duration = Duration::from_secs(1);
/// Wait after the system refused to give a connection, so that a full table is not asked again at once.
const AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// Why TLS cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be used.
    #[error("{0}")]
    File(#[from] Problem),
}

/// TLS with a certificate that is read again when its files change.
#[derive(Clone, Debug)]
pub struct Tls(Arc<Reloaded<Arc<ServerConfig>>>);

impl Tls {
    /// Takes the server's chain of certificates and its key, both in PEM.
    ///
    /// # Errors
    /// When a file cannot be read, or the two do not belong together.
    pub fn open(certificate: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let files = Reloaded::open(vec![certificate, key], |contents| match contents {
            [certificate, key] => config(certificate, key).map(Arc::new),
            _ => Err("a certificate and a key are needed".to_owned()),
        })?;
        Ok(Self(Arc::new(files)))
    }

    async fn handshake(&self, stream: TcpStream) -> io::Result<Connection> {
        let acceptor = TlsAcceptor::from(Arc::clone(&*self.0.current()));
        let stream = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await;
        Ok(Connection::Tls(Box::new(stream.map_err(|_| io::ErrorKind::TimedOut)??)))
    }
}

fn config(certificate: &[u8], key: &[u8]) -> Result<ServerConfig, String> {
    let chain = CertificateDer::pem_slice_iter(certificate)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| format!("the certificate is no PEM file: {error}"))?;
    if chain.is_empty() {
        return Err("there is no certificate in it; give the server's chain in PEM".to_owned());
    }
    let key = PrivateKeyDer::from_pem_slice(key)
        .map_err(|error| format!("its key cannot be read: {error}; give a private key in PEM"))?;
    let provider = Arc::new(crypto::ring::default_provider());
    let verifier = Arc::new(HoldsTheKey { algorithms: provider.signature_verification_algorithms });
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(|error| error.to_string())?
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .map_err(|error| format!("certificate and key do not serve together: {error}"))?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(config)
}

/// Proves that a client holds the key of the certificate that it shows.
#[derive(Debug)]
struct HoldsTheKey {
    algorithms: WebPkiSupportedAlgorithms,
}

impl ClientCertVerifier for HoldsTheKey {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, tokio_rustls::rustls::Error> {
        // Nothing follows from a certificate here: the gate judges it for each call.
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, tokio_rustls::rustls::Error> {
        crypto::verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, tokio_rustls::rustls::Error> {
        crypto::verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// The connections of a listener under TLS, and those of one for this machine in the clear.
pub fn connections(
    public: TcpListener,
    tls: Tls,
    home: TcpListener,
) -> impl Stream<Item = io::Result<Connection>> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(accept_plain(home, sender.clone()));
    tokio::spawn(refresh(tls.clone(), sender.clone()));
    tokio::spawn(accept_tls(public, tls, sender));
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
        let _ = tokio::task::spawn_blocking(move || tls.0.refresh()).await;
    }
}

type Sender = mpsc::Sender<io::Result<Connection>>;

/// The next connection; `None` when nobody takes connections any more.
async fn next(listener: &TcpListener, sender: &Sender) -> Option<TcpStream> {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = sender.closed() => return None,
        };
        match accepted {
            Ok((stream, _)) => {
                // Slower at worst.
                let _ = stream.set_nodelay(true);
                return Some(stream);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(AFTER_REFUSAL).await;
            }
        }
    }
}

async fn accept_plain(listener: TcpListener, sender: Sender) {
    while let Some(stream) = next(&listener, &sender).await {
        if sender.send(Ok(Connection::Plain(stream))).await.is_err() {
            return;
        }
    }
}

async fn accept_tls(listener: TcpListener, tls: Tls, sender: Sender) {
    let places = Arc::new(Semaphore::new(HANDSHAKES));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let Some(stream) = next(&listener, &sender).await else { return };
        let (tls, sender) = (tls.clone(), sender.clone());
        tokio::spawn(async move {
            let shaken = tls.handshake(stream).await;
            drop(place);
            match shaken {
                // The server may have ended.
                Ok(connection) => drop(sender.send(Ok(connection)).await),
                Err(error) => tracing::debug!(%error, "a handshake came to nothing"),
            }
        });
    }
}
