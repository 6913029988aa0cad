//! Keys, tokens and certificates, made for each test.

#![allow(unreachable_pub, reason = "the files of this test use it")]

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use passend::access::{Authenticator, TokenRules};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyIdMethod, KeyPair, RevokedCertParams, SanType,
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tonic::{Request, Status, metadata::MetadataValue, service::Interceptor};

pub const ISSUER: &str = "https://login.voorbeeld.nl";
pub const AUDIENCE: &str = "passend";
pub const OWN: &str = "gemeente-enschede";
pub const OTHER: &str = "gemeente-hengelo";

/// A key of an issuer of tokens.
pub enum SigningKey {
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

pub fn p256() -> SigningKey {
    let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    SigningKey::P256(EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap())
}

pub fn ed25519() -> SigningKey {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    SigningKey::Ed25519(Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap())
}

pub fn text(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

impl SigningKey {
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::P256(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    pub fn public(&self) -> Vec<u8> {
        match self {
            Self::P256(pair) => pair.public_key().as_ref().to_vec(),
            Self::Ed25519(pair) => pair.public_key().as_ref().to_vec(),
        }
    }

    fn jwk(&self, id: &str) -> Value {
        let public = self.public();
        match self {
            Self::P256(_) => {
                json!({"kid": id, "kty": "EC", "crv": "P-256", "use": "sig",
                       "x": text(&public[1..33]), "y": text(&public[33..])})
            }
            Self::Ed25519(_) => json!({"kid": id, "kty": "OKP", "crv": "Ed25519", "x": text(&public)}),
        }
    }

    pub fn sign(&self, header: &str, claims: &str) -> String {
        let signed = format!("{}.{}", text(header), text(claims));
        let signature = match self {
            Self::P256(pair) => pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap().as_ref().to_vec(),
            Self::Ed25519(pair) => pair.sign(signed.as_bytes()).as_ref().to_vec(),
        };
        format!("{signed}.{}", text(signature))
    }

    /// A token as an issuer signs it.
    pub fn token(&self, id: &str, claims: &Value) -> String {
        self.sign(&json!({"alg": self.algorithm(), "kid": id, "typ": "JWT"}).to_string(), &claims.to_string())
    }
}

/// Seconds since 1970, some from now.
pub fn seconds(from_now: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    i64::try_from(now).unwrap() + from_now
}

/// The claims of a right token.
pub fn claims(role: &str, organisation: Option<&str>) -> Value {
    let mut claims = json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "u-17", "exp": seconds(300),
                            "nbf": seconds(-5), "passend_role": role});
    if let Some(organisation) = organisation {
        claims["passend_organisation"] = organisation.into();
    }
    claims
}

pub fn write_jwks(path: &Path, keys: &[(&str, &SigningKey)]) {
    let keys: Vec<Value> = keys.iter().map(|(id, key)| key.jwk(id)).collect();
    fs::write(path, json!({ "keys": keys }).to_string()).unwrap();
}

/// Takes tokens of the test's issuer, under the keys of a file.
pub fn authenticator(jwks: &Path) -> Authenticator {
    let mut authenticator = Authenticator::default();
    let rules = TokenRules {
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        role_claim: "passend_role".to_owned(),
        organisation_claim: "passend_organisation".to_owned(),
        leeway: Duration::from_secs(30),
    };
    authenticator.take_tokens(rules, jwks.to_owned()).unwrap();
    authenticator
}

/// Sends a token along, or none.
#[derive(Clone, Debug, Default)]
pub struct Bearer(pub Option<String>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            let value = MetadataValue::try_from(format!("Bearer {token}")).unwrap();
            request.metadata_mut().insert("authorization", value);
        }
        Ok(request)
    }
}

/// So many days from now.
fn at(days: i64) -> SystemTime {
    let span = Duration::from_secs(86_400 * days.unsigned_abs());
    if days < 0 { SystemTime::now() - span } else { SystemTime::now() + span }
}

/// An authority that signs certificates.
pub struct Authority {
    pub pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A list of revoked certificates, by their numbers, in PEM; valid until a day from now.
    pub fn revoked(&self, numbers: &[u64], until: i64) -> String {
        let now = SystemTime::now();
        let list = CertificateRevocationListParams {
            this_update: (now - Duration::from_secs(3 * 86_400)).into(),
            next_update: at(until).into(),
            crl_number: 1_u64.into(),
            issuing_distribution_point: None,
            revoked_certs: numbers
                .iter()
                .map(|number| RevokedCertParams {
                    serial_number: (*number).into(),
                    revocation_time: (now - Duration::from_secs(60)).into(),
                    reason_code: None,
                    invalidity_date: None,
                })
                .collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.issuer).unwrap().pem().unwrap()
    }

    /// A certificate and its key, both in PEM.
    pub fn issue(
        &self,
        names: &[SanType],
        purpose: ExtendedKeyUsagePurpose,
        days: (i64, i64),
    ) -> (String, String) {
        self.issue_numbered(names, purpose, days, None)
    }

    /// The same with a number of its own.
    pub fn issue_numbered(
        &self,
        names: &[SanType],
        purpose: ExtendedKeyUsagePurpose,
        days: (i64, i64),
        number: Option<u64>,
    ) -> (String, String) {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.subject_alt_names = names.to_vec();
        params.extended_key_usages = vec![purpose];
        params.serial_number = number.map(Into::into);
        (params.not_before, params.not_after) = (at(days.0).into(), at(days.1).into());
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }
}
