//! Cutting a text into words.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::char::is_combining_mark;

/// Cuts a text into its longest runs of letters, marks and numbers. A mark belongs to the letter it stands on, so that
/// a decomposed accent does not cut a word in two.
#[derive(Clone, Default)]
pub(crate) struct WordTokenizer {
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { text, behind: 0, token: &mut self.token }
    }
}

/// The words of one text.
pub(crate) struct WordStream<'a> {
    text: &'a str,
    /// Where the last word ended.
    behind: usize,
    token: &'a mut Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let rest = &self.text[self.behind..];
        let Some(start) = rest.find(is_of_a_word) else { return false };
        let word = &rest[start..];
        let word = &word[..word.find(|c| !is_of_a_word(c)).unwrap_or(word.len())];
        self.token.offset_from = self.behind + start;
        self.token.offset_to = self.token.offset_from + word.len();
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(word);
        self.behind = self.token.offset_to;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Letters, marks and numbers, by their general categories in Unicode.
fn is_of_a_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_combining_mark(c) || (c.is_alphanumeric() && !is_letter_like_symbol(c))
}

/// Circled and squared letters are symbols to their general category, though alphabetic (Unicode's Other_Alphabetic).
fn is_letter_like_symbol(c: char) -> bool {
    matches!(
        c,
        '\u{24b6}'..='\u{24e9}'
            | '\u{1f130}'..='\u{1f149}'
            | '\u{1f150}'..='\u{1f169}'
            | '\u{1f170}'..='\u{1f189}'
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use tantivy::tokenizer::RegexTokenizer;

    use super::*;

    fn tokens(mut tokenizer: impl Tokenizer, text: &str) -> Vec<Token> {
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while let Some(token) = stream.next() {
            tokens.push(token.clone());
        }
        tokens
    }

    /// The definition: runs of the categories letter, mark and number.
    fn plain() -> RegexTokenizer {
        RegexTokenizer::new(r"[\p{L}\p{M}\p{N}]+").unwrap()
    }

    /// Characters that one of the two does not know yet aside: tables of Unicode come and grow with their crates.
    #[test]
    fn every_character_of_unicode_is_of_a_word_or_not_as_its_category_says() {
        let all: String = (0..=u32::from(char::MAX)).filter_map(char::from_u32).collect();
        let known = tokens(RegexTokenizer::new(r"\P{Cn}").unwrap(), &all);
        assert!(known.len() > 290_000, "{}", known.len());
        let apart: String = known.iter().flat_map(|token| [&token.text, " "]).collect();
        let texts = |tokens: Vec<Token>| tokens.into_iter().map(|token| token.text).collect::<BTreeSet<_>>();
        let (own, plain) = (texts(tokens(WordTokenizer::default(), &apart)), texts(tokens(plain(), &apart)));
        let differ: Vec<_> =
            own.symmetric_difference(&plain).take(20).map(|c| c.escape_unicode().to_string()).collect();
        assert_eq!(differ, Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn words_are_the_longest_runs_of_letters_marks_and_numbers(
            text in r"([\p{L}\p{M}\p{N}]|[a-z ,.]|\PC|\u{0}){0,60}",
        ) {
            prop_assert_eq!(tokens(WordTokenizer::default(), &text), tokens(plain(), &text));
        }
    }
}
