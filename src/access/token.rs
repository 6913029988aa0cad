//! Bearer tokens of people: signed JWTs (RFC 7519) as an OpenID provider gives them out.

use super::{
    distinct::{self, NotDistinct},
    keys::{Keys, Verdict},
    refusal::{Reason, Refusal},
};
use crate::domain::{Caller, Role, text::OrganisationId};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Largest token, in bytes.
const TOKEN_BYTES: usize = 8 * 1024;

/// Which tokens are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRules {
    /// What `iss` must be.
    pub issuer: String,
    /// What `aud` must be, or hold.
    pub audience: String,
    /// The claim that names the role: a text, or a list with exactly one role of this service in it.
    pub role_claim: String,
    /// The claim that names the organisation.
    pub organisation_claim: String,
    /// How far the clocks may be apart, at most a minute.
    pub leeway: Duration,
}

impl TokenRules {
    /// Who the owner of a token is.
    ///
    /// Nothing of the claims is looked at before the signature is found right.
    pub(super) fn caller(&self, token: &[u8], keys: &Keys, now: SystemTime) -> Result<Caller, Refusal> {
        let claims = signed_claims(token, keys)?;
        let subject = claims.get("sub").and_then(Value::as_str).map(str::to_owned);
        self.of_claims(&claims, now).map_err(|reason| {
            let plain = |subject: &String| subject.chars().take(200).filter(|c| !c.is_control()).collect();
            Refusal { reason, subject: subject.as_ref().map(plain) }
        })
    }

    fn of_claims(&self, claims: &Map<String, Value>, now: SystemTime) -> Result<Caller, Reason> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        if text("iss") != Some(&self.issuer) {
            return Err(Reason::TokenIssuer);
        }
        if !self.is_for_us(claims.get("aud")) {
            return Err(Reason::TokenAudience);
        }
        self.check_times(claims, now)?;
        let role = self.role(claims)?;
        let organisation = match claims.get(&self.organisation_claim) {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => Some(OrganisationId::new(id).map_err(|_| Reason::TokenOrganisation)?),
            Some(_) => return Err(Reason::TokenOrganisation),
        };
        if role.needs_organisation() && organisation.is_none() {
            return Err(Reason::TokenOrganisation);
        }
        let subject = text("sub").ok_or(Reason::TokenSubject)?;
        Caller::new(subject, role, organisation).map_err(|_| Reason::TokenSubject)
    }

    fn is_for_us(&self, audience: Option<&Value>) -> bool {
        match audience {
            Some(Value::String(one)) => *one == self.audience,
            Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(&self.audience)),
            _ => false,
        }
    }

    /// `exp` is needed; `nbf` and `iat` hold where they are there.
    fn check_times(&self, claims: &Map<String, Value>, now: SystemTime) -> Result<(), Reason> {
        // A clock before 1970 takes every token as not yet valid.
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let leeway = self.leeway.as_secs_f64();
        let time = |name: &str| match claims.get(name) {
            None => Ok(None),
            Some(value) => value.as_f64().map(Some).ok_or(Reason::TokenMalformed),
        };
        let expires = time("exp")?.ok_or(Reason::TokenExpired)?;
        if now >= expires + leeway {
            return Err(Reason::TokenExpired);
        }
        for name in ["nbf", "iat"] {
            if time(name)?.is_some_and(|from| now < from - leeway) {
                return Err(Reason::TokenNotYetValid);
            }
        }
        Ok(())
    }

    fn role(&self, claims: &Map<String, Value>) -> Result<Role, Reason> {
        // `local` is no role that somebody can be given.
        let named = |value: &Value| value.as_str().and_then(Role::named).filter(|role| *role != Role::Local);
        let roles: Vec<Role> = match claims.get(&self.role_claim) {
            Some(Value::Array(several)) => several.iter().filter_map(named).collect(),
            Some(one) => named(one).into_iter().collect(),
            None => Vec::new(),
        };
        match roles[..] {
            [role] => Ok(role),
            _ => Err(Reason::TokenRole),
        }
    }
}

/// The claims of a token whose signature is right.
fn signed_claims(token: &[u8], keys: &Keys) -> Result<Map<String, Value>, Reason> {
    if token.len() > TOKEN_BYTES {
        return Err(Reason::TokenTooLarge);
    }
    let token = std::str::from_utf8(token).map_err(|_| Reason::TokenMalformed)?;
    let (signed, signature) = token.rsplit_once('.').ok_or(Reason::TokenMalformed)?;
    let (header, claims) = signed.split_once('.').ok_or(Reason::TokenMalformed)?;
    let header = part(header)?;
    let text = |name: &str| header.get(name).and_then(Value::as_str);
    // What a header says must be understood is never understood here.
    if header.contains_key("crit") {
        return Err(Reason::TokenMalformed);
    }
    let algorithm = text("alg").ok_or(Reason::TokenAlgorithm)?;
    if !matches!(algorithm, "ES256" | "EdDSA") {
        return Err(Reason::TokenAlgorithm);
    }
    let id = text("kid").ok_or(Reason::TokenKeyUnknown)?;
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| Reason::TokenMalformed)?;
    match keys.judge(id, algorithm, signed.as_bytes(), &signature) {
        Verdict::Right => part(claims),
        Verdict::Wrong => Err(Reason::TokenSignature),
        Verdict::OtherAlgorithm => Err(Reason::TokenAlgorithm),
        Verdict::UnknownKey => Err(Reason::TokenKeyUnknown),
    }
}

/// A header or claims.
fn part(text: &str) -> Result<Map<String, Value>, Reason> {
    let json = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| Reason::TokenMalformed)?;
    distinct::object(&json).map_err(|why| match why {
        NotDistinct::Twice => Reason::TokenDuplicate,
        NotDistinct::NoObject => Reason::TokenMalformed,
    })
}
