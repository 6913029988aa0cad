//! One piece of data of a reason, as a file keeps it.

use super::{
    parts::{day_number, day_of_number, sector_number, sector_of, skill_number, skill_of},
    refused::Refused,
};
use crate::domain::{competency::Competency, education::DrivingLicence, language::LanguageCode};
use crate::rank::{Criterion, pool::PaperName, reason::Value};
use crate::wire::{enums::Choice, storage::NightValueKind as Kind};
use std::borrow::Cow;

/// What is kept of a value: its kind, a number and words, each where the kind has them.
pub(super) struct Kept<'a> {
    pub(super) kind: Kind,
    pub(super) number: u64,
    pub(super) words: Option<Cow<'a, str>>,
}

pub(super) fn kept(value: &Value) -> Kept<'_> {
    let number = |kind, number: u64| Kept { kind, number, words: None };
    let choice = |kind, code: i32| number(kind, u64::from(code.unsigned_abs()));
    let words = |kind, words: Cow<'static, str>| Kept { kind, number: 0, words: Some(words) };
    match value {
        Value::Words(text) => {
            Kept { kind: Kind::Words, number: 0, words: Some(Cow::Borrowed(text.as_str())) }
        }
        Value::Paper(PaperName::Licence(licence)) => words(Kind::Licence, licence.code().into()),
        Value::Paper(PaperName::Named(name)) => {
            Kept { kind: Kind::Paper, number: 0, words: Some(Cow::Borrowed(name.as_str())) }
        }
        Value::Quality(competency, facet) => Kept {
            kind: Kind::Quality,
            number: competency.code().into(),
            words: facet.as_deref().map(Cow::Borrowed),
        },
        Value::Seen(seen) => choice(Kind::Seen, seen.code()),
        Value::Source(source) => choice(Kind::Source, source.code()),
        Value::DaysAgo(days) => number(Kind::DaysAgo, days.map_or(0, |days| u64::from(days) + 1)),
        Value::Language(language) => words(Kind::Language, language.to_string().into()),
        Value::LanguageSkill(skill) => number(Kind::LanguageSkill, skill_number(*skill).into()),
        Value::Cefr(level) => choice(Kind::Cefr, level.code()),
        Value::Level(level) => choice(Kind::Level, level.code()),
        Value::WorkMinutes(minutes) => number(Kind::WorkMinutes, (*minutes).into()),
        Value::TravelMinutes(minutes) => number(Kind::TravelMinutes, *minutes),
        Value::Metres(metres) => number(Kind::Metres, *metres),
        Value::Means(means) => choice(Kind::Means, means.code()),
        Value::Months(months) => number(Kind::Months, (*months).into()),
        Value::Weeks(weeks) => number(Kind::Weeks, (*weeks).into()),
        Value::Day(day) => number(Kind::Day, day_number(*day).into()),
        Value::Division(division) => number(Kind::Division, (*division).into()),
        Value::OwnDivision(division) => number(Kind::OwnDivision, (*division).into()),
        Value::Count(count) => number(Kind::Count, (*count).into()),
        Value::DayMinutes(minutes) => number(Kind::DayMinutes, (*minutes).into()),
        Value::Support(support) => choice(Kind::Support, support.code()),
        Value::Sector(sector) => number(Kind::Sector, sector_number(*sector).into()),
        Value::Shift(shift) => choice(Kind::Shift, shift.code()),
        Value::Fit(fit) => number(Kind::Fit, (*fit).into()),
        Value::Place(place) => number(Kind::Place, *place),
        Value::Points(points) => number(Kind::Points, (*points).into()),
        Value::Criterion(criterion) => words(Kind::Criterion, criterion.key().into()),
    }
}

/// The value that was kept.
pub(super) fn read(kind: i32, number: u64, words: Option<&str>) -> Result<Value, Refused> {
    let kind = Kind::try_from(kind).map_err(|_| Refused::Newer(format!("value of kind {kind}")))?;
    value(kind, number, words).ok_or(Refused::Damaged("a piece of data"))
}

fn value(kind: Kind, number: u64, words: Option<&str>) -> Option<Value> {
    let small = || u32::try_from(number).ok();
    Some(match kind {
        Kind::Unspecified => return None,
        Kind::Words => Value::Words(words?.to_owned()),
        Kind::Licence => Value::Paper(PaperName::Licence(DrivingLicence::from_code(words?).ok()?)),
        Kind::Paper => Value::Paper(PaperName::Named(words?.to_owned())),
        Kind::Quality => Value::Quality(Competency::from_code(small()?).ok()?, words.map(str::to_owned)),
        Kind::Seen => Value::Seen(choice(number)?),
        Kind::Source => Value::Source(choice(number)?),
        Kind::DaysAgo => match small()?.checked_sub(1) {
            None => Value::DaysAgo(None),
            days => Value::DaysAgo(days),
        },
        Kind::Language => Value::Language(LanguageCode::parse(words?).ok()?),
        Kind::LanguageSkill => Value::LanguageSkill(skill_of(small()?)?),
        Kind::Cefr => Value::Cefr(choice(number)?),
        Kind::Level => Value::Level(choice(number)?),
        Kind::WorkMinutes => Value::WorkMinutes(small()?),
        Kind::TravelMinutes => Value::TravelMinutes(number),
        Kind::Metres => Value::Metres(number),
        Kind::Means => Value::Means(choice(number)?),
        Kind::Months => Value::Months(small()?),
        Kind::Weeks => Value::Weeks(small()?),
        Kind::Day => Value::Day(day_of_number(small()?)?),
        Kind::Division => Value::Division(small()?),
        Kind::OwnDivision => Value::OwnDivision(small()?),
        Kind::Count => Value::Count(small()?),
        Kind::DayMinutes => Value::DayMinutes(small()?),
        Kind::Support => Value::Support(choice(number)?),
        Kind::Sector => Value::Sector(sector_of(small()?)?),
        Kind::Shift => Value::Shift(choice(number)?),
        Kind::Fit => Value::Fit(u16::try_from(number).ok()?),
        Kind::Place => Value::Place(number),
        Kind::Points => Value::Points(u16::try_from(number).ok()?),
        Kind::Criterion => Value::Criterion(
            Criterion::ALL.into_iter().find(|criterion| criterion.key() == words.unwrap_or(""))?,
        ),
    })
}

/// A value of an enum of the interface.
fn choice<C: Choice>(number: u64) -> Option<C> {
    C::from_code(i32::try_from(number).ok()?).ok()?
}
