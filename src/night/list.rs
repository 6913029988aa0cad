//! The lists of a night, as they are handed over and as they are read back.

use crate::domain::text::VacancyId;
use crate::rank::Explanation;

/// What came of one vacancy, but for the pairs.
#[derive(Clone, Debug)]
pub struct VacancyNight {
    /// Which vacancy.
    pub id: VacancyId,
    /// The profile that scored it, by its place in the head.
    pub profile: usize,
    /// Requirements that are kept as text only (R9).
    pub unscored_requirements: u32,
    /// How many had a place in the whole list.
    pub considered: u64,
    /// How many after the last one of its list have the same score.
    pub tied_beyond: u64,
}

/// One pair that stands in a list, of either side or of both.
#[derive(Clone, Debug)]
pub struct PairNight {
    /// The person, by the place among the night's people.
    pub person: u32,
    /// The place in the vacancy's list, from 1; 0: not on it.
    pub rank: u16,
    /// Whether another one in the vacancy's whole list has the same score.
    pub tied: bool,
    /// The place in the person's list, from 1; 0: not on it.
    pub own_rank: u16,
    /// Whether another one in the person's whole list has the same score.
    pub own_tied: bool,
    /// Score, lines and reasons.
    pub told: Told,
}

/// Where the explanation of a pair comes from.
#[derive(Clone, Debug)]
pub enum Told {
    /// Made now. Questions are not kept: they are of the day on which somebody asks.
    New(Box<Explanation>),
    /// Taken over from an earlier record, since nothing that it depends on changed: the place among the pairs there.
    Kept(u32),
}

/// A pair as it stands in a list of a night.
#[derive(Clone, Debug)]
pub struct ListedPair {
    /// The candidate's id.
    pub candidate: String,
    /// The vacancy's id.
    pub vacancy: String,
    /// The place in the list that was asked for, from 1.
    pub rank: u16,
    /// Whether another one in the whole list has the same score.
    pub tied: bool,
    /// The profile that scored it, by its place in the head.
    pub profile: usize,
    /// Requirements that are kept as text only (R9).
    pub unscored_requirements: u32,
    /// Every line with its reasons; without questions.
    pub explanation: Explanation,
}

/// The list of a vacancy.
#[derive(Clone, Debug)]
pub struct VacancyList {
    /// The pairs, best first. The entry of who was taken out is missing, the places of the others stay.
    pub pairs: Vec<ListedPair>,
    /// How many had a place in the whole list.
    pub considered: u64,
    /// How many after the last one have the same score.
    pub tied_beyond: u64,
    /// The profile, by its place in the head.
    pub profile: usize,
}

/// A pair of a record without its explanation: what counting needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedPair {
    /// The person, by the place among the night's people.
    pub person: u32,
    /// The place in the vacancy's list, from 1; 0: not on it.
    pub rank: u16,
    /// The place in the person's list, from 1; 0: not on it.
    pub own_rank: u16,
    /// The score, in hundredths.
    pub score: u16,
    /// The score with every unknown at its worst.
    pub low: u16,
    /// The score with every unknown at its best.
    pub high: u16,
}
