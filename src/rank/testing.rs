//! People and vacancies for the tests of this room: small worlds in which words, places and dates meet often.

use super::{
    facts::{CandidateFacts, PoolState, VacancyFacts},
    generate::Meanings,
    profile::RankingProfile,
    tables::Tables,
};
use crate::domain::{
    Date,
    candidate::CandidateProfile,
    competency::{Competency, Quality},
    contract::{AgreementKind, ContractDuration, ContractForm},
    education::{Course, DrivingLicence, HeldLicences, WorkLevel},
    language::{CefrLevel, LanguageCode, LanguageProficiency, LevelPerSkill},
    observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
    place::{Pc4, Place, Position, Postcode},
    requirement::{ExperienceDemand, GraceWeeks, Importance, LanguageDemand, Requirement},
    sector::SbiCode,
    support::Carving,
    text::{CandidateId, Label, VacancyId},
    time::{Answer, HoursPerWeek, HoursRange, Shift},
    travel::{MeansOfTransport, ReachLimit},
    vacancy::Vacancy,
    work::{OccupationRef, SkillRef, WorkExperience},
};
use jiff::civil::date;
use proptest::prelude::*;

pub(super) const TODAY: Date = date(2026, 11, 22);
const WORK: [&str; 4] = ["lasser", "helpende zorg", "chauffeur", "kok"];
const SKILLS: [&str; 5] = ["TIG-lassen", "tekening lezen", "tillen", "koken", "plannen"];
const PAPERS: [&str; 4] = ["VCA", "VCA-VOL", "VOG", "BIG verpleegkundige"];

pub(super) fn general() -> RankingProfile {
    RankingProfile::parse(include_str!("../../data/profiles/algemeen.toml")).unwrap()
}

pub(super) fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

pub(super) fn occupation(text: &str) -> OccupationRef {
    OccupationRef { text: label(text), concept: None, boc_code: None }
}

pub(super) fn hours(min: f64, max: f64) -> Option<HoursRange> {
    HoursRange::new(HoursPerWeek::new(min).ok(), HoursPerWeek::new(max).ok()).unwrap()
}

pub(super) fn asked<T>(what: T, importance: Importance) -> Requirement<T> {
    Requirement { what, importance, grace: GraceWeeks::default() }
}

pub(super) fn seen(
    competency: Competency,
    source: ObservationSource,
    value: ObservedValue,
    on: Option<Date>,
) -> Observation {
    Observation {
        observed: Observed::Quality(Quality { competency, facet: None }),
        source,
        value,
        observed_on: on,
        note: None,
        dispute: Dispute::Undisputed,
        delivery: None,
    }
}

/// Postcodes along a line, 10 digits a kilometre; above 9000 unknown.
fn position(pc4: Pc4) -> Option<Position> {
    let lon_e5 = 600_000 + (i32::from(pc4.digits()) - 7_000) * 146;
    (pc4.digits() < 9_000).then_some(Position { lat_e5: 5_222_000, lon_e5 })
}

pub(super) fn candidate(id: &str, profile: &CandidateProfile) -> CandidateFacts {
    CandidateFacts::new(
        CandidateId::new(id).unwrap(),
        profile,
        PoolState::InPool,
        &Tables::embedded().unwrap(),
        &position,
        &Meanings::new(),
    )
}

pub(super) fn vacancy(id: &str) -> Vacancy {
    Vacancy::new(VacancyId::new(id).unwrap())
}

pub(super) fn facts(vacancy: &Vacancy) -> VacancyFacts {
    VacancyFacts::new(vacancy, &Tables::embedded().unwrap(), &position, &Meanings::new())
}

fn any_importance() -> impl Strategy<Value = Importance> {
    prop::sample::select(vec![Importance::Could, Importance::Should, Importance::Must, Importance::Legal])
}

fn word(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words.to_vec())
}

fn any_hours() -> impl Strategy<Value = Option<HoursRange>> {
    (prop::option::of(0_u8..45), prop::option::of(0_u8..20)).prop_map(|(min, more)| {
        let hours = |h: u8| HoursPerWeek::new(f64::from(h)).ok();
        let max = more.map(|more| min.unwrap_or(0) + more);
        HoursRange::new(min.and_then(hours), max.and_then(hours)).unwrap()
    })
}

fn any_postcode() -> impl Strategy<Value = Option<Postcode>> {
    prop::option::of((7_000_u16..9_100).prop_map(|digits| Postcode::parse(&digits.to_string()).unwrap()))
}

fn any_form() -> impl Strategy<Value = ContractForm> {
    let duration = prop::sample::select(vec![
        None,
        Some(ContractDuration::FixedTerm),
        Some(ContractDuration::OpenEnded),
    ]);
    let kind =
        prop::sample::select(vec![None, Some(AgreementKind::Regular), Some(AgreementKind::LearningJob)]);
    (duration, kind).prop_map(|(duration, kind)| ContractForm { duration, kind })
}

fn any_levels() -> impl Strategy<Value = LevelPerSkill> {
    let level = || {
        prop::option::of(prop::sample::select(vec![
            CefrLevel::A0,
            CefrLevel::A1,
            CefrLevel::A2,
            CefrLevel::B1,
            CefrLevel::C1,
        ]))
    };
    (level(), level()).prop_map(|(speaking, reading)| LevelPerSkill {
        speaking,
        reading,
        ..Default::default()
    })
}

fn any_quality() -> impl Strategy<Value = Competency> {
    prop::sample::select(vec![
        Competency::ShowAttention,
        Competency::Cooperate,
        Competency::FollowInstructions,
    ])
}

fn any_observation() -> impl Strategy<Value = Observation> {
    use ObservedValue::{Absent, Average, Insufficient, Strong, Sufficient};
    let value = prop::sample::select(vec![Absent, Insufficient, Average, Sufficient, Strong]);
    let source = prop::sample::select(ObservationSource::ALL.to_vec());
    (any_quality(), source, value, prop::option::of(-100_i32..1_500), 0..4_u8).prop_map(
        |(competency, source, value, age, what)| {
            let on = age.map(|days| TODAY.saturating_sub(jiff::Span::new().days(days)));
            let quality = seen(competency, source, value, on);
            let observed = match what {
                0 => Observed::MotivationForOccupation(occupation(WORK[0])),
                1 => Observed::MotivationForSector(SbiCode::new(87).unwrap()),
                _ => quality.observed.clone(),
            };
            Observation { observed, ..quality }
        },
    )
}

fn any_sectors() -> impl Strategy<Value = Vec<SbiCode>> {
    prop::collection::vec(prop::sample::select(vec![25_u32, 86, 87, 56]), 0..2)
        .prop_map(|codes| codes.into_iter().map(|code| SbiCode::new(code).unwrap()).collect())
}

pub(super) fn any_profile() -> impl Strategy<Value = CandidateProfile> {
    let skills = prop::collection::vec(word(&SKILLS), 0..5);
    let wishes =
        (prop::collection::vec(word(&WORK), 0..3), any_sectors(), prop::collection::vec(word(&SKILLS), 0..2));
    let refusals = (prop::collection::vec(word(&WORK), 0..2), prop::option::of(any::<bool>()));
    let travel = (
        any_postcode(),
        prop::option::of(0_u32..60),
        prop::option::of(0_u32..90),
        prop::collection::vec(
            prop::sample::select(vec![
                MeansOfTransport::Car,
                MeansOfTransport::Bicycle,
                MeansOfTransport::PublicTransport,
                MeansOfTransport::Other,
            ]),
            0..3,
        ),
    );
    let papers = (
        prop::option::of(prop::collection::vec(
            prop::sample::select(vec![DrivingLicence::B, DrivingLicence::C]),
            0..2,
        )),
        prop::collection::vec((word(&PAPERS), prop::option::of(-60_i32..60)), 0..3),
        prop::collection::vec(word(&PAPERS), 0..2),
    );
    let past = prop::collection::vec((prop::option::of(word(&WORK)), prop::option::of(0_u16..120)), 0..3);
    let rest = (
        any_levels(),
        prop::option::of(prop::sample::select(WorkLevel::ALL.to_vec())),
        prop::collection::vec(any_form(), 0..3),
    );
    (
        skills,
        wishes,
        refusals,
        any_hours(),
        travel,
        papers,
        past,
        rest,
        prop::collection::vec(any_observation(), 0..6),
    )
        .prop_map(|(skills, wishes, refusals, hours, travel, papers, past, rest, observations)| {
            let mut profile = CandidateProfile { observations, ..Default::default() };
            let skill = |text| SkillRef { text: label(text), concept: None };
            profile.skills = skills.into_iter().map(skill).collect();
            profile.wishes.occupations = wishes.0.into_iter().map(occupation).collect();
            profile.wishes.sectors = wishes.1;
            profile.wishes.interests = wishes.2.into_iter().map(label).collect();
            profile.refusals.occupations = refusals.0.into_iter().map(occupation).collect();
            profile.availability.irregular_work =
                refusals.1.map(|yes| if yes { Answer::Yes } else { Answer::No });
            profile.availability.hours = hours;
            profile.travel.from = travel.0;
            profile.travel.max_km = travel.1.and_then(|km| ReachLimit::new(km).ok());
            profile.travel.max_minutes = travel.2.and_then(|minutes| ReachLimit::new(minutes).ok());
            profile.travel.means = travel.3;
            profile.licences = papers.0.map(HeldLicences::These);
            profile.courses = papers
                .1
                .into_iter()
                .map(|(name, valid)| Course {
                    name: label(name),
                    certificate_on: None,
                    valid_until: valid.map(|days| TODAY.saturating_add(jiff::Span::new().days(days))),
                    from: None,
                    until: None,
                    school: None,
                })
                .collect();
            profile.lacking = papers.2.into_iter().map(label).collect();
            profile.experience = past
                .into_iter()
                .map(|(work, months)| WorkExperience {
                    occupation: work.map(occupation),
                    months,
                    ..Default::default()
                })
                .collect();
            profile.languages = vec![LanguageProficiency {
                language: LanguageCode::DUTCH,
                levels: rest.0,
                assessed_on: None,
            }];
            profile.level = rest.1;
            profile.contract_forms = rest.2;
            profile
        })
}

pub(super) fn any_vacancy() -> impl Strategy<Value = Vacancy> {
    let work = (prop::option::of(word(&WORK)), prop::option::of(word(&WORK)), any_sectors());
    let skills = prop::collection::vec((word(&SKILLS), any_importance()), 0..4);
    let qualities = prop::collection::vec((any_quality(), any_importance()), 0..3);
    let papers = prop::collection::vec((word(&PAPERS), any_importance(), 0_u32..30), 0..3);
    let licence = prop::option::of((
        prop::sample::select(vec![DrivingLicence::B, DrivingLicence::C]),
        any_importance(),
    ));
    let language = prop::option::of((any_levels(), any_importance()));
    let level = prop::option::of((prop::sample::select(WorkLevel::ALL.to_vec()), any_importance()));
    let times = (
        any_hours(),
        prop::option::of(any::<bool>()),
        prop::option::of(any::<bool>()),
        prop::option::of(0_i32..200),
    );
    let rest = (any_postcode(), prop::collection::vec(any_form(), 0..2), prop::option::of(0_u8..6), level);
    (work, skills, qualities, papers, licence, language, times, rest).prop_map(
        |(work, skills, qualities, papers, licence, language, times, rest)| {
            let mut made = vacancy("v");
            made.title = work.0.map(label);
            made.occupation = work.1.map(occupation);
            made.sector = work.2.first().copied();
            let asks = &mut made.requirements;
            asks.skills = skills
                .into_iter()
                .map(|(text, i)| asked(SkillRef { text: label(text), concept: None }, i))
                .collect();
            asks.competencies = qualities
                .into_iter()
                .map(|(competency, i)| asked(Quality { competency, facet: None }, i))
                .collect();
            for (name, importance, weeks) in papers {
                let paper =
                    Requirement { what: label(name), importance, grace: GraceWeeks::new(weeks).unwrap() };
                if name.starts_with("VCA") {
                    asks.certificates.push(paper)
                } else {
                    asks.registrations.push(paper)
                }
            }
            asks.licences = licence.into_iter().map(|(licence, i)| asked(licence, i)).collect();
            asks.languages = language
                .and_then(|(levels, i)| {
                    Some(asked(LanguageDemand::new(LanguageCode::DUTCH, levels, None, None).ok()?, i))
                })
                .into_iter()
                .collect();
            asks.level = rest.3.map(|(level, i)| asked(level, i));
            asks.experience = rest
                .2
                .map(|years| Requirement::should(ExperienceDemand { years, occupation: None }))
                .into_iter()
                .collect();
            let answer = |yes| if yes { Answer::Yes } else { Answer::No };
            made.schedule.hours = times.0;
            made.carving =
                times.1.map(|yes| Carving { allowed: answer(yes), min_hours: None, ways: Vec::new() });
            made.schedule.irregular_work = times.2.map(answer);
            made.schedule.shifts = if times.2 == Some(false) { vec![Shift::Day] } else { Vec::new() };
            made.starts_on = times.3.map(|days| TODAY.saturating_add(jiff::Span::new().days(days)));
            made.place = Place { postcode: rest.0, ..Default::default() };
            made.contract_forms = rest.1;
            made
        },
    )
}
