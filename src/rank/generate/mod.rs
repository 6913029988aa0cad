//! Generated candidates and vacancies: believable, nasty, and half empty, with few enough words that things match.

mod candidate;
mod meaning;
mod vacancy;

use candidate::EDUCATION_LEVELS;
pub(crate) use candidate::{MEANS, candidate, candidate_of_any_status};
pub(crate) use meaning::Meanings;
pub(crate) use vacancy::{vacancy, vacancy_of_any_status};

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
    support::{Capacity, Carving, CarvingWay, SupportKind, SupportNeed, SupportOffer},
    text::{BoundedText, CandidateId, ConceptUri, EmployerId, Label, VacancyId},
    time::{
        Answer, Availability, AvailableFrom, HeldJob, HeldJobPlan, HoursCap, HoursPerWeek, HoursRange,
        LessonSlot, Shift, WeekSlot,
    },
    travel::{MeansOfTransport, ReachLimit, Travel},
    vacancy::{Offer, Schedule, VacancyStatus},
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
const SKILLS: [&str; 11] = [
    "veilig werken met gas",
    "met gas werken",
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
const CONCEPTS: [&str; 5] = ["http://esco/a", "http://esco/b", "http://esco/b ", "s:tig", "o:welder"];
const BOC_CODES: [&str; 3] = ["101", "101 ", "202"];
/// Free texts of people, some of which name a skill.
const TEXTS: [&str; 3] = ["Ik hou van koken en van gas.", "Wassen en kleden deed ik graag.", "…"];
const INTERESTS: [&str; 6] = ["koken", "buiten werken", "techniek", "mensen helpen", "lassen", "--"];
/// Conditions: names of one entry, opposites, one that the table does not know, one with words of another, no words.
pub(crate) const CONDITIONS: [&str; 8] = [
    "buiten werken",
    "Veel buiten",
    "binnen werken",
    "klein team",
    "grote groep",
    "rustig",
    "in een klein team buiten",
    "!",
];
const CONDITION_TEXTS: [&str; 3] = ["Je werkt buiten in een klein team.", "Rustig en binnen.", "…"];
const ABILITIES: [&str; 7] =
    ["staan", "lopen en staan", "tillen tot 10 kg", "Tillen 25 kilo", "tillen", "beeldschermwerk", "?"];
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

/// A slot of the week that is known to be valid.
pub(crate) fn slot(day: Weekday, from_minute: u32, to_minute: u32) -> WeekSlot {
    WeekSlot::new(day, from_minute, to_minute).expect("a slot of this file is valid")
}

pub(crate) const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// From and to, in minutes since midnight: mornings, whole shifts, evenings, nights, odd minutes.
const TIMES: [(u32, u32); 9] = [
    (480, 720),
    (525, 885),
    (420, 900),
    (540, 870),
    (900, 1_380),
    (1_080, 1_440),
    (0, 420),
    (601, 647),
    (0, 1_440),
];

fn week_slot() -> impl Strategy<Value = WeekSlot> {
    (select(&DAYS[..]), select(&TIMES[..])).prop_map(|(day, (from, to))| slot(day, from, to))
}

/// Empty half of the time, else the same time on some days or any slots.
fn week_pattern() -> impl Strategy<Value = Vec<WeekSlot>> {
    let regular = (select(&TIMES[..]), 1..=7_usize)
        .prop_map(|((from, to), days)| DAYS[..days].iter().map(|day| slot(*day, from, to)).collect());
    prop_oneof![
        4 => Just(Vec::new()).boxed(),
        3 => regular.boxed(),
        1 => vec(week_slot(), 1..=4).boxed(),
    ]
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
    let dispute = prop_oneof![6 => Just(Dispute::Undisputed), 1 => Just(Dispute::Disputed)];
    (observed, select(&ObservationSource::ALL[..]), value, option::weighted(0.8, date()), dispute).prop_map(
        |(observed, source, value, observed_on, dispute)| Observation {
            observed,
            source,
            value,
            observed_on,
            note: None,
            dispute,
            delivery: None,
        },
    )
}

/// One of two employers.
fn employer() -> impl Strategy<Value = EmployerId> {
    select(&["bakker", "zorggroep"][..]).prop_map(|id| EmployerId::new(id).expect("the id is valid"))
}

fn capacity() -> impl Strategy<Value = Capacity> {
    let minutes = option::of(select(&[1, 60, 120, 480][..]));
    (label(&ABILITIES), minutes).prop_map(|(ability, minutes_per_day)| Capacity {
        ability,
        minutes_per_day,
        note: None,
    })
}

/// A travel time that comes with the pair, now and then.
pub(crate) fn travel_minutes() -> impl Strategy<Value = Option<u32>> {
    option::weighted(0.2, select(&[0, 5, 31, 60, 120, 2_000][..]))
}
