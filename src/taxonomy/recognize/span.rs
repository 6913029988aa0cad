//! Concepts named in a free text.

use super::{
    Recognizer, Sense, Span, THRESHOLD, WordingKind, equal,
    function_words::is_function_word,
    label_index::bag,
    words::{Gap, Word, all_words, hash, joined_hash},
};
use crate::taxonomy::LabelLanguage;
use std::collections::HashMap;

/// Most words of a span.
const LONGEST: usize = 6;
/// Fewest letters of a span of one word.
const SHORTEST: usize = 4;
/// Confidence of a span: its words are a label, or have a label's stems.
const EQUAL: u16 = 8_000;
const SAME_STEMS: u16 = 7_000;

/// The concepts of one kind that a text names, from left to right, the longest name first.
pub(super) fn spans(recognizer: &Recognizer, text: &str, kind: WordingKind) -> Vec<Span> {
    let words = all_words(text.chars());
    let mut stems_of: HashMap<&str, Vec<u64>> = HashMap::new();
    for word in &words {
        stems_of.entry(&word.text).or_insert_with(|| {
            recognizer.data.compounds.stems(&word.text).iter().map(|stem| hash(stem)).collect()
        });
    }
    let mut spans = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let together =
            words[at + 1..].iter().take(LONGEST - 1).take_while(|word| word.gap == Gap::Space).count();
        let found = (1..=together + 1).rev().find_map(|many| {
            let window = &words[at..at + many];
            named(recognizer, kind, window, &stems_of).map(|found| (many, found))
        });
        match found {
            Some((many, (sense, language))) => {
                let characters = words[at].characters.start..words[at + many - 1].characters.end;
                spans.push(Span { characters, sense, language });
                at += many;
            }
            None => at += 1,
        }
    }
    spans
}

fn named(
    recognizer: &Recognizer,
    kind: WordingKind,
    words: &[Word],
    stems_of: &HashMap<&str, Vec<u64>>,
) -> Option<(Sense, LabelLanguage)> {
    let edges = [words.first()?, words.last()?];
    if edges.iter().any(|word| is_function_word(&word.text)) {
        return None;
    }
    let index = recognizer.index(kind);
    let one = words.len() == 1;
    if one && words[0].text.chars().count() < SHORTEST {
        return None;
    }
    // A single word of another language is often a word of this one: "die", "bank"; not one in other letters.
    let other_letters = !words[0].text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let counts = |language| {
        !one || other_letters || language == LabelLanguage::DUTCH || language == LabelLanguage::ENGLISH
    };
    let named = |labels: &[u32], confidence| {
        let meaning = equal::of_labels(recognizer, kind, words, (labels, confidence), counts)?;
        let sense = *meaning.senses.first()?;
        // Of several concepts with the name none may be likely enough.
        (sense.confidence >= THRESHOLD).then_some((sense, meaning.language?))
    };
    if let Some(found) = named(index.equal(joined_hash(words)), EQUAL) {
        return Some(found);
    }
    let mut stems: Vec<u64> = words
        .iter()
        .filter(|word| !is_function_word(&word.text))
        .flat_map(|word| stems_of.get(word.text.as_str()).into_iter().flatten().copied())
        .collect();
    stems.sort_unstable();
    stems.dedup();
    if stems.len() < 2 {
        return None;
    }
    named(index.same_stems(bag(&stems)), SAME_STEMS)
}
