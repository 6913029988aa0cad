//! Records to messages and back, and what is said about messages that break rules.

use super::{
    INLINE_ID, Reading, View, candidate_from_proto, candidate_to_proto,
    strategies::{LATER, candidate, vacancy},
    v1, vacancy_from_proto, vacancy_to_proto,
};
use crate::domain::{Date, provenance::DeliveryState};
use proptest::prelude::*;
use prost::Message;

const TODAY: Date = Date::constant(2026, 11, 22);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_candidate_comes_back_from_its_bytes_as_it_was(original in candidate()) {
        let bytes = candidate_to_proto(&original, View::Full).encode_to_vec();
        let message = v1::Candidate::decode(bytes.as_slice()).unwrap();
        for reading in [Reading::Stored, Reading::Merged { today: LATER }] {
            prop_assert_eq!(candidate_from_proto(&message, reading), Ok(original.clone()));
        }
    }

    #[test]
    fn a_vacancy_comes_back_from_its_bytes_as_it_was(original in vacancy()) {
        let bytes = vacancy_to_proto(&original, View::Full).encode_to_vec();
        let message = v1::Vacancy::decode(bytes.as_slice()).unwrap();
        for reading in [Reading::Stored, Reading::Merged { today: LATER }] {
            prop_assert_eq!(vacancy_from_proto(&message, reading), Ok(original.clone()));
        }
    }

    #[test]
    fn the_basic_view_holds_no_restricted_data_and_all_the_rest(original in candidate()) {
        let full = candidate_to_proto(&original, View::Full);
        let basic = candidate_to_proto(&original, View::Basic);
        prop_assert_eq!(basic, v1::Candidate { restricted: None, ..full });
    }

    #[test]
    fn an_inline_record_says_nothing_about_what_only_the_service_sets(original in candidate()) {
        let message = v1::Candidate { id: String::new(), ..candidate_to_proto(&original, View::Full) };
        let read = candidate_from_proto(&message, Reading::Inline { today: LATER }).unwrap();
        prop_assert_eq!(read.id.as_str(), INLINE_ID);
        prop_assert!(read.provenance.is_empty() && read.delivery_state == DeliveryState::Current);
        prop_assert!(read.profile.observations.iter().all(|o| o.delivery.is_none()));
    }
}

/// A candidate in which everything that can break a rule does.
fn broken_candidate() -> v1::Candidate {
    let date = |year, month, day| Some(v1::Date { year, month, day });
    let slot = |day, from_minute, to_minute| v1::WeekSlot { day, from_minute, to_minute };
    let language = |code: &str| v1::LanguageProficiency { language_code: code.into(), ..Default::default() };
    let skill = |text: &str| v1::Skill { text: text.into(), ..Default::default() };
    let observation = v1::Observation {
        observed: Some(v1::observation::Observed::Quality(v1::Quality {
            competency_code: 24_103,
            facet: "Geduld!".into(),
        })),
        source: 1,
        value: 0,
        observed_on: date(2026, 11, 23),
        ..Default::default()
    };
    v1::Candidate {
        id: "k\u{0}1".into(),
        presentation: "x".repeat(2_001),
        wishes: Some(v1::Wishes { sbi_codes: vec![86, 0, 100_000], ..Default::default() }),
        refusals: Some(v1::Refusals { shifts: vec![1, 0, 77], ..Default::default() }),
        availability: Some(v1::Availability {
            hours: Some(v1::HoursRange { min_hours_per_week: Some(32.0), max_hours_per_week: Some(16.0) }),
            week_pattern: vec![slot(1, 600, 500), slot(0, 0, 1_441), slot(2, 540, 720), slot(2, 600, 780)],
            lesson_slots: [540, 600]
                .map(|from| v1::LessonSlot { slot: Some(slot(3, from, 720)), until: None })
                .into(),
            hours_cap: Some(v1::HoursCap { max_hours_per_week: f64::NAN, until: date(2026, 2, 30) }),
            available_from: date(2026, 3, 1),
            not_yet_available: true,
            available_until: date(2026, 2, 1),
            held_jobs: vec![v1::HeldJob { hours_per_week: Some(-1.0), ..Default::default() }],
            ..Default::default()
        }),
        travel: Some(v1::Travel { postcode: "0511".into(), max_km: Some(1_000), ..Default::default() }),
        country_codes: vec!["NLD".into()],
        contract_forms: vec![v1::ContractForm::default()],
        level: 42,
        skills: vec![skill(""), skill(&"s".repeat(121)), skill("bel\u{7}")],
        languages: vec![language("nld"), language("NL"), language("nld")],
        licences: Some(v1::HeldLicences { categories: vec!["B".into(), "Z".into()] }),
        capacities: vec![v1::Capacity { minutes_per_day: 1_441, ..Default::default() }],
        experience: vec![v1::WorkExperience { months: Some(1_201), ..Default::default() }],
        observations: vec![observation, v1::Observation { source: 1, value: 1, ..Default::default() }],
        support_needs: vec![v1::SupportNeed::default()],
        restricted: Some(v1::RestrictedData {
            ladder_step: Some(v1::LadderStep { step: 7, estimated_on: date(26, 1, 1) }),
            ..Default::default()
        }),
        status: v1::CandidateStatus::Erased as i32,
        ..Default::default()
    }
}

#[test]
fn r10_carving_into_nothing_is_refused() {
    let split = |allowed, min_hours_per_week, ways: &[v1::CarvingWay]| v1::Vacancy {
        id: "v".into(),
        schedule: Some(v1::Schedule {
            hours: Some(v1::HoursRange { min_hours_per_week: Some(16.0), max_hours_per_week: Some(24.0) }),
            ..Default::default()
        }),
        carving: Some(v1::Carving {
            allowed: allowed as i32,
            min_hours_per_week,
            ways: ways.iter().map(|way| *way as i32).collect(),
        }),
        ..Default::default()
    };
    let read = |vacancy| vacancy_from_proto(&vacancy, Reading::Merged { today: TODAY });
    let (yes, no) = (v1::Answer::Yes, v1::Answer::No);
    assert!(read(split(yes, Some(24.0), &[v1::CarvingWay::Hours])).is_ok());
    assert!(read(split(no, None, &[])).is_ok());
    for (broken, field) in [
        (split(yes, Some(0.0), &[]), "vacancy.carving.min_hours_per_week"),
        (split(yes, Some(24.5), &[]), "vacancy.carving.min_hours_per_week"),
        (split(no, Some(8.0), &[]), "vacancy.carving.allowed"),
        (split(no, None, &[v1::CarvingWay::Tasks]), "vacancy.carving.allowed"),
    ] {
        let refused = read(broken).unwrap_err().to_string();
        assert!(refused.starts_with(field), "{refused}");
    }
}

#[test]
fn everything_that_is_wrong_with_a_candidate_is_told_at_once() {
    let refused = candidate_from_proto(&broken_candidate(), Reading::Merged { today: TODAY }).unwrap_err();
    insta::assert_snapshot!(refused.to_string());
}

#[test]
fn everything_that_is_wrong_with_a_vacancy_is_told_at_once() {
    let legal = v1::Importance::Legal as i32;
    let language = |code: &str, at_start, later_after_months| v1::LanguageRequirement {
        language_code: code.into(),
        at_start,
        later_after_months,
        ..Default::default()
    };
    let b1 = Some(v1::LevelPerSkill { speaking: v1::CefrLevel::B1 as i32, ..Default::default() });
    let requirements = v1::Requirements {
        skills: vec![v1::SkillRequirement { skill: None, importance: legal, grace_weeks: 105 }],
        competencies: vec![v1::CompetencyRequirement { importance: legal, ..Default::default() }],
        languages: vec![
            language("ara", b1, 0),
            language("ara", None, 0),
            language("nld", None, 0),
            language("eng", b1, 61),
            v1::LanguageRequirement { later: b1, ..language("nld", b1, 0) },
        ],
        level: Some(v1::LevelRequirement { level: 0, importance: legal }),
        educations: vec![v1::EducationRequirement { code: 7, ..Default::default() }],
        experience: vec![v1::ExperienceRequirement { years: 100, importance: 9, occupation: None }],
        licences: vec![v1::LicenceRequirement { category: String::new(), importance: legal, grace_weeks: 0 }],
        certificates: vec![v1::CertificateRequirement { importance: legal, ..Default::default() }],
        ..Default::default()
    };
    let day = |day| Some(v1::Date { year: 2026, month: 12, day });
    let vacancy = v1::Vacancy {
        sbi_code: 123_456,
        place: Some(v1::Place { postcode: "7511SS".into(), ..Default::default() }),
        requirements: Some(requirements),
        offer: Some(v1::Offer { support: vec![v1::SupportOffer::default()], ..Default::default() }),
        carving: Some(v1::Carving { min_hours_per_week: Some(f64::INFINITY), ..Default::default() }),
        starts_on: day(2),
        ends_on: day(1),
        closes_on: Some(v1::Date { year: 2026, ..Default::default() }),
        ..Default::default()
    };
    let refused = vacancy_from_proto(&vacancy, Reading::Merged { today: TODAY }).unwrap_err();
    insta::assert_snapshot!(refused.to_string());
}

#[test]
fn a_list_that_is_too_long_is_one_violation() {
    let candidate =
        v1::Candidate { id: "k1".into(), skills: vec![v1::Skill::default(); 10_000], ..Default::default() };
    let refused = candidate_from_proto(&candidate, Reading::Merged { today: TODAY }).unwrap_err();
    assert_eq!(refused.count(), 1, "{refused}");
    assert_eq!(refused.told()[0].field, "candidate.skills");
}

#[test]
fn what_is_stored_stays_readable_where_a_rule_came_later() {
    let day = |day| Some(v1::Date { year: 2026, month: 12, day });
    let vacancy = v1::Vacancy { id: "v1".into(), starts_on: day(2), ends_on: day(1), ..Default::default() };
    assert!(vacancy_from_proto(&vacancy, Reading::Merged { today: TODAY }).is_err());
    assert!(vacancy_from_proto(&vacancy, Reading::Stored).is_ok());
}
