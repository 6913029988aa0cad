//! Reading the small notations of the data files: wordings, times of the week, names of values.

use crate::domain::{
    InvalidValue, Weekday,
    competency::{Competency, Facet, Quality},
    education::{EducationLevel, WorkLevel},
    language::{CefrLevel, LanguageCode},
    requirement::Importance,
    sector::SbiCode,
    support::{Capacity, SupportKind},
    text::Label,
    time::{Shift, WeekSlot},
    travel::MeansOfTransport,
};

/// A skill in one or more wordings, the usual one first.
#[derive(Clone, Debug)]
pub(crate) struct Wording {
    pub(crate) usual: Label,
    pub(crate) others: Vec<Label>,
}

/// Something that an employer asks, and whether the law does.
#[derive(Clone, Debug)]
pub(crate) struct Asked<T> {
    pub(crate) what: T,
    pub(crate) importance: Importance,
}

/// An occupation as people write it themselves: in another language, or in everyday or misspelt Dutch.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) language: Option<LanguageCode>,
    pub(crate) text: Label,
}

/// What was learned at school.
#[derive(Clone, Debug)]
pub(crate) struct Schooling {
    pub(crate) level: EducationLevel,
    pub(crate) name: Label,
}

fn unknown(what: &str, text: &str) -> InvalidValue {
    InvalidValue::new(format!("{text:?} is no {what}"), "use one of the names that this file already has")
}

pub(super) fn all<T>(
    texts: &[String],
    read: impl Fn(&str) -> Result<T, InvalidValue>,
) -> Result<Vec<T>, InvalidValue> {
    texts.iter().map(|text| read(text)).collect()
}

pub(super) fn label(text: &str) -> Result<Label, InvalidValue> {
    Label::new(text)
}

pub(super) fn wording(text: &str) -> Result<Wording, InvalidValue> {
    let mut labels = text.split('|').map(Label::new);
    let usual = labels.next().ok_or_else(|| unknown("wording", text))??;
    Ok(Wording { usual, others: labels.collect::<Result<_, _>>()? })
}

pub(super) fn written(text: &str) -> Result<Written, InvalidValue> {
    match text.split_once(':') {
        Some((code, rest)) => {
            Ok(Written { language: Some(LanguageCode::parse(code)?), text: Label::new(rest)? })
        }
        None => Ok(Written { language: None, text: Label::new(text)? }),
    }
}

/// "legal:CE" or "CE"; what the law does not ask is asked as `otherwise`.
pub(super) fn asked<T>(
    text: &str,
    otherwise: Importance,
    read: impl Fn(&str) -> Result<T, InvalidValue>,
) -> Result<Asked<T>, InvalidValue> {
    match text.strip_prefix("legal:") {
        Some(rest) => Ok(Asked { what: read(rest)?, importance: Importance::Legal }),
        None => Ok(Asked { what: read(text)?, importance: otherwise }),
    }
}

pub(super) fn schooling(text: &str) -> Result<Schooling, InvalidValue> {
    let (level, name) = text.split_once(':').ok_or_else(|| unknown("education", text))?;
    let level = match level {
        "primary" => EducationLevel::Primary,
        "vmbo" => EducationLevel::Vmbo,
        "havo" => EducationLevel::HavoVwo,
        "mbo" => EducationLevel::Mbo,
        "hbo" => EducationLevel::Hbo,
        "wo" => EducationLevel::Wo,
        "other" => EducationLevel::Other,
        _ => return Err(unknown("level of education", text)),
    };
    Ok(Schooling { level, name: Label::new(name)? })
}

/// "24104:patience" or "24104".
pub(super) fn quality(text: &str) -> Result<Quality, InvalidValue> {
    let (code, facet) = match text.split_once(':') {
        Some((code, facet)) => (code, Some(Facet::new(facet)?)),
        None => (text, None),
    };
    let code = code.parse().map_err(|_| unknown("competency", text))?;
    Ok(Quality { competency: Competency::from_code(code)?, facet })
}

/// "staan|240": an ability, with minutes a day where they are the measure.
pub(super) fn capacity(text: &str) -> Result<Capacity, InvalidValue> {
    let (ability, minutes) = match text.split_once('|') {
        Some((ability, minutes)) => {
            (ability, Some(minutes.parse().map_err(|_| unknown("number of minutes", text))?))
        }
        None => (text, None),
    };
    Ok(Capacity { ability: Label::new(ability)?, minutes_per_day: minutes, note: None })
}

pub(super) fn sbi(code: u32) -> Result<SbiCode, InvalidValue> {
    SbiCode::new(code)
}

pub(super) fn work_level(text: &str) -> Result<WorkLevel, InvalidValue> {
    match text {
        "basic" => Ok(WorkLevel::Basic),
        "vmbo" => Ok(WorkLevel::Vmbo),
        "mbo" => Ok(WorkLevel::Mbo),
        "hbo" => Ok(WorkLevel::Hbo),
        "wo" => Ok(WorkLevel::Wo),
        _ => Err(unknown("level of work", text)),
    }
}

pub(super) fn cefr(text: &str) -> Result<CefrLevel, InvalidValue> {
    match text {
        "A1" => Ok(CefrLevel::A1),
        "A2" => Ok(CefrLevel::A2),
        "B1" => Ok(CefrLevel::B1),
        "B2" => Ok(CefrLevel::B2),
        "C1" => Ok(CefrLevel::C1),
        "C2" => Ok(CefrLevel::C2),
        _ => Err(unknown("language level", text)),
    }
}

pub(super) fn shift(text: &str) -> Result<Shift, InvalidValue> {
    match text {
        "day" => Ok(Shift::Day),
        "evening" => Ok(Shift::Evening),
        "night" => Ok(Shift::Night),
        "weekend" => Ok(Shift::Weekend),
        "irregular" => Ok(Shift::Irregular),
        _ => Err(unknown("kind of shift", text)),
    }
}

pub(super) fn means(text: &str) -> Result<MeansOfTransport, InvalidValue> {
    match text {
        "car" => Ok(MeansOfTransport::Car),
        "moped" => Ok(MeansOfTransport::Moped),
        "bicycle" => Ok(MeansOfTransport::Bicycle),
        "motorcycle" => Ok(MeansOfTransport::Motorcycle),
        "public_transport" => Ok(MeansOfTransport::PublicTransport),
        "on_foot" => Ok(MeansOfTransport::OnFoot),
        _ => Err(unknown("means of transport", text)),
    }
}

pub(super) fn support(text: &str) -> Result<SupportKind, InvalidValue> {
    match text {
        "buddy" => Ok(SupportKind::Buddy),
        "language_buddy" => Ok(SupportKind::LanguageBuddy),
        "job_coach" => Ok(SupportKind::JobCoach),
        "work_supervisor" => Ok(SupportKind::WorkSupervisor),
        "adapted_workplace" => Ok(SupportKind::AdaptedWorkplace),
        "language_lessons" => Ok(SupportKind::LanguageLessons),
        "varied_work" => Ok(SupportKind::VariedWork),
        "guidance" => Ok(SupportKind::Guidance),
        _ => Err(unknown("kind of support", text)),
    }
}

const DAYS: [(&str, Weekday); 7] = [
    ("ma", Weekday::Monday),
    ("di", Weekday::Tuesday),
    ("wo", Weekday::Wednesday),
    ("do", Weekday::Thursday),
    ("vr", Weekday::Friday),
    ("za", Weekday::Saturday),
    ("zo", Weekday::Sunday),
];

/// Several of "ma-vr 8:45-14:45" or "za 9:00-17:00".
pub(super) fn week(texts: &[String]) -> Result<Vec<WeekSlot>, InvalidValue> {
    let slots: Vec<Vec<WeekSlot>> = all(texts, slots)?;
    Ok(slots.into_iter().flatten().collect())
}

fn slots(text: &str) -> Result<Vec<WeekSlot>, InvalidValue> {
    let refuse = || unknown("time of the week such as \"ma-vr 8:45-14:45\"", text);
    let (days, times) = text.split_once(' ').ok_or_else(refuse)?;
    let (from, to) = times.split_once('-').ok_or_else(refuse)?;
    let (first, last) = days.split_once('-').unwrap_or((days, days));
    let at = |day: &str| DAYS.iter().position(|(name, _)| *name == day).ok_or_else(refuse);
    let days = DAYS.get(at(first)?..=at(last)?).ok_or_else(refuse)?;
    let (from, to) = (minute(from).ok_or_else(refuse)?, minute(to).ok_or_else(refuse)?);
    days.iter().map(|(_, day)| WeekSlot::new(*day, from, to)).collect()
}

fn minute(clock: &str) -> Option<u32> {
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_week_are_read_day_by_day() {
        let read = week(&["ma-wo 8:45-14:45".into(), "zo 22:00-24:00".into()]).unwrap();
        let days: Vec<_> = read.iter().map(|slot| slot.day()).collect();
        assert_eq!(days, [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Sunday]);
        assert_eq!((read[0].from_minute(), read[3].to_minute()), (525, 1_440));
        for bad in ["ma", "ma 8-9", "xx 8:00-9:00", "vr-ma 8:00-9:00", "ma 9:00-8:00", "ma 8:60-9:00"] {
            assert!(week(&[bad.into()]).is_err(), "{bad}");
        }
    }
}
