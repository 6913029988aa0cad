//! Words, reasons, lines and gaps of one record, each written once, in the order in which they first come.

use super::{
    head::code_number,
    parts::{cost_number, day_number, gap_kind_number, known_number, whom_number},
    value,
};
use crate::rank::{
    explain::Gap,
    reason::{DATA_NAMES, Reason},
    score::StoredFit,
};
use crate::wire::{enums::Choice, storage as stored};
use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, Hasher},
};

/// What was seen so far, and what of it is written.
#[derive(Default)]
pub(super) struct Interner<'a> {
    words: HashMap<Cow<'a, str>, u32, Quick>,
    reasons: HashMap<&'a Reason, u32, Quick>,
    /// Lines by their hash: most are there already, and are found without making a key of their own.
    lines: HashMap<u64, Vec<u32>, Quick>,
    /// The fit of each line.
    fits: Vec<StoredFit>,
    hasher: Quick,
    gaps: HashMap<&'a Gap, u32, Quick>,
    pub(super) written: stored::NightVacancy,
    line: Vec<u32>,
}

impl<'a> Interner<'a> {
    fn word(&mut self, word: Cow<'a, str>) -> u32 {
        if let Some(place) = self.words.get(word.as_ref()) {
            return *place;
        }
        let place = number(self.written.words.len());
        self.written.words.push(word.clone().into_owned());
        self.words.insert(word, place);
        place
    }

    pub(super) fn reason(&mut self, reason: &'a Reason) -> u32 {
        if let Some(place) = self.reasons.get(reason) {
            return *place;
        }
        let data = reason.data.iter().map(|(name, value)| {
            let value::Kept { kind, number: own, words } = value::kept(value);
            let name = DATA_NAMES.binary_search(name).map_or(u32::MAX, number);
            let word = words.map_or(0, |words| self.word(words) + 1);
            stored::NightDatum { name, kind: kind.into(), number: own, word }
        });
        let data = data.collect();
        let place = number(self.written.reasons.len());
        self.written.reasons.push(stored::NightReason { code: code_number(reason.code), data });
        self.reasons.insert(reason, place);
        place
    }

    pub(super) fn line(&mut self, fit: StoredFit, reasons: impl Iterator<Item = &'a Reason>) -> u32 {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        line.extend(reasons.map(|reason| self.reason(reason)));
        let place = self.numbered_line(fit, &line);
        self.line = line;
        place
    }

    fn numbered_line(&mut self, fit: StoredFit, reasons: &[u32]) -> u32 {
        let places = self.lines.entry(self.hasher.hash_one((fit, reasons))).or_default();
        let is_same = |place: &&u32| {
            let at = **place as usize;
            self.fits[at] == fit && self.written.lines[at].reasons == reasons
        };
        if let Some(place) = places.iter().find(is_same) {
            return *place;
        }
        let place = number(self.written.lines.len());
        self.written.lines.push(stored::NightLine {
            fit: fit.fit.into(),
            low: fit.low.into(),
            high: fit.high.into(),
            knowledge: fit.knowledge.map_or(0, known_number),
            reasons: reasons.to_vec(),
        });
        self.fits.push(fit);
        places.push(place);
        place
    }

    pub(super) fn gap(&mut self, gap: &'a Gap) -> u32 {
        if let Some(place) = self.gaps.get(gap) {
            return *place;
        }
        let reason = self.reason(&gap.reason);
        let place = number(self.written.gaps.len());
        self.written.gaps.push(stored::NightGap {
            reason,
            kind: gap_kind_number(gap.kind),
            importance: gap.importance.code(),
            lead_weeks: gap.lead_weeks.map(u32::from),
            cost_class: gap.cost_class.map_or(0, cost_number),
            in_time: gap.in_time,
            whom_to_ask: whom_number(gap.whom_to_ask),
            available_from: gap.available_from.map_or(0, day_number),
        });
        self.gaps.insert(gap, place);
        place
    }
}

/// A place in a list of a record; there are never more than the pairs of a vacancy give.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

type Quick = BuildHasherDefault<QuickHasher>;

/// A hasher for tables that live as long as one record: quick, and nothing of it reaches a file.
#[derive(Default)]
struct QuickHasher(u64);

impl QuickHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        // The high bits are the mixed ones; the table looks at both ends.
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
    }

    fn write_u8(&mut self, number: u8) {
        self.mix(number.into());
    }

    fn write_u16(&mut self, number: u16) {
        self.mix(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }
}
