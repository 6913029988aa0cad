//! Times as they are compared: minutes of the week, from Monday 0:00 (R10).

use crate::domain::{
    time::{Answer, Availability, AvailableFrom, HeldJob, HeldJobPlan, LessonSlot, Shift, WeekSlot},
    vacancy::Schedule,
};
use crate::rank::{day::Day, term::TermKey};
use serde::{Deserialize, Serialize};

const MINUTES_OF_A_DAY: u16 = 1_440;
pub(in crate::rank) const MINUTES_OF_A_WEEK: u16 = 7 * MINUTES_OF_A_DAY;

/// A stretch of the week in minutes from Monday 0:00, at most 10,080.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Span {
    pub(in crate::rank) from: u16,
    pub(in crate::rank) to: u16,
}

impl Span {
    fn of(slot: WeekSlot) -> Self {
        // An offset of a weekday from Monday lies between 0 and 6.
        let midnight = slot.day().to_monday_zero_offset().unsigned_abs() as u16 * MINUTES_OF_A_DAY;
        Self { from: midnight + slot.from_minute(), to: midnight + slot.to_minute() }
    }

    const fn on(day: u16, from_hour: u16, to_hour: u16) -> Self {
        let midnight = day * MINUTES_OF_A_DAY;
        Self { from: midnight + from_hour * 60, to: midnight + to_hour * 60 }
    }

    pub(in crate::rank) fn minutes(self) -> u32 {
        u32::from(self.to - self.from)
    }

    /// The minutes that both have, where there are any.
    pub(in crate::rank) fn shared(self, other: Self) -> Option<Self> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        (from < to).then_some(Self { from, to })
    }

    pub(in crate::rank) fn shared_minutes(self, other: Self) -> u32 {
        self.shared(other).map_or(0, Self::minutes)
    }

    /// Minutes from midnight at which it begins.
    pub(in crate::rank) fn begins_at(self) -> u16 {
        self.from % MINUTES_OF_A_DAY
    }

    /// Minutes from midnight at which it ends, 1 to 1,440.
    pub(in crate::rank) fn ends_at(self) -> u16 {
        (self.to - 1) % MINUTES_OF_A_DAY + 1
    }
}

const fn monday_to_friday(from_hour: u16, to_hour: u16) -> [Span; 5] {
    let mut week = [Span { from: 0, to: 0 }; 5];
    let mut day = 0;
    while day < 5 {
        week[day] = Span::on(day as u16, from_hour, to_hour);
        day += 1;
    }
    week
}

const fn every_day() -> [Span; 7] {
    let mut week = [Span { from: 0, to: 0 }; 7];
    let mut day = 0;
    while day < 7 {
        week[day] = Span::on(day as u16, 0, 24);
        day += 1;
    }
    week
}

static DAY: [Span; 5] = monday_to_friday(7, 18);
static EVENING: [Span; 5] = monday_to_friday(18, 24);
static NIGHT: [Span; 5] = monday_to_friday(0, 7);
static WEEKEND: [Span; 2] = [Span::on(5, 0, 24), Span::on(6, 0, 24)];
static IRREGULAR: [Span; 7] = every_day();
static OFFICE: [Span; 5] = monday_to_friday(8, 18);
static WHOLE_WEEK: [Span; 1] = [Span { from: 0, to: MINUTES_OF_A_WEEK }];

/// The window that stands for a kind of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) enum Window {
    /// The kind of shift.
    Shift(Shift),
    /// Office hours.
    Office,
}

impl Window {
    /// A slot a day.
    pub(in crate::rank) fn slots(self) -> &'static [Span] {
        match self {
            Self::Shift(Shift::Day) => &DAY,
            Self::Shift(Shift::Evening) => &EVENING,
            Self::Shift(Shift::Night) => &NIGHT,
            Self::Shift(Shift::Weekend) => &WEEKEND,
            Self::Shift(Shift::Irregular) => &IRREGULAR,
            Self::Office => &OFFICE,
        }
    }
}

/// When the work of a vacancy is done.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) enum WorkTimes {
    /// In these slots.
    Exact(Box<[Span]>),
    /// Somewhere in these windows.
    Kinds(Box<[Window]>),
    Unknown,
}

impl WorkTimes {
    pub(super) fn of(schedule: &Schedule) -> Self {
        if !schedule.week_pattern.is_empty() {
            return Self::Exact(spans(&schedule.week_pattern));
        }
        let irregular = Window::Shift(Shift::Irregular);
        if schedule.irregular_work == Some(Answer::Yes) {
            return Self::Kinds([irregular].into());
        }
        if schedule.office_hours == Some(Answer::Yes) {
            return Self::Kinds([Window::Office].into());
        }
        let mut shifts = schedule.shifts.clone();
        shifts.sort_unstable();
        shifts.dedup();
        match shifts.as_slice() {
            [] => Self::Unknown,
            shifts if shifts.contains(&Shift::Irregular) => Self::Kinds([irregular].into()),
            shifts => Self::Kinds(shifts.iter().map(|shift| Window::Shift(*shift)).collect()),
        }
    }
}

/// When a person can work, before what is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) enum OwnTimes {
    /// In these spans, sorted, none of which touches another.
    Exact(Box<[Span]>),
    /// In office hours.
    Office,
    /// At any time.
    AnyTime,
    #[default]
    Unknown,
}

impl OwnTimes {
    /// The spans; the whole week where nothing is known.
    pub(in crate::rank) fn spans(&self) -> &[Span] {
        match self {
            Self::Exact(spans) => spans,
            Self::Office => &OFFICE,
            Self::AnyTime | Self::Unknown => &WHOLE_WEEK,
        }
    }
}

/// A stretch of the week that a lesson or a job takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Taken {
    pub(in crate::rank) span: Span,
    /// The last day, where there is one.
    pub(in crate::rank) until: Option<Day>,
    /// Whether a lesson takes it, and no job does.
    pub(in crate::rank) by_lesson: bool,
}

impl Taken {
    fn holds_on(&self, day: Day) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

/// When a person can start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) enum Start {
    /// Nothing is said.
    #[default]
    Open,
    /// From this day on.
    From(Day),
    /// Not yet, and the day is not known.
    NotYetKnown,
}

/// A job that a person has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct OwnJob {
    pub(in crate::rank) employer: Option<TermKey>,
    pub(in crate::rank) minutes: Option<u32>,
    pub(in crate::rank) slots: Box<[Span]>,
    pub(in crate::rank) is_kept: bool,
}

/// A person's time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct OwnTime {
    pub(in crate::rank) times: OwnTimes,
    /// What lessons and kept jobs take, sorted, none sharing a minute with another.
    pub(in crate::rank) taken: Box<[Taken]>,
    pub(in crate::rank) jobs: Box<[OwnJob]>,
    pub(in crate::rank) start: Start,
    pub(in crate::rank) until: Option<Day>,
}

impl OwnTime {
    pub(super) fn of(times: &Availability) -> Self {
        Self {
            times: own_times(times),
            taken: taken(&times.lesson_slots, &times.held_jobs),
            jobs: times.held_jobs.iter().map(own_job).collect(),
            start: match times.from {
                None => Start::Open,
                Some(AvailableFrom::Date(day)) => Start::From(Day::new(day)),
                Some(AvailableFrom::NotYetKnown) => Start::NotYetKnown,
            },
            until: times.until.map(Day::new),
        }
    }

    /// Minutes of a slot that are free on a day: of these spans, and not taken.
    pub(in crate::rank) fn free_in(&self, spans: &[Span], slot: Span, day: Day) -> u32 {
        let mut free = 0;
        for piece in spans.iter().filter_map(|own| own.shared(slot)) {
            let taken = self.taken.iter().filter(|taken| taken.holds_on(day));
            free += piece.minutes() - taken.map(|taken| taken.span.shared_minutes(piece)).sum::<u32>();
        }
        free
    }

    /// Whether the times are given in slots, of which something leaves nothing free on a day.
    pub(in crate::rank) fn has_no_minute(&self, day: Day) -> bool {
        let OwnTimes::Exact(spans) = &self.times else { return false };
        !self.taken.is_empty() && spans.iter().all(|own| self.free_in(spans, *own, day) == 0)
    }

    /// Minutes a week that lessons take on a day.
    pub(in crate::rank) fn lesson_minutes(&self, day: Day) -> u32 {
        let lessons = self.taken.iter().filter(|taken| taken.by_lesson && taken.holds_on(day));
        lessons.map(|lesson| lesson.span.minutes()).sum()
    }

    /// Whether a job is kept of which nobody says when it is.
    pub(in crate::rank) fn keeps_a_job_without_slots(&self) -> bool {
        self.jobs.iter().any(|job| job.is_kept && job.slots.is_empty())
    }
}

fn own_job(job: &HeldJob) -> OwnJob {
    OwnJob {
        employer: job.employer.as_ref().map(|id| TermKey::of_employer(id.as_str())),
        minutes: job.hours.map(|hours| hours.minutes()),
        slots: merged(spans(&job.slots)),
        is_kept: job.plan == HeldJobPlan::Keep,
    }
}

fn spans(slots: &[WeekSlot]) -> Box<[Span]> {
    let mut spans: Vec<Span> = slots.iter().map(|slot| Span::of(*slot)).collect();
    spans.sort_unstable();
    spans.into()
}

/// Sorted spans without what they share.
fn merged(sorted: Box<[Span]>) -> Box<[Span]> {
    let mut merged: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match merged.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    merged.into()
}

fn own_times(times: &Availability) -> OwnTimes {
    if !times.week_pattern.is_empty() {
        OwnTimes::Exact(merged(spans(&times.week_pattern)))
    } else if times.irregular_work == Some(Answer::Yes) {
        OwnTimes::AnyTime
    } else if times.office_hours == Some(Answer::Yes) {
        OwnTimes::Office
    } else {
        OwnTimes::Unknown
    }
}

/// What lessons and kept jobs take, cut where one begins or ends, each piece with the latest last day.
fn taken(lessons: &[LessonSlot], jobs: &[HeldJob]) -> Box<[Taken]> {
    let lessons = lessons.iter().map(|lesson| Taken {
        span: Span::of(lesson.slot),
        until: lesson.until.map(Day::new),
        by_lesson: true,
    });
    let kept = jobs.iter().filter(|job| job.plan == HeldJobPlan::Keep).flat_map(|job| &job.slots);
    let kept = kept.map(|slot| Taken { span: Span::of(*slot), until: None, by_lesson: false });
    let all: Vec<Taken> = lessons.chain(kept).collect();
    let mut cuts: Vec<u16> = all.iter().flat_map(|one| [one.span.from, one.span.to]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |cut: &[u16]| {
        let span = Span { from: cut[0], to: cut[1] };
        let mut there = all.iter().filter(|one| one.span.shared(span).is_some());
        let first = *there.next()?;
        let longer = |a: Option<Day>, b: Option<Day>| a.zip(b).map(|(a, b)| a.max(b));
        Some(there.fold(Taken { span, ..first }, |piece, one| Taken {
            until: longer(piece.until, one.until),
            by_lesson: piece.by_lesson && one.by_lesson,
            ..piece
        }))
    };
    cuts.windows(2).filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Weekday;
    use jiff::civil::date;

    fn slot(day: Weekday, from: u32, to: u32) -> WeekSlot {
        WeekSlot::new(day, from * 60, to * 60).unwrap()
    }

    #[test]
    fn r10_what_a_lesson_takes_is_free_after_its_last_day() {
        let lesson = |until| LessonSlot { slot: slot(Weekday::Tuesday, 9, 12), until };
        let times = Availability {
            week_pattern: vec![slot(Weekday::Tuesday, 8, 14), slot(Weekday::Wednesday, 8, 14)],
            lesson_slots: vec![lesson(Some(date(2026, 6, 30)))],
            ..Availability::default()
        };
        let own = OwnTime::of(&times);
        let free = |day| own.free_in(own.times.spans(), Span::on(1, 0, 24), Day::new(day));
        assert_eq!([free(date(2026, 6, 30)), free(date(2026, 7, 1))], [3 * 60, 6 * 60]);
        let longer = Availability {
            lesson_slots: vec![lesson(Some(date(2026, 6, 30))), lesson(None)],
            ..times.clone()
        };
        let own = OwnTime::of(&longer);
        let free = own.free_in(own.times.spans(), Span::on(1, 0, 24), Day::new(date(2026, 7, 1)));
        assert_eq!((free, own.taken.len()), (3 * 60, 1));
    }

    #[test]
    fn windows_of_day_evening_night_and_weekend_are_the_week_and_share_no_minute() {
        let parts = [Shift::Day, Shift::Evening, Shift::Night, Shift::Weekend];
        let slots: Vec<Span> = parts.iter().flat_map(|s| Window::Shift(*s).slots()).copied().collect();
        assert_eq!(slots.iter().map(|slot| slot.minutes()).sum::<u32>(), u32::from(MINUTES_OF_A_WEEK));
        for (at, one) in slots.iter().enumerate() {
            assert!(slots[at + 1..].iter().all(|other| one.shared(*other).is_none()));
        }
        let late = Span::on(6, 18, 24);
        assert_eq!((late.begins_at(), late.ends_at()), (18 * 60, MINUTES_OF_A_DAY));
    }
}
