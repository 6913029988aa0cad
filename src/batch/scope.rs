//! What a run covers.

use crate::engine::labels::Labels;
use serde::{Deserialize, Serialize};

/// Whose lists a run makes. Each list of a scope is exactly the one that a run over everything makes: its people are
/// ranked on every vacancy, and its vacancies against everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Number of a labour market region, 1 to 35: where the work is, or where the person travels from; 0: all.
    pub region: u32,
    /// First digits of an SBI code: of the vacancy or its employer, or wished by the person; 0: all.
    pub sbi_code: u32,
}

impl Scope {
    /// Whether it leaves nobody and nothing out.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a record belongs to it.
    pub fn holds(&self, labels: &Labels) -> bool {
        let in_region =
            self.region == 0 || labels.region.is_some_and(|region| u32::from(region.number()) == self.region);
        in_region && (self.sbi_code == 0 || self.holds_sector(labels))
    }

    fn holds_sector(&self, labels: &Labels) -> bool {
        let digits = self.sbi_code.to_string();
        labels.sectors.iter().any(|code| code.get().to_string().starts_with(&digits))
    }

    /// A name for files and logs, such as `all` or `region-24-sector-87`.
    pub fn name(&self) -> String {
        let part = |name: &str, number: u32| (number > 0).then(|| format!("{name}-{number}"));
        let parts: Vec<String> =
            [part("region", self.region), part("sector", self.sbi_code)].into_iter().flatten().collect();
        if parts.is_empty() { "all".to_owned() } else { parts.join("-") }
    }
}
