//! Records between the store's messages and the domain.

use super::{EngineError, entity::Entity};
use crate::store::{ChangeNumber, Expected, Matched, Operation, Snapshot, StoreSecret, Whole};
use crate::wire::{Reading, Violations};

/// A record as the store has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored<T> {
    /// The record as it is now.
    pub record: T,
    /// The record as VUM delivered it last.
    pub delivered: Option<T>,
    /// The change that wrote it.
    pub version: ChangeNumber,
}

/// Reads a record whole, with its contact data; `None` when there is none.
///
/// # Errors
/// When the store cannot be read or the record is damaged.
pub(super) fn read<T: Entity>(snapshot: &dyn Snapshot, id: &T::Id) -> Result<Option<Stored<T>>, EngineError> {
    let Some((whole, version)) = Whole::<T::Proto>::read(snapshot, id)? else { return Ok(None) };
    Ok(Some(Stored {
        record: from_message(&whole.current)?,
        delivered: whole.delivered.as_ref().map(from_message).transpose()?,
        version,
    }))
}

/// The domain form of a record without its contact data.
///
/// # Errors
/// When the message is none that this release can read.
pub(super) fn matched<T: Entity>(matched: &Matched<T::Proto>) -> Result<T, EngineError> {
    from_message(&matched.current)
}

fn from_message<T: Entity>(proto: &T::Proto) -> Result<T, EngineError> {
    T::from_proto(proto, Reading::Stored).map_err(|violations: Violations| {
        tracing::error!(id = T::id_in(proto), %violations, "a stored record cannot be read");
        EngineError::Damaged { record: format!("{} {}", T::NAME, T::id_in(proto)) }
    })
}

/// The operation that writes a record.
///
/// # Errors
/// Never for a record of the domain, whose id is one.
pub(super) fn put<T: Entity>(
    record: &T,
    delivered: Option<&T>,
    expected: Expected,
    secret: &StoreSecret,
) -> Result<Operation, EngineError> {
    let whole = Whole { current: record.to_proto(), delivered: delivered.map(T::to_proto) };
    whole.into_operation(expected, secret).map_err(|invalid| EngineError::Fault(invalid.to_string()))
}
