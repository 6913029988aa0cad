//! What VUM's codes stand for. `None`: not in the list; `Some(None)`: in the list, and it says "unknown".

use crate::domain::{
    competency::Competency,
    contract::{AgreementKind, ContractDuration},
    education::{DrivingLicence, EducationLevel, EducationStatus, WorkLevel},
    language::CefrLevel,
    observation::ObservedValue,
    time::Answer,
    travel::MeansOfTransport,
};

/// codeNiveauTaalbeheersing…: VUM has four steps; each is read as the lowest CEFR level that deserves its name.
pub(super) fn language_level(code: u32) -> Option<Option<CefrLevel>> {
    match code {
        0 | 8 => Some(None),
        1 => Some(Some(CefrLevel::A0)),
        2 => Some(Some(CefrLevel::A2)),
        3 => Some(Some(CefrLevel::B2)),
        4 => Some(Some(CefrLevel::C1)),
        _ => None,
    }
}

/// codeWerkEnDenkniveau…: 0 and 7 are unknown.
pub(super) fn work_level(code: u32) -> Option<Option<WorkLevel>> {
    match code {
        0 | 7 => Some(None),
        1..=6 => WorkLevel::ALL.get(code as usize - 1).copied().map(Some),
        _ => None,
    }
}

/// codeVervoermiddel.
pub(super) fn means_of_transport(code: u32) -> Option<Option<MeansOfTransport>> {
    let means = match code {
        1 => MeansOfTransport::Car,
        2 => MeansOfTransport::Moped,
        3 => MeansOfTransport::Bicycle,
        4 => MeansOfTransport::Motorcycle,
        5 => MeansOfTransport::PublicTransport,
        9 => MeansOfTransport::Other,
        _ => return None,
    };
    Some(Some(means))
}

/// codeRegiostraal, in kilometres.
pub(super) fn radius_km(code: u32) -> Option<Option<u32>> {
    const KILOMETRES: [u32; 9] = [5, 10, 15, 25, 50, 75, 100, 125, 150];
    let at = (code as usize).checked_sub(1)?;
    KILOMETRES.get(at).copied().map(Some)
}

/// codeTypeArbeidscontract.
pub(super) fn contract_duration(code: &str) -> Option<Option<ContractDuration>> {
    match code {
        "B" | "b" => Some(Some(ContractDuration::FixedTerm)),
        "O" | "o" => Some(Some(ContractDuration::OpenEnded)),
        _ => None,
    }
}

/// codeTypeOvereenkomst; the zero in front is lost where a file holds it as a number.
pub(super) fn agreement_kind(code: &str) -> Option<Option<AgreementKind>> {
    let kind = match code {
        "01" | "1" => AgreementKind::Regular,
        "02" | "2" => AgreementKind::LearningJob,
        "03" | "3" => AgreementKind::Voluntary,
        "04" | "4" => AgreementKind::WorkExperience,
        _ => return None,
    };
    Some(Some(kind))
}

/// codeNiveauOpleiding.
pub(super) fn education_level(code: u32) -> Option<Option<EducationLevel>> {
    let level = match code {
        1 => EducationLevel::Primary,
        2 => EducationLevel::Vmbo,
        3 => EducationLevel::HavoVwo,
        4 => EducationLevel::Mbo,
        5 => EducationLevel::Hbo,
        6 => EducationLevel::Wo,
        9 => EducationLevel::Other,
        _ => return None,
    };
    Some(Some(level))
}

/// codeStatusOpleiding.
pub(super) fn education_status(code: u32) -> Option<Option<EducationStatus>> {
    match code {
        0 => Some(None),
        1 => Some(Some(EducationStatus::Completed)),
        2 => Some(Some(EducationStatus::BrokenOff)),
        3 => Some(Some(EducationStatus::Ongoing)),
        _ => None,
    }
}

/// indicatieDiploma: 8 is "does not apply".
pub(super) fn diploma(code: u32) -> Option<Option<Answer>> {
    match code {
        0 | 8 => Some(None),
        1 => Some(Some(Answer::Yes)),
        2 => Some(Some(Answer::No)),
        _ => None,
    }
}

/// An indicator that has no "unknown" in the standard: 1 yes, 2 no. Files send 0 all the same.
pub(super) fn yes_or_no(code: u32) -> Option<Option<Answer>> {
    match code {
        1 => Some(Some(Answer::Yes)),
        2 => Some(Some(Answer::No)),
        _ => None,
    }
}

/// codeSoortRijbewijs.
pub(super) fn driving_licence(code: &str) -> Option<Option<DrivingLicence>> {
    DrivingLicence::from_code(code).ok().map(Some)
}

/// codeGedragscompetentie.
pub(super) fn competency(code: u32) -> Option<Option<Competency>> {
    Competency::from_code(code).ok().map(Some)
}

/// codeBeheersingGedragscompetentie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// 1 good, 2 sufficient, 3 insufficient, 4 not.
    Seen(ObservedValue),
    /// 5: to be examined.
    ToBeExamined,
    /// 9: does not apply.
    NotApplicable,
}

pub(super) fn command(code: u32) -> Option<Option<Command>> {
    let command = match code {
        1 => Command::Seen(ObservedValue::Strong),
        2 => Command::Seen(ObservedValue::Sufficient),
        3 => Command::Seen(ObservedValue::Insufficient),
        4 => Command::Seen(ObservedValue::Absent),
        5 => Command::ToBeExamined,
        9 => Command::NotApplicable,
        _ => return None,
    };
    Some(Some(command))
}
