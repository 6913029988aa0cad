//! From text to terms, the same way for documents and queries: words, lower case, accents folded, Dutch fill words
//! left out, Dutch stems.

use std::collections::HashSet;
use std::mem;

use tantivy::TantivyError;
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, Stemmer, StopWordFilter, TextAnalyzer,
    TextAnalyzerBuilder, Token, TokenFilter, TokenStream, Tokenizer,
};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::tokenizer::WordTokenizer;

/// Name under which tantivy finds the analysis that leaves words as they are written, but for case and accents.
pub(crate) const WRITTEN: &str = "nl_written";

/// Name under which tantivy finds the analysis.
pub(crate) const DUTCH: &str = "nl";

/// Words of this many bytes and more are noise (encoded data, addresses of pages); the longest Dutch compounds in use
/// have about 60.
const LONGEST_WORD_BYTES: usize = 120;

/// The Dutch analysis.
pub(crate) fn dutch() -> Result<TextAnalyzer, TantivyError> {
    Ok(words()?.filter(Stemmer::new(Language::Dutch)).build())
}

/// The Dutch analysis without stems: the words as people write them.
pub(crate) fn written() -> Result<TextAnalyzer, TantivyError> {
    Ok(words()?.build())
}

fn words() -> Result<TextAnalyzerBuilder<impl Tokenizer>, TantivyError> {
    let stop_words = StopWordFilter::new(Language::Dutch)
        .ok_or_else(|| TantivyError::InternalError("no Dutch stop words in this build".to_owned()))?;
    Ok(TextAnalyzer::builder(WordTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD_BYTES))
        .filter(LowerCaser)
        .filter(StripMarks)
        .filter(AsciiFoldingFilter)
        .filter(stop_words))
}

/// A word that is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// As the client wrote it.
    pub(crate) written: String,
    /// As it stands in the list of written words: without case and accents.
    pub(crate) form: String,
    /// As it stands in the index: the stem.
    pub(crate) term: String,
}

/// Both analyses: from text to written words, and from there to stems.
#[derive(Clone)]
pub(crate) struct Analyses {
    pub(crate) dutch: TextAnalyzer,
    pub(crate) written: TextAnalyzer,
}

impl Analyses {
    pub(crate) fn new() -> Result<Self, TantivyError> {
        Ok(Self { dutch: dutch()?, written: written()? })
    }

    /// The words of a text that differ in their stems, in the order of their first appearance.
    pub(crate) fn different_words(&mut self, text: &str) -> Vec<Word> {
        let mut seen = HashSet::new();
        let mut words = Vec::new();
        // The two differ in their last step only, so they go through the text side by side.
        let mut forms = self.written.token_stream(text);
        let mut stems = self.dutch.token_stream(text);
        while let (Some(form), Some(stem)) = (forms.next(), stems.next()) {
            if !seen.insert(stem.text.clone()) {
                continue;
            }
            let written = text.get(stem.offset_from..stem.offset_to).unwrap_or(&stem.text).to_owned();
            words.push(Word { written, form: form.text.clone(), term: stem.text.clone() });
        }
        words
    }

    /// The stem of a written word; `None` where it has none.
    pub(crate) fn stem(&mut self, form: &str) -> Option<String> {
        self.dutch.token_stream(form).next().map(|token| token.text.clone())
    }
}

/// Takes accents and other marks off a word, by compatibility decomposition (Unicode NFKD).
#[derive(Clone)]
struct StripMarks;

impl TokenFilter for StripMarks {
    type Tokenizer<T: Tokenizer> = StripMarksTokenizer<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> StripMarksTokenizer<T> {
        StripMarksTokenizer { tokenizer, buffer: String::new() }
    }
}

#[derive(Clone)]
struct StripMarksTokenizer<T> {
    tokenizer: T,
    buffer: String,
}

impl<T: Tokenizer> Tokenizer for StripMarksTokenizer<T> {
    type TokenStream<'a> = StripMarksStream<'a, T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StripMarksStream { tail: self.tokenizer.token_stream(text), buffer: &mut self.buffer }
    }
}

struct StripMarksStream<'a, T> {
    tail: T,
    buffer: &'a mut String,
}

impl<T: TokenStream> TokenStream for StripMarksStream<'_, T> {
    fn advance(&mut self) -> bool {
        while self.tail.advance() {
            let text = &mut self.tail.token_mut().text;
            if text.is_ascii() {
                return true;
            }
            self.buffer.clear();
            self.buffer.extend(text.nfkd().filter(|c| !is_combining_mark(*c)));
            mem::swap(text, self.buffer);
            // A mark on its own leaves nothing to search for.
            if !self.tail.token().text.is_empty() {
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.tail.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tail.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str) -> Vec<String> {
        Analyses::new().unwrap().different_words(text).into_iter().map(|word| word.term).collect()
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            "verzorgen verzorgende verzorgenden verzorging verzorgde",
            "verpleegkundige verpleegkundigen",
            "verplegen verpleging",
            "schoonmaken schoonmaak schoonmaakster",
            "leidinggeven leidinggevende",
            "magazijnmedewerker magazijnmedewerkers",
            "leraar leraren",
            "rijbewijs rijbewijzen",
            "docent docente",
            "koken kookt gekookt",
        ] {
            assert_eq!(terms(forms).len(), 1, "{forms}: {:?}", terms(forms));
        }
    }

    /// What the stemmer does not do, so that a new version of it that does is noticed and [`FORMAT`](crate::identity)
    /// raised.
    #[test]
    fn who_does_the_work_and_parts_of_compounds_are_other_words() {
        for forms in ["verzorgen verzorger", "lassen lasser", "ouderen ouderenzorg", "timmeren timmerman"] {
            assert_eq!(terms(forms).len(), 2, "{forms}: {:?}", terms(forms));
        }
    }

    #[test]
    fn accents_do_not_matter_composed_or_decomposed() {
        assert_eq!(terms("CAFÉ"), terms("cafe"));
        assert_eq!(terms("cafe\u{301}medewerker"), terms("cafémedewerker"));
        assert_eq!(terms("Øresund straße"), terms("oresund strasse"));
    }

    #[test]
    fn words_are_given_back_as_written() {
        let words = Analyses::new().unwrap().different_words("de Vérzorgende, verzorgende en (MONTEUR)");
        let written: Vec<_> = words.iter().map(|word| word.written.as_str()).collect();
        assert_eq!(written, ["Vérzorgende", "MONTEUR"]);
    }

    #[test]
    fn fill_words_marks_and_punctuation_are_no_words() {
        assert_eq!(terms("de het een ((( \u{301} \u{0} \u{7f} -- "), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn no_text_panics_and_no_term_is_empty(text in any::<String>()) {
            prop_assert!(terms(&text).iter().all(|term| !term.is_empty()));
        }
    }
}
