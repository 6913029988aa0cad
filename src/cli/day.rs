//! Days: typed as 2026-11-22, read in the language of the person.

use super::settings::Language;
use crate::wire::v1;
use jiff::civil::Date;

const MONTHS: [[&str; 2]; 12] = [
    ["januari", "January"],
    ["februari", "February"],
    ["maart", "March"],
    ["april", "April"],
    ["mei", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["augustus", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["december", "December"],
];

/// Reads a day of the years 1900 to 2200, written as year-month-day.
pub(super) fn parse(text: &str) -> Result<Date, String> {
    let as_written = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day: Option<Date> = as_written.then(|| text.parse().ok()).flatten();
    match day {
        Some(day) if (1900..=2200).contains(&day.year()) => Ok(day),
        Some(_) => Err("give a year from 1900 to 2200".to_owned()),
        None => Err("give a day that exists, as year-month-day, such as 2026-11-22".to_owned()),
    }
}

/// A day as the interface carries it.
pub(super) fn to_wire(day: Date) -> v1::Date {
    v1::Date { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

/// A day as people say it: "22 november 2026".
pub(super) fn words(day: &v1::Date, language: Language) -> String {
    let month = usize::try_from(day.month - 1).ok().and_then(|at| MONTHS.get(at));
    match month {
        Some(names) => format!("{} {} {}", day.day, language.pick(names), day.year),
        None => format!("{}-{}-{}", day.year, day.month, day.day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_documented_and_no_other_way() {
        assert_eq!(parse("2026-11-22"), Ok(Date::constant(2026, 11, 22)));
        for bad in [
            "",
            "22-11-2026",
            "20261122",
            "2026-02-30",
            "2026-1-1",
            "1899-12-31",
            "2201-01-01",
            "2026-11-22T00",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_day_reads_as_people_say_it() {
        let day = to_wire(Date::constant(2026, 3, 1));
        assert_eq!(words(&day, Language::Dutch), "1 maart 2026");
        assert_eq!(words(&day, Language::English), "1 March 2026");
    }
}
