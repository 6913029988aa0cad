//! Deliveries and corrections of generated records.

use super::*;
use crate::domain::{
    Date, Weekday,
    competency::{Competency, Quality},
    education::{Course, DrivingLicence, HeldLicences},
    language::{CefrLevel, LanguageCode, LanguageProficiency, LevelPerSkill},
    observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
    provenance::{Delivery, Door},
    requirement::{Importance, Requirement},
    support::{SupportKind, SupportNeed},
    text::{CandidateId, FreeText, Label, VacancyId},
    time::{Answer, HoursPerWeek, HoursRange, WeekSlot},
    vacancy::VacancyStatus,
    work::SkillRef,
};
use proptest::prelude::*;

const MONDAY: Date = jiff::civil::date(2026, 11, 2);
const TUESDAY: Date = jiff::civil::date(2026, 11, 3);

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

fn delivery(on: Date) -> Delivery {
    Delivery { door: Door::Vum, organisation: None, on }
}

fn self_report(competency: usize, value: ObservedValue, on: Date) -> Observation {
    Observation {
        observed: Observed::Quality(Quality { competency: Competency::ALL[competency], facet: None }),
        source: ObservationSource::SelfReport,
        value,
        observed_on: None,
        note: None,
        dispute: Dispute::Undisputed,
        delivery: Some(delivery(on)),
    }
}

/// What VUM can carry, filled by chance.
fn delivered(on: Date) -> impl Strategy<Value = Candidate> {
    let words = prop::collection::btree_set(0usize..6, 0..5);
    (
        prop::option::of(0u8..3),
        prop::option::of(8u8..36),
        words.clone(),
        words.clone(),
        words.clone(),
        prop::collection::btree_map(0usize..4, 0u8..3, 0..4),
        words,
        prop::option::of(prop::collection::btree_set(0usize..4, 1..3)),
    )
        .prop_map(move |(text, hours, skills, languages, courses, observed, needs, licences)| {
            let mut candidate = Candidate::new(CandidateId::new("k").unwrap());
            let profile = &mut candidate.profile;
            profile.presentation = text.map(|t| FreeText::new(format!("tekst {t}")).unwrap());
            let hours = hours.and_then(|h| HoursPerWeek::new(f64::from(h)).ok());
            profile.availability.hours = HoursRange::new(None, hours).unwrap();
            profile.skills =
                skills.iter().map(|s| SkillRef { text: label(&format!("vak {s}")), concept: None }).collect();
            profile.languages = languages.iter().map(|l| language(*l, CefrLevel::B2)).collect();
            profile.courses = courses.iter().map(|c| course(*c)).collect();
            let values = [ObservedValue::Strong, ObservedValue::Sufficient, ObservedValue::Insufficient];
            profile.observations =
                observed.iter().map(|(c, v)| self_report(*c, values[usize::from(*v)], on)).collect();
            let kinds = [SupportKind::AdaptedWorkplace, SupportKind::Guidance, SupportKind::VariedWork];
            profile.support_needs = needs
                .iter()
                .filter_map(|n| kinds.get(*n))
                .map(|kind| SupportNeed { kind: *kind, needed: Answer::Yes, note: None })
                .collect();
            profile.licences = licences
                .map(|l| HeldLicences::These(l.into_iter().map(|at| DrivingLicence::ALL[at]).collect()));
            let parts = candidate_parts(&candidate);
            candidate.provenance = parts
                .into_iter()
                .map(|part| Provenance { part: part.to_owned(), delivery: delivery(on) })
                .collect();
            candidate
        })
}

fn language(number: usize, level: CefrLevel) -> LanguageProficiency {
    let code = ["nld", "eng", "ara", "tir", "ukr", "tur"][number];
    LanguageProficiency {
        language: LanguageCode::parse(code).unwrap(),
        levels: LevelPerSkill { speaking: Some(level), ..Default::default() },
        assessed_on: None,
    }
}

fn course(number: usize) -> Course {
    let name = label(&format!("cursus {number}"));
    Course { name, certificate_on: None, valid_until: None, from: None, until: None, school: None }
}

/// What an advisor does to a record.
#[derive(Clone, Debug)]
enum Correction {
    Presentation,
    Hours,
    RemoveSkills,
    AddSkill,
    RaiseLanguages,
    DisputeObservations,
    NoLicence,
}

fn correction() -> impl Strategy<Value = Correction> {
    use Correction::*;
    prop_oneof![
        Just(Presentation),
        Just(Hours),
        Just(RemoveSkills),
        Just(AddSkill),
        Just(RaiseLanguages),
        Just(DisputeObservations),
        Just(NoLicence)
    ]
}

fn correct(candidate: &mut Candidate, correction: &Correction) {
    let profile = &mut candidate.profile;
    match correction {
        Correction::Presentation => profile.presentation = FreeText::new("verbeterd").ok(),
        Correction::Hours => {
            profile.availability.hours = HoursRange::new(None, HoursPerWeek::new(40.0).ok()).unwrap();
        }
        Correction::RemoveSkills => profile.skills.clear(),
        Correction::AddSkill => profile.skills.push(SkillRef { text: label("lassen"), concept: None }),
        Correction::RaiseLanguages => {
            profile.languages.iter_mut().for_each(|l| l.levels.speaking = Some(CefrLevel::C2));
        }
        Correction::DisputeObservations => {
            profile.observations.iter_mut().for_each(|o| o.dispute = Dispute::Disputed);
        }
        Correction::NoLicence => profile.licences = Some(HeldLicences::NoneAtAll),
    }
}

/// What only the service's own interface can carry.
fn enrich(candidate: &mut Candidate) {
    let profile = &mut candidate.profile;
    profile.availability.week_pattern = vec![WeekSlot::new(Weekday::Monday, 525, 885).unwrap()];
    profile.lacking = vec![label("VCA")];
    profile.support_needs.push(SupportNeed { kind: SupportKind::Buddy, needed: Answer::Yes, note: None });
    profile.observations.push(Observation {
        source: ObservationSource::Coach,
        observed_on: Some(MONDAY),
        ..self_report(0, ObservedValue::Strong, MONDAY)
    });
    profile
        .observations
        .push(Observation { observed_on: Some(MONDAY), ..self_report(0, ObservedValue::Absent, MONDAY) });
    candidate.status = CandidateStatus::Placed;
    candidate.retain_until = Some(TUESDAY);
    candidate.restricted.advisor_notes = vec![FreeText::new("komt graag op de fiets").unwrap()];
}

/// The record without what VUM can carry.
fn beyond_vum(candidate: &Candidate) -> Candidate {
    let nothing = Candidate::new(candidate.id.clone());
    let mut rest = candidate.clone();
    rest.provenance.clear();
    let kept: Vec<_> =
        rest.profile.observations.iter().filter(|o| o.observed_on.is_some()).cloned().collect();
    let needs: Vec<_> =
        rest.profile.support_needs.iter().filter(|n| n.kind == SupportKind::Buddy).cloned().collect();
    for part in candidate::PARTS {
        // Merging "nothing" into a record that was never corrected empties each part that VUM can carry.
        (part.merge)(candidate, candidate, &nothing, &mut rest);
    }
    rest.profile.observations = kept;
    rest.profile.support_needs = needs;
    rest
}

fn content(candidate: &Candidate) -> Candidate {
    let mut content = candidate.clone();
    content.provenance.clear();
    content.profile.observations.iter_mut().for_each(|o| o.delivery = None);
    content
}

proptest! {
    #[test]
    fn the_same_delivery_twice_changes_nothing(
        first in delivered(MONDAY), again in Just(()), corrections in prop::collection::vec(correction(), 0..4)
    ) {
        let () = again;
        let mut current = merge_candidate(None, None, &first).record;
        enrich(&mut current);
        corrections.iter().for_each(|c| correct(&mut current, c));
        let merged = merge_candidate(Some(&first), Some(&current), &first);
        prop_assert_eq!(&merged.record, &current);
        prop_assert!(merged.changed.is_empty() && !merged.delivery_is_news);
    }

    #[test]
    fn a_record_that_was_never_corrected_equals_the_newest_delivery(
        first in delivered(MONDAY), second in delivered(TUESDAY)
    ) {
        let current = merge_candidate(None, None, &first).record;
        let merged = merge_candidate(Some(&first), Some(&current), &second);
        prop_assert_eq!(content(&merged.record), content(&second));
        prop_assert!(merged.kept.is_empty());
        prop_assert_eq!(merged.changed.is_empty(), content(&first) == content(&second));
        let parts = |candidate: &Candidate| {
            let mut parts: Vec<_> = candidate.provenance.iter().map(|p| p.part.clone()).collect();
            parts.sort();
            parts
        };
        prop_assert_eq!(parts(&merged.record), parts(&second));
    }

    #[test]
    fn a_correction_stays_whatever_is_delivered(
        first in delivered(MONDAY), second in delivered(TUESDAY), what in correction()
    ) {
        let mut current = merge_candidate(None, None, &first).record;
        correct(&mut current, &what);
        let record = merge_candidate(Some(&first), Some(&current), &second).record;
        let profile = &record.profile;
        match what {
            Correction::Presentation => prop_assert_eq!(&profile.presentation, &current.profile.presentation),
            Correction::Hours => {
                prop_assert_eq!(profile.availability.hours, current.profile.availability.hours);
            }
            Correction::RemoveSkills => {
                prop_assert!(first.profile.skills.iter().all(|s| !profile.skills.contains(s)));
            }
            Correction::AddSkill => {
                prop_assert!(profile.skills.iter().any(|s| s.text.as_str() == "lassen"));
            }
            Correction::RaiseLanguages => {
                prop_assert!(current.profile.languages.iter().all(|l| profile.languages.contains(l)));
            }
            Correction::DisputeObservations => {
                prop_assert!(current.profile.observations.iter().all(|o| profile.observations.contains(o)));
            }
            Correction::NoLicence => prop_assert_eq!(&profile.licences, &Some(HeldLicences::NoneAtAll)),
        }
        // One entry a language, whatever both sides said.
        let mut codes: Vec<_> = profile.languages.iter().map(|l| l.language).collect();
        codes.sort();
        codes.dedup();
        prop_assert_eq!(codes.len(), profile.languages.len());
    }

    #[test]
    fn what_vum_cannot_carry_never_changes(first in delivered(MONDAY), second in delivered(TUESDAY)) {
        let mut current = merge_candidate(None, None, &first).record;
        enrich(&mut current);
        let record = merge_candidate(Some(&first), Some(&current), &second).record;
        prop_assert_eq!(beyond_vum(&record), beyond_vum(&current));
        let beyond = beyond_vum(&record);
        prop_assert_eq!(beyond.status, CandidateStatus::Placed);
        prop_assert_eq!(beyond.profile.observations.len(), 2);
    }

    #[test]
    fn a_delivery_after_entry_by_hand_fills_what_is_empty_and_replaces_nothing(
        typed in delivered(MONDAY), sent in delivered(TUESDAY)
    ) {
        let merged = merge_candidate(None, Some(&typed), &sent).record.profile;
        prop_assert_eq!(
            &merged.presentation,
            &typed.profile.presentation.clone().or(sent.profile.presentation.clone())
        );
        for skill in typed.profile.skills.iter().chain(&sent.profile.skills) {
            prop_assert!(merged.skills.contains(skill));
        }
    }
}

#[test]
fn a_part_that_both_doors_touched_has_two_entries() {
    let mut first = Candidate::new(CandidateId::new("k").unwrap());
    first.profile.skills = vec![SkillRef { text: label("lassen"), concept: None }];
    first.provenance = vec![Provenance { part: "skills".to_owned(), delivery: delivery(MONDAY) }];
    let mut current = first.clone();
    current.profile.skills.push(SkillRef { text: label("solderen"), concept: None });
    let by_hand = Delivery { door: Door::Interface, organisation: None, on: MONDAY };
    current.provenance.push(Provenance { part: "skills".to_owned(), delivery: by_hand });
    let mut second = first.clone();
    second.profile.skills.push(SkillRef { text: label("frezen"), concept: None });
    second.provenance[0].delivery = delivery(TUESDAY);

    let merged = merge_candidate(Some(&first), Some(&current), &second);

    let skills: Vec<_> = merged.record.profile.skills.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(skills, ["lassen", "frezen", "solderen"]);
    let doors: Vec<_> = merged.record.provenance.iter().map(|p| (p.delivery.door, p.delivery.on)).collect();
    assert_eq!(doors, [(Door::Interface, MONDAY), (Door::Vum, TUESDAY)]);
}

#[test]
fn whoever_is_delivered_again_is_no_longer_missing() {
    let delivered = Candidate::new(CandidateId::new("k").unwrap());
    let mut current = delivered.clone();
    current.delivery_state = DeliveryState::NotDelivered { since: MONDAY };
    let merged = merge_candidate(Some(&delivered), Some(&current), &delivered);
    assert_eq!(merged.record.delivery_state, DeliveryState::Current);
    assert_eq!(merged.changed, ["not_delivered_since"]);
}

#[test]
fn an_erased_person_is_not_filled_again() {
    let mut delivered = Candidate::new(CandidateId::new("k").unwrap());
    let mut current = delivered.clone();
    current.status = CandidateStatus::Erased;
    delivered.profile.presentation = FreeText::new("ik ben terug").ok();
    let merged = merge_candidate(None, Some(&current), &delivered);
    assert_eq!(merged.record, current);
    assert!(merged.changed.is_empty());
}

#[test]
fn a_vacancy_keeps_its_corrected_importance_and_status_and_follows_the_rest() {
    let mut first = Vacancy::new(VacancyId::new("v").unwrap());
    first.title = Some(label("Verzorgende"));
    let skill = SkillRef { text: label("ouderen verzorgen"), concept: None };
    first.requirements.skills = vec![Requirement::should(skill)];
    let mut current = merge_vacancy(None, None, &first).record;
    current.requirements.skills[0].importance = Importance::Must;
    current.status = VacancyStatus::Filled;
    let mut second = first.clone();
    second.title = Some(label("Verzorgende IG"));

    let merged = merge_vacancy(Some(&first), Some(&current), &second);

    assert_eq!(merged.changed, ["title"]);
    assert_eq!(merged.kept, ["requirements.skills"]);
    assert_eq!(merged.record.requirements.skills[0].importance, Importance::Must);
    assert_eq!(merged.record.status, VacancyStatus::Filled);
}
