//! Small values of a file and what they stand for: days, enums without a number in the interface.

use super::refused::Refused;
use crate::domain::{Date, language::LanguageSkill, sector::Sector};
use crate::rank::{
    Knowledge, Track,
    gaps::{CostClass, GapKind, WhomToAsk},
    score::ConflictCode,
};
use crate::wire::storage as stored;

pub(super) fn stored_day(day: Date) -> stored::NightDay {
    stored::NightDay { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

pub(super) fn day_of(day: &stored::NightDay) -> Option<Date> {
    Date::new(day.year.try_into().ok()?, day.month.try_into().ok()?, day.day.try_into().ok()?).ok()
}

/// A day as one number: year · 10,000 + month · 100 + day. Days before our era do not occur.
pub(super) fn day_number(day: Date) -> u32 {
    u32::from(day.year().unsigned_abs()) * 10_000
        + u32::from(day.month().unsigned_abs()) * 100
        + u32::from(day.day().unsigned_abs())
}

pub(super) fn day_of_number(number: u32) -> Option<Date> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

macro_rules! numbered {
    ($($name:ident, $of:ident: $kind:ident { $($value:ident = $number:literal),+ $(,)? })+) => {$(
        pub(super) fn $name(value: $kind) -> u32 {
            match value { $($kind::$value => $number),+ }
        }

        pub(super) fn $of(number: u32) -> Option<$kind> {
            match number { $($number => Some($kind::$value),)+ _ => None }
        }
    )+};
}

// Never renumber: files of last year bear these.
numbered! {
    skill_number, skill_of: LanguageSkill { Listening = 1, Reading = 2, Speaking = 3, Writing = 4 }
    sector_number, sector_of: Sector { General = 1, Care = 2, Engineering = 3 }
    gap_kind_number, gap_kind_of: GapKind { Registration = 1, Solvable = 2, Developable = 3 }
    cost_number, cost_of: CostClass { Small = 1, Medium = 2, Large = 3, VeryLarge = 4 }
    whom_number, whom_of: WhomToAsk {
        Employer = 1, WorkCoach = 2, TrainingCentre = 3, DrivingSchool = 4, Register = 5, School = 6,
        LanguageSchool = 7,
    }
    track_number, track_of: Track { Now = 1, Step = 2, Dream = 3 }
    conflict_number, conflict_of: ConflictCode {
        LanguageBelow = 1, PaperLacking = 2, CompetencyBelow = 3, RefusedByPerson = 4, HoursBelow = 5,
        TimesBelow = 6,
    }
    known_number, known_of: Knowledge { Unknown = 1, Partly = 2, Known = 3 }
}

/// A number that is 0 where there is no value.
pub(super) fn optional<T>(
    number: u32,
    of: impl Fn(u32) -> Option<T>,
    what: &'static str,
) -> Result<Option<T>, Refused> {
    if number == 0 { Ok(None) } else { of(number).map(Some).ok_or(Refused::Damaged(what)) }
}

/// A number that is a small one.
pub(super) fn small(number: u32, what: &'static str) -> Result<u16, Refused> {
    u16::try_from(number).map_err(|_| Refused::Damaged(what))
}
