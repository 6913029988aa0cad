//! Places: postcodes, positions, countries.

use super::{InvalidValue, text::Label};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The four digits of a Dutch postcode, 1000–9999: what positions are known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pc4(u16);

impl Pc4 {
    /// Takes four digits as a number.
    ///
    /// # Errors
    /// When it is not between 1000 and 9999.
    pub fn new(digits: u16) -> Result<Self, InvalidValue> {
        if (1000..=9999).contains(&digits) {
            return Ok(Self(digits));
        }
        Err(InvalidValue::new("that is no Dutch postcode", "give four digits from 1000 to 9999"))
    }

    /// The four digits as a number.
    pub fn digits(self) -> u16 {
        self.0
    }
}

/// A Dutch postcode: four digits, and two letters where they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode {
    pc4: Pc4,
    letters: Option<[u8; 2]>,
}

impl Postcode {
    /// Reads "7511", "7511AB" or "7511 ab".
    ///
    /// # Errors
    /// When it is none of these, or its letters are SA, SD or SS, which are never given out.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        let refuse = || {
            InvalidValue::new(
                "that is no Dutch postcode",
                "give four digits, and two letters where they are known, such as 7511 AB",
            )
        };
        let compact: Vec<u8> = text.bytes().filter(|b| *b != b' ').map(|b| b.to_ascii_uppercase()).collect();
        let (digits, letters) = match compact.as_slice() {
            [a, b, c, d] => ([*a, *b, *c, *d], None),
            [a, b, c, d, x, y] => ([*a, *b, *c, *d], Some([*x, *y])),
            _ => return Err(refuse()),
        };
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(refuse());
        }
        let number = digits.iter().fold(0, |n, d| n * 10 + u16::from(d - b'0'));
        let pc4 = Pc4::new(number)?;
        if let Some(pair) = letters
            && (!pair.iter().all(u8::is_ascii_uppercase) || matches!(&pair, b"SA" | b"SD" | b"SS"))
        {
            return Err(refuse());
        }
        Ok(Self { pc4, letters })
    }

    /// The four digits.
    pub fn pc4(self) -> Pc4 {
        self.pc4
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.pc4.0)?;
        match self.letters {
            Some([a, b]) => write!(f, "{}{}", a as char, b as char),
            None => Ok(()),
        }
    }
}

/// A point on the map, in 1/100,000 of a degree (about one metre), WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Latitude north, in 1/100,000 degree.
    pub lat_e5: i32,
    /// Longitude east, in 1/100,000 degree.
    pub lon_e5: i32,
}

/// A country by its two letters (ISO 3166-1 alpha-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Reads two letters, in either case.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => {
                Err(InvalidValue::new("that is no country code", "give two letters, such as NL (ISO 3166-1)"))
            }
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0[0] as char, self.0[1] as char)
    }
}

/// Where work is done, or where a person lives: only what is needed to estimate travel and to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Dutch postcode.
    pub postcode: Option<Postcode>,
    /// Name of the place, shown, never compared (R11).
    pub name: Option<Label>,
    /// Country, when it is not the Netherlands or was said.
    pub country: Option<CountryCode>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_read_in_every_way_that_people_write_it() {
        for text in ["7511AB", "7511 AB", "7511ab"] {
            assert_eq!(Postcode::parse(text).unwrap().to_string(), "7511AB");
        }
        assert_eq!(Postcode::parse("7511").unwrap().to_string(), "7511");
        for bad in ["", "0511AB", "751", "75111", "7511SS", "7511A1", "ABCD", "7511ABC", "７511"] {
            assert!(Postcode::parse(bad).is_err(), "{bad}");
        }
    }
}
