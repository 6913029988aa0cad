//! Enums of the interface and their domain types.

use super::v1;
use crate::domain::{
    InvalidValue, Weekday,
    candidate::CandidateStatus,
    contract::{AgreementKind, ContractDuration},
    education::{EducationLevel, EducationStatus, WorkLevel},
    language::CefrLevel,
    observation::{ObservationSource, ObservedValue},
    outcome::ProposalOutcome,
    provenance::{Door, Purpose},
    requirement::Importance,
    restricted::IntegrationRoute,
    support::{CarvingWay, SupportKind},
    time::{Answer, HeldJobPlan, Shift},
    travel::MeansOfTransport,
    vacancy::VacancyStatus,
};

/// A domain type that the interface writes as an enum; `UNSPECIFIED` is the absence of a value.
pub trait Choice: Copy {
    /// The names that the interface has for the values.
    const NAMES: &'static [&'static str];

    /// Finds the value of a number; `None` for `UNSPECIFIED`.
    ///
    /// # Errors
    /// When the enum has no such number.
    fn from_code(code: i32) -> Result<Option<Self>, InvalidValue>;

    /// The number.
    fn code(self) -> i32;

    /// Finds the value of a number that must be a value.
    ///
    /// # Errors
    /// When it is `UNSPECIFIED` or the enum has no such number.
    fn from_needed_code(code: i32) -> Result<Self, InvalidValue> {
        Self::from_code(code)?
            .ok_or_else(|| InvalidValue::new("the value is not specified", remedy::<Self>()))
    }
}

fn remedy<C: Choice>() -> String {
    format!("give one of {}", C::NAMES.join(", "))
}

/// The number of a value that may be unknown.
pub(super) fn code_of<C: Choice>(value: Option<C>) -> i32 {
    value.map_or(0, C::code)
}

macro_rules! choices {
    ($($domain:ident { $($value:ident = $wire:ident $name:literal),+ $(,)? })+) => {$(
        impl Choice for $domain {
            const NAMES: &'static [&'static str] = &[$($name),+];

            fn from_code(code: i32) -> Result<Option<Self>, InvalidValue> {
                match v1::$domain::try_from(code) {
                    Ok(v1::$domain::Unspecified) => Ok(None),
                    $(Ok(v1::$domain::$wire) => Ok(Some(Self::$value)),)+
                    Err(_) => Err(InvalidValue::new(
                        format!("the enum {} has no value {code}", stringify!($domain)),
                        remedy::<Self>(),
                    )),
                }
            }

            fn code(self) -> i32 {
                match self { $(Self::$value => v1::$domain::$wire as i32),+ }
            }
        }
    )+};
}

choices! {
    Weekday {
        Monday = Monday "WEEKDAY_MONDAY",
        Tuesday = Tuesday "WEEKDAY_TUESDAY",
        Wednesday = Wednesday "WEEKDAY_WEDNESDAY",
        Thursday = Thursday "WEEKDAY_THURSDAY",
        Friday = Friday "WEEKDAY_FRIDAY",
        Saturday = Saturday "WEEKDAY_SATURDAY",
        Sunday = Sunday "WEEKDAY_SUNDAY",
    }
    CandidateStatus {
        Active = Active "CANDIDATE_STATUS_ACTIVE",
        Placed = Placed "CANDIDATE_STATUS_PLACED",
        Withdrawn = Withdrawn "CANDIDATE_STATUS_WITHDRAWN",
        Restricted = Restricted "CANDIDATE_STATUS_RESTRICTED",
        Erased = Erased "CANDIDATE_STATUS_ERASED",
    }
    ProposalOutcome {
        Proposed = Proposed "PROPOSAL_OUTCOME_PROPOSED",
        Invited = Invited "PROPOSAL_OUTCOME_INVITED",
        Placed = Placed "PROPOSAL_OUTCOME_PLACED",
        Rejected = Rejected "PROPOSAL_OUTCOME_REJECTED",
        Overridden = Overridden "PROPOSAL_OUTCOME_OVERRIDDEN",
    }
    AgreementKind {
        Regular = Regular "AGREEMENT_KIND_REGULAR",
        LearningJob = LearningJob "AGREEMENT_KIND_LEARNING_JOB",
        Voluntary = Voluntary "AGREEMENT_KIND_VOLUNTARY",
        WorkExperience = WorkExperience "AGREEMENT_KIND_WORK_EXPERIENCE",
    }
    ContractDuration {
        FixedTerm = FixedTerm "CONTRACT_DURATION_FIXED_TERM",
        OpenEnded = OpenEnded "CONTRACT_DURATION_OPEN_ENDED",
    }
    EducationLevel {
        Primary = Primary "EDUCATION_LEVEL_PRIMARY",
        Vmbo = Vmbo "EDUCATION_LEVEL_VMBO",
        HavoVwo = HavoVwo "EDUCATION_LEVEL_HAVO_VWO",
        Mbo = Mbo "EDUCATION_LEVEL_MBO",
        Hbo = Hbo "EDUCATION_LEVEL_HBO",
        Wo = Wo "EDUCATION_LEVEL_WO",
        Other = Other "EDUCATION_LEVEL_OTHER",
    }
    EducationStatus {
        Completed = Completed "EDUCATION_STATUS_COMPLETED",
        BrokenOff = BrokenOff "EDUCATION_STATUS_BROKEN_OFF",
        Ongoing = Ongoing "EDUCATION_STATUS_ONGOING",
    }
    WorkLevel {
        None = None "WORK_LEVEL_NONE",
        Basic = Basic "WORK_LEVEL_BASIC",
        Vmbo = Vmbo "WORK_LEVEL_VMBO",
        Mbo = Mbo "WORK_LEVEL_MBO",
        Hbo = Hbo "WORK_LEVEL_HBO",
        Wo = Wo "WORK_LEVEL_WO",
    }
    CefrLevel {
        A0 = A0 "CEFR_LEVEL_A0",
        A1 = A1 "CEFR_LEVEL_A1",
        A2 = A2 "CEFR_LEVEL_A2",
        B1 = B1 "CEFR_LEVEL_B1",
        B2 = B2 "CEFR_LEVEL_B2",
        C1 = C1 "CEFR_LEVEL_C1",
        C2 = C2 "CEFR_LEVEL_C2",
    }
    ObservationSource {
        SelfReport = Self_ "OBSERVATION_SOURCE_SELF",
        Conversation = Conversation "OBSERVATION_SOURCE_CONVERSATION",
        Coach = Coach "OBSERVATION_SOURCE_COACH",
        PracticalTest = PracticalTest "OBSERVATION_SOURCE_PRACTICAL_TEST",
        Internship = Internship "OBSERVATION_SOURCE_INTERNSHIP",
        TrialPlacement = TrialPlacement "OBSERVATION_SOURCE_TRIAL_PLACEMENT",
        Employer = Employer "OBSERVATION_SOURCE_EMPLOYER",
    }
    ObservedValue {
        Strong = Strong "OBSERVED_VALUE_STRONG",
        Sufficient = Sufficient "OBSERVED_VALUE_SUFFICIENT",
        Average = Average "OBSERVED_VALUE_AVERAGE",
        Insufficient = Insufficient "OBSERVED_VALUE_INSUFFICIENT",
        Absent = Absent "OBSERVED_VALUE_ABSENT",
    }
    Door {
        Vum = Vum "DOOR_VUM",
        Interface = Interface "DOOR_INTERFACE",
    }
    Purpose {
        Placement = Placement "PURPOSE_PLACEMENT",
        Guidance = Guidance "PURPOSE_GUIDANCE",
        Administration = Administration "PURPOSE_ADMINISTRATION",
        Audit = Audit "PURPOSE_AUDIT",
    }
    Importance {
        Could = Could "IMPORTANCE_COULD",
        Should = Should "IMPORTANCE_SHOULD",
        Must = Must "IMPORTANCE_MUST",
        Legal = Legal "IMPORTANCE_LEGAL",
    }
    IntegrationRoute {
        B1 = B1 "INTEGRATION_ROUTE_B1",
        Education = Education "INTEGRATION_ROUTE_EDUCATION",
        SelfReliance = SelfReliance "INTEGRATION_ROUTE_SELF_RELIANCE",
    }
    CarvingWay {
        Hours = Hours "CARVING_WAY_HOURS",
        Tasks = Tasks "CARVING_WAY_TASKS",
        TimeFrame = TimeFrame "CARVING_WAY_TIME_FRAME",
    }
    SupportKind {
        Buddy = Buddy "SUPPORT_KIND_BUDDY",
        LanguageBuddy = LanguageBuddy "SUPPORT_KIND_LANGUAGE_BUDDY",
        JobCoach = JobCoach "SUPPORT_KIND_JOB_COACH",
        WorkSupervisor = WorkSupervisor "SUPPORT_KIND_WORK_SUPERVISOR",
        AdaptedWorkplace = AdaptedWorkplace "SUPPORT_KIND_ADAPTED_WORKPLACE",
        LanguageLessons = LanguageLessons "SUPPORT_KIND_LANGUAGE_LESSONS",
        VariedWork = VariedWork "SUPPORT_KIND_VARIED_WORK",
        Guidance = Guidance "SUPPORT_KIND_GUIDANCE",
    }
    Answer {
        Yes = Yes "ANSWER_YES",
        No = No "ANSWER_NO",
    }
    HeldJobPlan {
        Open = Open "HELD_JOB_PLAN_OPEN",
        Keep = Keep "HELD_JOB_PLAN_KEEP",
    }
    Shift {
        Day = Day "SHIFT_DAY",
        Evening = Evening "SHIFT_EVENING",
        Night = Night "SHIFT_NIGHT",
        Weekend = Weekend "SHIFT_WEEKEND",
        Irregular = Irregular "SHIFT_IRREGULAR",
    }
    MeansOfTransport {
        Car = Car "MEANS_OF_TRANSPORT_CAR",
        Moped = Moped "MEANS_OF_TRANSPORT_MOPED",
        Bicycle = Bicycle "MEANS_OF_TRANSPORT_BICYCLE",
        Motorcycle = Motorcycle "MEANS_OF_TRANSPORT_MOTORCYCLE",
        PublicTransport = PublicTransport "MEANS_OF_TRANSPORT_PUBLIC_TRANSPORT",
        OnFoot = OnFoot "MEANS_OF_TRANSPORT_ON_FOOT",
        Other = Other "MEANS_OF_TRANSPORT_OTHER",
    }
    VacancyStatus {
        Open = Open "VACANCY_STATUS_OPEN",
        Filled = Filled "VACANCY_STATUS_FILLED",
        Withdrawn = Withdrawn "VACANCY_STATUS_WITHDRAWN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_an_enum_stands_for_its_own_name_and_value() {
        fn check<C: Choice + PartialEq + std::fmt::Debug>(name_of: impl Fn(i32) -> Option<&'static str>) {
            let mut found = Vec::new();
            for code in 0..64 {
                match C::from_code(code) {
                    Ok(Some(value)) => {
                        assert_eq!(value.code(), code);
                        found.extend(name_of(code));
                    }
                    Ok(None) => assert_eq!(code, 0),
                    Err(refused) => {
                        assert_eq!(name_of(code), None);
                        assert!(refused.remedy.contains(C::NAMES[0]), "{refused}");
                    }
                }
            }
            assert_eq!(found, C::NAMES);
            assert!(C::from_needed_code(0).is_err());
        }
        check::<Weekday>(|code| v1::Weekday::try_from(code).ok().map(|v| v.as_str_name()));
        check::<CandidateStatus>(|code| v1::CandidateStatus::try_from(code).ok().map(|v| v.as_str_name()));
        check::<AgreementKind>(|code| v1::AgreementKind::try_from(code).ok().map(|v| v.as_str_name()));
        check::<ContractDuration>(|code| v1::ContractDuration::try_from(code).ok().map(|v| v.as_str_name()));
        check::<EducationLevel>(|code| v1::EducationLevel::try_from(code).ok().map(|v| v.as_str_name()));
        check::<EducationStatus>(|code| v1::EducationStatus::try_from(code).ok().map(|v| v.as_str_name()));
        check::<WorkLevel>(|code| v1::WorkLevel::try_from(code).ok().map(|v| v.as_str_name()));
        check::<CefrLevel>(|code| v1::CefrLevel::try_from(code).ok().map(|v| v.as_str_name()));
        check::<ObservationSource>(|code| {
            v1::ObservationSource::try_from(code).ok().map(|v| v.as_str_name())
        });
        check::<ObservedValue>(|code| v1::ObservedValue::try_from(code).ok().map(|v| v.as_str_name()));
        check::<Door>(|code| v1::Door::try_from(code).ok().map(|v| v.as_str_name()));
        check::<Purpose>(|code| v1::Purpose::try_from(code).ok().map(|v| v.as_str_name()));
        check::<Importance>(|code| v1::Importance::try_from(code).ok().map(|v| v.as_str_name()));
        check::<IntegrationRoute>(|code| v1::IntegrationRoute::try_from(code).ok().map(|v| v.as_str_name()));
        check::<CarvingWay>(|code| v1::CarvingWay::try_from(code).ok().map(|v| v.as_str_name()));
        check::<SupportKind>(|code| v1::SupportKind::try_from(code).ok().map(|v| v.as_str_name()));
        check::<Answer>(|code| v1::Answer::try_from(code).ok().map(|v| v.as_str_name()));
        check::<HeldJobPlan>(|code| v1::HeldJobPlan::try_from(code).ok().map(|v| v.as_str_name()));
        check::<Shift>(|code| v1::Shift::try_from(code).ok().map(|v| v.as_str_name()));
        check::<MeansOfTransport>(|code| v1::MeansOfTransport::try_from(code).ok().map(|v| v.as_str_name()));
        check::<VacancyStatus>(|code| v1::VacancyStatus::try_from(code).ok().map(|v| v.as_str_name()));
    }
}
