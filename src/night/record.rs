//! The record of one vacancy: made alone, so that records are made in parallel and the same lists give the same bytes.

use super::{
    NightError,
    interner::{Interner, number},
    layout::{self, Checksum},
    list::{PairNight, Told, VacancyNight},
    parts::{conflict_number, track_number},
};
use crate::rank::{
    Criterion, Explanation,
    score::{Law, StoredFit},
};
use crate::wire::storage as stored;
use prost::Message;

/// The encoded record of one vacancy, ready to be appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub(super) id: String,
    pub(super) bytes: Vec<u8>,
    /// Of the bytes.
    pub(super) checksum: Checksum,
    /// The people of its pairs.
    pub(super) people: Vec<u32>,
}

impl Record {
    /// Encodes what came of a vacancy. The pairs are taken one after the other, so that they may be made meanwhile: first
    /// the vacancy's own list by its places, then the others by their people.
    ///
    /// # Errors
    /// When a pair has no place in either list, is not the next, or a person stands there twice.
    pub fn encode(
        night: &VacancyNight,
        pairs: impl IntoIterator<Item = PairNight>,
    ) -> Result<Self, NightError> {
        let (mut order, mut interner) = (Order::default(), Interner::default());
        for pair in pairs {
            order.takes(night, &pair)?;
            let Told::New(explanation) = &pair.told else {
                return Err(wrong(night, "there is nothing that a pair could be taken over from"));
            };
            let told = new(&mut interner, explanation);
            interner.written.pairs.push(stored::NightPair {
                person: pair.person,
                rank: pair.rank.into(),
                tied: pair.tied,
                own_rank: pair.own_rank.into(),
                own_tied: pair.own_tied,
                ..told
            });
        }
        let message = stored::NightVacancy {
            id: night.id.as_str().to_owned(),
            profile: number(night.profile),
            unscored_requirements: night.unscored_requirements,
            considered: night.considered,
            tied_beyond: night.tied_beyond,
            ..interner.written
        };
        order.record(night, message.encode_to_vec())
    }

    /// Reads a record that was kept beside the file, such as by a run that was interrupted.
    ///
    /// # Errors
    /// When the bytes are none.
    pub fn read(bytes: Vec<u8>) -> Result<Self, NightError> {
        let message = stored::NightPlaces::decode(&bytes[..])
            .map_err(|_| NightError::NoNight("these bytes are no record of a vacancy".to_owned()))?;
        let mut people: Vec<u32> = message.pairs.iter().map(|pair| pair.person).collect();
        people.sort_unstable();
        Ok(Self { id: message.id, checksum: layout::checksum(&bytes), bytes, people })
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The vacancy's id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

pub(super) fn wrong(night: &VacancyNight, what: &str) -> NightError {
    NightError::NoNight(format!("vacancy {}: {what}", night.id))
}

/// Sees to it that pairs come in their order, each person once.
#[derive(Default)]
pub(super) struct Order {
    last: Option<(bool, u16, u32)>,
    people: Vec<u32>,
}

impl Order {
    /// The next pair.
    pub(super) fn takes(&mut self, night: &VacancyNight, pair: &PairNight) -> Result<(), NightError> {
        if pair.rank == 0 && pair.own_rank == 0 {
            return Err(wrong(night, "a pair has no place in a list"));
        }
        let place = (pair.rank == 0, pair.rank, pair.person);
        if self.last.replace(place).is_some_and(|last| last >= place) {
            return Err(wrong(night, "its pairs are not in their order"));
        }
        self.people.push(pair.person);
        Ok(())
    }

    /// The record of these pairs.
    pub(super) fn record(self, night: &VacancyNight, bytes: Vec<u8>) -> Result<Record, NightError> {
        let mut people = self.people;
        people.sort_unstable();
        if people.windows(2).any(|two| two[0] == two[1]) {
            return Err(wrong(night, "a person stands in it twice"));
        }
        let checksum = layout::checksum(&bytes);
        Ok(Record { id: night.id.as_str().to_owned(), checksum, bytes, people })
    }
}

/// What is told of one pair, by itself.
pub(super) fn alone(told: &Explanation) -> stored::NightVacancy {
    let mut interner = Interner::default();
    let pair = stored::NightPair { rank: 1, ..new(&mut interner, told) };
    interner.written.pairs.push(pair);
    interner.written
}

/// What is told of a pair, in the numbers of an interner.
pub(super) fn new(interner: &mut Interner, told: &Explanation) -> stored::NightPair {
    let judgement = &told.judgement;
    let law_excluded = match judgement.law {
        Law::Excluded { requirement } => number(requirement).saturating_add(1),
        Law::Free | Law::Open => 0,
    };
    let mut lines = vec![0; Criterion::COUNT];
    for (criterion, place) in Criterion::ALL.into_iter().zip(&mut lines) {
        let line = judgement.lines.iter().position(|line| line.criterion == criterion);
        *place = match line {
            None => interner.line(StoredFit::NOT_ASKED, std::iter::empty()),
            Some(at) => {
                let reasons = told.reasons.get(at).map_or(&[][..], Vec::as_slice);
                interner.line(StoredFit::of(&judgement.lines[at]), reasons.iter())
            }
        };
    }
    let conflicts =
        judgement.conflicts.iter().zip(&told.conflicts).map(|(line, reason)| stored::NightConflict {
            code: conflict_number(line.code),
            requirement: line.requirement.map_or(0, |place| number(place).saturating_add(1)),
            taken: line.contribution.unsigned_abs(),
            reason: interner.reason(reason),
        });
    let conflicts = conflicts.collect();
    stored::NightPair {
        score: judgement.score.into(),
        low: judgement.low.into(),
        high: judgement.high.into(),
        law_open: judgement.law == Law::Open,
        law_excluded,
        exclusion: told.exclusion.iter().map(|reason| interner.reason(reason)).collect(),
        lines,
        conflicts,
        gaps: told.gaps.iter().map(|gap| interner.gap(gap)).collect(),
        track: told.track.map_or(0, track_number),
        path: told.path.iter().map(|reason| interner.reason(reason)).collect(),
        assumed: told.assumed.iter().map(|reason| interner.reason(reason)).collect(),
        ..Default::default()
    }
}
