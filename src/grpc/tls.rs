//! TLS in front of the service.
//!
//! The handshake proves that a client holds the key of the certificate that it shows, and no more: who vouches for it and
//! what it stands for is judged for each call. So a certificate of a foreign authority is answered in words instead of
//! with a broken connection, and one that runs out stops counting on connections that are open.

use crate::access::{Problem, Reloaded};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, UnixTime, pem::PemObject};
use std::{io, path::PathBuf, sync::Arc};
use tokio::net::TcpStream;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        DigitallySignedStruct, DistinguishedName, ServerConfig, SignatureScheme,
        client::danger::HandshakeSignatureValid,
        crypto::{self, WebPkiSupportedAlgorithms},
        server::danger::{ClientCertVerified, ClientCertVerifier},
        version::{TLS12, TLS13},
    },
    server::TlsStream,
};

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

    /// Shakes hands with a client, for as long as the client takes.
    pub(super) async fn handshake(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        TlsAcceptor::from(Arc::clone(&*self.0.current())).accept(stream).await
    }

    /// Reads the files again if they changed.
    pub(super) fn refresh(&self) {
        self.0.refresh();
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
