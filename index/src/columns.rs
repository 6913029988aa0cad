//! Reading back by which record a document of the index was made.

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader, TantivyError};

use crate::error::EngineError;
use crate::schema;
use crate::search::Entry;

/// The columns of a segment that hold key and change number.
pub(crate) struct Columns {
    keys: StrColumn,
    changes: Column<u64>,
}

impl Columns {
    pub(crate) fn open(segment: &SegmentReader) -> Result<Self, EngineError> {
        let columns = segment.fast_fields();
        let keys = columns.str(schema::KEY)?.ok_or_else(|| broken("no column of keys"))?;
        Ok(Self { keys, changes: columns.u64(schema::CHANGE)? })
    }

    pub(crate) fn entry(&self, document: DocId) -> Result<Entry, EngineError> {
        let mut key = Vec::new();
        self.keys.dictionary().ord_to_term(self.ord(document)?, &mut key)?;
        self.entry_with(document, &key)
    }

    /// Adds every document given, reading the keys in one go: looking them up one by one unpacks a block of keys for
    /// each.
    pub(crate) fn add_all(
        &self,
        documents: impl Iterator<Item = DocId>,
        entries: &mut Vec<Entry>,
    ) -> Result<(), EngineError> {
        let mut keys = Vec::with_capacity(self.keys.num_terms());
        let mut stream = self.keys.dictionary().stream()?;
        while stream.advance() {
            keys.push(stream.key().to_owned());
        }
        for document in documents {
            let place = usize::try_from(self.ord(document)?).ok();
            let key =
                place.and_then(|place| keys.get(place)).ok_or_else(|| broken("a key that is not there"))?;
            entries.push(self.entry_with(document, key)?);
        }
        Ok(())
    }

    fn ord(&self, document: DocId) -> Result<u64, EngineError> {
        self.keys.ords().first(document).ok_or_else(|| broken("a document without a key"))
    }

    fn entry_with(&self, document: DocId, key: &[u8]) -> Result<Entry, EngineError> {
        let key = std::str::from_utf8(key).map_err(|_| broken("a key that is no text"))?;
        let (kind, id) = schema::parse_key(key).ok_or_else(|| broken("a key of no kind"))?;
        let change =
            self.changes.first(document).ok_or_else(|| broken("a document without a change number"))?;
        Ok(Entry { kind, id: id.to_owned(), change })
    }
}

fn broken(what: &str) -> EngineError {
    TantivyError::InternalError(what.to_owned()).into()
}
