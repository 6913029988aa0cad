//! The key that signs checkpoints, headers and what was taken out.

use super::{LogError, hex, unhex};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::fmt;

/// A signature.
pub(super) type Signature = [u8; 64];

/// Signs. Made from a secret of the store; never shown.
pub struct LogKey(Ed25519KeyPair);

/// Tells whether something was signed by the [`LogKey`] that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(pub(super) [u8; 32]);

impl LogKey {
    /// The key of a seed: the same seed gives the same key.
    ///
    /// # Errors
    /// Never for 32 bytes; the signature of the library allows for it.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, LogError> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|_| {
            LogError::System("the signing key of the record of decisions cannot be made".to_owned())
        })
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.0.public_key().as_ref());
        PublicKey(bytes)
    }

    pub(super) fn sign(&self, message: &[u8]) -> Signature {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.0.sign(message).as_ref());
        signature
    }
}

/// A key is never shown.
impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LogKey(not shown)")
    }
}

impl PublicKey {
    /// The key in 64 hexadecimal digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        unhex(text).map(Self)
    }

    /// Whether a message was signed by the key.
    pub(super) fn signed(&self, message: &[u8], signature: &Signature) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(message, signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}
