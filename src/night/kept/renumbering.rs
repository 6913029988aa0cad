//! From the numbers of an earlier record to those of a new one: words, reasons, lines and gaps get the numbers in the order in
//! which the new record's pairs first need them, which is the order in which a record that is told anew is written.

use super::{
    message::{self, Content, put_bytes, put_bytes_and_number, put_number, put_packed},
    tables::Tables,
};
use crate::night::PairNight;

/// What has no number yet.
const OPEN: u32 = u32::MAX;

/// A record in the making.
pub(super) struct Renumbering<'a> {
    of: &'a Tables,
    room: Room,
}

/// What a record is made in; used again for the next one, since memory that is taken anew for each costs more than the work.
#[derive(Default)]
pub(super) struct Room {
    words: Numbers,
    reasons: Numbers,
    lines: Numbers,
    gaps: Numbers,
    pairs: Vec<u8>,
    pair: Vec<u8>,
    part: Vec<u8>,
    line: Vec<u8>,
    reasons_of_line: Vec<u8>,
    small: Vec<u8>,
}

/// The new numbers of one kind of things, and what is written of them.
#[derive(Default)]
struct Numbers {
    now: Vec<u32>,
    count: u32,
    written: Vec<u8>,
}

impl Numbers {
    /// Begins anew.
    fn begin(&mut self, count: usize) {
        self.now.clear();
        self.now.resize(count, OPEN);
        self.count = 0;
        self.written.clear();
    }

    fn known(&self, number: u32) -> Option<u32> {
        self.now.get(number as usize).copied()
    }

    fn write(&mut self, number: u32, tag: u32, content: &[u8]) -> u32 {
        put_bytes(&mut self.written, tag, content);
        let now = self.count;
        self.count += 1;
        if let Some(own) = self.now.get_mut(number as usize) {
            *own = now;
        }
        now
    }
}

impl<'a> Renumbering<'a> {
    pub(super) fn new(of: &'a Tables, mut room: Room) -> Self {
        let Room { words, reasons, lines, gaps, pairs, .. } = &mut room;
        for (numbers, count) in [words, reasons, lines, gaps].into_iter().zip(of.counts()) {
            numbers.begin(count);
        }
        pairs.clear();
        Self { of, room }
    }

    /// The room, for the next record.
    pub(super) fn into_room(self) -> Room {
        self.room
    }

    /// Writes everything but what is told of the vacancy itself.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        for part in [
            &self.room.words.written,
            &self.room.reasons.written,
            &self.room.lines.written,
            &self.room.gaps.written,
            &self.room.pairs,
        ] {
            out.extend_from_slice(part);
        }
    }

    /// Adds a pair, with the place that it has now; `None` where the earlier record is damaged.
    pub(super) fn pair(&mut self, number: u32, now: &PairNight) -> Option<()> {
        let content = self.of.pair(number)?;
        let mut out = std::mem::take(&mut self.room.pair);
        out.clear();
        put_number(&mut out, 1, now.person);
        put_number(&mut out, 2, now.rank.into());
        put_number(&mut out, 3, now.tied.into());
        put_number(&mut out, 4, now.own_rank.into());
        put_number(&mut out, 5, now.own_tied.into());
        // What leaves a pair out is numbered before its gaps and written at the end.
        let excluded = packed_of(content, 17)?;
        let mut exclusion = None;
        let mut from = content;
        while !from.is_empty() {
            let field = message::field(&mut from)?;
            if field.tag > 11 && exclusion.is_none() {
                let mut now = Vec::new();
                self.all(excluded, Self::reason, &mut now)?;
                exclusion = Some(now);
            }
            match (field.tag, field.content) {
                (1..=5, _) => {}
                (10, Content::Bytes(lines)) => self.packed(&mut out, 10, lines, Self::line)?,
                (11, Content::Bytes(conflict)) => self.conflict(&mut out, conflict)?,
                (12, Content::Bytes(gaps)) => self.packed(&mut out, 12, gaps, Self::gap)?,
                (tag @ (14 | 15), Content::Bytes(told)) => self.packed(&mut out, tag, told, Self::reason)?,
                (17, _) => put_packed(&mut out, 17, exclusion.as_deref().unwrap_or_default()),
                _ => out.extend_from_slice(field.whole),
            }
        }
        put_bytes(&mut self.room.pairs, 9, &out);
        self.room.pair = out;
        Some(())
    }

    fn packed(
        &mut self,
        out: &mut Vec<u8>,
        tag: u32,
        numbers: &[u8],
        each: fn(&mut Self, u32) -> Option<u32>,
    ) -> Option<()> {
        let mut packed = std::mem::take(&mut self.room.part);
        packed.clear();
        self.all(numbers, each, &mut packed)?;
        put_packed(out, tag, &packed);
        self.room.part = packed;
        Some(())
    }

    /// The new numbers of packed ones.
    fn all(
        &mut self,
        mut numbers: &[u8],
        each: fn(&mut Self, u32) -> Option<u32>,
        out: &mut Vec<u8>,
    ) -> Option<()> {
        while !numbers.is_empty() {
            let number = each(self, message::place(&mut numbers)?)?;
            message::put(out, number);
        }
        Some(())
    }

    fn conflict(&mut self, out: &mut Vec<u8>, content: &[u8]) -> Option<()> {
        let (mut from, mut reason) = (content, 0);
        let mut conflict = Vec::with_capacity(content.len() + 1);
        while !from.is_empty() {
            let field = message::field(&mut from)?;
            match (field.tag, field.content) {
                (4, Content::Number(number)) => reason = u32::try_from(number).ok()?,
                _ => conflict.extend_from_slice(field.whole),
            }
        }
        put_number(&mut conflict, 4, self.reason(reason)?);
        put_bytes(out, 11, &conflict);
        Some(())
    }

    fn word(&mut self, number: u32) -> Option<u32> {
        match self.room.words.known(number)? {
            OPEN => Some(self.room.words.write(number, 5, self.of.word(number)?)),
            known => Some(known),
        }
    }

    fn reason(&mut self, number: u32) -> Option<u32> {
        let known = self.room.reasons.known(number)?;
        if known != OPEN {
            return Some(known);
        }
        let mut out = std::mem::take(&mut self.room.small);
        out.clear();
        let mut from = self.of.reason(number)?;
        while !from.is_empty() {
            let field = message::field(&mut from)?;
            match (field.tag, field.content) {
                (2, Content::Bytes(datum)) => self.datum(&mut out, datum, field.whole)?,
                _ => out.extend_from_slice(field.whole),
            }
        }
        let now = self.room.reasons.write(number, 6, &out);
        self.room.small = out;
        Some(now)
    }

    fn datum(&mut self, out: &mut Vec<u8>, datum: &[u8], whole: &[u8]) -> Option<()> {
        let mut from = datum;
        while !from.is_empty() {
            let head = &datum[..datum.len() - from.len()];
            let field = message::field(&mut from)?;
            if let (4, Content::Number(word)) = (field.tag, field.content) {
                // The words come last.
                let word = self.word(u32::try_from(word.checked_sub(1)?).ok()?)? + 1;
                put_bytes_and_number(out, 2, head, 4, word);
                return from.is_empty().then_some(());
            }
        }
        out.extend_from_slice(whole);
        Some(())
    }

    fn line(&mut self, number: u32) -> Option<u32> {
        let known = self.room.lines.known(number)?;
        if known != OPEN {
            return Some(known);
        }
        let mut out = std::mem::take(&mut self.room.line);
        out.clear();
        let mut from = self.of.line(number)?;
        while !from.is_empty() {
            let field = message::field(&mut from)?;
            match (field.tag, field.content) {
                (5, Content::Bytes(reasons)) => {
                    let mut packed = std::mem::take(&mut self.room.reasons_of_line);
                    packed.clear();
                    self.all(reasons, Self::reason, &mut packed)?;
                    put_packed(&mut out, 5, &packed);
                    self.room.reasons_of_line = packed;
                }
                _ => out.extend_from_slice(field.whole),
            }
        }
        let now = self.room.lines.write(number, 7, &out);
        self.room.line = out;
        Some(now)
    }

    fn gap(&mut self, number: u32) -> Option<u32> {
        let known = self.room.gaps.known(number)?;
        if known != OPEN {
            return Some(known);
        }
        let (mut from, mut reason) = (self.of.gap(number)?, 0);
        let mut rest = Vec::with_capacity(32);
        while !from.is_empty() {
            let field = message::field(&mut from)?;
            match (field.tag, field.content) {
                (1, Content::Number(number)) => reason = u32::try_from(number).ok()?,
                _ => rest.extend_from_slice(field.whole),
            }
        }
        let mut out = Vec::with_capacity(rest.len() + 3);
        put_number(&mut out, 1, self.reason(reason)?);
        out.extend_from_slice(&rest);
        Some(self.room.gaps.write(number, 8, &out))
    }
}

/// The packed numbers of a field; none where it is not there.
fn packed_of(mut from: &[u8], tag: u32) -> Option<&[u8]> {
    while !from.is_empty() {
        let field = message::field(&mut from)?;
        if let Content::Bytes(packed) = field.content
            && field.tag == tag
        {
            return Some(packed);
        }
    }
    Some(&[])
}
