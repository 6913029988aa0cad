//! Client certificates of services: which authority vouches for them, and which service a name stands for.

use super::refusal::{Reason, Refusal};
use crate::domain::{Caller, Role, text::OrganisationId};
use rustls_pki_types::{CertificateDer, CertificateRevocationListDer, TrustAnchor, UnixTime, pem::PemObject};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use webpki::{
    CertRevocationList, EndEntityCert, ExpirationPolicy, KeyUsage, OwnedCertRevocationList,
    RevocationCheckDepth, RevocationOptionsBuilder, ring as algorithms,
};

/// The name of a service in its certificate: a subject alternative name. The common name of the subject counts for
/// nothing (RFC 9525).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceName {
    /// `dns:nacht.voorbeeld.nl`
    Dns(String),
    /// `uri:spiffe://voorbeeld.nl/nacht`
    Uri(String),
}

impl ServiceName {
    /// Reads `dns:NAME` or `uri:URI`; `None` for anything else, and for names with a wildcard.
    pub fn read(text: &str) -> Option<Self> {
        let (kind, name) = text.split_once(':')?;
        if name.is_empty() || name.contains('*') || name.chars().any(char::is_whitespace) {
            return None;
        }
        match kind {
            "dns" => Some(Self::Dns(name.to_ascii_lowercase())),
            "uri" => Some(Self::Uri(name.to_owned())),
            _ => None,
        }
    }

    /// The name as it is written in settings.
    pub fn text(&self) -> String {
        match self {
            Self::Dns(name) => format!("dns:{name}"),
            Self::Uri(name) => format!("uri:{name}"),
        }
    }
}

/// The authorities whose certificates are taken, and the certificates that they have revoked.
#[derive(Debug)]
pub(super) struct Authorities {
    anchors: Vec<TrustAnchor<'static>>,
    /// Where there is one, a certificate is taken only when a current list of its issuer does not name it.
    revoked: Vec<CertRevocationList<'static>>,
}

impl Authorities {
    /// Reads certificates in PEM, and lists of revoked ones where a second file is given.
    pub(super) fn read(contents: &[Vec<u8>]) -> Result<Self, String> {
        let pem = contents.first().map(Vec::as_slice).unwrap_or_default();
        let mut anchors = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| format!("it is no PEM file: {error}"))?;
            let anchor = webpki::anchor_from_trusted_cert(&certificate)
                .map_err(|error| format!("a certificate in it is none of an authority: {error}"))?;
            anchors.push(anchor.to_owned());
        }
        if anchors.is_empty() {
            return Err("there is no certificate in it; give those of the authorities in PEM".to_owned());
        }
        let revoked = contents.get(1).map_or(Ok(Vec::new()), |pem| lists(pem))?;
        Ok(Self { anchors, revoked })
    }
}

/// Reads lists of revoked certificates in PEM. Their signatures are judged with each certificate.
fn lists(pem: &[u8]) -> Result<Vec<CertRevocationList<'static>>, String> {
    let mut lists = Vec::new();
    for list in CertificateRevocationListDer::pem_slice_iter(pem) {
        let list =
            list.map_err(|error| format!("the list of revoked certificates is no PEM file: {error}"))?;
        let list = OwnedCertRevocationList::from_der(&list)
            .map_err(|error| format!("a list of revoked certificates cannot be read: {error}"))?;
        lists.push(list.into());
    }
    match lists.is_empty() {
        true => {
            Err("there is no list of revoked certificates in it; give those of the authorities in PEM"
                .to_owned())
        }
        false => Ok(lists),
    }
}

/// Which service each name stands for.
#[derive(Clone, Debug, Default)]
pub struct Services(Vec<(ServiceName, Caller)>);

impl Services {
    /// Adds a service.
    ///
    /// # Errors
    /// In words: a name that is there already, or a role that no service can have as it is given.
    pub fn add(
        &mut self,
        name: ServiceName,
        role: Role,
        organisation: Option<OrganisationId>,
    ) -> Result<(), String> {
        if role == Role::Local {
            return Err(
                "the role local is for commands on the machine; give the service another one".to_owned()
            );
        }
        if self.0.iter().any(|(known, _)| *known == name) {
            return Err(format!("the name {} stands twice", name.text()));
        }
        let caller = Caller::new(name.text(), role, organisation).map_err(|invalid| invalid.to_string())?;
        self.0.push((name, caller));
        Ok(())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Who shows a chain of certificates, the own one first.
    pub(super) fn caller(
        &self,
        chain: &[CertificateDer<'_>],
        authorities: &Authorities,
        now: SystemTime,
    ) -> Result<Caller, Refusal> {
        let [own, intermediates @ ..] = chain else { return Err(Reason::Missing.into()) };
        let own = EndEntityCert::try_from(own).map_err(|_| Reason::CertificateUntrusted)?;
        let since = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let lists: Vec<&CertRevocationList<'_>> = authorities.revoked.iter().collect();
        // Without a list nothing is known to be revoked; with one, a certificate that no current list is about is refused.
        let revocation = RevocationOptionsBuilder::new(&lists).ok().map(|options| {
            options
                .with_depth(RevocationCheckDepth::EndEntity)
                .with_expiration_policy(ExpirationPolicy::Enforce)
                .build()
        });
        own.verify_for_usage(
            SIGNATURES,
            &authorities.anchors,
            intermediates,
            UnixTime::since_unix_epoch(since),
            KeyUsage::client_auth(),
            revocation,
            None,
        )
        .map_err(|error| match error {
            webpki::Error::CertRevoked
            | webpki::Error::UnknownRevocationStatus
            | webpki::Error::CrlExpired { .. } => Reason::CertificateRevoked,
            _ => Reason::CertificateUntrusted,
        })?;
        let dns: Vec<String> = own.valid_dns_names().map(str::to_ascii_lowercase).collect();
        let uris: Vec<&str> = own.valid_uri_names().collect();
        let names = |name: &ServiceName| match name {
            ServiceName::Dns(name) => dns.contains(name),
            ServiceName::Uri(name) => uris.contains(&name.as_str()),
        };
        let mut known = self.0.iter().filter(|(name, _)| names(name)).map(|(_, caller)| caller);
        match (known.next(), known.next()) {
            (Some(caller), None) => Ok(caller.clone()),
            // A certificate that stands for two services says not which one calls.
            _ => {
                let subject = dns.into_iter().next().or_else(|| uris.first().map(|uri| (*uri).to_owned()));
                Err(Refusal { reason: Reason::CertificateUnknown, subject })
            }
        }
    }
}

/// Signatures of certificates that are taken: no SHA-1, no RSA under 2048 bits.
const SIGNATURES: &[&dyn rustls_pki_types::SignatureVerificationAlgorithm] = &[
    algorithms::ECDSA_P256_SHA256,
    algorithms::ECDSA_P256_SHA384,
    algorithms::ECDSA_P384_SHA256,
    algorithms::ECDSA_P384_SHA384,
    algorithms::ED25519,
    algorithms::RSA_PKCS1_2048_8192_SHA256,
    algorithms::RSA_PKCS1_2048_8192_SHA384,
    algorithms::RSA_PKCS1_2048_8192_SHA512,
    algorithms::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
    algorithms::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
    algorithms::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
];
