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
        let excluded = packed_at_end(content, 17)?;
        let mut exclusion = None;
        let mut from = content;
        while !from.is_empty() {
            let field = message::field(&mut from)?;
            if field.tag > 11 && exclusion.is_none() && !excluded.is_empty() {
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
        each: impl Fn(&mut Self, u32) -> Option<u32>,
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
        each: impl Fn(&mut Self, u32) -> Option<u32>,
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

    #[inline]
    fn reason(&mut self, number: u32) -> Option<u32> {
        match self.room.reasons.known(number)? {
            OPEN => self.first_reason(number),
            known => Some(known),
        }
    }

    fn first_reason(&mut self, number: u32) -> Option<u32> {
        let content = self.of.reason(number)?;
        let mut out = std::mem::take(&mut self.room.small);
        out.clear();
        // What has no word with another number than before stands as it stood.
        let (mut from, mut is_same_up_to) = (content, 0);
        while !from.is_empty() {
            let start = content.len() - from.len();
            let field = message::field(&mut from)?;
            let (2, Content::Bytes(datum)) = (field.tag, field.content) else { continue };
            // The words come last.
            let (head, last) = message::up_to_number(datum, 4)?;
            let Some(word) = last else { continue };
            let now = self.word(word.checked_sub(1)?)? + 1;
            if now != word {
                out.extend_from_slice(content.get(is_same_up_to..start)?);
                put_bytes_and_number(&mut out, 2, head, 4, now);
                is_same_up_to = content.len() - from.len();
            }
        }
        let rest = content.get(is_same_up_to..)?;
        let now = if is_same_up_to == 0 {
            self.room.reasons.write(number, 6, rest)
        } else {
            out.extend_from_slice(rest);
            self.room.reasons.write(number, 6, &out)
        };
        self.room.small = out;
        Some(now)
    }

    #[inline]
    fn line(&mut self, number: u32) -> Option<u32> {
        match self.room.lines.known(number)? {
            OPEN => self.first_line(number),
            known => Some(known),
        }
    }

    fn first_line(&mut self, number: u32) -> Option<u32> {
        let (head, reasons) = message::up_to_bytes(self.of.line(number)?, 5)?;
        let mut packed = std::mem::take(&mut self.room.reasons_of_line);
        packed.clear();
        self.all(reasons, Self::reason, &mut packed)?;
        let mut out = std::mem::take(&mut self.room.line);
        out.clear();
        out.extend_from_slice(head);
        put_packed(&mut out, 5, &packed);
        self.room.reasons_of_line = packed;
        let now = self.room.lines.write(number, 7, &out);
        self.room.line = out;
        Some(now)
    }

    #[inline]
    fn gap(&mut self, number: u32) -> Option<u32> {
        match self.room.gaps.known(number)? {
            OPEN => self.first_gap(number),
            known => Some(known),
        }
    }

    fn first_gap(&mut self, number: u32) -> Option<u32> {
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

/// The packed numbers of a field of two bytes' tag that is the last one; none where it is not there.
fn packed_at_end(content: &[u8], tag: u32) -> Option<&[u8]> {
    // Nearly nobody has it, and looking for its first byte is quicker than reading every field.
    if !content.contains(&((tag << 3 | 2) as u8 | 0x80)) {
        return Some(&[]);
    }
    let mut from = content;
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
