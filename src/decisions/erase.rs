//! Takes the parts of people out of the log, by copies of the segments that take their place.
//!
//! What of a file cannot be read as frames is looked through for their ids: where one stands there, all of that piece is
//! emptied, since nobody can tell any more what of it is whose. Any other such piece stays, for whoever has to find out what
//! happened, and is told: nobody can say whether it is about them.

use super::{
    DecisionLog, LogError, Part,
    frame::{Body, Frame},
    pieces::Pieces,
    segment::{Segment, segments},
};
use crate::durable;
use std::{collections::BTreeSet, ops::Range, path::PathBuf, sync::PoisonError};

/// What was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Parts.
    pub parts: u64,
    /// Segments that were copied without them.
    pub segments: u64,
    /// Bytes that could not be read, held an id of somebody and were emptied.
    pub emptied: u64,
    /// What cannot be read and stays.
    pub unreadable: Vec<Unreadable>,
}

/// A piece of a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// Where it begins.
    pub offset: u64,
    /// How many bytes it has.
    pub bytes: u64,
}

impl DecisionLog {
    /// Takes everything out that is said of these people: their ids and what was told of them. Their hashes stay, and so does
    /// every other byte. What is there already is closed first, so that entries go on meanwhile. Whatever was handed over
    /// before this call is seen by it.
    ///
    /// # Errors
    /// When a file cannot be read or written; what is taken out already stays out, and the rest is taken out by the
    /// same call again.
    pub fn erase(&self, people: &BTreeSet<String>) -> Result<Erased, LogError> {
        let mut erased = Erased::default();
        if people.is_empty() {
            return Ok(erased);
        }
        let _one_at_a_time = self.rewriting.lock().unwrap_or_else(PoisonError::into_inner);
        // Behind all that waits to be appended.
        self.sign()?;
        let all = segments(&self.folder)?;
        // A segment that names nobody of them is not touched, the one that is written among them.
        let mut named: Vec<Segment> = Vec::new();
        for (at, segment) in all.iter().enumerate() {
            if !self.subjects.may_name(segment, people.iter().map(String::as_str)) {
                continue;
            }
            let bytes = segment.read()?;
            let pieces = Pieces::of(&bytes, segment.first);
            let is_written = at + 1 == all.len();
            if pieces.unreadable.is_empty() && pieces.header.is_some() && !is_written {
                self.subjects.learn(segment, pieces.subjects());
            }
            let is_unreadable = !pieces.unreadable.is_empty() && !is_written;
            if is_unreadable || pieces.subjects().any(|id| people.contains(id)) {
                named.push(segment.clone());
            }
        }
        let Some(last) = named.last() else { return Ok(erased) };
        if segments(&self.folder)?.last() == Some(last) {
            self.roll()?;
        }
        for segment in &named {
            self.rewrite(segment, people, &mut erased)?;
        }
        Ok(erased)
    }

    /// Empties whatever cannot be read, whoever it is about: for an operator who decided so. How many bytes.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn empty_unreadable(&self) -> Result<u64, LogError> {
        let _one_at_a_time = self.rewriting.lock().unwrap_or_else(PoisonError::into_inner);
        let mut emptied = 0;
        let all = segments(&self.folder)?;
        for segment in &all[..all.len().saturating_sub(1)] {
            let mut bytes = segment.read()?;
            let pieces = Pieces::of(&bytes, segment.first).unreadable;
            for piece in &pieces {
                bytes[piece.clone()].fill(0);
                emptied += piece.len() as u64;
            }
            if !pieces.is_empty() {
                durable::replace(&segment.path, &bytes)?;
            }
        }
        Ok(emptied)
    }

    fn rewrite(
        &self,
        segment: &Segment,
        people: &BTreeSet<String>,
        erased: &mut Erased,
    ) -> Result<(), LogError> {
        let bytes = segment.read()?;
        let pieces = Pieces::of(&bytes, segment.first);
        let mut copy = Vec::with_capacity(bytes.len());
        let (mut parts, mut emptied, mut at) = (0, 0, 0);
        let mut between = |copy: &mut Vec<u8>, piece: Range<usize>| {
            let stays = &bytes[piece.clone()];
            if !pieces.unreadable.contains(&piece) {
                copy.extend_from_slice(stays);
            } else if people.iter().any(|id| holds(stays, id)) {
                copy.resize(copy.len() + stays.len(), 0);
                emptied += stays.len() as u64;
            } else {
                erased.unreadable.push(Unreadable {
                    path: segment.path.clone(),
                    offset: copy.len() as u64,
                    bytes: stays.len() as u64,
                });
                copy.extend_from_slice(stays);
            }
        };
        if let Some((_, end)) = pieces.header {
            copy.extend_from_slice(&bytes[..end]);
            at = end;
        }
        for (place, frame) in &pieces.frames {
            between(&mut copy, at..place.start);
            self.without(frame.clone(), people, &mut parts).append(&mut copy);
            at = place.end;
        }
        between(&mut copy, at..bytes.len());
        if parts > 0 || emptied > 0 {
            durable::replace(&segment.path, &copy)?;
            erased.segments += 1;
        }
        if emptied > 0 {
            let file = segment.path.display();
            tracing::error!(%file, emptied, "a damaged part of the record of decisions held somebody who is erased; it was emptied");
        }
        erased.parts += parts;
        erased.emptied += emptied;
        Ok(())
    }

    fn without(&self, frame: Frame, people: &BTreeSet<String>, erased: &mut u64) -> Frame {
        let Frame { number, body: Body::Entry { head, parts }, .. } = &frame else { return frame };
        let number = *number;
        let parts = parts.iter().enumerate().map(|(place, part)| match part {
            Part::Whole { subject, .. } if people.contains(subject) => {
                *erased += 1;
                part.erased(number, place, &self.key)
            }
            kept => kept.clone(),
        });
        let body = Body::Entry { head: head.clone(), parts: parts.collect() };
        Frame { body, ..frame }
    }
}

/// Whether an id stands in bytes, as a part begins with it.
fn holds(bytes: &[u8], id: &str) -> bool {
    let id = id.as_bytes();
    // A short one stands there by chance too; then with its length before it.
    let mut sought = u32::try_from(id.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    sought.extend_from_slice(id);
    let sought = if id.len() < 5 { &sought[..] } else { id };
    bytes.windows(sought.len()).any(|window| window == sought)
}
