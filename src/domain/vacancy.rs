//! A vacancy (*vacature*): tasks, hours, times, place, requirements, and what the employer offers.

use super::{
    Date,
    contract::ContractForm,
    place::Place,
    provenance::{DeliveryState, Ownership, Provenance},
    requirement::Requirements,
    restricted::ContactData,
    sector::{SbiCode, Sector},
    support::{Capacity, Carving, SupportOffer},
    text::{EmployerId, FreeText, Label, Name, VacancyId},
    time::{Answer, HoursRange, Shift, WeekSlot},
    travel::MeansOfTransport,
    work::OccupationRef,
};
use serde::{Deserialize, Serialize};

/// A vacancy. Empty fields and lists are unknown, never "no" (R5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancy {
    /// Identifies the vacancy.
    pub id: VacancyId,
    /// Name of the vacancy.
    pub title: Option<Label>,
    /// Number that the deliverer gave it (VUM: nummerVacature).
    pub number: Option<Label>,
    /// In the employer's words.
    pub description: Option<FreeText>,
    /// Tasks, where they are told apart.
    pub tasks: Vec<Label>,
    /// The occupation.
    pub occupation: Option<OccupationRef>,
    /// The employer.
    pub employer: Employer,
    /// The sector of the vacancy itself.
    pub sector: Option<SbiCode>,
    /// Where the work is done.
    pub place: Place,
    /// When the work is done.
    pub schedule: Schedule,
    /// What the employer asks.
    pub requirements: Requirements,
    /// Forms of contract that are offered.
    pub contract_forms: Vec<ContractForm>,
    /// What else the employer offers and how it is to work there.
    pub offer: Offer,
    /// Whether the job may be split.
    pub carving: Option<Carving>,
    /// First day of the work.
    pub starts_on: Option<Date>,
    /// Last day of the work.
    pub ends_on: Option<Date>,
    /// Last day on which the vacancy is open.
    pub closes_on: Option<Date>,
    /// In the pool or not.
    pub status: VacancyStatus,
    /// Who looks after the vacancy.
    pub ownership: Ownership,
    /// Where each part came from.
    pub provenance: Vec<Provenance>,
    /// Whether the last complete delivery still held the vacancy.
    pub delivery_state: DeliveryState,
}

impl Vacancy {
    /// A vacancy of which nothing is known but the id.
    pub fn new(id: VacancyId) -> Self {
        Self {
            id,
            title: None,
            number: None,
            description: None,
            tasks: Vec::new(),
            occupation: None,
            employer: Employer::default(),
            sector: None,
            place: Place::default(),
            schedule: Schedule::default(),
            requirements: Requirements::default(),
            contract_forms: Vec::new(),
            offer: Offer::default(),
            carving: None,
            starts_on: None,
            ends_on: None,
            closes_on: None,
            status: VacancyStatus::Open,
            ownership: Ownership::default(),
            provenance: Vec::new(),
            delivery_state: DeliveryState::Current,
        }
    }

    /// The sector by which the ranking profile is chosen: the vacancy's own, else the first of the
    /// employer's that is a shortage sector.
    pub fn sector_of_work(&self) -> Sector {
        if let Some(own) = self.sector {
            return own.sector();
        }
        self.employer
            .sectors
            .iter()
            .map(|code| code.sector())
            .find(|sector| *sector != Sector::General)
            .unwrap_or(Sector::General)
    }

    /// Whether the vacancy is open on a day: open by status, and not past its closing date.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.status == VacancyStatus::Open && self.closes_on.is_none_or(|last| day <= last)
    }
}

/// Whether a vacancy is in the pool (R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VacancyStatus {
    /// Open: in the pool until its closing date.
    Open,
    /// Filled.
    Filled,
    /// Withdrawn.
    Withdrawn,
}

/// The employer (*werkgever*).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Employer {
    /// Identifies the employer, where known.
    pub id: Option<EmployerId>,
    /// Name.
    pub name: Option<Name>,
    /// Sectors.
    pub sectors: Vec<SbiCode>,
    /// Whom to ask; shown to advisors, never scored.
    pub contact: ContactData,
    /// How to apply, in words or as an address.
    pub application_ways: Vec<Label>,
}

/// When the work is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Hours a week; the fewest are the employer's minimum.
    pub hours: Option<HoursRange>,
    /// Slots of the week; empty is unknown.
    pub week_pattern: Vec<WeekSlot>,
    /// Kinds of shift; empty is unknown.
    pub shifts: Vec<Shift>,
    /// Irregular hours or shifts, or explicitly not.
    pub irregular_work: Option<Answer>,
    /// Office hours, or explicitly not.
    pub office_hours: Option<Answer>,
}

/// What the employer offers besides the work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Conditions, in words.
    pub conditions_text: Option<FreeText>,
    /// Salary, in words: shown, never scored.
    pub salary_text: Option<Label>,
    /// Working conditions, such as "outdoors" or "small team" (culture, R2).
    pub conditions: Vec<Label>,
    /// Support offered, or explicitly not.
    pub support: Vec<SupportOffer>,
    /// What the tasks ask of the body or the mind.
    pub capacities_asked: Vec<Capacity>,
    /// Means of transport that the work itself needs.
    pub transport_for_work: Vec<MeansOfTransport>,
    /// In the vacancy for people of the target-group register (VUM: indicatieLdrRegistratie): shown to
    /// advisors, never scored (R15).
    pub target_group: Option<Answer>,
}
