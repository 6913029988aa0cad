//! Queries for tantivy, built from words and exact terms: nothing is parsed and nothing nests deeper than here.

use tantivy::Score;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    Query as TantivyQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::IndexRecordOption;

use crate::document::{Kind, TextField};
use crate::reading::{Form, Sought};
use crate::schema::Fields;
use crate::search::Filter;

/// How much the other parts of a document add to the part in which a word counts most.
const OTHER_FIELDS_SHARE: Score = 0.1;

/// More than one word can ever score: BM25 gives a word at most 2.2 · ln(2 · documents), which is 50 for the most
/// documents an index can hold, times 3 in a title, plus a tenth of the like from eight other parts. Of several forms of
/// a word only the best counts, and the two parts of a compound count less than half each.
const WORD_CEILING: Score = 200.0;

/// What stands apart from the score of a document that has every word of several, so that it comes before every
/// document that has only some.
pub(crate) fn all_words_bonus(words: &[Sought]) -> Score {
    match words.len() {
        0 | 1 => 0.0,
        several => WORD_CEILING * several as Score,
    }
}

/// Documents of a kind that pass every filter and have at least one of the words; without words, all that pass.
pub(crate) fn build(
    fields: &Fields,
    kind: Kind,
    words: &[Sought],
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

fn text_query(fields: &Fields, kind: Kind, words: &[Sought]) -> Box<dyn TantivyQuery> {
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

/// Of the forms of a word the best counts.
fn word_query(fields: &Fields, kind: Kind, word: &Sought) -> Box<dyn TantivyQuery> {
    let mut forms: Vec<_> = word.forms.iter().map(|form| form_query(fields, kind, form)).collect();
    match forms.pop() {
        Some(only) if forms.is_empty() => only,
        Some(last) => {
            forms.push(last);
            Box::new(DisjunctionMaxQuery::new(forms))
        }
        None => Box::new(EmptyQuery),
    }
}

fn form_query(fields: &Fields, kind: Kind, form: &Form) -> Box<dyn TantivyQuery> {
    let terms = form.terms.iter().map(|term| (Occur::Must, term_query(fields, kind, term)));
    Box::new(BoostQuery::new(Box::new(BooleanQuery::new(terms.collect())), form.weight()))
}

/// A term counts where it counts most, and a little for each other part it stands in.
fn term_query(fields: &Fields, kind: Kind, term: &str) -> Box<dyn TantivyQuery> {
    let parts = TextField::ALL.map(|field| {
        let query = TermQuery::new(fields.word_term(kind, field, term), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), field.weight())) as Box<dyn TantivyQuery>
    });
    Box::new(DisjunctionMaxQuery::with_tie_breaker(parts.into(), OTHER_FIELDS_SHARE))
}

fn unscored(query: Box<dyn TantivyQuery>) -> Box<dyn TantivyQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
