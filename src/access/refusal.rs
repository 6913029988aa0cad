//! Why it cannot be told who calls.

/// Why credentials are refused: what their owner needs to mend them, and nothing of what is expected here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Neither a token nor a certificate.
    Missing,
    /// More than one authorization, or one that is no bearer token.
    Unclear,
    /// A token over 8 KiB.
    TokenTooLarge,
    /// A token that is no signed JWT, or claims that are none.
    TokenMalformed,
    /// A name that stands twice in the header or the claims.
    TokenDuplicate,
    /// An algorithm other than that of the key, `none` included.
    TokenAlgorithm,
    /// A key that is not, or no longer, among the issuer's.
    TokenKeyUnknown,
    /// A signature that is not of the key.
    TokenSignature,
    /// Of another issuer.
    TokenIssuer,
    /// For another audience.
    TokenAudience,
    /// Its time is over.
    TokenExpired,
    /// Its time has not come.
    TokenNotYetValid,
    /// No role, more than one, or none of this service.
    TokenRole,
    /// No organisation where the role needs one, or something that is none.
    TokenOrganisation,
    /// No subject, or something that is none.
    TokenSubject,
    /// Tokens are not taken here.
    TokensNotTaken,
    /// A certificate that no authority of this service has signed, or whose time is not now.
    CertificateUntrusted,
    /// A certificate that a list of its authority names as revoked, or that no current list is about.
    CertificateRevoked,
    /// A certificate that stands for no service that is known here.
    CertificateUnknown,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 19] = [
        Self::Missing,
        Self::Unclear,
        Self::TokenTooLarge,
        Self::TokenMalformed,
        Self::TokenDuplicate,
        Self::TokenAlgorithm,
        Self::TokenKeyUnknown,
        Self::TokenSignature,
        Self::TokenIssuer,
        Self::TokenAudience,
        Self::TokenExpired,
        Self::TokenNotYetValid,
        Self::TokenRole,
        Self::TokenOrganisation,
        Self::TokenSubject,
        Self::TokensNotTaken,
        Self::CertificateUntrusted,
        Self::CertificateRevoked,
        Self::CertificateUnknown,
    ];

    /// A stable name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "CREDENTIALS_MISSING",
            Self::Unclear => "CREDENTIALS_UNCLEAR",
            Self::TokenTooLarge => "TOKEN_TOO_LARGE",
            Self::TokenMalformed => "TOKEN_MALFORMED",
            Self::TokenDuplicate => "TOKEN_DUPLICATE_CLAIM",
            Self::TokenAlgorithm => "TOKEN_ALGORITHM",
            Self::TokenKeyUnknown => "TOKEN_KEY_UNKNOWN",
            Self::TokenSignature => "TOKEN_SIGNATURE",
            Self::TokenIssuer => "TOKEN_ISSUER",
            Self::TokenAudience => "TOKEN_AUDIENCE",
            Self::TokenExpired => "TOKEN_EXPIRED",
            Self::TokenNotYetValid => "TOKEN_NOT_YET_VALID",
            Self::TokenRole => "TOKEN_ROLE",
            Self::TokenOrganisation => "TOKEN_ORGANISATION",
            Self::TokenSubject => "TOKEN_SUBJECT",
            Self::TokensNotTaken => "TOKENS_NOT_TAKEN",
            Self::CertificateUntrusted => "CERTIFICATE_UNTRUSTED",
            Self::CertificateRevoked => "CERTIFICATE_REVOKED",
            Self::CertificateUnknown => "CERTIFICATE_UNKNOWN",
        }
    }

    /// What is wrong and what to do, for the owner of the credentials.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Missing => {
                "the call says not who makes it; send a bearer token, or show a client certificate"
            }
            Self::Unclear => {
                "the authorization is not one bearer token; send `authorization: Bearer TOKEN` once"
            }
            Self::TokenTooLarge => "the token is too large; ask its issuer for one with fewer claims",
            Self::TokenMalformed => "the token cannot be read; send a signed JWT with plain claims",
            Self::TokenDuplicate => "a name stands twice in the token; ask its issuer for another one",
            Self::TokenAlgorithm => "the token is not signed as its key asks; sign with ES256 or EdDSA",
            Self::TokenKeyUnknown => {
                "the key of the token is not known, or no longer; ask its issuer for a new token"
            }
            Self::TokenSignature => "the signature of the token is not right; ask its issuer for a new token",
            Self::TokenIssuer => "the token comes from another issuer",
            Self::TokenAudience => "the token is meant for another service",
            Self::TokenExpired => "the time of the token is over; ask its issuer for a new token",
            Self::TokenNotYetValid => "the time of the token has not come; compare the clocks",
            Self::TokenRole => {
                "the token does not name exactly one role of this service; ask for one at its issuer"
            }
            Self::TokenOrganisation => "the token does not name the organisation as its role needs it",
            Self::TokenSubject => "the token does not say who its owner is",
            Self::TokensNotTaken => "this service takes no tokens; show a client certificate",
            Self::CertificateUntrusted => {
                "the certificate is not signed by an authority of this service, or its time is not now"
            }
            Self::CertificateRevoked => {
                "the certificate was revoked, or no current list says that it was not"
            }
            Self::CertificateUnknown => "the certificate names no service that is known here",
        }
    }
}

/// Credentials that were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// Whose credentials they are, where a signature vouches for it.
    pub subject: Option<String>,
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self { reason, subject: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fmt::Write};

    #[test]
    fn the_documentation_tells_every_reason() {
        let mut table = String::new();
        for reason in Reason::ALL {
            let _ = writeln!(table, "| `{}` | {} |", reason.name(), reason.remedy());
        }
        let page = include_str!("../../docs/access.md");
        assert!(page.contains(&table), "docs/access.md does not tell the reasons; it should hold:\n{table}");
        assert_eq!(Reason::ALL.map(Reason::name).iter().collect::<BTreeSet<_>>().len(), Reason::ALL.len());
    }
}
