//! When a run starts by itself.

use crate::domain::Date;
use jiff::{
    SignedDuration, Timestamp,
    civil::{DateTime, Time},
};
use std::{collections::BTreeSet, time::Duration};

/// Two scheduled runs are at least this far apart.
const APART: Duration = Duration::from_secs(6 * 3_600);

/// What is known of the scheduled runs before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Before {
    /// The days that had theirs.
    pub(super) days: BTreeSet<Date>,
    /// How long ago this process started the last one, by a clock that nobody sets; `None`: it did not.
    pub(super) ago: Option<Duration>,
}

/// The day whose run is due at a moment of Dutch time.
///
/// A day has one run, from its time on, whenever the service looks: a clock that jumps over the time or over midnight, a
/// night in which that time does not exist, and a service that was down start it late, unless the next one is less than
/// six hours away; of several days that were missed only the last. A clock that was set back, or was a year ahead for a
/// while, neither repeats a run of a day nor holds the next one up.
pub(super) fn due(at: Time, now: DateTime, before: &Before) -> Option<Date> {
    let day = if now.time() >= at { now.date() } else { now.date().yesterday().ok()? };
    let next = day.tomorrow().ok()?.to_datetime(at);
    let is_late = SignedDuration::try_from(APART).is_ok_and(|apart| now.duration_until(next) < apart);
    let is_soon = before.ago.is_some_and(|ago| ago < APART);
    (!is_late && !is_soon && !before.days.contains(&day)).then_some(day)
}

/// Now in the Netherlands.
pub(super) fn dutch_now() -> DateTime {
    dutch(Timestamp::now())
}

fn dutch(now: Timestamp) -> DateTime {
    now.in_tz("Europe/Amsterdam").unwrap_or_else(|_| now.to_zoned(jiff::tz::TimeZone::UTC)).datetime()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A server under a clock that people set: looked at as often as the service does, by the rule of the service.
    struct Server {
        at: Time,
        now: DateTime,
        began: Option<Duration>,
        /// Since it was started; goes on whatever the clock shows.
        up: Duration,
        runs: Vec<(Date, DateTime)>,
    }

    impl Server {
        fn new(at: Time, now: DateTime) -> Self {
            Self { at, now, began: None, up: Duration::ZERO, runs: Vec::new() }
        }

        fn look(&mut self) {
            let days = self.runs.iter().map(|(day, _)| *day).collect();
            let before = Before { days, ago: self.began.map(|began| self.up - began) };
            if let Some(day) = due(self.at, self.now, &before) {
                self.runs.push((day, self.now));
                self.began = Some(self.up);
            }
        }

        fn hours(&mut self, hours: u32) -> &mut Self {
            for _ in 0..hours * 180 {
                self.look();
                self.now += Duration::from_secs(20);
                self.up += Duration::from_secs(20);
            }
            self
        }

        fn set(&mut self, now: DateTime) -> &mut Self {
            self.now = now;
            self
        }

        /// The runs are kept, the clock of the process is not.
        fn restart(&mut self) -> &mut Self {
            self.began = None;
            self
        }

        /// The days that had a run, and the hour of it.
        fn runs(&self) -> Vec<(i8, i8)> {
            self.runs.iter().map(|(day, now)| (day.day(), now.hour())).collect()
        }
    }

    const AT: Time = Time::constant(2, 30, 0, 0);

    fn november(day: i8, hour: i8) -> DateTime {
        date(2026, 11, day).at(hour, 0, 0, 0)
    }

    /// Up since the evening of the 20th.
    fn up() -> Server {
        Server::new(AT, november(20, 21))
    }

    #[test]
    fn a_clock_that_nobody_sets_gives_every_day_one_run_at_its_time() {
        let mut server = up();
        server.hours(75);
        assert_eq!(server.runs(), [(21, 2), (22, 2), (23, 2)]);
        assert!(server.runs.iter().all(|(day, now)| *now == day.to_datetime(AT)));
    }

    #[test]
    fn a_clock_that_jumps_over_the_time_starts_the_run_late_and_once() {
        let mut server = up();
        server.hours(5).set(november(21, 4)).hours(30);
        assert_eq!(server.runs(), [(21, 4), (22, 2)]);
        // The time is just before midnight and the clock jumps over both.
        let late = Time::constant(23, 59, 0, 0);
        let mut server = Server::new(late, november(20, 23));
        server.set(date(2026, 11, 20).at(23, 58, 0, 0)).look();
        server.set(date(2026, 11, 21).at(0, 3, 0, 0)).hours(26);
        assert_eq!(server.runs(), [(20, 0), (21, 23)]);
    }

    #[test]
    fn days_that_were_skipped_get_one_run_and_the_next_one_keeps_its_time() {
        let mut server = up();
        server.hours(12).set(november(27, 14)).hours(15);
        assert_eq!(server.runs(), [(21, 2), (27, 14), (28, 2)]);
        // So late that the next one is near: that one is enough.
        let mut server = up();
        server.hours(12).set(november(27, 22)).hours(6);
        assert_eq!(server.runs(), [(21, 2), (28, 2)]);
    }

    #[test]
    fn a_clock_that_is_set_back_repeats_no_day_not_even_after_a_restart() {
        for restarts in [false, true] {
            let mut server = up();
            server.hours(30).set(november(21, 1)).hours(3);
            if restarts {
                server.restart();
            }
            server.hours(9).set(november(20, 12)).hours(48);
            // The 20th had none before: one, after six hours; the 21st and the 22nd had theirs.
            assert_eq!(server.runs(), [(21, 2), (22, 2), (20, 12)], "{restarts}");
        }
    }

    #[test]
    fn a_clock_that_was_a_year_ahead_gives_every_day_one_run_when_it_is_right_again() {
        let mut server = up();
        server.hours(4).set(date(2027, 11, 20).at(21, 0, 0, 0)).hours(8).set(november(21, 9)).hours(48);
        assert_eq!(server.runs(), [(21, 2), (21, 12), (22, 2), (23, 2)]);
        let years: Vec<i16> = server.runs.iter().map(|(day, _)| day.year()).collect();
        assert_eq!(years, [2027, 2026, 2026, 2026]);
    }

    #[test]
    fn the_hour_that_a_day_lacks_or_has_twice_changes_nothing() {
        // In the spring 2:30 does not exist: 3:00 follows 2:00.
        let mut server = Server::new(AT, date(2027, 3, 27).at(21, 0, 0, 0));
        server.hours(5).set(date(2027, 3, 28).at(3, 0, 0, 0)).hours(26);
        assert_eq!(server.runs(), [(28, 3), (29, 2)]);
        // In the autumn it comes twice: 2:00 follows 3:00.
        let mut server = Server::new(AT, date(2027, 10, 30).at(21, 0, 0, 0));
        server.hours(6).set(date(2027, 10, 31).at(2, 0, 0, 0)).hours(26);
        assert_eq!(server.runs(), [(31, 2), (1, 2)]);
    }

    #[test]
    fn the_clock_on_the_wall_is_the_dutch_one() {
        let at = |moment: &str| dutch(moment.parse().unwrap()).to_string();
        assert_eq!(at("2027-03-28T00:59:59Z"), "2027-03-28T01:59:59");
        assert_eq!(at("2027-03-28T01:00:00Z"), "2027-03-28T03:00:00");
        assert_eq!(at("2027-10-31T00:59:59Z"), "2027-10-31T02:59:59");
        assert_eq!(at("2027-10-31T01:00:00Z"), "2027-10-31T02:00:00");
    }
}
