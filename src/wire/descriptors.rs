//! What the messages of the interface are made of, for field masks and JSON.

use super::DESCRIPTORS;
use prost::Name;
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor, ReflectMessage as _};
use std::{collections::BTreeSet, sync::LazyLock};

static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
    // The build writes these bytes from the same compiler that made the messages; a test reads them.
    DescriptorPool::decode(DESCRIPTORS).unwrap_or_default()
});

/// Paths of the methods whose requests are streams.
pub fn streamed_requests() -> BTreeSet<String> {
    let methods: Vec<_> = POOL.services().flat_map(|service| service.methods().collect::<Vec<_>>()).collect();
    let streamed = methods.iter().filter(|method| method.is_client_streaming());
    streamed.map(|method| format!("/{}/{}", method.parent_service().full_name(), method.name())).collect()
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use prost_reflect::Kind;

    /// Full names of a message and of everything inside it.
    fn inside(message: &MessageDescriptor, found: &mut BTreeSet<String>) {
        if !found.insert(message.full_name().to_owned()) {
            return;
        }
        for field in message.fields() {
            if let Kind::Message(inner) = field.kind() {
                inside(&inner, found);
            }
        }
    }

    #[test]
    fn imports_are_the_methods_whose_requests_are_streams() {
        let imports =
            ["/passend.v1.CandidateService/ImportCandidates", "/passend.v1.VacancyService/ImportVacancies"];
        assert_eq!(streamed_requests(), imports.map(str::to_owned).into());
    }

    #[test]
    fn r16_no_message_for_employers_has_a_field_that_could_carry_an_instrument_or_a_gap() {
        let service = POOL.get_service_by_name("passend.v1.EmployerMatchingService").unwrap();
        let mut for_employers = BTreeSet::new();
        service.methods().for_each(|method| inside(&method.output(), &mut for_employers));
        for hidden in ["Instrument", "Gap", "Match", "RestrictedData"] {
            assert!(!for_employers.contains(&format!("passend.v1.{hidden}")), "{hidden}");
        }
        let advisors = POOL.get_message_by_name("passend.v1.Match").unwrap();
        let mut for_advisors = BTreeSet::new();
        inside(&advisors, &mut for_advisors);
        assert!(for_advisors.contains("passend.v1.Instrument"), "the walk finds what is there");
    }
}
