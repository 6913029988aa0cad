//! The 35 labour market regions and the municipalities that make them up.

use super::table::place_key;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

/// The number of regions in the Netherlands.
const REGIONS: usize = 35;
const TABLE: &str = include_str!("../../data/places/regions.tsv");

/// A labour market region (*arbeidsmarktregio*), by its number at Statistics Netherlands, 1–35.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8")]
pub struct LabourMarketRegion(u8);

impl TryFrom<u8> for LabourMarketRegion {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, &'static str> {
        Self::new(number).ok_or("there are 35 regions")
    }
}

impl LabourMarketRegion {
    /// Twente, where this project began.
    pub const TWENTE: Self = Self(9);

    /// The region of that number; `None` outside 1–35.
    pub fn new(number: u8) -> Option<Self> {
        (1..=REGIONS).contains(&usize::from(number)).then_some(Self(number))
    }

    /// All regions by number.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=35).map(Self)
    }

    /// The region that a municipality (*gemeente*) belongs to; also found without accents or capitals,
    /// and with "Gemeente" before the name.
    pub fn of_municipality(name: &str) -> Option<Self> {
        static BY_MUNICIPALITY: OnceLock<HashMap<String, LabourMarketRegion>> = OnceLock::new();
        let by_municipality = BY_MUNICIPALITY.get_or_init(|| {
            let of = |region: Self| region.municipalities().map(move |name| (place_key(name), region));
            Self::all().flat_map(of).collect()
        });
        let key = place_key(name);
        by_municipality.get(key.strip_prefix("gemeente ").unwrap_or(&key)).copied()
    }

    /// The number, 1–35.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The Dutch name, such as "Twente".
    pub fn name(self) -> &'static str {
        self.line().nth(1).unwrap_or_default()
    }

    /// The names of the municipalities in the region.
    pub fn municipalities(self) -> impl Iterator<Item = &'static str> {
        self.line().nth(2).unwrap_or_default().split("; ")
    }

    /// The region's line in the table; a test holds that each has its number and all three fields.
    fn line(self) -> std::str::Split<'static, char> {
        TABLE.lines().nth(usize::from(self.0) - 1).unwrap_or_default().split('\t')
    }
}

impl fmt::Display for LabourMarketRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_its_number_a_name_and_municipalities() {
        assert_eq!(TABLE.lines().count(), REGIONS);
        for region in LabourMarketRegion::all() {
            assert_eq!(region.line().next(), Some(region.number().to_string().as_str()));
            assert_eq!(region.line().count(), 3);
            assert!(!region.name().is_empty() && region.municipalities().all(|name| !name.is_empty()));
        }
        assert!(LabourMarketRegion::new(0).is_none() && LabourMarketRegion::new(36).is_none());
    }

    #[test]
    fn each_of_the_342_municipalities_belongs_to_one_region() {
        let mut count = 0;
        for region in LabourMarketRegion::all() {
            for name in region.municipalities() {
                count += 1;
                assert_eq!(LabourMarketRegion::of_municipality(name), Some(region), "{name}");
            }
        }
        assert_eq!(count, 342);
    }

    #[test]
    fn twente_is_fourteen_municipalities() {
        assert_eq!(LabourMarketRegion::TWENTE.name(), "Twente");
        assert_eq!(LabourMarketRegion::TWENTE.municipalities().count(), 14);
        for written in ["Enschede", "gemeente enschede", "HOF VAN TWENTE"] {
            assert_eq!(LabourMarketRegion::of_municipality(written), Some(LabourMarketRegion::TWENTE));
        }
        assert_eq!(LabourMarketRegion::of_municipality("Utopia"), None);
    }
}
