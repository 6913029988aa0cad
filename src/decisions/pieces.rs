//! A file of the log in pieces: frames, and what stands between them that cannot be read. Damage in one frame takes no other
//! frame along.

use super::{
    Part,
    frame::{Body, Frame},
    segment::{Frames, Header},
};
use std::ops::Range;

/// Length, kind and number of a frame.
const BEGINNING: usize = 4 + 1 + 8;
/// A frame is never shorter.
const SHORTEST: usize = 4 + 1 + 8 + 32 + 8 + 32;

/// A file in pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    /// The header, and where it ends; `None`: it cannot be read.
    pub(super) header: Option<(Header, usize)>,
    /// The frames with their places, in their order.
    pub(super) frames: Vec<(Range<usize>, Frame)>,
    /// What cannot be read and is not empty.
    pub(super) unreadable: Vec<Range<usize>>,
}

impl Pieces {
    /// Cuts a file into pieces. `first`: the number of its first frame, as its name says.
    pub(super) fn of(bytes: &[u8], first: u64) -> Self {
        let header = Frames::of(bytes).map(|(header, frames)| (header, bytes.len() - frames.left()));
        let mut at = header.as_ref().map_or(0, |(_, end)| *end);
        let (mut frames, mut unreadable) = (Vec::new(), Vec::new());
        let mut next = first;
        let mut unread = at;
        while at < bytes.len() {
            let mut rest = &bytes[at..];
            // Frames stand in the order of their numbers: what was lost before this one had at most so many.
            let most = next + ((at - unread) / SHORTEST) as u64;
            let is_likely = frame_number(rest).is_some_and(|number| (next..=most).contains(&number));
            let Some(frame) = is_likely.then(|| Frame::read(&mut rest)).flatten() else {
                at += 1;
                continue;
            };
            add(&mut unreadable, bytes, unread..at);
            let end = bytes.len() - rest.len();
            next = frame.number + 1;
            frames.push((at..end, frame));
            (at, unread) = (end, end);
        }
        add(&mut unreadable, bytes, unread..bytes.len());
        Self { header, frames, unreadable }
    }

    /// The people whom the frames name.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &str> {
        let parts = self.frames.iter().flat_map(|(_, frame)| match &frame.body {
            Body::Entry { parts, .. } => &parts[..],
            Body::Checkpoint(_) => &[],
        });
        parts.filter_map(|part| match part {
            Part::Whole { subject, .. } => Some(subject.as_str()),
            Part::Erased { .. } => None,
        })
    }
}

/// The number that a frame would have.
fn frame_number(bytes: &[u8]) -> Option<u64> {
    let number = bytes.get(..BEGINNING)?.last_chunk::<8>()?;
    Some(u64::from_le_bytes(*number))
}

/// Notes what cannot be read; room that was taken ahead is empty.
fn add(unreadable: &mut Vec<Range<usize>>, bytes: &[u8], piece: Range<usize>) {
    if bytes[piece.clone()].iter().any(|byte| *byte != 0) {
        unreadable.push(piece);
    }
}
