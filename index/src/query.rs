//! Queries for tantivy, built from words and exact terms: nothing is parsed and nothing nests deeper than here.

use tantivy::Score;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query as TantivyQuery,
    TermQuery, TermSetQuery,
};
use tantivy::schema::IndexRecordOption;

use crate::analysis::Word;
use crate::document::{Kind, TextField};
use crate::schema::Fields;
use crate::search::Filter;

/// How much the other parts of a document add to the part in which a word counts most.
const OTHER_FIELDS_SHARE: Score = 0.1;

/// More than one word can ever score: BM25 gives a word at most 2.2 · ln(2 · documents), which is 50 for the most
/// documents an index can hold, times 3 in a title, plus a tenth of the like from seven other parts.
const WORD_CEILING: Score = 200.0;

/// What stands apart from the score of a document that has every word of several, so that it comes before every
/// document that has only some.
pub(crate) fn all_words_bonus(words: &[Word]) -> Score {
    match words.len() {
        0 | 1 => 0.0,
        several => WORD_CEILING * several as Score,
    }
}

/// Documents of a kind that pass every filter and have at least one of the words; without words, all that pass.
pub(crate) fn build(
    fields: &Fields,
    kind: Kind,
    words: &[Word],
    filters: &[Filter],
) -> Box<dyn TantivyQuery> {
    let kind_query = TermQuery::new(fields.kind_term(kind), IndexRecordOption::Basic);
    let mut clauses = vec![(Occur::Must, unscored(Box::new(kind_query)))];
    clauses.extend(filters.iter().map(|filter| {
        let terms = filter.any_of.iter().map(|value| fields.filter_term(filter.field, value));
        (Occur::Must, unscored(Box::new(TermSetQuery::new(terms))))
    }));
    clauses.push((Occur::Must, text_query(fields, kind, words)));
    Box::new(BooleanQuery::new(clauses))
}

fn text_query(fields: &Fields, kind: Kind, words: &[Word]) -> Box<dyn TantivyQuery> {
    if words.is_empty() {
        return unscored(Box::new(AllQuery));
    }
    let any = words.iter().map(|word| word_query(fields, kind, word));
    let mut alternatives: Vec<_> = any.map(|query| (Occur::Should, query)).collect();
    if words.len() > 1 {
        let all = words.iter().map(|word| (Occur::Must, word_query(fields, kind, word))).collect();
        let bonus = ConstScoreQuery::new(Box::new(BooleanQuery::new(all)), all_words_bonus(words));
        alternatives.push((Occur::Should, Box::new(bonus)));
    }
    Box::new(BooleanQuery::new(alternatives))
}

/// A word counts where it counts most, and a little for each other part it stands in.
fn word_query(fields: &Fields, kind: Kind, word: &Word) -> Box<dyn TantivyQuery> {
    let parts = TextField::ALL.map(|field| {
        let term = fields.word_term(kind, field, &word.term);
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), field.weight())) as Box<dyn TantivyQuery>
    });
    Box::new(DisjunctionMaxQuery::with_tie_breaker(parts.into(), OTHER_FIELDS_SHARE))
}

fn unscored(query: Box<dyn TantivyQuery>) -> Box<dyn TantivyQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
