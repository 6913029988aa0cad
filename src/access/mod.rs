//! Who calls, and what that caller may: credentials are read and judged here, and one table says what follows.
//!
//! The room knows nothing of the transport: bytes of a token or a certificate go in, a [`Caller`](crate::domain::Caller)
//! or a [`Refusal`] comes out.

mod authenticator;
mod certificate;
mod distinct;
mod keys;
pub mod policy;
mod refusal;
mod reloaded;
mod token;

pub use authenticator::{Authenticator, Credentials};
pub use certificate::{ServiceName, Services};
pub use keys::{Keys, KeysError};
pub use policy::{Reach, Row, TABLE, reach};
pub use refusal::{Reason, Refusal};
pub use reloaded::{Problem, Reloaded};
pub use token::TokenRules;
