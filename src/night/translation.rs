//! From the numbers of an earlier record to those of a new one: pairs that are taken over are not read as explanations.

use super::interner::Interner;
use crate::wire::storage as stored;
use std::sync::Arc;

/// The record of a vacancy in an earlier night, as it stands there.
#[derive(Clone, Debug)]
pub struct KeptRecord(pub(super) Arc<stored::NightVacancy>);

/// A pair of an earlier night that is taken over.
#[derive(Clone, Debug)]
pub struct KeptPair {
    record: Arc<stored::NightVacancy>,
    place: usize,
}

impl KeptRecord {
    /// Its pairs: the person of each, by the place among the people of that night.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, KeptPair)> + '_ {
        let kept = |place| KeptPair { record: Arc::clone(&self.0), place };
        self.0.pairs.iter().enumerate().map(move |(place, pair)| (pair.person, kept(place)))
    }
}

/// What is not translated yet.
const OPEN: u32 = u32::MAX;

/// The numbers of one earlier record.
pub(super) struct Translation {
    of: Arc<stored::NightVacancy>,
    words: Vec<u32>,
    reasons: Vec<u32>,
    lines: Vec<u32>,
    gaps: Vec<u32>,
    /// Room that is used again.
    data: Vec<stored::NightDatum>,
    line: Vec<u32>,
}

impl Translation {
    fn new(of: &Arc<stored::NightVacancy>) -> Self {
        Self {
            words: vec![OPEN; of.words.len()],
            reasons: vec![OPEN; of.reasons.len()],
            lines: vec![OPEN; of.lines.len()],
            gaps: vec![OPEN; of.gaps.len()],
            data: Vec::new(),
            line: Vec::new(),
            of: Arc::clone(of),
        }
    }

    /// The translation of a pair's record; nearly always there is only one.
    pub(super) fn of<'a>(kept: &KeptPair, all: &'a mut Vec<Self>) -> &'a mut Self {
        let known = all.iter().position(|known| Arc::ptr_eq(&known.of, &kept.record));
        let at = known.unwrap_or_else(|| {
            all.push(Self::new(&kept.record));
            all.len() - 1
        });
        &mut all[at]
    }

    /// What is told of a pair, in numbers of the new record; `None` where the earlier one is damaged.
    pub(super) fn pair(&mut self, kept: &KeptPair, interner: &mut Interner) -> Option<stored::NightPair> {
        let of = Arc::clone(&self.of);
        let pair = of.pairs.get(kept.place)?;
        let mut all = |numbers: &[u32], each: fn(&mut Self, u32, &mut Interner) -> Option<u32>| {
            numbers.iter().map(|number| each(self, *number, interner)).collect::<Option<Vec<u32>>>()
        };
        // In the order in which a new explanation is written, so that the same numbers are given out.
        let lines = all(&pair.lines, Self::line)?;
        let reasons: Vec<u32> = pair.conflicts.iter().map(|conflict| conflict.reason).collect();
        let reasons = all(&reasons, Self::reason)?;
        let conflicts = pair.conflicts.iter().zip(reasons);
        let conflicts =
            conflicts.map(|(conflict, reason)| stored::NightConflict { reason, ..*conflict }).collect();
        let exclusion = all(&pair.exclusion, Self::reason)?;
        let gaps = all(&pair.gaps, Self::gap)?;
        let path = all(&pair.path, Self::reason)?;
        let assumed = all(&pair.assumed, Self::reason)?;
        Some(stored::NightPair {
            score: pair.score,
            low: pair.low,
            high: pair.high,
            law_open: pair.law_open,
            law_excluded: pair.law_excluded,
            exclusion,
            lines,
            conflicts,
            gaps,
            track: pair.track,
            path,
            assumed,
            ..Default::default()
        })
    }

    fn word(&mut self, word: u32, interner: &mut Interner) -> Option<u32> {
        let known = self.words.get_mut(word as usize)?;
        if *known == OPEN {
            *known = interner.word(self.of.words.get(word as usize)?);
        }
        Some(*known)
    }

    fn reason(&mut self, reason: u32, interner: &mut Interner) -> Option<u32> {
        let known = *self.reasons.get(reason as usize)?;
        if known != OPEN {
            return Some(known);
        }
        let of = Arc::clone(&self.of);
        let told = of.reasons.get(reason as usize)?;
        let mut data = std::mem::take(&mut self.data);
        data.clear();
        for datum in &told.data {
            let word = match datum.word.checked_sub(1) {
                None => 0,
                Some(word) => self.word(word, interner)? + 1,
            };
            data.push(stored::NightDatum { word, ..*datum });
        }
        let place = interner.numbered_reason(told.code, &data);
        self.data = data;
        self.reasons[reason as usize] = place;
        Some(place)
    }

    fn line(&mut self, line: u32, interner: &mut Interner) -> Option<u32> {
        let known = *self.lines.get(line as usize)?;
        if known != OPEN {
            return Some(known);
        }
        let of = Arc::clone(&self.of);
        let told = of.lines.get(line as usize)?;
        let mut reasons = std::mem::take(&mut self.line);
        reasons.clear();
        for reason in &told.reasons {
            reasons.push(self.reason(*reason, interner)?);
        }
        let place = interner.numbered_line(told, &reasons);
        self.line = reasons;
        self.lines[line as usize] = place;
        Some(place)
    }

    fn gap(&mut self, gap: u32, interner: &mut Interner) -> Option<u32> {
        let known = *self.gaps.get(gap as usize)?;
        if known != OPEN {
            return Some(known);
        }
        let told = *self.of.gaps.get(gap as usize)?;
        let reason = self.reason(told.reason, interner)?;
        let place = interner.numbered_gap(stored::NightGap { reason, ..told });
        self.gaps[gap as usize] = place;
        Some(place)
    }
}
