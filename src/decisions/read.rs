//! Entries read back: one by its id, or those that are looked for, the newest first.

use super::{
    DecisionId, Entry, LogError,
    frame::Frame,
    pieces::Pieces,
    segment::{Segment, segments},
    subjects::Subjects,
};
use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Segments that one page reads at most.
const MOST_SEGMENTS: usize = 16;

/// Reads a log, whether somebody writes it or not.
#[derive(Clone, Debug)]
pub struct LogReader {
    folder: PathBuf,
    subjects: Arc<Subjects>,
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
        Self::knowing(folder, Arc::default())
    }

    pub(super) fn knowing(folder: &Path, subjects: Arc<Subjects>) -> Self {
        Self { folder: folder.to_owned(), subjects }
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
        let Pieces { header, frames, unreadable } = Pieces::of(&bytes, segment.first);
        let (header, _) = header.ok_or_else(|| segment.damaged("its header"))?;
        // The names in it say what entries mean; the first entry was chained to them.
        let of_another_header =
            |(_, first): &(_, Frame)| first.number == header.first && first.previous != header.link();
        if frames.first().is_some_and(of_another_header) {
            return Err(segment.damaged("its header"));
        }
        let frame = frames.into_iter().map(|(_, frame)| frame).find(|frame| frame.number == id.number);
        if frame.is_none() && !unreadable.is_empty() {
            return Err(segment.damaged("a part of it cannot be read"));
        }
        let entry = frame.and_then(Frame::into_entry);
        let entry = entry.filter(|entry| DecisionId::of(entry.number, &entry.hash) == id);
        Ok((entry.ok_or_else(not_found)?, header.preface))
    }

    /// The entries of which `select` makes something, the newest first, from before a number on. `about`: only files that may
    /// name this person are read. A file without a header that can be read is passed over, and told in the log.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn page<T>(
        &self,
        before: Option<u64>,
        size: usize,
        about: Option<&str>,
        mut select: impl FnMut(&Entry, &[u8]) -> Option<T>,
    ) -> Result<Page<T>, LogError> {
        let before = before.unwrap_or(u64::MAX);
        let (mut entries, mut oldest, mut looked) = (Vec::new(), None, 0);
        let mut left = segments(&self.folder)?;
        let written = left.last().cloned();
        left.retain(|segment| segment.first < before);
        while looked < MOST_SEGMENTS && entries.len() < size {
            let Some(segment) = left.pop() else { break };
            oldest = Some(segment.first);
            if about.is_some_and(|id| !self.subjects.may_name(&segment, std::iter::once(id))) {
                continue;
            }
            looked += 1;
            let Some(bytes) = read(&segment)? else { continue };
            let pieces = Pieces::of(&bytes, segment.first);
            let Some((header, _)) = &pieces.header else {
                tracing::error!(file = %segment.path.display(), "a file of the record of decisions cannot be read");
                continue;
            };
            if pieces.unreadable.is_empty() && written.as_ref() != Some(&segment) {
                self.subjects.learn(&segment, pieces.subjects());
            }
            let own = pieces.frames.into_iter().map(|(_, frame)| frame);
            let own: Vec<Entry> =
                own.take_while(|frame| frame.number < before).filter_map(Frame::into_entry).collect();
            for entry in own.iter().rev() {
                let Some(found) = select(entry, &header.preface) else { continue };
                if entries.len() == size {
                    return Ok(Page { entries, next: Some(entry.number + 1) });
                }
                entries.push(Selected { id: DecisionId::of(entry.number, &entry.hash), found });
            }
        }
        Ok(Page { entries, next: oldest.filter(|_| !left.is_empty()) })
    }

    /// When the last entry was written, in milliseconds since 1970; `None`: there is none that can be read.
    pub fn newest_ms(&self) -> Option<u64> {
        segments(&self.folder).ok()?.into_iter().rev().find_map(|segment| {
            let bytes = read(&segment).ok()??;
            let frames = Pieces::of(&bytes, segment.first).frames.into_iter().rev();
            frames.map(|(_, frame)| frame).find(|frame| frame.checkpoint().is_none()).map(|frame| frame.at_ms)
        })
    }

    /// Everybody whom the log names, in what of it can be read.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn subjects(&self) -> Result<BTreeSet<String>, LogError> {
        let mut all = BTreeSet::new();
        for segment in segments(&self.folder)? {
            let Some(bytes) = read(&segment)? else { continue };
            for id in Pieces::of(&bytes, segment.first).subjects() {
                if !all.contains(id) {
                    all.insert(id.to_owned());
                }
            }
        }
        Ok(all)
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
