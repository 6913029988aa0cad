//! Why: stable codes with typed data. What people read of them is made by [`super::wording`] from the data alone (R20).

mod codes;
mod for_candidate;
mod names;

pub use codes::ReasonCode;
pub use names::{DATA_NAMES, name_of_datum};

pub(super) use for_candidate::for_candidate;

use super::{criterion::Criterion, pool::PaperName};
use crate::domain::{
    Date,
    competency::Competency,
    education::WorkLevel,
    language::{CefrLevel, LanguageCode, LanguageSkill},
    observation::{ObservationSource, ObservedValue},
    sector::Sector,
    support::SupportKind,
    time::Shift,
    travel::MeansOfTransport,
};
use std::fmt;

/// A reason: a code and the data that its text is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reason {
    /// What it is.
    pub code: ReasonCode,
    /// The data, each with its name.
    pub data: Vec<(&'static str, Value)>,
}

impl Value {
    pub(super) fn day(day: super::day::Day) -> Self {
        Self::Day(day.date())
    }
}

impl Reason {
    pub(super) fn new<const N: usize>(code: ReasonCode, data: [(&'static str, Value); N]) -> Self {
        Self { code, data: data.into() }
    }

    pub(super) fn plain(code: ReasonCode) -> Self {
        Self { code, data: Vec::new() }
    }

    /// A piece of data by its name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.data.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

/// One piece of data of a reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Words as they were written.
    Words(String),
    /// A licence, certificate or registration.
    Paper(PaperName),
    /// A competency, or the facet of one.
    Quality(Competency, Option<String>),
    /// How strongly it was seen.
    Seen(ObservedValue),
    /// Who saw it.
    Source(ObservationSource),
    /// How many days ago; `None` without a date.
    DaysAgo(Option<u32>),
    /// A language.
    Language(LanguageCode),
    /// What is done with a language.
    LanguageSkill(LanguageSkill),
    /// A level of language.
    Cefr(CefrLevel),
    /// A level of work and thinking.
    Level(WorkLevel),
    /// Minutes of work a week.
    WorkMinutes(u32),
    /// Minutes on the way.
    TravelMinutes(u64),
    /// Metres on the way.
    Metres(u64),
    /// A means of transport.
    Means(MeansOfTransport),
    /// Months of work.
    Months(u32),
    /// Weeks.
    Weeks(u32),
    /// A day.
    Day(Date),
    /// A division of SBI 2008.
    Division(u32),
    /// The division of SBI 2008 of this work.
    OwnDivision(u32),
    /// How many.
    Count(u32),
    /// Minutes a day.
    DayMinutes(u32),
    /// A kind of support.
    Support(SupportKind),
    /// A sector that the service treats by name.
    Sector(Sector),
    /// A kind of shift.
    Shift(Shift),
    /// A fit, in 1/10,000.
    Fit(u16),
    /// A place in a list, from 1.
    Place(u64),
    /// A difference in score, in hundredths of a point.
    Points(u16),
    /// A criterion.
    Criterion(Criterion),
}

/// The value for programs: a code or a number in its unit, the same in every language.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Paper(PaperName::Licence(licence)) => write!(f, "{licence}"),
            Self::Paper(PaperName::Named(name)) => f.write_str(name),
            Self::Quality(competency, None) => write!(f, "{}", competency.code()),
            Self::Quality(competency, Some(facet)) => write!(f, "{}/{facet}", competency.code()),
            Self::Seen(value) => write!(f, "{}", value.points()),
            Self::Source(source) => f.write_str(match source {
                ObservationSource::SelfReport => "SELF",
                ObservationSource::Conversation => "CONVERSATION",
                ObservationSource::Coach => "COACH",
                ObservationSource::PracticalTest => "PRACTICAL_TEST",
                ObservationSource::Internship => "INTERNSHIP",
                ObservationSource::TrialPlacement => "TRIAL_PLACEMENT",
                ObservationSource::Employer => "EMPLOYER",
            }),
            Self::DaysAgo(None) => f.write_str("UNDATED"),
            Self::DaysAgo(Some(days)) => write!(f, "{days}"),
            Self::Language(language) => write!(f, "{language}"),
            Self::LanguageSkill(skill) => f.write_str(match skill {
                LanguageSkill::Listening => "LISTENING",
                LanguageSkill::Reading => "READING",
                LanguageSkill::Speaking => "SPEAKING",
                LanguageSkill::Writing => "WRITING",
            }),
            Self::Cefr(level) => write!(f, "{level:?}"),
            Self::Level(level) => f.write_str(match level {
                WorkLevel::None => "NONE",
                WorkLevel::Basic => "BASIC",
                WorkLevel::Vmbo => "VMBO",
                WorkLevel::Mbo => "MBO",
                WorkLevel::Hbo => "HBO",
                WorkLevel::Wo => "WO",
            }),
            Self::WorkMinutes(minutes)
            | Self::Months(minutes)
            | Self::Weeks(minutes)
            | Self::Division(minutes)
            | Self::OwnDivision(minutes)
            | Self::Count(minutes)
            | Self::DayMinutes(minutes) => {
                write!(f, "{minutes}")
            }
            Self::Day(day) => write!(f, "{day}"),
            Self::TravelMinutes(number) | Self::Metres(number) => write!(f, "{number}"),
            Self::Means(means) => f.write_str(match means {
                MeansOfTransport::Car => "CAR",
                MeansOfTransport::Moped => "MOPED",
                MeansOfTransport::Bicycle => "BICYCLE",
                MeansOfTransport::Motorcycle => "MOTORCYCLE",
                MeansOfTransport::PublicTransport => "PUBLIC_TRANSPORT",
                MeansOfTransport::OnFoot => "ON_FOOT",
                MeansOfTransport::Other => "OTHER",
            }),
            Self::Sector(sector) => f.write_str(match sector {
                Sector::General => "GENERAL",
                Sector::Care => "CARE",
                Sector::Engineering => "ENGINEERING",
            }),
            Self::Shift(shift) => f.write_str(match shift {
                Shift::Day => "DAY",
                Shift::Evening => "EVENING",
                Shift::Night => "NIGHT",
                Shift::Weekend => "WEEKEND",
                Shift::Irregular => "IRREGULAR",
            }),
            Self::Support(kind) => f.write_str(match kind {
                SupportKind::Buddy => "BUDDY",
                SupportKind::LanguageBuddy => "LANGUAGE_BUDDY",
                SupportKind::JobCoach => "JOB_COACH",
                SupportKind::WorkSupervisor => "WORK_SUPERVISOR",
                SupportKind::AdaptedWorkplace => "ADAPTED_WORKPLACE",
                SupportKind::LanguageLessons => "LANGUAGE_LESSONS",
                SupportKind::VariedWork => "VARIED_WORK",
                SupportKind::Guidance => "GUIDANCE",
            }),
            Self::Fit(fit) => write!(f, "{fit}"),
            Self::Place(place) => write!(f, "{place}"),
            Self::Points(hundredths) => write!(f, "{hundredths}"),
            Self::Criterion(criterion) => f.write_str(criterion.key()),
        }
    }
}
