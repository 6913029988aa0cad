//! The words of the index as they are written, held in memory: to find words like a misspelt one, and compounds.

use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

use crate::document::Kind;
use crate::error::EngineError;
use crate::schema::Fields;
use crate::words::WordList;

/// The written words of every segment of a commit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    segments: Vec<Arc<SegmentWords>>,
}

#[derive(Debug)]
struct SegmentWords {
    segment: SegmentId,
    of_kind: [WordList; Kind::ALL.len()],
}

impl Vocabulary {
    /// The words of a commit. Segments never change, so those that were there before are not read again.
    pub(crate) fn of(searcher: &Searcher, fields: &Fields, before: &Self) -> Result<Self, EngineError> {
        let segments = searcher.segment_readers().iter().map(|segment| {
            let known = before.segments.iter().find(|words| words.segment == segment.segment_id());
            match known {
                Some(known) => Ok(Arc::clone(known)),
                None => SegmentWords::read(segment, fields).map(Arc::new),
            }
        });
        Ok(Self { segments: segments.collect::<Result<_, EngineError>>()? })
    }

    /// The words of one kind of record, a list for each segment.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &WordList> {
        self.segments.iter().filter_map(move |segment| segment.of_kind.get(kind as usize))
    }
}

impl SegmentWords {
    fn read(segment: &SegmentReader, fields: &Fields) -> Result<Self, EngineError> {
        let words = |kind: Kind| -> Result<WordList, EngineError> {
            let inverted = segment.inverted_index(fields.written(kind))?;
            let mut terms = inverted.terms().stream()?;
            let mut words = Vec::new();
            while terms.advance() {
                words.push(String::from_utf8_lossy(terms.key()).into_owned());
            }
            Ok(WordList::new(words.iter().map(String::as_str)))
        };
        Ok(Self { segment: segment.segment_id(), of_kind: [words(Kind::Candidate)?, words(Kind::Vacancy)?] })
    }
}
