//! Why a document was found: which words stand in which parts of it.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader};

use crate::document::{Kind, TextField};
use crate::error::EngineError;
use crate::reading::{Form, Sought};
use crate::schema::Fields;
use crate::search::WordHit;

/// For each document, in the order given, the words found in it, in the order of the query.
pub(crate) fn find(
    searcher: &Searcher,
    fields: &Fields,
    kind: Kind,
    words: &[Sought],
    documents: &[DocAddress],
) -> Result<Vec<Vec<WordHit>>, EngineError> {
    // Postings are read forwards only, so each segment is walked once per word and part.
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|&place| documents[place]);
    let mut found = vec![Vec::new(); documents.len()];
    for of_segment in order.chunk_by(|&a, &b| documents[a].segment_ord == documents[b].segment_ord) {
        let Some(&first) = of_segment.first() else { continue };
        let segment = searcher.segment_reader(documents[first].segment_ord);
        let doc_ids: Vec<DocId> = of_segment.iter().map(|&place| documents[place].doc_id).collect();
        for word in words {
            let parts = parts_with(segment, fields, kind, word, &doc_ids)?;
            for (&place, parts) in of_segment.iter().zip(parts) {
                if !parts.is_empty() {
                    found[place].push(WordHit { word: word.written.clone(), fields: parts });
                }
            }
        }
    }
    Ok(found)
}

/// For each document of a segment, in rising order, the parts that have the word in some form.
fn parts_with(
    segment: &SegmentReader,
    fields: &Fields,
    kind: Kind,
    word: &Sought,
    doc_ids: &[DocId],
) -> Result<Vec<Vec<TextField>>, EngineError> {
    let mut parts = vec![Vec::new(); doc_ids.len()];
    for form in &word.forms {
        for (parts, of_form) in parts.iter_mut().zip(parts_of_form(segment, fields, kind, form, doc_ids)?) {
            parts.extend(of_form);
        }
    }
    for parts in &mut parts {
        parts.sort_unstable();
        parts.dedup();
    }
    Ok(parts)
}

/// The same for one form: nothing where one of its terms is missing.
fn parts_of_form(
    segment: &SegmentReader,
    fields: &Fields,
    kind: Kind,
    form: &Form,
    doc_ids: &[DocId],
) -> Result<Vec<Vec<TextField>>, EngineError> {
    let mut parts = vec![Vec::new(); doc_ids.len()];
    for (at, term) in form.terms.iter().enumerate() {
        for (parts, of_term) in parts.iter_mut().zip(parts_of_term(segment, fields, kind, term, doc_ids)?) {
            let missing_before = at > 0 && parts.is_empty();
            if of_term.is_empty() {
                parts.clear();
            } else if !missing_before {
                parts.extend(of_term);
            }
        }
    }
    Ok(parts)
}

fn parts_of_term(
    segment: &SegmentReader,
    fields: &Fields,
    kind: Kind,
    term: &str,
    doc_ids: &[DocId],
) -> Result<Vec<Vec<TextField>>, EngineError> {
    let mut parts = vec![Vec::new(); doc_ids.len()];
    for field in TextField::ALL {
        let term = fields.word_term(kind, field, term);
        let inverted = segment.inverted_index(term.field())?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        for (parts, &doc_id) in parts.iter_mut().zip(doc_ids) {
            if postings.doc() < doc_id {
                postings.seek(doc_id);
            }
            if postings.doc() == doc_id {
                parts.push(field);
            }
        }
    }
    Ok(parts)
}
