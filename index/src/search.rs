//! Searching: words, filters and a page in; documents with what was found in them out.

use std::sync::{Arc, PoisonError, RwLock};

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByString};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query as TantivyQuery;
use tantivy::{DocAddress, IndexReader, Order};

use crate::analysis::{Analyses, Word};
use crate::columns::Columns;
use crate::document::{FilterField, Kind, TextField};
use crate::error::{EngineError, SearchError, guarded};
use crate::marker::Marker;
use crate::query;
use crate::reading::{ReadAs, Reader, Sought};
use crate::schema::{self, Fields};
use crate::vocabulary::Vocabulary;
use crate::words_hit;

/// Longest search text, in characters.
pub const MAX_TEXT_CHARACTERS: usize = 500;
/// Most different words in a search text, fill words left out.
pub const MAX_WORDS: usize = 32;
/// Largest sum of offset and limit: how far down the list pages can be asked for.
pub const MAX_WINDOW: usize = 10_000;
/// Most values of one filter.
pub const MAX_FILTER_VALUES: usize = 200;

/// What to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Which kind of record to find.
    pub kind: Kind,
    /// Words, as a person types them; no operators. At most [`MAX_TEXT_CHARACTERS`] and [`MAX_WORDS`]. Blank text finds
    /// everything that passes the filters, in order of id; text without any word in it finds nothing.
    pub text: String,
    /// What a document must have; every filter must hold. At most [`MAX_FILTER_VALUES`] each.
    pub filters: Vec<Filter>,
    /// How many results to skip.
    pub offset: usize,
    /// Most results to give; with `offset` at most [`MAX_WINDOW`].
    pub limit: usize,
}

/// A document passes if it has one of the values, exactly; with no values nothing passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What to look at.
    pub field: FilterField,
    /// The values that pass.
    pub any_of: Vec<String>,
}

/// A page of results.
#[derive(Debug, Clone)]
pub struct SearchResults {
    /// Documents with every word first, then by relevance (BM25, weighed by part), then by id.
    pub hits: Vec<Hit>,
    /// How many documents were found in all.
    pub total: usize,
    /// The words that were searched for, as written in the query: fill words are left out.
    pub words: Vec<String>,
    /// Words that were searched for in another reading too: corrected, or as the parts of a compound. (Compounds of which
    /// a word is a part are searched for always.)
    pub other_readings: Vec<OtherReading>,
    /// Finds these words in texts.
    pub marker: Marker,
    /// The store's change that this answer has seen.
    pub last_change: u64,
}

/// What a word of the query was taken for, beside what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherReading {
    /// The word as written in the query.
    pub word: String,
    /// How it was read.
    pub how: ReadAs,
    /// The words that were searched for: each of them for itself where it was corrected, all of them where they are the
    /// parts of a compound. Without case and accents.
    pub words: Vec<String>,
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The id of the record.
    pub id: String,
    /// Number of the store's change that the found form of the record comes from.
    pub change: u64,
    /// How well it fits the words: comparable inside one answer only; 0 where no words were asked.
    pub relevance: f32,
    /// Which words were found, in the order of the query, and where.
    pub words: Vec<WordHit>,
}

/// A word of the query that stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordHit {
    /// The word as written in the query; in the document it may have another ending or accents.
    pub word: String,
    /// The parts of the document that it stands in.
    pub fields: Vec<TextField>,
}

/// A document as the index holds it, for comparing index and store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Candidate or vacancy.
    pub kind: Kind,
    /// The id of the record.
    pub id: String,
    /// Number of the store's change that the record's form in the index comes from.
    pub change: u64,
}

/// Reads the index as of its last commit, from any thread.
#[derive(Clone)]
pub struct Searcher {
    shared: Arc<Shared>,
}

struct Shared {
    reader: IndexReader,
    fields: Fields,
    analyses: Analyses,
    view: RwLock<View>,
}

/// A commit, and the change it reaches; taken together so that an answer never names another change than it saw.
#[derive(Clone)]
struct View {
    searcher: tantivy::Searcher,
    vocabulary: Vocabulary,
    last_change: u64,
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Searcher").field("last_change", &self.last_change()).finish_non_exhaustive()
    }
}

impl Searcher {
    pub(crate) fn new(reader: IndexReader, fields: Fields, last_change: u64) -> Result<Self, EngineError> {
        let searcher = reader.searcher();
        let vocabulary = guarded(|| Vocabulary::of(&searcher, &fields, &Vocabulary::default()))?;
        let view = RwLock::new(View { searcher, vocabulary, last_change });
        Ok(Self { shared: Arc::new(Shared { reader, fields, analyses: Analyses::new()?, view }) })
    }

    /// Goes on to the commit just made.
    pub(crate) fn show_latest(&self, last_change: u64) -> Result<(), EngineError> {
        let before = self.view().vocabulary;
        let view = guarded(|| {
            self.shared.reader.reload()?;
            let searcher = self.shared.reader.searcher();
            let vocabulary = Vocabulary::of(&searcher, &self.shared.fields, &before)?;
            Ok(View { searcher, vocabulary, last_change })
        })?;
        *self.shared.view.write().unwrap_or_else(PoisonError::into_inner) = view;
        Ok(())
    }

    /// The store's change that searches see now.
    pub fn last_change(&self) -> u64 {
        self.view().last_change
    }

    /// Finds documents.
    ///
    /// # Errors
    /// One of the limits of [`Query`], or [`SearchError::Index`] where the index fails.
    pub fn search(&self, query: &Query) -> Result<SearchResults, SearchError> {
        check_page(query)?;
        query.filters.iter().try_for_each(check_filter)?;
        let words = self.words(&query.text)?;
        let view = self.view();
        let sought = guarded(|| self.read(&view, query.kind, &words)).map_err(search_error)?;
        let mut results = SearchResults {
            hits: Vec::new(),
            total: 0,
            words: words.iter().map(|word| word.written.clone()).collect(),
            other_readings: other_readings(&sought),
            marker: Marker::new(self.shared.analyses.dutch.clone(), &sought),
            last_change: view.last_change,
        };
        if words.is_empty() && !query.text.trim().is_empty() {
            return Ok(results);
        }
        (results.total, results.hits) =
            guarded(|| self.run(&view.searcher, query, &sought)).map_err(search_error)?;
        Ok(results)
    }

    /// How many documents of a kind there are.
    ///
    /// # Errors
    /// [`SearchError::Index`] where the index fails.
    pub fn count(&self, kind: Kind) -> Result<usize, SearchError> {
        let query = query::build(&self.shared.fields, kind, &[], &[]);
        guarded(|| Ok(self.view().searcher.search(&query, &Count)?)).map_err(search_error)
    }

    /// Every document of the index, by kind and id, for comparing it with the store. A key that stands there twice
    /// comes twice.
    ///
    /// # Errors
    /// [`SearchError::Index`] where the index fails.
    pub fn entries(&self) -> Result<Vec<Entry>, SearchError> {
        let searcher = self.view().searcher;
        let mut entries = guarded(|| {
            let mut entries = Vec::new();
            for segment in searcher.segment_readers() {
                Columns::open(segment)?.add_all(segment.doc_ids_alive(), &mut entries)?;
            }
            Ok(entries)
        })
        .map_err(search_error)?;
        entries.sort();
        Ok(entries)
    }

    fn view(&self) -> View {
        self.shared.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn words(&self, text: &str) -> Result<Vec<Word>, SearchError> {
        if text.chars().nth(MAX_TEXT_CHARACTERS).is_some() {
            return Err(SearchError::TextTooLong { max: MAX_TEXT_CHARACTERS });
        }
        let words = self.shared.analyses.clone().different_words(text);
        if words.len() > MAX_WORDS {
            return Err(SearchError::TooManyWords { found: words.len(), max: MAX_WORDS });
        }
        Ok(words)
    }

    fn read(&self, view: &View, kind: Kind, words: &[Word]) -> Result<Vec<Sought>, EngineError> {
        let mut reader = Reader {
            searcher: &view.searcher,
            fields: &self.shared.fields,
            vocabulary: &view.vocabulary,
            analyses: self.shared.analyses.clone(),
            kind,
        };
        reader.read(words)
    }

    fn run(
        &self,
        searcher: &tantivy::Searcher,
        query: &Query,
        words: &[Sought],
    ) -> Result<(usize, Vec<Hit>), EngineError> {
        let fields = &self.shared.fields;
        let built = query::build(fields, query.kind, words, &query.filters);
        if query.limit == 0 {
            return Ok((searcher.search(&built, &Count)?, Vec::new()));
        }
        let (total, found) = top(searcher, &built, query)?;
        let documents: Vec<DocAddress> = found.iter().map(|(_, document)| *document).collect();
        let words_hit = words_hit::find(searcher, fields, query.kind, words, &documents)?;
        let bonus = query::all_words_bonus(words);
        let mut hits = Vec::with_capacity(found.len());
        for ((score, document), words) in found.into_iter().zip(words_hit) {
            let columns = Columns::open(searcher.segment_reader(document.segment_ord))?;
            let Entry { id, change, .. } = columns.entry(document.doc_id)?;
            // The bonus put the document in its place; it says nothing of how well the words fit.
            let relevance = if score >= bonus { score - bonus } else { score };
            hits.push(Hit { id, change, relevance, words });
        }
        Ok((total, hits))
    }
}

/// The corrections, which are other words than those of the query, and the parts of compounds.
fn other_readings(sought: &[Sought]) -> Vec<OtherReading> {
    let of = |word: &Sought, how: ReadAs| {
        let forms = word.forms.iter().filter(|form| form.how == how);
        let words: Vec<String> = forms.flat_map(|form| form.words.clone()).collect();
        (!words.is_empty()).then(|| OtherReading { word: word.written.clone(), how, words })
    };
    let both = |word| [of(word, ReadAs::Parts), of(word, ReadAs::Corrected)];
    sought.iter().flat_map(both).flatten().collect()
}

/// The page, best first; equals in order of their key, wherever they stand in the index.
fn top(
    searcher: &tantivy::Searcher,
    built: &dyn TantivyQuery,
    query: &Query,
) -> Result<(usize, Vec<(f32, DocAddress)>), EngineError> {
    let by_key = (SortByString::for_field(schema::KEY), Order::Asc);
    let page = TopDocs::with_limit(query.limit).and_offset(query.offset);
    let (total, found) = searcher.search(built, &(Count, page.order_by((SortBySimilarityScore, by_key))))?;
    Ok((total, found.into_iter().map(|((score, _), document)| (score, document)).collect()))
}

fn search_error(error: EngineError) -> SearchError {
    SearchError::Index { detail: error.to_string() }
}

fn check_page(query: &Query) -> Result<(), SearchError> {
    match query.offset.checked_add(query.limit) {
        Some(end) if end <= MAX_WINDOW => Ok(()),
        _ => Err(SearchError::PageTooDeep { max: MAX_WINDOW }),
    }
}

fn check_filter(filter: &Filter) -> Result<(), SearchError> {
    let (field, found) = (filter.field, filter.any_of.len());
    if found > MAX_FILTER_VALUES {
        return Err(SearchError::TooManyFilterValues { field, found, max: MAX_FILTER_VALUES });
    }
    Ok(())
}
