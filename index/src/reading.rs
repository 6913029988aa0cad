//! How the words of a query are read: as they are written, inside compounds, as parts of a compound, corrected.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED};

use crate::analysis::{Analyses, Word};
use crate::document::{Kind, TextField};
use crate::error::EngineError;
use crate::schema::Fields;
use crate::vocabulary::Vocabulary;
use crate::words::WordList;

/// Most other forms of one word.
const MOST_FORMS: usize = 16;
/// Most other forms of all words of a query together.
const MOST_FORMS_OF_ALL: usize = 128;
/// Most words of a query that are corrected.
const MOST_CORRECTED: usize = 8;
/// Most corrections of one word.
const MOST_CORRECTIONS: usize = 4;
/// Shortest word that is looked for in compounds, and shortest rest of one, in letters.
const SHORTEST_PART: usize = 4;

/// A word of the query and every form in which it is searched.
#[derive(Debug, Clone)]
pub(crate) struct Sought {
    pub(crate) written: String,
    pub(crate) forms: Vec<Form>,
}

/// One form in which a word is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) how: ReadAs,
    /// As people write it; two for the parts of a compound.
    pub(crate) words: Vec<String>,
    /// As it stands in the index; every one must be there.
    pub(crate) terms: Vec<String>,
}

/// How a word of a query was read where it was not only searched as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadAs {
    /// As it is written.
    Written,
    /// As the first or last part of compounds: "chauffeur" finds "vrachtwagenchauffeur".
    InCompounds,
    /// As the parts of a compound, both of which must be there: "vrachtwagenchauffeur" finds "chauffeur op een vrachtwagen".
    Parts,
    /// As words that are like it, since nobody uses it.
    Corrected,
}

impl Form {
    /// How much a word found in this form counts, against 1 for the word itself. At most a half for two parts, whose
    /// scores are added up.
    pub(crate) fn weight(&self) -> f32 {
        match self.how {
            ReadAs::Written => 1.0,
            ReadAs::InCompounds => 0.4,
            ReadAs::Parts => 0.3,
            ReadAs::Corrected => 0.6,
        }
    }
}

/// Reads the words of queries.
pub(crate) struct Reader<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: &'a Fields,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) analyses: Analyses,
    pub(crate) kind: Kind,
}

impl Reader<'_> {
    /// Every word with its forms, in the order given.
    pub(crate) fn read(&mut self, words: &[Word]) -> Result<Vec<Sought>, EngineError> {
        let most = MOST_FORMS.min(MOST_FORMS_OF_ALL / words.len().max(1));
        let mut corrected = 0;
        let mut sought = Vec::with_capacity(words.len());
        for word in words {
            let as_written =
                Form { how: ReadAs::Written, words: vec![word.form.clone()], terms: vec![word.term.clone()] };
            let mut others = self.compounds(word);
            others.truncate(most.saturating_sub(1));
            others.extend(self.parts(word));
            if others.is_empty() && corrected < MOST_CORRECTED && !self.is_used(&word.term)? {
                corrected += 1;
                others = self.corrections(word)?;
                others.truncate(most);
            }
            let forms = [vec![as_written], others].concat();
            sought.push(Sought { written: word.written.clone(), forms });
        }
        Ok(sought)
    }

    fn is_used(&self, term: &str) -> Result<bool, EngineError> {
        Ok(self.frequency(term)? > 0)
    }

    /// Whether a stem stands in a document that is not deleted.
    fn stands_in_a_document(&self, term: &str) -> Result<bool, EngineError> {
        for segment in self.searcher.segment_readers() {
            for field in TextField::ALL {
                let term = self.fields.word_term(self.kind, field, term);
                let inverted = segment.inverted_index(term.field())?;
                let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    if segment.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                        return Ok(true);
                    }
                    postings.advance();
                }
            }
        }
        Ok(false)
    }

    /// In how many parts of documents a stem stands.
    fn frequency(&self, term: &str) -> Result<u64, EngineError> {
        let mut sum = 0;
        for field in TextField::ALL {
            sum += self.searcher.doc_freq(&self.fields.word_term(self.kind, field, term))?;
        }
        Ok(sum)
    }

    /// The compounds of which a word is the last part, or the first one of two words in use; the shortest first.
    fn compounds(&mut self, word: &Word) -> Vec<Form> {
        let form = word.form.as_str();
        let letters = form.chars().count();
        if letters < SHORTEST_PART {
            return Vec::new();
        }
        let mut found = BTreeSet::new();
        for list in self.vocabulary.of_kind(self.kind) {
            for at in list.ending_with(form) {
                let compound = list.word(at);
                let length = compound.chars().count();
                if length >= letters + SHORTEST_PART {
                    found.insert((length, compound));
                }
            }
            for at in list.beginning_with(form) {
                let compound = list.word(at);
                let rest = compound.get(form.len()..).unwrap_or_default();
                if is_word(list, rest) {
                    found.insert((compound.chars().count(), compound));
                }
            }
        }
        let mut seen = BTreeSet::from([word.term.clone()]);
        let mut forms = Vec::new();
        for (_, compound) in found {
            let Some(term) = self.analyses.stem(compound) else { continue };
            if seen.insert(term.clone()) {
                let words = vec![compound.to_owned()];
                forms.push(Form { how: ReadAs::InCompounds, words, terms: vec![term] });
            }
            if forms.len() == MOST_FORMS {
                break;
            }
        }
        forms
    }

    /// A compound as its two parts, where both are words in use.
    fn parts(&mut self, word: &Word) -> Option<Form> {
        let parts = self.vocabulary.of_kind(self.kind).find_map(|list| list.parts(&word.form))?;
        let words = [parts.0, parts.1].map(str::to_owned).to_vec();
        let terms: Vec<String> = words.iter().filter_map(|part| self.analyses.stem(part)).collect();
        (terms.len() == 2).then_some(Form { how: ReadAs::Parts, words, terms })
    }

    /// Words in use that are like one that is not: the fewest errors first, then the most used.
    fn corrections(&mut self, word: &Word) -> Result<Vec<Form>, EngineError> {
        let mut errors_of = BTreeMap::new();
        for list in self.vocabulary.of_kind(self.kind) {
            for (at, errors) in list.nearly(&word.form) {
                errors_of.insert(list.word(at), errors);
            }
        }
        let Some(least) = errors_of.values().min().copied() else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (like, errors) in errors_of {
            if errors > least {
                continue;
            }
            let Some(term) = self.analyses.stem(like) else { continue };
            // A word of somebody who was taken out a moment ago is not shown.
            if !self.stands_in_a_document(&term)? {
                continue;
            }
            found.push((std::cmp::Reverse(self.frequency(&term)?), like, term));
        }
        found.sort();
        let mut seen = BTreeSet::new();
        found.retain(|(_, _, term)| seen.insert(term.clone()));
        found.truncate(MOST_CORRECTIONS);
        let form = |(_, like, term): (_, &str, _)| Form {
            how: ReadAs::Corrected,
            words: vec![like.to_owned()],
            terms: vec![term],
        };
        Ok(found.into_iter().map(form).collect())
    }
}

/// Whether the rest of a compound is a word of its own, behind what may stand between two parts.
fn is_word(list: &WordList, rest: &str) -> bool {
    ["", "s", "e", "en", "n"]
        .iter()
        .filter_map(|link| rest.strip_prefix(link))
        .any(|rest| rest.chars().nth(SHORTEST_PART - 1).is_some() && list.has(rest))
}
