//! Entries read back: one by its id, or those that are looked for, the newest first.

use super::{
    DecisionId, Entry, LogError,
    frame::Frame,
    segment::{Frames, Segment, segments},
};
use std::{
    io,
    path::{Path, PathBuf},
};

/// Segments that one page looks through at most.
const MOST_SEGMENTS: usize = 16;

/// Reads a log, whether somebody writes it or not.
#[derive(Clone, Debug)]
pub struct LogReader {
    folder: PathBuf,
}

/// An entry with the preface of its segment.
#[derive(Clone, Debug)]
pub struct Selected<T> {
    /// Its id.
    pub id: DecisionId,
    /// What was made of it.
    pub found: T,
}

/// A page of entries, the newest first.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What was found.
    pub entries: Vec<Selected<T>>,
    /// The next page begins before this number; `None`: there is none. A page that looked through much and found little has
    /// a next one too.
    pub next: Option<u64>,
}

impl LogReader {
    /// The log of a folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// An entry, and the preface of its segment.
    ///
    /// # Errors
    /// When there is none with this id, or its file cannot be read.
    pub fn get(&self, id: DecisionId) -> Result<(Entry, Vec<u8>), LogError> {
        let not_found = || LogError::NotFound(id.to_string());
        let segment = segments(&self.folder)?.into_iter().rev().find(|segment| segment.first <= id.number);
        let segment = segment.ok_or_else(not_found)?;
        let bytes = read(&segment)?.ok_or_else(not_found)?;
        let (header, frames) = Frames::of(&bytes).ok_or_else(|| segment.damaged("its header"))?;
        let entry = frames.into_iter().find(|frame| frame.number >= id.number);
        let entry = entry.and_then(Frame::into_entry).ok_or_else(not_found)?;
        if DecisionId::of(entry.number, &entry.hash) != id {
            return Err(not_found());
        }
        Ok((entry, header.preface))
    }

    /// The entries of which `select` makes something, the newest first, from before a number on.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn page<T>(
        &self,
        before: Option<u64>,
        size: usize,
        mut select: impl FnMut(&Entry, &[u8]) -> Option<T>,
    ) -> Result<Page<T>, LogError> {
        let before = before.unwrap_or(u64::MAX);
        let (mut entries, mut oldest) = (Vec::new(), None);
        let mut left = segments(&self.folder)?;
        left.retain(|segment| segment.first < before);
        for _ in 0..MOST_SEGMENTS {
            let Some(segment) = left.pop() else { break };
            let Some(bytes) = read(&segment)? else { continue };
            let (header, frames) = Frames::of(&bytes).ok_or_else(|| segment.damaged("its header"))?;
            let own: Vec<Entry> =
                frames.take_while(|frame| frame.number < before).filter_map(Frame::into_entry).collect();
            for entry in own.iter().rev() {
                let Some(found) = select(entry, &header.preface) else { continue };
                if entries.len() == size {
                    return Ok(Page { entries, next: Some(entry.number + 1) });
                }
                entries.push(Selected { id: DecisionId::of(entry.number, &entry.hash), found });
            }
            oldest = Some(segment.first);
            if entries.len() == size {
                break;
            }
        }
        Ok(Page { entries, next: oldest.filter(|_| !left.is_empty()) })
    }
}

/// `None` where it went meanwhile, as the oldest do.
fn read(segment: &Segment) -> Result<Option<Vec<u8>>, LogError> {
    match segment.read() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
        Ok(bytes) => Ok(Some(bytes)),
    }
}
