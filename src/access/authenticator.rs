//! Tokens and certificates together: who a caller is, by all that a call brings.

use super::{
    certificate::{Authorities, Services},
    keys::Keys,
    refusal::{Reason, Refusal},
    reloaded::{Problem, Reloaded},
    token::TokenRules,
};
use crate::domain::Caller;
use rustls_pki_types::CertificateDer;
use std::{path::PathBuf, time::SystemTime};

/// What a call brings.
#[derive(Clone, Copy, Debug)]
pub struct Credentials<'a> {
    /// The value of `authorization`.
    pub authorization: Option<&'a [u8]>,
    /// Whether there is more than one.
    pub more_than_one: bool,
    /// The chain of certificates, the own one first; that the client holds its key is proven.
    pub certificates: Option<&'a [CertificateDer<'static>]>,
}

/// Judges what a call brings.
#[derive(Debug, Default)]
pub struct Authenticator {
    tokens: Option<(TokenRules, Reloaded<Keys>)>,
    services: Option<(Services, Reloaded<Authorities>)>,
}

impl Authenticator {
    /// Takes tokens under the keys of a JWKS file.
    ///
    /// # Errors
    /// When the file gives no keys.
    pub fn take_tokens(&mut self, rules: TokenRules, jwks: PathBuf) -> Result<(), Problem> {
        let keys = Reloaded::open(vec![jwks], |contents| {
            let json = contents.first().map(Vec::as_slice).unwrap_or_default();
            Keys::read(json).map_err(|error| error.to_string())
        })?;
        self.tokens = Some((rules, keys));
        Ok(())
    }

    /// Takes certificates of services, signed by the authorities of a PEM file and not named in a second one, where there is
    /// one, with their lists of revoked certificates.
    ///
    /// # Errors
    /// When the file gives no authorities.
    pub fn take_certificates(
        &mut self,
        services: Services,
        authorities: PathBuf,
        revoked: Option<PathBuf>,
    ) -> Result<(), Problem> {
        let files = [authorities].into_iter().chain(revoked).collect();
        let authorities = Reloaded::open(files, Authorities::read)?;
        self.services = Some((services, authorities));
        Ok(())
    }

    /// Reads keys and authorities again where their files have changed.
    pub fn refresh(&self) {
        if let Some((_, keys)) = &self.tokens {
            keys.refresh();
        }
        if let Some((_, authorities)) = &self.services {
            authorities.refresh();
        }
    }

    /// Who calls. A certificate that is not trusted is refused whatever else comes; beside a trusted one a token says
    /// for whom the service calls.
    ///
    /// # Errors
    /// When it cannot be told, with what the owner of the credentials needs to know.
    pub fn caller(&self, credentials: &Credentials<'_>, now: SystemTime) -> Result<Caller, Refusal> {
        let of_service = match (credentials.certificates.filter(|chain| !chain.is_empty()), &self.services) {
            (None, _) => None,
            (Some(_), None) => return Err(Reason::CertificateUntrusted.into()),
            (Some(chain), Some((services, authorities))) => {
                Some(services.caller(chain, &authorities.current(), now))
            }
        };
        if let Some(Err(refusal)) = &of_service
            && matches!(refusal.reason, Reason::CertificateUntrusted | Reason::CertificateRevoked)
        {
            return Err(refusal.clone());
        }
        if credentials.more_than_one {
            return Err(Reason::Unclear.into());
        }
        let Some(authorization) = credentials.authorization else {
            return of_service.unwrap_or_else(|| Err(Reason::Missing.into()));
        };
        let Some((rules, keys)) = &self.tokens else { return Err(Reason::TokensNotTaken.into()) };
        rules.caller(bearer(authorization)?, &keys.current(), now)
    }
}

fn bearer(authorization: &[u8]) -> Result<&[u8], Reason> {
    match authorization.split_at_checked(7) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case(b"bearer ") => Ok(token.trim_ascii()),
        _ => Err(Reason::Unclear),
    }
}
