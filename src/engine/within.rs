//! Whose records a caller may touch: those of the own organisation, or all. A record of another organisation is as one
//! that does not exist.

use super::{EngineError, entity::Entity};
use crate::domain::text::OrganisationId;
use crate::wire::Violations;

/// The organisation within which a caller works; `None`: all of them.
pub type Within = Option<OrganisationId>;

/// Whether a record is within reach. A record without an organisation is nobody's own.
pub fn reaches<T: Entity>(within: &Within, record: &T) -> bool {
    within.is_none() || record.ownership().organisation == *within
}

/// Makes a record that is written the organisation's own.
///
/// # Errors
/// When the record names another organisation.
pub(super) fn claim<T: Entity>(within: &Within, record: &mut T) -> Result<(), EngineError> {
    let Some(own) = within else { return Ok(()) };
    match &record.ownership().organisation {
        None => {
            record.owner().organisation = Some(own.clone());
            Ok(())
        }
        Some(named) if named == own => Ok(()),
        Some(_) => Err(EngineError::Invalid(Violations::one(
            "ownership.organisation",
            "that is not the organisation of the caller",
            "leave it out: the organisation of a record is that of whoever is allowed to write it",
        ))),
    }
}
