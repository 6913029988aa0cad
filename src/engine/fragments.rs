//! Pieces of a record's text that show why it was found.

use super::{Engine, EngineError, documents, indexing::Making, stored};
use crate::domain::{
    Candidate, Vacancy,
    text::{CandidateId, VacancyId},
};
use crate::store::{Matched, ReadError, StorageFault};
use crate::wire::v1;
use passend_index::{Document, Hit, Kind, Mark, Marker, TextField};
use std::{collections::BTreeSet, ops::Range};

/// Longest fragment, in characters.
pub const FRAGMENT_CHARACTERS: usize = 160;
/// Characters that a fragment begins before its first mark, where there are so many.
const BEFORE: usize = 40;

/// A piece of a part of a record in which words of the query stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The part of the record.
    pub field: TextField,
    /// The piece of the text.
    pub text: String,
    /// The characters of the piece that are words of the query, in order.
    pub marks: Vec<Range<usize>>,
    /// Characters of the whole text before the piece.
    pub start: usize,
    /// Whether the whole text goes on after it.
    pub goes_on: bool,
}

impl Engine {
    /// The pieces of a record that show best why it was found, the best first; empty when the record is gone meanwhile.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn fragments(
        &self,
        kind: Kind,
        hit: &Hit,
        words: &[String],
        marker: &mut Marker,
        most: usize,
    ) -> Result<Vec<Fragment>, EngineError> {
        let Some(document) = self.searchable(kind, &hit.id)? else { return Ok(Vec::new()) };
        let found: BTreeSet<usize> = (0..words.len())
            .filter(|at| hit.words.iter().any(|hit| words.get(*at) == Some(&hit.word)))
            .collect();
        let mut fragments: Vec<(usize, Fragment)> = Vec::new();
        for (field, text) in &document.texts {
            let mut marks = marker.marks(text);
            marks.retain(|mark| mark.words.iter().any(|word| found.contains(word)));
            let piece = best_piece(*field, text, &marks);
            // The name of a concept is often what the record says itself.
            let said = |fragment: &Fragment| fragment.text.to_lowercase();
            let known = |one: &Fragment| fragments.iter().any(|(_, there)| said(there) == said(one));
            if let Some(piece) = piece.filter(|(_, piece)| !known(piece)) {
                fragments.push(piece);
            }
        }
        // Most words first; of equals what the record says itself, in the order of its parts, before names of concepts.
        fragments.sort_by_key(|(words, fragment)| {
            (std::cmp::Reverse(*words), fragment.field == TextField::Concept, fragment.field)
        });
        Ok(fragments.into_iter().map(|(_, fragment)| fragment).take(most).collect())
    }

    /// The searchable form of a record as it is stored now.
    fn searchable(&self, kind: Kind, id: &str) -> Result<Option<Document>, EngineError> {
        let snapshot = self.store().snapshot()?;
        let fault = |invalid: crate::domain::InvalidValue| EngineError::Fault(invalid.to_string());
        let vocabulary = self.vocabulary();
        let making = Making { places: &self.lookups.places, vocabulary: &vocabulary };
        Ok(match kind {
            Kind::Candidate => {
                let id = CandidateId::new(id).map_err(fault)?;
                let message = readable(Matched::<v1::Candidate>::read(&*snapshot, &id))?;
                let Some(message) = message else { return Ok(None) };
                let candidate = stored::matched::<Candidate>(&message)?;
                Some(documents::of_candidate(&candidate, message.version.0, making))
            }
            Kind::Vacancy => {
                let id = VacancyId::new(id).map_err(fault)?;
                let message = readable(Matched::<v1::Vacancy>::read(&*snapshot, &id))?;
                let Some(message) = message else { return Ok(None) };
                let vacancy = stored::matched::<Vacancy>(&message)?;
                Some(documents::of_vacancy(&vacancy, message.version.0, making))
            }
        })
    }
}

/// A damaged record is found by what the index still knows of it, and shows nothing.
fn readable<M>(read: Result<Option<Matched<M>>, ReadError>) -> Result<Option<Matched<M>>, EngineError> {
    match read {
        Err(ReadError::Damaged { .. } | ReadError::Storage(StorageFault::ChangedInUse(_))) => Ok(None),
        other => Ok(other?),
    }
}

/// The piece of a text with the most different words of the query, and how many they are; the first of equals.
fn best_piece(field: TextField, text: &str, marks: &[Mark]) -> Option<(usize, Fragment)> {
    let ends_by = |start: usize| move |mark: &&Mark| mark.characters.end <= start + FRAGMENT_CHARACTERS;
    let different = |from: usize| {
        let start = marks.get(from).map_or(0, |mark| mark.characters.start.saturating_sub(BEFORE));
        let within = marks.iter().skip(from).take_while(ends_by(start));
        within.flat_map(|mark| &mark.words).collect::<BTreeSet<_>>().len()
    };
    let (most, first) = (0..marks.len())
        .map(|from| (different(from), from))
        .max_by_key(|(words, from)| (*words, usize::MAX - from))?;
    let characters: Vec<char> = text.chars().collect();
    let first = marks.get(first)?;
    let start =
        word_start(&characters, first.characters.start.saturating_sub(BEFORE), first.characters.start);
    let end =
        word_end(&characters, (start + FRAGMENT_CHARACTERS).min(characters.len()), first.characters.end);
    let within =
        marks.iter().map(|mark| &mark.characters).filter(|mark| start <= mark.start && mark.end <= end);
    let fragment = Fragment {
        field,
        text: characters.get(start..end)?.iter().collect(),
        marks: within.map(|mark| mark.start - start..mark.end - start).collect(),
        start,
        goes_on: end < characters.len(),
    };
    Some((most.max(1), fragment))
}

/// The first beginning of a word from `wanted` on, at most at `latest`.
fn word_start(characters: &[char], wanted: usize, latest: usize) -> usize {
    let begins = |at: &usize| *at == 0 || characters.get(at - 1).is_none_or(|c| c.is_whitespace());
    (wanted..latest).find(begins).unwrap_or(latest)
}

/// The last end of a word up to `wanted`, at least `earliest`.
fn word_end(characters: &[char], wanted: usize, earliest: usize) -> usize {
    let ends = |at: &usize| characters.get(*at).is_none_or(|c| c.is_whitespace());
    (earliest..=wanted).rev().find(ends).unwrap_or(wanted.max(earliest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(characters: Range<usize>, word: usize) -> Mark {
        Mark { characters, words: vec![word] }
    }

    #[test]
    fn a_short_text_is_shown_whole_with_its_marks() {
        let (words, piece) =
            best_piece(TextField::Skill, "één café 😀 kok", &[mark(4..8, 0), mark(11..14, 1)]).unwrap();
        assert_eq!(
            (words, piece.text.as_str(), piece.start, piece.goes_on),
            (2, "één café 😀 kok", 0, false)
        );
        assert_eq!(piece.marks, [4..8, 11..14]);
        assert_eq!(best_piece(TextField::Skill, "kok", &[]), None);
    }

    #[test]
    fn a_long_text_is_cut_between_words_where_the_most_words_stand() {
        let text = format!("kok {} ober en kok {}", "woord ".repeat(60), "woord ".repeat(60));
        let at = text.find("ober").unwrap();
        let marks = [mark(0..3, 0), mark(at..at + 4, 1), mark(at + 8..at + 11, 0)];
        let (words, piece) = best_piece(TextField::Description, &text, &marks).unwrap();
        assert_eq!(words, 2);
        assert!(piece.text.chars().count() <= FRAGMENT_CHARACTERS && piece.goes_on, "{piece:?}");
        let shown: Vec<&str> = piece.marks.iter().map(|range| &piece.text[range.clone()]).collect();
        assert_eq!(shown, ["ober", "kok"]);
        assert!(piece.text.starts_with("woord ") && piece.text.trim_end().ends_with("woord"), "{piece:?}");
        assert_eq!(text[piece.start..].find(&piece.text), Some(0));
    }

    #[test]
    fn one_word_longer_than_a_fragment_is_still_shown() {
        let text = "x".repeat(500);
        let (_, piece) = best_piece(TextField::Description, &text, &[mark(0..500, 0)]).unwrap();
        assert_eq!(piece.text.len(), 500);
    }
}
