//! What of a record can be searched in words. Names of people and contact data never enter the index.

use super::{indexing::Making, population::Matchable, vocabulary::Vocabulary};
use crate::domain::{Candidate, Vacancy, candidate::CandidateStatus, place::Postcode, sector::SbiCode};
use crate::geo::Places;
use crate::rank::understanding::Understanding;
use crate::taxonomy::{LabelLanguage, recognize::Sense};
use passend_index::{Document, FilterField, Kind, TextField};
use std::collections::BTreeSet;

/// Version of the mapping in this file: another one means that the index is built anew.
pub(super) const SCHEMA_VERSION: u32 = 2;

/// Value of the status filter for what is in the pool.
pub(super) const IN_POOL: &str = "in_pool";

/// The searchable form of a candidate.
pub(super) fn of_candidate(candidate: &Candidate, change: u64, making: Making<'_>) -> Document {
    let profile = &candidate.profile;
    let wishes = &profile.wishes;
    let wished = wishes.occupations.iter().chain(&wishes.dream_occupation);
    let had = profile.experience.iter().filter_map(|work| work.occupation.as_ref());
    let told = profile.experience.iter().filter_map(|work| work.description.as_ref());
    let courses = profile.courses.iter().map(|course| course.name.as_str());
    let registrations = profile.registrations.iter().map(|registration| registration.name.as_str());
    let educations = profile.educations.iter().filter_map(|education| education.name.as_ref());
    let mut document = Document::new(Kind::Candidate, candidate.id.as_str(), change)
        .with_texts(TextField::Title, wished.map(|occupation| occupation.text.as_str()))
        .with_texts(TextField::Occupation, had.map(|occupation| occupation.text.as_str()))
        .with_texts(TextField::Skill, profile.skills.iter().map(|skill| skill.text.as_str()))
        .with_texts(TextField::Course, courses.chain(registrations))
        .with_texts(TextField::Course, educations.map(|name| name.as_str()))
        .with_texts(TextField::Language, profile.languages.iter().map(|l| l.language.to_string()))
        .with_texts(TextField::Description, profile.presentation.iter().map(|text| text.as_str()))
        .with_texts(TextField::Description, wishes.interests.iter().map(|text| text.as_str()))
        .with_texts(TextField::Description, told.map(|text| text.as_str()))
        .with_filter(FilterField::Status, status_name(candidate.status));
    let delivered = candidate.delivery_state == crate::domain::provenance::DeliveryState::Current;
    if candidate.status == CandidateStatus::Active && delivered {
        document = document.with_filter(FilterField::Status, IN_POOL);
    }
    document = document.with_texts(TextField::Concept, concepts(candidate, making.vocabulary));
    document = with_place(document, profile.travel.from, making.places);
    document = with_sectors(document, wishes.sectors.iter());
    with_owner(document, &candidate.ownership)
}

/// The searchable form of a vacancy. Its closing date is looked at when it is found.
pub(super) fn of_vacancy(vacancy: &Vacancy, change: u64, making: Making<'_>) -> Document {
    let asked = &vacancy.requirements;
    let skills = asked.skills.iter().map(|skill| skill.what.text.as_str());
    let certificates = asked.certificates.iter().map(|certificate| certificate.what.as_str());
    let registrations = asked.registrations.iter().map(|registration| registration.what.as_str());
    let educations = asked.educations.iter().filter_map(|education| education.what.name.as_ref());
    let languages = asked.languages.iter().map(|language| language.what.language().to_string());
    let mut document = Document::new(Kind::Vacancy, vacancy.id.as_str(), change)
        .with_texts(TextField::Title, vacancy.title.iter().map(|title| title.as_str()))
        .with_texts(
            TextField::Occupation,
            vacancy.occupation.iter().map(|occupation| occupation.text.as_str()),
        )
        .with_texts(TextField::Skill, skills)
        .with_texts(TextField::Course, certificates.chain(registrations))
        .with_texts(TextField::Course, educations.map(|name| name.as_str()))
        .with_texts(TextField::Language, languages)
        .with_texts(TextField::Place, vacancy.place.name.iter().map(|name| name.as_str()))
        .with_texts(TextField::Description, vacancy.description.iter().map(|text| text.as_str()))
        .with_texts(TextField::Description, vacancy.tasks.iter().map(|task| task.as_str()))
        .with_filter(FilterField::Status, vacancy_status_name(vacancy.status));
    let delivered = vacancy.delivery_state == crate::domain::provenance::DeliveryState::Current;
    if vacancy.status == crate::domain::vacancy::VacancyStatus::Open && delivered {
        document = document.with_filter(FilterField::Status, IN_POOL);
    }
    if let Some(area) = vacancy.place.postcode.and_then(|postcode| making.places.area(postcode.pc4())) {
        document = document.with_texts(TextField::Place, area.places.iter().map(String::as_str));
    }
    document = document.with_texts(TextField::Concept, concepts(vacancy, making.vocabulary));
    document = with_place(document, vacancy.place.postcode, making.places);
    document = with_sectors(document, vacancy.sector.iter().chain(&vacancy.employer.sectors));
    with_owner(document, &vacancy.ownership)
}

/// The status of a candidate as a filter's value.
pub(super) fn status_name(status: CandidateStatus) -> &'static str {
    match status {
        CandidateStatus::Active => "active",
        CandidateStatus::Placed => "placed",
        CandidateStatus::Withdrawn => "withdrawn",
        CandidateStatus::Restricted => "restricted",
        CandidateStatus::Erased => "erased",
    }
}

/// The status of a vacancy as a filter's value.
pub(super) fn vacancy_status_name(status: crate::domain::vacancy::VacancyStatus) -> &'static str {
    use crate::domain::vacancy::VacancyStatus;
    match status {
        VacancyStatus::Open => "open",
        VacancyStatus::Filled => "filled",
        VacancyStatus::Withdrawn => "withdrawn",
    }
}

/// Least confidence of a concept by whose names a record is found, in 1/10,000.
const SURE_ENOUGH: u16 = 5_000;

/// The names, in Dutch and English, of the concepts that a record's words were recognised as, each once: whoever looks
/// for "verzorgende" finds the person who wrote the same in Ukrainian.
fn concepts<T: Matchable>(record: &T, vocabulary: &Vocabulary) -> Vec<String> {
    let mut concepts: Vec<Sense> = Vec::new();
    for said in record.said() {
        match vocabulary.recognized(said.what) {
            Some(recognized) => concepts.extend(recognized.senses.first()),
            None => concepts.extend(vocabulary.concepts_in(said.what.text()).iter().copied()),
        }
    }
    let taxonomy = vocabulary.taxonomy();
    let names = concepts.iter().filter(|sense| sense.confidence >= SURE_ENOUGH).flat_map(|sense| {
        [LabelLanguage::DUTCH, LabelLanguage::ENGLISH].map(|language| taxonomy.label(sense.concept, language))
    });
    names.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
}

fn with_place(document: Document, postcode: Option<Postcode>, places: &Places) -> Document {
    match postcode.and_then(|postcode| places.labour_market_region(postcode.pc4())) {
        Some(region) => document.with_filter(FilterField::LabourMarketRegion, region.number().to_string()),
        None => document,
    }
}

/// Every beginning of a code is a value of its own, so that a filter on "86" finds 86101.
fn with_sectors<'a>(mut document: Document, codes: impl Iterator<Item = &'a SbiCode>) -> Document {
    for code in codes {
        let digits = code.get().to_string();
        for end in 1..=digits.len() {
            document = document.with_filter(FilterField::Sector, &digits[..end]);
        }
    }
    document
}

fn with_owner(mut document: Document, ownership: &crate::domain::provenance::Ownership) -> Document {
    if let Some(organisation) = &ownership.organisation {
        document = document.with_filter(FilterField::Organisation, organisation.as_str());
    }
    for looks_after in ownership.advisor.iter().chain(&ownership.team) {
        document = document.with_filter(FilterField::Caseload, looks_after.as_str());
    }
    document
}
