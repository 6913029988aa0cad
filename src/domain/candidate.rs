//! A candidate (*werkzoekende*): a person who looks for work, or for more hours.

use super::{
    Date,
    contract::ContractForm,
    education::{Course, Education, HeldLicences, Registration, WorkLevel},
    language::LanguageProficiency,
    observation::Observation,
    place::CountryCode,
    provenance::{DeliveryState, Ownership, Provenance},
    restricted::RestrictedData,
    support::{Capacity, SupportNeed},
    text::{CandidateId, FreeText, Label},
    time::Availability,
    travel::Travel,
    work::{Refusals, SkillRef, Wishes, WorkExperience},
};

/// A candidate: what is matched ([`CandidateProfile`]), what may never count ([`RestrictedData`]) and what
/// the administration keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Identifies the candidate.
    pub id: CandidateId,
    /// What is matched.
    pub profile: CandidateProfile,
    /// What may never count.
    pub restricted: RestrictedData,
    /// In the pool or not.
    pub status: CandidateStatus,
    /// Who looks after the candidate.
    pub ownership: Ownership,
    /// Where each part came from.
    pub provenance: Vec<Provenance>,
    /// Whether the last complete delivery still held the candidate.
    pub delivery_state: DeliveryState,
    /// The day after which the record must be looked at again or erased.
    pub retain_until: Option<Date>,
}

impl Candidate {
    /// A candidate of whom nothing is known but the id.
    pub fn new(id: CandidateId) -> Self {
        Self {
            id,
            profile: CandidateProfile::default(),
            restricted: RestrictedData::default(),
            status: CandidateStatus::Active,
            ownership: Ownership::default(),
            provenance: Vec::new(),
            delivery_state: DeliveryState::Current,
            retain_until: None,
        }
    }
}

/// Whether a candidate is in the pool (R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CandidateStatus {
    /// Looks for work: in the pool.
    Active,
    /// Found work.
    Placed,
    /// Withdrew.
    Withdrawn,
    /// Processing is restricted (GDPR, article 18).
    Restricted,
    /// Erased: only the id stays, so that nobody brings the record back by accident.
    Erased,
}

/// What is matched of a candidate. Empty fields and lists are unknown, never "no" (R5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateProfile {
    /// In the person's own words (VUM: persoonlijkePresentatie).
    pub presentation: Option<FreeText>,
    /// What the person wants.
    pub wishes: Wishes,
    /// What the person explicitly does not want.
    pub refusals: Refusals,
    /// Times.
    pub availability: Availability,
    /// Travel.
    pub travel: Travel,
    /// Countries to work in (VUM: voorkeursland).
    pub countries: Vec<CountryCode>,
    /// Forms of contract that the person accepts.
    pub contract_forms: Vec<ContractForm>,
    /// Level of work and thinking.
    pub level: Option<WorkLevel>,
    /// Skills.
    pub skills: Vec<SkillRef>,
    /// Languages, one entry a language.
    pub languages: Vec<LanguageProficiency>,
    /// Driving licences; `None` is unknown.
    pub licences: Option<HeldLicences>,
    /// Courses and certificates.
    pub courses: Vec<Course>,
    /// Registrations.
    pub registrations: Vec<Registration>,
    /// Certificates and registrations that the person is known not to have: an explicit "no".
    pub lacking: Vec<Label>,
    /// Education.
    pub educations: Vec<Education>,
    /// Work experience.
    pub experience: Vec<WorkExperience>,
    /// Observations of qualities and motivation.
    pub observations: Vec<Observation>,
    /// Support needed.
    pub support_needs: Vec<SupportNeed>,
    /// Abilities.
    pub capacities: Vec<Capacity>,
}
