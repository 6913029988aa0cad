//! When a run starts by itself.

use crate::domain::Date;
use jiff::civil::{DateTime, Time};
use std::time::Duration;

/// Two scheduled runs are at least this far apart by a clock that nobody sets.
const APART: Duration = Duration::from_secs(6 * 3_600);

/// What is known of the last scheduled run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Last {
    /// The day for which it ranked.
    pub(super) day: Option<Date>,
    /// How long ago this process started it, by a clock that nobody sets; `None`: it did not.
    pub(super) ago: Option<Duration>,
}

/// Whether a run is due at a moment of Dutch time.
///
/// A day has one run, from its time on, whenever the service looks: a clock that jumps over the time, a night in which
/// that time does not exist, and a service that was down start it late, and never twice. A clock that was set back, or
/// was a year ahead for a while, neither repeats a run within six hours nor holds the next one up.
pub(super) fn is_due(at: Time, now: DateTime, last: Last) -> bool {
    last.day != Some(now.date()) && now.time() >= at && last.ago.is_none_or(|ago| ago >= APART)
}

/// Now in the Netherlands.
pub(super) fn dutch_now() -> DateTime {
    let now = jiff::Timestamp::now();
    now.in_tz("Europe/Amsterdam").unwrap_or_else(|_| now.to_zoned(jiff::tz::TimeZone::UTC)).datetime()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const AT: Time = Time::constant(2, 30, 0, 0);

    fn last(day: Date, hours_ago: u64) -> Last {
        Last { day: Some(day), ago: Some(Duration::from_secs(hours_ago * 3_600)) }
    }

    #[test]
    fn a_day_has_one_run_from_its_time_on() {
        let night = date(2026, 11, 22);
        assert!(!is_due(AT, night.at(2, 29, 59, 0), Last::default()));
        assert!(is_due(AT, night.at(2, 30, 0, 0), last(date(2026, 11, 21), 24)));
        assert!(!is_due(AT, night.at(2, 31, 0, 0), last(night, 0)));
        assert!(!is_due(AT, night.at(23, 59, 0, 0), last(night, 21)));
    }

    #[test]
    fn a_clock_that_jumps_over_the_time_starts_it_late_and_once() {
        let night = date(2026, 11, 22);
        assert!(is_due(AT, night.at(5, 0, 0, 0), last(date(2026, 11, 21), 26)));
        // In the spring 2:30 does not exist; in the autumn it comes twice.
        assert!(is_due(AT, date(2027, 3, 28).at(3, 0, 0, 0), last(date(2027, 3, 27), 24)));
        assert!(!is_due(AT, date(2027, 10, 31).at(2, 30, 0, 0), last(date(2027, 10, 31), 1)));
    }

    #[test]
    fn a_clock_that_was_set_back_neither_repeats_a_run_nor_holds_the_next_one_up() {
        let back = date(2026, 11, 21);
        assert!(!is_due(AT, back.at(22, 0, 0, 0), last(date(2026, 11, 22), 1)));
        assert!(is_due(AT, back.at(22, 0, 0, 0), last(date(2027, 11, 22), 7)), "it was a year ahead");
    }
}
