//! Takes the parts of people out of the log, by copies of the segments that take their place.

use super::{
    DecisionLog, LogError, Part,
    frame::{Body, Frame},
    segment::{Frames, Segment, segments},
};
use crate::durable;
use std::{collections::BTreeSet, sync::PoisonError};

/// What was taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Parts.
    pub parts: u64,
    /// Segments that were copied without them.
    pub segments: u64,
}

impl DecisionLog {
    /// Takes everything out that is said of these people: their ids and what was told of them. Their hashes stay, and so does
    /// every other byte. What is there already is closed first, so that entries go on meanwhile.
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
        let all = segments(&self.folder)?;
        // A segment that names nobody of them is not touched, the one that is written among them.
        let mut named: Vec<Segment> = Vec::new();
        for segment in all {
            if names(&segment.read()?, people) {
                named.push(segment);
            }
        }
        let Some(last) = named.last() else { return Ok(erased) };
        if segments(&self.folder)?.last() == Some(last) {
            self.roll()?;
        }
        for segment in &named {
            let parts = self.rewrite(segment, people)?;
            erased.parts += parts;
            erased.segments += u64::from(parts > 0);
        }
        Ok(erased)
    }

    fn rewrite(&self, segment: &Segment, people: &BTreeSet<String>) -> Result<u64, LogError> {
        let bytes = segment.read()?;
        let (header, mut frames) = Frames::of(&bytes).ok_or_else(|| segment.damaged("its header"))?;
        let mut copy = Vec::with_capacity(bytes.len());
        copy.extend_from_slice(&header.bytes());
        let mut erased = 0;
        for frame in frames.by_ref() {
            self.without(frame, people, &mut erased).append(&mut copy);
        }
        // What cannot be read as a frame is left as it is: it may be what an auditor looks for.
        copy.extend_from_slice(&bytes[bytes.len() - frames.left()..]);
        if erased > 0 {
            durable::replace(&segment.path, &copy)?;
        }
        Ok(erased)
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

/// Whether a segment has a part of one of these people.
fn names(bytes: &[u8], people: &BTreeSet<String>) -> bool {
    let Some((_, mut frames)) = Frames::of(bytes) else { return false };
    frames.any(|frame| match frame.body {
        Body::Entry { parts, .. } => {
            parts.iter().any(|part| matches!(part, Part::Whole { subject, .. } if people.contains(subject)))
        }
        Body::Checkpoint(_) => false,
    })
}
