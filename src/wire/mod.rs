//! The generated messages of the interface and of the store, and the ways between them and the domain.
//!
//! [`v1`] is the interface `passend.v1` (messages, servers, clients) and [`storage`] is `storage.v1`, what the
//! store keeps.

pub mod codec;
mod descriptors;
pub mod enums;
mod etag;
mod json;
mod mask;
pub mod outcome;
mod parts;
pub mod read;
mod redacted;
#[cfg(test)]
mod round_trip_tests;
pub mod sent;
#[cfg(test)]
pub(crate) mod strategies;
mod texts;
mod violations;
pub mod write;

pub use descriptors::{NotDescribed, streamed_requests};
pub use etag::etag;
pub use json::{JsonError, JsonLayout, from_json, to_json};
pub use mask::{MaskError, Maskable, apply_mask};
pub use parts::{Parts, changed_parts};
pub use read::{INLINE_ID, Reader, Reading, candidate_from_proto, vacancy_from_proto};
pub use texts::texts;
pub use violations::{FieldViolation, Violations};
pub use write::{View, candidate_to_proto, vacancy_to_proto};

pub use generated::{passend::v1, storage::v1 as storage};

/// The file descriptors of `passend.v1` with their comments, as reflection serves them.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/passend.v1.descriptors"));

#[allow(
    missing_docs,
    unreachable_pub,
    clippy::all,
    rustdoc::all,
    reason = "generated: its documentation is the comments of the protos, its style the generator's"
)]
mod generated {
    pub mod passend {
        pub mod v1 {
            tonic::include_proto!("passend.v1");
        }
    }
    pub mod storage {
        pub mod v1 {
            tonic::include_proto!("storage.v1");
        }
    }
}
