//! What candidates and vacancies have in common for the engine: one way in, one way out.

use super::{
    import::{ImportIssue, SetAside, drivers},
    population::Matchable,
};
use crate::domain::{
    Candidate, Vacancy,
    candidate::CandidateStatus,
    merge::{self, Merged},
    observation::Observation,
    provenance::{Delivery, DeliveryState, Ownership, Provenance},
    text::{CandidateId, VacancyId},
};
use crate::exchange::{TextLanguage, vum};
use crate::rank::understanding::Understanding;
use crate::store::{RecordId, RecordKind, StoredMessage};
use crate::wire::{self, Maskable, Parts, Reading, View, Violations, v1};
use prost::Message;

/// A kind of record.
pub trait Entity: Matchable + Clone + PartialEq + Send + Sync + 'static {
    /// The record in the interface.
    type Proto: StoredMessage<Id = Self::Id> + Maskable + Parts + Message + PartialEq + Send + Sync + 'static;
    /// What identifies the record.
    type Id: Clone + Into<RecordId> + Send + Sync;

    /// Which kind.
    const KIND: RecordKind;

    /// Reads an id.
    ///
    /// # Errors
    /// When the text is none.
    fn id_of(text: &str) -> Result<Self::Id, Violations>;
    /// The record's own id.
    fn id(&self) -> Self::Id;
    /// The id in a message, as it stands there.
    fn id_in(proto: &Self::Proto) -> &str;

    /// From the interface.
    ///
    /// # Errors
    /// Every rule that is broken.
    fn from_proto(proto: &Self::Proto, reading: Reading) -> Result<Self, Violations>;
    /// Into the interface, whole.
    fn to_proto(&self) -> Self::Proto;
    /// The record of this kind that a VUM message holds; `None` when it holds the other kind.
    fn of_vum(record: vum::Record) -> Option<Self>;

    /// Three-way merge of a delivery.
    fn merge(previous: Option<&Self>, current: Option<&Self>, delivered: &Self) -> Merged<Self>;
    /// Sets who delivered the observations that were not there before; the others keep theirs.
    fn stamp_observations(&mut self, before: Option<&Self>, delivery: &Delivery);
    /// Why nothing may be delivered to this record; `None`: it may.
    fn closed_to_delivery(&self, language: TextLanguage) -> Option<ImportIssue>;
    /// Makes LEGAL what the law asks of the recognised occupation (R4): for what VUM delivers, which knows no importance.
    fn heed_the_law(&mut self, words: &dyn Understanding);
    /// Requirements that are kept as text only (R9).
    fn unscored_requirements(&self) -> usize;
    /// Takes what an import may not score out of a record: languages that are asked without a reason (R9).
    fn set_aside(proto: &mut Self::Proto) -> SetAside;
    /// Keeps it as text.
    fn keep_as_text(&mut self, aside: &SetAside);

    /// Where each part came from.
    fn provenance(&mut self) -> &mut Vec<Provenance>;
    /// Whether the last complete delivery held it.
    fn delivery_state(&mut self) -> &mut DeliveryState;
    /// Who looks after it.
    fn ownership(&self) -> &Ownership;
    /// Who looks after it, to be set.
    fn owner(&mut self) -> &mut Ownership;
}

impl Entity for Candidate {
    type Proto = v1::Candidate;
    type Id = CandidateId;

    const KIND: RecordKind = RecordKind::Candidate;

    fn id_of(text: &str) -> Result<CandidateId, Violations> {
        CandidateId::new(text).map_err(|invalid| Violations::one("id", invalid.problem, invalid.remedy))
    }

    fn id(&self) -> CandidateId {
        self.id.clone()
    }

    fn id_in(proto: &v1::Candidate) -> &str {
        &proto.id
    }

    fn from_proto(proto: &v1::Candidate, reading: Reading) -> Result<Self, Violations> {
        wire::candidate_from_proto(proto, reading)
    }

    fn to_proto(&self) -> v1::Candidate {
        wire::candidate_to_proto(self, View::Full)
    }

    fn of_vum(record: vum::Record) -> Option<Self> {
        match record {
            vum::Record::Candidate(candidate) => Some(*candidate),
            vum::Record::Vacancy(_) => None,
        }
    }

    fn merge(previous: Option<&Self>, current: Option<&Self>, delivered: &Self) -> Merged<Self> {
        merge::merge_candidate(previous, current, delivered)
    }

    fn stamp_observations(&mut self, before: Option<&Self>, delivery: &Delivery) {
        let known = before.map_or(&[][..], |before| &before.profile.observations);
        for observation in &mut self.profile.observations {
            let same = known.iter().find(|known| same_observation(known, observation));
            observation.delivery = match same {
                Some(known) => known.delivery.clone(),
                None => Some(delivery.clone()),
            };
        }
    }

    fn closed_to_delivery(&self, language: TextLanguage) -> Option<ImportIssue> {
        let (code, dutch, english) = match self.status {
            CandidateStatus::Erased => (
                "ERASED",
                "deze persoon is gewist; een levering brengt de gegevens niet terug",
                "this person was erased; a delivery does not bring the data back",
            ),
            CandidateStatus::Restricted => (
                "RESTRICTED",
                "de gegevens van deze persoon mogen nu niet worden verwerkt",
                "the data of this person may not be processed at the moment",
            ),
            CandidateStatus::Active | CandidateStatus::Placed | CandidateStatus::Withdrawn => return None,
        };
        let text = match language {
            TextLanguage::Dutch => dutch,
            TextLanguage::English => english,
        };
        Some(ImportIssue { field: "status".to_owned(), code: code.to_owned(), text: text.to_owned() })
    }

    fn heed_the_law(&mut self, _: &dyn Understanding) {}

    fn unscored_requirements(&self) -> usize {
        0
    }

    fn set_aside(_: &mut v1::Candidate) -> SetAside {
        SetAside::default()
    }

    fn keep_as_text(&mut self, _: &SetAside) {}

    fn provenance(&mut self) -> &mut Vec<Provenance> {
        &mut self.provenance
    }

    fn delivery_state(&mut self) -> &mut DeliveryState {
        &mut self.delivery_state
    }

    fn ownership(&self) -> &Ownership {
        &self.ownership
    }

    fn owner(&mut self) -> &mut Ownership {
        &mut self.ownership
    }
}

/// Whether two observations say the same, whoever delivered them.
fn same_observation(one: &Observation, other: &Observation) -> bool {
    Observation { delivery: None, ..one.clone() } == Observation { delivery: None, ..other.clone() }
}

impl Entity for Vacancy {
    type Proto = v1::Vacancy;
    type Id = VacancyId;

    const KIND: RecordKind = RecordKind::Vacancy;

    fn id_of(text: &str) -> Result<VacancyId, Violations> {
        VacancyId::new(text).map_err(|invalid| Violations::one("id", invalid.problem, invalid.remedy))
    }

    fn id(&self) -> VacancyId {
        self.id.clone()
    }

    fn id_in(proto: &v1::Vacancy) -> &str {
        &proto.id
    }

    fn from_proto(proto: &v1::Vacancy, reading: Reading) -> Result<Self, Violations> {
        wire::vacancy_from_proto(proto, reading)
    }

    fn to_proto(&self) -> v1::Vacancy {
        wire::vacancy_to_proto(self, View::Full)
    }

    fn of_vum(record: vum::Record) -> Option<Self> {
        match record {
            vum::Record::Candidate(_) => None,
            vum::Record::Vacancy(vacancy) => Some(*vacancy),
        }
    }

    fn merge(previous: Option<&Self>, current: Option<&Self>, delivered: &Self) -> Merged<Self> {
        merge::merge_vacancy(previous, current, delivered)
    }

    fn stamp_observations(&mut self, _: Option<&Self>, _: &Delivery) {}

    fn closed_to_delivery(&self, _: TextLanguage) -> Option<ImportIssue> {
        None
    }

    fn heed_the_law(&mut self, words: &dyn Understanding) {
        drivers::heed_the_law(self, words);
    }

    fn unscored_requirements(&self) -> usize {
        self.requirements.unscored.len()
    }

    fn set_aside(proto: &mut v1::Vacancy) -> SetAside {
        SetAside::from(proto)
    }

    fn keep_as_text(&mut self, aside: &SetAside) {
        aside.keep_in(&mut self.requirements.unscored);
    }

    fn provenance(&mut self) -> &mut Vec<Provenance> {
        &mut self.provenance
    }

    fn delivery_state(&mut self) -> &mut DeliveryState {
        &mut self.delivery_state
    }

    fn ownership(&self) -> &Ownership {
        &self.ownership
    }

    fn owner(&mut self) -> &mut Ownership {
        &mut self.ownership
    }
}
