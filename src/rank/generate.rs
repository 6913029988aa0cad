//! Generated candidates and vacancies: believable, nasty, and half empty, with few enough words that things match.

use crate::domain::{
    Candidate, Date, Vacancy, Weekday,
    candidate::CandidateStatus,
    competency::{Competency, Facet, Quality},
    contract::{AgreementKind, ContractDuration, ContractForm},
    education::{
        Course, DrivingLicence, Education, EducationLevel, EducationStatus, HeldLicences, Registration,
        WorkLevel,
    },
    language::{CefrLevel, LanguageCode, LanguageProficiency, LevelPerSkill},
    observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
    place::{CountryCode, Place, Postcode},
    provenance::DeliveryState,
    requirement::{
        EducationDemand, ExperienceDemand, GraceWeeks, Importance, LanguageDemand, LaterLevel, Requirement,
        Requirements,
    },
    sector::SbiCode,
    support::{Carving, CarvingWay, SupportKind, SupportNeed, SupportOffer},
    text::{BoundedText, CandidateId, ConceptUri, FreeText, Label, VacancyId},
    time::{
        Answer, Availability, AvailableFrom, HeldJob, HeldJobPlan, HoursCap, HoursPerWeek, HoursRange, Shift,
        WeekSlot,
    },
    travel::{MeansOfTransport, ReachLimit, Travel},
    vacancy::{Schedule, VacancyStatus},
    work::{OccupationRef, Refusals, SkillRef, Wishes, WorkExperience},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// The days on which generated pairs are scored.
pub(crate) const AS_OF_DAYS: [(i16, i8, i8); 4] =
    [(2026, 11, 22), (2026, 2, 28), (2024, 2, 29), (2025, 12, 31)];

const OCCUPATIONS: [&str; 10] = [
    "kok",
    "Kok!",
    "hulpkok keuken",
    "lasser",
    "Verzorgende IG",
    "verzorgende",
    "vrachtwagenchauffeur",
    "طباخ",
    "кухар",
    "***",
];
const TITLES: [&str; 8] = [
    "Kok",
    "Hulpkok in de keuken",
    "Lasser TIG, dagdienst",
    "Verzorgende IG",
    "Medewerker",
    "طباخ",
    "Vrachtwagenchauffeur CE",
    "!!!",
];
const SKILLS: [&str; 9] = [
    "koken",
    "Koken ",
    "lassen",
    "TIG-lassen",
    "wassen en kleden",
    "crème brûlée",
    "creme brulee",
    "İş",
    "+++",
];
const CONCEPTS: [&str; 3] = ["http://esco/a", "http://esco/b", "http://esco/b "];
const BOC_CODES: [&str; 3] = ["101", "101 ", "202"];
const INTERESTS: [&str; 6] = ["koken", "buiten werken", "techniek", "mensen helpen", "lassen", "--"];
const DESCRIPTIONS: [&str; 4] =
    ["Je gaat koken en afwassen.", "Buiten werken met techniek", "Mensen helpen in de wijk", "… !"];
/// Certificates and registrations: names, aliases, one that covers another, unknown ones.
pub(crate) const PAPERS: [&str; 9] = [
    "VCA",
    "vca-basis",
    "VCA VOL",
    "VOG",
    "BIG",
    "BIG verpleegkundige",
    "heftruck",
    "Diploma uit Damascus",
    "--",
];
const EDUCATIONS: [&str; 4] = ["Kok niveau 2", "Verpleegkunde", "metaal", "=="];
const SECTORS: [u32; 10] = [86, 86_101, 87, 8_810, 25_620, 2_562, 45, 4_520, 56_101, 1];
/// Postcodes with a position, in Twente and elsewhere, and one without.
pub(crate) const POSTCODES: [&str; 7] = ["7511", "7511 AB", "7512", "7551", "7601", "1012", "1000"];
const LANGUAGES: [&str; 3] = ["nld", "eng", "ara"];
const COMPETENCIES: [Competency; 4] =
    [Competency::ShowAttention, Competency::Cooperate, Competency::Learn, Competency::FollowInstructions];
const FACETS: [&str; 2] = ["patience", "empathy"];

/// A text that is known to be valid.
pub(crate) fn text<const MAX: usize>(written: &str) -> BoundedText<MAX> {
    BoundedText::new(written).expect("a text of this file is valid")
}

/// A number of hours a week that is known to be valid.
pub(crate) fn hours(hours: f64) -> HoursPerWeek {
    HoursPerWeek::new(hours).expect("hours of this file are valid")
}

/// A day that is known to exist.
pub(crate) fn day((year, month, day): (i16, i8, i8)) -> Date {
    Date::new(year, month, day).expect("a day of this file exists")
}

/// A day some days after another one.
pub(crate) fn days_after(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).expect("a day of this file is within the calendar")
}

/// A postcode that is known to be valid.
pub(crate) fn postcode(written: &str) -> Postcode {
    Postcode::parse(written).expect("a postcode of this file is valid")
}

fn label(of: &'static [&'static str]) -> impl Strategy<Value = Label> {
    select(of).prop_map(text)
}

/// Empty half of the time, else one to three.
fn few<T: std::fmt::Debug + Clone + 'static>(
    of: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Vec<T>> {
    let of = of.boxed();
    prop_oneof![3 => Just(Vec::new()).boxed(), 3 => vec(of, 1..=3).boxed()]
}

fn answer() -> impl Strategy<Value = Option<Answer>> {
    option::of(select(&[Answer::Yes, Answer::No][..]))
}

/// A day around the as-of days: mostly close, sometimes long ago or far ahead.
fn date() -> impl Strategy<Value = Date> {
    let offset = prop_oneof![4 => -45..=45i32, 3 => -900..=0i32, 1 => -5_000..=-900i32, 1 => 45..=900i32];
    (select(&AS_OF_DAYS[..]), offset).prop_map(|(base, offset)| days_after(day(base), offset))
}

/// One of the as-of days.
pub(crate) fn as_of() -> impl Strategy<Value = Date> {
    select(&AS_OF_DAYS[..]).prop_map(day)
}

fn concept() -> impl Strategy<Value = Option<ConceptUri>> {
    option::weighted(0.3, select(&CONCEPTS[..]).prop_map(text))
}

fn occupation() -> impl Strategy<Value = OccupationRef> {
    let code = option::weighted(0.2, select(&BOC_CODES[..]).prop_map(text));
    (label(&OCCUPATIONS), concept(), code).prop_map(|(text, concept, boc_code)| OccupationRef {
        text,
        concept,
        boc_code,
    })
}

fn skill() -> impl Strategy<Value = SkillRef> {
    (label(&SKILLS), concept()).prop_map(|(text, concept)| SkillRef { text, concept })
}

fn sector() -> impl Strategy<Value = SbiCode> {
    select(&SECTORS[..]).prop_map(|code| SbiCode::new(code).expect("a code of this file is valid"))
}

fn shift() -> impl Strategy<Value = Shift> {
    select(&[Shift::Day, Shift::Evening, Shift::Night, Shift::Weekend, Shift::Irregular][..])
}

fn hours_range() -> impl Strategy<Value = Option<HoursRange>> {
    let amount = || option::of(select(&[0.0, 8.0, 15.5, 16.0, 20.0, 24.0, 32.0, 36.0, 40.0, 80.0, 99.0][..]));
    (amount(), amount()).prop_map(|(a, b)| {
        let (min, max) = match (a, b) {
            (Some(a), Some(b)) if a > b => (Some(b), Some(a)),
            pair => pair,
        };
        HoursRange::new(min.map(hours), max.map(hours)).expect("the bounds were put in order")
    })
}

fn contract_form() -> impl Strategy<Value = ContractForm> {
    let duration = option::of(select(&[ContractDuration::FixedTerm, ContractDuration::OpenEnded][..]));
    let kind = option::of(select(
        &[
            AgreementKind::Regular,
            AgreementKind::LearningJob,
            AgreementKind::Voluntary,
            AgreementKind::WorkExperience,
        ][..],
    ));
    (duration, kind).prop_map(|(duration, kind)| ContractForm { duration, kind })
}

const LEVELS: [CefrLevel; 7] =
    [CefrLevel::A0, CefrLevel::A1, CefrLevel::A2, CefrLevel::B1, CefrLevel::B2, CefrLevel::C1, CefrLevel::C2];

fn levels() -> impl Strategy<Value = LevelPerSkill> {
    let level = || option::of(select(&LEVELS[..]));
    (level(), level(), level(), level()).prop_map(|(listening, reading, speaking, writing)| LevelPerSkill {
        listening,
        reading,
        speaking,
        writing,
    })
}

fn language() -> impl Strategy<Value = LanguageCode> {
    select(&LANGUAGES[..]).prop_map(|code| LanguageCode::parse(code).expect("a code of this file is valid"))
}

fn quality() -> impl Strategy<Value = Quality> {
    let facet = option::weighted(0.3, select(&FACETS[..]));
    (select(&COMPETENCIES[..]), facet).prop_map(|(competency, facet)| Quality {
        competency,
        facet: facet.map(|key| Facet::new(key).expect("a key of this file is valid")),
    })
}

fn observation() -> impl Strategy<Value = Observation> {
    let observed = prop_oneof![
        4 => quality().prop_map(Observed::Quality),
        1 => sector().prop_map(Observed::MotivationForSector),
        1 => occupation().prop_map(Observed::MotivationForOccupation),
    ];
    let value = select(
        &[
            ObservedValue::Absent,
            ObservedValue::Insufficient,
            ObservedValue::Average,
            ObservedValue::Sufficient,
            ObservedValue::Strong,
        ][..],
    );
    (observed, select(&ObservationSource::ALL[..]), value, option::weighted(0.8, date())).prop_map(
        |(observed, source, value, observed_on)| Observation {
            observed,
            source,
            value,
            observed_on,
            note: None,
            dispute: Dispute::Undisputed,
            delivery: None,
        },
    )
}

fn wishes() -> impl Strategy<Value = Wishes> {
    (few(occupation()), few(sector()), few(label(&INTERESTS)), option::weighted(0.2, occupation())).prop_map(
        |(occupations, sectors, interests, dream_occupation)| Wishes {
            occupations,
            sectors,
            interests,
            dream_occupation,
            conditions: Vec::new(),
        },
    )
}

fn refusals() -> impl Strategy<Value = Refusals> {
    let some = (few(occupation()), few(sector()), few(shift())).prop_map(|(occupations, sectors, shifts)| {
        Refusals { occupations, sectors, shifts, conditions: Vec::new() }
    });
    prop_oneof![3 => Just(Refusals::default()).boxed(), 1 => some.boxed()]
}

fn availability() -> impl Strategy<Value = Availability> {
    let cap = (select(&[0.0, 8.0, 16.0, 20.0, 99.0][..]), option::of(date()))
        .prop_map(|(most, until)| HoursCap { max: hours(most), until });
    let job = (option::of(select(&[8.0, 24.0][..])), any::<bool>()).prop_map(|(amount, kept)| HeldJob {
        employer: None,
        employer_name: None,
        hours: amount.map(hours),
        slots: Vec::new(),
        plan: if kept { HeldJobPlan::Keep } else { HeldJobPlan::Open },
    });
    (
        hours_range(),
        option::weighted(0.25, cap),
        answer(),
        answer(),
        option::of(date().prop_map(AvailableFrom::Date)),
        option::weighted(0.2, job),
    )
        .prop_map(|(hours, hours_cap, irregular_work, office_hours, from, job)| Availability {
            hours,
            hours_cap,
            irregular_work,
            office_hours,
            from,
            held_jobs: job.into_iter().collect(),
            week_pattern: vec![
                WeekSlot::new(Weekday::Monday, 525, 885).expect("a slot of this file is valid"),
            ],
            ..Availability::default()
        })
}

/// All means of transport.
pub(crate) const MEANS: [MeansOfTransport; 7] = [
    MeansOfTransport::Car,
    MeansOfTransport::Moped,
    MeansOfTransport::Bicycle,
    MeansOfTransport::Motorcycle,
    MeansOfTransport::PublicTransport,
    MeansOfTransport::OnFoot,
    MeansOfTransport::Other,
];

fn travel() -> impl Strategy<Value = Travel> {
    let limit = || {
        option::of(
            select(&[0, 1, 5, 10, 25, 45, 90, 999][..])
                .prop_map(|limit| ReachLimit::new(limit).expect("a limit of this file is valid")),
        )
    };
    (option::of(select(&POSTCODES[..]).prop_map(postcode)), limit(), limit(), few(select(&MEANS[..])))
        .prop_map(|(from, max_km, max_minutes, means)| Travel { from, max_km, max_minutes, means })
}

fn held_licences() -> impl Strategy<Value = Option<HeldLicences>> {
    prop_oneof![
        3 => Just(None).boxed(),
        1 => Just(Some(HeldLicences::NoneAtAll)).boxed(),
        2 => vec(select(&DrivingLicence::ALL[..]), 0..=2).prop_map(|held| Some(HeldLicences::These(held))).boxed(),
    ]
}

fn course() -> impl Strategy<Value = Course> {
    let some_day = || option::weighted(0.3, date());
    (label(&PAPERS), some_day(), some_day(), some_day(), some_day()).prop_map(
        |(name, certificate_on, valid_until, from, until)| Course {
            name,
            certificate_on,
            valid_until,
            from,
            until,
            school: None,
        },
    )
}

fn registration() -> impl Strategy<Value = Registration> {
    (label(&PAPERS), option::weighted(0.3, date()))
        .prop_map(|(name, valid_until)| Registration { name, valid_until })
}

const EDUCATION_LEVELS: [EducationLevel; 7] = [
    EducationLevel::Primary,
    EducationLevel::Vmbo,
    EducationLevel::HavoVwo,
    EducationLevel::Mbo,
    EducationLevel::Hbo,
    EducationLevel::Wo,
    EducationLevel::Other,
];

fn education() -> impl Strategy<Value = Education> {
    let status =
        select(&[EducationStatus::Completed, EducationStatus::BrokenOff, EducationStatus::Ongoing][..]);
    (option::of(label(&EDUCATIONS)), option::of(select(&EDUCATION_LEVELS[..])), option::of(status), answer())
        .prop_map(|(name, level, status, diploma)| Education {
            name,
            level,
            status,
            diploma,
            ..Education::default()
        })
}

fn experience() -> impl Strategy<Value = WorkExperience> {
    let months = option::weighted(0.4, select(&[0, 1, 7, 24, 25, 130, 1_188][..]));
    (option::of(occupation()), option::of(date()), option::of(date()), months).prop_map(
        |(occupation, from, until, months)| WorkExperience {
            occupation,
            from,
            until,
            months,
            ..WorkExperience::default()
        },
    )
}

/// A candidate with an id.
pub(crate) fn candidate(id: &str) -> impl Strategy<Value = Candidate> + use<> {
    let id = CandidateId::new(id).expect("the id is valid");
    let proficiency = (language(), levels()).prop_map(|(language, levels)| LanguageProficiency {
        language,
        levels,
        assessed_on: None,
    });
    let wants = (wishes(), refusals(), availability(), travel(), few(contract_form()));
    let can = (
        option::of(select(&WorkLevel::ALL[..])),
        few(skill()),
        few(proficiency),
        held_licences(),
        few(course()),
        few(registration()),
        few(label(&PAPERS)),
        few(education()),
        few(experience()),
        prop_oneof![1 => few(observation()).boxed(), 1 => vec(observation(), 3..10).boxed()],
    );
    let emptiness = prop_oneof![1 => Just(true), 12 => Just(false)];
    (wants, can, emptiness).prop_map(move |(wants, can, is_empty)| {
        let mut candidate = Candidate::new(id.clone());
        if is_empty {
            return candidate;
        }
        let profile = &mut candidate.profile;
        (profile.wishes, profile.refusals, profile.availability, profile.travel, profile.contract_forms) =
            wants;
        (
            profile.level,
            profile.skills,
            profile.languages,
            profile.licences,
            profile.courses,
            profile.registrations,
            profile.lacking,
            profile.educations,
            profile.experience,
            profile.observations,
        ) = can;
        profile.support_needs =
            vec![SupportNeed { kind: SupportKind::Buddy, needed: Answer::Yes, note: None }];
        candidate
    })
}

/// A candidate with an id who may be outside the pool.
pub(crate) fn candidate_of_any_status(id: &str) -> impl Strategy<Value = Candidate> + use<> {
    let status = prop_oneof![
        12 => Just(CandidateStatus::Active),
        1 => Just(CandidateStatus::Placed),
        1 => Just(CandidateStatus::Withdrawn),
        1 => Just(CandidateStatus::Restricted),
        1 => Just(CandidateStatus::Erased),
    ];
    let state = prop_oneof![
        12 => Just(DeliveryState::Current),
        1 => Just(DeliveryState::NotDelivered { since: day((2026, 1, 1)) }),
    ];
    (candidate(id), status, state).prop_map(|(mut candidate, status, state)| {
        candidate.status = status;
        candidate.delivery_state = state;
        candidate
    })
}

fn importance() -> impl Strategy<Value = Importance> {
    prop_oneof![
        2 => Just(Importance::Could),
        4 => Just(Importance::Should),
        3 => Just(Importance::Must),
        1 => Just(Importance::Legal),
    ]
}

fn required<T: std::fmt::Debug + Clone + 'static>(
    what: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Requirement<T>> {
    let grace = select(&[0, 0, 2, 4, 104][..])
        .prop_map(|weeks| GraceWeeks::new(weeks).expect("a grace period of this file is valid"));
    (what, importance(), grace).prop_map(|(what, importance, grace)| Requirement { what, importance, grace })
}

fn language_demand() -> impl Strategy<Value = LanguageDemand> {
    (language(), levels(), any::<bool>()).prop_filter_map(
        "a level is asked",
        |(language, at_start, has_later)| {
            let levels = LevelPerSkill { speaking: Some(CefrLevel::B2), ..LevelPerSkill::default() };
            let later = has_later.then_some(LaterLevel { after_months: 12, levels });
            LanguageDemand::new(language, at_start, later, Some(text("om bewoners te verstaan"))).ok()
        },
    )
}

fn requirements() -> impl Strategy<Value = Requirements> {
    let education = (option::of(label(&EDUCATIONS)), option::of(select(&EDUCATION_LEVELS[..])))
        .prop_map(|(name, level)| EducationDemand { name, code: None, level, diploma: None });
    let experience = (select(&[0, 1, 2, 10, 99][..]), option::weighted(0.4, occupation()))
        .prop_map(|(years, occupation)| ExperienceDemand { years, occupation });
    (
        few(required(skill())),
        few(required(quality())),
        few(required(language_demand())),
        option::of(required(select(&WorkLevel::ALL[..]))),
        few(required(education)),
        few(required(experience)),
        few(required(select(&DrivingLicence::ALL[..]))),
        few(required(label(&PAPERS))),
        few(required(label(&PAPERS))),
    )
        .prop_map(
            |(
                skills,
                competencies,
                languages,
                level,
                educations,
                experience,
                licences,
                certificates,
                registrations,
            )| Requirements {
                skills,
                competencies,
                languages,
                level,
                educations,
                experience,
                licences,
                certificates,
                registrations,
                unscored: Vec::new(),
            },
        )
}

fn carving() -> impl Strategy<Value = Option<Carving>> {
    let allowed = select(&[Answer::Yes, Answer::No][..]);
    option::of(allowed.prop_map(|allowed| Carving {
        allowed,
        min_hours: None,
        ways: vec![CarvingWay::Hours],
    }))
}

/// An open vacancy with an id.
pub(crate) fn vacancy(id: &str) -> impl Strategy<Value = Vacancy> + use<> {
    let id = VacancyId::new(id).expect("the id is valid");
    let place = (option::of(select(&POSTCODES[..]).prop_map(postcode)), any::<bool>()).prop_map(
        |(postcode, is_abroad)| Place {
            postcode: postcode.filter(|_| !is_abroad),
            name: Some(text("Gronau")),
            country: is_abroad.then(|| CountryCode::parse("DE").expect("two letters")),
        },
    );
    let schedule = (hours_range(), few(shift()), answer()).prop_map(|(hours, shifts, irregular_work)| {
        Schedule { hours, shifts, irregular_work, ..Schedule::default() }
    });
    let words = (
        option::of(label(&TITLES)),
        option::of(select(&DESCRIPTIONS[..]).prop_map(text::<{ crate::domain::limits::TEXT_CHARACTERS }>)),
        few(label(&INTERESTS)),
        option::of(occupation()),
    );
    let rest = (
        option::of(sector()),
        few(sector()),
        place,
        schedule,
        requirements(),
        few(contract_form()),
        carving(),
        option::of(date()),
    );
    let emptiness = prop_oneof![1 => Just(true), 12 => Just(false)];
    (words, rest, emptiness).prop_map(move |(words, rest, is_empty)| {
        let mut vacancy = Vacancy::new(id.clone());
        if is_empty {
            return vacancy;
        }
        (vacancy.title, vacancy.description, vacancy.tasks, vacancy.occupation) = words;
        (
            vacancy.sector,
            vacancy.employer.sectors,
            vacancy.place,
            vacancy.schedule,
            vacancy.requirements,
            vacancy.contract_forms,
            vacancy.carving,
            vacancy.starts_on,
        ) = rest;
        vacancy.offer.support =
            vec![SupportOffer { kind: SupportKind::JobCoach, offered: Answer::No, note: None::<FreeText> }];
        vacancy
    })
}

/// A vacancy with an id that may be outside the pool.
pub(crate) fn vacancy_of_any_status(id: &str) -> impl Strategy<Value = Vacancy> + use<> {
    let status = prop_oneof![
        8 => Just(VacancyStatus::Open),
        1 => Just(VacancyStatus::Filled),
        1 => Just(VacancyStatus::Withdrawn),
    ];
    (vacancy(id), status, option::of(date())).prop_map(|(mut vacancy, status, closes_on)| {
        vacancy.status = status;
        vacancy.closes_on = closes_on;
        vacancy
    })
}

/// A travel time that comes with the pair, now and then.
pub(crate) fn travel_minutes() -> impl Strategy<Value = Option<u32>> {
    option::weighted(0.2, select(&[0, 5, 31, 60, 120, 2_000][..]))
}
