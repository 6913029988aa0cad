//! Sectors of the economy: SBI 2008 codes and the two shortage sectors.

use super::{InvalidValue, limits};
use serde::{Deserialize, Serialize};

/// A code of the Dutch standard industrial classification SBI 2008, as VUM sends it: a number whose
/// leading zero is lost, of at most five digits. What its digits mean is read by [`SbiCode::division`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct SbiCode(u32);

impl TryFrom<u32> for SbiCode {
    type Error = InvalidValue;

    fn try_from(code: u32) -> Result<Self, InvalidValue> {
        Self::new(code)
    }
}

/// The sectors that the service treats by name; every other one is [`Sector::General`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sector {
    /// No shortage sector, or unknown (*algemeen*).
    General,
    /// Care (*zorg*): SBI 86–88.
    Care,
    /// Engineering (*techniek*): SBI 10–33, 35–39, 41–43, 45.2, 61–62, 71.
    Engineering,
}

impl SbiCode {
    /// Takes a code of one to five digits.
    ///
    /// # Errors
    /// When it is 0 (unknown) or has more than five digits.
    pub fn new(code: u32) -> Result<Self, InvalidValue> {
        if code == 0 {
            return Err(InvalidValue::new("0 is no SBI code", "leave the sector out when it is unknown"));
        }
        if code > limits::SBI_CODE {
            return Err(InvalidValue::new(
                format!("{code} is no SBI code"),
                "give at most five digits of SBI 2008",
            ));
        }
        Ok(Self(code))
    }

    /// The code as it was given.
    pub fn get(self) -> u32 {
        self.0
    }

    /// The two-digit division: the first two digits of a code of two or more digits. A five-digit code
    /// whose leading zero was lost (agriculture, 01–03, sent as four digits) cannot be told from a
    /// four-digit class; SBI codes of employers have four or five digits, so the first two count.
    pub fn division(self) -> u32 {
        let mut code = self.0;
        while code >= 100 {
            code /= 10;
        }
        code
    }

    /// The sector that the code belongs to.
    pub fn sector(self) -> Sector {
        match self.division() {
            86..=88 => Sector::Care,
            10..=33 | 35..=39 | 41..=43 | 61..=62 | 71 => Sector::Engineering,
            45 if self.is_car_repair() => Sector::Engineering,
            _ => Sector::General,
        }
    }

    /// 45.2: repair of cars; 45 alone does not say so.
    fn is_car_repair(self) -> bool {
        let mut code = self.0;
        while code >= 1000 {
            code /= 10;
        }
        code == 452
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_follow_the_sbi_divisions() {
        let sector = |code| SbiCode::new(code).unwrap().sector();
        assert_eq!(sector(86), Sector::Care);
        assert_eq!(sector(87301), Sector::Care);
        assert_eq!(sector(8810), Sector::Care);
        assert_eq!(sector(25620), Sector::Engineering);
        assert_eq!(sector(4520), Sector::Engineering);
        assert_eq!(sector(45112), Sector::General);
        assert_eq!(sector(45), Sector::General);
        assert_eq!(sector(56101), Sector::General);
        assert!(SbiCode::new(0).is_err());
        assert!(SbiCode::new(100_000).is_err());
    }
}
