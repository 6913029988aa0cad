use super::*;
use crate::domain::{
    candidate::CandidateProfile,
    language::{CefrLevel, LanguageCode, LanguageProficiency, LevelPerSkill},
    requirement::Requirement,
    text::{CandidateId, Label, VacancyId},
    vacancy::Vacancy,
};
use crate::rank::{generate::Meanings, tables::Tables, term::TermKey};

#[test]
fn r3_a_vacancy_that_names_no_competency_has_its_sectors_default_set() {
    let tables = Tables::embedded().unwrap();
    let mut vacancy = Vacancy::new(VacancyId::new("v").unwrap());
    vacancy.sector = SbiCode::new(87301).ok();
    let facts = VacancyFacts::new(&vacancy, &tables, &|_| None, &Meanings::new());
    assert_eq!(facts.assumed_set, Some(Sector::Care));
    assert!(facts.qualities.iter().all(|q| q.importance == Importance::Should));
    assert_eq!(facts.qualities.len(), 4);
}

#[test]
fn an_asked_certificate_is_known_by_every_name_of_its_entry_and_had_through_what_covers_it() {
    let tables = Tables::embedded().unwrap();
    let mut vacancy = Vacancy::new(VacancyId::new("v").unwrap());
    vacancy.requirements.certificates = vec![Requirement::should(Label::new("vca").unwrap())];
    let facts = VacancyFacts::new(&vacancy, &tables, &|_| None, &Meanings::new());
    let key = |name| TermKey::of_text(name).unwrap();
    assert!(facts.papers[0].same.contains(&key("VCA basis")));
    assert!(!facts.papers[0].same.contains(&key("VCA-VOL")));
    assert!(facts.papers[0].accepts.contains(&key("VCA-VOL")));
}

#[test]
fn a_language_that_is_named_twice_counts_at_its_highest_level() {
    let named = |speaking, reading| LanguageProficiency {
        language: LanguageCode::DUTCH,
        levels: LevelPerSkill { speaking, reading, ..Default::default() },
        assessed_on: None,
    };
    let profile = CandidateProfile {
        languages: vec![named(Some(CefrLevel::B1), None), named(Some(CefrLevel::A2), Some(CefrLevel::A1))],
        ..Default::default()
    };
    let facts = CandidateFacts::new(
        CandidateId::new("k").unwrap(),
        &profile,
        PoolState::InPool,
        &Tables::embedded().unwrap(),
        &|_| None,
        &Meanings::new(),
    );
    let [(_, levels)] = &*facts.languages else { panic!("{:?}", facts.languages) };
    assert_eq!((levels.speaking, levels.reading), (Some(CefrLevel::B1), Some(CefrLevel::A1)));
}
