//! What lists are narrowed down by, and scores never see.

use crate::domain::{Candidate, Vacancy, provenance::Ownership, sector::SbiCode};
use crate::geo::{LabourMarketRegion, Places};
use serde::{Deserialize, Serialize};

/// What lists are narrowed down by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// Where the person travels from, or the work is done.
    pub region: Option<LabourMarketRegion>,
    /// Sectors that the person wishes, or of the vacancy and its employer.
    pub sectors: Box<[SbiCode]>,
    /// Who looks after the record.
    pub ownership: Ownership,
}

impl Labels {
    /// Of a candidate.
    pub(super) fn of_candidate(candidate: &Candidate, places: &Places) -> Self {
        let from = candidate.profile.travel.from;
        Self {
            region: from.and_then(|postcode| places.labour_market_region(postcode.pc4())),
            sectors: candidate.profile.wishes.sectors.as_slice().into(),
            ownership: candidate.ownership.clone(),
        }
    }

    /// Of a vacancy.
    pub(super) fn of_vacancy(vacancy: &Vacancy, places: &Places) -> Self {
        let at = vacancy.place.postcode;
        Self {
            region: at.and_then(|postcode| places.labour_market_region(postcode.pc4())),
            sectors: vacancy.sector.iter().chain(&vacancy.employer.sectors).copied().collect(),
            ownership: vacancy.ownership.clone(),
        }
    }
}
