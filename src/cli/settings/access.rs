//! Settings of who may in: `[tls]` and `[authentication]`.

use super::layers::{Environment, Origin, Setting, layered, parsed, path};
use crate::access::{Authenticator, ServiceName, Services, TokenRules};
use crate::cli::{arguments::AccessFlags, failure::WrongUse};
use crate::domain::{Role, text::OrganisationId};
use crate::grpc::Tls;
use serde::Deserialize;
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// Longest leeway between two clocks, in seconds.
const LEEWAY_SECONDS: u64 = 60;
/// Leeway when nothing says otherwise, in seconds.
const LEEWAY: u64 = 30;
/// The claim with the role when nothing says otherwise.
const ROLE_CLAIM: &str = "passend_role";
/// The claim with the organisation when nothing says otherwise.
const ORGANISATION_CLAIM: &str = "passend_organisation";

/// `[tls]` in the settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TlsFile {
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    client_ca: Option<PathBuf>,
    client_crl: Option<PathBuf>,
}

/// `[authentication]` in the settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthenticationFile {
    issuer: Option<String>,
    audience: Option<String>,
    jwks: Option<PathBuf>,
    role_claim: Option<String>,
    organisation_claim: Option<String>,
    leeway_seconds: Option<u64>,
    #[serde(default)]
    services: Vec<ServiceFile>,
}

/// `[[authentication.services]]` in the settings file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceFile {
    name: String,
    role: String,
    organisation: Option<String>,
}

impl TlsFile {
    /// Paths that start at the folder of the settings file when they are relative.
    pub(super) fn paths(&mut self) -> [&mut Option<PathBuf>; 4] {
        [&mut self.certificate, &mut self.key, &mut self.client_ca, &mut self.client_crl]
    }
}

impl AuthenticationFile {
    /// The path that starts at the folder of the settings file when it is relative.
    pub(super) fn path(&mut self) -> &mut Option<PathBuf> {
        &mut self.jwks
    }
}

/// Who may in.
#[derive(Clone, Debug)]
pub(super) struct AccessSettings {
    certificate: Setting<Option<PathBuf>>,
    key: Setting<Option<PathBuf>>,
    client_ca: Setting<Option<PathBuf>>,
    client_crl: Setting<Option<PathBuf>>,
    issuer: Setting<Option<String>>,
    audience: Setting<Option<String>>,
    jwks: Setting<Option<PathBuf>>,
    role_claim: Setting<String>,
    organisation_claim: Setting<String>,
    leeway_seconds: Setting<u64>,
    services: Vec<ServiceFile>,
}

/// What a server is guarded by.
#[derive(Debug)]
pub(in crate::cli) struct Guard {
    /// TLS around the connections, where there is.
    pub(in crate::cli) tls: Option<Tls>,
    /// Who tells who calls, where somebody does.
    pub(in crate::cli) authenticator: Option<Arc<Authenticator>>,
}

impl AccessSettings {
    /// Puts the layers on top of each other.
    pub(super) fn resolve(
        flags: &AccessFlags,
        environment: Environment<'_>,
        tls: TlsFile,
        authentication: AuthenticationFile,
    ) -> Result<Self, WrongUse> {
        let file = |flag: &Option<PathBuf>, name, in_file: Option<PathBuf>| {
            let (flag, environment) = (flag.clone().map(Some), path(environment, name).map(Some));
            layered(flag, environment, in_file.map(Some), || Ok(None))
        };
        let text = |flag: &Option<String>, name, in_file: Option<String>| {
            let environment = parsed::<String>(environment, name, "a text")?.map(Some);
            layered(flag.clone().map(Some), environment, in_file.map(Some), || Ok(None))
        };
        let claim = |name, in_file: Option<String>, default: &str| {
            layered(None, parsed::<String>(environment, name, "a name")?, in_file, || Ok(default.to_owned()))
        };
        let leeway = parsed::<u64>(environment, "PASSEND_LEEWAY_SECONDS", "0 to 60")?;
        Ok(Self {
            certificate: file(&flags.tls_certificate, "PASSEND_TLS_CERTIFICATE", tls.certificate)?,
            key: file(&flags.tls_key, "PASSEND_TLS_KEY", tls.key)?,
            client_ca: file(&flags.client_ca, "PASSEND_CLIENT_CA", tls.client_ca)?,
            client_crl: file(&flags.client_crl, "PASSEND_CLIENT_CRL", tls.client_crl)?,
            issuer: text(&flags.issuer, "PASSEND_ISSUER", authentication.issuer)?,
            audience: text(&flags.audience, "PASSEND_AUDIENCE", authentication.audience)?,
            jwks: file(&flags.jwks, "PASSEND_JWKS", authentication.jwks)?,
            role_claim: claim("PASSEND_ROLE_CLAIM", authentication.role_claim, ROLE_CLAIM)?,
            organisation_claim: claim(
                "PASSEND_ORGANISATION_CLAIM",
                authentication.organisation_claim,
                ORGANISATION_CLAIM,
            )?,
            leeway_seconds: layered(None, leeway, authentication.leeway_seconds, || Ok(LEEWAY))?,
            services: authentication.services,
        })
    }

    /// Reads what the settings name; `public`: other machines can reach the service.
    ///
    /// # Errors
    /// Everything that is wrong or missing, at once.
    pub(super) fn guard(&self, public: bool) -> Result<Guard, WrongUse> {
        let mut wrong = Vec::new();
        let tls = self.tls(&mut wrong);
        let mut authenticator = Authenticator::default();
        let tokens = self.take_tokens(&mut authenticator, &mut wrong);
        let certificates = self.take_certificates(&mut authenticator, &mut wrong);
        if public && self.certificate.value.is_none() && self.key.value.is_none() {
            wrong.push(
                "there is no TLS; name a certificate and a key in [tls] (--tls-certificate, --tls-key)"
                    .to_owned(),
            );
        }
        if public && !tokens && !certificates {
            wrong.push(
                "there is no authentication; name issuer, audience and jwks in [authentication], or client_ca in [tls] \
                 and services in [[authentication.services]]"
                    .to_owned(),
            );
        }
        if certificates && self.certificate.value.is_none() {
            wrong.push("client_ca asks for TLS; name a certificate and a key in [tls]".to_owned());
        }
        if !wrong.is_empty() {
            return Err(WrongUse::new(wrong.join("\n")));
        }
        let authenticator = (tokens || certificates).then(|| Arc::new(authenticator));
        Ok(Guard { tls, authenticator })
    }

    fn tls(&self, wrong: &mut Vec<String>) -> Option<Tls> {
        match (&self.certificate.value, &self.key.value) {
            (None, None) => None,
            (Some(certificate), Some(key)) => Tls::open(certificate.clone(), key.clone())
                .map_err(|error| wrong.push(format!("tls: {error}")))
                .ok(),
            (Some(_), None) => {
                wrong.push("tls.certificate has no key; name it in tls.key (--tls-key)".to_owned());
                None
            }
            (None, Some(_)) => {
                wrong.push(
                    "tls.key has no certificate; name it in tls.certificate (--tls-certificate)".to_owned(),
                );
                None
            }
        }
    }

    /// Whether tokens are asked for.
    fn take_tokens(&self, authenticator: &mut Authenticator, wrong: &mut Vec<String>) -> bool {
        let named = [
            ("issuer", self.issuer.value.is_some()),
            ("audience", self.audience.value.is_some()),
            ("jwks", self.jwks.value.is_some()),
        ];
        if self.leeway_seconds.value > LEEWAY_SECONDS {
            let (value, origin) = (self.leeway_seconds.value, self.leeway_seconds.origin.words());
            wrong.push(format!(
                "authentication.leeway_seconds ({origin}) is {value}; give 0 to {LEEWAY_SECONDS}"
            ));
        }
        let (Some(issuer), Some(audience), Some(jwks)) =
            (&self.issuer.value, &self.audience.value, &self.jwks.value)
        else {
            let missing: Vec<_> = named.iter().filter(|(_, is)| !is).map(|(name, _)| *name).collect();
            if missing.len() < named.len() {
                wrong.push(format!("authentication: tokens also need {}", missing.join(" and ")));
            }
            return missing.len() < named.len();
        };
        let rules = TokenRules {
            issuer: issuer.clone(),
            audience: audience.clone(),
            role_claim: self.role_claim.value.clone(),
            organisation_claim: self.organisation_claim.value.clone(),
            leeway: Duration::from_secs(self.leeway_seconds.value),
        };
        if let Err(error) = authenticator.take_tokens(rules, jwks.clone()) {
            wrong.push(format!("authentication.jwks: {error}"));
        }
        true
    }

    /// Whether certificates are asked for.
    fn take_certificates(&self, authenticator: &mut Authenticator, wrong: &mut Vec<String>) -> bool {
        let services = self.services(wrong);
        if let (Some(_), None) = (&self.client_crl.value, &self.client_ca.value) {
            wrong.push(
                "tls.client_crl is about certificates of an authority; name it in tls.client_ca".to_owned(),
            );
        }
        match &self.client_ca.value {
            None if self.services.is_empty() => false,
            None => {
                wrong.push(
                    "authentication.services need the authority of their certificates: tls.client_ca"
                        .to_owned(),
                );
                false
            }
            Some(_) if self.services.is_empty() => {
                wrong.push(
                    "tls.client_ca lets no service in; name each in [[authentication.services]]".to_owned(),
                );
                true
            }
            Some(authorities) => {
                if let Err(error) = authenticator.take_certificates(
                    services,
                    authorities.clone(),
                    self.client_crl.value.clone(),
                ) {
                    wrong.push(format!("tls.client_ca: {error}"));
                }
                true
            }
        }
    }

    fn services(&self, wrong: &mut Vec<String>) -> Services {
        let mut services = Services::default();
        for ServiceFile { name, role, organisation } in &self.services {
            let read = || {
                let name = ServiceName::read(name).ok_or("give it as dns:NAME or uri:URI, without *")?;
                let role = Role::named(role).ok_or_else(|| {
                    let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
                    format!("there is no role {role:?}; give one of {}", names.join(", "))
                })?;
                let organisation = organisation.as_ref().map(OrganisationId::new).transpose();
                services.add(name, role, organisation.map_err(|invalid| invalid.to_string())?)
            };
            let mut read = read;
            if let Err(problem) = read() {
                wrong.push(format!("authentication.services {name:?}: {problem}"));
            }
        }
        services
    }

    /// The settings as they stand in a settings file, with the layer of each behind it. None of them is a secret: of a key
    /// the file is named.
    pub(super) fn to_toml(&self) -> String {
        let mut text = String::new();
        let tls = [
            ("certificate", &self.certificate),
            ("key", &self.key),
            ("client_ca", &self.client_ca),
            ("client_crl", &self.client_crl),
        ];
        if tls.iter().any(|(_, setting)| setting.value.is_some()) {
            text.push_str("\n[tls]\n");
            for (name, setting) in tls {
                put_path(&mut text, name, setting);
            }
        }
        if self.jwks.value.is_none() && self.issuer.value.is_none() && self.services.is_empty() {
            if self.certificate.value.is_none() {
                text.push_str("# who may in: this machine only, as an advisor\n");
            }
            return text;
        }
        text.push_str("\n[authentication]\n");
        for (name, setting) in [("issuer", &self.issuer), ("audience", &self.audience)] {
            if let Some(value) = &setting.value {
                put(&mut text, name, value.as_str().into(), setting.origin);
            }
        }
        put_path(&mut text, "jwks", &self.jwks);
        put(&mut text, "role_claim", self.role_claim.value.as_str().into(), self.role_claim.origin);
        let claim = &self.organisation_claim;
        put(&mut text, "organisation_claim", claim.value.as_str().into(), claim.origin);
        let leeway = i64::try_from(self.leeway_seconds.value).unwrap_or(i64::MAX);
        put(&mut text, "leeway_seconds", leeway.into(), self.leeway_seconds.origin);
        for ServiceFile { name, role, organisation } in &self.services {
            text.push_str("\n[[authentication.services]]\n");
            put(&mut text, "name", name.as_str().into(), Origin::File);
            put(&mut text, "role", role.as_str().into(), Origin::File);
            if let Some(organisation) = organisation {
                put(&mut text, "organisation", organisation.as_str().into(), Origin::File);
            }
        }
        text
    }
}

fn put(text: &mut String, name: &str, value: toml::Value, origin: Origin) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{name} = {value}  # {}", origin.words());
}

fn put_path(text: &mut String, name: &str, setting: &Setting<Option<PathBuf>>) {
    if let Some(path) = &setting.value {
        put(text, name, Path::display(path).to_string().into(), setting.origin);
    }
}
