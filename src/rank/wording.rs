//! Reasons in words, Dutch (B1) or English: a code's text with the reason's own data, nothing else (R20).

use super::{
    competencies::CompetencyTable,
    pool::{ExclusionReason, PaperName},
    reason::{Reason, ReasonCode, Value, for_candidate},
};
use crate::domain::{
    Date,
    competency::Competency,
    education::WorkLevel,
    language::{LanguageCode, LanguageSkill},
    observation::{ObservationSource, ObservedValue},
    sector::Sector,
    support::SupportKind,
    time::Shift,
    travel::MeansOfTransport,
};
use std::borrow::Cow;

/// The language of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextLanguage {
    /// Dutch, level B1.
    #[default]
    Dutch,
    /// English.
    English,
}

/// Who reads a text (R20). What an employer reads is made by other code, from other types (R16).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Audience {
    /// The advisor: everything, as it is known.
    #[default]
    Advisor,
    /// The person: spoken to, what they can do or answer, no judgement.
    Candidate,
}

/// In which language, and to whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Voice {
    /// The language.
    pub language: TextLanguage,
    /// Who reads it.
    pub audience: Audience,
}

impl Voice {
    /// To the advisor.
    pub fn advisor(language: TextLanguage) -> Self {
        Self { language, audience: Audience::Advisor }
    }
}

/// The text of a reason for the advisor. The table gives competencies their plain names.
pub fn text(reason: &Reason, language: TextLanguage, names: &CompetencyTable) -> String {
    filled(language.of(reason.code.dutch(), reason.code.english()), reason, Voice::advisor(language), names)
}

/// The text of a reason for whoever reads it.
pub fn told(reason: &Reason, voice: Voice, names: &CompetencyTable) -> String {
    let own = match voice.audience {
        Audience::Advisor => None,
        Audience::Candidate => for_candidate(reason.code),
    };
    let [dutch, english] = own.unwrap_or([reason.code.dutch(), reason.code.english()]);
    filled(voice.language.of(dutch, english), reason, voice, names)
}

/// A change and what it comes to, as one text: "Met VCA: plek 3 in plaats van 14."
pub fn change(change: &Reason, outcome: &Reason, voice: Voice, names: &CompetencyTable) -> String {
    let (change, outcome) = (told(change, voice, names), told(outcome, voice, names));
    let mut letters = outcome.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    format!("{change}: {}", first.chain(letters).collect::<String>())
}

fn filled(template: &str, reason: &Reason, voice: Voice, names: &CompetencyTable) -> String {
    let mut text = String::with_capacity(template.len() + 24);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some(value) = reason.get(name) {
            text.push_str(once(before, &spoken_to(value, voice, names)));
        }
        rest = after;
    }
    text.push_str(rest);
    match text.get_mut(..1) {
        Some(first) if first.is_ascii() => {
            first.make_ascii_uppercase();
            text
        }
        _ => capitalised(&text),
    }
}

/// A value without the word that the words before it end with: "met gas werken" after "Met ".
fn once<'v>(before: &str, value: &'v str) -> &'v str {
    let said = before.strip_suffix(' ').and_then(|before| before.split(' ').next_back());
    let is_said = |first: &str| {
        said.is_some_and(|said| {
            said.chars().flat_map(char::to_lowercase).eq(first.chars().flat_map(char::to_lowercase))
        })
    };
    match value.split_once(' ') {
        Some((first, rest)) if is_said(first) => rest,
        _ => value,
    }
}

/// A value in the words of who reads it.
fn spoken_to<'v>(value: &'v Value, voice: Voice, names: &'v CompetencyTable) -> Cow<'v, str> {
    let either =
        |dutch: &'static str, english: &'static str| Cow::Borrowed(voice.language.of(dutch, english));
    match (voice.audience, value) {
        (Audience::Candidate, Value::Source(ObservationSource::SelfReport)) => {
            either("gezegd door uzelf", "said by yourself")
        }
        (Audience::Candidate, Value::Seen(ObservedValue::Insufficient | ObservedValue::Absent)) => {
            either("kan nog groeien", "can still grow")
        }
        _ => spoken(value, voice.language, names),
    }
}

/// The reason why somebody or something is left out.
pub fn exclusion(excluded: &ExclusionReason) -> Reason {
    let plain = |code| Reason::plain(code);
    match excluded {
        ExclusionReason::FilteredOut => plain(ReasonCode::FilteredOut),
        ExclusionReason::OtherTrack => plain(ReasonCode::OtherTrack),
        ExclusionReason::CandidatePlaced => plain(ReasonCode::CandidatePlaced),
        ExclusionReason::CandidateWithdrawn => plain(ReasonCode::CandidateWithdrawn),
        ExclusionReason::CandidateRestricted => plain(ReasonCode::CandidateRestricted),
        ExclusionReason::CandidateErased => plain(ReasonCode::CandidateErased),
        ExclusionReason::CandidateNotDelivered => plain(ReasonCode::CandidateNotDelivered),
        ExclusionReason::VacancyFilled => plain(ReasonCode::VacancyFilled),
        ExclusionReason::VacancyWithdrawn => plain(ReasonCode::VacancyWithdrawn),
        ExclusionReason::VacancyClosed => plain(ReasonCode::VacancyClosed),
        ExclusionReason::VacancyNotDelivered => plain(ReasonCode::VacancyNotDelivered),
        ExclusionReason::RecordDamaged => plain(ReasonCode::RecordDamaged),
        ExclusionReason::LegalRequirement { paper } => {
            Reason::new(ReasonCode::LegalRequirement, [("paper", Value::Paper(paper.clone()))])
        }
    }
}

impl TextLanguage {
    pub(super) fn of<T>(self, dutch: T, english: T) -> T {
        match self {
            Self::Dutch => dutch,
            Self::English => english,
        }
    }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn spoken<'v>(
    value: &'v Value,
    language: TextLanguage,
    names: &'v CompetencyTable,
) -> Cow<'v, str> {
    let either = |dutch: &'static str, english: &'static str| Cow::Borrowed(language.of(dutch, english));
    match value {
        Value::Words(words) | Value::Paper(PaperName::Named(words)) => Cow::Borrowed(words),
        Value::Paper(PaperName::Licence(licence)) => match language {
            TextLanguage::Dutch => format!("rijbewijs {licence}").into(),
            TextLanguage::English => format!("driving licence {licence}").into(),
        },
        Value::Quality(competency, facet) => quality(*competency, facet.as_deref(), language, names),
        Value::Seen(seen) => match seen {
            ObservedValue::Strong => either("sterk", "strong"),
            ObservedValue::Sufficient => either("voldoende", "sufficient"),
            ObservedValue::Average => either("gemiddeld", "average"),
            ObservedValue::Insufficient => either("nog weinig", "little so far"),
            ObservedValue::Absent => either("nog niet", "not yet"),
        },
        Value::Source(source) => match source {
            ObservationSource::SelfReport => either("gezegd door de persoon zelf", "said by the person"),
            ObservationSource::Conversation => either("gezien in een gesprek", "seen in a conversation"),
            ObservationSource::Coach => either("gezien door de werkcoach", "seen by the work coach"),
            ObservationSource::PracticalTest => {
                either("gezien in een praktijkproef", "seen in a practical test")
            }
            ObservationSource::Internship => either("gezien tijdens een stage", "seen during an internship"),
            ObservationSource::TrialPlacement => {
                either("gezien tijdens een proefplaatsing", "seen during a trial placement")
            }
            ObservationSource::Employer => either("gezien door een werkgever", "seen by an employer"),
        },
        Value::DaysAgo(days) => days_ago(*days, language).into(),
        Value::Language(code) => language_name(*code, language).into(),
        Value::LanguageSkill(skill) => match skill {
            LanguageSkill::Listening => either("luisteren", "listening"),
            LanguageSkill::Reading => either("lezen", "reading"),
            LanguageSkill::Speaking => either("spreken", "speaking"),
            LanguageSkill::Writing => either("schrijven", "writing"),
        },
        Value::Level(level) => match level {
            WorkLevel::None => either("geen basisopleiding", "no primary education"),
            WorkLevel::Basic => either("basis", "basic"),
            WorkLevel::Vmbo => "vmbo".into(),
            WorkLevel::Mbo => either("mbo, havo of vwo", "mbo, havo or vwo"),
            WorkLevel::Hbo => "hbo".into(),
            WorkLevel::Wo => either("universiteit", "university"),
        },
        Value::WorkMinutes(minutes) => hours(*minutes, language).into(),
        Value::TravelMinutes(minutes) => {
            counted(*minutes, language, ["minuut", "minuten"], ["minute", "minutes"]).into()
        }
        Value::Metres(metres) => kilometres(*metres, language).into(),
        Value::Means(means) => match means {
            MeansOfTransport::Car => either("met de auto", "by car"),
            MeansOfTransport::Moped => either("met de brommer", "by moped"),
            MeansOfTransport::Bicycle => either("met de fiets", "by bicycle"),
            MeansOfTransport::Motorcycle => either("met de motor", "by motorcycle"),
            MeansOfTransport::PublicTransport => either("met bus of trein", "by bus or train"),
            MeansOfTransport::OnFoot => either("te voet", "on foot"),
            MeansOfTransport::Other => either("met iets anders", "by something else"),
        },
        Value::Months(months) => duration(*months, language).into(),
        Value::Weeks(weeks) => {
            counted(u64::from(*weeks), language, ["week", "weken"], ["week", "weeks"]).into()
        }
        Value::Day(day) => spoken_day(*day, language).into(),
        Value::Sector(sector) => match sector {
            Sector::General => either("werk in het algemeen", "work in general"),
            Sector::Care => either("de zorg", "care"),
            Sector::Engineering => either("de techniek", "engineering"),
        },
        Value::Shift(shift) => match shift {
            Shift::Day => either("overdag", "in the daytime"),
            Shift::Evening => either("in de avond", "in the evening"),
            Shift::Night => either("in de nacht", "at night"),
            Shift::Weekend => either("in het weekend", "at the weekend"),
            Shift::Irregular => either("op onregelmatige tijden", "at irregular hours"),
        },
        Value::Fit(fit) => {
            let percent = (u32::from(*fit) + 50) / 100;
            format!("{percent} {}", language.of("procent", "per cent")).into()
        }
        Value::Points(hundredths) => {
            let (whole, rest) = (hundredths / 100, hundredths % 100);
            match language {
                TextLanguage::Dutch => format!("{whole},{rest:02} punten").into(),
                TextLanguage::English => format!("{whole}.{rest:02} points").into(),
            }
        }
        Value::Criterion(criterion) => either(criterion.dutch(), criterion.english()),
        Value::OwnDivision(_) => either("deze sector", "this sector"),
        Value::DayMinutes(minutes) => {
            counted(u64::from(*minutes), language, ["minuut", "minuten"], ["minute", "minutes"]).into()
        }
        Value::Support(kind) => match kind {
            SupportKind::Buddy => either("een collega als buddy", "a colleague as a buddy"),
            SupportKind::LanguageBuddy => either("een taalmaatje", "a language buddy"),
            SupportKind::JobCoach => either("een jobcoach", "a job coach"),
            SupportKind::WorkSupervisor => either("een begeleider op het werk", "a supervisor at work"),
            SupportKind::AdaptedWorkplace => either("een aangepaste werkplek", "an adapted workplace"),
            SupportKind::LanguageLessons => either("taalles op het werk", "language lessons at work"),
            SupportKind::VariedWork => either("afwisselend werk", "varied work"),
            SupportKind::Guidance => either("begeleiding", "guidance"),
        },
        Value::Cefr(_) | Value::Division(_) | Value::Place(_) | Value::Count(_) => value.to_string().into(),
    }
}

/// The plain name; a facet that the table does not know stands behind its competency as it was written.
fn quality<'n>(
    competency: Competency,
    facet: Option<&str>,
    language: TextLanguage,
    names: &'n CompetencyTable,
) -> Cow<'n, str> {
    let name = match names.name(competency, facet) {
        Some(name) => Cow::Borrowed(language.of(&name.dutch, &name.english).as_str()),
        None => competency.code().to_string().into(),
    };
    match facet {
        Some(facet) if !names.knows(competency, facet) => {
            format!("{name} ({})", facet.replace('_', " ")).into()
        }
        _ => name,
    }
}

fn counted(number: u64, language: TextLanguage, dutch: [&str; 2], english: [&str; 2]) -> String {
    let words = language.of(dutch, english);
    format!("{number} {}", if number == 1 { words[0] } else { words[1] })
}

fn days_ago(days: Option<u32>, language: TextLanguage) -> String {
    let Some(days) = days else {
        return language.of("datum niet bekend".to_owned(), "date not known".to_owned());
    };
    let number = |number: u32| u64::from(number);
    let past = match days {
        0 => return language.of("vandaag".to_owned(), "today".to_owned()),
        1..14 => counted(number(days), language, ["dag", "dagen"], ["day", "days"]),
        14..61 => counted(number(days / 7), language, ["week", "weken"], ["week", "weeks"]),
        61..730 => counted(number(days / 30), language, ["maand", "maanden"], ["month", "months"]),
        _ => counted(number(days / 365), language, ["jaar", "jaar"], ["year", "years"]),
    };
    language.of(format!("{past} geleden"), format!("{past} ago"))
}

/// A day as people say it: "1 maart 2025".
fn spoken_day(day: Date, language: TextLanguage) -> String {
    const DUTCH: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::from(day.month().unsigned_abs()).saturating_sub(1);
    let name = language.of(DUTCH, ENGLISH).get(month).copied().unwrap_or_default();
    format!("{} {name} {}", day.day(), day.year())
}

fn hours(minutes: u32, language: TextLanguage) -> String {
    let whole = counted(u64::from(minutes / 60), language, ["uur", "uur"], ["hour", "hours"]);
    match minutes % 60 {
        0 => whole,
        rest => {
            let rest = counted(u64::from(rest), language, ["minuut", "minuten"], ["minute", "minutes"]);
            language.of(format!("{whole} en {rest}"), format!("{whole} and {rest}"))
        }
    }
}

fn kilometres(metres: u64, language: TextLanguage) -> String {
    let tenths = (metres + 50) / 100;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} km"),
        (whole, tenth) => language.of(format!("{whole},{tenth} km"), format!("{whole}.{tenth} km")),
    }
}

fn duration(months: u32, language: TextLanguage) -> String {
    let years = counted(u64::from(months / 12), language, ["jaar", "jaar"], ["year", "years"]);
    let rest = counted(u64::from(months % 12), language, ["maand", "maanden"], ["month", "months"]);
    match (months / 12, months % 12) {
        (0, _) => rest,
        (_, 0) => years,
        _ => language.of(format!("{years} en {rest}"), format!("{years} and {rest}")),
    }
}

/// Languages that are spoken in the region by name; others by their ISO 639-3 code.
fn language_name(code: LanguageCode, language: TextLanguage) -> String {
    let code = code.to_string();
    let (dutch, english) = match code.as_str() {
        "nld" => ("Nederlands", "Dutch"),
        "eng" => ("Engels", "English"),
        "deu" => ("Duits", "German"),
        "fra" => ("Frans", "French"),
        "spa" => ("Spaans", "Spanish"),
        "ara" => ("Arabisch", "Arabic"),
        "tir" => ("Tigrinya", "Tigrinya"),
        "fas" => ("Perzisch", "Persian"),
        "prs" => ("Dari", "Dari"),
        "pus" => ("Pasjtoe", "Pashto"),
        "tur" => ("Turks", "Turkish"),
        "kur" | "kmr" => ("Koerdisch", "Kurdish"),
        "ukr" => ("Oekraïens", "Ukrainian"),
        "rus" => ("Russisch", "Russian"),
        "pol" => ("Pools", "Polish"),
        "ron" => ("Roemeens", "Romanian"),
        "bul" => ("Bulgaars", "Bulgarian"),
        "som" => ("Somalisch", "Somali"),
        "amh" => ("Amhaars", "Amharic"),
        "arc" | "syr" => ("Aramees", "Aramaic"),
        other => return language.of(format!("taal {other}"), format!("language {other}")),
    };
    language.of(dutch.to_owned(), english.to_owned())
}

#[cfg(test)]
mod tests;
