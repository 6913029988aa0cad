//! Words, reasons, lines and gaps of one record, each written once, in the order in which they first come.

use super::{
    head::code_number,
    parts::{cost_number, day_number, gap_kind_number, known_number, whom_number},
    quick::{Quick, QuickMap},
    value,
};
use crate::rank::{
    explain::Gap,
    reason::{DATA_NAMES, Reason},
    score::StoredFit,
};
use crate::wire::{enums::Choice, storage as stored};
use std::hash::{BuildHasher, Hash};

/// What is written so far, and where each thing stands.
#[derive(Default)]
pub(super) struct Interner {
    pub(super) written: stored::NightVacancy,
    words: Places,
    reasons: Places,
    lines: Places,
    gaps: Places,
    /// Numbers of names of data by where the name stands in memory.
    names: QuickMap<usize, u32>,
    hasher: Quick,
    /// Room that is used again.
    data: Vec<stored::NightDatum>,
    line: Vec<u32>,
}

impl Interner {
    /// The place of words.
    fn word(&mut self, word: &str) -> u32 {
        let words = &mut self.written.words;
        match self.words.find(self.hasher.hash_one(word), |place| words[place] == word) {
            Found::Old(place) => place,
            Found::New(place) => {
                words.push(word.to_owned());
                place
            }
        }
    }

    fn name(&mut self, name: &'static str) -> u32 {
        let number = || DATA_NAMES.binary_search(&name).map_or(u32::MAX, number);
        *self.names.entry(name.as_ptr() as usize).or_insert_with(number)
    }

    /// The place of a reason.
    pub(super) fn reason(&mut self, reason: &Reason) -> u32 {
        let mut all = std::mem::take(&mut self.data);
        all.clear();
        for (name, value) in &reason.data {
            let value::Kept { kind, number: own, words } = value::kept(value);
            let word = words.map_or(0, |words| self.word(&words) + 1);
            all.push(stored::NightDatum { name: self.name(name), kind: kind.into(), number: own, word });
        }
        let place = self.numbered_reason(code_number(reason.code), &all);
        self.data = all;
        place
    }

    /// The place of a reason in numbers of this record.
    fn numbered_reason(&mut self, code: u32, data: &[stored::NightDatum]) -> u32 {
        let written = &mut self.written.reasons;
        let is_same = |place: usize| written[place].code == code && written[place].data == data;
        match self.reasons.find(self.hasher.hash_one((code, Numbers(data))), is_same) {
            Found::Old(place) => place,
            Found::New(place) => {
                written.push(stored::NightReason { code, data: data.to_vec() });
                place
            }
        }
    }

    /// The place of a line.
    pub(super) fn line<'a>(&mut self, fit: StoredFit, reasons: impl Iterator<Item = &'a Reason>) -> u32 {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        line.extend(reasons.map(|reason| self.reason(reason)));
        let told = stored::NightLine {
            fit: fit.fit.into(),
            low: fit.low.into(),
            high: fit.high.into(),
            knowledge: fit.knowledge.map_or(0, known_number),
            reasons: Vec::new(),
        };
        let place = self.numbered_line(&told, &line);
        self.line = line;
        place
    }

    /// The place of a line with the figures of another and reasons in numbers of this record.
    fn numbered_line(&mut self, figures: &stored::NightLine, reasons: &[u32]) -> u32 {
        let of = |line: &stored::NightLine| (line.fit, line.low, line.high, line.knowledge);
        let figures = of(figures);
        let written = &mut self.written.lines;
        let is_same = |place: usize| of(&written[place]) == figures && written[place].reasons == reasons;
        match self.lines.find(self.hasher.hash_one((figures, reasons)), is_same) {
            Found::Old(place) => place,
            Found::New(place) => {
                let (fit, low, high, knowledge) = figures;
                written.push(stored::NightLine { fit, low, high, knowledge, reasons: reasons.to_vec() });
                place
            }
        }
    }

    /// The place of a gap.
    pub(super) fn gap(&mut self, gap: &Gap) -> u32 {
        let reason = self.reason(&gap.reason);
        self.numbered_gap(stored::NightGap {
            reason,
            kind: gap_kind_number(gap.kind),
            importance: gap.importance.code(),
            lead_weeks: gap.lead_weeks.map(u32::from),
            cost_class: gap.cost_class.map_or(0, cost_number),
            in_time: gap.in_time,
            whom_to_ask: whom_number(gap.whom_to_ask),
            available_from: gap.available_from.map_or(0, day_number),
        })
    }

    /// The place of a gap whose reason is a number of this record.
    fn numbered_gap(&mut self, gap: stored::NightGap) -> u32 {
        let written = &mut self.written.gaps;
        let hash = self.hasher.hash_one((gap.reason, gap.lead_weeks, gap.available_from));
        match self.gaps.find(hash, |place| written[place] == gap) {
            Found::Old(place) => place,
            Found::New(place) => {
                written.push(gap);
                place
            }
        }
    }
}

/// The numbers of data, to be hashed.
struct Numbers<'a>(&'a [stored::NightDatum]);

impl Hash for Numbers<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        for datum in self.0 {
            state.write_u64(u64::from(datum.name) << 32 | u64::from(datum.word));
            state.write_u64(datum.number);
        }
    }
}

/// Places by hash: what stands there is looked at, so nothing is kept twice.
pub(super) struct Places {
    /// The hash of each place.
    hashes: Vec<u64>,
    /// By hash, the next free one after it: 1 and the place; 0: free. Half of them at least are free.
    slots: Vec<u32>,
}

/// Room for the words of most records.
const USUAL: usize = 256;

impl Default for Places {
    fn default() -> Self {
        Self::with_room(0)
    }
}

/// Where something stands.
pub(super) enum Found {
    /// It stands there.
    Old(u32),
    /// It belongs at the end.
    New(u32),
}

impl Places {
    /// With room for so many.
    pub(super) fn with_room(count: usize) -> Self {
        let slots = (2 * count).next_power_of_two().max(USUAL);
        Self { hashes: Vec::with_capacity(slots / 2), slots: vec![0; slots] }
    }

    /// Where something with this hash stands; what is not there gets the next place.
    pub(super) fn find(&mut self, hash: u64, is_same: impl Fn(usize) -> bool) -> Found {
        let mut at = self.home(hash);
        while let Some(place) = self.slots[at].checked_sub(1) {
            if self.hashes[place as usize] == hash && is_same(place as usize) {
                return Found::Old(place);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let place = number(self.hashes.len());
        self.hashes.push(hash);
        self.slots[at] = place.saturating_add(1);
        if 2 * self.hashes.len() > self.slots.len() {
            self.grow();
        }
        Found::New(place)
    }

    fn home(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        self.slots = vec![0; 2 * self.slots.len()];
        for (place, hash) in (1..).zip(&self.hashes) {
            let mut at = self.home(*hash);
            while self.slots[at] != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = place;
        }
    }
}

/// A place in a list of a record; there are never more than the pairs of a vacancy give.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
