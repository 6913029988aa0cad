//! Hours, slots of the week, caps and jobs that are held: time as a budget (R10).

use super::{
    Date, InvalidValue, Weekday, limits,
    text::{EmployerId, Name},
};
use serde::{Deserialize, Serialize};

/// A number of hours a week, kept in whole minutes, from 0 to 99 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoursPerWeek(u16);

impl HoursPerWeek {
    /// Takes hours a week; fractions are rounded to the minute.
    ///
    /// # Errors
    /// When it is no number, negative or above 99.
    pub fn new(hours: f64) -> Result<Self, InvalidValue> {
        if !hours.is_finite() || !(0.0..=limits::HOURS_PER_WEEK).contains(&hours) {
            return Err(InvalidValue::new(
                "that is no number of hours a week",
                format!("give 0 to {} hours", limits::HOURS_PER_WEEK),
            ));
        }
        // At most 99 × 60 = 5,940, so the conversion is exact.
        Ok(Self((hours * 60.0).round() as u16))
    }

    /// Minutes a week.
    pub fn minutes(self) -> u32 {
        u32::from(self.0)
    }

    /// Hours a week.
    pub fn hours(self) -> f64 {
        f64::from(self.0) / 60.0
    }
}

/// Fewest and most hours a week; at least one of them is known and fewest is not above most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoursRange {
    min: Option<HoursPerWeek>,
    max: Option<HoursPerWeek>,
}

impl HoursRange {
    /// Takes fewest and most hours; `Ok(None)` when neither is given.
    ///
    /// # Errors
    /// When fewest is above most.
    pub fn new(min: Option<HoursPerWeek>, max: Option<HoursPerWeek>) -> Result<Option<Self>, InvalidValue> {
        match (min, max) {
            (None, None) => Ok(None),
            (Some(min), Some(max)) if min > max => Err(InvalidValue::new(
                "the fewest hours are more than the most hours",
                "give a minimum that is not above the maximum",
            )),
            _ => Ok(Some(Self { min, max })),
        }
    }

    /// Fewest hours, where given.
    pub fn min(self) -> Option<HoursPerWeek> {
        self.min
    }

    /// Most hours, where given.
    pub fn max(self) -> Option<HoursPerWeek> {
        self.max
    }
}

/// A stretch of time that returns every week, inside one day.
///
/// Work through the night is two slots: until 24:00, and from 0:00 on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeekSlot {
    day: Weekday,
    from_minute: u16,
    to_minute: u16,
}

impl WeekSlot {
    /// Takes a day and minutes since midnight, `from` before `to`, `to` at most 1,440.
    ///
    /// # Errors
    /// When the slot ends before it begins or runs past midnight.
    pub fn new(day: Weekday, from_minute: u32, to_minute: u32) -> Result<Self, InvalidValue> {
        match (u16::try_from(from_minute), u16::try_from(to_minute)) {
            (Ok(from_minute), Ok(to_minute)) if from_minute < to_minute && to_minute <= 1_440 => {
                Ok(Self { day, from_minute, to_minute })
            }
            _ => Err(InvalidValue::new(
                "the slot ends before it begins or runs past midnight",
                "give minutes since midnight, the end after the start and at most 1440; \
                 split work through the night into two slots",
            )),
        }
    }

    /// Whether both have a minute in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.day == other.day && self.from_minute < other.to_minute && other.from_minute < self.to_minute
    }

    /// The day of the week.
    pub fn day(self) -> Weekday {
        self.day
    }

    /// Start, in minutes since midnight.
    pub fn from_minute(self) -> u16 {
        self.from_minute
    }

    /// End, in minutes since midnight, at most 1,440.
    pub fn to_minute(self) -> u16 {
        self.to_minute
    }
}

/// A kind of working time that somebody offers, accepts or refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shift {
    /// In the daytime (*dagdienst*).
    Day,
    /// In the evening (*avonddienst*).
    Evening,
    /// At night (*nachtdienst*).
    Night,
    /// At the weekend (*weekenddienst*).
    Weekend,
    /// Irregular hours or rotating shifts (*onregelmatig werk of ploegendienst*).
    Irregular,
}

/// A fact that is known to be so, or known not to be so; unknown is the absence of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// Known to be so (VUM 1).
    Yes,
    /// Known not to be so (VUM 2).
    No,
}

/// When a person can start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AvailableFrom {
    /// From this day on.
    Date(Date),
    /// Not yet, and the day is not known (waiting for child care, for instance).
    NotYetKnown,
}

/// Times that a person has for work (VUM: werktijden, flexibiliteit; slots only through the service's own interface).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    /// Wished hours a week, in all jobs together.
    pub hours: Option<HoursRange>,
    /// Slots of the week in which the person can work, those of a job that may be left included; empty is unknown.
    pub week_pattern: Vec<WeekSlot>,
    /// Slots that lessons take, each with the last day where known.
    pub lesson_slots: Vec<LessonSlot>,
    /// A limit on the hours of work, such as 20 a week during integration.
    pub hours_cap: Option<HoursCap>,
    /// Work at irregular hours or in shifts: wanted or explicitly not.
    pub irregular_work: Option<Answer>,
    /// Office hours only, or explicitly not only.
    pub office_hours: Option<Answer>,
    /// From when.
    pub from: Option<AvailableFrom>,
    /// Until when.
    pub until: Option<Date>,
    /// Jobs that the person has now.
    pub held_jobs: Vec<HeldJob>,
}

/// A weekly lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LessonSlot {
    /// Day and time.
    pub slot: WeekSlot,
    /// Last day, where known.
    pub until: Option<Date>,
}

/// A limit on the hours of work for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HoursCap {
    /// Most hours of work a week.
    pub max: HoursPerWeek,
    /// Last day on which the limit holds; without one it holds until it is taken out.
    pub until: Option<Date>,
}

impl HoursCap {
    /// Whether the limit holds on a day.
    pub fn holds_on(self, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

/// Whether a job that is held may be given up for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeldJobPlan {
    /// May be left or kept: the better of the two counts (R10).
    Open,
    /// The person keeps it.
    Keep,
}

/// A job that the person has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldJob {
    /// The employer, where it can be recognised.
    pub employer: Option<EmployerId>,
    /// The employer's name.
    pub employer_name: Option<Name>,
    /// Hours a week.
    pub hours: Option<HoursPerWeek>,
    /// When the work is done; empty is unknown.
    pub slots: Vec<WeekSlot>,
    /// Kept, or open.
    pub plan: HeldJobPlan,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_finite_and_within_a_week() {
        assert_eq!(HoursPerWeek::new(20.5).unwrap().minutes(), 1_230);
        for bad in [f64::NAN, f64::INFINITY, -0.5, 99.1] {
            assert!(HoursPerWeek::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_range_has_its_minimum_below_its_maximum() {
        let hours = |h| HoursPerWeek::new(h).ok();
        assert!(HoursRange::new(hours(24.0), hours(16.0)).is_err());
        assert_eq!(HoursRange::new(None, None).unwrap(), None);
        assert!(HoursRange::new(None, hours(16.0)).unwrap().is_some());
    }

    #[test]
    fn slots_that_touch_do_not_overlap() {
        let slot = |day, from, to| WeekSlot::new(day, from, to).unwrap();
        let morning = slot(Weekday::Monday, 480, 720);
        assert!(morning.overlaps(slot(Weekday::Monday, 719, 900)));
        assert!(!morning.overlaps(slot(Weekday::Monday, 720, 900)));
        assert!(!morning.overlaps(slot(Weekday::Tuesday, 480, 720)));
    }

    #[test]
    fn a_slot_stays_inside_its_day() {
        assert!(WeekSlot::new(Weekday::Monday, 525, 885).is_ok());
        assert!(WeekSlot::new(Weekday::Monday, 885, 525).is_err());
        assert!(WeekSlot::new(Weekday::Monday, 0, 1_441).is_err());
    }
}
