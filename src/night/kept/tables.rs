//! The words, reasons, lines, gaps and pairs of an earlier record, as bytes, and what is added to them: a pair that is told
//! anew is written with the earlier record's numbers first, so that it shares with the others whatever they have in common.

use super::message::{self, Content};
use crate::night::{
    interner::{Found, Interner, Places},
    quick::Quick,
};
use crate::wire::storage as stored;
use prost::Message;
use std::hash::BuildHasher;

/// Where something stands among the bytes.
type Span = (u32, u32);

/// Bytes, and where each thing of a kind stands among them.
#[derive(Debug, Default)]
pub(super) struct Tables {
    bytes: Vec<u8>,
    words: Vec<Span>,
    reasons: Vec<Span>,
    lines: Vec<Span>,
    gaps: Vec<Span>,
    pairs: Vec<Span>,
}

impl Tables {
    /// Of the bytes of a record; `None` where they are none.
    pub(super) fn read(bytes: Vec<u8>) -> Option<Self> {
        let size = u32::try_from(bytes.len()).ok()?;
        let room = || Vec::with_capacity(1_024);
        let (words, reasons, lines) = (room(), room(), room());
        let mut tables = Self { words, reasons, lines, ..Self::default() };
        let mut from = &bytes[..];
        while !from.is_empty() {
            let field = message::field(&mut from)?;
            let Content::Bytes(content) = field.content else { continue };
            let end = size - u32::try_from(from.len()).ok()?;
            let span = (end - u32::try_from(content.len()).ok()?, end);
            match field.tag {
                5 => tables.words.push(span),
                6 => tables.reasons.push(span),
                7 => tables.lines.push(span),
                8 => tables.gaps.push(span),
                9 => tables.pairs.push(span),
                _ => {}
            }
        }
        Some(Self { bytes, ..tables })
    }

    /// Bytes in all.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// How many words, reasons, lines and gaps there are.
    pub(super) fn counts(&self) -> [usize; 4] {
        [self.words.len(), self.reasons.len(), self.lines.len(), self.gaps.len()]
    }

    pub(super) fn word(&self, number: u32) -> Option<&[u8]> {
        self.at(&self.words, number)
    }

    pub(super) fn reason(&self, number: u32) -> Option<&[u8]> {
        self.at(&self.reasons, number)
    }

    pub(super) fn line(&self, number: u32) -> Option<&[u8]> {
        self.at(&self.lines, number)
    }

    pub(super) fn gap(&self, number: u32) -> Option<&[u8]> {
        self.at(&self.gaps, number)
    }

    pub(super) fn pair(&self, number: u32) -> Option<&[u8]> {
        self.at(&self.pairs, number)
    }

    /// The pairs, by their numbers.
    pub(super) fn pairs(&self) -> impl Iterator<Item = &[u8]> {
        self.pairs.iter().map(|(start, end)| &self.bytes[*start as usize..*end as usize])
    }

    fn at(&self, spans: &[Span], number: u32) -> Option<&[u8]> {
        let (start, end) = *spans.get(number as usize)?;
        self.bytes.get(start as usize..end as usize)
    }
}

/// Adds pairs that are told anew.
#[derive(Default)]
pub(super) struct Widening {
    own: Interner,
    /// Of each word, reason, line and gap of the new pairs its number in the tables.
    words: Vec<u32>,
    reasons: Vec<u32>,
    lines: Vec<u32>,
    gaps: Vec<u32>,
    known: Option<Known>,
}

/// Where everything stands, by its bytes.
struct Known {
    words: Places,
    reasons: Places,
    lines: Places,
    gaps: Places,
}

impl Known {
    fn of(tables: &Tables) -> Self {
        let places = |spans: &[Span]| {
            let mut places = Places::with_room(spans.len() + spans.len() / 8);
            for (start, end) in spans {
                let hash = Quick::default().hash_one(&tables.bytes[*start as usize..*end as usize]);
                // Everything stands in a record once.
                places.find(hash, |_| false);
            }
            places
        };
        Self {
            words: places(&tables.words),
            reasons: places(&tables.reasons),
            lines: places(&tables.lines),
            gaps: places(&tables.gaps),
        }
    }
}

impl Widening {
    /// Adds a pair; its number. `told` writes it with the numbers of the interner that it is given.
    pub(super) fn pair(
        &mut self,
        tables: &mut Tables,
        told: impl FnOnce(&mut Interner) -> stored::NightPair,
    ) -> Option<u32> {
        let pair = told(&mut self.own);
        let known = self.known.get_or_insert_with(|| Known::of(tables));
        let written = &self.own.written;
        let Tables { bytes, words, reasons, lines, gaps, .. } = tables;
        for word in written.words.iter().skip(self.words.len()) {
            self.words.push(add(bytes, words, &mut known.words, word.as_bytes())?);
        }
        for reason in written.reasons.iter().skip(self.reasons.len()) {
            let mut data = reason.data.clone();
            for datum in data.iter_mut().filter(|datum| datum.word > 0) {
                datum.word = *self.words.get(datum.word as usize - 1)? + 1;
            }
            let reason = stored::NightReason { data, ..*reason };
            self.reasons.push(add(bytes, reasons, &mut known.reasons, &reason.encode_to_vec())?);
        }
        for line in written.lines.iter().skip(self.lines.len()) {
            let line = stored::NightLine { reasons: all(&line.reasons, &self.reasons)?, ..*line };
            self.lines.push(add(bytes, lines, &mut known.lines, &line.encode_to_vec())?);
        }
        for gap in written.gaps.iter().skip(self.gaps.len()) {
            let gap = stored::NightGap { reason: *self.reasons.get(gap.reason as usize)?, ..*gap };
            self.gaps.push(add(bytes, gaps, &mut known.gaps, &gap.encode_to_vec())?);
        }
        let mut conflicts = pair.conflicts;
        for conflict in &mut conflicts {
            conflict.reason = *self.reasons.get(conflict.reason as usize)?;
        }
        let pair = stored::NightPair {
            lines: all(&pair.lines, &self.lines)?,
            conflicts,
            gaps: all(&pair.gaps, &self.gaps)?,
            path: all(&pair.path, &self.reasons)?,
            assumed: all(&pair.assumed, &self.reasons)?,
            exclusion: all(&pair.exclusion, &self.reasons)?,
            ..pair
        };
        push(&mut tables.bytes, &mut tables.pairs, &pair.encode_to_vec())
    }
}

fn all(own: &[u32], numbers: &[u32]) -> Option<Vec<u32>> {
    own.iter().map(|number| numbers.get(*number as usize).copied()).collect()
}

/// The number of something; what is new is added.
fn add(bytes: &mut Vec<u8>, spans: &mut Vec<Span>, known: &mut Places, content: &[u8]) -> Option<u32> {
    let hash = Quick::default().hash_one(content);
    let is_same = |place: usize| {
        let stands = spans.get(place).and_then(|(start, end)| bytes.get(*start as usize..*end as usize));
        stands == Some(content)
    };
    match known.find(hash, is_same) {
        Found::Old(place) => Some(place),
        Found::New(_) => push(bytes, spans, content),
    }
}

fn push(bytes: &mut Vec<u8>, spans: &mut Vec<Span>, content: &[u8]) -> Option<u32> {
    let start = u32::try_from(bytes.len()).ok()?;
    bytes.extend_from_slice(content);
    spans.push((start, u32::try_from(bytes.len()).ok()?));
    u32::try_from(spans.len() - 1).ok()
}
