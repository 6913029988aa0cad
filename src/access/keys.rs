//! The keys of the issuer of tokens: a JWKS file (RFC 7517), of which P-256 and Ed25519 keys with an id are used.

use super::distinct;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::signature::{ECDSA_P256_SHA256_FIXED, ED25519, UnparsedPublicKey, VerificationAlgorithm};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Most keys of a file.
const MOST_KEYS: usize = 100;

/// A key, which alone says by which algorithm a token under it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    /// ES256: the point, uncompressed.
    P256([u8; 65]),
    /// EdDSA with Ed25519.
    Ed25519([u8; 32]),
}

/// The keys of an issuer by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys(BTreeMap<String, Key>);

/// Why a file gives no keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// It is no JWKS.
    #[error("it is no JWKS: one JSON object with a list `keys`, no name twice")]
    NoJwks,
    /// It holds too many keys.
    #[error("it holds {0} keys; {MOST_KEYS} is the most")]
    TooMany(usize),
    /// Two keys have the same id.
    #[error("the key id {0:?} stands twice; give each key an id of its own")]
    Twice(String),
    /// A key cannot be read.
    #[error("the key {0:?} cannot be read; give kty, crv, x (and y) as in RFC 7518 and RFC 8037")]
    BadKey(String),
    /// There is no key that can be used.
    #[error("there is no key to use in it; it needs a kid and a P-256 (ES256) or Ed25519 (EdDSA) public key")]
    NoKey,
}

/// What a signature is, under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    Wrong,
    OtherAlgorithm,
    UnknownKey,
}

impl Keys {
    /// Reads a JWKS. Keys of other kinds, for encryption or without an id are passed over.
    ///
    /// # Errors
    /// When it is none, when a key of a kind in use cannot be read, when none is left.
    pub fn read(json: &[u8]) -> Result<Self, KeysError> {
        let set = distinct::object(json).map_err(|_| KeysError::NoJwks)?;
        let Some(Value::Array(listed)) = set.get("keys") else { return Err(KeysError::NoJwks) };
        if listed.len() > MOST_KEYS {
            return Err(KeysError::TooMany(listed.len()));
        }
        let mut keys = BTreeMap::new();
        for entry in listed {
            let Value::Object(entry) = entry else { return Err(KeysError::NoJwks) };
            let Some(id) = text(entry, "kid") else { continue };
            if text(entry, "use").is_some_and(|purpose| purpose != "sig") {
                continue;
            }
            let Some(key) = key(entry).map_err(|()| KeysError::BadKey(id.to_owned()))? else { continue };
            if keys.insert(id.to_owned(), key).is_some() {
                return Err(KeysError::Twice(id.to_owned()));
            }
        }
        if keys.is_empty() { Err(KeysError::NoKey) } else { Ok(Self(keys)) }
    }

    /// Judges a signature under the key with an id. The key fixes the algorithm; what the token names must be it.
    pub(super) fn judge(&self, id: &str, algorithm: &str, signed: &[u8], signature: &[u8]) -> Verdict {
        let Some(key) = self.0.get(id) else { return Verdict::UnknownKey };
        let (name, verification, bytes): (_, &'static dyn VerificationAlgorithm, &[u8]) = match key {
            Key::P256(point) => ("ES256", &ECDSA_P256_SHA256_FIXED, point),
            Key::Ed25519(bytes) => ("EdDSA", &ED25519, bytes),
        };
        if algorithm != name {
            return Verdict::OtherAlgorithm;
        }
        match UnparsedPublicKey::new(verification, bytes).verify(signed, signature) {
            Ok(()) => Verdict::Right,
            Err(_) => Verdict::Wrong,
        }
    }
}

fn text<'a>(entry: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    entry.get(name).and_then(Value::as_str)
}

/// The key of an entry; `None` for a kind that is not in use.
fn key(entry: &Map<String, Value>) -> Result<Option<Key>, ()> {
    let coordinate = |name: &str| -> Result<[u8; 32], ()> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text(entry, name).ok_or(())?).map_err(|_| ())?;
        bytes.try_into().map_err(|_| ())
    };
    let algorithm = text(entry, "alg");
    match (text(entry, "kty"), text(entry, "crv")) {
        (Some("EC"), Some("P-256")) if algorithm.is_none_or(|name| name == "ES256") => {
            let mut point = [4; 65];
            point[1..33].copy_from_slice(&coordinate("x")?);
            point[33..].copy_from_slice(&coordinate("y")?);
            Ok(Some(Key::P256(point)))
        }
        (Some("OKP"), Some("Ed25519"))
            if algorithm.is_none_or(|name| name == "EdDSA" || name == "Ed25519") =>
        {
            Ok(Some(Key::Ed25519(coordinate("x")?)))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_kinds_that_are_not_in_use_are_passed_over_and_bad_ones_named() {
        let x = BASE64_URL_SAFE_NO_PAD.encode([7; 32]);
        let ed = format!(r#"{{"kid":"a","kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
        let rsa = r#"{"kid":"r","kty":"RSA","n":"AQAB","e":"AQAB"}"#;
        let set = |keys: &[&str]| Keys::read(format!(r#"{{"keys":[{}]}}"#, keys.join(",")).as_bytes());
        assert_eq!(set(&[&ed, rsa]).unwrap().0.len(), 1);
        assert_eq!(set(&[rsa]), Err(KeysError::NoKey));
        assert_eq!(set(&[&ed, &ed]), Err(KeysError::Twice("a".to_owned())));
        let short = ed.replace(&x, "AQAB");
        assert_eq!(set(&[&short]), Err(KeysError::BadKey("a".to_owned())));
        assert_eq!(
            set(&[&ed.replace("\"kid\":\"a\"", "\"use\":\"enc\",\"kid\":\"a\"")]),
            Err(KeysError::NoKey)
        );
        assert_eq!(set(&[&ed.replace("\"kid\":\"a\",", "")]), Err(KeysError::NoKey), "a key without an id");
        for other in ["", "[]", "{}", r#"{"keys":[],"keys":[]}"#] {
            assert_eq!(Keys::read(other.as_bytes()), Err(KeysError::NoJwks), "{other}");
        }
    }
}
