//! How a person travels to work, and how far.

use super::{InvalidValue, limits, place::Postcode};
use serde::{Deserialize, Serialize};

/// A means of transport (VUM: codeVervoermiddel).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MeansOfTransport {
    /// Car (*auto*), VUM 1.
    Car,
    /// Moped (*bromfiets*), VUM 2.
    Moped,
    /// Bicycle (*fiets*), VUM 3.
    Bicycle,
    /// Motorcycle (*motor*), VUM 4.
    Motorcycle,
    /// Public transport (*openbaar vervoer*), VUM 5.
    PublicTransport,
    /// On foot (*te voet*); not in VUM.
    OnFoot,
    /// Something else (*anders*), VUM 9: counts as unknown speed.
    Other,
}

/// A largest distance in kilometres or a longest time in minutes, 0–999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReachLimit(u16);

impl ReachLimit {
    /// Takes a limit in kilometres or minutes.
    ///
    /// # Errors
    /// When it is above 999.
    pub fn new(limit: u32) -> Result<Self, InvalidValue> {
        match u16::try_from(limit) {
            Ok(limit) if limit <= limits::REACH => Ok(Self(limit)),
            _ => Err(InvalidValue::new(
                format!("{limit} is out of range"),
                format!("give 0 to {}", limits::REACH),
            )),
        }
    }

    /// The limit in its unit.
    pub fn get(self) -> u16 {
        self.0
    }
}

/// From where, how and how far a person travels (VUM: mobiliteit, vervoermiddel, codeRegiostraal).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    /// The postcode that the person travels from (*bemiddelingspostcode*).
    pub from: Option<Postcode>,
    /// Longest distance one way.
    pub max_km: Option<ReachLimit>,
    /// Longest time one way.
    pub max_minutes: Option<ReachLimit>,
    /// The means the person has for going to work; empty is unknown.
    pub means: Vec<MeansOfTransport>,
}
