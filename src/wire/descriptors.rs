//! What the messages of the interface are made of, for field masks and JSON.

use super::DESCRIPTORS;
use prost::Name;
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor, ReflectMessage as _};
use std::sync::LazyLock;

static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
    // The build writes these bytes from the same compiler that made the messages; a test reads them.
    DescriptorPool::decode(DESCRIPTORS).unwrap_or_default()
});

/// A message that cannot be looked at by its descriptor.
///
/// Not for input: it means that a message of another package was given, or that the program was built from
/// mixed parts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the interface does not describe {message} as the program knows it")]
pub struct NotDescribed {
    /// Full name of the message.
    pub message: String,
}

impl NotDescribed {
    fn of<M: Name>() -> Self {
        Self { message: M::full_name() }
    }
}

/// The descriptor of a message.
pub(super) fn descriptor<M: Name>() -> Result<MessageDescriptor, NotDescribed> {
    POOL.get_message_by_name(&M::full_name()).ok_or_else(NotDescribed::of::<M>)
}

/// A message with its fields at hand by name.
pub(super) fn dynamic<M: Name>(message: &M) -> Result<DynamicMessage, NotDescribed> {
    let mut dynamic = DynamicMessage::new(descriptor::<M>()?);
    dynamic.transcode_from(message).map_err(|_| NotDescribed::of::<M>())?;
    Ok(dynamic)
}

/// A message with its fields at hand by name, as its own type again.
pub(super) fn typed<M: Name + Default>(dynamic: &DynamicMessage) -> Result<M, NotDescribed> {
    dynamic.transcode_to().map_err(|_| NotDescribed { message: dynamic.descriptor().full_name().to_owned() })
}
