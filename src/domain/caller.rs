//! Who calls: what access, views and the record of what happened go by.

use super::{InvalidValue, text::OrganisationId};
use std::fmt;

/// Most characters of a subject.
const SUBJECT_CHARACTERS: usize = 200;

/// What a caller may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A tool of the employer service (*werkgeversservicepunt*): vacancies, and candidates to write only.
    EmployerTool,
    /// An advisor (*adviseur werk, werkcoach*), or an advisor's tool.
    Advisor,
    /// The nightly run.
    Batch,
    /// Delivers records.
    Importer,
    /// Answers people who ask what is known of them, and forgets them (*functionaris gegevensbescherming*).
    PrivacyOfficer,
    /// Looks into what the service did and why.
    Auditor,
    /// Keeps the service running and sees no personal data.
    Operator,
    /// Holds the token of the data folder: a command on the machine itself, which may read the files anyway.
    Local,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::EmployerTool,
        Self::Advisor,
        Self::Batch,
        Self::Importer,
        Self::PrivacyOfficer,
        Self::Auditor,
        Self::Operator,
        Self::Local,
    ];

    /// The name in tokens, settings and the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::EmployerTool => "employer_tool",
            Self::Advisor => "advisor",
            Self::Batch => "batch",
            Self::Importer => "importer",
            Self::PrivacyOfficer => "privacy_officer",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
            Self::Local => "local",
        }
    }

    /// The role of a name; `None` for any other text.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether nobody has this role without an organisation: whose records it works on could not be told.
    pub fn needs_organisation(self) -> bool {
        matches!(self, Self::EmployerTool | Self::Importer)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Who calls: from a token, a client certificate, or the machine itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    subject: String,
    role: Role,
    organisation: Option<OrganisationId>,
}

impl Caller {
    /// A caller.
    ///
    /// # Errors
    /// When the subject has no or more than 200 characters or a control character, or the role needs an organisation
    /// and there is none.
    pub fn new(
        subject: impl Into<String>,
        role: Role,
        organisation: Option<OrganisationId>,
    ) -> Result<Self, InvalidValue> {
        let subject = subject.into();
        let length = subject.chars().count();
        if !(1..=SUBJECT_CHARACTERS).contains(&length) {
            return Err(InvalidValue::new(
                format!("the subject has {length} characters"),
                format!("give 1 to {SUBJECT_CHARACTERS}"),
            ));
        }
        if subject.chars().any(char::is_control) {
            return Err(InvalidValue::new(
                "the subject holds a control character",
                "use visible characters only in a subject",
            ));
        }
        if role.needs_organisation() && organisation.is_none() {
            return Err(InvalidValue::new(
                format!("the role {role} has no organisation"),
                "name the organisation whose records it works on",
            ));
        }
        Ok(Self { subject, role, organisation })
    }

    /// A command on the machine itself.
    pub fn local() -> Self {
        Self { subject: "local".to_owned(), role: Role::Local, organisation: None }
    }

    /// Whoever calls over loopback a service that has no configuration.
    pub fn embedded_advisor() -> Self {
        Self { subject: "local".to_owned(), role: Role::Advisor, organisation: None }
    }

    /// Who, as the issuer of the token or the certificate names it: 1 to 200 characters.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// As what.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Of which organisation; `None`: of none in particular.
    pub fn organisation(&self) -> Option<&str> {
        self.organisation.as_ref().map(OrganisationId::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_known_by_its_name_alone() {
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("Advisor"), None);
    }

    #[test]
    fn who_delivers_says_for_whom_and_who_calls_has_a_name() {
        let twente = || Some(OrganisationId::new("gemeente-enschede").unwrap());
        for role in Role::ALL {
            assert!(Caller::new("k-7", role, twente()).is_ok(), "{role}");
            let bound = matches!(role, Role::EmployerTool | Role::Importer);
            assert_eq!(Caller::new("k-7", role, None).is_err(), bound, "{role}");
        }
        for bad in ["".to_owned(), "x".repeat(201), "a\nb".to_owned()] {
            assert!(Caller::new(bad, Role::Advisor, twente()).is_err());
        }
    }
}
