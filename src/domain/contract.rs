//! Forms of contract.

use serde::{Deserialize, Serialize};

/// For how long a contract is made (VUM: codeTypeArbeidscontract).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContractDuration {
    /// For a fixed term (*bepaalde tijd*), VUM B.
    FixedTerm,
    /// Open-ended (*onbepaalde tijd*), VUM O.
    OpenEnded,
}

/// What kind of agreement it is (VUM: codeTypeOvereenkomst).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AgreementKind {
    /// A regular job (*reguliere vacature*), VUM 01.
    Regular,
    /// A learning job (*leerbaan*), VUM 02.
    LearningJob,
    /// Voluntary work (*vrijwilligerswerk*), VUM 03.
    Voluntary,
    /// A work experience placement (*werkervaringsplaats*), VUM 04.
    WorkExperience,
}

/// A form of contract that is offered or accepted; what is `None` does not matter or is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ContractForm {
    /// For how long.
    pub duration: Option<ContractDuration>,
    /// What kind.
    pub kind: Option<AgreementKind>,
}
