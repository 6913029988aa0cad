//! What the running service is: every part that can change a score, with a fingerprint.

use super::{Engine, recognition::TaxonomyInUse};
use crate::rank::profile::Profiles;

/// Everything of the sources that scores.
pub(super) const SCORING: &str = env!("PASSEND_SCORING_SOURCES");
/// Everything of the sources that recognises words.
pub(super) const RECOGNITION: &str = env!("PASSEND_RECOGNITION_SOURCES");
/// The data that scoring and facts are made with, the profiles aside.
pub(super) const DATA: &str = env!("PASSEND_SCORING_DATA");

/// What can change a score, at one moment.
#[derive(Clone, Debug)]
pub struct ModelVersion {
    /// Hash of all parts: 32 hexadecimal digits.
    pub version: String,
    /// Each part with its fingerprint, in a fixed order.
    pub parts: Vec<(String, String)>,
    /// The taxonomy in use.
    pub taxonomy: TaxonomyInUse,
}

impl Engine {
    /// The profiles in use.
    pub fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// What can change a score. Two services with the same version give the same pair the same score; another version may,
    /// since sources are taken as they are written.
    pub fn model_version(&self) -> ModelVersion {
        let taxonomy = self.taxonomy_in_use();
        let own = |name: &str, fingerprint: &str| (name.to_owned(), fingerprint.to_owned());
        let mut parts = vec![
            own("scoring", SCORING),
            own("recognition", RECOGNITION),
            own("data", DATA),
            own("places", self.lookups.places.content_hash()),
            own("taxonomy", &taxonomy.fingerprint),
        ];
        let profiles = self.profiles.every();
        parts.extend(
            profiles.map(|profile| (format!("profile.{}", profile.name()), profile.hash().to_owned())),
        );
        let mut hasher = blake3::Hasher::new();
        for text in parts.iter().flat_map(|(name, fingerprint)| [name, fingerprint]) {
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        let version = hasher.finalize().to_hex().chars().take(32).collect();
        ModelVersion { version, parts, taxonomy }
    }
}
