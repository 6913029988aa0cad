//! The record of one vacancy: made alone, so that records are made in parallel and the same lists give the same bytes.

use super::{
    NightError,
    decode::Decoded,
    interner::{Interner, number},
    list::{PairNight, Told, VacancyNight},
    parts::{conflict_number, track_number},
};
use crate::rank::{
    Criterion, Explanation,
    score::{Law, StoredFit},
};
use crate::wire::storage as stored;
use prost::Message;
use std::sync::Arc;

/// The encoded record of one vacancy, ready to be appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub(super) id: String,
    pub(super) bytes: Vec<u8>,
    /// The people of its pairs.
    pub(super) people: Vec<u32>,
}

impl Record {
    /// Encodes what came of a vacancy.
    ///
    /// # Errors
    /// When a pair has no place in either list, or a person stands there twice.
    pub fn encode(night: &VacancyNight) -> Result<Self, NightError> {
        let mut pairs: Vec<&PairNight> = night.pairs.iter().collect();
        pairs.sort_unstable_by_key(|pair| (pair.rank == 0, pair.rank, pair.person));
        let mut people: Vec<u32> = pairs.iter().map(|pair| pair.person).collect();
        people.sort_unstable();
        if people.windows(2).any(|two| two[0] == two[1]) {
            return Err(wrong(night, "a person stands in it twice"));
        }
        let mut encoder = Encoder::default();
        for pair in pairs {
            let encoded = encoder.pair(pair).ok_or_else(|| wrong(night, "a pair has no place in a list"))?;
            encoder.interner.written.pairs.push(encoded);
        }
        let message = stored::NightVacancy {
            id: night.id.as_str().to_owned(),
            profile: number(night.profile),
            unscored_requirements: night.unscored_requirements,
            considered: night.considered,
            tied_beyond: night.tied_beyond,
            ..encoder.interner.written
        };
        Ok(Self { id: message.id.clone(), bytes: message.encode_to_vec(), people })
    }

    /// Reads a record that was kept beside the file, such as by a run that was interrupted.
    ///
    /// # Errors
    /// When the bytes are none.
    pub fn read(bytes: Vec<u8>) -> Result<Self, NightError> {
        let message = stored::NightVacancy::decode(&bytes[..])
            .map_err(|_| NightError::NoNight("these bytes are no record of a vacancy".to_owned()))?;
        let mut people: Vec<u32> = message.pairs.iter().map(|pair| pair.person).collect();
        people.sort_unstable();
        Ok(Self { id: message.id, bytes, people })
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

fn wrong(night: &VacancyNight, what: &str) -> NightError {
    NightError::NoNight(format!("vacancy {}: {what}", night.id))
}

#[derive(Default)]
struct Encoder<'a> {
    interner: Interner<'a>,
    translations: Vec<Translation<'a>>,
}

impl<'a> Encoder<'a> {
    /// `None` where the pair has no place in a list.
    fn pair(&mut self, pair: &'a PairNight) -> Option<stored::NightPair> {
        if pair.rank == 0 && pair.own_rank == 0 {
            return None;
        }
        let told = match &pair.told {
            Told::New(explanation) => new(&mut self.interner, explanation)?,
            Told::Kept(kept) => {
                let at = self.translation(&kept.record);
                self.translations[at].pair(kept.place, &mut self.interner)?
            }
        };
        Some(stored::NightPair {
            person: pair.person,
            rank: pair.rank.into(),
            tied: pair.tied,
            own_rank: pair.own_rank.into(),
            own_tied: pair.own_tied,
            ..told
        })
    }

    /// The translation of an earlier record; nearly always there is only one.
    fn translation(&mut self, record: &'a Arc<Decoded>) -> usize {
        let known = self.translations.iter().position(|known| std::ptr::eq(known.of, Arc::as_ptr(record)));
        known.unwrap_or_else(|| {
            self.translations.push(Translation::new(record));
            self.translations.len() - 1
        })
    }
}

fn new<'a>(interner: &mut Interner<'a>, told: &'a Explanation) -> Option<stored::NightPair> {
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
    Some(stored::NightPair {
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
    })
}

/// What is not translated yet.
const OPEN: u32 = u32::MAX;

/// From the numbers of an earlier record to those of the new one.
struct Translation<'a> {
    of: &'a Decoded,
    reasons: Vec<u32>,
    lines: Vec<u32>,
    gaps: Vec<u32>,
}

impl<'a> Translation<'a> {
    fn new(of: &'a Decoded) -> Self {
        Self {
            of,
            reasons: vec![OPEN; of.reasons.len()],
            lines: vec![OPEN; of.lines.len()],
            gaps: vec![OPEN; of.gaps.len()],
        }
    }

    /// `None` where the earlier record has no such pair.
    fn pair(&mut self, place: usize, interner: &mut Interner<'a>) -> Option<stored::NightPair> {
        let of = self.of;
        let pair = of.pairs.get(place)?;
        let mut lines = Vec::with_capacity(Criterion::COUNT);
        for line in of.line_of {
            let line = match line.and_then(|line| pair.lines.get(line)) {
                None => interner.line(StoredFit::NOT_ASKED, std::iter::empty()),
                Some(line) => self.line(*line, interner)?,
            };
            lines.push(line);
        }
        let mut conflicts = Vec::with_capacity(pair.conflicts.len());
        for conflict in &pair.conflicts {
            conflicts
                .push(stored::NightConflict { reason: self.reason(conflict.reason, interner)?, ..*conflict });
        }
        let mut gaps = Vec::with_capacity(pair.gaps.len());
        for gap in &pair.gaps {
            gaps.push(self.gap(*gap, interner)?);
        }
        let mut told = |numbers: &[u32]| {
            numbers.iter().map(|number| self.reason(*number, interner)).collect::<Option<Vec<u32>>>()
        };
        Some(stored::NightPair {
            score: pair.score,
            low: pair.low,
            high: pair.high,
            law_open: pair.law_open,
            law_excluded: pair.law_excluded,
            lines,
            conflicts,
            gaps,
            track: pair.track,
            path: told(&pair.path)?,
            assumed: told(&pair.assumed)?,
            exclusion: told(&pair.exclusion)?,
            ..Default::default()
        })
    }

    fn line(&mut self, line: u32, interner: &mut Interner<'a>) -> Option<u32> {
        let at = line as usize;
        let known = *self.lines.get(at)?;
        if known != OPEN {
            return Some(known);
        }
        let of = self.of;
        let (fit, reasons) = of.lines.get(at)?;
        let reasons: Vec<_> = reasons.iter().filter_map(|reason| of.reasons.get(*reason as usize)).collect();
        let place = interner.line(*fit, reasons.into_iter());
        self.lines[at] = place;
        Some(place)
    }

    fn reason(&mut self, reason: u32, interner: &mut Interner<'a>) -> Option<u32> {
        let known = self.reasons.get_mut(reason as usize)?;
        if *known == OPEN {
            *known = interner.reason(self.of.reasons.get(reason as usize)?);
        }
        Some(*known)
    }

    fn gap(&mut self, gap: u32, interner: &mut Interner<'a>) -> Option<u32> {
        let known = self.gaps.get_mut(gap as usize)?;
        if *known == OPEN {
            *known = interner.gap(self.of.gaps.get(gap as usize)?);
        }
        Some(*known)
    }
}
