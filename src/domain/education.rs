//! Level, education, courses, licences and registrations.

use super::{
    Date, InvalidValue,
    text::{FreeText, Label, Name},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Level of work and thinking (*werk- en denkniveau*, VUM codes 1–6; 0 and 7 are unknown).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WorkLevel {
    /// No primary education (*geen basisopleiding*), 1.
    None,
    /// Basic level (*basisniveau*), 2.
    Basic,
    /// vmbo, 3.
    Vmbo,
    /// mbo, havo, vwo, 4.
    Mbo,
    /// hbo, 5.
    Hbo,
    /// University (*wetenschappelijk onderwijs*), 6.
    Wo,
}

impl WorkLevel {
    /// All levels, from low to high.
    pub const ALL: [Self; 6] = [Self::None, Self::Basic, Self::Vmbo, Self::Mbo, Self::Hbo, Self::Wo];
}

/// Level of an education (VUM: codeNiveauOpleiding).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EducationLevel {
    /// Primary (*basisonderwijs*), 1.
    Primary,
    /// VMBO, 2.
    Vmbo,
    /// HAVO/VWO, 3.
    HavoVwo,
    /// MBO, 4.
    Mbo,
    /// HBO/Bachelor, 5.
    Hbo,
    /// WO/Master, 6.
    Wo,
    /// Something else (*anders*), 9: says nothing about height.
    Other,
}

impl EducationLevel {
    /// The level of work that the education stands for; `None` for [`EducationLevel::Other`].
    pub fn work_level(self) -> Option<WorkLevel> {
        match self {
            Self::Primary => Some(WorkLevel::Basic),
            Self::Vmbo => Some(WorkLevel::Vmbo),
            Self::HavoVwo | Self::Mbo => Some(WorkLevel::Mbo),
            Self::Hbo => Some(WorkLevel::Hbo),
            Self::Wo => Some(WorkLevel::Wo),
            Self::Other => None,
        }
    }
}

/// How far somebody came with an education (VUM: codeStatusOpleiding).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EducationStatus {
    /// Finished with success, 1.
    Completed,
    /// Broken off, 2.
    BrokenOff,
    /// Going on, 3.
    Ongoing,
}

/// An education that a person follows or followed (VUM: opleiding).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Education {
    /// Name.
    pub name: Option<Label>,
    /// Code of the name, as delivered.
    pub code: Option<u64>,
    /// Level.
    pub level: Option<EducationLevel>,
    /// How far.
    pub status: Option<EducationStatus>,
    /// Whether a diploma was obtained.
    pub diploma: Option<super::time::Answer>,
    /// Day of the diploma.
    pub diploma_on: Option<Date>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// School.
    pub school: Option<Name>,
    /// In words.
    pub description: Option<FreeText>,
}

/// A course or certificate that a person has, follows or plans (VUM: cursus), such as VCA or BHV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Name.
    pub name: Label,
    /// Day of the certificate.
    pub certificate_on: Option<Date>,
    /// Last day on which the certificate is valid.
    pub valid_until: Option<Date>,
    /// First day of the course.
    pub from: Option<Date>,
    /// Last day of the course.
    pub until: Option<Date>,
    /// School.
    pub school: Option<Name>,
}

/// Registration of a protected title (BIG and others), or a certificate of conduct (VOG).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Which one, such as "BIG verpleegkundige" or "VOG".
    pub name: Label,
    /// Last day on which it is valid.
    pub valid_until: Option<Date>,
}

macro_rules! licences {
    ($($name:ident = $code:literal),+ $(,)?) => {
        /// A category of driving licence (VUM: codeSoortRijbewijs).
        #[allow(missing_docs, reason = "the names are the categories of the law themselves")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum DrivingLicence { $($name),+ }

        impl DrivingLicence {
            /// All categories.
            pub const ALL: [Self; 16] = [$(Self::$name),+];

            /// VUM's code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

licences! {
    A = "A", A1 = "A1", A2 = "A2", Am = "AM", B = "B", BPlus = "B+", C1 = "C1", C = "C", D1 = "D1", D = "D",
    Be = "BE", C1e = "C1E", Ce = "CE", D1e = "D1E", De = "DE", T = "T",
}

impl DrivingLicence {
    /// Finds a category by VUM's code, in either case.
    ///
    /// # Errors
    /// When there is no such category.
    pub fn from_code(code: &str) -> Result<Self, InvalidValue> {
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(code)).ok_or_else(|| {
            InvalidValue::new(
                "that is no category of driving licence",
                "give one of A, A1, A2, AM, B, B+, BE, C, CE, C1, C1E, D, DE, D1, D1E, T",
            )
        })
    }

    /// Whether somebody who holds this category may drive what `asked` needs (Regulation Drivers' Licences
    /// 2006/126/EC, article 6: C and D include B; E categories include their own without E; A includes A2 and A1;
    /// every one of them includes AM).
    pub fn covers(self, asked: Self) -> bool {
        self == asked || self.includes().contains(&asked)
    }

    fn includes(self) -> &'static [Self] {
        match self {
            Self::A => &[Self::A2, Self::A1, Self::Am],
            Self::A2 => &[Self::A1, Self::Am],
            Self::A1 | Self::B | Self::T => &[Self::Am],
            Self::Am => &[],
            Self::BPlus => &[Self::B, Self::Am],
            Self::Be => &[Self::B, Self::BPlus, Self::Am],
            Self::C1 | Self::D1 => &[Self::B, Self::Am],
            Self::C => &[Self::C1, Self::B, Self::Am],
            Self::D => &[Self::D1, Self::B, Self::Am],
            Self::C1e => &[Self::C1, Self::Be, Self::BPlus, Self::B, Self::Am],
            Self::D1e => &[Self::D1, Self::Be, Self::BPlus, Self::B, Self::Am],
            Self::Ce => &[Self::C, Self::C1e, Self::C1, Self::Be, Self::BPlus, Self::B, Self::Am],
            Self::De => &[Self::D, Self::D1e, Self::D1, Self::Be, Self::BPlus, Self::B, Self::Am],
        }
    }
}

impl fmt::Display for DrivingLicence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The driving licences that a person holds. Unknown is the absence of this value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldLicences {
    /// The person holds these and, as far as is known, no others.
    These(Vec<DrivingLicence>),
    /// The person is known to hold none.
    NoneAtAll,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lorry_licence_covers_a_car_and_not_the_other_way_round() {
        assert!(DrivingLicence::Ce.covers(DrivingLicence::B));
        assert!(!DrivingLicence::B.covers(DrivingLicence::C));
        assert!(!DrivingLicence::B.covers(DrivingLicence::A1));
        for licence in DrivingLicence::ALL {
            assert_eq!(DrivingLicence::from_code(licence.code()).unwrap(), licence);
        }
        assert!(DrivingLicence::from_code("str").is_err());
    }
}
