//! A day in the form that the arithmetic of months and weeks needs.

use crate::domain::Date;
use serde::{Deserialize, Serialize};

/// A day: comparable, with the months and days between two of them at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Day {
    /// Days since the first of January of the year 0.
    ordinal: i32,
    /// Year · 12 + month.
    month: i32,
    day_of_month: i8,
}

impl Day {
    pub(super) fn new(date: Date) -> Self {
        let days = date.duration_since(Date::ZERO).as_hours() / 24;
        Self {
            // A civil date lies between the years −9999 and 9999: fewer than four million days.
            ordinal: days as i32,
            month: i32::from(date.year()) * 12 + i32::from(date.month()),
            day_of_month: date.day(),
        }
    }

    /// Whole months from `earlier` to this day, at least 0.
    pub(super) fn months_since(self, earlier: Self) -> u32 {
        let unfinished = i32::from(self.day_of_month < earlier.day_of_month);
        u32::try_from(self.month - earlier.month - unfinished).unwrap_or(0)
    }

    /// The day as a date.
    pub(super) fn date(self) -> Date {
        self.weeks_later(0)
    }

    /// The day some weeks later, as a date; the last one there is where it lies beyond the calendar.
    pub(super) fn weeks_later(self, weeks: u32) -> Date {
        let days = i64::from(self.ordinal) + i64::from(weeks) * 7;
        Date::ZERO.saturating_add(jiff::Span::new().days(days))
    }

    /// Days from `earlier` to this day, at least 0.
    pub(super) fn days_since(self, earlier: Self) -> u32 {
        u32::try_from(self.ordinal - earlier.ordinal).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_are_whole_and_never_negative() {
        let months = |a: Date, b: Date| Day::new(b).months_since(Day::new(a));
        assert_eq!(months(date(2026, 1, 31), date(2026, 2, 28)), 0);
        assert_eq!(months(date(2025, 11, 22), date(2026, 11, 22)), 12);
        assert_eq!(months(date(2025, 11, 23), date(2026, 11, 22)), 11);
        assert_eq!(months(date(2026, 11, 22), date(2025, 1, 1)), 0);
    }

    #[test]
    fn days_cross_leap_years() {
        assert_eq!(Day::new(date(2024, 3, 1)).days_since(Day::new(date(2024, 2, 28))), 2);
        assert_eq!(Day::new(date(2024, 3, 1)).days_since(Day::new(date(2025, 3, 1))), 0);
    }
}
